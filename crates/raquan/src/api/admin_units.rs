//! Administrative units at any date, their successions, boundaries for maps. Public facts.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::admin_units::{AdminUnits, Successor, UnitIx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ApiError, Json, Params};
use crate::app::{App, AppError, Fault};

/// A unit as of a day.
#[derive(Serialize, ToSchema)]
pub struct AdminUnit {
    /// Stable id; never the official code, which is reused.
    pub id: String,
    /// Official code.
    pub code: String,
    /// province, district or commune.
    pub level: String,
    /// Type in Vietnamese.
    pub kind: String,
    /// Proper name.
    pub name: String,
    /// Name with its type.
    pub full_name: String,
    /// Unit above.
    pub parent_id: Option<String>,
    /// Names of the units above, nearest first.
    pub above: Vec<String>,
    /// First day of this state; none: before 01/11/2021, not recorded.
    pub valid_from: Option<Date>,
    /// Last day of this state.
    pub valid_to: Option<Date>,
    /// Legal act that began this state.
    pub basis: String,
    /// Whether it is in force on the day asked for.
    pub in_force: bool,
}

impl AdminUnit {
    /// The state of `unit` on `on`, or the nearest one when it is not in force then.
    pub fn new(units: &AdminUnits, unit: UnitIx, on: Date) -> Self {
        let row = units.nearest(unit, on);
        // A day of this state, for what lies above.
        let ended = row.valid_to.map_or(on, |last| on.min(last));
        let day = row.valid_from.map_or(ended, |first| ended.max(first));
        Self {
            id: units.id(unit).to_owned(),
            code: row.code.to_string(),
            level: row.level.as_str().to_owned(),
            kind: row.kind.name_vi().to_owned(),
            name: row.name().to_owned(),
            full_name: row.full_name.to_string(),
            parent_id: row.parent.map(|parent| units.id(parent).to_owned()),
            above: units
                .ancestors(unit, day)
                .into_iter()
                .map(|above| units.nearest(above, day).full_name.to_string())
                .collect(),
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            basis: row.basis.to_string(),
            in_force: units.at(unit, on).is_some(),
        }
    }
}

/// Units as of a day.
#[derive(Serialize, ToSchema)]
pub struct AdminUnitList {
    /// The day.
    pub on: Date,
    /// Before 01/11/2021 the first known state stands in.
    pub stands_in: bool,
    /// The units.
    pub items: Vec<AdminUnit>,
}

/// Which units are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AdminUnitParams {
    /// Name, with or without accents; "tp vinh", "hòa hải, ngũ hành sơn". Without it: the provinces.
    q: Option<String>,
    /// Day; today when not given.
    on: Option<String>,
    /// At most so many, 1 to 100.
    limit: Option<usize>,
}

/// A day given as a parameter.
pub fn day(app: &App, field: &str, text: Option<&str>) -> Result<Date, AppError> {
    let Some(text) = text else {
        return Ok(app.clock.today());
    };
    domain::period::parse_date_vi(text).map_err(|error| {
        AppError::invalid(Fault::new(
            field,
            "date.malformed",
            error.to_string(),
            "Ghi ngày dạng 08/5/2022 hoặc 2022-05-08.",
        ))
    })
}

fn list(app: &App, on: Date, items: impl IntoIterator<Item = UnitIx>) -> AdminUnitList {
    AdminUnitList {
        on,
        stands_in: AdminUnits::stands_in(on),
        items: items
            .into_iter()
            .map(|unit| AdminUnit::new(app.units, unit, on))
            .collect(),
    }
}

/// Finds units by name, today's or an earlier one; an old name leads to its successors.
#[utoipa::path(get, path = "/api/v1/admin_units", tag = "admin_units", security(()),
    params(AdminUnitParams),
    responses((status = 200, body = AdminUnitList), (status = 422, body = ApiError)))]
pub async fn admin_unit_list(
    State(app): State<Arc<App>>,
    Params(params): Params<AdminUnitParams>,
) -> Result<Json<AdminUnitList>, AppError> {
    let on = day(&app, "on", params.on.as_deref())?;
    let found = match params.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        Some(q) => {
            let limit = params.limit.unwrap_or(20).clamp(1, 100);
            let mut found = Vec::new();
            for hit in app.units.search(q, Some(on), limit) {
                for unit in std::iter::once(hit.unit).chain(hit.successors) {
                    if !found.contains(&unit) {
                        found.push(unit);
                    }
                }
            }
            found
        }
        None => app.units.provinces(on),
    };
    Ok(Json(list(&app, on, found)))
}

fn unit(app: &App, id: &str) -> Result<UnitIx, AppError> {
    app.units.get(id).ok_or(AppError::NotFound {
        entity: "admin_unit",
    })
}

/// The day that is asked about.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OnParams {
    /// Day; today when not given.
    on: Option<String>,
}

/// One unit as of a day.
#[utoipa::path(get, path = "/api/v1/admin_units/{id}", tag = "admin_units", security(()),
    params(("id" = String, Path), OnParams),
    responses((status = 200, body = AdminUnit), (status = 404, body = ApiError)))]
pub async fn admin_unit_get(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Params(params): Params<OnParams>,
) -> Result<Json<AdminUnit>, AppError> {
    let on = day(&app, "on", params.on.as_deref())?;
    Ok(Json(AdminUnit::new(app.units, unit(&app, &id)?, on)))
}

/// The units right below one as of a day.
#[utoipa::path(get, path = "/api/v1/admin_units/{id}/children", tag = "admin_units", security(()),
    params(("id" = String, Path), OnParams),
    responses((status = 200, body = AdminUnitList), (status = 404, body = ApiError)))]
pub async fn admin_unit_children(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Params(params): Params<OnParams>,
) -> Result<Json<AdminUnitList>, AppError> {
    let on = day(&app, "on", params.on.as_deref())?;
    let unit = unit(&app, &id)?;
    Ok(Json(list(&app, on, app.units.children(unit, on))))
}

/// Between which days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BetweenParams {
    /// First day; the unit's last day in force when not given.
    from: Option<String>,
    /// Last day; today when not given.
    to: Option<String>,
}

/// A unit reached through time, and the way to it.
#[derive(Serialize, ToSchema)]
pub struct AdminUnitStep {
    /// The unit; none where the source does not name it.
    unit: Option<AdminUnit>,
    /// Whether people went this way; otherwise only area.
    carries_people: bool,
    /// How sure the least certain step is.
    certainty: String,
    /// The same in words.
    certainty_vi: String,
    /// The steps in order of time.
    path: Vec<SuccessionStep>,
}

/// One row of succession.
#[derive(Serialize, ToSchema)]
pub struct SuccessionStep {
    /// Day of effect.
    date: Date,
    /// What happened.
    relation: String,
    /// What moved.
    transfer: String,
    /// The source's words.
    note: String,
    /// Legal act.
    basis: String,
}

/// Where a unit went, or came from.
#[derive(Serialize, ToSchema)]
pub struct AdminUnitStepList {
    /// First day.
    from: Date,
    /// Last day.
    to: Date,
    /// The units reached.
    items: Vec<AdminUnitStep>,
}

impl AdminUnitStepList {
    /// Outer shape of a search through time.
    pub fn new(
        units: &AdminUnits,
        from: Date,
        to: Date,
        on: Date,
        found: Vec<Successor<'_>>,
    ) -> Self {
        let items = found
            .into_iter()
            .map(|step| AdminUnitStep {
                unit: step.unit.map(|unit| AdminUnit::new(units, unit, on)),
                carries_people: step.carries_people,
                certainty: step.certainty.as_str().to_owned(),
                certainty_vi: step.certainty.name_vi().to_owned(),
                path: step
                    .path
                    .iter()
                    .map(|row| SuccessionStep {
                        date: row.date,
                        relation: row.relation.as_str().to_owned(),
                        transfer: row.transfer.as_str().to_owned(),
                        note: row.note.to_string(),
                        basis: row.basis.to_string(),
                    })
                    .collect(),
            })
            .collect();
        Self { from, to, items }
    }
}

fn between(app: &App, unit: UnitIx, params: &BetweenParams) -> Result<(Date, Date), AppError> {
    let first_known = AdminUnits::known_from();
    let last_in_force = app.units.rows(unit).last().and_then(|row| row.valid_to);
    let from = match &params.from {
        Some(text) => day(app, "from", Some(text))?,
        None => last_in_force.unwrap_or(first_known),
    };
    Ok((from, day(app, "to", params.to.as_deref())?))
}

/// Where a unit went, through several steps.
#[utoipa::path(get, path = "/api/v1/admin_units/{id}/successors", tag = "admin_units", security(()),
    params(("id" = String, Path), BetweenParams),
    responses((status = 200, body = AdminUnitStepList), (status = 404, body = ApiError)))]
pub async fn admin_unit_successors(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Params(params): Params<BetweenParams>,
) -> Result<Json<AdminUnitStepList>, AppError> {
    let unit = unit(&app, &id)?;
    let (from, to) = between(&app, unit, &params)?;
    let found = app.units.successors(unit, from, to);
    Ok(Json(AdminUnitStepList::new(app.units, from, to, to, found)))
}

/// Where a unit came from, through several steps.
#[utoipa::path(get, path = "/api/v1/admin_units/{id}/predecessors", tag = "admin_units",
    security(()), params(("id" = String, Path), BetweenParams),
    responses((status = 200, body = AdminUnitStepList), (status = 404, body = ApiError)))]
pub async fn admin_unit_predecessors(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Params(params): Params<BetweenParams>,
) -> Result<Json<AdminUnitStepList>, AppError> {
    let unit = unit(&app, &id)?;
    let from = match &params.from {
        Some(text) => day(&app, "from", Some(text))?,
        None => AdminUnits::known_from(),
    };
    let to = day(&app, "to", params.to.as_deref())?;
    // Backward in time: from the later day to the earlier one.
    let found = app.units.predecessors(unit, to, from);
    Ok(Json(AdminUnitStepList::new(
        app.units, from, to, from, found,
    )))
}

const BOUNDARIES: [(&str, &str); 3] = [
    (
        "provinces-63",
        include_str!("../../../../data/geo/provinces-63.topojson"),
    ),
    (
        "provinces-2025",
        include_str!("../../../../data/geo/provinces-2025.topojson"),
    ),
    (
        "communes-2025",
        include_str!("../../../../data/geo/communes-2025.topojson"),
    ),
];

/// Boundaries as TopoJSON: `provinces-63`, `provinces-2025` or `communes-2025`.
///
/// Geometries carry the official code as `id`. Drawn for maps, not for deciding where an address
/// lies. Credit: Vietnam Natural Resources, Environment and Cartography Publishing House.
#[utoipa::path(get, path = "/api/v1/boundaries/{set}", tag = "admin_units", security(()),
    params(("set" = String, Path)),
    responses((status = 200, content_type = "application/json", body = serde_json::Value),
        (status = 404, body = ApiError)))]
pub async fn boundary_get(
    Path(set): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let found = BOUNDARIES.iter().find(|(name, _)| *name == set);
    let (name, text) = found.ok_or(AppError::NotFound { entity: "boundary" })?;
    let tag = format!("\"{name}-{}-{}\"", env!("CARGO_PKG_VERSION"), text.len());
    let same = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value == tag.as_str());
    let status = if same {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::OK
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, "public, max-age=86400".to_owned()),
        (header::ETAG, tag),
    ];
    Ok(if same {
        (status, headers).into_response()
    } else {
        (status, headers, *text).into_response()
    })
}
