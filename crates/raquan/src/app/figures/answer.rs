//! What is answered: a figure never comes without saying of what, when, where and how sure it is.

use cube::State;
use domain::admin_units::UnitIx;
use domain::indicators::Indicator;
use domain::period::Period;
use jiff::civil::Date;

use super::question::Against;

/// Figures of one indicator and unit, one for each period asked for.
#[derive(Debug, Clone)]
pub struct FigureAnswer {
    /// The indicator.
    pub indicator: Indicator,
    /// The unit; none for the country.
    pub unit: Option<UnitIx>,
    /// Only what is credited to this organization.
    pub organization_id: Option<String>,
    /// One for each period, in order of time.
    pub figures: Vec<Figure>,
    /// What the reader must know beside the figures.
    pub notices: Vec<Notice>,
}

/// Something the reader must know.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Notice {
    /// Stable code.
    pub code: &'static str,
    /// In Vietnamese.
    pub message: String,
}

/// One figure with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The period.
    pub period: Period,
    /// The day whose boundaries it is on.
    pub boundary_date: Date,
    /// Whether these boundaries are those of 01/11/2021, standing in for an earlier day.
    pub stands_in: bool,
    /// In the indicator's smallest decimal; none where nothing was reported. Never zero for want of reports.
    pub value: Option<i64>,
    /// How it came about.
    pub marks: Vec<Mark>,
    /// The same apart: reported, claimed, confirmed; only states that have a value.
    pub by_state: Vec<(State, i64)>,
    /// Ratio: the values it was computed from.
    pub parts: Vec<Part>,
    /// How many of those that must report have; none where nobody must.
    pub completeness: Option<Completeness>,
    /// Against earlier periods, on the same boundaries.
    pub comparisons: Vec<Comparison>,
    /// Against the target, where there is one and it was asked for.
    pub target: Option<TargetShare>,
}

/// How a value came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Figures that units reported are in it.
    Reported,
    /// Records not yet confirmed are in it.
    Claimed,
    /// Officially confirmed records are in it.
    Confirmed,
    /// Other units' values than the unit's own are in it.
    Summed,
    /// An estimate: a unit that reported lies only partly in this one, or it is inferred that this one follows it.
    Apportioned,
    /// An earlier stand stands in for the period's.
    Carried,
    /// Computed from other indicators.
    Computed,
}

impl Mark {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Mark::Reported => "reported",
            Mark::Claimed => "claimed",
            Mark::Confirmed => "confirmed",
            Mark::Summed => "summed",
            Mark::Apportioned => "apportioned",
            Mark::Carried => "carried",
            Mark::Computed => "computed",
        }
    }

    /// For people.
    pub fn name_vi(self) -> &'static str {
        match self {
            Mark::Reported => "số báo cáo",
            Mark::Claimed => "chưa xác nhận",
            Mark::Confirmed => "đã xác nhận",
            Mark::Summed => "số cộng",
            Mark::Apportioned => "số phân bổ (ước tính)",
            Mark::Carried => "số kỳ trước gần nhất",
            Mark::Computed => "số tính",
        }
    }
}

/// A value that a ratio was computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its indicator.
    pub indicator: String,
    /// Its value.
    pub value: Option<i64>,
}

/// How many of those that must report have reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completeness {
    /// Have.
    pub reported: u32,
    /// Must.
    pub expected: u32,
}

/// Against an earlier period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Which one.
    pub against: Against,
    /// The earlier period.
    pub period: Period,
    /// Its value on the figure's boundaries.
    pub value: Option<i64>,
    /// How much more (or less), in the indicator's smallest decimal.
    pub absolute: Option<i64>,
    /// The same in thousandths of the earlier value; none for ratios, and where that was not above zero.
    pub relative_permille: Option<i64>,
    /// Whether the change goes the wanted way; none where nothing changed.
    pub good: Option<bool>,
    /// Whether the earlier value is an estimate on these boundaries.
    pub apportioned: bool,
}

/// Against a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetShare {
    /// Period of the target: the figure's own, one that contains it, or for a stand the next one that ends later.
    pub period: Period,
    /// What is to be reached.
    pub target: i64,
    /// What is compared with it: the figure's value; for a flow, all since the first day of the target's period.
    pub value: Option<i64>,
    /// Thousandths of the target reached.
    pub share_permille: Option<i64>,
    /// What is missing; negative beyond the target.
    pub missing: Option<i64>,
    /// Whether it is reached, by the wanted direction.
    pub reached: Option<bool>,
}
