//! The rules of retirement on one day, resolved once.

use jiff::civil::Date;

use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::{InForce, Law, ParameterError};
use crate::retirement::{Age, Sex};

/// The first day of Bộ luật Lao động 45/2019/QH14, from which the age rises by month of birth.
pub(crate) const AGE_RISES: Date = jiff::civil::date(2021, 1, 1);

/// What the law says on a day about when one may retire.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day.
    pub on: Date,
    /// For men and women: from which month of birth which age; the first row is that of all born before.
    pub(crate) ages: [Vec<(Month, InForce<Age>)>; 2],
    pub(crate) unknown_year_after: InForce<i64>,
    pub(crate) unknown_year_after_until_2020: InForce<i64>,
    /// Least years paid.
    pub minimum_years: InForce<i64>,
    /// Least years paid before the present minimum.
    pub(crate) minimum_years_before: Option<InForce<i64>>,
    /// Age kept by those who joined early, for men and women, and the years of voluntary SI it takes.
    pub(crate) retained: Option<([InForce<Age>; 2], InForce<i64>)>,
    /// Years of compulsory SI from which its conditions hold.
    pub(crate) compulsory_years: Option<InForce<i64>>,
    /// Years of compulsory SI and loss of work capacity in percent for retiring early.
    pub(crate) early: Result<(InForce<i64>, InForce<i64>), ParameterError>,
    pub(crate) missing_max_months: InForce<i64>,
    pub(crate) missing_months_before_age: InForce<i64>,
    /// Least months for the monthly allowance from own contributions.
    pub(crate) own_allowance_months: Option<InForce<i64>>,
    /// Months without paying and years paid of the withdrawal.
    pub(crate) withdrawal: (InForce<i64>, InForce<i64>),
}

impl Rules {
    /// The rules on the day.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(name);
        let minimum_years = find("pension/minimum_years").count(on)?;
        let day_before = minimum_years.source.since.yesterday().ok();
        let unknown = find("retirement/unknown_birthday_year_after");
        let stopped = find("withdrawal/stopped_paying");
        let retained_age = find("retirement/retained_age");
        let retained = if retained_age.entry_on(on).is_some() {
            let years = find("retirement/retained_age_minimum_years").count(on)?;
            let [men, women] = Sex::ALL.map(|sex| retained_age.count_of(on, sex.row()));
            Some(([men?.map(age), women?.map(age)], years))
        } else {
            None
        };
        let loss = find("retirement/early_by_capacity_loss");
        // Asked for by few: that there was no rule is an error only for them.
        let early = loss.count_of(on, "compulsory_years");
        let early = early.and_then(|years| Ok((years, loss.count_of(on, "loss_percent")?)));
        Ok(Rules {
            on,
            ages: [ages(law, on, "men")?, ages(law, on, "women")?],
            unknown_year_after: unknown.count(on)?,
            unknown_year_after_until_2020: unknown.count(on.min(last_day_before_the_rise()))?,
            minimum_years_before: day_before
                .and_then(|day| find("pension/minimum_years").count(day).ok()),
            minimum_years,
            retained,
            compulsory_years: find("retirement/compulsory_years_for_compulsory_rules")
                .count_in_force(on)?,
            early,
            missing_max_months: find("voluntary_si/missing_period_max_months").count(on)?,
            missing_months_before_age: find("voluntary_si/missing_period_months_before_age")
                .count(on)?,
            own_allowance_months: find("monthly_allowance/minimum_months").count_in_force(on)?,
            withdrawal: (
                stopped.count_of(on, "months_without_paying")?,
                stopped.count_of(on, "under_years_paid")?,
            ),
        })
    }

    /// The age of somebody born in the month.
    pub(crate) fn age(&self, sex: Sex, born: Month) -> &InForce<Age> {
        let rows = &self.ages[sex as usize];
        let row = rows.iter().rev().find(|(from, _)| *from <= born);
        &row.unwrap_or(&rows[0]).1
    }

    /// Whether, with only the birth year known, the age is met in the year after the one in which it is reached.
    pub(crate) fn unknown_year_after(&self, reached: Month) -> &InForce<i64> {
        if reached < Month::of(AGE_RISES) {
            &self.unknown_year_after_until_2020
        } else {
            &self.unknown_year_after
        }
    }

    /// Least months paid.
    pub fn minimum_months(&self) -> u32 {
        (self.minimum_years.value * 12) as u32
    }
}

fn last_day_before_the_rise() -> Date {
    AGE_RISES.yesterday().unwrap_or(AGE_RISES)
}

fn age(months: i64) -> Age {
    Age {
        months: months as i32,
    }
}

fn ages(law: &Law, on: Date, whose: &str) -> Result<Vec<(Month, InForce<Age>)>, PolicyError> {
    let by_year = law.parameter(&format!("retirement/age_{whose}"));
    // Who was born before the first row reached the age under the rule of 2020.
    let day = on.min(last_day_before_the_rise());
    let before = by_year.rate_in_year(day, day.year())?;
    let always = Month::new(1900, 1).expect("is a month");
    let mut ages = vec![(always, before.map(|rate| age(rate.numerator())))];
    if on < AGE_RISES {
        return Ok(ages);
    }
    let by_month = law.parameter(&format!("retirement/age_{whose}_by_birth_month"));
    let rows = by_month.entry_on(on).and_then(|entry| entry.rows.as_ref());
    for row in rows.into_iter().flatten() {
        let from: Month = row.key.parse().expect("checked when the file was read");
        let found = by_month.rate_in_month(on, from)?;
        ages.push((from, found.map(|rate| age(rate.numerator()))));
    }
    Ok(ages)
}
