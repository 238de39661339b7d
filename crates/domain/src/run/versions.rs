//! Field records are never altered: which next version may follow the current one.

use super::codes::{ActivityState, EnrollmentState};

/// Why a new version may not follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VersionFault {
    /// Somebody else wrote a version in between.
    #[error(
        "the record is at version {current} by now, and the request was made from version {base}"
    )]
    Stale {
        /// Newest version.
        current: i64,
        /// Version that the request was made from.
        base: i64,
    },
    /// The record was cancelled or rejected; that is final.
    #[error("the record is closed, and closed records get no new version")]
    Closed,
    /// The record is in that state already.
    #[error("the record is in that state already")]
    AlreadyThere,
    /// What is given as done lies in the future.
    #[error("it has not begun yet")]
    NotBegun,
}

impl VersionFault {
    /// Stable code for clients.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stale { .. } => "version.stale",
            Self::Closed => "version.closed",
            Self::AlreadyThere => "version.already_there",
            Self::NotBegun => "version.not_begun",
        }
    }
}

/// What is to happen to an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivityStep {
    /// Other contents, same state.
    Correct,
    /// It was held.
    MarkDone {
        /// Whether its first day has come.
        begun: bool,
    },
    /// It is not held, or struck out.
    Cancel,
}

/// The number of the next version of a record at `current`, for a request made from `base`.
pub fn next_number(current: i64, base: i64) -> Result<i64, VersionFault> {
    if base == current {
        Ok(current + 1)
    } else {
        Err(VersionFault::Stale { current, base })
    }
}

/// Number and state of the version that follows by `step`.
pub fn activity_next(
    current: i64,
    state: ActivityState,
    base: i64,
    step: ActivityStep,
) -> Result<(i64, ActivityState), VersionFault> {
    let number = next_number(current, base)?;
    if state == ActivityState::Cancelled {
        return Err(VersionFault::Closed);
    }
    match step {
        ActivityStep::Correct => Ok((number, state)),
        ActivityStep::MarkDone { begun: false } => Err(VersionFault::NotBegun),
        ActivityStep::MarkDone { begun: true } if state == ActivityState::Done => {
            Err(VersionFault::AlreadyThere)
        }
        ActivityStep::MarkDone { begun: true } => Ok((number, ActivityState::Done)),
        ActivityStep::Cancel => Ok((number, ActivityState::Cancelled)),
    }
}

/// Number of the version in which an enrollment goes from `state` to `to`.
///
/// Only a claimed enrollment is confirmed or rejected; both are final.
pub fn enrollment_next(
    current: i64,
    state: EnrollmentState,
    base: i64,
    to: EnrollmentState,
) -> Result<i64, VersionFault> {
    let number = next_number(current, base)?;
    if state == to {
        Err(VersionFault::AlreadyThere)
    } else if state == EnrollmentState::Claimed {
        Ok(number)
    } else {
        Err(VersionFault::Closed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_activity_is_planned_done_corrected_and_struck_out() {
        let done = ActivityStep::MarkDone { begun: true };
        let planned = ActivityState::Planned;
        assert_eq!(
            activity_next(1, planned, 1, done),
            Ok((2, ActivityState::Done))
        );
        assert_eq!(
            activity_next(2, ActivityState::Done, 2, ActivityStep::Correct),
            Ok((3, ActivityState::Done))
        );
        assert_eq!(
            activity_next(3, ActivityState::Done, 3, ActivityStep::Cancel),
            Ok((4, ActivityState::Cancelled))
        );
        assert_eq!(
            activity_next(4, ActivityState::Cancelled, 4, done),
            Err(VersionFault::Closed)
        );
        assert_eq!(
            activity_next(2, ActivityState::Done, 2, done),
            Err(VersionFault::AlreadyThere)
        );
        assert_eq!(
            activity_next(1, planned, 1, ActivityStep::MarkDone { begun: false }),
            Err(VersionFault::NotBegun)
        );
        assert_eq!(
            activity_next(3, planned, 2, ActivityStep::Correct),
            Err(VersionFault::Stale {
                current: 3,
                base: 2
            })
        );
    }

    #[test]
    fn an_enrollment_is_decided_once() {
        use EnrollmentState::{Claimed, Confirmed, Rejected};
        assert_eq!(enrollment_next(1, Claimed, 1, Confirmed), Ok(2));
        assert_eq!(enrollment_next(1, Claimed, 1, Rejected), Ok(2));
        assert_eq!(
            enrollment_next(2, Confirmed, 2, Confirmed),
            Err(VersionFault::AlreadyThere)
        );
        assert_eq!(
            enrollment_next(2, Confirmed, 2, Rejected),
            Err(VersionFault::Closed)
        );
        assert_eq!(
            enrollment_next(2, Rejected, 2, Confirmed),
            Err(VersionFault::Closed)
        );
    }

    proptest! {
        #[test]
        fn versions_rise_by_one_and_cancelled_is_final(steps in proptest::collection::vec(0u8..3, 1..30)) {
            let (mut number, mut state) = (1, ActivityState::Planned);
            for step in steps {
                let step = match step {
                    0 => ActivityStep::Correct,
                    1 => ActivityStep::MarkDone { begun: true },
                    _ => ActivityStep::Cancel,
                };
                match activity_next(number, state, number, step) {
                    Ok((next, after)) => {
                        prop_assert_eq!(next, number + 1);
                        prop_assert_ne!(state, ActivityState::Cancelled);
                        (number, state) = (next, after);
                    }
                    Err(fault) => prop_assert!(matches!(fault, VersionFault::Closed | VersionFault::AlreadyThere)),
                }
            }
        }
    }
}
