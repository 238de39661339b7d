//! Reads the three unit files. Every fault of all files is reported in one pass, with file and line.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use csv::StringRecord;
use jiff::civil::Date;

use super::{
    AdminUnits, KNOWN_FROM, Level, Population, PopulationQuality, Relation, Structure, Succession,
    Transfer, UnitIx, UnitKind, UnitRow, check,
};
use crate::period::parse_date_iso;

/// One data file handed in as text, with the name that faults are reported under.
#[derive(Copy, Clone, Debug)]
pub struct DataFile<'a> {
    /// Name shown to people.
    pub name: &'a str,
    /// Content.
    pub text: &'a str,
}

/// The three files that describe the units.
#[derive(Copy, Clone, Debug)]
pub struct UnitFiles<'a> {
    /// One line for each state of each unit.
    pub units: DataFile<'a>,
    /// One line for each unit that follows another one.
    pub successions: DataFile<'a>,
    /// Published population and area.
    pub population: DataFile<'a>,
}

/// One fault of the unit data: where, what and how to mend it. Shown in Vietnamese.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{file}, dòng {line}: {message}")]
pub struct DataFault {
    /// Name of the file.
    pub file: String,
    /// Line in the file, the header being line 1.
    pub line: usize,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message: String,
}

/// Gathers the faults of one file.
pub(super) struct Faults<'a> {
    file: &'a str,
    found: Vec<DataFault>,
}

impl<'a> Faults<'a> {
    fn new(file: &'a str) -> Faults<'a> {
        Faults {
            file,
            found: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, line: usize, message: impl fmt::Display) {
        self.found.push(DataFault {
            file: self.file.to_owned(),
            line,
            message: message.to_string(),
        });
    }
}

const UNIT_COLUMNS: [&str; 13] = [
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

const SUCCESSION_COLUMNS: [&str; 10] = [
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

const POPULATION_COLUMNS: [&str; 6] = ["level", "id", "code", "population", "area_km2", "quality"];

/// Texts that repeat are kept once.
#[derive(Default)]
struct Texts(HashSet<Arc<str>>);

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
    parent_id: Box<str>,
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

impl AdminUnits {
    /// Reads and checks the unit data.
    ///
    /// Errors: every fault found in the three files, in order of file and line. Successions are checked against
    /// the units that could be read, so a fault of the unit file can bring further ones with it.
    pub fn load(files: UnitFiles<'_>) -> Result<AdminUnits, Vec<DataFault>> {
        let mut texts = Texts::default();
        let mut unit_faults = Faults::new(files.units.name);
        let mut ids: Vec<Box<str>> = Vec::new();
        let mut known: HashMap<Box<str>, UnitIx> = HashMap::new();
        let mut drafts = Vec::new();
        for (line, record) in records(files.units.text, &UNIT_COLUMNS, &mut unit_faults) {
            let id = &record[8];
            let unit = known.get(id).copied().unwrap_or_else(|| {
                let unit = UnitIx(ids.len() as u32);
                ids.push(id.into());
                known.insert(id.into(), unit);
                unit
            });
            if let Some(draft) = read_unit(unit, line, &record, &mut texts, &mut unit_faults) {
                drafts.push(draft);
            }
        }
        for draft in &mut drafts {
            if draft.parent_id.is_empty() {
                continue;
            }
            draft.row.parent = known.get(&draft.parent_id).copied();
            if draft.row.parent.is_none() {
                let parent = &draft.parent_id;
                unit_faults.add(
                    draft.line,
                    format_args!(
                        "không có đơn vị cấp trên “{parent}”; sửa parent_id hoặc thêm đơn vị này"
                    ),
                );
            }
        }
        drafts.sort_by_key(|draft| (draft.row.unit, draft.row.valid_from));
        check::units(&ids, &drafts, &mut unit_faults);

        let mut succession_faults = Faults::new(files.successions.name);
        let mut successions = Vec::new();
        for (line, record) in records(
            files.successions.text,
            &SUCCESSION_COLUMNS,
            &mut succession_faults,
        ) {
            if let Some(draft) =
                read_succession(line, &record, &known, &mut texts, &mut succession_faults)
            {
                successions.push(draft);
            }
        }
        successions.sort_by_key(|draft| (draft.succession.old, draft.succession.date, draft.line));

        let mut population_faults = Faults::new(files.population.name);
        let mut population = Vec::new();
        for (line, record) in records(
            files.population.text,
            &POPULATION_COLUMNS,
            &mut population_faults,
        ) {
            if let Some(entry) = read_population(line, &record, &known, &mut population_faults) {
                population.push((entry, line));
            }
        }
        population.sort_by_key(|((unit, _), line)| (*unit, *line));
        for pair in population.windows(2) {
            if pair[0].0.0 == pair[1].0.0 {
                let first = pair[0].1;
                population_faults.add(
                    pair[1].1,
                    format_args!("đơn vị đã có ở dòng {first}; bỏ một trong hai dòng"),
                );
            }
        }

        let lines: Vec<usize> = drafts.iter().map(|draft| draft.line).collect();
        let parent_codes: Vec<Box<str>> = drafts
            .iter_mut()
            .map(|draft| std::mem::take(&mut draft.parent_code))
            .collect();
        let rows = drafts.into_iter().map(|draft| draft.row).collect();
        let population = population.into_iter().map(|(entry, _)| entry).collect();
        let units = assemble(ids, rows, population);
        check::parents(&units, &lines, &parent_codes, &mut unit_faults);
        check::codes(&units, &lines, &mut unit_faults);
        check::successions(&units, &successions, &mut succession_faults);
        check::chains(&units, &successions, &lines, &mut unit_faults);

        let mut faults = unit_faults.found;
        faults.sort_by_key(|fault| fault.line);
        succession_faults.found.sort_by_key(|fault| fault.line);
        faults.append(&mut succession_faults.found);
        population_faults.found.sort_by_key(|fault| fault.line);
        faults.append(&mut population_faults.found);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(with_successions(units, successions))
    }
}

/// The records of a file that have all columns, each with its line.
fn records<'t>(
    text: &'t str,
    columns: &[&str],
    faults: &mut Faults<'_>,
) -> Vec<(usize, StringRecord)> {
    let text: &'t str = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let wanted = columns.join(",");
    let header_fits = reader
        .headers()
        .is_ok_and(|header| header.iter().eq(columns.iter().copied()));
    if !header_fits {
        faults.add(
            1,
            format_args!("dòng tiêu đề không đúng; dòng đầu phải là “{wanted}”"),
        );
        return Vec::new();
    }
    let mut found = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record
                    .position()
                    .map_or(0, |position| position.line() as usize);
                if record.len() == columns.len() {
                    found.push((line, record));
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
                let line = error
                    .position()
                    .map_or(0, |position| position.line() as usize);
                faults.add(
                    line,
                    format_args!("không đọc được dòng này ({error}); lưu lại tệp dạng CSV UTF-8"),
                );
            }
        }
    }
    found
}

fn read_date(column: &str, text: &str, line: usize, faults: &mut Faults<'_>) -> Option<Date> {
    match parse_date_iso(text) {
        Ok(date) => Some(date),
        Err(error) => {
            faults.add(line, format_args!("cột {column}: {error}"));
            None
        }
    }
}

fn read_unit(
    unit: UnitIx,
    line: usize,
    record: &StringRecord,
    texts: &mut Texts,
    faults: &mut Faults<'_>,
) -> Option<UnitDraft> {
    let before = faults.found.len();
    let code = &record[0];
    let level = Level::parse(&record[1]);
    if level.is_none() {
        faults.add(
            line,
            format_args!(
                "cấp “{}” không có; phải là province, district hoặc commune",
                &record[1]
            ),
        );
    }
    let kind = UnitKind::parse(&record[2]);
    if kind.is_none() {
        faults.add(line, format_args!("loại “{}” không có; dùng một trong: tỉnh, thành phố, quận, huyện, thị xã, xã, phường, thị trấn, đặc khu", &record[2]));
    }
    if let (Some(level), Some(kind)) = (level, kind)
        && !kind.fits(level)
    {
        faults.add(
            line,
            format_args!(
                "loại “{}” không thuộc {}; sửa kind hoặc level",
                kind.name_vi(),
                level.name_vi()
            ),
        );
    }
    let (name, full_name) = (&record[3], &record[4]);
    if let Some(kind) = kind {
        let word = kind.name_vi();
        let fits = full_name.strip_suffix(name).is_some_and(|start| {
            start.len() == word.len() + 1
                && start.ends_with(' ')
                && start.trim_end().to_lowercase() == word
        });
        if name.is_empty() || !fits {
            faults.add(
                line,
                format_args!(
                    "tên đầy đủ “{full_name}” phải gồm loại “{word}”, một dấu cách và tên “{name}”"
                ),
            );
        }
    }
    if let Some(level) = level {
        let digits = level.code_length();
        if code.len() != digits || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            faults.add(
                line,
                format_args!(
                    "mã “{code}” của đơn vị {} phải có đúng {digits} chữ số (giữ số 0 ở đầu)",
                    level.name_vi()
                ),
            );
        }
    }
    let structure = match &record[10] {
        "old" => Some(Structure::Old),
        "new" => Some(Structure::New),
        other => {
            faults.add(
                line,
                format_args!("structure “{other}” không có; phải là old hoặc new"),
            );
            None
        }
    };
    let id = &record[8];
    if let Some(structure) = structure {
        let rest = id
            .strip_prefix(structure.as_str())
            .and_then(|rest| rest.strip_prefix('-'));
        let fits = rest
            .and_then(|rest| rest.strip_prefix(code))
            .is_some_and(|holder| {
                holder.is_empty()
                    || holder.strip_prefix('-').is_some_and(|number| {
                        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
                    })
            });
        if !fits {
            let structure = structure.as_str();
            faults.add(line, format_args!("id “{id}” không khớp mã “{code}”; id phải là {structure}-{code} hoặc {structure}-{code}-số"));
        }
    }
    let valid_from = match &record[6] {
        "" if structure == Some(Structure::New) => {
            faults.add(
                line,
                "đơn vị của cơ cấu mới phải có ngày bắt đầu (valid_from)",
            );
            None
        }
        "" => None,
        text => read_date("valid_from", text, line, faults),
    };
    let valid_to = match &record[7] {
        "" => None,
        text => read_date("valid_to", text, line, faults),
    };
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && from > to
    {
        faults.add(
            line,
            format_args!("ngày bắt đầu {from} sau ngày kết thúc {to}; đổi lại hai ngày"),
        );
    }
    if faults.found.len() > before {
        return None;
    }
    let (level, kind, structure) = (level?, kind?, structure?);
    let alt_name = Some(&record[11])
        .filter(|text| !text.is_empty())
        .map(Box::from);
    let row = UnitRow {
        unit,
        code: code.into(),
        level,
        kind,
        full_name: full_name.into(),
        parent: None,
        valid_from,
        valid_to,
        structure,
        alt_name,
        basis: texts.share(&record[12]),
    };
    Some(UnitDraft {
        row,
        parent_code: record[5].into(),
        parent_id: record[9].into(),
        line,
    })
}

fn read_succession(
    line: usize,
    record: &StringRecord,
    known: &HashMap<Box<str>, UnitIx>,
    texts: &mut Texts,
    faults: &mut Faults<'_>,
) -> Option<SuccessionDraft> {
    let mut unit = |column: &str, id: &str| {
        let found = known.get(id).copied();
        if found.is_none() {
            faults.add(
                line,
                format_args!(
                    "{column} “{id}” không có trong danh sách đơn vị; sửa id hoặc thêm đơn vị"
                ),
            );
        }
        found
    };
    let old = unit("old_id", &record[6]);
    let new = if record[7].is_empty() {
        Some(None)
    } else {
        unit("new_id", &record[7]).map(Some)
    };
    let date = read_date("effective_date", &record[2], line, faults);
    if date.is_some_and(|date| date <= KNOWN_FROM) {
        faults.add(
            line,
            format_args!("effective_date phải sau ngày {KNOWN_FROM}, ngày đầu tiên có dữ liệu"),
        );
    }
    let relation = Relation::parse(&record[3]);
    if relation.is_none() {
        faults.add(line, format_args!("relation “{}” không có; dùng unchanged, renamed, moved, merged, split hoặc abolished", &record[3]));
    }
    let transfer = Transfer::parse(&record[8]);
    if transfer.is_none() {
        faults.add(line, format_args!("transfer “{}” không có; dùng whole, main, part, area_only, area_part_population_all, population_part, area_all_population_none hoặc để trống", &record[8]));
    }
    let level = Level::parse(&record[5]);
    if level.is_none() {
        faults.add(
            line,
            format_args!(
                "cấp “{}” không có; phải là province, district hoặc commune",
                &record[5]
            ),
        );
    }
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

fn read_population(
    line: usize,
    record: &StringRecord,
    known: &HashMap<Box<str>, UnitIx>,
    faults: &mut Faults<'_>,
) -> Option<(UnitIx, Population)> {
    let unit = known.get(&record[1]).copied();
    if unit.is_none() {
        faults.add(
            line,
            format_args!(
                "id “{}” không có trong danh sách đơn vị; sửa id hoặc bỏ dòng",
                &record[1]
            ),
        );
    }
    let people = match &record[3] {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    };
    if people.is_none() {
        faults.add(
            line,
            format_args!("dân số “{}” phải là số nguyên không âm", &record[3]),
        );
    }
    let area_hectares = match &record[4] {
        "" => Some(None),
        text => hectares(text).map(Some),
    };
    if area_hectares.is_none() {
        faults.add(
            line,
            format_args!(
                "diện tích “{}” phải là số km² không âm, nhiều nhất hai chữ số thập phân",
                &record[4]
            ),
        );
    }
    let quality = match &record[5] {
        "published" => Some(PopulationQuality::Published),
        "plausible" => Some(PopulationQuality::Plausible),
        "suspect" => Some(PopulationQuality::Suspect),
        "missing" => Some(PopulationQuality::Missing),
        other => {
            faults.add(
                line,
                format_args!(
                    "quality “{other}” không có; dùng published, plausible, suspect hoặc missing"
                ),
            );
            None
        }
    };
    Some((
        unit?,
        Population {
            people: people?,
            area_hectares: area_hectares?,
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

/// Puts the rows, ordered by unit and date, under their indexes. Successions come later.
fn assemble(
    ids: Vec<Box<str>>,
    rows: Vec<UnitRow>,
    population: Vec<(UnitIx, Population)>,
) -> AdminUnits {
    let mut by_id: Vec<UnitIx> = (0..ids.len() as u32).map(UnitIx).collect();
    by_id.sort_unstable_by(|a, b| ids[a.index()].cmp(&ids[b.index()]));
    let mut row_starts = Vec::with_capacity(ids.len() + 1);
    let mut next = 0;
    for unit in 0..ids.len() {
        row_starts.push(next as u32);
        while rows.get(next).is_some_and(|row| row.unit.index() == unit) {
            next += 1;
        }
    }
    row_starts.push(next as u32);
    let mut by_code: Vec<u32> = (0..rows.len() as u32).collect();
    let row = |number: u32| &rows[number as usize];
    by_code.sort_by(|a, b| (row(*a).level, &row(*a).code).cmp(&(row(*b).level, &row(*b).code)));
    let mut by_parent: Vec<u32> = (0..rows.len() as u32).collect();
    by_parent.sort_by(|a, b| (row(*a).parent, &row(*a).code).cmp(&(row(*b).parent, &row(*b).code)));
    let mut boundary_dates: Vec<Date> = rows.iter().filter_map(|row| row.valid_from).collect();
    boundary_dates.push(KNOWN_FROM);
    boundary_dates.retain(|date| *date >= KNOWN_FROM);
    boundary_dates.sort_unstable();
    boundary_dates.dedup();
    let boundaries = boundary_dates.len();
    AdminUnits {
        ids,
        by_id,
        rows,
        row_starts,
        by_code,
        by_parent,
        successions: Vec::new(),
        by_new: Vec::new(),
        population,
        boundary_dates,
        numberings: (0..boundaries).map(|_| OnceLock::new()).collect(),
        restatements: (0..boundaries * boundaries)
            .map(|_| OnceLock::new())
            .collect(),
        search_index: OnceLock::new(),
    }
}

fn with_successions(mut units: AdminUnits, drafts: Vec<SuccessionDraft>) -> AdminUnits {
    let successions: Vec<Succession> = drafts.into_iter().map(|draft| draft.succession).collect();
    let mut by_new: Vec<u32> = (0..successions.len() as u32)
        .filter(|row| successions[*row as usize].new.is_some())
        .collect();
    by_new.sort_by_key(|row| {
        (
            successions[*row as usize].new,
            successions[*row as usize].date,
        )
    });
    units.successions = successions;
    units.by_new = by_new;
    units
}
