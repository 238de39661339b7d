//! Whether and from which month there is a pension, and what else may be done.

use serde::{Deserialize, Serialize};

use crate::LAWS_2024;
use crate::career::MOST_MONTHS;
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::retirement::age::{self, Age, AgeInput, AgeReached};
use crate::retirement::{Birthday, Rules, Sex};
use crate::trace::{Doubt, Recorder, Step, StepText};

const RETAINED: StepText = StepText {
    id: "retirement.retained_age",
    vi: "Tham gia BHXH tự nguyện trước năm 2021 và đủ {years} năm tự nguyện: {sex} được nghỉ hưu từ đủ {age}",
    en: "Joined voluntary SI before 2021 and has {years} years of it: a {sex} may retire at {age}",
    formula: "{paid} ≥ 12 × {years}",
};

const COMPULSORY: StepText = StepText {
    id: "retirement.compulsory_rules",
    vi: "Có đủ {years} năm đóng bắt buộc: điều kiện và mức lương hưu theo chế độ bắt buộc",
    en: "With {years} years of compulsory SI its conditions and level hold",
    formula: "{paid} ≥ 12 × {years}",
};

const EARLY: StepText = StepText {
    id: "retirement.early_by_capacity_loss",
    vi: "Nghỉ hưu sớm do suy giảm khả năng lao động: cần đủ {years} năm đóng bắt buộc và suy giảm từ {percent}%",
    en: "Retiring early for loss of work capacity takes {years} years of compulsory SI and a loss of {percent} %",
    formula: "{paid} ≥ 12 × {years} và {loss} ≥ {percent}",
};

const PERIOD: StepText = StepText {
    id: "retirement.minimum_period",
    vi: "Đã đóng {months} tháng; cần ít nhất {years} năm, mỗi năm đủ 12 tháng, không làm tròn tháng lẻ",
    en: "{months} months are paid; at least {years} years are needed, 12 full months each, odd months are not rounded",
    formula: "{months} ≥ 12 × {years}",
};

const PERIOD_NEW: StepText = StepText {
    id: "retirement.minimum_period_new",
    vi: "Chỉ đủ theo số năm tối thiểu mới: hưởng sớm nhất từ tháng {result}",
    en: "Long enough by the new minimum only: the pension starts in {result} at the earliest",
    formula: "{result}",
};

const FROM: StepText = StepText {
    id: "retirement.pension_from",
    vi: "Lương hưu từ tháng {result}: tháng sau tháng đủ tuổi, tháng sau tháng đóng cuối cùng, tháng sau tháng đóng đủ một lần, lấy tháng muộn nhất",
    en: "Pension from {result}: the latest of the months after the age is reached, after the last contribution, after the payment at once",
    formula: "{by_age}; {by_payment} → {result}",
};

const BUY: StepText = StepText {
    id: "retirement.missing_period",
    vi: "Còn thiếu {missing} tháng; được đóng một lần nếu thiếu nhiều nhất {most} tháng, sớm nhất từ tháng {earliest}",
    en: "{missing} months are missing; they may be paid at once if they are at most {most}, from {earliest} at the earliest",
    formula: "{missing} ≤ {most}",
};

/// The lower ages of the compulsory scheme stand in no parameter.
pub(crate) const COMPULSORY_AGE: Doubt = Doubt {
    id: "retirement.compulsory_lower_age",
    vi: "Người làm nghề nặng nhọc, độc hại, vùng khó khăn, hầm lò hoặc suy giảm khả năng lao động có thể nghỉ sớm hơn theo chế độ bắt buộc (Luật 41/2024/QH15, Điều 64, Điều 65): tuổi thấp hơn đó chưa có trong chương trình.",
    en: "People in hard or hazardous work, difficult regions, mines, or with loss of work capacity may retire earlier under the compulsory scheme (Law 41/2024, Art. 64 and 65): these lower ages are not in the program.",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&RETAINED, &COMPULSORY, &PERIOD, &PERIOD_NEW, &FROM, &BUY];

/// The doubts that phones carry too.
pub(super) const DOUBTS: &[&Doubt] = &[&COMPULSORY_AGE];

/// Months bought at once.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoughtPeriod {
    /// Month of the payment.
    pub paid_in: Month,
    /// How many.
    pub months: u32,
}

/// Whose pension.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntitlementInput {
    /// As far as it is known.
    pub born: Birthday,
    /// By which the age differs.
    pub sex: Sex,
    /// Months of voluntary SI, without those bought.
    #[serde(default)]
    pub voluntary_months: u32,
    /// Months of compulsory SI.
    #[serde(default)]
    pub compulsory_months: u32,
    /// First month of voluntary SI.
    pub joined_voluntary: Option<Month>,
    /// Last month that is or will be paid; if not said, the contributions rest.
    pub last_paid: Option<Month>,
    /// Months bought at once.
    pub bought: Option<BoughtPeriod>,
    /// Loss of work capacity in percent.
    pub capacity_loss_percent: Option<u32>,
}

/// By which rules the age counts.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// BHXH tự nguyện.
    Voluntary,
    /// The age kept by those who joined before 2021.
    RetainedAge,
    /// BHXH bắt buộc.
    Compulsory,
}

/// What somebody without a pension may do.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Đóng tiếp BHXH tự nguyện.
    ContinueVoluntary,
    /// Đóng một lần cho thời gian còn thiếu.
    BuyMissingPeriod,
    /// Bảo lưu thời gian đóng.
    KeepYears,
    /// Trợ cấp hằng tháng từ đóng góp của mình (Luật 41/2024/QH15, Điều 23).
    OwnAllowance,
    /// Hưởng một lần sau 12 tháng ngừng đóng.
    WithdrawAfterStopping,
}

/// When the missing months may be bought.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MissingPeriod {
    /// How many.
    pub months: u32,
    /// Most that may be bought.
    pub most_months: u32,
    /// First month in which they may be paid.
    pub earliest: Month,
    /// Whether they are few enough.
    pub allowed: bool,
}

/// Whether and when there is a pension.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Entitlement {
    /// Whether the pension may be drawn in the month of the day asked for.
    pub entitled: bool,
    /// By which rules.
    pub basis: Basis,
    /// Retirement age.
    pub age: Age,
    /// Month in which it is reached.
    pub age_reached: Month,
    /// All months, with those bought.
    pub months: u32,
    /// Months needed.
    pub minimum_months: u32,
    /// Months missing.
    pub missing_months: u32,
    /// First month of the pension; none if the period is too short.
    pub pension_from: Option<Month>,
    /// Whether the conditions for retiring early for loss of work capacity are met, apart from the age; none if no loss is
    /// stated.
    pub early_by_capacity_loss: Option<bool>,
    /// What is missing and whether it may be bought; none if nothing is missing.
    pub missing_period: Option<MissingPeriod>,
    /// What may be done where there is no pension yet.
    pub choices: Vec<Choice>,
}

/// Whether and from which month there is a pension, by the rules of the day.
///
/// "…entitled to a pension on reaching the age of Điều 169 khoản 2 of the Labour Code and with 15 years or more of
/// contributions": Luật 41/2024/QH15, Điều 98 (before 2025-07-01, 20 years: Luật 58/2014/QH13, Điều 73). "The pension starts
/// on the first day of the month after the conditions are met": Điều 101. Compulsory and voluntary months add up: Nghị định
/// 159/2025/NĐ-CP, Điều 11 khoản 1. With 15 years of compulsory SI its conditions hold: khoản 2.
///
/// Errors: inputs that cannot be; a loss of work capacity before 2025-07-01, whose rule is not in the parameters.
pub fn entitlement(
    rules: &Rules,
    input: &EntitlementInput,
    recorder: &mut impl Recorder,
) -> Result<Entitlement, PolicyError> {
    let most = i64::from(MOST_MONTHS);
    checked("voluntary_months", input.voluntary_months.into(), 0, most)?;
    checked("compulsory_months", input.compulsory_months.into(), 0, most)?;
    if let Some(percent) = input.capacity_loss_percent {
        checked("capacity_loss_percent", percent.into(), 0, 100)?;
    }
    let bought = input.bought.map_or(0, |bought| bought.months);
    checked("bought.months", bought.into(), 0, 120)?;
    let voluntary = input.voluntary_months + bought;
    let months = voluntary + input.compulsory_months;

    let (basis, reached) = age_by_basis(rules, input, voluntary, recorder)?;
    let early_by_capacity_loss = early(rules, input, recorder)?;
    let minimum = rules.minimum_months();
    recorder.step(|| {
        Step::new(&PERIOD, months >= minimum)
            .with("months", months)
            .using("years", &rules.minimum_years)
    });
    let missing = minimum.saturating_sub(months);
    let pension_from = (missing == 0).then(|| first_month(rules, input, months, reached, recorder));
    let missing_period = (missing > 0).then(|| {
        let months_before = &rules.missing_months_before_age;
        let earliest = reached.reached.plus(-(months_before.value as i32));
        let most = rules.missing_max_months.value as u32;
        recorder.step(|| {
            Step::new(&BUY, missing <= most)
                .with("missing", missing)
                .with("earliest", earliest)
                .using("most", &rules.missing_max_months)
                .from(&months_before.source)
        });
        MissingPeriod {
            months: missing,
            most_months: most,
            earliest,
            allowed: missing <= most,
        }
    });
    let entitled = pension_from.is_some_and(|from| from <= Month::of(rules.on));
    let choices = if entitled {
        Vec::new()
    } else {
        choices(rules, input, months, reached, missing_period)
    };
    Ok(Entitlement {
        entitled,
        basis,
        age: reached.age,
        age_reached: reached.reached,
        months,
        minimum_months: minimum,
        missing_months: missing,
        pension_from,
        early_by_capacity_loss,
        missing_period,
        choices,
    })
}

/// Who joined voluntary SI before this month may keep the lower age: Luật 41/2024/QH15, Điều 141 khoản 9.
pub(crate) fn retained_age_before() -> Month {
    Month::new(2021, 1).expect("is a month")
}

/// "Who joined voluntary SI before 2021-01-01 and has 20 years of it may retire at 60 (men) or 55 (women)": Luật
/// 41/2024/QH15, Điều 141 khoản 9; Nghị định 159/2025/NĐ-CP, Điều 11 khoản 2 điểm c, Điều 13.
fn age_by_basis(
    rules: &Rules,
    input: &EntitlementInput,
    voluntary: u32,
    recorder: &mut impl Recorder,
) -> Result<(Basis, AgeReached), PolicyError> {
    let normal = AgeInput {
        born: input.born,
        sex: input.sex,
    };
    let joined_early = input
        .joined_voluntary
        .is_some_and(|month| month < retained_age_before());
    if let Some((ages, years)) = &rules.retained
        && joined_early
        && i64::from(voluntary) >= years.value * 12
        // Who was born early enough reached the lower age anyway.
        && rules.age(input.sex, input.born.month()).value > ages[input.sex as usize].value
    {
        let age = &ages[input.sex as usize];
        recorder.step(|| {
            Step::new(&RETAINED, true)
                .with("paid", voluntary)
                .with("sex", input.sex)
                .using("years", years)
                .using("age", age)
        });
        // The birthday is checked as everybody's.
        age::age_reached(rules, &normal, &mut crate::NoTrace)?;
        let reached = age::reached_at(input.born.month(), age.value, recorder);
        return Ok((Basis::RetainedAge, reached));
    }
    let reached = age::age_reached(rules, &normal, recorder)?;
    if let Some(years) = &rules.compulsory_years
        && i64::from(input.compulsory_months) >= years.value * 12
    {
        recorder.step(|| {
            Step::new(&COMPULSORY, true)
                .with("paid", input.compulsory_months)
                .using("years", years)
                .doubted(&COMPULSORY_AGE)
        });
        return Ok((Basis::Compulsory, reached));
    }
    Ok((Basis::Voluntary, reached))
}

/// "With 20 years of compulsory SI and a loss of work capacity of 61 % or more…": Luật 41/2024/QH15, Điều 65; Nghị định
/// 159/2025/NĐ-CP, Điều 11 khoản 2 điểm b.
fn early(
    rules: &Rules,
    input: &EntitlementInput,
    recorder: &mut impl Recorder,
) -> Result<Option<bool>, PolicyError> {
    let Some(loss) = input.capacity_loss_percent else {
        return Ok(None);
    };
    let (years, percent) = rules.early.as_ref().map_err(Clone::clone)?;
    let paid = i64::from(input.compulsory_months);
    let met = paid >= years.value * 12 && i64::from(loss) >= percent.value;
    recorder.step(|| {
        let step = Step::new(&EARLY, met)
            .with("paid", paid)
            .with("loss", loss)
            .using("years", years)
            .using("percent", percent);
        if met {
            step.doubted(&COMPULSORY_AGE)
        } else {
            step
        }
    });
    Ok(Some(met))
}

/// "…the month after the conditions are met; if contributions go on, the month after they stop; if the missing period is
/// bought, the month after the payment": Luật 41/2024/QH15, Điều 101. Who is long enough only by the new minimum, from
/// 2025-07-01 at the earliest: Thông tư 11/2025/TT-BNV, Điều 5 khoản 4.
fn first_month(
    rules: &Rules,
    input: &EntitlementInput,
    months: u32,
    reached: AgeReached,
    recorder: &mut impl Recorder,
) -> Month {
    let last = input.last_paid.map(|last| last.plus(1));
    let bought = input.bought.map(|bought| bought.paid_in.plus(1));
    let by_payment = last.max(bought);
    let mut from = reached.from.max(by_payment.unwrap_or(reached.from));
    if let Some(before) = &rules.minimum_years_before
        && i64::from(months) < before.value * 12
    {
        let since = Month::of(rules.minimum_years.source.since);
        if since > from {
            from = since;
            recorder.step(|| Step::new(&PERIOD_NEW, from).from(&rules.minimum_years.source));
        }
    }
    recorder.step(|| {
        Step::new(&FROM, from)
            .with("by_age", reached.from)
            .with("by_payment", by_payment.unwrap_or(reached.from))
    });
    from
}

fn choices(
    rules: &Rules,
    input: &EntitlementInput,
    months: u32,
    reached: AgeReached,
    missing: Option<MissingPeriod>,
) -> Vec<Choice> {
    let today = Month::of(rules.on);
    let mut choices = vec![Choice::ContinueVoluntary];
    if missing.is_some_and(|missing| missing.allowed && missing.earliest <= today) {
        choices.push(Choice::BuyMissingPeriod);
    }
    choices.push(Choice::KeepYears);
    if let Some(least) = &rules.own_allowance_months
        && missing.is_some()
        && reached.reached <= today
        && i64::from(months) >= least.value
    {
        choices.push(Choice::OwnAllowance);
    }
    // Whether a month was paid before 2025-07, as far as the count of months tells.
    let last = input.last_paid.unwrap_or(today);
    let first_at_latest = last.plus(1 - months as i32);
    let open = rules.on < LAWS_2024 || first_at_latest < Month::of(LAWS_2024);
    if open && i64::from(months) < rules.withdrawal.1.value * 12 {
        choices.push(Choice::WithdrawAfterStopping);
    }
    choices
}
