//! Activities by rule: a total of them spread over units and days, with what was counted at each.

use domain::period::{Period, PeriodKind};
use jiff::civil::Date;

use super::DemoError;
use super::activities::{add_activity, measure};
use super::files::{CampaignFiles, Each, Series, SeriesMeasure};
use super::places::{Place, Places, capitalized, id_at, number_weights, split, unit_weights};
use super::timeline::{Timeline, day_between};
use crate::app::activities::{ActivityContent, ActivityCreate, MeasureReport};

/// One activity of a series.
struct One<'a> {
    place: &'a Place,
    id: String,
    number: usize,
    first_day: Date,
    last_day: Date,
    quarter: String,
}

/// Plans the series of a campaign.
pub fn load(
    files: &CampaignFiles,
    places: &Places,
    timeline: &mut Timeline,
) -> Result<(), DemoError> {
    for series in &files.activities.series {
        let all = match series.each {
            Some(Each::Quarter) => each_quarter(series, places),
            None => counted(files, series, places)?,
        };
        let mut measures: Vec<Vec<MeasureReport>> = vec![Vec::new(); all.len()];
        for text in &series.measures {
            let total = files.total(&text.total).map_err(DemoError::Files)?;
            let parts = split(total.value, &number_weights(total.split, all.len()));
            for (list, value) in measures.iter_mut().zip(parts) {
                list.extend(told(text, value));
            }
        }
        let note = note(files, series)?;
        for (one, measures) in all.into_iter().zip(measures) {
            let create = create(files, series, &one, &note);
            let at = one.last_day.at(17, 0, 0, 0);
            add_activity(timeline, at, create, measures);
        }
    }
    Ok(())
}

/// One for each unit and quarter.
fn each_quarter<'a>(series: &Series, places: &'a Places) -> Vec<One<'a>> {
    let mut all = Vec::new();
    let mut period = Period::containing(PeriodKind::Quarter, series.first_day);
    while period.first() <= series.last_day {
        for place in places.of_level(series.level) {
            all.push(One {
                place,
                id: format!("{}-{period}-{}", series.id, place.code).to_lowercase(),
                number: all.len() + 1,
                first_day: period.first(),
                last_day: period.last(),
                quarter: period.label_vi(),
            });
        }
        period = period.next();
    }
    all
}

/// A total of activities over units and days. Neighbours in time lie in different units.
fn counted<'a>(
    files: &CampaignFiles,
    series: &Series,
    places: &'a Places,
) -> Result<Vec<One<'a>>, DemoError> {
    let id = series.count.as_deref().unwrap_or_default();
    let total = files.total(id).map_err(DemoError::Files)?;
    let units = places.of_level(series.level);
    let mut left = split(total.value, &unit_weights(total.split, &units));
    let count = usize::try_from(total.value).unwrap_or(0);
    let mut all: Vec<One<'a>> = Vec::with_capacity(count);
    while all.len() < count {
        for (place, left) in units.iter().zip(&mut left) {
            if *left == 0 {
                continue;
            }
            *left -= 1;
            let index = all.len();
            let day = day_between(series.first_day, series.last_day, index, count);
            all.push(One {
                place,
                id: format!("{}-{:03}", series.id, index + 1),
                number: index + 1,
                first_day: day,
                last_day: day,
                quarter: String::new(),
            });
        }
    }
    Ok(all)
}

/// A value as a whole, or by language, or by audience.
fn told(text: &SeriesMeasure, value: i64) -> Vec<MeasureReport> {
    let parts = |shares: &std::collections::BTreeMap<String, u64>| {
        let weights: Vec<u64> = shares.values().copied().collect();
        let names: Vec<String> = shares.keys().cloned().collect();
        names.into_iter().zip(split(value, &weights))
    };
    let whole = measure(&text.id, value);
    if !text.by_language.is_empty() {
        return parts(&text.by_language)
            .map(|(language, value)| MeasureReport {
                value,
                language,
                ..whole.clone()
            })
            .collect();
    }
    if !text.by_audience.is_empty() {
        return parts(&text.by_audience)
            .map(|(audience_group, value)| MeasureReport {
                value,
                audience_group,
                ..whole.clone()
            })
            .collect();
    }
    vec![whole]
}

/// Says of each activity what in it was published.
fn note(files: &CampaignFiles, series: &Series) -> Result<String, DemoError> {
    let totals = series
        .count
        .iter()
        .chain(series.measures.iter().map(|text| &text.total));
    let mut published = Vec::new();
    for id in totals {
        let total = files.total(id).map_err(DemoError::Files)?;
        published.extend(total.published.clone().filter(|_| !total.illustrative));
    }
    Ok(if published.is_empty() {
        "Số liệu minh họa.".to_owned()
    } else {
        format!(
            "Chia minh họa từ tổng đã công bố: {}.",
            published.join("; ")
        )
    })
}

fn create(files: &CampaignFiles, series: &Series, one: &One<'_>, note: &str) -> ActivityCreate {
    let text = |template: &str| {
        let named = template
            .replace("{unit}", &one.place.name)
            .replace("{quarter}", &one.quarter)
            .replace("{n}", &one.number.to_string());
        capitalized(&named)
    };
    ActivityCreate {
        id: one.id.clone(),
        campaign_id: files.campaign.id.clone(),
        kind: series.kind.clone(),
        done: true,
        illustrative: true,
        content: ActivityContent {
            title: text(&series.title),
            workstream: Some(series.workstream.clone()),
            organization_id: id_at(&series.organization, one.place),
            admin_unit_id: one.place.id.clone(),
            place: text(&series.place),
            first_day: one.first_day.to_string(),
            last_day: one.last_day.to_string(),
            starts_at: series.starts_at.clone(),
            ends_at: series.ends_at.clone(),
            audiences: series.audiences.clone(),
            languages: series.languages.clone(),
            note: note.to_owned(),
        },
    }
}
