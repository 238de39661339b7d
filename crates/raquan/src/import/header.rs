//! Finding the header among officers' title rows, and which column of the file is which of the specification.

use super::columns::TableSpec;
use super::file_faults::FileFault;
use super::sheet::{CellContent, Row};

/// The header must lie within this many rows of the file.
pub(super) const HEADER_LINES: u32 = 15;

/// The header that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// The index of its row among those that hold anything.
    pub row: usize,
    /// How many of the wanted columns it names.
    pub named: usize,
}

/// The row that names most of the wanted columns, of several the first. It must name two, or the only one wanted.
pub(super) fn find<'a>(rows: impl Iterator<Item = Row<'a>>, spec: &TableSpec) -> Option<Found> {
    let needed = spec.columns().len().min(2);
    let mut best: Option<Found> = None;
    for (index, row) in rows
        .enumerate()
        .take_while(|(_, row)| row.line <= HEADER_LINES)
    {
        let mut seen = vec![false; spec.columns().len()];
        for cell in row.cells() {
            if let CellContent::Text(text) = cell.content
                && let Some(column) = spec.named(text)
            {
                seen[column] = true;
            }
        }
        let named = seen.iter().filter(|seen| **seen).count();
        if named >= needed && best.is_none_or(|found| named > found.named) {
            best = Some(Found { row: index, named });
        }
    }
    best
}

/// The fault of a file without a header; `sheets` are those that were looked through.
pub(super) fn missing(spec: &TableSpec, sheets: &[String]) -> FileFault {
    let wanted: Vec<String> = spec
        .columns()
        .iter()
        .filter(|c| c.required)
        .map(|c| format!("«{}»", c.name_vi))
        .collect();
    let wanted = if wanted.is_empty() {
        spec.columns()
            .iter()
            .map(|column| format!("«{}»", column.name_vi))
            .collect()
    } else {
        wanted
    };
    let names = sheets.join("», «");
    let (looked_vi, looked_en) = if sheets.is_empty() {
        (String::new(), String::new())
    } else {
        (
            format!(" của trang tính «{names}»"),
            format!(" of the sheets «{names}»"),
        )
    };
    FileFault::NoHeader {
        wanted: wanted.join(", "),
        looked_vi,
        looked_en,
    }
}
