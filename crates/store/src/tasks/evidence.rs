//! Files that prove that a task was done.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one};
use crate::{Args, StoreError};

use super::{TaskRow, columns_of};

/// A file given as evidence of a task.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TaskEvidenceRow {
    /// Province of the task.
    pub province_id: String,
    /// The task.
    pub task_id: String,
    /// The file.
    pub file_id: String,
    /// Event after which it was given.
    pub event_number: i64,
    /// What it shows.
    pub note: String,
}

/// A piece of evidence with its file.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TaskEvidenceFile {
    /// The file.
    pub file_id: String,
    /// Event after which it was given.
    pub event_number: i64,
    /// What it shows.
    pub note: String,
    /// Name of the file.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Size of the content.
    pub size_bytes: i64,
    /// When it was uploaded.
    pub created_at: String,
}

/// Writes a piece of evidence.
pub async fn task_evidence_insert(
    db: &impl ConnectionTrait,
    row: &TaskEvidenceRow,
) -> Result<(), StoreError> {
    execute(
        db,
        "insert into task_evidence (province_id, task_id, file_id, event_number, note) \
         values ($1, $2, $3, $4, $5)",
        Args::new()
            .text(&row.province_id)
            .text(&row.task_id)
            .text(&row.file_id)
            .int(row.event_number)
            .text(&row.note),
    )
    .await?;
    Ok(())
}

/// The evidence of a task, oldest first; at most 200.
pub async fn task_evidence_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    task_id: &str,
) -> Result<Vec<TaskEvidenceFile>, StoreError> {
    all(
        db,
        "select e.file_id, e.event_number, e.note, f.name, f.media_type, f.size_bytes, f.created_at \
         from task_evidence e join file f on f.province_id = e.province_id and f.id = e.file_id \
         where e.province_id = $1 and e.task_id = $2 order by f.created_at, e.file_id limit 200",
        Args::new().text(province_id).text(task_id),
    )
    .await
}

/// The task that a file is evidence of.
pub async fn task_get_of_file(
    db: &impl ConnectionTrait,
    province_id: &str,
    file_id: &str,
) -> Result<Option<TaskRow>, StoreError> {
    let columns = columns_of("task");
    one(
        db,
        format!(
            "select {columns} from task join task_evidence e \
             on e.province_id = task.province_id and e.task_id = task.id \
             where e.province_id = $1 and e.file_id = $2 limit 1"
        ),
        Args::new().text(province_id).text(file_id),
    )
    .await
}
