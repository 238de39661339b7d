//! Targets: setting, spreading over the units below, listing with history.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use store::targets::TargetRow;
use utoipa::{IntoParams, ToSchema};

use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::{App, AppError, COUNTRY, targets as cases};

/// One revision of a target.
#[derive(Serialize, ToSchema)]
pub struct Target {
    /// The same for all revisions.
    id: String,
    /// 1, 2, ….
    revision: i64,
    /// Whether it is the one that holds.
    current: bool,
    /// The indicator.
    indicator: String,
    /// The unit; `vn` for the country.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// The period.
    period: String,
    /// What is to be reached, in the indicator's smallest decimal.
    value: i64,
    /// The target of the unit above that it was spread from.
    spread_from_id: Option<String>,
    /// By what it was spread.
    spread_base: Option<String>,
    /// Why it was set so.
    reason: String,
    /// When.
    recorded_at: String,
}

impl Target {
    fn new(app: &App, row: TargetRow) -> Self {
        let name = match row.admin_unit_id.as_str() {
            COUNTRY => "Cả nước".to_owned(),
            id => app.units.get(id).map_or_else(
                || id.to_owned(),
                |unit| {
                    app.units
                        .nearest(unit, app.clock.today())
                        .full_name
                        .to_string()
                },
            ),
        };
        Self {
            id: row.id,
            revision: row.revision,
            current: row.current,
            indicator: row.indicator,
            admin_unit_id: row.admin_unit_id,
            admin_unit_name: name,
            period: row.period,
            value: row.value,
            spread_from_id: row.spread_from_id,
            spread_base: row.spread_base,
            reason: row.reason,
            recorded_at: row.recorded_at,
        }
    }
}

/// Which targets are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TargetParams {
    /// Only this indicator.
    indicator: Option<String>,
    /// Only this unit.
    admin_unit_id: Option<String>,
    /// Only this period.
    period: Option<String>,
}

/// A page of targets.
pub type TargetList = Page<Target>;

async fn list(
    app: &App,
    actor: &crate::app::Actor,
    wanted: cases::TargetList,
    paging: &PageParams,
) -> Result<Json<TargetList>, AppError> {
    let rows = cases::target_list(app, actor, &wanted, &paging.page()?).await?;
    let (rows, next_page) = paging.cut(rows, |row| format!("{}@{}", row.id, row.revision));
    let items = rows.into_iter().map(|row| Target::new(app, row)).collect();
    Ok(Json(Page { items, next_page }))
}

/// Lists the targets that hold, by id and revision.
#[utoipa::path(get, path = "/api/v1/targets", tag = "figures", params(TargetParams, PageParams),
    responses((status = 200, body = TargetList), (status = 401, body = ApiError)))]
pub async fn target_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<TargetParams>,
    Params(paging): Params<PageParams>,
) -> Result<Json<TargetList>, AppError> {
    let wanted = cases::TargetList {
        indicator: params.indicator,
        admin_unit_id: params.admin_unit_id,
        period: params.period,
        history_of: None,
    };
    list(&app, &actor, wanted, &paging).await
}

/// All revisions of one target, oldest first.
#[utoipa::path(get, path = "/api/v1/targets/{id}/history", tag = "figures",
    params(("id" = String, Path), PageParams),
    responses((status = 200, body = TargetList), (status = 404, body = ApiError)))]
pub async fn target_history(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(paging): Params<PageParams>,
) -> Result<Json<TargetList>, AppError> {
    let wanted = cases::TargetList {
        history_of: Some(id),
        ..cases::TargetList::default()
    };
    list(&app, &actor, wanted, &paging).await
}

/// A target to be set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetSet {
    /// The indicator.
    indicator: String,
    /// The unit; `vn` for the country.
    admin_unit_id: String,
    /// The period.
    period: String,
    /// What is to be reached, in the indicator's smallest decimal.
    value: i64,
    /// Why; needed when a target that was set before is changed.
    #[serde(default)]
    reason: String,
    /// The revision that the change was made on; 0 for a new target.
    #[serde(default)]
    revision: i64,
}

/// Sets a target, or changes it as a new revision.
#[utoipa::path(put, path = "/api/v1/targets", tag = "figures", request_body = TargetSet,
    responses((status = 200, body = Target), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn target_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<TargetSet>,
) -> Result<Json<Target>, AppError> {
    let input = cases::TargetSet {
        indicator: input.indicator,
        admin_unit_id: input.admin_unit_id,
        period: input.period,
        value: input.value,
        reason: input.reason,
        revision: input.revision,
    };
    let row = cases::target_set(&app, &actor, input).await?;
    Ok(Json(Target::new(&app, row)))
}

/// How a target is to be spread.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetSpread {
    /// The indicator.
    indicator: String,
    /// The unit whose target is spread; `vn` for the country.
    admin_unit_id: String,
    /// The period.
    period: String,
    /// `equal`, `population` (provinces only) or `indicator:ID@PERIOD`.
    base: String,
    /// Over which units: children (default), province, district, commune.
    level: Option<String>,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Spreads a target over the units below, so that the parts add up to it exactly.
#[utoipa::path(post, path = "/api/v1/targets/spread", tag = "figures", request_body = TargetSpread,
    responses((status = 200, body = TargetList), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn target_spread(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<TargetSpread>,
) -> Result<Json<TargetList>, AppError> {
    let input = cases::TargetSpread {
        indicator: input.indicator,
        admin_unit_id: input.admin_unit_id,
        period: input.period,
        base: input.base,
        level: input.level,
        reason: input.reason,
    };
    let rows = cases::target_spread(&app, &actor, input).await?;
    let items = rows.into_iter().map(|row| Target::new(&app, row)).collect();
    Ok(Json(Page {
        items,
        next_page: None,
    }))
}
