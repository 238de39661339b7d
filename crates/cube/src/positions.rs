//! A set of units by their positions.

use std::ops::Range;

use crate::page::ROWS;

/// Some of the units of a boundary date, by their positions in its numbering.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Positions {
    words: Vec<u64>,
}

impl Positions {
    /// None of so many.
    pub fn none(positions: usize) -> Positions {
        Positions {
            words: vec![0; positions.div_ceil(ROWS as usize)],
        }
    }

    /// Adds one of those that there are.
    pub fn insert(&mut self, position: u32) {
        self.insert_rows(position / ROWS, 1 << (position % ROWS));
    }

    pub(crate) fn insert_rows(&mut self, chunk: u32, rows: u64) {
        self.words[chunk as usize] |= rows;
    }

    /// Whether the unit at a position is in the set.
    pub fn contains(&self, position: u32) -> bool {
        let word = self.words.get((position / ROWS) as usize);
        word.is_some_and(|word| word & (1 << (position % ROWS)) != 0)
    }

    /// How many of a range of positions are.
    pub fn count(&self, range: Range<u32>) -> u32 {
        self.rows(range).map(|(_, rows)| rows.count_ones()).sum()
    }

    /// How many of a range of positions are in this set and in another of the same numbering.
    pub fn count_common(&self, other: &Positions, range: Range<u32>) -> u32 {
        let common = |(chunk, rows): (usize, u64)| rows & other.words.get(chunk).unwrap_or(&0);
        self.rows(range).map(|rows| common(rows).count_ones()).sum()
    }

    /// Whether any of a range of positions is.
    pub fn any(&self, range: Range<u32>) -> bool {
        self.rows(range).any(|(_, rows)| rows != 0)
    }

    fn rows(&self, range: Range<u32>) -> impl Iterator<Item = (usize, u64)> + '_ {
        let end = range.end.min(self.words.len() as u32 * ROWS);
        (range.start / ROWS..end.div_ceil(ROWS)).map(move |chunk| {
            let start = chunk * ROWS;
            let low = u64::MAX << range.start.saturating_sub(start);
            let high = u64::MAX >> (ROWS - (end - start).min(ROWS));
            let chunk = chunk as usize;
            (chunk, self.words[chunk] & low & high)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_counted_over_the_ends_of_words() {
        let mut found = Positions::none(200);
        for position in [0, 63, 64, 130, 199] {
            found.insert(position);
        }
        let check = |range: Range<u32>, expected: u32| {
            assert_eq!(found.count(range.clone()), expected, "{range:?}");
            assert_eq!(found.any(range), expected > 0);
        };
        check(0..200, 5);
        check(0..1000, 5);
        check(1..64, 1);
        check(63..65, 2);
        check(65..130, 0);
        check(130..131, 1);
        check(131..199, 0);
        check(5..5, 0);
        check(64..64, 0);
        let mut others = Positions::none(200);
        for position in [1, 63, 130] {
            others.insert(position);
        }
        assert_eq!(found.count_common(&others, 0..200), 2);
        assert_eq!(found.count_common(&others, 64..200), 1);
        assert!(found.contains(63) && !found.contains(62) && !found.contains(5000));
    }
}
