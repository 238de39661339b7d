//! A numbering of the units of one boundary date in which every subtree is one run of numbers.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::{AdminUnits, UnitIx};

const NONE: u32 = u32::MAX;

/// Depth-first order of all units in force on a boundary date. The country is position 0 and has no unit;
/// every subtree is a contiguous range that starts with the unit itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Numbering {
    /// The day of change from which on this order holds.
    pub boundary_date: Date,
    /// Unit at each position from 1 on.
    units: Vec<UnitIx>,
    /// First position after the subtree that starts at each position.
    ends: Vec<u32>,
    /// Position of each unit, [`NONE`] for units not in force.
    positions: Vec<u32>,
}

/// Why units and parents do not make a tree.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NumberingError {
    /// A unit was listed twice.
    #[error("unit {0:?} is listed twice; list every unit once")]
    Twice(UnitIx),
    /// A parent is not in the list.
    #[error(
        "unit {unit:?} has parent {parent:?}, which is not listed; list it or take another parent"
    )]
    UnknownParent {
        /// The unit with the parent.
        unit: UnitIx,
        /// The parent that is missing.
        parent: UnitIx,
    },
    /// A unit is above itself.
    #[error("unit {0:?} is above itself; break the cycle of parents")]
    Cycle(UnitIx),
}

impl Numbering {
    /// Numbers the given units, each with the one above it; siblings stay in the order of the list.
    pub fn new(
        boundary_date: Date,
        list: Vec<(UnitIx, Option<UnitIx>)>,
    ) -> Result<Numbering, NumberingError> {
        let size = list
            .iter()
            .map(|(unit, _)| unit.index() + 1)
            .max()
            .unwrap_or(0);
        let mut known = vec![false; size];
        for (unit, _) in &list {
            if std::mem::replace(&mut known[unit.index()], true) {
                return Err(NumberingError::Twice(*unit));
            }
        }
        // Children as linked lists, filled from the end so that they come out in the order of the list.
        let mut first_child = vec![NONE; size];
        let mut next_sibling = vec![NONE; size];
        let mut first_root = NONE;
        for (unit, parent) in list.iter().rev() {
            let head = match parent {
                None => &mut first_root,
                Some(parent) if parent.index() < size && known[parent.index()] => {
                    &mut first_child[parent.index()]
                }
                Some(parent) => {
                    return Err(NumberingError::UnknownParent {
                        unit: *unit,
                        parent: *parent,
                    });
                }
            };
            next_sibling[unit.index()] = std::mem::replace(head, unit.0);
        }

        let mut numbering = Numbering {
            boundary_date,
            units: Vec::with_capacity(list.len()),
            ends: vec![0; list.len() + 1],
            positions: vec![NONE; size],
        };
        let mut open: Vec<u32> = Vec::new();
        let mut current = first_root;
        loop {
            if current != NONE {
                numbering.units.push(UnitIx(current));
                numbering.positions[current as usize] = numbering.units.len() as u32;
                open.push(current);
                current = first_child[current as usize];
            } else if let Some(done) = open.pop() {
                numbering.ends[numbering.positions[done as usize] as usize] =
                    numbering.units.len() as u32 + 1;
                current = next_sibling[done as usize];
            } else {
                break;
            }
        }
        numbering.ends[0] = numbering.units.len() as u32 + 1;
        // Units of a cycle hang on no root, so they were never reached.
        match list
            .iter()
            .find(|(unit, _)| numbering.positions[unit.index()] == NONE)
        {
            Some((unit, _)) => Err(NumberingError::Cycle(*unit)),
            None => Ok(numbering),
        }
    }

    /// Number of positions, the country included.
    pub fn len(&self) -> usize {
        self.units.len() + 1
    }

    /// Whether there are no units, only the country.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Position of a unit; none where it is not in force on the boundary date.
    pub fn position(&self, unit: UnitIx) -> Option<u32> {
        self.positions
            .get(unit.index())
            .copied()
            .filter(|position| *position != NONE)
    }

    /// Unit at a position; none for the country and past the end.
    pub fn unit(&self, position: u32) -> Option<UnitIx> {
        self.units.get((position as usize).checked_sub(1)?).copied()
    }

    /// Positions of a unit and all below it (none: the country); none where the unit is not in force.
    pub fn range(&self, unit: Option<UnitIx>) -> Option<Range<u32>> {
        let start = match unit {
            None => 0,
            Some(unit) => self.position(unit)?,
        };
        Some(self.range_at(start))
    }

    /// Positions of the subtree that starts at a position of this numbering.
    pub fn range_at(&self, position: u32) -> Range<u32> {
        position..self.ends[position as usize]
    }
}

impl AdminUnits {
    /// The numbering of the boundary date that holds on the day; made once and kept.
    pub fn numbering(&self, on: Date) -> Arc<Numbering> {
        let index = self.boundary_index(on);
        Arc::clone(self.numberings[index].get_or_init(|| {
            let boundary = self.boundary_dates[index];
            let in_force = self.by_parent.iter().map(|row| &self.rows[*row as usize]);
            let list = in_force
                .filter(|row| row.is_in_force(boundary))
                .map(|row| (row.unit, row.parent))
                .collect();
            Arc::new(
                Numbering::new(boundary, list)
                    .expect("the loader refuses units whose parents are not a tree"),
            )
        }))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn numbering(list: &[(u32, Option<u32>)]) -> Result<Numbering, NumberingError> {
        let list = list
            .iter()
            .map(|(unit, parent)| (UnitIx(*unit), parent.map(UnitIx)))
            .collect();
        Numbering::new(date(2025, 7, 1), list)
    }

    #[test]
    fn subtrees_are_runs_in_the_order_of_the_list() {
        let numbering = numbering(&[
            (7, Some(3)),
            (3, None),
            (5, Some(7)),
            (1, None),
            (2, Some(3)),
        ])
        .expect("a tree");
        let order: Vec<u32> = (1..6)
            .filter_map(|position| numbering.unit(position))
            .map(|unit| unit.0)
            .collect();
        assert_eq!(order, [3, 7, 5, 2, 1]);
        assert_eq!(numbering.range(None), Some(0..6));
        assert_eq!(numbering.range(Some(UnitIx(3))), Some(1..5));
        assert_eq!(numbering.range(Some(UnitIx(7))), Some(2..4));
        assert_eq!(numbering.range(Some(UnitIx(1))), Some(5..6));
        assert_eq!(numbering.range(Some(UnitIx(9))), None);
        assert_eq!(numbering.position(UnitIx(0)), None);
        assert_eq!((numbering.unit(0), numbering.unit(6)), (None, None));
        assert_eq!(numbering.len(), 6);
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        assert_eq!(
            numbering(&[(1, None), (1, None)]),
            Err(NumberingError::Twice(UnitIx(1)))
        );
        let missing = NumberingError::UnknownParent {
            unit: UnitIx(1),
            parent: UnitIx(4),
        };
        assert_eq!(numbering(&[(1, Some(4))]), Err(missing));
        assert_eq!(
            numbering(&[(0, None), (1, Some(2)), (2, Some(1))]),
            Err(NumberingError::Cycle(UnitIx(1)))
        );
    }
}
