//! Sex, and birthday as far as it is known.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::month::Month;
use crate::trace::Value;

/// By which age and rate differ.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nam.
    Man,
    /// Nữ.
    Woman,
}

impl Sex {
    /// Both.
    pub const ALL: [Sex; 2] = [Sex::Man, Sex::Woman];

    /// The row of the parameter files.
    pub(crate) fn row(self) -> &'static str {
        match self {
            Sex::Man => "men",
            Sex::Woman => "women",
        }
    }
}

impl From<Sex> for Value {
    fn from(sex: Sex) -> Value {
        match sex {
            Sex::Man => Value::Word("nam", "man"),
            Sex::Woman => Value::Word("nữ", "woman"),
        }
    }
}

/// A birthday: the day `1968-02-25`, the month `1968-02`, or the year `1968` alone.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum Birthday {
    /// All is known.
    Day(Date),
    /// The day is not known.
    Month(Month),
    /// Day and month are not known.
    Year(i16),
}

impl Birthday {
    /// The month of birth; January where it is not known.
    pub fn month(self) -> Month {
        match self {
            Birthday::Day(day) => Month::of(day),
            Birthday::Month(month) => month,
            Birthday::Year(year) => Month::new(year, 1).expect("checked when it was read"),
        }
    }

    /// The day of birth; the first of what is known.
    pub fn day(self) -> Date {
        match self {
            Birthday::Day(day) => day,
            _ => self.month().first_day(),
        }
    }

    /// Whether the month is known.
    pub(crate) fn has_month(self) -> bool {
        !matches!(self, Birthday::Year(_))
    }
}

/// A text is no birthday.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "“{0}” không phải là ngày sinh; viết 1968-02-25, hoặc 1968-02, hoặc 1968 nếu không rõ ngày, tháng"
)]
pub struct BirthdayError(pub String);

impl FromStr for Birthday {
    type Err = BirthdayError;

    fn from_str(text: &str) -> Result<Birthday, BirthdayError> {
        let wrong = || BirthdayError(text.to_owned());
        match text.len() {
            4 => {
                let year = text.parse().map_err(|_| wrong())?;
                Month::new(year, 1).ok_or_else(wrong)?;
                Ok(Birthday::Year(year))
            }
            7 => text.parse().map(Birthday::Month).map_err(|_| wrong()),
            10 => {
                // Also one of long ago, so that it is refused by its age.
                let day: Date = text.parse().map_err(|_| wrong())?;
                Ok(Birthday::Day(day))
            }
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Birthday {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Birthday::Day(day) => write!(formatter, "{day}"),
            Birthday::Month(month) => write!(formatter, "{month}"),
            Birthday::Year(year) => write!(formatter, "{year:04}"),
        }
    }
}

impl Serialize for Birthday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Birthday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Birthday, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthdays_are_read_as_far_as_they_are_known() {
        for (text, month) in [
            ("1968-02-25", "1968-02"),
            ("1968-02", "1968-02"),
            ("1961", "1961-01"),
        ] {
            let born: Birthday = text.parse().unwrap();
            assert_eq!(born.month().to_string(), month);
            assert_eq!(born.to_string(), text);
        }
        for wrong in ["", "19", "1968-2", "1968-13", "1968-02-30", "9999", "-968"] {
            assert!(wrong.parse::<Birthday>().is_err(), "{wrong}");
        }
    }
}
