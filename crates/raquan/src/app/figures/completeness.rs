//! How many of those that must report have: counted on the boundaries of the period's own last day.
//!
//! A unit that reported for itself is complete, whatever lies below it. Otherwise the units of the level that must
//! report are counted; one counts as having reported as soon as anything below it has.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, RwLock};

use cube::{CubeError, Days, IndicatorIx, Positions, StateSet};
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
    levels: Vec<(Level, OfLevel)>,
}

/// The units of one level.
#[derive(Debug)]
struct OfLevel {
    units: Positions,
    /// Whether none of them has units below it.
    is_lowest: bool,
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
        let count = u32::try_from(numbering.len()).expect("positions are 32 bits wide");
        let mut levels: Vec<(Level, OfLevel)> = Vec::new();
        // Position 0 is the country.
        for position in 1..count {
            let unit = numbering.unit(position).expect("the others are units");
            let Some(row) = self.units.at(unit, day) else {
                continue;
            };
            let at = levels.iter().position(|(level, _)| *level == row.level);
            let at = at.unwrap_or_else(|| {
                let none = OfLevel {
                    units: Positions::none(numbering.len()),
                    is_lowest: true,
                };
                levels.push((row.level, none));
                levels.len() - 1
            });
            levels[at].1.units.insert(position);
            levels[at].1.is_lowest &= numbering.range_at(position).len() == 1;
        }
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
    fn of(&self, level: Level) -> Option<&OfLevel> {
        let found = self.levels.iter().find(|(other, _)| *other == level)?;
        Some(&found.1)
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
        let Some(must) = self.levels.iter().find_map(|level| layout.of(*level)) else {
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
            numbering: &layout.numbering,
            must,
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
    numbering: &'a Numbering,
    /// Those that must report.
    must: &'a OfLevel,
    /// In order; none: everything.
    inside: Option<Vec<u32>>,
    reported: Positions,
    found: Completeness,
}

impl Walk<'_> {
    fn is_inside(&self, position: u32) -> bool {
        let inside = self.inside.as_ref();
        inside.is_none_or(|inside| inside.binary_search(&position).is_ok())
    }

    /// Counts the units at a range of positions, each above those below it.
    fn visit(&mut self, range: Range<u32>) {
        if self.inside.is_none() && self.must.is_lowest {
            let reported = self.must.units.count_common(&self.reported, range.clone());
            // Nobody above them has reported for all of its units.
            if reported == self.reported.count(range.clone()) {
                self.found.reported += reported;
                self.found.expected += self.must.units.count(range);
                return;
            }
        }
        let mut position = range.start;
        while position < range.end {
            let below = self.numbering.range_at(position);
            if !self.is_inside(position) {
                position = below.end;
                continue;
            }
            let is_own =
                || self.reported.contains(position) && self.reported.count(below.clone()) == 1;
            if self.must.units.contains(position) || is_own() {
                self.found.expected += 1;
                self.found.reported += u32::from(self.reported.any(below.clone()));
                position = below.end;
            } else if self.reported.any(below.clone()) {
                position += 1;
            } else {
                let must = |at: &u32| self.must.units.contains(*at) && self.is_inside(*at);
                let count = below.clone().filter(must).count();
                self.found.expected += u32::try_from(count).unwrap_or(u32::MAX);
                position = below.end;
            }
        }
    }
}
