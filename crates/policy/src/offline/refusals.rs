//! Why there is no answer: the engine's own messages with names where its numbers stood.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::amount::AmountVnd;
use crate::career::CareerError;
use crate::error::PolicyError;
use crate::household_hi::HouseholdHiError;
use crate::month::Month;
use crate::parameters::{ParameterError, Source, Verified};
use crate::pension::PensionError;
use crate::trace::vi;
use crate::voluntary_si::VoluntarySiError;
use crate::withdrawal::WithdrawalError;
use crate::{FIRST_DATE, LAST_DATE, LAWS_2024, person};

/// A message to fill in.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(super) struct Refusal {
    code: &'static str,
    vi: String,
    en: String,
}

impl Refusal {
    /// The message of a value that is not there, with `{on}` for the day asked for besides the marks.
    pub fn of_table(error: PolicyError, marks: &[(&str, &str)]) -> Refusal {
        let error = match error {
            PolicyError::Parameter(ParameterError::NotInForce {
                parameter,
                first,
                last,
                note,
                ..
            }) => PolicyError::Parameter(ParameterError::NotInForce {
                parameter,
                on: DAY,
                first,
                last,
                note,
            }),
            other => other,
        };
        Refusal::template(&error, marks)
    }

    /// The message of an error, with `{name}` wherever the text of a mark or of the days and months stands.
    fn template(error: &PolicyError, marks: &[(&str, &str)]) -> Refusal {
        let times = times();
        let times = times.iter().map(|(mark, name)| (mark.as_str(), *name));
        let marks: Vec<_> = times.chain(marks.iter().copied()).collect();
        let unmarked = |text: String| {
            marks.iter().fold(text, |text, (mark, name)| {
                text.replace(mark, &format!("{{{name}}}"))
            })
        };
        Refusal {
            code: error.code(),
            vi: unmarked(error.message_vi()),
            en: unmarked(error.message_en()),
        }
    }
}

// Numbers, days and months that stand in no message otherwise, so that they are found again.
const A: i64 = 8_001;
const B: i64 = 80_003;
const C: i64 = 800_005;
const DAY: Date = date(1911, 1, 11);
const BORN: Date = date(1700, 12, 13);

fn vnd(mark: i64) -> AmountVnd {
    AmountVnd(mark * 1_000_000)
}

fn months() -> [Month; 2] {
    [1912, 1913].map(|year| Month::new(year, 12).expect("is a month"))
}

/// As they stand in either language, and what they are called.
fn times() -> [(String, &'static str); 8] {
    let [one, other] = months();
    [
        (DAY.to_string(), "on"),
        (vi(DAY), "on"),
        (BORN.to_string(), "born"),
        (vi(BORN), "born"),
        (one.to_string(), "month"),
        (vi(one), "month"),
        (other.to_string(), "other_month"),
        (vi(other), "other_month"),
    ]
}

/// The messages that name what somebody entered, by code.
pub(super) fn refusals() -> BTreeMap<&'static str, Refusal> {
    let [one, other] = months();
    // The Vietnamese message writes 1.500.000, the English one 1500000.
    let amounts = [vnd(A), vnd(B), vnd(C), vnd(C + 1), vnd(C + 2)];
    let plain = amounts.map(|amount| amount.0.to_string());
    let amounts = amounts.map(|amount| amount.to_string());
    let counts = [A, B, C, B - A].map(|count| count.to_string());
    let [a, b, c, missing] = counts.each_ref().map(String::as_str);
    const AMOUNTS: [&str; 5] = ["income", "limit", "step", "lower", "upper"];
    let mut all: Vec<(PolicyError, Vec<(&str, &str)>)> = vec![
        (
            PolicyError::DateBeforeLaw {
                on: DAY,
                first: FIRST_DATE,
            },
            vec![],
        ),
        (
            PolicyError::DateBeyondLaw {
                on: DAY,
                last: LAST_DATE,
            },
            vec![],
        ),
        (
            PolicyError::Unborn {
                born: BORN,
                on: DAY,
            },
            vec![],
        ),
        (
            PolicyError::TooOld {
                born: BORN,
                on: DAY,
                age: A as i16,
                most: person::OLDEST,
            },
            vec![(a, "age")],
        ),
        (PolicyError::MonthTwice { month: one }, vec![]),
        (PolicyError::MonthInBothSchemes { month: one }, vec![]),
        (
            HouseholdHiError::ChoiceNotYet {
                on: DAY,
                first: LAWS_2024,
            }
            .into(),
            vec![],
        ),
        (
            HouseholdHiError::ChoiceNotOfGroup {
                group: "{group}",
                group_en: "{group}",
            }
            .into(),
            vec![],
        ),
    ];
    for error in amounts_refused() {
        let marks = amounts.iter().chain(&plain).map(String::as_str);
        let marks = marks.zip(AMOUNTS.into_iter().cycle());
        all.push((error, marks.collect()));
    }
    for error in counts_refused(one, other) {
        let marks = vec![
            (missing, "missing"),
            (c, "most"),
            (b, "needed"),
            (a, "given"),
        ];
        all.push((error, marks));
    }
    all.iter()
        .map(|(error, marks)| (error.code(), Refusal::template(error, marks)))
        .collect()
}

fn amounts_refused() -> Vec<PolicyError> {
    vec![
        VoluntarySiError::IncomeBelowFloor {
            income: vnd(A),
            floor: vnd(B),
            on: DAY,
            rule: rule(),
        }
        .into(),
        VoluntarySiError::IncomeAboveCeiling {
            income: vnd(A),
            ceiling: vnd(B),
            on: DAY,
            rule: rule(),
        }
        .into(),
        VoluntarySiError::IncomeOffStep {
            income: vnd(A),
            floor: vnd(B),
            step: vnd(C),
            lower: vnd(C + 1),
            upper: vnd(C + 2),
            on: DAY,
            rule: rule(),
        }
        .into(),
    ]
}

fn counts_refused(one: Month, other: Month) -> Vec<PolicyError> {
    let (given, needed) = (A as u32, B);
    vec![
        CareerError::Empty.into(),
        CareerError::SpanReversed {
            from: one,
            to: other,
        }
        .into(),
        CareerError::InputMissing { what: "{what}" }.into(),
        PolicyError::OutOfRange {
            what: "{what}",
            given: A,
            least: B,
            most: C,
        },
        VoluntarySiError::SupportedMonthsTooMany {
            had: given,
            most: C,
            rule: rule(),
        }
        .into(),
        HouseholdHiError::UnknownPeriod {
            months: given,
            known: "{known}".to_owned(),
            rule: rule(),
        }
        .into(),
        HouseholdHiError::SupportedMonthsTooMany {
            had: given,
            most: C,
            rule: rule(),
        }
        .into(),
        PensionError::TooShort {
            months: given,
            minimum: B as u32,
            day: DAY,
            rule: rule(),
        }
        .into(),
        WithdrawalError::AgeNotReached {
            on: DAY,
            reached: one,
        }
        .into(),
        WithdrawalError::EntitledToPension {
            months: given,
            minimum: needed,
            rule: rule(),
        }
        .into(),
        WithdrawalError::DiseaseNotListed {
            on: DAY,
            rule: rule(),
        }
        .into(),
        WithdrawalError::CapacityLossTooSmall {
            loss: A,
            needed,
            rule: rule(),
        }
        .into(),
        WithdrawalError::JoinedTooLate {
            joined: one,
            opened: other,
            rule: rule(),
        }
        .into(),
        WithdrawalError::StoppedTooShort {
            stopped: A,
            needed,
            earliest: one,
            rule: rule(),
        }
        .into(),
        WithdrawalError::TooManyYears {
            months: given,
            under: needed,
            rule: rule(),
        }
        .into(),
    ]
}

/// Stands for the article of the value that refuses.
fn rule() -> Arc<Source> {
    Arc::new(Source {
        parameter: String::new(),
        key: None,
        since: DAY,
        reference: "{rule}".to_owned(),
        url: None,
        verified: Verified::Primary,
        note: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_is_left_in_a_message() {
        for (code, refusal) in refusals() {
            for text in [&refusal.vi, &refusal.en] {
                for mark in ["8001", "80003", "800005", "8.001", "191"] {
                    assert!(!text.contains(mark), "{code}: {text}");
                }
            }
        }
        let below = &refusals()["voluntary_si.income_below_floor"];
        assert!(below.vi.contains("{income}") && below.vi.contains("{limit}"));
        let short = &refusals()["pension.too_short"];
        assert!(short.vi.contains("{missing}") && short.vi.contains("{rule}"));
    }
}
