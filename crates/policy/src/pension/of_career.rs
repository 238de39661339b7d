//! The pension of a whole working life: when, how much.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::career::{Career, Months, incomes_checked};
use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::Law;
use crate::pension::{
    AmountInput, AssumedCoefficient, Average, AverageInput, Coefficients, Early, Pension,
    PensionError, Rules, amount, average, tell_assumed_rules,
};
use crate::retirement::{
    self, Age, Birthday, BoughtPeriod, Entitlement, EntitlementInput, Sex, entitlement,
};
use crate::trace::Recorder;

/// Whose pension.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareerPensionInput {
    /// As far as it is known.
    pub born: Birthday,
    /// By which age and scale differ.
    pub sex: Sex,
    /// All that was and will be paid.
    pub career: Career,
    /// First month of the pension; the first possible one if not said. Before the age only with `early_normal_age`.
    pub starts: Option<Month>,
    /// For retiring early under compulsory rules: the age before which the pension is reduced.
    pub early_normal_age: Option<Age>,
    /// Months paid abroad under a treaty.
    #[serde(default)]
    pub treaty_months: u32,
}

/// A pension with its first month.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CareerPension {
    /// First month.
    pub starts: Month,
    /// Age in the first month.
    pub age: Age,
    /// How many months of what.
    pub months: Months,
    /// Whether and when there is one.
    pub entitlement: Entitlement,
    /// How much.
    pub pension: Pension,
}

/// The rules of a pension that starts in the month, for somebody who asks on `on`: those of its time if it started
/// before, else those of the day asked for, since nobody knows later ones.
///
/// Errors: a day whose law is not known, a parameter without a value.
pub fn rules_at(law: &Law, on: Date, starts: Option<Month>) -> Result<Rules, PolicyError> {
    law.check_date(on)?;
    let day = starts.map_or(on, |starts| starts.first_day().min(on));
    Rules::of_start(law, day)
}

/// The table of the rules, or what an example assumes instead.
///
/// Errors: the table of the year is not known.
pub(crate) fn coefficients_at(
    law: &Law,
    rules: &Rules,
    assumed: &[AssumedCoefficient],
) -> Result<Coefficients, PolicyError> {
    if assumed.is_empty() {
        return Ok(rules.coefficients.clone()?);
    }
    Coefficients::assumed(law, rules.day, assumed)
}

/// The average income of a working life for a benefit that starts in the month asked for.
///
/// Errors: as of [`average`].
pub fn average_of_career(
    law: &Law,
    on: Date,
    input: &AverageInput,
    recorder: &mut impl Recorder,
) -> Result<Average, PolicyError> {
    incomes_checked(law, on, &input.career)?;
    let rules = rules_at(law, on, input.starts)?;
    if let Some(starts) = input.starts {
        tell_assumed_rules(rules.day, starts, recorder);
    }
    let coefficients = coefficients_at(law, &rules, &input.coefficients)?;
    average(&rules, &coefficients, &input.career, recorder)
}

/// The pension of a working life, for somebody who asks on `on`.
///
/// A pension that starts later is computed by the rules and coefficients of the day asked for, with coefficient 1 for years
/// to come, and says so.
///
/// Errors: a career that cannot be, too few months, a start before the age, a year without a coefficient.
pub fn of_career(
    law: &Law,
    on: Date,
    input: &CareerPensionInput,
    recorder: &mut impl Recorder,
) -> Result<CareerPension, PolicyError> {
    incomes_checked(law, on, &input.career)?;
    let months = input.career.months();
    let asked = retirement::Rules::on(law, on)?;
    let entitlement = entitlement(&asked, &entitlement_input(input), recorder)?;
    let starts = first_month(&asked, input, &entitlement)?;
    let rules = rules_at(law, on, Some(starts))?;
    tell_assumed_rules(rules.day, starts, recorder);
    let coefficients = coefficients_at(law, &rules, &[])?;
    let average = average(&rules, &coefficients, &input.career, recorder)?;
    let age = Age {
        months: starts.since(input.born.month()),
    };
    let early = input
        .early_normal_age
        .filter(|normal| age < *normal)
        .map(|normal_age| Early { age, normal_age });
    let of_amount = AmountInput {
        sex: input.sex,
        months: months.all(),
        average_vnd: average.average_vnd,
        compulsory_months: months.compulsory,
        months_after_age: months_after(&input.career, &entitlement, rules.minimum_months()),
        treaty_months: input.treaty_months,
        early,
        starts: None,
    };
    Ok(CareerPension {
        starts,
        age,
        months,
        pension: amount(&rules, &of_amount, recorder)?,
        entitlement,
    })
}

/// What the career says about when there is a pension.
pub(crate) fn entitlement_input(input: &CareerPensionInput) -> EntitlementInput {
    let months = input.career.months();
    EntitlementInput {
        born: input.born,
        sex: input.sex,
        voluntary_months: months.voluntary - months.bought,
        compulsory_months: months.compulsory,
        joined_voluntary: input.career.joined_voluntary(),
        last_paid: input.career.last_month(),
        bought: input
            .career
            .bought
            .iter()
            .max_by_key(|bought| bought.paid_in)
            .map(|last| BoughtPeriod {
                paid_in: last.paid_in,
                months: months.bought.min(120),
            }),
        capacity_loss_percent: None,
    }
}

/// Errors: no pension at all, or a start before the age without early retirement.
fn first_month(
    rules: &retirement::Rules,
    input: &CareerPensionInput,
    entitlement: &Entitlement,
) -> Result<Month, PolicyError> {
    let by_treaty = entitlement.months + input.treaty_months >= entitlement.minimum_months;
    let earliest = match entitlement.pension_from {
        Some(from) => from,
        None if by_treaty => {
            let last = input.career.last_month().map(|last| last.plus(1));
            let by_age = entitlement.age_reached.plus(1);
            by_age.max(last.unwrap_or(by_age))
        }
        None => {
            return Err(PensionError::TooShort {
                months: entitlement.months + input.treaty_months,
                minimum: entitlement.minimum_months,
                day: rules.on,
                rule: rules.minimum_years.source.clone(),
            }
            .into());
        }
    };
    match input.starts {
        None => Ok(earliest),
        Some(starts) if starts >= earliest => Ok(starts),
        Some(starts) if input.early_normal_age.is_some() => Ok(starts),
        Some(starts) => Err(PensionError::BeforeTheAge { starts, earliest }.into()),
    }
}

/// Months paid after retirement age beyond those that gave the right to a pension.
fn months_after(career: &Career, entitlement: &Entitlement, minimum: u32) -> u32 {
    let until = |span: &crate::career::Span| span.months_until(entitlement.age_reached);
    let before: u32 = career.spans.iter().map(until).sum();
    let all = career.months();
    let needed = minimum.max(before + all.bought);
    all.all().saturating_sub(needed)
}
