//! The law as code: public, nothing about the person asking is kept.

pub mod quotes;
