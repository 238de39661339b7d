//! The numbers of the law: dated, each with its instrument, article and verification.

mod areas;
mod embedded;
mod law;
mod local;
mod lookup;
mod read;
#[cfg(test)]
mod read_tests;
mod shown;
pub mod yaml;

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

pub use areas::{AREAS, Area, area_of};
pub use embedded::{Parameters, rules_version};
pub use law::Law;
pub use local::LocalSupport;
pub(crate) use lookup::whole;
pub use yaml::Fault;

use crate::rate::Rate;
use crate::trace::{Language, Value, vi};

/// How well a value is verified.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Verified {
    /// Read in the legal text.
    Primary,
    /// Read in another text only: a page of the agency, press, a note of a law firm.
    Secondary,
    /// Computed from values that were read.
    Derived,
    /// From memory, contradicted, or resting on a reading of the law.
    Unverified,
}

impl Verified {
    const ALL: [(&'static str, Verified); 4] = [
        ("primary", Verified::Primary),
        ("secondary", Verified::Secondary),
        ("derived", Verified::Derived),
        ("unverified", Verified::Unverified),
    ];

    fn parse(word: &str) -> Option<Verified> {
        Verified::ALL
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, verified)| *verified)
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BothLanguages {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl BothLanguages {
    /// The text in one language.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }
}

/// Where a value of the law stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = LawSource))]
pub struct Source {
    /// Id of the parameter: `voluntary_si/contribution_rate`.
    pub parameter: String,
    /// Row of its table.
    pub key: Option<String>,
    /// First day of the value.
    pub since: Date,
    /// Instrument and article, in Vietnamese.
    pub reference: String,
    /// Where to read it.
    pub url: Option<String>,
    /// How well it is verified.
    pub verified: Verified,
    /// What to know about it.
    pub note: Option<BothLanguages>,
}

/// A value of the law in force on a day, and where it stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InForce<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub source: Arc<Source>,
}

/// What the values of a parameter count.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = LawUnit))]
pub enum Unit {
    /// Whole đồng.
    Vnd,
    /// Whole đồng per month.
    VndPerMonth,
    /// A share, 0.22 for 22 %.
    Ratio,
    /// A share per month.
    RatioPerMonth,
    /// A share per day.
    RatioPerDay,
    /// How many times something else.
    Times,
    /// A number of mixed things that the keys name.
    Count,
    /// Whole years.
    Years,
    /// Whole months.
    Months,
    /// Whole days.
    Days,
    /// An age in months, written `60y3m`.
    Age,
    /// 1 for yes, 0 for no.
    Flag,
}

impl Unit {
    const ALL: [(&'static str, Unit); 12] = [
        ("vnd", Unit::Vnd),
        ("vnd_per_month", Unit::VndPerMonth),
        ("ratio", Unit::Ratio),
        ("ratio_per_month", Unit::RatioPerMonth),
        ("ratio_per_day", Unit::RatioPerDay),
        ("times", Unit::Times),
        ("count", Unit::Count),
        ("years", Unit::Years),
        ("months", Unit::Months),
        ("days", Unit::Days),
        ("age", Unit::Age),
        ("flag", Unit::Flag),
    ];

    fn parse(word: &str) -> Option<Unit> {
        Unit::ALL
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, unit)| *unit)
    }

    /// The word of the files.
    pub fn as_str(self) -> &'static str {
        Unit::ALL
            .iter()
            .find(|(_, unit)| *unit == self)
            .map_or("", |(word, _)| word)
    }

    /// Whether its values have no decimals.
    fn is_whole(self) -> bool {
        !matches!(
            self,
            Unit::Ratio | Unit::RatioPerMonth | Unit::RatioPerDay | Unit::Times | Unit::Count
        )
    }
}

/// How the rows of a table are found.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// There is one value only.
    None,
    /// By a word of this list.
    Words(Vec<String>),
    /// By a year, exactly.
    Year,
    /// By a year: a row holds until the next.
    YearFrom,
    /// By a month: a row holds until the next.
    MonthFrom,
}

/// One dated number or table of the law.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Path of its file without the ending: `voluntary_si/contribution_rate`.
    pub id: String,
    /// What it is.
    pub description: BothLanguages,
    /// What its values count.
    pub unit: Unit,
    /// How rows are found.
    pub keys: Keys,
    /// By date, ascending, at least one; the first is no end.
    pub entries: Vec<Entry>,
}

/// What a parameter says from a day on.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands; for a table, without a key.
    pub source: Arc<Source>,
    /// The rows in order of their keys, a single value as one row; none: nothing is in force from this day.
    pub rows: Option<Vec<Row>>,
}

/// A value of an entry.
#[derive(Clone, Debug)]
pub struct Row {
    /// Key as written; empty for a single value.
    pub key: String,
    /// Year, or months since the year 0, for tables by time.
    order: i32,
    /// Decimals as written: 2 for "0.70".
    pub decimals: u32,
    /// The value: đồng, share, number of months ….
    pub value: Rate,
    /// Where it stands.
    pub source: Arc<Source>,
}

/// A parameter's id and what it is, for messages.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ParameterName {
    /// Path of its file without the ending.
    pub id: String,
    /// What it is.
    pub description: BothLanguages,
}

/// A day or a key for which the law has no value.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ParameterError {
    /// Before the first value, after the end, or in a gap.
    #[error("“{}” ({}) không có giá trị cho ngày {on}: giá trị đầu tiên có từ {first}{}{}", parameter.description.vi, parameter.id, last_day(*last, "; giá trị cuối cùng hết hiệu lực sau", Language::Vi), why(note, Language::Vi), on = vi(*on), first = vi(*first))]
    NotInForce {
        /// Which.
        parameter: Box<ParameterName>,
        /// The day asked for.
        on: Date,
        /// First day with a value.
        first: Date,
        /// Last day of the last value that ended before.
        last: Option<Date>,
        /// What the file says about the end.
        note: Option<Box<BothLanguages>>,
    },
    /// The table in force has no such row.
    #[error("“{}” ({}, từ {since}, {reference}) không có dòng “{key}”; có: {known}", parameter.description.vi, parameter.id, since = vi(*since))]
    NoRow {
        /// Which.
        parameter: Box<ParameterName>,
        /// First day of the table.
        since: Date,
        /// Its instrument.
        reference: String,
        /// The row asked for.
        key: String,
        /// The rows there are.
        known: String,
    },
}

fn last_day(last: Option<Date>, words: &str, language: Language) -> String {
    last.map(|last| format!("{words} {}", Value::Date(last).render(language)))
        .unwrap_or_default()
}

fn why(note: &Option<Box<BothLanguages>>, language: Language) -> String {
    note.as_ref()
        .map(|note| format!(". {}", note.text(language)))
        .unwrap_or_default()
}

impl ParameterError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ParameterError::NotInForce { .. } => "parameter.not_in_force",
            ParameterError::NoRow { .. } => "parameter.no_row",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            ParameterError::NotInForce {
                parameter,
                on,
                first,
                last,
                note,
            } => format!(
                "\"{}\" ({}) has no value on {on}: the first value is of {first}{}{}",
                parameter.description.en,
                parameter.id,
                last_day(*last, "; the last one ended after", Language::En),
                why(note, Language::En)
            ),
            ParameterError::NoRow {
                parameter,
                since,
                reference,
                key,
                known,
            } => format!(
                "\"{}\" ({}, since {since}, {reference}) has no row \"{key}\"; there are: {known}",
                parameter.description.en, parameter.id
            ),
        }
    }
}
