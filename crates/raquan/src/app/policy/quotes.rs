//! Quotes: a calculator by its name, a day, an input.

use std::net::IpAddr;

use jiff::civil::Date;
use policy::calculators::{self, CalculatorError};
use policy::{Explained, Language, Law};
use serde_json::Value;

use crate::app::{App, AppError};

/// An explained answer is seldom longer.
const USUAL_BYTES: usize = 8 << 10;
/// Most bytes of the answers of one request: a table may have thousands of cells.
const MOST_BYTES: usize = 16 << 20;

/// What became of a case.
pub type AnswerOrRefusal = Result<QuoteAnswer, QuoteError>;

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
    /// How many answers it asks for.
    fn rows(&self) -> usize {
        calculators::rows(&self.calculator, &self.input)
    }

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

/// The answers of many cases for one client, as the text that `write` makes of one after the other.
///
/// Nothing but that text is held, and it has a limit. Errors: too many cases or too long a text; what `write` refuses.
pub async fn quote_get_many(
    app: &App,
    client: IpAddr,
    cases: Vec<QuoteInput>,
    mut write: impl FnMut(&mut Vec<u8>, &QuoteInput, &AnswerOrRefusal) -> Result<(), AppError>
    + Send
    + 'static,
) -> Result<Vec<u8>, AppError> {
    let rows = cases.iter().map(QuoteInput::rows).sum();
    app.quote_limits.take(client, cases.len(), rows)?;
    let known = app.law.now();
    let work = move || {
        let mut text = Vec::with_capacity(cases.len() * USUAL_BYTES);
        for case in &cases {
            write(&mut text, case, &case.answer(&known.law))?;
            if text.len() > MOST_BYTES {
                return Err(AppError::TooLarge {
                    code: "quote.answer_too_long",
                    message: format!(
                        "Kết quả dài quá {} MB. Chia nhỏ rồi gửi lại, hoặc không hỏi các bước tính.",
                        MOST_BYTES >> 20
                    ),
                });
            }
        }
        Ok(text)
    };
    let written = tokio::task::spawn_blocking(work).await;
    written.map_err(|error| AppError::Internal(format!("quotes were not computed: {error}")))?
}
