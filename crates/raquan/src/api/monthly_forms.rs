//! The monthly form of a unit.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::observations::{Observation, ObservationSubmitted};
use super::{ApiError, Body, Json, SignedIn};
use crate::app::observations as cases;
use crate::app::{App, AppError};

/// What a unit is to report for a period.
#[derive(Serialize, ToSchema)]
pub struct MonthlyForm {
    /// Unit.
    admin_unit_id: String,
    /// Its name at the end of the period.
    admin_unit_name: String,
    /// Period.
    period: String,
    /// The period for people, in Vietnamese.
    period_label: String,
    /// First day.
    first_day: String,
    /// Last day.
    last_day: String,
    /// Whether the period is locked: corrections need a reason.
    locked: bool,
    /// Whether the caller may fill it in.
    writable: bool,
    /// In the order of the catalogue.
    lines: Vec<MonthlyFormLine>,
}

/// One line of the form.
#[derive(Serialize, ToSchema)]
pub struct MonthlyFormLine {
    /// Indicator.
    indicator: String,
    /// Vietnamese name.
    name_vi: String,
    /// English name.
    name_en: String,
    /// The word after the number, in Vietnamese.
    unit_vi: String,
    /// `stock` or `flow`.
    nature: String,
    /// Whether this unit must report it; otherwise it has done so before.
    expected: bool,
    /// What is reported now.
    current: Option<Observation>,
    /// The value of the period before.
    previous: Option<i64>,
    /// The value of the same period last year.
    last_year: Option<i64>,
    /// Why it cannot be reported here.
    blocked: Option<String>,
}

/// What a unit is to report for a period, beside what it reported before.
#[utoipa::path(get, path = "/api/v1/monthly_forms/{admin_unit_id}/{period}", tag = "observations",
    params(("admin_unit_id" = String, Path), ("period" = String, Path, description = "`2022-05` or `R2022-05`")),
    responses((status = 200, body = MonthlyForm), (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn monthly_form_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((admin_unit_id, period)): Path<(String, String)>,
) -> Result<Json<MonthlyForm>, AppError> {
    let form = cases::monthly_form(&app, &actor, &admin_unit_id, &period).await?;
    let lines = form
        .lines
        .into_iter()
        .map(|line| MonthlyFormLine {
            indicator: line.indicator.id.clone(),
            name_vi: line.indicator.name_vi.clone(),
            name_en: line.indicator.name_en.clone(),
            unit_vi: line.indicator.unit_vi.clone(),
            nature: line.indicator.nature.as_str().to_owned(),
            expected: line.expected,
            current: line
                .current
                .map(|row| Observation::new(&app, row, form.locked)),
            previous: line.previous,
            last_year: line.last_year,
            blocked: line
                .blocked
                .map(|fault| format!("{} {}", fault.message, fault.fix)),
        })
        .collect();
    let last_day = form.period.last();
    Ok(Json(MonthlyForm {
        admin_unit_name: app.units.nearest(form.unit, last_day).full_name.to_string(),
        admin_unit_id,
        period: form.period.to_string(),
        period_label: form.period.label_vi(),
        first_day: form.period.first().to_string(),
        last_day: last_day.to_string(),
        locked: form.locked,
        writable: form.writable,
        lines,
    }))
}

/// A form filled in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonthlyFormSubmit {
    /// UUIDv7 made by the client; the same again gives the same answer.
    id: String,
    /// What was filled in; lines left out stay as they are.
    values: Vec<MonthlyFormValue>,
    /// Why figures are corrected; needed in a locked period.
    reason: Option<String>,
}

/// One line filled in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonthlyFormValue {
    /// Indicator.
    indicator: String,
    /// The figure.
    value: i64,
}

/// Reports a form: all its lines or none.
#[utoipa::path(post, path = "/api/v1/monthly_forms/{admin_unit_id}/{period}", tag = "observations",
    request_body = MonthlyFormSubmit,
    params(("admin_unit_id" = String, Path), ("period" = String, Path)),
    responses((status = 201, body = ObservationSubmitted), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn monthly_form_submit(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((admin_unit_id, period)): Path<(String, String)>,
    Body(input): Body<MonthlyFormSubmit>,
) -> Result<(StatusCode, Json<ObservationSubmitted>), AppError> {
    let values = input
        .values
        .into_iter()
        .map(|line| cases::FormValue {
            indicator: line.indicator,
            value: line.value,
        })
        .collect();
    let input = cases::MonthlyFormSubmit {
        id: input.id,
        admin_unit_id,
        period,
        values,
        reason: input.reason,
    };
    let done = cases::monthly_form_submit(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, Json(done.into())))
}
