//! Exact fractions: rates, shares, multiples.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::amount::{AmountVnd, round_half_up, truncate};

/// An exact fraction in lowest terms: 22 % is 11/50.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub struct Rate {
    numerator: i64,
    // Invariant: above zero.
    denominator: i64,
}

impl Rate {
    /// Nothing.
    pub const ZERO: Rate = Rate::whole(0);

    /// A whole number.
    pub const fn whole(value: i64) -> Rate {
        Rate {
            numerator: value,
            denominator: 1,
        }
    }

    /// The fraction in lowest terms; none if the denominator is not above zero or the fraction does not fit.
    pub fn new(numerator: i128, denominator: i128) -> Option<Rate> {
        if denominator <= 0 {
            return None;
        }
        let common = common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()) as i128;
        Some(Rate {
            numerator: i64::try_from(numerator / common).ok()?,
            denominator: i64::try_from(denominator / common).ok()?,
        })
    }

    /// Above the line.
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// Below the line, above zero.
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// The value if it is whole.
    pub fn as_whole(self) -> Option<i64> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// Both as one share: 50 % of 22 % is 11 %. None if it does not fit.
    pub fn times(self, other: Rate) -> Option<Rate> {
        Rate::new(
            i128::from(self.numerator) * i128::from(other.numerator),
            i128::from(self.denominator) * i128::from(other.denominator),
        )
    }

    /// The sum of two shares. Panics if it does not fit, which the shares of parameter files, times the months of a life, do.
    #[must_use]
    pub fn plus(self, other: Rate) -> Rate {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (i128::from(other.numerator), i128::from(other.denominator));
        Rate::new(a * d + c * b, b * d).expect("two shares of parameter files add up")
    }

    /// The difference of two shares, below zero too. Panics as [`Rate::plus`].
    #[must_use]
    pub fn minus(self, other: Rate) -> Rate {
        self.plus(Rate {
            numerator: -other.numerator,
            denominator: other.denominator,
        })
    }

    /// So much of the amount, rounded half up to whole đồng.
    #[inline]
    pub fn of(self, amount: AmountVnd) -> AmountVnd {
        match amount.0.checked_mul(self.numerator) {
            Some(product) if (0..i64::MAX / 2).contains(&product) => {
                AmountVnd((product + self.denominator / 2) / self.denominator)
            }
            _ => AmountVnd(self.wide_of(amount, round_half_up)),
        }
    }

    /// So much of the amount, without the part of a đồng.
    pub fn of_truncated(self, amount: AmountVnd) -> AmountVnd {
        AmountVnd(self.wide_of(amount, truncate))
    }

    #[cold]
    fn wide_of(self, amount: AmountVnd, round: fn(i128, i128) -> i128) -> i64 {
        let product = i128::from(amount.0) * i128::from(self.numerator);
        let rounded = round(product, i128::from(self.denominator));
        // Saturating: no amount of the law comes near; limits are checked before.
        i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
    }

    /// Digits before and after the point, if the fraction ends: 11/50 with `shift` 2 is (22, 0 places).
    pub fn decimal(self, shift: u32) -> Option<(i64, u32)> {
        let shifted = i128::from(self.numerator) * 10_i128.checked_pow(shift)?;
        let denominator = i128::from(self.denominator);
        let mut scale = 1_i128;
        for places in 0..=15 {
            if (shifted * scale) % denominator == 0 {
                return Some((i64::try_from(shifted * scale / denominator).ok()?, places));
            }
            scale *= 10;
        }
        None
    }
}

/// A rate with its division made ready: for batches, where dividing would take most of the time.
#[derive(Copy, Clone, Debug)]
pub struct ReadyRate {
    rate: Rate,
    /// So much of an amount up to this one fits.
    most: i64,
    /// `(amount × multiplier + half) >> SHIFT` is the rounded share, exactly.
    multiplier: u64,
    half: u64,
}

impl ReadyRate {
    const SHIFT: u32 = 36;

    /// Any rate; those that do not fit are divided as ever.
    pub fn new(rate: Rate) -> ReadyRate {
        let (above, below) = (i128::from(rate.numerator), i128::from(rate.denominator));
        let multiplier = ((1_i128 << Self::SHIFT) + below - 1) / below;
        // The multiplier is too large by error ÷ denominator at most; below 2^SHIFT in all, the quotient stays exact.
        let error = (multiplier * below - (1 << Self::SHIFT)).max(1);
        let products = ((1 << Self::SHIFT) / error).min((1 << 63) / multiplier.max(1));
        let most = match above {
            1.. => (products - below) / above,
            _ => 0,
        };
        ReadyRate {
            rate,
            most: i64::try_from(most).unwrap_or(0),
            multiplier: (multiplier as u64).wrapping_mul(rate.numerator as u64),
            half: (multiplier as u64).wrapping_mul(rate.denominator as u64 / 2),
        }
    }

    /// So much of the amount, rounded half up to whole đồng, as [`Rate::of`].
    #[inline]
    pub fn of(self, amount: AmountVnd) -> AmountVnd {
        if (0..self.most).contains(&amount.0) {
            return self.of_fitting(amount);
        }
        self.rate.of(amount)
    }

    /// Whether [`ReadyRate::of_fitting`] may be asked for all amounts from nothing to this one.
    pub fn fits(self, amount: AmountVnd) -> bool {
        amount.0 < self.most
    }

    /// So much of an amount that fits, without asking; of no meaning for others.
    #[inline]
    pub fn of_fitting(self, amount: AmountVnd) -> AmountVnd {
        let product = (amount.0 as u64).wrapping_mul(self.multiplier);
        AmountVnd((product.wrapping_add(self.half) >> Self::SHIFT) as i64)
    }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    // Nearly always they are small, and division of small numbers is many times faster.
    if let (Ok(mut a), Ok(mut b)) = (u64::try_from(a), u64::try_from(b)) {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        return u128::from(a.max(1));
    }
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl PartialOrd for Rate {
    fn partial_cmp(&self, other: &Rate) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rate {
    fn cmp(&self, other: &Rate) -> std::cmp::Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

/// A text is no decimal.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("“{0}” không phải là số thập phân; viết như \"0.22\" hoặc \"22%\"")]
pub struct RateError(pub String);

impl FromStr for Rate {
    type Err = RateError;

    /// Reads `0.22` and `22%`, with a point before the decimals.
    fn from_str(text: &str) -> Result<Rate, RateError> {
        let wrong = || RateError(text.to_owned());
        let (number, mut denominator) = match text.trim().strip_suffix('%') {
            Some(number) => (number.trim_end(), 100_i128),
            None => (text.trim(), 1),
        };
        let (sign, number) = match number.strip_prefix('-') {
            Some(number) => (-1, number),
            None => (1, number),
        };
        let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{decimals}");
        let only_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || digits.len() > 18 || !only_digits || number.ends_with('.') {
            return Err(wrong());
        }
        denominator *= 10_i128.pow(decimals.len() as u32);
        let numerator: i128 = digits.parse().map_err(|_| wrong())?;
        Rate::new(sign * numerator, denominator).ok_or_else(wrong)
    }
}

impl fmt::Display for Rate {
    /// A decimal with a point, or a fraction where the decimal would not end.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal(0) {
            Some((value, 0)) => write!(formatter, "{value}"),
            Some((value, places)) => {
                let sign = if value < 0 { "-" } else { "" };
                let scale = 10_u64.pow(places);
                let size = value.unsigned_abs();
                let (whole, rest) = (size / scale, size % scale);
                write!(
                    formatter,
                    "{sign}{whole}.{rest:0width$}",
                    width = places as usize
                )
            }
            None => write!(formatter, "{}/{}", self.numerator, self.denominator),
        }
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rate, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(rate("0.22"), Rate::new(11, 50).unwrap());
        assert_eq!(rate("22%"), rate("0.22"));
        assert_eq!(rate("0.628 %").to_string(), "0.00628");
        assert_eq!(rate("-1.5").to_string(), "-1.5");
        assert_eq!(rate("120").as_whole(), Some(120));
        assert_eq!(rate("0.22").decimal(2), Some((22, 0)));
        assert_eq!(Rate::new(1, 3).unwrap().to_string(), "1/3");
        for wrong in ["", "a", "1,5", ".5", "1.", "1.2.3", "%", "0.2e3"] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_share_is_rounded_half_up() {
        assert_eq!(rate("0.22").of(AmountVnd(4_000_000)), AmountVnd(880_000));
        assert_eq!(rate("0.5").of(AmountVnd(3)), AmountVnd(2));
        assert_eq!(rate("0.5").of_truncated(AmountVnd(3)), AmountVnd(1));
        assert_eq!(rate("0.5").of(AmountVnd(i64::MAX)).0, i64::MAX / 2 + 1);
    }

    #[test]
    fn a_ready_rate_gives_what_the_rate_gives() {
        for text in [
            "0.22", "0.045", "0.0003", "0", "1", "0.826%", "-0.5", "0.333333",
        ] {
            let (rate, ready) = (rate(text), ReadyRate::new(rate(text)));
            let near = |middle: i64| (middle - 300).max(0)..middle + 300;
            let amounts = near(0)
                .chain(near(50_600_000))
                .chain(near(ready.most))
                .chain([-7, i64::MAX]);
            for amount in amounts.map(AmountVnd) {
                assert_eq!(ready.of(amount), rate.of(amount), "{text} of {}", amount.0);
            }
        }
        assert!(ReadyRate::new(rate("0.22")).most > 100_000_000);
    }

    #[test]
    fn rates_are_ordered_by_value() {
        assert!(rate("0.3") > rate("0.25"));
        assert_eq!(rate("0.5").times(rate("0.22")), Some(rate("0.11")));
        assert_eq!(rate("0.5").plus(rate("0.22")), rate("0.72"));
        assert_eq!(rate("0.22").minus(rate("0.5")), rate("-0.28"));
    }
}
