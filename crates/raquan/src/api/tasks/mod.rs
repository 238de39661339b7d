//! Tasks: shapes shared by reading and acting.

mod act;
mod evidence;
mod read;

use std::collections::HashMap;

use domain::tasks::{Risk, Standing};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::Page;
use crate::app::tasks::TaskLine;
use crate::app::{App, AppError, organizations};

pub use act::*;
pub use evidence::*;
pub use read::*;

/// A task in a list.
#[derive(Serialize, ToSchema)]
pub struct Task {
    /// Id.
    id: String,
    /// Campaign it belongs to.
    campaign_id: String,
    /// The task it was made from.
    parent_id: Option<String>,
    /// Top of the cascade.
    root_id: String,
    /// 0 at the top.
    depth: i64,
    /// `do` or `inform`.
    kind: String,
    /// Part of the campaign.
    workstream: Option<String>,
    /// What is to be done, in one line.
    title: String,
    /// At length.
    description: String,
    /// Clause of a legal basis or of the plan.
    basis: String,
    /// The body that must do it.
    lead_organization_id: String,
    /// Its name.
    lead_organization_name: String,
    /// Where it is to be done.
    admin_unit_id: String,
    /// Name of the unit at the time of the task.
    admin_unit_name: String,
    /// First day.
    first_day: String,
    /// Last day.
    due_day: String,
    /// Evidence that is wanted.
    wanted_evidence: String,
    /// Indicator that counts its completion.
    indicator: Option<String>,
    /// State.
    state: String,
    /// State in Vietnamese.
    state_name: String,
    /// Percent with all below it: 100 only when done.
    progress: i64,
    /// Tasks at the bottom, and what became of them.
    standing: TaskStanding,
    /// Why it needs a look; none when all is well.
    risk: Option<TaskRisk>,
    /// Day of acknowledgement.
    acknowledged_day: Option<String>,
    /// Day it was done.
    done_day: Option<String>,
    /// Whether tasks were made from it.
    has_children: bool,
    /// Version of the record.
    version: i64,
}

/// How a task stands with all below it.
#[derive(Serialize, ToSchema)]
pub struct TaskStanding {
    /// Percent: 100 only when all is done.
    progress: i64,
    /// Tasks right below it.
    children: i64,
    /// Those of them that are done.
    children_done: i64,
    /// Tasks at the bottom; itself when there is none below.
    leaves: i64,
    /// Those of them that are done.
    leaves_done: i64,
    /// Those of them that are late.
    leaves_late: i64,
    /// Whether it is open although its last day has passed.
    late: bool,
}

impl From<Standing> for TaskStanding {
    fn from(standing: Standing) -> Self {
        Self {
            progress: standing.progress,
            children: standing.children,
            children_done: standing.children_done,
            leaves: standing.leaves,
            leaves_done: standing.leaves_done,
            leaves_late: standing.leaves_late,
            late: standing.late,
        }
    }
}

/// Why a task needs a look.
#[derive(Serialize, ToSchema)]
pub struct TaskRisk {
    /// `due_soon`, `not_acknowledged`, `behind` or `late`.
    kind: String,
    /// Whether it is at risk of not being done in time.
    at_risk: bool,
    /// Percent of the time that is gone.
    time_percent: i64,
    /// Percent of the tasks at the bottom that are done.
    done_percent: i64,
    /// Days until the last day; negative when it has passed.
    days_left: i64,
    /// The reason in Vietnamese.
    explanation: String,
}

impl From<Risk> for TaskRisk {
    fn from(risk: Risk) -> Self {
        Self {
            kind: risk.kind.as_str().to_owned(),
            at_risk: risk.kind.is_at_risk(),
            time_percent: risk.time_percent,
            done_percent: risk.done_percent,
            days_left: risk.days_left,
            explanation: risk.explanation,
        }
    }
}

/// A page of tasks.
pub type TaskList = Page<Task>;

async fn names_of(app: &App, lines: &[TaskLine]) -> Result<HashMap<String, String>, AppError> {
    let ids = lines
        .iter()
        .map(|line| line.row.lead_organization_id.clone());
    organizations::organization_names(app, ids).await
}

fn unit_name(app: &App, id: &str, day: &str) -> String {
    let on = day.parse().unwrap_or_else(|_| app.clock.today());
    app.units.get(id).map_or_else(
        || id.to_owned(),
        |unit| app.units.nearest(unit, on).full_name.to_string(),
    )
}

fn state_name(state: &str) -> String {
    domain::tasks::TaskState::parse(state)
        .map_or_else(|| state.to_owned(), |state| state.name_vi().to_owned())
}

fn shape(app: &App, line: TaskLine, names: &HashMap<String, String>) -> Task {
    let row = line.row;
    Task {
        lead_organization_name: names
            .get(&row.lead_organization_id)
            .cloned()
            .unwrap_or_default(),
        admin_unit_name: unit_name(app, &row.admin_unit_id, &row.first_day),
        state_name: state_name(&row.state),
        progress: line.standing.progress,
        standing: line.standing.into(),
        risk: line.risk.map(Into::into),
        has_children: row.child_count > 0,
        id: row.id,
        campaign_id: row.campaign_id,
        parent_id: row.parent_id,
        root_id: row.root_id,
        depth: row.depth,
        kind: row.kind,
        workstream: row.workstream,
        title: row.title,
        description: row.description,
        basis: row.basis,
        lead_organization_id: row.lead_organization_id,
        admin_unit_id: row.admin_unit_id,
        first_day: row.first_day,
        due_day: row.due_day,
        wanted_evidence: row.wanted_evidence,
        indicator: row.indicator,
        state: row.state,
        acknowledged_day: row.acknowledged_day,
        done_day: row.done_day,
        version: row.version,
    }
}
