//! What relatives get on a death: the funeral allowance, and the survivors' lump sum.

mod funeral;
#[cfg(test)]
mod properties_tests;
mod rules;
mod survivors;

pub use funeral::{Funeral, FuneralInput, funeral};
pub use rules::Rules;
pub use survivors::{Deceased, SurvivorsInput, SurvivorsLumpSum, survivors_lump_sum};
