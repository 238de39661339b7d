//! A figure: a number with everything a reader needs to trust it.

use crate::model::Language;
use crate::number::Decimal;
use jiff::civil::Date;

/// What a figure amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureValue {
    /// A count or an amount.
    Integer(i64),
    /// A ratio or percentage, exact.
    Decimal(Decimal),
    /// A finding that is no number ("chưa có số liệu").
    Text(String),
}

impl FigureValue {
    /// The value as a number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Integer(value) => Some(Decimal::from(*value)),
            Self::Decimal(value) => Some(*value),
            Self::Text(_) => None,
        }
    }

    /// The value as people read it in that language, without its unit.
    pub fn display(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(value) => Decimal::from(*value).display(language),
            Self::Decimal(value) => value.display(language),
        }
    }
}

/// How exactly a narrative says a figure. Tables always print the exact value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// To the last digit.
    #[default]
    Exact,
    /// Rounded down in the manner of official reports: 9,214 is "trên 9.000".
    RoundedDown,
}

/// Which way an indicator is wanted to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// More is better, such as participants.
    #[default]
    Up,
    /// Less is better, such as one-time withdrawals or employers in debt.
    Down,
}

/// Where a number comes from and what a reader should hold against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Entered as it is by the body that answers for it.
    Reported,
    /// Added up from finer records.
    Summed,
    /// A share of a unit that was divided later, by a stated weight.
    Apportioned,
    /// Recorded in the field, not yet confirmed by the insurance agency.
    Claimed,
    /// Matched with the official list.
    Confirmed,
    /// Split from a published total to show the product, not reported by anyone.
    Illustrative,
}

/// A period as the narrative and the data name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodLabel {
    /// The code of the period, `2023-03`.
    pub code: String,
    /// In words: "tháng 3/2023"; as the base of a change: "cùng kỳ năm 2022".
    pub label_vi: String,
    /// In English words: "March 2023".
    pub label_en: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl PeriodLabel {
    /// The words for the period in that language.
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.label_vi,
            Language::En => &self.label_en,
        }
    }
}

/// The difference of a figure from an earlier one, as the figures' source found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The difference, in the unit of the figure.
    pub absolute: Decimal,
    /// The difference in percent of the base; none when the base is zero.
    pub relative_percent: Option<Decimal>,
    /// The earlier value.
    pub base: Decimal,
    /// The period of the earlier value, labeled as the base of a comparison.
    pub period: PeriodLabel,
}

/// Where a figure stands against its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetChange {
    /// The figure less the target: below zero is still missing for a figure that should rise.
    pub absolute: Decimal,
    /// The figure in percent of the target; none when the target is zero.
    pub share_percent: Option<Decimal>,
    /// The target.
    pub base: Decimal,
    /// The period by whose end the target holds.
    pub period: PeriodLabel,
}

/// What a figure is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Against the period before.
    pub previous: Option<Change>,
    /// Against the same period last year.
    pub last_year: Option<Change>,
    /// Against the target.
    pub target: Option<TargetChange>,
}

/// Names one of the comparisons of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The period before.
    Previous,
    /// The same period last year.
    LastYear,
    /// The target.
    Target,
}

/// How many of the reports that should be there are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completeness {
    /// Reports received.
    pub reported: i64,
    /// Reports due.
    pub expected: i64,
}

impl Completeness {
    /// Whether every report due is there.
    pub fn is_complete(self) -> bool {
        self.reported >= self.expected
    }
}

/// How a number came about, for the reader who wants to follow it to the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// The question in a form that people can read and the program can ask again.
    pub query: String,
    /// What was asked: "fact sums of an indicator", "consultation records of the teams".
    pub source: String,
    /// How many records the answer is made of.
    pub records: i64,
    /// Path of the API that lists those records.
    pub record_links: String,
    /// The day whose boundaries of administrative units apply.
    pub boundary_date: Date,
    /// The rule in words: how records were counted, added or divided.
    pub method: String,
}

/// One number of a report with its unit, period, comparisons, marks and origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Stable id within the report: `participants.voluntary_si`.
    pub id: String,
    /// The value.
    pub value: FigureValue,
    /// How exactly the narrative says it.
    pub shown: Shown,
    /// The word counted, in Vietnamese: "người", "xe", "%".
    pub unit_vi: String,
    /// The word counted, in English.
    pub unit_en: String,
    /// What is counted, in Vietnamese.
    pub label_vi: String,
    /// What is counted, in English.
    pub label_en: String,
    /// When.
    pub period: PeriodLabel,
    /// Which way it should move.
    pub direction: Direction,
    /// What it is compared with.
    pub changes: Changes,
    /// Where it comes from.
    pub marks: Vec<Mark>,
    /// How many reports it rests on; none where no reports are due.
    pub completeness: Option<Completeness>,
    /// How it came about.
    pub computed: Computed,
}

impl Figure {
    /// What is counted, in that language.
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.label_vi,
            Language::En => &self.label_en,
        }
    }

    /// The word counted, in that language.
    pub fn unit(&self, language: Language) -> &str {
        match language {
            Language::Vi => &self.unit_vi,
            Language::En => &self.unit_en,
        }
    }

    /// The value to the last digit, without unit: "1.322".
    pub fn display_exact(&self, language: Language) -> String {
        self.value.display(language)
    }

    /// The value as the narrative says it, without unit: "1.322" or, asked to round, "trên 9.000".
    pub fn display(&self, language: Language) -> String {
        match (&self.value, self.shown) {
            (FigureValue::Integer(value), Shown::RoundedDown) => {
                crate::words::rounded_down(*value, language)
            }
            _ => self.display_exact(language),
        }
    }

    /// Whether the comparison was made.
    pub fn has(&self, against: Against) -> bool {
        match against {
            Against::Previous => self.changes.previous.is_some(),
            Against::LastYear => self.changes.last_year.is_some(),
            Against::Target => self.changes.target.is_some(),
        }
    }
}
