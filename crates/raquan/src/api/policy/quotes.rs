//! Quotes: what somebody pays and gets, explained.

use jiff::civil::Date;
use policy::calculators::DESCRIPTIONS;
use policy::trace::ExplainedStep;
use policy::{Explained, Language};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An answer of the law.
#[derive(Serialize, ToSchema)]
pub struct Quote<'a> {
    /// Name of the calculator.
    pub calculator: &'a str,
    /// Day whose law holds.
    pub on: Date,
    /// The answer, with the fields of the calculator; money in whole đồng.
    #[schema(value_type = Object)]
    pub value: &'a Value,
    /// What the answer rests on that is not verified, one sentence each. Show it above the answer.
    pub unverified: Vec<String>,
    /// How it came about, in order; none where steps were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<ExplainedStep<'a>>>,
    /// Version of the rules that answered.
    pub rules_version: &'static str,
}

impl<'a> Quote<'a> {
    /// An answer in words.
    pub fn new(
        calculator: &'a str,
        on: Date,
        answer: &'a Explained<Value>,
        language: Language,
        with_steps: bool,
    ) -> Self {
        Quote {
            calculator,
            on,
            value: &answer.value,
            unverified: answer.sentences(language),
            steps: with_steps.then(|| answer.steps(language)),
            rules_version: answer.rules_version,
        }
    }
}

/// A calculator.
#[derive(Serialize, ToSchema)]
pub struct Calculator {
    /// Its name.
    pub name: &'static str,
    /// What it answers, in Vietnamese.
    pub title_vi: &'static str,
    /// What it answers, in English.
    pub title_en: &'static str,
    /// A case that has an answer.
    pub example: CalculatorExample,
}

/// A case of a calculator.
#[derive(Serialize, ToSchema)]
pub struct CalculatorExample {
    /// Day whose law holds.
    pub on: Date,
    /// Input of the calculator.
    #[schema(value_type = Object)]
    pub input: Value,
}

/// All calculators.
#[derive(Serialize, ToSchema)]
pub struct CalculatorList {
    /// By name.
    pub items: Vec<Calculator>,
}

impl CalculatorList {
    /// All there are.
    pub fn all() -> Self {
        let described = DESCRIPTIONS.iter().map(|one| Calculator {
            name: one.name,
            title_vi: one.vi,
            title_en: one.en,
            example: CalculatorExample {
                on: one.on,
                input: serde_json::from_str(one.example).expect("read by a test"),
            },
        });
        CalculatorList {
            items: described.collect(),
        }
    }
}
