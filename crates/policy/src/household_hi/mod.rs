//! Health insurance of a household: what each member pays, when a card holds, what the fund pays of a visit.
//!
//! All amounts are whole đồng; monthly amounts are rounded half up before they are multiplied.

mod batch;
mod benefit_rules;
mod card;
mod consecutive;
mod contribution;
mod copayments;
mod error;
mod groups;
mod order;
#[cfg(test)]
mod properties_tests;
mod rules;
mod thresholds;
mod visit;

use crate::trace::{Doubt, StepText};

pub use batch::{Form, contributions};
pub use benefit_rules::{BenefitRules, Insured, Place};
pub use card::{Card, CardInput, card};
pub use consecutive::{CardPeriod, Consecutive, ConsecutiveInput, consecutive};
pub use contribution::{
    BaseChange, Contribution, ContributionInput, Member, MemberContribution, contribution,
};
pub use copayments::{Copaid, Copayments, CopaymentsInput, copayments};
pub use error::HouseholdHiError;
pub use groups::Group;
pub use rules::Rules;
pub use thresholds::{InsuredLevel, Thresholds, ThresholdsInput, thresholds};
pub use visit::{Visit, VisitInput, VisitReason, visit};

/// What the steps say that phones can tell.
pub(crate) const TEXTS: &[&[&StepText]] = &[contribution::TEXTS, groups::TEXTS];

/// The doubts that phones carry too.
pub(crate) const DOUBTS: &[&[&Doubt]] = &[contribution::DOUBTS, groups::DOUBTS];
