//! HTTP: shapes at the edge, short handlers, every route in `routes`.

pub mod activities;
pub mod activity_kinds;
pub mod activity_parts;
pub mod admin_units;
pub mod campaigns;
pub mod changes;
pub mod confirmations;
pub mod consultations;
pub mod enrollments;
mod error;
pub mod error_words;
mod extract;
pub mod figures;
pub mod files;
pub mod gifts;
pub mod imports;
mod json;
pub mod monthly_forms;
pub mod observations;
pub mod organizations;
pub mod people;
pub mod policy;
pub mod rankings;
mod records;
pub mod reports;
mod routes;
pub mod sessions;
pub mod targets;
pub mod tasks;
pub mod users;
mod web_app;

pub use error::{ApiError, ApiFault};
pub use extract::{Body, COOKIE, Caller, ClientAddress, Page, PageParams, Params, SignedIn};
pub use json::{Json, WrittenJson};
pub use routes::{openapi, router};
