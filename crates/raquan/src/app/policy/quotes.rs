//! Quotes: a calculator by its name, a day, an input.

use std::net::IpAddr;

use jiff::civil::Date;
use policy::calculators::{self, CalculatorError};
use policy::{Explained, Language, Law};
use serde_json::Value;

use crate::app::{App, AppError};

/// One case.
#[derive(Clone, Debug)]
pub struct QuoteInput {
    /// Name of the calculator.
    pub calculator: String,
    /// Day whose law holds, `2026-07-01`.
    pub on: String,
    /// Input of the calculator.
    pub input: Value,
}

/// A case that has an answer.
#[derive(Clone, Debug)]
pub struct QuoteAnswer {
    /// Day whose law holds.
    pub on: Date,
    /// The answer with its steps.
    pub answer: Explained<Value>,
}

/// Why there is no quote.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum QuoteError {
    /// The day cannot be read.
    #[error("“{0}” không phải là ngày; viết như 2026-07-01")]
    NoDate(String),
    /// No calculator has the name.
    #[error("không có phép tính “{0}”; xem danh sách phép tính")]
    UnknownCalculator(String),
    /// The calculator refuses: the input, the day, or the law.
    #[error(transparent)]
    Calculator(#[from] CalculatorError),
}

impl QuoteError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoDate(_) => "date.malformed",
            Self::UnknownCalculator(_) => "calculator.unknown",
            Self::Calculator(error) => error.code(),
        }
    }

    /// Which part of the case is wrong.
    pub fn field(&self) -> &'static str {
        match self {
            Self::NoDate(_) => "on",
            Self::UnknownCalculator(_) => "calculator",
            Self::Calculator(_) => "input",
        }
    }

    /// In one language.
    pub fn message(&self, language: Language) -> String {
        match (self, language) {
            (Self::Calculator(error), language) => error.message(language),
            (_, Language::Vi) => self.to_string(),
            (Self::NoDate(text), Language::En) => {
                format!("“{text}” is no date; write 2026-07-01")
            }
            (Self::UnknownCalculator(name), Language::En) => {
                format!("there is no calculator “{name}”; see the list of calculators")
            }
        }
    }
}

/// The answer of a calculator by the law of the day, with its steps.
pub fn quote_get(
    law: &Law,
    calculator: &str,
    on: Date,
    input: &Value,
) -> Result<Explained<Value>, QuoteError> {
    let calculate = calculators::find(calculator)
        .ok_or_else(|| QuoteError::UnknownCalculator(calculator.to_owned()))?;
    Ok(calculate(law, on, input)?)
}

impl QuoteInput {
    /// The answer by a law.
    ///
    /// Errors: a day or a calculator that is none; what the calculator refuses.
    pub fn answer(&self, law: &Law) -> Result<QuoteAnswer, QuoteError> {
        let on = domain::period::parse_date_iso(&self.on)
            .map_err(|_| QuoteError::NoDate(self.on.clone()))?;
        let answer = quote_get(law, &self.calculator, on, &self.input)?;
        Ok(QuoteAnswer { on, answer })
    }
}

/// The answers of many cases for one client; a case that is refused leaves the others as they are.
///
/// `show` makes of all of them what the door wants, where the work is done. Errors: too many cases.
pub async fn quote_get_many<T: Send + 'static>(
    app: &App,
    client: IpAddr,
    cases: Vec<QuoteInput>,
    show: impl FnOnce(&[(QuoteInput, Result<QuoteAnswer, QuoteError>)]) -> T + Send + 'static,
) -> Result<T, AppError> {
    app.quote_limits.take(client, cases.len())?;
    let known = app.law.now();
    let work = move || {
        let answered = cases.into_iter().map(|case| {
            let answer = case.answer(&known.law);
            (case, answer)
        });
        show(&answered.collect::<Vec<_>>())
    };
    let shown = tokio::task::spawn_blocking(work).await;
    shown.map_err(|error| AppError::Internal(format!("quotes were not computed: {error}")))
}
