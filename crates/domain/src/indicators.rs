//! The catalogue of indicators: parsed from text, checked with every fault named.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::admin_units::Level;
use crate::plan::WantedDirection;

/// How the values of an indicator come about over time.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorNature {
    /// What happens in a period; days add up.
    Flow,
    /// What stands at the end of a period.
    Stock,
    /// Computed from other indicators whenever it is asked for.
    Ratio,
}

impl IndicatorNature {
    /// The word of the API and the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            IndicatorNature::Flow => "flow",
            IndicatorNature::Stock => "stock",
            IndicatorNature::Ratio => "ratio",
        }
    }
}

/// Which records an indicator's facts stem from.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FedBy {
    /// Measures of activities, or the activities themselves.
    Measure,
    /// Enrollments.
    Enrollment,
    /// Consultations.
    Consultation,
    /// Tasks done.
    Task,
    /// Figures that units report.
    Observation,
    /// Other records: sites, teams, gifts.
    Record,
    /// Nothing of its own: a ratio.
    Indicators,
}

impl FedBy {
    /// The word of the API and the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            FedBy::Measure => "measure",
            FedBy::Enrollment => "enrollment",
            FedBy::Consultation => "consultation",
            FedBy::Task => "task",
            FedBy::Observation => "observation",
            FedBy::Record => "record",
            FedBy::Indicators => "indicators",
        }
    }
}

/// One indicator of the catalogue.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Stable id.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// How its values come about.
    pub nature: IndicatorNature,
    /// Which way is wanted.
    pub direction: WantedDirection,
    /// The word after the number, in Vietnamese.
    pub unit_vi: String,
    /// The same in English.
    pub unit_en: String,
    /// Where its facts come from.
    pub fed_by: FedBy,
    /// Decimal places: a value of 553 with one is 55.3.
    #[serde(default)]
    pub decimals: u32,
    /// Ratio: indicators whose sum is divided.
    #[serde(default)]
    pub numerators: Vec<String>,
    /// Ratio: indicator divided by.
    #[serde(default)]
    pub denominator: Option<String>,
    /// Ratio: 100 for percent.
    #[serde(default = "one")]
    pub per: i64,
    /// Levels that must report; the first that exists on the day counts. Empty: nobody must.
    #[serde(default, deserialize_with = "levels")]
    pub reporting_levels: Vec<Level>,
    /// Stock: a stand so many months old stands in where the period has none of its own.
    #[serde(default)]
    pub stands_for_months: i32,
    /// The potential that growth is measured against.
    #[serde(default)]
    pub growth_base: Option<String>,
}

fn one() -> i64 {
    1
}

fn levels<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<Level>, D::Error> {
    let words = Vec::<String>::deserialize(input)?;
    let level = |word: &String| {
        Level::parse(word).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "there is no level '{word}': write province, district or commune"
            ))
        })
    };
    words.iter().map(level).collect()
}

/// What is wrong with an indicator.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IndicatorProblem {
    /// The text is no TOML, or a field has another type or name.
    #[error("cannot be read: {0}")]
    Malformed(String),
    /// An id with other signs than the rule allows.
    #[error("the id must begin with a letter and have only a-z, 0-9, _ and single dots")]
    BadId,
    /// Two indicators with one id.
    #[error("the id is declared twice: give one of them another id")]
    Duplicate,
    /// A name or unit word is empty.
    #[error("{0} is empty: give it in this language")]
    Empty(&'static str),
    /// A ratio without its parts, or with none that make sense.
    #[error("a ratio needs numerators, a denominator, a positive per and fed_by = \"indicators\"")]
    IncompleteRatio,
    /// A flow or a stock with what only ratios have.
    #[error("only a ratio has numerators, a denominator, per, decimals or fed_by = \"indicators\"")]
    NoRatio,
    /// A part or a growth base that is not there.
    #[error("{field} names '{id}', which is no stock or flow of the catalogue")]
    UnknownPart {
        /// The field.
        field: &'static str,
        /// What it names.
        id: String,
    },
    /// Only reported indicators have reporting levels, and each of them needs one.
    #[error("reporting_levels must be given for fed_by = \"observation\" and for nothing else")]
    ReportingLevels,
    /// Only a stock can stand for later months.
    #[error("stands_for_months is for stocks only, from 0 to 120")]
    StandsForMonths,
    /// More decimals than numbers can be shown with.
    #[error("decimals must be from 0 to 4")]
    Decimals,
}

/// One fault of the catalogue and where it stands.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("indicator {indicator}: {problem}")]
pub struct IndicatorFault {
    /// Id of the indicator, or its number in the file when it has none.
    pub indicator: String,
    /// What is wrong.
    pub problem: IndicatorProblem,
}

/// The indicators that there are, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Indicators {
    list: Vec<Indicator>,
    by_id: HashMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    indicator: Vec<toml::Table>,
}

impl Indicators {
    /// The catalogue compiled into the program, read when first asked for.
    pub fn embedded() -> &'static Indicators {
        static INDICATORS: OnceLock<Indicators> = OnceLock::new();
        INDICATORS.get_or_init(|| {
            Indicators::parse(include_str!("../../../data/indicators.toml"))
                .expect("data/indicators.toml is checked by a test of this file")
        })
    }

    /// Reads a catalogue; answers every fault of it at once.
    pub fn parse(text: &str) -> Result<Indicators, Vec<IndicatorFault>> {
        let malformed = |indicator: String, error: toml::de::Error| IndicatorFault {
            indicator,
            problem: IndicatorProblem::Malformed(error.to_string().trim().to_owned()),
        };
        let file: File =
            toml::from_str(text).map_err(|error| vec![malformed("*".to_owned(), error)])?;
        let mut faults = Vec::new();
        let mut found = Indicators::default();
        for (number, table) in file.indicator.into_iter().enumerate() {
            let name = match table.get("id").and_then(toml::Value::as_str) {
                Some(id) => id.to_owned(),
                None => format!("#{}", number + 1),
            };
            match table.try_into::<Indicator>() {
                Ok(indicator) => found.list.push(indicator),
                Err(error) => faults.push(malformed(name, error)),
            }
        }
        for (index, indicator) in found.list.iter().enumerate() {
            if found.by_id.insert(indicator.id.clone(), index).is_some() {
                faults.push(fault(indicator, IndicatorProblem::Duplicate));
            }
        }
        for indicator in &found.list {
            let problems = found.problems(indicator);
            faults.extend(
                problems
                    .into_iter()
                    .map(|problem| fault(indicator, problem)),
            );
        }
        if faults.is_empty() {
            Ok(found)
        } else {
            Err(faults)
        }
    }

    /// The indicator of this id.
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.by_id.get(id).map(|index| &self.list[*index])
    }

    /// Its place in the list.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Every indicator, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Indicator> {
        self.list.iter()
    }

    /// The indicators that a figure of this one is computed from: itself, or the parts of a ratio.
    pub fn parts<'a>(&'a self, indicator: &'a Indicator) -> Vec<&'a Indicator> {
        let ids = indicator.numerators.iter().chain(&indicator.denominator);
        let parts: Vec<&Indicator> = ids.filter_map(|id| self.get(id)).collect();
        if parts.is_empty() {
            vec![indicator]
        } else {
            parts
        }
    }

    fn problems(&self, indicator: &Indicator) -> Vec<IndicatorProblem> {
        let mut problems = Vec::new();
        if !is_id(&indicator.id) {
            problems.push(IndicatorProblem::BadId);
        }
        for (field, text) in [
            ("name_vi", &indicator.name_vi),
            ("name_en", &indicator.name_en),
            ("unit_vi", &indicator.unit_vi),
            ("unit_en", &indicator.unit_en),
        ] {
            if text.trim().is_empty() {
                problems.push(IndicatorProblem::Empty(field));
            }
        }
        let is_ratio = indicator.nature == IndicatorNature::Ratio;
        let is_fed_by_parts = indicator.fed_by == FedBy::Indicators;
        let has_parts = !indicator.numerators.is_empty() && indicator.denominator.is_some();
        if is_ratio && !(is_fed_by_parts && has_parts && indicator.per > 0) {
            problems.push(IndicatorProblem::IncompleteRatio);
        }
        let has_any = !indicator.numerators.is_empty()
            || indicator.denominator.is_some()
            || indicator.per != 1
            || indicator.decimals != 0;
        if !is_ratio && (is_fed_by_parts || has_any) {
            problems.push(IndicatorProblem::NoRatio);
        }
        let named = indicator.numerators.iter().map(|id| ("numerators", id));
        let named = named.chain(indicator.denominator.iter().map(|id| ("denominator", id)));
        for (field, id) in named.chain(indicator.growth_base.iter().map(|id| ("growth_base", id))) {
            let is_part = |part: &Indicator| part.nature != IndicatorNature::Ratio;
            if !self.get(id).is_some_and(is_part) {
                problems.push(IndicatorProblem::UnknownPart {
                    field,
                    id: id.clone(),
                });
            }
        }
        if (indicator.fed_by == FedBy::Observation) == indicator.reporting_levels.is_empty() {
            problems.push(IndicatorProblem::ReportingLevels);
        }
        let is_stock = indicator.nature == IndicatorNature::Stock;
        if !(0..=120).contains(&indicator.stands_for_months)
            || (indicator.stands_for_months > 0 && !is_stock)
        {
            problems.push(IndicatorProblem::StandsForMonths);
        }
        if indicator.decimals > 4 {
            problems.push(IndicatorProblem::Decimals);
        }
        problems
    }
}

fn fault(indicator: &Indicator, problem: IndicatorProblem) -> IndicatorFault {
    IndicatorFault {
        indicator: indicator.id.clone(),
        problem,
    }
}

/// Words of lower-case letters, digits and underscores joined by dots, a letter first.
fn is_id(text: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word
                .bytes()
                .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'_')
    };
    text.len() <= 80 && text.split('.').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [[indicator]]
        id = "people"
        name_vi = "Người"
        name_en = "People"
        nature = "stock"
        direction = "up"
        unit_vi = "người"
        unit_en = "people"
        fed_by = "observation"
        reporting_levels = ["district", "commune"]
    "#;

    fn problems(text: &str) -> Vec<String> {
        let faults = Indicators::parse(text).expect_err("a faulty catalogue");
        faults.iter().map(IndicatorFault::to_string).collect()
    }

    #[test]
    fn the_catalogue_shipped_with_the_program_is_right() {
        let text = include_str!("../../../data/indicators.toml");
        let indicators = Indicators::parse(text).expect("no fault");
        let coverage = indicators.get("coverage.labour_force").expect("is there");
        let parts: Vec<&str> = indicators
            .parts(coverage)
            .iter()
            .map(|part| part.id.as_str())
            .collect();
        assert_eq!(
            parts,
            [
                "participants.compulsory_si",
                "participants.voluntary_si",
                "labour_force"
            ]
        );
        let debt = indicators.get("employers_in_debt").expect("is there");
        assert_eq!(debt.direction, WantedDirection::Down);
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let bad_id = GOOD.replace(
            "\"people\"\n        name_vi = \"Người\"",
            "\"Peo ple\"\n        name_vi = \" \"",
        );
        let no_level = GOOD.replace(
            "reporting_levels",
            "decimals = 9\n growth_base = \"gold\"\n#",
        );
        let found = problems(&format!("{GOOD}{GOOD}{bad_id}{no_level}"));
        assert_eq!(
            found,
            [
                "indicator people: the id is declared twice: give one of them another id",
                "indicator people: the id is declared twice: give one of them another id",
                "indicator Peo ple: the id must begin with a letter and have only a-z, 0-9, _ and single dots",
                "indicator Peo ple: name_vi is empty: give it in this language",
                "indicator people: only a ratio has numerators, a denominator, per, decimals or fed_by = \"indicators\"",
                "indicator people: growth_base names 'gold', which is no stock or flow of the catalogue",
                "indicator people: reporting_levels must be given for fed_by = \"observation\" and for nothing else",
                "indicator people: decimals must be from 0 to 4",
            ]
        );
    }

    #[test]
    fn a_ratio_needs_its_parts() {
        let ratio = GOOD
            .replace("\"people\"\n        name_vi", "\"share\"\n        name_vi")
            .replace("\"stock\"", "\"ratio\"");
        let found = problems(&format!("{GOOD}{ratio}"));
        assert_eq!(
            found,
            [
                "indicator share: a ratio needs numerators, a denominator, a positive per and fed_by = \"indicators\""
            ]
        );
        let text = ratio.replace(
            "fed_by = \"observation\"",
            "fed_by = \"indicators\"\nnumerators = [\"share\"]\ndenominator = \"people\"",
        );
        let found = problems(&format!("{GOOD}{}", text.replace("reporting_levels", "#")));
        assert_eq!(
            found,
            [
                "indicator share: numerators names 'share', which is no stock or flow of the catalogue"
            ]
        );
    }

    #[test]
    fn an_unknown_word_is_named_with_its_indicator() {
        let found = problems(&GOOD.replace("\"commune\"", "\"village\""));
        assert!(
            found[0].starts_with("indicator people: cannot be read: there is no level 'village'"),
            "{found:?}"
        );
        let found = problems(&GOOD.replace("nature", "color = 1\nnature"));
        assert!(found[0].contains("unknown field `color`"), "{found:?}");
    }
}
