//! Finds units by name: without accents, type words or tone placement; old names lead to what they became.

use jiff::civil::Date;

use super::{AdminUnits, KNOWN_FROM, Level, UnitIx, UnitKind};
use crate::vietnamese::{collation_key, fold};

/// A unit that fits a search.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SearchHit<'a> {
    /// The unit found.
    pub unit: UnitIx,
    /// The name that fits, with its type: today's, an earlier one or another spelling.
    pub matched_name: &'a str,
    /// Whether the unit is in force on the day asked for.
    pub in_force: bool,
    /// For a unit not in force on the day, those that hold its people then.
    pub successors: Vec<UnitIx>,
}

/// All proper names of all units, folded, one behind the other.
pub(super) struct SearchIndex {
    text: String,
    entries: Vec<Entry>,
}

/// A name in the index. The name's state and spelling are found again by row number.
struct Entry {
    row: u32,
    start: u32,
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
    /// The query is the official code, or the id.
    Code,
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
            index.add(number as u32, &fold(row.name()), false);
            if let Some(alt) = &row.alt_name {
                let folded = fold(alt);
                let kinds = UnitKind::ALL.iter().map(|kind| fold(kind.name_vi()) + " ");
                let name = kinds.filter_map(|kind| folded.strip_prefix(&kind)).next();
                index.add(number as u32, name.unwrap_or(&folded), true);
            }
        }
        index.text.shrink_to_fit();
        index
    }

    fn add(&mut self, row: u32, folded: &str, is_alt: bool) {
        let start = self.text.len();
        for (place, word) in folded.split(' ').enumerate() {
            if place > 0 {
                self.text.push(' ');
            }
            self.text.push_str(plain_number(word));
        }
        let length =
            u8::try_from(self.text.len() - start).expect("the loader refuses longer names");
        self.entries.push(Entry {
            row,
            start: start as u32,
            length,
            is_alt,
        });
    }

    fn name(&self, entry: &Entry) -> &str {
        let start = entry.start as usize;
        &self.text[start..start + usize::from(entry.length)]
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
        let words = text.split(' ').filter(|word| !word.is_empty());
        words.map(|word| plain_number(word).to_owned()).collect()
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

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "01" is "1": wards are written both ways.
fn plain_number(word: &str) -> &str {
    let plain = word.trim_start_matches('0');
    if is_number(word) && !plain.is_empty() {
        plain
    } else {
        word
    }
}

impl Reading {
    fn fit(&self, name: &str, kind: UnitKind) -> Option<Fit> {
        let is_kind = self.kinds.is_empty() || self.kinds.contains(&kind);
        let Some(last) = self.words.len().checked_sub(1) else {
            return is_kind.then_some(Fit::Words);
        };
        let own = || name.split(' ');
        // A number is a whole word: who asks for ward 1 does not mean ward 12.
        let begins =
            |word: &str, own: &str| own == word || !is_number(word) && own.starts_with(word);
        if !self
            .words
            .iter()
            .all(|word| own().any(|own| begins(word, own)))
        {
            return None;
        }
        let graded = |fit: Fit, other: Fit| Some(if is_kind { fit } else { other });
        if self.words.iter().map(String::as_str).eq(own()) {
            return graded(Fit::Exact, Fit::ExactOtherKind);
        }
        let mut rest = own();
        let is_prefix = self.words.iter().enumerate().all(|(place, word)| {
            let fits = |own| {
                if place == last {
                    begins(word, own)
                } else {
                    own == word
                }
            };
            rest.next().is_some_and(fits)
        });
        if is_prefix {
            return graded(Fit::Prefix, Fit::PrefixOtherKind);
        }
        graded(Fit::Words, Fit::WordsOtherKind)
    }
}

impl AdminUnits {
    /// Units whose name, today's or an earlier one, fits the query, the best first.
    ///
    /// Accents, tone placement and case do not count; a type word or its abbreviation ("tp vinh", "q1", "tx") ranks
    /// the units of that type first. A code or id finds its unit. After a comma comes the name of a unit above:
    /// "hòa hải, ngũ hành sơn". Without a day: as of the last change.
    ///
    /// Ranked by how well the name fits (among exact ones those with the accents that were typed), then units in force
    /// on the day first, then the bigger level first.
    pub fn search(&self, query: &str, on: Option<Date>, limit: usize) -> Vec<SearchHit<'_>> {
        let on = on.unwrap_or_else(|| self.last_change()).max(KNOWN_FROM);
        let code = query.trim();
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
        let with_accents =
            (!code.is_ascii()).then(|| collation_key(query.split(',').next().unwrap_or_default()));
        let mut found: Vec<(Fit, bool, bool, Level, u32)> = Vec::new();
        for (number, entry) in index.entries.iter().enumerate() {
            let row = &self.rows[entry.row as usize];
            let name = index.name(entry);
            let by_name = wanted
                .iter()
                .filter_map(|reading| reading.fit(name, row.kind))
                .min();
            let is_code = *row.code == *code || *self.id(row.unit) == *code;
            let Some(fit) = by_name
                .into_iter()
                .chain(is_code.then_some(Fit::Code))
                .min()
            else {
                continue;
            };
            if above
                .iter()
                .all(|readings| self.lies_in_named(entry.row, readings))
            {
                let other_accents = fit <= Fit::ExactOtherKind
                    && with_accents.as_ref().is_some_and(|wanted| {
                        *wanted != collation_key(row.name())
                            && *wanted != collation_key(&row.full_name)
                    });
                let ended = !row.is_in_force(on);
                found.push((fit, other_accents, ended, row.level, number as u32));
            }
        }
        found.sort_unstable();
        let mut hits: Vec<SearchHit<'_>> = Vec::new();
        for (.., number) in found {
            let entry = &index.entries[number as usize];
            let row = &self.rows[entry.row as usize];
            if hits.iter().any(|hit| hit.unit == row.unit) {
                continue;
            }
            if hits.len() == limit {
                break;
            }
            let in_force = self.at(row.unit, on).is_some();
            let successors = if in_force {
                Vec::new()
            } else {
                self.holders(row.unit, on)
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
