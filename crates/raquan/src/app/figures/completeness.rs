//! How many of those that must report have: counted on the boundaries of the period's own last day.
//!
//! A unit that reported for itself is complete, whatever lies below it. Otherwise the units of the level that must
//! report are counted; one counts as having reported as soon as anything below it has.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, RwLock};

use cube::{Below, Boundaries, CubeError, Days, IndicatorIx, Query, StateSet};
use domain::admin_units::{AdminUnits, Level, Numbering, UnitIx};
use domain::period::Period;
use jiff::civil::Date;

use super::answer::Completeness;
use super::state::FigureState;

/// What is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reporters<'a> {
    pub layouts: &'a Layouts,
    pub indicator: IndicatorIx,
    pub levels: &'a [Level],
    pub period: Period,
}

/// The units of each boundary date by level, and where those of another date lie; made when first needed.
#[derive(Debug)]
pub(super) struct Layouts {
    units: &'static AdminUnits,
    levels: RwLock<HashMap<Date, Arc<Layout>>>,
    ways: RwLock<HashMap<(Date, Date), Arc<Way>>>,
}

/// The levels of the units of one boundary date.
#[derive(Debug)]
struct Layout {
    numbering: Arc<Numbering>,
    /// By position; the country's own has none.
    levels: Vec<Option<Level>>,
}

/// Target and source positions of a restatement, in order of the targets.
#[derive(Debug)]
struct Way {
    to: Arc<Numbering>,
    pairs: Vec<(u32, u32)>,
}

impl Layouts {
    /// Nothing made yet.
    pub fn new(units: &'static AdminUnits) -> Layouts {
        Layouts {
            units,
            levels: RwLock::default(),
            ways: RwLock::default(),
        }
    }

    fn layout(&self, on: Date) -> Arc<Layout> {
        let day = self.units.boundary_date(on);
        if let Some(found) = self.levels.read().expect("no holder panics").get(&day) {
            return Arc::clone(found);
        }
        let numbering = self.units.numbering(day);
        let level = |position: u32| {
            let unit = numbering.unit(position)?;
            self.units.at(unit, day).map(|row| row.level)
        };
        let count = u32::try_from(numbering.len()).expect("positions are 32 bits wide");
        let levels = (0..count).map(level).collect();
        let made = Arc::new(Layout { numbering, levels });
        let mut known = self.levels.write().expect("no holder panics");
        Arc::clone(known.entry(day).or_insert(made))
    }

    fn way(&self, from: Date, to: Date) -> Arc<Way> {
        let key = (self.units.boundary_date(from), self.units.boundary_date(to));
        if let Some(found) = self.ways.read().expect("no holder panics").get(&key) {
            return Arc::clone(found);
        }
        let restatement = self.units.restatement(key.0, key.1);
        let mut pairs = Vec::new();
        let count = u32::try_from(restatement.from.len()).expect("positions are 32 bits wide");
        // Position 0 is the country.
        for source in 1..count {
            let targets = restatement.targets(source).iter();
            pairs.extend(targets.map(|target| (target.position, source)));
        }
        pairs.sort_unstable();
        let made = Arc::new(Way {
            to: Arc::clone(&restatement.to),
            pairs,
        });
        let mut known = self.ways.write().expect("no holder panics");
        Arc::clone(known.entry(key).or_insert(made))
    }
}

impl Way {
    /// The source positions that lie in a range of targets, at least in part, in order.
    fn sources(&self, range: &Range<u32>) -> Vec<u32> {
        let start = self.pairs.partition_point(|pair| pair.0 < range.start);
        let inside = self.pairs[start..]
            .iter()
            .take_while(|pair| pair.0 < range.end);
        let mut sources: Vec<u32> = inside.map(|pair| pair.1).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }
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
        let layout = self.layouts.layout(on);
        let exists = |level: &Level| layout.levels.contains(&Some(*level));
        let Some(level) = self.levels.iter().copied().find(exists) else {
            return Ok(None);
        };
        let units = self.layouts.units;
        let mut walk = Walk {
            reporters: self,
            state,
            layout: &layout,
            level,
            inside: None,
            found: Completeness {
                reported: 0,
                expected: 0,
            },
        };
        if units.boundary_date(on) == units.boundary_date(boundary_date) {
            let Some(range) = layout.numbering.range(unit) else {
                return Ok(None);
            };
            match unit {
                Some(_) => walk.visit(&[range.start])?,
                None => walk.visit(&children(&layout.numbering, range))?,
            }
        } else {
            let way = self.layouts.way(on, boundary_date);
            let Some(range) = way.to.range(unit) else {
                return Ok(None);
            };
            let inside = way.sources(&range);
            let tops = tops(&layout.numbering, &inside);
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

/// Of positions in order, those that have none above them among these.
fn tops(numbering: &Numbering, inside: &[u32]) -> Vec<u32> {
    let (mut found, mut end) = (Vec::new(), 0);
    for &position in inside {
        if position >= end {
            found.push(position);
            end = numbering.range_at(position).end;
        }
    }
    found
}

struct Walk<'a> {
    reporters: &'a Reporters<'a>,
    state: &'a FigureState,
    layout: &'a Layout,
    level: Level,
    /// In order; none: everything.
    inside: Option<Vec<u32>>,
    found: Completeness,
}

impl Walk<'_> {
    fn is_inside(&self, position: u32) -> bool {
        let inside = self.inside.as_ref();
        inside.is_none_or(|inside| inside.binary_search(&position).is_ok())
    }

    fn visit(&mut self, positions: &[u32]) -> Result<(), CubeError> {
        let numbering = &self.layout.numbering;
        let units: Vec<UnitIx> = positions
            .iter()
            .filter_map(|position| numbering.unit(*position))
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
            let cell = row.cells.first();
            let reports = cell.map_or(0, |cell| cell.reports);
            let is_own = cell.is_some_and(|cell| reports == 1 && !cell.summed);
            let range = numbering.range_at(*position);
            if is_own || self.layout.levels[*position as usize] == Some(self.level) {
                self.found.expected += 1;
                self.found.reported += u32::from(reports > 0);
            } else if reports == 0 {
                let must = |at: &u32| self.layout.levels[*at as usize] == Some(self.level);
                let below = range.filter(|at| must(at) && self.is_inside(*at));
                self.found.expected += u32::try_from(below.count()).unwrap_or(u32::MAX);
            } else {
                let mut below = children(numbering, range);
                below.retain(|at| self.is_inside(*at));
                self.visit(&below)?;
            }
        }
        Ok(())
    }
}
