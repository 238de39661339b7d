//! Retirement age, and the month in which it is reached.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::PolicyError;
use crate::month::Month;
use crate::person;
use crate::retirement::{Birthday, Rules, Sex};
use crate::trace::{Recorder, Step, StepText, Value};

const AGE: StepText = StepText {
    id: "retirement.age",
    vi: "Tuổi nghỉ hưu của {sex} sinh tháng {born}",
    en: "Retirement age of a {sex} born in {born}",
    formula: "{age}",
};

const UNKNOWN: StepText = StepText {
    id: "retirement.birthday_unknown",
    vi: "Không rõ ngày, tháng sinh: lấy ngày 01/01 của năm sinh",
    en: "Day and month of birth are not known: 1 January of the birth year is taken",
    formula: "{result}",
};

const UNKNOWN_UNTIL_2020: StepText = StepText {
    id: "retirement.birthday_unknown_until_2020",
    vi: "Không rõ ngày, tháng sinh: đủ điều kiện về tuổi từ ngày 01/01 của năm sau năm đủ tuổi ({year})",
    en: "Day and month of birth are not known: the age is met on 1 January of the year after it is reached ({year})",
    formula: "{year} + {flag} = {result}",
};

const REACHED: StepText = StepText {
    id: "retirement.age_reached",
    vi: "Đủ tuổi nghỉ hưu trong tháng {result}",
    en: "The age is reached in {result}",
    formula: "{born} + {age} = {result}",
};

const FROM: StepText = StepText {
    id: "retirement.first_month_by_age",
    vi: "Đủ điều kiện về tuổi từ ngày 01 của tháng {result}, tháng sau tháng đủ tuổi",
    en: "The age condition is met from the first day of {result}, the month after the age is reached",
    formula: "{reached} + 1 = {result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&AGE, &UNKNOWN, &UNKNOWN_UNTIL_2020, &REACHED, &FROM];

/// An age in months, written `60y3m`.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Age {
    /// Full months.
    pub months: i32,
}

impl Age {
    /// So many full years.
    pub const fn years(years: i32) -> Age {
        Age { months: years * 12 }
    }
}

/// A text is no age.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("“{0}” không phải là tuổi; viết như 60y3m hoặc 62y")]
pub struct AgeError(pub String);

impl FromStr for Age {
    type Err = AgeError;

    fn from_str(text: &str) -> Result<Age, AgeError> {
        let wrong = || AgeError(text.to_owned());
        let number = |text: &str| match text.len() {
            1..=3 if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                text.parse::<i32>().map_err(|_| wrong())
            }
            _ => Err(wrong()),
        };
        let (years, rest) = text.split_once('y').ok_or_else(wrong)?;
        let months = match rest {
            "" => 0,
            _ => number(rest.strip_suffix('m').ok_or_else(wrong)?)?,
        };
        if months > 11 {
            return Err(wrong());
        }
        Ok(Age {
            months: number(years)? * 12 + months,
        })
    }
}

impl fmt::Display for Age {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months / 12, self.months % 12) {
            (years, 0) => write!(formatter, "{years}y"),
            (years, months) => write!(formatter, "{years}y{months}m"),
        }
    }
}

impl Serialize for Age {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Age {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Age, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl From<Age> for Value {
    fn from(age: Age) -> Value {
        Value::Age(age.months)
    }
}

/// Whose age.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeInput {
    /// As far as it is known.
    pub born: Birthday,
    /// By which the age differs.
    pub sex: Sex,
}

/// When the age is reached.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AgeReached {
    /// Retirement age.
    pub age: Age,
    /// Month in which it is reached.
    pub reached: Month,
    /// First month in which the age condition is met.
    pub from: Month,
}

/// When somebody reaches retirement age, by the rules of the day.
///
/// "The retirement age is raised step by step…; the time of retirement is the end of the month in which the age is reached":
/// Bộ luật Lao động 45/2019/QH14, Điều 169 khoản 2; Nghị định 135/2020/NĐ-CP, Điều 3, Điều 4, Phụ lục I; until 2020 men 60,
/// women 55: Luật 58/2014/QH13, Điều 73. Day and month of birth unknown: 1 January of the birth year (Nghị định
/// 158/2025/NĐ-CP, Điều 12 khoản 2); until 2020, 1 January of the year after the age is reached (Thông tư
/// 59/2015/TT-BLĐTBXH, Điều 18 khoản 2).
///
/// Errors: not born on the day of the rules, or older than people become.
pub fn age_reached(
    rules: &Rules,
    input: &AgeInput,
    recorder: &mut impl Recorder,
) -> Result<AgeReached, PolicyError> {
    person::age_on(input.born.day(), rules.on)?;
    let born = input.born.month();
    let age = rules.age(input.sex, born);
    recorder.step(|| {
        Step::new(&AGE, age.value)
            .using("age", age)
            .with("sex", input.sex)
            .with("born", born)
    });
    let reached = born.plus(age.value.months);
    if !input.born.has_month() {
        let flag = rules.unknown_year_after(reached);
        if flag.value != 0 {
            let from = Month::new(reached.year() + 1, 1).unwrap_or(reached);
            recorder.step(|| {
                Step::new(&UNKNOWN_UNTIL_2020, from)
                    .with("year", Value::Year(reached.year()))
                    .using("flag", flag)
            });
            return Ok(AgeReached {
                age: age.value,
                reached: from.plus(-1),
                from,
            });
        }
        recorder.step(|| Step::new(&UNKNOWN, born).from(&flag.source));
    }
    Ok(reached_at(born, age.value, recorder))
}

/// The months that follow from birth and age.
pub(crate) fn reached_at(born: Month, age: Age, recorder: &mut impl Recorder) -> AgeReached {
    let reached = born.plus(age.months);
    recorder.step(|| {
        Step::new(&REACHED, reached)
            .with("born", born)
            .with("age", age)
    });
    let from = reached.plus(1);
    recorder.step(|| Step::new(&FROM, from).with("reached", reached));
    AgeReached { age, reached, from }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_written_as_in_the_files() {
        for (text, months) in [("60y3m", 723), ("62y", 744), ("0y11m", 11)] {
            let age: Age = text.parse().unwrap();
            assert_eq!(age.months, months);
            assert_eq!(age.to_string(), text);
        }
        for wrong in ["", "60", "60y12m", "60y3", "y3m", "-1y", "1000y"] {
            assert!(wrong.parse::<Age>().is_err(), "{wrong}");
        }
    }
}
