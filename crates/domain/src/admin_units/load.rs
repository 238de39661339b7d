//! Loads the three unit files. Every fault of all files is reported in one pass, with file and line.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::read::{
    POPULATION_COLUMNS, SUCCESSION_COLUMNS, SuccessionDraft, Texts, UNIT_COLUMNS, each_record,
    read_population, read_succession, read_unit,
};
use super::{AdminUnits, KNOWN_FROM, Level, Population, Succession, UnitIx, UnitRow, check};

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

    /// Number of faults so far.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    pub(super) fn add(&mut self, line: usize, message: impl fmt::Display) {
        self.found.push(DataFault {
            file: self.file.to_owned(),
            line,
            message: message.to_string(),
        });
    }
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
        each_record(
            files.units.text,
            &UNIT_COLUMNS,
            &mut unit_faults,
            |line, record, faults| {
                let id = &record[8];
                let unit = known.get(id).copied().unwrap_or_else(|| {
                    let unit = UnitIx(ids.len() as u32);
                    ids.push(id.into());
                    known.insert(id.into(), unit);
                    unit
                });
                drafts.extend(read_unit(unit, line, record, &mut texts, faults));
            },
        );
        for draft in &mut drafts {
            if draft.parent_id.is_empty() {
                if draft.row.level != Level::Province {
                    unit_faults.add(
                        draft.line,
                        "thiếu đơn vị cấp trên; điền parent_id và parent_code",
                    );
                }
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
        each_record(
            files.successions.text,
            &SUCCESSION_COLUMNS,
            &mut succession_faults,
            |line, record, faults| {
                successions.extend(read_succession(line, record, &known, &mut texts, faults));
            },
        );
        successions.sort_by_key(|draft| (draft.succession.old, draft.succession.date, draft.line));

        let mut population_faults = Faults::new(files.population.name);
        let mut population = Vec::new();
        each_record(
            files.population.text,
            &POPULATION_COLUMNS,
            &mut population_faults,
            |line, record, faults| {
                let entry = read_population(line, record, &known, faults);
                population.extend(entry.map(|entry| (entry, line)));
            },
        );
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
        check::chains(
            &units,
            &successions,
            &lines,
            &mut unit_faults,
            &mut succession_faults,
        );

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
