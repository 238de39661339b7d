//! Conversations with people.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::consultations::{ConsultationFilter, ConsultationRow};
use utoipa::{IntoParams, ToSchema};

use super::records::{text_list, unit_name};
use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::policy::{KeptQuote, KeptQuoteCheck, kept_quotes};
use crate::app::{App, AppError, consultations as cases};

/// A conversation, or one version of it.
#[derive(Serialize, ToSchema)]
pub struct Consultation {
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
    /// The counsellor.
    counsellor_id: Option<String>,
    /// The organization that does or reports it.
    organization_id: String,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Place, in words.
    place: String,
    /// Local day.
    day: String,
    /// When it began, local time.
    started_at: Option<String>,
    /// People in the conversation.
    people: i64,
    /// The person.
    person_id: Option<String>,
    /// The household.
    household_id: Option<String>,
    /// Schemes spoken of.
    schemes: Vec<String>,
    /// How it ended.
    outcome: String,
    /// What comes next.
    next_step: Option<String>,
    /// When.
    next_step_day: Option<String>,
    /// Anything else worth knowing.
    note: String,
    /// Instant of recording, UTC.
    recorded_at: String,
    /// Who recorded it.
    recorded_by: Option<String>,
    /// What the person was told of the law; not in lists, and for those who may read of people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<KeptQuote>,
}

impl Consultation {
    fn new(app: &App, row: ConsultationRow) -> Self {
        let quotes = kept_quotes(app, &row.id, row.quotes_sealed.as_deref());
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            version: row.version,
            campaign_id: row.campaign_id,
            activity_id: row.activity_id,
            team_id: row.team_id,
            counsellor_id: row.counsellor_id,
            organization_id: row.organization_id,
            admin_unit_id: row.admin_unit_id,
            place: row.place,
            day: row.day,
            started_at: row.started_at,
            people: row.people,
            person_id: row.person_id,
            household_id: row.household_id,
            schemes: text_list(&row.schemes),
            outcome: row.outcome,
            next_step: row.next_step,
            next_step_day: row.next_step_day,
            note: row.note,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
            quotes,
        }
    }
}

/// Conversations by day.
pub type ConsultationList = Page<Consultation>;

/// Which conversations are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConsultationParams {
    /// Activity.
    activity_id: Option<String>,
    /// Team.
    team_id: Option<String>,
    /// Outcome.
    outcome: Option<String>,
    /// Unit.
    admin_unit_id: Option<String>,
    /// From this day on.
    from: Option<String>,
    /// Up to this day.
    to: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// Lists conversations of a campaign by day.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/consultations", tag = "consultations",
    params(("id" = String, Path), ConsultationParams),
    responses((status = 200, body = ConsultationList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn consultation_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<ConsultationParams>,
) -> Result<Json<ConsultationList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let filter = ConsultationFilter {
        activity_id: params.activity_id,
        team_id: params.team_id,
        outcome: params.outcome,
        units: params.admin_unit_id.map(|id| vec![id]),
        from: params.from,
        to: params.to,
    };
    let rows = cases::consultation_list(&app, &actor, &id, &filter, &page.page()?).await?;
    let (rows, next_page) = page.cut(rows, |row| format!("{}|{}", row.day, row.id));
    let items = rows
        .into_iter()
        .map(|row| Consultation::new(&app, row))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// Records a conversation.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/consultations", tag = "consultations",
    request_body = cases::ConsultationCreate,
    params(("id" = String, Path)),
    responses((status = 201, body = Consultation), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn consultation_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::ConsultationCreate>,
) -> Result<(StatusCode, Json<Consultation>), AppError> {
    let row = cases::consultation_create(&app, &actor, &id, input).await?;
    Ok((StatusCode::CREATED, Json(Consultation::new(&app, row))))
}

/// Many conversations at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationBatch {
    /// At most 500.
    items: Vec<cases::ConsultationCreate>,
}

/// What became of one record of a batch.
#[derive(Serialize, ToSchema)]
pub struct BatchAnswer {
    /// Id of the record.
    id: String,
    /// `accepted`, `already_had` or `refused`.
    outcome: String,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ApiError>,
}

/// What became of each record of a batch, in its order.
#[derive(Serialize, ToSchema)]
pub struct BatchAnswers {
    /// One answer for each record.
    items: Vec<BatchAnswer>,
}

/// Records many conversations; each is accepted, known already or refused by itself.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/consultations/batch", tag = "consultations",
    request_body = ConsultationBatch,
    params(("id" = String, Path)),
    responses((status = 200, body = BatchAnswers), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn consultation_create_many(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ConsultationBatch>,
) -> Result<Json<BatchAnswers>, AppError> {
    let answers = cases::consultation_create_many(&app, &actor, &id, input.items).await?;
    let items = answers
        .into_iter()
        .map(|(id, answer)| {
            let (outcome, error) = match answer {
                cases::RecordAnswer::Accepted => ("accepted", None),
                cases::RecordAnswer::AlreadyHad => ("already_had", None),
                cases::RecordAnswer::Refused(error) => ("refused", Some(ApiError::from(error))),
            };
            BatchAnswer {
                id,
                outcome: outcome.to_owned(),
                error,
            }
        })
        .collect();
    Ok(Json(BatchAnswers { items }))
}

/// One conversation.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/consultations/{consultation_id}", tag = "consultations",
    params(("id" = String, Path), ("consultation_id" = String, Path)),
    responses((status = 200, body = Consultation), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn consultation_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, consultation_id)): Path<(String, String)>,
) -> Result<Json<Consultation>, AppError> {
    let row = cases::consultation_get(&app, &actor, &id, &consultation_id).await?;
    Ok(Json(Consultation::new(&app, row)))
}

/// Kept quotes beside what the rules of now say.
#[derive(Serialize, ToSchema)]
pub struct KeptQuoteCheckList {
    /// In the order in which they were kept.
    pub items: Vec<KeptQuoteCheck>,
}

/// Computes the quotes of a conversation again, for the same days by the rules of now, and says whether the answers are the same.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/consultations/{consultation_id}/quotes", tag = "consultations",
    params(("id" = String, Path), ("consultation_id" = String, Path)),
    responses((status = 200, body = KeptQuoteCheckList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn consultation_quotes_check(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, consultation_id)): Path<(String, String)>,
) -> Result<Json<KeptQuoteCheckList>, AppError> {
    let items = cases::consultation_quotes_check(&app, &actor, &id, &consultation_id).await?;
    Ok(Json(KeptQuoteCheckList { items }))
}

/// Every version of a conversation, oldest first.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/consultations/{consultation_id}/versions", tag = "consultations",
    params(("id" = String, Path), ("consultation_id" = String, Path)),
    responses((status = 200, body = ConsultationList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn consultation_version_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, consultation_id)): Path<(String, String)>,
) -> Result<Json<ConsultationList>, AppError> {
    let rows = cases::consultation_version_list(&app, &actor, &id, &consultation_id).await?;
    let items = rows
        .into_iter()
        .map(|row| Consultation::new(&app, row))
        .collect();
    Ok(Json(Page {
        items,
        next_page: None,
    }))
}

/// A correction of a conversation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationCorrect {
    /// Version seen by the client.
    version: i64,
    /// What is recorded from now on.
    content: cases::ConsultationContent,
}

/// Corrects a conversation by a new version.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/consultations/{consultation_id}/correct", tag = "consultations",
    request_body = ConsultationCorrect,
    params(("id" = String, Path), ("consultation_id" = String, Path)),
    responses((status = 200, body = Consultation), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn consultation_correct(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, consultation_id)): Path<(String, String)>,
    Body(input): Body<ConsultationCorrect>,
) -> Result<Json<Consultation>, AppError> {
    let (version, content) = (input.version, input.content);
    let row =
        cases::consultation_correct(&app, &actor, &id, &consultation_id, version, content).await?;
    Ok(Json(Consultation::new(&app, row)))
}
