//! What is checked of any person, and of any list of months, before something is computed.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::PolicyError;
use crate::month::Month;
use crate::trace::Value;

/// Nobody has become older.
pub(crate) const OLDEST: i16 = 130;

/// Full years of age on a day.
///
/// Errors: not born yet, or older than 130.
pub fn age_on(born: Date, on: Date) -> Result<i16, PolicyError> {
    if born > on {
        return Err(PolicyError::Unborn { born, on });
    }
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    let age = on.year() - born.year() - i16::from(!had_birthday);
    if age > OLDEST {
        return Err(PolicyError::TooOld {
            born,
            on,
            age,
            most: OLDEST,
        });
    }
    Ok(age)
}

/// Which social insurance a month was paid to.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// BHXH bắt buộc.
    CompulsorySi,
    /// BHXH tự nguyện.
    VoluntarySi,
}

impl From<Scheme> for Value {
    fn from(scheme: Scheme) -> Value {
        match scheme {
            Scheme::CompulsorySi => Value::Word("bắt buộc", "compulsory"),
            Scheme::VoluntarySi => Value::Word("tự nguyện", "voluntary"),
        }
    }
}

/// Checks that no month is counted twice or in both schemes.
///
/// Errors: the first month, in the order given, that is.
/// Law: a month counts once, Luật 41/2024/QH15, Điều 5 khoản 3; who pays compulsory SI is not a voluntary participant,
/// Điều 2 khoản 4.
pub fn check_months(months: impl IntoIterator<Item = (Month, Scheme)>) -> Result<(), PolicyError> {
    let mut known = HashMap::new();
    for (month, scheme) in months {
        match known.insert(month, scheme) {
            None => {}
            Some(before) if before == scheme => return Err(PolicyError::MonthTwice { month }),
            Some(_) => return Err(PolicyError::MonthInBothSchemes { month }),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ages_are_full_years_of_people_who_can_live() {
        assert_eq!(age_on(date(2000, 7, 2), date(2025, 7, 1)), Ok(24));
        assert_eq!(age_on(date(2000, 7, 1), date(2025, 7, 1)), Ok(25));
        let code = |born, on| age_on(born, on).unwrap_err().code();
        assert_eq!(code(date(2025, 7, 2), date(2025, 7, 1)), "person.unborn");
        assert_eq!(code(date(1875, 7, 1), date(2025, 7, 1)), "person.too_old");
    }

    #[test]
    fn a_month_counts_once() {
        let month: Month = "2025-07".parse().unwrap();
        let next = month.plus(1);
        let check = |months: &[(Month, Scheme)]| {
            check_months(months.iter().copied()).map_err(|error| error.code())
        };
        assert_eq!(
            check(&[(month, Scheme::VoluntarySi), (next, Scheme::CompulsorySi)]),
            Ok(())
        );
        let twice = [(month, Scheme::VoluntarySi), (month, Scheme::VoluntarySi)];
        assert_eq!(check(&twice), Err("career.month_twice"));
        let both = [(month, Scheme::VoluntarySi), (month, Scheme::CompulsorySi)];
        assert_eq!(check(&both), Err("career.month_in_both_schemes"));
    }
}
