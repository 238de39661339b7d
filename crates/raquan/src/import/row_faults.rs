//! What can be wrong in a table's columns, rows and cells, with a text that says how to mend it.

use std::fmt;
use std::sync::Arc;

use super::labels::column_letter;

/// One thing wrong at one place of a table.
#[derive(Clone, PartialEq)]
pub struct Fault {
    /// The row's number in the file, as a spreadsheet shows it; the header's for a whole column.
    pub line: u32,
    /// The column's place in the file, unless the column is missing or the whole row is meant; `0` is A.
    pub column: Option<u16>,
    /// The column's name: as in the file's header, or as wanted when it is missing.
    pub column_name: Option<Arc<str>>,
    /// What is wrong.
    pub problem: Problem,
    /// What the cell holds, shortened. It may be personal: show it to the uploader, never log it.
    pub value_shown: Box<str>,
}

/// Leaves out what the cell holds, so that a fault can be logged.
impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("line", &self.line)
            .field("column", &self.column_letter())
            .field("code", &self.code())
            .finish_non_exhaustive()
    }
}

impl Fault {
    /// The stable code of the problem.
    pub fn code(&self) -> &str {
        self.problem.code()
    }

    /// The letter of the column, as a spreadsheet shows it.
    pub fn column_letter(&self) -> Option<String> {
        self.column.map(column_letter)
    }

    /// Where, what, and how to mend it, in Vietnamese.
    pub fn message_vi(&self) -> String {
        let place = match (self.column_letter(), self.column_name.as_deref()) {
            (Some(letter), Some(name)) => format!("Dòng {}, cột {letter} «{name}»", self.line),
            (Some(letter), None) => format!("Dòng {}, cột {letter}", self.line),
            (None, Some(name)) => format!("Dòng {}, cột «{name}»", self.line),
            (None, None) => format!("Dòng {}", self.line),
        };
        format!(
            "{place}: {}{}",
            self.problem.text_vi(),
            self.shown(" (đang ghi «", "»)")
        )
    }

    /// Where, what, and how to mend it, in English.
    pub fn message_en(&self) -> String {
        let place = match (self.column_letter(), self.column_name.as_deref()) {
            (Some(letter), Some(name)) => format!("Row {}, column {letter} “{name}”", self.line),
            (Some(letter), None) => format!("Row {}, column {letter}", self.line),
            (None, Some(name)) => format!("Row {}, column “{name}”", self.line),
            (None, None) => format!("Row {}", self.line),
        };
        format!(
            "{place}: {}{}",
            self.problem.text_en(),
            self.shown(" (it says “", "”)")
        )
    }

    fn shown(&self, before: &str, after: &str) -> String {
        if self.value_shown.is_empty() {
            String::new()
        } else {
            format!("{before}{}{after}", self.value_shown)
        }
    }
}

/// Shortens what a cell holds to what a message can carry, on one line.
pub(super) fn shorten(value: &str) -> Box<str> {
    const SHOWN: usize = 40;
    let mut shown: String = value
        .chars()
        .take(SHOWN)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if value.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown.into_boxed_str()
}

/// Why a resolver does not take a cell as an administrative unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitFault {
    /// The stable code, such as `unit.unknown`.
    pub code: String,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message_vi: String,
    /// The same in English.
    pub message_en: String,
}

/// A rule of the use case that a row breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleFault {
    /// The stable code, such as `observation.period_locked`.
    pub code: &'static str,
    /// What is wrong and how to mend it, in Vietnamese.
    pub message_vi: String,
    /// The same in English.
    pub message_en: String,
}

/// Something the reader did that the uploader should know, though it is no fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The stable code.
    pub code: &'static str,
    /// What was done, in Vietnamese.
    pub message_vi: String,
    /// The same in English.
    pub message_en: String,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each variant's text below says what it means and how to mend it"
)]
pub enum Problem {
    ColumnUnknown {
        nearest: Option<Box<str>>,
    },
    ColumnUnnamed,
    ColumnMissing {
        nearest: Option<Box<str>>,
    },
    ColumnDuplicate {
        first: u16,
    },
    CellExtra,
    CellMerged {
        range: Box<str>,
    },
    CellEmpty,
    FormulaWithoutValue,
    ErrorValue(&'static str),
    NotANumber,
    AmbiguousInteger,
    AmbiguousDecimal,
    Decimals,
    Negative,
    TooSmall {
        min: i64,
    },
    TooLarge {
        max: i64,
    },
    Overflow,
    Percent,
    DateForNumber,
    NotADate,
    NoSuchDay {
        month: i8,
        year: i16,
        days: i8,
    },
    NoSuchMonth,
    TwoDigitYear,
    YearOutOfRange,
    NotAPeriod,
    PeriodIsDay,
    NotAChoice {
        allowed: Arc<str>,
        nearest: Option<Box<str>>,
    },
    Unit(Box<UnitFault>),
    Rule(Box<RuleFault>),
    RowDuplicate {
        first: u32,
        columns: Arc<str>,
    },
    TotalAmongRows,
}

impl Problem {
    /// The stable code; a unit's problem carries the resolver's.
    pub fn code(&self) -> &str {
        match self {
            Problem::ColumnUnknown { .. } => "column.unknown",
            Problem::ColumnUnnamed => "column.unnamed",
            Problem::ColumnMissing { .. } => "column.missing",
            Problem::ColumnDuplicate { .. } => "column.duplicate",
            Problem::CellExtra => "cell.extra",
            Problem::CellMerged { .. } => "cell.merged",
            Problem::CellEmpty => "cell.empty",
            Problem::FormulaWithoutValue => "cell.formula_without_value",
            Problem::ErrorValue(_) => "cell.error_value",
            Problem::NotANumber => "number.not_a_number",
            Problem::AmbiguousInteger | Problem::AmbiguousDecimal => "number.ambiguous",
            Problem::Decimals => "number.decimals",
            Problem::Negative => "number.negative",
            Problem::TooSmall { .. } => "number.too_small",
            Problem::TooLarge { .. } => "number.too_large",
            Problem::Overflow => "number.overflow",
            Problem::Percent => "number.percent",
            Problem::DateForNumber => "number.is_date",
            Problem::NotADate => "date.not_a_date",
            Problem::NoSuchDay { .. } => "date.no_such_day",
            Problem::NoSuchMonth => "date.no_such_month",
            Problem::TwoDigitYear => "date.two_digit_year",
            Problem::YearOutOfRange => "date.year_out_of_range",
            Problem::NotAPeriod => "period.not_a_period",
            Problem::PeriodIsDay => "period.is_day",
            Problem::NotAChoice { .. } => "choice.unknown",
            Problem::Unit(fault) => &fault.code,
            Problem::Rule(fault) => fault.code,
            Problem::RowDuplicate { .. } => "row.duplicate",
            Problem::TotalAmongRows => "row.total_among_rows",
        }
    }

    /// Whether the whole table is wrong, not one row of it.
    pub(super) fn concerns_the_table(&self) -> bool {
        matches!(
            self,
            Problem::ColumnUnknown { .. }
                | Problem::ColumnUnnamed
                | Problem::ColumnMissing { .. }
                | Problem::ColumnDuplicate { .. }
        )
    }

    fn text_vi(&self) -> String {
        let text = match self {
            Problem::ColumnUnknown {
                nearest: Some(name),
            } => {
                return format!(
                    "cột này không có trong mẫu; có phải là «{name}»? Đổi tên cột hoặc xóa cột"
                );
            }
            Problem::ColumnUnknown { nearest: None } => {
                "cột này không có trong mẫu; hãy đổi tên theo mẫu hoặc xóa cột"
            }
            Problem::ColumnUnnamed => {
                "có dữ liệu nhưng dòng tiêu đề để trống; hãy ghi tên cột hoặc xóa dữ liệu của cột này"
            }
            Problem::ColumnMissing {
                nearest: Some(name),
            } => {
                return format!(
                    "thiếu cột bắt buộc này; có phải là cột «{name}»? Đổi tên cột đó hoặc thêm cột"
                );
            }
            Problem::ColumnMissing { nearest: None } => {
                "thiếu cột bắt buộc này; hãy thêm cột theo mẫu"
            }
            Problem::ColumnDuplicate { first } => {
                return format!(
                    "trùng với cột {}; chỉ giữ lại một cột",
                    column_letter(*first)
                );
            }
            Problem::CellExtra => {
                "dòng có nhiều ô hơn dòng tiêu đề; nếu ô chứa dấu phân cách (ví dụ 1,5) hãy đặt ô trong dấu ngoặc kép"
            }
            Problem::CellMerged { range } => {
                return format!("ô gộp {range}: bỏ gộp ô rồi điền từng ô");
            }
            Problem::CellEmpty => "ô bắt buộc đang để trống; hãy điền giá trị",
            Problem::FormulaWithoutValue => {
                "công thức chưa có kết quả; hãy mở bằng phần mềm bảng tính, tính lại rồi lưu, hoặc điền thẳng giá trị"
            }
            Problem::ErrorValue(error) => {
                return format!("ô báo lỗi {error}; hãy sửa công thức hoặc điền thẳng giá trị");
            }
            Problem::NotANumber => "phải là số; hãy chỉ ghi chữ số, ví dụ 1322",
            Problem::AmbiguousInteger => {
                "không rõ dấu chấm hay phẩy ở đây ngăn hàng nghìn hay phần lẻ; hãy ghi số nguyên không có dấu, ví dụ 1322"
            }
            Problem::AmbiguousDecimal => {
                "không rõ dấu này ngăn hàng nghìn hay phần lẻ; hãy ghi liền (1322) hoặc thêm số 0 vào phần lẻ (1,3220)"
            }
            Problem::Decimals => "phải là số nguyên; hãy bỏ phần lẻ",
            Problem::Negative => "không được là số âm; hãy ghi 0 hoặc số dương",
            Problem::TooSmall { min } => {
                return format!("nhỏ hơn mức cho phép; hãy ghi từ {min} trở lên");
            }
            Problem::TooLarge { max } => {
                return format!("lớn hơn mức cho phép; hãy ghi tối đa {max}");
            }
            Problem::Overflow => {
                "số quá lớn hoặc quá nhiều chữ số để giữ chính xác; hãy kiểm tra lại và ghi gọn hơn"
            }
            Problem::Percent => "hãy bỏ ký hiệu % và chỉ ghi số",
            Problem::DateForNumber => {
                "ô đang ở định dạng ngày tháng; hãy đổi định dạng ô sang số rồi ghi lại"
            }
            Problem::NotADate => "phải là ngày; hãy ghi ngày/tháng/năm, ví dụ 08/5/2022",
            Problem::NoSuchDay { month, year, days } => {
                return format!(
                    "ngày không có thật: tháng {month}/{year} có {days} ngày; hãy sửa lại ngày"
                );
            }
            Problem::NoSuchMonth => {
                "tháng không có thật; hãy ghi ngày trước, tháng sau, tháng từ 1 đến 12"
            }
            Problem::TwoDigitYear => "năm phải có bốn chữ số; hãy ghi ví dụ 08/5/2022",
            Problem::YearOutOfRange => "năm phải từ 1900 đến 2100; hãy sửa lại năm",
            Problem::NotAPeriod => "phải là kỳ; hãy ghi ví dụ 05/2022, quý I/2023 hoặc 2023",
            Problem::PeriodIsDay => {
                "phải là kỳ chứ không phải một ngày; hãy ghi tháng, ví dụ 05/2022"
            }
            Problem::NotAChoice {
                allowed,
                nearest: Some(name),
            } => {
                return format!(
                    "không có lựa chọn này; có phải «{name}»? Hãy ghi một trong: {allowed}"
                );
            }
            Problem::NotAChoice {
                allowed,
                nearest: None,
            } => {
                return format!("không có lựa chọn này; hãy ghi một trong: {allowed}");
            }
            Problem::Unit(fault) => &fault.message_vi,
            Problem::Rule(fault) => &fault.message_vi,
            Problem::RowDuplicate { first, columns } => {
                return format!(
                    "trùng với dòng {first} (cùng {columns}); hãy xóa một dòng hoặc sửa cho khác nhau"
                );
            }
            Problem::TotalAmongRows => {
                "dòng cộng nằm giữa bảng; hãy xóa dòng này hoặc chuyển xuống cuối bảng"
            }
        };
        text.to_owned()
    }

    fn text_en(&self) -> String {
        let text = match self {
            Problem::ColumnUnknown {
                nearest: Some(name),
            } => {
                return format!(
                    "the table has no such column; is it “{name}”? Rename or delete the column"
                );
            }
            Problem::ColumnUnknown { nearest: None } => {
                "the table has no such column; rename it as in the template or delete it"
            }
            Problem::ColumnUnnamed => {
                "there is data but no name in the header row; name the column or clear it"
            }
            Problem::ColumnMissing {
                nearest: Some(name),
            } => {
                return format!(
                    "this required column is missing; is it the column “{name}”? Rename that or add one"
                );
            }
            Problem::ColumnMissing { nearest: None } => {
                "this required column is missing; add it as in the template"
            }
            Problem::ColumnDuplicate { first } => {
                return format!(
                    "the same as column {}; keep only one",
                    column_letter(*first)
                );
            }
            Problem::CellExtra => {
                "the row has more cells than the header; put cells that contain the separator (such as 1,5) in quotes"
            }
            Problem::CellMerged { range } => {
                return format!("merged cells {range}: unmerge and fill each cell");
            }
            Problem::CellEmpty => "this required cell is empty; fill it in",
            Problem::FormulaWithoutValue => {
                "the formula has no stored result; recalculate and save in a spreadsheet program, or type the value"
            }
            Problem::ErrorValue(error) => {
                return format!(
                    "the cell shows the error {error}; mend the formula or type the value"
                );
            }
            Problem::NotANumber => "must be a number; write digits only, such as 1322",
            Problem::AmbiguousInteger => {
                "the point or comma may part thousands or decimals; write the whole number without it, such as 1322"
            }
            Problem::AmbiguousDecimal => {
                "this mark may part thousands or decimals; write 1322 without it, or add a zero to the decimals (1,3220)"
            }
            Problem::Decimals => "must be a whole number; remove the decimals",
            Problem::Negative => "must not be negative; write 0 or more",
            Problem::TooSmall { min } => return format!("too small; write {min} or more"),
            Problem::TooLarge { max } => return format!("too large; write {max} or less"),
            Problem::Overflow => {
                "too large or too many digits to be kept exactly; check and write it shorter"
            }
            Problem::Percent => "remove the % sign and write the number only",
            Problem::DateForNumber => {
                "the cell has a date format; change the format to number and type it again"
            }
            Problem::NotADate => "must be a day; write day/month/year, such as 08/5/2022",
            Problem::NoSuchDay { month, year, days } => {
                return format!("no such day: {month}/{year} has {days} days; mend the day");
            }
            Problem::NoSuchMonth => "no such month; write the day first, then a month from 1 to 12",
            Problem::TwoDigitYear => "the year needs four digits; write for example 08/5/2022",
            Problem::YearOutOfRange => "the year must lie between 1900 and 2100; mend the year",
            Problem::NotAPeriod => "must be a period; write for example 05/2022, Q1/2023 or 2023",
            Problem::PeriodIsDay => "must be a period, not a day; write the month, such as 05/2022",
            Problem::NotAChoice {
                allowed,
                nearest: Some(name),
            } => {
                return format!("not one of the choices; is it “{name}”? Write one of: {allowed}");
            }
            Problem::NotAChoice {
                allowed,
                nearest: None,
            } => {
                return format!("not one of the choices; write one of: {allowed}");
            }
            Problem::Unit(fault) => &fault.message_en,
            Problem::Rule(fault) => &fault.message_en,
            Problem::RowDuplicate { first, columns } => {
                return format!(
                    "the same as row {first} (in {columns}); delete one or make them differ"
                );
            }
            Problem::TotalAmongRows => {
                "a row of totals among the data; delete it or move it to the end"
            }
        };
        text.to_owned()
    }
}
