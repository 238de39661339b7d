//! Lists of tasks: filters, search, pages.

use sea_orm::ConnectionTrait;

use crate::sql::{all, scalar};
use crate::{Args, Page, Scope, StoreError};

use super::{COLUMNS, TaskRow};

/// Which tasks are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct TaskFilter {
    /// Only of this province: lets a campaign's tasks be found in order by index.
    pub province_id: Option<String>,
    /// Only of this campaign.
    pub campaign_id: Option<String>,
    /// Only at these units.
    pub units: Option<Vec<String>>,
    /// Only those that one of these organizations leads.
    pub lead_organizations: Option<Vec<String>>,
    /// Only those that one of these organizations leads or coordinates.
    pub organizations: Option<Vec<String>>,
    /// Only in one of these states.
    pub states: Option<Vec<String>>,
    /// Only those made from this task.
    pub parent_id: Option<String>,
    /// Only those at the top of a cascade.
    pub top_only: bool,
    /// Only open ones that were due before this day.
    pub late_on: Option<String>,
    /// Part of the title, already without marks.
    pub title_search: Option<String>,
}

/// In which order tasks are listed, and so what a page's key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskOrder {
    /// Due first; key `due_day|id`.
    Due,
    /// Open ones first, then due first; key `0|due_day|id` or `1|due_day|id`.
    OpenFirst,
}

impl TaskOrder {
    /// Key of the page that follows `row`.
    pub fn key(self, row: &TaskRow) -> String {
        let closed = matches!(row.state.as_str(), "accepted" | "cancelled");
        match self {
            Self::Due => format!("{}|{}", row.due_day, row.id),
            Self::OpenFirst => format!("{}|{}|{}", i64::from(closed), row.due_day, row.id),
        }
    }

    fn columns(self) -> &'static str {
        match self {
            Self::Due => "due_day, id",
            Self::OpenFirst => {
                "case when state in ('accepted', 'cancelled') then 1 else 0 end, due_day, id"
            }
        }
    }

    /// The condition that a row comes after the key; none when the key is not of this order.
    fn after(self, key: &str, args: &mut Args) -> Option<String> {
        let mut parts = key.split('|');
        let values = match self {
            Self::Due => format!("{}, {}", args.push(parts.next()?), args.push(parts.next()?)),
            Self::OpenFirst => {
                let closed = args.push_int(parts.next()?.parse().ok()?);
                format!(
                    "{closed}, {}, {}",
                    args.push(parts.next()?),
                    args.push(parts.next()?)
                )
            }
        };
        Some(format!("({}) > ({values})", self.columns()))
    }
}

impl TaskFilter {
    fn condition(&self, args: &mut Args, scope: &Scope) -> String {
        let mut parts = vec![visible(args, scope)];
        if let Some(id) = &self.province_id {
            parts.push(format!("task.province_id = {}", args.push(id)));
        }
        if let Some(id) = &self.campaign_id {
            parts.push(format!("campaign_id = {}", args.push(id)));
        }
        if let Some(units) = &self.units {
            parts.push(format!("admin_unit_id in ({})", args.list(units)));
        }
        if let Some(ids) = &self.lead_organizations {
            parts.push(format!("lead_organization_id in ({})", args.list(ids)));
        }
        if let Some(ids) = &self.organizations {
            let lead = args.list(ids);
            let coordinated = coordinated_by(args, ids);
            parts.push(format!(
                "(lead_organization_id in ({lead}) or {coordinated})"
            ));
        }
        if let Some(states) = &self.states {
            parts.push(format!("state in ({})", args.list(states)));
        }
        if let Some(id) = &self.parent_id {
            parts.push(format!("parent_id = {}", args.push(id)));
        }
        if self.top_only {
            parts.push("parent_id is null".to_owned());
        }
        if let Some(day) = &self.late_on {
            parts.push(format!(
                "state not in ('accepted', 'cancelled') and due_day < {}",
                args.push(day)
            ));
        }
        if let Some(text) = &self.title_search {
            parts.push(format!(
                "title_search like {}",
                args.push(format!("%{text}%"))
            ));
        }
        parts.join(" and ")
    }
}

/// What a reader may see of tasks: its units, and what its organizations lead or coordinate.
pub(super) fn visible(args: &mut Args, scope: &Scope) -> String {
    let condition = scope.condition(args, "task", "admin_unit_id", &["lead_organization_id"]);
    if scope.all || scope.organizations.is_empty() {
        return condition;
    }
    let coordinated = coordinated_by(args, &scope.organizations);
    format!("({condition} or {coordinated})")
}

fn coordinated_by(args: &mut Args, organizations: &[String]) -> String {
    let list = args.list(organizations);
    // A list of ids rather than `exists`: so it is found by index beside other conditions of an `or`.
    format!(
        "task.id in (select c.task_id from task_coordination c where c.organization_id in ({list}))"
    )
}

/// Tasks in scope, a page of them.
pub async fn task_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &TaskFilter,
    order: TaskOrder,
    page: &Page,
) -> Result<Vec<TaskRow>, StoreError> {
    let mut args = Args::new();
    let mut condition = filter.condition(&mut args, scope);
    if let Some(after) = page
        .after
        .as_deref()
        .and_then(|key| order.after(key, &mut args))
    {
        condition = format!("{condition} and {after}");
    }
    let limit = args.push_int(page.limit);
    let by = order.columns();
    all(
        db,
        format!("select {COLUMNS} from task where {condition} order by {by} limit {limit}"),
        args,
    )
    .await
}

/// How many tasks in scope the filter lets through.
pub async fn task_count(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &TaskFilter,
) -> Result<i64, StoreError> {
    let mut args = Args::new();
    let condition = filter.condition(&mut args, scope);
    scalar(
        db,
        format!("select count(*) from task where {condition}"),
        args,
    )
    .await
}
