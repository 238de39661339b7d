//! Imports of tables: a file is checked first, nothing of it written; then accepted as a whole, or its right rows.
//!
//! The file is kept with the import. Every question about it (faults, the workbook with the faults written in,
//! acceptance) reads the file anew and holds it against what is there at that moment, so that no answer is stale.

mod accept;
mod check;
mod confirmations;
mod observations;
mod organizations;
mod report;
mod template;

use std::collections::HashMap;

use domain::admin_units::UnitIx;
use domain::period::Period;
use serde::{Deserialize, Serialize};
use store::Page;
use store::files::{file_content_get, file_get, file_get_many};
use store::imports::{self as rows, ImportRow};

pub use accept::{ImportAccept, import_accept};
pub use check::{ImportUpload, import_check, import_dry_run, import_get};
pub use confirmations::{ConfirmationReport, ConfirmationUpload, confirmation_table};
pub use report::{FaultText, ImportReport, PreviewRow};
pub use template::import_template;

use self::report::Examined;
use super::users::user_names;
use super::{Action, Actor, App, AppError, Fault, Place};
use crate::import::{
    FileFault, Limits, ObservationLayout, annotate, read_observations, read_organizations,
};

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// Figures that units report.
    Observations,
    /// Bodies that act.
    Organizations,
}

impl ImportKind {
    /// All of them.
    pub const ALL: [ImportKind; 2] = [ImportKind::Observations, ImportKind::Organizations];

    /// The word of the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            ImportKind::Observations => "observations",
            ImportKind::Organizations => "organizations",
        }
    }

    /// The kind of the given word, or a fault that lists them.
    pub fn parse(text: &str) -> Result<ImportKind, Fault> {
        let found = ImportKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text);
        found.ok_or_else(|| {
            Fault::new(
                "kind",
                "import.unknown_kind",
                format!("Không có loại tệp nhập “{text}”."),
                "Chọn observations (số liệu) hoặc organizations (cơ quan, đơn vị).",
            )
        })
    }

    /// What an actor must be allowed to do with it.
    fn action(self) -> Action {
        match self {
            ImportKind::Observations => Action::ObservationWrite,
            ImportKind::Organizations => Action::OrganizationWrite,
        }
    }
}

/// How a file is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOptions {
    /// Figures: the period of a table with one unit to a row and one indicator to a column; without it, every row
    /// says its indicator and period.
    pub period: Option<String>,
    /// Figures: whether a month is meant as a reporting month, from the 15th to the 14th.
    #[serde(default)]
    pub reporting_months: bool,
}

impl ImportOptions {
    fn layout(&self) -> Result<ObservationLayout, AppError> {
        let Some(period) = &self.period else {
            return Ok(ObservationLayout::Long {
                reporting_months: self.reporting_months,
            });
        };
        let period: Period = period.parse().map_err(|error| {
            AppError::invalid(Fault::new(
                "period",
                "period.malformed",
                format!("{error}."),
                "Viết kỳ như 2022-05 hoặc R2022-05; để trống nếu mỗi dòng có kỳ riêng.",
            ))
        })?;
        Ok(ObservationLayout::Wide { period })
    }
}

/// The unit that a table is uploaded for, once the actor may upload it there.
fn allowed(app: &App, actor: &Actor, kind: ImportKind, id: &str) -> Result<UnitIx, AppError> {
    let unit = app.unit("admin_unit_id", id).map_err(AppError::invalid)?;
    let place = Place {
        unit: Some(unit),
        organizations: &[],
    };
    actor.require(kind.action(), place, "import")?;
    Ok(unit)
}

/// An import that the actor may know of.
async fn visible(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<(ImportRow, ImportKind, UnitIx), AppError> {
    let missing = || AppError::NotFound { entity: "import" };
    let row = rows::import_get(app.db.read(), id)
        .await?
        .ok_or_else(missing)?;
    let kind = ImportKind::parse(&row.kind).map_err(|_| missing())?;
    let unit = app.units.get(&row.admin_unit_id).ok_or_else(missing)?;
    let place = Place {
        unit: Some(unit),
        organizations: &[],
    };
    if !actor.may(kind.action(), place) {
        return Err(missing());
    }
    Ok((row, kind, unit))
}

/// A file, and how it is to be read.
#[derive(Debug, Clone)]
struct Source {
    kind: ImportKind,
    unit: UnitIx,
    options: ImportOptions,
    file_name: String,
    content: Vec<u8>,
}

impl Source {
    async fn of(
        app: &App,
        row: &ImportRow,
        kind: ImportKind,
        unit: UnitIx,
    ) -> Result<Source, AppError> {
        let lost = |what: &str| AppError::Internal(format!("import {} has no {what}", row.id));
        let file = file_get(app.db.read(), &row.file_id)
            .await?
            .ok_or_else(|| lost("file"))?;
        let content = file_content_get(app.db.read(), &file.sha256).await?;
        Ok(Source {
            kind,
            unit,
            options: serde_json::from_str(&row.options_json)
                .map_err(|_| lost("readable options"))?,
            file_name: file.name,
            content: content.ok_or_else(|| lost("content"))?,
        })
    }

    /// Reads the file on a thread of its own and holds it against what is there.
    async fn examine(self, app: &App, actor: &Actor, reason: bool) -> Result<Examined, AppError> {
        let limits = limits(app);
        let (units, today) = (app.units, app.clock.today());
        match self.kind {
            ImportKind::Observations => {
                let layout = self.options.layout()?;
                let read = move || {
                    read_observations(
                        units,
                        self.unit,
                        layout,
                        today,
                        &self.file_name,
                        &self.content,
                        &limits,
                    )
                };
                let table = blocking(read).await?;
                observations::examine(app, actor, layout, table, reason).await
            }
            ImportKind::Organizations => {
                let kinds = app.catalog.organization_kinds.clone();
                let read = move || {
                    read_organizations(
                        units,
                        &kinds,
                        self.unit,
                        today,
                        &self.file_name,
                        &self.content,
                        &limits,
                    )
                };
                let table = blocking(read).await?;
                organizations::examine(app, actor, table).await
            }
        }
    }
}

/// How large an uploaded table may be.
fn limits(app: &App) -> Limits {
    Limits {
        bytes: app.config.limits.upload_bytes as u64,
        rows: u32::try_from(app.config.limits.import_rows).unwrap_or(u32::MAX),
        ..Limits::default()
    }
}

async fn blocking<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, FileFault> + Send + 'static,
) -> Result<T, AppError> {
    let read = tokio::task::spawn_blocking(read).await;
    let read =
        read.map_err(|error| AppError::Internal(format!("reading a table failed: {error}")))?;
    read.map_err(|fault| file_fault(&fault))
}

/// What is wrong with the whole file, as an answer.
fn file_fault(fault: &FileFault) -> AppError {
    let message = fault.message_vi();
    if let FileFault::TooManyBytes { .. }
    | FileFault::TooLargeUnpacked { .. }
    | FileFault::TooManyRows { .. } = fault
    {
        return AppError::TooLarge {
            code: fault.code(),
            message: format!("{message}."),
        };
    }
    let (what, fix) = message
        .split_once("; ")
        .unwrap_or((&message, "hãy chọn tệp khác"));
    let mut fix = fix.to_owned();
    if let Some(first) = fix.get(..1) {
        fix = first.to_uppercase() + &fix[1..];
    }
    AppError::invalid(Fault::new(
        "file",
        fault.code(),
        format!("{what}."),
        format!("{fix}."),
    ))
}

/// The same table as a workbook in which every fault stands beside its row.
pub async fn import_errors_workbook(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<(String, Vec<u8>), AppError> {
    let (row, kind, unit) = visible(app, actor, id).await?;
    let source = Source::of(app, &row, kind, unit).await?;
    let stem = source
        .file_name
        .rsplit_once('.')
        .map_or("so-lieu", |(stem, _)| stem)
        .to_owned();
    let examined = source.examine(app, actor, false).await?;
    let written =
        tokio::task::spawn_blocking(move || annotate(examined.sheet(), examined.table())).await;
    let written = written
        .map_err(|error| AppError::Internal(format!("writing a workbook failed: {error}")))?;
    let content = written.map_err(|error| AppError::Internal(error.to_string()))?;
    Ok((format!("{stem} - loi.xlsx"), content))
}

/// What imports are called by, and who brought them in; for those who may know of the imports.
#[derive(Debug, Default)]
pub struct ImportNames {
    /// Names of files by id.
    pub files: HashMap<String, String>,
    /// Names shown of accounts by id.
    pub people: HashMap<String, String>,
}

/// The names that go with imports.
pub async fn import_names(app: &App, imports: &[ImportRow]) -> Result<ImportNames, AppError> {
    let (mut files, mut people) = (Vec::new(), Vec::new());
    for row in imports {
        files.push(row.file_id.clone());
        people.extend(row.created_by.clone());
        people.extend(row.accepted_by.clone());
    }
    let found = file_get_many(app.db.read(), &files).await?;
    Ok(ImportNames {
        files: found.into_iter().map(|row| (row.id, row.name)).collect(),
        people: user_names(app, people).await?,
    })
}

/// Imports that the actor may know of, the newest first.
pub async fn import_list(
    app: &App,
    actor: &Actor,
    kind: ImportKind,
    page: &Page,
) -> Result<Vec<ImportRow>, AppError> {
    actor.require_somewhere(kind.action())?;
    let scope = actor.scope(app.units, kind.action());
    Ok(rows::import_list(app.db.read(), &scope, Some(kind.as_str()), page).await?)
}
