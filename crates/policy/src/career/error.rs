//! Why a working life cannot be computed with.

use crate::month::Month;
use crate::trace::vi;

/// What cannot be as it is given.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum CareerError {
    /// Not a single month.
    #[error("chưa kê tháng đóng nào: cần ít nhất một tháng")]
    Empty,
    /// The last month lies before the first.
    #[error("khoảng từ {from} đến {to} bị ngược: tháng cuối phải không trước tháng đầu", from = vi(*from), to = vi(*to))]
    SpanReversed {
        /// As given.
        from: Month,
        /// As given.
        to: Month,
    },
    /// Something that the question cannot do without.
    #[error("thiếu dữ liệu: {what}")]
    InputMissing {
        /// Names of the inputs.
        what: &'static str,
    },
}

impl CareerError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            CareerError::Empty => "career.empty",
            CareerError::SpanReversed { .. } => "career.span_reversed",
            CareerError::InputMissing { .. } => "career.input_missing",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            CareerError::Empty => "no month is given: at least one is needed".to_owned(),
            CareerError::SpanReversed { from, to } => format!(
                "the span from {from} to {to} is reversed: the last month must not lie before the first"
            ),
            CareerError::InputMissing { what } => format!("{what} must be given"),
        }
    }
}
