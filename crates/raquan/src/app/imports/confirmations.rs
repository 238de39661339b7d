//! A table of officially confirmed people: looked at, or taken over at once.
//!
//! Unlike other tables its file is never kept, since it holds names and national ids; so the file is sent again to
//! be taken over. The same list again gives the same answer.

use std::collections::HashSet;

use jiff::civil::Date;
use store::confirmations::ConfirmationRow;

use super::report::{FaultText, listed};
use super::{blocking, limits};
use crate::app::confirmations::{
    ConfirmationImport, confirmable, confirmation_import, confirmation_preview,
};
use crate::app::files::FileUpload;
use crate::app::{Actor, App, AppError, Door, Fault};
use crate::import::{ConfirmationTable, Notice, RuleFault, column_of, read_confirmations};

/// A table of confirmed people as it came in.
#[derive(Debug, Clone)]
pub struct ConfirmationUpload {
    /// Made by the client; the same list again gives the same answer.
    pub id: String,
    /// Only says what is wrong and how many would match.
    pub dry_run: bool,
    /// Takes the rows that are right when others are wrong; otherwise all or none.
    pub good_rows_only: bool,
    /// The file.
    pub file: FileUpload,
}

/// What a table of confirmed people says.
#[derive(Debug)]
pub struct ConfirmationReport {
    /// Whether the list was taken over.
    pub written: bool,
    /// Rows of data.
    pub rows_total: usize,
    /// Rows without a fault.
    pub rows_good: usize,
    /// All faults.
    pub fault_count: usize,
    /// What is wrong, in order of row and column; at most 500 of them.
    pub faults: Vec<FaultText>,
    /// What the reader did that the uploader should know.
    pub notices: Vec<Notice>,
    /// How many lines match; none when no row is right.
    pub confirmation: Option<ConfirmationRow>,
}

/// Looks at a table of confirmed people and, unless it is a dry run, takes it over.
pub async fn confirmation_table(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    upload: ConfirmationUpload,
) -> Result<ConfirmationReport, AppError> {
    let campaign = confirmable(app, actor, campaign_id).await?;
    let unit = app
        .unit("admin_unit_id", &campaign.admin_unit_id)
        .map_err(AppError::invalid)?;
    let today = app.clock.today();
    // Communes are those of the campaign, as in the enrollments.
    let last: Option<Date> = campaign.last_day.parse().ok();
    let on = last.map_or(today, |last| last.min(today));
    let (units, limits, file) = (app.units, limits(app), upload.file);
    let read =
        move || read_confirmations(units, unit, on, today, &file.name, &file.content, &limits);
    let mut read = blocking(read).await?;
    let mut input = input_of(&upload.id, &read);
    let mut confirmation = preview(app, actor, campaign_id, &input, &mut read).await?;
    if confirmation.is_none() {
        input = input_of(&upload.id, &read);
        confirmation = preview(app, actor, campaign_id, &input, &mut read).await?;
    }
    let mut report = report(&read, confirmation);
    if upload.dry_run {
        return Ok(report);
    }
    if report.confirmation.is_none() || (report.fault_count > 0 && !upload.good_rows_only) {
        return Err(AppError::invalid(Fault::new(
            "good_rows_only",
            "import.has_faults",
            format!(
                "Tệp còn {} lỗi; {} dòng đúng.",
                report.fault_count, report.rows_good
            ),
            "Sửa tệp rồi tải lên lại, hoặc chọn chỉ nhập các dòng đúng.",
        )));
    }
    let actor = actor.through(Door::Import);
    report.confirmation = Some(confirmation_import(app, &actor, campaign_id, input).await?);
    report.written = true;
    Ok(report)
}

fn input_of(id: &str, read: &ConfirmationTable) -> ConfirmationImport {
    ConfirmationImport {
        id: id.to_owned(),
        admin_unit_id: None,
        file_id: None,
        lines: read.lines.iter().map(|(_, line)| line.clone()).collect(),
    }
}

/// How many lines would match; none when lines are wrong, which are named in the table and left out of it.
async fn preview(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    input: &ConfirmationImport,
    read: &mut ConfirmationTable,
) -> Result<Option<ConfirmationRow>, AppError> {
    if input.lines.is_empty() {
        return Ok(None);
    }
    let faults = match confirmation_preview(app, actor, campaign_id, input).await {
        Ok(row) => return Ok(Some(row)),
        Err(AppError::Invalid(faults)) => faults,
        Err(other) => return Err(other),
    };
    let mut placed = Vec::with_capacity(faults.len());
    let mut wrong = HashSet::new();
    for fault in faults {
        let Some((number, field)) = place(&fault.field) else {
            return Err(AppError::invalid(fault));
        };
        let Some((line, _)) = read.lines.get(number) else {
            return Err(AppError::invalid(fault));
        };
        wrong.insert(*line);
        let rule = RuleFault {
            code: fault.code,
            message_vi: format!("{} {}", fault.message, fault.fix),
            message_en: "this breaks a rule; see the Vietnamese text".to_owned(),
        };
        placed.push((*line, column_of(field), rule));
    }
    read.table.add_faults(placed);
    read.lines.retain(|(line, _)| !wrong.contains(line));
    Ok(None)
}

/// `lines[3].national_id` as 3 and `national_id`.
fn place(field: &str) -> Option<(usize, &str)> {
    let (number, field) = field.strip_prefix("lines[")?.split_once("].")?;
    Some((number.parse().ok()?, field))
}

fn report(read: &ConfirmationTable, confirmation: Option<ConfirmationRow>) -> ConfirmationReport {
    ConfirmationReport {
        written: false,
        rows_total: read.table.rows.len(),
        rows_good: read.lines.len(),
        fault_count: read.table.faults.len(),
        faults: listed(&read.table),
        notices: read.table.notices.clone(),
        confirmation,
    }
}
