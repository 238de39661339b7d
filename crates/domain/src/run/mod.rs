//! The rules of running a campaign: readiness, corrections, credit, confirmation, and what each record counts for.

pub mod codes;
pub mod confirmations;
pub mod contributions;
pub mod credits;
pub mod languages;
pub mod readiness;
pub mod versions;
