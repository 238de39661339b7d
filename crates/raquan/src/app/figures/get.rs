//! One indicator of one unit over some periods.

use std::sync::Arc;

use cube::{Boundaries, CubeError, Days};
use domain::admin_units::{AdminUnits, UnitIx};
use domain::indicators::{Indicator, IndicatorNature};
use domain::period::Period;

use super::answer::{Comparison, Completeness, Figure, FigureAnswer, Mark, TargetShare};
use super::completeness::{Layouts, Reporting};
use super::compute::{Credit, Measured, Of, Wanted, is_good, measure, ratio_value};
use super::memo::Asked;
use super::question::{Against, FigureInput, Question, boundary_day};
use super::state::{FigureState, TargetValue, handle};
use crate::app::{Actor, App, AppError};

/// Every indicator of the catalogue. Whoever is signed in may see what can be asked for.
pub fn indicator_list(app: &App) -> Vec<Indicator> {
    app.catalog.indicators.iter().cloned().collect()
}

/// The figures of one indicator and unit, one for each period, with comparisons, completeness and marks.
///
/// All states are added when none are named, and told apart beside the sum. Nothing is read from the
/// database: every accepted write is in memory before its answer.
pub fn figure_get(app: &App, actor: &Actor, input: &FigureInput) -> Result<FigureAnswer, AppError> {
    answer(app, input.question(app, actor)?)
}

/// The figures of [`figure_get`] as `write` puts them into bytes; the bytes of the last time where no figure has
/// changed since.
pub fn figure_get_written(
    app: &App,
    actor: &Actor,
    input: &FigureInput,
    write: impl FnOnce(&FigureAnswer) -> Result<Vec<u8>, AppError>,
) -> Result<Arc<[u8]>, AppError> {
    let question = input.question(app, actor)?;
    let asked = Asked::from(&question);
    // Read before the figures: what changes meanwhile makes the answer one of an older version.
    let version = app.figures.version();
    if let Some(written) = app.figures.memo.get(version, &asked) {
        return Ok(written);
    }
    let written: Arc<[u8]> = write(&answer(app, question)?)?.into();
    app.figures.memo.put(version, asked, written.clone());
    Ok(written)
}

fn answer(app: &App, question: Question<'_>) -> Result<FigureAnswer, AppError> {
    let units: Vec<UnitIx> = question.unit.into_iter().collect();
    let of = match question.unit {
        Some(_) => Of::Units(&units),
        None => Of::Country,
    };
    let figures = app
        .figures
        .with(|state| figures_of(app, state, &question, of))
        .map_err(|error| AppError::Internal(error.to_string()))?
        .pop()
        .unwrap_or_default();
    Ok(FigureAnswer {
        indicator: question.indicator.clone(),
        unit: question.unit,
        organization_id: question.organization_id,
        figures,
        notices: question.notices,
    })
}

/// The figures of some units, by unit, then period.
pub(super) fn figures_of(
    app: &App,
    state: &FigureState,
    question: &Question<'_>,
    of: Of<'_>,
) -> Result<Vec<Vec<Figure>>, CubeError> {
    let credit = match &question.organization_id {
        None => Credit::Anybody,
        Some(id) => state
            .organization(id)
            .map_or(Credit::Nobody, Credit::Organization),
    };
    let wanted = Wanted {
        indicators: &app.catalog.indicators,
        indicator: question.indicator,
        states: question.states,
        credit,
    };
    let days = |periods: &[Period]| periods.iter().copied().map(Days::from).collect::<Vec<_>>();
    let measured = measure(
        state,
        wanted,
        of,
        &days(&question.periods),
        question.boundaries,
    )?;
    let mut figures: Vec<Vec<Figure>> = measured
        .iter()
        .map(|row| row.iter().zip(&question.periods).map(plain).collect())
        .collect();
    for &against in &question.compare {
        compare(
            app.units,
            state,
            wanted,
            of,
            question,
            against,
            &mut figures,
        )?;
    }
    let units: Vec<Option<UnitIx>> = match of {
        Of::Country => vec![None],
        Of::Units(units) => units.iter().copied().map(Some).collect(),
    };
    for (unit, row) in units.into_iter().zip(&mut figures) {
        for figure in row {
            if matches!(credit, Credit::Anybody) {
                figure.completeness =
                    completeness(app.figures.layouts(), state, wanted, unit, figure)?;
                if question.compare.contains(&Against::Target) {
                    figure.target = target_share(state, wanted, unit, question.boundaries, figure)?;
                }
            }
        }
    }
    Ok(figures)
}

fn plain((measured, period): (&Measured, &Period)) -> Figure {
    let states = cube::State::ALL.into_iter().zip(measured.by_state);
    let by_state: Vec<_> = states
        .filter_map(|(state, value)| Some((state, value?)))
        .collect();
    let mut marks: Vec<Mark> = by_state
        .iter()
        .map(|(state, _)| match state {
            cube::State::Reported => Mark::Reported,
            cube::State::Claimed => Mark::Claimed,
            cube::State::Confirmed => Mark::Confirmed,
        })
        .collect();
    let has_value = measured.value.is_some();
    for (mark, is_set) in [
        (Mark::Computed, !measured.parts.is_empty()),
        (Mark::Summed, measured.summed),
        (Mark::Apportioned, measured.apportioned),
        (Mark::Carried, measured.carried),
    ] {
        if is_set && has_value {
            marks.push(mark);
        }
    }
    Figure {
        period: *period,
        boundary_date: measured.boundary_date,
        stands_in: AdminUnits::stands_in(measured.boundary_date),
        value: measured.value,
        marks,
        by_state,
        parts: measured.parts.clone(),
        completeness: None,
        comparisons: Vec::new(),
        target: None,
    }
}

/// Adds the comparison with an earlier period, whose value is taken on the boundaries of the figure.
fn compare(
    units: &AdminUnits,
    state: &FigureState,
    wanted: Wanted<'_>,
    of: Of<'_>,
    question: &Question<'_>,
    against: Against,
    figures: &mut [Vec<Figure>],
) -> Result<(), CubeError> {
    let periods = &question.periods;
    let mut start = 0;
    while start < periods.len() {
        // Periods on the same boundaries are asked for together.
        let day = boundary_day(question.boundaries, periods[start]);
        let is_same = |period: &&Period| {
            let other = boundary_day(question.boundaries, **period);
            units.boundary_date(other) == units.boundary_date(day)
        };
        let length = periods[start..].iter().take_while(is_same).count();
        let bases: Vec<Period> = periods[start..start + length]
            .iter()
            .filter_map(|period| against.base(*period))
            .collect();
        let days: Vec<Days> = bases.iter().copied().map(Days::from).collect();
        let measured = measure(state, wanted, of, &days, Boundaries::On(day))?;
        for (row, earlier) in figures.iter_mut().zip(measured) {
            let row = &mut row[start..start + length];
            for ((figure, base), period) in row.iter_mut().zip(earlier).zip(&bases) {
                let change = comparison(wanted.indicator, figure.value, &base, *period, against);
                figure.comparisons.push(change);
            }
        }
        start += length;
    }
    Ok(())
}

fn comparison(
    indicator: &Indicator,
    value: Option<i64>,
    base: &Measured,
    period: Period,
    against: Against,
) -> Comparison {
    let absolute = value.zip(base.value).map(|(now, then)| now - then);
    let is_ratio = indicator.nature == IndicatorNature::Ratio;
    let relative = absolute
        .zip(base.value)
        .filter(|_| !is_ratio)
        .and_then(|(change, then)| ratio_value(change, then, 1000, 0));
    Comparison {
        against,
        period,
        value: base.value,
        absolute,
        relative_permille: relative,
        good: absolute.and_then(|change| is_good(indicator.direction, change)),
        apportioned: base.apportioned,
    }
}

/// For a ratio, that of the part with the smallest share.
fn completeness(
    layouts: &Layouts,
    state: &FigureState,
    wanted: Wanted<'_>,
    unit: Option<UnitIx>,
    figure: &Figure,
) -> Result<Option<Completeness>, CubeError> {
    let mut least: Option<Completeness> = None;
    for part in wanted.indicators.parts(wanted.indicator) {
        let Some(indicator) = handle(wanted.indicators, &part.id) else {
            continue;
        };
        if part.reporting_levels.is_empty() || part.stands_for_months > 0 {
            continue;
        }
        let reporting = Reporting {
            layouts,
            indicator,
            levels: &part.reporting_levels,
            unit,
        };
        let found = reporting.count(state, figure.period, figure.boundary_date)?;
        let share = |one: Completeness| u64::from(one.reported) * 1000 / u64::from(one.expected);
        if let Some(found) = found
            && least.is_none_or(|least| share(found) < share(least))
        {
            least = Some(found);
        }
    }
    Ok(least)
}

/// The target of the period itself, else the shortest one around it, else for a stand the next that ends later.
fn target_for(targets: &[TargetValue], period: Period, is_flow: bool) -> Option<TargetValue> {
    let length = |one: &&TargetValue| {
        (one.period.first().until(one.period.last())).map_or(i32::MAX, |span| span.get_days())
    };
    let exact = targets.iter().find(|one| one.period == period);
    let around = || {
        targets
            .iter()
            .filter(|one| one.period.covers(&period))
            .min_by_key(length)
    };
    let later = || {
        let ends_later = |one: &&TargetValue| !is_flow && one.period.last() >= period.last();
        targets
            .iter()
            .filter(ends_later)
            .min_by_key(|one| (one.period.last(), one.period.first()))
    };
    exact.or_else(around).or_else(later).copied()
}

fn target_share(
    state: &FigureState,
    wanted: Wanted<'_>,
    unit: Option<UnitIx>,
    boundaries: Boundaries,
    figure: &Figure,
) -> Result<Option<TargetShare>, CubeError> {
    let indicator = wanted.indicator;
    let Some(handle) = handle(wanted.indicators, &indicator.id) else {
        return Ok(None);
    };
    let is_flow = indicator.nature == IndicatorNature::Flow;
    let Some(found) = target_for(state.targets(handle, unit), figure.period, is_flow) else {
        return Ok(None);
    };
    let mut value = figure.value;
    if is_flow && found.period != figure.period {
        let since = Days {
            first: found.period.first(),
            last: figure.period.last(),
        };
        let units: Vec<UnitIx> = unit.into_iter().collect();
        let of = match unit {
            Some(_) => Of::Units(&units),
            None => Of::Country,
        };
        let measured = measure(state, wanted, of, &[since], boundaries)?;
        value = measured
            .first()
            .and_then(|row| row.first())
            .and_then(|one| one.value);
    }
    let missing = value.map(|value| found.value - value);
    Ok(Some(TargetShare {
        period: found.period,
        target: found.value,
        value,
        share_permille: value.and_then(|value| ratio_value(value, found.value, 1000, 0)),
        missing,
        reached: missing
            .map(|missing| missing == 0 || is_good(indicator.direction, -missing) == Some(true)),
    }))
}
