//! The funeral allowance.

use serde::{Deserialize, Serialize};

use crate::amount::AmountVnd;
use crate::career::MOST_MONTHS;
use crate::death::Rules;
use crate::error::{PolicyError, checked};
use crate::trace::{Recorder, Step, StepText};

const PENSIONER: StepText = StepText {
    id: "death.funeral_of_pensioner",
    vi: "Người chết đang hưởng lương hưu: người lo mai táng được trợ cấp",
    en: "The deceased drew a pension: there is a funeral allowance",
    formula: "{result}",
};

const CONDITION: StepText = StepText {
    id: "death.funeral_condition",
    vi: "Đã đóng {months} tháng (cần {any}), trong đó bắt buộc {compulsory} tháng (cần {compulsory_least})",
    en: "{months} months are paid ({any} needed), {compulsory} of them compulsory ({compulsory_least} needed)",
    formula: "{months} ≥ {any} hoặc {compulsory} ≥ {compulsory_least}",
};

const AMOUNT: StepText = StepText {
    id: "death.funeral",
    vi: "Trợ cấp mai táng bằng {multiple} lần mức tham chiếu (trước 01/7/2025: lương cơ sở) của tháng chết",
    en: "The funeral allowance is {multiple} times the reference level (before 2025-07-01: base salary) of the month of death",
    formula: "{multiple} × {reference_level} = {result}",
};

/// Who died.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FuneralInput {
    /// Months of voluntary SI.
    #[serde(default)]
    pub voluntary_months: u32,
    /// Months of compulsory SI.
    #[serde(default)]
    pub compulsory_months: u32,
    /// Whether a pension was drawn.
    #[serde(default)]
    pub is_pensioner: bool,
}

/// The allowance.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Funeral {
    /// Whether there is one.
    pub entitled: bool,
    /// In đồng.
    pub amount_vnd: AmountVnd,
}

/// The funeral allowance for a death on the day of the rules, in đồng.
///
/// "Ten times the reference level of the month of death, if at least 60 months were paid or a pension was drawn": Luật
/// 41/2024/QH15, Điều 109; Luật 58/2014/QH13, Điều 80. With 12 compulsory months too: Nghị định 159/2025/NĐ-CP, Điều 12 khoản 2.
///
/// Errors: months that cannot be.
pub fn funeral(
    rules: &Rules,
    input: &FuneralInput,
    recorder: &mut impl Recorder,
) -> Result<Funeral, PolicyError> {
    let most = i64::from(MOST_MONTHS);
    checked("voluntary_months", input.voluntary_months.into(), 0, most)?;
    checked("compulsory_months", input.compulsory_months.into(), 0, most)?;
    let months = input.voluntary_months + input.compulsory_months;
    let (any, compulsory) = &rules.funeral_months;
    let long_enough =
        i64::from(months) >= any.value || i64::from(input.compulsory_months) >= compulsory.value;
    if input.is_pensioner {
        recorder.step(|| Step::new(&PENSIONER, true));
    } else {
        recorder.step(|| {
            Step::new(&CONDITION, long_enough)
                .with("months", months)
                .with("compulsory", input.compulsory_months)
                .using("any", any)
                .using("compulsory_least", compulsory)
        });
        if !long_enough {
            return Ok(Funeral {
                entitled: false,
                amount_vnd: AmountVnd::ZERO,
            });
        }
    }
    let amount = rules.reference_level.value * rules.funeral_multiple.value;
    recorder.step(|| {
        Step::new(&AMOUNT, amount)
            .using("multiple", &rules.funeral_multiple)
            .using("reference_level", &rules.reference_level)
    });
    Ok(Funeral {
        entitled: true,
        amount_vnd: amount,
    })
}
