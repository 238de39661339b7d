//! What became of a unit, what it came from, and what lies in it at other times.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{AdminUnits, KNOWN_FROM, Level, UnitIx};

/// One row of the succession file: on its date the new unit follows the old one, at least in part.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Succession {
    /// Unit in force the day before.
    pub old: UnitIx,
    /// Unit in force on the day; none where the source does not say.
    pub new: Option<UnitIx>,
    /// First day of the new state.
    pub date: Date,
    /// What happened.
    pub relation: Relation,
    /// What moved.
    pub transfer: Transfer,
    /// The source's words, or where the statement comes from.
    pub note: Arc<str>,
    /// Legal act.
    pub basis: Arc<str>,
}

/// What happened to the old unit.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Relation {
    /// The same unit in the new structure.
    Unchanged,
    /// One whole unit with a new name or type.
    Renamed,
    /// The same unit in another district.
    Moved,
    /// The whole unit goes to one made of several.
    Merged,
    /// The unit has more than one successor.
    Split,
    /// A district ended; the new unit is the province that holds its communes.
    Abolished,
}

impl Relation {
    /// All relations.
    pub const ALL: [Relation; 6] = [
        Relation::Unchanged,
        Relation::Renamed,
        Relation::Moved,
        Relation::Merged,
        Relation::Split,
        Relation::Abolished,
    ];

    /// The word of the data files and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Unchanged => "unchanged",
            Relation::Renamed => "renamed",
            Relation::Moved => "moved",
            Relation::Merged => "merged",
            Relation::Split => "split",
            Relation::Abolished => "abolished",
        }
    }

    /// The relation of the given word of the data files.
    pub fn parse(text: &str) -> Option<Relation> {
        Relation::ALL
            .into_iter()
            .find(|relation| relation.as_str() == text)
    }

    /// For people: "sáp nhập", "chia tách".
    pub fn name_vi(self) -> &'static str {
        match self {
            Relation::Unchanged => "giữ nguyên",
            Relation::Renamed => "đổi tên hoặc loại",
            Relation::Moved => "chuyển cấp trên",
            Relation::Merged => "sáp nhập",
            Relation::Split => "chia tách",
            Relation::Abolished => "kết thúc hoạt động",
        }
    }
}

/// What moved from the old unit to the new one.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Transfer {
    /// Everything.
    Whole,
    /// All or the largest part; the source does not say whether a part went elsewhere.
    Main,
    /// Part of the area and of the people.
    Part,
    /// Part of the area, no people named.
    AreaOnly,
    /// Part of the area and all people.
    AreaPartPopulationAll,
    /// Part of the people, no area.
    PopulationPart,
    /// The whole area and no people.
    AreaAllPopulationNone,
    /// Not stated: a district that was abolished.
    NotStated,
}

impl Transfer {
    /// All values.
    pub const ALL: [Transfer; 8] = [
        Transfer::Whole,
        Transfer::Main,
        Transfer::Part,
        Transfer::AreaOnly,
        Transfer::AreaPartPopulationAll,
        Transfer::PopulationPart,
        Transfer::AreaAllPopulationNone,
        Transfer::NotStated,
    ];

    /// The word of the data files and the API; empty where not stated.
    pub fn as_str(self) -> &'static str {
        match self {
            Transfer::Whole => "whole",
            Transfer::Main => "main",
            Transfer::Part => "part",
            Transfer::AreaOnly => "area_only",
            Transfer::AreaPartPopulationAll => "area_part_population_all",
            Transfer::PopulationPart => "population_part",
            Transfer::AreaAllPopulationNone => "area_all_population_none",
            Transfer::NotStated => "",
        }
    }

    /// The value of the given word of the data files.
    pub fn parse(text: &str) -> Option<Transfer> {
        Transfer::ALL
            .into_iter()
            .find(|transfer| transfer.as_str() == text)
    }

    /// Whether people of the old unit went this way.
    pub fn carries_people(self) -> bool {
        !matches!(self, Transfer::AreaOnly | Transfer::AreaAllPopulationNone)
    }
}

/// How sure a succession is. The worse the later, so that the greatest of several is that of the whole way.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Certainty {
    /// Stated by an official text or table.
    Stated,
    /// One successor is named; whether a small part went elsewhere is not said.
    Main,
    /// Inferred from names or from the units below.
    Inferred,
    /// One of several successors that take people; which hamlet went where is not known.
    PartUnknown,
    /// The successor is not known.
    Unknown,
}

impl Certainty {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Stated => "stated",
            Certainty::Main => "main",
            Certainty::Inferred => "inferred",
            Certainty::PartUnknown => "part_unknown",
            Certainty::Unknown => "unknown",
        }
    }

    /// For people, a phrase in Vietnamese.
    pub fn name_vi(self) -> &'static str {
        match self {
            Certainty::Stated => "theo văn bản",
            Certainty::Main => "phần chính; nguồn không nói có phần nào về nơi khác không",
            Certainty::Inferred => "suy ra, chưa có văn bản xác nhận",
            Certainty::PartUnknown => "một phần; không rõ thôn, xóm nào về đâu",
            Certainty::Unknown => "không rõ đơn vị kế tiếp",
        }
    }
}

impl Succession {
    /// How sure this row is.
    pub fn certainty(&self) -> Certainty {
        if self.new.is_none() {
            Certainty::Unknown
        } else if matches!(self.transfer, Transfer::Part | Transfer::PopulationPart) {
            Certainty::PartUnknown
        } else if self.note.starts_with("inferred") {
            Certainty::Inferred
        } else if self.transfer == Transfer::Main {
            Certainty::Main
        } else {
            Certainty::Stated
        }
    }
}

/// A unit at the end of the way from another one through time, and the way.
#[derive(Clone, Debug)]
pub struct Successor<'a> {
    /// The unit reached; none where a source does not name the successor.
    pub unit: Option<UnitIx>,
    /// The succession rows on all ways to it, in order of time; empty for the unit itself without a change.
    pub path: Vec<&'a Succession>,
    /// Whether people went this way; otherwise only area.
    pub carries_people: bool,
    /// The least certain step of the way.
    pub certainty: Certainty,
}

impl AdminUnits {
    /// All succession rows, by old unit and date.
    pub fn successions(&self) -> &[Succession] {
        &self.successions
    }

    /// Rows that lead away from a unit, in order of date.
    pub fn successions_from(&self, unit: UnitIx) -> &[Succession] {
        let start = self.successions.partition_point(|row| row.old < unit);
        let rest = &self.successions[start..];
        &rest[..rest.partition_point(|row| row.old == unit)]
    }

    /// Rows that lead to a unit, in order of date.
    pub fn successions_to(&self, unit: UnitIx) -> impl DoubleEndedIterator<Item = &Succession> {
        let of = |row: &u32| self.successions[*row as usize].new;
        let start = self.by_new.partition_point(|row| of(row) < Some(unit));
        let end = self.by_new.partition_point(|row| of(row) <= Some(unit));
        self.by_new[start..end]
            .iter()
            .map(|row| &self.successions[*row as usize])
    }

    /// The rows of the first change of a unit after the day and no later than `to`.
    pub(super) fn next_step(&self, unit: UnitIx, after: Date, to: Date) -> &[Succession] {
        let rows = self.successions_from(unit);
        let rows = &rows[rows.partition_point(|row| row.date <= after)..];
        let Some(first) = rows.first().filter(|row| row.date <= to) else {
            return &[];
        };
        &rows[..rows.partition_point(|row| row.date == first.date)]
    }

    /// The rows of the last change that led to a unit, on or before the day and after `from`.
    pub(super) fn last_step(&self, unit: UnitIx, upto: Date, from: Date) -> Vec<&Succession> {
        let mut rows = self
            .successions_to(unit)
            .rev()
            .skip_while(|row| row.date > upto)
            .peekable();
        let Some(date) = rows.peek().map(|row| row.date).filter(|date| *date > from) else {
            return Vec::new();
        };
        rows.take_while(|row| row.date == date).collect()
    }

    /// What is at `to` of a unit as it was at `from`, followed through every change between, each unit once.
    ///
    /// A unit that had ended before `from` is followed from its last day, one that began later from its first.
    /// Before the first known day the first known state stands in. Units reached by people come first.
    pub fn successors(&self, unit: UnitIx, from: Date, to: Date) -> Vec<Successor<'_>> {
        let (first, last) = self.life(unit);
        let start = from.max(KNOWN_FROM).min(last).max(first);
        // One day's changes after another: where the unit is now, with the way it came.
        let mut reached: Ways<'_> = BTreeMap::new();
        reached.insert((start, Some(unit)), Way::default());
        let mut done: BTreeMap<Option<UnitIx>, Way<'_>> = BTreeMap::new();
        while let Some(((date, current), way)) = reached.pop_first() {
            let step = current.map_or(&[][..], |current| self.next_step(current, date, to));
            if step.is_empty() {
                done.entry(current).or_default().join(way);
                continue;
            }
            for row in step {
                reached
                    .entry((row.date, row.new))
                    .or_default()
                    .join(way.extended(row));
            }
        }
        finished(done)
    }

    /// What was at `to` of a unit as it is at `from`: the same backward in time.
    ///
    /// A province comes from provinces only: the districts that ended in it are not its predecessors.
    pub fn predecessors(&self, unit: UnitIx, from: Date, to: Date) -> Vec<Successor<'_>> {
        let (first, last) = self.life(unit);
        let start = from.min(last).max(first).max(KNOWN_FROM);
        let to = to.max(KNOWN_FROM);
        let mut reached: Ways<'_> = BTreeMap::new();
        reached.insert((start, Some(unit)), Way::default());
        let mut done: BTreeMap<Option<UnitIx>, Way<'_>> = BTreeMap::new();
        while let Some(((date, current), way)) = reached.pop_last() {
            let step = current
                .map(|current| self.last_step(current, date, to))
                .unwrap_or_default();
            let mut moved = false;
            for row in step
                .into_iter()
                .filter(|row| row.relation != Relation::Abolished)
            {
                moved = true;
                let before = row.date.saturating_sub(1.day());
                reached
                    .entry((before, Some(row.old)))
                    .or_default()
                    .join(way.extended(row));
            }
            if !moved {
                done.entry(current).or_default().join(way);
            }
        }
        finished(done)
    }

    /// First and last day of a unit, open ends taken as the first and last day of all.
    fn life(&self, unit: UnitIx) -> (Date, Date) {
        let rows = self.rows(unit);
        let first = rows
            .first()
            .and_then(|row| row.valid_from)
            .unwrap_or(KNOWN_FROM);
        let last = rows
            .last()
            .and_then(|row| row.valid_to)
            .unwrap_or(Date::MAX);
        (first, last)
    }

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

/// Units reached on a day, with the way to them.
type Ways<'a> = BTreeMap<(Date, Option<UnitIx>), Way<'a>>;

/// The rows passed so far, and whether people took at least one of the ways.
#[derive(Clone)]
struct Way<'a> {
    rows: Vec<&'a Succession>,
    carries_people: bool,
    is_new: bool,
}

impl Default for Way<'_> {
    fn default() -> Self {
        Way {
            rows: Vec::new(),
            carries_people: true,
            is_new: true,
        }
    }
}

impl<'a> Way<'a> {
    fn extended(&self, row: &'a Succession) -> Way<'a> {
        let mut rows = self.rows.clone();
        rows.push(row);
        Way {
            rows,
            carries_people: self.carries_people && row.transfer.carries_people(),
            is_new: false,
        }
    }

    /// Joins another way to the same unit into this one.
    fn join(&mut self, other: Way<'a>) {
        if self.is_new {
            *self = Way {
                is_new: false,
                ..other
            };
            return;
        }
        self.carries_people |= other.carries_people;
        self.rows.extend(other.rows);
    }
}

fn finished(done: BTreeMap<Option<UnitIx>, Way<'_>>) -> Vec<Successor<'_>> {
    let mut found: Vec<Successor<'_>> = done
        .into_iter()
        .map(|(unit, way)| {
            let mut path = way.rows;
            path.sort_by_key(|row| (row.date, row.old, row.new));
            path.dedup();
            let certainty = path
                .iter()
                .map(|row| row.certainty())
                .max()
                .unwrap_or(Certainty::Stated);
            Successor {
                unit,
                path,
                carries_people: way.carries_people,
                certainty,
            }
        })
        .collect();
    found.sort_by_key(|successor| !successor.carries_people);
    found
}
