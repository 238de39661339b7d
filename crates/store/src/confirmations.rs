//! Imported official lists, and what became of each of their lines.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record};
use crate::{Args, Page, Scope, StoreError};

/// An imported official list.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ConfirmationRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The campaign.
    pub campaign_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// The file.
    pub file_id: Option<String>,
    /// Instant of import.
    pub imported_at: String,
    /// Who imported it.
    pub imported_by: Option<String>,
    /// Lines that confirmed an enrollment.
    pub matched: i64,
    /// Lines that nobody claimed.
    pub unmatched: i64,
    /// Lines that repeat a person.
    pub doubles: i64,
    /// Lines that an earlier list had confirmed.
    pub already_confirmed: i64,
}

impl Record for ConfirmationRow {
    const TABLE: &'static str = "confirmation";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.campaign_id)
            .text(&self.admin_unit_id)
            .maybe(self.file_id.as_deref())
            .text(&self.imported_at)
            .maybe(self.imported_by.as_deref())
            .int(self.matched)
            .int(self.unmatched)
            .int(self.doubles)
            .int(self.already_confirmed)
    }
}

/// What became of a line of an official list.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ConfirmationLineRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// The official list that confirmed it.
    pub confirmation_id: String,
    /// Number of the line.
    pub line: i64,
    /// The scheme.
    pub scheme: String,
    /// How it ended.
    pub outcome: String,
    /// By what it was matched.
    pub matched_by: Option<String>,
    /// The enrollment.
    pub enrollment_id: Option<String>,
}

impl Record for ConfirmationLineRow {
    const TABLE: &'static str = "confirmation_line";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.confirmation_id)
            .int(self.line)
            .text(&self.scheme)
            .text(&self.outcome)
            .maybe(self.matched_by.as_deref())
            .maybe(self.enrollment_id.as_deref())
    }
}

/// Writes an official list; false when the id is taken.
pub async fn confirmation_insert(
    db: &impl ConnectionTrait,
    row: &ConfirmationRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// Writes the lines of an official list; returns how many were new.
pub async fn confirmation_line_insert_many(
    db: &impl ConnectionTrait,
    rows: &[ConfirmationLineRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// One official list of a province.
pub async fn confirmation_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Option<ConfirmationRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::get(db, "province_id = $1 and id = $2", args).await
}

/// The official lists of a campaign in scope, by id.
pub async fn confirmation_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
    page: &Page,
) -> Result<Vec<ConfirmationRow>, StoreError> {
    let mut args = Args::new()
        .text(province_id)
        .text(campaign_id)
        .text(page.after.clone().unwrap_or_default())
        .int(page.limit);
    let seen = scope.condition(&mut args, "confirmation", "admin_unit_id", &[]);
    let condition = format!(
        "province_id = $1 and campaign_id = $2 and id > $3 and {seen} order by id limit $4"
    );
    records::list(db, &condition, args).await
}

/// The lines of an official list with this outcome, or all, after line `after`.
pub async fn confirmation_line_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    confirmation_id: &str,
    outcome: Option<&str>,
    after: i64,
    limit: i64,
) -> Result<Vec<ConfirmationLineRow>, StoreError> {
    let mut args = Args::new()
        .text(province_id)
        .text(confirmation_id)
        .int(after)
        .int(limit);
    let mut condition = "province_id = $1 and confirmation_id = $2 and line > $3".to_owned();
    if let Some(outcome) = outcome {
        condition.push_str(&format!(" and outcome = {}", args.push(outcome)));
    }
    records::list(db, &format!("{condition} order by line limit $4"), args).await
}
