//! Figures: the cube kept in step with the records, and what is asked of it.

mod answer;
mod completeness;
mod compute;
mod get;
mod question;
mod state;

pub use answer::{Comparison, Completeness, Figure, FigureAnswer, Mark, Notice, Part, TargetShare};
pub use get::{figure_get, indicator_list};
pub use question::{Against, FigureInput, boundary_day_of_text, unit_of_text};
pub use state::{Commit, Figures, state_word};
