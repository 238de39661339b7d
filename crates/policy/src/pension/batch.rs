//! The pension of many people at once: monthly incomes as slices, nothing looked up, nothing allocated per person.

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::month::Month;
use crate::pension::average::truncated_average;
use crate::pension::coefficients::{FIRST_YEAR, SCALE};
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
    /// Income of each month, in đồng: half as wide as an amount, since reading them is most of the work.
    pub incomes: &'a [u32],
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
    /// Those by scheme and year of the table, in ten-thousandths; 0 where there is none.
    scaled: [Vec<i64>; 2],
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
        let years = FIRST_YEAR..=coefficients.last_year();
        let scaled = [Scheme::CompulsorySi, Scheme::VoluntarySi].map(|scheme| {
            let of_year = |year| coefficients.scaled(year, scheme).unwrap_or(0);
            years.clone().map(of_year).collect()
        });
        Ok(BatchRules {
            rules,
            coefficients,
            scaled,
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
    let average = truncated_average(adjusted(batch, person)?, months);
    let allowance = one_time_allowance(rules, person.sex, months, 0, average, &mut NoTrace);
    Ok(BatchPension {
        average_vnd: average,
        rate,
        pension_vnd: rate.of(average),
        one_time_allowance_vnd: allowance.amount_vnd,
    })
}

/// The incomes at the prices of the day, in ten-thousandths of a đồng.
#[inline]
fn adjusted(batch: &BatchRules<'_>, person: &BatchCareer<'_>) -> Result<i64, PolicyError> {
    let scaled = &batch.scaled[usize::from(person.scheme == Scheme::VoluntarySi)];
    let first_year = person.first_month.year();
    // The months left of the first year; then a year is twelve.
    let months = 13 - person.first_month.month() as usize;
    let (first, later) = person.incomes.split_at(months.min(person.incomes.len()));
    let (years, last) = later.as_chunks::<12>();
    let (mut sum, mut has_all) = (0, true);
    let mut year = first_year;
    let mut add = |incomes: &[u32]| {
        let place = usize::from((year.max(FIRST_YEAR) - FIRST_YEAR) as u16);
        let coefficient = scaled.get(place).copied().unwrap_or(SCALE);
        has_all &= coefficient != 0;
        let incomes: u64 = incomes.iter().map(|income| u64::from(*income)).sum();
        sum += incomes as i64 * coefficient;
        year += 1;
    };
    add(first);
    for incomes in years {
        add(incomes);
    }
    if !last.is_empty() {
        add(last);
    }
    if !has_all {
        for missing in first_year..year {
            batch.coefficients.scaled(missing, person.scheme)?;
        }
    }
    Ok(sum)
}
