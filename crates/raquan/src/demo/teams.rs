//! The counselling teams of an activity and their places, split over districts and communes.

use domain::admin_units::Level;

use super::DemoError;
use super::files::{ActivityText, CampaignFiles, TeamsText};
use super::places::{Place, Places, about, id_at, split, unit_weights};
use crate::app::activities::{RosterPlaceInput, TeamInput};

/// A team of counsellors.
#[derive(Debug, Clone)]
pub struct Team<'a> {
    text: &'a TeamsText,
    /// Number of its district, from nought.
    pub district: usize,
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its commune.
    pub commune: Place,
    /// Organization.
    pub organization: String,
    /// Names of its places, all in its commune.
    pub places: Vec<String>,
}

impl Team<'_> {
    /// As it is handed in.
    pub fn input(&self, site_id: Option<String>) -> TeamInput {
        TeamInput {
            id: self.id.clone(),
            site_id,
            name: self.name.clone(),
            organization_id: Some(self.organization.clone()),
            admin_unit_id: self.commune.id.clone(),
            member_count: self.text.members,
        }
    }

    /// Its lines of the roster.
    pub fn roster(&self) -> impl Iterator<Item = RosterPlaceInput> {
        self.places
            .iter()
            .zip(1..)
            .map(|(place, number)| RosterPlaceInput {
                id: format!("{}-{number}", self.id),
                team_id: self.id.clone(),
                admin_unit_id: self.commune.id.clone(),
                place: place.clone(),
                day: self.text.day.to_string(),
                starts_at: Some(self.text.starts_at.clone()),
                ends_at: Some(self.text.ends_at.clone()),
            })
    }
}

/// All teams of an activity, by district.
///
/// Teams and places are split over the districts by their totals, then evenly over a district's communes; the places
/// of a commune go to its teams in turn.
pub fn teams_of<'a>(
    files: &CampaignFiles,
    activity: &'a ActivityText,
    places: &Places,
) -> Result<Vec<Team<'a>>, DemoError> {
    let Some(text) = &activity.teams else {
        return Ok(Vec::new());
    };
    let districts = places.of_level(Level::District);
    let over_districts = |id: &str| {
        let total = files.total(id).map_err(DemoError::Files)?;
        Ok(split(total.value, &unit_weights(total.split, &districts)))
    };
    let (teams, of_places) = (over_districts(&text.total)?, over_districts(&text.places)?);
    let mut all = Vec::new();
    for (index, district) in districts.iter().enumerate() {
        let communes = &places.communes[index];
        let even = vec![1; communes.len()];
        let teams = split(teams[index], &even);
        let of_places = split(of_places[index], &even);
        let mut number = 0;
        for ((commune, count), places) in communes.iter().zip(teams).zip(of_places) {
            let first = all.len();
            for _ in 0..count {
                number += 1;
                let numbered = |template: &str| template.replace("{team}", &format!("{number:02}"));
                all.push(Team {
                    text,
                    district: index,
                    id: id_at(&numbered(&text.id), district),
                    name: about(&numbered(&text.name), district),
                    commune: commune.clone(),
                    organization: id_at(&text.organization, district),
                    places: Vec::new(),
                });
            }
            let (of_commune, mut turn) = (&mut all[first..], 0);
            if of_commune.is_empty() && places > 0 {
                return Err(DemoError::Files(format!(
                    "{}: {} has {places} places and no team",
                    activity.id, commune.name
                )));
            }
            for place in 1..=places {
                let name = text.place.replace("{place}", &place.to_string());
                let name = name.replace("{commune}", &commune.name);
                of_commune[turn].places.push(name);
                turn = (turn + 1) % of_commune.len();
            }
        }
    }
    Ok(all)
}
