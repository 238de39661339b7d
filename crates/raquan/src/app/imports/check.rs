//! Uploading a table and looking at what it would do.

use serde_json::json;
use sha2::{Digest, Sha256};
use store::files::{FileRow, file_get, file_insert};
use store::imports::{self as rows, ImportRow};

use super::report::ImportReport;
use super::{ImportKind, ImportOptions, Source, allowed, visible};
use crate::app::files::{FileUpload, clean_name};
use crate::app::{Actor, App, AppError, Operation, Written, hex};

/// A table as it came in.
#[derive(Debug, Clone)]
pub struct ImportUpload {
    /// Made by the client; the same again gives the same answer.
    pub id: String,
    /// What it holds.
    pub kind: ImportKind,
    /// The unit it is uploaded for: names of units are looked for within it first.
    pub admin_unit_id: String,
    /// How it is to be read.
    pub options: ImportOptions,
    /// The file.
    pub file: FileUpload,
}

/// What a table would do; keeps nothing at all.
pub async fn import_dry_run(
    app: &App,
    actor: &Actor,
    upload: ImportUpload,
) -> Result<ImportReport, AppError> {
    let unit = allowed(app, actor, upload.kind, &upload.admin_unit_id)?;
    let row = new_row(app, actor, &upload, app.province_id(unit), String::new());
    let source = source_of(upload, unit);
    let examined = source.examine(app, actor, false).await?;
    let row = examined.counted(row);
    Ok(examined.report(app.units, row))
}

/// Checks a table: what is wrong, and what it would change. Keeps the file and the import, nothing of its rows.
pub async fn import_check(
    app: &App,
    actor: &Actor,
    upload: ImportUpload,
) -> Result<ImportReport, AppError> {
    let unit = allowed(app, actor, upload.kind, &upload.admin_unit_id)?;
    if let Some(known) = rows::import_get(app.db.read(), &upload.id).await? {
        return check_again(app, actor, upload, known).await;
    }
    let province_id = app.province_id(unit).to_owned();
    let sha256 = hex(&Sha256::digest(&upload.file.content));
    let row = new_row(app, actor, &upload, &province_id, app.clock.new_id());
    let source = source_of(upload, unit);
    let content = source.content.clone();
    let is_workbook = content.starts_with(b"PK\x03\x04");
    let (ending, media_type) = if is_workbook {
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    } else {
        ("csv", "text/csv")
    };
    let file = FileRow {
        province_id: province_id.clone(),
        id: row.file_id.clone(),
        sha256,
        name: clean_name(&source.file_name, ending),
        media_type: media_type.to_owned(),
        size_bytes: i64::try_from(content.len()).unwrap_or(i64::MAX),
        admin_unit_id: row.admin_unit_id.clone(),
        organization_id: actor.organization_id.clone(),
        created_by: actor.user_id.clone().unwrap_or_else(|| "system".to_owned()),
        created_at: row.created_at.clone(),
    };
    let examined = source.examine(app, actor, false).await?;
    let row = examined.counted(row);
    let report = examined.report(app.units, row.clone());
    let operation = Operation::new(province_id, "import_check", "import").creating(&hashed(
        &row.kind,
        &row.admin_unit_id,
        &row.options_json,
        &file.sha256,
    ));
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            if !rows::import_insert(tx, &row).await? {
                return Err(AppError::id_taken());
            }
            let after = json!({
                "kind": row.kind, "file_sha256": file.sha256,
                "rows": row.rows_total, "faults": row.fault_count,
            });
            file_insert(tx, &file, content).await?;
            Ok(Written::new((), &row.id).after(after))
        })
    })
    .await?;
    Ok(report)
}

/// The same upload again gives the same answer; another one under its id is refused.
async fn check_again(
    app: &App,
    actor: &Actor,
    upload: ImportUpload,
    known: ImportRow,
) -> Result<ImportReport, AppError> {
    let (row, ..) = visible(app, actor, &known.id)
        .await
        .map_err(|_| AppError::id_taken())?;
    let file = file_get(app.db.read(), &row.file_id).await?;
    let sha256 = hex(&Sha256::digest(&upload.file.content));
    let is_same = row.kind == upload.kind.as_str()
        && row.admin_unit_id == upload.admin_unit_id
        && serde_json::from_str::<ImportOptions>(&row.options_json).ok() == Some(upload.options)
        && file.is_some_and(|file| file.sha256 == sha256);
    if !is_same {
        return Err(AppError::id_taken());
    }
    import_get(app, actor, &row.id).await
}

/// An import with what its table says now: what it would change, or once accepted what it changed.
pub async fn import_get(app: &App, actor: &Actor, id: &str) -> Result<ImportReport, AppError> {
    let (row, kind, unit) = visible(app, actor, id).await?;
    let source = Source::of(app, &row, kind, unit).await?;
    let examined = source.examine(app, actor, row.state == "accepted").await?;
    let row = if row.state == "accepted" {
        row
    } else {
        examined.counted(row)
    };
    Ok(examined.report(app.units, row))
}

fn source_of(upload: ImportUpload, unit: domain::admin_units::UnitIx) -> Source {
    Source {
        kind: upload.kind,
        unit,
        options: upload.options,
        file_name: upload.file.name,
        content: upload.file.content,
    }
}

fn hashed(kind: &str, unit: &str, options: &str, sha256: &str) -> serde_json::Value {
    json!([kind, unit, options, sha256])
}

fn new_row(
    app: &App,
    actor: &Actor,
    upload: &ImportUpload,
    province_id: &str,
    file_id: String,
) -> ImportRow {
    ImportRow {
        province_id: province_id.to_owned(),
        id: upload.id.clone(),
        kind: upload.kind.as_str().to_owned(),
        admin_unit_id: upload.admin_unit_id.clone(),
        file_id,
        state: "checked".to_owned(),
        options_json: json!(upload.options).to_string(),
        rows_total: 0,
        rows_good: 0,
        fault_count: 0,
        rows_new: 0,
        rows_corrected: 0,
        rows_unchanged: 0,
        created_at: app.clock.now_text(),
        created_by: actor.user_id.clone(),
        accepted_at: None,
        accepted_by: None,
    }
}
