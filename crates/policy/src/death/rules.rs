//! The rules of benefits on a death on one day, resolved once.

use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::{InForce, Law};
use crate::pension;
use crate::rate::Rate;

/// What the law says about a death on a day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day of the death.
    pub on: Date,
    /// Half years and coefficients of the day.
    pub pension: pension::Rules,
    /// Base salary, from 2025-07-01 the reference level, of the month of death.
    pub reference_level: InForce<AmountVnd>,
    pub(crate) funeral_multiple: InForce<i64>,
    /// Least months of any kind, and of compulsory SI.
    pub(crate) funeral_months: (InForce<i64>, InForce<i64>),
    pub(crate) contribution_rate: InForce<Rate>,
    /// Months of average income for each year before 2014, and from 2014.
    pub(crate) per_year: (InForce<Rate>, InForce<Rate>),
    pub(crate) short_months: InForce<i64>,
    /// At most so many averages for a short period; none from 2025-07-01.
    pub(crate) short_cap: Option<InForce<i64>>,
    pub(crate) mixed_minimum: InForce<i64>,
    /// Months of pension, deaths in the first months, reduction for each further month, least months.
    pub(crate) pensioner: (
        InForce<Rate>,
        InForce<i64>,
        InForce<Rate>,
        Option<InForce<Rate>>,
    ),
    pub(crate) monthly_years: Option<InForce<i64>>,
}

impl Rules {
    /// The rules on the day of the death.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("death/{name}"));
        let funeral = find("funeral_minimum_months");
        let per_year = find("lump_sum_months_per_year");
        let pensioner = find("lump_sum_pensioner");
        Ok(Rules {
            on,
            pension: pension::Rules::on(law, on)?,
            reference_level: law.parameter("base/base_salary").amount(on)?,
            funeral_multiple: find("funeral_multiple").count(on)?,
            funeral_months: (
                funeral.count_of(on, "any")?,
                funeral.count_of(on, "compulsory")?,
            ),
            contribution_rate: law.parameter("voluntary_si/contribution_rate").rate(on)?,
            per_year: (
                per_year.rate_of(on, "before_2014")?,
                per_year.rate_of(on, "from_2014")?,
            ),
            short_months: find("lump_sum_short_period_months").count(on)?,
            short_cap: find("lump_sum_short_period_cap").count_in_force(on)?,
            mixed_minimum: find("lump_sum_mixed_minimum").count(on)?,
            pensioner: (
                pensioner.rate_of(on, "months_of_pension")?,
                pensioner.count_of(on, "if_death_in_first_months")?,
                pensioner.rate_of(on, "reduction_per_further_month")?,
                pensioner.rate_if_any(on, "least_months")?,
            ),
            monthly_years: find("monthly_survivors_compulsory_years").count_in_force(on)?,
        })
    }
}
