//! How many of those that must report have: counted on the boundaries of the period's own last day.
//!
//! A unit that reported for itself is complete, whatever lies below it. Otherwise the units of the level that must
//! report are counted; one counts as having reported as soon as anything below it has.

use std::ops::Range;

use cube::{Below, Boundaries, CubeError, Days, IndicatorIx, Query, StateSet};
use domain::admin_units::{AdminUnits, Level, Numbering, UnitIx};
use domain::period::Period;
use jiff::civil::Date;

use super::answer::Completeness;
use super::state::FigureState;

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reporters<'a> {
    pub units: &'a AdminUnits,
    pub indicator: IndicatorIx,
    pub levels: &'a [Level],
    pub period: Period,
}

impl Reporters<'_> {
    /// Counts within a unit on the boundaries of a day; none where nobody there must report.
    pub fn count(
        &self,
        state: &FigureState,
        unit: Option<UnitIx>,
        boundary_date: Date,
    ) -> Result<Option<Completeness>, CubeError> {
        let on = self.period.last();
        let numbering = self.units.numbering(on);
        let level_at = |position: u32| {
            let unit = numbering.unit(position)?;
            self.units.at(unit, on).map(|row| row.level)
        };
        let has_level =
            |level: &Level| (0..numbering.len() as u32).any(|at| level_at(at) == Some(*level));
        let Some(level) = self.levels.iter().copied().find(has_level) else {
            return Ok(None);
        };
        let is_own = self.units.boundary_date(on) == self.units.boundary_date(boundary_date);
        let mut walk = Walk {
            reporters: self,
            state,
            numbering: &numbering,
            level,
            inside: None,
            found: Completeness {
                reported: 0,
                expected: 0,
            },
        };
        if is_own {
            let Some(range) = numbering.range(unit) else {
                return Ok(None);
            };
            if unit.is_some() {
                walk.visit(&[range.start])?;
            } else {
                walk.visit(&children(&numbering, range))?;
            }
        } else {
            let way = self.units.restatement(on, boundary_date);
            let Some(range) = way.to.range(unit) else {
                return Ok(None);
            };
            let lies_inside = |source: u32| {
                source > 0
                    && way
                        .targets(source)
                        .iter()
                        .any(|target| range.contains(&target.position))
            };
            let inside: Vec<bool> = (0..numbering.len() as u32).map(lies_inside).collect();
            let tops = tops(&numbering, &inside);
            walk.inside = Some(inside);
            walk.visit(&tops)?;
        }
        Ok(Some(walk.found).filter(|found| found.expected > 0))
    }
}

/// The positions right below one.
fn children(numbering: &Numbering, range: Range<u32>) -> Vec<u32> {
    let mut found = Vec::new();
    let mut position = range.start + 1;
    while position < range.end {
        found.push(position);
        position = numbering.range_at(position).end;
    }
    found
}

/// The highest positions that are inside.
fn tops(numbering: &Numbering, inside: &[bool]) -> Vec<u32> {
    let mut found = Vec::new();
    let mut position = 1;
    while (position as usize) < inside.len() {
        if inside[position as usize] {
            found.push(position);
            position = numbering.range_at(position).end;
        } else {
            position += 1;
        }
    }
    found
}

struct Walk<'a> {
    reporters: &'a Reporters<'a>,
    state: &'a FigureState,
    numbering: &'a Numbering,
    level: Level,
    inside: Option<Vec<bool>>,
    found: Completeness,
}

impl Walk<'_> {
    fn is_inside(&self, position: u32) -> bool {
        self.inside
            .as_ref()
            .is_none_or(|inside| inside[position as usize])
    }

    fn level_of(&self, position: u32) -> Option<Level> {
        let unit = self.numbering.unit(position)?;
        let row = self
            .reporters
            .units
            .at(unit, self.reporters.period.last())?;
        Some(row.level)
    }

    fn visit(&mut self, positions: &[u32]) -> Result<(), CubeError> {
        let units: Vec<UnitIx> = positions
            .iter()
            .filter_map(|position| self.numbering.unit(*position))
            .collect();
        let period = [Days::from(self.reporters.period)];
        let query = Query {
            indicator: self.reporters.indicator,
            states: StateSet::REPORTED,
            unit: None,
            periods: &period,
            boundaries: Boundaries::AsWas,
            organization: None,
        };
        let rows = self.state.cube.breakdown(&query, Below::Units(&units))?;
        for (position, row) in positions.iter().zip(rows) {
            let reports = row.cells.first().map_or(0, |cell| cell.reports);
            let is_own = row
                .cells
                .first()
                .is_some_and(|cell| reports == 1 && !cell.summed);
            let level = self.level_of(*position);
            let range = self.numbering.range_at(*position);
            if is_own || level == Some(self.level) {
                self.found.expected += 1;
                self.found.reported += u32::from(reports > 0);
            } else if reports == 0 {
                let below = range
                    .filter(|at| self.is_inside(*at) && self.level_of(*at) == Some(self.level));
                self.found.expected += u32::try_from(below.count()).unwrap_or(u32::MAX);
            } else {
                let below: Vec<u32> = children(self.numbering, range)
                    .into_iter()
                    .filter(|at| self.is_inside(*at))
                    .collect();
                self.visit(&below)?;
            }
        }
        Ok(())
    }
}
