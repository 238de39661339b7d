//! One order to every body of a kind below a unit: one request, one transaction, one change row.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::admin_units::{Level, UnitIx};
use domain::tasks::{CascadeRule, TaskState, due_before};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::organizations::{OrganizationFilter, OrganizationRow};
use store::tasks::{self as rows, TaskEventRow, TaskRow};
use store::{DatabaseTransaction, Page, Scope};

use super::create::{created, refuse_closed};
use super::{campaign_in_force, task_again, task_visible};
use crate::app::campaigns::stored_date;
use crate::app::{Action, Actor, App, AppError, Fault, Operation, Written};

/// How a task is passed down.
#[derive(Debug, Clone, Serialize)]
pub struct TaskCascade {
    /// Id of the request, made by the client: the same again gives the same answer.
    pub id: String,
    /// Levels, the upper first: the tasks of a level hang below those of the level before.
    pub levels: Vec<CascadeLevel>,
    /// Goes on without the units at which there is no such organization.
    pub skip_missing: bool,
}

/// One level of a cascade.
#[derive(Debug, Clone, Serialize)]
pub struct CascadeLevel {
    /// `district` or `commune`.
    pub level: String,
    /// Kind of the organizations that get a task.
    pub organization_kind: String,
    /// Working days that the level's tasks are due before the tasks above.
    pub days_before: u16,
}

/// What a cascade made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskCascaded {
    /// Id of the request.
    pub id: String,
    /// The task passed down.
    pub task_id: String,
    /// Tasks made in all.
    pub created: usize,
    /// By level.
    pub levels: Vec<CascadeLevelDone>,
}

/// What a cascade made at one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CascadeLevelDone {
    /// `district` or `commune`.
    pub level: String,
    /// Last day of the tasks made.
    pub due_day: Option<String>,
    /// Tasks made.
    pub created: usize,
    /// Organizations that had one already.
    pub existing: usize,
    /// Names of the units at which there is no such organization.
    pub missing: Vec<String>,
}

/// A level, looked up: its organizations by unit, and the units without one.
struct LevelPlan {
    level: Level,
    rule: CascadeRule,
    bodies: Vec<(UnitIx, OrganizationRow)>,
    missing: Vec<String>,
}

/// Passes a task down to all bodies of a kind at the levels below its unit.
pub async fn task_cascade(
    app: &App,
    actor: &Actor,
    task_id: &str,
    input: TaskCascade,
) -> Result<TaskCascaded, AppError> {
    let seen = task_visible(app, actor, task_id).await?;
    seen.require(app, actor, Action::TaskWrite)?;
    let on = stored_date(&seen.row.first_day)?;
    let plans = look_up(app, &seen.row, &input, on).await?;
    let units = app.units;
    let template = created(app, actor, &seen.row);
    let clock = app.clock.clone();
    let id = input.id.clone();
    let task_id = seen.row.id.clone();
    let operation = Operation::new(&seen.row.province_id, "task_cascade", "task_cascade")
        .creating(&(&task_id, &input));
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if let Some(answer) = operation.earlier_answer(tx, &id).await? {
                return Ok(Written::repeated(answer));
            }
            let top = task_again(tx, &task_id).await?;
            campaign_in_force(tx, &top.campaign_id).await?;
            refuse_closed(&top)?;
            let tree = rows::task_list_below(tx, &top.province_id, &top.id).await?;
            let mut growing = Growing::new(units, tree);
            let last = plans.len() - 1;
            let mut levels = Vec::with_capacity(plans.len());
            for (index, plan) in plans.into_iter().enumerate() {
                let new_id = || clock.new_id();
                levels.push(growing.add_level(&plan, index == last, on, new_id)?);
            }
            let created = growing.new.len();
            if created == 0 {
                return Err(AppError::Conflict {
                    code: "cascade.nothing_new",
                    message: "Các cơ quan này đều đã được giao nhiệm vụ này rồi.".into(),
                });
            }
            growing.write(tx, &template, || clock.new_id()).await?;
            let output = TaskCascaded {
                id: id.clone(),
                task_id: task_id.clone(),
                created,
                levels,
            };
            let after = serde_json::to_value(&output).expect("an answer is plain data");
            Ok(Written::new(output, id).after(after))
        })
    })
    .await
}

/// Finds the organizations of each level, and refuses when some are missing, naming each unit.
async fn look_up(
    app: &App,
    task: &TaskRow,
    input: &TaskCascade,
    on: Date,
) -> Result<Vec<LevelPlan>, AppError> {
    let mut faults = Vec::new();
    if input.levels.is_empty() {
        faults.push(Fault::new(
            "levels",
            "cascade.no_level",
            "Chưa chọn cấp nào để giao.",
            "Chọn cấp huyện, cấp xã hoặc cả hai.",
        ));
    }
    let top = app
        .units
        .get(&task.admin_unit_id)
        .ok_or_else(|| AppError::Internal(format!("unit {} of a task", task.admin_unit_id)))?;
    let below = app.units.descendants(top, on);
    let mut plans: Vec<LevelPlan> = Vec::with_capacity(input.levels.len());
    for (index, wanted) in input.levels.iter().enumerate() {
        let field = |name: &str| format!("levels[{index}].{name}");
        let level = Level::parse(&wanted.level).filter(|level| *level != Level::Province);
        let follows =
            level.is_some_and(|level| plans.last().is_none_or(|before| before.level < level));
        if !follows {
            faults.push(Fault::new(
                field("level"),
                "cascade.wrong_level",
                format!("Cấp “{}” không hợp lệ ở vị trí này.", wanted.level),
                "Ghi “district” (cấp huyện) rồi “commune” (cấp xã), cấp trên trước.",
            ));
        }
        if !app
            .catalog
            .organization_kinds
            .iter()
            .any(|kind| kind.id == wanted.organization_kind)
        {
            faults.push(Fault::new(
                field("organization_kind"),
                "organization.unknown_kind",
                format!("Không có loại cơ quan “{}”.", wanted.organization_kind),
                "Chọn loại trong danh mục loại cơ quan.",
            ));
        }
        let (Some(level), true) = (level, follows) else {
            continue;
        };
        let at: Vec<UnitIx> = below
            .iter()
            .copied()
            .filter(|unit| *unit != top)
            .filter(|unit| {
                app.units
                    .at(*unit, on)
                    .is_some_and(|row| row.level == level)
            })
            .collect();
        if at.is_empty() {
            faults.push(Fault::new(
                field("level"),
                "cascade.no_units",
                format!(
                    "Ngày {} không có đơn vị {} nào dưới {}.",
                    domain::vietnamese::date(on),
                    level.name_vi(),
                    app.units.nearest(top, on).full_name
                ),
                "Chọn cấp khác; từ 01/7/2025 không còn cấp huyện.",
            ));
        }
        let plan = bodies_at(app, level, wanted, at, on).await?;
        if !input.skip_missing {
            faults.extend(plan.missing.iter().map(|name| {
                Fault::new(
                    field("organization_kind"),
                    "cascade.organization_missing",
                    format!("{name} chưa có cơ quan loại này trong danh sách."),
                    "Thêm cơ quan cho đơn vị đó, hoặc chọn bỏ qua các đơn vị còn thiếu.",
                )
            }));
        }
        plans.push(plan);
    }
    AppError::check(faults)?;
    Ok(plans)
}

async fn bodies_at(
    app: &App,
    level: Level,
    wanted: &CascadeLevel,
    at: Vec<UnitIx>,
    on: Date,
) -> Result<LevelPlan, AppError> {
    let filter = OrganizationFilter {
        kind: Some(wanted.organization_kind.clone()),
        units: Some(
            at.iter()
                .map(|unit| app.units.id(*unit).to_owned())
                .collect(),
        ),
        active_only: true,
        ..OrganizationFilter::default()
    };
    let page = Page {
        after: None,
        limit: 20_000,
    };
    let found = store::organizations::organization_list(
        app.db.read(),
        &Scope::everything(),
        &filter,
        &page,
    )
    .await?;
    let bodies: Vec<(UnitIx, OrganizationRow)> = found
        .into_iter()
        .filter_map(|body| Some((app.units.get(&body.admin_unit_id)?, body)))
        .collect();
    let with: HashSet<UnitIx> = bodies.iter().map(|(unit, _)| *unit).collect();
    let missing = at
        .iter()
        .filter(|unit| !with.contains(unit))
        .map(|unit| name_with_upper(app, *unit, on))
        .collect();
    let rule = CascadeRule {
        days_before: wanted.days_before,
    };
    Ok(LevelPlan {
        level,
        rule,
        bodies,
        missing,
    })
}

/// "Xã Nam Giang, Huyện Nam Đàn".
pub(super) fn name_with_upper(app: &App, unit: UnitIx, on: Date) -> String {
    let row = app.units.nearest(unit, on);
    match row.parent.filter(|_| row.level == Level::Commune) {
        Some(upper) => format!(
            "{}, {}",
            row.full_name,
            app.units.nearest(upper, on).full_name
        ),
        None => row.full_name.to_string(),
    }
}

/// A tree of tasks that a cascade adds to.
struct Growing {
    units: &'static domain::admin_units::AdminUnits,
    top: TaskRow,
    /// Open tasks of the tree by unit: what a lower task may hang below.
    by_unit: HashMap<UnitIx, TaskRow>,
    /// Organizations that have a task of this tree already.
    leads: HashSet<String>,
    new: Vec<TaskRow>,
    /// Children that tasks got which were there before: task → version and count.
    grown: BTreeMap<String, (i64, i64)>,
}

impl Growing {
    fn new(units: &'static domain::admin_units::AdminUnits, tree: Vec<TaskRow>) -> Self {
        let mut growing = Self {
            units,
            top: tree[0].clone(),
            by_unit: HashMap::new(),
            leads: HashSet::new(),
            new: Vec::new(),
            grown: BTreeMap::new(),
        };
        for row in tree.into_iter().skip(1) {
            let state = TaskState::parse(&row.state);
            if state != Some(TaskState::Cancelled) {
                growing.leads.insert(row.lead_organization_id.clone());
            }
            if state.is_some_and(TaskState::is_open)
                && let Some(unit) = units.get(&row.admin_unit_id)
            {
                growing.by_unit.entry(unit).or_insert(row);
            }
        }
        growing
    }

    fn add_level(
        &mut self,
        plan: &LevelPlan,
        is_last: bool,
        on: Date,
        new_id: impl Fn() -> String,
    ) -> Result<CascadeLevelDone, AppError> {
        let mut done = CascadeLevelDone {
            level: plan.level.as_str().to_owned(),
            due_day: None,
            created: 0,
            existing: 0,
            missing: plan.missing.clone(),
        };
        let first_new = self.new.len();
        for (unit, body) in &plan.bodies {
            if !self.leads.insert(body.id.clone()) {
                done.existing += 1;
                continue;
            }
            let above = self
                .units
                .ancestors(*unit, on)
                .into_iter()
                .find_map(|upper| self.by_unit.get(&upper))
                .unwrap_or(&self.top)
                .clone();
            let due = due_before(
                stored_date(&above.due_day)?,
                stored_date(&above.first_day)?,
                plan.rule,
            );
            done.due_day = done.due_day.max(Some(due.to_string()));
            done.created += 1;
            self.grown
                .entry(above.id.clone())
                .or_insert((above.version, 0))
                .1 += 1;
            self.new.push(TaskRow {
                id: new_id(),
                parent_id: Some(above.id),
                depth: above.depth + 1,
                lead_organization_id: body.id.clone(),
                admin_unit_id: body.admin_unit_id.clone(),
                due_day: due.to_string(),
                indicator: self.top.indicator.clone().filter(|_| is_last),
                state: TaskState::New.as_str().into(),
                progress: 0,
                acknowledged_day: None,
                done_day: None,
                child_count: 0,
                version: 1,
                ..self.top.clone()
            });
        }
        for row in &self.new[first_new..] {
            if let Some(unit) = self.units.get(&row.admin_unit_id) {
                self.by_unit.entry(unit).or_insert_with(|| row.clone());
            }
        }
        Ok(done)
    }

    async fn write(
        mut self,
        tx: &DatabaseTransaction,
        template: &TaskEventRow,
        new_id: impl Fn() -> String,
    ) -> Result<(), AppError> {
        for row in &mut self.new {
            if let Some((_, count)) = self.grown.remove(&row.id) {
                row.child_count = count;
            }
        }
        for (id, (version, count)) in self.grown {
            let province = &self.top.province_id;
            if !rows::task_add_children(tx, province, &id, version, count).await? {
                return Err(AppError::stale());
            }
        }
        rows::task_insert_many(tx, &self.new).await?;
        let events: Vec<TaskEventRow> = self
            .new
            .iter()
            .map(|row| TaskEventRow {
                task_id: row.id.clone(),
                id: new_id(),
                state: row.state.clone(),
                progress: 0,
                ..template.clone()
            })
            .collect();
        rows::task_event_insert_many(tx, &events).await?;
        Ok(())
    }
}
