//! Households, people and what they consented to.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::people::{ConsentRow, PersonFilter};
use utoipa::{IntoParams, ToSchema};

use super::records::unit_name;
use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::{App, AppError, people as cases};

/// A household.
#[derive(Serialize, ToSchema)]
pub struct Household {
    /// Id.
    id: String,
    /// Commune.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Address, for those entitled.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// What it lives from.
    livelihood: Option<String>,
    /// How many people.
    member_count: Option<i64>,
}

impl Household {
    fn new(app: &App, view: cases::HouseholdView) -> Self {
        Self {
            admin_unit_name: unit_name(app, &view.row.admin_unit_id),
            id: view.row.id,
            admin_unit_id: view.row.admin_unit_id,
            address: view.address,
            livelihood: view.row.livelihood,
            member_count: view.row.member_count,
        }
    }
}

/// Households by id.
pub type HouseholdList = Page<Household>;

/// A person; who it is, for those entitled.
#[derive(Serialize, ToSchema)]
pub struct Person {
    /// Id.
    id: String,
    /// Household.
    household_id: Option<String>,
    /// Commune.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Year of birth, for those entitled.
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_year: Option<i64>,
    /// Full name, for those entitled.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Telephone number, for those entitled.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    /// The last four digits of the national id, for those entitled.
    #[serde(skip_serializing_if = "Option::is_none")]
    national_id_end: Option<String>,
    /// Not a real person.
    synthetic: bool,
}

impl Person {
    fn new(app: &App, view: cases::PersonView) -> Self {
        let named = view.secret.is_some();
        let secret = view.secret;
        let end_of = |id: &String| id.get(id.len().saturating_sub(4)..).map(str::to_owned);
        Self {
            admin_unit_name: unit_name(app, &view.row.admin_unit_id),
            national_id_end: secret
                .as_ref()
                .and_then(|it| it.national_id.as_ref())
                .and_then(end_of),
            phone: secret.as_ref().and_then(|it| it.phone.clone()),
            name: secret.map(|it| it.name),
            birth_year: view.row.birth_year.filter(|_| named),
            id: view.row.id,
            household_id: view.row.household_id,
            admin_unit_id: view.row.admin_unit_id,
            synthetic: view.row.synthetic,
        }
    }
}

/// How many people there are, and those that may be seen by name.
#[derive(Serialize, ToSchema)]
pub struct PersonList {
    /// How many there are in the units that one may read.
    count: i64,
    /// A page of those that one may see by name.
    items: Vec<Person>,
    /// Where the next page begins.
    next_page: Option<String>,
}

/// What a person allowed.
#[derive(Serialize, ToSchema)]
pub struct Consent {
    /// Its id, made by the client.
    id: String,
    /// The person.
    person_id: String,
    /// What the data may be used for.
    purpose: String,
    /// Instant of consent.
    given_at: String,
    /// Instant of withdrawal.
    withdrawn_at: Option<String>,
    /// Who recorded it.
    recorded_by: Option<String>,
}

impl Consent {
    fn new(row: ConsentRow) -> Self {
        Self {
            id: row.id,
            person_id: row.person_id,
            purpose: row.purpose,
            given_at: row.given_at,
            withdrawn_at: row.withdrawn_at,
            recorded_by: row.recorded_by,
        }
    }
}

/// The consents of a person.
#[derive(Serialize, ToSchema)]
pub struct ConsentList {
    /// Oldest first.
    items: Vec<Consent>,
}

/// Which households are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HouseholdParams {
    /// Commune.
    admin_unit_id: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// Which people are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PersonParams {
    /// Commune.
    admin_unit_id: Option<String>,
    /// Household.
    household_id: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// Lists households by id.
#[utoipa::path(get, path = "/api/v1/households", tag = "people",
    params(HouseholdParams),
    responses((status = 200, body = HouseholdList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn household_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<HouseholdParams>,
) -> Result<Json<HouseholdList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let units = params.admin_unit_id.map(|id| vec![id]);
    let rows = cases::household_list(&app, &actor, units.as_deref(), &page.page()?).await?;
    let (rows, next_page) = page.cut(rows, |view| view.row.id.clone());
    let items = rows
        .into_iter()
        .map(|view| Household::new(&app, view))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// Records a household.
#[utoipa::path(post, path = "/api/v1/households", tag = "people",
    request_body = cases::HouseholdCreate,
    responses((status = 201, body = Household), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn household_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<cases::HouseholdCreate>,
) -> Result<(StatusCode, Json<Household>), AppError> {
    let view = cases::household_create(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, Json(Household::new(&app, view))))
}

/// One household.
#[utoipa::path(get, path = "/api/v1/households/{id}", tag = "people",
    params(("id" = String, Path)),
    responses((status = 200, body = Household), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn household_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Household>, AppError> {
    let view = cases::household_get(&app, &actor, &id).await?;
    Ok(Json(Household::new(&app, view)))
}

/// How many people there are; by name for those entitled.
#[utoipa::path(get, path = "/api/v1/persons", tag = "people",
    params(PersonParams),
    responses((status = 200, body = PersonList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn person_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<PersonParams>,
) -> Result<Json<PersonList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let filter = PersonFilter {
        units: params.admin_unit_id.map(|id| vec![id]),
        household_id: params.household_id,
        name_fingerprint: None,
    };
    let people = cases::person_list(&app, &actor, &filter, &page.page()?).await?;
    let (rows, next_page) = page.cut(people.items, |view| view.row.id.clone());
    let items = rows
        .into_iter()
        .map(|view| Person::new(&app, view))
        .collect();
    Ok(Json(PersonList {
        count: people.count,
        items,
        next_page,
    }))
}

/// Records a person with what they agreed to.
#[utoipa::path(post, path = "/api/v1/persons", tag = "people",
    request_body = cases::PersonCreate,
    responses((status = 201, body = Person), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn person_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<cases::PersonCreate>,
) -> Result<(StatusCode, Json<Person>), AppError> {
    let view = cases::person_create(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, Json(Person::new(&app, view))))
}

/// One person; who it is, for those entitled.
#[utoipa::path(get, path = "/api/v1/persons/{id}", tag = "people",
    params(("id" = String, Path)),
    responses((status = 200, body = Person), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn person_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Person>, AppError> {
    let view = cases::person_get(&app, &actor, &id).await?;
    Ok(Json(Person::new(&app, view)))
}

/// What a person allowed, oldest first.
#[utoipa::path(get, path = "/api/v1/persons/{id}/consents", tag = "people",
    params(("id" = String, Path)),
    responses((status = 200, body = ConsentList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn consent_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<ConsentList>, AppError> {
    let rows = cases::consent_list(&app, &actor, &id).await?;
    let items = rows.into_iter().map(Consent::new).collect();
    Ok(Json(ConsentList { items }))
}

/// Records that a person agreed to something.
#[utoipa::path(post, path = "/api/v1/persons/{id}/consents", tag = "people",
    request_body = cases::ConsentGive,
    params(("id" = String, Path)),
    responses((status = 201, body = Consent), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn consent_give(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::ConsentGive>,
) -> Result<(StatusCode, Json<Consent>), AppError> {
    let row = cases::consent_give(&app, &actor, &id, input).await?;
    Ok((StatusCode::CREATED, Json(Consent::new(row))))
}

/// Records that a person took a consent back.
#[utoipa::path(post, path = "/api/v1/persons/{id}/consents/{consent_id}/withdraw", tag = "people",
    params(("id" = String, Path), ("consent_id" = String, Path)),
    responses((status = 200, body = ConsentList), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn consent_withdraw(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, consent_id)): Path<(String, String)>,
) -> Result<Json<ConsentList>, AppError> {
    let rows = cases::consent_withdraw(&app, &actor, &id, &consent_id).await?;
    let items = rows.into_iter().map(Consent::new).collect();
    Ok(Json(ConsentList { items }))
}
