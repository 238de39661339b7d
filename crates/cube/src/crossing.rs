//! Which cells of one era make up a unit on the boundaries of another.

use std::ops::Range;
use std::sync::Arc;

use domain::admin_units::{Restatement, apportion};

use crate::page::ROWS;

/// The restatement from one era to another, with the way back: which sources lead to a target.
#[derive(Debug)]
pub(crate) struct Crossing {
    restatement: Arc<Restatement>,
    /// Per source, the lowest and the highest position it leads to.
    reach: Vec<(u32, u32)>,
    /// Per target, where its sources begin in `sources`; one more entry than targets.
    starts: Vec<u32>,
    sources: Vec<u32>,
}

/// The cells that make up a unit.
#[derive(Debug)]
pub(crate) struct Sources {
    /// Runs of 64 positions and which of them lie wholly in the unit.
    pub whole: Vec<(u32, u64)>,
    /// Positions of which only a part lies in the unit, or of which it is uncertain that this unit follows them.
    pub parts: Vec<u32>,
}

impl Sources {
    /// The cells of a range of positions.
    pub fn of_range(range: Range<u32>) -> Sources {
        let mut whole = Vec::with_capacity((range.len() / ROWS as usize) + 2);
        let mut start = range.start;
        while start < range.end {
            let chunk = start / ROWS;
            let end = range.end.min((chunk + 1) * ROWS);
            let rows = (u64::MAX >> (64 - (end - start))) << (start % ROWS);
            whole.push((chunk, rows));
            start = end;
        }
        Sources {
            whole,
            parts: Vec::new(),
        }
    }
}

impl Crossing {
    pub fn new(restatement: Arc<Restatement>, from_len: usize, to_len: usize) -> Crossing {
        let mut crossing = Crossing {
            restatement,
            reach: Vec::with_capacity(from_len),
            starts: vec![0; to_len + 1],
            sources: Vec::new(),
        };
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(from_len);
        for source in 0..from_len as u32 {
            let (mut low, mut high) = (u32::MAX, 0);
            for target in crossing.restatement.targets(source) {
                low = low.min(target.position);
                high = high.max(target.position);
                pairs.push((target.position, source));
            }
            crossing.reach.push((low, high));
        }
        pairs.sort_unstable();
        for (target, _) in &pairs {
            crossing.starts[*target as usize + 1] += 1;
        }
        for target in 0..to_len {
            crossing.starts[target + 1] += crossing.starts[target];
        }
        crossing.sources = pairs.into_iter().map(|(_, source)| source).collect();
        crossing
    }

    /// Number of positions a source leads to.
    pub fn target_count(&self, source: u32) -> usize {
        self.restatement.targets(source).len()
    }

    /// The positions a source leads to.
    pub fn targets(&self, source: u32) -> impl Iterator<Item = u32> {
        let targets = self.restatement.targets(source).iter();
        targets.map(|target| target.position)
    }

    /// Shares a source's value out to the positions it leads to.
    pub fn share_out(&self, source: u32, value: i64, each: impl FnMut(u32, i64)) {
        apportion(value, self.restatement.targets(source), each);
    }

    /// The part of a source's value that goes to a range of positions.
    pub fn part(&self, source: u32, value: i64, range: &Range<u32>) -> i64 {
        let mut sum = 0;
        self.share_out(source, value, |position, part| {
            if range.contains(&position) {
                sum += part;
            }
        });
        sum
    }

    /// The cells that make up a range of positions.
    pub fn sources(&self, range: Range<u32>) -> Sources {
        let to_len = self.starts.len() - 1;
        if range.start == 0 && range.end as usize == to_len {
            return Sources::of_range(0..self.reach.len() as u32);
        }
        let entries =
            self.starts[range.start as usize] as usize..self.starts[range.end as usize] as usize;
        let mut found = self.sources[entries].to_vec();
        found.sort_unstable();
        found.dedup();
        let mut sources = Sources {
            whole: Vec::new(),
            parts: Vec::new(),
        };
        for source in found {
            let (low, high) = self.reach[source as usize];
            let is_within = range.contains(&low) && range.contains(&high);
            // An uncertain step to this very unit makes an estimate; for the units above it stays within.
            let is_estimate = high == range.start && self.restatement.is_apportioned(source);
            if !is_within || is_estimate {
                sources.parts.push(source);
                continue;
            }
            let (chunk, bit) = (source / ROWS, 1 << (source % ROWS));
            match sources.whole.last_mut() {
                Some((last, rows)) if *last == chunk => *rows |= bit,
                _ => sources.whole.push((chunk, bit)),
            }
        }
        sources
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_becomes_rows_of_runs() {
        fn check(range: Range<u32>, expected: &[(u32, u64)]) {
            assert_eq!(Sources::of_range(range).whole, expected);
        }
        check(0..1, &[(0, 1)]);
        check(0..64, &[(0, u64::MAX)]);
        check(63..66, &[(0, 1 << 63), (1, 0b11)]);
        check(70..71, &[(1, 1 << 6)]);
        check(5..5, &[]);
    }
}
