//! How much somebody still has to pay of the year's co-payments before the fund pays whole.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding, round_half_up};
use crate::error::{PolicyError, checked};
use crate::household_hi::thresholds::copayment_limit;
use crate::household_hi::{BenefitRules, HouseholdHiError};
use crate::parameters::InForce;
use crate::trace::{Doubt, Recorder, Step, StepText};

/// The first day of Nghị định 188/2025/NĐ-CP, whose Điều 18 khoản 2 điểm c says what a change of the base salary does.
const DECREE_188: Date = jiff::civil::date(2025, 8, 15);

const LEFT: StepText = StepText {
    id: "household_hi.copayment_left",
    vi: "Còn phải cùng chi trả trong năm trước khi quỹ trả toàn bộ",
    en: "Still to be co-paid in the year before the fund pays whole",
    formula: "max(0, {limit} − {copaid}) = {result}",
};

const CONVERTED: StepText = StepText {
    id: "household_hi.copayment_converted",
    vi: "Số đã cùng chi trả khi lương cơ sở (mức tham chiếu) là {before}: đổi theo mức {now}",
    en: "Co-paid while the base salary (reference level) was {before}: converted to {now}",
    formula: "{copaid} ÷ {before} × {now} = {result}",
};

const CHANGE_BEFORE_188: Doubt = Doubt {
    id: "household_hi.copayments_over_a_change_until_2025_08",
    vi: "Trước Nghị định 188/2025/NĐ-CP chưa tìm được cách tính số cùng chi trả khi lương cơ sở thay đổi trong năm; ở đây tính như Điều 18 khoản 2 điểm c của nghị định đó.",
    en: "For the time before Decree 188/2025 no rule was found for co-payments when the base salary changes within the year; they are computed here as in its Art. 18(2)(c).",
};

/// What was paid on a day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copaid {
    /// The day.
    pub paid_on: Date,
    /// Own share, in đồng, of care that counts.
    pub amount_vnd: AmountVnd,
}

/// The co-payments of the calendar year so far.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopaymentsInput {
    /// Each payment.
    pub copaid: Vec<Copaid>,
}

/// What is left of the year's limit.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Copayments {
    /// The limit at the base salary of the day, in đồng.
    pub limit_vnd: AmountVnd,
    /// Paid so far, at the base salary of the day, in đồng.
    pub copaid_vnd: AmountVnd,
    /// Still to be paid, in đồng.
    pub left_vnd: AmountVnd,
    /// Last day for which the limit counts.
    pub until: Date,
}

/// What somebody with five consecutive years still has to co-pay in the calendar year of the day of the rules.
///
/// The limit is six base salaries; where the base salary changed within the year, the rest is `(6 − paid before ÷ old base) ×
/// new base`: Nghị định 188/2025/NĐ-CP, Điều 18 khoản 2 điểm c.
///
/// Errors: a payment of another year, after the day, below zero.
pub fn copayments(
    rules: &BenefitRules,
    input: &CopaymentsInput,
    recorder: &mut impl Recorder,
) -> Result<Copayments, PolicyError> {
    check(rules, &input.copaid)?;
    let limit = copayment_limit(rules, recorder);
    let mut copaid = AmountVnd::ZERO;
    let levels = &rules.reference_levels_of_year;
    for (at, level) in levels.iter().enumerate() {
        let next = levels.get(at + 1).map(|next| next.source.since);
        let in_force = |one: &&Copaid| {
            (at == 0 || level.source.since <= one.paid_on)
                && next.is_none_or(|next| one.paid_on < next)
        };
        let paid: AmountVnd = input
            .copaid
            .iter()
            .filter(in_force)
            .map(|one| one.amount_vnd)
            .sum();
        copaid += converted(rules, level, paid, recorder);
    }
    let left = limit.less_at_most(copaid);
    recorder.step(|| {
        Step::new(&LEFT, left)
            .with("limit", limit)
            .with("copaid", copaid)
    });
    Ok(Copayments {
        limit_vnd: limit,
        copaid_vnd: copaid,
        left_vnd: left,
        until: rules.on.last_of_year(),
    })
}

/// What was paid at a base salary, at that of the day.
fn converted(
    rules: &BenefitRules,
    level: &InForce<AmountVnd>,
    paid: AmountVnd,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let now = rules.reference_level.value;
    if paid == AmountVnd::ZERO || level.value == now {
        return paid;
    }
    let product = i128::from(paid.0) * i128::from(now.0);
    let converted = AmountVnd(round_half_up(product, i128::from(level.value.0)) as i64);
    recorder.step(|| {
        let step = Step::new(&CONVERTED, converted)
            .with("copaid", paid)
            .using("before", level)
            .using("now", &rules.reference_level)
            .rounded(Rounding::HalfUp);
        if rules.on < DECREE_188 {
            step.doubted(&CHANGE_BEFORE_188)
        } else {
            step
        }
    });
    converted
}

fn check(rules: &BenefitRules, copaid: &[Copaid]) -> Result<(), PolicyError> {
    const MOST_VND: i64 = 1_000_000_000_000;
    for one in copaid {
        if one.paid_on.year() != rules.on.year() || one.paid_on > rules.on {
            return Err(HouseholdHiError::CopaymentOfAnotherYear {
                paid_on: one.paid_on,
                on: rules.on,
                rule: rules.copayment_multiple.source.clone(),
            }
            .into());
        }
        checked("amount_vnd", one.amount_vnd.0, 0, MOST_VND)?;
    }
    Ok(())
}
