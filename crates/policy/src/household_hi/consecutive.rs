//! Since when somebody is insured without a break, and when five years are full.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::{PolicyError, checked};
use crate::household_hi::{BenefitRules, HouseholdHiError};
use crate::trace::{Doubt, Recorder, Step, StepText};

const SINCE: StepText = StepText {
    id: "household_hi.consecutive_since",
    vi: "Tham gia liên tục từ {result}: thẻ sau nối tiếp thẻ trước, gián đoạn không quá {gap_months} tháng",
    en: "Insured without a break since {result}: each card follows the one before, with gaps of at most {gap_months} months",
    formula: "{result}",
};

const FULL: StepText = StepText {
    id: "household_hi.consecutive_years",
    vi: "Đủ {years} năm liên tục từ {result}",
    en: "{years} consecutive years are full on {result}",
    formula: "{since} + {years} = {result}",
};

const GAPS: Doubt = Doubt {
    id: "household_hi.gaps_within_consecutive_years",
    vi: "Luật cho gián đoạn tối đa 3 tháng mà vẫn liên tục, không nói thời gian gián đoạn có được tính vào 5 năm không; ở đây có tính.",
    en: "The law lets gaps of at most 3 months pass as no break and does not say whether they count toward the 5 years; here they do.",
};

/// A card.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardPeriod {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// The cards of somebody.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsecutiveInput {
    /// In order of time.
    pub cards: Vec<CardPeriod>,
}

/// How long somebody is insured.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Consecutive {
    /// First day without a break since; none if the last card ended too long ago.
    pub since: Option<Date>,
    /// First day on which the consecutive years are full, if the person stays insured.
    pub full_on: Option<Date>,
    /// Whether they are full on the day of the rules.
    pub is_full: bool,
}

/// Since when somebody is insured without a break, on the day of the rules, and when five years are full.
///
/// "The next card follows the previous one; gaps of at most three months": Nghị định 146/2018/NĐ-CP, Điều 12 khoản 5; Nghị
/// định 188/2025/NĐ-CP, Điều 18.
///
/// Errors: no card, cards that overlap or end before they begin, a card that begins after the day.
pub fn consecutive(
    rules: &BenefitRules,
    input: &ConsecutiveInput,
    recorder: &mut impl Recorder,
) -> Result<Consecutive, PolicyError> {
    check(rules, &input.cards)?;
    let months = rules.gap_months.value;
    // A gap of whole days: from the day after a card to the day before the next.
    let joins = |until: Date, from: Date| {
        let next = until.tomorrow().unwrap_or(until);
        from <= next.saturating_add(months.months())
    };
    let mut since = None;
    let mut last: Option<Date> = None;
    let mut has_gap = false;
    for card in &input.cards {
        match last {
            Some(last) if joins(last, card.from) => {
                has_gap |= last.tomorrow().ok() != Some(card.from)
            }
            _ => {
                since = Some(card.from);
                has_gap = false;
            }
        }
        last = Some(card.until);
    }
    let since = since.filter(|_| last.is_some_and(|last| joins(last, rules.on)));
    let Some(from) = since else {
        return Ok(Consecutive {
            since: None,
            full_on: None,
            is_full: false,
        });
    };
    recorder.step(|| {
        let step = Step::new(&SINCE, from).using("gap_months", &rules.gap_months);
        if has_gap { step.doubted(&GAPS) } else { step }
    });
    let full_on = from.saturating_add(rules.consecutive_years.value.years());
    recorder.step(|| {
        Step::new(&FULL, full_on)
            .with("since", from)
            .using("years", &rules.consecutive_years)
    });
    Ok(Consecutive {
        since,
        full_on: Some(full_on),
        is_full: full_on <= rules.on,
    })
}

fn check(rules: &BenefitRules, cards: &[CardPeriod]) -> Result<(), PolicyError> {
    let mut last: Option<Date> = None;
    for card in cards {
        let overlaps = last.is_some_and(|last| card.from <= last);
        if card.until < card.from || overlaps || card.from > rules.on {
            return Err(HouseholdHiError::CardPeriod {
                from: card.from,
                until: card.until,
                on: rules.on,
            }
            .into());
        }
        last = Some(card.until);
    }
    checked("cards", cards.len() as i64, 1, 200)
}
