//! Uploads as officers make them, with real bytes: what is read, what is refused, and what the messages say.

mod annotated;
mod cells;
mod files;
mod rows;

use std::io::{Cursor, Write};
use std::sync::Arc;

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A unit, a period, a count, a ratio, a day and a choice; a row is known by unit and period.
fn spec() -> TableSpec {
    TableSpec::new(vec![
        ColumnSpec::new("unit", "Đơn vị", "Unit", Kind::Unit)
            .required()
            .synonyms(&["Tên đơn vị"]),
        ColumnSpec::new("period", "Kỳ báo cáo", "Period", Kind::Period)
            .required()
            .synonyms(&["Tháng"]),
        ColumnSpec::new("count", "Số người", "People", Kind::count()).required(),
        ColumnSpec::new("ratio", "Tỷ lệ", "Ratio", Kind::Decimal),
        ColumnSpec::new("day", "Ngày", "Day", Kind::Date),
        ColumnSpec::new(
            "scheme",
            "Loại hình",
            "Scheme",
            Kind::Choice(vec![
                Choice::new("voluntary_si", "BHXH tự nguyện", "Voluntary SI"),
                Choice::new("household_hi", "BHYT hộ gia đình", "Household HI"),
            ]),
        ),
        ColumnSpec::new("note", "Ghi chú", "Note", Kind::Text),
    ])
    .unique(&["unit", "period"])
}

const HEADER: [&str; 7] = [
    "Đơn vị",
    "Kỳ báo cáo",
    "Số người",
    "Tỷ lệ",
    "Ngày",
    "Loại hình",
    "Ghi chú",
];

/// Takes any name but those with "Không có".
fn resolve(text: &str, _: &RowContext) -> Result<UnitRef, UnitFault> {
    if text.contains("Không có") {
        return Err(UnitFault {
            code: "unit.unknown".to_owned(),
            message_vi: "không có đơn vị này; hãy ghi mã hoặc tên đầy đủ".to_owned(),
            message_en: "no such unit; write its code or full name".to_owned(),
        });
    }
    Ok(UnitRef {
        id: Arc::from(text),
        valid_from: None,
    })
}

fn read(bytes: &[u8]) -> Result<Sheet, FileFault> {
    read_sheet("so-lieu.xlsx", bytes, &spec(), &Limits::default())
}

fn check(bytes: &[u8]) -> Table {
    read(bytes)
        .unwrap_or_else(|fault| panic!("{fault}"))
        .check(&spec(), &resolve)
}

/// A workbook of one sheet whose cells are texts; blank texts are left out.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A table of text with the header of `spec` and these rows.
fn csv(rows: &[&str]) -> Vec<u8> {
    format!("{}\n{}\n", HEADER.join(","), rows.join("\n")).into_bytes()
}

/// An archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook whose only worksheet is this XML, for what the writer cannot make.
fn raw_workbook(sheet_data: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let package = relations
        .replace("/worksheet\"", "/officeDocument\"")
        .replace("worksheets/sheet1.xml", "xl/workbook.xml");
    let sheet = format!(r#"<worksheet xmlns="{MAIN}">{sheet_data}</worksheet>"#);
    archive(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// The header row in XML, with the first three columns.
fn raw_header() -> String {
    let cells: String = HEADER[..3]
        .iter()
        .map(|name| format!(r#"<c t="inlineStr"><is><t>{name}</t></is></c>"#))
        .collect();
    format!(r#"<row r="1">{cells}</row>"#)
}

/// Asserts the only fault of a table: its code, row, column, and a word of the advice.
#[track_caller]
fn only_fault(table: &Table, code: &str, line: u32, letter: Option<&str>, advice: &str) {
    let found: Vec<String> = table.faults.iter().map(Fault::message_vi).collect();
    assert_eq!(table.faults.len(), 1, "{found:?}");
    has_fault(table, code, line, letter, advice);
}

/// Asserts that a table has a fault: its code, row, column, and a word of the advice.
#[track_caller]
fn has_fault(table: &Table, code: &str, line: u32, letter: Option<&str>, advice: &str) {
    let found: Vec<String> = table
        .faults
        .iter()
        .map(|fault| format!("{} {}", fault.code(), fault.message_vi()))
        .collect();
    let fault = table
        .faults
        .iter()
        .find(|fault| {
            fault.code() == code && fault.line == line && fault.column_letter().as_deref() == letter
        })
        .unwrap_or_else(|| panic!("no {code} on row {line}, column {letter:?} among {found:?}"));
    assert!(
        fault.message_vi().contains(advice),
        "{} does not say “{advice}”",
        fault.message_vi()
    );
    assert!(
        fault.message_vi().contains(&format!("Dòng {line}")),
        "{}",
        fault.message_vi()
    );
    assert!(
        fault.message_en().contains(&format!("Row {line}")),
        "{}",
        fault.message_en()
    );
}
