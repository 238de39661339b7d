//! What a one-time withdrawal loses.

use serde::Serialize;

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::Law;
use crate::rate::Rate;
use crate::trace::{Recorder, Step, StepText, Value};
use crate::withdrawal::{Rules, Withdrawal, WithdrawalInput, withdrawal};

const PER_YEAR: StepText = StepText {
    id: "withdrawal.lost_per_year",
    vi: "Mỗi năm từ 2014 đóng {paid} tháng thu nhập, nhận lại {returned} tháng: mất {result} tháng (công văn 3758/BHXH-TT ngày 24/8/2017)",
    en: "Each year from 2014 {paid} months of income are paid and {returned} returned: {result} are lost (letter 3758/BHXH-TT of 2017-08-24)",
    formula: "12 × {rate} − {returned} = {result}",
};

const DIFFERENCE: StepText = StepText {
    id: "withdrawal.lost_amount",
    vi: "Chênh lệch giữa số tiền đã đóng (cả phần Nhà nước hỗ trợ) và số tiền được nhận",
    en: "What was paid, the State's support included, less what is paid out",
    formula: "{paid} − {amount} = {result}",
};

const DELETED: StepText = StepText {
    id: "withdrawal.lost_years",
    vi: "Xóa {months} tháng đóng: tham gia lại thì tính từ đầu; không còn lương hưu, thẻ BHYT do quỹ đóng, trợ cấp mai táng, trợ cấp tuất (Luật 41/2024/QH15, Điều 5 khoản 3, Điều 103, 109, 110)",
    en: "{months} months are deleted: joining again starts from zero; no pension, no health card paid by the fund, no funeral allowance, no survivors' lump sum (Law 41/2024, Art. 5(3), 103, 109, 110)",
    formula: "{months} → 0",
};

const FUNERAL: StepText = StepText {
    id: "withdrawal.lost_funeral",
    vi: "Mất trợ cấp mai táng: {multiple} lần mức tham chiếu (đã đóng từ {least} tháng)",
    en: "The funeral allowance is lost: {multiple} reference levels ({least} months or more were paid)",
    formula: "{multiple} × {reference_level} = {result}",
};

const MISSING: StepText = StepText {
    id: "withdrawal.lost_way_to_pension",
    vi: "Nếu giữ lại thì còn thiếu {result} tháng để đủ {years} năm hưởng lương hưu",
    en: "If the years are kept, {result} months are missing for the {years} years of a pension",
    formula: "12 × {years} − {months} = {result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&PER_YEAR, &DIFFERENCE, &DELETED, &FUNERAL, &MISSING];

/// A right that ends.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// Lương hưu hằng tháng đến hết đời.
    Pension,
    /// Thẻ BHYT do quỹ BHXH đóng.
    HealthCard,
    /// Trợ cấp mai táng.
    FuneralAllowance,
    /// Trợ cấp tuất một lần.
    SurvivorsLumpSum,
    /// Số tiền Nhà nước hỗ trợ.
    StateSupport,
    /// Thời gian đã đóng.
    Years,
}

impl Lost {
    /// The parameter whose reference says so, where there is one.
    pub fn parameter(self) -> Option<&'static str> {
        match self {
            Lost::Pension => Some("pension/minimum_years"),
            Lost::HealthCard => Some("retirees/health_insurance"),
            Lost::FuneralAllowance => Some("death/funeral_multiple"),
            Lost::SurvivorsLumpSum => Some("death/lump_sum_months_per_year"),
            Lost::StateSupport => Some("withdrawal/support_deducted"),
            Lost::Years => None,
        }
    }
}

/// What is lost.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct WithdrawalLoss {
    /// What is paid out.
    pub withdrawal: Withdrawal,
    /// Months of income paid in a year: 2.64.
    pub paid_per_year: Rate,
    /// Months of income returned for a year from 2014: 2.
    pub returned_per_year: Rate,
    /// The difference: 0.64.
    pub lost_per_year: Rate,
    /// Contributions, the State's support included, less what is paid out, in đồng; negative where coefficients bring more.
    pub lost_vnd: AmountVnd,
    /// What the person paid, without the State's support, in đồng.
    pub paid_by_person_vnd: AmountVnd,
    /// Months that are deleted.
    pub months_deleted: u32,
    /// Months that would be missing for a pension.
    pub months_missing_for_pension: u32,
    /// Funeral allowance that is lost, in đồng; none if too little was paid for one.
    pub funeral_allowance_vnd: Option<AmountVnd>,
    /// All rights that end.
    pub lost: Vec<Lost>,
}

/// What somebody who may withdraw loses by it.
///
/// "Months that were withdrawn do not count": Luật 41/2024/QH15, Điều 5 khoản 3; funeral allowance Điều 109, survivors' lump
/// sum Điều 110; 2.64 against 2 months of income: công văn 3758/BHXH-TT (24/8/2017).
///
/// Errors: as of [`withdrawal`].
pub fn loss(
    law: &Law,
    rules: &Rules,
    input: &WithdrawalInput,
    recorder: &mut impl Recorder,
) -> Result<WithdrawalLoss, PolicyError> {
    let withdrawal = withdrawal(law, rules, input, recorder)?;
    Ok(loss_of(rules, withdrawal, recorder))
}

/// The same of a withdrawal that is known.
pub(crate) fn loss_of(
    rules: &Rules,
    withdrawal: Withdrawal,
    recorder: &mut impl Recorder,
) -> WithdrawalLoss {
    let rate = &rules.contribution_rate;
    let paid_per_year = rate.value.times(Rate::whole(12)).expect("fits");
    let returned = &rules.per_year.1;
    let lost_per_year = paid_per_year.minus(returned.value);
    recorder.step(|| {
        Step::new(&PER_YEAR, Value::Number(lost_per_year))
            .with("paid", Value::Number(paid_per_year))
            .with("returned", Value::Number(returned.value))
            .from(&returned.source)
            .using("rate", rate)
    });
    let lost_vnd = withdrawal.paid_vnd - withdrawal.amount_vnd;
    recorder.step(|| {
        Step::new(&DIFFERENCE, lost_vnd)
            .with("paid", withdrawal.paid_vnd)
            .with("amount", withdrawal.amount_vnd)
    });
    let months = withdrawal.months.all();
    recorder.step(|| Step::new(&DELETED, 0_i64).with("months", months));
    let minimum = &rules.retirement.minimum_years;
    let missing = (minimum.value * 12 - i64::from(months)).max(0) as u32;
    recorder.step(|| {
        Step::new(&MISSING, missing)
            .with("months", months)
            .using("years", minimum)
    });
    let has_funeral = i64::from(months) >= rules.funeral_minimum_months.value;
    let funeral = has_funeral.then(|| rules.reference_level.value * rules.funeral_multiple.value);
    if let Some(funeral) = funeral {
        recorder.step(|| {
            Step::new(&FUNERAL, funeral)
                .using("multiple", &rules.funeral_multiple)
                .using("least", &rules.funeral_minimum_months)
                .using("reference_level", &rules.reference_level)
        });
    }
    let mut lost = vec![Lost::Pension, Lost::HealthCard];
    if funeral.is_some() {
        lost.push(Lost::FuneralAllowance);
    }
    lost.push(Lost::SurvivorsLumpSum);
    if withdrawal.deducted_vnd > AmountVnd::ZERO {
        lost.push(Lost::StateSupport);
    }
    lost.push(Lost::Years);
    WithdrawalLoss {
        withdrawal,
        paid_per_year,
        returned_per_year: returned.value,
        lost_per_year,
        lost_vnd,
        paid_by_person_vnd: withdrawal
            .paid_vnd
            .less_at_most(withdrawal.state_support.amount_vnd),
        months_deleted: months,
        months_missing_for_pension: missing,
        funeral_allowance_vnd: funeral,
        lost,
    }
}
