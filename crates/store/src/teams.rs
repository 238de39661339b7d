//! Resources, teams, and the roster that says which team is at which place when.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record};
use crate::{Args, StoreError};

/// Vehicles and things used.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ResourceRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The activity.
    pub activity_id: String,
    /// The site.
    pub site_id: Option<String>,
    /// Its kind.
    pub kind: String,
    /// How many.
    pub quantity: i64,
    /// The organization that does or reports it.
    pub organization_id: Option<String>,
    /// Anything else worth knowing.
    pub note: String,
}

impl Record for ResourceRow {
    const TABLE: &'static str = "resource";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.activity_id)
            .maybe(self.site_id.as_deref())
            .text(&self.kind)
            .int(self.quantity)
            .maybe(self.organization_id.as_deref())
            .text(&self.note)
    }
}

/// Counsellors together.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct TeamRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The activity.
    pub activity_id: String,
    /// The site.
    pub site_id: Option<String>,
    /// Name.
    pub name: String,
    /// The organization that does or reports it.
    pub organization_id: Option<String>,
    /// Where.
    pub admin_unit_id: String,
    /// How many people.
    pub member_count: i64,
}

impl Record for TeamRow {
    const TABLE: &'static str = "team";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.activity_id)
            .maybe(self.site_id.as_deref())
            .text(&self.name)
            .maybe(self.organization_id.as_deref())
            .text(&self.admin_unit_id)
            .int(self.member_count)
    }
}

/// Which team is at which place when.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct RosterPlaceRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The activity.
    pub activity_id: String,
    /// The team.
    pub team_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// Place, in words.
    pub place: String,
    /// Local day.
    pub day: String,
    /// When it starts, local time.
    pub starts_at: Option<String>,
    /// When it ends, local time.
    pub ends_at: Option<String>,
}

impl Record for RosterPlaceRow {
    const TABLE: &'static str = "roster_place";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.activity_id)
            .text(&self.team_id)
            .text(&self.admin_unit_id)
            .text(&self.place)
            .text(&self.day)
            .maybe(self.starts_at.as_deref())
            .maybe(self.ends_at.as_deref())
    }
}

/// Writes resources; returns how many were new.
pub async fn resource_insert_many(
    db: &impl ConnectionTrait,
    rows: &[ResourceRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// The resources of an activity, by id.
pub async fn resource_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<Vec<ResourceRow>, StoreError> {
    let args = Args::new().text(province_id).text(activity_id);
    let condition = "province_id = $1 and activity_id = $2 order by id";
    records::list(db, condition, args).await
}

/// Takes the resources of an activity away, before the new ones are written.
pub async fn resource_delete_of_activity(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<u64, StoreError> {
    records::delete_of_activity::<ResourceRow>(db, province_id, activity_id).await
}

/// Writes teams; returns how many were new.
pub async fn team_insert_many(
    db: &impl ConnectionTrait,
    rows: &[TeamRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// The teams of an activity, by id.
pub async fn team_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<Vec<TeamRow>, StoreError> {
    let args = Args::new().text(province_id).text(activity_id);
    let condition = "province_id = $1 and activity_id = $2 order by id";
    records::list(db, condition, args).await
}

/// Takes the teams of an activity away, before the new ones are written.
pub async fn team_delete_of_activity(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<u64, StoreError> {
    records::delete_of_activity::<TeamRow>(db, province_id, activity_id).await
}

/// Writes lines of the roster; returns how many were new.
pub async fn roster_place_insert_many(
    db: &impl ConnectionTrait,
    rows: &[RosterPlaceRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// The roster of an activity, by id; of one team when it is given.
pub async fn roster_place_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
    team_id: Option<&str>,
) -> Result<Vec<RosterPlaceRow>, StoreError> {
    let mut args = Args::new().text(province_id).text(activity_id);
    let mut condition = "province_id = $1 and activity_id = $2".to_owned();
    if let Some(team) = team_id {
        condition.push_str(&format!(" and team_id = {}", args.push(team)));
    }
    records::list(db, &format!("{condition} order by id"), args).await
}

/// Takes the roster of an activity away, before the new one is written.
pub async fn roster_place_delete_of_activity(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<u64, StoreError> {
    records::delete_of_activity::<RosterPlaceRow>(db, province_id, activity_id).await
}
