//! Ranking units by a share: exact, ties explained, too small volumes told apart.

use std::cmp::Ordering;

use crate::plan::WantedDirection;

/// A unit that takes part, with what it is ranked by: `part` of `whole`.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Contender {
    /// What it reached; none when nothing is known.
    pub part: Option<i64>,
    /// What it is measured against: its target, its potential; 1 for a plain result. None when there is none.
    pub whole: Option<i64>,
    /// By which it is decided whether it takes part at all.
    pub volume: Option<i64>,
}

/// Why a unit is listed apart.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Apart {
    /// Nothing is known of its result.
    NoResult,
    /// It has nothing to be measured against.
    NoMeasure,
    /// Its volume is below the minimum: a share of so little says nothing.
    BelowMinimum,
}

impl Apart {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Apart::NoResult => "no_result",
            Apart::NoMeasure => "no_measure",
            Apart::BelowMinimum => "below_minimum",
        }
    }
}

/// A ranked unit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// Its index among the contenders.
    pub contender: usize,
    /// 1, 2, 2, 4, …: as many are ahead as the rank says, less one.
    pub rank: usize,
    /// The others of the same rank, by their index among the contenders.
    pub tied_with: Vec<usize>,
}

/// Everybody, ranked or apart.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Ranking {
    /// The best first; equal ones in the order of the contenders.
    pub places: Vec<Place>,
    /// By index among the contenders.
    pub apart: Vec<(usize, Apart)>,
}

/// Ranks by `part / whole`, compared exactly; equal shares have equal ranks.
pub fn rank(contenders: &[Contender], direction: WantedDirection, minimum_volume: i64) -> Ranking {
    let mut ranking = Ranking::default();
    let mut ranked: Vec<(usize, i64, i64)> = Vec::new();
    for (index, contender) in contenders.iter().enumerate() {
        match (contender.part, contender.whole.filter(|whole| *whole > 0)) {
            (None, _) => ranking.apart.push((index, Apart::NoResult)),
            (_, None) => ranking.apart.push((index, Apart::NoMeasure)),
            _ if contender
                .volume
                .is_none_or(|volume| volume < minimum_volume) =>
            {
                ranking.apart.push((index, Apart::BelowMinimum));
            }
            (Some(part), Some(whole)) => ranked.push((index, part, whole)),
        }
    }
    let compare = |one: &(usize, i64, i64), other: &(usize, i64, i64)| {
        // one.part / one.whole against other.part / other.whole; both wholes are above zero.
        let left = i128::from(one.1) * i128::from(other.2);
        let right = i128::from(other.1) * i128::from(one.2);
        match direction {
            WantedDirection::Up => right.cmp(&left),
            WantedDirection::Down => left.cmp(&right),
        }
    };
    ranked.sort_by(|one, other| compare(one, other).then(one.0.cmp(&other.0)));
    let mut ahead = 0;
    for group in ranked.chunk_by(|one, other| compare(one, other) == Ordering::Equal) {
        for member in group {
            let others = group.iter().filter(|other| other.0 != member.0);
            ranking.places.push(Place {
                contender: member.0,
                rank: ahead + 1,
                tied_with: others.map(|other| other.0).collect(),
            });
        }
        ahead += group.len();
    }
    ranking
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contender(part: i64, whole: i64) -> Contender {
        Contender {
            part: Some(part),
            whole: Some(whole),
            volume: Some(whole),
        }
    }

    fn ranks(ranking: &Ranking) -> Vec<(usize, usize)> {
        let places = ranking.places.iter();
        places.map(|place| (place.contender, place.rank)).collect()
    }

    #[test]
    fn equal_shares_have_equal_ranks_and_the_next_one_is_counted_on() {
        let all = [
            contender(1, 3),
            contender(45, 90),
            contender(9, 10),
            contender(1, 2),
        ];
        let ranking = rank(&all, WantedDirection::Up, 0);
        assert_eq!(ranks(&ranking), [(2, 1), (1, 2), (3, 2), (0, 4)]);
        assert_eq!(ranking.places[1].tied_with, [3]);
        assert!(ranking.places[0].tied_with.is_empty());
        let ranking = rank(&all, WantedDirection::Down, 0);
        assert_eq!(ranks(&ranking), [(0, 1), (1, 2), (3, 2), (2, 4)]);
    }

    #[test]
    fn who_cannot_be_ranked_is_listed_apart_with_the_reason() {
        let all = [
            contender(1, 4),
            Contender {
                part: None,
                ..contender(0, 5)
            },
            Contender {
                whole: None,
                ..contender(3, 5)
            },
            contender(3, 0),
            contender(5, 50),
        ];
        let ranking = rank(&all, WantedDirection::Up, 10);
        assert_eq!(ranks(&ranking), [(4, 1)]);
        assert_eq!(
            ranking.apart,
            [
                (0, Apart::BelowMinimum),
                (1, Apart::NoResult),
                (2, Apart::NoMeasure),
                (3, Apart::NoMeasure)
            ]
        );
    }

    proptest! {
        #[test]
        fn everybody_has_one_place_and_better_shares_have_better_ranks(
            shares in proptest::collection::vec((proptest::option::of(-50_i64..50), 0_i64..20), 0..40),
            minimum in 0_i64..10,
        ) {
            let all: Vec<Contender> = shares
                .iter()
                .map(|(part, whole)| Contender { part: *part, whole: Some(*whole), volume: Some(*whole) })
                .collect();
            let ranking = rank(&all, WantedDirection::Up, minimum);
            let mut seen: Vec<usize> = ranking.places.iter().map(|place| place.contender).collect();
            seen.extend(ranking.apart.iter().map(|(index, _)| *index));
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..all.len()).collect::<Vec<_>>());
            for place in &ranking.places {
                let share = |index: usize| (all[index].part.unwrap_or_default(), all[index].whole.unwrap_or_default());
                let (part, whole) = share(place.contender);
                let is_better = |other: &&Place| {
                    let (rival, base) = share(other.contender);
                    rival * whole > part * base
                };
                prop_assert_eq!(place.rank, ranking.places.iter().filter(is_better).count() + 1);
            }
        }
    }
}
