//! What employers pay: the rates of a day, late payment and evasion by the old and the new rules, the order of allocation.

mod allocation;
mod error;
mod fine;
mod household_business;
mod late_interest;
mod late_payment;
mod missing_months;
#[cfg(test)]
mod properties_tests;
mod rates;
mod rules;

pub use allocation::{Allocated, Allocation, AllocationInput, Owed, OwedByFund, allocation};
pub use error::EmployerError;
pub use fine::{Fine, FineInput, fine};
pub use household_business::{HouseholdBusiness, HouseholdBusinessInput, household_business};
pub use late_interest::{
    Debt, DebtInterest, InterestOn, LateInterest, LateInterestInput, late_interest_until_2025_06,
};
pub use late_payment::{LateKind, LatePayment, LatePaymentInput, late_payment};
pub use missing_months::{MissingMonths, MissingMonthsInput, missing_months};
pub use rates::{Fund, FundRate, Rates, RatesInput, rates};
pub use rules::Rules;
