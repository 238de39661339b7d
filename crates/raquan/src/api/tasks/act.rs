//! Acting on tasks: handing out, cascading, reporting, reviewing, urging.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Task, shape};
use crate::api::{ApiError, Body, Json, SignedIn};
use crate::app::{Actor, App, AppError, organizations, tasks as cases};

async fn answer(app: &App, actor: &Actor, id: &str) -> Result<Json<Task>, AppError> {
    let found = cases::task_get(app, actor, id).await?;
    let lead = found.line.row.lead_organization_id.clone();
    let names = organizations::organization_names(app, [lead]).await?;
    Ok(Json(shape(app, found.line, &names)))
}

/// A task to be handed out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskCreate {
    /// UUIDv7 made by the client.
    id: String,
    /// Campaign it belongs to.
    campaign_id: String,
    /// The task it is a part of.
    parent_id: Option<String>,
    /// `do`: reported and reviewed; `inform`: passed on and understood.
    kind: String,
    /// Id of a workstream of the plan.
    workstream: Option<String>,
    /// What is to be done, in one line.
    title: String,
    /// At length.
    #[serde(default)]
    description: String,
    /// Clause of a legal basis or of the plan.
    basis: String,
    /// The body that must do it.
    lead_organization_id: String,
    /// Bodies that help.
    #[serde(default)]
    coordinating_organization_ids: Vec<String>,
    /// First day.
    first_day: String,
    /// Last day.
    due_day: String,
    /// Evidence that is wanted.
    #[serde(default)]
    wanted_evidence: String,
    /// Indicator that counts its completion.
    indicator: Option<String>,
}

/// Hands out a task.
#[utoipa::path(post, path = "/api/v1/tasks", tag = "tasks", request_body = TaskCreate,
    responses((status = 201, body = Task), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<TaskCreate>,
) -> Result<(StatusCode, Json<Task>), AppError> {
    let input = cases::TaskCreate {
        id: input.id,
        campaign_id: input.campaign_id,
        parent_id: input.parent_id,
        kind: input.kind,
        workstream: input.workstream,
        title: input.title,
        description: input.description,
        basis: input.basis,
        lead_organization_id: input.lead_organization_id,
        coordinating_organization_ids: input.coordinating_organization_ids,
        first_day: input.first_day,
        due_day: input.due_day,
        wanted_evidence: input.wanted_evidence,
        indicator: input.indicator,
    };
    let row = cases::task_create(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, answer(&app, &actor, &row.id).await?))
}

/// How a task is passed down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskCascade {
    /// Id of the request, made by the client: the same again gives the same answer.
    id: String,
    /// Levels, the upper first.
    levels: Vec<CascadeLevel>,
    /// Goes on without the units at which there is no such organization.
    #[serde(default)]
    skip_missing: bool,
}

/// One level of a cascade.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CascadeLevel {
    /// `district` or `commune`.
    level: String,
    /// Kind of the organizations that get a task.
    #[serde(default = "peoples_committee")]
    organization_kind: String,
    /// Working days that the level's tasks are due before the tasks above.
    #[serde(default)]
    days_before: u16,
}

fn peoples_committee() -> String {
    "peoples_committee".to_owned()
}

/// What a cascade made.
#[derive(Serialize, ToSchema)]
pub struct TaskCascaded {
    /// Id of the request.
    id: String,
    /// The task passed down.
    task_id: String,
    /// Tasks made in all.
    created: usize,
    /// By level.
    levels: Vec<CascadeLevelDone>,
}

/// What a cascade made at one level.
#[derive(Serialize, ToSchema)]
pub struct CascadeLevelDone {
    /// `district` or `commune`.
    level: String,
    /// Last day of the tasks made.
    due_day: Option<String>,
    /// Tasks made.
    created: usize,
    /// Organizations that had one already.
    existing: usize,
    /// Names of the units at which there is no such organization.
    missing: Vec<String>,
}

/// Passes a task down to all bodies of a kind below its unit, in one transaction.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/cascade", tag = "tasks",
    request_body = TaskCascade, params(("id" = String, Path)),
    responses((status = 201, body = TaskCascaded), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_cascade(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskCascade>,
) -> Result<(StatusCode, Json<TaskCascaded>), AppError> {
    let level = |level: CascadeLevel| cases::CascadeLevel {
        level: level.level,
        organization_kind: level.organization_kind,
        days_before: level.days_before,
    };
    let input = cases::TaskCascade {
        id: input.id,
        levels: input.levels.into_iter().map(level).collect(),
        skip_missing: input.skip_missing,
    };
    let done = cases::task_cascade(&app, &actor, &id, input).await?;
    let level = |level: cases::CascadeLevelDone| CascadeLevelDone {
        level: level.level,
        due_day: level.due_day,
        created: level.created,
        existing: level.existing,
        missing: level.missing,
    };
    let shape = TaskCascaded {
        id: done.id,
        task_id: done.task_id,
        created: done.created,
        levels: done.levels.into_iter().map(level).collect(),
    };
    Ok((StatusCode::CREATED, Json(shape)))
}

/// What a report on a task says.
#[derive(Deserialize, ToSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct TaskAct {
    /// UUIDv7 of the event, made by the client: the same again does nothing.
    id: Option<String>,
    /// Note, reason, or the wording “đã phổ biến, quán triệt”.
    #[serde(default)]
    note: String,
    /// Day it counts for; today when not given.
    day: Option<String>,
}

impl From<TaskAct> for cases::TaskAct {
    fn from(act: TaskAct) -> Self {
        Self {
            id: act.id,
            note: act.note,
            day: act.day,
        }
    }
}

/// Acknowledges a task; one of the kind `inform` is done with it.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/acknowledge", tag = "tasks",
    request_body = TaskAct, params(("id" = String, Path)),
    responses((status = 200, body = Task), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_acknowledge(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskAct>,
) -> Result<Json<Task>, AppError> {
    cases::task_acknowledge(&app, &actor, &id, input.into()).await?;
    answer(&app, &actor, &id).await
}

/// How far a task is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskProgress {
    /// 0 to 100.
    percent: i64,
    /// UUIDv7 of the event, made by the client: the same again does nothing.
    id: Option<String>,
    /// Note.
    #[serde(default)]
    note: String,
    /// Day it counts for; today when not given.
    day: Option<String>,
}

/// Reports how far a task is.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/progress", tag = "tasks",
    request_body = TaskProgress, params(("id" = String, Path)),
    responses((status = 200, body = Task), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_progress_report(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskProgress>,
) -> Result<Json<Task>, AppError> {
    let act = cases::TaskAct {
        id: input.id,
        note: input.note,
        day: input.day,
    };
    cases::task_progress_report(&app, &actor, &id, input.percent, act).await?;
    answer(&app, &actor, &id).await
}

/// Reports a task as finished; it waits for review then.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/submit", tag = "tasks",
    request_body = TaskAct, params(("id" = String, Path)),
    responses((status = 200, body = Task), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_submit(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskAct>,
) -> Result<Json<Task>, AppError> {
    cases::task_submit(&app, &actor, &id, input.into()).await?;
    answer(&app, &actor, &id).await
}

/// What the reviewer decides.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskReview {
    /// `accepted` or `returned`.
    outcome: ReviewOutcome,
    /// UUIDv7 of the event, made by the client: the same again does nothing.
    id: Option<String>,
    /// Note; the reason when the work is returned.
    #[serde(default)]
    note: String,
    /// Day it counts for; today when not given.
    day: Option<String>,
}

/// What the reviewer decides.
#[derive(Deserialize, ToSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// Done.
    Accepted,
    /// To be done again, for a reason.
    Returned,
}

/// Accepts work or returns it with a reason.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/review", tag = "tasks",
    request_body = TaskReview, params(("id" = String, Path)),
    responses((status = 200, body = Task), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_review(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskReview>,
) -> Result<Json<Task>, AppError> {
    let input = cases::TaskReview {
        accept: input.outcome == ReviewOutcome::Accepted,
        act: cases::TaskAct {
            id: input.id,
            note: input.note,
            day: input.day,
        },
    };
    cases::task_review(&app, &actor, &id, input).await?;
    answer(&app, &actor, &id).await
}

/// What is urged.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskUrge {
    /// Also everything below that is open.
    #[serde(default)]
    below: bool,
    /// What to say.
    #[serde(default)]
    note: String,
}

/// How many tasks were touched.
#[derive(Serialize, ToSchema)]
pub struct TasksTouched {
    /// Number of tasks.
    tasks: usize,
}

/// Urges a task (đôn đốc), and those below it when asked.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/urge", tag = "tasks",
    request_body = TaskUrge, params(("id" = String, Path)),
    responses((status = 200, body = TasksTouched), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError)))]
pub async fn task_urge(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskUrge>,
) -> Result<Json<TasksTouched>, AppError> {
    let act = cases::TaskAct {
        note: input.note,
        ..cases::TaskAct::default()
    };
    let input = cases::TaskUrge {
        below: input.below,
        act,
    };
    let tasks = cases::task_urge(&app, &actor, &id, input).await?;
    Ok(Json(TasksTouched { tasks }))
}

/// To whom a task goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskHandOver {
    /// Another organization.
    to_organization_id: Option<String>,
    /// Another person.
    to_user_id: Option<String>,
    /// Note.
    #[serde(default)]
    note: String,
}

/// Hands a task over (bàn giao) to another organization or person.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/hand_over", tag = "tasks",
    request_body = TaskHandOver, params(("id" = String, Path)),
    responses((status = 200, body = TaskState), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_hand_over(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskHandOver>,
) -> Result<Json<TaskState>, AppError> {
    let input = cases::TaskHandOver {
        to_organization_id: input.to_organization_id,
        to_user_id: input.to_user_id,
        act: cases::TaskAct {
            note: input.note,
            ..cases::TaskAct::default()
        },
    };
    let row = cases::task_hand_over(&app, &actor, &id, input).await?;
    Ok(Json(TaskState {
        id: row.id,
        state: row.state,
        lead_organization_id: row.lead_organization_id,
    }))
}

/// Where a task stands; who handed it over may not see more of it.
#[derive(Serialize, ToSchema)]
pub struct TaskState {
    /// Id.
    id: String,
    /// State.
    state: String,
    /// The body that must do it.
    lead_organization_id: String,
}

/// Takes a task back with everything below that is not done.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/cancel", tag = "tasks",
    request_body = TaskAct, params(("id" = String, Path)),
    responses((status = 200, body = TasksTouched), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_cancel(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskAct>,
) -> Result<Json<TasksTouched>, AppError> {
    let tasks = cases::task_cancel(&app, &actor, &id, input.into()).await?;
    Ok(Json(TasksTouched { tasks }))
}

/// Opens a task again that was done or taken back.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/reopen", tag = "tasks",
    request_body = TaskAct, params(("id" = String, Path)),
    responses((status = 200, body = Task), (status = 403, body = ApiError),
        (status = 404, body = ApiError), (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_reopen(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<TaskAct>,
) -> Result<Json<Task>, AppError> {
    cases::task_reopen(&app, &actor, &id, input.into()).await?;
    answer(&app, &actor, &id).await
}
