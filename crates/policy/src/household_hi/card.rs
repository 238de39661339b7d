//! From when to when a card holds.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::{PolicyError, checked};
use crate::household_hi::Rules;
use crate::household_hi::contribution::until;
use crate::trace::{Doubt, Recorder, Step, StepText};

const AT_ONCE: StepText = StepText {
    id: "household_hi.card_at_once",
    vi: "Tham gia tiếp, không gián đoạn từ {gap_months} tháng: thẻ có giá trị từ ngày đóng",
    en: "Membership goes on, without a gap of {gap_months} months: the card holds from the day of payment",
    formula: "{result}",
};

const WAITING: StepText = StepText {
    id: "household_hi.card_waiting",
    vi: "Tham gia lần đầu hoặc gián đoạn từ {gap_months} tháng trong năm tài chính: thẻ có giá trị sau {days} ngày kể từ ngày đóng {on}",
    en: "First membership, or a gap of {gap_months} months or more in the fiscal year: the card holds {days} days after the day of payment, {on}",
    formula: "{on} + {days} = {result}",
};

const UNTIL: StepText = StepText {
    id: "household_hi.card_until",
    vi: "Thẻ có giá trị {months} tháng, đến hết ngày {result}",
    en: "The card holds for {months} months, to the end of {result}",
    formula: "{from} + {months}",
};

const SHORTER: Doubt = Doubt {
    id: "household_hi.first_card_of_short_payment",
    vi: "Luật nói thẻ lần đầu có giá trị 12 tháng; khi đóng kỳ ngắn hơn, ở đây thẻ có giá trị bằng số tháng đã đóng.",
    en: "The law says that a first card holds 12 months; for a shorter payment it is taken here to hold for the months paid.",
};

/// How somebody joins.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardInput {
    /// Months paid for: 3, 6 or 12.
    pub months: u32,
    /// Joins for the first time.
    #[serde(default)]
    pub is_first: bool,
    /// Months without insurance in the fiscal year before the payment.
    #[serde(default)]
    pub gap_months: u32,
}

/// When a card holds.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Card {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Days to wait from the day of payment.
    pub waiting_days: i64,
}

/// From when to when the card of somebody who pays on the day of the rules holds.
///
/// "Who joins for the first time or after a gap of three months or more in the fiscal year has a card for 12 months, from 30
/// days after payment": Luật Bảo hiểm y tế, Điều 16 khoản 3 điểm c; Nghị định 146/2018/NĐ-CP, Điều 13 khoản 8. Otherwise from
/// the day of payment.
///
/// Errors: a period or gap that cannot be; before 2018-12-01.
pub fn card(
    rules: &Rules,
    input: &CardInput,
    recorder: &mut impl Recorder,
) -> Result<Card, PolicyError> {
    let waiting = rules.waiting.as_ref().map_err(Clone::clone)?;
    let months = i64::from(input.months);
    checked("months", months, 1, 12)?;
    checked("gap_months", input.gap_months.into(), 0, 1_200)?;
    let must_wait = input.is_first || i64::from(input.gap_months) >= waiting.gap_months.value;
    let days = if must_wait { waiting.days.value } else { 0 };
    let from = rules.on.saturating_add(days.days());
    recorder.step(|| {
        let text = if must_wait { &WAITING } else { &AT_ONCE };
        let step = Step::new(text, from).using("gap_months", &waiting.gap_months);
        if must_wait {
            step.using("days", &waiting.days).with("on", rules.on)
        } else {
            step
        }
    });
    let until = until(from, input.months);
    recorder.step(|| {
        let step = Step::new(&UNTIL, until)
            .with("months", input.months)
            .with("from", from);
        if !must_wait {
            return step;
        }
        let step = step.from(&waiting.first_card_months.source);
        if months == waiting.first_card_months.value {
            step
        } else {
            step.doubted(&SHORTER)
        }
    });
    Ok(Card {
        from,
        until,
        waiting_days: days,
    })
}
