//! The values that checked cells have.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

/// The value of a checked cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum CellValue {
    /// Nothing was filled in, or the cell has a fault.
    #[default]
    Empty,
    /// Text, trimmed and in NFC.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A day.
    Date(Date),
    /// A month, quarter, half or year.
    Period(PeriodValue),
    /// An administrative unit.
    Unit(UnitRef),
    /// The key of the word chosen.
    Choice(Arc<str>),
}

/// The administrative unit that a resolver found: its id and the day from which that state of it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnitRef {
    /// The id, such as `new-00004`.
    pub id: Arc<str>,
    /// The first day of the state meant, where the unit has several.
    pub valid_from: Option<Date>,
}

/// An exact decimal number: `digits` with the last `scale` of them after the point, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    digits: i64,
    scale: u8,
}

impl Decimal {
    /// The number `digits` × 10^-`scale`.
    pub fn new(mut digits: i64, mut scale: u8) -> Decimal {
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        Decimal { digits, scale }
    }

    /// All digits of the number, the decimal point left out.
    pub fn digits(self) -> i64 {
        self.digits
    }

    /// How many of the digits stand after the decimal point.
    pub fn scale(self) -> u8 {
        self.scale
    }
}

/// Written with a point, as programs do: `55.3`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = format!(
            "{:0>width$}",
            self.digits.unsigned_abs(),
            width = usize::from(self.scale) + 1
        );
        let (whole, part) = digits.split_at(digits.len() - usize::from(self.scale));
        if part.is_empty() {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{part}")
        }
    }
}

/// A period as a cell names it; whether a plain month is a calendar or a reporting month is the caller's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodValue {
    /// A month of a year.
    Month(i16, i8),
    /// A month that is said to be a reporting month, from the 15th to the 14th.
    ReportingMonth(i16, i8),
    /// A quarter of a year.
    Quarter(i16, i8),
    /// A half of a year.
    Half(i16, i8),
    /// A year.
    Year(i16),
}

/// Written as everywhere: `2022-05`, `2023-Q1`, `2023-H1`, `2023`.
impl fmt::Display for PeriodValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PeriodValue::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            PeriodValue::ReportingMonth(year, month) => write!(f, "R{year:04}-{month:02}"),
            PeriodValue::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            PeriodValue::Half(year, half) => write!(f, "{year:04}-H{half}"),
            PeriodValue::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// Written as programs do; what [`super::template`] and the search for double rows use.
impl fmt::Display for CellValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CellValue::Empty => Ok(()),
            CellValue::Text(text) => f.write_str(text),
            CellValue::Integer(value) => write!(f, "{value}"),
            CellValue::Decimal(value) => write!(f, "{value}"),
            CellValue::Date(date) => write!(f, "{date}"),
            CellValue::Period(period) => write!(f, "{period}"),
            CellValue::Unit(unit) => f.write_str(&unit.id),
            CellValue::Choice(key) => f.write_str(key),
        }
    }
}
