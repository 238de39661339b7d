//! Whole đồng, and the roundings of the law by their names.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};

use serde::{Deserialize, Serialize};

/// An amount of money in whole đồng.
#[derive(
    Copy, Clone, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct AmountVnd(pub i64);

impl AmountVnd {
    /// Nothing.
    pub const ZERO: AmountVnd = AmountVnd(0);

    /// The amount less another, but never below nothing.
    #[inline]
    pub fn less_at_most(self, other: AmountVnd) -> AmountVnd {
        AmountVnd((self.0 - other.0).max(0))
    }
}

impl fmt::Display for AmountVnd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&domain::vietnamese::number(self.0))
    }
}

impl Add for AmountVnd {
    type Output = AmountVnd;
    #[inline]
    fn add(self, other: AmountVnd) -> AmountVnd {
        AmountVnd(self.0 + other.0)
    }
}

impl AddAssign for AmountVnd {
    #[inline]
    fn add_assign(&mut self, other: AmountVnd) {
        self.0 += other.0;
    }
}

impl Sub for AmountVnd {
    type Output = AmountVnd;
    #[inline]
    fn sub(self, other: AmountVnd) -> AmountVnd {
        AmountVnd(self.0 - other.0)
    }
}

impl Mul<i64> for AmountVnd {
    type Output = AmountVnd;
    #[inline]
    fn mul(self, times: i64) -> AmountVnd {
        AmountVnd(self.0 * times)
    }
}

impl Sum for AmountVnd {
    fn sum<I: Iterator<Item = AmountVnd>>(amounts: I) -> AmountVnd {
        amounts.fold(AmountVnd::ZERO, Add::add)
    }
}

/// How a value became whole. Said in every step that rounds.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Rounding {
    /// Nothing was rounded.
    Exact,
    /// To the next whole, a half upward: what published amounts show; no text of law was found that says so.
    HalfUp,
    /// The part after the point is dropped.
    Truncate,
    /// Any part after the point counts as one.
    Up,
}

/// The quotient rounded to the next whole, a half upward. `denominator` is above zero.
pub fn round_half_up(numerator: i128, denominator: i128) -> i128 {
    (numerator + denominator / 2).div_euclid(denominator)
}

/// The quotient without the part after the point, toward zero. `denominator` is above zero.
pub fn truncate(numerator: i128, denominator: i128) -> i128 {
    numerator / denominator
}

/// The quotient with any part after the point counted as one. `denominator` is above zero.
pub fn round_up(numerator: i128, denominator: i128) -> i128 {
    -(-numerator).div_euclid(denominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roundings_do_what_their_names_say() {
        for (numerator, denominator, half_up, truncated, up) in [
            (5, 2, 3, 2, 3),
            (7, 3, 2, 2, 3),
            (8, 3, 3, 2, 3),
            (6, 3, 2, 2, 2),
            (-5, 2, -2, -2, -2),
            (0, 7, 0, 0, 0),
        ] {
            assert_eq!(round_half_up(numerator, denominator), half_up);
            assert_eq!(truncate(numerator, denominator), truncated);
            assert_eq!(round_up(numerator, denominator), up);
        }
    }
}
