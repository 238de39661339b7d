//! Columns and rows: unknown, missing and doubled ones, totals, numbering and notes.

use super::*;

#[test]
fn unknown_missing_and_doubled_columns_are_named_with_a_suggestion() {
    let table = check(&workbook(&[
        &["Đơn vị", "Kỳ báo cáo", "So nguoii", "Đơn vị", "Màu sắc"],
        &["Vinh", "05/2022", "1", "Vinh", "đỏ"],
    ]));
    has_fault(
        &table,
        "column.unknown",
        1,
        Some("C"),
        "có phải là «Số người»?",
    );
    has_fault(&table, "column.duplicate", 1, Some("D"), "trùng với cột A");
    has_fault(&table, "column.unknown", 1, Some("E"), "xóa cột");
    has_fault(
        &table,
        "column.missing",
        1,
        None,
        "có phải là cột «So nguoii»?",
    );
    assert_eq!(table.faults.len(), 4);
    assert_eq!(
        table.good_rows().count(),
        0,
        "no row is good while a column is missing"
    );
}

#[test]
fn data_without_a_column_name_is_named() {
    let table = check(&workbook(&[
        &["Đơn vị", "Kỳ báo cáo", "Số người", "", "Ghi chú"],
        &["Vinh", "05/2022", "1", "55", "tốt"],
        &["Huế", "05/2022", "1", "56", "tốt"],
    ]));
    only_fault(&table, "column.unnamed", 2, Some("D"), "ghi tên cột");
    let table = check("Đơn vị,Kỳ báo cáo,Số người\nVinh,05/2022,1,5\nHuế,05/2022,1,5\n".as_bytes());
    has_fault(&table, "cell.extra", 2, Some("D"), "ngoặc kép");
    has_fault(&table, "cell.extra", 3, Some("D"), "ngoặc kép");
    assert_eq!(table.faults.len(), 2);
}

#[test]
fn blank_rows_numbering_totals_and_notes_are_passed_over_and_told() {
    let table = check(&workbook(&[
        &["STT", "Đơn vị", "Kỳ báo cáo", "Số người", "Ghi chú"],
        &["A", "B", "1", "2", "3"],
        &["1", "Vinh", "05/2022", "1000", ""],
        &["2"],
        &["3", "Cộng Hòa", "05/2022", "322", ""],
        &["", "Tổng cộng:", "", "1322", ""],
        &["", "", "", "", "Vinh, ngày 31 tháng 5 năm 2022"],
        &["", "", "", "", "Người lập biểu"],
    ]));
    assert_eq!(table.faults, []);
    assert_eq!(
        table.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [3, 5]
    );
    let notices: Vec<(&str, &str)> = table
        .notices
        .iter()
        .map(|n| (n.code, n.message_vi.as_str()))
        .collect();
    assert_eq!(
        notices,
        [
            (
                "row.numbering_skipped",
                "Đã bỏ qua dòng đánh số cột: dòng 2"
            ),
            ("row.total_skipped", "Đã bỏ qua dòng cộng: dòng 6"),
            (
                "row.footer_skipped",
                "Đã bỏ qua dòng ghi chú cuối bảng: dòng 7, 8"
            ),
        ]
    );
}

#[test]
fn a_total_among_the_rows_is_a_fault() {
    let table = check(&csv(&[
        "Vinh,05/2022,1",
        "Cộng,,1",
        "Huế,05/2022,2",
        "Tổng cộng,,3",
    ]));
    only_fault(
        &table,
        "row.total_among_rows",
        3,
        None,
        "chuyển xuống cuối bảng",
    );
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn a_resolver_sees_the_rest_of_the_row() {
    let sheet = read(&csv(&["Vinh,05/2022,1,,,,Nghệ An"])).unwrap();
    let table = sheet.check(&spec(), &|text, row| {
        assert_eq!(row.line(), 2);
        assert_eq!(row.text("scheme"), None);
        let province = row.text("note").unwrap();
        Ok(UnitRef {
            id: Arc::from(format!("{province}/{text}")),
            valid_from: None,
        })
    });
    assert_eq!(table.rows[0].values[0].to_string(), "Nghệ An/Vinh");
}

#[test]
fn rows_that_must_differ_name_the_earlier_row() {
    let table = check(&csv(&[
        "Vinh,05/2022,1",
        "Huế,05/2022,1",
        "Vinh,2022-05,2",
        "Vinh,06/2022,1",
        ",05/2022,1",
    ]));
    has_fault(&table, "row.duplicate", 4, Some("A"), "trùng với dòng 2");
    has_fault(&table, "cell.empty", 6, Some("A"), "điền giá trị");
    assert_eq!(table.faults.len(), 2);
}
