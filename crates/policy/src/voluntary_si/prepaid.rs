//! Paying once for two to five years ahead.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::compound;
use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::InForce;
use crate::rate::Rate;
use crate::trace::{Doubt, Recorder, Step, StepText};
use crate::voluntary_si::payment::{chosen_contribution, payer};
use crate::voluntary_si::{Categories, Residence, Rules, Support, VoluntarySiError, support};

pub(crate) const AHEAD: StepText = StepText {
    id: "voluntary_si.prepaid",
    vi: "Đóng một lần cho {months} tháng về sau: mỗi tháng được chiết khấu theo lãi suất đầu tư quỹ bình quân tháng r",
    en: "Paid once for {months} months ahead: each month is discounted at the average monthly return r of the fund",
    formula: "Σ(i = 1…{months}) {monthly} ÷ (1 + {r})^(i−1) = {result}",
};

const SUPPORT_OF_PREPAID: StepText = StepText {
    id: "voluntary_si.prepaid_support",
    vi: "Hỗ trợ của Nhà nước cho thời gian đóng trước: số tháng × mức hỗ trợ tháng, không chiết khấu",
    en: "State support of the time paid ahead: months × monthly support, not discounted",
    formula: "{result}",
};

/// From 2025-07-01 the law does not say how support of prepaid and bought months is computed.
pub(crate) const SUPPORT_FORMULA: Doubt = Doubt {
    id: "voluntary_si.support_formula",
    vi: "Nghị định 159/2025/NĐ-CP không có công thức riêng cho phần Nhà nước hỗ trợ khi đóng trước nhiều năm hoặc đóng cho thời gian thiếu: ở đây lấy số tháng × mức hỗ trợ tháng.",
    en: "Decree 159/2025/NĐ-CP has no formula of its own for State support of years paid ahead or of the missing period: months × monthly support is used here.",
};

/// Years ahead, and for whom.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrepaidInput {
    /// Chosen income, in đồng per month.
    pub income_vnd: AmountVnd,
    /// Years ahead, from 2 to 5.
    pub years: u32,
    /// First month that is paid for; the month of the payment if not said.
    pub first_month: Option<Month>,
    /// The person's categories at the time of payment.
    #[serde(default)]
    pub categories: Categories,
    /// Months with State support before.
    #[serde(default)]
    pub supported_months: u32,
    /// For local support; used where the rules are resolved.
    pub residence: Option<Residence>,
}

/// What the years ahead cost and who pays it.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PrepaidPayment {
    /// Months ahead.
    pub months: u32,
    /// First month that is paid for.
    pub first_month: Month,
    /// Last month that is paid for.
    pub last_month: Month,
    /// Contribution per month before discount, in đồng.
    pub monthly_vnd: AmountVnd,
    /// What is paid for all, in đồng.
    pub contribution_vnd: AmountVnd,
    /// What the discount saves against paying monthly, in đồng.
    pub discount_vnd: AmountVnd,
    /// Of the State and the province.
    pub support: Support,
    /// Of the participant, in đồng.
    pub payer_vnd: AmountVnd,
}

/// What two to five years ahead cost at once. `fund_return` is that of the day of payment ([`crate::Law::fund_return`]).
///
/// "The contribution for n years ahead is the sum of the monthly contributions, each discounted at the average monthly
/// return of the fund of the year before": Nghị định 159/2025/NĐ-CP, Điều 6 khoản 2; Quyết định 595/QĐ-BHXH, Điều 10 khoản
/// 3: `Σ(i = 1…12n) 22 % × TN / (1 + r)^(i−1)`, rounded half up once.
///
/// Errors: an income that may not be chosen, another number of years, more supported months before than the law gives.
pub fn prepaid(
    rules: &Rules,
    fund_return: &InForce<Rate>,
    input: &PrepaidInput,
    recorder: &mut impl Recorder,
) -> Result<PrepaidPayment, PolicyError> {
    let monthly = chosen_contribution(rules, input.income_vnd, recorder)?;
    let (least, most) = &rules.prepaid_years;
    if !(least.value..=most.value).contains(&i64::from(input.years)) {
        let (rule, least, most) = (most.source.clone(), least.value, most.value);
        return Err(VoluntarySiError::PrepaidYears {
            years: input.years,
            least,
            most,
            rule,
        }
        .into());
    }
    let months = input.years * 12;
    let contribution = usable(fund_return, |r| {
        compound::discounted(monthly, r, 0, months - 1)
    })?;
    recorder.step(|| {
        Step::new(&AHEAD, contribution)
            .with("months", months)
            .with("monthly", monthly)
            .using("r", fund_return)
            .rounded(Rounding::HalfUp)
    });
    let support = support(
        rules,
        input.categories,
        months,
        input.supported_months,
        contribution,
        recorder,
    )?;
    if rules.is_law_2024() {
        recorder
            .step(|| Step::new(&SUPPORT_OF_PREPAID, support.state_vnd).doubted(&SUPPORT_FORMULA));
    }
    let first_month = input.first_month.unwrap_or_else(|| Month::of(rules.on));
    Ok(PrepaidPayment {
        months,
        first_month,
        last_month: first_month.plus(months as i32 - 1),
        monthly_vnd: monthly,
        contribution_vnd: contribution,
        discount_vnd: monthly * i64::from(months) - contribution,
        payer_vnd: payer(contribution, &support, recorder),
        support,
    })
}

/// Computes with a monthly return that makes sense: from 0 to 10 %.
pub(crate) fn usable(
    fund_return: &InForce<Rate>,
    sum: impl FnOnce(Rate) -> Option<AmountVnd>,
) -> Result<AmountVnd, PolicyError> {
    let rate = fund_return.value;
    let most = Rate::new(1, 10).expect("a tenth is a fraction");
    let sum = if rate > most { None } else { sum(rate) };
    sum.ok_or(PolicyError::FundReturnUnusable { rate })
}
