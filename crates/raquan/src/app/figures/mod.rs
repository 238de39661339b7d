//! Figures: the cube kept in step with the records, and what is asked of it.

mod answer;
mod breakdown;
mod completeness;
mod compute;
mod follow;
mod get;
mod memo;
mod question;
mod rankings;
mod records;
mod state;

pub use answer::{Comparison, Completeness, Figure, FigureAnswer, Mark, Notice, Part, TargetShare};
pub use breakdown::{FigureBreakdown, FigureRow, figure_breakdown};
pub(in crate::app) use compute::ratio_value;
pub use follow::follow;
pub use get::{figure_get, figure_get_written, indicator_list};
pub use question::{Against, FigureInput, boundary_day_of_text, unit_of_text};
pub use rankings::{
    ApartRow, RankBy, RankingAnswer, RankingInput, RankingRow, RankingTable, ranking_get,
};
pub use records::{FactKey, figure_records};
pub use state::{Commit, Figures, state_word};
