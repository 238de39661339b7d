//! Paying monthly, or for 3, 6 or 12 months.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::error::PolicyError;
use crate::month::Month;
use crate::trace::{Recorder, Step, StepText};
use crate::voluntary_si::{Categories, Residence, Rules, Support, income_checked, support};

const MONTHLY: StepText = StepText {
    id: "voluntary_si.contribution_monthly",
    vi: "Mức đóng hằng tháng bằng {rate} mức thu nhập chọn",
    en: "The monthly contribution is {rate} of the chosen income",
    formula: "{rate} × {income} = {result}",
};

const BLOCK: StepText = StepText {
    id: "voluntary_si.contribution",
    vi: "Số tiền đóng cho {months} tháng",
    en: "Contribution for {months} months",
    formula: "{months} × {monthly} = {result}",
};

const DEADLINE: StepText = StepText {
    id: "voluntary_si.deadline",
    vi: "Thời hạn đóng: hết tháng thứ {month_of_block} của kỳ, tức cuối tháng {result}; quá hạn là tạm dừng đóng",
    en: "Deadline: end of month {month_of_block} of the block, that is of {result}; later is a suspension",
    formula: "{first_month} + {month_of_block} − 1 = {result}",
};

const PAYER: StepText = StepText {
    id: "voluntary_si.payer",
    vi: "Người tham gia đóng phần còn lại",
    en: "The participant pays the rest",
    formula: "{contribution} − {state} − {local} = {result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&MONTHLY, &BLOCK, &DEADLINE, &PAYER];

/// A regular payment mode.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Hằng tháng.
    Monthly,
    /// 03 tháng một lần.
    ThreeMonths,
    /// 06 tháng một lần.
    SixMonths,
    /// 12 tháng một lần.
    TwelveMonths,
}

impl Mode {
    /// The word of the parameter files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Monthly => "monthly",
            Mode::ThreeMonths => "three_months",
            Mode::SixMonths => "six_months",
            Mode::TwelveMonths => "twelve_months",
        }
    }
}

/// Who pays what, how often.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentInput {
    /// Chosen income, in đồng per month.
    pub income_vnd: AmountVnd,
    /// How often it is paid.
    pub mode: Mode,
    /// First month of the block; the month of the payment if not said.
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

/// What one block costs and who pays it.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Payment {
    /// Months of the block.
    pub months: u32,
    /// First month that is paid for.
    pub first_month: Month,
    /// Last month that is paid for.
    pub last_month: Month,
    /// It is to be paid by the last day of this month.
    pub pay_by: Month,
    /// Contribution per month, in đồng.
    pub monthly_vnd: AmountVnd,
    /// Contribution of the block, in đồng.
    pub contribution_vnd: AmountVnd,
    /// Of the State and the province.
    pub support: Support,
    /// Of the participant, in đồng.
    pub payer_vnd: AmountVnd,
}

/// Contribution of a voluntary participant per month, in đồng, rounded half up.
///
/// "The monthly contribution is 22 % of the income chosen": Luật 41/2024/QH15, Điều 36 khoản 1; Luật 58/2014/QH13, Điều 87
/// khoản 1; parameter `voluntary_si/contribution_rate`. Does not check the income; see [`income_checked`].
#[inline]
pub fn monthly_contribution(
    rules: &Rules,
    income: AmountVnd,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let monthly = rules.contribution_ready.of(income);
    recorder.step(|| {
        Step::new(&MONTHLY, monthly)
            .using("rate", &rules.contribution_rate)
            .with("income", income)
            .rounded(Rounding::HalfUp)
    });
    monthly
}

/// The same of an income that may be chosen.
///
/// Errors: an income that may not be chosen.
#[inline]
pub(crate) fn chosen_contribution(
    rules: &Rules,
    income: AmountVnd,
    recorder: &mut impl Recorder,
) -> Result<AmountVnd, PolicyError> {
    income_checked(rules, income, recorder)?;
    Ok(monthly_contribution(rules, income, recorder))
}

/// What a block of 1, 3, 6 or 12 months costs, what of it the State and the province pay, and by when it is to be paid.
///
/// "Monthly, every 3, 6 or 12 months": Luật 41/2024/QH15, Điều 36 khoản 2; within the month, the 3 months, the first 4, the
/// first 7 months: khoản 3. A block is not computed anew when the poverty line or the person's category changes while it
/// runs: Nghị định 159/2025/NĐ-CP, Điều 5 khoản 5.
///
/// Errors: an income that may not be chosen, more supported months before than the law gives.
#[inline]
pub fn payment(
    rules: &Rules,
    input: &PaymentInput,
    recorder: &mut impl Recorder,
) -> Result<Payment, PolicyError> {
    let (_, deadline) = &rules.modes[input.mode as usize];
    let (months, monthly, contribution) = block(rules, input.income_vnd, input.mode, recorder)?;
    let support = support(
        rules,
        input.categories,
        months,
        input.supported_months,
        contribution,
        recorder,
    )?;
    let first_month = input.first_month.unwrap_or_else(|| Month::of(rules.on));
    let pay_by = first_month.plus(deadline.value as i32 - 1);
    recorder.step(|| {
        Step::new(&DEADLINE, pay_by)
            .using("month_of_block", deadline)
            .with("first_month", first_month)
    });
    Ok(Payment {
        months,
        first_month,
        last_month: first_month.plus(months as i32 - 1),
        pay_by,
        monthly_vnd: monthly,
        contribution_vnd: contribution,
        payer_vnd: payer(contribution, &support, recorder),
        support,
    })
}

/// Months of a block, its contribution per month and in all.
///
/// Errors: an income that may not be chosen.
#[inline]
pub(crate) fn block(
    rules: &Rules,
    income: AmountVnd,
    mode: Mode,
    recorder: &mut impl Recorder,
) -> Result<(u32, AmountVnd, AmountVnd), PolicyError> {
    let monthly = chosen_contribution(rules, income, recorder)?;
    let (block, _) = &rules.modes[mode as usize];
    let contribution = monthly * block.value;
    recorder.step(|| {
        Step::new(&BLOCK, contribution)
            .using("months", block)
            .with("monthly", monthly)
    });
    Ok((block.value as u32, monthly, contribution))
}

/// What State and province leave to the participant.
#[inline]
pub(crate) fn payer(
    contribution: AmountVnd,
    support: &Support,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let payer = contribution - support.state_vnd - support.local_vnd;
    recorder.step(|| {
        Step::new(&PAYER, payer)
            .with("contribution", contribution)
            .with("state", support.state_vnd)
            .with("local", support.local_vnd)
    });
    payer
}
