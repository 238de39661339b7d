//! Reads single rows of the unit files into typed drafts; what is wrong in a row alone is found here.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use csv::StringRecord;
use jiff::civil::Date;

use super::load::Faults;
use super::{
    KNOWN_FROM, Level, Population, PopulationQuality, Relation, Structure, Succession, Transfer,
    UnitIx, UnitKind, UnitRow,
};
use crate::period::parse_date_iso;

pub(super) const UNIT_COLUMNS: [&str; 13] = [
    "code",
    "level",
    "kind",
    "name",
    "full_name",
    "parent_code",
    "valid_from",
    "valid_to",
    "id",
    "parent_id",
    "structure",
    "alt_name",
    "basis",
];

pub(super) const SUCCESSION_COLUMNS: [&str; 10] = [
    "old_code",
    "new_code",
    "effective_date",
    "relation",
    "note",
    "level",
    "old_id",
    "new_id",
    "transfer",
    "basis",
];

pub(super) const POPULATION_COLUMNS: [&str; 6] =
    ["level", "id", "code", "population", "area_km2", "quality"];

/// Bytes of a full name; real ones have less than 60.
const LONGEST_NAME: usize = 200;

/// Texts that repeat are kept once.
#[derive(Default)]
pub(super) struct Texts(HashSet<Arc<str>>);

impl Texts {
    fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.0.insert(Arc::clone(&text));
        text
    }
}

/// A row of the unit file whose parent is not looked up yet.
pub(super) struct UnitDraft {
    pub(super) row: UnitRow,
    pub(super) parent_code: Box<str>,
    pub(super) parent_id: Box<str>,
    pub(super) line: usize,
}

/// A row of the succession file with the codes it claims.
pub(super) struct SuccessionDraft {
    pub(super) succession: Succession,
    pub(super) old_code: Box<str>,
    pub(super) new_code: Box<str>,
    pub(super) level: Level,
    pub(super) line: usize,
}

/// Hands every record of a file that has all columns to `read`, with its line, one at a time.
pub(super) fn each_record<'n>(
    text: &str,
    columns: &[&str],
    faults: &mut Faults<'n>,
    mut read: impl FnMut(usize, &StringRecord, &mut Faults<'n>),
) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header_fits = reader
        .headers()
        .is_ok_and(|header| header.iter().eq(columns.iter().copied()));
    if !header_fits {
        let wanted = columns.join(",");
        faults.add(
            1,
            format_args!("dòng tiêu đề không đúng; dòng đầu phải là “{wanted}”"),
        );
        return;
    }
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return,
            Ok(true) => {
                let position = record.position();
                let line = position.map_or(0, |position| position.line() as usize);
                if record.len() == columns.len() {
                    read(line, &record, faults);
                } else {
                    let (have, want) = (record.len(), columns.len());
                    faults.add(
                        line,
                        format_args!(
                            "có {have} cột, phải có {want} cột; kiểm tra dấu phẩy và dấu ngoặc kép"
                        ),
                    );
                }
            }
            Err(error) => {
                let position = error.position();
                let line = position.map_or(0, |position| position.line() as usize);
                faults.add(
                    line,
                    format_args!("không đọc được dòng này ({error}); lưu lại tệp dạng CSV UTF-8"),
                );
                return;
            }
        }
    }
}

/// A record being read: where it stands and where its faults go.
struct Line<'a, 'f> {
    record: &'a StringRecord,
    line: usize,
    faults: &'a mut Faults<'f>,
}

impl<'a> Line<'a, '_> {
    fn text(&self, column: usize) -> &'a str {
        &self.record[column]
    }

    fn fault(&mut self, message: impl fmt::Display) {
        self.faults.add(self.line, message);
    }

    /// Adds a fault where there is no value.
    fn need<T>(&mut self, value: Option<T>, message: impl FnOnce() -> String) -> Option<T> {
        if value.is_none() {
            self.fault(message());
        }
        value
    }

    fn date(&mut self, name: &str, column: usize) -> Option<Date> {
        match parse_date_iso(self.text(column)) {
            Ok(date) => Some(date),
            Err(error) => {
                self.fault(format_args!("cột {name}: {error}"));
                None
            }
        }
    }

    fn date_or_open(&mut self, name: &str, column: usize) -> Option<Date> {
        if self.text(column).is_empty() {
            None
        } else {
            self.date(name, column)
        }
    }

    fn level(&mut self, column: usize) -> Option<Level> {
        let text = self.text(column);
        self.need(Level::parse(text), || {
            format!("cấp “{text}” không có; phải là province, district hoặc commune")
        })
    }

    fn known_unit(
        &mut self,
        known: &HashMap<Box<str>, UnitIx>,
        name: &str,
        column: usize,
    ) -> Option<UnitIx> {
        let id = self.text(column);
        self.need(known.get(id).copied(), || {
            format!("{name} “{id}” không có trong danh sách đơn vị; sửa id hoặc thêm đơn vị")
        })
    }
}

/// Reads one state of a unit; none where it has a fault.
pub(super) fn read_unit(
    unit: UnitIx,
    line: usize,
    record: &StringRecord,
    texts: &mut Texts,
    faults: &mut Faults<'_>,
) -> Option<UnitDraft> {
    let before = faults.count();
    let mut row = Line {
        record,
        line,
        faults,
    };
    let level = row.level(1);
    let kind = read_kind(&mut row, level);
    if let Some(level) = level {
        check_code(&mut row, level);
    }
    let structure = match row.text(10) {
        "old" => Some(Structure::Old),
        "new" => Some(Structure::New),
        other => row.need(None, || {
            format!("structure “{other}” không có; phải là old hoặc new")
        }),
    };
    if let Some(structure) = structure {
        check_id(&mut row, structure);
    }
    let valid_from = row.date_or_open("valid_from", 6);
    let valid_to = row.date_or_open("valid_to", 7);
    if structure == Some(Structure::New) && row.text(6).is_empty() {
        row.fault("đơn vị của cơ cấu mới phải có ngày bắt đầu (valid_from)");
    }
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && from > to
    {
        row.fault(format_args!(
            "ngày bắt đầu {from} sau ngày kết thúc {to}; đổi lại hai ngày"
        ));
    }
    if row.faults.count() > before {
        return None;
    }
    let row = UnitRow {
        unit,
        code: record[0].into(),
        level: level?,
        kind: kind?,
        full_name: record[4].into(),
        parent: None,
        valid_from,
        valid_to,
        structure: structure?,
        alt_name: Some(&record[11])
            .filter(|text| !text.is_empty())
            .map(Box::from),
        basis: texts.share(&record[12]),
    };
    Some(UnitDraft {
        row,
        parent_code: record[5].into(),
        parent_id: record[9].into(),
        line,
    })
}

/// The kind, which must fit the level and begin the full name.
fn read_kind(row: &mut Line<'_, '_>, level: Option<Level>) -> Option<UnitKind> {
    let (text, name, full_name) = (row.text(2), row.text(3), row.text(4));
    let kind = row.need(UnitKind::parse(text), || {
        format!(
            "loại “{text}” không có; dùng một trong: {}",
            UnitKind::ALL.map(UnitKind::name_vi).join(", ")
        )
    })?;
    if let Some(level) = level.filter(|level| !kind.fits(*level)) {
        row.fault(format_args!(
            "loại “{text}” không thuộc {}; sửa kind hoặc level",
            level.name_vi()
        ));
    }
    if full_name.len().max(row.text(11).len()) > LONGEST_NAME {
        row.fault(format_args!(
            "tên dài quá {LONGEST_NAME} byte; kiểm tra dấu ngoặc kép và dấu phẩy"
        ));
    }
    let fits = full_name
        .strip_suffix(name)
        .and_then(|start| start.strip_suffix(' '));
    if name.is_empty()
        || fits.is_none_or(|start| start.len() != text.len() || start.to_lowercase() != text)
    {
        row.fault(format_args!(
            "tên đầy đủ “{full_name}” phải gồm loại “{text}”, một dấu cách và tên “{name}”; sửa name hoặc full_name"
        ));
    }
    Some(kind)
}

fn check_code(row: &mut Line<'_, '_>, level: Level) {
    let (code, length) = (row.text(0), level.code_length());
    if code.len() != length || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        row.fault(format_args!(
            "mã “{code}” của đơn vị {} phải có đúng {length} chữ số (giữ số 0 ở đầu)",
            level.name_vi()
        ));
    }
}

/// An id is the structure, the code and, for an earlier holder of the code, a number.
fn check_id(row: &mut Line<'_, '_>, structure: Structure) {
    let (id, code, structure) = (row.text(8), row.text(0), structure.as_str());
    let parts: Vec<&str> = id.split('-').collect();
    let fits = match parts[..] {
        [start, holder] => start == structure && holder == code,
        [start, holder, number] => {
            start == structure && holder == code && number.parse::<u8>().is_ok()
        }
        _ => false,
    };
    if !fits {
        row.fault(format_args!(
            "id “{id}” không khớp mã “{code}”; id phải là {structure}-{code} hoặc {structure}-{code}-1"
        ));
    }
}

/// Reads one succession; none where it has a fault that leaves nothing to check further.
pub(super) fn read_succession(
    line: usize,
    record: &StringRecord,
    known: &HashMap<Box<str>, UnitIx>,
    texts: &mut Texts,
    faults: &mut Faults<'_>,
) -> Option<SuccessionDraft> {
    let mut row = Line {
        record,
        line,
        faults,
    };
    let old = row.known_unit(known, "old_id", 6);
    let new = match row.text(7) {
        "" => Some(None),
        _ => row.known_unit(known, "new_id", 7).map(Some),
    };
    let date = row.date("effective_date", 2);
    if date.is_some_and(|date| date <= KNOWN_FROM) {
        row.fault(format_args!(
            "effective_date phải sau ngày {KNOWN_FROM}, ngày đầu tiên có dữ liệu"
        ));
    }
    let text = row.text(3);
    let relation = row.need(Relation::parse(text), || {
        format!(
            "relation “{text}” không có; dùng một trong: {}",
            Relation::ALL.map(Relation::as_str).join(", ")
        )
    });
    let text = row.text(8);
    let transfer = row.need(Transfer::parse(text), || {
        format!(
            "transfer “{text}” không có; để trống hoặc dùng một trong: {}",
            Transfer::ALL.map(Transfer::as_str).join(", ")
        )
    });
    let level = row.level(5);
    Some(SuccessionDraft {
        succession: Succession {
            old: old?,
            new: new?,
            date: date?,
            relation: relation?,
            transfer: transfer?,
            note: texts.share(&record[4]),
            basis: texts.share(&record[9]),
        },
        old_code: record[0].into(),
        new_code: record[1].into(),
        level: level?,
        line,
    })
}

/// Reads one population figure; none where it has a fault.
pub(super) fn read_population(
    line: usize,
    record: &StringRecord,
    known: &HashMap<Box<str>, UnitIx>,
    faults: &mut Faults<'_>,
) -> Option<(UnitIx, Population)> {
    let mut row = Line {
        record,
        line,
        faults,
    };
    let unit = row.known_unit(known, "id", 1);
    let text = row.text(3);
    let people = if text.is_empty() {
        Some(None)
    } else {
        text.parse().ok().map(Some)
    };
    let people = row.need(people, || {
        format!("dân số “{text}” phải là số nguyên không âm")
    });
    let text = row.text(4);
    let area = if text.is_empty() {
        Some(None)
    } else {
        hectares(text).map(Some)
    };
    let area = row.need(
        area,
        || format!("diện tích “{text}” phải là số km² không âm, nhiều nhất hai chữ số thập phân sau dấu chấm"),
    );
    let text = row.text(5);
    let quality = row.need(PopulationQuality::parse(text), || {
        format!(
            "quality “{text}” không có; dùng một trong: {}",
            PopulationQuality::ALL
                .map(PopulationQuality::as_str)
                .join(", ")
        )
    });
    Some((
        unit?,
        Population {
            people: people?,
            area_hectares: area?,
            quality: quality?,
        },
    ))
}

/// Hectares of a number of square kilometers with at most two decimals.
fn hectares(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 2 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let decimals: u32 = format!("{decimals:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(decimals)
}
