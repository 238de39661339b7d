//! The pension: rate, average income with the coefficients of the consumer price index, one-time allowance, amount.
//!
//! The average is taken without the part of a đồng, as the one published example does (no text of law was found that says
//! so); all other amounts are rounded half up, once.

mod allowance;
mod amount;
mod average;
mod batch;
mod coefficients;
mod error;
mod of_career;
#[cfg(test)]
mod properties_tests;
mod rate;
mod reduction;
mod rules;

use crate::trace::{Doubt, StepText};

pub use allowance::{OneTimeAllowance, one_time_allowance};
pub use amount::{AmountInput, Pension, amount};
pub use average::{Average, AverageInput, average};
pub use batch::{BatchCareer, BatchPension, BatchRules, pension_of_incomes};
pub use coefficients::{AssumedCoefficient, Coefficients};
pub use error::PensionError;
pub use of_career::{CareerPension, CareerPensionInput, average_of_career, of_career, rules_at};
pub use rate::{RateInput, RateResult, rate, rate_with_reduction};
pub use reduction::{Early, early_reduction};
pub use rules::Rules;

pub(crate) use average::tell_assumed_rules;
pub(crate) use coefficients::{FIRST_VOLUNTARY_YEAR, FIRST_YEAR};
pub(crate) use of_career::coefficients_at;
pub(crate) use rate::{FIFTEEN_YEARS, half_years};

/// What the steps say that phones can tell.
pub(crate) const TEXTS: &[&[&StepText]] =
    &[allowance::TEXTS, amount::TEXTS, average::TEXTS, rate::TEXTS];

/// The doubts that phones carry too.
pub(crate) const DOUBTS: &[&[&Doubt]] = &[allowance::DOUBTS, amount::DOUBTS, average::DOUBTS];
