//! Vietnamese administrative units over time: what was in force when, what became of it, and how to find it.
//!
//! The data are the three files of `data/geo`. One `id` is one unit *identity*; official codes are reused
//! for other units and are never a key. A unit has one [`UnitRow`] for each state it was in.

mod check;
mod load;
mod numbering;
mod restatement;
mod search;
mod succession;
mod tree;

use std::fmt;
use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};

pub use load::{DataFault, DataFile, UnitFiles};
pub use numbering::{Numbering, NumberingError};
pub use restatement::{Marks, Restatement, Target, apportion};
pub use search::SearchHit;
pub use succession::{Certainty, Relation, Succession, Successor, Transfer};

/// Compact handle of a unit identity (one `id` of the unit file): an index, stable within one loaded set.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct UnitIx(pub u32);

impl UnitIx {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Level of the hierarchy, the bigger first.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Level {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh; until 2025-06-30.
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}

impl Level {
    /// All levels, the bigger first.
    pub const ALL: [Level; 3] = [Level::Province, Level::District, Level::Commune];

    /// The word of the data files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
        }
    }

    /// The level of the given word of the data files and the API.
    pub fn parse(text: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// "cấp tỉnh", "cấp huyện", "cấp xã".
    pub fn name_vi(self) -> &'static str {
        match self {
            Level::Province => "cấp tỉnh",
            Level::District => "cấp huyện",
            Level::Commune => "cấp xã",
        }
    }

    /// Number of digits of an official code of this level.
    pub fn code_length(self) -> usize {
        match self {
            Level::Province => 2,
            Level::District => 3,
            Level::Commune => 5,
        }
    }
}

/// Official type of a unit. `City` is both a city under the center and a city inside a province: read it with [`Level`].
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum UnitKind {
    /// Tỉnh.
    Province,
    /// Thành phố.
    City,
    /// Quận.
    UrbanDistrict,
    /// Huyện.
    RuralDistrict,
    /// Thị xã.
    Town,
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Thị trấn.
    Township,
    /// Đặc khu.
    SpecialZone,
}

impl UnitKind {
    /// All kinds.
    pub const ALL: [UnitKind; 9] = [
        UnitKind::Province,
        UnitKind::City,
        UnitKind::UrbanDistrict,
        UnitKind::RuralDistrict,
        UnitKind::Town,
        UnitKind::Commune,
        UnitKind::Ward,
        UnitKind::Township,
        UnitKind::SpecialZone,
    ];

    /// The Vietnamese word, in lower case.
    pub fn name_vi(self) -> &'static str {
        match self {
            UnitKind::Province => "tỉnh",
            UnitKind::City => "thành phố",
            UnitKind::UrbanDistrict => "quận",
            UnitKind::RuralDistrict => "huyện",
            UnitKind::Town => "thị xã",
            UnitKind::Commune => "xã",
            UnitKind::Ward => "phường",
            UnitKind::Township => "thị trấn",
            UnitKind::SpecialZone => "đặc khu",
        }
    }

    /// The kind of the given Vietnamese word in lower case.
    pub fn parse(text: &str) -> Option<UnitKind> {
        UnitKind::ALL
            .into_iter()
            .find(|kind| kind.name_vi() == text)
    }

    /// Whether units of this kind exist at the level.
    pub fn fits(self, level: Level) -> bool {
        match level {
            Level::Province => matches!(self, UnitKind::Province | UnitKind::City),
            Level::District => {
                matches!(
                    self,
                    UnitKind::City
                        | UnitKind::UrbanDistrict
                        | UnitKind::RuralDistrict
                        | UnitKind::Town
                )
            }
            Level::Commune => {
                matches!(
                    self,
                    UnitKind::Commune | UnitKind::Ward | UnitKind::Township | UnitKind::SpecialZone
                )
            }
        }
    }
}

/// Which of the two hierarchies a row belongs to.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Structure {
    /// Three levels, until 2025-06-30.
    Old,
    /// Two levels, from 2025-07-01.
    New,
}

impl Structure {
    /// The word of the data files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Structure::Old => "old",
            Structure::New => "new",
        }
    }
}

/// One state of a unit, from the day it began to the day it ended or changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnitRow {
    /// The identity this is a state of.
    pub unit: UnitIx,
    /// Official code; leading zeros count. Reused by other units at other times.
    pub code: Box<str>,
    /// Level of the hierarchy.
    pub level: Level,
    /// Official type.
    pub kind: UnitKind,
    /// Type and proper name, "Thành phố Vinh".
    pub full_name: Box<str>,
    /// The unit above; none above a province.
    pub parent: Option<UnitIx>,
    /// First day in force; none where the source only says that it was in force on 2021-11-01.
    pub valid_from: Option<Date>,
    /// Last day in force; none while in force.
    pub valid_to: Option<Date>,
    /// Hierarchy of three or of two levels.
    pub structure: Structure,
    /// Spelling of the official conversion table where it differs.
    pub alt_name: Option<Box<str>>,
    /// Legal act that began the row; empty where not recorded.
    pub basis: Arc<str>,
}

impl UnitRow {
    /// Proper name without the type: "Vinh".
    pub fn name(&self) -> &str {
        // Invariant: the loader refuses rows whose full name is not the type, a space and the name.
        &self.full_name[self.kind.name_vi().len() + 1..]
    }

    /// Whether the row is in force on the day, taken as it stands (no day stands in for another).
    pub fn is_in_force(&self, on: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on <= to)
    }
}

/// Published population and area; see the notes of `data/geo` on how far to trust it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Population {
    /// Number of people, where published.
    pub people: Option<u32>,
    /// Area in hectares (the files say square kilometers), where published.
    pub area_hectares: Option<u32>,
    /// How far to trust the figure.
    pub quality: PopulationQuality,
}

/// How far a population figure can be trusted.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum PopulationQuality {
    /// Published for the province.
    Published,
    /// A commune's figure within the usual range; not fit as a denominator.
    Plausible,
    /// A figure that two communes share or that is out of range.
    Suspect,
    /// No figure.
    Missing,
}

impl PopulationQuality {
    /// The word of the data files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            PopulationQuality::Published => "published",
            PopulationQuality::Plausible => "plausible",
            PopulationQuality::Suspect => "suspect",
            PopulationQuality::Missing => "missing",
        }
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
