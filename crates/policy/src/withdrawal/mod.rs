//! The one-time withdrawal: who may, how much, and what is lost by it.

mod amount;
mod conditions;
mod error;
mod loss;
mod pensioner_abroad;
mod periods;
#[cfg(test)]
mod properties_tests;
mod rules;
mod state_support;

use crate::trace::StepText;

pub use amount::{Withdrawal, WithdrawalInput, withdrawal, withdrawal_unchecked};
pub use conditions::{Disease, Reason, allowed};
pub use error::WithdrawalError;
pub use loss::{Lost, WithdrawalLoss, loss};
pub use pensioner_abroad::{PensionerAbroad, PensionerAbroadInput, pensioner_abroad_until_2025_06};
pub use rules::Rules;
pub use state_support::{StateSupport, state_support};

pub(crate) use amount::{by_years, paid};
pub(crate) use loss::loss_of;
pub(crate) use periods::{Periods, counted_periods};
pub(crate) use state_support::highest as highest_support;

/// What the steps say that phones can tell.
pub(crate) const TEXTS: &[&[&StepText]] = &[
    amount::TEXTS,
    conditions::TEXTS,
    loss::TEXTS,
    periods::TEXTS,
    state_support::TEXTS,
];
