//! SQL for SQLite and PostgreSQL: migrations, transactions, the change log, one file per resource.
//!
//! Every statement is written once and runs on both databases; what differs stands in `dialect`.
//! Functions take any `ConnectionTrait` (a pool for reading, a transaction for writing) and know
//! nothing of rights: the application hands in the scope that a query is limited to.

pub mod activities;
pub mod campaigns;
pub mod changes;
pub mod confirmations;
pub mod consultations;
mod creations;
mod creator;
mod dialect;
pub mod enrollments;
mod error;
pub mod facts;
pub mod files;
pub mod gifts;
pub mod imports;
mod intake;
pub mod law;
mod migrate;
pub mod observations;
pub mod organizations;
pub mod people;
mod pool;
mod records;
pub mod references;
mod scope;
pub mod sessions;
pub mod sites;
mod sql;
pub mod targets;
pub mod tasks;
pub mod teams;
pub mod users;
mod writer;

pub use creations::Creation;
pub use error::StoreError;
pub use migrate::MIGRATIONS;
pub use pool::{Db, DbOptions};
pub use scope::Scope;
pub use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};
pub use sql::{Args, Page};
pub use writer::{Job, JobFuture};
