//! What comes back of a block that is not used up.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::FIRST_DATE;
use crate::LAWS_2024;
use crate::amount::{AmountVnd, Rounding};
use crate::compound;
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::parameters::Law;
use crate::trace::{Recorder, Step, StepText};
use crate::voluntary_si::prepaid::usable;
use crate::voluntary_si::support::tell_monthly;
use crate::voluntary_si::{Categories, Mode, Rules, VoluntarySiError};

const MONTHLY: StepText = StepText {
    id: "voluntary_si.refund_monthly",
    vi: "Mức đóng hằng tháng khi đóng khối này",
    en: "Monthly contribution when the block was paid",
    formula: "{rate} × {income} = {result}",
};

const DISCOUNTED: StepText = StepText {
    id: "voluntary_si.refund_prepaid",
    vi: "Số tiền đã đóng cho {months} tháng còn lại của khối, từ tháng thứ {first} đến tháng thứ {last}",
    en: "What was paid for the {months} months left of the block, from month {first} to month {last}",
    formula: "Σ(i = {first}…{last}) {monthly} ÷ (1 + {r})^(i−1) = {result}",
};

const PLAIN: StepText = StepText {
    id: "voluntary_si.refund_regular",
    vi: "Số tiền đã đóng cho {months} tháng còn lại của khối",
    en: "What was paid for the {months} months left of the block",
    formula: "{months} × {monthly} = {result}",
};

const SUPPORT: StepText = StepText {
    id: "voluntary_si.refund_support",
    vi: "Phần Nhà nước đã hỗ trợ cho {months} tháng đó không được hoàn trả cho người tham gia",
    en: "What the State paid for {months} of these months does not go to the participant",
    formula: "{months} × {monthly} = {result}",
};

const REFUND: StepText = StepText {
    id: "voluntary_si.refund",
    vi: "Số tiền hoàn trả",
    en: "Refund",
    formula: "{paid} − {support} = {result}",
};

/// Why a block ends early.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// Thuộc đối tượng tham gia BHXH bắt buộc.
    CompulsorySi,
    /// Hưởng BHXH một lần.
    Withdrawal,
    /// Chết.
    Death,
    /// Đủ điều kiện và đề nghị hưởng lương hưu; from 2025-07-01.
    Pension,
}

/// A block of years ahead that ends early.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrepaidRefundInput {
    /// Why it ends.
    pub reason: RefundReason,
    /// The income of the block, in đồng per month.
    pub income_vnd: AmountVnd,
    /// Years of the block.
    pub years: u32,
    /// First month of the block.
    pub first_month: Month,
    /// Day on which it was paid: the return r of that year holds.
    pub paid_on: Date,
    /// First month that is not used.
    pub unused_from: Month,
    /// The categories at the time of payment.
    #[serde(default)]
    pub categories: Categories,
    /// Unused months that were supported; all if not said.
    pub supported_months_left: Option<u32>,
}

/// A block of 3, 6 or 12 months that ends early.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegularRefundInput {
    /// Why it ends.
    pub reason: RefundReason,
    /// The income of the block, in đồng per month.
    pub income_vnd: AmountVnd,
    /// How often it was paid.
    pub mode: Mode,
    /// First month of the block.
    pub first_month: Month,
    /// Day on which it was paid.
    pub paid_on: Date,
    /// First month that is not used.
    pub unused_from: Month,
    /// The categories at the time of payment.
    #[serde(default)]
    pub categories: Categories,
    /// Unused months that were supported; all if not said.
    pub supported_months_left: Option<u32>,
}

/// What comes back.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Refund {
    /// Unused months.
    pub months: u32,
    /// What was paid for them, in đồng.
    pub paid_vnd: AmountVnd,
    /// What the State had paid of it, in đồng.
    pub state_vnd: AmountVnd,
    /// What the participant, or the heirs, get back, in đồng.
    pub refund_vnd: AmountVnd,
}

/// What comes back on `on` of a block of years ahead.
///
/// "The refund is what was paid for the rest of the block, less the State's support for it": Nghị định 159/2025/NĐ-CP, Điều 8
/// khoản 3; Quyết định 595/QĐ-BHXH, Điều 10 khoản 6: `Σ(i = 12n−m+1…12n) 22 % × TN / (1 + r)^(i−1) − M`, rounded half up
/// once. Support is that of the day of payment; for a block paid before 2018, that of 2018-01-01, when support began.
///
/// Errors: a reason the law of the day does not have, months outside the block, a missing r.
pub fn refund_of_prepaid(
    law: &Law,
    on: Date,
    input: &PrepaidRefundInput,
    recorder: &mut impl Recorder,
) -> Result<Refund, PolicyError> {
    checked_reason(on, input.reason)?;
    let block = input.years.min(100) * 12;
    let months = months_left(block, input.first_month, input.unused_from)?;
    let fund_return = law.fund_return(input.paid_on)?;
    let monthly = monthly_when_paid(law, input.paid_on, input.income_vnd, recorder)?;
    let (first, last) = (block - months, block - 1);
    let paid = usable(&fund_return, |r| {
        compound::discounted(monthly, r, first, last)
    })?;
    recorder.step(|| {
        Step::new(&DISCOUNTED, paid)
            .with("months", months)
            .with("first", first + 1)
            .with("last", last + 1)
            .with("monthly", monthly)
            .using("r", &fund_return)
            .rounded(Rounding::HalfUp)
    });
    let supported = input.supported_months_left.unwrap_or(months).min(months);
    let state = support_of(law, input.paid_on, input.categories, supported, recorder)?;
    Ok(refund(months, paid, state, recorder))
}

/// What comes back on `on` of a block of 3, 6 or 12 months.
///
/// "The refund is the amount paid for the remaining months, without the State's support": Nghị định 159/2025/NĐ-CP, Điều 8
/// khoản 2.
///
/// Errors: a reason the law of the day does not have, months outside the block.
pub fn refund_of_regular(
    law: &Law,
    on: Date,
    input: &RegularRefundInput,
    recorder: &mut impl Recorder,
) -> Result<Refund, PolicyError> {
    checked_reason(on, input.reason)?;
    let block = law
        .parameter("voluntary_si/block_months")
        .count_of(input.paid_on, input.mode.as_str())?;
    let months = months_left(block.value as u32, input.first_month, input.unused_from)?;
    let monthly = monthly_when_paid(law, input.paid_on, input.income_vnd, recorder)?;
    let paid = monthly * i64::from(months);
    recorder.step(|| {
        Step::new(&PLAIN, paid)
            .with("months", months)
            .with("monthly", monthly)
    });
    let supported = input.supported_months_left.unwrap_or(months).min(months);
    let state = support_of(law, input.paid_on, input.categories, supported, recorder)?;
    Ok(refund(months, paid, state, recorder))
}

/// "…who joins compulsory SI, withdraws, dies" and, from 2025-07-01, "who is entitled to and requests the pension": Nghị định
/// 159/2025/NĐ-CP, Điều 8 khoản 1.
fn checked_reason(on: Date, reason: RefundReason) -> Result<(), VoluntarySiError> {
    if reason == RefundReason::Pension && on < LAWS_2024 {
        return Err(VoluntarySiError::RefundReasonNotYet {
            on,
            first: LAWS_2024,
        });
    }
    Ok(())
}

fn months_left(
    block: u32,
    first_month: Month,
    unused_from: Month,
) -> Result<u32, VoluntarySiError> {
    let left = i64::from(block) - i64::from(unused_from.since(first_month));
    if !(1..=i64::from(block)).contains(&left) {
        return Err(VoluntarySiError::RefundMonths {
            left,
            block: block.into(),
        });
    }
    Ok(left as u32)
}

fn monthly_when_paid(
    law: &Law,
    paid_on: Date,
    income: AmountVnd,
    recorder: &mut impl Recorder,
) -> Result<AmountVnd, PolicyError> {
    // No income of the law comes near; sums of more would not fit.
    const MOST: i64 = 1_000_000_000_000;
    checked("income_vnd", income.0, 0, MOST)?;
    let rate = law
        .parameter("voluntary_si/contribution_rate")
        .rate(paid_on)?;
    let monthly = rate.value.of(income);
    recorder.step(|| {
        Step::new(&MONTHLY, monthly)
            .using("rate", &rate)
            .with("income", income)
            .rounded(Rounding::HalfUp)
    });
    Ok(monthly)
}

fn support_of(
    law: &Law,
    paid_on: Date,
    categories: Categories,
    months: u32,
    recorder: &mut impl Recorder,
) -> Result<AmountVnd, PolicyError> {
    let rules = Rules::on(law, paid_on.max(FIRST_DATE))?;
    let category = &rules.support[categories.index()];
    tell_monthly(&rules, category, recorder);
    let state = category.monthly * i64::from(months);
    recorder.step(|| {
        Step::new(&SUPPORT, state)
            .with("months", months)
            .with("monthly", category.monthly)
    });
    Ok(state)
}

fn refund(months: u32, paid: AmountVnd, state: AmountVnd, recorder: &mut impl Recorder) -> Refund {
    let refund = paid.less_at_most(state);
    recorder.step(|| {
        Step::new(&REFUND, refund)
            .with("paid", paid)
            .with("support", state)
    });
    Refund {
        months,
        paid_vnd: paid,
        state_vnd: state,
        refund_vnd: refund,
    }
}
