//! Calendar months and their arithmetic.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar month, written `2025-07`. Small, so that careers of many people fit into memory.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Month {
    /// Months since January of the year 0.
    index: i32,
}

/// A text is no month.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("“{0}” không phải là tháng; viết năm-tháng như 2025-07")]
pub struct MonthError(pub String);

impl Month {
    /// The month of a year, from 1 to 12; none for another number or a year outside 1900 to 2199.
    pub fn new(year: i16, month: i8) -> Option<Month> {
        let is_month = (1900..=2199).contains(&year) && (1..=12).contains(&month);
        is_month.then(|| Month {
            index: i32::from(year) * 12 + i32::from(month) - 1,
        })
    }

    /// The month in which the day lies.
    pub fn of(day: Date) -> Month {
        Month {
            index: i32::from(day.year()) * 12 + i32::from(day.month()) - 1,
        }
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.index.div_euclid(12) as i16
    }

    /// From 1 to 12.
    pub fn month(self) -> i8 {
        self.index.rem_euclid(12) as i8 + 1
    }

    /// So many months later; earlier if negative.
    #[must_use]
    pub fn plus(self, months: i32) -> Month {
        Month {
            index: self.index + months,
        }
    }

    /// How many months after `earlier` it is; negative if before.
    pub fn since(self, earlier: Month) -> i32 {
        self.index - earlier.index
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        jiff::civil::date(self.year(), self.month(), 1)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Month, MonthError> {
        let wrong = || MonthError(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let only_digits = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
        if year.len() != 4 || month.len() != 2 || !only_digits {
            return Err(wrong());
        }
        let year = year.parse().map_err(|_| wrong())?;
        let month = month.parse().map_err(|_| wrong())?;
        Month::new(year, month).ok_or_else(wrong)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Month, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn months_count_over_years() {
        assert_eq!(month("2025-11").plus(3), month("2026-02"));
        assert_eq!(month("2025-01").plus(-1), month("2024-12"));
        assert_eq!(month("2039-03").since(month("2025-04")), 167);
        assert_eq!(month("2024-02").last_day(), jiff::civil::date(2024, 2, 29));
        assert_eq!(Month::of(jiff::civil::date(2025, 7, 31)), month("2025-07"));
        for wrong in [
            "2025",
            "2025-13",
            "2025-7",
            "25-07",
            "2025-07-01",
            "+025-07",
        ] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }
}
