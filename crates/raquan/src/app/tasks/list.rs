//! Lists of tasks with their standing and danger; the tasks of the actor's own organizations.

use std::collections::HashMap;

use domain::tasks::{Risk, Standing, TaskOn, TaskState};
use domain::vietnamese;
use store::tasks::{self as rows, TaskFilter, TaskOrder, TaskRow};
use store::{Page, Scope};

use super::{node_on, scope, standing_of};
use crate::app::campaigns::campaign_visible;
use crate::app::{Action, Actor, App, AppError, Fault};

/// A task in a list.
#[derive(Debug, Clone)]
pub struct TaskLine {
    /// The task.
    pub row: TaskRow,
    /// How it stands with all below it, today.
    pub standing: Standing,
    /// Why it needs a look; none when all is well.
    pub risk: Option<Risk>,
}

/// Which tasks are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct TaskQuery {
    /// Only of this campaign.
    pub campaign_id: Option<String>,
    /// Only at this unit and all below it, on any date.
    pub admin_unit_id: Option<String>,
    /// Only those that this organization leads or coordinates.
    pub organization_id: Option<String>,
    /// Only in these states.
    pub states: Vec<String>,
    /// Only those made from this task.
    pub parent_id: Option<String>,
    /// Only those at the top of a cascade.
    pub top_only: bool,
    /// Only open ones whose last day has passed.
    pub late: bool,
    /// Part of the title, with or without accents.
    pub text: Option<String>,
}

/// Tasks that the actor may see, due first.
pub async fn task_list(
    app: &App,
    actor: &Actor,
    query: TaskQuery,
    page: &Page,
) -> Result<Vec<TaskLine>, AppError> {
    let mut filter = TaskFilter {
        province_id: match &query.campaign_id {
            Some(id) => Some(campaign_visible(app, actor, id).await?.province_id),
            None => None,
        },
        campaign_id: query.campaign_id,
        organizations: query.organization_id.map(|id| vec![id]),
        parent_id: query.parent_id,
        top_only: query.top_only,
        late_on: query.late.then(|| app.clock.today().to_string()),
        title_search: query
            .text
            .map(|text| vietnamese::fold(&text))
            .filter(|t| !t.is_empty()),
        ..TaskFilter::default()
    };
    let mut faults = Vec::new();
    if let Some(id) = &query.admin_unit_id {
        match app.unit("admin_unit_id", id) {
            Ok(unit) => {
                let covered = app.coverage.of(unit);
                filter.units = Some(
                    covered
                        .iter()
                        .map(|unit| app.units.id(*unit).to_owned())
                        .collect(),
                );
            }
            Err(fault) => faults.push(fault),
        }
    }
    for state in &query.states {
        if TaskState::parse(state).is_none() {
            faults.push(Fault::new(
                "state",
                "task.unknown_state",
                format!("Không có trạng thái “{state}”."),
                "Dùng new, acknowledged, in_progress, submitted, returned, accepted, cancelled.",
            ));
        }
    }
    AppError::check(faults)?;
    if !query.states.is_empty() {
        filter.states = Some(query.states);
    }
    let scope = scope(app, actor);
    let found = rows::task_list(app.db.read(), &scope, &filter, TaskOrder::Due, page).await?;
    with_standing(app, found).await
}

/// What the actor's organizations lead or coordinate: open ones first, then due first.
pub async fn my_tasks(
    app: &App,
    actor: &Actor,
    open_only: bool,
    page: &Page,
) -> Result<Vec<TaskLine>, AppError> {
    if !actor.may_somewhere(Action::Read) {
        return Ok(vec![]);
    }
    let held = actor.grants.iter();
    let mut organizations: Vec<String> = held
        .filter_map(|grant| grant.organization.clone())
        .collect();
    organizations.extend(actor.organization_id.clone());
    let states = TaskState::ALL.into_iter().filter(|state| state.is_open());
    let filter = TaskFilter {
        organizations: Some(organizations),
        states: open_only.then(|| states.map(|state| state.as_str().to_owned()).collect()),
        ..TaskFilter::default()
    };
    // What the own bodies lead or coordinate is seen wherever it is: the filter is the scope.
    let (scope, order) = (Scope::everything(), TaskOrder::OpenFirst);
    let found = rows::task_list(app.db.read(), &scope, &filter, order, page).await?;
    with_standing(app, found).await
}

/// Adds to tasks how they stand today, with one query for all.
pub(super) async fn with_standing(
    app: &App,
    found: Vec<TaskRow>,
) -> Result<Vec<TaskLine>, AppError> {
    let today = app.clock.today();
    let mut trees: HashMap<String, (Vec<TaskOn>, Vec<String>)> = HashMap::new();
    let mut by_province: HashMap<&str, Vec<String>> = HashMap::new();
    for row in &found {
        by_province
            .entry(&row.province_id)
            .or_default()
            .push(row.id.clone());
    }
    for (province, ids) in by_province {
        for node in rows::task_node_list(app.db.read(), province, &ids).await? {
            let (nodes, units) = trees.entry(node.top_id.clone()).or_default();
            nodes.push(node_on(&node)?);
            units.push(node.admin_unit_id);
        }
    }
    let mut lines = Vec::with_capacity(found.len());
    for row in found {
        let (nodes, units) = trees.remove(&row.id).unwrap_or_default();
        let units: Vec<&str> = units.iter().map(String::as_str).collect();
        let (standing, risk) = standing_of(app, &nodes, &units, today)
            .ok_or_else(|| AppError::Internal(format!("task {} has no tree", row.id)))?;
        lines.push(TaskLine {
            row,
            standing,
            risk,
        });
    }
    Ok(lines)
}
