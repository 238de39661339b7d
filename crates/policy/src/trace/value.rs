//! The values of a step, and how they are written in each language.

use domain::vietnamese;
use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::month::Month;
use crate::rate::Rate;
use crate::trace::Language;

/// A value that goes into a step or comes out of it.
#[derive(Copy, Clone, Debug, PartialEq)]
pub enum Value {
    /// Money.
    Vnd(AmountVnd),
    /// A share, written in percent.
    Share(Rate),
    /// A number that may have decimals: times, coefficient, years with a half.
    Number(Rate),
    /// How many.
    Count(i64),
    /// A month.
    Month(Month),
    /// A day.
    Date(Date),
    /// A year.
    Year(i16),
    /// An age in months.
    Age(i32),
    /// A word from a fixed list, in Vietnamese and English.
    Word(&'static str, &'static str),
    /// Yes or no.
    Is(bool),
}

impl From<AmountVnd> for Value {
    fn from(value: AmountVnd) -> Value {
        Value::Vnd(value)
    }
}

impl From<Rate> for Value {
    /// A rate is a share; other numbers are made by [`Value::Number`].
    fn from(value: Rate) -> Value {
        Value::Share(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Count(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Value {
        Value::Count(value.into())
    }
}

impl From<Month> for Value {
    fn from(value: Month) -> Value {
        Value::Month(value)
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Value {
        Value::Date(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Is(value)
    }
}

impl Value {
    /// As people write it, without a unit: "4.000.000", "22%", "7/2025".
    pub fn render(&self, language: Language) -> String {
        let vi = language == Language::Vi;
        match *self {
            Value::Vnd(amount) => whole(amount.0, language),
            Value::Share(rate) => match rate.decimal(2) {
                Some((value, places)) => decimal(value, places, language) + "%",
                None => rate.to_string(),
            },
            Value::Number(rate) => match rate.decimal(0) {
                Some((value, places)) => decimal(value, places, language),
                None => rate.to_string(),
            },
            Value::Count(count) => whole(count, language),
            Value::Month(month) if vi => format!("{:02}/{}", month.month(), month.year()),
            Value::Month(month) => month.to_string(),
            Value::Date(date) if vi => vietnamese::date(date),
            Value::Date(date) => date.to_string(),
            Value::Year(year) => year.to_string(),
            Value::Age(months) => age(months, language),
            Value::Word(word, _) if vi => word.to_owned(),
            Value::Word(_, word) => word.to_owned(),
            Value::Is(yes) => match (yes, vi) {
                (true, true) => "có",
                (false, true) => "không",
                (true, false) => "yes",
                (false, false) => "no",
            }
            .to_owned(),
        }
    }
}

/// A value in a Vietnamese sentence.
pub(crate) fn vi(value: impl Into<Value>) -> String {
    value.into().render(Language::Vi)
}

fn age(months: i32, language: Language) -> String {
    match (months / 12, months % 12, language) {
        (years, 0, Language::Vi) => format!("{years} tuổi"),
        (years, months, Language::Vi) => format!("{years} tuổi {months} tháng"),
        (years, 0, Language::En) => format!("{years} years"),
        (years, months, Language::En) => format!("{years} years {months} months"),
    }
}

fn whole(value: i64, language: Language) -> String {
    punctuated(vietnamese::number(value), language)
}

fn decimal(value: i64, places: u32, language: Language) -> String {
    punctuated(vietnamese::decimal(value, places), language)
}

/// English has the signs the other way round.
fn punctuated(text: String, language: Language) -> String {
    if language == Language::Vi {
        return text;
    }
    let swap = |sign| match sign {
        '.' => ',',
        ',' => '.',
        other => other,
    };
    text.chars().map(swap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_signs() {
        let check = |value: Value, vi: &str, en: &str| {
            assert_eq!(value.render(Language::Vi), vi);
            assert_eq!(value.render(Language::En), en);
        };
        check(AmountVnd(4_000_000).into(), "4.000.000", "4,000,000");
        check(
            "0.00628".parse::<Rate>().unwrap().into(),
            "0,628%",
            "0.628%",
        );
        check(Value::Number("1.5".parse().unwrap()), "1,5", "1.5");
        check(
            "2025-07".parse::<Month>().unwrap().into(),
            "07/2025",
            "2025-07",
        );
        check(Value::Is(true), "có", "yes");
        check(Value::Age(723), "60 tuổi 3 tháng", "60 years 3 months");
        check(Value::Year(2026), "2026", "2026");
    }
}
