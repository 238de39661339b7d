//! What a pensioner who settles abroad may take at once, by the law until 2025-06-30.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::career::MOST_MONTHS;
use crate::error::{PolicyError, checked};
use crate::parameters::Law;
use crate::rate::Rate;
use crate::trace::{Recorder, Step, StepText, Value};
use crate::withdrawal::amount::months_of_income;
use crate::withdrawal::{Rules, counted_periods};

const MONTHS: StepText = StepText {
    id: "withdrawal.pensioner_abroad_months",
    vi: "Số tháng lương hưu: {per_year_before} cho mỗi năm trước 2014, {per_year} cho mỗi năm từ 2014, mỗi tháng đã hưởng giảm {reduction}",
    en: "Months of pension: {per_year_before} for each year before 2014, {per_year} for each year from 2014, {reduction} less for each month drawn",
    formula: "{per_year_before} × {years_before} + {per_year} × {years} − {drawn} × {reduction} = {result}",
};

const LEAST: StepText = StepText {
    id: "withdrawal.pensioner_abroad_least",
    vi: "Ít nhất {least} tháng lương hưu",
    en: "At least {least} months of pension",
    formula: "{least}",
};

const AMOUNT: StepText = StepText {
    id: "withdrawal.pensioner_abroad",
    vi: "Trợ cấp một lần của người đang hưởng lương hưu ra nước ngoài định cư",
    en: "Paid at once to a pensioner who settles abroad",
    formula: "{months} × {pension} = {result}",
};

/// Who leaves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PensionerAbroadInput {
    /// Months paid before 2014.
    pub months_before_2014: u32,
    /// Months paid from 2014.
    pub months_from_2014: u32,
    /// Present pension, in đồng per month.
    pub pension_vnd: AmountVnd,
    /// Months in which it was drawn.
    pub months_drawn: u32,
}

/// What is paid.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PensionerAbroad {
    /// How many months of pension.
    pub months_of_pension: Rate,
    /// In đồng.
    pub amount_vnd: AmountVnd,
}

/// What a pensioner who settles abroad may take at once until 2025-06-30.
///
/// "For each year paid before 2014 1.5 months of pension, from 2014 2 months; for each month drawn half a month less": Luật
/// 58/2014/QH13, Điều 65 (voluntary pensioners by Điều 77 khoản 5); Thông tư 59/2015/TT-BLĐTBXH, ví dụ 41.
///
/// Errors: from 2025-07-01, whose rule was not read; inputs that cannot be.
pub fn pensioner_abroad_until_2025_06(
    law: &Law,
    on: Date,
    input: &PensionerAbroadInput,
    recorder: &mut impl Recorder,
) -> Result<PensionerAbroad, PolicyError> {
    law.check_date(on)?;
    let parameter = law.parameter("withdrawal/pensioner_abroad");
    let reduction = parameter.rate_of(on, "reduction_per_month_drawn")?;
    let least = parameter.rate_of(on, "least_months")?;
    let most = i64::from(MOST_MONTHS);
    checked(
        "months_before_2014",
        input.months_before_2014.into(),
        0,
        most,
    )?;
    checked("months_from_2014", input.months_from_2014.into(), 0, most)?;
    checked("months_drawn", input.months_drawn.into(), 0, most)?;
    checked("pension_vnd", input.pension_vnd.0, 1, 1_000_000_000)?;
    let rules = Rules::on(law, on)?;
    let periods = counted_periods(
        &rules.pension,
        input.months_before_2014,
        input.months_from_2014,
        recorder,
    );
    let (before, from) = &rules.per_year;
    let gained = months_of_income(periods, before.value, from.value);
    let drawn = Rate::whole(input.months_drawn.into());
    let lost = reduction.value.times(drawn).expect("fits");
    let mut months = gained.minus(lost);
    recorder.step(|| {
        Step::new(&MONTHS, Value::Number(months))
            .with("per_year_before", Value::Number(before.value))
            .from(&before.source)
            .with("per_year", Value::Number(from.value))
            .with("years_before", Value::Number(periods.before_2014))
            .with("years", Value::Number(periods.from_2014))
            .with("drawn", input.months_drawn)
            .with("reduction", Value::Number(reduction.value))
            .from(&reduction.source)
    });
    if months < least.value {
        months = least.value;
        recorder.step(|| {
            Step::new(&LEAST, Value::Number(months))
                .with("least", Value::Number(months))
                .from(&least.source)
        });
    }
    let amount = months.of(input.pension_vnd);
    recorder.step(|| {
        Step::new(&AMOUNT, amount)
            .with("months", Value::Number(months))
            .with("pension", input.pension_vnd)
            .rounded(Rounding::HalfUp)
    });
    Ok(PensionerAbroad {
        months_of_pension: months,
        amount_vnd: amount,
    })
}
