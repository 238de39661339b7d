//! What a unit is: its level, its kind, its states and its published population.

use std::sync::Arc;

use jiff::civil::Date;

use super::UnitIx;

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
    /// All qualities, the best first.
    pub const ALL: [PopulationQuality; 4] = [
        PopulationQuality::Published,
        PopulationQuality::Plausible,
        PopulationQuality::Suspect,
        PopulationQuality::Missing,
    ];

    /// The quality of the given word of the data files.
    pub fn parse(text: &str) -> Option<PopulationQuality> {
        PopulationQuality::ALL
            .into_iter()
            .find(|quality| quality.as_str() == text)
    }

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
