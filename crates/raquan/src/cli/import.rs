//! `raquan import …`: checks and accepts tables as the web app does.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use super::{explain, print};
use crate::app::files::FileUpload;
use crate::app::imports::{
    ImportAccept, ImportKind, ImportOptions, ImportReport, ImportUpload, import_accept,
    import_check, import_dry_run, import_errors_workbook,
};
use crate::app::{Actor, App, Door};

/// A table to be imported.
#[derive(Debug, Args)]
pub struct Import {
    /// What the table holds.
    kind: Kind,
    /// XLSX, CSV or TSV.
    file: PathBuf,
    /// Id of the unit that it is for: names of units are looked for within it first.
    #[arg(long)]
    unit: String,
    /// Figures: the period of a table with one unit to a row and one indicator to a column.
    #[arg(long)]
    period: Option<String>,
    /// Figures: months are reporting months, from the 15th to the 14th.
    #[arg(long)]
    reporting_months: bool,
    /// Only say what is wrong and what it would change; keep nothing.
    #[arg(long)]
    dry_run: bool,
    /// Take the right rows when others are wrong; otherwise all or none.
    #[arg(long)]
    good_rows_only: bool,
    /// Why figures are corrected; needed in a locked period.
    #[arg(long)]
    reason: Option<String>,
    /// Write the table with its faults into this workbook.
    #[arg(long, conflicts_with = "dry_run")]
    errors: Option<PathBuf>,
}

/// What a table holds.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    /// Figures that units report.
    Observations,
    /// Bodies that act.
    Organizations,
}

impl From<Kind> for ImportKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Observations => ImportKind::Observations,
            Kind::Organizations => ImportKind::Organizations,
        }
    }
}

/// Checks a table and, unless it is a dry run, accepts it.
pub async fn run(app: &App, command: Import) -> anyhow::Result<()> {
    let path = command.file.display();
    let content =
        std::fs::read(&command.file).with_context(|| format!("cannot read the table {path}"))?;
    let name = command.file.file_name().unwrap_or_default();
    let upload = ImportUpload {
        id: app.clock.new_id(),
        kind: command.kind.into(),
        admin_unit_id: command.unit,
        options: ImportOptions {
            period: command.period,
            reporting_months: command.reporting_months,
        },
        file: FileUpload {
            name: name.to_string_lossy().into_owned(),
            content,
        },
    };
    let actor = Actor::system(Door::Cli);
    if command.dry_run {
        let report = import_dry_run(app, &actor, upload).await.map_err(explain)?;
        return print(&text_of(&report));
    }
    let report = import_check(app, &actor, upload).await.map_err(explain)?;
    print(&text_of(&report))?;
    if let Some(out) = command.errors {
        let workbook = import_errors_workbook(app, &actor, &report.row.id).await;
        let (_, content) = workbook.map_err(explain)?;
        std::fs::write(&out, content)
            .with_context(|| format!("cannot write the workbook {}", out.display()))?;
    }
    let has_faults = report.row.fault_count > 0;
    if report.row.rows_good == 0 || (has_faults && !command.good_rows_only) {
        bail!("Chưa nhập dòng nào. Sửa tệp rồi nhập lại, hoặc thêm --good-rows-only.");
    }
    let accept = ImportAccept {
        good_rows_only: command.good_rows_only,
        reason: command.reason,
    };
    let row = import_accept(app, &actor, &report.row.id, accept)
        .await
        .map_err(explain)?;
    print(&format!(
        "Đã nhập: {} mới, {} sửa, {} giữ nguyên.",
        row.rows_new, row.rows_corrected, row.rows_unchanged
    ))
}

fn text_of(report: &ImportReport) -> String {
    let row = &report.row;
    let mut lines = vec![format!(
        "{}: {} dòng, {} đúng, {} lỗi; sẽ thêm {}, sửa {}, giữ nguyên {}.",
        report.file_name,
        row.rows_total,
        row.rows_good,
        row.fault_count,
        row.rows_new,
        row.rows_corrected,
        row.rows_unchanged
    )];
    lines.extend(
        report
            .notices
            .iter()
            .map(|notice| notice.message_vi.clone()),
    );
    let faults = report.faults.iter();
    lines.extend(faults.map(|fault| format!("{} [{}]", fault.message_vi, fault.code)));
    lines.join("\n")
}
