//! Splitting a whole number by weights so that the parts add up to it: the rule of the largest remainder.

/// The parts of `total` by `weights`, in their order, adding up to exactly `total`.
///
/// Each part first gets its share rounded down; what is left goes one by one to the largest remainders, at a tie to
/// the earlier part. A weight below zero counts as zero; when no weight is above zero all parts weigh the same.
/// Without weights there are no parts.
pub fn split(total: i64, weights: &[i64]) -> Vec<i64> {
    let any = weights.iter().any(|weight| *weight > 0);
    let weights: Vec<i128> = weights
        .iter()
        .map(|weight| if any { i128::from((*weight).max(0)) } else { 1 })
        .collect();
    let whole: i128 = weights.iter().sum();
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let share = i128::from(total) * weight;
        parts.push(share.div_euclid(whole));
        remainders.push((-share.rem_euclid(whole), index));
    }
    // Invariant: what is left is less than the number of parts with a remainder above zero.
    let left = i128::from(total) - parts.iter().sum::<i128>();
    remainders.sort_unstable();
    for (_, index) in remainders.iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[*index] += 1;
    }
    parts
        .into_iter()
        .map(|part| i64::try_from(part).expect("a part lies between zero and the total"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(total: i64, weights: &[i64], expected: &[i64]) {
        assert_eq!(split(total, weights), expected);
    }

    #[test]
    fn the_rest_goes_to_the_largest_remainders_and_at_a_tie_to_the_earlier() {
        check(10, &[1, 1, 1], &[4, 3, 3]);
        check(10, &[5, 3, 1], &[6, 3, 1]);
        check(7, &[0, 2, 5], &[0, 2, 5]);
        check(420, &[1; 21], &[20; 21]);
        check(-10, &[1, 1, 1], &[-3, -3, -4]);
    }

    #[test]
    fn without_weights_all_parts_are_the_same() {
        check(4, &[0, 0, -3], &[2, 1, 1]);
        check(5, &[], &[]);
        check(0, &[3, 4], &[0, 0]);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_follow_their_weights(
            total in -1_000_000_000_000i64..1_000_000_000_000,
            weights in proptest::collection::vec(0i64..1_000_000_000, 1..300),
        ) {
            let parts = split(total, &weights);
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            prop_assume!(whole > 0);
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = i128::from(total) * i128::from(*weight);
                prop_assert!((i128::from(*part) * whole - exact).abs() < whole);
            }
        }

        #[test]
        fn a_greater_weight_never_gets_less(total in 0i64..1_000_000, weights in proptest::collection::vec(0i64..1_000, 2..40)) {
            let parts = split(total, &weights);
            let pairs: Vec<(&i64, &i64)> = parts.iter().zip(&weights).collect();
            for (a, b) in pairs.iter().zip(pairs.iter().skip(1)) {
                if a.1 > b.1 {
                    prop_assert!(a.0 >= b.0);
                }
            }
        }
    }
}
