//! The pension from an average income that is known.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::pension::{
    Early, OneTimeAllowance, RateInput, RateResult, Rules, one_time_allowance, rate_with_reduction,
};
use crate::retirement::Sex;
use crate::trace::{Doubt, Recorder, Step, StepText};

const PENSION: StepText = StepText {
    id: "pension.amount",
    vi: "Lương hưu hằng tháng bằng tỷ lệ hưởng nhân mức bình quân thu nhập",
    en: "The monthly pension is the rate times the average income",
    formula: "{rate} × {average} = {result}",
};

const LIFTED: StepText = StepText {
    id: "pension.minimum",
    vi: "Có đủ {years} năm đóng bắt buộc (tham gia trước 01/7/2025): lương hưu thấp hơn mức tham chiếu được bù bằng mức tham chiếu",
    en: "With {years} years of compulsory SI (joined before 2025-07-01) a pension below the reference level is lifted to it",
    formula: "max({pension}, {reference_level}) = {result}",
};

const CARD: StepText = StepText {
    id: "pension.health_card",
    vi: "Thẻ BHYT của người hưởng lương hưu do quỹ BHXH đóng mỗi tháng, người hưởng không phải đóng",
    en: "The pensioner's health card is paid by the SI fund each month, nothing by the pensioner",
    formula: "{rate} × {pension} = {result}",
};

/// Not everybody with twenty years is in the groups that the law names.
const GROUPS: Doubt = Doubt {
    id: "pension.minimum_groups",
    vi: "Chỉ các nhóm tham gia bắt buộc nêu tại Luật 41/2024/QH15, Điều 141 khoản 11 được bù bằng mức tham chiếu: cần kiểm tra nhóm.",
    en: "Only the groups of compulsory SI named in Law 41/2024, Art. 141(11) are lifted to the reference level: check the group.",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&PENSION, &LIFTED, &CARD];

/// The doubts that phones carry too.
pub(super) const DOUBTS: &[&Doubt] = &[&GROUPS];

/// Whose pension.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountInput {
    /// By which the scale differs.
    pub sex: Sex,
    /// Months paid in Viet Nam.
    pub months: u32,
    /// Average monthly income, in đồng.
    pub average_vnd: AmountVnd,
    /// Of the months, compulsory.
    #[serde(default)]
    pub compulsory_months: u32,
    /// Of the months, paid after retirement age by somebody already entitled.
    #[serde(default)]
    pub months_after_age: u32,
    /// Months paid abroad under a treaty.
    #[serde(default)]
    pub treaty_months: u32,
    /// Retiring before the age, under compulsory rules.
    pub early: Option<Early>,
    /// First month of the pension, where it is not that of the day asked for.
    pub starts: Option<Month>,
}

/// A pension.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Pension {
    /// The rate and what it was made of.
    #[serde(flatten)]
    pub rate: RateResult,
    /// Average monthly income, in đồng.
    pub average_vnd: AmountVnd,
    /// In đồng per month.
    pub pension_vnd: AmountVnd,
    /// Whether it was lifted to the reference level.
    pub lifted_to_reference_level: bool,
    /// On retirement.
    pub one_time_allowance: OneTimeAllowance,
    /// What the SI fund pays for the health card, in đồng per month; none before 2018-12-01, whose rule is not known here.
    pub health_card_vnd: Option<AmountVnd>,
}

/// The pension, in đồng per month, rounded half up.
///
/// "The monthly pension is the rate times the average income": Luật 41/2024/QH15, Điều 99; Luật 58/2014/QH13, Điều 74.
/// Voluntary SI has no minimum; with 20 years of compulsory SI it is lifted to the reference level: Luật 41/2024/QH15, Điều 141
/// khoản 11; Nghị định 159/2025/NĐ-CP, Điều 11 khoản 3.
///
/// Errors: too few months, retiring early without compulsory rules, inputs that cannot be.
pub fn amount(
    rules: &Rules,
    input: &AmountInput,
    recorder: &mut impl Recorder,
) -> Result<Pension, PolicyError> {
    checked("average_vnd", input.average_vnd.0, 1, 10_000_000_000)?;
    checked(
        "months_after_age",
        input.months_after_age.into(),
        0,
        input.months.into(),
    )?;
    if let Some(starts) = input.starts {
        crate::pension::tell_assumed_rules(rules.day, starts, recorder);
    }
    let of_rate = RateInput {
        sex: input.sex,
        months: input.months,
        compulsory_months: input.compulsory_months,
        treaty_months: input.treaty_months,
        early: input.early,
        starts: input.starts,
    };
    let rate = rate_with_reduction(rules, &of_rate, recorder)?;
    let average = input.average_vnd;
    let mut pension = rate.rate.of(average);
    recorder.step(|| {
        Step::new(&PENSION, pension)
            .with("rate", rate.rate)
            .with("average", average)
            .rounded(Rounding::HalfUp)
    });
    let lifted = lifted(rules, input.compulsory_months, pension, recorder);
    if let Some(reference_level) = lifted {
        pension = reference_level;
    }
    let one_time_allowance = one_time_allowance(
        rules,
        input.sex,
        input.months,
        input.months_after_age,
        average,
        recorder,
    );
    let health_card_vnd = rules.health_card.as_ref().map(|share| {
        let card = share.value.of(pension);
        recorder.step(|| {
            Step::new(&CARD, card)
                .using("rate", share)
                .with("pension", pension)
                .rounded(Rounding::HalfUp)
        });
        card
    });
    Ok(Pension {
        rate,
        average_vnd: average,
        pension_vnd: pension,
        lifted_to_reference_level: lifted.is_some(),
        one_time_allowance,
        health_card_vnd,
    })
}

/// The reference level if the pension is lifted to it.
fn lifted(
    rules: &Rules,
    compulsory_months: u32,
    pension: AmountVnd,
    recorder: &mut impl Recorder,
) -> Option<AmountVnd> {
    let (years, reference_level) = rules.minimum_pension.as_ref()?;
    // Who has twenty years of it before 2045 joined before 2025-07-01.
    if i64::from(compulsory_months) < years.value * 12 || pension >= reference_level.value {
        return None;
    }
    recorder.step(|| {
        Step::new(&LIFTED, reference_level.value)
            .using("years", years)
            .with("pension", pension)
            .using("reference_level", reference_level)
            .doubted(&GROUPS)
    });
    Some(reference_level.value)
}
