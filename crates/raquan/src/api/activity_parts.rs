//! Sites, checklists, script, resources, teams and roster of an activity.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use store::sites::{ReadinessItemRow, ScriptLineRow, SiteRow};
use store::teams::{ResourceRow, RosterPlaceRow, TeamRow};
use utoipa::{IntoParams, ToSchema};

use super::records::unit_name;
use super::{ApiError, Body, Json, Params, SignedIn};
use crate::app::{App, AppError, activities as cases};

/// A place of an activity.
#[derive(Serialize, ToSchema)]
pub struct Site {
    /// Its id, made by the client.
    id: String,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Name.
    name: String,
    /// Place, in words.
    place: String,
    /// When it starts, local time.
    starts_at: String,
    /// The organization that does or reports it.
    organization_id: Option<String>,
}

impl Site {
    fn new(app: &App, row: SiteRow) -> Self {
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            admin_unit_id: row.admin_unit_id,
            name: row.name,
            place: row.place,
            starts_at: row.starts_at,
            organization_id: row.organization_id,
        }
    }
}

/// A line of a site's checklist.
#[derive(Serialize, ToSchema)]
pub struct ReadinessItem {
    /// Its id, made by the client.
    id: String,
    /// The site.
    site_id: String,
    /// Title.
    title: String,
    /// The organization that does or reports it.
    organization_id: String,
    /// To be done by then, local time.
    due_at: String,
    /// Done then, local time.
    done_at: Option<String>,
    /// Who did it.
    done_by: Option<String>,
    /// Anything else worth knowing.
    note: String,
    /// 1, 2, …: a correction is a new version.
    version: i64,
}

impl ReadinessItem {
    fn new(row: ReadinessItemRow) -> Self {
        Self {
            id: row.id,
            site_id: row.site_id,
            title: row.title,
            organization_id: row.organization_id,
            due_at: row.due_at,
            done_at: row.done_at,
            done_by: row.done_by,
            note: row.note,
            version: row.version,
        }
    }
}

/// A line of the script.
#[derive(Serialize, ToSchema)]
pub struct ScriptLine {
    /// Its id, made by the client.
    id: String,
    /// When it starts, local time.
    starts_at: String,
    /// When it ends, local time.
    ends_at: Option<String>,
    /// What happens.
    what: String,
    /// Who does it.
    who: String,
    /// The organization that does or reports it.
    organization_id: Option<String>,
}

impl ScriptLine {
    fn new(row: ScriptLineRow) -> Self {
        Self {
            id: row.id,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            what: row.what,
            who: row.who,
            organization_id: row.organization_id,
        }
    }
}

/// Vehicles and things used.
#[derive(Serialize, ToSchema)]
pub struct Resource {
    /// Its id, made by the client.
    id: String,
    /// The site.
    site_id: Option<String>,
    /// Its kind.
    kind: String,
    /// How many.
    quantity: i64,
    /// The organization that does or reports it.
    organization_id: Option<String>,
    /// Anything else worth knowing.
    note: String,
}

impl Resource {
    fn new(row: ResourceRow) -> Self {
        Self {
            id: row.id,
            site_id: row.site_id,
            kind: row.kind,
            quantity: row.quantity,
            organization_id: row.organization_id,
            note: row.note,
        }
    }
}

/// Counsellors together.
#[derive(Serialize, ToSchema)]
pub struct Team {
    /// Its id, made by the client.
    id: String,
    /// The site.
    site_id: Option<String>,
    /// Name.
    name: String,
    /// The organization that does or reports it.
    organization_id: Option<String>,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// How many people.
    member_count: i64,
}

impl Team {
    fn new(app: &App, row: TeamRow) -> Self {
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            site_id: row.site_id,
            name: row.name,
            organization_id: row.organization_id,
            admin_unit_id: row.admin_unit_id,
            member_count: row.member_count,
        }
    }
}

/// Which team is at which place when.
#[derive(Serialize, ToSchema)]
pub struct RosterPlace {
    /// Its id, made by the client.
    id: String,
    /// The team.
    team_id: String,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Place, in words.
    place: String,
    /// Local day.
    day: String,
    /// When it starts, local time.
    starts_at: Option<String>,
    /// When it ends, local time.
    ends_at: Option<String>,
}

impl RosterPlace {
    fn new(app: &App, row: RosterPlaceRow) -> Self {
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            team_id: row.team_id,
            admin_unit_id: row.admin_unit_id,
            place: row.place,
            day: row.day,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }
}

/// An organization that appears among the parts.
#[derive(Serialize, ToSchema)]
pub struct PartBody {
    /// Id.
    id: String,
    /// Name.
    name: String,
}

/// The parts of an activity.
#[derive(Serialize, ToSchema)]
pub struct ActivityParts {
    /// Places.
    sites: Vec<Site>,
    /// Checklists.
    readiness: Vec<ReadinessItem>,
    /// Script, by time.
    script: Vec<ScriptLine>,
    /// Vehicles and things.
    resources: Vec<Resource>,
    /// Teams.
    teams: Vec<Team>,
    /// Roster.
    roster: Vec<RosterPlace>,
    /// Organizations that appear above.
    organizations: Vec<PartBody>,
}

/// Sites, checklists, script, resources, teams and roster of an activity.
#[utoipa::path(get, path = "/api/v1/activities/{id}/parts", tag = "activities",
    params(("id" = String, Path)),
    responses((status = 200, body = ActivityParts), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn activity_parts(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<ActivityParts>, AppError> {
    let parts = cases::activity_parts(&app, &actor, &id).await?;
    Ok(Json(ActivityParts {
        sites: parts
            .sites
            .into_iter()
            .map(|row| Site::new(&app, row))
            .collect(),
        readiness: parts
            .readiness
            .into_iter()
            .map(ReadinessItem::new)
            .collect(),
        script: parts.script.into_iter().map(ScriptLine::new).collect(),
        resources: parts.resources.into_iter().map(Resource::new).collect(),
        teams: parts
            .teams
            .into_iter()
            .map(|row| Team::new(&app, row))
            .collect(),
        roster: parts
            .roster
            .into_iter()
            .map(|row| RosterPlace::new(&app, row))
            .collect(),
        organizations: parts
            .organization_names
            .into_iter()
            .map(|(id, name)| PartBody { id, name })
            .collect(),
    }))
}

/// The whole list, anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivitySitesSet {
    /// Its lines.
    items: Vec<cases::SiteInput>,
}

/// Replaces the sites of an activity.
#[utoipa::path(put, path = "/api/v1/activities/{id}/sites", tag = "activities",
    request_body = ActivitySitesSet,
    params(("id" = String, Path)),
    responses((status = 200, body = ActivityParts), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_sites_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ActivitySitesSet>,
) -> Result<Json<ActivityParts>, AppError> {
    cases::activity_sites_set(&app, &actor, &id, input.items).await?;
    activity_parts(State(app), SignedIn(actor), Path(id)).await
}

/// The whole list, anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityReadinessSet {
    /// Its lines.
    items: Vec<cases::ReadinessItemInput>,
}

/// Replaces the checklists; what was done stays done of an activity.
#[utoipa::path(put, path = "/api/v1/activities/{id}/readiness", tag = "activities",
    request_body = ActivityReadinessSet,
    params(("id" = String, Path)),
    responses((status = 200, body = ActivityParts), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_readiness_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ActivityReadinessSet>,
) -> Result<Json<ActivityParts>, AppError> {
    cases::activity_readiness_set(&app, &actor, &id, input.items).await?;
    activity_parts(State(app), SignedIn(actor), Path(id)).await
}

/// The whole list, anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityScriptSet {
    /// Its lines.
    items: Vec<cases::ScriptLineInput>,
}

/// Replaces the script of an activity.
#[utoipa::path(put, path = "/api/v1/activities/{id}/script", tag = "activities",
    request_body = ActivityScriptSet,
    params(("id" = String, Path)),
    responses((status = 200, body = ActivityParts), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_script_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ActivityScriptSet>,
) -> Result<Json<ActivityParts>, AppError> {
    cases::activity_script_set(&app, &actor, &id, input.items).await?;
    activity_parts(State(app), SignedIn(actor), Path(id)).await
}

/// The whole list, anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityResourcesSet {
    /// Its lines.
    items: Vec<cases::ResourceInput>,
}

/// Replaces the resources of an activity.
#[utoipa::path(put, path = "/api/v1/activities/{id}/resources", tag = "activities",
    request_body = ActivityResourcesSet,
    params(("id" = String, Path)),
    responses((status = 200, body = ActivityParts), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_resources_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ActivityResourcesSet>,
) -> Result<Json<ActivityParts>, AppError> {
    cases::activity_resources_set(&app, &actor, &id, input.items).await?;
    activity_parts(State(app), SignedIn(actor), Path(id)).await
}

/// The whole list, anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityTeamsSet {
    /// Its lines.
    items: Vec<cases::TeamInput>,
}

/// Replaces the teams of an activity.
#[utoipa::path(put, path = "/api/v1/activities/{id}/teams", tag = "activities",
    request_body = ActivityTeamsSet,
    params(("id" = String, Path)),
    responses((status = 200, body = ActivityParts), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_teams_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ActivityTeamsSet>,
) -> Result<Json<ActivityParts>, AppError> {
    cases::activity_teams_set(&app, &actor, &id, input.items).await?;
    activity_parts(State(app), SignedIn(actor), Path(id)).await
}

/// The whole list, anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityRosterSet {
    /// Its lines.
    items: Vec<cases::RosterPlaceInput>,
}

/// Replaces the roster of an activity.
#[utoipa::path(put, path = "/api/v1/activities/{id}/roster", tag = "activities",
    request_body = ActivityRosterSet,
    params(("id" = String, Path)),
    responses((status = 200, body = ActivityParts), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_roster_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<ActivityRosterSet>,
) -> Result<Json<ActivityParts>, AppError> {
    cases::activity_roster_set(&app, &actor, &id, input.items).await?;
    activity_parts(State(app), SignedIn(actor), Path(id)).await
}

/// What is missing at a site.
#[derive(Serialize, ToSchema)]
pub struct GateItem {
    /// The line.
    item: ReadinessItem,
    /// Who answers for it.
    organization_name: String,
    /// Its deadline, or the gate's, has passed.
    blocking: bool,
}

/// A site at the gate.
#[derive(Serialize, ToSchema)]
pub struct GateSite {
    /// The site.
    site: Site,
    /// How many lines its checklist has.
    items: usize,
    /// How many were done.
    done: usize,
    /// `ready`, `open` or `blocked`.
    state: String,
    /// What was missing, blocking first.
    missing: Vec<GateItem>,
}

/// The readiness gate of an activity at an instant.
#[derive(Serialize, ToSchema)]
pub struct ReadinessGate {
    /// The instant, local.
    at: String,
    /// From then on every missing line blocks.
    closes_at: Option<String>,
    /// How many sites are ready.
    ready: usize,
    /// How many lines are missing.
    missing: usize,
    /// Every site.
    sites: Vec<GateSite>,
}

/// When the gate is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GateParams {
    /// Local, `2022-05-07T18:00`; now when not given.
    at: Option<String>,
}

/// What was missing at which site at an instant.
#[utoipa::path(get, path = "/api/v1/activities/{id}/readiness_gate", tag = "activities",
    params(("id" = String, Path), GateParams),
    responses((status = 200, body = ReadinessGate), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn readiness_gate(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<GateParams>,
) -> Result<Json<ReadinessGate>, AppError> {
    let gate = cases::readiness_gate(&app, &actor, &id, params.at.as_deref()).await?;
    let shown = |instant: jiff::civil::DateTime| instant.strftime("%Y-%m-%dT%H:%M").to_string();
    let missing = gate.sites.iter().map(|site| site.missing.len()).sum();
    let ready = gate
        .sites
        .iter()
        .filter(|site| site.missing.is_empty())
        .count();
    let sites = gate
        .sites
        .into_iter()
        .map(|site| GateSite {
            state: if site.missing.is_empty() {
                "ready"
            } else if site.missing.iter().any(|item| item.blocking) {
                "blocked"
            } else {
                "open"
            }
            .to_owned(),
            site: Site::new(&app, site.site),
            items: site.items,
            done: site.done,
            missing: site
                .missing
                .into_iter()
                .map(|item| GateItem {
                    item: ReadinessItem::new(item.row),
                    organization_name: item.organization_name,
                    blocking: item.blocking,
                })
                .collect(),
        })
        .collect();
    Ok(Json(ReadinessGate {
        at: shown(gate.at),
        closes_at: gate.closes_at.map(shown),
        ready,
        missing,
        sites,
    }))
}

/// Ticks a line of a checklist off, or opens it again.
#[utoipa::path(post, path = "/api/v1/activities/{id}/readiness_items/{item_id}/done", tag = "activities",
    request_body = cases::ReadinessDone,
    params(("id" = String, Path), ("item_id" = String, Path)),
    responses((status = 200, body = ReadinessItem), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn readiness_item_done(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path((id, item_id)): Path<(String, String)>,
    Body(input): Body<cases::ReadinessDone>,
) -> Result<Json<ReadinessItem>, AppError> {
    let row = cases::readiness_item_done(&app, &actor, &id, &item_id, input).await?;
    Ok(Json(ReadinessItem::new(row)))
}
