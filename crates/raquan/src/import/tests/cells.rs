//! Cells: kinds of values, formulas, errors and merged cells.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula};

use super::*;

#[test]
fn every_mistake_of_a_file_is_found_in_one_pass() {
    let table = check(&csv(&[
        "Vinh,05/2022,1322,\"55,3\",08/5/2022,BHXH tự nguyện,tốt",
        "Không có,05/2022,1,,,,",
        "Huế,kỳ này,mười,1.322,31/02/2022,BHXH tự nguyệnn,",
        ",06/2022,-1,,08/5/22,khác,",
        "Đà Nẵng,08/5/2022,1.5,5%,05/13/2022,,",
        "Cà Mau,13/2022,99999999999999999999,nhiều,hôm qua,,",
        "Vinh,tháng 5/2022,1,,08/5/1822,,",
    ]));
    for (code, line, letter, advice) in [
        (
            "unit.unknown",
            3,
            "A",
            "ghi mã hoặc tên đầy đủ (đang ghi «Không có»)",
        ),
        ("period.not_a_period", 4, "B", "05/2022"),
        ("number.not_a_number", 4, "C", "chỉ ghi chữ số"),
        ("number.ambiguous", 4, "D", "1,3220"),
        ("date.no_such_day", 4, "E", "tháng 2/2022 có 28 ngày"),
        ("choice.unknown", 4, "F", "có phải «BHXH tự nguyện»?"),
        ("cell.empty", 5, "A", "điền giá trị"),
        ("number.negative", 5, "C", "0 hoặc số dương"),
        ("date.two_digit_year", 5, "E", "bốn chữ số"),
        (
            "choice.unknown",
            5,
            "F",
            "«BHXH tự nguyện», «BHYT hộ gia đình»",
        ),
        ("period.is_day", 6, "B", "ghi tháng"),
        ("number.ambiguous", 6, "C", "không có dấu, ví dụ 1322"),
        ("number.percent", 6, "D", "bỏ ký hiệu %"),
        ("date.no_such_month", 6, "E", "ngày trước, tháng sau"),
        ("date.no_such_month", 7, "B", "từ 1 đến 12"),
        ("number.overflow", 7, "C", "quá lớn"),
        ("number.not_a_number", 7, "D", "chữ số"),
        ("date.not_a_date", 7, "E", "08/5/2022"),
        (
            "row.duplicate",
            8,
            "A",
            "trùng với dòng 2 (cùng «Đơn vị», «Kỳ báo cáo»)",
        ),
        ("date.year_out_of_range", 8, "E", "1900 đến 2100"),
    ] {
        has_fault(&table, code, line, Some(letter), advice);
    }
    assert_eq!(table.faults.len(), 20);
}

#[test]
fn bounds_of_whole_numbers_are_named() {
    let spec = TableSpec::new(vec![
        ColumnSpec::new("a", "Mã", "Code", Kind::Text),
        ColumnSpec::new("b", "Tháng", "Months", Kind::Integer { min: 3, max: 12 }),
    ]);
    let sheet = read_sheet(
        "a.csv",
        "Mã,Tháng\na,2\nb,13\nc,12\n".as_bytes(),
        &spec,
        &Limits::default(),
    )
    .unwrap();
    let table = sheet.check(&spec, &resolve);
    has_fault(&table, "number.too_small", 2, Some("B"), "từ 3 trở lên");
    has_fault(&table, "number.too_large", 3, Some("B"), "tối đa 12");
    assert_eq!(table.faults.len(), 2);
    assert_eq!(
        table.good_rows().map(|row| row.line).collect::<Vec<_>>(),
        [4]
    );
}

#[test]
fn cells_of_a_workbook_are_read_by_their_type() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let may = ExcelDateTime::from_ymd(2022, 5, 1).unwrap();
    let eighth = ExcelDateTime::from_ymd(2022, 5, 8).unwrap();
    sheet.write_row(0, 0, HEADER).unwrap();
    // A code kept as a number, a month that the spreadsheet made a day, a number kept as text, a count of days.
    sheet.write_number(1, 0, 123).unwrap();
    sheet.write_datetime_with_format(1, 1, &may, &day).unwrap();
    sheet.write_string(1, 2, "1 322").unwrap();
    sheet.write_number(1, 3, 55.3).unwrap();
    sheet.write_number(1, 4, 44_689).unwrap();
    sheet.write_number(1, 6, 912_345_678).unwrap();
    sheet.write_number(2, 0, 124).unwrap();
    sheet.write_number(2, 1, 202_205).unwrap();
    sheet.write_number(2, 2, 1322).unwrap();
    sheet
        .write_datetime_with_format(2, 4, &eighth, &day)
        .unwrap();
    sheet
        .write_datetime_with_format(2, 6, &eighth, &day)
        .unwrap();
    let table = check(&workbook.save_to_buffer().unwrap());
    assert_eq!(table.faults, []);
    let day = jiff::civil::date(2022, 5, 8);
    let month = CellValue::Period(PeriodValue::Month(2022, 5));
    let unit = |id: &str| {
        CellValue::Unit(UnitRef {
            id: Arc::from(id),
            valid_from: None,
        })
    };
    let first = [
        unit("123"),
        month.clone(),
        CellValue::Integer(1322),
        CellValue::Decimal(Decimal::new(553, 1)),
        CellValue::Date(day),
        CellValue::Empty,
        CellValue::Text("912345678".to_owned()),
    ];
    assert_eq!(*table.rows[0].values, first);
    let second = [
        unit("124"),
        month,
        CellValue::Integer(1322),
        CellValue::Empty,
        CellValue::Date(day),
        CellValue::Empty,
        CellValue::Text("08/05/2022".to_owned()),
    ];
    assert_eq!(*table.rows[1].values, second);
}

#[test]
fn mistyped_cells_of_a_workbook_are_refused() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_row(0, 0, HEADER).unwrap();
    for (row, place) in (1..=4).zip(["Vinh", "Huế", "Đà Lạt", "Cà Mau"]) {
        sheet.write_row(row, 0, [place, "05/2022"]).unwrap();
    }
    sheet.write_number(1, 2, 1.5).unwrap();
    sheet
        .write_datetime_with_format(2, 2, ExcelDateTime::from_ymd(2022, 5, 8).unwrap(), &day)
        .unwrap();
    sheet.write_boolean(3, 2, true).unwrap();
    sheet.write_number(4, 2, 1e300).unwrap();
    sheet.write_number(4, 4, 5).unwrap();
    let table = check(&workbook.save_to_buffer().unwrap());
    has_fault(
        &table,
        "number.decimals",
        2,
        Some("C"),
        "bỏ phần lẻ (đang ghi «1.5»)",
    );
    has_fault(
        &table,
        "number.is_date",
        3,
        Some("C"),
        "đổi định dạng ô sang số",
    );
    has_fault(
        &table,
        "number.not_a_number",
        4,
        Some("C"),
        "chỉ ghi chữ số",
    );
    has_fault(&table, "number.overflow", 5, Some("C"), "quá lớn");
    has_fault(&table, "date.not_a_date", 5, Some("E"), "ngày/tháng/năm");
    assert_eq!(table.faults.len(), 5);
}

#[test]
fn formulas_give_their_stored_result_and_are_marked() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, HEADER).unwrap();
    sheet.write_row(1, 0, ["Vinh", "05/2022"]).unwrap();
    sheet
        .write_formula(1, 2, Formula::new("=1000+322").set_result("1322"))
        .unwrap();
    let table = check(&workbook.save_to_buffer().unwrap());
    assert_eq!(table.faults, []);
    assert_eq!(table.rows[0].values[2], CellValue::Integer(1322));
    assert_eq!(table.rows[0].formulas, [2]);
    assert_eq!(table.notices[0].code, "cell.formulas_used");
}

#[test]
fn formulas_without_result_and_error_values_are_faults() {
    let bytes = raw_workbook(&format!(
        r##"<sheetData>{}
        <row r="2"><c r="A2" t="inlineStr"><is><t>Vinh</t></is></c><c r="B2"><v>202205</v></c><c r="C2"><f>1+1</f></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>Huế</t></is></c><c r="B3"><v>202205</v></c><c r="C3" t="e"><f>X!A1</f><v>#REF!</v></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>Vinh</t></is></c><c r="B4"><v>202206</v></c><c r="C4" t="e"><v>#N/A</v></c></row>
        </sheetData>"##,
        raw_header()
    ));
    let table = check(&bytes);
    has_fault(
        &table,
        "cell.formula_without_value",
        2,
        Some("C"),
        "tính lại rồi lưu",
    );
    has_fault(&table, "cell.error_value", 3, Some("C"), "#REF!");
    has_fault(&table, "cell.error_value", 4, Some("C"), "sửa công thức");
    assert_eq!(table.faults.len(), 3);
}

#[test]
fn merged_cells_are_named_and_those_in_titles_do_no_harm() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 1, 6, "UBND TỈNH NGHỆ AN", &plain)
        .unwrap();
    sheet.write_row(3, 0, HEADER).unwrap();
    sheet.merge_range(4, 0, 6, 1, "Vinh", &plain).unwrap();
    for row in 4..=6 {
        sheet.write_number(row, 2, 1).unwrap();
    }
    let table = check(&workbook.save_to_buffer().unwrap());
    has_fault(
        &table,
        "cell.merged",
        5,
        Some("A"),
        "ô gộp A5:B7: bỏ gộp ô rồi điền từng ô",
    );
    assert_eq!(
        table.faults.len(),
        1,
        "cells that were merged away are not called empty as well"
    );
    assert_eq!(table.good_rows().count(), 0);
}

#[test]
fn a_fault_can_be_logged_without_what_the_cell_holds() {
    let table = check(&csv(&["Vinh,05/2022,bí mật"]));
    only_fault(&table, "number.not_a_number", 2, Some("C"), "bí mật");
    assert!(!format!("{:?}", table.faults[0]).contains("bí mật"));
    let long = check(&csv(&[&format!("Vinh,05/2022,{}", "x".repeat(500))]));
    assert!(long.faults[0].value_shown.chars().count() <= 41);
}
