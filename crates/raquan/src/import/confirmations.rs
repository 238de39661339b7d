//! Tables of officially confirmed people: one person and scheme to a row.

use domain::admin_units::{AdminUnits, UnitIx};
use domain::run::codes::Scheme;
use jiff::civil::Date;

use super::columns::{Choice, ColumnSpec, Kind, TableSpec};
use super::file_faults::FileFault;
use super::sheet::{Limits, read_sheet};
use super::table::{Table, TableRow};
use super::units::UnitFinder;
use super::values::CellValue;
use crate::app::confirmations::ConfirmationLine;

/// A number of twelve digits from which a spreadsheet has taken the zeros in front.
const DIGITS: usize = 12;

/// The columns of a table of confirmed people.
pub fn confirmation_spec(today: Date) -> TableSpec {
    let schemes = Scheme::ALL.iter();
    let schemes = schemes.map(|scheme| Choice::new(scheme.code(), scheme.name_vi(), scheme.code()));
    let years = Kind::Integer {
        min: 1900,
        max: i64::from(today.year()),
    };
    TableSpec::new(vec![
        ColumnSpec::new(
            "scheme",
            "Loại hình",
            "Scheme",
            Kind::Choice(schemes.collect()),
        )
        .required()
        .synonyms(&["Loại hình tham gia", "Loại bảo hiểm"]),
        ColumnSpec::new("national_id", "Số định danh", "National id", Kind::Text).synonyms(&[
            "Số CCCD",
            "CCCD",
            "Số định danh cá nhân",
            "Số CMND",
            "CMND/CCCD",
        ]),
        ColumnSpec::new("name", "Họ và tên", "Name", Kind::Text).synonyms(&["Họ tên", "Tên"]),
        ColumnSpec::new("birth_year", "Năm sinh", "Year of birth", years),
        ColumnSpec::new("unit", "Xã, phường, thị trấn", "Commune", Kind::Unit).synonyms(&[
            "Xã",
            "Xã, phường",
            "Đơn vị",
            "Nơi cư trú",
        ]),
        ColumnSpec::new("above", "Thuộc", "Within", Kind::Text).synonyms(&[
            "Huyện",
            "Quận, huyện",
            "Thuộc huyện",
        ]),
        ColumnSpec::new("starts_on", "Ngày bắt đầu", "Starts on", Kind::Date)
            .synonyms(&["Từ ngày", "Ngày tham gia"]),
        ColumnSpec::new(
            "months",
            "Số tháng",
            "Months",
            Kind::Integer { min: 1, max: 120 },
        ),
    ])
}

/// The column of the specification that a field of a line stands in.
pub(crate) fn column_of(field: &str) -> usize {
    match field {
        "scheme" => 0,
        "name" => 2,
        "birth_year" => 3,
        "admin_unit_id" => 4,
        "starts_on" => 6,
        "months" => 7,
        _ => 1,
    }
}

/// A table of confirmed people that was read. It is not kept: it holds names and national ids.
pub struct ConfirmationTable {
    /// Its rows and faults.
    pub table: Table,
    /// The rows without a fault: row in the file, and what it says.
    pub lines: Vec<(u32, ConfirmationLine)>,
}

/// Reads a table of confirmed people; communes are those of the day `on`.
pub fn read_confirmations(
    units: &AdminUnits,
    within: UnitIx,
    on: Date,
    today: Date,
    file_name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<ConfirmationTable, FileFault> {
    let spec = confirmation_spec(today);
    let sheet = read_sheet(file_name, bytes, &spec, limits)?;
    let finder = UnitFinder::new(units, within);
    let table = sheet.check(&spec, &|text, row| {
        finder.find(text, row.text("above").as_deref(), on)
    });
    let lines = table.good_rows().filter_map(line).collect();
    Ok(ConfirmationTable { table, lines })
}

fn line(row: &TableRow) -> Option<(u32, ConfirmationLine)> {
    let [
        scheme,
        national_id,
        name,
        birth_year,
        unit,
        _,
        starts_on,
        months,
    ] = &*row.values
    else {
        return None;
    };
    let CellValue::Choice(scheme) = scheme else {
        return None;
    };
    let text = |value: &CellValue| match value {
        CellValue::Text(text) => Some(text.clone()),
        _ => None,
    };
    let number = |value: &CellValue| match value {
        CellValue::Integer(number) => Some(*number),
        _ => None,
    };
    let line = ConfirmationLine {
        scheme: scheme.to_string(),
        national_id: text(national_id).map(with_zeros),
        name: text(name),
        birth_year: number(birth_year),
        admin_unit_id: match unit {
            CellValue::Unit(unit) => Some(unit.id.to_string()),
            _ => None,
        },
        starts_on: match starts_on {
            CellValue::Date(day) => Some(day.to_string()),
            _ => None,
        },
        months: number(months),
    };
    Some((row.line, line))
}

/// Numbers of provinces begin with one or two zeros, which spreadsheets take for nothing; old numbers have nine digits.
fn with_zeros(text: String) -> String {
    let is_short = (DIGITS - 2..DIGITS).contains(&text.len());
    if is_short && text.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{text:0>DIGITS$}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_that_a_spreadsheet_took_away_come_back() {
        let check = |text: &str, expected: &str| assert_eq!(with_zeros(text.to_owned()), expected);
        check("40080000001", "040080000001");
        check("1080000001", "001080000001");
        check("001080000001", "001080000001");
        check("180000001", "180000001");
        check("001 080 000 001", "001 080 000 001");
    }
}
