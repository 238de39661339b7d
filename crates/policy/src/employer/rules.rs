//! The rates of the compulsory schemes on one day, resolved once.

use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::{InForce, Law, ParameterError};
use crate::rate::Rate;

/// What the law says on a day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day.
    pub on: Date,
    /// Base salary, from 2025-07-01 the reference level.
    pub reference_level: InForce<AmountVnd>,
    /// Retirement and survivors: the employee's and the employer's share of the wage.
    pub retirement: (InForce<Rate>, InForce<Rate>),
    /// Sickness and maternity: the employer's share.
    pub sickness: InForce<Rate>,
    /// Accident and disease: the employer's share.
    pub accident: InForce<Rate>,
    /// The share of employers approved for less, or why it is not known.
    pub(crate) accident_approved: Result<InForce<Rate>, ParameterError>,
    /// Health insurance: the employee's and the employer's share.
    pub health: (InForce<Rate>, InForce<Rate>),
    /// Unemployment insurance: the employee's and the employer's share.
    pub unemployment: (InForce<Rate>, InForce<Rate>),
    /// The highest wage for unemployment insurance is so many regional minimum wages.
    pub(crate) unemployment_ceiling: InForce<i64>,
    /// The lowest and highest wage, as so many reference levels, or why they are not known.
    pub(crate) wage_limits: Result<(InForce<i64>, InForce<i64>), ParameterError>,
    /// What the owner of a household business pays, and after how many months the wage may be chosen anew.
    pub(crate) household_business: Result<BusinessRates, ParameterError>,
    /// How many missing months may be paid at once.
    pub(crate) missing_months: Result<InForce<i64>, ParameterError>,
}

/// Of the owner of a household business.
#[derive(Clone, Debug)]
pub(crate) struct BusinessRates {
    pub si: InForce<Rate>,
    pub hi: InForce<Rate>,
    pub rechoice_months: InForce<i64>,
}

impl Rules {
    /// The rules on the day.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("compulsory/{name}"));
        let both = |name: &str| -> Result<_, ParameterError> {
            let parameter = find(name);
            Ok((
                parameter.rate_of(on, "employee")?,
                parameter.rate_of(on, "employer")?,
            ))
        };
        let limits = || -> Result<_, ParameterError> {
            let limits = find("wage_limits");
            Ok((
                limits.count_of(on, "floor")?,
                limits.count_of(on, "ceiling")?,
            ))
        };
        let business = || -> Result<_, ParameterError> {
            let rate = find("household_business_rate");
            Ok(BusinessRates {
                si: rate.rate_of(on, "si")?,
                hi: rate.rate_of(on, "hi")?,
                rechoice_months: find("household_business_rechoice_months").count(on)?,
            })
        };
        Ok(Rules {
            on,
            reference_level: law.parameter("base/base_salary").amount(on)?,
            retirement: both("retirement_rate")?,
            sickness: find("sickness_rate").rate_of(on, "employer")?,
            accident: find("accident_rate").rate_of(on, "employer")?,
            accident_approved: find("accident_rate").rate_of(on, "approved_employer"),
            health: both("health_rate")?,
            unemployment: both("unemployment_rate")?,
            unemployment_ceiling: find("unemployment_ceiling_multiple").count(on)?,
            wage_limits: limits(),
            household_business: business(),
            missing_months: find("missing_months_at_once").count(on),
        })
    }

    /// The lowest and the highest wage, in đồng per month.
    ///
    /// "At least the reference level and at most 20 times that": Luật 41/2024/QH15, Điều 31 khoản 1 điểm đ.
    ///
    /// Errors: before 2025-07-01, for which no limits are known here.
    pub(crate) fn wages(&self) -> Result<(AmountVnd, AmountVnd), PolicyError> {
        let (floor, ceiling) = self.wage_limits.as_ref().map_err(Clone::clone)?;
        let base = self.reference_level.value;
        Ok((base * floor.value, base * ceiling.value))
    }
}
