//! Campaigns, their plans and the versions of them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::plan::Plan;
use domain::vietnamese;
use serde::{Deserialize, Serialize};
use store::campaigns::{CampaignFilter, CampaignRow, CampaignVersionRow};
use utoipa::{IntoParams, ToSchema};

use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::{App, AppError, campaigns as cases, organizations};

/// A campaign.
#[derive(Serialize, ToSchema)]
pub struct Campaign {
    /// Readable id.
    id: String,
    /// Name.
    name: String,
    /// Where it takes place: the unit and all below.
    admin_unit_id: String,
    /// Name of the unit at the time of the campaign.
    admin_unit_name: String,
    /// The body that issues it.
    organization_id: String,
    /// Its name.
    organization_name: String,
    /// `draft`, `issued`, `running` or `closed`.
    state: String,
    /// First day.
    first_day: String,
    /// Last day.
    last_day: String,
    /// Newest version of the plan, issued or not.
    current_version: i64,
    /// The campaign it was made from.
    made_from_id: Option<String>,
    /// What in it is illustrative; none when nothing is.
    illustrative: Option<String>,
    /// Version of the record, for changes.
    row_version: i64,
}

async fn shapes(app: &App, rows: Vec<CampaignRow>) -> Result<Vec<Campaign>, AppError> {
    let ids = rows.iter().map(|row| row.organization_id.clone());
    let names = organizations::organization_names(app, ids).await?;
    let shape = |row: CampaignRow| {
        let on = row.first_day.parse().unwrap_or_else(|_| app.clock.today());
        let unit = app.units.get(&row.admin_unit_id);
        Campaign {
            admin_unit_name: unit.map_or_else(
                || row.admin_unit_id.clone(),
                |unit| app.units.nearest(unit, on).full_name.to_string(),
            ),
            organization_name: names.get(&row.organization_id).cloned().unwrap_or_default(),
            id: row.id,
            name: row.name,
            admin_unit_id: row.admin_unit_id,
            organization_id: row.organization_id,
            state: row.state,
            first_day: row.first_day,
            last_day: row.last_day,
            current_version: row.current_version,
            made_from_id: row.made_from_id,
            illustrative: row.illustrative,
            row_version: row.row_version,
        }
    };
    Ok(rows.into_iter().map(shape).collect())
}

async fn shape(app: &App, row: CampaignRow) -> Result<Json<Campaign>, AppError> {
    let mut shapes = shapes(app, vec![row]).await?;
    shapes
        .pop()
        .map(Json)
        .ok_or_else(|| AppError::Internal("one campaign in, none out".into()))
}

/// Which campaigns are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CampaignParams {
    /// Part of the name, with or without accents.
    q: Option<String>,
    /// State.
    state: Option<String>,
    /// Takes place at this unit.
    admin_unit_id: Option<String>,
    /// Includes this day.
    on: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// A page of campaigns.
pub type CampaignList = Page<Campaign>;

/// Lists campaigns, the newest first.
#[utoipa::path(get, path = "/api/v1/campaigns", tag = "campaigns", params(CampaignParams),
    responses((status = 200, body = CampaignList), (status = 401, body = ApiError)))]
pub async fn campaign_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<CampaignParams>,
) -> Result<Json<CampaignList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let filter = CampaignFilter {
        name_search: params
            .q
            .map(|text| vietnamese::fold(&text))
            .filter(|text| !text.is_empty()),
        state: params.state,
        units: params.admin_unit_id.map(|id| vec![id]),
        on: params.on,
    };
    let rows = cases::campaign_list(&app, &actor, &filter, &page.page()?).await?;
    let (rows, next_page) = page.cut(rows, |row| format!("{}|{}", row.first_day, row.id));
    let items = shapes(&app, rows).await?;
    Ok(Json(Page { items, next_page }))
}

/// A campaign to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignCreate {
    /// Readable id: small letters, digits, hyphens; e.g. `nghe-an-2022`.
    id: String,
    /// Name.
    name: String,
    /// Where it takes place.
    admin_unit_id: String,
    /// The body that issues it.
    organization_id: String,
    /// First day.
    first_day: String,
    /// Last day.
    last_day: String,
    /// The plan as far as it is written.
    #[serde(default)]
    plan: Plan,
}

/// Makes a campaign as a draft.
#[utoipa::path(post, path = "/api/v1/campaigns", tag = "campaigns", request_body = CampaignCreate,
    responses((status = 201, body = Campaign), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn campaign_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<CampaignCreate>,
) -> Result<(StatusCode, Json<Campaign>), AppError> {
    let input = cases::CampaignCreate {
        id: input.id,
        name: input.name,
        admin_unit_id: input.admin_unit_id,
        organization_id: input.organization_id,
        first_day: input.first_day,
        last_day: input.last_day,
        plan: input.plan,
        illustrative: None,
    };
    let row = cases::campaign_create(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, shape(&app, row).await?))
}

/// A campaign to be made from an earlier one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignCopy {
    /// Readable id of the new campaign.
    id: String,
    /// Its name.
    name: String,
    /// Where it takes place; the earlier one's unit when not given.
    admin_unit_id: Option<String>,
    /// The body that issues it; the earlier one's when not given.
    organization_id: Option<String>,
    /// First day.
    first_day: String,
    /// Last day.
    last_day: String,
}

/// Makes a draft from another campaign's plan.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/copy", tag = "campaigns",
    request_body = CampaignCopy, params(("id" = String, Path)),
    responses((status = 201, body = Campaign), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn campaign_copy(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<CampaignCopy>,
) -> Result<(StatusCode, Json<Campaign>), AppError> {
    let input = cases::CampaignCopy {
        id: input.id,
        name: input.name,
        admin_unit_id: input.admin_unit_id,
        organization_id: input.organization_id,
        first_day: input.first_day,
        last_day: input.last_day,
    };
    let row = cases::campaign_copy(&app, &actor, &id, input).await?;
    Ok((StatusCode::CREATED, shape(&app, row).await?))
}

/// One campaign.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}", tag = "campaigns",
    params(("id" = String, Path)),
    responses((status = 200, body = Campaign), (status = 404, body = ApiError)))]
pub async fn campaign_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Campaign>, AppError> {
    let row = cases::campaign_visible(&app, &actor, &id).await?;
    shape(&app, row).await
}

/// The plan of the version that is open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignPlanUpdate {
    /// Version of the campaign's record that the change was made on.
    row_version: i64,
    /// New name.
    name: Option<String>,
    /// New first day.
    first_day: Option<String>,
    /// New last day.
    last_day: Option<String>,
    /// The whole plan.
    plan: Plan,
}

/// Writes the plan of a version that has not been issued.
#[utoipa::path(put, path = "/api/v1/campaigns/{id}/plan", tag = "campaigns",
    request_body = CampaignPlanUpdate, params(("id" = String, Path)),
    responses((status = 200, body = Campaign), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn campaign_plan_update(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<CampaignPlanUpdate>,
) -> Result<Json<Campaign>, AppError> {
    let input = cases::PlanUpdate {
        row_version: input.row_version,
        name: input.name,
        first_day: input.first_day,
        last_day: input.last_day,
        plan: input.plan,
    };
    let row = cases::campaign_plan_update(&app, &actor, &id, input).await?;
    shape(&app, row).await
}

/// The official document under which a version is issued.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignIssue {
    /// Number and symbol.
    document_number: String,
    /// Date.
    document_date: String,
}

/// Issues the version that is open; it never changes again.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/issue", tag = "campaigns",
    request_body = CampaignIssue, params(("id" = String, Path)),
    responses((status = 200, body = Campaign), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn campaign_issue(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<CampaignIssue>,
) -> Result<Json<Campaign>, AppError> {
    let input = cases::CampaignIssue {
        document_number: input.document_number,
        document_date: input.document_date,
    };
    let row = cases::campaign_issue(&app, &actor, &id, input).await?;
    shape(&app, row).await
}

/// Why a plan is amended.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignAmend {
    /// In words.
    reason: String,
}

/// Opens a new version of an issued plan.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/amend", tag = "campaigns",
    request_body = CampaignAmend, params(("id" = String, Path)),
    responses((status = 200, body = Campaign), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn campaign_amend(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<CampaignAmend>,
) -> Result<Json<Campaign>, AppError> {
    let input = cases::CampaignAmend {
        reason: input.reason,
    };
    let row = cases::campaign_amend(&app, &actor, &id, input).await?;
    shape(&app, row).await
}

/// Starts an issued campaign.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/start", tag = "campaigns",
    params(("id" = String, Path)),
    responses((status = 200, body = Campaign), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError)))]
pub async fn campaign_start(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Campaign>, AppError> {
    let row = cases::campaign_start(&app, &actor, &id).await?;
    shape(&app, row).await
}

/// Closes a campaign.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/close", tag = "campaigns",
    params(("id" = String, Path)),
    responses((status = 200, body = Campaign), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError)))]
pub async fn campaign_close(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Campaign>, AppError> {
    let row = cases::campaign_close(&app, &actor, &id).await?;
    shape(&app, row).await
}

/// A version of a plan, without the plan itself.
#[derive(Serialize, ToSchema)]
pub struct CampaignVersion {
    /// 1, 2, ….
    version: i64,
    /// Whether it is issued and never changes again.
    issued: bool,
    /// When it was issued.
    issued_at: Option<String>,
    /// Number of the official document.
    document_number: Option<String>,
    /// Its date.
    document_date: Option<String>,
    /// Why the plan was amended.
    amendment_reason: Option<String>,
}

impl From<CampaignVersionRow> for CampaignVersion {
    fn from(row: CampaignVersionRow) -> Self {
        Self {
            version: row.version,
            issued: row.issued_at.is_some(),
            issued_at: row.issued_at,
            document_number: row.document_number,
            document_date: row.document_date,
            amendment_reason: row.amendment_reason,
        }
    }
}

/// The versions of a plan.
#[derive(Serialize, ToSchema)]
pub struct CampaignVersionList {
    /// Oldest first.
    items: Vec<CampaignVersion>,
}

/// Lists the versions of a campaign's plan.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/versions", tag = "campaigns",
    params(("id" = String, Path)),
    responses((status = 200, body = CampaignVersionList), (status = 404, body = ApiError)))]
pub async fn campaign_version_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<CampaignVersionList>, AppError> {
    let rows = cases::campaign_version_list(&app, &actor, &id).await?;
    Ok(Json(CampaignVersionList {
        items: rows.into_iter().map(Into::into).collect(),
    }))
}

/// A version of a plan.
#[derive(Serialize, ToSchema)]
pub struct CampaignPlan {
    /// When and under which number it was issued.
    #[serde(flatten)]
    version: CampaignVersion,
    /// The plan.
    plan: Plan,
    /// Allotted in all, in whole đồng.
    budget_allotted_vnd: i64,
    /// Spent in all, in whole đồng.
    budget_spent_vnd: i64,
}

/// One version of a campaign's plan; `current` is the newest that the caller may see.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/versions/{version}", tag = "campaigns",
    params(("id" = String, Path), ("version" = String, Path, description = "A number, or `current`")),
    responses((status = 200, body = CampaignPlan), (status = 404, body = ApiError)))]
pub async fn campaign_version_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, version)): Path<(String, String)>,
) -> Result<Json<CampaignPlan>, AppError> {
    let number = match version.as_str() {
        "current" => None,
        text => Some(text.parse().map_err(|_| AppError::NotFound {
            entity: "campaign_version",
        })?),
    };
    let found = cases::campaign_version_get(&app, &actor, &id, number).await?;
    let (budget_allotted_vnd, budget_spent_vnd) = found.plan.budget_totals();
    let version = found.row.into();
    Ok(Json(CampaignPlan {
        version,
        plan: found.plan,
        budget_allotted_vnd,
        budget_spent_vnd,
    }))
}

/// Against which version.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CompareParams {
    /// The older version; the one right before when not given.
    from: Option<i64>,
}

/// One difference between two versions.
#[derive(Serialize, ToSchema)]
pub struct PlanDifference {
    /// Part of the plan, e.g. `slogans`.
    part: String,
    /// `added`, `removed` or `changed`.
    kind: String,
    /// Wording before.
    before: Option<String>,
    /// Wording after.
    after: Option<String>,
}

/// What an amendment changed.
#[derive(Serialize, ToSchema)]
pub struct PlanDifferenceList {
    /// In the order of the document.
    items: Vec<PlanDifference>,
}

/// What is different in a version of a plan.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/versions/{version}/differences",
    tag = "campaigns", params(("id" = String, Path), ("version" = i64, Path), CompareParams),
    responses((status = 200, body = PlanDifferenceList), (status = 404, body = ApiError)))]
pub async fn campaign_version_compare(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, version)): Path<(String, String)>,
    Params(params): Params<CompareParams>,
) -> Result<Json<PlanDifferenceList>, AppError> {
    let missing = |_| AppError::NotFound {
        entity: "campaign_version",
    };
    let version: i64 = version.parse().map_err(missing)?;
    let from = params.from.unwrap_or(version - 1);
    let found = cases::campaign_version_compare(&app, &actor, &id, from, version).await?;
    let items = found
        .into_iter()
        .map(|difference| PlanDifference {
            part: difference.part.to_owned(),
            kind: difference.kind.as_str().to_owned(),
            before: difference.before,
            after: difference.after,
        })
        .collect();
    Ok(Json(PlanDifferenceList { items }))
}
