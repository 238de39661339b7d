//! Evidence files of tasks.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::files::Upload;
use crate::api::{ApiError, Json, SignedIn};
use crate::app::{App, AppError, tasks as cases};

/// A file given as evidence.
#[derive(Serialize, ToSchema)]
pub struct TaskEvidence {
    /// Id of the file.
    file_id: String,
    /// Name.
    name: String,
    /// Media type.
    media_type: String,
    /// Size.
    size_bytes: i64,
    /// What it shows.
    note: String,
    /// When it was uploaded.
    created_at: String,
}

/// The evidence of a task.
#[derive(Serialize, ToSchema)]
pub struct TaskEvidenceList {
    /// Oldest first.
    items: Vec<TaskEvidence>,
}

/// A form with a file.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the parts of the form")]
pub struct EvidenceForm {
    /// The file: PDF, JPG, PNG, WebP, DOCX, XLSX, MP4, MP3.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it shows.
    note: Option<String>,
    /// UUIDv7 of the file, made by the client: the same again does nothing.
    id: Option<String>,
}

/// Adds a file as evidence of a task.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/evidence", tag = "tasks",
    request_body(content = EvidenceForm, content_type = "multipart/form-data"),
    params(("id" = String, Path)),
    responses((status = 201, body = TaskEvidence), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError),
        (status = 413, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_evidence_add(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<(StatusCode, Json<TaskEvidence>), AppError> {
    let note = upload.text("note").unwrap_or_default();
    let input = cases::EvidenceUpload {
        id: upload.text("id").filter(|id| !id.is_empty()),
        note: note.clone(),
        file: upload.file,
    };
    let row = cases::task_evidence_add(&app, &actor, &id, input).await?;
    let shape = TaskEvidence {
        file_id: row.id,
        name: row.name,
        media_type: row.media_type,
        size_bytes: row.size_bytes,
        note,
        created_at: row.created_at,
    };
    Ok((StatusCode::CREATED, Json(shape)))
}

/// Lists the evidence of a task.
#[utoipa::path(get, path = "/api/v1/tasks/{id}/evidence", tag = "tasks",
    params(("id" = String, Path)),
    responses((status = 200, body = TaskEvidenceList), (status = 404, body = ApiError)))]
pub async fn task_evidence_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<TaskEvidenceList>, AppError> {
    let found = cases::task_evidence_list(&app, &actor, &id).await?;
    let items = found
        .into_iter()
        .map(|file| TaskEvidence {
            file_id: file.file_id,
            name: file.name,
            media_type: file.media_type,
            size_bytes: file.size_bytes,
            note: file.note,
            created_at: file.created_at,
        })
        .collect();
    Ok(Json(TaskEvidenceList { items }))
}
