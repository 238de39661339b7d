//! Why a working life cannot be computed with.

use crate::month::Month;

/// What cannot be as it is given.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum CareerError {
    /// Not a single month.
    #[error("chưa kê tháng đóng nào: cần ít nhất một tháng")]
    Empty,
    /// The last month lies before the first.
    #[error("khoảng từ {from} đến {to} bị ngược: tháng cuối phải không trước tháng đầu")]
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
    /// More months, đồng or years than a life has.
    #[error("{what} là {given}, phải từ {least} đến {most}: kiểm tra lại")]
    OutOfRange {
        /// Name of the input.
        what: &'static str,
        /// As given.
        given: i64,
        /// Least that is accepted.
        least: i64,
        /// Most that is accepted.
        most: i64,
    },
}

impl CareerError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            CareerError::Empty => "career.empty",
            CareerError::SpanReversed { .. } => "career.span_reversed",
            CareerError::InputMissing { .. } => "career.input_missing",
            CareerError::OutOfRange { .. } => "career.out_of_range",
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
            CareerError::OutOfRange {
                what,
                given,
                least,
                most,
            } => format!("{what} is {given}, it must be from {least} to {most}: check it"),
        }
    }
}

/// Checks the bounds of an input.
///
/// Errors: outside them.
pub(crate) fn checked(
    what: &'static str,
    given: i64,
    least: i64,
    most: i64,
) -> Result<(), CareerError> {
    if (least..=most).contains(&given) {
        return Ok(());
    }
    Err(CareerError::OutOfRange {
        what,
        given,
        least,
        most,
    })
}
