//! Enrollments and their shared credit.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::enrollments::{CreditRow, EnrollmentFilter, EnrollmentRow};
use utoipa::{IntoParams, ToSchema};

use super::consultations::KeptQuoteCheckList;
use super::records::unit_name;
use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::policy::{KeptQuote, kept_quotes};
use crate::app::{App, AppError, enrollments as cases};

/// An enrollment, or one version of it.
#[derive(Serialize, ToSchema)]
pub struct Enrollment {
    /// Its id, made by the client.
    id: String,
    /// 1, 2, …: a correction is a new version.
    version: i64,
    /// The campaign.
    campaign_id: String,
    /// The activity.
    activity_id: Option<String>,
    /// The team.
    team_id: Option<String>,
    /// The consultation it came from.
    consultation_id: Option<String>,
    /// The person.
    person_id: Option<String>,
    /// The organization that does or reports it.
    organization_id: String,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// The scheme.
    scheme: String,
    /// Local day.
    day: String,
    /// First day of insurance.
    starts_on: Option<String>,
    /// For how many months.
    months: Option<i64>,
    /// Amount in whole đồng.
    amount_vnd: Option<i64>,
    /// Its state.
    state: String,
    /// Local day of that state.
    state_day: String,
    /// Why it is in that state.
    state_reason: Option<String>,
    /// The official list that confirmed it.
    confirmation_id: Option<String>,
    /// Instant of recording, UTC.
    recorded_at: String,
    /// Who recorded it.
    recorded_by: Option<String>,
    /// What the person was told of the law; not in lists, and for those who may read of people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<KeptQuote>,
}

impl Enrollment {
    fn new(app: &App, row: EnrollmentRow) -> Self {
        let quotes = kept_quotes(app, &row.id, row.quotes_sealed.as_deref());
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            version: row.version,
            campaign_id: row.campaign_id,
            activity_id: row.activity_id,
            team_id: row.team_id,
            consultation_id: row.consultation_id,
            person_id: row.person_id,
            organization_id: row.organization_id,
            admin_unit_id: row.admin_unit_id,
            scheme: row.scheme,
            day: row.day,
            starts_on: row.starts_on,
            months: row.months,
            amount_vnd: row.amount_vnd,
            state: row.state,
            state_day: row.state_day,
            state_reason: row.state_reason,
            confirmation_id: row.confirmation_id,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
            quotes,
        }
    }
}

/// Enrollments by day.
pub type EnrollmentList = Page<Enrollment>;

/// Share of an organization in an enrollment.
#[derive(Serialize, ToSchema)]
pub struct Credit {
    /// The organization that does or reports it.
    organization_id: String,
    /// Thousandths of the credit.
    share_permille: i64,
}

impl Credit {
    fn new(row: CreditRow) -> Self {
        Self {
            organization_id: row.organization_id,
            share_permille: row.share_permille,
        }
    }
}

/// The shares of an enrollment; they add up to 1000.
#[derive(Serialize, ToSchema)]
pub struct CreditList {
    /// By organization.
    items: Vec<Credit>,
}

/// An enrollment with its shares.
#[derive(Serialize, ToSchema)]
pub struct EnrollmentWithCredit {
    /// The enrollment.
    enrollment: Enrollment,
    /// Its shares.
    credit: Vec<Credit>,
}

/// Which enrollments are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EnrollmentParams {
    /// Scheme.
    scheme: Option<String>,
    /// `claimed`, `confirmed` or `rejected`.
    state: Option<String>,
    /// Team.
    team_id: Option<String>,
    /// Activity.
    activity_id: Option<String>,
    /// Unit.
    admin_unit_id: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// Lists enrollments of a campaign by day.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/enrollments", tag = "enrollments",
    params(("id" = String, Path), EnrollmentParams),
    responses((status = 200, body = EnrollmentList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn enrollment_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<EnrollmentParams>,
) -> Result<Json<EnrollmentList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let filter = EnrollmentFilter {
        scheme: params.scheme,
        state: params.state,
        team_id: params.team_id,
        activity_id: params.activity_id,
        units: params.admin_unit_id.map(|id| vec![id]),
    };
    let rows = cases::enrollment_list(&app, &actor, &id, &filter, &page.page()?).await?;
    let (rows, next_page) = page.cut(rows, |row| format!("{}|{}", row.day, row.id));
    let items = rows
        .into_iter()
        .map(|row| Enrollment::new(&app, row))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// Records that a person signed up.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/enrollments", tag = "enrollments",
    request_body = cases::EnrollmentCreate,
    params(("id" = String, Path)),
    responses((status = 201, body = Enrollment), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn enrollment_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::EnrollmentCreate>,
) -> Result<(StatusCode, Json<Enrollment>), AppError> {
    let row = cases::enrollment_create(&app, &actor, &id, input).await?;
    Ok((StatusCode::CREATED, Json(Enrollment::new(&app, row))))
}

/// One enrollment with its shares.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/enrollments/{enrollment_id}", tag = "enrollments",
    params(("id" = String, Path), ("enrollment_id" = String, Path)),
    responses((status = 200, body = EnrollmentWithCredit), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn enrollment_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, enrollment_id)): Path<(String, String)>,
) -> Result<Json<EnrollmentWithCredit>, AppError> {
    let (row, credit) = cases::enrollment_get(&app, &actor, &id, &enrollment_id).await?;
    Ok(Json(EnrollmentWithCredit {
        enrollment: Enrollment::new(&app, row),
        credit: credit.into_iter().map(Credit::new).collect(),
    }))
}

/// Computes the quotes of an enrollment again, for the same days by the rules of now, and says whether the answers are the same.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/enrollments/{enrollment_id}/quotes", tag = "enrollments",
    params(("id" = String, Path), ("enrollment_id" = String, Path)),
    responses((status = 200, body = KeptQuoteCheckList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn enrollment_quotes_check(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, enrollment_id)): Path<(String, String)>,
) -> Result<Json<KeptQuoteCheckList>, AppError> {
    let items = cases::enrollment_quotes_check(&app, &actor, &id, &enrollment_id).await?;
    Ok(Json(KeptQuoteCheckList { items }))
}

/// Every version of an enrollment, oldest first.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/enrollments/{enrollment_id}/versions", tag = "enrollments",
    params(("id" = String, Path), ("enrollment_id" = String, Path)),
    responses((status = 200, body = EnrollmentList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn enrollment_version_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, enrollment_id)): Path<(String, String)>,
) -> Result<Json<EnrollmentList>, AppError> {
    let rows = cases::enrollment_version_list(&app, &actor, &id, &enrollment_id).await?;
    let items = rows
        .into_iter()
        .map(|row| Enrollment::new(&app, row))
        .collect();
    Ok(Json(Page {
        items,
        next_page: None,
    }))
}

/// Says that an enrollment does not count, and why.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/enrollments/{enrollment_id}/reject", tag = "enrollments",
    request_body = cases::EnrollmentReject,
    params(("id" = String, Path), ("enrollment_id" = String, Path)),
    responses((status = 200, body = Enrollment), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn enrollment_reject(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, enrollment_id)): Path<(String, String)>,
    Body(input): Body<cases::EnrollmentReject>,
) -> Result<Json<Enrollment>, AppError> {
    let row = cases::enrollment_reject(&app, &actor, &id, &enrollment_id, input).await?;
    Ok(Json(Enrollment::new(&app, row)))
}

/// Corrects what was recorded of an enrollment by a new version; what was confirmed only with a reason.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/enrollments/{enrollment_id}/correct", tag = "enrollments",
    request_body = cases::EnrollmentCorrect,
    params(("id" = String, Path), ("enrollment_id" = String, Path)),
    responses((status = 200, body = EnrollmentWithCredit), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn enrollment_correct(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, enrollment_id)): Path<(String, String)>,
    Body(input): Body<cases::EnrollmentCorrect>,
) -> Result<Json<EnrollmentWithCredit>, AppError> {
    let (row, credit) = cases::enrollment_correct(&app, &actor, &id, &enrollment_id, input).await?;
    Ok(Json(EnrollmentWithCredit {
        enrollment: Enrollment::new(&app, row),
        credit: credit.into_iter().map(Credit::new).collect(),
    }))
}

/// Who shares the credit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditSet {
    /// The organizations; equal parts when nobody has a weight.
    items: Vec<cases::CreditInput>,
}

/// Shares the credit of an enrollment anew.
#[utoipa::path(put, path = "/api/v1/campaigns/{id}/enrollments/{enrollment_id}/credit", tag = "enrollments",
    request_body = CreditSet,
    params(("id" = String, Path), ("enrollment_id" = String, Path)),
    responses((status = 200, body = CreditList), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn enrollment_credit_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, enrollment_id)): Path<(String, String)>,
    Body(input): Body<CreditSet>,
) -> Result<Json<CreditList>, AppError> {
    let rows = cases::enrollment_credit_set(&app, &actor, &id, &enrollment_id, input.items).await?;
    let items = rows.into_iter().map(Credit::new).collect();
    Ok(Json(CreditList { items }))
}

/// Credit of one organization in one scheme.
#[derive(Serialize, ToSchema)]
pub struct CreditSum {
    /// The organization.
    organization_id: String,
    /// The scheme.
    scheme: String,
    /// `claimed` or `confirmed`.
    state: String,
    /// Thousandths of enrollments.
    permille: i64,
}

/// Credit of a campaign.
#[derive(Serialize, ToSchema)]
pub struct CreditSumList {
    /// By organization, scheme and state.
    items: Vec<CreditSum>,
}

/// Credit of a campaign by organization, scheme and state.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/credits", tag = "enrollments",
    params(("id" = String, Path)),
    responses((status = 200, body = CreditSumList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn credit_sum_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<CreditSumList>, AppError> {
    let items = cases::credit_sums(&app, &actor, &id)
        .await?
        .into_iter()
        .map(|row| CreditSum {
            organization_id: row.organization_id,
            scheme: row.scheme,
            state: row.state,
            permille: row.permille,
        })
        .collect();
    Ok(Json(CreditSumList { items }))
}
