//! Accounts and roles.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use store::users::RoleGrantRow;

use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::organizations::organization_full_names;
use crate::app::{App, AppError, users as cases};

/// An account.
#[derive(Serialize, ToSchema)]
pub struct User {
    /// Id.
    id: String,
    /// Name to sign in with.
    username: String,
    /// Name shown.
    display_name: String,
    /// Organization.
    organization_id: Option<String>,
    /// Its name.
    organization_name: Option<String>,
    /// Whether it may sign in.
    active: bool,
    /// Instant of creation.
    created_at: String,
    /// Roles held now.
    roles: Vec<UserRole>,
}

/// A role that an account holds.
#[derive(Serialize, ToSchema)]
pub struct UserRole {
    /// Id of the grant.
    id: String,
    /// Role.
    role: String,
    /// Name of the role.
    role_name: String,
    /// Over this unit and all below.
    admin_unit_id: Option<String>,
    /// Name of the unit.
    admin_unit_name: Option<String>,
    /// Over this organization.
    organization_id: Option<String>,
    /// Name of the organization.
    organization_name: Option<String>,
}

impl User {
    /// Outer shapes of accounts, with the names of their organizations and units.
    async fn list(app: &App, users: Vec<cases::User>) -> Result<Vec<Self>, AppError> {
        let mut bodies: Vec<String> = Vec::new();
        for user in &users {
            bodies.extend(user.row.organization_id.clone());
            let held = user.grants.iter();
            bodies.extend(held.filter_map(|grant| grant.organization_id.clone()));
        }
        let bodies = organization_full_names(app, bodies).await?;
        let name = |id: &Option<String>| id.as_ref().and_then(|id| bodies.get(id)).cloned();
        let users = users.into_iter().map(|user| Self {
            organization_name: name(&user.row.organization_id),
            id: user.row.id,
            username: user.row.username,
            display_name: user.row.display_name,
            organization_id: user.row.organization_id,
            active: user.row.active,
            created_at: user.row.created_at,
            roles: user
                .grants
                .into_iter()
                .map(|grant| UserRole {
                    organization_name: name(&grant.organization_id),
                    ..UserRole::new(app, grant)
                })
                .collect(),
        });
        Ok(users.collect())
    }

    /// Outer shape of one account.
    async fn of(app: &App, user: cases::User) -> Result<Self, AppError> {
        let mut shaped = Self::list(app, vec![user]).await?;
        shaped
            .pop()
            .ok_or_else(|| AppError::Internal("one account in, none out".into()))
    }
}

impl UserRole {
    /// Without the organization's name.
    fn new(app: &App, grant: RoleGrantRow) -> Self {
        let role = app.catalog.roles.iter().find(|role| role.id == grant.role);
        let unit = grant.admin_unit_id.as_deref();
        let unit = unit.and_then(|id| app.units.get(id));
        Self {
            id: grant.id,
            role_name: role.map_or_else(|| grant.role.clone(), |role| role.name_vi.clone()),
            role: grant.role,
            admin_unit_name: unit.map(|unit| {
                let state = app.units.nearest(unit, app.clock.today());
                state.full_name.to_string()
            }),
            admin_unit_id: grant.admin_unit_id,
            organization_id: grant.organization_id,
            organization_name: None,
        }
    }
}

/// A page of accounts.
pub type UserList = Page<User>;

/// Lists the accounts that the caller manages, by id.
#[utoipa::path(get, path = "/api/v1/users", tag = "users", params(PageParams),
    responses((status = 200, body = UserList), (status = 403, body = ApiError)))]
pub async fn user_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(page): Params<PageParams>,
) -> Result<Json<UserList>, AppError> {
    let users = cases::user_list(&app, &actor, &page.page()?).await?;
    let (users, next_page) = page.cut(users, |user| user.row.id.clone());
    Ok(Json(Page {
        items: User::list(&app, users).await?,
        next_page,
    }))
}

/// A role to be given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleGrant {
    /// Role.
    role: String,
    /// Over this unit and all below.
    admin_unit_id: Option<String>,
    /// Over this organization.
    organization_id: Option<String>,
}

impl From<RoleGrant> for cases::RoleGrant {
    fn from(grant: RoleGrant) -> Self {
        Self {
            role: grant.role,
            admin_unit_id: grant.admin_unit_id,
            organization_id: grant.organization_id,
        }
    }
}

/// An account to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserCreate {
    /// UUIDv7 made by the client.
    id: String,
    /// Name to sign in with.
    username: String,
    /// Name shown.
    display_name: String,
    /// First password; must be changed at the first sign-in.
    password: String,
    /// Organization.
    organization_id: Option<String>,
    /// Roles from the start.
    #[serde(default)]
    roles: Vec<RoleGrant>,
}

/// Makes an account.
#[utoipa::path(post, path = "/api/v1/users", tag = "users", request_body = UserCreate,
    responses((status = 201, body = User), (status = 403, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn user_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<UserCreate>,
) -> Result<(StatusCode, Json<User>), AppError> {
    let input = cases::UserCreate {
        id: input.id,
        username: input.username,
        display_name: input.display_name,
        password: input.password,
        must_change_password: true,
        organization_id: input.organization_id,
        grants: input.roles.into_iter().map(Into::into).collect(),
    };
    let user = cases::user_create(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, Json(User::of(&app, user).await?)))
}

/// One account that the caller manages, or the own.
#[utoipa::path(get, path = "/api/v1/users/{id}", tag = "users", params(("id" = String, Path)),
    responses((status = 200, body = User), (status = 404, body = ApiError)))]
pub async fn user_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<User>, AppError> {
    let user = cases::user_get(&app, &actor, &id).await?;
    Ok(Json(User::of(&app, user).await?))
}

/// Whether the account may sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserActive {
    /// May sign in.
    active: bool,
}

/// Lets an account sign in, or no longer.
#[utoipa::path(put, path = "/api/v1/users/{id}/active", tag = "users", request_body = UserActive,
    params(("id" = String, Path)),
    responses((status = 200, body = User), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn user_set_active(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<UserActive>,
) -> Result<Json<User>, AppError> {
    let user = cases::user_set_active(&app, &actor, &id, input.active).await?;
    Ok(Json(User::of(&app, user).await?))
}

/// Gives a role.
#[utoipa::path(post, path = "/api/v1/users/{id}/roles", tag = "users", request_body = RoleGrant,
    params(("id" = String, Path)),
    responses((status = 200, body = User), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 422, body = ApiError)))]
pub async fn role_grant(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<RoleGrant>,
) -> Result<Json<User>, AppError> {
    let user = cases::role_grant(&app, &actor, &id, input.into()).await?;
    Ok(Json(User::of(&app, user).await?))
}

/// Takes a role away.
#[utoipa::path(delete, path = "/api/v1/users/{id}/roles/{grant_id}", tag = "users",
    params(("id" = String, Path), ("grant_id" = String, Path)),
    responses((status = 200, body = User), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn role_end(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, grant_id)): Path<(String, String)>,
) -> Result<Json<User>, AppError> {
    let user = cases::role_end(&app, &actor, &id, &grant_id).await?;
    Ok(Json(User::of(&app, user).await?))
}

/// A role of the catalogue.
#[derive(Serialize, ToSchema)]
pub struct Role {
    /// Id.
    id: String,
    /// Vietnamese name.
    name_vi: String,
    /// English name.
    name_en: String,
}

/// The roles that there are.
#[derive(Serialize, ToSchema)]
pub struct RoleList {
    /// In the order of the catalogue.
    items: Vec<Role>,
}

/// Lists the roles that there are.
#[utoipa::path(get, path = "/api/v1/roles", tag = "users",
    responses((status = 200, body = RoleList), (status = 401, body = ApiError)))]
pub async fn role_list(State(app): State<Arc<App>>, SignedIn(_actor): SignedIn) -> Json<RoleList> {
    let items = app
        .catalog
        .roles
        .iter()
        .map(|role| Role {
            id: role.id.clone(),
            name_vi: role.name_vi.clone(),
            name_en: role.name_en.clone(),
        })
        .collect();
    Json(RoleList { items })
}
