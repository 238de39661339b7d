//! What belongs to a unit through all times: the reach of a right, and the provinces that share records.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{AdminUnits, KNOWN_FROM, Level, Succession, UnitIx};

impl AdminUnits {
    /// Every unit identity of any time whose records belong to `unit` as of the day: what a right over it covers.
    ///
    /// - Of the units in force on the day: the unit and all below it, and no others, whatever was theirs before.
    /// - Of the units that ended before: those whose people are in it now, at least in part.
    /// - Of the units that began later: those whose people all come from it. So Hải Dương does not
    ///   get the new Hải Phòng, but all communes made of its own.
    ///
    /// A unit not in force on the day is taken as of its nearest day. The result is ordered.
    pub fn lineage(&self, unit: UnitIx, on: Date) -> Vec<UnitIx> {
        let (first, last) = self.life(unit);
        let on = on.max(KNOWN_FROM).min(last).max(first);
        let mut inside = vec![false; self.len()];
        inside[unit.index()] = true;
        for below in self.descendants(unit, on) {
            inside[below.index()] = true;
        }
        let mut covered = inside.clone();
        let mut by_date: Vec<&Succession> = self
            .successions
            .iter()
            .filter(|row| row.transfer.carries_people())
            .collect();
        by_date.sort_by_key(|row| row.date);
        let split = by_date.partition_point(|row| row.date <= on);

        let mut cover = inside.clone();
        for rows in by_date[..split].chunk_by(|a, b| a.date == b.date).rev() {
            let before = cover.clone();
            for row in rows
                .iter()
                .filter(|row| row.new.is_some_and(|new| before[new.index()]))
            {
                cover[row.new.map_or(0, UnitIx::index)] = false;
            }
            for row in rows
                .iter()
                .filter(|row| row.new.is_some_and(|new| before[new.index()]))
            {
                cover[row.old.index()] = true;
                covered[row.old.index()] = true;
            }
        }

        cover.clone_from(&inside);
        for rows in by_date[split..].chunk_by(|a, b| a.date == b.date) {
            let before = cover.clone();
            let mut whole: BTreeMap<UnitIx, bool> = BTreeMap::new();
            for row in rows {
                cover[row.old.index()] = false;
                if let Some(new) = row.new {
                    *whole.entry(new).or_insert(true) &= before[row.old.index()];
                }
            }
            for (new, is_whole) in whole {
                cover[new.index()] = is_whole;
                covered[new.index()] |= is_whole;
            }
        }
        self.units()
            .filter(|other| {
                inside[other.index()] || covered[other.index()] && self.at(*other, on).is_none()
            })
            .collect()
    }

    /// The provinces that share people with a province at any time: itself, those before it and those after it.
    /// Records of a province's units lie under these provinces. Ordered; empty for a unit that is no province.
    pub fn province_lineage(&self, province: UnitIx) -> Vec<UnitIx> {
        if self
            .rows(province)
            .first()
            .is_none_or(|row| row.level != Level::Province)
        {
            return Vec::new();
        }
        let (first, last) = self.life(province);
        let after = self.successors(province, first, Date::MAX);
        let before = self.predecessors(province, last, KNOWN_FROM);
        let on_the_way = after
            .iter()
            .chain(&before)
            .flat_map(|way| &way.path)
            .flat_map(|row| [Some(row.old), row.new]);
        let mut found: Vec<UnitIx> = on_the_way.flatten().chain([province]).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
