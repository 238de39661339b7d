//! Rankings of units.

use std::sync::Arc;

use axum::extract::State;
use domain::admin_units::UnitIx;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::figures::{Figure, FigureNotice, FigureParams, Indicator, LevelParams};
use super::{ApiError, Json, Params, SignedIn};
use crate::app::figures::{self as cases, RankingInput};
use crate::app::{App, AppError, COUNTRY};

/// By what units are ranked.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RankingParams {
    /// `result` (default), `target` (share of the target) or `growth` (against the potential).
    by: Option<String>,
    /// Growth of a stock since `last_year` (default) or `previous`.
    since: Option<String>,
    /// Units below this volume (target, potential or, by result, figure) are listed apart.
    minimum_volume: Option<i64>,
}

/// Rankings of the units below one.
#[derive(Serialize, ToSchema)]
pub struct Ranking {
    /// The indicator.
    indicator: Indicator,
    /// Id of the unit; `vn` for the country.
    admin_unit_id: String,
    /// The period.
    period: String,
    /// The day as of which the units are listed.
    listed_on: Date,
    /// By what.
    by: String,
    /// One; for what is counted from enrollments two: confirmed, and claimed.
    tables: Vec<RankingTable>,
    /// What the reader must know.
    notices: Vec<FigureNotice>,
}

/// One ranking.
#[derive(Serialize, ToSchema)]
pub struct RankingTable {
    /// confirmed or claimed; none where all states are taken together.
    state: Option<String>,
    /// The best first.
    items: Vec<RankingRow>,
    /// Units that are not ranked, with the reason.
    apart: Vec<RankingApart>,
}

/// A ranked unit.
#[derive(Serialize, ToSchema)]
pub struct RankingRow {
    /// 1, 2, 2, 4, …
    rank: usize,
    /// Id of the unit.
    admin_unit_id: String,
    /// Official code, by which maps know it.
    code: String,
    /// Name with its type.
    admin_unit_name: String,
    /// What it reached: its figure, or its growth.
    part: i64,
    /// What that is measured against: target or potential.
    whole: Option<i64>,
    /// Thousandths that `part` is of `whole`.
    share_permille: Option<i64>,
    /// Why it shares its rank.
    tie: Option<String>,
    /// Its figure.
    figure: Figure,
}

/// A unit that is not ranked.
#[derive(Serialize, ToSchema)]
pub struct RankingApart {
    /// Id of the unit.
    admin_unit_id: String,
    /// Official code.
    code: String,
    /// Name with its type.
    admin_unit_name: String,
    /// no_result, no_measure or below_minimum.
    reason: String,
    /// The reason for people.
    message: String,
    /// Its figure.
    figure: Figure,
}

impl Ranking {
    /// Outer shape of an answer.
    pub fn new(app: &App, answer: &cases::RankingAnswer) -> Self {
        let names = |unit: UnitIx| {
            let state = app.units.nearest(unit, answer.listed_on);
            (
                app.units.id(unit).to_owned(),
                state.code.to_string(),
                state.full_name.to_string(),
            )
        };
        let row = |row: &cases::RankingRow| {
            let (admin_unit_id, code, admin_unit_name) = names(row.unit);
            RankingRow {
                rank: row.rank,
                admin_unit_id,
                code,
                admin_unit_name,
                part: row.part,
                whole: row.whole,
                share_permille: row.share_permille,
                tie: row.tie.clone(),
                figure: Figure::new(&row.figure),
            }
        };
        let apart = |row: &cases::ApartRow| {
            let (admin_unit_id, code, admin_unit_name) = names(row.unit);
            RankingApart {
                admin_unit_id,
                code,
                admin_unit_name,
                reason: row.reason.to_owned(),
                message: row.message.clone(),
                figure: Figure::new(&row.figure),
            }
        };
        let table = |table: &cases::RankingTable| RankingTable {
            state: table.state.map(|state| cases::state_word(state).to_owned()),
            items: table.rows.iter().map(row).collect(),
            apart: table.apart.iter().map(apart).collect(),
        };
        Self {
            indicator: Indicator::new(&answer.indicator),
            admin_unit_id: answer
                .unit
                .map_or(COUNTRY, |unit| app.units.id(unit))
                .to_owned(),
            period: answer.period.to_string(),
            listed_on: answer.listed_on,
            by: answer.by.as_str().to_owned(),
            tables: answer.tables.iter().map(table).collect(),
            notices: answer.notices.iter().map(FigureNotice::new).collect(),
        }
    }
}

/// Ranks the units below one, by result, by share of target or by growth against potential.
#[utoipa::path(get, path = "/api/v1/rankings", tag = "figures",
    params(FigureParams, LevelParams, RankingParams),
    responses((status = 200, body = Ranking), (status = 401, body = ApiError),
        (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn ranking_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<FigureParams>,
    Params(level): Params<LevelParams>,
    Params(ranking): Params<RankingParams>,
) -> Result<Json<Ranking>, AppError> {
    let input = RankingInput {
        figure: params.into(),
        level: level.level,
        by: ranking.by,
        since: ranking.since,
        minimum_volume: ranking.minimum_volume.unwrap_or(0),
    };
    let answer = cases::ranking_get(&app, &actor, &input)?;
    Ok(Json(Ranking::new(&app, &answer)))
}
