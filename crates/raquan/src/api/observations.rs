//! What units report: submitting, correcting, approving, locking.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::observations::ObservationState;
use domain::period::Period;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::observations::{ObservationRow, PeriodLockRow};
use utoipa::{IntoParams, ToSchema};

use super::{ApiError, Body, Json, PageParams, Params, SignedIn};
use crate::app::observations::{self as cases, RowFault};
use crate::app::{App, AppError, Fault};

/// One version of a reported figure.
#[derive(Serialize, ToSchema)]
pub struct Observation {
    /// The same for all versions.
    id: String,
    /// 1, 2, ….
    version: i64,
    /// Whether it is the version that holds.
    current: bool,
    /// Indicator.
    indicator: String,
    /// Unit that reports.
    admin_unit_id: String,
    /// Its name at the end of the period.
    admin_unit_name: String,
    /// Period.
    period: String,
    /// Last day of the period.
    last_day: String,
    /// The figure.
    value: i64,
    /// Where it comes from.
    source: String,
    /// `submitted` or `approved`; both count in figures.
    state: String,
    /// Whether the period is locked: corrections need a reason.
    locked: bool,
    /// Why it was corrected.
    reason: Option<String>,
    /// The import it came with.
    import_id: Option<String>,
    /// Made for the demo, or split by rule from a larger unit's figure.
    illustrative: bool,
    /// When it was recorded.
    recorded_at: String,
    /// Account.
    recorded_by: Option<String>,
    /// When it was approved.
    approved_at: Option<String>,
    /// Account.
    approved_by: Option<String>,
}

impl Observation {
    pub(super) fn new(app: &App, row: ObservationRow, locked: bool) -> Self {
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id, &row.last_day),
            id: row.id,
            version: row.version,
            current: row.current,
            indicator: row.indicator,
            admin_unit_id: row.admin_unit_id,
            period: row.period,
            last_day: row.last_day,
            value: row.value,
            source: row.source,
            state: row.state,
            locked,
            reason: row.reason,
            import_id: row.import_id,
            illustrative: row.illustrative,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
            approved_at: row.approved_at,
            approved_by: row.approved_by,
        }
    }
}

/// What a unit is called on a day.
fn unit_name(app: &App, id: &str, day: &str) -> String {
    let on: Date = day.parse().unwrap_or_else(|_| app.clock.today());
    app.units.get(id).map_or_else(
        || id.to_owned(),
        |unit| app.units.nearest(unit, on).full_name.to_string(),
    )
}

/// Which figures are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ObservationParams {
    /// Indicator.
    indicator: Option<String>,
    /// Unit.
    admin_unit_id: Option<String>,
    /// With all units below it.
    below: Option<bool>,
    /// Period: `2022-05`, `R2022-05`, `2022-Q1`, ….
    period: Option<String>,
    /// `submitted` or `approved`.
    state: Option<String>,
    /// Import.
    import_id: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// A page of reported figures.
#[derive(Serialize, ToSchema)]
pub struct ObservationList {
    /// The newest period first.
    items: Vec<Observation>,
    /// Where the next page begins.
    next_page: Option<String>,
    /// How many there are in all.
    count: i64,
    /// How many of them are approved.
    approved: i64,
}

/// Lists what units have reported.
#[utoipa::path(get, path = "/api/v1/observations", tag = "observations", params(ObservationParams),
    responses((status = 200, body = ObservationList), (status = 401, body = ApiError), (status = 422, body = ApiError)))]
pub async fn observation_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<ObservationParams>,
) -> Result<Json<ObservationList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let period = params.period.as_deref().map(parse_period).transpose()?;
    if let Some(state) = &params.state
        && ObservationState::parse(state).is_none()
    {
        return Err(AppError::invalid(Fault::new(
            "state",
            "observation.unknown_state",
            format!("Không có trạng thái “{state}”."),
            "Chọn submitted (đã gửi) hoặc approved (đã duyệt).",
        )));
    }
    let query = cases::ObservationQuery {
        indicator: params.indicator,
        admin_unit_id: params.admin_unit_id,
        with_below: params.below.unwrap_or(false),
        period,
        state: params.state,
        import_id: params.import_id,
    };
    let found = cases::observation_list(&app, &actor, &query, &page.page()?).await?;
    let (rows, next_page) = page.cut(found.rows, |(row, _)| {
        format!("{}|{}", row.last_day, row.id)
    });
    let items = rows
        .into_iter()
        .map(|(row, locked)| Observation::new(&app, row, locked))
        .collect();
    Ok(Json(ObservationList {
        items,
        next_page,
        count: found.count.observations,
        approved: found.count.approved,
    }))
}

fn parse_period(text: &str) -> Result<Period, AppError> {
    text.parse().map_err(|error| {
        AppError::invalid(Fault::new(
            "period",
            "period.malformed",
            format!("{error}."),
            "Viết kỳ như 2022-05 hoặc R2022-05.",
        ))
    })
}

/// A figure to be reported.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObservationInput {
    /// Indicator.
    indicator: String,
    /// Unit.
    admin_unit_id: String,
    /// Period.
    period: String,
    /// The figure, 0 to 10^15.
    value: i64,
    /// Where it comes from.
    source: Option<String>,
}

/// Figures to be reported.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObservationSubmit {
    /// UUIDv7 made by the client; the same again gives the same answer.
    id: String,
    /// The figures.
    rows: Vec<ObservationInput>,
    /// Keep the right rows when others are wrong; otherwise all or none.
    #[serde(default)]
    good_rows_only: bool,
    /// Why figures are corrected; needed in a locked period.
    reason: Option<String>,
}

/// What came of reporting figures.
#[derive(Serialize, ToSchema)]
pub struct ObservationSubmitted {
    /// As given.
    id: String,
    /// Reported for the first time.
    new: usize,
    /// Corrected.
    corrected: usize,
    /// Reported already with the same value.
    unchanged: usize,
    /// What is wrong with the rows left out.
    faults: Vec<RowFaultAnswer>,
}

/// What is wrong with one of many rows.
#[derive(Serialize, ToSchema)]
pub struct RowFaultAnswer {
    /// Place in the list, from 0.
    row: usize,
    /// Field.
    field: String,
    /// Stable code.
    code: String,
    /// What is wrong.
    message: String,
    /// How to mend it.
    fix: String,
}

impl From<RowFault> for RowFaultAnswer {
    fn from(fault: RowFault) -> Self {
        Self {
            row: fault.row,
            field: fault.field.to_owned(),
            code: fault.code.to_owned(),
            message: fault.message,
            fix: fault.fix,
        }
    }
}

impl From<cases::Submitted> for ObservationSubmitted {
    fn from(done: cases::Submitted) -> Self {
        Self {
            id: done.id,
            new: done.new,
            corrected: done.corrected,
            unchanged: done.unchanged,
            faults: done.faults.into_iter().map(RowFaultAnswer::from).collect(),
        }
    }
}

/// Reports figures; they count at once.
#[utoipa::path(post, path = "/api/v1/observations", tag = "observations",
    request_body = ObservationSubmit,
    responses((status = 201, body = ObservationSubmitted), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn observation_submit_many(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<ObservationSubmit>,
) -> Result<(StatusCode, Json<ObservationSubmitted>), AppError> {
    let rows = input
        .rows
        .into_iter()
        .map(|row| cases::ObservationInput {
            indicator: row.indicator.into(),
            admin_unit_id: row.admin_unit_id.into(),
            period: row.period.into(),
            value: row.value,
            source: row.source.map(Into::into),
        })
        .collect();
    let input = cases::ObservationSubmit {
        id: input.id,
        rows,
        good_rows_only: input.good_rows_only,
        reason: input.reason,
        illustrative: false,
    };
    let done = cases::observation_submit_many(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, Json(done.into())))
}

/// One reported figure as it stands.
#[utoipa::path(get, path = "/api/v1/observations/{id}", tag = "observations",
    params(("id" = String, Path)),
    responses((status = 200, body = Observation), (status = 404, body = ApiError)))]
pub async fn observation_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Observation>, AppError> {
    newest(&app, &actor, &id).await.map(Json)
}

async fn newest(app: &App, actor: &crate::app::Actor, id: &str) -> Result<Observation, AppError> {
    let versions = cases::observation_history(app, actor, id).await?;
    let newest = versions.into_iter().find(|(row, _)| row.current);
    let (row, locked) = newest.ok_or(AppError::NotFound {
        entity: "observation",
    })?;
    Ok(Observation::new(app, row, locked))
}

/// Every version of a figure.
#[derive(Serialize, ToSchema)]
pub struct ObservationHistory {
    /// The newest first.
    items: Vec<Observation>,
}

/// Every version of a reported figure, the newest first.
#[utoipa::path(get, path = "/api/v1/observations/{id}/history", tag = "observations",
    params(("id" = String, Path)),
    responses((status = 200, body = ObservationHistory), (status = 404, body = ApiError)))]
pub async fn observation_history(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<ObservationHistory>, AppError> {
    let versions = cases::observation_history(&app, &actor, &id).await?;
    let items = versions
        .into_iter()
        .map(|(row, locked)| Observation::new(&app, row, locked))
        .collect();
    Ok(Json(ObservationHistory { items }))
}

/// A correction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObservationCorrect {
    /// The version that the correction was made on.
    version: i64,
    /// The right figure.
    value: i64,
    /// Why; needed in a locked period.
    reason: Option<String>,
    /// Where the right figure comes from.
    source: Option<String>,
}

/// Corrects a figure: a new version, submitted again.
#[utoipa::path(post, path = "/api/v1/observations/{id}/correct", tag = "observations",
    request_body = ObservationCorrect, params(("id" = String, Path)),
    responses((status = 200, body = Observation), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn observation_correct(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ObservationCorrect>,
) -> Result<Json<Observation>, AppError> {
    let input = cases::ObservationCorrect {
        version: input.version,
        value: input.value,
        reason: input.reason,
        source: input.source,
    };
    cases::observation_correct(&app, &actor, &id, input).await?;
    newest(&app, &actor, &id).await.map(Json)
}

/// Which figures are approved: `ids`, or all of `admin_unit_id` and below for `period`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObservationApprove {
    /// These.
    ids: Option<Vec<String>>,
    /// Unit.
    admin_unit_id: Option<String>,
    /// Period.
    period: Option<String>,
}

/// How many figures were approved.
#[derive(Serialize, ToSchema)]
pub struct ObservationApproved {
    /// Those that were not approved before.
    approved: usize,
}

/// Approves figures.
#[utoipa::path(post, path = "/api/v1/observations/approve", tag = "observations",
    request_body = ObservationApprove,
    responses((status = 200, body = ObservationApproved), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn observation_approve(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<ObservationApprove>,
) -> Result<Json<ObservationApproved>, AppError> {
    let input = match input {
        ObservationApprove {
            ids: None,
            admin_unit_id: Some(admin_unit_id),
            period: Some(period),
        } => cases::ObservationApprove::UnitAndPeriod {
            admin_unit_id,
            period,
        },
        ObservationApprove { ids, .. } => cases::ObservationApprove::Ids(ids.unwrap_or_default()),
    };
    let approved = cases::observation_approve(&app, &actor, input).await?;
    Ok(Json(ObservationApproved { approved }))
}

/// A locked period of a unit and all below it.
#[derive(Serialize, ToSchema)]
pub struct PeriodLock {
    /// Unit.
    admin_unit_id: String,
    /// Its name.
    admin_unit_name: String,
    /// Period.
    period: String,
    /// Last day of the period.
    last_day: String,
    /// Why it was locked.
    reason: Option<String>,
    /// When.
    locked_at: String,
    /// Account.
    locked_by: Option<String>,
}

impl PeriodLock {
    fn new(app: &App, row: PeriodLockRow) -> Self {
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id, &row.last_day),
            admin_unit_id: row.admin_unit_id,
            period: row.period,
            last_day: row.last_day,
            reason: row.reason,
            locked_at: row.locked_at,
            locked_by: row.locked_by,
        }
    }
}

/// The locked periods.
#[derive(Serialize, ToSchema)]
pub struct PeriodLockList {
    /// The newest period first.
    items: Vec<PeriodLock>,
}

/// Lists the locked periods.
#[utoipa::path(get, path = "/api/v1/period_locks", tag = "observations",
    responses((status = 200, body = PeriodLockList), (status = 401, body = ApiError)))]
pub async fn period_lock_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
) -> Result<Json<PeriodLockList>, AppError> {
    let rows = cases::period_lock_list(&app, &actor).await?;
    let items = rows
        .into_iter()
        .map(|row| PeriodLock::new(&app, row))
        .collect();
    Ok(Json(PeriodLockList { items }))
}

/// Which period of which unit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodLockInput {
    /// Unit; everything below it is meant too.
    admin_unit_id: String,
    /// Period.
    period: String,
    /// Why; needed to unlock.
    reason: Option<String>,
}

impl From<PeriodLockInput> for cases::PeriodLockInput {
    fn from(input: PeriodLockInput) -> Self {
        Self {
            admin_unit_id: input.admin_unit_id,
            period: input.period,
            reason: input.reason,
        }
    }
}

/// Locks a period: its figures change only with a reason.
#[utoipa::path(post, path = "/api/v1/period_locks", tag = "observations",
    request_body = PeriodLockInput,
    responses((status = 201, body = PeriodLock), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn period_lock(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<PeriodLockInput>,
) -> Result<(StatusCode, Json<PeriodLock>), AppError> {
    let row = cases::period_lock(&app, &actor, input.into()).await?;
    Ok((StatusCode::CREATED, Json(PeriodLock::new(&app, row))))
}

/// Unlocks a period; says why.
#[utoipa::path(post, path = "/api/v1/period_locks/unlock", tag = "observations",
    request_body = PeriodLockInput,
    responses((status = 204), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 422, body = ApiError)))]
pub async fn period_unlock(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<PeriodLockInput>,
) -> Result<StatusCode, AppError> {
    cases::period_unlock(&app, &actor, input.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
