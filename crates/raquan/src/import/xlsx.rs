//! Reading a workbook cell by cell: values, which of them formulas compute, errors, and merged cells.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{
    CellErrorType, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError,
};
use jiff::civil::{Date, DateTime, Time};

use super::columns::TableSpec;
use super::file_faults::FileFault;
use super::header::{self, Found, HEADER_LINES};
use super::labels::column_letter;
use super::sheet::{CellRange, Cells, Limits, Sheet, Source, StoredContent};

/// The sheet of faults that `annotate` puts first; a mended workbook may still have it.
pub(super) const SUMMARY_SHEET: &str = "Tóm tắt lỗi";

/// Reads the first visible sheet that has the header. A sheet without it is left after its first rows.
pub(super) fn read(bytes: &[u8], spec: &TableSpec, limits: &Limits) -> Result<Sheet, FileFault> {
    let mut workbook: Xlsx<Cursor<&[u8]>> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error, "xl/workbook.xml"))?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .filter(|name| name != SUMMARY_SHEET)
        .collect();
    for name in &names {
        let Some((cells, found)) = read_worksheet(&mut workbook, name, spec, limits)? else {
            continue;
        };
        let merges = merges(&mut workbook, name)?;
        let others = names
            .iter()
            .filter(|other| *other != name)
            .cloned()
            .collect();
        return Ok(Sheet::new(
            cells,
            Source::Workbook {
                sheet: name.clone(),
                others,
            },
            merges,
            found.row,
        ));
    }
    Err(header::missing(spec, &names))
}

fn read_worksheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    spec: &TableSpec,
    limits: &Limits,
) -> Result<Option<(Cells, Found)>, FileFault> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(|error| damaged(&error, name))?;
    let mut cells = Cells::new(limits);
    let mut shared: HashMap<*const u8, Option<StoredContent>> = HashMap::new();
    let mut found = None;
    let mut searched = false;
    let mut last = (1, 0);
    loop {
        let record = match reader.next_cell_with_formula_metadata() {
            Ok(Some(record)) => record,
            Ok(None) => break,
            Err(error) => {
                let after = format!(
                    "{}{}",
                    column_letter(u16::try_from(last.1).unwrap_or(u16::MAX)),
                    last.0
                );
                return Err(damaged(&error, &format!("{name}, {after}")));
            }
        };
        let (line, column) = (record.pos.0.saturating_add(1), record.pos.1);
        if line > HEADER_LINES && !searched {
            searched = true;
            found = cells.find_header(spec);
            if found.is_none() {
                return Ok(None);
            }
        }
        let formula = record.formula.is_some();
        let content = match record.value {
            DataRef::Empty if formula => Some(StoredContent::Nothing),
            DataRef::Empty => None,
            DataRef::Int(number) => cells.keep_text(&number.to_string())?,
            DataRef::Float(number) => Some(StoredContent::Number(number)),
            DataRef::Bool(value) => Some(StoredContent::Boolean(value)),
            DataRef::Error(error) => Some(StoredContent::Error(error_text(&error))),
            DataRef::DateTime(value) => Some(date_time(&value)),
            // A workbook names each text once, however many cells show it; so does what is kept here.
            DataRef::SharedString(text) => match shared.get(&text.as_ptr()) {
                Some(kept) => *kept,
                None => {
                    let kept = cells.keep_text(text)?;
                    shared.insert(text.as_ptr(), kept);
                    kept
                }
            },
            DataRef::String(text) | DataRef::DurationIso(text) => cells.keep_text(&text)?,
            DataRef::DateTimeIso(text) => match text.parse::<DateTime>() {
                Ok(value) => Some(StoredContent::DateTime(value)),
                Err(_) => cells.keep_text(&text)?,
            },
        };
        if let Some(content) = content {
            cells.push(line, column, content, formula)?;
            last = (line, column);
        }
    }
    if !searched {
        found = cells.find_header(spec);
    }
    Ok(found.map(|found| (cells, found)))
}

/// A day with its time; what is no day (a length of time, the 29th of February 1900) stays a number.
fn date_time(value: &ExcelDateTime) -> StoredContent {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let small = |number: u8| i8::try_from(number).unwrap_or(-1);
    let read = || {
        let date = Date::new(i16::try_from(year).ok()?, small(month), small(day)).ok()?;
        let time = Time::new(small(hour), small(minute), small(second), 0).ok()?;
        Some(DateTime::from_parts(date, time))
    };
    match read() {
        Some(read) if value.is_datetime() => StoredContent::DateTime(read),
        _ => StoredContent::Number(value.as_f64()),
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

fn merges(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<CellRange>, FileFault> {
    let regions = workbook
        .merge_cells_by_sheet_name(name)
        .map_err(|error| damaged(&error, name))?;
    let column = |column: u32| u16::try_from(column).unwrap_or(u16::MAX);
    let mut ranges: Vec<CellRange> = regions
        .iter()
        .map(|region| CellRange {
            first_line: region.start.0.saturating_add(1),
            last_line: region.end.0.saturating_add(1),
            first_column: column(region.start.1),
            last_column: column(region.end.1),
        })
        .collect();
    ranges.sort_by_key(|range| (range.first_line, range.first_column));
    Ok(ranges)
}

/// The parser's own words may quote the file, so that only the place is kept.
fn damaged(error: &XlsxError, place: &str) -> FileFault {
    match error {
        XlsxError::Password => FileFault::PasswordProtected,
        _ => FileFault::Damaged {
            place: place.to_owned(),
        },
    }
}
