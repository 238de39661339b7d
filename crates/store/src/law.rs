//! What administrators enter beside the law: returns of the fund, local support. Every version is kept.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record};
use crate::sql::scalar;
use crate::{Args, StoreError};

/// A monthly return of the fund.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct FundReturnRow {
    /// First month of payments, `2026-01`.
    pub from_month: String,
    /// From 1; the highest holds.
    pub version: i64,
    /// Exact decimal per month.
    pub monthly_rate: String,
    /// Number of the letter that published it.
    pub document_number: String,
    /// What to know about it.
    pub note: Option<String>,
    /// Instant of recording, UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub recorded_by: Option<String>,
}

impl Record for FundReturnRow {
    const TABLE: &'static str = "fund_return";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.from_month)
            .int(self.version)
            .text(&self.monthly_rate)
            .text(&self.document_number)
            .maybe(self.note.as_deref())
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
    }
}

/// What a province adds.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct LocalSupportRow {
    /// The province.
    pub province_id: String,
    /// Name of the part; empty for the whole province.
    pub area: String,
    /// From 1; the highest holds.
    pub version: i64,
    /// Number of the resolution.
    pub document_number: String,
    /// The file.
    pub content: String,
    /// Instant of recording, UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub recorded_by: Option<String>,
}

impl Record for LocalSupportRow {
    const TABLE: &'static str = "local_support";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.area)
            .int(self.version)
            .text(&self.document_number)
            .text(&self.content)
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
    }
}

/// Most rows of a list: what is entered by hand over decades stays far below.
const MOST: i64 = 10_000;

/// All versions of all returns, by month and version.
pub async fn fund_return_list(db: &impl ConnectionTrait) -> Result<Vec<FundReturnRow>, StoreError> {
    let condition = "true order by from_month, version limit $1";
    records::list(db, condition, Args::new().int(MOST)).await
}

/// The return that holds from a month.
pub async fn fund_return_get(
    db: &impl ConnectionTrait,
    from_month: &str,
) -> Result<Option<FundReturnRow>, StoreError> {
    let condition = "from_month = $1 order by version desc";
    records::get(db, condition, Args::new().text(from_month)).await
}

/// Adds a version; false when it is there already.
pub async fn fund_return_insert(
    db: &impl ConnectionTrait,
    row: &FundReturnRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// All versions of what all provinces add, by province, area and version.
pub async fn local_support_list(
    db: &impl ConnectionTrait,
) -> Result<Vec<LocalSupportRow>, StoreError> {
    let condition = "true order by province_id, area, version limit $1";
    records::list(db, condition, Args::new().int(MOST)).await
}

/// What a province adds in an area.
pub async fn local_support_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    area: &str,
) -> Result<Option<LocalSupportRow>, StoreError> {
    let condition = "province_id = $1 and area = $2 order by version desc";
    let args = Args::new().text(province_id).text(area);
    records::get(db, condition, args).await
}

/// Adds a version; false when it is there already.
pub async fn local_support_insert(
    db: &impl ConnectionTrait,
    row: &LocalSupportRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// How many versions there are of everything here: another number after each entry.
pub async fn law_entry_count(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let text = "select (select count(*) from fund_return) + (select count(*) from local_support)";
    scalar(db, text, Args::new()).await
}
