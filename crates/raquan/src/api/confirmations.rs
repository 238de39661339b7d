//! Official lists that confirm enrollments.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::confirmations::{ConfirmationLineRow, ConfirmationRow};
use utoipa::{IntoParams, ToSchema};

use super::files::Upload;
use super::imports::{ImportFault, ImportNotice};
use super::records::unit_name;
use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::imports::{ConfirmationUpload, confirmation_table as table_case};
use crate::app::{Actor, App, AppError, Fault, confirmations as cases};

/// An imported official list.
#[derive(Serialize, ToSchema)]
pub struct Confirmation {
    /// Its id, made by the client.
    id: String,
    /// The campaign.
    campaign_id: String,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// The file.
    file_id: Option<String>,
    /// Instant of import.
    imported_at: String,
    /// Who imported it.
    imported_by: Option<String>,
    /// Their name; for those who may take over lists of the campaign.
    imported_by_name: Option<String>,
    /// Lines that confirmed an enrollment.
    matched: i64,
    /// Lines that nobody claimed.
    unmatched: i64,
    /// Lines that repeat a person.
    doubles: i64,
    /// Lines that an earlier list had confirmed.
    already_confirmed: i64,
}

impl Confirmation {
    /// Outer shapes of lists, with the names of people as far as the actor may know them.
    async fn list(
        app: &App,
        actor: &Actor,
        rows: Vec<ConfirmationRow>,
    ) -> Result<Vec<Self>, AppError> {
        let names = cases::confirmation_names(app, actor, &rows).await?;
        let rows = rows.into_iter();
        Ok(rows.map(|row| Self::new(app, row, &names)).collect())
    }

    /// Outer shape of one list.
    async fn of(app: &App, actor: &Actor, row: ConfirmationRow) -> Result<Self, AppError> {
        let names = cases::confirmation_names(app, actor, std::slice::from_ref(&row)).await?;
        Ok(Self::new(app, row, &names))
    }

    fn new(app: &App, row: ConfirmationRow, names: &HashMap<String, String>) -> Self {
        let name = row.imported_by.as_ref().and_then(|id| names.get(id));
        Self {
            imported_by_name: name.cloned(),
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            campaign_id: row.campaign_id,
            admin_unit_id: row.admin_unit_id,
            file_id: row.file_id,
            imported_at: row.imported_at,
            imported_by: row.imported_by,
            matched: row.matched,
            unmatched: row.unmatched,
            doubles: row.doubles,
            already_confirmed: row.already_confirmed,
        }
    }
}

/// Official lists by id.
pub type ConfirmationList = Page<Confirmation>;

/// What became of a line of an official list.
#[derive(Serialize, ToSchema)]
pub struct ConfirmationLine {
    /// Number of the line.
    line: i64,
    /// The scheme.
    scheme: String,
    /// How it ended.
    outcome: String,
    /// By what it was matched.
    matched_by: Option<String>,
    /// The enrollment.
    enrollment_id: Option<String>,
}

impl ConfirmationLine {
    fn new(row: ConfirmationLineRow) -> Self {
        Self {
            line: row.line,
            scheme: row.scheme,
            outcome: row.outcome,
            matched_by: row.matched_by,
            enrollment_id: row.enrollment_id,
        }
    }
}

/// Lines of an official list.
pub type ConfirmationLineList = Page<ConfirmationLine>;

/// Lists the official lists of a campaign by id.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/confirmations", tag = "confirmations",
    params(("id" = String, Path), PageParams),
    responses((status = 200, body = ConfirmationList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn confirmation_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<ConfirmationList>, AppError> {
    let rows = cases::confirmation_list(&app, &actor, &id, &params.page()?).await?;
    let (rows, next_page) = params.cut(rows, |row| row.id.clone());
    let items = Confirmation::list(&app, &actor, rows).await?;
    Ok(Json(Page { items, next_page }))
}

/// Takes an official list over, all lines or none.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/confirmations", tag = "confirmations",
    request_body = cases::ConfirmationImport,
    params(("id" = String, Path)),
    responses((status = 201, body = Confirmation), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn confirmation_import(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::ConfirmationImport>,
) -> Result<(StatusCode, Json<Confirmation>), AppError> {
    let row = cases::confirmation_import(&app, &actor, &id, input).await?;
    let list = Confirmation::of(&app, &actor, row).await?;
    Ok((StatusCode::CREATED, Json(list)))
}

/// A table of confirmed people.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "describes the parts of the form for the API's description"
)]
pub struct ConfirmationForm {
    /// UUIDv7 made by the client; the same list again gives the same answer.
    id: String,
    /// `true`: only say what is wrong and how many lines would match.
    dry_run: Option<String>,
    /// `true`: take the right rows when others are wrong; otherwise all or none.
    good_rows_only: Option<String>,
    /// XLSX, CSV or TSV; not kept, since it holds names and national ids.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What a table of confirmed people says.
#[derive(Serialize, ToSchema)]
pub struct ConfirmationTable {
    /// Whether the list was taken over.
    written: bool,
    /// Rows of data.
    rows_total: usize,
    /// Rows without a fault.
    rows_good: usize,
    /// Faults.
    fault_count: usize,
    /// In order of row and column; at most 500.
    faults: Vec<ImportFault>,
    /// Notices.
    notices: Vec<ImportNotice>,
    /// How many lines match; none when no row is right.
    confirmation: Option<Confirmation>,
}

/// Looks at a table of confirmed people and, unless it is a dry run, takes it over.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/confirmations/table", tag = "confirmations",
    request_body(content = ConfirmationForm, content_type = "multipart/form-data"),
    params(("id" = String, Path)),
    responses((status = 200, body = ConfirmationTable), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 413, body = ApiError), (status = 422, body = ApiError)))]
pub async fn confirmation_table(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Json<ConfirmationTable>, AppError> {
    let is_set = |name: &str| upload.text(name).as_deref() == Some("true");
    let (dry_run, good_rows_only) = (is_set("dry_run"), is_set("good_rows_only"));
    let list_id = upload.text("id").filter(|text| !text.trim().is_empty());
    let list_id = list_id.ok_or_else(|| {
        AppError::invalid(Fault::new(
            "id",
            "field.required",
            "Thiếu phần “id”.",
            "Gửi một UUIDv7 do máy khách tạo.",
        ))
    })?;
    let input = ConfirmationUpload {
        id: list_id,
        dry_run,
        good_rows_only,
        file: upload.file,
    };
    let report = table_case(&app, &actor, &id, input).await?;
    let confirmation = match report.confirmation {
        Some(row) => Some(Confirmation::of(&app, &actor, row).await?),
        None => None,
    };
    Ok(Json(ConfirmationTable {
        written: report.written,
        rows_total: report.rows_total,
        rows_good: report.rows_good,
        fault_count: report.fault_count,
        faults: report.faults.into_iter().map(ImportFault::from).collect(),
        notices: report.notices.into_iter().map(ImportNotice::from).collect(),
        confirmation,
    }))
}

/// Which lines are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConfirmationLineParams {
    /// `matched`, `unmatched`, `double` or `already_confirmed`.
    outcome: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// What became of the lines of an official list.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/confirmations/{confirmation_id}/lines", tag = "confirmations",
    params(("id" = String, Path), ("confirmation_id" = String, Path), ConfirmationLineParams),
    responses((status = 200, body = ConfirmationLineList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn confirmation_line_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, confirmation_id)): Path<(String, String)>,
    Params(params): Params<ConfirmationLineParams>,
) -> Result<Json<ConfirmationLineList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let wanted = page.page()?;
    let after = wanted
        .after
        .as_deref()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let outcome = params.outcome.as_deref();
    let rows = cases::confirmation_line_list(
        &app,
        &actor,
        &id,
        &confirmation_id,
        outcome,
        after,
        wanted.limit,
    )
    .await?;
    let (rows, next_page) = page.cut(rows, |row| row.line.to_string());
    let items = rows.into_iter().map(ConfirmationLine::new).collect();
    Ok(Json(Page { items, next_page }))
}
