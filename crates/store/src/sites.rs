//! The sites of an activity with their checklists, and the script of the day.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record};
use crate::sql::execute;
use crate::{Args, StoreError};

/// A place of an activity.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct SiteRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The activity.
    pub activity_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// Name.
    pub name: String,
    /// Place, in words.
    pub place: String,
    /// When it starts, local time.
    pub starts_at: String,
    /// The organization that does or reports it.
    pub organization_id: Option<String>,
}

impl Record for SiteRow {
    const TABLE: &'static str = "site";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.activity_id)
            .text(&self.admin_unit_id)
            .text(&self.name)
            .text(&self.place)
            .text(&self.starts_at)
            .maybe(self.organization_id.as_deref())
    }
}

/// A line of a site's checklist.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ReadinessItemRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The activity.
    pub activity_id: String,
    /// The site.
    pub site_id: String,
    /// Title.
    pub title: String,
    /// The organization that does or reports it.
    pub organization_id: String,
    /// To be done by then, local time.
    pub due_at: String,
    /// Done then, local time.
    pub done_at: Option<String>,
    /// Who did it.
    pub done_by: Option<String>,
    /// Anything else worth knowing.
    pub note: String,
    /// 1, 2, …: a correction is a new version.
    pub version: i64,
}

impl Record for ReadinessItemRow {
    const TABLE: &'static str = "readiness_item";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.activity_id)
            .text(&self.site_id)
            .text(&self.title)
            .text(&self.organization_id)
            .text(&self.due_at)
            .maybe(self.done_at.as_deref())
            .maybe(self.done_by.as_deref())
            .text(&self.note)
            .int(self.version)
    }
}

/// A line of the script.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ScriptLineRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The activity.
    pub activity_id: String,
    /// When it starts, local time.
    pub starts_at: String,
    /// When it ends, local time.
    pub ends_at: Option<String>,
    /// What happens.
    pub what: String,
    /// Who does it.
    pub who: String,
    /// The organization that does or reports it.
    pub organization_id: Option<String>,
}

impl Record for ScriptLineRow {
    const TABLE: &'static str = "script_line";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.activity_id)
            .text(&self.starts_at)
            .maybe(self.ends_at.as_deref())
            .text(&self.what)
            .text(&self.who)
            .maybe(self.organization_id.as_deref())
    }
}

/// Writes sites; returns how many were new.
pub async fn site_insert_many(
    db: &impl ConnectionTrait,
    rows: &[SiteRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// The sites of an activity, by id.
pub async fn site_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<Vec<SiteRow>, StoreError> {
    let args = Args::new().text(province_id).text(activity_id);
    let condition = "province_id = $1 and activity_id = $2 order by id";
    records::list(db, condition, args).await
}

/// Takes the sites of an activity away, before its new list is written.
pub async fn site_delete_of_activity(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<u64, StoreError> {
    records::delete_of_activity::<SiteRow>(db, province_id, activity_id).await
}

/// Writes lines of checklists; returns how many were new.
pub async fn readiness_item_insert_many(
    db: &impl ConnectionTrait,
    rows: &[ReadinessItemRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// The checklists of an activity, by site, deadline and id.
pub async fn readiness_item_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<Vec<ReadinessItemRow>, StoreError> {
    let args = Args::new().text(province_id).text(activity_id);
    let condition = "province_id = $1 and activity_id = $2 order by site_id, due_at, id";
    records::list(db, condition, args).await
}

/// One line of a checklist.
pub async fn readiness_item_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Option<ReadinessItemRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::get(db, "province_id = $1 and id = $2", args).await
}

/// Notes that a line is done, or open again, when it is still at `row.version`; false otherwise.
pub async fn readiness_item_update_done(
    db: &impl ConnectionTrait,
    row: &ReadinessItemRow,
) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update readiness_item set done_at = $3, done_by = $4, note = $5, version = version + 1 \
         where province_id = $1 and id = $2 and version = $6",
        Args::new()
            .text(&row.province_id)
            .text(&row.id)
            .maybe(row.done_at.as_deref())
            .maybe(row.done_by.as_deref())
            .text(&row.note)
            .int(row.version),
    )
    .await?;
    Ok(updated == 1)
}

/// Takes the checklists of an activity away, before its new ones are written.
pub async fn readiness_item_delete_of_activity(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<u64, StoreError> {
    records::delete_of_activity::<ReadinessItemRow>(db, province_id, activity_id).await
}

/// Writes lines of a script; returns how many were new.
pub async fn script_line_insert_many(
    db: &impl ConnectionTrait,
    rows: &[ScriptLineRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// The script of an activity, by time.
pub async fn script_line_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<Vec<ScriptLineRow>, StoreError> {
    let args = Args::new().text(province_id).text(activity_id);
    let condition = "province_id = $1 and activity_id = $2 order by starts_at, id";
    records::list(db, condition, args).await
}

/// Takes the script of an activity away, before its new one is written.
pub async fn script_line_delete_of_activity(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<u64, StoreError> {
    records::delete_of_activity::<ScriptLineRow>(db, province_id, activity_id).await
}
