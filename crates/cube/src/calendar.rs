//! Days as month number and day of the month: what the pages are addressed by.

use jiff::civil::Date;

/// A calendar month: year × 12 + month - 1.
pub(crate) type Month = i32;

/// The month of a date.
pub(crate) fn month_of(date: Date) -> Month {
    Month::from(date.year()) * 12 + Month::from(date.month()) - 1
}

/// Number of days of a month.
pub(crate) fn days_in(month: Month) -> u8 {
    let year = month.div_euclid(12);
    match month.rem_euclid(12) {
        1 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

/// A day, ordered in time.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) struct Day {
    pub month: Month,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Day {
    pub fn of(date: Date) -> Day {
        Day {
            month: month_of(date),
            day: date.day() as u8,
        }
    }

    /// Whether it is the last day of its month.
    pub fn is_month_end(self) -> bool {
        self.day == days_in(self.month)
    }
}

/// Days of one month, both inclusive.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct DaysOfMonth {
    pub first: u8,
    pub last: u8,
    /// Whether the month's last day is among them.
    pub to_end: bool,
}

impl DaysOfMonth {
    /// Whether they are all days of the month.
    pub fn is_whole(self) -> bool {
        self.first <= 1 && self.to_end
    }

    pub fn contains(self, day: u8) -> bool {
        self.first <= day && day <= self.last
    }
}

/// Days that follow one another within one era.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct Span {
    /// Index of the era.
    pub era: usize,
    /// First day; the first of the month where the era began within that month after it, since no fact of the era is earlier.
    pub first: Day,
    /// Last day; the end of the month where the era ended within that month before it.
    pub last: Day,
}

impl Span {
    /// The days of a month of the span that are in the span.
    pub fn days(&self, month: Month) -> DaysOfMonth {
        let end = days_in(month);
        let first = if month == self.first.month {
            self.first.day
        } else {
            1
        };
        let last = if month == self.last.month {
            self.last.day
        } else {
            end
        };
        DaysOfMonth {
            first,
            last,
            to_end: last >= end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_the_days_of_the_calendar() {
        let mut date = Date::constant(1899, 1, 1);
        while date.year() < 2105 {
            assert_eq!(
                days_in(month_of(date)),
                date.days_in_month() as u8,
                "{date}"
            );
            date = date
                .checked_add(jiff::Span::new().months(1))
                .expect("far from the calendar's end");
        }
    }
}
