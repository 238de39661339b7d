//! A campaign's report: as data, as a page, as text.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use report::Layout;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::admin_units::day;
use super::{ApiError, Params, SignedIn};
use crate::app::reports::{ReportRequest, report_make};
use crate::app::{App, AppError, Fault};

/// In which form the report is wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReportForm {
    /// Data: every figure with its value, its words and how it was computed.
    #[default]
    Json,
    /// A whole page to read and print, laid out as an official document.
    Html,
    /// The page's content without a page around it, for the web app.
    Fragment,
    /// Markdown.
    Md,
}

/// Which report is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportParams {
    /// The day whose state is reported; the campaign's last day, or today when that is earlier.
    as_of: Option<String>,
    /// Period of the statistics, `2023-03`; the plan's own when not given.
    period: Option<String>,
    /// Form; JSON when not given.
    #[param(inline)]
    form: Option<ReportForm>,
}

/// Makes a campaign's report as of any day.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/report", tag = "reports",
    params(("id" = String, Path), ReportParams),
    responses((status = 200, description = "The report", body = serde_json::Value),
        (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn report_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<ReportParams>,
) -> Result<Response, AppError> {
    let as_of = match &params.as_of {
        Some(text) => Some(day(&app, "as_of", Some(text))?),
        None => None,
    };
    let statistics_period = match &params.period {
        Some(text) => Some(text.parse().map_err(|error: domain::period::PeriodError| {
            AppError::invalid(Fault::new(
                "period",
                "period.malformed",
                error.to_string(),
                "Ghi kỳ dạng 2023-03, R2023-03, 2023-Q1 hoặc 2023.",
            ))
        })?),
        None => None,
    };
    let request = ReportRequest {
        as_of,
        statistics_period,
    };
    let report = report_make(&app, &actor, &id, request).await?;
    let (kind, body) = match params.form.unwrap_or_default() {
        ReportForm::Json => ("application/json", report::json(&report)),
        ReportForm::Html => (
            "text/html; charset=utf-8",
            report::html(&report, Layout::Official),
        ),
        ReportForm::Fragment => (
            "text/html; charset=utf-8",
            report::html(&report, Layout::Fragment),
        ),
        ReportForm::Md => ("text/markdown; charset=utf-8", report::markdown(&report)),
    };
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}

/// The style sheet of reports embedded in the web app.
#[utoipa::path(get, path = "/api/v1/report.css", tag = "reports", security(()),
    responses((status = 200, content_type = "text/css", body = String)))]
pub async fn report_style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, report::STYLESHEET).into_response()
}
