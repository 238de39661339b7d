//! A result with its reasons as texts, for screens, paper and the command line.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::Rounding;
use crate::parameters::{Source, Verified};
use crate::trace::{Explained, Step, Unverified, Value};

/// The language of a text.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// The reasons of a result in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation<'a> {
    /// What the result rests on that is not verified, one sentence each.
    pub unverified: Vec<String>,
    /// In the order of the calculation.
    pub steps: Vec<ExplainedStep<'a>>,
    /// Version of the compiled-in rules.
    pub rules_version: &'static str,
}

/// A step in words.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExplainedStep<'a> {
    /// Stable id.
    pub id: &'static str,
    /// What is done.
    pub text: String,
    /// How, with the numbers in it.
    pub formula: String,
    /// What went in.
    pub inputs: Vec<RenderedValue>,
    /// Which values of the law were used.
    pub parameters: Vec<RenderedParameter<'a>>,
    /// What came out.
    pub value: String,
    /// How it became whole.
    pub rounding: Rounding,
    /// Doubts about this step.
    pub doubts: Vec<&'static str>,
}

/// A named value as text.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenderedValue {
    /// Name in the formula.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

/// A value of the law that was used.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenderedParameter<'a> {
    /// Id of the parameter.
    pub id: &'a str,
    /// Row of its table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<&'a str>,
    /// In force since.
    pub since: Date,
    /// Instrument and article.
    pub reference: &'a str,
    /// How well the value is verified.
    pub verified: Verified,
    /// What to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
}

impl<T> Explained<T> {
    /// The reasons in the given language.
    pub fn explanation(&self, language: Language) -> Explanation<'_> {
        Explanation {
            unverified: self.sentences(language),
            steps: self.steps(language),
            rules_version: self.rules_version,
        }
    }

    /// What is not verified, one sentence each.
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let unverified = self.unverified.iter();
        unverified.map(|one| one.sentence(language)).collect()
    }

    /// The steps in words.
    pub fn steps(&self, language: Language) -> Vec<ExplainedStep<'_>> {
        let steps = self.trace.steps.iter();
        steps.map(|step| step.render(language)).collect()
    }

    /// The same reasons for another form of the result.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Explained<U> {
        Explained {
            value: change(self.value),
            unverified: self.unverified,
            trace: self.trace,
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
                let since = Value::Date(source.since).render(language);
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

fn note_text(source: &Source, language: Language) -> Option<&str> {
    source.note.as_ref().map(|note| note.text(language))
}

impl Step {
    fn render(&self, language: Language) -> ExplainedStep<'_> {
        let value = self.value.render(language);
        let inputs: Vec<RenderedValue> = self
            .inputs
            .iter()
            .map(|(name, value)| RenderedValue {
                name,
                value: value.render(language),
            })
            .collect();
        let filled = |text: &str| fill(text, &inputs, &value);
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

/// The text with `{result}` and the names of inputs replaced by their values.
fn fill(text: &str, inputs: &[RenderedValue], result: &str) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        filled += before;
        match inputs.iter().find(|input| input.name == name) {
            Some(input) => filled += &input.value,
            None if name == "result" => filled += result,
            None => {
                filled.push('{');
                filled += name;
                filled.push('}');
            }
        }
        rest = after;
    }
    filled + rest
}

fn rendered(source: &Source, language: Language) -> RenderedParameter<'_> {
    RenderedParameter {
        id: &source.parameter,
        key: source.key.as_deref(),
        since: source.since,
        reference: &source.reference,
        verified: source.verified,
        note: note_text(source, language),
    }
}
