//! What the owner of a registered household business pays.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::employer::{EmployerError, Rules};
use crate::error::PolicyError;
use crate::month::Month;
use crate::trace::{Recorder, Step, StepText};

const LIMITS: StepText = StepText {
    id: "employer.business_wage_limits",
    vi: "Chủ hộ kinh doanh tự chọn tiền lương đóng từ {floor} đến {ceiling} lần mức tham chiếu",
    en: "The owner chooses the insurable wage from {floor} to {ceiling} times the reference level",
    formula: "{floor} × {reference_level} ≤ {result} ≤ {ceiling} × {reference_level}",
};

const SI: StepText = StepText {
    id: "employer.business_si",
    vi: "Bảo hiểm xã hội bắt buộc, mỗi tháng",
    en: "Compulsory social insurance per month",
    formula: "{rate} × {wage} = {result}",
};

const HI: StepText = StepText {
    id: "employer.business_hi",
    vi: "Bảo hiểm y tế, mỗi tháng",
    en: "Health insurance per month",
    formula: "{rate} × {wage} = {result}",
};

const AGAIN: StepText = StepText {
    id: "employer.business_rechoice",
    vi: "Được chọn lại mức đóng sau {months} tháng, sớm nhất tháng {result}",
    en: "The wage may be chosen anew after {months} months, from {result} at the earliest",
    formula: "{month} + {months} = {result}",
};

/// The wage chosen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdBusinessInput {
    /// In đồng per month.
    pub wage_vnd: AmountVnd,
}

/// What is paid.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct HouseholdBusiness {
    /// Social insurance, in đồng per month.
    pub si_vnd: AmountVnd,
    /// Health insurance, in đồng per month.
    pub hi_vnd: AmountVnd,
    /// Both, in đồng per month.
    pub total_vnd: AmountVnd,
    /// First month for which another wage may be chosen.
    pub rechoice_from: Month,
}

/// What the owner of a registered household business pays per month on the wage chosen on the day of the rules.
///
/// "25 % of the wage chosen to social insurance": Luật 41/2024/QH15, Điều 33 khoản 4; "the wage is chosen between the reference
/// level and 20 times that, and may be chosen anew after 12 months": Điều 31 khoản 1 điểm d.
///
/// Errors: before 2025-07-01; a wage outside the limits.
pub fn household_business(
    rules: &Rules,
    input: &HouseholdBusinessInput,
    recorder: &mut impl Recorder,
) -> Result<HouseholdBusiness, PolicyError> {
    let rates = rules.household_business.as_ref().map_err(Clone::clone)?;
    let wage = input.wage_vnd;
    let (lowest, highest) = rules.wages()?;
    let (floor, ceiling) = rules.wage_limits.as_ref().map_err(Clone::clone)?;
    if wage < lowest || wage > highest {
        return Err(EmployerError::WageOutsideLimits {
            wage,
            lowest,
            highest,
            rule: floor.source.clone(),
        }
        .into());
    }
    recorder.step(|| {
        Step::new(&LIMITS, wage)
            .using("floor", floor)
            .using("ceiling", ceiling)
            .using("reference_level", &rules.reference_level)
    });
    let mut part = |text, rate: &crate::InForce<crate::Rate>| {
        let amount = rate.value.of(wage);
        recorder.step(|| {
            Step::new(text, amount)
                .using("rate", rate)
                .with("wage", wage)
                .rounded(Rounding::HalfUp)
        });
        amount
    };
    let (si_vnd, hi_vnd) = (part(&SI, &rates.si), part(&HI, &rates.hi));
    let month = Month::of(rules.on);
    let rechoice_from = month.plus(rates.rechoice_months.value as i32);
    recorder.step(|| {
        Step::new(&AGAIN, rechoice_from)
            .using("months", &rates.rechoice_months)
            .with("month", month)
    });
    Ok(HouseholdBusiness {
        si_vnd,
        hi_vnd,
        total_vnd: si_vnd + hi_vnd,
        rechoice_from,
    })
}
