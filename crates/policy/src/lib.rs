//! The law as code: what a person pays, what the State adds, what it brings, on any date since 2018, with the reasons.
//!
//! Invariant: nothing here reads a file, the network, a clock or chance, and nothing is computed in floating point;
//! parameter files are compiled in or handed in as text. A date without a value or a rule is an error, never zero.
//!
//! # How it is made
//!
//! - A **parameter** is a file an expert can check, `parameters/<area>/<name>.yaml`: description, unit, dated values, each
//!   with its article and how well it is verified. [`Parameters`] holds all of them; [`Law`] adds what an administrator
//!   enters (the monthly return r) and what provinces add.
//! - **Rules** are the parameters of one area on one day, resolved once into a plain struct such as
//!   [`voluntary_si::Rules`], so that a batch looks nothing up.
//! - A **formula** is a function of rules and input. It takes `&mut impl Recorder` and tells it each step; with
//!   [`NoTrace`] that costs nothing, with [`Trace`] (by [`explained`]) the steps are kept. A method that the law replaced
//!   stays as a function with its last day in its name.
//! - An **error** names the rule, the limit and the article, has a stable code and both languages: [`PolicyError`].
//! - A **case** is an example of the law in YAML, `cases/*.yaml`, run by [`cases::check`].
//!
//! # Its areas
//!
//! - [`voluntary_si`]: what is paid, and what the State adds.
//! - [`household_hi`]: health insurance of households, from the contribution to the card and the visit.
//! - [`employer`]: what employers and household businesses pay, and what being late costs.
//! - [`career`]: what somebody paid over a life, as people tell it. From it [`retirement`] says when, [`pension`] how much,
//!   [`withdrawal`] what leaving brings and loses, [`own_allowance`] and [`social_pension`] what there is without a pension,
//!   [`death`] and [`maternity`] the other benefits.
//! - [`compare`] and [`tables`]: several of these side by side, by the rules of the day asked for.
//! - [`offline`]: what a phone needs to answer without the engine, made by it.
//! - [`differences`](mod@differences): what the law changed between two days, numbers and methods.
//!
//! # How something is added
//!
//! - A number: a new date in its file; or a new file, and its name in the list of `parameters/embedded.rs`. See
//!   `docs/develop/adding-a-parameter.md`.
//! - A calculator: a folder beside [`voluntary_si`] with `rules.rs` (resolve), one file for each subject (typed input and
//!   output with `serde`, the formula with the sentence of the law above it, its [`StepText`]s), and `error.rs` (an enum
//!   that becomes a variant of [`PolicyError`]); then one line in [`calculators::CALCULATORS`], which makes it known by
//!   name to cases, the command line and the API.
//! - A case: an entry in a file of `cases/`; the test of [`cases`] runs all files of the folder.

pub mod amount;
pub mod calculators;
pub mod career;
pub mod cases;
pub mod compare;
pub mod compound;
pub mod death;
pub mod differences;
pub mod employer;
pub mod error;
pub mod household_hi;
pub mod maternity;
pub mod month;
pub mod offline;
pub mod own_allowance;
pub mod parameters;
pub mod pension;
pub mod person;
pub mod rate;
pub mod reference;
pub mod retirement;
pub mod social_pension;
pub mod tables;
pub mod trace;
pub mod voluntary_si;
pub mod withdrawal;

use jiff::civil::Date;

pub use amount::{AmountVnd, Rounding};
pub use differences::{Differences, differences};
pub use error::PolicyError;
pub use month::Month;
pub use parameters::{InForce, Law, Parameters, rules_version};
pub use rate::Rate;
pub use trace::{
    Doubt, Explained, Language, NoTrace, Recorder, Step, StepText, Trace, Value, explained,
};

/// The first day whose law is told.
pub const FIRST_DATE: Date = jiff::civil::date(2018, 1, 1);

/// The first day of the laws of 2024, with their decrees: Luật 41/2024/QH15 on social insurance and, in full, Luật 51/2024/QH15
/// on health insurance.
pub(crate) const LAWS_2024: Date = jiff::civil::date(2025, 7, 1);

/// The last day whose law is told. The law was collected up to 22 November 2026; the last change known then is of
/// 1 January 2027. Move it on when a later state of the law has been checked.
pub const LAST_DATE: Date = jiff::civil::date(2027, 12, 31);
