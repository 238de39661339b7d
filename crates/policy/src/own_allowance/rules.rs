//! The rules of the allowance on one day, resolved once.

use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::{InForce, Law};
use crate::{pension, retirement};

/// What the law says on a day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day.
    pub on: Date,
    /// Age and least period of the day.
    pub retirement: retirement::Rules,
    /// Half years of the day.
    pub(crate) pension: pension::Rules,
    /// Social pension per month.
    pub social_pension: InForce<AmountVnd>,
    /// Age of the social pension in years: in general, and in a poor or near-poor household.
    pub(crate) social_pension_age: (InForce<i64>, InForce<i64>),
    pub(crate) minimum_months: InForce<i64>,
    pub(crate) factor: InForce<i64>,
    pub(crate) funeral_minimum_months: (InForce<i64>, InForce<i64>),
}

impl Rules {
    /// The rules on the day.
    ///
    /// Errors: a day whose law is not known; before 2025-07-01 there was no such allowance.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("monthly_allowance/{name}"));
        let minimum_months = find("minimum_months").count(on)?;
        let age = law.parameter("social_pension/age");
        let funeral = find("funeral_minimum_months");
        Ok(Rules {
            on,
            retirement: retirement::Rules::on(law, on)?,
            pension: pension::Rules::on(law, on)?,
            social_pension: law.parameter("social_pension/amount").amount(on)?,
            social_pension_age: (
                age.count_of(on, "general")?,
                age.count_of(on, "poor_or_near_poor")?,
            ),
            minimum_months,
            factor: find("months_of_income_per_year").count(on)?,
            funeral_minimum_months: (
                funeral.count_of(on, "any")?,
                funeral.count_of(on, "compulsory")?,
            ),
        })
    }
}
