//! What a check of a table finds, for people.

use std::collections::HashSet;

use domain::admin_units::AdminUnits;
use store::imports::ImportRow;

use super::observations::ExaminedObservations;
use super::organizations::ExaminedOrganizations;
use crate::import::{CellValue, Notice, Sheet, Table, TableSpec};

/// So many rows are shown as they were understood.
const PREVIEWED: usize = 20;
/// At most so many faults are listed; the workbook has them all.
const LISTED: usize = 500;

/// A table held against what is there.
pub(super) enum Examined {
    /// Of figures.
    Observations(Box<ExaminedObservations>),
    /// Of organizations.
    Organizations(Box<ExaminedOrganizations>),
}

/// What a table would change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Effect {
    pub new: usize,
    pub corrected: usize,
    pub unchanged: usize,
}

impl Examined {
    pub(super) fn table(&self) -> &Table {
        match self {
            Examined::Observations(found) => &found.read.table,
            Examined::Organizations(found) => &found.read.table,
        }
    }

    pub(super) fn sheet(&self) -> &Sheet {
        match self {
            Examined::Observations(found) => &found.read.sheet,
            Examined::Organizations(found) => &found.read.sheet,
        }
    }

    fn spec(&self) -> &TableSpec {
        match self {
            Examined::Observations(found) => &found.spec,
            Examined::Organizations(found) => &found.spec,
        }
    }

    pub(super) fn effect(&self) -> Effect {
        match self {
            Examined::Observations(found) => found.effect,
            Examined::Organizations(found) => found.effect,
        }
    }

    /// Fills in what was counted.
    pub(super) fn counted(&self, row: ImportRow) -> ImportRow {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let effect = self.effect();
        ImportRow {
            rows_total: count(self.table().rows.len()),
            rows_good: count(self.table().good_rows().count()),
            fault_count: count(self.table().faults.len()),
            rows_new: count(effect.new),
            rows_corrected: count(effect.corrected),
            rows_unchanged: count(effect.unchanged),
            ..row
        }
    }

    pub(super) fn report(&self, units: &AdminUnits, row: ImportRow) -> ImportReport {
        let (table, spec) = (self.table(), self.spec());
        let columns = table.columns_found();
        let good: HashSet<u32> = table.good_rows().map(|row| row.line).collect();
        let preview = table.rows.iter().take(PREVIEWED).map(|row| PreviewRow {
            line: row.line,
            good: good.contains(&row.line),
            cells: columns
                .iter()
                .map(|column| shown(units, spec, *column, &row.values[*column]))
                .collect(),
        });
        ImportReport {
            file_name: self.sheet().file_name().to_owned(),
            columns: columns
                .iter()
                .map(|column| spec.columns()[*column].name_vi.clone())
                .collect(),
            preview: preview.collect(),
            faults: listed(table),
            notices: table.notices.clone(),
            row,
        }
    }
}

/// The first faults of a table, for people.
pub(super) fn listed(table: &Table) -> Vec<FaultText> {
    let faults = table.faults.iter().take(LISTED);
    let text = |fault: &crate::import::Fault| FaultText {
        line: fault.line,
        column: fault.column_letter(),
        column_name: fault.column_name.as_deref().map(str::to_owned),
        code: fault.code().to_owned(),
        message_vi: fault.message_vi(),
        message_en: fault.message_en(),
    };
    faults.map(text).collect()
}

/// A cell as it was understood.
fn shown(units: &AdminUnits, spec: &TableSpec, column: usize, value: &CellValue) -> String {
    match value {
        CellValue::Unit(unit) => units.get(&unit.id).map_or_else(
            || unit.id.to_string(),
            |ix| {
                let rows = units.rows(ix);
                let row = rows.iter().find(|row| row.valid_from == unit.valid_from);
                let name = &row.or(rows.last()).map_or(&*unit.id, |row| &row.full_name);
                format!("{name} ({})", unit.id)
            },
        ),
        CellValue::Choice(key) => match &spec.columns()[column].kind {
            crate::import::Kind::Choice(choices) => choices
                .iter()
                .find(|choice| *choice.key == **key)
                .map_or_else(|| key.to_string(), |choice| choice.name_vi.clone()),
            _ => key.to_string(),
        },
        CellValue::Integer(number) => domain::vietnamese::number(*number),
        other => other.to_string(),
    }
}

/// What a check of a table finds.
#[derive(Debug, Clone)]
pub struct ImportReport {
    /// The import with its counts.
    pub row: ImportRow,
    /// Name of the file.
    pub file_name: String,
    /// The columns understood.
    pub columns: Vec<String>,
    /// The first rows as they were understood.
    pub preview: Vec<PreviewRow>,
    /// What is wrong, in order of row and column; at most 500 of them.
    pub faults: Vec<FaultText>,
    /// What the reader did that the uploader should know.
    pub notices: Vec<Notice>,
}

/// A row as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// Row in the file.
    pub line: u32,
    /// Whether nothing is wrong in it.
    pub good: bool,
    /// Its cells, in the order of the columns.
    pub cells: Vec<String>,
}

/// A fault, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultText {
    /// Row in the file.
    pub line: u32,
    /// Letter of the column.
    pub column: Option<String>,
    /// Name of the column.
    pub column_name: Option<String>,
    /// Stable code.
    pub code: String,
    /// Where, what, and how to mend it.
    pub message_vi: String,
    /// The same in English.
    pub message_en: String,
}
