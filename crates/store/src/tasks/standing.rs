//! How tasks stood at the end of a day, read from their events.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::all;
use crate::{Args, Scope, StoreError};

use super::list::visible;

/// Which tasks are asked for.
#[derive(Debug, Clone, Copy)]
pub enum TaskSet<'a> {
    /// A task and all made from it.
    Below(&'a str),
    /// All of a campaign.
    Campaign(&'a str),
}

/// A task as it stood at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TaskOnRow {
    /// The task.
    pub id: String,
    /// The task it was made from.
    pub parent_id: Option<String>,
    /// 0 at the top of a cascade.
    pub depth: i64,
    /// `do` or `inform`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Part of the campaign.
    pub workstream: Option<String>,
    /// The body that must do it.
    pub lead_organization_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// First day.
    pub first_day: String,
    /// Last day.
    pub due_day: String,
    /// Indicator that counts its completion.
    pub indicator: Option<String>,
    /// State at the end of the day.
    pub state: String,
    /// Own progress at the end of the day.
    pub progress: i64,
    /// Day of the last event until then.
    pub event_day: String,
}

/// Tasks in scope that existed at the end of `day`, as they stood then, the upper first.
///
/// The last event until that day says how a task stood: every event keeps the state after it.
pub async fn task_list_on(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    set: TaskSet<'_>,
    day: &str,
) -> Result<Vec<TaskOnRow>, StoreError> {
    let (below, id) = match set {
        TaskSet::Below(id) => (
            "with recursive chosen (id) as (\
               select id from task where province_id = $1 and id = $2 \
               union all \
               select task.id from task join chosen on task.parent_id = chosen.id \
               where task.province_id = $1) ",
            id,
        ),
        TaskSet::Campaign(id) => (
            "with chosen (id) as (\
               select id from task where province_id = $1 and campaign_id = $2) ",
            id,
        ),
    };
    let mut args = Args::new().text(province_id).text(id).text(day);
    let visible = visible(&mut args, scope);
    all(
        db,
        format!(
            "{below}select task.id, task.parent_id, task.depth, task.kind, task.title, \
             task.workstream, task.lead_organization_id, task.admin_unit_id, task.first_day, \
             task.due_day, task.indicator, e.state, e.progress, e.day as event_day \
             from chosen join task on task.id = chosen.id and task.province_id = $1 \
             join task_event e on e.province_id = task.province_id and e.task_id = task.id \
             and e.number = (select max(x.number) from task_event x \
               where x.province_id = task.province_id and x.task_id = task.id and x.day <= $3) \
             where {visible} order by task.depth, task.id"
        ),
        args,
    )
    .await
}
