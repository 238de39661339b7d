//! New records that rest on nothing read before: those that wait together are written by few statements.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::changes::{ChangeRow, change_insert_many};
use crate::facts::FactRow;
use crate::records::Record;
use crate::sql::{all, values};
use crate::{Args, StoreError};

/// At most so many records are written by one statement.
const AT_ONCE: usize = 64;

/// A new record with the facts and the change row that belong to it.
#[derive(Debug, Clone)]
pub struct Creation {
    table: &'static str,
    columns: &'static [&'static str],
    values: Args,
    facts: Vec<FactRow>,
    change: ChangeRow,
}

impl Creation {
    /// The record's id is that of its change row, and so is its province.
    pub(crate) fn new<R: Record>(row: &R, facts: Vec<FactRow>, change: ChangeRow) -> Self {
        Self {
            table: R::TABLE,
            columns: R::COLUMNS,
            values: row.bind(Args::new()),
            facts,
            change,
        }
    }

    fn goes_with(&self, other: &Self) -> bool {
        self.table == other.table && self.change.province_id == other.change.province_id
    }
}

/// Writes records and answers for each, in their order, with the number of its change, or none when
/// its id was taken.
pub(crate) async fn write(
    db: &impl ConnectionTrait,
    creations: &[&Creation],
) -> Result<Vec<Option<i64>>, StoreError> {
    let mut numbers = Vec::with_capacity(creations.len());
    for alike in creations.chunk_by(|one, other| one.goes_with(other)) {
        for some in alike.chunks(AT_ONCE) {
            numbers.extend(write_alike(db, some).await?);
        }
    }
    Ok(numbers)
}

#[derive(FromQueryResult)]
struct Inserted {
    id: String,
}

async fn write_alike(
    db: &impl ConnectionTrait,
    creations: &[&Creation],
) -> Result<Vec<Option<i64>>, StoreError> {
    let Some(first) = creations.first() else {
        return Ok(vec![]);
    };
    let text = format!(
        "insert into {} ({}) values {} on conflict do nothing returning id",
        first.table,
        first.columns.join(", "),
        values(creations.len(), first.columns.len())
    );
    let mut args = Args::new();
    for creation in creations {
        args.extend(creation.values.clone());
    }
    let inserted: Vec<Inserted> = all(db, text, args).await?;
    let mut inserted: HashSet<&str> = inserted.iter().map(|row| row.id.as_str()).collect();
    // Of two with the same id the first was written.
    let is_new: Vec<bool> = creations
        .iter()
        .map(|creation| inserted.remove(creation.change.entity_id.as_str()))
        .collect();
    let new = || creations.iter().zip(&is_new).filter(|(_, is_new)| **is_new);
    let changes: Vec<&ChangeRow> = new().map(|(creation, _)| &creation.change).collect();
    let facts: Vec<&FactRow> = new().flat_map(|(creation, _)| &creation.facts).collect();
    let mut numbers = change_insert_many(db, &changes, &facts).await?.into_iter();
    Ok(is_new
        .iter()
        .map(|is_new| is_new.then(|| numbers.next()).flatten())
        .collect())
}
