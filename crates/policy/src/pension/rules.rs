//! The rules of the pension on one day, resolved once.

use jiff::civil::Date;

use crate::LAWS_2024;
use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::{InForce, Law, ParameterError};
use crate::pension::Coefficients;
use crate::rate::Rate;
use crate::retirement::Sex;

/// What the law says about a pension that starts on a day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// First day of the pension, or the day asked for if the pension starts later.
    pub day: Date,
    pub(crate) base: InForce<Rate>,
    pub(crate) maximum: InForce<Rate>,
    pub(crate) years_at_base: [InForce<i64>; 2],
    pub(crate) per_year: [InForce<Rate>; 2],
    /// Men with 15 to under 20 years: rate at 15, and for each further year.
    pub(crate) men_under: Option<(InForce<Rate>, InForce<Rate>)>,
    /// Odd months that count as half a year: from, to.
    pub(crate) half_year: (InForce<i64>, InForce<i64>),
    /// Least years paid.
    pub minimum_years: InForce<i64>,
    pub(crate) treaty: Result<InForce<Rate>, ParameterError>,
    pub(crate) early: (InForce<Rate>, InForce<Rate>),
    pub(crate) allowance_years: [InForce<i64>; 2],
    /// Until and after retirement age.
    pub(crate) allowance_factor: (InForce<Rate>, Option<InForce<Rate>>),
    /// Years of compulsory SI from which its rules hold.
    pub(crate) compulsory_years: InForce<i64>,
    pub(crate) minimum_pension: Option<(InForce<i64>, InForce<AmountVnd>)>,
    pub(crate) bought: Option<InForce<Rate>>,
    pub(crate) health_card: Option<InForce<Rate>>,
    /// The coefficients; or why there are none.
    pub coefficients: Result<Coefficients, ParameterError>,
}

impl Rules {
    /// The rules of a pension that starts on the day, or would, if the law of the day were that of its start.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        Rules::of_start(law, on)
    }

    /// The rules of a pension that started on the day, which may lie before the first day whose law is told: those that
    /// the parameters reach back to.
    ///
    /// Errors: a parameter without a value.
    pub fn of_start(law: &Law, day: Date) -> Result<Rules, PolicyError> {
        let find = |name: &str| law.parameter(&format!("pension/{name}"));
        let both = |name: &str| -> Result<[InForce<Rate>; 2], ParameterError> {
            let [men, women] = Sex::ALL.map(|sex| find(name).rate_of(day, sex.row()));
            Ok([men?, women?])
        };
        let years = |name: &str| -> Result<[InForce<i64>; 2], ParameterError> {
            let [men, women] = Sex::ALL.map(|sex| find(name).count_of(day, sex.row()));
            Ok([men?, women?])
        };
        let under = find("men_under_20_years");
        let men_under = match under.entry_on(day) {
            Some(_) => Some((
                under.rate_of(day, "at_15_years")?,
                under.rate_of(day, "per_further_year")?,
            )),
            None => None,
        };
        let factor = find("one_time_allowance_factor");
        let (half, early) = (find("half_year_odd_months"), find("early_reduction"));
        let minimum_years = find("minimum_years").count(day)?;
        let compulsory = law.parameter("retirement/compulsory_years_for_compulsory_rules");
        let lifted = find("minimum_pension_compulsory_years");
        let minimum_pension = match lifted.count_in_force(day)? {
            Some(years) => Some((years, law.parameter("base/base_salary").amount(day)?)),
            None => None,
        };
        Ok(Rules {
            day,
            base: find("base_rate").rate(day)?,
            maximum: find("maximum_rate").rate(day)?,
            years_at_base: years("years_at_45_percent")?,
            per_year: both("rate_per_further_year")?,
            men_under,
            half_year: (half.count_of(day, "from")?, half.count_of(day, "to")?),
            treaty: find("treaty_rate_per_year").rate(day),
            early: (
                early.rate_of(day, "per_year")?,
                early.rate_of(day, "odd_part")?,
            ),
            allowance_years: years("one_time_allowance_years")?,
            allowance_factor: (
                factor.rate_of(day, "until_retirement_age")?,
                factor.rate_if_any(day, "after_retirement_age")?,
            ),
            // Before the law of 2024 the compulsory scheme had its own rules from its own minimum on.
            compulsory_years: compulsory
                .count_in_force(day)?
                .unwrap_or_else(|| minimum_years.clone()),
            minimum_years,
            minimum_pension,
            bought: find("coefficient_bought_months").rate_in_force(day)?,
            health_card: law
                .parameter("retirees/health_insurance")
                .rate_in_force(day)?,
            coefficients: Coefficients::of_start(law, day),
        })
    }

    /// Whether Luật 41/2024/QH15 is in force.
    pub(crate) fn is_law_2024(&self) -> bool {
        self.day >= LAWS_2024
    }

    /// Least months paid.
    #[inline]
    pub fn minimum_months(&self) -> u32 {
        (self.minimum_years.value * 12) as u32
    }
}
