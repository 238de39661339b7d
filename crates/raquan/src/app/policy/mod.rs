//! The law as code: quotes, numbers of a day, what changed. Nothing is kept of who asks, except what belongs to a record.

mod entries;
mod in_force;
mod kept;
mod limits;
mod quotes;

pub use entries::{
    FundReturnSet, LocalSupportSet, fund_return_list, fund_return_set, local_support_list,
    local_support_set,
};
pub use in_force::{KnownLaw, LawInForce, follow, parameter_list};
pub use kept::{KeptQuote, KeptQuoteCheck, QuoteToKeep, kept_quotes};
pub(super) use kept::{check as kept_quotes_check, keep as quotes_keep};
pub use limits::QuoteLimits;
pub use quotes::{AnswerOrRefusal, QuoteAnswer, QuoteError, QuoteInput, quote_get, quote_get_many};
