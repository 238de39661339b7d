//! What happens to a task after it was handed out: one event each, in one transaction.

use domain::tasks::{self, StepError, TaskEventKind, TaskState};
use domain::vietnamese;
use jiff::civil::Date;
use store::DatabaseTransaction;
use store::tasks::{self as rows, TaskEventRow, TaskRow};

use super::{
    Seen, action_of, campaign_in_force, facts_of, is_own_review, now, state_of, summary,
    task_again, task_visible,
};
use crate::app::campaigns::{date, required, stored_date, unknown_organization};
use crate::app::{Action, Actor, App, AppError, Fault, Operation, Written};

/// What a report on a task says.
#[derive(Debug, Clone, Default)]
pub struct TaskAct {
    /// Id of the event, made by the client: the same again does nothing.
    pub id: Option<String>,
    /// Note, reason or wording.
    pub note: String,
    /// Day it counts for, `YYYY-MM-DD`; today when none.
    pub day: Option<String>,
}

/// What the reviewer decides.
#[derive(Debug, Clone)]
pub struct TaskReview {
    /// Accepted, or returned with the reason in `act.note`.
    pub accept: bool,
    /// Note and day.
    pub act: TaskAct,
}

/// What is urged.
#[derive(Debug, Clone)]
pub struct TaskUrge {
    /// Also everything below that is open, as one act.
    pub below: bool,
    /// Note and day.
    pub act: TaskAct,
}

/// To whom a task goes.
#[derive(Debug, Clone)]
pub struct TaskHandOver {
    /// Another organization.
    pub to_organization_id: Option<String>,
    /// Another person.
    pub to_user_id: Option<String>,
    /// Note and day.
    pub act: TaskAct,
}

/// The lead has received the task; for the kind `inform` it has passed it on, which finishes it.
pub async fn task_acknowledge(
    app: &App,
    actor: &Actor,
    id: &str,
    act: TaskAct,
) -> Result<TaskRow, AppError> {
    let event = TaskEventKind::Acknowledged;
    Doing::begin(app, actor, id, event)
        .await?
        .write("task_acknowledge", act, |_| {})
        .await
}

/// The lead reports how far the task is, in percent.
pub async fn task_progress_report(
    app: &App,
    actor: &Actor,
    id: &str,
    percent: i64,
    act: TaskAct,
) -> Result<TaskRow, AppError> {
    let doing = Doing::begin(app, actor, id, TaskEventKind::Progressed).await?;
    if !(0..=100).contains(&percent) {
        return Err(AppError::invalid(Fault::new(
            "percent",
            "task.percent_out_of_range",
            format!("Tiến độ {percent}% không hợp lệ."),
            "Nhập số từ 0 đến 100.",
        )));
    }
    doing
        .write("task_progress_report", act, move |row| {
            row.progress = percent
        })
        .await
}

/// The lead reports the task as finished.
pub async fn task_submit(
    app: &App,
    actor: &Actor,
    id: &str,
    act: TaskAct,
) -> Result<TaskRow, AppError> {
    Doing::begin(app, actor, id, TaskEventKind::Submitted)
        .await?
        .write("task_submit", act, |_| {})
        .await
}

/// The reviewer accepts the work or returns it with a reason.
pub async fn task_review(
    app: &App,
    actor: &Actor,
    id: &str,
    input: TaskReview,
) -> Result<TaskRow, AppError> {
    let event = if input.accept {
        TaskEventKind::Accepted
    } else {
        TaskEventKind::Returned
    };
    let doing = Doing::begin(app, actor, id, event).await?;
    if is_own_review(actor, &doing.seen.row, event) {
        return Err(AppError::Forbidden {
            action: "task_review_of_own_work",
        });
    }
    if !input.accept {
        reason(&input.act, "lý do trả lại")?;
    }
    doing.write("task_review", input.act, |_| {}).await
}

/// Hands a task over to another organization or person.
pub async fn task_hand_over(
    app: &App,
    actor: &Actor,
    id: &str,
    input: TaskHandOver,
) -> Result<TaskRow, AppError> {
    // Handing over within the own organization is for its own people too.
    let action = if input.to_organization_id.is_none() {
        Action::TaskReport
    } else {
        Action::TaskWrite
    };
    let event = TaskEventKind::HandedOver;
    let doing = Doing::begin_with(app, actor, id, event, action).await?;
    let mut faults = Vec::new();
    let mut to = None;
    if let Some(id) = &input.to_organization_id {
        to = store::organizations::organization_get(app.db.read(), id)
            .await?
            .filter(|body| body.province_id == doing.seen.row.province_id && body.active);
        if to.is_none() {
            faults.push(unknown_organization("to_organization_id", id));
        }
    }
    if let Some(id) = &input.to_user_id {
        let user = store::users::user_get(app.db.read(), id).await?;
        if !user.is_some_and(|user| user.active) {
            faults.push(Fault::new(
                "to_user_id",
                "user.unknown",
                format!("Không có người dùng mã “{id}” đang hoạt động."),
                "Chọn người nhận trong danh sách.",
            ));
        }
    }
    if input.to_organization_id.is_none() && input.to_user_id.is_none() {
        faults.push(Fault::new(
            "to_organization_id",
            "task.nobody_to_hand_over_to",
            "Chưa chọn người hoặc cơ quan nhận bàn giao.",
            "Chọn cơ quan, hoặc người, hoặc cả hai.",
        ));
    }
    AppError::check(faults)?;
    let doing = Doing {
        to_user_id: input.to_user_id,
        ..doing
    };
    let doing = Doing {
        to_organization_id: to.as_ref().map(|body| body.id.clone()),
        ..doing
    };
    doing
        .write("task_hand_over", input.act, move |row| {
            if let Some(body) = to {
                row.lead_organization_id = body.id;
                row.admin_unit_id = body.admin_unit_id;
            }
        })
        .await
}

/// Opens a task again that was done or no longer wanted.
pub async fn task_reopen(
    app: &App,
    actor: &Actor,
    id: &str,
    act: TaskAct,
) -> Result<TaskRow, AppError> {
    let doing = Doing::begin(app, actor, id, TaskEventKind::Reopened).await?;
    reason(&act, "lý do mở lại")?;
    doing.write("task_reopen", act, |_| {}).await
}

/// Takes a task back, with everything below it that is not done. Returns how many were taken back.
pub async fn task_cancel(
    app: &App,
    actor: &Actor,
    id: &str,
    act: TaskAct,
) -> Result<usize, AppError> {
    let doing = Doing::begin(app, actor, id, TaskEventKind::Cancelled).await?;
    reason(&act, "lý do hủy")?;
    doing
        .write_below("task_cancel", act, Some(TaskState::Cancelled), true)
        .await
}

/// Urges a task and, when asked, all below that are open. Returns how many were urged.
pub async fn task_urge(
    app: &App,
    actor: &Actor,
    id: &str,
    input: TaskUrge,
) -> Result<usize, AppError> {
    let doing = Doing::begin(app, actor, id, TaskEventKind::Urged).await?;
    doing
        .write_below("task_urge", input.act, None, input.below)
        .await
}

fn reason(act: &TaskAct, what: &str) -> Result<(), AppError> {
    let mut faults = Vec::new();
    required("note", &act.note, what, &mut faults);
    AppError::check(
        faults
            .into_iter()
            .map(|f| Fault {
                code: "task.reason_missing",
                ..f
            })
            .collect(),
    )
}

/// An event that the actor may make happen.
struct Doing<'a> {
    app: &'a App,
    actor: &'a Actor,
    seen: Seen,
    event: TaskEventKind,
    to_organization_id: Option<String>,
    to_user_id: Option<String>,
}

impl<'a> Doing<'a> {
    async fn begin(
        app: &'a App,
        actor: &'a Actor,
        id: &str,
        event: TaskEventKind,
    ) -> Result<Self, AppError> {
        Self::begin_with(app, actor, id, event, action_of(event)).await
    }

    async fn begin_with(
        app: &'a App,
        actor: &'a Actor,
        id: &str,
        event: TaskEventKind,
        action: Action,
    ) -> Result<Self, AppError> {
        let seen = task_visible(app, actor, id).await?;
        seen.require(app, actor, action)?;
        Ok(Self {
            app,
            actor,
            seen,
            event,
            to_organization_id: None,
            to_user_id: None,
        })
    }

    /// Checks the day that the event counts for: not in the future.
    fn day(&self, act: &TaskAct) -> Result<Date, AppError> {
        let today = self.app.clock.today();
        let Some(text) = &act.day else {
            return Ok(today);
        };
        let mut faults = Vec::new();
        let day = date("day", text, &mut faults);
        if let Some(day) = day.filter(|day| *day > today) {
            faults.push(Fault::new(
                "day",
                "task.day_in_future",
                format!("Ngày {} chưa đến.", vietnamese::date(day)),
                "Chọn hôm nay hoặc một ngày đã qua.",
            ));
        }
        AppError::check(faults)?;
        Ok(day.unwrap_or(today))
    }

    fn event_row(&self, act: &TaskAct, day: Date) -> TaskEventRow {
        TaskEventRow {
            province_id: self.seen.row.province_id.clone(),
            task_id: self.seen.row.id.clone(),
            number: 0,
            id: act.id.clone().unwrap_or_else(|| self.app.clock.new_id()),
            kind: self.event.as_str().into(),
            at: self.app.clock.now_text(),
            day: day.to_string(),
            state: String::new(),
            progress: 0,
            note: act.note.trim().to_owned(),
            actor_id: self.actor.user_id.clone(),
            organization_id: self.actor.organization_id.clone(),
            to_organization_id: self.to_organization_id.clone(),
            to_user_id: self.to_user_id.clone(),
        }
    }

    async fn write(
        self,
        operation: &'static str,
        act: TaskAct,
        change: impl FnOnce(&mut TaskRow) + Send + 'static,
    ) -> Result<TaskRow, AppError> {
        let day = self.day(&act)?;
        let event = self.event_row(&act, day);
        let kind = self.event;
        let given_id = act.id.is_some();
        let operation = Operation::new(&self.seen.row.province_id, operation, "task");
        let id = self.seen.row.id.clone();
        self.app
            .write(self.actor, operation, move |tx| {
                Box::pin(async move {
                    let old = task_again(tx, &id).await?;
                    let events = rows::task_event_list(tx, &old.province_id, &id).await?;
                    if given_id && let Some(there) = events.iter().find(|e| e.id == event.id) {
                        return if there.kind == event.kind {
                            Ok(Written::repeated(old))
                        } else {
                            Err(AppError::id_taken())
                        };
                    }
                    campaign_in_force(tx, &old.campaign_id).await?;
                    refuse_earlier(&events, day)?;
                    let state = tasks::step(now(&old)?, kind).map_err(refused)?;
                    check_proof(tx, &old, kind, state, &event.note).await?;
                    let mut new = TaskRow {
                        state: state.as_str().into(),
                        ..old.clone()
                    };
                    change(&mut new);
                    mark_days(&mut new, kind, state, day);
                    if !rows::task_update(tx, &new).await? {
                        return Err(AppError::stale());
                    }
                    new.version += 1;
                    let event = TaskEventRow {
                        number: new.version,
                        state: new.state.clone(),
                        progress: new.progress,
                        ..event
                    };
                    rows::task_event_insert_many(tx, &[event]).await?;
                    let (before, after) = (summary(&old), summary(&new));
                    let written = Written::new(new.clone(), &id).before(before).after(after);
                    let (had, has) = (facts_of(&old), facts_of(&new));
                    if had == has {
                        return Ok(written);
                    }
                    Ok(written.replacing_facts_of(vec![id.clone()]).facts(has))
                })
            })
            .await
    }

    /// The same event for the task and, when `below`, for every open task below it: one change row.
    async fn write_below(
        self,
        operation: &'static str,
        act: TaskAct,
        state: Option<TaskState>,
        below: bool,
    ) -> Result<usize, AppError> {
        let day = self.day(&act)?;
        let event = self.event_row(&act, day);
        let kind = self.event;
        let clock = self.app.clock.clone();
        let operation = Operation::new(&self.seen.row.province_id, operation, "task");
        let id = self.seen.row.id.clone();
        self.app
            .write(self.actor, operation, move |tx| {
                Box::pin(async move {
                    let old = task_again(tx, &id).await?;
                    campaign_in_force(tx, &old.campaign_id).await?;
                    tasks::step(now(&old)?, kind).map_err(refused)?;
                    let mut tree = vec![old.clone()];
                    if below {
                        tree = rows::task_list_below(tx, &old.province_id, &id).await?;
                    }
                    let ids: Vec<String> = tree
                        .iter()
                        .filter(|row| now(row).is_ok_and(|now| tasks::step(now, kind).is_ok()))
                        .map(|row| row.id.clone())
                        .collect();
                    let state = state.map(TaskState::as_str);
                    let touched = rows::task_update_many(tx, &old.province_id, &ids, state).await?;
                    let events: Vec<TaskEventRow> = touched
                        .into_iter()
                        .map(|task| TaskEventRow {
                            id: if task.id == id {
                                event.id.clone()
                            } else {
                                clock.new_id()
                            },
                            task_id: task.id,
                            number: task.version,
                            state: task.state,
                            progress: task.progress,
                            ..event.clone()
                        })
                        .collect();
                    rows::task_event_insert_many(tx, &events).await?;
                    let after = serde_json::json!({
                        "state": state.unwrap_or(&old.state), "tasks": events.len(),
                        "note": event.note,
                    });
                    Ok(Written::new(events.len(), id)
                        .before(summary(&old))
                        .after(after))
                })
            })
            .await
    }
}

/// Keeps the days on which a task was received and done.
fn mark_days(row: &mut TaskRow, kind: TaskEventKind, state: TaskState, day: Date) {
    if kind == TaskEventKind::Acknowledged {
        row.acknowledged_day.get_or_insert_with(|| day.to_string());
    }
    if state != TaskState::Accepted {
        row.done_day = None;
        if state == TaskState::New && kind == TaskEventKind::Reopened {
            row.acknowledged_day = None;
        }
    } else if row.done_day.is_none() {
        row.done_day = Some(day.to_string());
    }
}

fn refused(error: StepError) -> AppError {
    let code = match error {
        StepError::WrongState { .. } => "task.wrong_state",
        StepError::ProgressFromChildren => "task.progress_from_children",
        StepError::NoProgress => "task.no_progress",
    };
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    let message = format!("{}{}.", first.unwrap_or_default(), letters.as_str());
    AppError::Conflict { code, message }
}

/// What happened is told in its order: nothing counts for a day before what was told last.
fn refuse_earlier(events: &[TaskEventRow], day: Date) -> Result<(), AppError> {
    let Some(last) = events.last() else {
        return Ok(());
    };
    let last = stored_date(&last.day)?;
    if day >= last {
        return Ok(());
    }
    Err(AppError::invalid(Fault::new(
        "day",
        "task.day_before_last_event",
        format!(
            "Ngày {} trước lần cập nhật gần nhất ({}).",
            vietnamese::date(day),
            vietnamese::date(last)
        ),
        "Chọn ngày từ lần cập nhật gần nhất trở đi.",
    )))
}

/// Finished work says so in words or shows a file; work with parts is finished after its parts.
async fn check_proof(
    tx: &DatabaseTransaction,
    row: &TaskRow,
    kind: TaskEventKind,
    state: TaskState,
    note: &str,
) -> Result<(), AppError> {
    let by_word = kind == TaskEventKind::Acknowledged && state == TaskState::Accepted;
    let submits = kind == TaskEventKind::Submitted;
    if submits && row.child_count > 0 {
        let below = rows::task_list_below(tx, &row.province_id, &row.id).await?;
        let mut open = 0;
        for child in below.iter().filter(|child| child.id != row.id) {
            open += i64::from(state_of(&child.state)?.is_open());
        }
        if open > 0 {
            return Err(AppError::Conflict {
                code: "task.open_below",
                message: format!(
                    "Còn {} nhiệm vụ cấp dưới chưa xong. Đôn đốc hoặc hủy các nhiệm vụ đó trước.",
                    vietnamese::number(open)
                ),
            });
        }
    }
    let wants_proof = by_word || (submits && !row.wanted_evidence.is_empty());
    if wants_proof && note.is_empty() {
        let evidence = rows::task_evidence_list(tx, &row.province_id, &row.id).await?;
        if evidence.is_empty() {
            return Err(AppError::invalid(Fault::new(
                "note",
                "task.proof_missing",
                "Chưa có xác nhận bằng lời hoặc minh chứng.",
                "Ghi xác nhận (ví dụ “đã phổ biến, quán triệt”) hoặc đính kèm tệp minh chứng.",
            )));
        }
    }
    Ok(())
}
