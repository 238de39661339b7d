//! Locks of periods: figures in a locked period change only with a reason.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record};
use crate::sql::execute;
use crate::{Args, Scope, StoreError};

/// A locked period of a unit and of everything below it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct PeriodLockRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// The unit.
    pub admin_unit_id: String,
    /// The period, as written in the API.
    pub period: String,
    /// First day of the period.
    pub first_day: String,
    /// Last day of the period.
    pub last_day: String,
    /// Why it was locked.
    pub reason: Option<String>,
    /// Instant, UTC.
    pub locked_at: String,
    /// Account.
    pub locked_by: Option<String>,
}

impl Record for PeriodLockRow {
    const TABLE: &'static str = "period_lock";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.admin_unit_id)
            .text(&self.period)
            .text(&self.first_day)
            .text(&self.last_day)
            .maybe(self.reason.as_deref())
            .text(&self.locked_at)
            .maybe(self.locked_by.as_deref())
    }
}

/// Locks a period; false when it is locked already.
pub async fn period_lock_insert(
    db: &impl ConnectionTrait,
    row: &PeriodLockRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// Unlocks a period; false when it was not locked.
pub async fn period_lock_delete(
    db: &impl ConnectionTrait,
    province_id: &str,
    admin_unit_id: &str,
    period: &str,
) -> Result<bool, StoreError> {
    let text =
        "delete from period_lock where province_id = $1 and admin_unit_id = $2 and period = $3";
    let args = Args::new()
        .text(province_id)
        .text(admin_unit_id)
        .text(period);
    Ok(execute(db, text, args).await? == 1)
}

/// The locks of some provinces whose periods share a day with the days given.
pub async fn period_lock_list_overlapping(
    db: &impl ConnectionTrait,
    provinces: &[String],
    first_day: &str,
    last_day: &str,
) -> Result<Vec<PeriodLockRow>, StoreError> {
    let mut args = Args::new();
    let provinces = args.list(provinces);
    let (first, last) = (args.push(first_day), args.push(last_day));
    let condition =
        format!("province_id in ({provinces}) and last_day >= {first} and first_day <= {last}");
    records::list(db, &condition, args).await
}

/// The locks in scope, the newest period first, at most `limit`.
pub async fn period_lock_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<PeriodLockRow>, StoreError> {
    let mut args = Args::new();
    let mut condition = scope.condition(&mut args, "period_lock", "admin_unit_id", &[]);
    let limit = args.push_int(limit);
    condition.push_str(&format!(
        " order by last_day desc, admin_unit_id, period limit {limit}"
    ));
    records::list(db, &condition, args).await
}
