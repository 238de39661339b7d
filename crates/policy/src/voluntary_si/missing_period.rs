//! Paying once for the months that are missing for a pension.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::compound;
use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::InForce;
use crate::rate::Rate;
use crate::trace::{Recorder, Step, StepText};
use crate::voluntary_si::payment::{chosen_contribution, payer};
use crate::voluntary_si::prepaid::{SUPPORT_FORMULA, usable};
use crate::voluntary_si::support::{local_support, supported_months, tell_monthly};
use crate::voluntary_si::{Categories, Residence, Rules, Support, VoluntarySiError};

const MISSING: StepText = StepText {
    id: "voluntary_si.missing_months",
    vi: "Số tháng còn thiếu để đủ {years} năm đóng",
    en: "Months missing for {years} years of contribution",
    formula: "12 × {years} − {paid} = {result}",
};

const MOST: StepText = StepText {
    id: "voluntary_si.missing_limit",
    vi: "Được đóng một lần khi còn thiếu nhiều nhất {most} tháng",
    en: "The missing period may be paid at once if it is at most {most} months",
    formula: "{missing} ≤ {most}",
};

const EARLIEST: StepText = StepText {
    id: "voluntary_si.missing_earliest",
    vi: "Đủ tuổi nghỉ hưu tháng {age_reached}; được đóng cho thời gian thiếu sớm nhất từ tháng {result}",
    en: "Retirement age is reached in {age_reached}; the missing period may be paid from {result} on",
    formula: "{age_reached} − {months_before} = {result}",
};

const COMPOUNDED: StepText = StepText {
    id: "voluntary_si.missing_contribution",
    vi: "Đóng một lần cho {months} tháng còn thiếu: mỗi tháng cộng lãi gộp theo lãi suất đầu tư quỹ bình quân tháng r",
    en: "Paid once for {months} missing months: each month bears compound return at the average monthly return r of the fund",
    formula: "Σ(i = 1…{months}) {monthly} × (1 + {r})^i = {result}",
};

const SUPPORT_COMPOUNDED: StepText = StepText {
    id: "voluntary_si.missing_support_until_2025_06",
    vi: "Nhà nước hỗ trợ cho {months} tháng còn thiếu, cộng lãi gộp như số tiền đóng",
    en: "State support for {months} missing months, at compound return like the contribution",
    formula: "Σ(i = 1…{months}) {monthly} × (1 + {r})^i = {result}",
};

const SUPPORT_PLAIN: StepText = StepText {
    id: "voluntary_si.missing_support",
    vi: "Nhà nước hỗ trợ cho {months} tháng còn thiếu",
    en: "State support for {months} missing months",
    formula: "{months} × {monthly} = {result}",
};

/// Who wants to pay the missing period.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingPeriodInput {
    /// Chosen income, in đồng per month.
    pub income_vnd: AmountVnd,
    /// Months paid so far, compulsory and voluntary together.
    pub paid_months: u32,
    /// Month in which retirement age is reached.
    pub age_reached: Month,
    /// The person's categories at the time of payment.
    #[serde(default)]
    pub categories: Categories,
    /// Months with State support before.
    #[serde(default)]
    pub supported_months: u32,
    /// For local support; used where the rules are resolved.
    pub residence: Option<Residence>,
}

/// What the missing period costs and who pays it.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MissingPeriodPayment {
    /// Missing months.
    pub months: u32,
    /// Contribution per month without return, in đồng.
    pub monthly_vnd: AmountVnd,
    /// What is paid for all, in đồng.
    pub contribution_vnd: AmountVnd,
    /// What the return adds against paying monthly, in đồng.
    pub return_vnd: AmountVnd,
    /// Of the State and the province.
    pub support: Support,
    /// Of the participant, in đồng.
    pub payer_vnd: AmountVnd,
    /// First month of the pension: the month after the payment, or after the age is reached if that is later.
    pub pension_from: Month,
}

/// What the months missing for a pension cost at once. `fund_return` is that of the day of payment.
///
/// "Who has reached retirement age but lacks at most 5 years (60 months) to 15 years may pay once for them": Nghị định
/// 159/2025/NĐ-CP, Điều 7 khoản 1; before 2025-07-01, at most 10 years to 20 years: Quyết định 595/QĐ-BHXH, Điều 9. "The
/// contribution is the sum of the monthly contributions at compound return": Điều 7 khoản 2, Quyết định 595/QĐ-BHXH, Điều 10
/// khoản 4: `Σ(i = 1…t) 22 % × TN × (1 + r)^i`, rounded half up once. It buys the minimum period and nothing more.
///
/// Errors: an income that may not be chosen, nothing or too much missing, too early, more supported months than the law gives.
pub fn missing_period(
    rules: &Rules,
    fund_return: &InForce<Rate>,
    input: &MissingPeriodInput,
    recorder: &mut impl Recorder,
) -> Result<MissingPeriodPayment, PolicyError> {
    let monthly = chosen_contribution(rules, input.income_vnd, recorder)?;
    let months = missing_months(rules, input, recorder)?;
    let paid_in = Month::of(rules.on);
    checked_time(rules, paid_in, input.age_reached, recorder)?;
    let contribution = usable(fund_return, |r| compound::compounded(monthly, r, months))?;
    recorder.step(|| {
        Step::new(&COMPOUNDED, contribution)
            .with("months", months)
            .with("monthly", monthly)
            .using("r", fund_return)
            .rounded(Rounding::HalfUp)
    });
    let at = input.categories.index();
    tell_monthly(rules, &rules.support[at], recorder);
    let supported = supported_months(rules, months, input.supported_months, recorder)?;
    let state_monthly = rules.support[at].monthly;
    let state = if rules.is_law_2024() {
        support_from_2025_07(state_monthly, supported, recorder)
    } else {
        support_until_2025_06(state_monthly, supported, fund_return, recorder)?
    };
    let local = local_support(rules, at, supported, contribution, state, recorder);
    let support = Support {
        months: supported,
        state_monthly_vnd: state_monthly,
        state_vnd: state,
        local_vnd: local,
    };
    Ok(MissingPeriodPayment {
        months,
        monthly_vnd: monthly,
        contribution_vnd: contribution,
        return_vnd: contribution - monthly * i64::from(months),
        payer_vnd: payer(contribution, &support, recorder),
        support,
        pension_from: paid_in.max(input.age_reached).plus(1),
    })
}

fn missing_months(
    rules: &Rules,
    input: &MissingPeriodInput,
    recorder: &mut impl Recorder,
) -> Result<u32, VoluntarySiError> {
    let target = rules.minimum_years.value * 12;
    let missing = target - i64::from(input.paid_months);
    let most = rules.missing_max_months.value;
    recorder.step(|| {
        Step::new(&MISSING, missing)
            .using("years", &rules.minimum_years)
            .with("paid", input.paid_months)
    });
    recorder.step(|| {
        Step::new(&MOST, missing <= most)
            .with("missing", missing)
            .using("most", &rules.missing_max_months)
    });
    if missing <= 0 {
        let rule = rules.minimum_years.source.clone();
        return Err(VoluntarySiError::NothingMissing {
            paid: input.paid_months,
            target,
            rule,
        });
    }
    if missing > most {
        let rule = rules.missing_max_months.source.clone();
        return Err(VoluntarySiError::MissingTooLong {
            missing,
            most,
            on: rules.on,
            rule,
        });
    }
    Ok(missing as u32)
}

/// "…not earlier than the month before the month in which retirement age is reached": Luật 41/2024/QH15, Điều 36 khoản 3
/// điểm e; before, when the age is reached.
fn checked_time(
    rules: &Rules,
    month: Month,
    age_reached: Month,
    recorder: &mut impl Recorder,
) -> Result<(), VoluntarySiError> {
    let before = &rules.missing_months_before_age;
    let earliest = age_reached.plus(-(before.value as i32));
    recorder.step(|| {
        Step::new(&EARLIEST, earliest)
            .with("age_reached", age_reached)
            .using("months_before", before)
    });
    if month < earliest {
        let rule = before.source.clone();
        return Err(VoluntarySiError::MissingTooEarly {
            month,
            earliest,
            age_reached,
            rule,
        });
    }
    Ok(())
}

/// "The State's support for the missing years is computed like the contribution": Quyết định 595/QĐ-BHXH, Điều 12 khoản 1.2
/// điểm c: `Σ(i = 1…t) k × 22 % × CN × (1 + r)^i`.
fn support_until_2025_06(
    monthly: AmountVnd,
    months: u32,
    fund_return: &InForce<Rate>,
    recorder: &mut impl Recorder,
) -> Result<AmountVnd, PolicyError> {
    let state = usable(fund_return, |r| compound::compounded(monthly, r, months))?;
    recorder.step(|| {
        Step::new(&SUPPORT_COMPOUNDED, state)
            .with("months", months)
            .with("monthly", monthly)
            .using("r", fund_return)
            .rounded(Rounding::HalfUp)
    });
    Ok(state)
}

/// Months × monthly support, as the withdrawal counts it (Nghị định 159/2025/NĐ-CP, Điều 9 khoản 2); the decree has no
/// formula for this case, so the step carries the doubt.
fn support_from_2025_07(
    monthly: AmountVnd,
    months: u32,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let state = monthly * i64::from(months);
    recorder.step(|| {
        Step::new(&SUPPORT_PLAIN, state)
            .with("months", months)
            .with("monthly", monthly)
            .doubted(&SUPPORT_FORMULA)
    });
    state
}
