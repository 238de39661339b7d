//! How many of those that must report have: counted on the boundaries of the period's own last day.
//!
//! A unit that reported for itself is complete, whatever lies below it. Otherwise the units of the level that must
//! report are counted; one counts as having reported as soon as anything below it has.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, RwLock};

use cube::{CubeError, Days, IndicatorIx, Reporters, StateSet};
use domain::admin_units::{AdminUnits, Level, Numbering, UnitIx};
use domain::period::Period;
use jiff::civil::Date;

use super::answer::Completeness;
use super::state::FigureState;

/// What is counted, in one unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reporting<'a> {
    pub layouts: &'a Layouts,
    pub indicator: IndicatorIx,
    /// Who must report: the first of these levels that there was.
    pub levels: &'a [Level],
    /// None for the country.
    pub unit: Option<UnitIx>,
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

impl Layout {
    fn has(&self, level: Level) -> bool {
        self.levels.contains(&Some(level))
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

impl Reporting<'_> {
    /// Counts a period within the unit on the boundaries of a day; none where nobody there must report.
    pub fn count(
        &self,
        state: &FigureState,
        period: Period,
        boundary_date: Date,
    ) -> Result<Option<Completeness>, CubeError> {
        let on = period.last();
        let layout = self.layouts.layout(on);
        let Some(level) = self.levels.iter().copied().find(|level| layout.has(*level)) else {
            return Ok(None);
        };
        let units = self.layouts.units;
        let (tops, inside);
        if units.boundary_date(on) == units.boundary_date(boundary_date) {
            let Some(mut range) = layout.numbering.range(self.unit) else {
                return Ok(None);
            };
            // Nobody reports for the country itself.
            range.start += u32::from(self.unit.is_none());
            (tops, inside) = (vec![range], None);
        } else {
            let way = self.layouts.way(on, boundary_date);
            let Some(range) = way.to.range(self.unit) else {
                return Ok(None);
            };
            let sources = way.sources(&range);
            (tops, inside) = (ranges(&layout.numbering, &sources), Some(sources));
        }
        let (Some(first), Some(last)) = (tops.first(), tops.last()) else {
            return Ok(None);
        };
        let reported = state.cube.reporters(
            self.indicator,
            StateSet::REPORTED,
            Days::from(period),
            first.start..last.end,
        )?;
        let mut walk = Walk {
            layout: &layout,
            level,
            inside,
            reported,
            found: Completeness {
                reported: 0,
                expected: 0,
            },
        };
        for range in tops {
            walk.visit(range);
        }
        Ok(Some(walk.found).filter(|found| found.expected > 0))
    }
}

/// Of positions in order, those that have none above them among these, each with all below it.
fn ranges(numbering: &Numbering, positions: &[u32]) -> Vec<Range<u32>> {
    let mut found: Vec<Range<u32>> = Vec::new();
    for &position in positions {
        if found.last().is_none_or(|last| position >= last.end) {
            found.push(numbering.range_at(position));
        }
    }
    found
}

struct Walk<'a> {
    layout: &'a Layout,
    level: Level,
    /// In order; none: everything.
    inside: Option<Vec<u32>>,
    reported: Reporters,
    found: Completeness,
}

impl Walk<'_> {
    fn is_inside(&self, position: u32) -> bool {
        let inside = self.inside.as_ref();
        inside.is_none_or(|inside| inside.binary_search(&position).is_ok())
    }

    fn must_report(&self, position: u32) -> bool {
        self.layout.levels[position as usize] == Some(self.level)
    }

    /// Counts the units at a range of positions, each above those below it.
    fn visit(&mut self, range: Range<u32>) {
        let mut position = range.start;
        while position < range.end {
            let below = self.layout.numbering.range_at(position);
            if !self.is_inside(position) {
                position = below.end;
                continue;
            }
            let is_own =
                || self.reported.contains(position) && self.reported.count(below.clone()) == 1;
            if self.must_report(position) || is_own() {
                self.found.expected += 1;
                self.found.reported += u32::from(self.reported.any(below.clone()));
                position = below.end;
            } else if self.reported.any(below.clone()) {
                position += 1;
            } else {
                let must = |at: &u32| self.must_report(*at) && self.is_inside(*at);
                let count = below.clone().filter(must).count();
                self.found.expected += u32::try_from(count).unwrap_or(u32::MAX);
                position = below.end;
            }
        }
    }
}
