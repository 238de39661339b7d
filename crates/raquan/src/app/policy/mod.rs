//! The law as code: quotes, numbers of a day, what changed. Public; nothing about who asks is kept.

mod in_force;
mod limits;
mod quotes;

pub use in_force::{KnownLaw, LawInForce, parameter_list};
pub use limits::QuoteLimits;
pub use quotes::{QuoteAnswer, QuoteError, QuoteInput, quote_get, quote_get_many};
