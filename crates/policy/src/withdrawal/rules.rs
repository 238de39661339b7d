//! The rules of the one-time withdrawal on one day, resolved once.

use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::{InForce, Law, ParameterError};
use crate::rate::Rate;
use crate::voluntary_si::Category;
use crate::withdrawal::Disease;
use crate::{FIRST_DATE, pension, retirement};

/// What the law says about a withdrawal that is decided on a day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day of the decision.
    pub on: Date,
    /// Half years and coefficients of the day.
    pub pension: pension::Rules,
    /// Age and least period of the day.
    pub retirement: retirement::Rules,
    /// Share of the income that is paid.
    pub(crate) contribution_rate: InForce<Rate>,
    /// Months of average income for each year before 2014, and from 2014.
    pub(crate) per_year: (InForce<Rate>, InForce<Rate>),
    /// Under so many months the amount paid, at most so many averages.
    pub(crate) short_period: (InForce<i64>, InForce<i64>),
    /// Months without paying, and under so many years paid.
    pub(crate) stopped_paying: (InForce<i64>, InForce<i64>),
    pub(crate) diseases: [InForce<i64>; 7],
    pub(crate) capacity_loss: Result<InForce<i64>, ParameterError>,
    /// Whether State support is deducted: in general, and for disease.
    pub(crate) deducted: (InForce<i64>, InForce<i64>),
    /// What the State paid per month, by time.
    pub(crate) support: Vec<SupportFrom>,
    pub(crate) support_max_months: InForce<i64>,
    pub(crate) reference_level: InForce<AmountVnd>,
    pub(crate) funeral_multiple: InForce<i64>,
    pub(crate) funeral_minimum_months: InForce<i64>,
}

/// The State's support from a month on.
#[derive(Clone, Debug)]
pub(crate) struct SupportFrom {
    pub from: Month,
    pub contribution_rate: InForce<Rate>,
    pub poverty_line: InForce<AmountVnd>,
    /// In the order of [`Category::ALL`]; none for a category that the law of the time does not name.
    pub rates: [Option<InForce<Rate>>; 5],
}

impl Rules {
    /// The rules on the day of the decision.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("withdrawal/{name}"));
        let pair = |name: &str, one: &str, other: &str| -> Result<_, ParameterError> {
            Ok((
                find(name).count_of(on, one)?,
                find(name).count_of(on, other)?,
            ))
        };
        let per_year = find("months_of_income_per_year");
        let mut diseases = Vec::with_capacity(Disease::ALL.len());
        for disease in Disease::ALL {
            diseases.push(find("serious_diseases").count_of(on, disease.as_str())?);
        }
        Ok(Rules {
            on,
            pension: pension::Rules::on(law, on)?,
            retirement: retirement::Rules::on(law, on)?,
            contribution_rate: law.parameter("voluntary_si/contribution_rate").rate(on)?,
            per_year: (
                per_year.rate_of(on, "before_2014")?,
                per_year.rate_of(on, "from_2014")?,
            ),
            short_period: pair("short_period", "under_months", "cap_times")?,
            stopped_paying: pair(
                "stopped_paying",
                "months_without_paying",
                "under_years_paid",
            )?,
            diseases: diseases
                .try_into()
                .unwrap_or_else(|_| unreachable!("there are seven")),
            capacity_loss: find("capacity_loss_percent").count(on),
            deducted: pair("support_deducted", "general", "disease")?,
            support: support_until(law, on)?,
            support_max_months: law.parameter("voluntary_si/support_max_months").count(on)?,
            reference_level: law.parameter("base/base_salary").amount(on)?,
            funeral_multiple: law.parameter("death/funeral_multiple").count(on)?,
            funeral_minimum_months: law
                .parameter("death/funeral_minimum_months")
                .count_of(on, "any")?,
        })
    }
}

/// The State's support from its beginning until the day, with a new entry at each change.
fn support_until(law: &Law, on: Date) -> Result<Vec<SupportFrom>, PolicyError> {
    let (rate, contribution, line) = (
        law.parameter("voluntary_si/support_rate"),
        law.parameter("voluntary_si/contribution_rate"),
        law.parameter("base/rural_poverty_line"),
    );
    let mut days: Vec<Date> = [rate, contribution, line]
        .iter()
        .flat_map(|parameter| &parameter.entries)
        .map(|entry| entry.source.since)
        .filter(|since| (FIRST_DATE..=on).contains(since))
        .chain([FIRST_DATE])
        .collect();
    days.sort();
    days.dedup();
    let mut support = Vec::with_capacity(days.len());
    for day in days {
        let mut rates = [const { None }; 5];
        for category in Category::ALL {
            rates[category as usize] = rate.rate_if_any(day, category.as_str())?;
        }
        support.push(SupportFrom {
            from: Month::of(day),
            contribution_rate: contribution.rate(day)?,
            poverty_line: line.amount(day)?,
            rates,
        });
    }
    Ok(support)
}
