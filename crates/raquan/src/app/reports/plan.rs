//! The plan in its four parts, as the annex of the report.

use std::collections::HashMap;

use domain::plan::{Plan, ResponsibilityRole, WantedDirection};
use report::{
    BudgetLine, Direction, Language, PlanActivity, PlanAudience, PlanDocument, PlanDuty,
    PlanObjective, PlanResponsibility, PlanWorkstream, Section, TaskStates,
};
use store::organizations::organization_get_many;

use super::{Frame, labels};
use crate::app::AppError;

/// The plan's sections. The table of tasks stands in a section of its own.
pub async fn sections(
    frame: &Frame<'_>,
    task_states: TaskStates,
) -> Result<Vec<Section>, AppError> {
    let ids: Vec<String> = frame
        .plan
        .responsibilities
        .iter()
        .filter_map(|line| line.organization_id.clone())
        .collect();
    let names: HashMap<String, String> = organization_get_many(frame.app.db.read(), &ids)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let document = document(frame, &names, &task_states);
    let mut sections = document.sections(Language::Vi);
    for section in &mut sections {
        section.id = format!("plan-{}", section.id);
    }
    Ok(sections)
}

fn document(
    frame: &Frame<'_>,
    names: &HashMap<String, String>,
    task_states: &TaskStates,
) -> PlanDocument {
    let plan = &frame.plan;
    let method = Some(plan.method.clone()).filter(|text| !text.trim().is_empty());
    PlanDocument {
        overall_objective: plan.objectives.overall.clone(),
        objectives: plan
            .objectives
            .specific
            .iter()
            .map(|objective| PlanObjective {
                text: objective.text.clone(),
                indicator: objective.indicator.as_ref().map(|id| {
                    let name = frame.app.catalog.indicators.get(id);
                    let name = name.map_or_else(|| id.clone(), |own| own.name_vi.clone());
                    (name, direction(objective.direction))
                }),
            })
            .collect(),
        requirements: plan.requirements.clone(),
        method: method.into_iter().collect(),
        audiences: plan
            .audiences
            .iter()
            .map(|audience| PlanAudience {
                name: audience.name.clone(),
                slogans: plan
                    .slogans
                    .iter()
                    .filter(|slogan| slogan.audience == audience.id)
                    .map(|slogan| slogan.text.clone())
                    .collect(),
            })
            .collect(),
        theme: plan.theme.clone(),
        logo: Some(plan.logo.clone()).filter(|text| !text.trim().is_empty()),
        main_message: plan.main_message.clone(),
        channels: plan.channels.clone(),
        means: plan.means.clone(),
        workstreams: plan
            .workstreams
            .iter()
            .map(|workstream| PlanWorkstream {
                name: workstream.name.clone(),
                description: None,
                activities: plan
                    .activities_planned
                    .iter()
                    .filter(|activity| activity.workstream == workstream.id)
                    .map(|activity| PlanActivity {
                        name: activity.text.clone(),
                        at_least: activity.quantity,
                        when: activity
                            .period
                            .as_deref()
                            .and_then(|text| text.parse().ok())
                            .map(|period| labels::period(&period)),
                        organization: None,
                    })
                    .collect(),
            })
            .collect(),
        budget: plan
            .budget_lines
            .iter()
            .map(|line| BudgetLine {
                purpose: line.name.clone(),
                allotted_vnd: line.allotted_vnd,
                spent_vnd: Some(line.spent_vnd),
            })
            .collect(),
        budget_total: (!plan.budget_lines.is_empty()).then(|| {
            let (allotted_vnd, spent_vnd) = plan.budget_totals();
            BudgetLine {
                purpose: "Tổng cộng".into(),
                allotted_vnd,
                spent_vnd: Some(spent_vnd),
            }
        }),
        budget_notes: Vec::new(),
        budget_computed: None,
        responsibilities: responsibilities(plan, names, task_states),
        task_states: None,
    }
}

fn direction(wanted: Option<WantedDirection>) -> Direction {
    match wanted {
        Some(WantedDirection::Down) => Direction::Down,
        Some(WantedDirection::Up) | None => Direction::Up,
    }
}

/// One entry per body, its duties below it, each with the state of the task of the same words.
fn responsibilities(
    plan: &Plan,
    names: &HashMap<String, String>,
    task_states: &TaskStates,
) -> Vec<PlanResponsibility> {
    let mut found: Vec<PlanResponsibility> = Vec::new();
    for line in &plan.responsibilities {
        let named = line
            .organization_id
            .as_ref()
            .and_then(|id| names.get(id))
            .cloned();
        let organization = named.or_else(|| line.name.clone()).unwrap_or_default();
        let task = task_states
            .rows
            .iter()
            .find(|row| row.task == line.text && row.lead == organization);
        let text = match line.role {
            ResponsibilityRole::Lead => line.text.clone(),
            ResponsibilityRole::Coordinate => format!("Phối hợp: {}", line.text),
        };
        let duty = PlanDuty {
            text,
            due: task.map(|task| task.due),
            state: task.map(|task| task.state),
        };
        match found
            .iter_mut()
            .find(|own| own.organization == organization)
        {
            Some(own) => own.duties.push(duty),
            None => found.push(PlanResponsibility {
                organization,
                coordinating: Vec::new(),
                duties: vec![duty],
            }),
        }
    }
    found
}
