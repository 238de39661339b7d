//! What happened to tasks, in order; never altered.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, values};
use crate::{Args, StoreError};

/// One thing that happened to a task.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TaskEventRow {
    /// Province of the task.
    pub province_id: String,
    /// The task.
    pub task_id: String,
    /// Rising within the task: the task's version after the event.
    pub number: i64,
    /// UUIDv7.
    pub id: String,
    /// Kind, from `domain::tasks::TaskEventKind`.
    pub kind: String,
    /// Instant of recording.
    pub at: String,
    /// Local day it counts for.
    pub day: String,
    /// The task's state after it.
    pub state: String,
    /// The task's own progress after it.
    pub progress: i64,
    /// Note, reason, wording of the acknowledgement.
    pub note: String,
    /// Who.
    pub actor_id: Option<String>,
    /// On behalf of which organization.
    pub organization_id: Option<String>,
    /// To which organization it was handed over.
    pub to_organization_id: Option<String>,
    /// To whom it was handed over.
    pub to_user_id: Option<String>,
}

const COLUMNS: &str = "province_id, task_id, number, id, kind, at, day, state, progress, note, \
     actor_id, organization_id, to_organization_id, to_user_id";

/// Writes events, many to a statement.
pub async fn task_event_insert_many(
    db: &impl ConnectionTrait,
    rows: &[TaskEventRow],
) -> Result<(), StoreError> {
    for chunk in rows.chunks(500) {
        let mut args = Args::new();
        for row in chunk {
            args = args
                .text(&row.province_id)
                .text(&row.task_id)
                .int(row.number)
                .text(&row.id)
                .text(&row.kind)
                .text(&row.at)
                .text(&row.day)
                .text(&row.state)
                .int(row.progress)
                .text(&row.note)
                .maybe(row.actor_id.as_deref())
                .maybe(row.organization_id.as_deref())
                .maybe(row.to_organization_id.as_deref())
                .maybe(row.to_user_id.as_deref());
        }
        let values = values(chunk.len(), 14);
        execute(
            db,
            format!("insert into task_event ({COLUMNS}) values {values}"),
            args,
        )
        .await?;
    }
    Ok(())
}

/// The events of a task, oldest first; at most 1,000.
pub async fn task_event_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    task_id: &str,
) -> Result<Vec<TaskEventRow>, StoreError> {
    all(
        db,
        format!(
            "select {COLUMNS} from task_event where province_id = $1 and task_id = $2 \
             order by number limit 1000"
        ),
        Args::new().text(province_id).text(task_id),
    )
    .await
}
