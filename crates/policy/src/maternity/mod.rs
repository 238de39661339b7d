//! The maternity allowance of voluntary SI, from 2025-07-01.

mod allowance;
mod error;
mod rules;

pub use allowance::{Claimant, Maternity, MaternityInput, maternity};
pub use error::MaternityError;
pub use rules::Rules;
