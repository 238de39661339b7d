//! Imports: uploaded tables, checked and then accepted.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record};
use crate::sql::execute;
use crate::{Args, Page, Scope, StoreError};

/// An uploaded table.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ImportRow {
    /// Province of the unit it was uploaded for.
    pub province_id: String,
    /// Made by the client.
    pub id: String,
    /// `observations`, `organizations`, `confirmations`.
    pub kind: String,
    /// The unit it was uploaded for.
    pub admin_unit_id: String,
    /// The file.
    pub file_id: String,
    /// `checked` or `accepted`.
    pub state: String,
    /// How the file is to be read, as JSON.
    pub options_json: String,
    /// Rows of data.
    pub rows_total: i64,
    /// Rows without a fault.
    pub rows_good: i64,
    /// Faults.
    pub fault_count: i64,
    /// Rows that are new.
    pub rows_new: i64,
    /// Rows that correct what was there.
    pub rows_corrected: i64,
    /// Rows that say what was there already.
    pub rows_unchanged: i64,
    /// Instant of upload.
    pub created_at: String,
    /// Who uploaded it.
    pub created_by: Option<String>,
    /// Instant of acceptance.
    pub accepted_at: Option<String>,
    /// Who accepted it.
    pub accepted_by: Option<String>,
}

impl Record for ImportRow {
    const TABLE: &'static str = "import";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.kind)
            .text(&self.admin_unit_id)
            .text(&self.file_id)
            .text(&self.state)
            .text(&self.options_json)
            .int(self.rows_total)
            .int(self.rows_good)
            .int(self.fault_count)
            .int(self.rows_new)
            .int(self.rows_corrected)
            .int(self.rows_unchanged)
            .text(&self.created_at)
            .maybe(self.created_by.as_deref())
            .maybe(self.accepted_at.as_deref())
            .maybe(self.accepted_by.as_deref())
    }
}

/// Writes an import; false when the id is taken.
pub async fn import_insert(db: &impl ConnectionTrait, row: &ImportRow) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// Keeps that an import was accepted and with what outcome; false when it was accepted before.
pub async fn import_accept(db: &impl ConnectionTrait, row: &ImportRow) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update import set state = 'accepted', rows_total = $1, rows_good = $2, fault_count = $3, \
         rows_new = $4, rows_corrected = $5, rows_unchanged = $6, accepted_at = $7, \
         accepted_by = $8 where province_id = $9 and id = $10 and state = 'checked'",
        Args::new()
            .int(row.rows_total)
            .int(row.rows_good)
            .int(row.fault_count)
            .int(row.rows_new)
            .int(row.rows_corrected)
            .int(row.rows_unchanged)
            .maybe(row.accepted_at.as_deref())
            .maybe(row.accepted_by.as_deref())
            .text(&row.province_id)
            .text(&row.id),
    )
    .await?;
    Ok(updated == 1)
}

/// One import by its id.
pub async fn import_get(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Option<ImportRow>, StoreError> {
    records::get(db, "id = $1", Args::new().text(id)).await
}

/// Whether a file was uploaded as an import.
pub async fn import_is_of_file(
    db: &impl ConnectionTrait,
    province_id: &str,
    file_id: &str,
) -> Result<bool, StoreError> {
    let args = Args::new().text(province_id).text(file_id);
    let found: Option<ImportRow> =
        records::get(db, "province_id = $1 and file_id = $2", args).await?;
    Ok(found.is_some())
}

/// Imports in scope, the newest first, of one kind when given; keyset by `created_at|id`.
pub async fn import_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    kind: Option<&str>,
    page: &Page,
) -> Result<Vec<ImportRow>, StoreError> {
    let mut args = Args::new();
    let mut condition = scope.condition(&mut args, "import", "admin_unit_id", &[]);
    if let Some(kind) = kind {
        condition.push_str(&format!(" and kind = {}", args.push(kind)));
    }
    if let Some(after) = &page.after {
        let (at, id) = records::day_and_id(after);
        let (at, id) = (args.push(at), args.push(id));
        condition.push_str(&format!(" and (created_at, id) < ({at}, {id})"));
    }
    let limit = args.push_int(page.limit);
    condition.push_str(&format!(" order by created_at desc, id desc limit {limit}"));
    records::list(db, &condition, args).await
}
