//! What units report: which figures may stand beside one another, which are locked, what a figure may be.
//!
//! Invariant of the cube: along one branch of the tree at most one level reports an indicator in a period,
//! so that sums over a subtree count nothing twice. [`Reports`] keeps it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use crate::admin_units::{AdminUnits, UnitIx};
use crate::indicators::{FedBy, Indicator, IndicatorNature};
use crate::period::{Period, PeriodKind};
use crate::vietnamese;

/// The greatest value that can be reported: spreadsheets keep fifteen digits exactly.
pub const MOST: i64 = 1_000_000_000_000_000;

/// How far a reported figure has come. A correction begins as submitted again.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum ObservationState {
    /// The unit has reported it.
    Submitted,
    /// The level above has looked at it.
    Approved,
}

impl ObservationState {
    /// The word of the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            ObservationState::Submitted => "submitted",
            ObservationState::Approved => "approved",
        }
    }

    /// The state of the given word of the API and the database.
    pub fn parse(text: &str) -> Option<ObservationState> {
        [ObservationState::Submitted, ObservationState::Approved]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// Why a figure cannot be taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ObservationFault {
    /// The indicator is computed from other records.
    NotReported {
        /// Where its figures come from.
        fed_by: FedBy,
    },
    /// The period has not begun.
    PeriodInFuture,
    /// Below zero or above [`MOST`].
    ValueOutOfRange,
    /// The unit is not in force on the last day of the period.
    NotInForce {
        /// The last day.
        day: Date,
        /// The units that hold its people then.
        holders: Vec<UnitIx>,
    },
    /// The unit has reported another period that shares days with this one.
    Overlaps {
        /// The other period.
        period: Period,
    },
    /// A unit above or below has reported.
    ReportedElsewhere {
        /// That unit.
        unit: UnitIx,
        /// The period it has reported.
        period: Period,
    },
    /// The period is locked and no reason is given.
    Locked {
        /// The unit whose period is locked: this one or one above.
        unit: UnitIx,
        /// The locked period.
        period: Period,
    },
}

impl ObservationFault {
    /// The part of a report that it is about.
    pub fn field(&self) -> &'static str {
        match self {
            ObservationFault::NotReported { .. } => "indicator",
            ObservationFault::ValueOutOfRange => "value",
            ObservationFault::NotInForce { .. } | ObservationFault::ReportedElsewhere { .. } => {
                "admin_unit_id"
            }
            ObservationFault::PeriodInFuture
            | ObservationFault::Overlaps { .. }
            | ObservationFault::Locked { .. } => "period",
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ObservationFault::NotReported { .. } => "observation.indicator_not_reported",
            ObservationFault::PeriodInFuture => "observation.period_in_future",
            ObservationFault::ValueOutOfRange => "observation.value_out_of_range",
            ObservationFault::NotInForce { .. } => "admin_unit.not_in_force",
            ObservationFault::Overlaps { .. } => "observation.overlapping_period",
            ObservationFault::ReportedElsewhere { .. } => "observation.reported_elsewhere",
            ObservationFault::Locked { .. } => "observation.period_locked",
        }
    }

    /// What is wrong, in Vietnamese.
    pub fn message_vi(&self, units: &AdminUnits) -> String {
        match self {
            ObservationFault::NotReported { .. } => {
                "Chỉ tiêu này được máy tính từ bản ghi, đơn vị không báo cáo trực tiếp.".to_owned()
            }
            ObservationFault::PeriodInFuture => "Kỳ này chưa bắt đầu.".to_owned(),
            ObservationFault::ValueOutOfRange => {
                format!("Số phải từ 0 đến {}.", vietnamese::number(MOST))
            }
            ObservationFault::NotInForce { day, .. } => format!(
                "Ngày {} (ngày cuối kỳ) không có đơn vị này.",
                vietnamese::date(*day)
            ),
            ObservationFault::Overlaps { period } => format!(
                "Đơn vị đã báo cáo {}, trùng ngày với kỳ này; cộng lại sẽ tính hai lần.",
                period.label_vi()
            ),
            ObservationFault::ReportedElsewhere { unit, period } => format!(
                "{} đã báo cáo chỉ tiêu này cho {}; báo cáo ở cả hai cấp sẽ tính hai lần.",
                units.nearest(*unit, period.last()).full_name,
                period.label_vi()
            ),
            ObservationFault::Locked { unit, period } => format!(
                "Số liệu {} của {} đã khóa.",
                period.label_vi(),
                units.nearest(*unit, period.last()).full_name
            ),
        }
    }

    /// How to mend it, in Vietnamese.
    pub fn fix_vi(&self, units: &AdminUnits) -> String {
        match self {
            ObservationFault::NotReported { fed_by } => match fed_by {
                FedBy::Indicators => "Báo cáo các chỉ tiêu thành phần.",
                FedBy::Measure => "Ghi số liệu vào hoạt động.",
                FedBy::Enrollment => "Ghi đăng ký tham gia.",
                FedBy::Consultation => "Ghi lượt tư vấn.",
                FedBy::Task => "Báo cáo nhiệm vụ.",
                FedBy::Observation | FedBy::Record => "Ghi vào đúng loại bản ghi.",
            }
            .to_owned(),
            ObservationFault::PeriodInFuture => "Chọn kỳ đã hoặc đang diễn ra.".to_owned(),
            ObservationFault::ValueOutOfRange => {
                "Kiểm tra lại số; nếu đơn vị tính là đồng thì ghi số đồng, không ghi phần lẻ."
                    .to_owned()
            }
            ObservationFault::NotInForce { day, holders } if holders.is_empty() => {
                format!("Chọn đơn vị có vào ngày {}.", vietnamese::date(*day))
            }
            ObservationFault::NotInForce { day, holders } => {
                let names: Vec<String> = holders
                    .iter()
                    .take(5)
                    .map(|holder| {
                        let name = &units.nearest(*holder, *day).full_name;
                        format!("{name} ({})", units.id(*holder))
                    })
                    .collect();
                let more = if holders.len() > 5 { ", …" } else { "" };
                format!(
                    "Vào ngày đó là {}{more}: báo cáo theo đơn vị này.",
                    names.join(", ")
                )
            }
            ObservationFault::Overlaps { period } => {
                format!("Sửa số của {} hoặc chọn kỳ khác.", period.label_vi())
            }
            ObservationFault::ReportedElsewhere { unit, period } => format!(
                "Mỗi kỳ chỉ báo cáo ở một cấp: để {} báo cáo, hoặc đề nghị đơn vị đó rút số trước.",
                units.nearest(*unit, period.last()).full_name
            ),
            ObservationFault::Locked { .. } => {
                "Ghi lý do sửa, hoặc đề nghị cấp đã khóa mở khóa kỳ này.".to_owned()
            }
        }
    }
}

/// What is wrong with a report when it is looked at alone; everything at once.
pub fn faults_alone(
    units: &AdminUnits,
    indicator: &Indicator,
    unit: UnitIx,
    period: Period,
    value: i64,
    today: Date,
) -> Vec<ObservationFault> {
    let mut faults = Vec::new();
    if indicator.fed_by != FedBy::Observation {
        faults.push(ObservationFault::NotReported {
            fed_by: indicator.fed_by,
        });
    }
    if period.first() > today {
        faults.push(ObservationFault::PeriodInFuture);
    }
    if !(0..=MOST).contains(&value) {
        faults.push(ObservationFault::ValueOutOfRange);
    }
    let day = period.last();
    if units.at(unit, day).is_none() {
        faults.push(ObservationFault::NotInForce {
            day,
            holders: units.holders(unit, day),
        });
    }
    faults
}

/// The current reports of one indicator: tells whether another may stand beside them.
#[derive(Clone, Debug)]
pub struct Reports<'a> {
    units: &'a AdminUnits,
    nature: IndicatorNature,
    /// The periods that each unit has reported.
    at: HashMap<UnitIx, BTreeSet<Period>>,
    /// For each unit, the periods that units below it have reported, with one of those.
    below: HashMap<UnitIx, BTreeMap<Period, UnitIx>>,
    /// Reports whose period began on other boundaries than it ended on.
    spanning: Vec<(UnitIx, Period)>,
}

impl<'a> Reports<'a> {
    /// No report yet.
    pub fn new(units: &'a AdminUnits, nature: IndicatorNature) -> Reports<'a> {
        Reports {
            units,
            nature,
            at: HashMap::new(),
            below: HashMap::new(),
            spanning: Vec::new(),
        }
    }

    /// Adds a report that holds.
    pub fn add(&mut self, unit: UnitIx, period: Period) {
        if !self.at.entry(unit).or_default().insert(period) {
            return;
        }
        for above in self.units.ancestors(unit, period.last()) {
            self.below
                .entry(above)
                .or_default()
                .entry(period)
                .or_insert(unit);
        }
        if self.spans(period) {
            self.spanning.push((unit, period));
        }
    }

    fn spans(&self, period: Period) -> bool {
        self.units.boundary_date(period.first()) != self.units.boundary_date(period.last())
    }

    /// Why a report may not stand beside those that hold, if so. The same unit and period again is a correction.
    pub fn clash(&self, unit: UnitIx, period: Period) -> Option<ObservationFault> {
        let own = self.at.get(&unit).into_iter().flatten();
        let other = own
            .copied()
            .find(|other| *other != period && self.is_same_cell(*other, period));
        if let Some(period) = other {
            return Some(ObservationFault::Overlaps { period });
        }
        let elsewhere = |unit: UnitIx, period: Period| {
            Some(ObservationFault::ReportedElsewhere { unit, period })
        };
        for above in self.units.ancestors(unit, period.last()) {
            let reported = self.at.get(&above).into_iter().flatten();
            if let Some(found) = reported.copied().find(|other| counts_twice(*other, period)) {
                return elsewhere(above, found);
            }
        }
        let reported = self.below.get(&unit).into_iter().flatten();
        for (other, below) in reported {
            if counts_twice(*other, period) {
                return elsewhere(*below, *other);
            }
        }
        self.clash_across(unit, period)
            .and_then(|(unit, period)| elsewhere(unit, period))
    }

    /// A report on other boundaries for a period that shares days with this one.
    fn clash_across(&self, unit: UnitIx, period: Period) -> Option<(UnitIx, Period)> {
        let boundary = |period: Period| self.units.boundary_date(period.last());
        let is_other =
            |other: Period| boundary(other) != boundary(period) && counts_twice(other, period);
        for (other_unit, other) in &self.spanning {
            if is_other(*other) && self.is_one_branch(unit, *other_unit, other.last()) {
                return Some((*other_unit, *other));
            }
        }
        if !self.spans(period) {
            return None;
        }
        let mut candidates: Vec<(UnitIx, Period)> = self
            .at
            .iter()
            .flat_map(|(unit, periods)| periods.iter().map(|other| (*unit, *other)))
            .filter(|(_, other)| is_other(*other))
            .collect();
        candidates.sort_unstable();
        candidates
            .into_iter()
            .find(|(other_unit, _)| self.is_one_branch(*other_unit, unit, period.last()))
    }

    /// Whether people of `early`, a unit of another day, are on the day in `late`, or in units that lie above or below it.
    fn is_one_branch(&self, early: UnitIx, late: UnitIx, on: Date) -> bool {
        self.units.holders(early, on).iter().any(|holder| {
            self.units.is_within(*holder, late, on) || self.units.is_within(late, *holder, on)
        })
    }

    /// Whether two reports of one unit would land in one place: flows add up day by day, a stock stands on its last day.
    fn is_same_cell(&self, a: Period, b: Period) -> bool {
        match self.nature {
            IndicatorNature::Stock => a.last() == b.last(),
            IndicatorNature::Flow | IndicatorNature::Ratio => shares_a_day(a, b),
        }
    }
}

fn shares_a_day(a: Period, b: Period) -> bool {
    a.first() <= b.last() && b.first() <= a.last()
}

/// Whether a figure over a month or more would add up two reports made at two levels.
fn counts_twice(a: Period, b: Period) -> bool {
    let month = |period: Period| Period::containing(PeriodKind::Month, period.last());
    shares_a_day(a, b) || month(a) == month(b)
}

/// A locked period of a unit and all below it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct PeriodLock {
    /// The unit.
    pub unit: UnitIx,
    /// The period, with every period that lies in it.
    pub period: Period,
}

/// The lock that a report falls under, if there is one.
pub fn lock_of(
    units: &AdminUnits,
    locks: &[PeriodLock],
    unit: UnitIx,
    period: Period,
) -> Option<PeriodLock> {
    locks
        .iter()
        .copied()
        .find(|lock| lock.period.covers(&period) && units.is_within(unit, lock.unit, period.last()))
}

#[cfg(test)]
#[path = "observations_tests.rs"]
mod tests;
