//! `figures.toml`: totals and how they are split, figures that units report.

use domain::admin_units::Level;
use domain::period::Period;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::level;

/// `figures.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiguresFile {
    /// Totals.
    #[serde(default)]
    pub total: Vec<Total>,
    /// Figures that units report.
    #[serde(default)]
    pub observation: Vec<ObservationText>,
    /// Targets.
    #[serde(default)]
    pub target: Vec<TargetText>,
}

/// A total that is split.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// Id: that of the report's figure.
    pub id: String,
    /// Value.
    pub value: i64,
    /// As published.
    pub published: Option<String>,
    /// By which rule it is split.
    pub split: SplitBy,
    /// Made up.
    #[serde(default)]
    pub illustrative: bool,
}

/// Weights of a split; see `data/campaigns/README.md`.
#[derive(Debug, Copy, Clone, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum SplitBy {
    /// Every part the same.
    Even,
    /// The number of communes.
    Communes,
    /// The number of communes, varied by the code.
    VariedCommunes,
    /// Varied by the running number.
    Varied,
    /// Not split: the sum of other totals.
    Sum,
}

/// An indicator that units report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObservationText {
    /// Indicator.
    pub indicator: String,
    /// Level that reports.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// By which rule the total is split.
    pub split: SplitBy,
    /// Totals by period.
    pub points: Vec<Point>,
    /// The months between the points lie on the straight line.
    #[serde(default)]
    pub months_between: bool,
    /// As published.
    pub published: Option<String>,
    /// The total itself is made up.
    #[serde(default)]
    pub illustrative: bool,
}

/// A total of a period.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Period.
    #[serde(deserialize_with = "period")]
    pub period: Period,
    /// Total.
    pub value: i64,
}

/// A target.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetText {
    /// Indicator.
    pub indicator: String,
    /// Unit.
    pub unit: String,
    /// Period.
    pub period: String,
    /// Value.
    pub value: i64,
    /// Why.
    pub reason: String,
}

fn period<'de, D: Deserializer<'de>>(input: D) -> Result<Period, D::Error> {
    let text = String::deserialize(input)?;
    text.parse()
        .map_err(|error| D::Error::custom(format!("{text}: {error}")))
}
