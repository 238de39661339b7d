//! One quote: a calculator by its name, a day, an input.

use jiff::civil::Date;
use policy::calculators::{self, CalculatorError};
use policy::{Explained, Language, Law};
use serde_json::Value;

/// Why there is no quote.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum QuoteError {
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
            Self::UnknownCalculator(_) => "calculator.unknown",
            Self::Calculator(error) => error.code(),
        }
    }

    /// In one language.
    pub fn message(&self, language: Language) -> String {
        match (self, language) {
            (Self::UnknownCalculator(name), Language::En) => {
                format!("there is no calculator “{name}”; see the list of calculators")
            }
            (Self::UnknownCalculator(_), Language::Vi) => self.to_string(),
            (Self::Calculator(error), _) => error.message(language),
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
