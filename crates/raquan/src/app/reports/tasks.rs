//! The state of tasks as of a day, and who is still missing.

use std::collections::HashMap;

use domain::tasks::TaskState as State;
use domain::vietnamese;
use report::{Block, Section, TaskState, TaskStateRow, TaskStates, Text};
use store::organizations::organization_get_many;

use super::Frame;
use crate::app::AppError;
use crate::app::tasks::{CampaignTaskOn, campaign_task_states, task_state_on};

/// At most so many missing units are named in print; the count is always whole.
const NAMED: usize = 60;

/// The campaign's tasks as a table, and a section with them and the units that are missing.
pub async fn tasks(frame: &Frame<'_>) -> Result<(TaskStates, Section), AppError> {
    let (app, actor) = (frame.app, frame.actor);
    let found = campaign_task_states(app, actor, &frame.campaign.id, frame.as_of).await?;
    let leads: Vec<String> = found
        .iter()
        .map(|task| task.row.lead_organization_id.clone())
        .collect();
    let names: HashMap<String, String> = organization_get_many(app.db.read(), &leads)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let mut rows = Vec::with_capacity(found.len());
    let mut missing = Vec::new();
    for task in &found {
        let lead = &task.row.lead_organization_id;
        rows.push(TaskStateRow {
            task: task.row.title.clone(),
            lead: names.get(lead).unwrap_or(lead).clone(),
            coordinating: Vec::new(),
            due: crate::app::campaigns::stored_date(&task.row.due_day)?,
            state: printed(task),
            progress_percent: u8::try_from(task.standing.progress.clamp(0, 100)).unwrap_or(100),
            evidence: task
                .risk
                .iter()
                .map(|risk| risk.explanation.clone())
                .collect(),
        });
        if task.standing.children > 0 {
            missing.extend(missing_units(frame, task).await?);
        }
    }
    let states = TaskStates {
        caption: format!(
            "Tình hình nhiệm vụ đến hết ngày {}",
            vietnamese::date(frame.as_of)
        ),
        as_of: frame.as_of,
        summary: Text::plain(summary(&rows)),
        rows,
    };
    let mut blocks = Vec::new();
    if !states.rows.is_empty() {
        blocks.push(Block::TaskStates(states.clone()));
        blocks.extend(missing);
    }
    let section = Section {
        id: "tasks".into(),
        heading: "Thực hiện nhiệm vụ".into(),
        blocks,
    };
    Ok((states, section))
}

fn printed(task: &CampaignTaskOn) -> TaskState {
    if task.standing.progress >= 100 {
        TaskState::Done
    } else if State::parse(&task.row.state) == Some(State::Returned) {
        TaskState::Returned
    } else if task.standing.late {
        TaskState::Overdue
    } else if task
        .risk
        .as_ref()
        .is_some_and(|risk| risk.kind.is_at_risk())
    {
        TaskState::AtRisk
    } else {
        TaskState::InTime
    }
}

fn summary(rows: &[TaskStateRow]) -> String {
    let count = |state: TaskState| {
        let found = rows.iter().filter(|row| row.state == state).count();
        vietnamese::number(i64::try_from(found).unwrap_or(i64::MAX))
    };
    let mut parts = vec![format!("{} hoàn thành", count(TaskState::Done))];
    for (state, words) in [
        (TaskState::InTime, "đang thực hiện trong hạn"),
        (TaskState::AtRisk, "có nguy cơ chậm"),
        (TaskState::Returned, "bị trả lại"),
        (TaskState::Overdue, "quá hạn"),
    ] {
        if rows.iter().any(|row| row.state == state) {
            parts.push(format!("{} {words}", count(state)));
        }
    }
    let total = vietnamese::number(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    format!("Trong {total} nhiệm vụ: {}.", parts.join(", "))
}

/// "Còn 12/460 đơn vị chưa hoàn thành …: Xã A, Xã B …".
async fn missing_units(
    frame: &Frame<'_>,
    task: &CampaignTaskOn,
) -> Result<Option<Block>, AppError> {
    let state = task_state_on(frame.app, frame.actor, &task.row.id, frame.as_of).await?;
    if state.missing.is_empty() {
        return Ok(None);
    }
    let names: Vec<&str> = state
        .missing
        .iter()
        .take(NAMED)
        .map(|unit| unit.admin_unit_name.as_str())
        .collect();
    let number = |count: usize| vietnamese::number(i64::try_from(count).unwrap_or(i64::MAX));
    let more = state.missing.len().saturating_sub(NAMED);
    let more = if more > 0 {
        format!("; và {} đơn vị khác", number(more))
    } else {
        String::new()
    };
    Ok(Some(Block::Paragraph(Text::plain(format!(
        "Còn {}/{} đơn vị chưa hoàn thành nhiệm vụ “{}”: {}{more}.",
        number(state.missing.len()),
        vietnamese::number(task.standing.leaves),
        task.row.title,
        names.join("; ")
    )))))
}
