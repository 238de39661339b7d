//! Activities one by one, with sites, checklists, script, vehicles and teams.

use domain::admin_units::Level;
use jiff::civil::DateTime;

use super::files::{ActivityText, CampaignFiles, ReadinessText, SitesText};
use super::places::{Places, about, id_at, split, unit_weights};
use super::teams::teams_of;
use super::timeline::{Timeline, Turn, between};
use super::{DemoError, system};
use crate::app::activities::{
    ActivityContent, ActivityCreate, ActivityVersion, MeasureReport, MeasuresReport, ReadinessDone,
    ReadinessItemInput, ResourceInput, ScriptLineInput, SiteInput, activity_create,
    activity_mark_done, activity_readiness_set, activity_resources_set, activity_roster_set,
    activity_script_set, activity_sites_set, activity_teams_set, measures_report,
    readiness_item_done,
};
use crate::app::enrollments::{EnrollmentCreate, enrollment_create};

/// Plans the activities that the file names one by one.
pub fn load(
    files: &CampaignFiles,
    places: &Places,
    timeline: &mut Timeline,
) -> Result<(), DemoError> {
    for text in &files.activities.activity {
        let held = text
            .held_at
            .unwrap_or_else(|| text.last_day.at(17, 0, 0, 0));
        let recorded = text.planned_day.map_or(held, |day| day.at(9, 0, 0, 0));
        let unit = text.unit.as_ref().unwrap_or(&files.campaign.unit);
        let create = ActivityCreate {
            id: text.id.clone(),
            campaign_id: files.campaign.id.clone(),
            kind: text.kind.clone(),
            done: text.planned_day.is_none(),
            illustrative: text.illustrative,
            content: content(text, unit),
        };
        add_activity(timeline, recorded, create, Vec::new());
        add_joined(files, timeline, text, unit, held);
        if let Some(sites) = &text.sites {
            add_sites(timeline, text, sites, places, recorded);
            add_readiness(timeline, text, sites, places, recorded);
            add_resources(files, timeline, text, sites, places, recorded)?;
        }
        add_script(timeline, text, recorded);
        if text.teams.is_some() {
            add_teams(files, timeline, text, places, recorded)?;
        }
        if text.planned_day.is_some() {
            let (id, actor) = (text.id.clone(), system(Some(&text.organization)));
            timeline.add(held, Turn::Activity, format!("{id} held"), move |app| {
                Box::pin(async move {
                    let version = ActivityVersion { version: 1 };
                    super::once(activity_mark_done(app, &actor, &id, version).await)
                })
            });
        }
    }
    Ok(())
}

/// Records an activity and what was counted at it.
pub fn add_activity(
    timeline: &mut Timeline,
    at: DateTime,
    create: ActivityCreate,
    measures: Vec<MeasureReport>,
) {
    let actor = system(Some(&create.content.organization_id));
    let id = create.id.clone();
    timeline.add(at, Turn::Activity, id.clone(), move |app| {
        Box::pin(async move {
            activity_create(app, &actor, create).await?;
            if !measures.is_empty() {
                measures_report(app, &actor, &id, MeasuresReport { measures }).await?;
            }
            Ok(())
        })
    });
}

/// A measure told as a whole.
pub fn measure(id: &str, value: i64) -> MeasureReport {
    MeasureReport {
        measure: id.to_owned(),
        value,
        day: None,
        language: String::new(),
        audience_group: String::new(),
        evidence_file_id: None,
        version: None,
    }
}

/// People who signed up at an activity, of whom only the number is known.
fn add_joined(
    files: &CampaignFiles,
    timeline: &mut Timeline,
    text: &ActivityText,
    unit: &str,
    at: DateTime,
) {
    for joined in &text.joined {
        for number in 1..=joined.count {
            let enrollment = EnrollmentCreate {
                id: format!("{}-{number:02}", joined.id),
                activity_id: Some(text.id.clone()),
                team_id: None,
                consultation_id: None,
                person_id: None,
                organization_id: text.organization.clone(),
                admin_unit_id: unit.to_owned(),
                scheme: joined.scheme.clone(),
                day: text.first_day.to_string(),
                starts_on: None,
                months: None,
                amount_vnd: None,
                credit: Vec::new(),
                quotes: Vec::new(),
            };
            let (campaign, actor) = (files.campaign.id.clone(), system(Some(&text.organization)));
            timeline.add(at, Turn::Enrollment, enrollment.id.clone(), move |app| {
                Box::pin(async move {
                    enrollment_create(app, &actor, &campaign, enrollment)
                        .await
                        .map(|_| ())
                })
            });
        }
    }
}

fn content(text: &ActivityText, unit: &str) -> ActivityContent {
    ActivityContent {
        title: text.title.clone(),
        workstream: Some(text.workstream.clone()),
        organization_id: text.organization.clone(),
        admin_unit_id: unit.to_owned(),
        place: text.place.clone(),
        first_day: text.first_day.to_string(),
        last_day: text.last_day.to_string(),
        starts_at: text.starts_at.clone(),
        ends_at: text.ends_at.clone(),
        audiences: text.audiences.clone(),
        languages: text.languages.clone(),
        note: text.note.clone(),
    }
}

/// Id of a site, by its number from one.
fn site_id(sites: &SitesText, number: usize) -> String {
    sites.id.replace("{n}", &format!("{number:02}"))
}

fn instant(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Later than the activity itself by so many minutes: its parts come in this order.
fn after(at: DateTime, minutes: i64) -> DateTime {
    at.checked_add(jiff::SignedDuration::from_mins(minutes))
        .unwrap_or(at)
}

fn add_sites(
    timeline: &mut Timeline,
    text: &ActivityText,
    sites: &SitesText,
    places: &Places,
    at: DateTime,
) {
    let items: Vec<SiteInput> = places
        .of_level(sites.level)
        .into_iter()
        .enumerate()
        .map(|(index, place)| SiteInput {
            id: site_id(sites, index + 1),
            admin_unit_id: place.id.clone(),
            name: about(&sites.name, place),
            place: about(&sites.place, place),
            starts_at: instant(sites.starts_at),
            organization_id: Some(id_at(&sites.organization, place)),
        })
        .collect();
    let (id, actor) = (text.id.clone(), system(Some(&text.organization)));
    let what = format!("{id} sites");
    timeline.add(after(at, 1), Turn::Activity, what, move |app| {
        Box::pin(async move { activity_sites_set(app, &actor, &id, items).await })
    });
}

/// Id of a checklist's line.
fn item_id(sites: &SitesText, number: usize, item: &ReadinessText) -> String {
    format!("{}-{}", site_id(sites, number), item.key)
}

fn add_readiness(
    timeline: &mut Timeline,
    text: &ActivityText,
    sites: &SitesText,
    places: &Places,
    at: DateTime,
) {
    let units = places.of_level(sites.level);
    let mut items = Vec::new();
    for (index, place) in units.iter().enumerate() {
        for item in &text.readiness {
            let id = item_id(sites, index + 1, item);
            let organization = id_at(&item.organization, place);
            items.push(ReadinessItemInput {
                id: id.clone(),
                site_id: site_id(sites, index + 1),
                title: item.title.clone(),
                organization_id: organization.clone(),
                due_at: instant(item.due_at),
                note: String::new(),
            });
            let done = between(item.done_first, item.done_last, index, units.len());
            let (activity, actor) = (text.id.clone(), system(Some(&organization)));
            timeline.add(done, Turn::Activity, id.clone(), move |app| {
                Box::pin(async move {
                    let done = ReadinessDone {
                        version: 1,
                        done: true,
                        done_at: None,
                        note: None,
                    };
                    super::once(readiness_item_done(app, &actor, &activity, &id, done).await)
                })
            });
        }
    }
    let (id, actor) = (text.id.clone(), system(Some(&text.organization)));
    let what = format!("{id} readiness");
    timeline.add(after(at, 2), Turn::Activity, what, move |app| {
        Box::pin(async move { activity_readiness_set(app, &actor, &id, items).await })
    });
}

fn add_script(timeline: &mut Timeline, text: &ActivityText, at: DateTime) {
    if text.script.is_empty() {
        return;
    }
    let items: Vec<ScriptLineInput> = text
        .script
        .iter()
        .zip(1..)
        .map(|(line, number)| ScriptLineInput {
            id: format!("{}-kb-{number:02}", text.id),
            starts_at: line.starts_at.clone(),
            ends_at: Some(line.ends_at.clone()),
            what: line.what.clone(),
            who: line.who.clone(),
            organization_id: None,
        })
        .collect();
    let (id, actor) = (text.id.clone(), system(Some(&text.organization)));
    let what = format!("{id} script");
    timeline.add(after(at, 3), Turn::Activity, what, move |app| {
        Box::pin(async move { activity_script_set(app, &actor, &id, items).await })
    });
}

fn add_resources(
    files: &CampaignFiles,
    timeline: &mut Timeline,
    text: &ActivityText,
    sites: &SitesText,
    places: &Places,
    at: DateTime,
) -> Result<(), DemoError> {
    let units = places.of_level(sites.level);
    let mut items = Vec::new();
    for resource in &text.resources {
        let total = files.total(&resource.total).map_err(DemoError::Files)?;
        let parts = split(total.value, &unit_weights(total.split, &units));
        for (index, (place, quantity)) in units.iter().zip(parts).enumerate() {
            items.push(ResourceInput {
                id: format!("{}-{}", site_id(sites, index + 1), resource.kind),
                site_id: Some(site_id(sites, index + 1)),
                kind: resource.kind.clone(),
                quantity,
                organization_id: Some(id_at(&resource.organization, place)),
                note: resource.note.clone(),
            });
        }
    }
    let (id, actor) = (text.id.clone(), system(Some(&text.organization)));
    let what = format!("{id} resources");
    timeline.add(after(at, 4), Turn::Activity, what, move |app| {
        Box::pin(async move { activity_resources_set(app, &actor, &id, items).await })
    });
    Ok(())
}

fn add_teams(
    files: &CampaignFiles,
    timeline: &mut Timeline,
    text: &ActivityText,
    places: &Places,
    at: DateTime,
) -> Result<(), DemoError> {
    let teams = teams_of(files, text, places)?;
    let districts = places.of_level(Level::District);
    let site_of = |district: usize| {
        let sites = text.sites.as_ref()?;
        (sites.level == Level::District && district < districts.len())
            .then(|| site_id(sites, district + 1))
    };
    let inputs = teams
        .iter()
        .map(|team| team.input(site_of(team.district)))
        .collect();
    let roster = teams.iter().flat_map(|team| team.roster()).collect();
    let (id, actor) = (text.id.clone(), system(Some(&text.organization)));
    let what = format!("{id} teams");
    timeline.add(after(at, 5), Turn::Activity, what, move |app| {
        Box::pin(async move {
            activity_teams_set(app, &actor, &id, inputs).await?;
            activity_roster_set(app, &actor, &id, roster).await
        })
    });
    Ok(())
}
