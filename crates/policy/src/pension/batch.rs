//! The pension of many people at once: monthly incomes as slices, nothing looked up, nothing allocated per person.

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::month::Month;
use crate::pension::average::truncated_average;
use crate::pension::rate::{HalfYears, half_years, on_scale, too_short};
use crate::pension::{Coefficients, Rules, one_time_allowance};
use crate::person::Scheme;
use crate::rate::Rate;
use crate::retirement::Sex;
use crate::trace::NoTrace;

/// One person: months without a gap from the first on, all in one scheme.
#[derive(Copy, Clone, Debug)]
pub struct BatchCareer<'a> {
    /// By which the scale differs.
    pub sex: Sex,
    /// Month of the first income.
    pub first_month: Month,
    /// Which scheme.
    pub scheme: Scheme,
    /// Income of each month, in đồng, at most a thousand million each.
    pub incomes: &'a [AmountVnd],
}

/// The pension of one person.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct BatchPension {
    /// Average monthly income, in đồng.
    pub average_vnd: AmountVnd,
    /// Share of the average.
    pub rate: Rate,
    /// In đồng per month.
    pub pension_vnd: AmountVnd,
    /// On retirement, in đồng.
    pub one_time_allowance_vnd: AmountVnd,
}

/// No life has more half years of contributions.
const MOST_HALF_YEARS: usize = 201;

/// What a batch looks up once.
#[derive(Clone, Debug)]
pub struct BatchRules<'a> {
    rules: &'a Rules,
    coefficients: &'a Coefficients,
    /// The rate of men and women by half years, none where the scale of the day has none.
    scale: [[Option<Rate>; MOST_HALF_YEARS]; 2],
}

impl<'a> BatchRules<'a> {
    /// What pensions that start on the day of the rules need.
    ///
    /// Errors: the coefficients of the year are not known.
    pub fn new(rules: &'a Rules) -> Result<BatchRules<'a>, PolicyError> {
        let coefficients = rules.coefficients.as_ref().map_err(Clone::clone)?;
        let scale = Sex::ALL.map(|sex| {
            std::array::from_fn(|halves| on_scale(rules, sex, HalfYears(halves as u32)))
        });
        Ok(BatchRules {
            rules,
            coefficients,
            scale,
        })
    }
}

/// The pension of one person of a batch, equal to what [`crate::pension::average`] and [`crate::pension::amount`] give for
/// the same months, without early retirement and without a lift to the reference level. The age is not checked.
///
/// Errors: too few months, a year without a coefficient.
#[inline]
pub fn pension_of_incomes(
    batch: &BatchRules<'_>,
    person: &BatchCareer<'_>,
) -> Result<BatchPension, PolicyError> {
    let rules = batch.rules;
    let months = person.incomes.len() as u32;
    if months < rules.minimum_months() {
        return Err(too_short(rules, months));
    }
    let counted = half_years(rules, months, &mut NoTrace);
    let place = (counted.0 as usize).min(MOST_HALF_YEARS - 1);
    let Some(rate) = batch.scale[person.sex as usize][place] else {
        return Err(too_short(rules, months));
    };
    let mut year = person.first_month.year();
    // The months left of the first year; then a year is twelve.
    let mut in_year = 13 - person.first_month.month() as usize;
    let mut rest = person.incomes;
    let mut sum = 0_i64;
    while !rest.is_empty() {
        let (of_year, later) = rest.split_at(in_year.min(rest.len()));
        let incomes: i64 = of_year.iter().map(|income| income.0).sum();
        sum += incomes * batch.coefficients.scaled(year, person.scheme)?;
        rest = later;
        year += 1;
        in_year = 12;
    }
    let average = truncated_average(sum, months);
    let allowance = one_time_allowance(rules, person.sex, months, 0, average, &mut NoTrace);
    Ok(BatchPension {
        average_vnd: average,
        rate,
        pension_vnd: rate.of(average),
        one_time_allowance_vnd: allowance.amount_vnd,
    })
}
