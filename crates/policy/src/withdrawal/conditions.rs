//! Who may withdraw.

use serde::{Deserialize, Serialize};

use crate::LAWS_2024;
use crate::career::CareerError;
use crate::error::PolicyError;
use crate::month::Month;
use crate::retirement::{AgeInput, age_reached};
use crate::trace::{Recorder, Step, StepText, Value};
use crate::withdrawal::{Rules, WithdrawalError, WithdrawalInput};

const REASON: StepText = StepText {
    id: "withdrawal.reason",
    vi: "Đề nghị hưởng BHXH một lần vì {reason}",
    en: "Withdrawal asked for because of {reason}",
    formula: "{reason}",
};

const AGE: StepText = StepText {
    id: "withdrawal.age_reached",
    vi: "Đủ tuổi nghỉ hưu mà đóng {months} tháng, chưa đủ {years} năm để hưởng lương hưu",
    en: "Retirement age is reached with {months} months, less than the {years} years for a pension",
    formula: "{months} < 12 × {years}",
};

const DISEASE: StepText = StepText {
    id: "withdrawal.serious_disease",
    vi: "Mắc bệnh được hưởng một lần: {disease}",
    en: "A disease that allows a withdrawal: {disease}",
    formula: "{disease}",
};

const DISABILITY: StepText = StepText {
    id: "withdrawal.disability",
    vi: "Suy giảm khả năng lao động từ {percent}% hoặc khuyết tật đặc biệt nặng",
    en: "A loss of work capacity of {percent} % or more, or extremely severe disability",
    formula: "{loss} ≥ {percent}",
};

const STOPPED: StepText = StepText {
    id: "withdrawal.stopped_paying",
    vi: "Đã ngừng đóng {stopped} tháng (cần {months}) và đóng chưa đủ {years} năm",
    en: "Nothing paid for {stopped} months ({months} needed) and under {years} years paid",
    formula: "{stopped} ≥ {months}; {paid} < 12 × {years}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&REASON, &AGE, &DISEASE, &DISABILITY, &STOPPED];

/// Why somebody withdraws.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Đủ tuổi nghỉ hưu mà chưa đủ số năm đóng.
    AgeReached,
    /// Ra nước ngoài định cư.
    SettlingAbroad,
    /// Mắc bệnh nguy hiểm đến tính mạng.
    SeriousDisease,
    /// Suy giảm khả năng lao động từ 81% hoặc khuyết tật đặc biệt nặng; from 2025-07-01.
    Disability,
    /// Ngừng đóng 12 tháng, chưa đủ 20 năm.
    StoppedPaying,
}

impl Reason {
    /// All, in the order of the law.
    pub const ALL: [Reason; 5] = [
        Reason::AgeReached,
        Reason::SettlingAbroad,
        Reason::SeriousDisease,
        Reason::Disability,
        Reason::StoppedPaying,
    ];
}

impl From<Reason> for Value {
    fn from(reason: Reason) -> Value {
        match reason {
            Reason::AgeReached => Value::Word("đủ tuổi nghỉ hưu", "reached retirement age"),
            Reason::SettlingAbroad => Value::Word("ra nước ngoài định cư", "settling abroad"),
            Reason::SeriousDisease => Value::Word("bệnh nguy hiểm", "serious disease"),
            Reason::Disability => Value::Word("mất khả năng lao động", "disability"),
            Reason::StoppedPaying => Value::Word("ngừng đóng", "stopped paying"),
        }
    }
}

/// Diseases that the law names, or named.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disease {
    /// Ung thư.
    Cancer,
    /// Bại liệt.
    PolioParalysis,
    /// Xơ gan mất bù (trước đây: cổ chướng).
    DecompensatedCirrhosis,
    /// Phong; until 2025-06-30.
    Leprosy,
    /// Lao nặng.
    SevereTuberculosis,
    /// AIDS.
    Aids,
    /// Bệnh khác theo danh mục của Bộ Y tế; until 2025-06-30.
    MinistryList,
}

impl Disease {
    /// All, in the order of the parameter file.
    pub const ALL: [Disease; 7] = [
        Disease::Cancer,
        Disease::PolioParalysis,
        Disease::DecompensatedCirrhosis,
        Disease::Leprosy,
        Disease::SevereTuberculosis,
        Disease::Aids,
        Disease::MinistryList,
    ];

    /// The row of the parameter file.
    pub fn as_str(self) -> &'static str {
        match self {
            Disease::Cancer => "cancer",
            Disease::PolioParalysis => "polio_paralysis",
            Disease::DecompensatedCirrhosis => "decompensated_cirrhosis",
            Disease::Leprosy => "leprosy",
            Disease::SevereTuberculosis => "severe_tuberculosis",
            Disease::Aids => "aids",
            Disease::MinistryList => "ministry_list",
        }
    }
}

impl From<Disease> for Value {
    fn from(disease: Disease) -> Value {
        match disease {
            Disease::Cancer => Value::Word("ung thư", "cancer"),
            Disease::PolioParalysis => Value::Word("bại liệt", "polio paralysis"),
            Disease::DecompensatedCirrhosis => {
                Value::Word("xơ gan mất bù", "decompensated cirrhosis")
            }
            Disease::Leprosy => Value::Word("phong", "leprosy"),
            Disease::SevereTuberculosis => Value::Word("lao nặng", "severe tuberculosis"),
            Disease::Aids => Value::Word("AIDS", "AIDS"),
            Disease::MinistryList => {
                Value::Word("danh mục của Bộ Y tế", "the Ministry of Health's list")
            }
        }
    }
}

/// Whether the reason allows a withdrawal on the day of the rules.
///
/// Luật 41/2024/QH15, Điều 102 khoản 1; before 2025-07-01, Luật 58/2014/QH13, Điều 77 khoản 1, Nghị quyết 93/2015/QH13, Nghị
/// định 134/2015/NĐ-CP, Điều 7.
///
/// Errors: `WithdrawalError` with the rule that is not met; an input that the reason needs.
pub fn allowed(
    rules: &Rules,
    input: &WithdrawalInput,
    recorder: &mut impl Recorder,
) -> Result<(), PolicyError> {
    recorder.step(|| Step::new(&REASON, true).with("reason", input.reason));
    match input.reason {
        Reason::SettlingAbroad => Ok(()),
        Reason::AgeReached => of_age(rules, input, recorder),
        Reason::SeriousDisease => diseased(rules, input, recorder),
        Reason::Disability => disabled(rules, input, recorder),
        Reason::StoppedPaying => stopped(rules, input, recorder),
    }
}

fn of_age(
    rules: &Rules,
    input: &WithdrawalInput,
    recorder: &mut impl Recorder,
) -> Result<(), PolicyError> {
    let (Some(born), Some(sex)) = (input.born, input.sex) else {
        return Err(CareerError::InputMissing { what: "born, sex" }.into());
    };
    let reached = age_reached(&rules.retirement, &AgeInput { born, sex }, recorder)?.reached;
    if reached > Month::of(rules.on) {
        return Err(WithdrawalError::AgeNotReached {
            on: rules.on,
            reached,
        }
        .into());
    }
    let months = input.career.months().all();
    let years = &rules.retirement.minimum_years;
    if i64::from(months) >= years.value * 12 {
        return Err(WithdrawalError::EntitledToPension {
            months,
            minimum: years.value * 12,
            rule: years.source.clone(),
        }
        .into());
    }
    recorder.step(|| {
        Step::new(&AGE, true)
            .with("months", months)
            .using("years", years)
    });
    Ok(())
}

fn diseased(
    rules: &Rules,
    input: &WithdrawalInput,
    recorder: &mut impl Recorder,
) -> Result<(), PolicyError> {
    let Some(disease) = input.disease else {
        return Err(CareerError::InputMissing { what: "disease" }.into());
    };
    let flag = &rules.diseases[disease as usize];
    if flag.value == 0 {
        return Err(WithdrawalError::DiseaseNotListed {
            on: rules.on,
            rule: flag.source.clone(),
        }
        .into());
    }
    recorder.step(|| {
        Step::new(&DISEASE, true)
            .with("disease", disease)
            .from(&flag.source)
    });
    Ok(())
}

fn disabled(
    rules: &Rules,
    input: &WithdrawalInput,
    recorder: &mut impl Recorder,
) -> Result<(), PolicyError> {
    let percent = rules.capacity_loss.as_ref().map_err(Clone::clone)?;
    let loss = i64::from(input.capacity_loss_percent.unwrap_or(0));
    if loss < percent.value && !input.extremely_severe_disability {
        return Err(WithdrawalError::CapacityLossTooSmall {
            loss,
            needed: percent.value,
            rule: percent.source.clone(),
        }
        .into());
    }
    recorder.step(|| {
        Step::new(&DISABILITY, true)
            .with("loss", loss)
            .using("percent", percent)
    });
    Ok(())
}

/// "…12 months without paying, under 20 years paid", from 2025-07-01 only who paid before that day: Luật 41/2024/QH15, Điều 102
/// khoản 1 điểm đ.
fn stopped(
    rules: &Rules,
    input: &WithdrawalInput,
    recorder: &mut impl Recorder,
) -> Result<(), PolicyError> {
    let (needed, years) = &rules.stopped_paying;
    let joined = input.career.first_month();
    let opened = Month::of(LAWS_2024);
    if rules.on >= LAWS_2024
        && let Some(joined) = joined
        && joined >= opened
    {
        return Err(WithdrawalError::JoinedTooLate {
            joined,
            opened,
            rule: needed.source.clone(),
        }
        .into());
    }
    let today = Month::of(rules.on);
    // Full months between the last one paid and the present one.
    let last = input.career.last_month();
    let stopped = last.map_or(i64::from(i32::MAX), |last| i64::from(today.since(last)) - 1);
    if stopped < needed.value {
        return Err(WithdrawalError::StoppedTooShort {
            stopped,
            needed: needed.value,
            earliest: last.map_or(today, |last| last.plus(needed.value as i32 + 1)),
            rule: needed.source.clone(),
        }
        .into());
    }
    let paid = input.career.months().all();
    if i64::from(paid) >= years.value * 12 {
        return Err(WithdrawalError::TooManyYears {
            months: paid,
            under: years.value * 12,
            rule: years.source.clone(),
        }
        .into());
    }
    recorder.step(|| {
        Step::new(&STOPPED, true)
            .with("stopped", stopped)
            .with("paid", paid)
            .using("months", needed)
            .using("years", years)
    });
    Ok(())
}
