//! Paying the last missing months of compulsory social insurance at once.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::employer::{EmployerError, Rules};
use crate::error::{PolicyError, checked};
use crate::trace::{Recorder, Step, StepText};

const RATE: StepText = StepText {
    id: "employer.missing_rate",
    vi: "Mức đóng vào quỹ hưu trí và tử tuất của cả người lao động và người sử dụng lao động",
    en: "The contribution of both employee and employer to the retirement fund",
    formula: "{employee} + {employer} = {result}",
};

const AMOUNT: StepText = StepText {
    id: "employer.missing_amount",
    vi: "Đóng một lần cho {months} tháng còn thiếu (nhiều nhất {most} tháng)",
    en: "Paid at once for {months} missing months (at most {most})",
    formula: "{months} × {rate} × {wage} = {result}",
};

/// What is missing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingMonthsInput {
    /// Missing months.
    pub months: u32,
    /// The wage before leaving, in đồng per month.
    pub wage_vnd: AmountVnd,
}

/// What is paid.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MissingMonths {
    /// Per month, in đồng.
    pub monthly_vnd: AmountVnd,
    /// For all months, in đồng.
    pub amount_vnd: AmountVnd,
}

/// What somebody pays who lacks at most six months of compulsory social insurance for the pension.
///
/// "Who lacks at most six months may pay them once, at the contribution of employee and employer together": Luật 41/2024/QH15,
/// Điều 33 khoản 7.
///
/// Errors: before 2025-07-01; more months than that, or none.
pub fn missing_months(
    rules: &Rules,
    input: &MissingMonthsInput,
    recorder: &mut impl Recorder,
) -> Result<MissingMonths, PolicyError> {
    let most = rules.missing_months.as_ref().map_err(Clone::clone)?;
    if !(1..=most.value).contains(&i64::from(input.months)) {
        return Err(EmployerError::MissingMonths {
            months: input.months,
            most: most.value,
            rule: most.source.clone(),
        }
        .into());
    }
    checked("wage_vnd", input.wage_vnd.0, 1, 10_000_000_000)?;
    let (employee, employer) = &rules.retirement;
    let rate = employee.value.plus(employer.value);
    recorder.step(|| {
        Step::new(&RATE, rate)
            .using("employee", employee)
            .using("employer", employer)
    });
    let monthly = rate.of(input.wage_vnd);
    let amount = monthly * i64::from(input.months);
    recorder.step(|| {
        Step::new(&AMOUNT, amount)
            .with("months", input.months)
            .using("most", most)
            .with("rate", rate)
            .with("wage", input.wage_vnd)
            .rounded(Rounding::HalfUp)
    });
    Ok(MissingMonths {
        monthly_vnd: monthly,
        amount_vnd: amount,
    })
}
