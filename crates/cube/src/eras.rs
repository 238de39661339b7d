//! The eras between changes of the boundaries, each with its numbering, and the ways from one to another.

use std::fmt;
use std::sync::{Arc, OnceLock};

use domain::admin_units::{AdminUnits, Numbering, Restatement};
use jiff::civil::Date;

use crate::calendar::{Day, Month, Span, days_in, month_of};
use crate::crossing::Crossing;

/// Gives the restatement from one boundary date to another.
type Restate = Box<dyn Fn(Date, Date) -> Arc<Restatement> + Send + Sync>;

/// The administrative structure over time as the cube needs it. Days before the first boundary date belong to
/// the first era; changes that leave the tree as it is (names, types) begin no era.
pub struct Eras {
    eras: Vec<Era>,
    restate: Restate,
    /// One per pair of eras, made when first needed.
    crossings: Vec<OnceLock<Arc<Crossing>>>,
}

/// One era.
pub(crate) struct Era {
    /// First day; for the first era, the day from which its state is known.
    pub first: Date,
    /// Months its pages begin with and how many months they hold.
    pub origin: Month,
    pub width: usize,
    pub numbering: Arc<Numbering>,
}

impl fmt::Debug for Eras {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.eras.iter().map(|era| era.first))
            .finish()
    }
}

impl Eras {
    /// The eras of loaded administrative units.
    pub fn of(units: &'static AdminUnits) -> Eras {
        let numberings = units
            .boundary_dates()
            .iter()
            .map(|date| units.numbering(*date))
            .collect();
        Eras::new(numberings, Box::new(|from, to| units.restatement(from, to)))
    }

    /// The eras that begin on the boundary dates of the numberings, which are in order of time;
    /// `restate` gives the restatement between two of these dates.
    ///
    /// Panics when there is no numbering.
    pub fn new(numberings: Vec<Arc<Numbering>>, restate: Restate) -> Eras {
        assert!(
            !numberings.is_empty(),
            "the cube needs the numbering of at least one boundary date"
        );
        let mut kept: Vec<Arc<Numbering>> = Vec::with_capacity(numberings.len());
        for numbering in numberings {
            if !kept
                .last()
                .is_some_and(|last| is_same_tree(last, &numbering))
            {
                kept.push(numbering);
            }
        }
        let firsts: Vec<Date> = kept
            .iter()
            .map(|numbering| numbering.boundary_date)
            .collect();
        let eras: Vec<Era> = kept
            .into_iter()
            .enumerate()
            .map(|(index, numbering)| {
                let first = numbering.boundary_date;
                let origin = month_of(first);
                let width = match firsts.get(index + 1) {
                    // The first era also holds all days before it, so its length is open like that of the last.
                    Some(next) if index > 0 => {
                        let last = if next.day() == 1 {
                            month_of(*next) - 1
                        } else {
                            month_of(*next)
                        };
                        (last - origin + 1).clamp(1, 12) as usize
                    }
                    _ => 12,
                };
                Era {
                    first,
                    origin,
                    width,
                    numbering,
                }
            })
            .collect();
        let crossings = (0..eras.len() * eras.len())
            .map(|_| OnceLock::new())
            .collect();
        Eras {
            eras,
            restate,
            crossings,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.eras.len()
    }

    pub(crate) fn era(&self, index: usize) -> &Era {
        &self.eras[index]
    }

    /// Index of the era that a day belongs to.
    pub(crate) fn era_of(&self, on: Date) -> usize {
        // Most questions are about the present, so look from the end.
        self.eras
            .iter()
            .rposition(|era| era.first <= on)
            .unwrap_or(0)
    }

    /// The parts of a stretch of days, era by era in order of time.
    pub(crate) fn spans(
        &self,
        first: Date,
        last: Date,
    ) -> impl DoubleEndedIterator<Item = Span> + '_ {
        let (from, to) = (self.era_of(first), self.era_of(last));
        (from..=to).map(move |era| {
            let begin = if era == from {
                first
            } else {
                self.eras[era].first
            };
            let mut begin_day = Day::of(begin);
            if era > 0 && begin == self.eras[era].first {
                begin_day.day = 1;
            }
            let end_day = match self.eras.get(era + 1) {
                Some(next) if era < to || is_eve(last, next.first) => {
                    let eve = next
                        .first
                        .yesterday()
                        .expect("an era begins after the first day of the calendar");
                    let month = month_of(eve);
                    Day {
                        month,
                        day: days_in(month),
                    }
                }
                _ => Day::of(last),
            };
            Span {
                era,
                first: begin_day,
                last: end_day,
            }
        })
    }

    /// The way of the cells of one era to the boundaries of another.
    pub(crate) fn crossing(&self, from: usize, to: usize) -> &Arc<Crossing> {
        self.crossings[from * self.eras.len() + to].get_or_init(|| {
            let (from, to) = (&self.eras[from].numbering, &self.eras[to].numbering);
            let restatement = (self.restate)(from.boundary_date, to.boundary_date);
            Arc::new(Crossing::new(restatement, from.len(), to.len()))
        })
    }
}

/// Whether a day is the one before another.
fn is_eve(day: Date, next: Date) -> bool {
    day.tomorrow().is_ok_and(|tomorrow| tomorrow == next)
}

fn is_same_tree(one: &Numbering, other: &Numbering) -> bool {
    one.len() == other.len()
        && (0..one.len() as u32).all(|position| {
            one.unit(position) == other.unit(position)
                && one.range_at(position) == other.range_at(position)
        })
}
