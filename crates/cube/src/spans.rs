//! The general way: any days, over any number of eras.

use std::ops::Range;

use domain::admin_units::{Numbering, UnitIx};

use crate::calendar::Span;
use crate::crossing::{Crossing, Sources};
use crate::eras::Eras;
use crate::facts::Nature;
use crate::month_runs::Planes;
use crate::page::{ROWS, bits};
use crate::plane::Plane;
use crate::query::Sum;

/// The cells of one era that make up a unit on the boundaries of another, or of the same.
pub(crate) struct UnitCells<'a> {
    pub sources: Sources,
    /// None within one era.
    pub crossing: Option<&'a Crossing>,
    /// Positions of the unit and all below it on the boundaries asked for.
    pub range: Range<u32>,
    /// Position of the unit itself in the era of the cells.
    pub own: Option<u32>,
}

impl<'a> UnitCells<'a> {
    /// The cells of era `from` for a unit on the boundaries of era `to`; none where the unit is not on these.
    pub fn of(
        eras: &'a Eras,
        from: usize,
        to: usize,
        unit: Option<UnitIx>,
    ) -> Option<UnitCells<'a>> {
        let range = eras.era(to).numbering.range(unit)?;
        let own = unit.and_then(|unit| eras.era(from).numbering.position(unit));
        if from == to {
            return Some(UnitCells {
                sources: Sources::of_range(range.clone()),
                crossing: None,
                range,
                own,
            });
        }
        let crossing = eras.crossing(from, to);
        Some(UnitCells {
            sources: crossing.sources(range.clone()),
            crossing: Some(crossing),
            range,
            own,
        })
    }
}

/// A set of units.
#[derive(Default)]
struct UnitSet {
    words: Vec<u64>,
}

impl UnitSet {
    fn insert(&mut self, unit: UnitIx) {
        let (word, bit) = (unit.0 as usize / 64, 1 << (unit.0 % 64));
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= bit;
    }

    fn insert_rows(&mut self, numbering: &Numbering, chunk: u32, rows: u64) {
        for row in bits(rows) {
            self.insert(
                numbering
                    .unit(chunk * ROWS + row)
                    .expect("only units have facts"),
            );
        }
    }

    fn contains(&self, unit: UnitIx) -> bool {
        self.words
            .get(unit.0 as usize / 64)
            .is_some_and(|word| word & (1 << (unit.0 % 64)) != 0)
    }

    fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }
}

/// Adds up a unit's cells over the spans of one period.
///
/// A flow on other boundaries is shared out piece by piece: each calendar month that lies whole in the period,
/// and each part of one, is one piece. So the months of a quarter add up to the quarter on any boundaries.
pub(crate) fn sum_spans(
    nature: Nature,
    eras: &Eras,
    planes_by_era: &[Planes],
    spans: &[Span],
    cells_by_span: &[UnitCells],
    to: usize,
    unit: Option<UnitIx>,
) -> Sum {
    let mut sum = Sum::default();
    let mut reporters = UnitSet::default();
    if nature == Nature::Stock && spans.len() > 1 {
        let numbering = &eras.era(to).numbering;
        for state in 0..3 {
            add_latest_stands(
                eras,
                planes_by_era,
                state,
                spans,
                cells_by_span,
                numbering,
                &mut sum,
                &mut reporters,
            );
        }
    } else {
        for (span, cells) in spans.iter().zip(cells_by_span) {
            let numbering = &eras.era(span.era).numbering;
            for plane in planes_by_era[span.era].iter().flatten() {
                add_span(plane, *span, cells, numbering, &mut sum, &mut reporters);
            }
        }
    }
    sum.reports = reporters.len();
    sum.has_own = unit.is_some_and(|unit| reporters.contains(unit));
    sum
}

fn add_span(
    plane: &Plane,
    span: Span,
    cells: &UnitCells,
    numbering: &Numbering,
    sum: &mut Sum,
    reporters: &mut UnitSet,
) {
    for &(chunk, rows) in &cells.sources.whole {
        let seen = plane.scan(span, chunk, rows, |_, value| sum.value += value);
        reporters.insert_rows(numbering, chunk, seen);
    }
    let Some(crossing) = cells.crossing else {
        return;
    };
    for &source in &cells.sources.parts {
        let chunk = source / ROWS;
        let seen = plane.scan(span, chunk, 1 << (source % ROWS), |_, value| {
            sum.value += crossing.part(source, value, &cells.range);
        });
        reporters.insert_rows(numbering, chunk, seen);
        sum.apportioned |= seen != 0;
    }
}

/// Positions for which a later era has a stand, among those of the unit asked for.
struct Covered {
    start: u32,
    /// The positions themselves, and all below them.
    stands: Vec<bool>,
    below: Vec<bool>,
}

impl Covered {
    fn new(range: &Range<u32>) -> Covered {
        Covered {
            start: range.start,
            stands: vec![false; range.len()],
            below: vec![false; range.len()],
        }
    }

    fn local(&self, range: Range<u32>) -> Range<usize> {
        (range.start - self.start) as usize..(range.end - self.start) as usize
    }

    fn add(&mut self, subtree: Range<u32>) {
        let local = self.local(subtree);
        self.stands[local.start] = true;
        self.below[local].fill(true);
    }

    /// Whether the unit of the subtree, one above it or one below it has a later stand.
    fn contains(&self, subtree: Range<u32>) -> bool {
        let local = self.local(subtree);
        self.below[local.start] || self.stands[local].contains(&true)
    }
}

/// Stands over several eras: a stand of an earlier era counts only where, within the unit asked for, no later
/// era has one on the same territory (the unit itself, one above or one below). So nobody is counted twice
/// when units that reported are merged within the period.
#[expect(
    clippy::too_many_arguments,
    reason = "one step of sum_spans, with its state"
)]
fn add_latest_stands(
    eras: &Eras,
    planes_by_era: &[Planes],
    state: usize,
    spans: &[Span],
    cells_by_span: &[UnitCells],
    to: &Numbering,
    sum: &mut Sum,
    reporters: &mut UnitSet,
) {
    let mut covered: Option<Covered> = None;
    for (span, cells) in spans.iter().zip(cells_by_span).rev() {
        let Some(plane) = planes_by_era[span.era][state] else {
            continue;
        };
        let covered = covered.get_or_insert_with(|| Covered::new(&cells.range));
        let numbering = &eras.era(span.era).numbering;
        let mut stands: Vec<u32> = Vec::new();
        let whole = cells
            .sources
            .whole
            .iter()
            .map(|(chunk, rows)| (*chunk, *rows, false));
        let parts = cells
            .sources
            .parts
            .iter()
            .map(|source| (source / ROWS, 1 << (source % ROWS), true));
        for (chunk, rows, is_part) in whole.chain(parts) {
            plane.scan(*span, chunk, rows, |row, value| {
                let source = chunk * ROWS + row;
                let mut used = 0;
                let mut take = |position: u32, part: i64| {
                    if !cells.range.contains(&position) {
                        return;
                    }
                    stands.push(position);
                    if !covered.contains(to.range_at(position)) {
                        sum.value += part;
                        used += 1;
                    }
                };
                match cells.crossing {
                    None => take(source, value),
                    Some(crossing) => crossing.share_out(source, value, take),
                }
                if used > 0 {
                    reporters.insert(numbering.unit(source).expect("only units have facts"));
                    sum.apportioned |= is_part
                        || cells
                            .crossing
                            .is_some_and(|crossing| used < crossing.target_count(source));
                }
            });
        }
        for position in stands {
            covered.add(to.range_at(position));
        }
    }
}
