//! What goes into the cube: facts, and the handles that name them.

use domain::admin_units::UnitIx;
use jiff::civil::Date;

/// Handle of an indicator: its index in the list of natures the cube was made with.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct IndicatorIx(pub u16);

/// Handle of an organization.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct OrgIx(pub u32);

/// How the values of an indicator add up over time.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum Nature {
    /// What happened in a period: days add up (new participants).
    Flow,
    /// What stands at the end of a period: the latest stand counts (participants).
    Stock,
}

/// How far a value is established. The states are kept apart; a query says which to add.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum State {
    /// Entered as a figure by the unit.
    Reported,
    /// Counted from records not yet confirmed.
    Claimed,
    /// Counted from records officially confirmed.
    Confirmed,
}

impl State {
    /// All states.
    pub const ALL: [State; 3] = [State::Reported, State::Claimed, State::Confirmed];
}

/// A set of states.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub struct StateSet(u8);

impl StateSet {
    /// All three states.
    pub const ALL: StateSet = StateSet(0b111);
    /// Reported figures only.
    pub const REPORTED: StateSet = StateSet(1 << State::Reported as u8);
    /// Claimed records only.
    pub const CLAIMED: StateSet = StateSet(1 << State::Claimed as u8);
    /// Confirmed records only.
    pub const CONFIRMED: StateSet = StateSet(1 << State::Confirmed as u8);

    /// The set of the given states.
    pub fn of(states: &[State]) -> StateSet {
        StateSet(states.iter().fold(0, |set, state| set | 1 << *state as u8))
    }

    /// Whether the state is in the set.
    pub fn contains(self, state: State) -> bool {
        self.0 & (1 << state as u8) != 0
    }
}

/// One value of one indicator, on the unit and the day it was recorded for.
///
/// A correction is two facts: the old one with value and reports negated, and the new one.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Fact {
    /// The indicator.
    pub indicator: IndicatorIx,
    /// The unit it was recorded on; it is in force on the day.
    pub unit: UnitIx,
    /// The organization it is credited to, where there is one.
    pub organization: Option<OrgIx>,
    /// Flow: the day it happened (for a figure of a whole period, the period's last day).
    /// Stock: the last day of the period it stands for.
    pub day: Date,
    /// How far it is established.
    pub state: State,
    /// The value, in the indicator's unit.
    pub value: i64,
    /// +1 for a report, -1 for one taken back.
    pub reports: i32,
}

impl Fact {
    /// The fact that takes this one back.
    pub fn negated(self) -> Fact {
        Fact {
            value: -self.value,
            reports: -self.reports,
            ..self
        }
    }
}
