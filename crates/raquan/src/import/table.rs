//! Holding a sheet against a specification: every row's values and every fault of the file, in one pass.

use std::collections::HashMap;
use std::sync::Arc;

use super::cell_values::{cell_value, text_of};
use super::columns::{Kind, TableSpec};
use super::labels::{column_letter, fold, nearest};
use super::row_faults::{Fault, Notice, Problem, RuleFault, UnitFault, shorten};
use super::rows::{RowKind, row_kinds};
use super::sheet::{Cell, Row, Sheet, Source};
use super::values::{CellValue, UnitRef};

/// A checked table.
pub struct Table {
    /// The rows of data in the file's order, with and without faults.
    pub rows: Vec<TableRow>,
    /// All that is wrong, in order of row and column.
    pub faults: Vec<Fault>,
    /// What the reader did that the uploader should know.
    pub notices: Vec<Notice>,
    /// Where each column of the specification is in the file, and its name there.
    columns: Vec<Option<(u16, Arc<str>)>>,
    /// Rows that lack a value because it was merged away; the fault stands where the merged cells begin.
    merged_lines: Vec<u32>,
}

impl Table {
    /// Adds what a use case finds wrong, in the order in which it is found; `column` is that of the specification.
    pub fn add_faults(&mut self, faults: impl IntoIterator<Item = (u32, usize, RuleFault)>) {
        for (line, column, fault) in faults {
            let place = self.columns.get(column).cloned().flatten();
            let (column, column_name) = place.unzip();
            self.faults.push(Fault {
                line,
                column,
                column_name,
                problem: Problem::Rule(Box::new(fault)),
                value_shown: Box::from(""),
            });
        }
        self.faults.sort_by_key(|fault| (fault.line, fault.column));
    }

    /// The columns of the specification that the file has.
    pub fn columns_found(&self) -> Vec<usize> {
        let found = self.columns.iter().enumerate();
        found
            .filter(|(_, place)| place.is_some())
            .map(|(index, _)| index)
            .collect()
    }

    /// The rows in which nothing is wrong. Empty when a fault concerns the whole table, such as a missing column.
    pub fn good_rows(&self) -> impl Iterator<Item = &TableRow> {
        let columns_wrong = self
            .faults
            .iter()
            .any(|fault| fault.problem.concerns_the_table());
        let mut wrong: Vec<u32> = self.faults.iter().map(|fault| fault.line).collect();
        wrong.extend(&self.merged_lines);
        wrong.sort_unstable();
        self.rows
            .iter()
            .filter(move |row| !columns_wrong && wrong.binary_search(&row.line).is_err())
    }
}

/// One row of data.
#[derive(Clone, PartialEq)]
pub struct TableRow {
    /// The row's number in the file, as a spreadsheet shows it.
    pub line: u32,
    /// The values in the order of the specification's columns.
    pub values: Box<[CellValue]>,
    /// The columns of the specification whose values are the stored results of formulas.
    pub formulas: Vec<u16>,
}

/// What a resolver of units may look at besides the cell itself.
pub struct RowContext<'a> {
    row: Row<'a>,
    spec: &'a TableSpec,
    places: &'a [Option<u16>],
}

impl RowContext<'_> {
    /// The row's number in the file.
    pub fn line(&self) -> u32 {
        self.row.line
    }

    /// What the row says in the column with this key, such as the province beside a commune's name.
    pub fn text(&self, key: &str) -> Option<String> {
        let column = self.places[self.spec.index_of(key)?]?;
        self.row.cell(column).map(|cell| text_of(cell.content))
    }
}

/// Finds the administrative unit that a cell names.
pub type UnitResolver<'a> = dyn Fn(&str, &RowContext) -> Result<UnitRef, UnitFault> + 'a;

impl Sheet {
    /// Checks the whole sheet. The specification must be the one that the sheet was read with, or a narrower one.
    pub fn check(&self, spec: &TableSpec, units: &UnitResolver) -> Table {
        let mut check = Check::new(self, spec);
        check.header();
        check.merges();
        for (index, kind) in self
            .data_rows()
            .zip(row_kinds(self, &check.wanted, &check.required))
        {
            let row = self.row(index);
            match kind {
                RowKind::Data => check.row(row, units),
                RowKind::Blank => {}
                RowKind::TotalAmongRows => check.fault(row.line, None, Problem::TotalAmongRows, ""),
                RowKind::Numbering | RowKind::Total | RowKind::Footer => {
                    check.skipped.push((kind, row.line))
                }
            }
        }
        check.finish()
    }
}

/// The state of one pass.
struct Check<'a> {
    sheet: &'a Sheet,
    spec: &'a TableSpec,
    /// For each column of the specification, where it is in the file.
    places: Vec<Option<u16>>,
    /// The columns of the file that are wanted, in order.
    wanted: Vec<u16>,
    /// Those of them that every row must fill.
    required: Vec<u16>,
    /// For each named column of the file, its name; columns that are passed over included.
    names: HashMap<u16, Arc<str>>,
    header_width: u16,
    unnamed_reported: Vec<u16>,
    seen: HashMap<Box<str>, u32>,
    rows: Vec<TableRow>,
    faults: Vec<Fault>,
    skipped: Vec<(RowKind, u32)>,
    formulas: u64,
    merged_lines: Vec<u32>,
}

impl<'a> Check<'a> {
    fn new(sheet: &'a Sheet, spec: &'a TableSpec) -> Check<'a> {
        Check {
            sheet,
            spec,
            places: vec![None; spec.columns().len()],
            wanted: Vec::new(),
            required: Vec::new(),
            merged_lines: Vec::new(),
            names: HashMap::new(),
            header_width: 0,
            unnamed_reported: Vec::new(),
            seen: HashMap::new(),
            rows: Vec::new(),
            faults: Vec::new(),
            skipped: Vec::new(),
            formulas: 0,
        }
    }

    fn fault(&mut self, line: u32, column: Option<u16>, problem: Problem, shown: &str) {
        let column_name = column.and_then(|column| self.names.get(&column).cloned());
        self.faults.push(Fault {
            line,
            column,
            column_name,
            problem,
            value_shown: shorten(shown),
        });
    }

    /// Which column is which; unknown, missing and doubled ones.
    fn header(&mut self) {
        let line = self.sheet.header_line();
        let mut unknown: Vec<(u16, String)> = Vec::new();
        for cell in self.sheet.header().cells() {
            let name = text_of(cell.content);
            self.header_width = cell.column + 1;
            self.names.insert(cell.column, Arc::from(name.as_str()));
            match self.spec.named(&name) {
                Some(index) => match self.places[index] {
                    Some(first) => self.fault(
                        line,
                        Some(cell.column),
                        Problem::ColumnDuplicate { first },
                        "",
                    ),
                    None => {
                        self.places[index] = Some(cell.column);
                        self.wanted.push(cell.column);
                        if self.spec.columns()[index].required {
                            self.required.push(cell.column);
                        }
                    }
                },
                None if is_passed_over(&name) => {}
                None => unknown.push((cell.column, name)),
            }
        }
        let missing: Vec<usize> = (0..self.places.len())
            .filter(|index| self.places[*index].is_none())
            .collect();
        for (column, name) in &unknown {
            let names = missing
                .iter()
                .map(|index| self.spec.columns()[*index].name_vi.as_str());
            let nearest = nearest(name, names).map(Box::from);
            self.fault(line, Some(*column), Problem::ColumnUnknown { nearest }, "");
        }
        for index in missing {
            let wanted = &self.spec.columns()[index];
            if wanted.required {
                let nearest = nearest(
                    &wanted.name_vi,
                    unknown.iter().map(|(_, name)| name.as_str()),
                )
                .map(shorten);
                self.faults.push(Fault {
                    line,
                    column: None,
                    column_name: Some(Arc::from(wanted.name_vi.as_str())),
                    problem: Problem::ColumnMissing { nearest },
                    value_shown: Box::from(""),
                });
            }
        }
    }

    /// Merged cells in the header or below it; those in the titles above do no harm.
    fn merges(&mut self) {
        let header_line = self.sheet.header_line();
        for range in self
            .sheet
            .merges
            .iter()
            .filter(|range| range.last_line >= header_line)
        {
            let problem = Problem::CellMerged {
                range: range.name().into_boxed_str(),
            };
            self.fault(range.first_line, Some(range.first_column), problem, "");
        }
    }

    fn row(&mut self, row: Row<'a>, units: &UnitResolver) {
        for cell in row.cells() {
            if !self.names.contains_key(&cell.column) {
                self.unnamed(row.line, cell);
            }
        }
        let mut values = vec![CellValue::Empty; self.places.len()].into_boxed_slice();
        let mut formulas = Vec::new();
        for index in 0..self.places.len() {
            let Some(column) = self.places[index] else {
                continue;
            };
            let Some(cell) = row.cell(column) else {
                if self.is_merged(row.line, column) {
                    self.merged_lines.push(row.line);
                } else if self.spec.columns()[index].required {
                    self.fault(row.line, Some(column), Problem::CellEmpty, "");
                }
                continue;
            };
            if cell.formula {
                self.formulas += 1;
                formulas.push(u16::try_from(index).unwrap_or(u16::MAX));
            }
            match self.value(index, cell, row, units) {
                Ok(value) => values[index] = value,
                Err(problem) => self.fault(row.line, Some(column), problem, &text_of(cell.content)),
            }
        }
        self.unique(row.line, &values);
        self.rows.push(TableRow {
            line: row.line,
            values,
            formulas,
        });
    }

    /// A cell under no header: in text files most likely a separator within a cell, in workbooks a forgotten name.
    fn unnamed(&mut self, line: u32, cell: Cell) {
        let shown = text_of(cell.content);
        if matches!(self.sheet.source(), Source::Text { .. }) && cell.column >= self.header_width {
            self.fault(line, Some(cell.column), Problem::CellExtra, &shown);
        } else if !self.unnamed_reported.contains(&cell.column) {
            self.unnamed_reported.push(cell.column);
            self.fault(line, Some(cell.column), Problem::ColumnUnnamed, &shown);
        }
    }

    /// Whether a blank cell is blank because it was merged away, which is a fault of its own.
    fn is_merged(&self, line: u32, column: u16) -> bool {
        let upto = self
            .sheet
            .merges
            .partition_point(|range| range.first_line <= line);
        // Beyond this many the file is full of merged cells, and a few faults more do not matter.
        self.sheet.merges[upto.saturating_sub(1000)..upto]
            .iter()
            .any(|range| range.contains(line, column))
    }

    fn value(
        &self,
        index: usize,
        cell: Cell,
        row: Row,
        units: &UnitResolver,
    ) -> Result<CellValue, Problem> {
        let kind = &self.spec.columns()[index].kind;
        match cell_value(cell.content, kind)? {
            CellValue::Text(text) if *kind == Kind::Unit => {
                let context = RowContext {
                    row,
                    spec: self.spec,
                    places: &self.places,
                };
                let found = units(&text, &context);
                found
                    .map(CellValue::Unit)
                    .map_err(|fault| Problem::Unit(Box::new(fault)))
            }
            value => Ok(value),
        }
    }

    /// Whether an earlier row has the same values where rows must differ.
    fn unique(&mut self, line: u32, values: &[CellValue]) {
        let columns = self.spec.unique_columns();
        if columns.is_empty()
            || columns
                .iter()
                .any(|index| values[*index] == CellValue::Empty)
        {
            return;
        }
        let key: Vec<String> = columns
            .iter()
            .map(|index| values[*index].to_string())
            .collect();
        match self.seen.get(key.join("\u{1f}").as_str()) {
            Some(first) => {
                let names: Vec<String> = columns
                    .iter()
                    .map(|index| format!("«{}»", self.spec.columns()[*index].name_vi))
                    .collect();
                let problem = Problem::RowDuplicate {
                    first: *first,
                    columns: Arc::from(names.join(", ")),
                };
                self.fault(line, self.places[columns[0]], problem, "");
            }
            None => {
                self.seen.insert(key.join("\u{1f}").into_boxed_str(), line);
            }
        }
    }

    fn finish(mut self) -> Table {
        self.faults.sort_by_key(|fault| (fault.line, fault.column));
        let notices = self.notices();
        let columns = self.places.iter();
        let columns = columns.map(|place| {
            let column = (*place)?;
            Some((column, self.names.get(&column)?.clone()))
        });
        let columns = columns.collect();
        Table {
            columns,
            rows: self.rows,
            faults: self.faults,
            notices,
            merged_lines: self.merged_lines,
        }
    }

    fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut tell = |code, message_vi, message_en| {
            notices.push(Notice {
                code,
                message_vi,
                message_en,
            })
        };
        if let Source::Workbook { sheet, others } = self.sheet.source()
            && !others.is_empty()
        {
            let others = others.join("», «");
            tell(
                "sheet.others_not_read",
                format!("Chỉ đọc trang tính «{sheet}»; không đọc: «{others}»"),
                format!("Only the sheet “{sheet}” was read; not read: «{others}»"),
            );
        }
        for (kind, code, what_vi, what_en) in [
            (
                RowKind::Numbering,
                "row.numbering_skipped",
                "dòng đánh số cột",
                "the row that numbers the columns",
            ),
            (
                RowKind::Total,
                "row.total_skipped",
                "dòng cộng",
                "rows of totals",
            ),
            (
                RowKind::Footer,
                "row.footer_skipped",
                "dòng ghi chú cuối bảng",
                "notes below the table",
            ),
        ] {
            let lines: Vec<String> = self
                .skipped
                .iter()
                .filter(|(k, _)| *k == kind)
                .map(|(_, l)| l.to_string())
                .collect();
            if !lines.is_empty() {
                let lines = lines.join(", ");
                tell(
                    code,
                    format!("Đã bỏ qua {what_vi}: dòng {lines}"),
                    format!("Passed over {what_en}: row {lines}"),
                );
            }
        }
        if self.formulas > 0 {
            let count = self.formulas;
            tell(
                "cell.formulas_used",
                format!("{count} ô là công thức; đã dùng kết quả lưu trong tệp"),
                format!("{count} cells are formulas; the results stored in the file were used"),
            );
        }
        notices
    }
}

/// Columns that officers' tables carry and nobody reads: the running number, and the faults written in by `annotate`.
pub(super) fn is_passed_over(name: &str) -> bool {
    matches!(
        fold(name).as_str(),
        "stt" | "tt" | "so tt" | "so thu tu" | "no" | "loi" | "error"
    )
}

/// The name of a column for messages: its letter and, if it has one, its name.
pub(super) fn column_title(column: u16, name: Option<&str>) -> String {
    name.map_or_else(
        || column_letter(column),
        |name| format!("{} «{name}»", column_letter(column)),
    )
}
