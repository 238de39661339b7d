//! Vietnamese administrative units over time: what was in force when, what became of it, and how to find it.
//!
//! The data are the three files of `data/geo`. One `id` is one unit *identity*; official codes are reused
//! for other units and are never a key. A unit has one [`UnitRow`] for each state it was in.

mod check;
mod lineage;
mod load;
mod numbering;
mod read;
mod restatement;
mod search;
mod succession;
mod tree;
mod unit;

use std::fmt;
use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};

pub use load::{DataFault, DataFile, UnitFiles};
pub use numbering::{Numbering, NumberingError};
pub use restatement::{Marks, Restatement, Target, apportion};
pub use search::SearchHit;
pub use succession::{Certainty, Relation, Succession, Successor, Transfer};
pub use unit::{Level, Population, PopulationQuality, Structure, UnitKind, UnitRow};

/// Compact handle of a unit identity (one `id` of the unit file): an index, stable within one loaded set.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct UnitIx(pub u32);

impl UnitIx {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// First day for which the state of the units is known.
pub const KNOWN_FROM: Date = date(2021, 11, 1);

/// All units, their states and successions. Immutable; share it between threads freely.
pub struct AdminUnits {
    /// Ids in order of their index.
    ids: Vec<Box<str>>,
    /// Units ordered by id, to find one.
    by_id: Vec<UnitIx>,
    /// States, grouped by unit and in order of time within it.
    rows: Vec<UnitRow>,
    /// Where each unit's states begin in `rows`; one more entry than units.
    row_starts: Vec<u32>,
    /// Row numbers ordered by level and code.
    by_code: Vec<u32>,
    /// Row numbers ordered by parent (provinces first, without one) and code.
    by_parent: Vec<u32>,
    /// Ordered by old unit and date.
    successions: Vec<Succession>,
    /// Positions in `successions` ordered by new unit and date; those without one are left out.
    by_new: Vec<u32>,
    /// Ordered by unit.
    population: Vec<(UnitIx, Population)>,
    /// First days on which something changed, in order; the first is [`KNOWN_FROM`].
    boundary_dates: Vec<Date>,
    /// One per boundary date, made when first asked for.
    numberings: Vec<OnceLock<Arc<Numbering>>>,
    /// One per pair of boundary dates, made when first asked for.
    restatements: Vec<OnceLock<Arc<Restatement>>>,
    /// Made when first asked for.
    search_index: OnceLock<search::SearchIndex>,
}

impl fmt::Debug for AdminUnits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AdminUnits")
            .field("units", &self.ids.len())
            .field("rows", &self.rows.len())
            .field("successions", &self.successions.len())
            .finish_non_exhaustive()
    }
}

impl AdminUnits {
    /// The units compiled into the program, read when first asked for.
    pub fn embedded() -> &'static AdminUnits {
        static UNITS: OnceLock<AdminUnits> = OnceLock::new();
        UNITS.get_or_init(|| {
            let loaded = AdminUnits::load(UnitFiles {
                units: DataFile {
                    name: "data/geo/units.csv",
                    text: include_str!("../../../../data/geo/units.csv"),
                },
                successions: DataFile {
                    name: "data/geo/successions.csv",
                    text: include_str!("../../../../data/geo/successions.csv"),
                },
                population: DataFile {
                    name: "data/geo/population.csv",
                    text: include_str!("../../../../data/geo/population.csv"),
                },
            });
            loaded.expect("the unit data compiled in are checked by the tests of this crate")
        })
    }

    /// First day for which the state of the units is known.
    pub fn known_from() -> Date {
        KNOWN_FROM
    }

    /// Whether the first known state stands in for the state of this day, which is not recorded.
    pub fn stands_in(on: Date) -> bool {
        on < KNOWN_FROM
    }

    /// The last day on which something changed.
    pub fn last_change(&self) -> Date {
        *self
            .boundary_dates
            .last()
            .expect("there is always the first known day")
    }

    /// Days on which the boundaries, names or types changed, in order; the first is the first known day.
    pub fn boundary_dates(&self) -> &[Date] {
        &self.boundary_dates
    }

    /// The last day of change on or before the day, or the first known day.
    pub fn boundary_date(&self, on: Date) -> Date {
        self.boundary_dates[self.boundary_index(on)]
    }

    fn boundary_index(&self, on: Date) -> usize {
        self.boundary_dates
            .partition_point(|boundary| *boundary <= on)
            .saturating_sub(1)
    }

    /// Number of unit identities of all times.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no unit at all.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// All unit identities of all times.
    pub fn units(&self) -> impl Iterator<Item = UnitIx> + use<> {
        (0..self.ids.len() as u32).map(UnitIx)
    }

    /// The unit of this id.
    pub fn get(&self, id: &str) -> Option<UnitIx> {
        let found = self
            .by_id
            .binary_search_by(|unit| self.ids[unit.index()].as_ref().cmp(id))
            .ok()?;
        Some(self.by_id[found])
    }

    /// The id of a unit.
    pub fn id(&self, unit: UnitIx) -> &str {
        &self.ids[unit.index()]
    }

    /// The states of a unit in order of time; never empty.
    pub fn rows(&self, unit: UnitIx) -> &[UnitRow] {
        &self.rows
            [self.row_starts[unit.index()] as usize..self.row_starts[unit.index() + 1] as usize]
    }

    /// The state in force on a day. Before the first known day the first known state stands in.
    pub fn at(&self, unit: UnitIx, on: Date) -> Option<&UnitRow> {
        let on = on.max(KNOWN_FROM);
        self.rows(unit).iter().find(|row| row.is_in_force(on))
    }

    /// The state in force on the day or, for a unit that is not, the nearest one in time: what to call it.
    pub fn nearest(&self, unit: UnitIx, on: Date) -> &UnitRow {
        let rows = self.rows(unit);
        let after = rows.partition_point(|row| row.valid_from.is_none_or(|from| from <= on));
        &rows[after.saturating_sub(1)]
    }

    /// Published population and area, where there are any: only for units in force since 2025-07-01.
    pub fn population(&self, unit: UnitIx) -> Option<Population> {
        let found = self
            .population
            .binary_search_by_key(&unit, |(of, _)| *of)
            .ok()?;
        Some(self.population[found].1)
    }
}
