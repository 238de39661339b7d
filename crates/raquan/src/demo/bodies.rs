//! Organizations: People's Committees by rule, and the bodies that the campaigns name.

use std::collections::HashSet;

use domain::admin_units::Level;
use jiff::civil::{Date, date};

use super::files::{CampaignFiles, DemoFiles};
use super::places::{Place, Places, about, id_at};
use super::{DemoError, system};
use crate::app::App;
use crate::app::organizations::{OrganizationCreate, organization_create_many};

/// The provinces of today that the provinces of the campaigns belong to.
const PROVINCES_OF_TODAY: [&str; 4] = ["new-40", "new-66", "new-31", "new-56"];
/// A day of today's units.
const TODAY: Date = date(2025, 7, 1);

/// Makes all organizations of the demo.
pub async fn load(app: &App, files: &DemoFiles) -> Result<usize, DemoError> {
    let mut wanted: Vec<OrganizationCreate> = Vec::new();
    let mut known = HashSet::new();
    for files in &files.campaigns {
        let places = super::places_of(app, files)?;
        let mut made = committees(&places);
        made.extend(named(files, &places));
        wanted.extend(
            made.into_iter()
                .filter(|body| known.insert(body.id.clone())),
        );
    }
    for id in PROVINCES_OF_TODAY {
        let province = app
            .units
            .get(id)
            .ok_or_else(|| DemoError::Files(format!("there is no unit {id}")))?;
        wanted.extend(committees(&Places::new(app.units, province, TODAY)));
    }
    let count = wanted.len();
    // One request for each province of record: an organization's parent lies in the same province.
    let mut by_province: Vec<(String, Vec<OrganizationCreate>)> = Vec::new();
    for body in wanted {
        let province = app
            .units
            .get(&body.admin_unit_id)
            .map(|unit| app.province_id(unit).to_owned())
            .ok_or_else(|| DemoError::Files(format!("there is no unit {}", body.admin_unit_id)))?;
        match by_province.iter_mut().find(|(known, _)| *known == province) {
            Some((_, bodies)) => bodies.push(body),
            None => by_province.push((province, vec![body])),
        }
    }
    for (province, bodies) in by_province {
        organization_create_many(app, &system(None), bodies)
            .await
            .map_err(|source| DemoError::step(format!("organizations of {province}"), source))?;
    }
    Ok(count)
}

/// Id of the People's Committee of a unit.
pub fn committee_id(unit_id: &str) -> String {
    format!("ubnd-{unit_id}")
}

fn committee(place: &Place, above: Option<&Place>) -> OrganizationCreate {
    OrganizationCreate {
        id: committee_id(&place.id),
        kind: "peoples_committee".into(),
        name: format!("Ủy ban nhân dân {}", place.name),
        short_name: Some(format!("UBND {}", place.name)),
        admin_unit_id: place.id.clone(),
        parent_id: above.map(|above| committee_id(&above.id)),
        illustrative: false,
    }
}

/// The People's Committees of a province and of all units below it.
fn committees(places: &Places) -> Vec<OrganizationCreate> {
    let mut made = vec![committee(&places.province, None)];
    for (index, communes) in places.communes.iter().enumerate() {
        let district = places.districts.get(index);
        made.extend(district.map(|district| committee(district, Some(&places.province))));
        let above = district.unwrap_or(&places.province);
        made.extend(
            communes
                .iter()
                .map(|commune| committee(commune, Some(above))),
        );
    }
    made
}

/// The bodies that a campaign names, and those of one kind for each unit of a level.
fn named(files: &CampaignFiles, places: &Places) -> Vec<OrganizationCreate> {
    let mut made: Vec<OrganizationCreate> = files
        .organizations
        .organization
        .iter()
        .map(|body| OrganizationCreate {
            id: body.id.clone(),
            kind: body.kind.clone(),
            name: body.name.clone(),
            short_name: body.short_name.clone(),
            admin_unit_id: body.unit.clone(),
            parent_id: body.parent.clone(),
            illustrative: false,
        })
        .collect();
    for rule in &files.organizations.for_each {
        let level: Level = rule.level;
        for place in places.of_level(level) {
            made.push(OrganizationCreate {
                id: id_at(&rule.id, place),
                kind: rule.kind.clone(),
                name: about(&rule.name, place),
                short_name: None,
                admin_unit_id: place.id.clone(),
                parent_id: rule.parent.as_deref().map(|parent| id_at(parent, place)),
                illustrative: false,
            });
        }
    }
    made
}
