//! The tables of old age: when, how much, and what a withdrawal brings and loses.

use jiff::civil::Date;
use serde::Serialize;

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::Law;
use crate::pension::{self, Coefficients};
use crate::person::Scheme;
use crate::rate::Rate;
use crate::retirement::{self, Birthday};
use crate::social_pension::{self, SocialPensionInput};
use crate::trace::NoTrace;
use crate::voluntary_si::{Categories, Category};
use crate::withdrawal::{self, Disease, highest_support};
use crate::{LAST_DATE, LAWS_2024};

use super::Says;
use super::sources::{Sources, Told};

/// When one may retire.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Retirement {
    /// Men and women: from which month of birth which age in months.
    ages: [Vec<(Month, Told<i32>)>; 2],
    /// For a birthday of which only the year is known: for ages reached before they rise, and after.
    unknown_year_after: [Told<i64>; 2],
    minimum_years: Told<i64>,
    /// First month of the minimum.
    minimum_since: Month,
    minimum_years_before: Option<Told<i64>>,
    /// Ages kept by men and women who joined early, in months, and the years of voluntary SI it takes.
    retained: Option<([Told<i32>; 2], Told<i64>)>,
    compulsory_years: Option<Told<i64>>,
    missing_max_months: Told<i64>,
    missing_months_before_age: Told<i64>,
    own_allowance_months: Option<Told<i64>>,
    /// Under so many years one may withdraw after having stopped.
    withdrawal_under_years: i64,
}

/// How much the pension is.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Pension {
    base: Told<Rate>,
    maximum: Told<Rate>,
    years_at_base: [Told<i64>; 2],
    per_year: [Told<Rate>; 2],
    men_under: Option<[Told<Rate>; 2]>,
    half_year: [Told<i64>; 2],
    minimum_years: Told<i64>,
    allowance_years: [Told<i64>; 2],
    allowance_factor: Told<Rate>,
    allowance_factor_after: Option<Told<Rate>>,
    minimum_pension: Option<(Told<i64>, Told<AmountVnd>)>,
    health_card: Option<Told<Rate>>,
    coefficients: Says<PriceCoefficients>,
}

/// The coefficients of the consumer price index.
#[derive(Debug, PartialEq, Serialize)]
struct PriceCoefficients {
    /// By year from the first row on, in ten-thousandths.
    by_year: Vec<Option<Told<i64>>>,
    /// Why there is none for a voluntary income, and for a compulsory one.
    missing: [usize; 2],
}

/// The one-time withdrawal.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Withdrawal {
    contribution_rate: Told<Rate>,
    /// Months of average income for each year before 2014, and from 2014.
    per_year: [Told<Rate>; 2],
    /// Under so many months the amount paid, at most so many averages.
    short_period: [Told<i64>; 2],
    /// Months without paying, and under so many years paid.
    stopped_paying: [Told<i64>; 2],
    /// 1 for those that the law of the day names.
    diseases: Vec<(Disease, Told<i64>)>,
    capacity_loss: Says<Told<i64>>,
    /// 1 where State support is deducted: in general, and for disease.
    deducted: [Told<i64>; 2],
    support_max_months: Told<i64>,
    reference_level: Told<AmountVnd>,
    funeral_multiple: Told<i64>,
    funeral_minimum_months: Told<i64>,
}

/// An amount in đồng per month.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Amount {
    amount_vnd: AmountVnd,
    source: usize,
}

/// What the State pays from a day on.
#[derive(Debug, Serialize)]
pub(super) struct SupportSince {
    from: Date,
    contribution_rate: Told<Rate>,
    poverty_line: Told<AmountVnd>,
    /// The first category of the list that a person is in counts.
    support: Vec<(Category, Told<Rate>, AmountVnd)>,
}

/// What people without a pension get in high age.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct SocialPension {
    level: Told<AmountVnd>,
    age_months: i32,
}

/// The table of a day.
///
/// Errors: as of [`retirement::Rules::on`].
pub(super) fn retirement(
    law: &Law,
    day: Date,
    sources: &mut Sources,
) -> Result<Retirement, PolicyError> {
    let rules = retirement::Rules::on(law, day)?;
    let ages = rules.ages.each_ref().map(|ages| {
        ages.iter()
            .map(|(from, age)| (*from, Told(age.value.months, sources.place(&age.source))))
            .collect()
    });
    let retained = rules.retained.as_ref().map(|(ages, years)| {
        let ages = ages
            .each_ref()
            .map(|age| Told(age.value.months, sources.place(&age.source)));
        (ages, sources.told(years))
    });
    Ok(Retirement {
        ages,
        unknown_year_after: [
            sources.told(&rules.unknown_year_after_until_2020),
            sources.told(&rules.unknown_year_after),
        ],
        minimum_since: Month::of(rules.minimum_years.source.since),
        minimum_years: sources.told(&rules.minimum_years),
        minimum_years_before: sources.told_if(&rules.minimum_years_before),
        retained,
        compulsory_years: sources.told_if(&rules.compulsory_years),
        missing_max_months: sources.told(&rules.missing_max_months),
        missing_months_before_age: sources.told(&rules.missing_months_before_age),
        own_allowance_months: sources.told_if(&rules.own_allowance_months),
        withdrawal_under_years: rules.withdrawal.1.value,
    })
}

/// The table of pensions that start on a day.
///
/// Errors: as of [`pension::Rules::of_start`].
pub(super) fn pension(law: &Law, day: Date, sources: &mut Sources) -> Result<Pension, PolicyError> {
    let rules = pension::Rules::of_start(law, day)?;
    let coefficients = match &rules.coefficients {
        Ok(table) => Says::Rules(Box::new(coefficients(table, sources))),
        Err(error) => Says::Refused(sources.refusal(error.clone().into(), &[])),
    };
    Ok(Pension {
        base: sources.told(&rules.base),
        maximum: sources.told(&rules.maximum),
        years_at_base: rules.years_at_base.each_ref().map(|one| sources.told(one)),
        per_year: rules.per_year.each_ref().map(|one| sources.told(one)),
        men_under: rules.men_under.as_ref().map(|both| sources.both(both)),
        half_year: sources.both(&rules.half_year),
        minimum_years: sources.told(&rules.minimum_years),
        allowance_years: rules
            .allowance_years
            .each_ref()
            .map(|one| sources.told(one)),
        allowance_factor: sources.told(&rules.allowance_factor.0),
        allowance_factor_after: sources.told_if(&rules.allowance_factor.1),
        minimum_pension: rules
            .minimum_pension
            .as_ref()
            .map(|(years, level)| (sources.told(years), sources.told(level))),
        health_card: sources.told_if(&rules.health_card),
        coefficients,
    })
}

fn coefficients(table: &Coefficients, sources: &mut Sources) -> PriceCoefficients {
    let by_year = (pension::FIRST_YEAR..=table.last_year()).map(|year| {
        let scaled = table.scaled(year, Scheme::CompulsorySi).ok()?;
        let source = &table.in_force(year)?.source;
        Some(Told(scaled, sources.place(source)))
    });
    let by_year = by_year.collect();
    // A year that stands in no message otherwise.
    const YEAR: i16 = 1_001;
    let missing = [Scheme::VoluntarySi, Scheme::CompulsorySi].map(|scheme| {
        let error = table.missing(YEAR, scheme);
        sources.refusal(error, &[(&YEAR.to_string(), "year")])
    });
    PriceCoefficients { by_year, missing }
}

/// The table of a day.
///
/// Errors: as of [`withdrawal::Rules::on`].
pub(super) fn withdrawal(
    law: &Law,
    day: Date,
    sources: &mut Sources,
) -> Result<Withdrawal, PolicyError> {
    let rules = withdrawal::Rules::on(law, day)?;
    let capacity_loss = match &rules.capacity_loss {
        Ok(percent) => Says::Rules(Box::new(sources.told(percent))),
        Err(error) => Says::Refused(sources.refusal(error.clone().into(), &[])),
    };
    let diseases = Disease::ALL.into_iter().zip(&rules.diseases);
    Ok(Withdrawal {
        contribution_rate: sources.told(&rules.contribution_rate),
        per_year: sources.both(&rules.per_year),
        short_period: sources.both(&rules.short_period),
        stopped_paying: sources.both(&rules.stopped_paying),
        diseases: diseases
            .map(|(disease, flag)| (disease, sources.told(flag)))
            .collect(),
        capacity_loss,
        deducted: sources.both(&rules.deducted),
        support_max_months: sources.told(&rules.support_max_months),
        reference_level: sources.told(&rules.reference_level),
        funeral_multiple: sources.told(&rules.funeral_multiple),
        funeral_minimum_months: sources.told(&rules.funeral_minimum_months),
    })
}

/// The lowest income of a day, which may lie before the first day whose law is told.
///
/// Errors: a day before the first poverty line.
pub(super) fn income_floor(
    law: &Law,
    day: Date,
    sources: &mut Sources,
) -> Result<Amount, PolicyError> {
    let line = law.parameter("base/rural_poverty_line").amount(day)?;
    Ok(Amount {
        amount_vnd: line.value,
        source: sources.place(&line.source),
    })
}

/// The highest income of a day.
///
/// Errors: a parameter without a value.
pub(super) fn income_ceiling(
    law: &Law,
    day: Date,
    sources: &mut Sources,
) -> Result<Amount, PolicyError> {
    let rules = crate::voluntary_si::Rules::on(law, day)?;
    Ok(Amount {
        amount_vnd: rules.ceiling,
        source: sources.place(&rules.ceiling_multiple.source),
    })
}

/// All that is known of what the State pays, by first day.
pub(super) fn state_support(law: &Law, sources: &mut Sources) -> Vec<SupportSince> {
    let rules = withdrawal::Rules::on(law, LAST_DATE).expect("the law of the last day is known");
    let since = rules.support.iter().map(|support| {
        let mut left = Category::ALL.to_vec();
        let mut ranked = Vec::new();
        while let Some((category, rate)) = highest_support(support, Categories::from(left.clone()))
        {
            let share = rate.value.times(support.contribution_rate.value);
            let monthly = share.expect("percents fit").of(support.poverty_line.value);
            ranked.push((category, sources.told(rate), monthly));
            if category == Category::Other {
                break;
            }
            left.retain(|one| *one != category);
        }
        SupportSince {
            from: support.from.first_day(),
            contribution_rate: sources.told(&support.contribution_rate),
            poverty_line: sources.told(&support.poverty_line),
            support: ranked,
        }
    });
    since.collect()
}

/// What who withdrew gets in high age by the law of a day.
///
/// Errors: as of [`social_pension::Rules::on`].
pub(super) fn social_pension(
    law: &Law,
    day: Date,
    sources: &mut Sources,
) -> Result<Option<SocialPension>, PolicyError> {
    if day < LAWS_2024 {
        return Ok(None);
    }
    let rules = social_pension::Rules::on(law, day)?;
    let anybody = SocialPensionInput {
        born: Birthday::Day(day),
        poor_or_near_poor: false,
        pension_vnd: AmountVnd::ZERO,
        social_assistance_vnd: AmountVnd::ZERO,
    };
    let told = social_pension::social_pension(&rules, &anybody, &mut NoTrace)?;
    Ok(Some(SocialPension {
        level: sources.told(&rules.level),
        age_months: told.age.months,
    }))
}
