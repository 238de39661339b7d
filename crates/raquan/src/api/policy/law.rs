//! The numbers of the law on a day, and what changed between two.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use policy::parameters::{BothLanguages, Source, Unit, area_of};
use policy::{Differences, Law, PolicyError, Rate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Cached;
use crate::api::{ApiError, ClientAddress, Json, Params};
use crate::app::policy as cases;
use crate::app::{App, AppError, Fault};

/// The numbers of a day.
#[derive(Serialize, ToSchema)]
pub struct LawParameterList<'a> {
    /// The day.
    on: Date,
    /// Version of the rules.
    rules_version: &'static str,
    /// Those in force, by id.
    items: Vec<LawParameter<'a>>,
}

/// A number or table of the law.
#[derive(Serialize, ToSchema)]
pub struct LawParameter<'a> {
    /// Area and name.
    id: &'a str,
    /// Area of the law.
    area: &'a str,
    /// What it is.
    #[schema(value_type = BothLanguages)]
    description: &'a BothLanguages,
    /// What its values count.
    unit: Unit,
    /// A single value has one row without a key.
    rows: Vec<LawParameterRow<'a>>,
}

/// A value in force.
#[derive(Serialize, ToSchema)]
pub struct LawParameterRow<'a> {
    /// Row of its table; none for a single value.
    key: Option<&'a str>,
    /// Exact decimal: đồng, share (0.22), months ….
    #[schema(value_type = String, example = "0.22")]
    value: Rate,
    /// Where it stands and how well it is verified.
    #[schema(value_type = Source)]
    source: &'a Source,
}

/// Which day.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LawDayParams {
    /// The day.
    #[param(example = "2026-07-01")]
    on: Date,
}

/// The numbers of the law in force on a day, each with its article.
#[utoipa::path(get, path = "/api/v1/policy/parameters", tag = "policy", security(()),
    params(LawDayParams),
    responses((status = 200, body = LawParameterList), (status = 304), (status = 422, body = ApiError),
        (status = 429, body = ApiError)))]
pub async fn parameter_list(
    State(app): State<Arc<App>>,
    client: ClientAddress,
    Params(params): Params<LawDayParams>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    Cached::or_made(&app, client, &headers, |law| parameters_on(law, params.on))
}

fn parameters_on(law: &Law, on: Date) -> Result<Response, AppError> {
    let in_force = cases::parameter_list(law, on).map_err(|error| refused("on", &error))?;
    let items = in_force.into_iter().map(|(parameter, rows)| LawParameter {
        id: &parameter.id,
        area: area_of(&parameter.id),
        description: &parameter.description,
        unit: parameter.unit,
        rows: rows
            .iter()
            .map(|row| LawParameterRow {
                key: row.source.key.as_deref(),
                value: row.value,
                source: &row.source,
            })
            .collect(),
    });
    let list = LawParameterList {
        on,
        rules_version: policy::rules_version(),
        items: items.collect(),
    };
    Ok(Json(list).into_response())
}

/// Between which days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LawDaysParams {
    /// One day.
    #[param(example = "2025-06-30")]
    from: Date,
    /// The other day.
    #[param(example = "2025-07-01")]
    to: Date,
}

/// What changed in the law between two days: methods, numbers, instruments.
#[utoipa::path(get, path = "/api/v1/policy/differences", tag = "policy", security(()),
    params(LawDaysParams),
    responses((status = 200, body = Differences), (status = 304), (status = 422, body = ApiError),
        (status = 429, body = ApiError)))]
pub async fn law_differences(
    State(app): State<Arc<App>>,
    client: ClientAddress,
    Params(params): Params<LawDaysParams>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    Cached::or_made(&app, client, &headers, |law| {
        let found = policy::differences(law, params.from, params.to);
        let found = found.map_err(|error| refused("from, to", &error))?;
        Ok(Json(found).into_response())
    })
}

fn refused(field: &str, error: &PolicyError) -> AppError {
    AppError::invalid(Fault::new(
        field,
        error.code(),
        error.message_vi(),
        "Chọn ngày khác.",
    ))
}
