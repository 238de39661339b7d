//! A result with its reasons as texts, for screens, paper and the command line.

use serde::Serialize;

use crate::amount::Rounding;
use crate::parameters::{Source, Verified};
use crate::trace::{Explained, Step, Unverified};

/// The language of a text.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

/// The reasons of a result in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// What the result rests on that is not verified, one sentence each.
    pub unverified: Vec<String>,
    /// In the order of the calculation.
    pub steps: Vec<ExplainedStep>,
    /// Version of the compiled-in rules.
    pub rules_version: &'static str,
}

/// A step in words.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedStep {
    /// Stable id.
    pub id: &'static str,
    /// What is done.
    pub text: String,
    /// How, with the numbers in it.
    pub formula: String,
    /// What went in.
    pub inputs: Vec<RenderedValue>,
    /// Which values of the law were used.
    pub parameters: Vec<RenderedParameter>,
    /// What came out.
    pub value: String,
    /// How it became whole.
    pub rounding: Rounding,
    /// Doubts about this step.
    pub doubts: Vec<&'static str>,
}

/// A named value as text.
#[derive(Clone, Debug, Serialize)]
pub struct RenderedValue {
    /// Name in the formula.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

/// A value of the law that was used.
#[derive(Clone, Debug, Serialize)]
pub struct RenderedParameter {
    /// Id of the parameter.
    pub id: String,
    /// Row of its table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// In force since.
    pub since: String,
    /// Instrument and article.
    pub reference: String,
    /// How well the value is verified.
    pub verified: Verified,
    /// What to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl<T> Explained<T> {
    /// The reasons in the given language.
    pub fn explanation(&self, language: Language) -> Explanation {
        Explanation {
            unverified: self
                .unverified
                .iter()
                .map(|one| one.sentence(language))
                .collect(),
            steps: self
                .trace
                .steps
                .iter()
                .map(|step| step.render(language))
                .collect(),
            rules_version: self.rules_version,
        }
    }
}

impl Unverified {
    /// What is not verified, for people.
    pub fn sentence(&self, language: Language) -> String {
        match (self, language) {
            (Unverified::Reading(doubt), Language::Vi) => doubt.vi.to_owned(),
            (Unverified::Reading(doubt), Language::En) => doubt.en.to_owned(),
            (Unverified::Value(source), _) => {
                let since = source.since;
                let (says, at) = match language {
                    Language::Vi => ("chưa xác minh", "từ"),
                    Language::En => ("unverified", "since"),
                };
                let note = note_text(source, language).unwrap_or_default();
                let row = source
                    .key
                    .as_ref()
                    .map(|key| format!("[{key}]"))
                    .unwrap_or_default();
                let text = format!(
                    "{}{row} ({at} {since}; {}): {says}. {note}",
                    source.parameter, source.reference
                );
                text.trim_end().to_owned()
            }
        }
    }
}

fn note_text(source: &Source, language: Language) -> Option<String> {
    source
        .note
        .as_ref()
        .map(|note| note.text(language).to_owned())
}

impl Step {
    fn render(&self, language: Language) -> ExplainedStep {
        let value = self.value.render(language);
        let inputs: Vec<RenderedValue> = self
            .inputs
            .iter()
            .map(|(name, value)| RenderedValue {
                name,
                value: value.render(language),
            })
            .collect();
        let filled = |text: &str| {
            let mut filled = text.replace("{result}", &value);
            for input in &inputs {
                filled = filled.replace(&format!("{{{}}}", input.name), &input.value);
            }
            filled
        };
        let text = filled(match language {
            Language::Vi => self.text.vi,
            Language::En => self.text.en,
        });
        let doubts = self.doubts.iter().map(|doubt| match language {
            Language::Vi => doubt.vi,
            Language::En => doubt.en,
        });
        ExplainedStep {
            id: self.text.id,
            text,
            formula: filled(self.text.formula),
            parameters: self
                .sources
                .iter()
                .map(|source| rendered(source, language))
                .collect(),
            doubts: doubts.collect(),
            rounding: self.rounding,
            inputs,
            value,
        }
    }
}

fn rendered(source: &Source, language: Language) -> RenderedParameter {
    RenderedParameter {
        id: source.parameter.clone(),
        key: source.key.clone(),
        since: source.since.to_string(),
        reference: source.reference.clone(),
        verified: source.verified,
        note: note_text(source, language),
    }
}
