//! When the tasks below are due.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// By how much a level's tasks are due before the task they are made from.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct CascadeRule {
    /// Working days (Monday to Friday) before the upper task's last day; 0 for the same day.
    pub days_before: u16,
}

/// The last day `rule.days_before` working days before `due`, but never before `first`.
///
/// Public holidays are not known here: a task due after one is due at most those days earlier than meant.
pub fn due_before(due: Date, first: Date, rule: CascadeRule) -> Date {
    let mut day = due;
    let mut left = rule.days_before;
    while left > 0 && day > first {
        day = day.saturating_sub(1.day());
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    day.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn check(days_before: u16, expected: Date) {
        // The first of May 2022 is a Sunday, the last a Tuesday.
        let due = due_before(
            date(2022, 5, 31),
            date(2022, 5, 4),
            CascadeRule { days_before },
        );
        assert_eq!(due, expected);
    }

    #[test]
    fn weekends_are_not_counted_and_the_start_is_kept() {
        check(0, date(2022, 5, 31));
        check(1, date(2022, 5, 30));
        check(2, date(2022, 5, 27));
        check(7, date(2022, 5, 20));
        check(19, date(2022, 5, 4));
        check(1000, date(2022, 5, 4));
    }

    proptest! {
        #[test]
        fn due_stays_between_start_and_upper_due(start in 0i64..20_000, length in 0i64..400, days_before: u16) {
            let first = date(1990, 1, 1).saturating_add(start.days());
            let due = first.saturating_add(length.days());
            let found = due_before(due, first, CascadeRule { days_before });
            prop_assert!(first <= found && found <= due);
            if days_before > 0 && found > first {
                prop_assert!(!matches!(found.weekday(), Weekday::Saturday | Weekday::Sunday));
            }
            let earlier = due_before(due, first, CascadeRule { days_before: days_before.saturating_add(1) });
            prop_assert!(earlier <= found);
        }

        /// Shifting in two steps, level after level, is the same as shifting at once.
        #[test]
        fn steps_add_up(start in 0i64..20_000, length in 0i64..400, one in 0u16..300, two in 0u16..300) {
            let first = date(1990, 1, 1).saturating_add(start.days());
            let due = first.saturating_add(length.days());
            let rule = |days_before| CascadeRule { days_before };
            let stepped = due_before(due_before(due, first, rule(one)), first, rule(two));
            prop_assert_eq!(stepped, due_before(due, first, rule(one + two)));
        }
    }
}
