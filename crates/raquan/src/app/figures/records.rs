//! Drill-down: the facts that a figure is made of.

use std::collections::BTreeSet;

use domain::admin_units::UnitIx;
use domain::indicators::IndicatorNature;
use jiff::ToSpan;
use store::facts::{FactFilter, FactRow, fact_list};

use super::question::{FigureInput, Question, boundary_day};
use super::state::state_word;
use crate::app::{Action, Actor, App, AppError, Fault};

/// Where a page of facts begins: after this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactKey {
    /// Its day.
    pub day: String,
    /// Its record.
    pub source_id: String,
    /// Its number within the record.
    pub line: i64,
}

/// The facts behind a figure, oldest first. On other boundaries: those of the units of the time whose figures
/// lie in the unit, at least in part. Of a stock, only the latest stand of each unit is listed.
///
/// A figure that an earlier stand stands in for is made of that stand.
pub async fn figure_records(
    app: &App,
    actor: &Actor,
    input: &FigureInput,
    after: Option<&FactKey>,
    limit: i64,
) -> Result<Vec<FactRow>, AppError> {
    let question = input.question(app, actor)?;
    let indicator = question.indicator;
    if indicator.nature == IndicatorNature::Ratio {
        let parts: Vec<&str> = app
            .catalog
            .indicators
            .parts(indicator)
            .iter()
            .map(|part| part.id.as_str())
            .collect();
        return Err(AppError::invalid(Fault::new(
            "indicator",
            "figure.ratio_has_no_records",
            format!("“{}” được tính từ chỉ tiêu khác.", indicator.name_vi),
            format!("Xem bản ghi của từng chỉ tiêu: {}.", parts.join(", ")),
        )));
    }
    let [period] = question.periods[..] else {
        return Err(AppError::invalid(Fault::new(
            "period",
            "figure.one_period_only",
            "Bản ghi chỉ xem được của một kỳ.",
            "Chọn một kỳ.",
        )));
    };
    let is_stock = indicator.nature == IndicatorNature::Stock;
    let carried = indicator.stands_for_months.months();
    let first = period.first().min(period.last().saturating_sub(carried));
    let (first_day, last_day) = (first.to_string(), period.last().to_string());
    let sources = question.unit.map(|unit| {
        let units = sources(app, &question, unit, first);
        let ids = |unit: &UnitIx| app.units.id(*unit).to_owned();
        let provinces: BTreeSet<String> = units
            .iter()
            .map(|unit| app.province_id(*unit).to_owned())
            .collect();
        (
            units.iter().map(ids).collect::<Vec<_>>(),
            provinces.into_iter().collect::<Vec<_>>(),
        )
    });
    let states: Vec<String> = cube::State::ALL
        .into_iter()
        .filter(|state| question.states.contains(*state))
        .map(|state| state_word(state).to_owned())
        .collect();
    let filter = FactFilter {
        indicator: Some(&indicator.id),
        units: sources.as_ref().map(|(units, _)| units.as_slice()),
        provinces: sources.as_ref().map(|(_, provinces)| provinces.as_slice()),
        organization_id: question.organization_id.as_deref(),
        states: Some(&states),
        first_day: Some(&first_day),
        last_day: Some(&last_day),
        latest_only: is_stock,
        ..FactFilter::default()
    };
    let scope = actor.scope(app.units, Action::Read);
    let after = after.map(|key| (key.day.as_str(), key.source_id.as_str(), key.line));
    Ok(fact_list(app.db.read(), &scope, &filter, after, limit).await?)
}

/// The units, of all boundaries that were in force in the period, whose figures lie in the unit.
fn sources(
    app: &App,
    question: &Question<'_>,
    unit: UnitIx,
    first: jiff::civil::Date,
) -> BTreeSet<UnitIx> {
    let mut found = BTreeSet::new();
    let Some(period) = question.periods.last() else {
        return found;
    };
    let on = boundary_day(question.boundaries, *period);
    let in_period = |date: &&jiff::civil::Date| first < **date && **date <= period.last();
    let later = app.units.boundary_dates().iter().filter(in_period).copied();
    for day in std::iter::once(first).chain(later) {
        let way = app.units.restatement(day, on);
        let Some(range) = way.to.range(Some(unit)) else {
            continue;
        };
        for source in 0..u32::try_from(way.from.len()).unwrap_or(u32::MAX) {
            let lies_in = way
                .targets(source)
                .iter()
                .any(|target| range.contains(&target.position));
            if lies_in && let Some(unit) = way.from.unit(source) {
                found.insert(unit);
            }
        }
    }
    found
}
