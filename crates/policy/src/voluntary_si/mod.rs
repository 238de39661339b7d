//! Voluntary social insurance: limits of the income, payment modes, prepaying, missing period, refunds, State support.
//!
//! All amounts are whole đồng; monthly amounts are rounded half up before they are multiplied, sums at compound return
//! once at the end.

mod batch;
mod categories;
mod changing;
mod error;
mod late;
mod limits;
mod missing_period;
mod payment;
mod prepaid;
#[cfg(test)]
mod properties_tests;
mod refund;
mod rules;
mod support;

use crate::trace::StepText;

pub use batch::{PaymentAmounts, PaymentColumns, payments};
pub use categories::{Categories, Category};
pub use changing::{ChangeInput, Changes, changes};
pub use error::VoluntarySiError;
pub use late::{LateInput, LatePayment, late_payment_until_2025_06};
pub use limits::{Limits, LimitsInput, income_checked, limits};
pub use missing_period::{MissingPeriodInput, MissingPeriodPayment, missing_period};
pub use payment::{Mode, Payment, PaymentInput, monthly_contribution, payment};
pub use prepaid::{PrepaidInput, PrepaidPayment, prepaid};
pub use refund::{
    PrepaidRefundInput, Refund, RefundReason, RegularRefundInput, refund_of_prepaid,
    refund_of_regular,
};
pub use rules::Rules;
pub use support::{Residence, Support, support};

/// What the steps say that phones can tell.
pub(crate) const TEXTS: &[&[&StepText]] = &[limits::TEXTS, payment::TEXTS, support::TEXTS];
