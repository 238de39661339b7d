//! The survivors' lump sum.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::career::{Career, CareerError, MOST_MONTHS};
use crate::death::Rules;
use crate::error::{PolicyError, checked};
use crate::pension;
use crate::rate::Rate;
use crate::trace::{Doubt, Recorder, Step, StepText, Value};
use crate::withdrawal::{by_years, counted_periods, paid};

const SHORT: StepText = StepText {
    id: "death.lump_sum_short_period",
    vi: "Đóng chưa đủ {under} tháng: trợ cấp bằng số tiền đã đóng",
    en: "Under {under} months: the amount paid",
    formula: "{paid}",
};

const SHORT_UNTIL_2025_06: StepText = StepText {
    id: "death.lump_sum_short_period_until_2025_06",
    vi: "Đóng chưa đủ {under} tháng: trợ cấp bằng số tiền đã đóng, tối đa {cap} lần mức bình quân",
    en: "Under {under} months: the amount paid, at most {cap} averages",
    formula: "min({paid}, {cap} × {average}) = {result}",
};

const YEARS: StepText = StepText {
    id: "death.lump_sum",
    vi: "Trợ cấp tuất một lần: {per_year_before} tháng bình quân cho mỗi năm trước 2014, {per_year} tháng cho mỗi năm từ 2014",
    en: "Survivors' lump sum: {per_year_before} averages for each year before 2014, {per_year} for each year from 2014",
    formula: "({per_year_before} × {years_before} + {per_year} × {years}) × {average} = {result}",
};

const LEAST: StepText = StepText {
    id: "death.lump_sum_minimum",
    vi: "Có thời gian đóng bắt buộc: ít nhất {times} lần mức bình quân",
    en: "With compulsory months: at least {times} averages",
    formula: "max({amount}, {times} × {average}) = {result}",
};

const PENSIONER: StepText = StepText {
    id: "death.lump_sum_of_pensioner",
    vi: "Người hưởng lương hưu chết: {months} tháng lương hưu nếu chết trong {first} tháng đầu, mỗi tháng hưởng thêm giảm {reduction} tháng",
    en: "A pensioner's death: {months} months of pension in the first {first} months, {reduction} less for each further month",
    formula: "({months} − {further} × {reduction}) × {pension} = {result}",
};

const PENSIONER_LEAST: StepText = StepText {
    id: "death.lump_sum_of_pensioner_least",
    vi: "Ít nhất {least} tháng lương hưu",
    en: "At least {least} months of pension",
    formula: "{least} × {pension} = {result}",
};

const NO_LEAST: Doubt = Doubt {
    id: "death.lump_sum_of_pensioner_least_until_2025_06",
    vi: "Mức thấp nhất của trợ cấp tuất một lần khi người hưởng lương hưu chết trước 01/7/2025 chưa đọc được: có thể cao hơn.",
    en: "The least lump sum on a pensioner's death before 2025-07-01 was not read: it may be more.",
};

/// Who died.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Deceased {
    /// Was paying or had kept the years.
    Career(Career),
    /// The same, with an average that is known.
    Average {
        /// Average monthly income, in đồng.
        average_vnd: AmountVnd,
        /// Months paid before 2014.
        months_before_2014: u32,
        /// Months paid from 2014.
        months_from_2014: u32,
        /// Of all, compulsory.
        #[serde(default)]
        compulsory_months: u32,
        /// The amount paid, in đồng; needed for a short period.
        paid_vnd: Option<AmountVnd>,
    },
    /// Was drawing a pension.
    Pensioner {
        /// In đồng per month.
        pension_vnd: AmountVnd,
        /// Months in which it was drawn.
        months_drawn: u32,
    },
}

/// Who died.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurvivorsInput {
    /// Who died.
    pub deceased: Deceased,
}

/// What the survivors get.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SurvivorsLumpSum {
    /// In đồng.
    pub amount_vnd: AmountVnd,
    /// Average monthly income, in đồng; none for a pensioner.
    pub average_vnd: Option<AmountVnd>,
    /// Whether the compulsory years allow a monthly allowance instead; none where the rule of the day is not known.
    pub monthly_allowance_possible: Option<bool>,
}

/// What is known of a contributor.
struct Contributor {
    average: AmountVnd,
    before_2014: u32,
    from_2014: u32,
    compulsory: u32,
    paid: Option<AmountVnd>,
}

/// The survivors' lump sum for a death on the day of the rules, in đồng, rounded half up.
///
/// "1.5 averages for each year before 2014, 2 averages from 2014; under 60 months the amount paid": Luật 41/2024/QH15, Điều 110
/// khoản 2; mixed careers at least 3 averages, khoản 3; pensioners 48 months of pension, half a month less for each month after
/// the second, at least 3: khoản 4. Before, Luật 58/2014/QH13, Điều 81: under one year at most 2 averages.
///
/// Errors: a career that cannot be, a year without a coefficient, a short period without the amount paid.
pub fn survivors_lump_sum(
    rules: &Rules,
    input: &SurvivorsInput,
    recorder: &mut impl Recorder,
) -> Result<SurvivorsLumpSum, PolicyError> {
    let most = i64::from(MOST_MONTHS);
    let contributor = match &input.deceased {
        Deceased::Pensioner {
            pension_vnd,
            months_drawn,
        } => {
            checked("pension_vnd", pension_vnd.0, 1, 1_000_000_000)?;
            checked("months_drawn", (*months_drawn).into(), 0, most)?;
            return Ok(SurvivorsLumpSum {
                amount_vnd: of_pensioner(rules, *pension_vnd, *months_drawn, recorder),
                average_vnd: None,
                monthly_allowance_possible: None,
            });
        }
        Deceased::Career(career) => of_career(rules, career, recorder)?,
        Deceased::Average {
            average_vnd,
            months_before_2014,
            months_from_2014,
            compulsory_months,
            paid_vnd,
        } => {
            checked("average_vnd", average_vnd.0, 1, 1_000_000_000)?;
            checked("months_before_2014", (*months_before_2014).into(), 0, most)?;
            checked("months_from_2014", (*months_from_2014).into(), 0, most)?;
            Contributor {
                average: *average_vnd,
                before_2014: *months_before_2014,
                from_2014: *months_from_2014,
                compulsory: *compulsory_months,
                paid: *paid_vnd,
            }
        }
    };
    let amount = of_contributor(rules, &contributor, recorder)?;
    Ok(SurvivorsLumpSum {
        amount_vnd: amount,
        average_vnd: Some(contributor.average),
        monthly_allowance_possible: rules
            .monthly_years
            .as_ref()
            .map(|years| i64::from(contributor.compulsory) >= years.value * 12),
    })
}

fn of_career(
    rules: &Rules,
    career: &Career,
    recorder: &mut impl Recorder,
) -> Result<Contributor, PolicyError> {
    let coefficients = rules.pension.coefficients.as_ref().map_err(Clone::clone)?;
    let average = pension::average(&rules.pension, coefficients, career, recorder)?;
    let paid = paid(
        &rules.contribution_rate,
        career,
        &career.in_order()?,
        recorder,
    );
    Ok(Contributor {
        average: average.average_vnd,
        before_2014: average.months.before_2014,
        from_2014: average.months.from_2014(),
        compulsory: average.months.compulsory,
        paid: Some(paid),
    })
}

fn of_contributor(
    rules: &Rules,
    of: &Contributor,
    recorder: &mut impl Recorder,
) -> Result<AmountVnd, PolicyError> {
    let average = of.average;
    let is_short = i64::from(of.before_2014 + of.from_2014) < rules.short_months.value;
    let mut amount = if is_short {
        let Some(paid) = of.paid else {
            return Err(CareerError::InputMissing { what: "paid_vnd" }.into());
        };
        short_period(rules, paid, average, recorder)
    } else {
        let periods = counted_periods(&rules.pension, of.before_2014, of.from_2014, recorder);
        by_years(&YEARS, &rules.per_year, periods, average, recorder)
    };
    let times = &rules.mixed_minimum;
    let least = average * times.value;
    if of.compulsory > 0 && amount < least {
        recorder.step(|| {
            Step::new(&LEAST, least)
                .using("times", times)
                .with("amount", amount)
                .with("average", average)
        });
        amount = least;
    }
    Ok(amount)
}

fn short_period(
    rules: &Rules,
    paid: AmountVnd,
    average: AmountVnd,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let under = &rules.short_months;
    match &rules.short_cap {
        Some(cap) => {
            let amount = paid.min(average * cap.value);
            recorder.step(|| {
                Step::new(&SHORT_UNTIL_2025_06, amount)
                    .using("under", under)
                    .using("cap", cap)
                    .with("paid", paid)
                    .with("average", average)
            });
            amount
        }
        None => {
            recorder.step(|| {
                Step::new(&SHORT, paid)
                    .using("under", under)
                    .with("paid", paid)
            });
            paid
        }
    }
}

fn of_pensioner(
    rules: &Rules,
    pension: AmountVnd,
    drawn: u32,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let (months, first, reduction, least) = &rules.pensioner;
    let further = (i64::from(drawn) - first.value).max(0);
    let lost = reduction.value.times(Rate::whole(further)).expect("fits");
    let left = months.value.minus(lost).max(Rate::ZERO);
    let amount = left.of(pension);
    let few = Rate::whole(3);
    recorder.step(|| {
        let step = Step::new(&PENSIONER, amount)
            .with("months", Value::Number(months.value))
            .from(&months.source)
            .using("first", first)
            .with("reduction", Value::Number(reduction.value))
            .from(&reduction.source)
            .with("further", further)
            .with("pension", pension)
            .rounded(Rounding::HalfUp);
        if least.is_none() && left < few {
            step.doubted(&NO_LEAST)
        } else {
            step
        }
    });
    match least {
        Some(least) if left < least.value => {
            let amount = least.value.of(pension);
            recorder.step(|| {
                Step::new(&PENSIONER_LEAST, amount)
                    .with("least", Value::Number(least.value))
                    .from(&least.source)
                    .with("pension", pension)
            });
            amount
        }
        _ => amount,
    }
}
