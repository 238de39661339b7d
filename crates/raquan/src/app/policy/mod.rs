//! The law as code: quotes, numbers of a day, what changed.

mod quotes;

pub use quotes::{QuoteError, quote_get};
