//! How long and how much.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding, round_half_up, round_up};
use crate::career::MOST_MONTHS;
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::own_allowance::{OwnAllowanceError, Rules};
use crate::pension::half_years;
use crate::retirement::{Age, AgeInput, Birthday, Sex, age_reached};
use crate::trace::{Recorder, Step, StepText};

const HORIZON: StepText = StepText {
    id: "own_allowance.horizon",
    vi: "Số tháng từ {from} đến khi đủ tuổi hưởng trợ cấp hưu trí xã hội ({age} tuổi, tháng {until})",
    en: "Months from {from} until the age of the social pension ({age}, reached in {until})",
    formula: "{until} − {from} = {result}",
};

const MONTHS: StepText = StepText {
    id: "own_allowance.months",
    vi: "Số tháng hưởng: mức bình quân × {factor} × số năm đóng, chia cho mức trợ cấp hưu trí xã hội; phần lẻ của tháng tính là một tháng",
    en: "Months of benefit: average × {factor} × years paid, divided by the social pension; a part of a month counts as one",
    formula: "{average} × {factor} × {years} ÷ {social_pension} = {result}",
};

const LEVEL: StepText = StepText {
    id: "own_allowance.monthly",
    vi: "Mức hưởng mỗi tháng bằng mức trợ cấp hưu trí xã hội, trong {months} tháng",
    en: "The monthly allowance is the social pension, for {months} months",
    formula: "{social_pension}",
};

const COVER: StepText = StepText {
    id: "own_allowance.payment_to_be_covered",
    vi: "Có thể đóng một lần để được hưởng đến tuổi trợ cấp hưu trí xã hội",
    en: "May be paid at once to be covered until the age of the social pension",
    formula: "({horizon} − {months}) × {social_pension} = {result}",
};

const HIGHER: StepText = StepText {
    id: "own_allowance.monthly_higher",
    vi: "Số tháng hưởng nhiều hơn số tháng đến tuổi trợ cấp hưu trí xã hội: hưởng mức cao hơn",
    en: "More months of benefit than until the age of the social pension: a higher amount",
    formula: "{social_pension} + ({months} − {horizon}) × {social_pension} ÷ {horizon} = {result}",
};

/// Who asks for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnAllowanceInput {
    /// As far as it is known.
    pub born: Birthday,
    /// By which the age differs.
    pub sex: Sex,
    /// Months paid, compulsory and voluntary together.
    pub months: u32,
    /// Of these, compulsory.
    #[serde(default)]
    pub compulsory_months: u32,
    /// Average monthly income, in đồng.
    pub average_vnd: AmountVnd,
    /// Month of the request, not before the age is reached; that month or the present one if not said.
    pub requested_in: Option<Month>,
    /// Whether the household is poor or near-poor.
    #[serde(default)]
    pub poor_or_near_poor: bool,
}

/// The allowance.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct OwnAllowance {
    /// Month from which the months are counted.
    pub requested_in: Month,
    /// Months that the contributions give (Ttt).
    pub earned_months: i64,
    /// Months until the age of the social pension (Tdt).
    pub horizon_months: i64,
    /// Months in which it is paid.
    pub months: i64,
    /// In đồng per month. On death before the end relatives get it for each month that is left.
    pub monthly_vnd: AmountVnd,
    /// What may be paid in at once to be covered until the social pension, in đồng; 0 if it reaches so far.
    pub payment_to_be_covered_vnd: AmountVnd,
    /// The State pays the health card while it is drawn.
    pub health_card_paid_by_state: bool,
    /// Whether there is a funeral allowance on death.
    pub funeral_allowance: bool,
}

/// The monthly allowance from one's own contributions, in đồng, rounded half up.
///
/// "Of retirement age, not enough years for a pension, not yet eligible for the social pension, neither withdrawn nor kept":
/// Luật 41/2024/QH15, Điều 23; `Ttt = Mbq × 2 × N ÷ TC`: Nghị định 159/2025/NĐ-CP, Điều 14; Nghị định 158/2025/NĐ-CP, Điều 22–25.
///
/// Errors: before 2025-07-01, before the age, enough years for a pension, under 12 months, already of the age of the social
/// pension.
pub fn own_allowance(
    rules: &Rules,
    input: &OwnAllowanceInput,
    recorder: &mut impl Recorder,
) -> Result<OwnAllowance, PolicyError> {
    checked("months", input.months.into(), 0, MOST_MONTHS.into())?;
    checked("average_vnd", input.average_vnd.0, 1, 1_000_000_000)?;
    let age = AgeInput {
        born: input.born,
        sex: input.sex,
    };
    let reached = age_reached(&rules.retirement, &age, recorder)?.reached;
    let requested_in = input
        .requested_in
        .unwrap_or_else(|| reached.max(Month::of(rules.on)));
    let horizon = eligible(rules, input, requested_in, reached)?;
    let (general, poor) = &rules.social_pension_age;
    let social_age = if input.poor_or_near_poor {
        poor
    } else {
        general
    };
    recorder.step(|| {
        Step::new(&HORIZON, horizon)
            .with("from", requested_in)
            .with("until", requested_in.plus(horizon as i32))
            .using("age", social_age)
    });
    let counted = half_years(&rules.pension, input.months, recorder);
    let (factor, level) = (&rules.factor, &rules.social_pension);
    let doubled = i128::from(input.average_vnd.0 * factor.value) * i128::from(counted.0);
    let earned = round_up(doubled, i128::from(level.value.0) * 2) as i64;
    recorder.step(|| {
        Step::new(&MONTHS, earned)
            .with("average", input.average_vnd)
            .with("years", counted)
            .using("factor", factor)
            .using("social_pension", level)
            .rounded(Rounding::Up)
    });
    let (months, monthly, payment) = if earned <= horizon {
        let payment = level.value * (horizon - earned);
        recorder.step(|| {
            Step::new(&LEVEL, level.value)
                .with("months", earned)
                .using("social_pension", level)
        });
        recorder.step(|| {
            Step::new(&COVER, payment)
                .with("horizon", horizon)
                .with("months", earned)
                .using("social_pension", level)
        });
        (earned, level.value, payment)
    } else {
        let total = i128::from(level.value.0) * i128::from(earned);
        let monthly = AmountVnd(round_half_up(total, horizon.into()) as i64);
        recorder.step(|| {
            Step::new(&HIGHER, monthly)
                .with("horizon", horizon)
                .with("months", earned)
                .using("social_pension", level)
                .rounded(Rounding::HalfUp)
        });
        (horizon, monthly, AmountVnd::ZERO)
    };
    let (any, compulsory) = &rules.funeral_minimum_months;
    Ok(OwnAllowance {
        requested_in,
        earned_months: earned,
        horizon_months: horizon,
        months,
        monthly_vnd: monthly,
        payment_to_be_covered_vnd: payment,
        health_card_paid_by_state: true,
        funeral_allowance: i64::from(input.months) >= any.value
            || i64::from(input.compulsory_months) >= compulsory.value,
    })
}

/// Months until the social pension of somebody who may have the allowance.
fn eligible(
    rules: &Rules,
    input: &OwnAllowanceInput,
    requested_in: Month,
    reached: Month,
) -> Result<i64, PolicyError> {
    if requested_in < reached {
        return Err(OwnAllowanceError::TooYoung {
            requested_in,
            reached,
        }
        .into());
    }
    let least = &rules.minimum_months;
    if i64::from(input.months) < least.value {
        return Err(OwnAllowanceError::TooShort {
            months: input.months,
            least: least.value,
            rule: least.source.clone(),
        }
        .into());
    }
    let minimum = &rules.retirement.minimum_years;
    if i64::from(input.months) >= minimum.value * 12 {
        return Err(OwnAllowanceError::EnoughForPension {
            months: input.months,
            minimum: minimum.value * 12,
            rule: minimum.source.clone(),
        }
        .into());
    }
    let (general, poor) = &rules.social_pension_age;
    let age = if input.poor_or_near_poor {
        poor
    } else {
        general
    };
    let until = input.born.month().plus(age.value as i32 * 12);
    let horizon = i64::from(until.since(requested_in));
    if horizon <= 0 {
        return Err(OwnAllowanceError::SocialPensionAge {
            age: Age::years(age.value as i32),
            rule: age.source.clone(),
        }
        .into());
    }
    Ok(horizon)
}
