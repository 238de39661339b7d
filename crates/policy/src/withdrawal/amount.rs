//! How much is paid out at once.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::career::{Career, Months, Span, incomes_checked};
use crate::error::{PolicyError, checked};
use crate::parameters::{InForce, Law};
use crate::pension::{self, AssumedCoefficient};
use crate::rate::Rate;
use crate::retirement::{Birthday, Sex};
use crate::trace::{Recorder, Step, StepText, Value};
use crate::withdrawal::{
    Disease, Periods, Reason, Rules, StateSupport, allowed, counted_periods, state_support,
};

pub(crate) const PAID: StepText = StepText {
    id: "withdrawal.paid",
    vi: "Số tiền đã đóng cho {months} tháng: {rate} của tổng thu nhập",
    en: "Paid for {months} months: {rate} of all incomes",
    formula: "{rate} × {incomes} = {result}",
};

const SHORT: StepText = StepText {
    id: "withdrawal.short_period",
    vi: "Đóng chưa đủ {under} tháng: hưởng số tiền đã đóng, tối đa {cap} lần mức bình quân thu nhập",
    en: "Under {under} months: the amount paid, at most {cap} times the average income",
    formula: "min({paid}, {cap} × {average}) = {result}",
};

const YEARS: StepText = StepText {
    id: "withdrawal.gross",
    vi: "Mức hưởng một lần: {per_year_before} tháng bình quân cho mỗi năm trước 2014, {per_year} tháng cho mỗi năm từ 2014",
    en: "Withdrawal: {per_year_before} averages for each year before 2014, {per_year} for each year from 2014",
    formula: "({per_year_before} × {years_before} + {per_year} × {years}) × {average} = {result}",
};

const STATED: StepText = StepText {
    id: "withdrawal.state_support_stated",
    vi: "Số tiền Nhà nước đã hỗ trợ theo xác nhận của cơ quan BHXH",
    en: "State support as stated by the agency",
    formula: "{result}",
};

const NOT_DEDUCTED: StepText = StepText {
    id: "withdrawal.support_not_deducted",
    vi: "Trường hợp bệnh nguy hiểm, mất khả năng lao động: không trừ số tiền Nhà nước hỗ trợ",
    en: "For serious disease and disability the State's support is not deducted",
    formula: "{gross}",
};

const NET: StepText = StepText {
    id: "withdrawal.amount",
    vi: "Được nhận sau khi trừ số tiền Nhà nước đã hỗ trợ",
    en: "Paid out after the State's support is deducted",
    formula: "{gross} − {support} = {result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&PAID, &SHORT, &YEARS, &STATED, &NOT_DEDUCTED, &NET];

/// Who withdraws.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalInput {
    /// Why.
    pub reason: Reason,
    /// For reaching the age.
    pub born: Option<Birthday>,
    /// For reaching the age.
    pub sex: Option<Sex>,
    /// For a serious disease.
    pub disease: Option<Disease>,
    /// For disability.
    pub capacity_loss_percent: Option<u32>,
    /// For disability.
    #[serde(default)]
    pub extremely_severe_disability: bool,
    /// All that was paid.
    pub career: Career,
    /// State support as stated by the agency, in đồng; computed from the months if not said.
    pub state_support_vnd: Option<AmountVnd>,
    /// Coefficients of a table that is not published here.
    #[serde(default)]
    pub coefficients: Vec<AssumedCoefficient>,
}

/// What is paid out.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Withdrawal {
    /// How many months of what.
    pub months: Months,
    /// Average monthly income, in đồng.
    pub average_vnd: AmountVnd,
    /// Contributions of all months without return on months bought, in đồng.
    pub paid_vnd: AmountVnd,
    /// Years counted before 2014; 0 for a short period.
    pub years_before_2014: Rate,
    /// Years counted from 2014; 0 for a short period.
    pub years_from_2014: Rate,
    /// Whether the period is too short to count years.
    pub is_short_period: bool,
    /// Before the deduction, in đồng.
    pub gross_vnd: AmountVnd,
    /// What the State had paid.
    pub state_support: StateSupport,
    /// What of it is deducted, in đồng.
    pub deducted_vnd: AmountVnd,
    /// Paid out, in đồng.
    pub amount_vnd: AmountVnd,
}

/// What is paid out to somebody who may withdraw, rounded half up.
///
/// "For each year 1.5 averages before 2014, 2 averages from 2014; under one year the amount paid, at most 2 averages": Luật
/// 41/2024/QH15, Điều 102 khoản 2; Luật 58/2014/QH13, Điều 77 khoản 2. "…less the State's support, except points c and d": Điều
/// 102 khoản 3; Nghị định 159/2025/NĐ-CP, Điều 9. The coefficients are those of the year of the decision: Điều 102 khoản 4.
///
/// Errors: a reason that does not allow it, a career that cannot be, a year without a coefficient.
pub fn withdrawal(
    law: &Law,
    rules: &Rules,
    input: &WithdrawalInput,
    recorder: &mut impl Recorder,
) -> Result<Withdrawal, PolicyError> {
    input.career.in_order()?;
    allowed(rules, input, recorder)?;
    withdrawal_unchecked(law, rules, input, recorder)
}

/// The same without asking whether it is allowed.
///
/// Errors: a career that cannot be, a year without a coefficient.
pub fn withdrawal_unchecked(
    law: &Law,
    rules: &Rules,
    input: &WithdrawalInput,
    recorder: &mut impl Recorder,
) -> Result<Withdrawal, PolicyError> {
    incomes_checked(law, rules.on, &input.career)?;
    let spans = input.career.in_order()?;
    if let Some(stated) = input.state_support_vnd {
        checked("state_support_vnd", stated.0, 0, 1_000_000_000)?;
    }
    let coefficients = pension::coefficients_at(law, &rules.pension, &input.coefficients)?;
    let average = pension::average(&rules.pension, &coefficients, &input.career, recorder)?;
    let months = average.months;
    let paid = paid(&rules.contribution_rate, &input.career, &spans, recorder);
    let is_short_period = i64::from(months.all()) < rules.short_period.0.value;
    let (periods, gross) = if is_short_period {
        let gross = short_period(rules, paid, average.average_vnd, recorder);
        (None, gross)
    } else {
        let periods = counted_periods(
            &rules.pension,
            months.before_2014,
            months.from_2014(),
            recorder,
        );
        let gross = by_years(
            &YEARS,
            &rules.per_year,
            periods,
            average.average_vnd,
            recorder,
        );
        (Some(periods), gross)
    };
    let state_support = match input.state_support_vnd {
        Some(amount_vnd) => {
            recorder.step(|| Step::new(&STATED, amount_vnd));
            StateSupport {
                months: 0,
                amount_vnd,
            }
        }
        None => state_support(rules, &spans, recorder),
    };
    let deducted = deduction(rules, input.reason, state_support, gross, recorder);
    Ok(Withdrawal {
        months,
        average_vnd: average.average_vnd,
        paid_vnd: paid,
        years_before_2014: periods.map_or(Rate::ZERO, |periods| periods.before_2014),
        years_from_2014: periods.map_or(Rate::ZERO, |periods| periods.from_2014),
        is_short_period,
        gross_vnd: gross,
        state_support,
        deducted_vnd: deducted,
        amount_vnd: gross - deducted,
    })
}

/// What was paid on all incomes, as they were.
pub(crate) fn paid(
    rate: &InForce<Rate>,
    career: &Career,
    spans: &[Span],
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let spans = spans
        .iter()
        .map(|span| span.income_vnd * i64::from(span.months()));
    let bought = career
        .bought
        .iter()
        .map(|bought| bought.income_vnd * i64::from(bought.months));
    let incomes: AmountVnd = spans.chain(bought).sum();
    let paid = rate.value.of(incomes);
    recorder.step(|| {
        Step::new(&PAID, paid)
            .with("months", career.months().all())
            .using("rate", rate)
            .with("incomes", incomes)
            .rounded(Rounding::HalfUp)
    });
    paid
}

fn short_period(
    rules: &Rules,
    paid: AmountVnd,
    average: AmountVnd,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let (under, cap) = &rules.short_period;
    let gross = paid.min(average * cap.value);
    recorder.step(|| {
        Step::new(&SHORT, gross)
            .using("under", under)
            .using("cap", cap)
            .with("paid", paid)
            .with("average", average)
    });
    gross
}

/// So many average incomes for each year before 2014 and each year from 2014; the step is told with `text`.
pub(crate) fn by_years(
    text: &'static StepText,
    (before, from): &(InForce<Rate>, InForce<Rate>),
    periods: Periods,
    average: AmountVnd,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let amount = months_of_income(periods, before.value, from.value).of(average);
    recorder.step(|| {
        Step::new(text, amount)
            .with("per_year_before", Value::Number(before.value))
            .from(&before.source)
            .with("per_year", Value::Number(from.value))
            .from(&from.source)
            .with("years_before", Value::Number(periods.before_2014))
            .with("years", Value::Number(periods.from_2014))
            .with("average", average)
            .rounded(Rounding::HalfUp)
    });
    amount
}

/// How many average incomes.
pub(crate) fn months_of_income(periods: Periods, before: Rate, from: Rate) -> Rate {
    let before = periods.before_2014.times(before).expect("fits");
    let from = periods.from_2014.times(from).expect("fits");
    before.plus(from)
}

fn deduction(
    rules: &Rules,
    reason: Reason,
    support: StateSupport,
    gross: AmountVnd,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let (general, disease) = &rules.deducted;
    let flag = match reason {
        Reason::SeriousDisease | Reason::Disability => disease,
        _ => general,
    };
    if flag.value == 0 {
        recorder.step(|| {
            Step::new(&NOT_DEDUCTED, gross)
                .with("gross", gross)
                .from(&flag.source)
        });
        return AmountVnd::ZERO;
    }
    let deducted = support.amount_vnd.min(gross);
    recorder.step(|| {
        Step::new(&NET, gross - deducted)
            .with("gross", gross)
            .with("support", deducted)
            .from(&flag.source)
    });
    deducted
}
