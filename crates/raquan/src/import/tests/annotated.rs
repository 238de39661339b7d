//! What goes back to the officer: annotated workbooks and templates.

use calamine::{Data, Range, Reader, Xlsx};

use super::*;

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn text_at(range: &Range<Data>, row: u32, column: u32) -> String {
    range
        .get_value((row, column))
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The text of a file inside a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn faulty() -> Vec<u8> {
    workbook(&[
        &["UBND TỈNH NGHỆ AN"],
        &["STT", "Đơn vị", "Kỳ báo cáo", "Số người", "Màu sắc"],
        &["1", "Vinh", "05/2022", "mười", "đỏ"],
        &["2", "Huế", "05/2022", "5", "=xanh"],
        &["3", "Không có", "05/2022", "", "tím"],
    ])
}

#[test]
fn an_annotated_workbook_holds_the_original_and_every_fault_beside_its_row() {
    let sheet = read(&faulty()).unwrap();
    let table = sheet.check(&spec(), &resolve);
    let bytes = annotate(&sheet, &table).unwrap();
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names(), ["Tóm tắt lỗi", "Sheet1"]);
    let rows = book.worksheet_range("Sheet1").unwrap();
    assert_eq!(text_at(&rows, 0, 0), "UBND TỈNH NGHỆ AN");
    assert_eq!(text_at(&rows, 1, 4), "Màu sắc");
    assert_eq!(text_at(&rows, 1, 5), "Lỗi");
    assert_eq!(text_at(&rows, 2, 3), "mười");
    assert_eq!(text_at(&rows, 3, 4), "=xanh");
    assert!(
        text_at(&rows, 2, 5).starts_with("Dòng 3, cột D «Số người»: phải là số"),
        "{}",
        text_at(&rows, 2, 5)
    );
    assert_eq!(text_at(&rows, 3, 5), "");
    let both = text_at(&rows, 4, 5);
    assert!(
        both.contains("không có đơn vị này")
            && both.contains("; Dòng 5, cột D")
            && both.contains("để trống"),
        "{both}"
    );
    let summary = book.worksheet_range("Tóm tắt lỗi").unwrap();
    let labels: Vec<(String, String)> = (1..=6)
        .map(|row| (text_at(&summary, row, 0), text_at(&summary, row, 1)))
        .collect();
    assert_eq!(labels[0], ("Tên tệp".to_owned(), "so-lieu.xlsx".to_owned()));
    assert_eq!(
        labels[2],
        ("Tổng số dòng dữ liệu".to_owned(), "3".to_owned())
    );
    assert_eq!(labels[5], ("Tổng số lỗi".to_owned(), "4".to_owned()));
    // A frozen header, a note on each wrong cell, and colour.
    let xml = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(
        xml.contains(r#"ySplit="2""#) && xml.contains(r#"state="frozen""#),
        "{xml}"
    );
    let notes = part(&bytes, "xl/comments1.xml");
    for place in ["D3", "B5", "D5", "E2", "F2"] {
        assert!(
            notes.contains(&format!("ref=\"{place}\"")),
            "{place}: {notes}"
        );
    }
    assert!(part(&bytes, "xl/styles.xml").contains("FFC7CE"));
}

#[test]
fn an_annotated_workbook_can_be_mended_and_uploaded_again() {
    let bytes = csv(&["Vinh,05/2022,mười,\"55,3\",08/5/2022", "Huế,05/2022,5"]);
    let sheet = read(&bytes).unwrap();
    let once = annotate(&sheet, &sheet.check(&spec(), &resolve)).unwrap();
    let again = read(&once).unwrap();
    assert_eq!(
        *again.source(),
        Source::Workbook {
            sheet: "Số liệu".to_owned(),
            others: vec![]
        }
    );
    let table = again.check(&spec(), &resolve);
    only_fault(&table, "number.not_a_number", 2, Some("C"), "chữ số");
    assert_eq!(
        table.rows[0].values[4],
        CellValue::Date(jiff::civil::date(2022, 5, 8))
    );
    let twice = annotate(&again, &table).unwrap();
    let first = open(&once).worksheet_range("Số liệu").unwrap();
    assert_eq!(
        open(&twice).worksheet_range("Số liệu").unwrap(),
        first,
        "the column of faults is replaced, not added"
    );
}

#[test]
fn days_numbers_and_truth_survive_annotation() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let eighth = rust_xlsxwriter::ExcelDateTime::from_ymd(2022, 5, 8).unwrap();
    sheet.write_row(0, 0, HEADER).unwrap();
    sheet.write_row(1, 0, ["Vinh", "05/2022"]).unwrap();
    sheet.write_number(1, 2, -1).unwrap();
    sheet.write_number(1, 3, 55.3).unwrap();
    sheet
        .write_datetime_with_format(1, 4, &eighth, &day)
        .unwrap();
    sheet.write_boolean(1, 5, true).unwrap();
    let original = workbook.save_to_buffer().unwrap();
    let before = read(&original).unwrap();
    let table = before.check(&spec(), &resolve);
    let annotated = annotate(&before, &table).unwrap();
    let again = read(&annotated).unwrap().check(&spec(), &resolve);
    assert_eq!(again.faults, table.faults);
    assert!(again.rows == table.rows);
}

#[test]
fn a_template_reads_back_with_what_was_prefilled() {
    let unit = |id: &str| {
        CellValue::Unit(UnitRef {
            id: Arc::from(id),
            valid_from: None,
        })
    };
    let rows = vec![
        vec![
            unit("new-00004"),
            CellValue::Period(PeriodValue::Quarter(2023, 1)),
            CellValue::Integer(1322),
            CellValue::Decimal(Decimal::new(553, 1)),
            CellValue::Date(jiff::civil::date(2022, 5, 8)),
            CellValue::Choice(Arc::from("household_hi")),
            CellValue::Text("=SUM(A1)".to_owned()),
        ],
        vec![
            unit("new-00008"),
            CellValue::Period(PeriodValue::Month(2022, 5)),
            CellValue::Integer(i64::MAX),
            CellValue::Empty,
            CellValue::Empty,
            CellValue::Empty,
            CellValue::Empty,
        ],
    ];
    let bytes = template(&spec(), &rows).unwrap();
    let table = check(&bytes);
    assert_eq!(table.faults, []);
    let read: Vec<Vec<CellValue>> = table.rows.iter().map(|row| row.values.to_vec()).collect();
    assert_eq!(read, rows);
    assert_eq!(
        open(&bytes)
            .worksheet_range("Số liệu")
            .unwrap()
            .get_value((0, 0))
            .unwrap()
            .to_string(),
        "Đơn vị *"
    );
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(
        xml.contains(r#"type="list""#) && xml.contains("'Danh mục'!$A$1:$A$2"),
        "{xml}"
    );
    assert!(xml.contains(r#"type="whole""#), "{xml}");
    assert!(part(&bytes, "xl/comments1.xml").contains("08/5/2022"));
}

#[test]
fn an_empty_template_says_that_rows_are_missing() {
    let fault = read(&template(&spec(), &[]).unwrap())
        .err()
        .expect("there are no rows");
    assert_eq!(fault.code(), "file.header_only");
}
