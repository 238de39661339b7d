//! A finished report in, document bytes out: the model of a report and its HTML, Markdown and JSON renderings.
//!
//! Nothing here computes a figure. The application builds a [`Content`] from records, [`Report::new`] checks
//! that it holds together (every figure a sentence speaks of exists, every table row has its cells), and the
//! renderers turn the same report into the formats asked for. Word-processor, spreadsheet and print formats
//! join as further modules that read the same [`Report`].

mod blocks;
mod chart;
mod figure;
mod html;
mod json;
mod markdown;
mod model;
pub mod narrative;
mod number;
mod plan;
mod ranking;
mod resolve;
mod task_states;
mod text;
mod words;

pub use blocks::{Align, Block, Cell, CellContent, Column, OutlineItem, Section, Table};
pub use chart::{Chart, ChartKind, Series};
pub use figure::{
    Against, Change, Changes, Completeness, Computed, Direction, Figure, FigureValue, Mark,
    PeriodLabel, Shown, TargetChange,
};
pub use html::{Layout, STYLESHEET, html};
pub use json::json;
pub use markdown::markdown;
pub use model::{
    Content, Head, Language, Notice, NoticeKind, Report, ReportError, ReportFault, Signature,
};
pub use number::Decimal;
pub use plan::{
    BudgetLine, PlanActivity, PlanAudience, PlanDocument, PlanDuty, PlanObjective,
    PlanResponsibility, PlanWorkstream,
};
pub use ranking::{NotRanked, Ranking, RankingRow};
pub use task_states::{TaskState, TaskStateRow, TaskStates};
pub use text::{Show, Span, Text};
