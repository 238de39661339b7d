//! Evidence files of tasks.

use store::files::{self, FileRow};
use store::tasks::{self as rows, TaskEvidenceFile, TaskEvidenceRow};

use super::{campaign_in_force, task_again, task_visible};
use crate::app::files::{FileUpload, checked};
use crate::app::{Action, Actor, App, AppError, Fault, Operation, Written, hex};
use sha2::{Digest, Sha256};

/// A file that is to prove that a task was done.
#[derive(Debug, Clone)]
pub struct EvidenceUpload {
    /// Id of the file, made by the client; made here when none.
    pub id: Option<String>,
    /// The file.
    pub file: FileUpload,
    /// What it shows.
    pub note: String,
}

/// At most so many pieces of evidence for a task.
const LIMIT: usize = 50;

/// Adds a file as evidence of a task.
pub async fn task_evidence_add(
    app: &App,
    actor: &Actor,
    task_id: &str,
    input: EvidenceUpload,
) -> Result<FileRow, AppError> {
    let seen = task_visible(app, actor, task_id).await?;
    // Whoever helps with a task may show it too.
    let helps = actor
        .organization_id
        .as_ref()
        .is_some_and(|own| seen.coordinating.contains(own));
    if !(helps && actor.may_somewhere(Action::TaskReport)) {
        seen.require(app, actor, Action::TaskReport)?;
    }
    let file = checked(app, input.file)?;
    let sha256 = hex(&Sha256::digest(&file.content));
    let row = FileRow {
        province_id: seen.row.province_id.clone(),
        id: input.id.unwrap_or_else(|| app.clock.new_id()),
        sha256,
        name: file.name,
        media_type: file.media_type.to_owned(),
        size_bytes: i64::try_from(file.content.len()).expect("a file is smaller than i64 holds"),
        admin_unit_id: seen.row.admin_unit_id.clone(),
        organization_id: actor.organization_id.clone(),
        created_by: actor.user_id.clone().unwrap_or_default(),
        created_at: app.clock.now_text(),
    };
    let note = input.note.trim().to_owned();
    let operation = Operation::new(&row.province_id, "task_evidence_add", "file");
    let (task_id, content) = (seen.row.id, file.content);
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let task = task_again(tx, &task_id).await?;
            if let Some(there) = files::file_get(tx, &row.id).await? {
                let same = there.sha256 == row.sha256 && there.province_id == row.province_id;
                return if same {
                    Ok(Written::repeated(there))
                } else {
                    Err(AppError::id_taken())
                };
            }
            campaign_in_force(tx, &task.campaign_id).await?;
            let known = rows::task_evidence_list(tx, &task.province_id, &task.id).await?;
            if known.len() >= LIMIT {
                return Err(AppError::invalid(Fault::new(
                    "file",
                    "task.too_much_evidence",
                    format!("Nhiệm vụ này đã có {LIMIT} tệp minh chứng."),
                    "Gộp các tệp rồi gửi lại.",
                )));
            }
            let evidence = TaskEvidenceRow {
                province_id: task.province_id.clone(),
                task_id: task.id.clone(),
                file_id: row.id.clone(),
                event_number: task.version,
                note,
            };
            files::file_insert(tx, &row, content).await?;
            rows::task_evidence_insert(tx, &evidence).await?;
            let after = serde_json::json!({
                "task_id": task.id, "media_type": row.media_type, "size_bytes": row.size_bytes,
            });
            let id = row.id.clone();
            Ok(Written::new(row, id).after(after))
        })
    })
    .await
}

/// The evidence of a task, oldest first.
pub async fn task_evidence_list(
    app: &App,
    actor: &Actor,
    task_id: &str,
) -> Result<Vec<TaskEvidenceFile>, AppError> {
    let seen = task_visible(app, actor, task_id).await?;
    let db = app.db.read();
    Ok(rows::task_evidence_list(db, &seen.row.province_id, &seen.row.id).await?)
}
