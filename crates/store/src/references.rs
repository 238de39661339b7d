//! What field records name beside themselves: activities, teams, households, people; looked up together.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::all;
use crate::{Args, StoreError};

/// Which records are looked up.
#[derive(Debug, Clone, Default)]
pub struct ReferenceIds {
    /// Activities.
    pub activities: Vec<String>,
    /// Teams of activities.
    pub teams: Vec<String>,
    /// Households.
    pub households: Vec<String>,
    /// People.
    pub people: Vec<String>,
}

/// A record that was found: where it is and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ReferenceRow {
    /// `activity`, `team`, `household` or `person`.
    pub entity: String,
    /// Its id.
    pub id: String,
    /// Its unit.
    pub admin_unit_id: String,
    /// Of an activity or a team: the campaign.
    pub campaign_id: Option<String>,
    /// Of a team: the activity.
    pub activity_id: Option<String>,
    /// Of an activity: its kind.
    pub kind: Option<String>,
}

/// Those of the records that are there, in no order; teams of one province. One statement, and none for no ids.
pub async fn reference_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    ids: &ReferenceIds,
) -> Result<Vec<ReferenceRow>, StoreError> {
    let mut args = Args::new();
    let mut parts = Vec::new();
    if !ids.activities.is_empty() {
        let list = args.list(&ids.activities);
        parts.push(format!(
            "select 'activity' as entity, id, admin_unit_id, campaign_id, null as activity_id, kind \
             from activity where id in ({list}) and current"
        ));
    }
    if !ids.teams.is_empty() {
        let province = args.push(province_id);
        let list = args.list(&ids.teams);
        parts.push(format!(
            "select 'team' as entity, team.id, team.admin_unit_id, activity.campaign_id, \
             team.activity_id, null as kind \
             from team join activity on activity.id = team.activity_id and activity.current \
             where team.province_id = {province} and team.id in ({list})"
        ));
    }
    for (entity, wanted) in [("household", &ids.households), ("person", &ids.people)] {
        if !wanted.is_empty() {
            let list = args.list(wanted);
            parts.push(format!(
                "select '{entity}' as entity, id, admin_unit_id, null as campaign_id, \
                 null as activity_id, null as kind from {entity} where id in ({list})"
            ));
        }
    }
    if parts.is_empty() {
        return Ok(vec![]);
    }
    all(db, parts.join(" union all "), args).await
}
