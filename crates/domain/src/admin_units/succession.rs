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
    /// Stated by an official text, or by the official table of 2025-07-01.
    Stated,
    /// From a comparison table of 2025; a small part may have gone elsewhere.
    Listed,
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
            Certainty::Listed => "listed",
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
            Certainty::Listed => "theo bảng đối chiếu; có thể có phần nhỏ về nơi khác",
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
        } else if self.note.starts_with("nso") || self.note.starts_with("list") {
            Certainty::Listed
        } else {
            Certainty::Stated
        }
    }

    /// How much went this way, as far as the note counts it: people ("2.49 km2, 6,286 people") or communes
    /// ("4 of its 29 communes"). To be compared only with the other rows of the same unit and date.
    pub fn stated_weight(&self) -> Option<u32> {
        let note = self.note.as_ref();
        let count = match note.strip_suffix(" people") {
            Some(people) => people.rsplit(' ').next()?.replace(',', ""),
            None => {
                let (count, of) = note.strip_prefix("inferred: ")?.split_once(" of its ")?;
                count
                    .chars()
                    .filter(|_| of.ends_with(" communes"))
                    .collect()
            }
        };
        count.parse().ok().filter(|count| *count > 0)
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
    /// Before the first known day the first known state stands in. Units reached by people come first. Empty where the
    /// unit began after `to`.
    pub fn successors(&self, unit: UnitIx, from: Date, to: Date) -> Vec<Successor<'_>> {
        let (first, last) = self.life(unit);
        let start = from.max(KNOWN_FROM).min(last).max(first);
        let to = to.max(KNOWN_FROM);
        if to < start {
            return Vec::new();
        }
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
    /// A province comes from provinces only: the districts that ended in it are not its predecessors. Empty where the
    /// unit had ended before `to`.
    pub fn predecessors(&self, unit: UnitIx, from: Date, to: Date) -> Vec<Successor<'_>> {
        let (first, last) = self.life(unit);
        let start = from.min(last).max(first).max(KNOWN_FROM);
        let to = to.max(KNOWN_FROM);
        if to > start {
            return Vec::new();
        }
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

    /// The units in force on a day that hold the people of a unit: itself, or its successors, or for a day before it
    /// began its predecessors.
    pub fn holders(&self, unit: UnitIx, on: Date) -> Vec<UnitIx> {
        if self.at(unit, on).is_some() {
            return vec![unit];
        }
        let (first, last) = self.life(unit);
        self.holders_from(unit, if on < first { first } else { last }, on)
    }

    /// The communes of a day that hold people of a unit, by code: those below it, or for a district that
    /// ended those made of its own.
    pub fn communes(&self, unit: UnitIx, on: Date) -> Vec<UnitIx> {
        let (first, last) = self.life(unit);
        let on = on.max(KNOWN_FROM);
        let own_day = on.min(last).max(first);
        let own = self.descendants(unit, own_day).into_iter().chain([unit]);
        let mut found: Vec<UnitIx> = own
            .flat_map(|own| self.holders_from(own, own_day, on))
            .collect();
        found.retain(|holder| {
            self.at(*holder, on)
                .is_some_and(|row| row.level == Level::Commune)
        });
        found.sort_by_key(|holder| (&self.nearest(*holder, on).code, *holder));
        found.dedup();
        found
    }

    /// The units that hold on `to` the people that a unit had on `from`.
    fn holders_from(&self, unit: UnitIx, from: Date, to: Date) -> Vec<UnitIx> {
        let ways = match to < from {
            true => self.predecessors(unit, from, to),
            false => self.successors(unit, from, to),
        };
        ways.into_iter()
            .filter(|way| way.carries_people)
            .filter_map(|way| way.unit)
            .collect()
    }

    /// First and last day of a unit, open ends taken as the first and last day of all.
    pub(super) fn life(&self, unit: UnitIx) -> (Date, Date) {
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
