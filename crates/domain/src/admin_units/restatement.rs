//! Where the figures of the units of one boundary date go on another one.
//!
//! Forward in time a unit is followed through its successions by id; a unit without one is unchanged. A unit that
//! goes whole (or in its main part) to one successor takes its figures along. A unit that was divided gives to the
//! successors that take people: by the people or communes that went each way where all its successions count them, otherwise
//! equal parts; area alone moves no figure. A district abolished on 2025-07-01 leaves its
//! own figures with the province, not with the communes.
//!
//! Backward in time the relation is reversed: a unit made of several gives equal parts to them. What comes from an
//! unknown place, or goes to one, falls to the nearest unit above that exists on the other date. Nothing is ever lost:
//! the parts of a figure add up to it, so the sums over the country do not change.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{AdminUnits, Certainty, KNOWN_FROM, Numbering, Relation, Succession, Transfer, UnitIx};

/// A position that takes a share: `weight` over the sum of the weights of all targets of the source.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Target {
    /// Position in the numbering restated to.
    pub position: u32,
    /// Share of this target; at least 1.
    pub weight: u32,
}

/// What a reader must know about a restated figure.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Marks {
    /// The figure was divided by a rule, not by a count.
    pub divided: bool,
    /// A step is inferred, or names only the main part.
    pub uncertain: bool,
    /// A step is not known; the figure lies with a unit above.
    pub unknown: bool,
    /// The figure of an abolished district lies with its province.
    pub lifted: bool,
}

impl Marks {
    fn join(&mut self, other: Marks) {
        self.divided |= other.divided;
        self.uncertain |= other.uncertain;
        self.unknown |= other.unknown;
        self.lifted |= other.lifted;
    }

    /// Whether the figure is an estimate: divided by a rule, or moved by a step that no text states.
    pub fn is_apportioned(self) -> bool {
        self.divided || self.uncertain || self.unknown
    }

    /// The note shown with the figure, in Vietnamese; none where there is nothing to say.
    pub fn note_vi(self) -> Option<&'static str> {
        if self.unknown {
            Some("không rõ đơn vị tương ứng; số liệu tính cho đơn vị cấp trên")
        } else if self.divided {
            Some("số liệu phân bổ theo quy tắc cho các đơn vị liên quan, không phải số đếm")
        } else if self.uncertain {
            Some("đơn vị tương ứng được suy ra hoặc chỉ là phần chính")
        } else if self.lifted {
            Some("số liệu của cấp huyện đã kết thúc hoạt động, tính cho cấp tỉnh")
        } else {
            None
        }
    }

    /// The note shown with the figure, in English; none where there is nothing to say.
    pub fn note_en(self) -> Option<&'static str> {
        if self.unknown {
            Some("no corresponding unit is known; counted for the unit above")
        } else if self.divided {
            Some("divided by rule among the units concerned, not counted")
        } else if self.uncertain {
            Some("the corresponding unit is inferred, or only the main part is known")
        } else if self.lifted {
            Some("figure of an abolished district, counted for its province")
        } else {
            None
        }
    }
}

/// The way of every position of one numbering to another one. Exact fractions; no share is lost.
#[derive(Clone, Debug)]
pub struct Restatement {
    /// The numbering of the figures.
    pub from: Arc<Numbering>,
    /// The numbering they are asked on.
    pub to: Arc<Numbering>,
    /// Where the targets of each source begin; one more entry than sources.
    starts: Vec<u32>,
    targets: Vec<Target>,
    marks: Vec<Marks>,
}

impl Restatement {
    /// A restatement from the targets and marks of every position of `from`, in order.
    ///
    /// Panics where a source has no targets, a target lies outside `to` or a weight is zero: figures would be lost.
    pub fn new(
        from: Arc<Numbering>,
        to: Arc<Numbering>,
        sources: Vec<(Vec<Target>, Marks)>,
    ) -> Restatement {
        assert_eq!(
            sources.len(),
            from.len(),
            "every position needs its targets"
        );
        let mut restatement = Restatement {
            starts: Vec::with_capacity(sources.len() + 1),
            targets: Vec::with_capacity(sources.len()),
            marks: Vec::with_capacity(sources.len()),
            from,
            to,
        };
        restatement.starts.push(0);
        let positions = restatement.to.len() as u32;
        for (targets, marks) in sources {
            assert!(
                !targets.is_empty(),
                "a position without a target would lose its figures"
            );
            assert!(
                targets
                    .iter()
                    .all(|target| target.position < positions && target.weight > 0),
                "a target must exist"
            );
            restatement.targets.extend(targets);
            restatement.starts.push(restatement.targets.len() as u32);
            restatement.marks.push(marks);
        }
        restatement
    }

    /// Where the figures of a source position go; never empty.
    pub fn targets(&self, source: u32) -> &[Target] {
        &self.targets
            [self.starts[source as usize] as usize..self.starts[source as usize + 1] as usize]
    }

    /// What a reader must know about the figures of a source position.
    pub fn marks(&self, source: u32) -> Marks {
        self.marks[source as usize]
    }

    /// Whether the figures of a source position become estimates: more than one target, or an uncertain step.
    pub fn is_apportioned(&self, source: u32) -> bool {
        self.marks[source as usize].is_apportioned()
    }
}

/// Divides a value among targets by their weights, in whole numbers that add up exactly to it.
///
/// Each gets its share rounded toward zero; what is left goes one by one to the largest remainders, earlier targets
/// first among equals. So the same value is always divided the same way, and a negative one like its opposite.
pub fn apportion(value: i64, targets: &[Target], mut out: impl FnMut(u32, i64)) {
    if let [only] = targets {
        out(only.position, value);
        return;
    }
    let total: u128 = targets.iter().map(|target| u128::from(target.weight)).sum();
    let size = u128::from(value.unsigned_abs());
    let share = |target: &Target| {
        (
            size * u128::from(target.weight) / total,
            size * u128::from(target.weight) % total,
        )
    };
    let given: u128 = targets.iter().map(|target| share(target).0).sum();
    let left = (size - given) as usize;
    for (index, target) in targets.iter().enumerate() {
        let (whole, remainder) = share(target);
        let ahead = targets
            .iter()
            .enumerate()
            .filter(|(other, rival)| {
                let rival = share(rival).1;
                rival > remainder || rival == remainder && *other < index
            })
            .take(left)
            .count();
        let part = (whole + u128::from(ahead < left)) as i128;
        let signed = if value < 0 { -part } else { part };
        out(
            target.position,
            i64::try_from(signed).expect("a part is never larger than the value"),
        );
    }
}

/// Shares of one source: units (none: the country) and weights over their sum.
struct Shares {
    parts: Vec<(Option<UnitIx>, u64)>,
    marks: Marks,
}

impl Shares {
    fn one(unit: Option<UnitIx>) -> Shares {
        Shares {
            parts: vec![(unit, 1)],
            marks: Marks::default(),
        }
    }

    /// The given shares, each with its weight, as one.
    fn weighted(mut all: Vec<(u64, Shares)>) -> Shares {
        if all.len() == 1 {
            return all.remove(0).1;
        }
        let sum = |shares: &Shares| shares.parts.iter().map(|(_, weight)| weight).sum::<u64>();
        let common = all
            .iter()
            .map(|(_, shares)| sum(shares))
            .fold(1, |common, sum| common / gcd(common, sum) * sum);
        let mut joined = Shares {
            parts: Vec::new(),
            marks: Marks::default(),
        };
        for (own, shares) in all {
            let factor = own * (common / sum(&shares));
            joined.marks.join(shares.marks);
            for (unit, weight) in shares.parts {
                match joined.parts.iter_mut().find(|(known, _)| *known == unit) {
                    Some((_, known)) => *known += weight * factor,
                    None => joined.parts.push((unit, weight * factor)),
                }
            }
        }
        let divisor = joined.parts.iter().map(|(_, weight)| *weight).fold(0, gcd);
        for (_, weight) in &mut joined.parts {
            *weight /= divisor;
        }
        joined.marks.divided |= joined.parts.len() > 1;
        joined
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn marks_of(row: &Succession) -> Marks {
    Marks {
        uncertain: matches!(row.certainty(), Certainty::Main | Certainty::Inferred),
        lifted: row.relation == Relation::Abolished,
        ..Marks::default()
    }
}

impl AdminUnits {
    /// The restatement from the boundaries that hold on one day to those of another; made once and kept.
    pub fn restatement(&self, from: Date, to: Date) -> Arc<Restatement> {
        let (from, to) = (self.boundary_index(from), self.boundary_index(to));
        let slot = &self.restatements[from * self.boundary_dates.len() + to];
        Arc::clone(slot.get_or_init(|| {
            Arc::new(self.restate(self.boundary_dates[from], self.boundary_dates[to]))
        }))
    }

    fn restate(&self, from: Date, to: Date) -> Restatement {
        let (old, new) = (self.numbering(from), self.numbering(to));
        let mut sources = Vec::with_capacity(old.len());
        for source in 0..old.len() as u32 {
            let shares = match old.unit(source) {
                None => Shares::one(None),
                Some(unit) if from <= to => self.forward(unit, from, to),
                Some(unit) => self.backward(unit, from, to),
            };
            let target = |(unit, weight): &(Option<UnitIx>, u64)| Target {
                position: unit.map_or(0, |unit| {
                    new.position(unit)
                        .expect("the loader refuses chains that break off")
                }),
                weight: u32::try_from(*weight).expect("a unit is divided a few times at most"),
            };
            let mut targets: Vec<Target> = shares.parts.iter().map(target).collect();
            targets.sort_unstable_by_key(|target| target.position);
            sources.push((targets, shares.marks));
        }
        Restatement::new(old, new, sources)
    }

    /// Where the figures of a unit in force on `after` lie on `to`.
    fn forward(&self, unit: UnitIx, after: Date, to: Date) -> Shares {
        let step = self.next_step(unit, after, to);
        let has_all = step
            .iter()
            .any(|row| row.transfer == Transfer::AreaPartPopulationAll);
        let takes = |row: &&Succession| match has_all {
            true => row.transfer == Transfer::AreaPartPopulationAll,
            false => row.transfer.carries_people(),
        };
        let mut all = Vec::new();
        for row in step.iter().filter(takes) {
            let mut shares = match row.new {
                Some(new) => self.forward(new, row.date, to),
                None => {
                    let before = row.date.saturating_sub(1.day());
                    let above = self.at(unit, before).and_then(|state| state.parent);
                    let mut shares = above.map_or_else(
                        || Shares::one(None),
                        |above| self.forward(above, before, to),
                    );
                    shares.marks.unknown = true;
                    shares
                }
            };
            shares.marks.join(marks_of(row));
            all.push((row.stated_weight(), shares));
        }
        let counted = all.iter().all(|(count, _)| count.is_some());
        let all: Vec<(u64, Shares)> = all
            .into_iter()
            .map(|(count, shares)| (count.filter(|_| counted).map_or(1, u64::from), shares))
            .collect();
        if all.is_empty() {
            Shares::one(Some(unit))
        } else {
            Shares::weighted(all)
        }
    }

    /// Where the figures of a unit in force on `upto` lie on the earlier day `to`.
    fn backward(&self, unit: UnitIx, upto: Date, to: Date) -> Shares {
        let step = self.last_step(unit, upto, to.max(KNOWN_FROM));
        let Some(date) = step.first().map(|row| row.date) else {
            return Shares::one(Some(unit));
        };
        let before = date.saturating_sub(1.day());
        let mut all = Vec::new();
        for row in step {
            if row.relation == Relation::Abolished || !row.transfer.carries_people() {
                continue;
            }
            let mut shares = self.backward(row.old, before, to);
            shares.marks.join(marks_of(row));
            all.push((1, shares));
        }
        if !all.is_empty() {
            return Shares::weighted(all);
        }
        // Only area came in: the unit went on as it was, or nobody knows where its people came from.
        if self.at(unit, before).is_some() {
            return self.backward(unit, before, to);
        }
        let above = self.at(unit, date).and_then(|state| state.parent);
        let mut shares =
            above.map_or_else(|| Shares::one(None), |above| self.backward(above, date, to));
        shares.marks.unknown = true;
        shares
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(value: i64, weights: &[u32]) -> Vec<i64> {
        let targets: Vec<Target> = weights
            .iter()
            .zip(1..)
            .map(|(weight, position)| Target {
                position,
                weight: *weight,
            })
            .collect();
        let mut parts = Vec::new();
        apportion(value, &targets, |position, part| {
            parts.push(part);
            assert_eq!(position as usize, parts.len());
        });
        parts
    }

    #[test]
    fn the_rest_goes_to_the_largest_remainders() {
        assert_eq!(parts(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(parts(-10, &[1, 1, 1]), [-4, -3, -3]);
        assert_eq!(parts(29, &[4, 25]), [4, 25]);
        assert_eq!(parts(10, &[4, 25]), [1, 9]);
        assert_eq!(parts(2, &[1, 1, 1]), [1, 1, 0]);
        assert_eq!(parts(7, &[3]), [7]);
        assert_eq!(parts(i64::MIN, &[1, 1]), [i64::MIN / 2, i64::MIN / 2]);
    }

    #[test]
    fn shares_of_shares_are_exact() {
        let one = |unit: u32| Shares::one(Some(UnitIx(unit)));
        let half = Shares::weighted(vec![(1, one(1)), (1, one(2))]);
        let joined = Shares::weighted(vec![(1, half), (2, one(2))]);
        assert_eq!(joined.parts, [(Some(UnitIx(1)), 1), (Some(UnitIx(2)), 5)]);
        assert!(joined.marks.divided);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_differ_from_the_exact_share_by_less_than_one(
            value: i64,
            weights in prop::collection::vec(1..1_000_u32, 1..12),
        ) {
            let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            let parts = parts(value, &weights);
            prop_assert_eq!(parts.iter().map(|part| i128::from(*part)).sum::<i128>(), i128::from(value));
            for (part, weight) in parts.iter().zip(&weights) {
                let error = i128::from(*part) * total - i128::from(value) * i128::from(*weight);
                prop_assert!(error.abs() < total);
            }
        }
    }
}
