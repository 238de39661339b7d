//! The administrative fine for late payment, and from when the Penal Code may apply.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::employer::EmployerError;
use crate::error::{PolicyError, checked};
use crate::parameters::Law;
use crate::trace::{Recorder, Step, StepText};

const FINE: StepText = StepText {
    id: "employer.fine",
    vi: "Phạt từ {least} đến {most} số tiền phải đóng, nhiều nhất {maximum} với cá nhân; tổ chức bị phạt gấp {multiple} lần",
    en: "Fine of {least} to {most} of the amount owed, at most {maximum} for individuals; organizations pay {multiple} times that",
    formula: "{times} × min({most} × {owed}, {maximum}) = {result}",
};

const CRIMINAL: StepText = StepText {
    id: "employer.criminal",
    vi: "Có thể bị xử lý hình sự: gian dối để trốn đóng từ {months} tháng, từ {amount} hoặc từ {workers} người, đã bị xử phạt hành chính mà còn vi phạm",
    en: "May be a crime: evasion by fraud for {months} months or more, from {amount} or {workers} workers, after an administrative fine",
    formula: "{result}",
};

/// What is owed, by whom.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FineInput {
    /// Owed, in đồng.
    pub owed_vnd: AmountVnd,
    /// An organization, not an individual.
    pub is_organization: bool,
    /// Months not paid.
    #[serde(default)]
    pub months: u32,
    /// Workers not paid for.
    #[serde(default)]
    pub workers: u32,
    /// By fraud or other tricks.
    #[serde(default)]
    pub by_fraud: bool,
    /// Fined for the same before.
    #[serde(default)]
    pub fined_before: bool,
}

/// What may follow.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Fine {
    /// Least, in đồng.
    pub least_vnd: AmountVnd,
    /// Most, in đồng.
    pub most_vnd: AmountVnd,
    /// Whether the Penal Code may apply.
    pub may_be_crime: bool,
}

/// The fine for late payment, and whether the Penal Code may apply.
///
/// "12 to 15 % of the whole amount, at most 75,000,000; double for organizations": Nghị định 12/2022/NĐ-CP, Điều 39 khoản 5.
/// "Fraud or other tricks, six months or more, from 50,000,000 or ten workers, after an administrative fine": Bộ luật Hình sự
/// 100/2015/QH13, Điều 216.
///
/// Errors: before 2022-01-17; an amount that cannot be.
pub fn fine(
    law: &Law,
    on: Date,
    input: &FineInput,
    recorder: &mut impl Recorder,
) -> Result<Fine, PolicyError> {
    law.check_date(on)?;
    let owed = input.owed_vnd;
    checked("owed_vnd", owed.0, 0, EmployerError::MOST_VND)?;
    let find = |name: &str| law.parameter(&format!("late_payment/{name}"));
    let least = find("fine_rate").rate_of(on, "least")?;
    let most = find("fine_rate").rate_of(on, "most")?;
    let maximum = find("fine_maximum").amount(on)?;
    let multiple = find("fine_organization_multiple").count(on)?;
    let times = if input.is_organization {
        multiple.value
    } else {
        1
    };
    let of = |rate: crate::Rate| rate.of(owed).min(maximum.value) * times;
    let (least_vnd, most_vnd) = (of(least.value), of(most.value));
    recorder.step(|| {
        Step::new(&FINE, most_vnd)
            .using("least", &least)
            .using("most", &most)
            .using("maximum", &maximum)
            .using("multiple", &multiple)
            .with("times", times)
            .with("owed", owed)
            .rounded(Rounding::HalfUp)
    });
    let threshold = |row: &str| find("criminal_threshold").count_of(on, row);
    let (months, amount, workers) = (
        threshold("months")?,
        threshold("amount_vnd")?,
        threshold("workers")?,
    );
    let large = owed.0 >= amount.value || i64::from(input.workers) >= workers.value;
    let long = i64::from(input.months) >= months.value;
    let may_be_crime = input.by_fraud && input.fined_before && long && large;
    recorder.step(|| {
        Step::new(&CRIMINAL, may_be_crime)
            .using("months", &months)
            .using("amount", &amount)
            .using("workers", &workers)
    });
    Ok(Fine {
        least_vnd,
        most_vnd,
        may_be_crime,
    })
}
