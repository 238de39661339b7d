//! The figures of the units below one: tables and maps.

use std::sync::Arc;

use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ApiError, Figure, FigureNotice, FigureParams, Indicator, Json, Params, SignedIn};
use crate::app::figures as cases;
use crate::app::{App, AppError, COUNTRY};

/// Which units below are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LevelParams {
    /// `children` (default: those right below), province, district or commune.
    pub level: Option<String>,
}

/// The figures of the units below one.
#[derive(Serialize, ToSchema)]
pub struct FigureBreakdown {
    /// The indicator.
    pub indicator: Indicator,
    /// Id of the unit; `vn` for the country.
    pub admin_unit_id: String,
    /// The day as of which the units below are listed.
    pub listed_on: Date,
    /// Only what is credited to this organization.
    pub organization_id: Option<String>,
    /// In the official order.
    pub items: Vec<FigureRow>,
    /// What the reader must know beside the figures.
    pub notices: Vec<FigureNotice>,
}

/// One unit of a breakdown.
#[derive(Serialize, ToSchema)]
pub struct FigureRow {
    /// Id of the unit.
    pub admin_unit_id: String,
    /// Official code, by which maps know it.
    pub code: String,
    /// Name with its type.
    pub admin_unit_name: String,
    /// One for each period.
    pub figures: Vec<Figure>,
}

impl FigureBreakdown {
    /// Outer shape of a breakdown.
    pub fn new(app: &App, answer: &cases::FigureBreakdown) -> Self {
        let row = |row: &cases::FigureRow| {
            let state = app.units.nearest(row.unit, answer.listed_on);
            FigureRow {
                admin_unit_id: app.units.id(row.unit).to_owned(),
                code: state.code.to_string(),
                admin_unit_name: state.full_name.to_string(),
                figures: row.figures.iter().map(Figure::new).collect(),
            }
        };
        Self {
            indicator: Indicator::new(&answer.indicator),
            admin_unit_id: answer
                .unit
                .map_or(COUNTRY, |unit| app.units.id(unit))
                .to_owned(),
            listed_on: answer.listed_on,
            organization_id: answer.organization_id.clone(),
            items: answer.rows.iter().map(row).collect(),
            notices: answer.notices.iter().map(FigureNotice::new).collect(),
        }
    }
}

/// The figures of the units right below one, or of all units of a level within it.
#[utoipa::path(get, path = "/api/v1/figures/breakdown", tag = "figures",
    params(FigureParams, LevelParams),
    responses((status = 200, body = FigureBreakdown), (status = 401, body = ApiError),
        (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn figure_breakdown(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<FigureParams>,
    Params(level): Params<LevelParams>,
) -> Result<Json<FigureBreakdown>, AppError> {
    let answer = cases::figure_breakdown(&app, &actor, &params.into(), level.level.as_deref())?;
    Ok(Json(FigureBreakdown::new(&app, &answer)))
}
