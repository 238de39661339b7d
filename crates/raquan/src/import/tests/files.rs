//! Whole files: kinds, encodings, separators, sizes and headers.

use proptest::prelude::*;

use super::super::encoding::tests::{to_utf16, to_windows_1258};
use super::*;

#[track_caller]
fn refused(bytes: &[u8], code: &str, advice: &str) {
    refused_within(bytes, &Limits::default(), code, advice);
}

#[track_caller]
fn refused_within(bytes: &[u8], limits: &Limits, code: &str, advice: &str) {
    let fault = read_sheet("tệp.bin", bytes, &spec(), limits)
        .err()
        .expect("the file is refused");
    assert_eq!(fault.code(), code, "{fault}");
    assert!(
        fault.message_vi().contains(advice),
        "{}",
        fault.message_vi()
    );
    assert!(
        fault.message_vi().contains("hãy"),
        "says how to mend: {}",
        fault.message_vi()
    );
    assert!(fault.to_string().contains(';'), "says how to mend: {fault}");
}

fn compound_file(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(512, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(1536, 0);
    bytes
}

#[test]
fn files_that_are_no_table_are_refused_by_what_they_are() {
    refused(b"", "file.empty", "0 byte");
    refused(
        &archive(&[("readme.txt", b"hello")]),
        "file.zip_without_workbook",
        "giải nén",
    );
    refused(
        &archive(&[("word/document.xml", b"<w/>")]),
        "file.wrong_kind",
        ".docx",
    );
    refused(
        &archive(&[("ppt/presentation.xml", b"<p/>")]),
        "file.wrong_kind",
        ".pptx",
    );
    refused(
        &archive(&[("xl/workbook.bin", b"x")]),
        "file.wrong_kind",
        ".xlsb",
    );
    refused(
        &archive(&[
            ("mimetype", b"application/vnd.oasis"),
            ("content.xml", b"<o/>"),
        ]),
        "file.wrong_kind",
        ".ods",
    );
    refused(&compound_file("Workbook"), "file.wrong_kind", ".xls đời cũ");
    refused(
        &compound_file("WordDocument"),
        "file.wrong_kind",
        ".doc đời cũ",
    );
    refused(
        &compound_file("EncryptedPackage"),
        "file.password_protected",
        "mật khẩu",
    );
    refused(b"%PDF-1.7 ...", "file.wrong_kind", "PDF");
    refused(b"\x89PNG\r\n\x1a\n", "file.wrong_kind", "hình ảnh");
    refused(
        b"  <html><table><tr><td>1</td></tr></table>",
        "file.wrong_kind",
        "trang web",
    );
}

#[test]
fn damaged_workbooks_are_refused_without_quoting_them() {
    let good = workbook(&[&HEADER, &["Vinh", "05/2022", "1"]]);
    refused(
        &good[..good.len() / 2],
        "file.damaged",
        "lưu lại thành .xlsx",
    );
    refused(
        &archive(&[("xl/workbook.xml", b"<workbook><sheets")]),
        "file.damaged",
        "lưu lại",
    );
    let secret = raw_workbook(&format!(
        r#"<sheetData>{}<row r="2"><c r="A2" t="bí mật"><v>bí mật</v></c></row></sheetData>"#,
        raw_header()
    ));
    let fault = read(&secret)
        .err()
        .expect("an unknown kind of cell is damage");
    assert_eq!(fault.code(), "file.damaged");
    assert!(
        fault.message_vi().contains("C1"),
        "says after which cell: {}",
        fault.message_vi()
    );
    assert!(!format!("{fault:?} {fault}").contains("bí mật"));
}

#[test]
fn files_beyond_the_limits_are_refused() {
    let limits = Limits {
        bytes: 100,
        ..Limits::default()
    };
    refused_within(
        &[b'a'; 101],
        &limits,
        "file.too_many_bytes",
        "chia thành nhiều tệp",
    );
    let limits = Limits {
        rows: 3,
        ..Limits::default()
    };
    let rows = csv(&["Vinh,05/2022,1", "Vinh,06/2022,1", "Vinh,07/2022,1"]);
    refused_within(&rows, &limits, "file.too_many_rows", "chia thành nhiều tệp");
    let limits = Limits {
        columns: 3,
        ..Limits::default()
    };
    refused_within(
        &workbook(&[&HEADER]),
        &limits,
        "file.too_many_columns",
        "cột D",
    );
}

#[test]
fn an_archive_that_unpacks_without_end_is_stopped() {
    let zeros = vec![b' '; 4_000_000];
    let bomb = archive(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", &zeros),
    ]);
    assert!(bomb.len() < 10_000);
    let limits = Limits {
        unpacked_bytes: 1_000_000,
        ..Limits::default()
    };
    refused_within(
        &bomb,
        &limits,
        "file.too_large_unpacked",
        "giải nén vượt quá 1000000 byte",
    );
}

#[test]
fn one_text_shown_by_many_cells_is_kept_once() {
    let long = "x".repeat(30_000);
    let mut rows: Vec<[&str; 7]> = vec![HEADER];
    rows.extend([["Vinh", "05/2022", "1", "", "", "", &long]; 200]);
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let limits = Limits {
        unpacked_bytes: 400_000,
        ..Limits::default()
    };
    let sheet = read_sheet("a.xlsx", &workbook(&rows), &spec(), &limits);
    assert!(
        sheet.is_ok(),
        "200 × 30,000 letters stay below 400,000 when kept once"
    );
}

#[test]
fn a_table_without_header_or_rows_is_refused() {
    refused(
        &workbook(&[&["Vinh", "1"]]),
        "file.no_header",
        "«Đơn vị», «Kỳ báo cáo», «Số người»",
    );
    refused(&csv(&[]), "file.header_only", "dòng 1");
    refused(b"\n\n \n", "file.no_header", "mẫu");
    refused(&workbook(&[]), "file.no_header", "trang tính «Sheet1»");
    let mut late: Vec<&[&str]> = vec![&["tiêu đề"]; 15];
    late.push(&HEADER);
    late.push(&["Vinh", "05/2022", "1"]);
    refused(&workbook(&late), "file.no_header", "15 dòng đầu");
    late.remove(0);
    assert_eq!(
        read(&workbook(&late)).map(|sheet| sheet.header_line()).ok(),
        Some(15)
    );
}

#[test]
fn the_header_is_found_below_titles_and_without_accents_or_case() {
    let table = check(&workbook(&[
        &[
            "UBND TỈNH NGHỆ AN",
            "",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ],
        &["Đơn vị: BHXH tỉnh"],
        &[],
        &["STT", "TEN DON VI *", "kỳ  báo-cáo", "People (người)"],
        &["1", "Vinh", "05/2022", "1.322"],
    ]));
    assert_eq!(table.faults, []);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rows[0].line, 5);
    assert_eq!(table.rows[0].values[2], CellValue::Integer(1322));
}

#[test]
fn the_first_visible_sheet_with_the_header_is_read_and_named() {
    let mut workbook = Workbook::new();
    let notes = workbook.add_worksheet().set_name("Ghi chép").unwrap();
    for row in 0..40 {
        notes.write_string(row, 0, "gì đó").unwrap();
    }
    for (name, people, hidden) in [
        ("Nháp", 1, true),
        ("Tháng 5", 2, false),
        ("Tháng 6", 3, false),
    ] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.set_hidden(hidden);
        sheet.write_row(0, 0, HEADER).unwrap();
        sheet.write_row(1, 0, ["Vinh", "05/2022"]).unwrap();
        sheet.write_number(1, 2, people).unwrap();
    }
    let sheet = read(&workbook.save_to_buffer().unwrap()).unwrap();
    let others = vec!["Ghi chép".to_owned(), "Tháng 6".to_owned()];
    assert_eq!(
        *sheet.source(),
        Source::Workbook {
            sheet: "Tháng 5".to_owned(),
            others
        }
    );
    let table = sheet.check(&spec(), &resolve);
    assert_eq!(table.rows[0].values[2], CellValue::Integer(2));
    assert_eq!(table.notices[0].code, "sheet.others_not_read");
    assert!(
        table.notices[0].message_vi.contains("«Tháng 5»")
            && table.notices[0].message_vi.contains("«Tháng 6»")
    );
}

#[test]
fn separators_are_told_by_the_header() {
    for separator in [',', ';', '\t', '|'] {
        let mut lines = vec![
            "Báo cáo, tháng 5; năm 2022".to_owned(),
            HEADER.join(&separator.to_string()),
        ];
        lines.push(["Vinh", "05/2022", "1322", "\"55,3\""].join(&separator.to_string()));
        for line_end in ["\n", "\r\n", "\r"] {
            let sheet = read(lines.join(line_end).as_bytes()).unwrap();
            assert_eq!(
                *sheet.source(),
                Source::Text {
                    encoding: "UTF-8",
                    separator
                }
            );
            let table = sheet.check(&spec(), &resolve);
            assert_eq!(table.faults, [], "{separator:?} {line_end:?}");
            assert_eq!(table.rows[0].line, 3);
            assert_eq!(
                table.rows[0].values[3],
                CellValue::Decimal(Decimal::new(553, 1))
            );
        }
    }
}

#[test]
fn quoted_cells_may_hold_separators_quotes_and_lines() {
    let table = check(&csv(&[
        "Vinh,05/2022,\"1,322\",,,,\"dòng một\ndòng \"\"hai\"\", hết\"",
        "",
        "Huế,05/2022,-1",
    ]));
    assert_eq!(
        table.rows[0].values[6],
        CellValue::Text("dòng một\ndòng \"hai\", hết".to_owned())
    );
    only_fault(&table, "number.negative", 5, Some("C"), "0 hoặc số dương");
}

#[test]
fn a_quote_that_never_ends_is_named_by_its_line() {
    refused(
        &csv(&["Vinh,05/2022,1", "\"Huế,05/2022,1", "Đà Nẵng,05/2022,1"]),
        "file.quote_unclosed",
        "dòng 3",
    );
}

#[test]
fn broken_text_is_named_by_its_line() {
    let mut bytes = csv(&["Vinh,05/2022,1", "Huế,05/2022,1"]);
    bytes.extend(b"\xff\xfe\n");
    refused(&bytes, "file.encoding_invalid", "dòng 4");
}

#[test]
fn every_encoding_gives_the_same_rows() {
    let text = String::from_utf8(csv(&[
        "Đắk Lắk,03/2023,\"17.452\",,31/3/2023,bhxh tự nguyện,Êđê",
    ]))
    .unwrap();
    let encodings = [
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        to_utf16(&text, true, true),
        to_utf16(&text, false, true),
        to_utf16(&text, true, false),
        to_windows_1258(&text),
    ];
    for bytes in encodings {
        let table = check(&bytes);
        assert_eq!(table.faults, []);
        assert_eq!(table.rows[0].values[2], CellValue::Integer(17_452));
        assert_eq!(
            table.rows[0].values[5],
            CellValue::Choice(Arc::from("voluntary_si"))
        );
        assert_eq!(table.rows[0].values[6], CellValue::Text("Êđê".to_owned()));
    }
}

fn cell_text() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9,;\"\n ăâđêôơưàảãáạếềểễệ]{0,12}".prop_map(|text| text.trim().to_owned())
}

#[test]
fn the_workbooks_that_the_next_test_changes_are_good() {
    assert_eq!(check(&stored_workbook(&small_sheet())).rows.len(), 1);
}

/// A sheet with a text, a number, a formula and merged cells.
fn small_sheet() -> String {
    let row = r#"<row r="2"><c t="inlineStr"><is><t>Vinh</t></is></c><c><v>202205</v></c><c><f>1+1</f><v>2</v></c></row>"#;
    let merges = r#"<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>"#;
    format!("<sheetData>{}{row}</sheetData>{merges}", raw_header())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_the_csv_crate_writes_reads_back_in_every_encoding(
        notes in prop::collection::vec(cell_text(), 1..6),
        separator in prop::sample::select(vec![b',', b';', b'\t']),
        crlf in any::<bool>(),
    ) {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().delimiter(separator).terminator(terminator).from_writer(Vec::new());
        writer.write_record(HEADER).unwrap();
        for (index, note) in notes.iter().enumerate() {
            let people = index.to_string();
            writer.write_record([format!("Xã {index}").as_str(), "05/2022", &people, "", "", "", note]).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        for bytes in [text.clone().into_bytes(), to_utf16(&text, true, true), to_utf16(&text, false, true), to_windows_1258(&text)] {
            let table = check(&bytes);
            prop_assert_eq!(&table.faults, &[]);
            let read: Vec<String> = table.rows.iter().map(|row| row.values[6].to_string()).collect();
            prop_assert_eq!(&read, &notes);
        }
    }

    #[test]
    fn no_change_to_a_file_breaks_the_reader(at in 0.0..1.0_f64, byte in any::<u8>(), second in 0.0..1.0_f64) {
        for mut bytes in [stored_workbook(&small_sheet()), csv(&["Vinh,05/2022,\"1\""])] {
            let places = [at, second].map(|share| ((bytes.len() - 1) as f64 * share) as usize);
            for place in places {
                bytes[place] = byte;
            }
            if let Ok(sheet) = read(&bytes) {
                let table = sheet.check(&spec(), &resolve);
                prop_assert!(annotate(&sheet, &table).is_ok());
            }
        }
    }
}

/// A workbook that is not packed, so that changed bytes reach the parser.
fn stored_workbook(sheet_data: &str) -> Vec<u8> {
    use std::io::Read;
    let packed = raw_workbook(sheet_data);
    let mut from = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let name = entry.name().unwrap().to_string();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        to.start_file(
            name,
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored),
        )
        .unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}
