//! Periods with explicit first and last day, and dates as people write them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::vietnamese;

/// How long a period is and where it begins.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum PeriodKind {
    /// One day.
    Day,
    /// A calendar month.
    Month,
    /// From the 15th of the month before to the 14th of the month it is named after.
    ReportingMonth,
    /// Three calendar months.
    Quarter,
    /// Six calendar months.
    Half,
    /// A calendar year.
    Year,
}

impl PeriodKind {
    /// All kinds, the shorter first.
    pub const ALL: [PeriodKind; 6] = [
        PeriodKind::Day,
        PeriodKind::Month,
        PeriodKind::ReportingMonth,
        PeriodKind::Quarter,
        PeriodKind::Half,
        PeriodKind::Year,
    ];

    /// The word of the API and the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            PeriodKind::Day => "day",
            PeriodKind::Month => "month",
            PeriodKind::ReportingMonth => "reporting_month",
            PeriodKind::Quarter => "quarter",
            PeriodKind::Half => "half",
            PeriodKind::Year => "year",
        }
    }

    /// The kind of the given word of the API and the data files.
    pub fn parse(text: &str) -> Option<PeriodKind> {
        PeriodKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }

    fn length(self) -> Span {
        match self {
            PeriodKind::Day => 1.day(),
            PeriodKind::Month | PeriodKind::ReportingMonth => 1.month(),
            PeriodKind::Quarter => 3.months(),
            PeriodKind::Half => 6.months(),
            PeriodKind::Year => 1.year(),
        }
    }
}

/// A stretch of time that figures are asked for. Written `2022-05-08`, `2022-05`, `R2022-05`, `2022-Q1`, `2022-H1`,
/// `2022`. Ordered by first day, then last day.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Period {
    first: Date,
    last: Date,
    kind: PeriodKind,
}

/// Why a text is no date or period. Shown in Vietnamese.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PeriodError {
    /// Not written like a date.
    #[error("“{0}” không phải là ngày; viết như 08/5/2022 hoặc 2022-05-08")]
    NoDate(String),
    /// Not written like a date of a data file.
    #[error("“{0}” không phải là ngày; viết năm-tháng-ngày như 2022-05-08")]
    NoIsoDate(String),
    /// The month has fewer days.
    #[error(
        "không có ngày {day:02}/{month}/{year}: tháng {month} năm {year} chỉ có {days} ngày; sửa lại ngày"
    )]
    NoSuchDay {
        /// Year as written.
        year: i16,
        /// Month as written.
        month: i8,
        /// Day as written.
        day: i64,
        /// Days of this month.
        days: i8,
    },
    /// Months go from 1 to 12.
    #[error("không có tháng {month} trong “{text}”; tháng phải từ 1 đến 12")]
    NoSuchMonth {
        /// The whole text.
        text: String,
        /// Month as written.
        month: i64,
    },
    /// The year is far from anything recorded.
    #[error("năm {year} trong “{text}” nằm ngoài khoảng 1900–2199; viết năm bằng bốn chữ số")]
    YearOutOfRange {
        /// The whole text.
        text: String,
        /// Year as written.
        year: i64,
    },
    /// Not written like a period.
    #[error(
        "“{0}” không phải là kỳ; viết 2022-05-08 (ngày), 2022-05 (tháng), R2022-05 (kỳ báo cáo từ 15/4 đến 14/5), 2022-Q1 (quý), 2022-H1 (6 tháng) hoặc 2022 (năm)"
    )]
    NoPeriod(String),
}

impl Period {
    /// The period of a kind that contains the day.
    pub fn containing(kind: PeriodKind, on: Date) -> Period {
        let month = on.first_of_month();
        let back =
            |months: i8| month.saturating_sub(i64::from((month.month() - 1) % months).months());
        let first = match kind {
            PeriodKind::Day => on,
            PeriodKind::Month => month,
            PeriodKind::ReportingMonth if on.day() >= 15 => month.saturating_add(14.days()),
            PeriodKind::ReportingMonth => month.saturating_sub(1.month()).saturating_add(14.days()),
            PeriodKind::Quarter => back(3),
            PeriodKind::Half => back(6),
            PeriodKind::Year => back(12),
        };
        Period::starting(kind, first)
    }

    fn starting(kind: PeriodKind, first: Date) -> Period {
        let last = first.saturating_add(kind.length()).saturating_sub(1.day());
        Period { first, last, kind }
    }

    /// One day.
    pub fn day(on: Date) -> Period {
        Period::containing(PeriodKind::Day, on)
    }

    /// The calendar month of the day.
    pub fn month(of: Date) -> Period {
        Period::containing(PeriodKind::Month, of)
    }

    /// How long it is.
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// First day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// Last day.
    pub fn last(&self) -> Date {
        self.last
    }

    /// The period of the same kind right before.
    pub fn previous(&self) -> Period {
        Period::starting(self.kind, self.first.saturating_sub(self.kind.length()))
    }

    /// The period of the same kind right after.
    pub fn next(&self) -> Period {
        Period::starting(self.kind, self.first.saturating_add(self.kind.length()))
    }

    /// The same period one year earlier; for 29 February the 28th.
    pub fn same_last_year(&self) -> Period {
        Period::starting(self.kind, self.first.saturating_sub(1.year()))
    }

    /// Whether the day lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether the other period lies in it from its first to its last day.
    pub fn covers(&self, other: &Period) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The periods of one month that it is made of: calendar months in order; a reporting month itself; none for a day.
    pub fn months(&self) -> Vec<Period> {
        match self.kind {
            PeriodKind::Day => Vec::new(),
            PeriodKind::Month | PeriodKind::ReportingMonth => vec![*self],
            PeriodKind::Quarter | PeriodKind::Half | PeriodKind::Year => {
                let mut months = Vec::new();
                let mut month = Period::month(self.first);
                while month.last <= self.last {
                    months.push(month);
                    month = month.next();
                }
                months
            }
        }
    }

    /// For people: "tháng 5 năm 2022", "quý I năm 2023", "kỳ báo cáo tháng 5/2022 (15/4–14/5/2022)".
    pub fn label_vi(&self) -> String {
        let (year, month) = (self.last.year(), self.last.month());
        match self.kind {
            PeriodKind::Day => format!("ngày {}", vietnamese::date(self.first)),
            PeriodKind::Month => format!("tháng {month} năm {year}"),
            PeriodKind::ReportingMonth => {
                let first = match self.first.year() == year {
                    true => vietnamese::day_and_month(self.first),
                    false => vietnamese::date(self.first),
                };
                format!(
                    "kỳ báo cáo tháng {month}/{year} ({first}–{})",
                    vietnamese::date(self.last)
                )
            }
            PeriodKind::Quarter => {
                let numeral = ["I", "II", "III", "IV"][(month as usize - 1) / 3];
                format!("quý {numeral} năm {year}")
            }
            PeriodKind::Half if month <= 6 => format!("6 tháng đầu năm {year}"),
            PeriodKind::Half => format!("6 tháng cuối năm {year}"),
            PeriodKind::Year => format!("năm {year}"),
        }
    }

    /// For people, in English: "May 2022", "first quarter of 2023".
    pub fn label_en(&self) -> String {
        let (year, month) = (self.last.year(), self.last.month());
        let day = |date: Date| format!("{} {} {}", date.day(), month_name_en(date), date.year());
        match self.kind {
            PeriodKind::Day => day(self.first),
            PeriodKind::Month => format!("{} {year}", month_name_en(self.last)),
            PeriodKind::ReportingMonth => {
                let name = month_name_en(self.last);
                format!(
                    "reporting month {name} {year} ({} – {})",
                    day(self.first),
                    day(self.last)
                )
            }
            PeriodKind::Quarter => {
                let ordinal = ["first", "second", "third", "fourth"][(month as usize - 1) / 3];
                format!("{ordinal} quarter of {year}")
            }
            PeriodKind::Half if month <= 6 => format!("first half of {year}"),
            PeriodKind::Half => format!("second half of {year}"),
            PeriodKind::Year => year.to_string(),
        }
    }
}

fn month_name_en(date: Date) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[date.month() as usize - 1]
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.last.year(), self.last.month());
        match self.kind {
            PeriodKind::Day => write!(formatter, "{}", self.first),
            PeriodKind::Month => write!(formatter, "{year:04}-{month:02}"),
            PeriodKind::ReportingMonth => write!(formatter, "R{year:04}-{month:02}"),
            PeriodKind::Quarter => write!(formatter, "{year:04}-Q{}", (month + 2) / 3),
            PeriodKind::Half => write!(formatter, "{year:04}-H{}", (month + 5) / 6),
            PeriodKind::Year => write!(formatter, "{year:04}"),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Period, PeriodError> {
        let trimmed = text.trim();
        let no_period = || PeriodError::NoPeriod(text.to_owned());
        let (is_reporting, rest) = match trimmed.strip_prefix(['R', 'r']) {
            Some(rest) => (true, rest),
            None => (false, trimmed),
        };
        let parts: Vec<&str> = rest.split('-').collect();
        let year = digits(parts[0], 4).ok_or_else(no_period)?;
        let start = |month: i64| month_start(text, year, month);
        match parts[1..] {
            [] if !is_reporting => Ok(Period::containing(PeriodKind::Year, start(1)?)),
            [part] if !is_reporting && part.starts_with(['Q', 'q', 'H', 'h']) => {
                let place = digits(&part[1..], 1).ok_or_else(no_period)?;
                match (part.as_bytes()[0].to_ascii_uppercase(), place) {
                    (b'Q', 1..=4) => Ok(Period::containing(PeriodKind::Quarter, start(place * 3)?)),
                    (b'H', 1..=2) => Ok(Period::containing(PeriodKind::Half, start(place * 6)?)),
                    _ => Err(no_period()),
                }
            }
            [month] => {
                let first = start(digits(month, 2).ok_or_else(no_period)?)?;
                let kind = if is_reporting {
                    PeriodKind::ReportingMonth
                } else {
                    PeriodKind::Month
                };
                Ok(Period::containing(kind, first))
            }
            [_, _] if !is_reporting => Ok(Period::day(parse_date_iso(trimmed).map_err(
                |error| match error {
                    PeriodError::NoIsoDate(_) => no_period(),
                    other => other,
                },
            )?)),
            _ => Err(no_period()),
        }
    }
}

/// The number written with exactly so many digits.
fn digits(text: &str, count: usize) -> Option<i64> {
    if text.len() != count || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn month_start(text: &str, year: i64, month: i64) -> Result<Date, PeriodError> {
    if !(1900..=2199).contains(&year) {
        return Err(PeriodError::YearOutOfRange {
            text: text.to_owned(),
            year,
        });
    }
    if !(1..=12).contains(&month) {
        return Err(PeriodError::NoSuchMonth {
            text: text.to_owned(),
            month,
        });
    }
    Ok(jiff::civil::date(year as i16, month as i8, 1))
}

fn checked_date(text: &str, year: i64, month: i64, day: i64) -> Result<Date, PeriodError> {
    let start = month_start(text, year, month)?;
    let days = start.days_in_month();
    if !(1..=i64::from(days)).contains(&day) {
        return Err(PeriodError::NoSuchDay {
            year: start.year(),
            month: start.month(),
            day,
            days,
        });
    }
    Ok(start.saturating_add((day - 1).days()))
}

/// A date of a data file or the API: `2022-05-08` and nothing else.
pub fn parse_date_iso(text: &str) -> Result<Date, PeriodError> {
    let parts: Vec<&str> = text.split('-').collect();
    if let [year, month, day] = parts[..]
        && let (Some(year), Some(month), Some(day)) =
            (digits(year, 4), digits(month, 2), digits(day, 2))
    {
        return checked_date(text, year, month, day);
    }
    Err(PeriodError::NoIsoDate(text.to_owned()))
}

/// A date as people write it: `2022-05-08`, `08/5/2022`, `8-5-2022`, `8.5.2022`. Day before month, year in four digits.
pub fn parse_date_vi(text: &str) -> Result<Date, PeriodError> {
    let trimmed = text.trim();
    let parts: Vec<&str> = trimmed.split(['/', '-', '.']).collect();
    let short = |text: &str| digits(text, 2).or_else(|| digits(text, 1));
    if let [first, month, last] = parts[..]
        && let Some(month) = short(month)
    {
        if let (Some(year), Some(day)) = (digits(first, 4), short(last)) {
            return checked_date(trimmed, year, month, day);
        }
        if let (Some(day), Some(year)) = (short(first), digits(last, 4)) {
            return checked_date(trimmed, year, month, day);
        }
    }
    Err(PeriodError::NoDate(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn check(text: &str, first: &str, last: &str, label_vi: &str, label_en: &str) {
        let period = period(text);
        assert_eq!(
            (
                period.first().to_string().as_str(),
                period.last().to_string().as_str()
            ),
            (first, last),
            "{text}"
        );
        assert_eq!(period.label_vi(), label_vi);
        assert_eq!(period.label_en(), label_en);
        assert_eq!(period.to_string(), text);
    }

    #[test]
    fn each_kind_has_its_days_and_labels() {
        check(
            "2022-05-08",
            "2022-05-08",
            "2022-05-08",
            "ngày 08/5/2022",
            "8 May 2022",
        );
        check(
            "2022-05",
            "2022-05-01",
            "2022-05-31",
            "tháng 5 năm 2022",
            "May 2022",
        );
        check(
            "R2022-05",
            "2022-04-15",
            "2022-05-14",
            "kỳ báo cáo tháng 5/2022 (15/4–14/5/2022)",
            "reporting month May 2022 (15 April 2022 – 14 May 2022)",
        );
        check(
            "R2022-01",
            "2021-12-15",
            "2022-01-14",
            "kỳ báo cáo tháng 1/2022 (15/12/2021–14/01/2022)",
            "reporting month January 2022 (15 December 2021 – 14 January 2022)",
        );
        check(
            "2023-Q1",
            "2023-01-01",
            "2023-03-31",
            "quý I năm 2023",
            "first quarter of 2023",
        );
        check(
            "2023-Q4",
            "2023-10-01",
            "2023-12-31",
            "quý IV năm 2023",
            "fourth quarter of 2023",
        );
        check(
            "2022-H1",
            "2022-01-01",
            "2022-06-30",
            "6 tháng đầu năm 2022",
            "first half of 2022",
        );
        check(
            "2022-H2",
            "2022-07-01",
            "2022-12-31",
            "6 tháng cuối năm 2022",
            "second half of 2022",
        );
        check("2024", "2024-01-01", "2024-12-31", "năm 2024", "2024");
    }

    #[test]
    fn neighbors_in_time() {
        for (text, previous, last_year) in [
            ("2024-03-01", "2024-02-29", "2023-03-01"),
            ("2024-02-29", "2024-02-28", "2023-02-28"),
            ("2022-01", "2021-12", "2021-01"),
            ("R2022-01", "R2021-12", "R2021-01"),
            ("2023-Q1", "2022-Q4", "2022-Q1"),
            ("2023-H1", "2022-H2", "2022-H1"),
            ("2023", "2022", "2022"),
        ] {
            assert_eq!(period(text).previous(), period(previous), "before {text}");
            assert_eq!(
                period(text).same_last_year(),
                period(last_year),
                "a year before {text}"
            );
        }
    }

    #[test]
    fn months_of_longer_periods() {
        let months = |text: &str| {
            period(text)
                .months()
                .iter()
                .map(Period::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(months("2022-Q2"), ["2022-04", "2022-05", "2022-06"]);
        assert_eq!(months("2022").len(), 12);
        assert_eq!(months("R2022-05"), ["R2022-05"]);
        assert!(months("2022-05-08").is_empty());
    }

    #[test]
    fn bad_periods_say_what_is_wrong() {
        let error = |text: &str| text.parse::<Period>().expect_err("a bad period");
        assert_eq!(
            error("2022-13"),
            PeriodError::NoSuchMonth {
                text: "2022-13".into(),
                month: 13
            }
        );
        assert_eq!(
            error("2022-02-30"),
            PeriodError::NoSuchDay {
                year: 2022,
                month: 2,
                day: 30,
                days: 28
            }
        );
        assert_eq!(
            error("0022-01"),
            PeriodError::YearOutOfRange {
                text: "0022-01".into(),
                year: 22
            }
        );
        for text in [
            "",
            "2022-Q5",
            "2022-H3",
            "2022-Q",
            "R2022",
            "R2022-Q1",
            "tháng 5",
            "2022-5",
            "2022-05-08-1",
            "2022-é",
        ] {
            assert_eq!(error(text), PeriodError::NoPeriod(text.into()));
        }
    }

    #[test]
    fn dates_as_people_write_them() {
        for text in ["2022-05-08", "08/5/2022", "8-5-2022", " 8.05.2022 "] {
            assert_eq!(
                parse_date_vi(text),
                Ok(jiff::civil::date(2022, 5, 8)),
                "{text}"
            );
        }
        let error = parse_date_vi("31/02/2022").expect_err("no such day");
        assert_eq!(
            error.to_string(),
            "không có ngày 31/2/2022: tháng 2 năm 2022 chỉ có 28 ngày; sửa lại ngày"
        );
        for text in ["", "8/5", "8/5/22", "mai", "2022/5/8/1", "٣/5/2022"] {
            assert_eq!(parse_date_vi(text), Err(PeriodError::NoDate(text.into())));
        }
        assert_eq!(
            parse_date_iso("8/5/2022"),
            Err(PeriodError::NoIsoDate("8/5/2022".into()))
        );
    }

    fn any_period() -> impl Strategy<Value = Period> {
        (
            prop::sample::select(PeriodKind::ALL.to_vec()),
            0..100_000_i64,
        )
            .prop_map(|(kind, days)| {
                Period::containing(
                    kind,
                    jiff::civil::date(1900, 3, 1).saturating_add(days.days()),
                )
            })
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_read(period in any_period()) {
            prop_assert_eq!(period.to_string().parse(), Ok(period));
        }

        #[test]
        fn neighbors_leave_no_gap(period in any_period()) {
            prop_assert_eq!(period.previous().next(), period);
            prop_assert_eq!(period.previous().last().saturating_add(1.day()), period.first());
            prop_assert_eq!(Period::containing(period.kind(), period.last()), period);
        }

        #[test]
        fn months_make_up_the_period(period in any_period()) {
            let months = period.months();
            prop_assert!(months.windows(2).all(|pair| pair[0].next() == pair[1]));
            if let (Some(first), Some(last)) = (months.first(), months.last()) {
                prop_assert_eq!((first.first(), last.last()), (period.first(), period.last()));
            }
        }
    }
}
