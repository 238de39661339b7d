//! Tasks: handed out, passed down, and what happened to them.

use std::collections::HashMap;

use jiff::civil::{Date, DateTime};
use store::tasks::TaskOnRow;

use super::files::{CampaignFiles, InformedText, TaskEventText, TaskEventWord, TaskText};
use super::timeline::{Hand, Timeline, Turn, day_between, named_id_of_day};
use super::{DemoError, system};
use crate::app::App;
use crate::app::tasks::{
    CascadeLevel, TaskAct, TaskCascade, TaskCreate, TaskReview, TaskUrge, task_acknowledge,
    task_cascade, task_create, task_progress_report, task_review, task_submit, task_tree,
    task_urge,
};

/// Hands out and passes down the tasks of a campaign, and plans what happened to them.
pub async fn load(
    app: &App,
    hand: &Hand,
    files: &CampaignFiles,
    timeline: &mut Timeline,
) -> Result<(), DemoError> {
    let campaign = &files.campaign;
    let actor = system(Some(&campaign.organization));
    let mut tasks: Vec<&TaskText> = files.tasks.task.iter().collect();
    tasks.sort_by_key(|task| task.first_day);
    for task in tasks {
        let name = format!("{}/{}", campaign.id, task.key);
        let failed = |source| DemoError::step(name.clone(), source);
        let id = named_id_of_day(task.first_day, &name);
        let earliest = campaign.document_date.at(17, 0, 0, 0);
        hand.set(task.first_day.at(7, 15, 0, 0).max(earliest));
        let input = create(files, task, &id);
        task_create(app, &actor, input).await.map_err(failed)?;
        if !task.cascade.is_empty() {
            hand.name_ids(Some(name.clone()));
            let input = cascade(task, &name);
            let cascaded = task_cascade(app, &actor, &id, input).await;
            hand.name_ids(None);
            cascaded.map_err(failed)?;
        }
        let tree = task_tree(app, &actor, &id).await.map_err(failed)?;
        let tree: Vec<TaskOnRow> = tree.into_iter().map(|(row, _)| row).collect();
        Life {
            task,
            name: &name,
            issuer: &campaign.organization,
            tree: &tree,
        }
        .plan(timeline);
    }
    Ok(())
}

fn create(files: &CampaignFiles, task: &TaskText, id: &str) -> TaskCreate {
    TaskCreate {
        id: id.to_owned(),
        campaign_id: files.campaign.id.clone(),
        parent_id: None,
        kind: task.kind.clone(),
        workstream: Some(task.workstream.clone()),
        title: task.title.clone(),
        description: task.description.clone(),
        basis: task.basis.clone(),
        lead_organization_id: task.lead.clone(),
        coordinating_organization_ids: task.coordinating.clone(),
        first_day: task.first_day.to_string(),
        due_day: task.due_day.to_string(),
        wanted_evidence: task.wanted_evidence.clone(),
        indicator: task.indicator.clone(),
    }
}

fn cascade(task: &TaskText, name: &str) -> TaskCascade {
    TaskCascade {
        id: named_id_of_day(task.first_day, &format!("{name}/cascade")),
        levels: task
            .cascade
            .iter()
            .map(|level| CascadeLevel {
                level: level.level.clone(),
                organization_kind: level.organization_kind.clone(),
                days_before: level.days_before,
            })
            .collect(),
        skip_missing: false,
    }
}

/// What happens to a task and the tasks below it.
struct Life<'a> {
    task: &'a TaskText,
    name: &'a str,
    issuer: &'a str,
    /// The task and all below.
    tree: &'a [TaskOnRow],
}

impl Life<'_> {
    fn plan(&self, timeline: &mut Timeline) {
        let Some((top, below)) = self.tree.split_first() else {
            return;
        };
        self.events(timeline, top, self.issuer, &self.task.events);
        let is_parent = |row: &TaskOnRow| {
            below
                .iter()
                .any(|child| child.parent_id.as_deref() == Some(row.id.as_str()))
        };
        let mut lowest: Vec<&TaskOnRow> = below.iter().filter(|row| !is_parent(row)).collect();
        lowest.sort_by(|a, b| a.admin_unit_id.cmp(&b.admin_unit_id));
        let mut done: HashMap<String, Option<Date>> = HashMap::new();
        for (number, row) in lowest.iter().enumerate() {
            let finished = match &self.task.informed {
                Some(informed) => {
                    Some(self.informed(timeline, row, informed, number, lowest.len()))
                }
                None if self.task.lives.is_empty() => None,
                None => {
                    let life = &self.task.lives[number % self.task.lives.len()];
                    self.events(timeline, row, &top.lead_organization_id, life);
                    life.iter()
                        .find(|event| event.what == TaskEventWord::Accepted)
                        .map(|event| event.day)
                }
            };
            done.insert(row.id.clone(), finished);
        }
        if let Some(informed) = &self.task.informed {
            let note = informed.urged_note.clone();
            self.urge_below(timeline, top, informed.urged_day, note);
        }
        // From below upward: a task with tasks below is done when all of those are.
        let mut between: Vec<&TaskOnRow> = below.iter().filter(|row| is_parent(row)).collect();
        between.reverse();
        between.push(top);
        for row in between {
            let children = below
                .iter()
                .filter(|child| child.parent_id.as_deref() == Some(row.id.as_str()));
            let finished: Option<Vec<Date>> = children
                .map(|child| done.get(&child.id).copied().flatten())
                .collect();
            let last = finished.and_then(|days| days.into_iter().max());
            self.between(timeline, row, last, row.id == top.id);
            done.insert(row.id.clone(), last);
        }
    }

    /// Received, and done on the day on which the last task below was.
    fn between(&self, timeline: &mut Timeline, row: &TaskOnRow, last: Option<Date>, is_top: bool) {
        let Some(text) = &self.task.between else {
            return;
        };
        if !is_top {
            let received = event(text.received_day, TaskEventWord::Acknowledged, &text.note);
            self.event(
                timeline,
                row,
                self.issuer,
                "received",
                text.received_day.at(9, 0, 0, 0),
                received,
            );
        }
        let Some(last) = last else { return };
        let hour = if is_top { 21 } else { 19 };
        let submitted = event(last, TaskEventWord::Submitted, &text.done_note);
        self.event(
            timeline,
            row,
            self.issuer,
            "done",
            last.at(hour, 0, 0, 0),
            submitted,
        );
        let accepted = event(last, TaskEventWord::Accepted, &text.done_note);
        self.event(
            timeline,
            row,
            self.issuer,
            "taken",
            last.at(hour, 30, 0, 0),
            accepted,
        );
    }

    /// One body's acknowledgement; answers with its day.
    fn informed(
        &self,
        timeline: &mut Timeline,
        row: &TaskOnRow,
        text: &InformedText,
        number: usize,
        count: usize,
    ) -> Date {
        let position = (text.step * number) % count;
        let regular = count * usize::try_from(text.regular_percent).unwrap_or(100) / 100;
        let day = if position < regular {
            day_between(text.first_day, text.regular_last_day, position, regular)
        } else {
            day_between(
                text.urged_day,
                text.last_day,
                position - regular,
                count - regular,
            )
        };
        let acknowledged = event(day, TaskEventWord::Acknowledged, &text.note);
        self.event(
            timeline,
            row,
            self.issuer,
            "informed",
            day.at(16, 0, 0, 0),
            acknowledged,
        );
        day
    }

    fn urge_below(&self, timeline: &mut Timeline, top: &TaskOnRow, day: Date, note: String) {
        let (id, name) = (top.id.clone(), format!("{} urged", self.name));
        let actor = system(Some(self.issuer));
        let act = TaskAct {
            id: Some(named_id_of_day(day, &name)),
            note,
            day: None,
        };
        timeline.add(day.at(8, 0, 0, 0), Turn::Task, name, move |app| {
            Box::pin(async move {
                super::once(task_urge(app, &actor, &id, TaskUrge { below: true, act }).await)
            })
        });
    }

    /// The events of a life, those of one day one after the other.
    fn events(
        &self,
        timeline: &mut Timeline,
        row: &TaskOnRow,
        reviewer: &str,
        life: &[TaskEventText],
    ) {
        for (number, text) in life.iter().enumerate() {
            let hour = i8::try_from(9 + number).unwrap_or(17).min(18);
            let at = text.day.at(hour, 0, 0, 0);
            self.event(
                timeline,
                row,
                reviewer,
                &number.to_string(),
                at,
                text.clone(),
            );
        }
    }

    fn event(
        &self,
        timeline: &mut Timeline,
        row: &TaskOnRow,
        reviewer: &str,
        which: &str,
        at: DateTime,
        text: TaskEventText,
    ) {
        let name = format!("{}/{}/{which}", self.name, row.lead_organization_id);
        let act = TaskAct {
            id: Some(named_id_of_day(text.day, &name)),
            note: text.note,
            day: None,
        };
        let by_lead = matches!(
            text.what,
            TaskEventWord::Acknowledged | TaskEventWord::Progressed | TaskEventWord::Submitted
        );
        let actor = system(Some(if by_lead {
            &row.lead_organization_id
        } else {
            reviewer
        }));
        let (id, what, percent) = (row.id.clone(), text.what, text.percent.unwrap_or(0));
        timeline.add(at, Turn::Task, name, move |app| {
            Box::pin(async move {
                let accept = what == TaskEventWord::Accepted;
                let done = match what {
                    TaskEventWord::Acknowledged => task_acknowledge(app, &actor, &id, act).await,
                    TaskEventWord::Progressed => {
                        task_progress_report(app, &actor, &id, percent, act).await
                    }
                    TaskEventWord::Submitted => task_submit(app, &actor, &id, act).await,
                    TaskEventWord::Accepted | TaskEventWord::Returned => {
                        task_review(app, &actor, &id, TaskReview { accept, act }).await
                    }
                    TaskEventWord::Urged => {
                        let urge = TaskUrge { below: false, act };
                        return super::once(task_urge(app, &actor, &id, urge).await);
                    }
                };
                done.map(|_| ())
            })
        });
    }
}

fn event(day: Date, what: TaskEventWord, note: &str) -> TaskEventText {
    TaskEventText {
        day,
        what,
        percent: None,
        note: note.to_owned(),
    }
}
