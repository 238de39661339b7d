//! Signing in and out, the own account, tokens for programs.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ApiError, Body, COOKIE, Caller, Json, SignedIn};
use crate::app::{Action, Actor, App, AppError, sessions as cases, users};

/// Whether the server answers.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    status: &'static str,
    /// Version of the program.
    version: &'static str,
    /// SQLite or PostgreSQL.
    database: &'static str,
}

/// Says that the server is there.
#[utoipa::path(get, path = "/api/v1/health", tag = "session", security(()),
    responses((status = 200, body = Health)))]
pub async fn health(State(app): State<Arc<App>>) -> Json<Health> {
    Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        database: app.db.engine(),
    })
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionCreate {
    /// Name to sign in with.
    username: String,
    /// Password.
    password: String,
}

/// Signs in; the session's secret is set as a cookie that scripts cannot read.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "session", security(()),
    request_body = SessionCreate,
    responses((status = 201, body = Me), (status = 401, body = ApiError), (status = 429, body = ApiError)))]
pub async fn session_create(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Body(input): Body<SessionCreate>,
) -> Result<impl IntoResponse, AppError> {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let signed_in = cases::session_create(&app, &input.username, input.password, agent).await?;
    let cookie = cookie(&app, &signed_in.secret, signed_in.max_age_seconds);
    let me = me(&app, &signed_in.actor).await?;
    Ok((
        StatusCode::CREATED,
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        Json(me),
    ))
}

fn cookie(app: &App, secret: &str, max_age_seconds: i64) -> String {
    let secure = if app.config.secure_cookies {
        "; Secure"
    } else {
        ""
    };
    format!(
        "{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_seconds}{secure}"
    )
}

/// A session of the own account.
#[derive(Serialize, ToSchema)]
pub struct Session {
    /// Id.
    id: String,
    /// Instant of sign-in.
    created_at: String,
    /// Ends at this instant.
    expires_at: String,
    /// Browser.
    user_agent: String,
    /// Whether it is the one that asks.
    current: bool,
}

/// The sessions of the own account.
#[derive(Serialize, ToSchema)]
pub struct SessionList {
    /// Newest first.
    items: Vec<Session>,
}

/// Lists the sessions of the own account.
#[utoipa::path(get, path = "/api/v1/sessions/mine", tag = "session",
    responses((status = 200, body = SessionList), (status = 401, body = ApiError)))]
pub async fn session_list(
    State(app): State<Arc<App>>,
    Caller(actor): Caller,
) -> Result<Json<SessionList>, AppError> {
    let items = cases::session_list(&app, &actor).await?;
    let items = items
        .into_iter()
        .map(|row| Session {
            current: actor.session_id.as_ref() == Some(&row.id),
            id: row.id,
            created_at: row.created_at,
            expires_at: row.expires_at,
            user_agent: row.user_agent,
        })
        .collect();
    Ok(Json(SessionList { items }))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "session",
    responses((status = 204), (status = 401, body = ApiError)))]
pub async fn session_end_current(
    State(app): State<Arc<App>>,
    Caller(actor): Caller,
) -> Result<impl IntoResponse, AppError> {
    if let Some(id) = actor.session_id.clone() {
        cases::session_end(&app, &actor, &id).await?;
    }
    Ok((
        StatusCode::NO_CONTENT,
        AppendHeaders([(header::SET_COOKIE, cookie(&app, "", 0))]),
    ))
}

/// Ends one of the own sessions.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "session",
    params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = ApiError), (status = 404, body = ApiError)))]
pub async fn session_end(
    State(app): State<Arc<App>>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, AppError> {
    cases::session_end(&app, &actor, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in, and what they may do somewhere.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// Account.
    id: String,
    /// Name to sign in with.
    username: String,
    /// Name shown.
    display_name: String,
    /// Organization of the account.
    organization_id: Option<String>,
    /// Name of the organization.
    organization_name: Option<String>,
    /// Whether the password must be changed before anything else.
    must_change_password: bool,
    /// Roles held, with the names of units.
    roles: Vec<MyRole>,
    /// Actions that are allowed at least somewhere.
    actions: Vec<&'static str>,
}

/// A role held.
#[derive(Serialize, ToSchema)]
pub struct MyRole {
    /// Role.
    role: String,
    /// Vietnamese name.
    name_vi: String,
    /// English name.
    name_en: String,
    /// Over this unit.
    admin_unit_id: Option<String>,
    /// Its name.
    admin_unit_name: Option<String>,
    /// Over this organization.
    organization_id: Option<String>,
}

async fn me(app: &App, actor: &Actor) -> Result<Me, AppError> {
    let id = actor
        .user_id
        .as_deref()
        .ok_or(AppError::NotFound { entity: "user" })?;
    let user = users::user_get(app, actor, id).await?;
    let organization = match &user.row.organization_id {
        Some(id) => store::organizations::organization_get(app.db.read(), id).await?,
        None => None,
    };
    let roles = user
        .grants
        .into_iter()
        .filter_map(|grant| {
            let role = app
                .catalog
                .roles
                .iter()
                .find(|role| role.id == grant.role)?;
            let unit = grant
                .admin_unit_id
                .as_deref()
                .and_then(|id| app.units.get(id));
            Some(MyRole {
                role: grant.role,
                name_vi: role.name_vi.clone(),
                name_en: role.name_en.clone(),
                admin_unit_name: unit.map(|unit| {
                    app.units
                        .nearest(unit, app.clock.today())
                        .full_name
                        .to_string()
                }),
                admin_unit_id: grant.admin_unit_id,
                organization_id: grant.organization_id,
            })
        })
        .collect();
    Ok(Me {
        id: user.row.id,
        username: user.row.username,
        display_name: user.row.display_name,
        organization_id: user.row.organization_id,
        organization_name: organization.map(|row| row.name),
        must_change_password: user.row.must_change_password,
        roles,
        actions: Action::ALL
            .iter()
            .filter(|action| actor.may_somewhere(**action))
            .map(|action| action.name())
            .collect(),
    })
}

/// Says who is signed in.
#[utoipa::path(get, path = "/api/v1/me", tag = "session",
    responses((status = 200, body = Me), (status = 401, body = ApiError)))]
pub async fn me_get(
    State(app): State<Arc<App>>,
    Caller(actor): Caller,
) -> Result<Json<Me>, AppError> {
    Ok(Json(me(&app, &actor).await?))
}

/// Who is signed in, if anybody is.
#[derive(Serialize, ToSchema)]
pub struct CurrentSession {
    /// None when nobody is signed in, or the session has ended.
    me: Option<Me>,
}

/// Says who is signed in, or that nobody is; so that a page may ask without being refused.
#[utoipa::path(get, path = "/api/v1/sessions/current", tag = "session", security(()),
    responses((status = 200, body = CurrentSession)))]
pub async fn session_get_current(
    State(app): State<Arc<App>>,
    caller: Result<Caller, AppError>,
) -> Result<Json<CurrentSession>, AppError> {
    let me = match caller {
        Ok(Caller(actor)) => Some(me(&app, &actor).await?),
        Err(AppError::Unauthenticated { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(Json(CurrentSession { me }))
}

/// The old and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// Password in use.
    current_password: String,
    /// New password, at least 10 characters.
    new_password: String,
}

/// Changes the own password and ends the other sessions.
#[utoipa::path(post, path = "/api/v1/me/password", tag = "session", request_body = PasswordChange,
    responses((status = 204), (status = 401, body = ApiError), (status = 422, body = ApiError)))]
pub async fn password_change(
    State(app): State<Arc<App>>,
    Caller(actor): Caller,
    Body(input): Body<PasswordChange>,
) -> Result<StatusCode, AppError> {
    cases::password_change(&app, &actor, input.current_password, input.new_password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A token of the own account, without its secret.
#[derive(Serialize, ToSchema)]
pub struct ApiToken {
    /// Id.
    id: String,
    /// What it is for.
    name: String,
    /// JSON list of `read`, `write`.
    scopes: String,
    /// Instant of creation.
    created_at: String,
    /// Ends at this instant.
    expires_at: String,
}

/// The tokens of the own account.
#[derive(Serialize, ToSchema)]
pub struct ApiTokenList {
    /// Newest first.
    items: Vec<ApiToken>,
}

/// A new token with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
pub struct ApiTokenCreated {
    /// Id.
    id: String,
    /// The secret.
    secret: String,
    /// Ends at this instant.
    expires_at: String,
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiTokenCreate {
    /// What it is for.
    name: String,
    /// Whether it may write.
    #[serde(default)]
    may_write: bool,
    /// Days it lasts, 1 to 366.
    days: i64,
}

/// Lists the tokens of the own account.
#[utoipa::path(get, path = "/api/v1/api_tokens", tag = "session",
    responses((status = 200, body = ApiTokenList), (status = 401, body = ApiError)))]
pub async fn api_token_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
) -> Result<Json<ApiTokenList>, AppError> {
    let items = cases::api_token_list(&app, &actor)
        .await?
        .into_iter()
        .map(|row| ApiToken {
            id: row.id,
            name: row.name,
            scopes: row.scopes,
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
        .collect();
    Ok(Json(ApiTokenList { items }))
}

/// Makes a token for a program.
#[utoipa::path(post, path = "/api/v1/api_tokens", tag = "session", request_body = ApiTokenCreate,
    responses((status = 201, body = ApiTokenCreated), (status = 422, body = ApiError)))]
pub async fn api_token_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<ApiTokenCreate>,
) -> Result<(StatusCode, Json<ApiTokenCreated>), AppError> {
    let input = cases::ApiTokenCreate {
        name: input.name,
        may_write: input.may_write,
        days: input.days,
    };
    let (row, secret) = cases::api_token_create(&app, &actor, input).await?;
    let made = ApiTokenCreated {
        id: row.id,
        secret,
        expires_at: row.expires_at,
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Ends a token.
#[utoipa::path(delete, path = "/api/v1/api_tokens/{id}", tag = "session",
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = ApiError)))]
pub async fn api_token_end(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, AppError> {
    cases::api_token_end(&app, &actor, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
