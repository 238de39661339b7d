//! The monthly allowance from one's own contributions, for people of retirement age with too few years for a pension:
//! Luật 41/2024/QH15, Điều 23, from 2025-07-01.

mod allowance;
mod error;
#[cfg(test)]
mod properties_tests;
mod rules;

pub use allowance::{OwnAllowance, OwnAllowanceInput, own_allowance};
pub use error::OwnAllowanceError;
pub use rules::Rules;
