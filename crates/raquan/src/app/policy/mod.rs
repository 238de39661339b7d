//! The law as code: quotes, numbers of a day, what changed. Public; nothing about who asks is kept.

mod entries;
mod in_force;
mod limits;
mod quotes;

pub use entries::{
    FundReturnSet, LocalSupportSet, fund_return_list, fund_return_set, local_support_list,
    local_support_set,
};
pub use in_force::{KnownLaw, LawInForce, follow, parameter_list};
pub use limits::QuoteLimits;
pub use quotes::{QuoteAnswer, QuoteError, QuoteInput, quote_get, quote_get_many};
