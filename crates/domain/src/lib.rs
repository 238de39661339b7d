//! The words of Ra Quân and their rules: administrative units over time, indicators, periods, plans, tasks, Vietnamese text.
//!
//! Invariant: nothing here reads a file, the network, a clock or chance; texts and dates come in as arguments.

pub mod activity_kinds;
pub mod admin_units;
pub mod indicators;
pub mod json_faults;
pub mod observations;
pub mod period;
pub mod plan;
pub mod ranking;
pub mod run;
pub mod targets;
pub mod tasks;
pub mod vietnamese;
