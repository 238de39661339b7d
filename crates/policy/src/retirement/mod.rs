//! When somebody may retire: the age by sex and month of birth, the first month of the pension, the least period, who may
//! buy what is missing.

mod age;
mod entitlement;
#[cfg(test)]
mod properties_tests;
mod rules;
mod schedule;
mod who;

use crate::trace::{Doubt, StepText};

pub use age::{Age, AgeInput, AgeReached, age_reached};
pub use entitlement::{
    Basis, BoughtPeriod, Choice, Entitlement, EntitlementInput, MissingPeriod, entitlement,
};
pub use rules::Rules;
pub use schedule::{ScheduleInput, ScheduleRow, schedule};
pub use who::{Birthday, Sex};

pub(crate) use entitlement::retained_age_before;
pub(crate) use rules::AGE_RISES;

/// What the steps say that phones can tell.
pub(crate) const TEXTS: &[&[&StepText]] = &[age::TEXTS, entitlement::TEXTS];

/// The doubts that phones carry too.
pub(crate) const DOUBTS: &[&[&Doubt]] = &[entitlement::DOUBTS];
