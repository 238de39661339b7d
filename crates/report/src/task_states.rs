//! Where the tasks of a campaign stand on a day.

use crate::blocks::{Cell, Column, Table};
use crate::model::Language;
use crate::number::Decimal;
use crate::text::Text;
use crate::words::Words;
use jiff::civil::Date;

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskState {
    /// Accepted in review.
    Done,
    /// Under way with time left.
    InTime,
    /// Under way, and by its progress not to be done in time.
    AtRisk,
    /// Handed in and returned with a reason; not done.
    Returned,
    /// Not done, and the deadline is past.
    Overdue,
}

/// One task's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskStateRow {
    /// What must be done.
    pub task: String,
    /// The body that leads.
    pub lead: String,
    /// The bodies that help.
    pub coordinating: Vec<String>,
    /// By when.
    pub due: Date,
    /// Where it stands.
    pub state: TaskState,
    /// Progress in whole percent.
    pub progress_percent: u8,
    /// What shows it: titles of evidence; empty when there is none.
    pub evidence: Vec<String>,
}

/// The tasks on a day, with a sentence that sums them up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskStates {
    /// What the table shows.
    pub caption: String,
    /// The day.
    pub as_of: Date,
    /// The sum in words, by figures: "Có 18/21 nhiệm vụ hoàn thành".
    pub summary: Text,
    /// The tasks.
    pub rows: Vec<TaskStateRow>,
}

impl TaskStates {
    /// The states as a table.
    pub(crate) fn table(&self, language: Language) -> Table {
        let words = Words::of(language);
        let columns = vec![
            Column::center(words.row_number),
            Column::text(words.task),
            Column::text(words.lead),
            Column::center(words.due),
            Column::number(words.progress, "%"),
            Column::center(words.state),
            Column::text(words.evidence),
        ];
        let rows = self
            .rows
            .iter()
            .zip(1i64..)
            .map(|(row, index)| {
                let lead = if row.coordinating.is_empty() {
                    row.lead.clone()
                } else {
                    format!(
                        "{} ({}: {})",
                        row.lead,
                        words.coordinating,
                        row.coordinating.join(", ")
                    )
                };
                let evidence = if row.evidence.is_empty() {
                    Cell::missing()
                } else {
                    Cell::text(row.evidence.join("; "))
                };
                vec![
                    Cell::text(index.to_string()),
                    Cell::text(&*row.task),
                    Cell::text(lead),
                    Cell::text(crate::words::date(row.due, language)),
                    Cell::number(Decimal::from(i64::from(row.progress_percent))),
                    Cell::text(Text::strong(words.task_state(row.state))),
                    evidence,
                ]
            })
            .collect();
        let caption = format!(
            "{} ({} {})",
            self.caption,
            words.as_of,
            crate::words::date(self.as_of, language)
        );
        Table {
            caption,
            columns,
            rows,
            footer: None,
            notes: Vec::new(),
            computed: None,
        }
    }
}
