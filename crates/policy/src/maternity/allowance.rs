//! Whether and how much.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::AmountVnd;
use crate::error::{PolicyError, checked};
use crate::maternity::{MaternityError, Rules};
use crate::trace::{Recorder, Step, StepText, Value};

const CONDITION: StepText = StepText {
    id: "maternity.condition",
    vi: "Đóng {months} tháng trong {within} tháng trước khi sinh (cần {paid})",
    en: "{months} months are paid in the {within} months before the birth ({paid} needed)",
    formula: "{months} ≥ {paid}",
};

const FOETUS: StepText = StepText {
    id: "maternity.foetus",
    vi: "Thai từ {least} tuần tuổi chết trong tử cung, chết khi chuyển dạ được tính như con sinh ra: thai {weeks} tuần",
    en: "A foetus of {least} weeks or more that dies in the womb or during labour counts like a child: {weeks} weeks",
    formula: "{weeks} ≥ {least}",
};

const AMOUNT: StepText = StepText {
    id: "maternity.allowance",
    vi: "Trợ cấp thai sản cho {children} con, do ngân sách nhà nước chi trả",
    en: "Maternity allowance for {children} children, paid by the State budget",
    formula: "{children} × {per_child} = {result}",
};

const FILE: StepText = StepText {
    id: "maternity.file_by",
    vi: "Nộp hồ sơ trong {days} ngày, chậm nhất {result}; giải quyết trong {decide} ngày làm việc",
    en: "To be filed within {days} days, by {result}; decided within {decide} working days",
    formula: "{on} + {days} = {result}",
};

/// Who claims.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claimant {
    /// Lao động nữ sinh con.
    Mother,
    /// Lao động nam có vợ sinh con.
    Father,
}

impl From<Claimant> for Value {
    fn from(claimant: Claimant) -> Value {
        match claimant {
            Claimant::Mother => Value::Word("mẹ", "mother"),
            Claimant::Father => Value::Word("cha", "father"),
        }
    }
}

/// Whose child.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaternityInput {
    /// Who claims.
    pub claimant: Claimant,
    /// Months of voluntary SI, or of compulsory and voluntary together, in the 12 months before.
    pub months_paid_in_the_year_before: u32,
    /// Children born.
    #[serde(default)]
    pub children: u32,
    /// Foetuses that died in the womb or during labour.
    #[serde(default)]
    pub foetuses: u32,
    /// Their age in weeks.
    pub foetus_weeks: Option<u32>,
    /// Whether the claimant also qualifies under compulsory SI.
    #[serde(default)]
    pub qualifies_under_compulsory: bool,
    /// Whether the other parent already receives the allowance of voluntary SI.
    #[serde(default)]
    pub other_parent_receives: bool,
}

/// The allowance.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Maternity {
    /// In đồng.
    pub amount_vnd: AmountVnd,
    /// Last day to file.
    pub file_by: Date,
    /// Working days to decide.
    pub decided_within_working_days: i64,
}

/// The maternity allowance for a birth on the day of the rules, in đồng.
///
/// "2,000,000 for each child born and for each foetus of 22 weeks or more that dies in the womb or during labour; at least 6
/// months paid in the 12 months before; if both parents qualify only one of them; who qualifies under compulsory SI gets only
/// that": Luật 41/2024/QH15, Điều 94–97.
///
/// Errors: `MaternityError`; before 2025-07-01 there was none.
pub fn maternity(
    rules: &Rules,
    input: &MaternityInput,
    recorder: &mut impl Recorder,
) -> Result<Maternity, PolicyError> {
    let (paid, within) = &rules.condition;
    let months = input.months_paid_in_the_year_before;
    checked(
        "months_paid_in_the_year_before",
        months.into(),
        0,
        within.value,
    )?;
    checked("children", input.children.into(), 0, 10)?;
    checked("foetuses", input.foetuses.into(), 0, 10)?;
    let counted = input.children + input.foetuses;
    checked("children + foetuses", counted.into(), 1, 10)?;
    if input.qualifies_under_compulsory {
        return Err(MaternityError::CompulsoryOnly.into());
    }
    if input.other_parent_receives {
        return Err(MaternityError::OtherParent.into());
    }
    if i64::from(months) < paid.value {
        return Err(MaternityError::TooFewMonths {
            months,
            needed: paid.value,
            rule: paid.source.clone(),
        }
        .into());
    }
    recorder.step(|| {
        Step::new(&CONDITION, true)
            .with("months", months)
            .using("paid", paid)
            .using("within", within)
    });
    if input.foetuses > 0 {
        foetus_old_enough(rules, input.foetus_weeks.unwrap_or(0), recorder)?;
    }
    let amount = rules.per_child.value * i64::from(counted);
    recorder.step(|| {
        Step::new(&AMOUNT, amount)
            .with("children", counted)
            .using("per_child", &rules.per_child)
    });
    let (file, decide) = &rules.days;
    let file_by = rules.on.saturating_add(file.value.days());
    recorder.step(|| {
        Step::new(&FILE, file_by)
            .with("on", rules.on)
            .using("days", file)
            .using("decide", decide)
    });
    Ok(Maternity {
        amount_vnd: amount,
        file_by,
        decided_within_working_days: decide.value,
    })
}

fn foetus_old_enough(
    rules: &Rules,
    weeks: u32,
    recorder: &mut impl Recorder,
) -> Result<(), PolicyError> {
    let least = &rules.foetus_weeks;
    if i64::from(weeks) < least.value {
        return Err(MaternityError::FoetusTooYoung {
            weeks,
            least: least.value,
            rule: least.source.clone(),
        }
        .into());
    }
    recorder.step(|| {
        Step::new(&FOETUS, true)
            .with("weeks", weeks)
            .using("least", least)
    });
    Ok(())
}
