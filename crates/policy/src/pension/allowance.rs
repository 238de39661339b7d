//! The one-time allowance on retirement for years above those that give the highest rate.

use serde::Serialize;

use crate::amount::{AmountVnd, Rounding};
use crate::pension::rate::plus_halves;
use crate::pension::{Rules, half_years};
use crate::rate::Rate;
use crate::retirement::Sex;
use crate::trace::{Doubt, NoTrace, Recorder, Step, StepText, Value};

const YEARS: StepText = StepText {
    id: "pension.one_time_allowance_years",
    vi: "Số năm đóng cao hơn {years} năm của {sex}: {result}",
    en: "Years above the {years} years of a {sex}: {result}",
    formula: "{counted} − {years} = {result}",
};

const UNTIL_AGE: StepText = StepText {
    id: "pension.one_time_allowance",
    vi: "Trợ cấp một lần khi nghỉ hưu: {factor} lần mức bình quân cho mỗi năm cao hơn",
    en: "One-time allowance on retirement: {factor} times the average for each year above",
    formula: "{years} × {factor} × {average} = {result}",
};

const BOTH: StepText = StepText {
    id: "pension.one_time_allowance_after_age",
    vi: "Trợ cấp một lần khi nghỉ hưu: {factor} lần mức bình quân cho mỗi năm cao hơn đến tuổi nghỉ hưu, {factor_after} lần cho mỗi năm đóng sau tuổi đó",
    en: "One-time allowance on retirement: {factor} times the average for each year above until retirement age, {factor_after} times for each year paid after it",
    formula: "({years} × {factor} + {years_after} × {factor_after}) × {average} = {result}",
};

const SPLIT: Doubt = Doubt {
    id: "pension.one_time_allowance_split",
    vi: "Luật không nói làm tròn tháng lẻ thế nào khi có năm đóng cả trước và sau tuổi nghỉ hưu; ở đây phần trước tuổi được làm tròn như toàn bộ thời gian, phần còn lại là sau tuổi.",
    en: "The law does not say how odd months are rounded where years lie before and after retirement age; here the part before is rounded like the whole, the rest lies after.",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&YEARS, &UNTIL_AGE, &BOTH];

/// The doubts that phones carry too.
pub(super) const DOUBTS: &[&Doubt] = &[&SPLIT];

/// The allowance.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct OneTimeAllowance {
    /// How many average incomes.
    pub months_of_income: Rate,
    /// In đồng.
    pub amount_vnd: AmountVnd,
}

/// The one-time allowance on retirement. `months_after_age` were paid after retirement age by somebody already entitled.
///
/// "…for each year above 35 (men) or 30 (women) until retirement age half the average; for each year paid after it twice the
/// average": Luật 41/2024/QH15, Điều 100. Until 2025-06-30 half the average for each year above those that give 75 %: Luật
/// 58/2014/QH13, Điều 75.
#[inline]
pub fn one_time_allowance(
    rules: &Rules,
    sex: Sex,
    months: u32,
    months_after_age: u32,
    average: AmountVnd,
    recorder: &mut impl Recorder,
) -> OneTimeAllowance {
    let years = &rules.allowance_years[sex as usize];
    let threshold = (years.value * 2) as u32;
    let counted = half_years(rules, months, &mut NoTrace);
    let above = counted.0.saturating_sub(threshold);
    if above == 0 {
        return OneTimeAllowance {
            months_of_income: Rate::ZERO,
            amount_vnd: AmountVnd::ZERO,
        };
    }
    recorder.step(|| {
        Step::new(&YEARS, halves(above))
            .with("sex", sex)
            .with("counted", counted)
            .using("years", years)
    });
    let (factor, factor_after) = &rules.allowance_factor;
    let after = match factor_after {
        Some(_) if months_after_age > 0 => {
            let before_age =
                half_years(rules, months.saturating_sub(months_after_age), &mut NoTrace);
            above - before_age.0.saturating_sub(threshold)
        }
        _ => 0,
    };
    let until = plus_halves(Rate::ZERO, factor.value, above - after);
    let months_of_income = match factor_after {
        Some(factor_after) => plus_halves(until, factor_after.value, after),
        None => until,
    };
    let amount_vnd = months_of_income.of(average);
    recorder.step(|| {
        let step = match factor_after {
            Some(factor_after) if after > 0 => Step::new(&BOTH, amount_vnd)
                .with("years_after", halves(after))
                .with("factor_after", Value::Number(factor_after.value))
                .from(&factor_after.source)
                .doubted(&SPLIT),
            _ => Step::new(&UNTIL_AGE, amount_vnd),
        };
        step.with("years", halves(above - after))
            .with("factor", Value::Number(factor.value))
            .from(&factor.source)
            .with("average", average)
            .rounded(Rounding::HalfUp)
    });
    OneTimeAllowance {
        months_of_income,
        amount_vnd,
    }
}

fn halves(count: u32) -> Value {
    Value::Number(Rate::new(count.into(), 2).expect("fits"))
}
