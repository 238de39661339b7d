//! Figures that units report: totals split over the units, submitted and approved.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::period::Period;
use jiff::ToSpan;

use super::files::{CampaignFiles, ObservationText, Point, TargetText};
use super::places::{Places, split, unit_weights};
use super::system;
use super::timeline::{Timeline, Turn, named_id_of_day};
use crate::app::observations::{
    ObservationApprove, ObservationInput, ObservationSubmit, observation_approve,
    observation_submit_many,
};
use crate::app::targets::{TargetSet, target_set};

/// Plans the reports of a campaign's units: each is in on the third day after its period, approved the day after.
pub fn load(files: &CampaignFiles, places: &Places, timeline: &mut Timeline) {
    let mut periods = BTreeSet::new();
    for text in &files.figures.observation {
        for point in points(text) {
            submit(files, places, timeline, text, &point);
            periods.insert(point.period);
        }
    }
    for text in &files.figures.target {
        target(files, timeline, text);
    }
    for period in periods {
        let actor = system(None);
        let approve = ObservationApprove::UnitAndPeriod {
            admin_unit_id: files.campaign.unit.clone(),
            period: period.to_string(),
        };
        let at = period.last().saturating_add(4.days()).at(9, 0, 0, 0);
        let what = format!("{}: approving {period}", files.campaign.id);
        timeline.add(at, Turn::Confirmation, what, move |app| {
            Box::pin(async move { observation_approve(app, &actor, approve).await.map(|_| ()) })
        });
    }
}

/// Targets hold from the issue of the plan.
fn target(files: &CampaignFiles, timeline: &mut Timeline, text: &TargetText) {
    let input = TargetSet {
        indicator: text.indicator.clone(),
        admin_unit_id: text.unit.clone(),
        period: text.period.clone(),
        value: text.value,
        reason: text.reason.clone(),
        revision: 0,
    };
    let actor = system(Some(&files.campaign.organization));
    let at = files.campaign.document_date.at(17, 0, 0, 0);
    let what = format!("{}: target of {}", files.campaign.id, text.indicator);
    timeline.add(at, Turn::Confirmation, what, move |app| {
        Box::pin(async move { target_set(app, &actor, input).await.map(|_| ()) })
    });
}

fn submit(
    files: &CampaignFiles,
    places: &Places,
    timeline: &mut Timeline,
    text: &ObservationText,
    point: &Point,
) {
    let units = places.of_level(text.level);
    let source: Arc<str> = match &text.published {
        Some(_) if !text.illustrative => "Chia minh họa từ tổng đã công bố".into(),
        _ => "Số minh họa".into(),
    };
    let (indicator, period) = (text.indicator.as_str(), point.period.to_string());
    let rows: Vec<ObservationInput> = units
        .iter()
        .zip(split(point.value, &unit_weights(text.split, &units)))
        .map(|(place, value)| ObservationInput {
            indicator: indicator.into(),
            admin_unit_id: place.id.as_str().into(),
            period: period.as_str().into(),
            value,
            source: Some(source.clone()),
        })
        .collect();
    let at = point.period.last().saturating_add(3.days());
    let what = format!("{}: {indicator} {period}", files.campaign.id);
    let input = ObservationSubmit {
        id: named_id_of_day(at, &what),
        rows,
        good_rows_only: false,
        reason: None,
        illustrative: true,
    };
    let actor = system(None);
    timeline.add(at.at(9, 0, 0, 0), Turn::Confirmation, what, move |app| {
        Box::pin(async move {
            observation_submit_many(app, &actor, input)
                .await
                .map(|_| ())
        })
    });
}

/// The points of the file, with those of the months between on the straight line, rounded down.
fn points(text: &ObservationText) -> Vec<Point> {
    if !text.months_between {
        return text.points.clone();
    }
    let mut all: Vec<Point> = Vec::new();
    for next in &text.points {
        if let Some(last) = all.last().cloned() {
            let between = months_after(last.period, next.period);
            let count = i64::try_from(between.len()).unwrap_or(i64::MAX) + 1;
            for (period, number) in between.into_iter().zip(1..) {
                let risen = ((next.value - last.value) * number).div_euclid(count);
                all.push(Point {
                    period,
                    value: last.value + risen,
                });
            }
        }
        all.push(next.clone());
    }
    all
}

/// The periods between two of one kind, both left out.
fn months_after(first: Period, last: Period) -> Vec<Period> {
    std::iter::successors(Some(first.next()), |period| Some(period.next()))
        .take_while(|period| period.first() < last.first())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::files::SplitBy;
    use domain::admin_units::Level;

    #[test]
    fn the_months_between_lie_on_the_line() {
        let point = |period: &str, value| Point {
            period: period.parse().expect("a period"),
            value,
        };
        let text = ObservationText {
            indicator: "one_time_withdrawals".into(),
            level: Level::District,
            split: SplitBy::Even,
            points: vec![point("2021-05", 640), point("2021-08", 610)],
            months_between: true,
            published: None,
            illustrative: true,
        };
        let found: Vec<(String, i64)> = points(&text)
            .into_iter()
            .map(|point| (point.period.to_string(), point.value))
            .collect();
        let expected = [
            ("2021-05", 640),
            ("2021-06", 630),
            ("2021-07", 620),
            ("2021-08", 610),
        ];
        assert_eq!(
            found,
            expected.map(|(period, value)| (period.to_owned(), value))
        );
    }
}
