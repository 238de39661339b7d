//! The API: stories per role and the authorisation of every operation, in process through the
//! router; what only a process of its own can show, with the real program.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod activities;
mod admin_units;
mod authorization;
mod campaigns;
mod changes;
mod demo;
mod durability;
mod enrollment_corrections;
mod fault_words;
mod field_records;
mod field_references;
mod figures;
mod imports;
mod launch_day;
mod nghe_an;
mod observations;
mod organizations;
mod policy;
mod policy_commands;
mod policy_entries;
mod policy_kept;
mod program;
mod report_rankings;
mod run_world;
mod sessions;
mod support;
mod targets;
mod task_cascade;
mod tasks;
