//! The catalogue of activity kinds: parsed from text, checked with every fault named.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// How an activity reaches people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Face to face.
    Direct,
    /// Press, radio, loudspeakers.
    MassMedia,
    /// Pages and groups on social networks.
    SocialMedia,
    /// What hangs, stands or is handed out.
    Visual,
    /// Teaching those who inform others.
    Training,
    /// Checking that rules are kept.
    Oversight,
    /// Handing over gifts.
    Giving,
    /// Apps, portals, digital products.
    Digital,
}

impl Channel {
    /// Every channel with its word in data.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Direct, "direct"),
        (Self::MassMedia, "mass_media"),
        (Self::SocialMedia, "social_media"),
        (Self::Visual, "visual"),
        (Self::Training, "training"),
        (Self::Oversight, "oversight"),
        (Self::Giving, "giving"),
        (Self::Digital, "digital"),
    ];

    /// The word in data.
    pub fn code(self) -> &'static str {
        match Self::ALL.iter().find(|(channel, _)| *channel == self) {
            Some((_, code)) => code,
            None => "",
        }
    }

    /// The channel of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, word)| *word == code)
            .map(|(channel, _)| *channel)
    }
}

/// What is counted at each activity of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureKind {
    /// Stable id within the kind.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Indicators that a value is added to.
    #[serde(default)]
    pub feeds: Vec<String>,
}

/// One kind of activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityKind {
    /// Stable id.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// How it reaches people.
    pub channel: Channel,
    /// Indicator that rises by one for each activity done.
    #[serde(default)]
    pub counts: Option<String>,
    /// Each activity done also counts as a conference.
    #[serde(default)]
    pub conference: bool,
    /// Happens at several sites at once.
    #[serde(default)]
    pub sites: bool,
    /// Its measures are told by language.
    #[serde(default)]
    pub languages: bool,
    /// Its measures are told by audience group.
    #[serde(default)]
    pub attendance_groups: bool,
    /// Hangs or stands somewhere until its last day.
    #[serde(default)]
    pub placement_expiry: bool,
    /// Spreads official content.
    #[serde(default)]
    pub content: bool,
    /// Takes place at or with an employer.
    #[serde(default)]
    pub employer: bool,
    /// What is counted.
    #[serde(default)]
    pub measures: Vec<MeasureKind>,
}

impl ActivityKind {
    /// The measure with this id.
    pub fn measure(&self, id: &str) -> Option<&MeasureKind> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// Every fault of this kind by itself, given the ids of the indicators that exist.
    pub fn faults(&self, indicators: &BTreeSet<String>) -> Vec<KindFault> {
        let mut faults = Vec::new();
        let mut fault = |field: String, problem: KindProblem| {
            faults.push(KindFault {
                kind: self.id.clone(),
                field,
                problem,
            });
        };
        if !is_identifier(&self.id) {
            fault("id".into(), KindProblem::BadId(self.id.clone()));
        }
        for (field, name) in [("name_vi", &self.name_vi), ("name_en", &self.name_en)] {
            if name.trim().is_empty() {
                fault(field.into(), KindProblem::MissingName);
            }
        }
        if let Some(indicator) = &self.counts
            && !indicators.contains(indicator)
        {
            let problem = KindProblem::UnknownIndicator(indicator.clone());
            fault("counts".into(), problem);
        }
        let mut seen = BTreeSet::new();
        for (number, measure) in self.measures.iter().enumerate() {
            let at = |field: &str| format!("measures[{number}].{field}");
            if !is_identifier(&measure.id) {
                fault(at("id"), KindProblem::BadId(measure.id.clone()));
            }
            if !seen.insert(&measure.id) {
                fault(at("id"), KindProblem::DuplicateMeasure(measure.id.clone()));
            }
            for (field, name) in [("name_vi", &measure.name_vi), ("name_en", &measure.name_en)] {
                if name.trim().is_empty() {
                    fault(at(field), KindProblem::MissingName);
                }
            }
            let mut fed = BTreeSet::new();
            for indicator in &measure.feeds {
                if !indicators.contains(indicator) {
                    let problem = KindProblem::UnknownIndicator(indicator.clone());
                    fault(at("feeds"), problem);
                }
                if !fed.insert(indicator) || self.counts.as_ref() == Some(indicator) {
                    let problem = KindProblem::CountedTwice(indicator.clone());
                    fault(at("feeds"), problem);
                }
            }
        }
        faults
    }
}

/// Lower-case letters, digits and underscores, a letter first, at most 60 long.
fn is_identifier(text: &str) -> bool {
    text.len() <= 60
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

/// What is wrong in the declaration of a kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KindProblem {
    /// The text is no TOML, or a field has another type or name.
    #[error("cannot be read: {0}")]
    Malformed(String),
    /// An id with other letters than the rule allows.
    #[error("the id '{0}' must begin with a letter and have only a-z, 0-9 and _")]
    BadId(String),
    /// A name is empty.
    #[error("the name is empty: give it in this language")]
    MissingName,
    /// Two kinds with one id.
    #[error("the id '{0}' is declared twice: give one of them another id")]
    DuplicateKind(String),
    /// Two measures with one id.
    #[error("the measure '{0}' is declared twice in this kind")]
    DuplicateMeasure(String),
    /// An indicator that nobody declared.
    #[error("the indicator '{0}' is not in the catalogue of indicators")]
    UnknownIndicator(String),
    /// One indicator fed twice by the same value or activity.
    #[error("the indicator '{0}' would be fed twice")]
    CountedTwice(String),
}

impl KindProblem {
    /// Stable code for clients.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "activity_kind.malformed",
            Self::BadId(_) => "activity_kind.bad_id",
            Self::MissingName => "activity_kind.missing_name",
            Self::DuplicateKind(_) => "activity_kind.duplicate",
            Self::DuplicateMeasure(_) => "activity_kind.duplicate_measure",
            Self::UnknownIndicator(_) => "activity_kind.unknown_indicator",
            Self::CountedTwice(_) => "activity_kind.counted_twice",
        }
    }
}

/// One fault of the catalogue, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("activity kind {kind}, {field}: {problem}")]
pub struct KindFault {
    /// Id of the kind, or its number in the file when it has none.
    pub kind: String,
    /// Field within the kind.
    pub field: String,
    /// What is wrong.
    pub problem: KindProblem,
}

/// The kinds that can be used, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityKinds(BTreeMap<String, ActivityKind>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    kind: Vec<toml::Table>,
}

impl ActivityKinds {
    /// Reads a catalogue; answers every fault of it at once.
    ///
    /// `indicators` are the ids of the indicators that exist.
    pub fn parse(text: &str, indicators: &BTreeSet<String>) -> Result<Self, Vec<KindFault>> {
        let malformed = |kind: String, field: &str, message: String| KindFault {
            kind,
            field: field.to_owned(),
            problem: KindProblem::Malformed(message),
        };
        let file: File = toml::from_str(text)
            .map_err(|error| vec![malformed("*".into(), "file", error.to_string())])?;
        let mut faults = Vec::new();
        let mut kinds = BTreeMap::new();
        for (number, table) in file.kind.into_iter().enumerate() {
            let name = match table.get("id").and_then(toml::Value::as_str) {
                Some(id) => id.to_owned(),
                None => format!("#{}", number + 1),
            };
            let kind: ActivityKind = match table.try_into() {
                Ok(kind) => kind,
                Err(error) => {
                    let message = error.to_string();
                    faults.push(malformed(name, "fields", message.trim().to_owned()));
                    continue;
                }
            };
            faults.extend(kind.faults(indicators));
            if kinds.contains_key(&kind.id) {
                faults.push(KindFault {
                    kind: name,
                    field: "id".into(),
                    problem: KindProblem::DuplicateKind(kind.id.clone()),
                });
            } else {
                kinds.insert(kind.id.clone(), kind);
            }
        }
        if faults.is_empty() {
            Ok(Self(kinds))
        } else {
            Err(faults)
        }
    }

    /// The kind with this id.
    pub fn get(&self, id: &str) -> Option<&ActivityKind> {
        self.0.get(id)
    }

    /// Every kind, by id.
    pub fn iter(&self) -> impl Iterator<Item = &ActivityKind> {
        self.0.values()
    }
}

#[cfg(test)]
#[path = "activity_kinds_tests.rs"]
mod tests;
