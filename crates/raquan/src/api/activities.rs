//! Activities, their versions and what was counted at them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::activities::{ActivityFilter, ActivityRow, MeasureRow};
use utoipa::{IntoParams, ToSchema};

use super::records::{text_list, unit_name};
use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::{App, AppError, activities as cases};

/// An activity, or one version of it.
#[derive(Serialize, ToSchema)]
pub struct Activity {
    /// Its id, made by the client.
    id: String,
    /// 1, 2, …: a correction is a new version.
    version: i64,
    /// The campaign.
    campaign_id: String,
    /// Its kind.
    kind: String,
    /// Workstream of the plan.
    workstream: Option<String>,
    /// Title.
    title: String,
    /// The organization that does or reports it.
    organization_id: String,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Place, in words.
    place: String,
    /// First day.
    first_day: String,
    /// Last day.
    last_day: String,
    /// When it starts, local time.
    starts_at: Option<String>,
    /// When it ends, local time.
    ends_at: Option<String>,
    /// Audiences.
    audiences: Vec<String>,
    /// Languages, BCP 47.
    languages: Vec<String>,
    /// Its state.
    state: String,
    /// Anything else worth knowing.
    note: String,
    /// Made for the demo.
    illustrative: bool,
    /// Instant of recording, UTC.
    recorded_at: String,
    /// Who recorded it.
    recorded_by: Option<String>,
}

impl Activity {
    fn new(app: &App, row: ActivityRow) -> Self {
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            version: row.version,
            campaign_id: row.campaign_id,
            kind: row.kind,
            workstream: row.workstream,
            title: row.title,
            organization_id: row.organization_id,
            admin_unit_id: row.admin_unit_id,
            place: row.place,
            first_day: row.first_day,
            last_day: row.last_day,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            audiences: text_list(&row.audiences),
            languages: text_list(&row.languages),
            state: row.state,
            note: row.note,
            illustrative: row.illustrative,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
        }
    }
}

/// Activities by first day.
pub type ActivityList = Page<Activity>;

/// A counted value, or one version of it.
#[derive(Serialize, ToSchema)]
pub struct Measure {
    /// Measure of the kind.
    measure: String,
    /// Audience group, empty when not told apart.
    audience_group: String,
    /// Language, empty when not told apart.
    language: String,
    /// 1, 2, …: a correction is a new version.
    version: i64,
    /// Its id, made by the client.
    id: String,
    /// Local day.
    day: String,
    /// The count.
    value: i64,
    /// File that proves it.
    evidence_file_id: Option<String>,
    /// The organization that does or reports it.
    organization_id: String,
    /// Where.
    admin_unit_id: String,
    /// Instant of recording, UTC.
    recorded_at: String,
    /// Who recorded it.
    recorded_by: Option<String>,
}

impl Measure {
    fn new(row: MeasureRow) -> Self {
        Self {
            measure: row.measure,
            audience_group: row.audience_group,
            language: row.language,
            version: row.version,
            id: row.id,
            day: row.day,
            value: row.value,
            evidence_file_id: row.evidence_file_id,
            organization_id: row.organization_id,
            admin_unit_id: row.admin_unit_id,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
        }
    }
}

/// The counted values of an activity.
#[derive(Serialize, ToSchema)]
pub struct MeasureList {
    /// By measure, audience group and language.
    items: Vec<Measure>,
}

impl MeasureList {
    fn new(rows: Vec<MeasureRow>) -> Self {
        let items = rows.into_iter().map(Measure::new).collect();
        Self { items }
    }
}

/// Which activities are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ActivityParams {
    /// Campaign.
    campaign_id: Option<String>,
    /// Kind.
    kind: Option<String>,
    /// `planned`, `done` or `cancelled`.
    state: Option<String>,
    /// Organization that holds it.
    organization_id: Option<String>,
    /// Unit that it takes place in.
    admin_unit_id: Option<String>,
    /// Only those that end on this day or later.
    from: Option<String>,
    /// Only those that begin on this day or earlier.
    to: Option<String>,
    /// Part of the title, with or without accents.
    q: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// Lists activities by first day.
#[utoipa::path(get, path = "/api/v1/activities", tag = "activities",
    params(ActivityParams),
    responses((status = 200, body = ActivityList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn activity_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<ActivityParams>,
) -> Result<Json<ActivityList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let filter = ActivityFilter {
        campaign_id: params.campaign_id,
        kind: params.kind,
        state: params.state,
        organization_id: params.organization_id,
        units: params.admin_unit_id.map(|id| vec![id]),
        from: params.from,
        to: params.to,
        title_search: params
            .q
            .map(|text| domain::vietnamese::fold(&text))
            .filter(|text| !text.is_empty()),
    };
    let rows = cases::activity_list(&app, &actor, &filter, &page.page()?).await?;
    let (rows, next_page) = page.cut(rows, |row| format!("{}|{}", row.first_day, row.id));
    let items = rows
        .into_iter()
        .map(|row| Activity::new(&app, row))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// Makes an activity.
#[utoipa::path(post, path = "/api/v1/activities", tag = "activities",
    request_body = cases::ActivityCreate,
    responses((status = 201, body = Activity), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<cases::ActivityCreate>,
) -> Result<(StatusCode, Json<Activity>), AppError> {
    let row = cases::activity_create(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, Json(Activity::new(&app, row))))
}

/// One activity.
#[utoipa::path(get, path = "/api/v1/activities/{id}", tag = "activities",
    params(("id" = String, Path)),
    responses((status = 200, body = Activity), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn activity_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Activity>, AppError> {
    let row = cases::activity_get(&app, &actor, &id).await?;
    Ok(Json(Activity::new(&app, row)))
}

/// Every version of an activity, oldest first.
#[utoipa::path(get, path = "/api/v1/activities/{id}/versions", tag = "activities",
    params(("id" = String, Path)),
    responses((status = 200, body = ActivityList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn activity_version_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<ActivityList>, AppError> {
    let rows = cases::activity_version_list(&app, &actor, &id).await?;
    let items = rows
        .into_iter()
        .map(|row| Activity::new(&app, row))
        .collect();
    Ok(Json(Page {
        items,
        next_page: None,
    }))
}

/// A correction of an activity.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityCorrect {
    /// Version seen by the client.
    version: i64,
    /// What it says about itself from now on.
    content: cases::ActivityContent,
}

/// Corrects an activity by a new version.
#[utoipa::path(post, path = "/api/v1/activities/{id}/correct", tag = "activities",
    request_body = ActivityCorrect,
    params(("id" = String, Path)),
    responses((status = 200, body = Activity), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_correct(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ActivityCorrect>,
) -> Result<Json<Activity>, AppError> {
    let row = cases::activity_correct(&app, &actor, &id, input.version, input.content).await?;
    Ok(Json(Activity::new(&app, row)))
}

/// Says that an activity was held.
#[utoipa::path(post, path = "/api/v1/activities/{id}/mark_done", tag = "activities",
    request_body = cases::ActivityVersion,
    params(("id" = String, Path)),
    responses((status = 200, body = Activity), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_mark_done(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::ActivityVersion>,
) -> Result<Json<Activity>, AppError> {
    let row = cases::activity_mark_done(&app, &actor, &id, input).await?;
    Ok(Json(Activity::new(&app, row)))
}

/// Strikes an activity out; its record stays.
#[utoipa::path(post, path = "/api/v1/activities/{id}/cancel", tag = "activities",
    request_body = cases::ActivityCancel,
    params(("id" = String, Path)),
    responses((status = 200, body = Activity), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_cancel(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::ActivityCancel>,
) -> Result<Json<Activity>, AppError> {
    let row = cases::activity_cancel(&app, &actor, &id, input).await?;
    Ok(Json(Activity::new(&app, row)))
}

/// Which values are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MeasureParams {
    /// Every version.
    history: Option<bool>,
}

/// What was counted at an activity.
#[utoipa::path(get, path = "/api/v1/activities/{id}/measures", tag = "activities",
    params(("id" = String, Path), MeasureParams),
    responses((status = 200, body = MeasureList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn measure_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<MeasureParams>,
) -> Result<Json<MeasureList>, AppError> {
    let history = params.history.unwrap_or(false);
    let rows = cases::measure_list(&app, &actor, &id, history).await?;
    Ok(Json(MeasureList::new(rows)))
}

/// Reports what was counted at an activity; a correction is a new version.
#[utoipa::path(post, path = "/api/v1/activities/{id}/measures", tag = "activities",
    request_body = cases::MeasuresReport,
    params(("id" = String, Path)),
    responses((status = 200, body = MeasureList), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn measures_report(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::MeasuresReport>,
) -> Result<Json<MeasureList>, AppError> {
    let rows = cases::measures_report(&app, &actor, &id, input).await?;
    Ok(Json(MeasureList::new(rows)))
}

/// A measure of a whole campaign.
#[derive(Serialize, ToSchema)]
pub struct MeasureSum {
    /// Kind of the activities.
    kind: String,
    /// The measure.
    measure: String,
    /// Language, empty when not told apart.
    language: String,
    /// Audience group, empty when not told apart.
    audience_group: String,
    /// Sum over the activities.
    value: i64,
    /// How many activities.
    activities: i64,
}

/// The measures of a whole campaign.
#[derive(Serialize, ToSchema)]
pub struct MeasureSumList {
    /// By kind, measure, language and audience group.
    items: Vec<MeasureSum>,
}

/// Up to when is summed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MeasureSumParams {
    /// Last day; all days when not given.
    until: Option<String>,
}

/// Sums of a campaign by kind, measure, language and audience group.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/measures", tag = "activities",
    params(("id" = String, Path), MeasureSumParams),
    responses((status = 200, body = MeasureSumList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn measure_sum_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<MeasureSumParams>,
) -> Result<Json<MeasureSumList>, AppError> {
    let until = params.until.as_deref().unwrap_or("9999-12-31");
    let items = cases::measure_sums(&app, &actor, &id, until)
        .await?
        .into_iter()
        .map(|row| MeasureSum {
            kind: row.kind,
            measure: row.measure,
            language: row.language,
            audience_group: row.audience_group,
            value: row.value,
            activities: row.activities,
        })
        .collect();
    Ok(Json(MeasureSumList { items }))
}
