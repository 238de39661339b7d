//! What a phone needs to answer without a network: dated tables, sentences and articles, made by the engine.
//!
//! The phone looks up, multiplies, adds and rounds as a table says; it has no law of its own. Every value carries the place
//! of its article in `Document::sources`; every sentence and refusal is a template that the phone fills with numbers.

mod household_hi;
mod old_age;
mod refusals;
mod sources;
mod texts;
mod voluntary_si;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::differences::RULE_CHANGES;
use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::Law;
use crate::{FIRST_DATE, LAST_DATE, LAWS_2024};

use household_hi::{BaseSalary, HouseholdHi};
use old_age::{Amount, Pension, Retirement, SocialPension, SupportSince, Withdrawal};
use refusals::Refusal;
use sources::{Source, Sources};
use texts::{Both, Sentence};
use voluntary_si::VoluntarySi;

/// Everything the phone needs.
#[derive(Debug, Serialize)]
pub struct Document {
    /// Version of the rules it was made from.
    pub rules_version: &'static str,
    /// The first and the last day whose law is told.
    days: [Date; 2],
    /// Instrument and article of every value.
    sources: Vec<Source>,
    /// What the steps say, by their ids.
    texts: BTreeMap<&'static str, Sentence>,
    /// Doubts about how the law is to be read, by their ids.
    doubts: BTreeMap<&'static str, Both>,
    /// Words of fixed lists: `sex.man`.
    words: BTreeMap<String, Both>,
    /// Why a table does not hold.
    tables_refused: Vec<Refusal>,
    /// Why there is no answer, by code.
    refusals: BTreeMap<&'static str, Refusal>,
    limits: Limits,
    voluntary_si: Vec<Dated<VoluntarySi>>,
    household_hi: Vec<Dated<HouseholdHi>>,
    /// Base salaries (reference levels) by their first days.
    base_salaries: Vec<BaseSalary>,
    retirement: Vec<Dated<Retirement>>,
    /// By the first day of the pension, which may lie before the first day whose law is told.
    pension: Vec<Dated<Pension>>,
    withdrawal: Vec<Dated<Withdrawal>>,
    /// Rural poverty lines: the lowest incomes.
    income_floors: Vec<Dated<Amount>>,
    /// The highest incomes that could be chosen.
    income_ceilings: Vec<Dated<Amount>>,
    /// What the State paid per month.
    state_support: Vec<SupportSince>,
    /// None where the law of the day has none for who withdrew.
    social_pension: Vec<Dated<Option<SocialPension>>>,
}

/// Bounds of inputs, and days on which a method became another.
#[derive(Debug, Serialize)]
struct Limits {
    /// Highest income that is accepted, in đồng per month.
    income_vnd: i64,
    /// Most months of a working life.
    months: u32,
    /// Oldest person that is accepted, in years.
    age: i16,
    /// Age in years at which comparing ends.
    compared_age: i32,
    /// A month may have been paid so many months before, at the limits of then.
    prepaid_months: i32,
    /// Row of the coefficients for all years before the next.
    first_coefficient_year: i16,
    /// First year of voluntary SI.
    first_voluntary_year: i16,
    /// First month whose years bring more when they are withdrawn.
    more_from: Month,
    /// Half years from which the scale of men with few years begins.
    men_under_from: u32,
    /// Who joined voluntary SI before this month may keep the lower age.
    retained_age_before: Month,
    /// First month in which retirement ages rise.
    ages_rise: Month,
    /// First month of the laws of 2024.
    laws_2024: Month,
}

/// What holds from a day until the next entry, or why nothing does.
#[derive(Debug, Serialize)]
struct Dated<T> {
    from: Date,
    #[serde(flatten)]
    says: Says<T>,
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Says<T> {
    Rules(Box<T>),
    /// The place in [`Document::tables_refused`].
    Refused(usize),
}

/// The document of a law.
pub fn document(law: &Law) -> Document {
    document_of(law, days_of_change(law))
}

/// With entries on some of the days, which are in order.
fn document_of(law: &Law, days: Vec<Date>) -> Document {
    let mut sources = Sources::default();
    let told: Vec<Date> = days
        .iter()
        .copied()
        .filter(|day| *day >= FIRST_DATE)
        .collect();
    // A pension may have started long ago; the first entry refuses what is older than all parameters.
    let started: Vec<Date> = [jiff::civil::date(1900, 1, 1)]
        .into_iter()
        .chain(days)
        .collect();
    Document {
        rules_version: crate::rules_version(),
        days: [FIRST_DATE, LAST_DATE],
        texts: texts::texts(),
        doubts: texts::doubts(),
        words: texts::words(),
        refusals: refusals::refusals(),
        limits: limits(),
        voluntary_si: dated(&told, &mut sources, |day, sources| {
            voluntary_si::of_day(law, day, sources)
        }),
        household_hi: dated(&told, &mut sources, |day, sources| {
            household_hi::of_day(law, day, sources)
        }),
        base_salaries: household_hi::base_salaries(law, &mut sources),
        retirement: dated(&told, &mut sources, |day, sources| {
            old_age::retirement(law, day, sources)
        }),
        pension: dated(&started, &mut sources, |day, sources| {
            old_age::pension(law, day, sources)
        }),
        withdrawal: dated(&told, &mut sources, |day, sources| {
            old_age::withdrawal(law, day, sources)
        }),
        income_floors: dated(&started, &mut sources, |day, sources| {
            old_age::income_floor(law, day, sources)
        }),
        income_ceilings: dated(&told, &mut sources, |day, sources| {
            old_age::income_ceiling(law, day, sources)
        }),
        state_support: old_age::state_support(law, &mut sources),
        social_pension: dated(&told, &mut sources, |day, sources| {
            old_age::social_pension(law, day, sources)
        }),
        tables_refused: sources.refusals,
        sources: sources.list,
    }
}

fn limits() -> Limits {
    Limits {
        income_vnd: crate::career::MOST_INCOME,
        months: crate::career::MOST_MONTHS,
        age: crate::person::OLDEST,
        compared_age: crate::compare::OLDEST,
        prepaid_months: crate::career::PREPAID_MONTHS,
        first_coefficient_year: crate::pension::FIRST_YEAR,
        first_voluntary_year: crate::pension::FIRST_VOLUNTARY_YEAR,
        more_from: crate::career::first_of_2014(),
        men_under_from: crate::pension::FIFTEEN_YEARS,
        retained_age_before: crate::retirement::retained_age_before(),
        ages_rise: Month::of(crate::retirement::AGE_RISES),
        laws_2024: Month::of(LAWS_2024),
    }
}

/// Every day on which a number or a method may change, in order.
fn days_of_change(law: &Law) -> Vec<Date> {
    let local = law.provincial_support.iter().map(|local| &local.share);
    let entries = law
        .parameters
        .iter()
        .chain(local)
        .flat_map(|one| &one.entries);
    let mut days: Vec<Date> = entries
        .map(|entry| entry.source.since)
        .chain(RULE_CHANGES.iter().map(|change| change.on))
        .chain([FIRST_DATE])
        .filter(|day| *day <= LAST_DATE)
        .collect();
    days.sort();
    days.dedup();
    days
}

/// The tables of the days, each from the first day on which it is otherwise than before.
fn dated<T: PartialEq>(
    days: &[Date],
    sources: &mut Sources,
    mut table: impl FnMut(Date, &mut Sources) -> Result<T, PolicyError>,
) -> Vec<Dated<T>> {
    let mut found: Vec<Dated<T>> = Vec::new();
    for day in days {
        let says = match table(*day, sources) {
            Ok(rules) => Says::Rules(Box::new(rules)),
            Err(error) => Says::Refused(sources.refusal(error, &[])),
        };
        if found.last().is_none_or(|before| before.says != says) {
            found.push(Dated { from: *day, says });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changes_between_two_entries() {
        let law = Law::embedded();
        let mut days = days_of_change(law);
        let first = Month::new(2016, 1).unwrap();
        let months = (0..=Month::of(LAST_DATE).since(first)).map(|after| first.plus(after));
        days.extend(months.flat_map(|month| [month.first_day(), month.last_day()]));
        days.sort();
        days.dedup();
        let text = |document| serde_json::to_string(&document).unwrap();
        assert_eq!(text(document_of(law, days)), text(document(law)));
    }

    #[test]
    fn the_document_is_small() {
        let text = serde_json::to_string(&document(Law::embedded())).unwrap();
        assert!(text.len() < 200_000, "{} bytes", text.len());
    }
}
