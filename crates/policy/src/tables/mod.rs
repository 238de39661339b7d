//! Many answers in one call: the leaflet's table of what is paid and what it brings, and the curve over a life.

mod curve;
mod leaflet;
#[cfg(test)]
mod properties_tests;

use crate::trace::StepText;

pub use curve::{Curve, CurveInput, CurvePoint, curve};
pub use leaflet::{Leaflet, LeafletInput, LeafletPension, LeafletRow, leaflet};

/// What the steps say that phones can tell.
pub(crate) const TEXTS: &[&[&StepText]] = &[curve::TEXTS];
