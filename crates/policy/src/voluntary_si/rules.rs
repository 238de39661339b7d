//! The rules of voluntary social insurance on one day, resolved once.

use jiff::civil::Date;

use crate::LAWS_2024;
use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::{InForce, Law};
use crate::rate::{Rate, ReadyRate};
use crate::trace::NoTrace;
use crate::voluntary_si::support::{self, CategorySupport, LocalShare, Residence};
use crate::voluntary_si::{Categories, Mode, limits};

/// What the law says on a day, for one place of residence.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day: that of the payment.
    pub on: Date,
    /// Share of the income that is paid.
    pub contribution_rate: InForce<Rate>,
    /// The same, ready for batches.
    pub(crate) contribution_ready: ReadyRate,
    /// Rural poverty line, the lowest income.
    pub poverty_line: InForce<AmountVnd>,
    /// Base salary, from 2025-07-01 the reference level.
    pub reference_level: InForce<AmountVnd>,
    /// The highest income is so many reference levels.
    pub ceiling_multiple: InForce<i64>,
    /// The highest income.
    pub ceiling: AmountVnd,
    /// Step of the income above the poverty line; none from 2025-07-01.
    pub income_step: Option<InForce<AmountVnd>>,
    /// Most months of State support in a life.
    pub support_max_months: InForce<i64>,
    /// State support for each combination of categories.
    pub(crate) support: [CategorySupport; 16],
    /// What the province and district add, for each combination.
    pub(crate) local: [Vec<LocalShare>; 16],
    /// The sum of what they add per month, for each combination.
    pub(crate) local_monthly: [AmountVnd; 16],
    /// Months of each regular mode and the month of its block by which it is paid.
    pub(crate) modes: [(InForce<i64>, InForce<i64>); 4],
    /// Least and most years that may be paid ahead.
    pub(crate) prepaid_years: (InForce<i64>, InForce<i64>),
    /// Longest missing period that may be bought, and the target in years.
    pub(crate) missing_max_months: InForce<i64>,
    pub(crate) minimum_years: InForce<i64>,
    pub(crate) missing_months_before_age: InForce<i64>,
}

impl Rules {
    /// The rules on the day, without local support.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        Rules::at(law, on, None)
    }

    /// The rules on the day for somebody who lives there.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn at(law: &Law, on: Date, residence: Option<&Residence>) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("voluntary_si/{name}"));
        let contribution_rate = find("contribution_rate").rate(on)?;
        let poverty_line = law.parameter("base/rural_poverty_line").amount(on)?;
        let reference_level = law.parameter("base/base_salary").amount(on)?;
        let ceiling_multiple = find("income_ceiling_multiple").count(on)?;
        let income_step = find("income_step").count_in_force(on)?;
        let mut support = Vec::with_capacity(16);
        let mut local = Vec::with_capacity(16);
        for categories in Categories::combinations() {
            let chosen = support::highest(find("support_rate"), on, categories)?;
            let monthly = support::share_of_lowest(
                chosen.rate.value,
                contribution_rate.value,
                poverty_line.value,
            );
            local.push(support::local_shares(
                law,
                on,
                residence,
                chosen.category,
                &contribution_rate,
                &poverty_line,
            )?);
            support.push(CategorySupport { monthly, ..chosen });
        }
        let support = into_array(support);
        let local: [Vec<LocalShare>; 16] = into_array(local);
        let mode = |mode: Mode| -> Result<_, PolicyError> {
            let months = find("block_months").count_of(on, mode.as_str())?;
            Ok((months, find("deadline_month").count_of(on, mode.as_str())?))
        };
        let years = find("prepaid_years");
        Ok(Rules {
            on,
            ceiling: limits::ceiling(&ceiling_multiple, &reference_level, &mut NoTrace),
            contribution_ready: ReadyRate::new(contribution_rate.value),
            contribution_rate,
            poverty_line,
            reference_level,
            ceiling_multiple,
            income_step: income_step.map(|step| step.map(AmountVnd)),
            support_max_months: find("support_max_months").count(on)?,
            support,
            local_monthly: std::array::from_fn(|at| {
                local[at].iter().map(|share| share.monthly).sum()
            }),
            local,
            modes: [
                mode(Mode::Monthly)?,
                mode(Mode::ThreeMonths)?,
                mode(Mode::SixMonths)?,
                mode(Mode::TwelveMonths)?,
            ],
            prepaid_years: (years.count_of(on, "least")?, years.count_of(on, "most")?),
            missing_max_months: find("missing_period_max_months").count(on)?,
            minimum_years: law.parameter("pension/minimum_years").count(on)?,
            missing_months_before_age: find("missing_period_months_before_age").count(on)?,
        })
    }

    /// Whether Luật 41/2024/QH15 is in force.
    pub(crate) fn is_law_2024(&self) -> bool {
        self.on >= LAWS_2024
    }
}

fn into_array<T>(values: Vec<T>) -> [T; 16] {
    values
        .try_into()
        .unwrap_or_else(|_| unreachable!("there are sixteen combinations"))
}
