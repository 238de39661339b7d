//! Figures: what an indicator shows for a unit and a period, with all that belongs to it.

mod breakdown;
mod records;

use std::sync::Arc;

use axum::extract::State;
use domain::indicators::Indicator as IndicatorEntry;
use domain::plan::WantedDirection;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub use breakdown::*;
pub use records::*;

use super::{ApiError, Json, Params, SignedIn, WrittenJson};
use crate::app::figures::{self as cases, FigureInput};
use crate::app::{App, AppError, COUNTRY};

/// An indicator of the catalogue.
#[derive(Serialize, ToSchema)]
pub struct Indicator {
    /// Stable id.
    id: String,
    /// Vietnamese name.
    name_vi: String,
    /// English name.
    name_en: String,
    /// flow, stock or ratio.
    nature: String,
    /// The wanted way: up or down.
    direction: String,
    /// The word after the number.
    unit_vi: String,
    /// The same in English.
    unit_en: String,
    /// Values are in units of the last decimal: 553 with one decimal is 55.3.
    decimals: u32,
    /// Where its values come from.
    fed_by: String,
    /// Ratio: indicators whose sum is divided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    numerators: Vec<String>,
    /// Ratio: indicator divided by.
    #[serde(skip_serializing_if = "Option::is_none")]
    denominator: Option<String>,
    /// The potential that growth is measured against in rankings.
    #[serde(skip_serializing_if = "Option::is_none")]
    growth_base: Option<String>,
}

impl Indicator {
    /// Outer shape of an indicator.
    pub fn new(entry: &IndicatorEntry) -> Self {
        let direction = match entry.direction {
            WantedDirection::Up => "up",
            WantedDirection::Down => "down",
        };
        Self {
            id: entry.id.clone(),
            name_vi: entry.name_vi.clone(),
            name_en: entry.name_en.clone(),
            nature: entry.nature.as_str().to_owned(),
            direction: direction.to_owned(),
            unit_vi: entry.unit_vi.clone(),
            unit_en: entry.unit_en.clone(),
            decimals: entry.decimals,
            fed_by: entry.fed_by.as_str().to_owned(),
            numerators: entry.numerators.clone(),
            denominator: entry.denominator.clone(),
            growth_base: entry.growth_base.clone(),
        }
    }
}

/// The indicators that there are.
#[derive(Serialize, ToSchema)]
pub struct IndicatorList {
    /// In the order of the catalogue.
    items: Vec<Indicator>,
}

/// Lists the indicators.
#[utoipa::path(get, path = "/api/v1/indicators", tag = "figures",
    responses((status = 200, body = IndicatorList), (status = 401, body = ApiError)))]
pub async fn indicator_list(
    State(app): State<Arc<App>>,
    SignedIn(_actor): SignedIn,
) -> Json<IndicatorList> {
    let items = cases::indicator_list(&app);
    let items = items.iter().map(Indicator::new).collect();
    Json(IndicatorList { items })
}

/// Which figures are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FigureParams {
    /// Id of the indicator.
    indicator: String,
    /// Id of the unit; `vn` for the country.
    admin_unit_id: String,
    /// One period: 2022-05-08, 2022-05, R2022-05, 2022-Q1, 2022-H1, 2022. Or `from` and `to`.
    period: Option<String>,
    /// First of several periods.
    from: Option<String>,
    /// Last of several periods, of the same kind.
    to: Option<String>,
    /// `as_was` (default: on the boundaries of each period's last day), `as_now`, or a day.
    boundaries: Option<String>,
    /// Of previous, last_year, target, separated by commas.
    compare: Option<String>,
    /// Of reported, claimed, confirmed, separated by commas; all when not given.
    states: Option<String>,
    /// Only what is credited to this organization.
    organization_id: Option<String>,
}

impl From<FigureParams> for FigureInput {
    fn from(params: FigureParams) -> Self {
        Self {
            indicator: params.indicator,
            admin_unit_id: params.admin_unit_id,
            period: params.period,
            from: params.from,
            to: params.to,
            boundaries: params.boundaries,
            compare: params.compare,
            states: params.states,
            organization_id: params.organization_id,
        }
    }
}

/// Figures of one indicator and unit.
#[derive(Serialize, ToSchema)]
pub struct FigureAnswer {
    /// The indicator.
    pub indicator: Indicator,
    /// Id of the unit; `vn` for the country.
    pub admin_unit_id: String,
    /// Name of the unit on the last figure's boundaries.
    pub admin_unit_name: String,
    /// Only what is credited to this organization.
    pub organization_id: Option<String>,
    /// One for each period, in order of time.
    pub items: Vec<Figure>,
    /// What the reader must know beside the figures.
    pub notices: Vec<FigureNotice>,
}

impl FigureAnswer {
    /// Outer shape of an answer.
    pub fn new(app: &App, answer: &cases::FigureAnswer) -> Self {
        let day = answer.figures.last().map(|figure| figure.boundary_date);
        let (admin_unit_id, admin_unit_name) = match answer.unit {
            None => (COUNTRY.to_owned(), "Cả nước".to_owned()),
            Some(unit) => {
                let row = app
                    .units
                    .nearest(unit, day.unwrap_or_else(|| app.clock.today()));
                (app.units.id(unit).to_owned(), row.full_name.to_string())
            }
        };
        Self {
            indicator: Indicator::new(&answer.indicator),
            admin_unit_id,
            admin_unit_name,
            organization_id: answer.organization_id.clone(),
            items: answer.figures.iter().map(Figure::new).collect(),
            notices: answer.notices.iter().map(FigureNotice::new).collect(),
        }
    }
}

/// Something the reader must know.
#[derive(Serialize, ToSchema)]
pub struct FigureNotice {
    /// Stable code.
    pub code: String,
    /// In Vietnamese.
    pub message: String,
}

impl FigureNotice {
    /// Outer shape of a notice.
    pub fn new(notice: &cases::Notice) -> Self {
        Self {
            code: notice.code.to_owned(),
            message: notice.message.clone(),
        }
    }
}

/// One figure with all that belongs to it.
#[derive(Serialize, ToSchema)]
pub struct Figure {
    /// The period, for example 2023-03.
    pub period: String,
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Date,
    /// The day whose boundaries it is on.
    pub boundary_date: Date,
    /// Whether the boundaries of 01/11/2021 stand in for an earlier day's.
    pub stands_in: bool,
    /// In the indicator's smallest decimal; none where nothing was reported.
    pub value: Option<i64>,
    /// How it came about: reported, claimed, confirmed, summed, apportioned, carried, computed.
    pub marks: Vec<&'static str>,
    /// The states apart.
    pub by_state: Vec<FigureOfState>,
    /// Ratio: what it was computed from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<FigurePart>,
    /// How many of those that must report have; none where nobody must.
    pub completeness: Option<FigureCompleteness>,
    /// Against earlier periods.
    pub comparisons: Vec<FigureComparison>,
    /// Against the target.
    pub target: Option<FigureTarget>,
}

/// What one state contributes.
#[derive(Serialize, ToSchema)]
pub struct FigureOfState {
    /// reported, claimed or confirmed.
    state: &'static str,
    /// Its value.
    value: i64,
}

/// A value that a ratio was computed from.
#[derive(Serialize, ToSchema)]
pub struct FigurePart {
    /// Its indicator.
    indicator: String,
    /// Its value.
    value: Option<i64>,
}

/// How many of those that must report have.
#[derive(Serialize, ToSchema)]
pub struct FigureCompleteness {
    /// Have.
    reported: u32,
    /// Must.
    expected: u32,
}

/// Against an earlier period, on the same boundaries.
#[derive(Serialize, ToSchema)]
pub struct FigureComparison {
    /// previous or last_year.
    against: &'static str,
    /// The earlier period.
    period: String,
    /// Its value.
    value: Option<i64>,
    /// The change, in the indicator's smallest decimal.
    absolute: Option<i64>,
    /// The change in thousandths of the earlier value.
    relative_permille: Option<i64>,
    /// Whether the change goes the wanted way; none where nothing changed.
    good: Option<bool>,
    /// Whether the earlier value is an estimate on these boundaries.
    apportioned: bool,
}

/// Against a target.
#[derive(Serialize, ToSchema)]
pub struct FigureTarget {
    /// Period of the target.
    period: String,
    /// What is to be reached.
    target: i64,
    /// What is compared with it.
    value: Option<i64>,
    /// Thousandths of the target reached.
    share_permille: Option<i64>,
    /// What is missing; negative beyond the target.
    missing: Option<i64>,
    /// Whether it is reached.
    reached: Option<bool>,
}

impl Figure {
    /// Outer shape of a figure.
    pub fn new(figure: &cases::Figure) -> Self {
        let comparison = |one: &cases::Comparison| FigureComparison {
            against: one.against.as_str(),
            period: one.period.to_string(),
            value: one.value,
            absolute: one.absolute,
            relative_permille: one.relative_permille,
            good: one.good,
            apportioned: one.apportioned,
        };
        let target = |one: &cases::TargetShare| FigureTarget {
            period: one.period.to_string(),
            target: one.target,
            value: one.value,
            share_permille: one.share_permille,
            missing: one.missing,
            reached: one.reached,
        };
        Self {
            period: figure.period.to_string(),
            first_day: figure.period.first(),
            last_day: figure.period.last(),
            boundary_date: figure.boundary_date,
            stands_in: figure.stands_in,
            value: figure.value,
            marks: figure.marks.iter().map(|mark| mark.as_str()).collect(),
            by_state: figure
                .by_state
                .iter()
                .map(|(state, value)| FigureOfState {
                    state: cases::state_word(*state),
                    value: *value,
                })
                .collect(),
            parts: figure
                .parts
                .iter()
                .map(|part| FigurePart {
                    indicator: part.indicator.clone(),
                    value: part.value,
                })
                .collect(),
            completeness: figure.completeness.map(|one| FigureCompleteness {
                reported: one.reported,
                expected: one.expected,
            }),
            comparisons: figure.comparisons.iter().map(comparison).collect(),
            target: figure.target.as_ref().map(target),
        }
    }
}

/// The figures of one indicator and unit, one for each period.
///
/// Answers 422 for a unit that is not on the boundaries asked for, naming those that follow or precede it.
#[utoipa::path(get, path = "/api/v1/figures", tag = "figures", params(FigureParams),
    responses((status = 200, body = FigureAnswer), (status = 401, body = ApiError),
        (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn figure_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<FigureParams>,
) -> Result<WrittenJson, AppError> {
    let write = |answer: &cases::FigureAnswer| Json(FigureAnswer::new(&app, answer)).text();
    cases::figure_get_written(&app, &actor, &params.into(), write).map(WrittenJson::from)
}
