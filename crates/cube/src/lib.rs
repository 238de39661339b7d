//! Indicator values in memory, laid out so that any subtree of the administrative units is one run of numbers.
//!
//! A [`Cube`] takes [`Fact`]s in any order and answers a [`Query`] with [`Cell`]s: value, how many units reported,
//! and whether the value was summed or apportioned. It is a cache of the records and can be rebuilt at any time.
//!
//! How it is laid out: every day belongs to an *era* (between two changes of the boundaries), and every era has
//! a depth-first numbering of its units. A *plane* holds one indicator in one state in one era, in pages of
//! 64 units × 12 months; a month that was reported in other days than its last keeps those days beside it.
//! Figures on other boundaries are read from the same cells by way of the restatement, so nothing can be stale.
//!
//! Invariant: no file, network, clock or chance; the same facts give the same answers in whatever order they came.

mod calendar;
mod crossing;
mod cube;
mod eras;
mod facts;
mod month_runs;
mod organizations;
mod page;
mod plane;
mod positions;
mod query;
mod spans;

pub use cube::Cube;
pub use eras::Eras;
pub use facts::{Fact, IndicatorIx, Nature, OrgIx, State, StateSet};
pub use positions::Positions;
pub use query::{Below, Boundaries, Cell, CubeError, Days, Query, Row};
