//! Exact decimals and how numbers are written for people in each language.

use crate::model::Language;
use std::cmp::Ordering;

/// An exact decimal: `scaled` divided by ten to the power of `places`. `places` is at most 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    scaled: i64,
    // Invariant: at most `MAX_PLACES`, so that ten to that power and every comparison fit.
    places: u8,
}

impl Decimal {
    /// The most digits after the decimal mark that a report shows.
    pub const MAX_PLACES: u8 = 9;

    /// 55.3 is `Decimal::new(553, 1)`. More than nine places are cut to nine, toward zero.
    pub fn new(scaled: i64, places: u8) -> Self {
        let mut decimal = Self { scaled, places };
        while decimal.places > Self::MAX_PLACES {
            decimal.scaled /= 10;
            decimal.places -= 1;
        }
        decimal
    }

    /// The number without its decimal mark: 553 for 55.3.
    pub fn scaled(self) -> i64 {
        self.scaled
    }

    /// How many digits stand after the decimal mark: 1 for 55.3.
    pub fn places(self) -> u8 {
        self.places
    }

    /// Compares by value: 1.50 and 1.5 are equal, though they are written differently.
    pub fn compare(self, other: Self) -> Ordering {
        let places = self.places.max(other.places);
        self.at_places(places).cmp(&other.at_places(places))
    }

    /// The same number without its sign.
    pub fn abs(self) -> Self {
        Self {
            scaled: self.scaled.saturating_abs(),
            places: self.places,
        }
    }

    /// The same number counted in units of ten to the power of minus `places`; nothing is lost for `places` up to 9.
    pub(crate) fn at_places(self, places: u8) -> i128 {
        let own = i128::from(self.scaled);
        let own_places = u32::from(self.places);
        let wanted = u32::from(places);
        if wanted >= own_places {
            own * 10i128.pow(wanted - own_places)
        } else {
            own / 10i128.pow(own_places - wanted)
        }
    }

    /// The exact text with a point and without trailing zeros, as a JSON number is written: `55.3`, `100`.
    pub fn exact(self) -> String {
        let text = self.write("", ".");
        if self.places == 0 {
            return text;
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// The number as people write it: `1.234,5` in Vietnamese, `1,234.5` in English.
    pub fn display(self, language: Language) -> String {
        match language {
            Language::Vi => domain::vietnamese::decimal(self.scaled, u32::from(self.places)),
            Language::En => self.write(",", "."),
        }
    }

    fn write(self, group: &str, mark: &str) -> String {
        let places = usize::from(self.places);
        let sign = if self.scaled < 0 { "-" } else { "" };
        let digits = format!(
            "{:0>width$}",
            self.scaled.unsigned_abs(),
            width = places + 1
        );
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let mut text = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push_str(group);
            }
            text.push(digit);
        }
        if places > 0 {
            text.push_str(mark);
            text.push_str(fraction);
        }
        text
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self {
            scaled: value,
            places: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (decimal, vi, en, exact) in [
            (Decimal::from(1322), "1.322", "1,322", "1322"),
            (Decimal::from(0), "0", "0", "0"),
            (
                Decimal::from(-1_621_517),
                "-1.621.517",
                "-1,621,517",
                "-1621517",
            ),
            (Decimal::new(553, 1), "55,3", "55.3", "55.3"),
            (Decimal::new(1000, 1), "100,0", "100.0", "100"),
            (Decimal::new(-5, 2), "-0,05", "-0.05", "-0.05"),
            (
                Decimal::new(123_456_789, 3),
                "123.456,789",
                "123,456.789",
                "123456.789",
            ),
            (Decimal::from(100), "100", "100", "100"),
        ] {
            assert_eq!(decimal.display(Language::Vi), vi);
            assert_eq!(decimal.display(Language::En), en);
            assert_eq!(decimal.exact(), exact);
        }
    }

    proptest! {
        #[test]
        fn a_displayed_integer_parses_back(value: i64) {
            let shown = Decimal::from(value).display(Language::Vi).replace('.', "");
            prop_assert_eq!(shown.parse::<i64>(), Ok(value));
        }

        #[test]
        fn order_follows_value(scaled in -1_000_000i64..1_000_000, places in 0u8..5) {
            let fine = Decimal::new(scaled * 10, places + 1);
            let coarse = Decimal::new(scaled, places);
            prop_assert_eq!(fine.compare(coarse), Ordering::Equal);
            prop_assert_eq!(Decimal::new(scaled + 1, places).compare(coarse), Ordering::Greater);
        }
    }
}
