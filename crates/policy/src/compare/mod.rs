//! Withdraw now, or keep the years and retire: what each brings, and from which age keeping brings more.

mod comparison;
mod plan;
#[cfg(test)]
mod properties_tests;

use crate::trace::StepText;

pub use comparison::{
    AtAge, BreakEven, CompareInput, Comparison, KeepAndRetire, Refusal, SocialPensionLater,
    WithdrawNow, compare,
};
pub use plan::{Further, FurtherPayment};

pub(crate) use comparison::OLDEST;
pub(crate) use plan::{Plan, planned};

/// What the steps say that phones can tell.
pub(crate) const TEXTS: &[&[&StepText]] = &[comparison::TEXTS, plan::TEXTS];
