//! New records that rest on nothing read before, each with the facts and the change row that belong to it.

use sea_orm::ConnectionTrait;

use crate::changes::{self, ChangeRow};
use crate::facts::FactRow;
use crate::records::Record;
use crate::sql::{Script, execute, values};
use crate::{Args, StoreError};

/// A new record, ready to be written.
#[derive(Debug)]
pub struct Creation {
    /// Writes the record; nothing when its id is taken.
    pub(crate) record: (String, Args),
    /// Writes its facts and its change row, and returns the number of the change.
    pub(crate) change: Script,
}

impl Creation {
    /// The record's id is that of its change row, and so is its province.
    pub(crate) fn new<R: Record>(row: &R, facts: &[FactRow], change: &ChangeRow) -> Self {
        let text = format!(
            "insert into {} ({}) values {} on conflict do nothing",
            R::TABLE,
            R::COLUMNS.join(", "),
            values(1, R::COLUMNS.len())
        );
        Self {
            record: (text, row.bind(Args::new())),
            change: changes::insertion_with_facts(change, facts),
        }
    }

    /// All statements in their order: that of the record, then those of its change.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &(String, Args)> {
        std::iter::once(&self.record).chain(self.change.statements())
    }

    /// The creation that has these [`Creation::statements`]; none when there are none.
    pub(crate) fn of_statements(
        statements: impl IntoIterator<Item = (String, Args)>,
    ) -> Option<Self> {
        let mut statements = statements.into_iter();
        let record = statements.next()?;
        let mut change = Script::default();
        for (text, args) in statements {
            change.add(text, args);
        }
        Some(Self { record, change })
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
    changes::number(creation.change, db).await.map(Some)
}
