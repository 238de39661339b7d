//! What can go wrong in the store.

use sea_orm::{DbErr, SqlErr};

/// An error of the database or of what was handed to it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique constraint refused the row; the message names the constraint or its columns.
    #[error("a row with this key exists already: {0}")]
    Duplicate(String),
    /// A foreign key refused the row.
    #[error("a row that is referred to does not exist: {0}")]
    MissingReference(String),
    /// The database address names neither SQLite nor PostgreSQL.
    #[error(
        "the database address must begin with sqlite: or postgres://, for example sqlite:var/raquan.db"
    )]
    UnknownDatabase,
    /// A migration could not be carried out.
    #[error("migration {name} failed")]
    Migration {
        /// File name of the migration.
        name: &'static str,
        /// What the database said.
        #[source]
        source: DbErr,
    },
    /// The file was written by a newer version of the program.
    #[error(
        "the database has migration {0}, which this version does not know: use a newer version"
    )]
    Newer(i64),
    /// The writer has stopped, since the program is shutting down.
    #[error("the writer has stopped")]
    Stopped,
    /// Anything else the database answered.
    #[error("the database refused a statement")]
    Database(#[source] DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) => Self::Duplicate(text),
            Some(SqlErr::ForeignKeyConstraintViolation(text)) => Self::MissingReference(text),
            _ => Self::Database(error),
        }
    }
}
