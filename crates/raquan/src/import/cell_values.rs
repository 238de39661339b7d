//! From what a cell holds to the value that its column wants.

use std::sync::Arc;

use super::columns::{Choice, Kind};
use super::dates::{date_from_cell, date_from_serial, date_from_text};
use super::dates::{period_from_cell, period_from_number, period_from_text};
use super::labels::{fold, nearest};
use super::numbers::{
    decimal_from_number, decimal_from_text, integer_from_number, integer_from_text,
};
use super::row_faults::Problem;
use super::sheet::CellContent;
use super::values::CellValue;

/// Reads a cell as a column's kind wants it. A unit stays the text that a resolver is to look up.
pub(super) fn cell_value(content: CellContent, kind: &Kind) -> Result<CellValue, Problem> {
    match content {
        CellContent::Nothing => return Err(Problem::FormulaWithoutValue),
        CellContent::Error(error) => return Err(Problem::ErrorValue(error)),
        _ => {}
    }
    match kind {
        Kind::Text | Kind::Unit => Ok(CellValue::Text(text_of(content))),
        Kind::Choice(choices) => choice(&text_of(content), choices),
        Kind::Integer { min, max } => match content {
            CellContent::Number(number) => integer_from_number(number, *min, *max),
            CellContent::Text(text) => integer_from_text(text, *min, *max),
            CellContent::DateTime(_) => Err(Problem::DateForNumber),
            _ => Err(Problem::NotANumber),
        }
        .map(CellValue::Integer),
        Kind::Decimal => match content {
            CellContent::Number(number) => decimal_from_number(number),
            CellContent::Text(text) => decimal_from_text(text),
            CellContent::DateTime(_) => Err(Problem::DateForNumber),
            _ => Err(Problem::NotANumber),
        }
        .map(CellValue::Decimal),
        Kind::Date => match content {
            CellContent::DateTime(value) => date_from_cell(value),
            CellContent::Number(serial) => date_from_serial(serial),
            CellContent::Text(text) => date_from_text(text),
            _ => Err(Problem::NotADate),
        }
        .map(CellValue::Date),
        Kind::Period => match content {
            CellContent::DateTime(value) => period_from_cell(value),
            CellContent::Number(number) => period_from_number(number),
            CellContent::Text(text) => period_from_text(text),
            _ => Err(Problem::NotAPeriod),
        }
        .map(CellValue::Period),
    }
}

fn choice(text: &str, choices: &[Choice]) -> Result<CellValue, Problem> {
    let folded = fold(text);
    if let Some(choice) = choices.iter().find(|choice| choice.is_named(&folded)) {
        return Ok(CellValue::Choice(Arc::from(choice.key.as_str())));
    }
    let names = || choices.iter().map(|choice| choice.name_vi.as_str());
    let allowed: Vec<String> = names().map(|name| format!("«{name}»")).collect();
    Err(Problem::NotAChoice {
        allowed: Arc::from(allowed.join(", ")),
        nearest: nearest(text, names()).map(Box::from),
    })
}

/// What a cell holds as text, as a Vietnamese spreadsheet shows it.
pub(super) fn text_of(content: CellContent) -> String {
    match content {
        CellContent::Nothing => String::new(),
        CellContent::Text(text) => text.to_owned(),
        CellContent::Number(number) => match decimal_from_number(number) {
            Ok(decimal) => decimal.to_string(),
            Err(_) => number.to_string(),
        },
        CellContent::DateTime(value) => {
            format!("{:02}/{:02}/{}", value.day(), value.month(), value.year())
        }
        CellContent::Boolean(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
        CellContent::Error(error) => error.to_owned(),
    }
}
