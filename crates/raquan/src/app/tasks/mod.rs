//! Tasks: handing out, cascading, acting on them, how they stand now and stood on any past day.

mod act;
mod cascade;
mod create;
mod evidence;
mod list;
mod state;

use domain::tasks::{self, Standing, TaskEventKind, TaskKind, TaskNow, TaskOn, TaskState};
use jiff::civil::Date;
use store::facts::FactRow;
use store::tasks::{self as rows, TaskEventRow, TaskNode, TaskRow};
use store::{ConnectionTrait, Scope};

use super::campaigns::stored_date;
use super::{Action, Actor, App, AppError, Place};

pub use act::{
    TaskAct, task_acknowledge, task_cancel, task_hand_over, task_progress_report, task_reopen,
    task_review, task_submit, task_urge,
};
pub use act::{TaskHandOver, TaskReview, TaskUrge};
pub use cascade::{CascadeLevel, CascadeLevelDone, TaskCascade, TaskCascaded, task_cascade};
pub use create::{TaskCreate, task_create};
pub use evidence::{EvidenceUpload, task_evidence_add, task_evidence_list};
pub use list::{TaskLine, TaskQuery, my_tasks, task_list};
pub use state::{
    CampaignTaskOn, MissingUnit, TaskStateOn, campaign_task_states, task_state_on, task_tree,
};

/// A task with everything that is shown of it.
#[derive(Debug, Clone)]
pub struct TaskDetail {
    /// The task with its standing.
    pub line: TaskLine,
    /// Ids of the coordinating organizations.
    pub coordinating: Vec<String>,
    /// What happened, oldest first.
    pub events: Vec<TaskEventRow>,
    /// What the actor may do with it now.
    pub allowed: Vec<TaskEventKind>,
}

/// A task that the actor may know of, and who coordinates it.
pub(crate) struct Seen {
    pub row: TaskRow,
    pub coordinating: Vec<String>,
}

impl Seen {
    /// Whether the actor may do `action`: by a role that covers the task, or since the task concerns
    /// the actor's own body. Coordinating bodies see a task; its lead reports on it.
    fn may(&self, app: &App, actor: &Actor, action: Action) -> bool {
        let mut bodies = vec![self.row.lead_organization_id.as_str()];
        if action == Action::Read {
            bodies.extend(self.coordinating.iter().map(String::as_str));
        }
        let own = actor.organization_id.as_deref();
        let is_members_part = matches!(action, Action::Read | Action::TaskReport)
            && own.is_some_and(|own| bodies.contains(&own))
            && actor.may_somewhere(action);
        let place = Place {
            unit: app.units.get(&self.row.admin_unit_id),
            organizations: &bodies,
        };
        is_members_part || actor.may(action, place)
    }

    fn require(&self, app: &App, actor: &Actor, action: Action) -> Result<(), AppError> {
        if self.may(app, actor, action) {
            Ok(())
        } else {
            Err(AppError::Forbidden {
                action: action.name(),
            })
        }
    }
}

/// The task, when the actor may know of it.
pub(crate) async fn task_visible(app: &App, actor: &Actor, id: &str) -> Result<Seen, AppError> {
    let missing = AppError::NotFound { entity: "task" };
    let Some(row) = rows::task_get(app.db.read(), id).await? else {
        return Err(missing);
    };
    let coordinating =
        rows::task_coordination_list(app.db.read(), &row.province_id, &row.id).await?;
    let seen = Seen { row, coordinating };
    if seen.may(app, actor, Action::Read) {
        Ok(seen)
    } else {
        Err(missing)
    }
}

/// The tasks that the actor may see: those that its roles cover and those of its own body.
fn scope(app: &App, actor: &Actor) -> Scope {
    let mut scope = actor.scope(app.units, Action::Read);
    if actor.may_somewhere(Action::Read) {
        scope.organizations.extend(actor.organization_id.clone());
    }
    scope
}

/// One task with its standing, its events, and what the actor may do with it.
pub async fn task_get(app: &App, actor: &Actor, id: &str) -> Result<TaskDetail, AppError> {
    let seen = task_visible(app, actor, id).await?;
    let allowed = TaskEventKind::ALL
        .into_iter()
        .filter(|event| *event != TaskEventKind::Created)
        .filter(|event| seen.may(app, actor, action_of(*event)))
        .filter(|event| now(&seen.row).is_ok_and(|now| tasks::step(now, *event).is_ok()))
        .filter(|event| !is_own_review(actor, &seen.row, *event))
        .collect();
    let events = rows::task_event_list(app.db.read(), &seen.row.province_id, &seen.row.id).await?;
    let mut lines = list::with_standing(app, vec![seen.row]).await?;
    let line = lines
        .pop()
        .ok_or_else(|| AppError::Internal("one task in, none out".into()))?;
    Ok(TaskDetail {
        line,
        coordinating: seen.coordinating,
        events,
        allowed,
    })
}

/// The right that an event of a task needs.
fn action_of(event: TaskEventKind) -> Action {
    match event {
        TaskEventKind::Acknowledged | TaskEventKind::Progressed | TaskEventKind::Submitted => {
            Action::TaskReport
        }
        TaskEventKind::Accepted | TaskEventKind::Returned => Action::TaskReview,
        _ => Action::TaskWrite,
    }
}

/// Whether somebody of the body that did the work wants to review it. Work at the top of a cascade
/// has nobody above, so its own body closes it.
fn is_own_review(actor: &Actor, row: &TaskRow, event: TaskEventKind) -> bool {
    matches!(event, TaskEventKind::Accepted | TaskEventKind::Returned)
        && row.parent_id.is_some()
        && actor.organization_id.as_deref() == Some(row.lead_organization_id.as_str())
}

/// What a task contributes to indicators: one, at its unit, on the day it was done.
///
/// A task with tasks below contributes nothing itself.
pub fn facts_of(row: &TaskRow) -> Vec<FactRow> {
    let (Some(indicator), Some(day)) = (&row.indicator, &row.done_day) else {
        return vec![];
    };
    if row.state != TaskState::Accepted.as_str() || row.child_count > 0 {
        return vec![];
    }
    vec![FactRow {
        province_id: row.province_id.clone(),
        source_id: row.id.clone(),
        line: 1,
        source_entity: "task".into(),
        indicator: indicator.clone(),
        admin_unit_id: row.admin_unit_id.clone(),
        organization_id: Some(row.lead_organization_id.clone()),
        campaign_id: Some(row.campaign_id.clone()),
        activity_kind: None,
        day: day.clone(),
        state: "reported".into(),
        value: 1,
    }]
}

fn now(row: &TaskRow) -> Result<TaskNow, AppError> {
    let kind = TaskKind::parse(&row.kind);
    Ok(TaskNow {
        kind: kind.ok_or_else(|| AppError::Internal(format!("task kind {}", row.kind)))?,
        state: state_of(&row.state)?,
        has_children: row.child_count > 0,
    })
}

fn state_of(text: &str) -> Result<TaskState, AppError> {
    TaskState::parse(text).ok_or_else(|| AppError::Internal(format!("task state {text}")))
}

fn node_on(node: &TaskNode) -> Result<TaskOn, AppError> {
    Ok(TaskOn {
        id: node.id.clone(),
        parent_id: node.parent_id.clone(),
        state: state_of(&node.state)?,
        progress: node.progress,
        first_day: stored_date(&node.first_day)?,
        due_day: stored_date(&node.due_day)?,
    })
}

/// What tasks at these units are counted in: "xã" for communes, "huyện" for districts.
fn noun(app: &App, units: &[&str], on: Date) -> &'static str {
    let mut levels = units
        .iter()
        .filter_map(|id| app.units.get(id))
        .map(|unit| app.units.nearest(unit, on).level);
    let Some(first) = levels.next() else {
        return "đơn vị";
    };
    if levels.any(|level| level != first) {
        return "đơn vị";
    }
    match first {
        domain::admin_units::Level::Province => "tỉnh",
        domain::admin_units::Level::District => "huyện",
        domain::admin_units::Level::Commune => "xã",
    }
}

/// The standing of the tree `nodes`, whose first one is the top, and its danger, on a day.
fn standing_of(
    app: &App,
    nodes: &[TaskOn],
    units: &[&str],
    on: Date,
) -> Option<(Standing, Option<tasks::Risk>)> {
    let standing = *tasks::standings(nodes, on).first()?;
    let parents: std::collections::HashSet<&str> = nodes
        .iter()
        .filter_map(|node| node.parent_id.as_deref())
        .collect();
    let leaves: Vec<&str> = nodes
        .iter()
        .zip(units)
        .filter(|(node, _)| !parents.contains(node.id.as_str()))
        .map(|(_, unit)| *unit)
        .collect();
    let risk = tasks::risk(nodes.first()?, &standing, on, noun(app, &leaves, on));
    Some((standing, risk))
}

/// Reads a task again inside the transaction that is going to change it.
async fn task_again(tx: &impl ConnectionTrait, id: &str) -> Result<TaskRow, AppError> {
    rows::task_get(tx, id)
        .await?
        .ok_or(AppError::NotFound { entity: "task" })
}

/// Refuses to act on tasks of a campaign that is not issued or has been closed.
async fn campaign_in_force(
    tx: &impl ConnectionTrait,
    campaign_id: &str,
) -> Result<store::campaigns::CampaignRow, AppError> {
    let row = store::campaigns::campaign_get(tx, campaign_id)
        .await?
        .ok_or(AppError::NotFound { entity: "campaign" })?;
    if matches!(row.state.as_str(), "issued" | "running") {
        return Ok(row);
    }
    let mend = if row.state == "draft" {
        "Ban hành kế hoạch trước."
    } else {
        "Chiến dịch đã kết thúc thì nhiệm vụ không thay đổi nữa."
    };
    Err(AppError::Conflict {
        code: "campaign.not_in_force",
        message: format!(
            "Chiến dịch “{}” đang ở trạng thái “{}”. {mend}",
            row.name,
            super::campaigns::state_name(&row.state)
        ),
    })
}

fn summary(row: &TaskRow) -> serde_json::Value {
    serde_json::json!({
        "title": row.title, "state": row.state, "progress": row.progress,
        "lead_organization_id": row.lead_organization_id, "due_day": row.due_day,
        "done_day": row.done_day,
    })
}
