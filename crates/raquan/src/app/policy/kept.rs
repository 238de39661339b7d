//! Quotes kept with a record: what somebody was told, and whether today's rules still say the same.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{KnownLaw, QuoteInput};
use crate::app::{App, AppError, Fault};

/// Most quotes of one record.
const MOST: usize = 5;

/// A quote to be kept with a record: the server computes the answer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteToKeep {
    /// Name of the calculator.
    #[schema(example = "voluntary_si.payment")]
    pub calculator: String,
    /// Day whose law holds.
    #[schema(format = Date, example = "2026-07-01")]
    pub on: String,
    /// Input of the calculator.
    #[schema(value_type = Object)]
    pub input: Value,
    /// Version of the rules that the person was shown, where it was computed without the server.
    pub rules_version: Option<String>,
}

/// A quote that was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct KeptQuote {
    /// Name of the calculator.
    pub calculator: String,
    /// Day whose law holds.
    pub on: Date,
    /// Input of the calculator.
    #[schema(value_type = Object)]
    pub input: Value,
    /// Version of the rules that answered.
    pub rules_version: String,
    /// Version of the rules that the person was shown, where it was computed without the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_rules_version: Option<String>,
    /// The answer, without its steps.
    #[schema(value_type = Object)]
    pub value: Value,
}

/// A kept quote beside what the rules of now say for the same day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KeptQuoteCheck {
    /// As it was kept.
    pub kept: KeptQuote,
    /// Whether the rules of now give the same answer.
    pub same: bool,
    /// Version of the rules of now.
    pub rules_version: String,
    /// The answer of now; none where they refuse.
    #[schema(value_type = Option<Object>)]
    pub value: Option<Value>,
    /// Why they refuse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Computes quotes for a record, sealed as its column keeps them, since they tell birthdays and incomes; none for none.
///
/// Errors: too many, or those that the law refuses, each with its place and the rule.
pub(in crate::app) fn keep(
    app: &App,
    record_id: &str,
    asked: &[QuoteToKeep],
) -> Result<Option<String>, AppError> {
    if asked.is_empty() {
        return Ok(None);
    }
    if asked.len() > MOST {
        return Err(AppError::invalid(Fault::new(
            "quotes",
            "quote.too_many_kept",
            format!(
                "Một bản ghi giữ nhiều nhất {MOST} kết quả tính, lần này có {}.",
                asked.len()
            ),
            "Chỉ giữ những kết quả đã nói với người dân.",
        )));
    }
    let known = app.law.now();
    let (mut kept, mut faults) = (Vec::new(), Vec::new());
    for (at, asked) in asked.iter().enumerate() {
        match computed(&known, asked) {
            Ok(quote) => kept.push(quote),
            Err(fault) => faults.push(Fault {
                field: format!("quotes[{at}].{}", fault.field),
                ..fault
            }),
        }
    }
    AppError::check(faults)?;
    let text = serde_json::to_string(&kept).expect("quotes are plain data");
    Ok(Some(app.sealer.seal(record_id, &text)))
}

fn computed(known: &KnownLaw, asked: &QuoteToKeep) -> Result<KeptQuote, Fault> {
    let case = QuoteInput {
        calculator: asked.calculator.clone(),
        on: asked.on.clone(),
        input: asked.input.clone(),
    };
    let found = case.answer(&known.law).map_err(|error| {
        Fault::new(
            error.field(),
            error.code(),
            error.to_string(),
            "Sửa theo quy định nêu trên, hoặc bỏ kết quả này.",
        )
    })?;
    Ok(KeptQuote {
        calculator: case.calculator,
        on: found.on,
        input: case.input,
        rules_version: known.tag.clone(),
        shown_rules_version: asked.rules_version.clone(),
        value: found.answer.value,
    })
}

/// The quotes of a record's column; none where the key of their time is gone, which the log tells.
pub fn kept_quotes(app: &App, record_id: &str, sealed: Option<&str>) -> Vec<KeptQuote> {
    let Some(sealed) = sealed else {
        return Vec::new();
    };
    let opened = app.sealer.open(record_id, sealed);
    let opened = opened.map_err(|error| error.to_string());
    let quotes =
        opened.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
    quotes.unwrap_or_else(|error| {
        tracing::error!(%error, record = record_id, "kept quotes cannot be opened");
        Vec::new()
    })
}

/// Computes the quotes of a record's column again, for the same days by the rules of now.
pub(in crate::app) fn check(
    app: &App,
    record_id: &str,
    sealed: Option<&str>,
) -> Vec<KeptQuoteCheck> {
    let known = app.law.now();
    let again = |kept: KeptQuote| {
        let case = QuoteInput {
            calculator: kept.calculator.clone(),
            on: kept.on.to_string(),
            input: kept.input.clone(),
        };
        let (value, refused) = match case.answer(&known.law) {
            Ok(found) => (Some(found.answer.value), None),
            Err(error) => (None, Some(error.to_string())),
        };
        KeptQuoteCheck {
            same: value.as_ref() == Some(&kept.value),
            rules_version: known.tag.clone(),
            kept,
            value,
            refused,
        }
    };
    let kept = kept_quotes(app, record_id, sealed);
    kept.into_iter().map(again).collect()
}
