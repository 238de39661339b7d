//! Handing an uploaded table back as a workbook in which every fault stands beside its row.

use std::collections::{BTreeMap, HashSet};

use rust_xlsxwriter::{ExcelDateTime, Format, Note, Workbook, Worksheet};

use super::WorkbookNotWritten;
use super::row_faults::Fault;
use super::sheet::{Cell, CellContent, Sheet, Source};
use super::table::{Table, column_title};
use super::xlsx::SUMMARY_SHEET;

/// A cell of a workbook holds at most this many characters.
const CELL_CHARACTERS: usize = 32_000;
/// More notes than this make spreadsheet programs slow; colours and the column of faults go on.
const MOST_NOTES: usize = 2_000;
/// What the column of faults is called.
const FAULT_COLUMN: &str = "Lỗi";

/// Writes the sheet back as a workbook: a summary, then the same rows and columns as values with the faulty cells
/// marked and a last column that says what is wrong. A column of faults from an earlier round is replaced.
pub fn annotate(sheet: &Sheet, table: &Table) -> Result<Vec<u8>, WorkbookNotWritten> {
    let mut workbook = Workbook::new();
    summary(
        workbook.add_worksheet().set_name(SUMMARY_SHEET)?,
        sheet,
        table,
    )?;
    let name = match sheet.source() {
        Source::Workbook { sheet, .. } => sheet.as_str(),
        Source::Text { .. } => "Số liệu",
    };
    rows(
        workbook.add_worksheet().set_name(name)?,
        sheet,
        &table.faults,
    )?;
    Ok(workbook.save_to_buffer()?)
}

struct Formats {
    plain: Format,
    day: Format,
    wrong: Format,
    wrong_day: Format,
    header: Format,
    wrong_header: Format,
    fault: Format,
}

impl Formats {
    fn new() -> Formats {
        let wrong = Format::new()
            .set_background_color("#FFC7CE")
            .set_font_color("#9C0006");
        let header = Format::new().set_bold().set_text_wrap();
        Formats {
            plain: Format::new(),
            day: Format::new().set_num_format("dd/mm/yyyy"),
            wrong_day: wrong.clone().set_num_format("dd/mm/yyyy"),
            wrong_header: wrong.clone().set_bold().set_text_wrap(),
            header: header.set_background_color("#DCE9F5"),
            fault: Format::new().set_font_color("#9C0006"),
            wrong,
        }
    }
}

fn rows(out: &mut Worksheet, sheet: &Sheet, faults: &[Fault]) -> Result<(), WorkbookNotWritten> {
    let formats = Formats::new();
    let header_line = sheet.header_line();
    let earlier = sheet
        .header()
        .cells()
        .find(|cell| cell.content == CellContent::Text(FAULT_COLUMN))
        .map(|c| c.column);
    let width = sheet
        .all_rows()
        .flat_map(|row| row.cells())
        .map(|cell| cell.column + 1)
        .max()
        .unwrap_or(0);
    let fault_column = earlier
        .filter(|column| column + 1 == width)
        .unwrap_or(width);
    let wrong: HashSet<(u32, u16)> = faults
        .iter()
        .filter_map(|f| f.column.map(|column| (f.line, column)))
        .collect();

    for row in sheet.all_rows() {
        for cell in row.cells().filter(|cell| Some(cell.column) != earlier) {
            let is_wrong = wrong.contains(&(row.line, cell.column));
            write_cell(
                out,
                row.line,
                &cell,
                is_wrong,
                row.line == header_line,
                &formats,
            )?;
        }
    }
    out.write_string_with_format(header_line - 1, fault_column, FAULT_COLUMN, &formats.header)?;
    out.set_column_width(fault_column, 60)?;
    out.set_freeze_panes(header_line, 0)?;

    let mut by_line: BTreeMap<u32, Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        by_line.entry(fault.line).or_default().push(fault);
    }
    let mut noted = HashSet::new();
    for (line, faults) in by_line {
        let mut text = String::new();
        for fault in faults {
            let message = fault.message_vi();
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(&message);
            let Some(column) = fault.column else {
                continue;
            };
            if sheet.cell_is_blank(line, column) {
                out.write_blank(line - 1, column, &formats.wrong)?;
            }
            if noted.len() < MOST_NOTES && noted.insert((line, column)) {
                out.insert_note(
                    line - 1,
                    column,
                    &Note::new(message).add_author_prefix(false).set_width(280),
                )?;
            }
        }
        // In the header's own row the column keeps its name, and a note on it says what is wrong.
        if line == header_line {
            out.insert_note(
                line - 1,
                fault_column,
                &Note::new(cut(&text))
                    .add_author_prefix(false)
                    .set_width(400),
            )?;
        } else {
            out.write_string_with_format(line - 1, fault_column, cut(&text), &formats.fault)?;
        }
    }
    Ok(())
}

fn write_cell(
    out: &mut Worksheet,
    line: u32,
    cell: &Cell,
    is_wrong: bool,
    is_header: bool,
    formats: &Formats,
) -> Result<(), WorkbookNotWritten> {
    let (row, column) = (line - 1, cell.column);
    let format = match (is_header, is_wrong) {
        (false, false) => &formats.plain,
        (false, true) => &formats.wrong,
        (true, false) => &formats.header,
        (true, true) => &formats.wrong_header,
    };
    match cell.content {
        CellContent::Nothing if is_wrong => out.write_blank(row, column, format)?,
        CellContent::Nothing => out,
        CellContent::Text(text) if format == &formats.plain => {
            out.write_string(row, column, cut(text))?
        }
        CellContent::Text(text) => out.write_string_with_format(row, column, cut(text), format)?,
        CellContent::Number(number) if format == &formats.plain => {
            out.write_number(row, column, number)?
        }
        CellContent::Number(number) => out.write_number_with_format(row, column, number, format)?,
        CellContent::Boolean(value) => out.write_boolean_with_format(row, column, value, format)?,
        CellContent::Error(error) => out.write_string_with_format(row, column, error, format)?,
        CellContent::DateTime(value) => {
            let part = |number: i8| u16::from(number.unsigned_abs());
            let (month, day) = (value.month().unsigned_abs(), value.day().unsigned_abs());
            let written = ExcelDateTime::from_ymd(value.year().unsigned_abs(), month, day)
                .and_then(|date| {
                    date.and_hms(
                        part(value.hour()),
                        part(value.minute()).try_into().unwrap_or(0),
                        0.0,
                    )
                });
            let format = if is_wrong {
                &formats.wrong_day
            } else {
                &formats.day
            };
            match written {
                Ok(written) => out.write_datetime_with_format(row, column, &written, format)?,
                // Days that a spreadsheet cannot hold stay readable as text.
                Err(_) => {
                    out.write_string_with_format(row, column, value.date().to_string(), format)?
                }
            }
        }
    };
    Ok(())
}

fn cut(text: &str) -> &str {
    text.char_indices()
        .nth(CELL_CHARACTERS)
        .map_or(text, |(at, _)| &text[..at])
}

fn summary(out: &mut Worksheet, sheet: &Sheet, table: &Table) -> Result<(), WorkbookNotWritten> {
    let bold = Format::new().set_bold();
    out.set_column_width(0, 28)?.set_column_width(1, 90)?;
    let good = table.good_rows().count();
    out.write_string_with_format(0, 0, "Kết quả kiểm tra tệp", &bold)?;
    let mut line = 1;
    let mut write = |label: &str, text: String| -> Result<(), WorkbookNotWritten> {
        out.write_string(line, 0, label)?;
        out.write_string(line, 1, cut(&text))?;
        line += 1;
        Ok(())
    };
    write("Tên tệp", sheet.file_name().to_owned())?;
    write("Nguồn đọc", source_vi(sheet.source()))?;
    write("Tổng số dòng dữ liệu", table.rows.len().to_string())?;
    write("Dòng đúng", good.to_string())?;
    write("Dòng có lỗi", (table.rows.len() - good).to_string())?;
    write("Tổng số lỗi", table.faults.len().to_string())?;
    for notice in &table.notices {
        write("Lưu ý", notice.message_vi.clone())?;
    }
    let mut by_code: BTreeMap<&str, (usize, &Fault)> = BTreeMap::new();
    for fault in &table.faults {
        by_code.entry(fault.code()).or_insert((0, fault)).0 += 1;
    }
    for (count, first) in by_code.values() {
        let place = first
            .column
            .map(|column| column_title(column, first.column_name.as_deref()));
        let label = format!(
            "{count} lỗi{}",
            place
                .map(|place| format!(", cột {place}"))
                .unwrap_or_default()
        );
        write(&label, format!("Lỗi đầu tiên: {}", first.message_vi()))?;
    }
    Ok(())
}

fn source_vi(source: &Source) -> String {
    match source {
        Source::Workbook { sheet, .. } => format!("Trang tính «{sheet}»"),
        Source::Text {
            encoding,
            separator: '\t',
        } => format!("Văn bản {encoding}, ngăn cách bằng dấu tab"),
        Source::Text {
            encoding,
            separator,
        } => format!("Văn bản {encoding}, ngăn cách bằng dấu «{separator}»"),
    }
}
