//! Accepting a checked table: all its rows, or those that are right; one transaction, one change row.

use serde_json::json;
use store::imports::{self as rows, ImportRow};
use store::organizations::organization_insert;

use super::observations::{ExaminedObservations, leave_out, wrong_lines};
use super::organizations::ExaminedOrganizations;
use super::report::Examined;
use super::{Source, visible};
use crate::app::observations::{
    Batch, Outcome, Reach, compare, lock_provinces, province_of_change, write_batch,
};
use crate::app::{Actor, App, AppError, Door, Fault, Operation, Written};

/// How a table is accepted.
#[derive(Debug, Clone, Default)]
pub struct ImportAccept {
    /// Takes the rows that are right when others are wrong; otherwise all or none.
    pub good_rows_only: bool,
    /// Why figures are corrected; needed where their period is locked.
    pub reason: Option<String>,
}

/// Writes what a table says. Doing it again gives the same answer and writes nothing.
pub async fn import_accept(
    app: &App,
    actor: &Actor,
    id: &str,
    input: ImportAccept,
) -> Result<ImportRow, AppError> {
    let (row, kind, unit) = visible(app, actor, id).await?;
    if row.state == "accepted" {
        return Ok(row);
    }
    let reason = input
        .reason
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let reason = reason.map(str::to_owned);
    let source = Source::of(app, &row, kind, unit).await?;
    let examined = source.examine(app, actor, reason.is_some()).await?;
    let row = ImportRow {
        state: "accepted".to_owned(),
        accepted_at: Some(app.clock.now_text()),
        accepted_by: actor.user_id.clone(),
        ..examined.counted(row)
    };
    if row.rows_good == 0 || (row.fault_count > 0 && !input.good_rows_only) {
        return Err(has_faults(&row));
    }
    let actor = actor.through(Door::Import);
    match examined {
        Examined::Observations(found) => {
            accept_observations(app, &actor, row, *found, input.good_rows_only, reason).await
        }
        Examined::Organizations(found) => accept_organizations(app, &actor, row, *found).await,
    }
}

fn has_faults(row: &ImportRow) -> AppError {
    let (message, fix) = if row.rows_good == 0 {
        (
            format!("Tệp có {} lỗi, không dòng nào nhập được.", row.fault_count),
            "Tải tệp có cột Lỗi về, sửa rồi tải lên lại.",
        )
    } else {
        (
            format!(
                "Tệp còn {} lỗi; {} dòng đúng.",
                row.fault_count, row.rows_good
            ),
            "Sửa tệp rồi tải lên lại, hoặc chọn chỉ nhập các dòng đúng.",
        )
    };
    AppError::invalid(Fault::new(
        "good_rows_only",
        "import.has_faults",
        message,
        fix,
    ))
}

async fn accept_observations(
    app: &App,
    actor: &Actor,
    row: ImportRow,
    found: ExaminedObservations,
    good_rows_only: bool,
    reason: Option<String>,
) -> Result<ImportRow, AppError> {
    let reach = Reach::of(app, actor).await?;
    let batch = Batch {
        import_id: Some(row.id.clone()),
        reason,
        source: "Nhập từ tệp".to_owned(),
        ..Batch::new(app, &reach, actor, &row.id)
    };
    let province = province_of_change(&found.prepared);
    let operation = Operation::new(province, "import_accept", "import");
    let (units, clock) = (app.units, app.clock.clone());
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            lock_provinces(tx, &found.prepared).await?;
            if let Some(known) = accepted(tx, &row.id).await? {
                return Ok(Written::repeated(known));
            }
            let ExaminedObservations {
                mut read, prepared, ..
            } = found;
            // What was reported since the check counts: look again, now that nobody else writes.
            let mut compared = compare(tx, units, &prepared, batch.reason.is_some()).await?;
            let before = read.table.faults.len();
            let seen = wrong_lines(&read);
            let since = std::mem::take(&mut compared.faults);
            let since = since
                .into_iter()
                .filter(|fault| !seen.contains(&read.line(fault.row)));
            let since: Vec<_> = since.collect();
            read.add_faults(since);
            let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
            let row = ImportRow {
                rows_good: count(read.table.good_rows().count()),
                fault_count: count(read.table.faults.len()),
                ..row
            };
            if read.table.faults.len() > before && (!good_rows_only || row.rows_good == 0) {
                return Err(has_faults(&row));
            }
            leave_out(&read, &prepared, &mut compared, &wrong_lines(&read));
            let row = ImportRow {
                rows_new: count(compared.count(Outcome::New)),
                rows_corrected: count(compared.count(Outcome::Corrected)),
                rows_unchanged: count(compared.count(Outcome::Unchanged)),
                ..row
            };
            drop(read);
            let written = write_batch(tx, units, &clock, &prepared, &compared, &batch).await?;
            if !rows::import_accept(tx, &row).await? {
                return Err(AppError::stale());
            }
            let id = row.id.clone();
            Ok(Written::new(row, id)
                .before(written.before)
                .after(written.after)
                .taking_facts(written.taken)
                .facts(written.added))
        })
    })
    .await
}

async fn accept_organizations(
    app: &App,
    actor: &Actor,
    row: ImportRow,
    found: ExaminedOrganizations,
) -> Result<ImportRow, AppError> {
    let operation = Operation::new(&row.province_id, "import_accept", "import");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            if let Some(known) = accepted(tx, &row.id).await? {
                return Ok(Written::repeated(known));
            }
            for organization in &found.added {
                if !organization_insert(tx, organization).await? {
                    return Err(AppError::stale());
                }
            }
            if !rows::import_accept(tx, &row).await? {
                return Err(AppError::stale());
            }
            let ids: Vec<&str> = found.added.iter().map(|row| row.id.as_str()).collect();
            let after = json!({ "new": row.rows_new, "unchanged": row.rows_unchanged, "ids": ids });
            let id = row.id.clone();
            Ok(Written::new(row, id).after(after))
        })
    })
    .await
}

/// The import when somebody has accepted it meanwhile.
async fn accepted(
    tx: &store::DatabaseTransaction,
    id: &str,
) -> Result<Option<ImportRow>, AppError> {
    let known = rows::import_get(tx, id).await?;
    Ok(known.filter(|row| row.state == "accepted"))
}
