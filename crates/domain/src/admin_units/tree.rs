//! The tree of units on any day: what lies in what.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::{AdminUnits, KNOWN_FROM, Level, UnitIx, UnitRow};
use crate::vietnamese::fold;

impl AdminUnits {
    /// The provinces in force on the day, by code.
    pub fn provinces(&self, on: Date) -> Vec<UnitIx> {
        self.below(None, on)
    }

    /// The units right below a unit on the day, by code.
    pub fn children(&self, unit: UnitIx, on: Date) -> Vec<UnitIx> {
        self.below(Some(unit), on)
    }

    fn below(&self, parent: Option<UnitIx>, on: Date) -> Vec<UnitIx> {
        let on = on.max(KNOWN_FROM);
        let start = self
            .by_parent
            .partition_point(|row| self.rows[*row as usize].parent < parent);
        self.by_parent[start..]
            .iter()
            .map(|row| &self.rows[*row as usize])
            .take_while(|row| row.parent == parent)
            .filter(|row| row.is_in_force(on))
            .map(|row| row.unit)
            .collect()
    }

    /// All units below a unit on the day in depth-first order, without the unit itself.
    pub fn descendants(&self, unit: UnitIx, on: Date) -> Vec<UnitIx> {
        let mut found = Vec::new();
        let mut waiting = self.children(unit, on);
        waiting.reverse();
        while let Some(next) = waiting.pop() {
            found.push(next);
            waiting.extend(self.children(next, on).into_iter().rev());
        }
        found
    }

    /// The units above a unit on the day, the nearest first. Empty where the unit is not in force.
    pub fn ancestors(&self, unit: UnitIx, on: Date) -> Vec<UnitIx> {
        let mut found = Vec::new();
        let mut current = self.at(unit, on);
        while let Some(parent) = current.and_then(|row| row.parent) {
            found.push(parent);
            current = self.at(parent, on);
        }
        found
    }

    /// The province that a unit lies in on the day (itself for a province); none where it is not in force.
    pub fn province_of(&self, unit: UnitIx, on: Date) -> Option<UnitIx> {
        self.at(unit, on)?;
        Some(self.ancestors(unit, on).pop().unwrap_or(unit))
    }

    /// The province that a unit lay in last before the day, or first after it: for units not in force on the day too.
    pub fn province_nearest(&self, unit: UnitIx, on: Date) -> UnitIx {
        let row = self.nearest(unit, on);
        let mut day = on.max(KNOWN_FROM);
        if let Some(last) = row.valid_to {
            day = day.min(last);
        }
        if let Some(first) = row.valid_from {
            day = day.max(first);
        }
        self.province_of(unit, day).unwrap_or(unit)
    }

    /// Whether `inner` is `outer` or lies in it on the day.
    pub fn is_within(&self, inner: UnitIx, outer: UnitIx, on: Date) -> bool {
        inner == outer || self.ancestors(inner, on).contains(&outer)
    }

    /// The unit that has this official code on the day.
    pub fn by_code(&self, level: Level, code: &str, on: Date) -> Option<UnitIx> {
        let on = on.max(KNOWN_FROM);
        self.rows_of_code(level, code)
            .find(|row| row.is_in_force(on))
            .map(|row| row.unit)
    }

    /// Every state that ever had this official code, at this level.
    pub fn rows_of_code<'a>(
        &'a self,
        level: Level,
        code: &'a str,
    ) -> impl Iterator<Item = &'a UnitRow> {
        let compare = move |row: &UnitRow| {
            row.level
                .cmp(&level)
                .then_with(|| row.code.as_ref().cmp(code))
        };
        let start = self
            .by_code
            .partition_point(|row| compare(&self.rows[*row as usize]) == Ordering::Less);
        self.by_code[start..]
            .iter()
            .map(|row| &self.rows[*row as usize])
            .take_while(move |row| compare(row) == Ordering::Equal)
    }

    /// Units right below `parent` (provinces for none) on the day with this name, without regard to accents or
    /// tone placement; the type may be part of the name or not. More than one where names repeat: the caller asks back.
    pub fn by_name(&self, parent: Option<UnitIx>, name: &str, on: Date) -> Vec<UnitIx> {
        let wanted = fold(name);
        let of_type = |row: &UnitRow| fold(&row.full_name) == wanted;
        let candidates = self.below(parent, on);
        let states = || candidates.iter().filter_map(|unit| self.at(*unit, on));
        let full: Vec<UnitIx> = states()
            .filter(|row| of_type(row))
            .map(|row| row.unit)
            .collect();
        if !full.is_empty() {
            return full;
        }
        states()
            .filter(|row| {
                fold(row.name()) == wanted
                    || row
                        .alt_name
                        .as_deref()
                        .is_some_and(|alt| fold(alt) == wanted)
            })
            .map(|row| row.unit)
            .collect()
    }
}
