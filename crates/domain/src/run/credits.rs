//! Credit for one enrollment, shared between organizations in thousandths.

use std::collections::BTreeSet;

/// All shares of one enrollment together.
pub const WHOLE: i64 = 1000;

/// An organization and its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// The organization.
    pub organization_id: String,
    /// Its weight against the others, above zero.
    pub weight: i64,
}

/// An organization and its thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The organization.
    pub organization_id: String,
    /// Thousandths of one enrollment.
    pub permille: i64,
}

/// By which rule credit is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditRule {
    /// Everybody the same.
    Equal(Vec<String>),
    /// By weights.
    Weighted(Vec<Weight>),
}

/// Why credit cannot be shared so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreditFault {
    /// Nobody is named.
    #[error("nobody is named: name at least one organization")]
    Empty,
    /// An organization is named twice.
    #[error("the organization {0} is named twice")]
    Twice(String),
    /// A weight is zero or below, or too large.
    #[error("the weight of {0} must lie between 1 and 1.000.000")]
    BadWeight(String),
    /// More than can have a share.
    #[error("at most {WHOLE} organizations can share one enrollment")]
    TooMany,
}

impl CreditFault {
    /// Stable code for clients.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "credit.empty",
            Self::Twice(_) => "credit.organization_twice",
            Self::BadWeight(_) => "credit.bad_weight",
            Self::TooMany => "credit.too_many",
        }
    }
}

/// The shares by `rule`, in the order of organizations' ids; they add up to [`WHOLE`].
///
/// What whole thousandths leave over goes to the largest remainders, at a tie to the smaller id,
/// so the order in which organizations are named changes nothing.
pub fn credit_shares(rule: &CreditRule) -> Result<Vec<Share>, CreditFault> {
    let mut weights = match rule {
        CreditRule::Equal(ids) => ids
            .iter()
            .map(|id| Weight {
                organization_id: id.clone(),
                weight: 1,
            })
            .collect(),
        CreditRule::Weighted(weights) => weights.clone(),
    };
    if weights.is_empty() {
        return Err(CreditFault::Empty);
    }
    if weights.len() as i64 > WHOLE {
        return Err(CreditFault::TooMany);
    }
    weights.sort_by(|a, b| a.organization_id.cmp(&b.organization_id));
    let mut seen = BTreeSet::new();
    for weight in &weights {
        if !seen.insert(&weight.organization_id) {
            return Err(CreditFault::Twice(weight.organization_id.clone()));
        }
        if !(1..=1_000_000).contains(&weight.weight) {
            return Err(CreditFault::BadWeight(weight.organization_id.clone()));
        }
    }
    let total: i64 = weights.iter().map(|weight| weight.weight).sum();
    let mut shares: Vec<Share> = weights
        .iter()
        .map(|weight| Share {
            organization_id: weight.organization_id.clone(),
            permille: weight.weight * WHOLE / total,
        })
        .collect();
    let left = WHOLE - shares.iter().map(|share| share.permille).sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(weights[at].weight * WHOLE % total));
    // Invariant: fewer thousandths are left than there are organizations.
    for &at in order.iter().take(left as usize) {
        shares[at].permille += 1;
    }
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn equal(ids: &[&str]) -> CreditRule {
        CreditRule::Equal(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    fn permille(rule: &CreditRule) -> Vec<i64> {
        credit_shares(rule)
            .expect("a fair rule")
            .iter()
            .map(|share| share.permille)
            .collect()
    }

    #[test]
    fn shares_add_up_by_the_largest_remainder() {
        assert_eq!(permille(&equal(&["post"])), [1000]);
        assert_eq!(permille(&equal(&["post", "insurance"])), [500, 500]);
        assert_eq!(permille(&equal(&["c", "b", "a"])), [334, 333, 333]);
        let weighted = CreditRule::Weighted(vec![
            Weight {
                organization_id: "post".into(),
                weight: 2,
            },
            Weight {
                organization_id: "women".into(),
                weight: 1,
            },
        ]);
        assert_eq!(permille(&weighted), [667, 333]);
    }

    #[test]
    fn unfair_rules_are_refused() {
        assert_eq!(credit_shares(&equal(&[])), Err(CreditFault::Empty));
        assert_eq!(
            credit_shares(&equal(&["a", "a"])),
            Err(CreditFault::Twice("a".into()))
        );
        let zero = CreditRule::Weighted(vec![Weight {
            organization_id: "a".into(),
            weight: 0,
        }]);
        assert_eq!(
            credit_shares(&zero),
            Err(CreditFault::BadWeight("a".into()))
        );
        let crowd = CreditRule::Equal((0..1001).map(|n| format!("{n}")).collect());
        assert_eq!(credit_shares(&crowd), Err(CreditFault::TooMany));
    }

    proptest! {
        #[test]
        fn shares_always_add_up_and_follow_the_weights(weights in proptest::collection::vec(1i64..=1_000_000, 1..40)) {
            let rule: Vec<Weight> = weights
                .iter()
                .enumerate()
                .map(|(n, weight)| Weight { organization_id: format!("{n:03}"), weight: *weight })
                .collect();
            let shares = credit_shares(&CreditRule::Weighted(rule.clone())).expect("a fair rule");
            prop_assert_eq!(shares.iter().map(|share| share.permille).sum::<i64>(), WHOLE);
            let total: i64 = weights.iter().sum();
            for (share, weight) in shares.iter().zip(&weights) {
                let exact = weight * WHOLE;
                prop_assert!((share.permille * total - exact).abs() < total);
            }
            let mut turned = rule;
            turned.reverse();
            prop_assert_eq!(credit_shares(&CreditRule::Weighted(turned)).expect("a fair rule"), shares);
        }
    }
}
