//! New records that rest on nothing read before, each with the facts and the change row that belong to it.

use std::borrow::Cow;

use sea_orm::ConnectionTrait;

use crate::changes::{self, ChangeRow, UnnumberedChange};
use crate::facts::{self, FactRow};
use crate::records::Record;
use crate::sql::execute;
use crate::{Args, StoreError};

/// A new record, ready to be written.
#[derive(Debug)]
pub struct Creation {
    /// Writes the record; nothing when its id is taken.
    pub(crate) record: (Cow<'static, str>, Args),
    /// The arguments of each of its facts.
    pub(crate) facts: Vec<Args>,
    /// Its change row.
    pub(crate) change: UnnumberedChange,
}

impl Creation {
    /// `insertion` writes one `R`. The record's id is that of its change row, and so is its province.
    pub(crate) fn new<R: Record>(
        insertion: &'static str,
        row: &R,
        facts: &[FactRow],
        change: &ChangeRow,
    ) -> Self {
        Self {
            record: (Cow::Borrowed(insertion), row.bind(Args::new())),
            facts: facts.iter().map(facts::arguments).collect(),
            change: UnnumberedChange::of(change),
        }
    }
}

/// Writes a record and returns the number of its change, or none when its id was taken.
pub(crate) async fn write(
    db: &impl ConnectionTrait,
    creation: Creation,
) -> Result<Option<i64>, StoreError> {
    let (text, args) = creation.record;
    if execute(db, text, args).await? == 0 {
        return Ok(None);
    }
    changes::append(db, creation.change, creation.facts)
        .await
        .map(Some)
}
