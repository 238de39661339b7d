//! Writing and reading rows whose columns are declared once: used by the tables of running a campaign.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use serde::de::{DeserializeOwned, Error as _, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use crate::sql::{all, execute, one, scalar, values};
use crate::{Args, StoreError, dialect};

/// A row whose fields are the columns of its table, in their order.
pub(crate) trait Record: FromQueryResult + DeserializeOwned {
    /// The table.
    const TABLE: &'static str;
    /// Adds the values of the row, in the order of its fields.
    fn bind(&self, args: Args) -> Args;
}

/// The names of a record's fields.
fn fields<R: Record>() -> &'static [&'static str] {
    let mut fields = Fields(&[]);
    // It says what it wants to read, and is told that there is nothing.
    drop(R::deserialize(&mut fields));
    fields.0
}

struct Fields(&'static [&'static str]);

impl<'de> Deserializer<'de> for &mut Fields {
    type Error = serde::de::value::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0 = fields;
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("there is no value"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The columns of a record, for a `select` from its table under the table's own name.
pub(crate) fn columns<R: Record>() -> String {
    let names: Vec<String> = fields::<R>()
        .iter()
        .map(|column| format!("{}.{column}", R::TABLE))
        .collect();
    names.join(", ")
}

/// The statement that writes one row with the values that `bind` adds, unless its key is taken.
pub(crate) fn insertion<R: Record>() -> String {
    insertion_of_rows::<R>(1)
}

fn insertion_of_rows<R: Record>(rows: usize) -> String {
    format!(
        "insert into {} ({}) values {} on conflict do nothing",
        R::TABLE,
        fields::<R>().join(", "),
        values(rows, fields::<R>().len())
    )
}

/// Writes rows, many to a statement, and returns how many were new.
///
/// A row whose key is taken is left out and does not count.
pub(crate) async fn insert<R: Record>(
    db: &impl ConnectionTrait,
    rows: &[R],
) -> Result<u64, StoreError> {
    // SQLite takes at most 32,766 arguments.
    let at_once = 30_000 / fields::<R>().len();
    let mut inserted = 0;
    for chunk in rows.chunks(at_once) {
        let args = chunk.iter().fold(Args::new(), |args, row| row.bind(args));
        let text = insertion_of_rows::<R>(chunk.len());
        inserted += execute(db, text, args).await?;
    }
    Ok(inserted)
}

/// The first row that meets `condition`.
pub(crate) async fn get<R: Record>(
    db: &impl ConnectionTrait,
    condition: &str,
    args: Args,
) -> Result<Option<R>, StoreError> {
    let text = format!(
        "select {} from {} where {condition} limit 1",
        columns::<R>(),
        R::TABLE
    );
    one(db, text, args).await
}

/// The rows that meet `condition`, which may end with an order and a limit.
pub(crate) async fn list<R: Record>(
    db: &impl ConnectionTrait,
    condition: &str,
    args: Args,
) -> Result<Vec<R>, StoreError> {
    let columns = columns::<R>();
    let backend = db.get_database_backend();
    if let Some(text) = dialect::rows_in_one(backend, &columns, R::TABLE, condition) {
        let rows: Option<String> = scalar(db, text, args).await?;
        return rows.map_or(Ok(vec![]), |rows| {
            serde_json::from_str(&rows)
                .map_err(|error| StoreError::Database(DbErr::Json(error.to_string())))
        });
    }
    let text = format!("select {columns} from {} where {condition}", R::TABLE);
    all(db, text, args).await
}

/// Reads yes or no from a row of [`dialect::rows_in_one`], where it is a number.
pub(crate) fn yes_or_no<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    u8::deserialize(value).map(|number| number != 0)
}

/// Ends the current version of a record when it is still `version`; false otherwise.
///
/// The next version is written in the same transaction.
pub(crate) async fn retire<R: Record>(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
    version: i64,
) -> Result<bool, StoreError> {
    let text = format!(
        "update {} set current = false \
         where province_id = $1 and id = $2 and version = $3 and current",
        R::TABLE
    );
    let args = Args::new().text(province_id).text(id).int(version);
    Ok(execute(db, text, args).await? == 1)
}

/// Deletes the rows of an activity; returns how many there were.
pub(crate) async fn delete_of_activity<R: Record>(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<u64, StoreError> {
    let text = format!(
        "delete from {} where province_id = $1 and activity_id = $2",
        R::TABLE
    );
    execute(db, text, Args::new().text(province_id).text(activity_id)).await
}

/// The key of a keyset page that is made of a day and an id, as `day|id`.
pub(crate) fn day_and_id(after: &str) -> (&str, &str) {
    after.split_once('|').unwrap_or((after, ""))
}
