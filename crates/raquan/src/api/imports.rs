//! Imports of tables: upload and check, accept, the workbook with the faults, templates.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use store::imports::ImportRow;
use utoipa::{IntoParams, ToSchema};

use super::files::{Upload, disposition};
use super::records::unit_name;
use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::imports::{
    self as cases, FaultText, ImportKind, ImportNames, ImportOptions, ImportReport,
};
use crate::app::{App, AppError, Fault};
use crate::import::Notice;

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// An uploaded table.
#[derive(Serialize, ToSchema)]
pub struct Import {
    /// Id.
    id: String,
    /// `observations` or `organizations`.
    kind: String,
    /// Name of the file.
    file_name: String,
    /// Unit it was uploaded for.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// `checked`: nothing of it is written; `accepted`.
    state: String,
    /// The period of a table with one unit to a row.
    period: Option<String>,
    /// Whether months are meant as reporting months.
    reporting_months: bool,
    /// Rows of data.
    rows_total: i64,
    /// Rows without a fault.
    rows_good: i64,
    /// Faults.
    fault_count: i64,
    /// Records that it adds.
    new: i64,
    /// Records that it corrects.
    corrected: i64,
    /// Records that were there already.
    unchanged: i64,
    /// When it was uploaded.
    created_at: String,
    /// Account.
    created_by: Option<String>,
    /// Its name.
    created_by_name: Option<String>,
    /// When it was accepted.
    accepted_at: Option<String>,
    /// Account.
    accepted_by: Option<String>,
    /// Its name.
    accepted_by_name: Option<String>,
}

impl Import {
    /// Outer shapes of imports, with the names of their files and people.
    async fn list(app: &App, rows: Vec<ImportRow>) -> Result<Vec<Self>, AppError> {
        let names = cases::import_names(app, &rows).await?;
        let rows = rows.into_iter();
        Ok(rows.map(|row| Self::new(app, row, &names)).collect())
    }

    /// Outer shape of one import.
    async fn of(app: &App, row: ImportRow) -> Result<Self, AppError> {
        let names = cases::import_names(app, std::slice::from_ref(&row)).await?;
        Ok(Self::new(app, row, &names))
    }

    fn new(app: &App, row: ImportRow, names: &ImportNames) -> Self {
        let options: ImportOptions = serde_json::from_str(&row.options_json).unwrap_or_default();
        let name = |id: &Option<String>| id.as_ref().and_then(|id| names.people.get(id)).cloned();
        Self {
            file_name: names.files.get(&row.file_id).cloned().unwrap_or_default(),
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            created_by_name: name(&row.created_by),
            accepted_by_name: name(&row.accepted_by),
            id: row.id,
            kind: row.kind,
            admin_unit_id: row.admin_unit_id,
            state: row.state,
            period: options.period,
            reporting_months: options.reporting_months,
            rows_total: row.rows_total,
            rows_good: row.rows_good,
            fault_count: row.fault_count,
            new: row.rows_new,
            corrected: row.rows_corrected,
            unchanged: row.rows_unchanged,
            created_at: row.created_at,
            created_by: row.created_by,
            accepted_at: row.accepted_at,
            accepted_by: row.accepted_by,
        }
    }
}

/// A row as it was understood.
#[derive(Serialize, ToSchema)]
pub struct ImportPreviewRow {
    /// Row in the file.
    line: u32,
    /// Whether nothing is wrong in it.
    good: bool,
    /// Cells in the order of `columns`.
    cells: Vec<String>,
}

/// Something wrong at one place of the file.
#[derive(Serialize, ToSchema)]
pub struct ImportFault {
    /// Row in the file, as a spreadsheet shows it.
    line: u32,
    /// Letter of the column.
    column: Option<String>,
    /// Name of the column.
    column_name: Option<String>,
    /// Stable code.
    code: String,
    /// Where, what, and how to mend it, in Vietnamese.
    message: String,
    /// The same in English.
    message_en: String,
}

/// Something that the reader did and the uploader should know.
#[derive(Serialize, ToSchema)]
pub struct ImportNotice {
    /// Stable code.
    code: String,
    /// In Vietnamese.
    message: String,
    /// In English.
    message_en: String,
}

impl From<FaultText> for ImportFault {
    fn from(fault: FaultText) -> Self {
        Self {
            line: fault.line,
            column: fault.column,
            column_name: fault.column_name,
            code: fault.code,
            message: fault.message_vi,
            message_en: fault.message_en,
        }
    }
}

impl From<Notice> for ImportNotice {
    fn from(notice: Notice) -> Self {
        Self {
            code: notice.code.to_owned(),
            message: notice.message_vi,
            message_en: notice.message_en,
        }
    }
}

/// What a table says, what is wrong with it, and what it changes.
#[derive(Serialize, ToSchema)]
pub struct ImportCheck {
    /// The import with its counts.
    import: Import,
    /// Name of the file.
    file_name: String,
    /// The columns understood.
    columns: Vec<String>,
    /// The first 20 rows as they were understood.
    preview: Vec<ImportPreviewRow>,
    /// In order of row and column; at most 500. The workbook with the faults has all.
    faults: Vec<ImportFault>,
    /// Notices.
    notices: Vec<ImportNotice>,
}

impl ImportCheck {
    async fn of(app: &App, report: ImportReport) -> Result<Self, AppError> {
        let preview = report.preview.into_iter().map(|row| ImportPreviewRow {
            line: row.line,
            good: row.good,
            cells: row.cells,
        });
        Ok(Self {
            import: Import::of(app, report.row).await?,
            file_name: report.file_name,
            columns: report.columns,
            preview: preview.collect(),
            faults: report.faults.into_iter().map(ImportFault::from).collect(),
            notices: report.notices.into_iter().map(ImportNotice::from).collect(),
        })
    }
}

/// A table to be checked.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "describes the parts of the form for the API's description"
)]
pub struct ImportForm {
    /// UUIDv7 made by the client; the same again gives the same answer.
    id: String,
    /// `observations` or `organizations`.
    kind: String,
    /// Unit: names of units are looked for within it first.
    admin_unit_id: String,
    /// Figures: the period of a table with one unit to a row and one indicator to a column.
    period: Option<String>,
    /// Figures: `true` when months are meant as reporting months.
    reporting_months: Option<String>,
    /// XLSX, CSV or TSV.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Checks a table; nothing of its rows is written.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports",
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 201, body = ImportCheck), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 413, body = ApiError), (status = 422, body = ApiError)))]
pub async fn import_check(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    upload: Upload,
) -> Result<(StatusCode, Json<ImportCheck>), AppError> {
    let mut faults = Vec::new();
    let mut required = |name: &str, fix: &str| {
        let text = upload.text(name).filter(|text| !text.trim().is_empty());
        if text.is_none() {
            let message = format!("Thiếu phần “{name}”.");
            faults.push(Fault::new(name, "field.required", message, fix));
        }
        text.unwrap_or_default()
    };
    let id = required("id", "Gửi một UUIDv7 do máy khách tạo.");
    let kind = required("kind", "Chọn observations hoặc organizations.");
    let admin_unit_id = required("admin_unit_id", "Chọn đơn vị hành chính của tệp.");
    AppError::check(faults)?;
    let input = cases::ImportUpload {
        id,
        kind: ImportKind::parse(&kind).map_err(AppError::invalid)?,
        admin_unit_id,
        options: ImportOptions {
            period: upload.text("period").filter(|text| !text.trim().is_empty()),
            reporting_months: upload.text("reporting_months").as_deref() == Some("true"),
        },
        file: upload.file,
    };
    let report = cases::import_check(&app, &actor, input).await?;
    let check = ImportCheck::of(&app, report).await?;
    Ok((StatusCode::CREATED, Json(check)))
}

/// Which imports are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportParams {
    /// `observations` (when not given) or `organizations`.
    kind: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// A page of imports.
pub type ImportList = Page<Import>;

/// Lists imports, the newest first.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", params(ImportParams),
    responses((status = 200, body = ImportList), (status = 403, body = ApiError), (status = 422, body = ApiError)))]
pub async fn import_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<ImportParams>,
) -> Result<Json<ImportList>, AppError> {
    let kind = params.kind.as_deref().unwrap_or("observations");
    let kind = ImportKind::parse(kind).map_err(AppError::invalid)?;
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let rows = cases::import_list(&app, &actor, kind, &page.page()?).await?;
    let (rows, next_page) = page.cut(rows, |row| format!("{}|{}", row.created_at, row.id));
    let items = Import::list(&app, rows).await?;
    Ok(Json(Page { items, next_page }))
}

/// An import with what its table says now.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = ImportCheck), (status = 404, body = ApiError)))]
pub async fn import_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<ImportCheck>, AppError> {
    let report = cases::import_get(&app, &actor, &id).await?;
    Ok(Json(ImportCheck::of(&app, report).await?))
}

/// How a table is accepted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportAccept {
    /// Take the right rows when others are wrong; otherwise all or none.
    #[serde(default)]
    good_rows_only: bool,
    /// Why figures are corrected; needed in a locked period.
    reason: Option<String>,
}

/// Writes what a table says: all its rows, or the right ones.
#[utoipa::path(post, path = "/api/v1/imports/{id}/accept", tag = "imports", params(("id" = String, Path)),
    request_body = ImportAccept,
    responses((status = 200, body = Import), (status = 404, body = ApiError), (status = 409, body = ApiError),
        (status = 422, body = ApiError)))]
pub async fn import_accept(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ImportAccept>,
) -> Result<Json<Import>, AppError> {
    let input = cases::ImportAccept {
        good_rows_only: input.good_rows_only,
        reason: input.reason,
    };
    let row = cases::import_accept(&app, &actor, &id, input).await?;
    Ok(Json(Import::of(&app, row).await?))
}

/// The same table as a workbook in which every fault stands beside its row.
#[utoipa::path(get, path = "/api/v1/imports/{id}/errors", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, description = "The workbook",
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, body = ApiError)))]
pub async fn import_errors_workbook(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<(HeaderMap, Vec<u8>), AppError> {
    let (name, content) = cases::import_errors_workbook(&app, &actor, &id).await?;
    Ok((workbook_headers(&name)?, content))
}

/// Which template is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportTemplateParams {
    /// Unit whose units below are written in; needed.
    admin_unit_id: Option<String>,
    /// Figures: makes a table with one unit to a row and one indicator to a column.
    period: Option<String>,
    /// Figures: months are reporting months.
    reporting_months: Option<bool>,
}

/// A workbook to fill in.
#[utoipa::path(get, path = "/api/v1/import_templates/{kind}", tag = "imports",
    params(("kind" = String, Path, description = "`observations` or `organizations`"), ImportTemplateParams),
    responses((status = 200, description = "The workbook",
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 403, body = ApiError), (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn import_template(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(kind): Path<String>,
    Params(params): Params<ImportTemplateParams>,
) -> Result<(HeaderMap, Vec<u8>), AppError> {
    let kind = ImportKind::parse(&kind).map_err(|_| AppError::NotFound { entity: "import" })?;
    let options = ImportOptions {
        period: params.period,
        reporting_months: params.reporting_months.unwrap_or(false),
    };
    let unit = params.admin_unit_id.unwrap_or_default();
    let (name, content) = cases::import_template(&app, &actor, kind, &unit, &options)?;
    Ok((workbook_headers(&name)?, content))
}

fn workbook_headers(name: &str) -> Result<HeaderMap, AppError> {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(WORKBOOK));
    let disposition = HeaderValue::from_str(&disposition(name))
        .map_err(|_| AppError::Internal("the name of a workbook is unusable".to_owned()))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(headers)
}
