//! Sums at compound return, exact to the last đồng.

use num_bigint::BigInt;

use crate::amount::AmountVnd;
use crate::rate::Rate;

/// `Σ(i = first..=last) amount / (1 + r)^i`, rounded half up once at the end.
///
/// Computed in whole numbers of any size: with 1 + r = p/q the sum is `amount · Σ q^i p^(last−i) / p^last`.
/// Fixed-point numbers would need a proof for every r that an operator may enter; sixty terms of some hundred digits
/// take a few microseconds, so nothing is gained by them. None for a negative r.
pub fn discounted(
    amount: AmountVnd,
    monthly_return: Rate,
    first: u32,
    last: u32,
) -> Option<AmountVnd> {
    let (p, q) = growth(monthly_return)?;
    if first > last {
        return Some(AmountVnd::ZERO);
    }
    // By Horner's rule: each step appends one term.
    let mut term = q.pow(first);
    let mut sum = term.clone();
    for _ in first..last {
        term *= &q;
        sum = sum * &p + &term;
    }
    rounded_half_up(sum * amount.0, p.pow(last))
}

/// `Σ(i = 1..=months) amount · (1 + r)^i`, rounded half up once at the end. Exact as [`discounted`]. None for a
/// negative r.
pub fn compounded(amount: AmountVnd, monthly_return: Rate, months: u32) -> Option<AmountVnd> {
    let (p, q) = growth(monthly_return)?;
    // Σ p^i q^(months−i) over q^months, again by Horner's rule.
    let mut term = BigInt::from(1);
    let mut sum = BigInt::from(0);
    for _ in 0..months {
        term *= &p;
        sum = sum * &q + &term;
    }
    rounded_half_up(sum * amount.0, q.pow(months))
}

/// `amount · (1 + r)^months`, rounded half up. None for a negative r.
pub fn grown(amount: AmountVnd, monthly_return: Rate, months: u32) -> Option<AmountVnd> {
    let (p, q) = growth(monthly_return)?;
    rounded_half_up(p.pow(months) * amount.0, q.pow(months))
}

/// 1 + r as (p, q).
fn growth(monthly_return: Rate) -> Option<(BigInt, BigInt)> {
    if monthly_return < Rate::ZERO {
        return None;
    }
    let denominator = BigInt::from(monthly_return.denominator());
    Some((&denominator + monthly_return.numerator(), denominator))
}

/// Of amounts that are not negative.
fn rounded_half_up(numerator: BigInt, denominator: BigInt) -> Option<AmountVnd> {
    let doubled: BigInt = numerator * 2 + &denominator;
    let rounded = doubled / (denominator * 2);
    i64::try_from(rounded).ok().map(AmountVnd)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        text.parse().unwrap()
    }

    #[test]
    fn published_sums_come_out_to_the_dong() {
        // Quyết định 595/QĐ-BHXH, Điều 10, examples 7 and 8 (before support).
        let monthly = AmountVnd(660_000);
        assert_eq!(
            compounded(monthly, rate("0.826%"), 120),
            Some(AmountVnd(135_629_537))
        );
        assert_eq!(
            discounted(monthly, rate("0.628%"), 16, 23),
            Some(AmountVnd(4_673_704))
        );
    }

    #[test]
    fn without_return_a_sum_is_a_product() {
        assert_eq!(
            discounted(AmountVnd(7), Rate::ZERO, 0, 11),
            Some(AmountVnd(84))
        );
        assert_eq!(
            compounded(AmountVnd(7), Rate::ZERO, 12),
            Some(AmountVnd(84))
        );
        assert_eq!(grown(AmountVnd(7), Rate::ZERO, 12), Some(AmountVnd(7)));
        assert_eq!(
            discounted(AmountVnd(7), Rate::ZERO, 3, 2),
            Some(AmountVnd::ZERO)
        );
        assert_eq!(compounded(AmountVnd(7), rate("-0.01"), 12), None);
    }
}
