//! How a task and all below it stood on any day: counts, who is missing, a layer for the map.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::tasks::{Risk, Standing, TaskOn, TaskState, standings};
use domain::vietnamese;
use jiff::civil::Date;
use store::Scope;
use store::tasks::{self as rows, TaskOnRow, TaskSet};

use super::cascade::name_with_upper;
use super::{scope, standing_of, state_of, task_visible};
use crate::app::campaigns::{campaign_visible, stored_date};
use crate::app::{Actor, App, AppError};

/// At most so many missing units are named; the counts are always whole.
const MISSING_LIMIT: usize = 5_000;

/// How a task stood at the end of a day.
#[derive(Debug, Clone)]
pub struct TaskStateOn {
    /// The task.
    pub task_id: String,
    /// The day.
    pub on: Date,
    /// How it stood with all below; none when it did not exist yet.
    pub standing: Option<Standing>,
    /// Why it needed a look.
    pub risk: Option<Risk>,
    /// Tasks at the bottom by state.
    pub counts: BTreeMap<&'static str, i64>,
    /// Those at the bottom that were not done, in the order of their names.
    pub missing: Vec<MissingUnit>,
    /// For the map: unit → state; of several tasks at one unit the one that is furthest behind.
    pub units: BTreeMap<String, TaskState>,
}

/// A unit at which a task was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingUnit {
    /// The task.
    pub task_id: String,
    /// The unit.
    pub admin_unit_id: String,
    /// Its name with the unit above.
    pub admin_unit_name: String,
    /// Who must do it.
    pub organization_id: String,
    /// How the task stood.
    pub state: TaskState,
    /// Its last day.
    pub due_day: Date,
    /// Days past the last day; 0 when in time.
    pub days_late: i64,
}

/// How a task and all below it stood at the end of `on`.
pub async fn task_state_on(
    app: &App,
    actor: &Actor,
    id: &str,
    on: Date,
) -> Result<TaskStateOn, AppError> {
    let seen = task_visible(app, actor, id).await?;
    // Whoever may see a task may see how far the work below it is.
    let found = rows::task_list_on(
        app.db.read(),
        &Scope::everything(),
        &seen.row.province_id,
        TaskSet::Below(id),
        &on.to_string(),
    )
    .await?;
    let nodes = found.iter().map(node).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<&str> = found.iter().map(|row| row.admin_unit_id.as_str()).collect();
    let (standing, risk) = standing_of(app, &nodes, &ids, on).unzip();
    let parents: HashSet<&str> = nodes
        .iter()
        .filter_map(|n| n.parent_id.as_deref())
        .collect();
    let mut state_on = TaskStateOn {
        task_id: id.to_owned(),
        on,
        standing,
        risk: risk.flatten(),
        counts: BTreeMap::new(),
        missing: Vec::new(),
        units: BTreeMap::new(),
    };
    for (row, node) in found.iter().zip(&nodes) {
        if parents.contains(node.id.as_str()) {
            continue;
        }
        *state_on.counts.entry(node.state.as_str()).or_default() += 1;
        if node.state != TaskState::Cancelled {
            let unit = state_on
                .units
                .entry(row.admin_unit_id.clone())
                .or_insert(node.state);
            *unit = (*unit).min(node.state);
        }
        if node.state.is_open() {
            state_on.missing.push(missing(app, row, node, on));
        }
    }
    state_on
        .missing
        .sort_by_cached_key(|unit| vietnamese::collation_key(&unit.admin_unit_name));
    state_on.missing.truncate(MISSING_LIMIT);
    Ok(state_on)
}

fn missing(app: &App, row: &TaskOnRow, node: &TaskOn, on: Date) -> MissingUnit {
    let name = app.units.get(&row.admin_unit_id).map_or_else(
        || row.admin_unit_id.clone(),
        |unit| name_with_upper(app, unit, on),
    );
    MissingUnit {
        task_id: row.id.clone(),
        admin_unit_id: row.admin_unit_id.clone(),
        admin_unit_name: name,
        organization_id: row.lead_organization_id.clone(),
        state: node.state,
        due_day: node.due_day,
        days_late: i64::from((on - node.due_day).get_days()).max(0),
    }
}

/// A task of a campaign as it stood on a day, for the campaign's page and report.
#[derive(Debug, Clone)]
pub struct CampaignTaskOn {
    /// The task.
    pub row: TaskOnRow,
    /// How it stood with all below.
    pub standing: Standing,
    /// Why it needed a look.
    pub risk: Option<Risk>,
}

/// The tasks at the top of a campaign's cascades as they stood at the end of `on`, those that the
/// actor may see, in the order of their last days.
pub async fn campaign_task_states(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    on: Date,
) -> Result<Vec<CampaignTaskOn>, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let scope = scope(app, actor);
    let found = rows::task_list_on(
        app.db.read(),
        &scope,
        &campaign.province_id,
        TaskSet::Campaign(campaign_id),
        &on.to_string(),
    )
    .await?;
    let nodes = found.iter().map(node).collect::<Result<Vec<_>, _>>()?;
    let index: HashMap<&str, usize> = nodes
        .iter()
        .enumerate()
        .map(|(at, node)| (node.id.as_str(), at))
        .collect();
    let mut below: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut tops = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match node
            .parent_id
            .as_deref()
            .filter(|id| index.contains_key(id))
        {
            Some(parent) => below.entry(parent).or_default().push(at),
            None => tops.push(at),
        }
    }
    let mut states = Vec::with_capacity(tops.len());
    for top in tops {
        let mut tree = vec![top];
        let mut next = 0;
        while next < tree.len() {
            tree.extend(
                below
                    .get(nodes[tree[next]].id.as_str())
                    .into_iter()
                    .flatten(),
            );
            next += 1;
        }
        let part: Vec<TaskOn> = tree.iter().map(|at| nodes[*at].clone()).collect();
        let units: Vec<&str> = tree
            .iter()
            .map(|at| found[*at].admin_unit_id.as_str())
            .collect();
        if let Some((standing, risk)) = standing_of(app, &part, &units, on) {
            states.push(CampaignTaskOn {
                row: found[top].clone(),
                standing,
                risk,
            });
        }
    }
    states.sort_by(|a, b| (&a.row.due_day, &a.row.id).cmp(&(&b.row.due_day, &b.row.id)));
    Ok(states)
}

/// A task and all below it as they stand today, the upper first.
pub async fn task_tree(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<Vec<(TaskOnRow, Standing)>, AppError> {
    let seen = task_visible(app, actor, id).await?;
    let today = app.clock.today();
    let found = rows::task_list_on(
        app.db.read(),
        &Scope::everything(),
        &seen.row.province_id,
        TaskSet::Below(id),
        &today.to_string(),
    )
    .await?;
    let nodes = found.iter().map(node).collect::<Result<Vec<_>, _>>()?;
    let standings = standings(&nodes, today);
    Ok(found.into_iter().zip(standings).collect())
}

fn node(row: &TaskOnRow) -> Result<TaskOn, AppError> {
    Ok(TaskOn {
        id: row.id.clone(),
        parent_id: row.parent_id.clone(),
        state: state_of(&row.state)?,
        progress: row.progress,
        first_day: stored_date(&row.first_day)?,
        due_day: stored_date(&row.due_day)?,
    })
}
