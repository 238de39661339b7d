//! Bodies that act.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::vietnamese;
use serde::{Deserialize, Serialize};
use store::organizations::{OrganizationFilter, OrganizationRow};
use utoipa::{IntoParams, ToSchema};

use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::{App, AppError, organizations as cases};

/// A body that acts.
#[derive(Serialize, ToSchema)]
pub struct Organization {
    /// Id.
    id: String,
    /// Kind.
    kind: String,
    /// Full name.
    name: String,
    /// Short name for tables.
    short_name: Option<String>,
    /// Where it sits.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// The body above it.
    parent_id: Option<String>,
    /// Whether it still acts.
    active: bool,
    /// Made for the demo.
    illustrative: bool,
    /// Version, for changes.
    version: i64,
}

impl Organization {
    fn new(app: &App, row: OrganizationRow) -> Self {
        let unit = app.units.get(&row.admin_unit_id);
        Self {
            admin_unit_name: unit.map_or_else(
                || row.admin_unit_id.clone(),
                |unit| {
                    app.units
                        .nearest(unit, app.clock.today())
                        .full_name
                        .to_string()
                },
            ),
            id: row.id,
            kind: row.kind,
            name: row.name,
            short_name: row.short_name,
            admin_unit_id: row.admin_unit_id,
            parent_id: row.parent_id,
            active: row.active,
            illustrative: row.illustrative,
            version: row.version,
        }
    }
}

/// Which organizations are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrganizationParams {
    /// Part of the name, with or without accents.
    q: Option<String>,
    /// Kind.
    kind: Option<String>,
    /// Unit it sits at.
    admin_unit_id: Option<String>,
    /// Body above it.
    parent_id: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// A page of organizations.
pub type OrganizationList = Page<Organization>;

/// Lists organizations by id.
#[utoipa::path(get, path = "/api/v1/organizations", tag = "organizations", params(OrganizationParams),
    responses((status = 200, body = OrganizationList), (status = 401, body = ApiError)))]
pub async fn organization_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<OrganizationParams>,
) -> Result<Json<OrganizationList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let filter = OrganizationFilter {
        name_search: params
            .q
            .map(|text| vietnamese::fold(&text))
            .filter(|text| !text.is_empty()),
        kind: params.kind,
        units: params.admin_unit_id.map(|id| vec![id]),
        parent_id: params.parent_id,
        active_only: true,
    };
    let rows = cases::organization_list(&app, &actor, &filter, &page.page()?).await?;
    let (rows, next_page) = page.cut(rows, |row| row.id.clone());
    let items = rows
        .into_iter()
        .map(|row| Organization::new(&app, row))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// An organization to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationCreate {
    /// UUIDv7 made by the client.
    id: String,
    /// Kind.
    kind: String,
    /// Full name.
    name: String,
    /// Short name for tables.
    short_name: Option<String>,
    /// Where it sits.
    admin_unit_id: String,
    /// The body above it.
    parent_id: Option<String>,
}

/// Makes an organization.
#[utoipa::path(post, path = "/api/v1/organizations", tag = "organizations",
    request_body = OrganizationCreate,
    responses((status = 201, body = Organization), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn organization_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<OrganizationCreate>,
) -> Result<(StatusCode, Json<Organization>), AppError> {
    let input = cases::OrganizationCreate {
        id: input.id,
        kind: input.kind,
        name: input.name,
        short_name: input.short_name,
        admin_unit_id: input.admin_unit_id,
        parent_id: input.parent_id,
        illustrative: false,
    };
    let row = cases::organization_create(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, Json(Organization::new(&app, row))))
}

/// One organization.
#[utoipa::path(get, path = "/api/v1/organizations/{id}", tag = "organizations",
    params(("id" = String, Path)),
    responses((status = 200, body = Organization), (status = 404, body = ApiError)))]
pub async fn organization_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Organization>, AppError> {
    let row = cases::organization_get(&app, &actor, &id).await?;
    Ok(Json(Organization::new(&app, row)))
}

/// What is to be changed; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationUpdate {
    /// The version that the change was made on.
    version: i64,
    /// New name.
    name: Option<String>,
    /// New short name.
    short_name: Option<String>,
    /// New body above; an empty text takes it away.
    parent_id: Option<String>,
    /// Whether it still acts.
    active: Option<bool>,
}

/// Changes an organization.
#[utoipa::path(patch, path = "/api/v1/organizations/{id}", tag = "organizations",
    request_body = OrganizationUpdate, params(("id" = String, Path)),
    responses((status = 200, body = Organization), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn organization_update(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<OrganizationUpdate>,
) -> Result<Json<Organization>, AppError> {
    let input = cases::OrganizationUpdate {
        version: input.version,
        name: input.name,
        short_name: input.short_name,
        parent_id: input
            .parent_id
            .map(|id| Some(id).filter(|id| !id.is_empty())),
        active: input.active,
    };
    let row = cases::organization_update(&app, &actor, &id, input).await?;
    Ok(Json(Organization::new(&app, row)))
}

/// A kind of organization.
#[derive(Serialize, ToSchema)]
pub struct OrganizationKind {
    /// Id.
    id: String,
    /// Vietnamese name.
    name_vi: String,
    /// English name.
    name_en: String,
}

/// The kinds that there are.
#[derive(Serialize, ToSchema)]
pub struct OrganizationKindList {
    /// In the order of the catalogue.
    items: Vec<OrganizationKind>,
}

/// Lists the kinds of organizations.
#[utoipa::path(get, path = "/api/v1/organization_kinds", tag = "organizations",
    responses((status = 200, body = OrganizationKindList), (status = 401, body = ApiError)))]
pub async fn organization_kind_list(
    State(app): State<Arc<App>>,
    SignedIn(_actor): SignedIn,
) -> Json<OrganizationKindList> {
    let items = app
        .catalog
        .organization_kinds
        .iter()
        .map(|kind| OrganizationKind {
            id: kind.id.clone(),
            name_vi: kind.name_vi.clone(),
            name_en: kind.name_en.clone(),
        })
        .collect();
    Json(OrganizationKindList { items })
}
