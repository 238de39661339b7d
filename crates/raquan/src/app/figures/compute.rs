//! Values from the cube: plain indicators, stands carried on, ratios from their parts, changes.

use cube::{Below, Boundaries, Cell, CubeError, Days, OrgIx, Query, State, StateSet};
use domain::admin_units::UnitIx;
use domain::indicators::{Indicator, IndicatorNature, Indicators};
use domain::plan::WantedDirection;
use jiff::ToSpan;
use jiff::civil::Date;

use super::answer::Part;
use super::state::{FigureState, handle};

/// Whose figures are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'a> {
    Country,
    Units(&'a [UnitIx]),
}

/// Credited to whom.
#[derive(Debug, Clone, Copy)]
pub(super) enum Credit {
    Anybody,
    Organization(OrgIx),
    /// An organization that nothing is credited to.
    Nobody,
}

/// What is wanted of the cube, but for units and periods.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub indicators: &'a Indicators,
    pub indicator: &'a Indicator,
    pub states: StateSet,
    pub credit: Credit,
}

/// A value with how it came about.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub value: Option<i64>,
    pub boundary_date: Date,
    pub apportioned: bool,
    pub summed: bool,
    pub carried: bool,
    /// In the order of `State::ALL`.
    pub by_state: [Option<i64>; 3],
    pub parts: Vec<Part>,
}

impl Measured {
    fn of(cell: &Cell) -> Measured {
        Measured {
            value: cell.value,
            boundary_date: cell.boundary_date,
            apportioned: cell.apportioned,
            summed: cell.summed,
            carried: false,
            by_state: [None; 3],
            parts: Vec::new(),
        }
    }

    fn nothing(boundary_date: Date) -> Measured {
        Measured {
            value: None,
            boundary_date,
            apportioned: false,
            summed: false,
            carried: false,
            by_state: [None; 3],
            parts: Vec::new(),
        }
    }
}

/// The values of some units over some periods, by unit, then period.
pub(super) fn measure(
    state: &FigureState,
    wanted: Wanted<'_>,
    of: Of<'_>,
    periods: &[Days],
    boundaries: Boundaries,
) -> Result<Vec<Vec<Measured>>, CubeError> {
    if wanted.indicator.nature == IndicatorNature::Ratio {
        return measure_ratio(state, wanted, of, periods, boundaries);
    }
    let cells =
        |states: StateSet, periods: &[Days]| cells(state, wanted, states, of, periods, boundaries);
    let mut found: Vec<Vec<Measured>> = cells(wanted.states, periods)?
        .iter()
        .map(|row| row.iter().map(Measured::of).collect())
        .collect();
    let indicator = handle(wanted.indicators, &wanted.indicator.id)
        .expect("a wanted indicator is of the catalogue");
    let states = state.cube.states(indicator, wanted.states);
    for (place, one) in State::ALL.into_iter().enumerate() {
        if !states.contains(one) {
            continue;
        }
        if states == StateSet::of(&[one]) {
            // All there is, is in this state.
            for measured in found.iter_mut().flatten() {
                measured.by_state[place] = measured.value;
            }
            continue;
        }
        for (row, single) in found.iter_mut().zip(cells(StateSet::of(&[one]), periods)?) {
            for (measured, cell) in row.iter_mut().zip(single) {
                measured.by_state[place] = cell.value;
            }
        }
    }
    let months = wanted.indicator.stands_for_months;
    if months > 0 && found.iter().flatten().any(|one| one.value.is_none()) {
        let longer: Vec<Days> = periods
            .iter()
            .map(|days| Days {
                first: days.first.min(days.last.saturating_sub(months.months())),
                last: days.last,
            })
            .collect();
        for (row, earlier) in found.iter_mut().zip(cells(wanted.states, &longer)?) {
            for (measured, cell) in row.iter_mut().zip(earlier) {
                if measured.value.is_none() && cell.value.is_some() {
                    *measured = Measured {
                        carried: true,
                        ..Measured::of(&cell)
                    };
                }
            }
        }
    }
    Ok(found)
}

fn cells(
    state: &FigureState,
    wanted: Wanted<'_>,
    states: StateSet,
    of: Of<'_>,
    periods: &[Days],
    boundaries: Boundaries,
) -> Result<Vec<Vec<Cell>>, CubeError> {
    let organization = match wanted.credit {
        Credit::Anybody => None,
        Credit::Organization(one) => Some(one),
        Credit::Nobody => return Ok(nothing(of, periods, boundaries)),
    };
    let indicator = handle(wanted.indicators, &wanted.indicator.id)
        .expect("a wanted indicator is of the catalogue");
    let query = Query {
        indicator,
        states,
        unit: None,
        periods,
        boundaries,
        organization,
    };
    match of {
        Of::Country => Ok(vec![state.cube.series(&query)?]),
        Of::Units(units) => {
            let rows = state.cube.breakdown(&query, Below::Units(units))?;
            Ok(rows.into_iter().map(|row| row.cells).collect())
        }
    }
}

fn nothing(of: Of<'_>, periods: &[Days], boundaries: Boundaries) -> Vec<Vec<Cell>> {
    let cell = |days: &Days| Cell {
        value: None,
        reports: 0,
        apportioned: false,
        summed: false,
        boundary_date: boundary_date(boundaries, days),
    };
    let row: Vec<Cell> = periods.iter().map(cell).collect();
    let count = match of {
        Of::Country => 1,
        Of::Units(units) => units.len(),
    };
    vec![row; count]
}

fn boundary_date(boundaries: Boundaries, days: &Days) -> Date {
    match boundaries {
        Boundaries::AsWas => days.last,
        Boundaries::On(day) => day,
    }
}

/// A ratio has a value where all its parts have one.
fn measure_ratio(
    state: &FigureState,
    wanted: Wanted<'_>,
    of: Of<'_>,
    periods: &[Days],
    boundaries: Boundaries,
) -> Result<Vec<Vec<Measured>>, CubeError> {
    let ratio = wanted.indicator;
    let parts = wanted.indicators.parts(ratio);
    let mut measured = Vec::with_capacity(parts.len());
    for part in &parts {
        let wanted = Wanted {
            indicator: part,
            ..wanted
        };
        measured.push(measure(state, wanted, of, periods, boundaries)?);
    }
    let units = measured.first().map_or(0, Vec::len);
    let combine = |unit: usize, place: usize| {
        let parts_here: Vec<&Measured> = measured.iter().map(|part| &part[unit][place]).collect();
        let mut whole = Measured::nothing(boundary_date(boundaries, &periods[place]));
        whole.apportioned = parts_here.iter().any(|part| part.apportioned);
        whole.summed = parts_here.iter().any(|part| part.summed);
        whole.carried = parts_here.iter().any(|part| part.carried);
        whole.parts = parts
            .iter()
            .zip(&parts_here)
            .map(|(part, measured)| Part {
                indicator: part.id.clone(),
                value: measured.value,
            })
            .collect();
        let values: Option<Vec<i64>> = parts_here.iter().map(|part| part.value).collect();
        whole.value = values.and_then(|values| {
            let (denominator, numerators) = values.split_last()?;
            ratio_value(
                numerators.iter().sum(),
                *denominator,
                ratio.per,
                ratio.decimals,
            )
        });
        whole
    };
    Ok((0..units)
        .map(|unit| {
            (0..periods.len())
                .map(|place| combine(unit, place))
                .collect()
        })
        .collect())
}

/// `numerator × per / denominator` in units of the last decimal, rounded half away from zero; none for a share of nothing.
pub(in crate::app) fn ratio_value(
    numerator: i64,
    denominator: i64,
    per: i64,
    decimals: u32,
) -> Option<i64> {
    if denominator <= 0 {
        return None;
    }
    let scaled = i128::from(numerator) * i128::from(per) * 10_i128.pow(decimals);
    let base = i128::from(denominator);
    let rounded = (scaled.abs() + base / 2) / base;
    i64::try_from(rounded * scaled.signum()).ok()
}

/// Whether a change goes the wanted way; none where nothing changed.
pub(super) fn is_good(direction: WantedDirection, change: i64) -> Option<bool> {
    match (change, direction) {
        (0, _) => None,
        (1.., WantedDirection::Up) | (..0, WantedDirection::Down) => Some(true),
        _ => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_exact_and_rounded_half_away_from_zero() {
        let check = |numerator, denominator, decimals, expected| {
            assert_eq!(ratio_value(numerator, denominator, 100, decimals), expected);
        };
        check(1, 3, 1, Some(333));
        check(2, 3, 1, Some(667));
        check(1, 8, 1, Some(125));
        check(1, 800, 1, Some(1));
        check(1, 2000, 1, Some(1));
        check(-1, 2000, 1, Some(-1));
        check(5, 0, 1, None);
        check(i64::MAX, i64::MAX, 4, Some(1_000_000));
        check(i64::MAX, 1, 4, None);
    }

    #[test]
    fn less_is_good_where_less_is_wanted() {
        assert_eq!(is_good(WantedDirection::Down, -3), Some(true));
        assert_eq!(is_good(WantedDirection::Down, 3), Some(false));
        assert_eq!(is_good(WantedDirection::Up, 3), Some(true));
        assert_eq!(is_good(WantedDirection::Up, 0), None);
    }
}
