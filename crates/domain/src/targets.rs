//! Spreading a target over the units below, so that the parts add up to the whole.

/// The whole divided by weights: largest remainders get what whole numbers leave over, earlier parts first
/// among equals. None when no weight is above zero.
pub fn spread(whole: i64, weights: &[u64]) -> Option<Vec<i64>> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if total == 0 {
        return None;
    }
    let size = u128::from(whole.unsigned_abs());
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let share = size * u128::from(*weight);
        parts.push(share / total);
        remainders.push((share % total, index));
    }
    let given: u128 = parts.iter().sum();
    remainders.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    // Fewer are left over than there are parts with a remainder.
    let left = usize::try_from(size - given).unwrap_or(usize::MAX);
    for (_, index) in remainders.into_iter().take(left) {
        parts[index] += 1;
    }
    let signed = |part: u128| {
        let part = i64::try_from(part).expect("a part is never larger than the whole");
        if whole < 0 { -part } else { part }
    };
    Some(parts.into_iter().map(signed).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_left_over_goes_to_the_largest_remainders() {
        assert_eq!(spread(10, &[1, 1, 1]), Some(vec![4, 3, 3]));
        assert_eq!(spread(100, &[1, 2, 4]), Some(vec![14, 29, 57]));
        assert_eq!(spread(7, &[0, 5, 0]), Some(vec![0, 7, 0]));
        assert_eq!(spread(0, &[1, 2]), Some(vec![0, 0]));
        assert_eq!(spread(5, &[0, 0]), None);
        assert_eq!(spread(5, &[]), None);
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_are_within_one_of_the_exact_share(
            whole in -1_000_000_000_000_i64..1_000_000_000_000,
            weights in proptest::collection::vec(0_u64..1_000_000_000, 1..60),
        ) {
            let Some(parts) = spread(whole, &weights) else {
                prop_assert!(weights.iter().all(|weight| *weight == 0));
                return Ok(());
            };
            prop_assert_eq!(parts.iter().sum::<i64>(), whole);
            let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = i128::from(whole) * i128::from(*weight);
                prop_assert!((i128::from(*part) * total - exact).abs() < total);
            }
        }
    }
}
