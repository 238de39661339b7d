//! Days and periods as officers type them: `08/5/2022`, `tháng 5/2022`, `quý I/2023`, `2023`.

use jiff::civil::{Date, DateTime};

use super::labels::fold;
use super::row_faults::Problem;
use super::values::PeriodValue;

const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Reads a day from text: day, month, year (Vietnamese order), or year, month, day when the year comes first.
pub(super) fn date_from_text(text: &str) -> Result<Date, Problem> {
    // `2022-05-08T10:30`: the day of an instant in ISO form.
    let day_part = if text.get(10..11) == Some("T") {
        &text[..10]
    } else {
        text
    };
    let folded = fold(day_part);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !matches!(*word, "ngay" | "thang" | "nam"))
        .collect();
    let [first, second, third, ..] = words.as_slice() else {
        return Err(Problem::NotADate);
    };
    if words.len() > 3 && words[3..].iter().any(|word| !is_time(word)) {
        return Err(Problem::NotADate);
    }
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else {
        (third, second, first)
    };
    let number = |word: &str| -> Result<i16, Problem> {
        if word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) {
            word.parse().map_err(|_| Problem::NotADate)
        } else {
            Err(Problem::NotADate)
        }
    };
    let (year_number, month, day) = (number(year)?, number(month)?, number(day)?);
    if year.len() <= 2 {
        return Err(Problem::TwoDigitYear);
    }
    checked_date(year_number, month, day)
}

fn is_time(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
}

fn checked_date(year: i16, month: i16, day: i16) -> Result<Date, Problem> {
    if !YEARS.contains(&year) {
        return Err(Problem::YearOutOfRange);
    }
    let month = i8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month));
    let Some(month) = month else {
        return Err(Problem::NoSuchMonth);
    };
    let first = Date::new(year, month, 1).expect("a year and month within bounds have a first day");
    let day = i8::try_from(day).map_err(|_| Problem::NoSuchDay {
        month,
        year,
        days: first.days_in_month(),
    })?;
    Date::new(year, month, day).map_err(|_| Problem::NoSuchDay {
        month,
        year,
        days: first.days_in_month(),
    })
}

/// Reads a day from a cell that a spreadsheet keeps as a date.
pub(super) fn date_from_cell(value: DateTime) -> Result<Date, Problem> {
    if YEARS.contains(&value.year()) && value.date() > Date::constant(1900, 1, 1) {
        Ok(value.date())
    } else {
        Err(Problem::YearOutOfRange)
    }
}

/// Reads a day from a spreadsheet's count of days, for cells that lost their date format.
pub(super) fn date_from_serial(serial: f64) -> Result<Date, Problem> {
    const FIRST: f64 = 18_264.0; // 1950-01-01
    const LAST: f64 = 73_415.0; // 2100-12-31
    if !(FIRST..LAST + 1.0).contains(&serial) {
        return Err(Problem::NotADate);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the bounds above leave a small whole number"
    )]
    let days = serial.floor() as i64;
    Date::constant(1899, 12, 30)
        .checked_add(jiff::Span::new().days(days))
        .map_err(|_| Problem::NotADate)
}

/// Reads a month, quarter, half or year from text.
pub(super) fn period_from_text(text: &str) -> Result<PeriodValue, Problem> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| *word != "nam").collect();
    let period = match words.as_slice() {
        [year] if year.len() == 4 => PeriodValue::Year(year_of(year)?),
        [joined] if joined.len() == 6 => {
            let (year, month) = joined.split_at_checked(4).ok_or(Problem::NotAPeriod)?;
            month_of(year, month)?
        }
        ["6", "thang", "dau", year] => PeriodValue::Half(year_of(year)?, 1),
        ["6", "thang", "cuoi", year] => PeriodValue::Half(year_of(year)?, 2),
        ["quy" | "q", quarter, year] => PeriodValue::Quarter(year_of(year)?, quarter_of(quarter)?),
        ["thang" | "t" | "ky", month, year] => month_of(year, month)?,
        ["ky", "bao", "cao", "thang", month, year] => reporting(month_of(year, month)?),
        [one, other] => {
            let (part, year) = if one.len() == 4 && year_of(one).is_ok() {
                (other, one)
            } else {
                (one, other)
            };
            if let Some(year) = one.strip_prefix('r') {
                reporting(month_of(year, other)?)
            } else if let Some(quarter) = part.strip_prefix('q') {
                PeriodValue::Quarter(year_of(year)?, quarter_of(quarter)?)
            } else if let Some(half) = part.strip_prefix('h') {
                match half {
                    "1" => PeriodValue::Half(year_of(year)?, 1),
                    "2" => PeriodValue::Half(year_of(year)?, 2),
                    _ => return Err(Problem::NotAPeriod),
                }
            } else {
                month_of(year, part.strip_prefix('t').unwrap_or(part))?
            }
        }
        [_, _, _] => match date_from_text(text) {
            Ok(_) => return Err(Problem::PeriodIsDay),
            Err(problem @ Problem::NoSuchDay { .. }) => return Err(problem),
            Err(_) => return Err(Problem::NotAPeriod),
        },
        _ => return Err(Problem::NotAPeriod),
    };
    Ok(period)
}

/// Reads a period from a date cell: spreadsheets turn `05/2022` into the first of May.
pub(super) fn period_from_cell(value: DateTime) -> Result<PeriodValue, Problem> {
    let date = date_from_cell(value)?;
    if date.day() == 1 {
        Ok(PeriodValue::Month(date.year(), date.month()))
    } else {
        Err(Problem::PeriodIsDay)
    }
}

/// Reads a period from a number: `2023` or `202205`.
pub(super) fn period_from_number(number: f64) -> Result<PeriodValue, Problem> {
    period_from_text(&format!("{number}"))
}

/// The reporting month of the same name.
fn reporting(month: PeriodValue) -> PeriodValue {
    match month {
        PeriodValue::Month(year, month) => PeriodValue::ReportingMonth(year, month),
        other => other,
    }
}

fn year_of(word: &str) -> Result<i16, Problem> {
    if word.len() != 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Problem::NotAPeriod);
    }
    let year = word.parse().map_err(|_| Problem::NotAPeriod)?;
    if YEARS.contains(&year) {
        Ok(year)
    } else {
        Err(Problem::YearOutOfRange)
    }
}

fn month_of(year: &str, month: &str) -> Result<PeriodValue, Problem> {
    let year = year_of(year)?;
    if month.is_empty() || month.len() > 2 || !month.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Problem::NotAPeriod);
    }
    match month.parse() {
        Ok(month @ 1..=12) => Ok(PeriodValue::Month(year, month)),
        _ => Err(Problem::NoSuchMonth),
    }
}

fn quarter_of(word: &str) -> Result<i8, Problem> {
    match word {
        "1" | "i" => Ok(1),
        "2" | "ii" => Ok(2),
        "3" | "iii" => Ok(3),
        "4" | "iv" => Ok(4),
        _ => Err(Problem::NotAPeriod),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_in_the_vietnamese_order_and_in_the_order_of_iso() {
        for text in [
            "08/5/2022",
            "8/5/2022",
            "08-05-2022",
            "08.05.2022",
            "2022-05-08",
            "2022/5/8",
            "ngày 08 tháng 5 năm 2022",
            "8/5/2022 00:00:00",
            "2022-05-08T10:30:00",
        ] {
            assert_eq!(date_from_text(text), Ok(date(2022, 5, 8)), "{text}");
        }
        assert_eq!(date_from_serial(44_689.0), Ok(date(2022, 5, 8)));
        assert_eq!(date_from_serial(44_689.75), Ok(date(2022, 5, 8)));
        assert_eq!(
            date_from_cell(datetime(2022, 5, 8, 7, 30, 0, 0)),
            Ok(date(2022, 5, 8))
        );
    }

    #[test]
    fn days_that_do_not_exist_are_refused_with_the_reason() {
        assert_eq!(
            date_from_text("31/02/2022"),
            Err(Problem::NoSuchDay {
                month: 2,
                year: 2022,
                days: 28
            })
        );
        assert_eq!(
            date_from_text("30/02/2024"),
            Err(Problem::NoSuchDay {
                month: 2,
                year: 2024,
                days: 29
            })
        );
        assert_eq!(date_from_text("05/13/2022"), Err(Problem::NoSuchMonth));
        assert_eq!(date_from_text("08/5/22"), Err(Problem::TwoDigitYear));
        assert_eq!(date_from_text("08/5/1022"), Err(Problem::YearOutOfRange));
        for text in ["hôm qua", "8/5", "8/5/2022/1x", "44689", "", "a/b/2022"] {
            assert_eq!(date_from_text(text), Err(Problem::NotADate), "{text}");
        }
        assert_eq!(date_from_serial(5.0), Err(Problem::NotADate));
    }

    #[test]
    fn periods_are_read_as_people_write_them() {
        let check = |text: &str, written: &str| {
            assert_eq!(
                period_from_text(text).map(|period| period.to_string()),
                Ok(written.to_owned()),
                "{text}"
            );
        };
        for text in [
            "2022-05",
            "05/2022",
            "5/2022",
            "tháng 5/2022",
            "Tháng 05 năm 2022",
            "T5/2022",
            "202205",
        ] {
            check(text, "2022-05");
        }
        for text in ["2023-Q1", "Q1/2023", "quý I/2023", "Quý 1 năm 2023"] {
            check(text, "2023-Q1");
        }
        check("Quý IV/2023", "2023-Q4");
        check("6 tháng đầu năm 2023", "2023-H1");
        check("2023-H2", "2023-H2");
        check("R2022-05", "R2022-05");
        check("kỳ báo cáo tháng 5/2022", "R2022-05");
        check("năm 2023", "2023");
        assert_eq!(period_from_text("13/2022"), Err(Problem::NoSuchMonth));
        assert_eq!(period_from_text("08/5/2022"), Err(Problem::PeriodIsDay));
        assert!(matches!(
            period_from_text("31/02/2022"),
            Err(Problem::NoSuchDay { .. })
        ));
        assert_eq!(period_from_text("kỳ này"), Err(Problem::NotAPeriod));
        assert_eq!(period_from_text("tháng 5"), Err(Problem::NotAPeriod));
        assert_eq!(
            period_from_cell(datetime(2022, 5, 1, 0, 0, 0, 0)),
            Ok(PeriodValue::Month(2022, 5))
        );
        assert_eq!(
            period_from_cell(datetime(2022, 5, 8, 0, 0, 0, 0)),
            Err(Problem::PeriodIsDay)
        );
        assert_eq!(
            period_from_number(202_205.0),
            Ok(PeriodValue::Month(2022, 5))
        );
    }

    proptest! {
        #[test]
        fn every_day_reads_back_in_both_orders(days in 0_i64..70_000) {
            let day = Date::constant(1901, 1, 1).checked_add(jiff::Span::new().days(days)).expect("within bounds");
            prop_assert_eq!(date_from_text(&day.to_string()), Ok(day));
            prop_assert_eq!(date_from_text(&format!("{}/{}/{}", day.day(), day.month(), day.year())), Ok(day));
        }

        #[test]
        fn no_text_breaks_the_reading_of_days_and_periods(text in "\\PC{0,16}|[0-9qthđQT/. -]{0,16}") {
            let _ = date_from_text(&text);
            if let Ok(period) = period_from_text(&text) {
                prop_assert_eq!(period_from_text(&period.to_string()), Ok(period));
            }
        }
    }
}
