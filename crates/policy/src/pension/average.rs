//! The average monthly income over all the months paid, at the prices of the year in which the benefit starts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::career::{Career, Months, Span};
use crate::error::PolicyError;
use crate::month::Month;
use crate::pension::coefficients::SCALE;
use crate::pension::{AssumedCoefficient, Coefficients, Rules};
use crate::person::Scheme;
use crate::rate::Rate;
use crate::trace::{Doubt, Recorder, Step, StepText, Value};

const YEAR: StepText = StepText {
    id: "pension.adjusted_year",
    vi: "Năm {year}, {scheme}: {months} tháng, tổng thu nhập nhân hệ số trượt giá {coefficient}",
    en: "{year}, {scheme}: {months} months, incomes times the coefficient {coefficient}",
    formula: "{incomes} × {coefficient} = {result}",
};

const LATER_YEAR: StepText = StepText {
    id: "pension.adjusted_later_year",
    vi: "Năm {year}, {scheme}: {months} tháng; chưa có hệ số trượt giá, lấy 1",
    en: "{year}, {scheme}: {months} months; there is no coefficient yet, 1 is taken",
    formula: "{incomes} × 1 = {result}",
};

const BOUGHT: StepText = StepText {
    id: "pension.adjusted_bought",
    vi: "{months} tháng đóng một lần cho thời gian còn thiếu có hệ số {coefficient}",
    en: "{months} months bought for the missing period have the coefficient {coefficient}",
    formula: "{incomes} × {coefficient} = {result}",
};

const BOUGHT_UNTIL_2025_06: StepText = StepText {
    id: "pension.adjusted_bought_until_2025_06",
    vi: "{months} tháng đóng một lần cho thời gian còn thiếu, hệ số của năm đóng tiền {year}",
    en: "{months} months bought for the missing period, with the coefficient of the year of payment, {year}",
    formula: "{incomes} × {coefficient} = {result}",
};

const COMPULSORY: StepText = StepText {
    id: "pension.compulsory_average",
    vi: "Phần bắt buộc: mức bình quân do cơ quan BHXH xác định nhân số tháng bắt buộc",
    en: "Compulsory part: the average established by the agency times the compulsory months",
    formula: "{average} × {months} = {result}",
};

const AVERAGE: StepText = StepText {
    id: "pension.average_income",
    vi: "Mức bình quân thu nhập tháng của {months} tháng, bỏ phần lẻ của đồng",
    en: "Average monthly income of {months} months, without the part of a đồng",
    formula: "{sum} ÷ {months} = {result}",
};

const RULES_OF_THE_DAY: StepText = StepText {
    id: "pension.rules_of_the_day",
    vi: "Lương hưu bắt đầu từ {starts}, sau ngày hỏi {day}: tính theo quy định và hệ số của ngày hỏi",
    en: "The pension starts in {starts}, after the day asked for, {day}: its rules and coefficients are used",
    formula: "{starts} > {day}",
};

/// Nobody knows the law of a later year.
pub(crate) const LATER_LAW: Doubt = Doubt {
    id: "pension.later_law",
    vi: "Lương hưu bắt đầu sau ngày hỏi được tính theo quy định và hệ số trượt giá của ngày hỏi, chưa tính trượt giá và điều chỉnh về sau.",
    en: "A pension that starts after the day asked for is computed by the rules and coefficients of that day, without later indexation.",
};

const BOUGHT_COEFFICIENT: Doubt = Doubt {
    id: "pension.bought_months_coefficient_until_2025_06",
    vi: "Trước 01/7/2025 chưa thấy quy định hệ số riêng cho tháng đóng một lần; lấy hệ số của năm đóng tiền.",
    en: "Before 2025-07-01 no coefficient of its own was found for months bought at once; that of the year of payment is used.",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&YEAR, &LATER_YEAR, &AVERAGE, &RULES_OF_THE_DAY];

/// The doubts that phones carry too.
pub(super) const DOUBTS: &[&Doubt] = &[&LATER_LAW];

/// Whose average.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AverageInput {
    /// All that was paid.
    pub career: Career,
    /// First month of the benefit, where it is not that of the day asked for.
    pub starts: Option<Month>,
    /// Coefficients of a table that is not published here.
    #[serde(default)]
    pub coefficients: Vec<AssumedCoefficient>,
}

/// The average and its months.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Average {
    /// Average monthly income, in đồng.
    pub average_vnd: AmountVnd,
    /// How many months of what.
    pub months: Months,
}

/// The average monthly income.
///
/// "…the average of the incomes of the whole period of contribution", each adjusted by the price index: Luật 41/2024/QH15,
/// Điều 104; Nghị định 159/2025/NĐ-CP, Điều 10; before, Luật 58/2014/QH13, Điều 79. Months bought have the coefficient 1: Điều
/// 10 khoản 3. With compulsory months `(Mbq compulsory × its months + Σ adjusted voluntary incomes) ÷ all months`: Nghị định
/// 159/2025/NĐ-CP, Điều 11 khoản 4. Compulsory wages are taken as decided by the employer, with the same coefficients; for
/// those of the State's scale the agency's average is to be given.
///
/// Errors: a career that cannot be, a year without a coefficient.
pub fn average(
    rules: &Rules,
    coefficients: &Coefficients,
    career: &Career,
    recorder: &mut impl Recorder,
) -> Result<Average, PolicyError> {
    let spans = career.in_order()?;
    let months = career.months();
    let mut sum = 0_i64;
    for ((year, scheme), part) in by_year(&spans) {
        if scheme == Scheme::CompulsorySi && career.compulsory_average_vnd.is_some() {
            continue;
        }
        let scaled = coefficients.scaled(year, scheme)?;
        sum += part.incomes * scaled;
        tell_year(coefficients, year, scheme, part, scaled, recorder);
    }
    if let Some(average) = career.compulsory_average_vnd {
        sum += average.0 * i64::from(months.compulsory) * SCALE;
        recorder.step(|| {
            Step::new(&COMPULSORY, average * i64::from(months.compulsory))
                .with("average", average)
                .with("months", months.compulsory)
        });
    }
    for bought in &career.bought {
        let incomes = bought.income_vnd * i64::from(bought.months);
        let year = bought.paid_in.year();
        let scaled = match &rules.bought {
            Some(coefficient) => {
                coefficient.value.numerator() * SCALE / coefficient.value.denominator()
            }
            None => coefficients.scaled(year, Scheme::VoluntarySi)?,
        };
        sum += incomes.0 * scaled;
        recorder.step(|| {
            let step = match &rules.bought {
                Some(coefficient) => Step::new(&BOUGHT, exact(incomes.0, scaled))
                    .with("coefficient", Value::Number(coefficient.value))
                    .from(&coefficient.source),
                None => Step::new(&BOUGHT_UNTIL_2025_06, exact(incomes.0, scaled))
                    .with("coefficient", exact(1, scaled))
                    .with("year", Value::Year(year))
                    .doubted(&BOUGHT_COEFFICIENT),
            };
            step.with("months", bought.months).with("incomes", incomes)
        });
    }
    let count = months.all();
    let average_vnd = truncated_average(sum, count);
    recorder.step(|| {
        Step::new(&AVERAGE, average_vnd)
            .with("months", count)
            .with("sum", exact(sum, 1))
            .rounded(Rounding::Truncate)
    });
    Ok(Average {
        average_vnd,
        months,
    })
}

/// Says that the rules of the day asked for stand in for those of a later start.
pub(crate) fn tell_assumed_rules(
    day: jiff::civil::Date,
    starts: Month,
    recorder: &mut impl Recorder,
) {
    if starts > Month::of(day) {
        recorder.step(|| {
            Step::new(&RULES_OF_THE_DAY, true)
                .with("starts", starts)
                .with("day", day)
                .doubted(&LATER_LAW)
        });
    }
}

/// `sum` is in [`SCALE`].
#[inline]
pub(crate) fn truncated_average(sum: i64, months: u32) -> AmountVnd {
    AmountVnd(sum / (SCALE * i64::from(months)))
}

#[derive(Copy, Clone, Default)]
struct YearPart {
    incomes: i64,
    months: u32,
}

/// Incomes and months by year, compulsory first.
fn by_year(spans: &[Span]) -> BTreeMap<(i16, Scheme), YearPart> {
    let mut years = BTreeMap::new();
    for span in spans {
        for year in span.from.year()..=span.to.year() {
            let january = Month::new(year, 1).unwrap_or(span.from);
            let (first, last) = (span.from.max(january), span.to.min(january.plus(11)));
            let months = last.since(first) + 1;
            let part: &mut YearPart = years.entry((year, span.scheme)).or_default();
            part.incomes += span.income_vnd.0 * i64::from(months);
            part.months += months as u32;
        }
    }
    years
}

/// An amount in [`SCALE`] with its decimals.
fn exact(amount: i64, scaled: i64) -> Value {
    let value = Rate::new(i128::from(amount) * i128::from(scaled), SCALE.into());
    Value::Number(value.unwrap_or(Rate::ZERO))
}

fn tell_year(
    coefficients: &Coefficients,
    year: i16,
    scheme: Scheme,
    part: YearPart,
    scaled: i64,
    recorder: &mut impl Recorder,
) {
    recorder.step(|| {
        let result = exact(part.incomes, scaled);
        let step = match coefficients.in_force(year) {
            Some(coefficient) => Step::new(&YEAR, result)
                .with("coefficient", Value::Number(coefficient.value))
                .from(&coefficient.source),
            None => Step::new(&LATER_YEAR, result).doubted(&LATER_LAW),
        };
        step.with("year", Value::Year(year))
            .with("scheme", scheme)
            .with("months", part.months)
            .with("incomes", AmountVnd(part.incomes))
    });
}
