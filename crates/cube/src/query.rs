//! What is asked of the cube and what it answers.

use domain::admin_units::UnitIx;
use domain::period::Period;
use jiff::civil::Date;

use crate::facts::{IndicatorIx, OrgIx, StateSet};

/// A question: one indicator of one unit over some periods.
#[derive(Copy, Clone, Debug)]
pub struct Query<'a> {
    /// The indicator.
    pub indicator: IndicatorIx,
    /// The states to add.
    pub states: StateSet,
    /// The unit; none for the country.
    pub unit: Option<UnitIx>,
    /// The periods, one cell each.
    pub periods: &'a [Days],
    /// On which boundaries.
    pub boundaries: Boundaries,
    /// Only what is credited to this organization.
    pub organization: Option<OrgIx>,
}

/// The days of a period, both inclusive: those of a [`Period`], or any others.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Days {
    /// First day.
    pub first: Date,
    /// Last day; not before the first.
    pub last: Date,
}

impl From<Period> for Days {
    fn from(period: Period) -> Days {
        Days {
            first: period.first(),
            last: period.last(),
        }
    }
}

/// On which boundaries a figure is given.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum Boundaries {
    /// On those of each period's last day.
    AsWas,
    /// On those of one day.
    On(Date),
}

/// Which units a breakdown lists.
#[derive(Copy, Clone, Debug)]
pub enum Below<'a> {
    /// The units right below the unit asked for (for the country: the provinces).
    Children,
    /// These units, such as all communes of a province.
    Units(&'a [UnitIx]),
}

/// One figure.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Cell {
    /// The value; none where nothing was reported. Never zero for want of reports.
    pub value: Option<i64>,
    /// How many units reported within the unit and the period, each counted once. On other boundaries these
    /// are the units that reported at the time, so the country's number is the same on all. How many should
    /// have reported is for the caller to say.
    pub reports: u32,
    /// Whether the value is an estimate: a unit that reported lies only partly in this one, or it is inferred,
    /// not stated, that this unit follows it. A province whose communes were divided among themselves has an exact sum.
    pub apportioned: bool,
    /// Whether other units' reports than the unit's own are in the value.
    pub summed: bool,
    /// The day whose boundaries the figure is on.
    pub boundary_date: Date,
}

/// The cells of one unit of a breakdown, one for each period.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    /// The unit.
    pub unit: UnitIx,
    /// One for each period. Where the unit is not on a period's boundaries there is no value.
    pub cells: Vec<Cell>,
}

/// Why a fact was not taken or a question not answered.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum CubeError {
    /// The indicator is not among those the cube was made with.
    #[error(
        "indicator {indicator} is unknown: the cube was made with {known}; rebuild it with the current catalog"
    )]
    UnknownIndicator {
        /// The index that was given.
        indicator: u16,
        /// Number of indicators known.
        known: usize,
    },
    /// A fact is for a unit that was not in force on its day.
    #[error("unit {} was not in force on {day}: record the value on a unit in force that day", unit.0)]
    UnitNotInForce {
        /// The unit of the fact.
        unit: UnitIx,
        /// The day of the fact.
        day: Date,
    },
    /// The unit asked for is not on the boundaries asked for.
    #[error("unit {} is not on the boundaries of {boundary_date}: ask for its successor or predecessor there", unit.0)]
    UnitNotOnBoundary {
        /// The unit asked for.
        unit: UnitIx,
        /// The day of the boundaries.
        boundary_date: Date,
    },
}

/// A figure on the way.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Sum {
    pub value: i64,
    pub reports: u32,
    /// Whether the unit itself is among those that reported.
    pub has_own: bool,
    pub apportioned: bool,
}

impl Sum {
    pub fn cell(self, boundary_date: Date) -> Cell {
        Cell {
            value: (self.reports > 0).then_some(self.value),
            reports: self.reports,
            apportioned: self.apportioned,
            summed: self.reports > u32::from(self.has_own),
            boundary_date,
        }
    }
}
