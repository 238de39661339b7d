//! All calculators by name, with input and answer as JSON: for cases, the command line and the API.

mod descriptions;

use domain::json_faults::in_vietnamese;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use descriptions::{DESCRIPTIONS, Description};

use crate::compare;
use crate::death;
use crate::employer;
use crate::error::PolicyError;
use crate::household_hi;
use crate::maternity;
use crate::own_allowance;
use crate::parameters::Law;
use crate::pension;
use crate::retirement;
use crate::social_pension;
use crate::tables;
use crate::trace::{Explained, Language, Trace, explained};
use crate::voluntary_si::{self, Residence, Rules};
use crate::withdrawal;

/// One calculator: the law, the day, the input as JSON.
pub type Calculator = fn(&Law, Date, &Value) -> Result<Explained<Value>, CalculatorError>;

/// Why a calculator by name gives no answer.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum CalculatorError {
    /// The input has not the form that the calculator wants.
    #[error("dữ liệu vào không đúng dạng: {}", in_vietnamese(.0))]
    Input(String),
    /// The law refuses.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl CalculatorError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            CalculatorError::Input(_) => "input.malformed",
            CalculatorError::Policy(error) => error.code(),
        }
    }

    /// In one language.
    pub fn message(&self, language: Language) -> String {
        match (self, language) {
            (_, Language::Vi) => self.to_string(),
            (CalculatorError::Input(what), Language::En) => {
                format!("the input has not the form that is wanted: {what}")
            }
            (CalculatorError::Policy(error), Language::En) => error.message_en(),
        }
    }
}

/// All calculators, by name in order. A new one is a line here and one in [`DESCRIPTIONS`].
pub const CALCULATORS: &[(&str, Calculator)] = &[
    ("compare.withdraw_or_keep", |law, on, input| {
        run(input, |input, trace| {
            compare::compare(law, on, &input, trace)
        })
    }),
    ("death.funeral", |law, on, input| {
        run(input, |input, trace| {
            death::funeral(&death::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("death.survivors_lump_sum", |law, on, input| {
        run(input, |input, trace| {
            death::survivors_lump_sum(&death::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("employer.allocation", |law, on, input| {
        run(input, |input: employer::AllocationInput, trace| {
            employer::allocation(law, on, &input, trace)
        })
    }),
    ("employer.fine", |law, on, input| {
        run(input, |input: employer::FineInput, trace| {
            employer::fine(law, on, &input, trace)
        })
    }),
    ("employer.household_business", |law, on, input| {
        run(input, |input: employer::HouseholdBusinessInput, trace| {
            employer::household_business(&employer::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("employer.late_interest", |law, on, input| {
        run(input, |input: employer::LateInterestInput, trace| {
            employer::late_interest_until_2025_06(law, on, &input, trace)
        })
    }),
    ("employer.late_payment", |law, on, input| {
        run(input, |input: employer::LatePaymentInput, trace| {
            employer::late_payment(law, on, &input, trace)
        })
    }),
    ("employer.missing_months", |law, on, input| {
        run(input, |input: employer::MissingMonthsInput, trace| {
            employer::missing_months(&employer::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("employer.rates", |law, on, input| {
        run(input, |input: employer::RatesInput, trace| {
            employer::rates(&employer::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("household_hi.card", |law, on, input| {
        run(input, |input: household_hi::CardInput, trace| {
            household_hi::card(&household_hi::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("household_hi.consecutive", |law, on, input| {
        run(input, |input: household_hi::ConsecutiveInput, trace| {
            household_hi::consecutive(&household_hi::BenefitRules::on(law, on)?, &input, trace)
        })
    }),
    ("household_hi.contribution", |law, on, input| {
        run(input, |input: household_hi::ContributionInput, trace| {
            household_hi::contribution(&household_hi::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("household_hi.copayments", |law, on, input| {
        run(input, |input: household_hi::CopaymentsInput, trace| {
            household_hi::copayments(&household_hi::BenefitRules::on(law, on)?, &input, trace)
        })
    }),
    ("household_hi.thresholds", |law, on, input| {
        run(input, |_: household_hi::ThresholdsInput, trace| {
            Ok(household_hi::thresholds(
                &household_hi::BenefitRules::on(law, on)?,
                trace,
            ))
        })
    }),
    ("household_hi.visit", |law, on, input| {
        run(input, |input: household_hi::VisitInput, trace| {
            household_hi::visit(&household_hi::BenefitRules::on(law, on)?, &input, trace)
        })
    }),
    ("maternity.allowance", |law, on, input| {
        run(input, |input, trace| {
            maternity::maternity(&maternity::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("own_allowance.allowance", |law, on, input| {
        run(input, |input, trace| {
            own_allowance::own_allowance(&own_allowance::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("pension.amount", |law, on, input| {
        run(input, |input: pension::AmountInput, trace| {
            pension::amount(&pension::rules_at(law, on, input.starts)?, &input, trace)
        })
    }),
    ("pension.average", |law, on, input| {
        run(input, |input, trace| {
            pension::average_of_career(law, on, &input, trace)
        })
    }),
    ("pension.of_career", |law, on, input| {
        run(input, |input, trace| {
            pension::of_career(law, on, &input, trace)
        })
    }),
    ("pension.rate", |law, on, input| {
        run(input, |input: pension::RateInput, trace| {
            pension::rate_with_reduction(&pension::rules_at(law, on, input.starts)?, &input, trace)
        })
    }),
    ("retirement.age", |law, on, input| {
        run(input, |input, trace| {
            retirement::age_reached(&retirement::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("retirement.entitlement", |law, on, input| {
        run(input, |input, trace| {
            retirement::entitlement(&retirement::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("retirement.schedule", |law, on, input| {
        run(input, |input, trace| {
            retirement::schedule(law, &retirement::Rules::on(law, on)?, input, trace)
        })
    }),
    ("social_pension.amount", |law, on, input| {
        run(input, |input, trace| {
            social_pension::social_pension(&social_pension::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("tables.curve", |law, on, input| {
        run(input, |input, trace| tables::curve(law, on, &input, trace))
    }),
    ("tables.leaflet", |law, on, input| {
        run(input, |input, trace| {
            tables::leaflet(law, on, &input, trace)
        })
    }),
    ("voluntary_si.changes", |law, on, input| {
        run(input, |input, trace| {
            voluntary_si::changes(&Rules::on(law, on)?, &input, trace)
        })
    }),
    ("voluntary_si.late_payment", |law, on, input| {
        run(input, |input, trace| {
            // Refused before a return is asked for: after 2025-06-30 there is none to ask for.
            voluntary_si::late_payment_until_2025_06(law, on, || law.fund_return(on), &input, trace)
        })
    }),
    ("voluntary_si.limits", |law, on, input| {
        run(input, |_: voluntary_si::LimitsInput, trace| {
            Ok(voluntary_si::limits(&Rules::on(law, on)?, trace))
        })
    }),
    ("voluntary_si.missing_period", |law, on, input| {
        run(input, |input: voluntary_si::MissingPeriodInput, trace| {
            let rules = rules_at(law, on, &input.residence)?;
            voluntary_si::missing_period(&rules, &law.fund_return(on)?, &input, trace)
        })
    }),
    ("voluntary_si.payment", |law, on, input| {
        run(input, |input: voluntary_si::PaymentInput, trace| {
            let rules = rules_at(law, on, &input.residence)?;
            voluntary_si::payment(&rules, &input, trace)
        })
    }),
    ("voluntary_si.prepaid", |law, on, input| {
        run(input, |input: voluntary_si::PrepaidInput, trace| {
            let rules = rules_at(law, on, &input.residence)?;
            voluntary_si::prepaid(&rules, &law.fund_return(on)?, &input, trace)
        })
    }),
    ("voluntary_si.refund_of_prepaid", |law, on, input| {
        run(input, |input, trace| {
            voluntary_si::refund_of_prepaid(law, on, &input, trace)
        })
    }),
    ("voluntary_si.refund_of_regular", |law, on, input| {
        run(input, |input, trace| {
            voluntary_si::refund_of_regular(law, on, &input, trace)
        })
    }),
    ("withdrawal.amount", |law, on, input| {
        run(input, |input, trace| {
            withdrawal::withdrawal(law, &withdrawal::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("withdrawal.loss", |law, on, input| {
        run(input, |input, trace| {
            withdrawal::loss(law, &withdrawal::Rules::on(law, on)?, &input, trace)
        })
    }),
    ("withdrawal.pensioner_abroad", |law, on, input| {
        run(input, |input, trace| {
            withdrawal::pensioner_abroad_until_2025_06(law, on, &input, trace)
        })
    }),
];

/// The calculator of a name.
pub fn find(name: &str) -> Option<Calculator> {
    CALCULATORS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, calculator)| *calculator)
}

/// How many answers a case asks for: a table as many as it has rows.
pub fn rows(name: &str, input: &Value) -> usize {
    match name {
        "tables.leaflet" => {
            tables::LeafletInput::deserialize(input).map_or(1, |input| input.rows().max(1))
        }
        _ => 1,
    }
}

fn rules_at(law: &Law, on: Date, residence: &Option<Residence>) -> Result<Rules, PolicyError> {
    Rules::at(law, on, residence.as_ref())
}

/// Runs a typed formula on JSON.
fn run<I: DeserializeOwned, O: Serialize>(
    input: &Value,
    formula: impl FnOnce(I, &mut Trace) -> Result<O, PolicyError>,
) -> Result<Explained<Value>, CalculatorError> {
    // The path of what is wrong is looked for when something is.
    let input = I::deserialize(input)
        .or_else(|_| serde_path_to_error::deserialize(input))
        .map_err(|error| CalculatorError::Input(error.to_string()))?;
    let answer = explained(|trace| formula(input, trace))?;
    Ok(answer.map(|value| serde_json::to_value(value).expect("answers are plain structs")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calculators_stand_in_order_of_their_names() {
        assert!(CALCULATORS.is_sorted_by(|(one, _), (next, _)| one < next));
    }
}
