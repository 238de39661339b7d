//! `tasks.toml`: who must do what by when, and how it went.

use jiff::civil::Date;
use serde::Deserialize;

/// `tasks.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TasksFile {
    /// The tasks.
    pub task: Vec<TaskText>,
}

/// A task and how it went.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskText {
    /// Short id within the campaign.
    pub key: String,
    /// `do` or `inform`.
    pub kind: String,
    /// Workstream of the plan.
    pub workstream: String,
    /// What is to be done.
    pub title: String,
    /// At length.
    pub description: String,
    /// Clause that it stems from.
    pub basis: String,
    /// Body that leads.
    pub lead: String,
    /// Bodies that help.
    #[serde(default)]
    pub coordinating: Vec<String>,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub due_day: Date,
    /// Evidence that is wanted.
    pub wanted_evidence: String,
    /// Indicator that counts its completion.
    pub indicator: Option<String>,
    /// Levels that it is passed down to.
    #[serde(default)]
    pub cascade: Vec<CascadeText>,
    /// What happened to it.
    #[serde(default)]
    pub events: Vec<TaskEventText>,
    /// What happened to the tasks at the lowest level, which take these lives in turn.
    #[serde(default)]
    pub lives: Vec<Vec<TaskEventText>>,
    /// What happened to the tasks with tasks below, this one's own end too.
    pub between: Option<BetweenText>,
    /// How the lowest level acknowledged, spread over days.
    pub informed: Option<InformedText>,
}

/// A level of a cascade.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CascadeText {
    /// `district` or `commune`.
    pub level: String,
    /// Kind of the bodies.
    pub organization_kind: String,
    /// Working days earlier than the level above.
    pub days_before: u16,
}

/// Something that happened to a task.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskEventText {
    /// Day.
    pub day: Date,
    /// What.
    pub what: TaskEventWord,
    /// Percent, of what progressed.
    pub percent: Option<i64>,
    /// Note, reason or wording.
    pub note: String,
}

/// What can happen to a task of the demo.
#[derive(Debug, Copy, Clone, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum TaskEventWord {
    /// Received.
    Acknowledged,
    /// Reported in percent.
    Progressed,
    /// Reported as finished.
    Submitted,
    /// Accepted.
    Accepted,
    /// Returned with a reason.
    Returned,
    /// Urged.
    Urged,
}

/// What happened to the tasks between top and bottom.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BetweenText {
    /// Day on which each was received.
    pub received_day: Date,
    /// Note then.
    pub note: String,
    /// Note when all below were done.
    pub done_note: String,
}

/// How the lowest level acknowledged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformedText {
    /// First day.
    pub first_day: Date,
    /// Last day of those in time.
    pub regular_last_day: Date,
    /// How many in a hundred were in time.
    pub regular_percent: i64,
    /// Day on which the rest was urged.
    pub urged_day: Date,
    /// Wording.
    pub urged_note: String,
    /// Day by which all had.
    pub last_day: Date,
    /// The order of the bodies: body number i is at (step × i) mod their number.
    pub step: usize,
    /// Note.
    pub note: String,
}
