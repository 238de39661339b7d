//! Reading tasks: lists, one with its events, its tree, how it stood on a day.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::extract::{Path, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::tasks::TaskOrder;
use utoipa::{IntoParams, ToSchema};

use super::{Task, TaskList, TaskRisk, TaskStanding, names_of, shape, state_name, unit_name};
use crate::api::{ApiError, Json, Page, PageParams, Params, SignedIn};
use crate::app::{App, AppError, Fault, organizations, tasks as cases, users};

/// Which tasks are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaskParams {
    /// Campaign.
    campaign_id: Option<String>,
    /// At this unit and all below it.
    admin_unit_id: Option<String>,
    /// Led or coordinated by this organization.
    organization_id: Option<String>,
    /// States, separated by commas.
    state: Option<String>,
    /// Made from this task.
    parent_id: Option<String>,
    /// Only those at the top of a cascade.
    #[serde(default)]
    top: bool,
    /// Only open ones whose last day has passed.
    #[serde(default)]
    late: bool,
    /// Part of the title, with or without accents.
    q: Option<String>,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// Lists tasks, due first.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "tasks", params(TaskParams),
    responses((status = 200, body = TaskList), (status = 401, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<TaskParams>,
) -> Result<Json<TaskList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let states = params.state.unwrap_or_default();
    let query = cases::TaskQuery {
        campaign_id: params.campaign_id,
        admin_unit_id: params.admin_unit_id,
        organization_id: params.organization_id,
        states: states
            .split(',')
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect(),
        parent_id: params.parent_id,
        top_only: params.top,
        late: params.late,
        text: params.q,
    };
    let lines = cases::task_list(&app, &actor, query, &page.page()?).await?;
    let (lines, next_page) = page.cut(lines, |line| TaskOrder::Due.key(&line.row));
    let names = names_of(&app, &lines).await?;
    let items = lines
        .into_iter()
        .map(|line| shape(&app, line, &names))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// Which of the caller's tasks are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MyTaskParams {
    /// Only open ones.
    #[serde(default)]
    open: bool,
    /// `next_page` of the answer before.
    page: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<i64>,
}

/// What the caller's organizations lead or coordinate: open ones first, then due first.
#[utoipa::path(get, path = "/api/v1/my_tasks", tag = "tasks", params(MyTaskParams),
    responses((status = 200, body = TaskList), (status = 401, body = ApiError)))]
pub async fn my_tasks(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<MyTaskParams>,
) -> Result<Json<TaskList>, AppError> {
    let page = PageParams {
        page: params.page,
        limit: params.limit,
    };
    let lines = cases::my_tasks(&app, &actor, params.open, &page.page()?).await?;
    let (lines, next_page) = page.cut(lines, |line| TaskOrder::OpenFirst.key(&line.row));
    let names = names_of(&app, &lines).await?;
    let items = lines
        .into_iter()
        .map(|line| shape(&app, line, &names))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// A task with everything that is shown of it.
#[derive(Serialize, ToSchema)]
pub struct TaskDetail {
    /// The task.
    #[serde(flatten)]
    task: Task,
    /// Bodies that help.
    coordinating: Vec<TaskOrganization>,
    /// What happened, oldest first.
    events: Vec<TaskEvent>,
    /// What the caller may do now: kinds of events.
    allowed: Vec<String>,
}

/// An organization of a task.
#[derive(Serialize, ToSchema)]
pub struct TaskOrganization {
    /// Id.
    id: String,
    /// Name.
    name: String,
}

/// What happened to a task.
#[derive(Serialize, ToSchema)]
pub struct TaskEvent {
    /// Rising within the task.
    number: i64,
    /// Kind.
    kind: String,
    /// Instant.
    at: String,
    /// Day it counts for.
    day: String,
    /// State after it.
    state: String,
    /// Own progress after it.
    progress: i64,
    /// Note, reason or wording.
    note: String,
    /// Account of who did it; none for the program itself.
    actor_id: Option<String>,
    /// Name of who did it.
    actor_name: Option<String>,
    /// On behalf of which organization.
    organization_id: Option<String>,
    /// Its name.
    organization_name: Option<String>,
    /// To which organization it was handed over.
    to_organization_id: Option<String>,
    /// Its name.
    to_organization_name: Option<String>,
    /// To whom it was handed over.
    to_user_id: Option<String>,
    /// Name of whom it was handed over to.
    to_user_name: Option<String>,
}

/// One task.
#[utoipa::path(get, path = "/api/v1/tasks/{id}", tag = "tasks", params(("id" = String, Path)),
    responses((status = 200, body = TaskDetail), (status = 404, body = ApiError)))]
pub async fn task_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<TaskDetail>, AppError> {
    let found = cases::task_get(&app, &actor, &id).await?;
    let mut ids = found.coordinating.clone();
    ids.push(found.line.row.lead_organization_id.clone());
    let mut people: Vec<String> = Vec::new();
    for event in &found.events {
        ids.extend(event.organization_id.clone());
        ids.extend(event.to_organization_id.clone());
        people.extend(event.actor_id.clone());
        people.extend(event.to_user_id.clone());
    }
    let names = organizations::organization_names(&app, ids).await?;
    let people = users::user_names(&app, people).await?;
    let name = |of: &HashMap<String, String>, id: &Option<String>| {
        id.as_ref().and_then(|id| of.get(id)).cloned()
    };
    let coordinating = found
        .coordinating
        .into_iter()
        .map(|id| TaskOrganization {
            name: names.get(&id).cloned().unwrap_or_default(),
            id,
        })
        .collect();
    let events = found
        .events
        .into_iter()
        .map(|event| TaskEvent {
            number: event.number,
            kind: event.kind,
            at: event.at,
            day: event.day,
            state: event.state,
            progress: event.progress,
            note: event.note,
            actor_name: name(&people, &event.actor_id),
            actor_id: event.actor_id,
            organization_name: name(&names, &event.organization_id),
            organization_id: event.organization_id,
            to_organization_name: name(&names, &event.to_organization_id),
            to_user_name: name(&people, &event.to_user_id),
            to_organization_id: event.to_organization_id,
            to_user_id: event.to_user_id,
        })
        .collect();
    let allowed = found
        .allowed
        .into_iter()
        .map(|event| event.as_str().to_owned())
        .collect();
    let task = shape(&app, found.line, &names);
    Ok(Json(TaskDetail {
        task,
        coordinating,
        events,
        allowed,
    }))
}

/// A task of a tree.
#[derive(Serialize, ToSchema)]
pub struct TaskNode {
    /// Id.
    id: String,
    /// The task it was made from.
    parent_id: Option<String>,
    /// 0 at the top of the cascade.
    depth: i64,
    /// What is to be done.
    title: String,
    /// The body that must do it.
    lead_organization_id: String,
    /// Its name.
    lead_organization_name: String,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Last day.
    due_day: String,
    /// State.
    state: String,
    /// How it stands with all below.
    standing: TaskStanding,
}

/// A task and all below it.
#[derive(Serialize, ToSchema)]
pub struct TaskTree {
    /// The upper first.
    items: Vec<TaskNode>,
}

/// A task and all below it as they stand today.
#[utoipa::path(get, path = "/api/v1/tasks/{id}/tree", tag = "tasks", params(("id" = String, Path)),
    responses((status = 200, body = TaskTree), (status = 404, body = ApiError)))]
pub async fn task_tree(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<TaskTree>, AppError> {
    let found = cases::task_tree(&app, &actor, &id).await?;
    let ids = found
        .iter()
        .map(|(row, _)| row.lead_organization_id.clone());
    let names = organizations::organization_names(&app, ids).await?;
    let items = found
        .into_iter()
        .map(|(row, standing)| TaskNode {
            lead_organization_name: names
                .get(&row.lead_organization_id)
                .cloned()
                .unwrap_or_default(),
            admin_unit_name: unit_name(&app, &row.admin_unit_id, &row.first_day),
            id: row.id,
            parent_id: row.parent_id,
            depth: row.depth,
            title: row.title,
            lead_organization_id: row.lead_organization_id,
            admin_unit_id: row.admin_unit_id,
            due_day: row.due_day,
            state: row.state,
            standing: standing.into(),
        })
        .collect();
    Ok(Json(TaskTree { items }))
}

/// On which day.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OnParams {
    /// Day; today when not given.
    on: Option<String>,
}

impl OnParams {
    fn day(&self, app: &App) -> Result<Date, AppError> {
        let Some(text) = &self.on else {
            return Ok(app.clock.today());
        };
        domain::period::parse_date_iso(text).map_err(|error| {
            AppError::invalid(Fault::new(
                "on",
                "date.malformed",
                format!("Ngày không hợp lệ: {error}."),
                "Nhập ngày có trong lịch, dạng năm-tháng-ngày, ví dụ 2022-05-20.",
            ))
        })
    }
}

/// How a task stood at the end of a day.
#[derive(Serialize, ToSchema)]
pub struct TaskStateOn {
    /// The task.
    task_id: String,
    /// The day.
    on: String,
    /// With all below; none when it did not exist yet.
    standing: Option<TaskStanding>,
    /// Percent of the tasks at the bottom that were done, as `91,3`.
    done_percent: Option<String>,
    /// Why it needed a look.
    risk: Option<TaskRisk>,
    /// Tasks at the bottom by state.
    counts: BTreeMap<String, i64>,
    /// Those at the bottom that were not done.
    missing: Vec<MissingUnit>,
    /// For the map: unit → state.
    units: BTreeMap<String, String>,
}

/// A unit at which a task was not done.
#[derive(Serialize, ToSchema)]
pub struct MissingUnit {
    /// The task.
    task_id: String,
    /// The unit.
    admin_unit_id: String,
    /// Its name with the unit above.
    admin_unit_name: String,
    /// Who must do it.
    organization_id: String,
    /// How the task stood.
    state: String,
    /// In Vietnamese.
    state_name: String,
    /// Its last day.
    due_day: String,
    /// Days past the last day; 0 when in time.
    days_late: i64,
}

/// How a task and all below it stood at the end of a day.
#[utoipa::path(get, path = "/api/v1/tasks/{id}/state", tag = "tasks",
    params(("id" = String, Path), OnParams),
    responses((status = 200, body = TaskStateOn), (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn task_state_on(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<OnParams>,
) -> Result<Json<TaskStateOn>, AppError> {
    let found = cases::task_state_on(&app, &actor, &id, params.day(&app)?).await?;
    let missing = found
        .missing
        .into_iter()
        .map(|unit| MissingUnit {
            task_id: unit.task_id,
            admin_unit_id: unit.admin_unit_id,
            admin_unit_name: unit.admin_unit_name,
            organization_id: unit.organization_id,
            state: unit.state.as_str().to_owned(),
            state_name: unit.state.name_vi().to_owned(),
            due_day: unit.due_day.to_string(),
            days_late: unit.days_late,
        })
        .collect();
    let state =
        |(unit, state): (String, domain::tasks::TaskState)| (unit, state.as_str().to_owned());
    Ok(Json(TaskStateOn {
        task_id: found.task_id,
        on: found.on.to_string(),
        done_percent: found.standing.and_then(|standing| {
            domain::vietnamese::percent(standing.leaves_done, standing.leaves, 1)
        }),
        standing: found.standing.map(Into::into),
        risk: found.risk.map(Into::into),
        counts: found
            .counts
            .into_iter()
            .map(|(state, count)| (state.to_owned(), count))
            .collect(),
        missing,
        units: found.units.into_iter().map(state).collect(),
    }))
}

/// A task of a campaign as it stood on a day.
#[derive(Serialize, ToSchema)]
pub struct CampaignTask {
    /// Id.
    id: String,
    /// What is to be done.
    title: String,
    /// Part of the campaign.
    workstream: Option<String>,
    /// The body that must do it.
    lead_organization_id: String,
    /// Its name.
    lead_organization_name: String,
    /// Last day.
    due_day: String,
    /// State on the day.
    state: String,
    /// In Vietnamese.
    state_name: String,
    /// How it stood with all below.
    standing: TaskStanding,
    /// Why it needed a look.
    risk: Option<TaskRisk>,
}

/// The tasks of a campaign as they stood on a day.
#[derive(Serialize, ToSchema)]
pub struct CampaignTaskList {
    /// The day.
    on: String,
    /// Those at the top of cascades, due first.
    items: Vec<CampaignTask>,
}

/// How the tasks of a campaign stood at the end of a day.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/task_states", tag = "tasks",
    params(("id" = String, Path), OnParams),
    responses((status = 200, body = CampaignTaskList), (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn campaign_task_states(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<OnParams>,
) -> Result<Json<CampaignTaskList>, AppError> {
    let on = params.day(&app)?;
    let found = cases::campaign_task_states(&app, &actor, &id, on).await?;
    let ids = found
        .iter()
        .map(|task| task.row.lead_organization_id.clone());
    let names = organizations::organization_names(&app, ids).await?;
    let items = found
        .into_iter()
        .map(|task| CampaignTask {
            lead_organization_name: names
                .get(&task.row.lead_organization_id)
                .cloned()
                .unwrap_or_default(),
            state_name: state_name(&task.row.state),
            id: task.row.id,
            title: task.row.title,
            workstream: task.row.workstream,
            lead_organization_id: task.row.lead_organization_id,
            due_day: task.row.due_day,
            state: task.row.state,
            standing: task.standing.into(),
            risk: task.risk.map(Into::into),
        })
        .collect();
    Ok(Json(CampaignTaskList {
        on: on.to_string(),
        items,
    }))
}
