//! Tasks: what an organization must do by when, and the bodies that help it.

mod events;
mod evidence;
mod list;
mod standing;

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one, values};
use crate::{Args, StoreError};

pub use events::{TaskEventRow, task_event_insert_many, task_event_list};
pub use evidence::{
    TaskEvidenceFile, TaskEvidenceRow, task_evidence_insert, task_evidence_list, task_get_of_file,
};
pub use list::{TaskFilter, TaskOrder, task_count, task_list};
pub use standing::{TaskOnRow, TaskSet, task_list_on};

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TaskRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// UUIDv7.
    pub id: String,
    /// Campaign it belongs to.
    pub campaign_id: String,
    /// The task it was made from by a cascade.
    pub parent_id: Option<String>,
    /// Top of the cascade; itself when it has no parent.
    pub root_id: String,
    /// 0 at the top.
    pub depth: i64,
    /// `do` or `inform`.
    pub kind: String,
    /// Part of the campaign.
    pub workstream: Option<String>,
    /// What is to be done, in one line.
    pub title: String,
    /// Title without marks, lower case.
    pub title_search: String,
    /// What is to be done, at length.
    pub description: String,
    /// Clause of a legal basis or of the plan.
    pub basis: String,
    /// The body that must do it.
    pub lead_organization_id: String,
    /// Where it is to be done: the unit of the lead.
    pub admin_unit_id: String,
    /// First day.
    pub first_day: String,
    /// Last day.
    pub due_day: String,
    /// Evidence that is wanted.
    pub wanted_evidence: String,
    /// Indicator that counts its completion.
    pub indicator: Option<String>,
    /// State, from `domain::tasks::TaskState`.
    pub state: String,
    /// Percent, from its own reports.
    pub progress: i64,
    /// Day of acknowledgement.
    pub acknowledged_day: Option<String>,
    /// Day it was done; none while it is not.
    pub done_day: Option<String>,
    /// How many tasks were made from it.
    pub child_count: i64,
    /// Raised by each update.
    pub version: i64,
}

pub(crate) const COLUMNS: &str = "province_id, id, campaign_id, parent_id, root_id, depth, kind, \
     workstream, title, title_search, description, basis, lead_organization_id, admin_unit_id, \
     first_day, due_day, wanted_evidence, indicator, state, progress, acknowledged_day, done_day, \
     child_count, version";

/// The columns of a task with the table's name before each, for joins.
pub(crate) fn columns_of(table: &str) -> String {
    let columns: Vec<String> = COLUMNS
        .split(',')
        .map(|column| format!("{table}.{}", column.trim()))
        .collect();
    columns.join(", ")
}

/// Writes tasks, many to a statement; none when one of the ids is taken (`Duplicate`).
pub async fn task_insert_many(
    db: &impl ConnectionTrait,
    rows: &[TaskRow],
) -> Result<(), StoreError> {
    for chunk in rows.chunks(400) {
        let mut args = Args::new();
        for row in chunk {
            args = args
                .text(&row.province_id)
                .text(&row.id)
                .text(&row.campaign_id)
                .maybe(row.parent_id.as_deref())
                .text(&row.root_id)
                .int(row.depth)
                .text(&row.kind)
                .maybe(row.workstream.as_deref())
                .text(&row.title)
                .text(&row.title_search)
                .text(&row.description)
                .text(&row.basis)
                .text(&row.lead_organization_id)
                .text(&row.admin_unit_id)
                .text(&row.first_day)
                .text(&row.due_day)
                .text(&row.wanted_evidence)
                .maybe(row.indicator.as_deref())
                .text(&row.state)
                .int(row.progress)
                .maybe(row.acknowledged_day.as_deref())
                .maybe(row.done_day.as_deref())
                .int(row.child_count)
                .int(row.version);
        }
        let values = values(chunk.len(), 24);
        execute(
            db,
            format!("insert into task ({COLUMNS}) values {values}"),
            args,
        )
        .await?;
    }
    Ok(())
}

/// Replaces the changeable parts when the version is still `row.version`; false otherwise.
pub async fn task_update(db: &impl ConnectionTrait, row: &TaskRow) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update task set lead_organization_id = $3, admin_unit_id = $4, state = $5, \
         progress = $6, acknowledged_day = $7, done_day = $8, child_count = $9, \
         version = version + 1 \
         where province_id = $1 and id = $2 and version = $10",
        Args::new()
            .text(&row.province_id)
            .text(&row.id)
            .text(&row.lead_organization_id)
            .text(&row.admin_unit_id)
            .text(&row.state)
            .int(row.progress)
            .maybe(row.acknowledged_day.as_deref())
            .maybe(row.done_day.as_deref())
            .int(row.child_count)
            .int(row.version),
    )
    .await?;
    Ok(updated == 1)
}

/// One task by its id.
pub async fn task_get(db: &impl ConnectionTrait, id: &str) -> Result<Option<TaskRow>, StoreError> {
    one(
        db,
        format!("select {COLUMNS} from task where id = $1"),
        Args::new().text(id),
    )
    .await
}

/// A task and every task made from it, the upper first.
pub async fn task_list_below(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Vec<TaskRow>, StoreError> {
    let columns = columns_of("task");
    all(
        db,
        format!(
            "with recursive below (id) as (\
               select id from task where province_id = $1 and id = $2 \
               union all \
               select task.id from task join below on task.parent_id = below.id \
               where task.province_id = $1) \
             select {columns} from task join below on task.id = below.id \
             where task.province_id = $1 order by task.depth, task.id"
        ),
        Args::new().text(province_id).text(id),
    )
    .await
}

/// What the standing of a tree is made of.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TaskNode {
    /// The task asked for that it lies below.
    pub top_id: String,
    /// The task.
    pub id: String,
    /// The task it was made from.
    pub parent_id: Option<String>,
    /// State now.
    pub state: String,
    /// Own progress now.
    pub progress: i64,
    /// First day.
    pub first_day: String,
    /// Last day.
    pub due_day: String,
    /// Where.
    pub admin_unit_id: String,
}

/// The trees of several tasks at once, each with the task itself.
pub async fn task_node_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    ids: &[String],
) -> Result<Vec<TaskNode>, StoreError> {
    let mut args = Args::new().text(province_id);
    let list = args.list(ids);
    all(
        db,
        format!(
            "with recursive below (top_id, id) as (\
               select id, id from task where province_id = $1 and id in ({list}) \
               union all \
               select below.top_id, task.id from task join below on task.parent_id = below.id \
               where task.province_id = $1) \
             select below.top_id, task.id, task.parent_id, task.state, task.progress, \
             task.first_day, task.due_day, task.admin_unit_id \
             from below join task on task.id = below.id and task.province_id = $1 \
             order by below.top_id, task.depth, task.id"
        ),
        args,
    )
    .await
}

/// Notes that so many tasks were made from a task; false when its version is not `version` any more.
pub async fn task_add_children(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
    version: i64,
    count: i64,
) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update task set child_count = child_count + $4, version = version + 1 \
         where province_id = $1 and id = $2 and version = $3",
        Args::new()
            .text(province_id)
            .text(id)
            .int(version)
            .int(count),
    )
    .await?;
    Ok(updated == 1)
}

/// A task's new version after a change to many.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TaskTouched {
    /// The task.
    pub id: String,
    /// Its new version.
    pub version: i64,
    /// Its state now.
    pub state: String,
    /// Its progress now.
    pub progress: i64,
}

/// Raises the version of many tasks, and sets their state when one is given.
pub async fn task_update_many(
    db: &impl ConnectionTrait,
    province_id: &str,
    ids: &[String],
    state: Option<&str>,
) -> Result<Vec<TaskTouched>, StoreError> {
    let mut touched = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut args = Args::new().maybe(state).text(province_id);
        let list = args.list(chunk);
        let rows: Vec<TaskTouched> = all(
            db,
            format!(
                "update task set version = version + 1, state = coalesce($1, state) \
                 where province_id = $2 and id in ({list}) \
                 returning id, version, state, progress"
            ),
            args,
        )
        .await?;
        touched.extend(rows);
    }
    Ok(touched)
}

/// Makes organizations coordinate tasks: pairs of task and organization. Repeated pairs do no harm.
pub async fn task_coordination_insert_many(
    db: &impl ConnectionTrait,
    province_id: &str,
    pairs: &[(String, String)],
) -> Result<(), StoreError> {
    for chunk in pairs.chunks(1000) {
        let mut args = Args::new();
        for (task_id, organization_id) in chunk {
            args = args.text(province_id).text(task_id).text(organization_id);
        }
        let values = values(chunk.len(), 3);
        execute(
            db,
            format!(
                "insert into task_coordination (province_id, task_id, organization_id) \
                 values {values} on conflict do nothing"
            ),
            args,
        )
        .await?;
    }
    Ok(())
}

/// Ids of the organizations that coordinate a task.
pub async fn task_coordination_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    task_id: &str,
) -> Result<Vec<String>, StoreError> {
    let rows: Vec<Coordination> = all(
        db,
        "select organization_id from task_coordination \
         where province_id = $1 and task_id = $2 order by organization_id limit 200",
        Args::new().text(province_id).text(task_id),
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.organization_id).collect())
}

#[derive(FromQueryResult)]
struct Coordination {
    organization_id: String,
}
