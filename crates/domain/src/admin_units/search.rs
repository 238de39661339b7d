//! Finds units by name: without accents, type words or tone placement; old names lead to what they became.

use jiff::civil::Date;

use super::{AdminUnits, KNOWN_FROM, Level, UnitIx, UnitKind};
use crate::vietnamese::fold;

/// A unit that fits a search.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SearchHit<'a> {
    /// The unit found.
    pub unit: UnitIx,
    /// The name that fits, with its type: today's, an earlier one or another spelling.
    pub matched_name: &'a str,
    /// Whether the unit is in force on the day asked for.
    pub in_force: bool,
    /// For a unit no longer in force, those that hold its people on the day.
    pub successors: Vec<UnitIx>,
}

/// All names of all units, folded, one behind the other.
pub(super) struct SearchIndex {
    text: String,
    entries: Vec<Entry>,
}

/// A name in the index. The name's state and spelling are found again by row number.
struct Entry {
    row: u32,
    start: u32,
    /// Where the proper name begins after the type words.
    name_at: u8,
    length: u8,
    is_alt: bool,
}

/// How well a name fits, the better the smaller.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
enum Fit {
    /// The name, and the type where one was given.
    Exact,
    /// The name with another type than the one given.
    ExactOtherKind,
    /// The name begins with the words of the query.
    Prefix,
    /// The same, with another type than the one given.
    PrefixOtherKind,
    /// Every word of the query begins a word of the name.
    Words,
    /// The same, with another type than the one given.
    WordsOtherKind,
}

/// One way to read a query: the words of the name and the types it may mean.
struct Reading {
    words: Vec<String>,
    kinds: Vec<UnitKind>,
}

/// Type words as people write them, without accents.
const KIND_WORDS: [(&str, &[UnitKind]); 21] = [
    ("thanh pho", &[UnitKind::City]),
    ("tp", &[UnitKind::City]),
    ("tinh", &[UnitKind::Province]),
    ("t", &[UnitKind::Province]),
    ("quan", &[UnitKind::UrbanDistrict]),
    ("q", &[UnitKind::UrbanDistrict]),
    ("huyen", &[UnitKind::RuralDistrict]),
    ("h", &[UnitKind::RuralDistrict]),
    ("thi xa", &[UnitKind::Town]),
    ("tx", &[UnitKind::Town]),
    ("thi tran", &[UnitKind::Township]),
    ("tt", &[UnitKind::Township]),
    ("phuong", &[UnitKind::Ward]),
    ("p", &[UnitKind::Ward]),
    ("f", &[UnitKind::Ward]),
    ("xa", &[UnitKind::Commune]),
    ("x", &[UnitKind::Commune]),
    ("dac khu", &[UnitKind::SpecialZone]),
    ("dk", &[UnitKind::SpecialZone]),
    ("tt tx", &[UnitKind::Township, UnitKind::Town]),
    ("px", &[UnitKind::Ward, UnitKind::Commune]),
];

/// Short names that no rule gives.
const SHORT_NAMES: [(&str, &str); 8] = [
    ("hcm", "ho chi minh"),
    ("tphcm", "thanh pho ho chi minh"),
    ("sai gon", "ho chi minh"),
    ("hn", "ha noi"),
    ("hp", "hai phong"),
    ("brvt", "ba ria vung tau"),
    ("tth", "thua thien hue"),
    ("bmt", "buon ma thuot"),
];

impl SearchIndex {
    fn build(units: &AdminUnits) -> SearchIndex {
        let mut index = SearchIndex {
            text: String::new(),
            entries: Vec::with_capacity(units.rows.len()),
        };
        for (number, row) in units.rows.iter().enumerate() {
            let kind_length = fold(row.kind.name_vi()).len() as u8 + 1;
            index.add(number as u32, &fold(&row.full_name), kind_length, false);
            if let Some(alt) = &row.alt_name {
                // The other spelling carries its type word too.
                let folded = fold(alt);
                let starts = UnitKind::ALL.iter().map(|kind| fold(kind.name_vi()) + " ");
                let name_at = starts
                    .filter(|word| folded.starts_with(word))
                    .map(|word| word.len())
                    .max()
                    .unwrap_or(0);
                index.add(number as u32, &folded, name_at as u8, true);
            }
        }
        index.text.shrink_to_fit();
        index
    }

    fn add(&mut self, row: u32, folded: &str, name_at: u8, is_alt: bool) {
        let length = folded.len().min(usize::from(u8::MAX)) as u8;
        self.entries.push(Entry {
            row,
            start: self.text.len() as u32,
            name_at,
            length,
            is_alt,
        });
        self.text.push_str(&folded[..usize::from(length)]);
    }

    fn name(&self, entry: &Entry) -> &str {
        let start = entry.start as usize;
        &self.text[start + usize::from(entry.name_at)..start + usize::from(entry.length)]
    }
}

/// The ways to read a query: as it stands, and with a type word at its start.
fn readings(query: &str) -> Vec<Reading> {
    let mut folded = fold(query);
    if let Some((_, long)) = SHORT_NAMES.iter().find(|(short, _)| *short == folded) {
        folded = (*long).to_owned();
    } else if let Some((_, long)) = folded
        .strip_prefix("tp ")
        .and_then(|rest| SHORT_NAMES.iter().find(|(short, _)| *short == rest))
    {
        folded = format!("tp {long}");
    }
    // "q1", "p12": the number stands apart from the type.
    if let Some(number) = folded.strip_prefix(['q', 'p', 'f'])
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        folded.insert(1, ' ');
    }
    let words = |text: &str| {
        text.split(' ')
            .filter(|word| !word.is_empty())
            .map(plain_number)
            .collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    if !folded.is_empty() {
        found.push(Reading {
            words: words(&folded),
            kinds: Vec::new(),
        });
    }
    for (word, kinds) in KIND_WORDS {
        let rest = folded
            .strip_prefix(word)
            .filter(|rest| rest.is_empty() || rest.starts_with(' '));
        if let Some(rest) = rest {
            found.push(Reading {
                words: words(rest),
                kinds: kinds.to_vec(),
            });
        }
    }
    found
}

/// "01" is "1": wards are written both ways.
fn plain_number(word: &str) -> String {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    match word.trim_start_matches('0') {
        plain if is_number && !plain.is_empty() => plain.to_owned(),
        _ => word.to_owned(),
    }
}

impl Reading {
    fn fit(&self, name: &str, kind: UnitKind) -> Option<Fit> {
        let is_kind = self.kinds.is_empty() || self.kinds.contains(&kind);
        if self.words.is_empty() {
            return is_kind.then_some(Fit::Words);
        }
        let graded = |fits: Fit, other: Fit| Some(if is_kind { fits } else { other });
        let mut rest = name.split(' ').map(|word| word.trim_start_matches('0'));
        let last = self.words.len() - 1;
        let is_prefix = self.words.iter().enumerate().all(|(place, word)| {
            rest.next().is_some_and(|own| {
                if place == last {
                    own.starts_with(word.as_str())
                } else {
                    own == word
                }
            })
        });
        if is_prefix && rest.next().is_none() && name.ends_with(self.words[last].as_str()) {
            let own_last = name
                .rsplit(' ')
                .next()
                .map(|word| word.trim_start_matches('0'));
            if own_last == Some(self.words[last].as_str()) {
                return graded(Fit::Exact, Fit::ExactOtherKind);
            }
        }
        // A number is a whole name: ward 1 is not what one means by ward 12.
        let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        if self.words.iter().any(is_number)
            && self
                .words
                .iter()
                .filter(|word| is_number(word))
                .any(|word| {
                    !name
                        .split(' ')
                        .any(|own| own.trim_start_matches('0') == word)
                })
        {
            return None;
        }
        if is_prefix {
            return graded(Fit::Prefix, Fit::PrefixOtherKind);
        }
        let begins = |word: &String| name.split(' ').any(|own| own.starts_with(word.as_str()));
        if self.words.iter().all(begins) {
            graded(Fit::Words, Fit::WordsOtherKind)
        } else {
            None
        }
    }
}

impl AdminUnits {
    /// Units whose name, today's or an earlier one, fits the query, the best first.
    ///
    /// Accents, tone placement and case do not count; a type word or its abbreviation ("tp vinh", "q1", "tx") ranks the
    /// units of that type first. After a comma comes the name of a unit above: "hòa hải, ngũ hành sơn". Ranked by how
    /// well the name fits, units in force on the day first, the bigger level first. Without a day: as of the last change.
    pub fn search(&self, query: &str, on: Option<Date>, limit: usize) -> Vec<SearchHit<'_>> {
        let on = on.unwrap_or_else(|| self.last_change()).max(KNOWN_FROM);
        let mut parts = query.split(',');
        let wanted = readings(parts.next().unwrap_or_default());
        let above: Vec<Vec<Reading>> = parts
            .map(readings)
            .filter(|readings| !readings.is_empty())
            .collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let index = self.search_index.get_or_init(|| SearchIndex::build(self));
        let mut found: Vec<(Fit, bool, Level, u32)> = Vec::new();
        for (number, entry) in index.entries.iter().enumerate() {
            let row = &self.rows[entry.row as usize];
            let name = index.name(entry);
            let Some(fit) = wanted
                .iter()
                .filter_map(|reading| reading.fit(name, row.kind))
                .min()
            else {
                continue;
            };
            if above
                .iter()
                .all(|readings| self.lies_in_named(entry.row, readings))
            {
                let ended = !row.is_in_force(on);
                found.push((fit, ended, row.level, number as u32));
            }
        }
        found.sort_unstable();
        let mut hits: Vec<SearchHit<'_>> = Vec::new();
        for (_, _, _, number) in found {
            let entry = &index.entries[number as usize];
            let row = &self.rows[entry.row as usize];
            if hits.iter().any(|hit| hit.unit == row.unit) {
                continue;
            }
            if hits.len() == limit {
                break;
            }
            let in_force = self.at(row.unit, on).is_some();
            let successors = match in_force {
                true => Vec::new(),
                false => self.people_successors(row.unit, on),
            };
            let matched_name = match (&row.alt_name, entry.is_alt) {
                (Some(alt), true) => alt,
                _ => &row.full_name,
            };
            hits.push(SearchHit {
                unit: row.unit,
                matched_name,
                in_force,
                successors,
            });
        }
        hits
    }

    /// The units that hold the people of a unit on a day.
    fn people_successors(&self, unit: UnitIx, on: Date) -> Vec<UnitIx> {
        let ways = self.successors(unit, KNOWN_FROM, on);
        ways.into_iter()
            .filter(|way| way.carries_people)
            .filter_map(|way| way.unit)
            .collect()
    }

    /// Whether a unit above the state, at its time, has a name that fits.
    fn lies_in_named(&self, row: u32, readings: &[Reading]) -> bool {
        let mut row = &self.rows[row as usize];
        let day = row.valid_to.unwrap_or(Date::MAX);
        while let Some(parent) = row.parent {
            row = self.nearest(parent, day);
            let name = fold(row.name());
            if readings
                .iter()
                .any(|reading| reading.fit(&name, row.kind).is_some())
            {
                return true;
            }
        }
        false
    }
}
