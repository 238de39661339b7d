//! Making an empty workbook to fill in: the header, what each column wants, and lists of choices.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, Format, FormatBorder, Formula, Note, Workbook, Worksheet,
};

use super::WorkbookNotWritten;
use super::columns::{Choice, ColumnSpec, Kind, TableSpec};
use super::values::CellValue;

/// Rows to which the checks of a template apply.
const CHECKED_ROWS: u32 = 10_000;

/// Makes a workbook with the columns of `spec` and the prefilled `rows`, values in the order of the columns.
pub fn template(spec: &TableSpec, rows: &[Vec<CellValue>]) -> Result<Vec<u8>, WorkbookNotWritten> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Số liệu")?;
    let header = Format::new()
        .set_bold()
        .set_background_color("#DCE9F5")
        .set_border(FormatBorder::Thin)
        .set_text_wrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let mut lists: Vec<&[Choice]> = Vec::new();
    for (column, wanted) in (0_u16..).zip(spec.columns()) {
        let mark = if wanted.required { " *" } else { "" };
        sheet.write_string_with_format(0, column, format!("{}{mark}", wanted.name_vi), &header)?;
        sheet.insert_note(
            0,
            column,
            &Note::new(hint(wanted))
                .add_author_prefix(false)
                .set_width(260),
        )?;
        sheet.set_column_width(column, 22)?;
        if wanted.kind == Kind::Date {
            sheet.set_column_format(column, &day)?;
        }
        if let Kind::Choice(choices) = &wanted.kind {
            lists.push(choices);
        }
        if let Some(rule) = validation(wanted, lists.len())? {
            sheet.add_data_validation(1, column, CHECKED_ROWS, column, &rule)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    for (line, row) in (1_u32..).zip(rows) {
        for ((column, wanted), value) in (0_u16..).zip(spec.columns()).zip(row) {
            write_value(sheet, line, column, wanted, value, &day)?;
        }
    }
    guide(&mut workbook, spec)?;
    if !lists.is_empty() {
        let sheet = workbook.add_worksheet().set_name("Danh mục")?;
        for (column, choices) in (0_u16..).zip(lists) {
            for (line, choice) in (0_u32..).zip(choices) {
                sheet.write_string(line, column, &choice.name_vi)?;
            }
        }
        sheet.set_hidden(true);
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_value(
    sheet: &mut Worksheet,
    line: u32,
    column: u16,
    wanted: &ColumnSpec,
    value: &CellValue,
    day: &Format,
) -> Result<(), WorkbookNotWritten> {
    match value {
        CellValue::Empty => {}
        // A spreadsheet keeps 15 digits; longer numbers stay exact as text.
        CellValue::Integer(number) if number.unsigned_abs() < 1_000_000_000_000_000 => {
            #[expect(clippy::cast_precision_loss, reason = "fifteen digits fit exactly")]
            sheet.write_number(line, column, *number as f64)?;
        }
        CellValue::Decimal(decimal) => match decimal.to_string().parse::<f64>() {
            Ok(number) => {
                sheet.write_number(line, column, number)?;
            }
            Err(_) => {
                sheet.write_string(line, column, decimal.to_string())?;
            }
        },
        CellValue::Date(date) => {
            let year = u16::try_from(date.year()).unwrap_or(0);
            let (month, day_of_month) = (date.month().unsigned_abs(), date.day().unsigned_abs());
            let written = rust_xlsxwriter::ExcelDateTime::from_ymd(year, month, day_of_month)?;
            sheet.write_datetime_with_format(line, column, &written, day)?;
        }
        CellValue::Choice(key) => {
            let name = match &wanted.kind {
                Kind::Choice(choices) => choices
                    .iter()
                    .find(|choice| *choice.key == **key)
                    .map(|c| c.name_vi.as_str()),
                _ => None,
            };
            sheet.write_string(line, column, name.unwrap_or(key))?;
        }
        other => {
            sheet.write_string(line, column, other.to_string())?;
        }
    }
    Ok(())
}

/// The check that a spreadsheet program makes while the cell is typed; `list` counts the columns of choices so far.
fn validation(
    wanted: &ColumnSpec,
    list: usize,
) -> Result<Option<DataValidation>, WorkbookNotWritten> {
    let rule = match &wanted.kind {
        Kind::Integer { min, max } => {
            // What a spreadsheet can hold exactly bounds what it can check.
            const MOST: i64 = 999_999_999_999_999;
            let bound = |value: i64| Formula::new(value.clamp(-MOST, MOST).to_string());
            DataValidation::new()
                .allow_whole_number_formula(DataValidationRule::Between(bound(*min), bound(*max)))
        }
        Kind::Choice(choices) => {
            let column =
                super::column_letter(u16::try_from(list.saturating_sub(1)).unwrap_or(u16::MAX));
            let list = format!("='Danh mục'!${column}$1:${column}${}", choices.len().max(1));
            DataValidation::new().allow_list_formula(Formula::new(list))
        }
        _ => return Ok(None),
    };
    // Titles and messages of a check have limits of length, which a hint may pass; the note has it in full.
    let message: String = hint(wanted).chars().take(200).collect();
    Ok(Some(
        rule.set_error_title("Giá trị không đúng")?
            .set_error_message(message)?,
    ))
}

fn guide(workbook: &mut Workbook, spec: &TableSpec) -> Result<(), WorkbookNotWritten> {
    let sheet = workbook.add_worksheet().set_name("Hướng dẫn")?;
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, "Cách điền", &bold)?;
    sheet.set_column_width(0, 30)?.set_column_width(1, 90)?;
    for (line, wanted) in (1_u32..).zip(spec.columns()) {
        sheet.write_string(line, 0, format!("Cột {}", wanted.name_vi))?;
        sheet.write_string(line, 1, hint(wanted))?;
    }
    Ok(())
}

/// What a column wants, in one sentence.
fn hint(wanted: &ColumnSpec) -> String {
    let must = if wanted.required {
        "Bắt buộc. "
    } else {
        "Không bắt buộc. "
    };
    let what = match &wanted.kind {
        Kind::Text => "Ghi chữ.".to_owned(),
        Kind::Integer { min, max: i64::MAX } => {
            format!("Ghi số nguyên từ {min} trở lên, không có dấu, ví dụ 1322.")
        }
        Kind::Integer { min, max } => format!("Ghi số nguyên từ {min} đến {max}, không có dấu."),
        Kind::Decimal => "Ghi số, phần lẻ sau dấu phẩy, ví dụ 55,3.".to_owned(),
        Kind::Date => "Ghi ngày/tháng/năm, ví dụ 08/5/2022.".to_owned(),
        Kind::Period => "Ghi kỳ, ví dụ 05/2022, quý I/2023 hoặc 2023.".to_owned(),
        Kind::Unit => {
            "Ghi mã hoặc tên đơn vị hành chính, ví dụ 00004 hoặc Phường Ba Đình.".to_owned()
        }
        Kind::Choice(choices) => {
            let names: Vec<String> = choices
                .iter()
                .map(|choice| format!("«{}»", choice.name_vi))
                .collect();
            format!("Ghi một trong: {}.", names.join(", "))
        }
    };
    format!("{must}{what}")
}
