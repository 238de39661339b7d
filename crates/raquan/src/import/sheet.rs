//! An uploaded table as it stands in the file: rows of cells, where its header is, and where it came from.

use jiff::civil::DateTime;
use unicode_normalization::UnicodeNormalization;

use super::columns::TableSpec;
use super::container::{Container, container};
use super::file_faults::FileFault;
use super::labels::column_letter;
use super::{csv_text, header, xlsx};

/// How large an upload may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of everything in a workbook, unpacked; and of all text in its cells.
    pub unpacked_bytes: u64,
    /// Rows that hold anything.
    pub rows: u32,
    /// Columns, counted from A.
    pub columns: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 20_000_000,
            unpacked_bytes: 200_000_000,
            rows: 200_000,
            columns: 256,
        }
    }
}

/// Reads an uploaded table. What kind of file it is, its encoding and its separator are told by the content; the name
/// is only kept for messages. Of a workbook, the first visible sheet that has the header is read.
pub fn read_sheet(
    file_name: &str,
    bytes: &[u8],
    spec: &TableSpec,
    limits: &Limits,
) -> Result<Sheet, FileFault> {
    let mut sheet = match container(bytes, limits)? {
        Container::Workbook => xlsx::read(bytes, spec, limits)?,
        Container::Text => csv_text::read(bytes, spec, limits)?,
    };
    file_name.clone_into(&mut sheet.file_name);
    if sheet.data_rows().is_empty() {
        return Err(FileFault::HeaderOnly {
            line: sheet.header_line(),
        });
    }
    Ok(sheet)
}

/// A table as it stands in the file. Blank cells and rows are left out.
pub struct Sheet {
    pub(super) file_name: String,
    pub(super) source: Source,
    pub(super) merges: Vec<CellRange>,
    pub(super) header_row: usize,
    cells: Cells,
}

/// Where a table was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A sheet of a workbook.
    Workbook {
        /// The sheet that was read.
        sheet: String,
        /// The other sheets, which were not.
        others: Vec<String>,
    },
    /// A text file.
    Text {
        /// Its encoding.
        encoding: &'static str,
        /// What parts its cells.
        separator: char,
    },
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellContent<'a> {
    /// A formula without a stored result.
    Nothing,
    /// Text, trimmed and in NFC.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A day, perhaps with a time.
    DateTime(DateTime),
    /// True or false.
    Boolean(bool),
    /// An error such as `#REF!`.
    Error(&'static str),
}

/// A block of merged cells, rows counted from 1 and columns from 0, both ends within.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CellRange {
    pub first_line: u32,
    pub last_line: u32,
    pub first_column: u16,
    pub last_column: u16,
}

impl CellRange {
    pub(super) fn contains(&self, line: u32, column: u16) -> bool {
        (self.first_line..=self.last_line).contains(&line)
            && (self.first_column..=self.last_column).contains(&column)
    }

    pub(super) fn name(&self) -> String {
        let (first, last) = (
            column_letter(self.first_column),
            column_letter(self.last_column),
        );
        format!("{first}{}:{last}{}", self.first_line, self.last_line)
    }
}

/// One row: its number in the file and its cells.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub line: u32,
    stored: &'a [StoredCell],
    text: &'a str,
}

/// One cell: its column, what it holds, and whether a formula computes it.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub column: u16,
    pub formula: bool,
    pub content: CellContent<'a>,
}

impl<'a> Row<'a> {
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let text = self.text;
        self.stored.iter().map(move |stored| stored.cell(text))
    }

    pub(super) fn cell(&self, column: u16) -> Option<Cell<'a>> {
        let at = self
            .stored
            .binary_search_by_key(&column, |stored| stored.column)
            .ok()?;
        Some(self.stored[at].cell(self.text))
    }
}

impl Sheet {
    /// A sheet of these cells whose header is the row with this index; `read_sheet` names the file.
    pub(super) fn new(
        cells: Cells,
        source: Source,
        merges: Vec<CellRange>,
        header_row: usize,
    ) -> Sheet {
        Sheet {
            file_name: String::new(),
            source,
            merges,
            header_row,
            cells,
        }
    }

    /// The name under which the file was uploaded.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// Where the table was found.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The number of the header's row in the file.
    pub fn header_line(&self) -> u32 {
        self.cells.rows[self.header_row].line
    }

    pub(super) fn header(&self) -> Row<'_> {
        self.cells.row(self.header_row)
    }

    /// All rows that hold anything, titles and header too.
    pub(super) fn all_rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.cells.rows.len()).map(|index| self.cells.row(index))
    }

    /// The indices of the rows below the header.
    pub(super) fn data_rows(&self) -> std::ops::Range<usize> {
        self.header_row + 1..self.cells.rows.len()
    }

    pub(super) fn row(&self, index: usize) -> Row<'_> {
        self.cells.row(index)
    }

    /// Whether the cell at this place holds nothing.
    pub(super) fn cell_is_blank(&self, line: u32, column: u16) -> bool {
        let row = self.cells.rows.binary_search_by_key(&line, |row| row.line);
        row.map_or(true, |index| self.row(index).cell(column).is_none())
    }
}

/// The cells read so far. Texts lie one after the other in one string, so that a cell takes 24 bytes.
pub(super) struct Cells {
    rows: Vec<StoredRow>,
    cells: Vec<StoredCell>,
    text: String,
    limits: Limits,
}

struct StoredRow {
    line: u32,
    end: usize,
}

struct StoredCell {
    content: StoredContent,
    column: u16,
    formula: bool,
}

#[derive(Clone, Copy)]
pub(super) enum StoredContent {
    Nothing,
    Text { start: u32, len: u32 },
    Number(f64),
    DateTime(DateTime),
    Boolean(bool),
    Error(&'static str),
}

impl StoredCell {
    fn cell<'a>(&self, text: &'a str) -> Cell<'a> {
        let content = match self.content {
            StoredContent::Nothing => CellContent::Nothing,
            StoredContent::Text { start, len } => {
                CellContent::Text(&text[start as usize..][..len as usize])
            }
            StoredContent::Number(number) => CellContent::Number(number),
            StoredContent::DateTime(value) => CellContent::DateTime(value),
            StoredContent::Boolean(value) => CellContent::Boolean(value),
            StoredContent::Error(error) => CellContent::Error(error),
        };
        Cell {
            column: self.column,
            formula: self.formula,
            content,
        }
    }
}

impl Cells {
    pub(super) fn new(limits: &Limits) -> Cells {
        Cells {
            rows: Vec::new(),
            cells: Vec::new(),
            text: String::new(),
            limits: *limits,
        }
    }

    pub(super) fn row(&self, index: usize) -> Row<'_> {
        let start = if index == 0 {
            0
        } else {
            self.rows[index - 1].end
        };
        let row = &self.rows[index];
        Row {
            line: row.line,
            stored: &self.cells[start..row.end],
            text: &self.text,
        }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| self.row(index))
    }

    /// Keeps a text, trimmed and composed; `None` when nothing is left of it.
    pub(super) fn keep_text(&mut self, text: &str) -> Result<Option<StoredContent>, FileFault> {
        let blank = |c: char| {
            c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}')
        };
        let text = text.trim_matches(blank);
        if text.is_empty() {
            return Ok(None);
        }
        let start = self.text.len();
        if text.is_ascii() || unicode_normalization::is_nfc(text) {
            self.text.push_str(text);
        } else {
            self.text.extend(text.nfc());
        }
        let fault = FileFault::TooLargeUnpacked {
            limit: self.limits.unpacked_bytes,
        };
        if self.text.len() as u64 > self.limits.unpacked_bytes {
            return Err(fault);
        }
        let len = u32::try_from(self.text.len() - start).map_err(|_| fault.clone())?;
        let start = u32::try_from(start).map_err(|_| fault)?;
        Ok(Some(StoredContent::Text { start, len }))
    }

    /// Adds a cell; rows and columns come in rising order, and what comes out of order counts as damage.
    pub(super) fn push(
        &mut self,
        line: u32,
        column: u32,
        content: StoredContent,
        formula: bool,
    ) -> Result<(), FileFault> {
        let limit = self.limits.columns;
        let Some(column) = u16::try_from(column).ok().filter(|column| *column < limit) else {
            let column = column_letter(u16::try_from(column).unwrap_or(u16::MAX));
            return Err(FileFault::TooManyColumns { column, limit });
        };
        let place = || format!("{}{line}", column_letter(column));
        match self.rows.last() {
            Some(last) if last.line > line => return Err(FileFault::Damaged { place: place() }),
            Some(last) if last.line == line => {
                if self.cells.last().is_some_and(|cell| cell.column >= column) {
                    return Err(FileFault::Damaged { place: place() });
                }
            }
            _ => {
                if self.rows.len() as u64 >= u64::from(self.limits.rows) {
                    return Err(FileFault::TooManyRows {
                        limit: self.limits.rows,
                    });
                }
                self.rows.push(StoredRow {
                    line,
                    end: self.cells.len(),
                });
            }
        }
        self.cells.push(StoredCell {
            content,
            column,
            formula,
        });
        let end = self.cells.len();
        if let Some(row) = self.rows.last_mut() {
            row.end = end;
        }
        Ok(())
    }

    /// The index of the row that names the wanted columns, if one of the first rows does.
    pub(super) fn find_header(&self, spec: &TableSpec) -> Option<header::Found> {
        header::find(self.rows(), spec)
    }
}
