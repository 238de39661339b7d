//! Finding the administrative unit that a cell names: by id, by official code, by name, on the day that counts.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use domain::admin_units::{AdminUnits, Level, UnitIx};
use domain::vietnamese::{self, collation_key, fold};
use jiff::civil::Date;

use super::row_faults::UnitFault;
use super::values::UnitRef;

/// So many names that are not written as officially are looked up one by one; more are a file of something else.
const MOST_SEARCHES: usize = 2_000;
/// At most so many candidates are named.
const NAMED: usize = 5;

/// Words before a name that say what kind of unit it is.
const TYPE_WORDS: [&str; 20] = [
    "thanh pho",
    "tp",
    "tinh",
    "t",
    "quan",
    "q",
    "huyen",
    "h",
    "thi xa",
    "tx",
    "thi tran",
    "tt",
    "phuong",
    "p",
    "xa",
    "x",
    "dac khu",
    "dk",
    "f",
    "px",
];

type Found = Result<UnitRef, UnitFault>;

/// Finds units, those within one unit first. Remembers what it found.
pub struct UnitFinder<'a> {
    units: &'a AdminUnits,
    within: UnitIx,
    found: RefCell<HashMap<(Box<str>, Date), Found>>,
    names: RefCell<HashMap<Date, Rc<Names>>>,
    searches: Cell<usize>,
}

/// The units within one unit on one day's boundaries, by name.
#[derive(Default)]
struct Names {
    inside: HashSet<UnitIx>,
    full: HashMap<String, Vec<UnitIx>>,
    short: HashMap<String, Vec<UnitIx>>,
}

impl<'a> UnitFinder<'a> {
    /// Prefers units that lie within `within`.
    pub fn new(units: &'a AdminUnits, within: UnitIx) -> UnitFinder<'a> {
        UnitFinder {
            units,
            within,
            found: RefCell::default(),
            names: RefCell::default(),
            searches: Cell::new(0),
        }
    }

    /// The unit in force on the day that the text names; `above` is the name of a unit above it, if the row says one.
    pub fn find(&self, text: &str, above: Option<&str>, on: Date) -> Result<UnitRef, UnitFault> {
        let on = self.units.boundary_date(on);
        let key = match above {
            Some(above) => format!("{text},{above}"),
            None => text.to_owned(),
        };
        let key = (key.into_boxed_str(), on);
        if let Some(found) = self.found.borrow().get(&key) {
            return found.clone();
        }
        let found = self.look_up(text, above, on).map(|unit| UnitRef {
            id: Arc::from(self.units.id(unit)),
            valid_from: self.units.at(unit, on).and_then(|row| row.valid_from),
        });
        self.found.borrow_mut().insert(key, found.clone());
        found
    }

    fn look_up(&self, text: &str, above: Option<&str>, on: Date) -> Result<UnitIx, UnitFault> {
        let text = text.trim();
        // Templates write "Phường Thành Vinh (new-16681)".
        let in_parentheses = text
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once('('))
            .map(|(_, inside)| inside.trim());
        let id = in_parentheses
            .and_then(|inside| self.units.get(inside))
            .or_else(|| self.units.get(text));
        if let Some(unit) = id {
            return self.in_force(unit, on);
        }
        if !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.by_code(text, on);
        }
        self.by_name(text, above, on)
    }

    fn in_force(&self, unit: UnitIx, on: Date) -> Result<UnitIx, UnitFault> {
        if self.units.at(unit, on).is_some() {
            Ok(unit)
        } else {
            Err(self.gone(unit, on))
        }
    }

    fn by_code(&self, text: &str, on: Date) -> Result<UnitIx, UnitFault> {
        let of_level = |level: Level| {
            let padded = format!("{text:0>width$}", width = level.code_length());
            (padded.len() == level.code_length()).then_some((level, padded))
        };
        // As it is written; or with the zeros that spreadsheets take away.
        let exact = Level::ALL
            .into_iter()
            .filter(|level| level.code_length() == text.len());
        let padded = Level::ALL
            .into_iter()
            .filter(|level| level.code_length() > text.len());
        let names = self.names(on);
        let mut gone = None;
        for levels in [exact.collect::<Vec<_>>(), padded.collect()] {
            let codes: Vec<(Level, String)> = levels.into_iter().filter_map(of_level).collect();
            let mut hits: Vec<UnitIx> = codes
                .iter()
                .filter_map(|(level, code)| self.units.by_code(*level, code, on))
                .collect();
            if hits.len() > 1 {
                hits.retain(|unit| names.inside.contains(unit));
            }
            match hits[..] {
                [only] => return Ok(only),
                [] => {}
                _ => return Err(self.ambiguous(&hits, on)),
            }
            let other_days = codes
                .iter()
                .flat_map(|(level, code)| self.units.rows_of_code(*level, code));
            gone = gone.or_else(|| other_days.last().map(|row| row.unit));
        }
        Err(gone.map_or_else(|| unknown(None), |unit| self.gone(unit, on)))
    }

    fn by_name(&self, text: &str, above: Option<&str>, on: Date) -> Result<UnitIx, UnitFault> {
        let mut parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let written = parts.next().unwrap_or_default();
        let name = fold(written);
        if name.is_empty() {
            return Err(unknown(None));
        }
        let aboves: Vec<String> = parts
            .chain(above.into_iter().flat_map(|text| text.split(',')))
            .map(fold)
            .collect();
        let names = self.names(on);
        let known = names.full.get(&name).or_else(|| names.short.get(&name));
        let mut hits: Vec<UnitIx> = known.cloned().unwrap_or_default();
        hits.retain(|unit| self.lies_in(*unit, &aboves, on));
        self.keep_same_accents(&mut hits, written, on);
        match hits[..] {
            [only] => return Ok(only),
            [] => {}
            _ => return Err(self.ambiguous(&hits, on)),
        }
        if self.searches.get() >= MOST_SEARCHES {
            return Err(unknown(None));
        }
        self.searches.set(self.searches.get() + 1);
        self.by_search(written, &aboves, on, &names)
    }

    /// Names written otherwise, names of units elsewhere, names of other days.
    fn by_search(
        &self,
        written: &str,
        aboves: &[String],
        on: Date,
        names: &Names,
    ) -> Result<UnitIx, UnitFault> {
        let name = fold(written);
        let found = self.units.search(written, Some(on), 50);
        let exact = found
            .iter()
            .filter(|hit| is_named(self.units, hit.unit, &name));
        let (now, then): (Vec<_>, Vec<_>) = exact.partition(|hit| hit.in_force);
        let mut hits: Vec<UnitIx> = now.iter().map(|hit| hit.unit).collect();
        hits.retain(|unit| self.lies_in(*unit, aboves, on));
        if hits.iter().any(|unit| names.inside.contains(unit)) {
            hits.retain(|unit| names.inside.contains(unit));
        }
        self.keep_same_accents(&mut hits, written, on);
        match hits[..] {
            [only] => return Ok(only),
            [] => {}
            _ => return Err(self.ambiguous(&hits, on)),
        }
        let lineage: HashSet<UnitIx> = self.units.lineage(self.within, on).into_iter().collect();
        let mine = then.iter().find(|hit| lineage.contains(&hit.unit));
        if let Some(hit) = mine.or(then.first()) {
            return Err(self.gone(hit.unit, on));
        }
        Err(unknown(found.first().map(|hit| hit.matched_name)))
    }

    /// Of several units, keeps those whose accents are the ones written, if there are any: Châu Bình is not Châu Bính.
    fn keep_same_accents(&self, hits: &mut Vec<UnitIx>, written: &str, on: Date) {
        if hits.len() < 2 {
            return;
        }
        let key = collation_key(written);
        let is_same = |unit: &UnitIx| {
            self.units.at(*unit, on).is_some_and(|row| {
                collation_key(&row.full_name) == key || collation_key(row.name()) == key
            })
        };
        if hits.iter().any(is_same) {
            hits.retain(is_same);
        }
    }

    /// Whether a unit lies in units of these names, as far as any are given.
    fn lies_in(&self, unit: UnitIx, aboves: &[String], on: Date) -> bool {
        aboves.iter().all(|wanted| {
            wanted.is_empty()
                || self
                    .units
                    .ancestors(unit, on)
                    .iter()
                    .any(|above| is_named(self.units, *above, wanted))
        })
    }

    fn names(&self, on: Date) -> Rc<Names> {
        if let Some(names) = self.names.borrow().get(&on) {
            return names.clone();
        }
        let mut names = Names::default();
        let mut inside: Vec<UnitIx> = self.units.holders(self.within, on);
        for unit in inside.clone() {
            inside.extend(self.units.descendants(unit, on));
        }
        for unit in inside {
            if !names.inside.insert(unit) {
                continue;
            }
            let Some(row) = self.units.at(unit, on) else {
                continue;
            };
            names
                .full
                .entry(fold(&row.full_name))
                .or_default()
                .push(unit);
            names.short.entry(fold(row.name())).or_default().push(unit);
        }
        let names = Rc::new(names);
        self.names.borrow_mut().insert(on, names.clone());
        names
    }

    fn described(&self, unit: UnitIx, on: Date) -> String {
        let mut text = self.units.nearest(unit, on).full_name.to_string();
        for above in self.units.ancestors(unit, on) {
            text.push_str(", ");
            text.push_str(&self.units.nearest(above, on).full_name);
        }
        format!("{text} ({})", self.units.id(unit))
    }

    fn list(&self, units: &[UnitIx], on: Date) -> String {
        let named: Vec<String> = units
            .iter()
            .take(NAMED)
            .map(|unit| self.described(*unit, on))
            .collect();
        let more = if units.len() > NAMED { "; …" } else { "" };
        format!("{}{more}", named.join("; "))
    }

    fn ambiguous(&self, units: &[UnitIx], on: Date) -> UnitFault {
        let list = self.list(units, on);
        UnitFault {
            code: "admin_unit.ambiguous".to_owned(),
            message_vi: format!(
                "có nhiều đơn vị cùng tên: {list}; hãy ghi mã, hoặc ghi thêm tên cấp trên sau dấu phẩy"
            ),
            message_en: format!(
                "several units have this name: {list}; write the code, or the name of the unit above after a comma"
            ),
        }
    }

    fn gone(&self, unit: UnitIx, on: Date) -> UnitFault {
        let day = vietnamese::date(on);
        let name = &self.units.nearest(unit, on).full_name;
        let mut holders = self.units.holders(unit, on);
        if self.units.nearest(unit, on).level == Level::District {
            // Districts were given up for their communes; the province above is no help.
            holders = self.units.communes(unit, on);
        }
        let (fix_vi, fix_en) = if holders.is_empty() {
            (
                "hãy ghi đơn vị có trong kỳ".to_owned(),
                "write a unit of that time".to_owned(),
            )
        } else {
            let list = self.list(&holders, on);
            (
                format!("theo địa giới ngày {day} hãy ghi: {list}"),
                format!("on the boundaries of {on} write: {list}"),
            )
        };
        UnitFault {
            code: "admin_unit.not_in_force".to_owned(),
            message_vi: format!("{name} không có trong kỳ này; {fix_vi}"),
            message_en: format!("{name} does not exist in this period; {fix_en}"),
        }
    }
}

fn unknown(nearest: Option<&str>) -> UnitFault {
    let (hint_vi, hint_en) = match nearest {
        Some(name) => (format!("; có phải «{name}»?"), format!("; is it “{name}”?")),
        None => (String::new(), String::new()),
    };
    UnitFault {
        code: "admin_unit.unknown".to_owned(),
        message_vi: format!(
            "không tìm thấy đơn vị hành chính này{hint_vi}; hãy ghi mã hoặc tên đầy đủ"
        ),
        message_en: format!("no such administrative unit{hint_en}; write its code or full name"),
    }
}

/// Whether a unit has this folded name at any time, with or without a word for its type.
fn is_named(units: &AdminUnits, unit: UnitIx, wanted: &str) -> bool {
    let bare = TYPE_WORDS
        .iter()
        .filter_map(|word| wanted.strip_prefix(word)?.strip_prefix(' '));
    let forms: Vec<&str> = std::iter::once(wanted).chain(bare).collect();
    units.rows(unit).iter().any(|row| {
        fold(&row.full_name) == wanted
            || forms.contains(&fold(row.name()).as_str())
            || row
                .alt_name
                .as_deref()
                .is_some_and(|alt| forms.contains(&fold(alt).as_str()))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(text: &str, above: Option<&str>, on: Date) -> String {
        let units = AdminUnits::embedded();
        let finder = UnitFinder::new(units, units.get("old-40").expect("Nghệ An"));
        match finder.find(text, above, on) {
            Ok(unit) => unit.id.to_string(),
            Err(fault) => format!("{}: {}", fault.code, fault.message_vi),
        }
    }

    #[test]
    fn units_are_found_by_id_code_and_name_on_the_day() {
        let on = date(2022, 5, 31);
        for text in [
            "old-412",
            "412",
            "Thành phố Vinh",
            "tp vinh",
            "VINH",
            "Vinh, Nghệ An",
            "Vinh (old-412)",
        ] {
            assert_eq!(check(text, None, on), "old-412", "{text}");
        }
        assert_eq!(check("16681", None, date(2026, 1, 31)), "new-16681");
        assert_eq!(
            check("Phường Thành Vinh", None, date(2026, 1, 31)),
            "new-16681"
        );
        assert_eq!(check("66", None, on), "old-66", "elsewhere");
    }

    #[test]
    fn what_is_not_clear_is_named() {
        let on = date(2022, 5, 31);
        let fault = check("new-16681", None, on);
        assert!(
            fault.starts_with("admin_unit.not_in_force: Phường Thành Vinh"),
            "{fault}"
        );
        let fault = check("Thành phố Vinh", None, date(2026, 1, 31));
        assert!(
            fault.starts_with("admin_unit.not_in_force: Thành phố Vinh"),
            "{fault}"
        );
        assert!(
            fault.contains("Phường Thành Vinh, Tỉnh Nghệ An (new-16681)"),
            "{fault}"
        );
        let fault = check("Atlantis", None, on);
        assert!(fault.starts_with("admin_unit.unknown"), "{fault}");
        let twice = check("Hưng Bình", None, on);
        assert_eq!(twice, check("Hưng Bình", Some("Vinh"), on));
        let fault = check("Nghĩa Thành", None, date(2021, 12, 1));
        assert!(!fault.is_empty());
    }

    #[test]
    fn names_that_differ_in_accents_only_are_told_apart_by_them() {
        let on = date(2022, 5, 31);
        let check = |text: &str| check(text, Some("Huyện Quỳ Châu"), on);
        assert_eq!(check("Xã Châu Bính"), "old-16780");
        assert_eq!(check("Châu Bình"), "old-16804");
        assert!(check("xa chau binh").starts_with("admin_unit.ambiguous"));
    }

    #[test]
    fn equal_names_are_told_apart_by_the_unit_above() {
        let units = AdminUnits::embedded();
        let on = date(2022, 5, 31);
        let province = units.get("old-40").expect("Nghệ An");
        let mut by_name: HashMap<&str, Vec<UnitIx>> = HashMap::new();
        for unit in units.descendants(province, on) {
            let row = units.at(unit, on).expect("in force");
            by_name.entry(&row.full_name).or_default().push(unit);
        }
        let mut twins: Vec<_> = by_name
            .into_iter()
            .filter(|(_, units)| units.len() > 1)
            .collect();
        twins.sort();
        let (name, same) = twins.first().expect("names repeat within the province");
        let fault = check(name, None, on);
        assert!(fault.starts_with("admin_unit.ambiguous"), "{fault}");
        for unit in same {
            assert!(fault.contains(units.id(*unit)), "{fault}");
            let above = units.ancestors(*unit, on)[0];
            let district = &units.nearest(above, on).full_name;
            assert_eq!(check(name, Some(district), on), units.id(*unit));
            assert_eq!(
                check(&format!("{name}, {district}"), None, on),
                units.id(*unit)
            );
        }
    }
}
