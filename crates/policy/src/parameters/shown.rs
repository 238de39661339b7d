//! Values of parameters as people write them, with their unit.

use crate::amount::AmountVnd;
use crate::parameters::lookup::whole;
use crate::parameters::{Unit, Verified};
use crate::rate::Rate;
use crate::trace::{Language, Value};

impl Unit {
    /// A value of this unit: "4.000.000 đồng", "22%", "61 tuổi 3 tháng".
    pub fn shown(self, value: Rate, language: Language) -> String {
        let vi = language == Language::Vi;
        let number = || Value::Number(value).render(language);
        let of = |vi_word: &str, en_one: &str, en_many: &str| {
            let one = value == Rate::whole(1);
            let word = match (vi, one) {
                (true, _) => vi_word,
                (false, true) => en_one,
                (false, false) => en_many,
            };
            format!("{} {word}", number())
        };
        match self {
            Unit::Vnd | Unit::VndPerMonth => {
                let amount = Value::Vnd(AmountVnd(whole(value))).render(language);
                match (self, vi) {
                    (Unit::VndPerMonth, true) => format!("{amount} đồng/tháng"),
                    (Unit::VndPerMonth, false) => format!("{amount} đồng a month"),
                    _ => format!("{amount} đồng"),
                }
            }
            Unit::Ratio | Unit::RatioPerMonth | Unit::RatioPerDay => {
                let share = Value::Share(value).render(language);
                match (self, vi) {
                    (Unit::RatioPerMonth, true) => format!("{share} mỗi tháng"),
                    (Unit::RatioPerMonth, false) => format!("{share} a month"),
                    (Unit::RatioPerDay, true) => format!("{share} mỗi ngày"),
                    (Unit::RatioPerDay, false) => format!("{share} a day"),
                    _ => share,
                }
            }
            Unit::Times => of("lần", "time", "times"),
            Unit::Count => number(),
            Unit::Years => of("năm", "year", "years"),
            Unit::Months => of("tháng", "month", "months"),
            Unit::Days => of("ngày", "day", "days"),
            Unit::Age => {
                let (years, months) = (whole(value) / 12, whole(value) % 12);
                match (vi, months) {
                    (true, 0) => format!("{years} tuổi"),
                    (true, _) => format!("{years} tuổi {months} tháng"),
                    (false, 0) => format!("{years} years"),
                    (false, _) => format!("{years} years {months} months"),
                }
            }
            Unit::Flag => Value::Is(value != Rate::ZERO).render(language),
        }
    }

    /// The least by which a value written with so many decimals can differ.
    pub fn step(self, decimals: u32) -> Rate {
        let decimals = match self {
            Unit::Ratio => decimals.max(2),
            _ => decimals,
        };
        Rate::new(1, 10_i128.pow(decimals)).expect("files are read with at most 18 digits")
    }
}

impl Verified {
    /// The state in words.
    pub fn shown(self, language: Language) -> &'static str {
        match (self, language) {
            (Verified::Primary, Language::Vi) => "đã đọc trong văn bản",
            (Verified::Secondary, Language::Vi) => "đọc ở nguồn khác",
            (Verified::Derived, Language::Vi) => "tính ra",
            (Verified::Unverified, Language::Vi) => "chưa xác minh",
            (Verified::Primary, Language::En) => "primary",
            (Verified::Secondary, Language::En) => "secondary",
            (Verified::Derived, Language::En) => "derived",
            (Verified::Unverified, Language::En) => "unverified",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_with_their_unit() {
        let check = |unit: Unit, value: &str, vi: &str, en: &str| {
            let value = value.parse().unwrap();
            assert_eq!(unit.shown(value, Language::Vi), vi);
            assert_eq!(unit.shown(value, Language::En), en);
        };
        check(
            Unit::VndPerMonth,
            "2530000",
            "2.530.000 đồng/tháng",
            "2,530,000 đồng a month",
        );
        check(Unit::Ratio, "0.045", "4,5%", "4.5%");
        check(Unit::RatioPerDay, "0.0003", "0,03% mỗi ngày", "0.03% a day");
        check(Unit::Times, "1.5", "1,5 lần", "1.5 times");
        check(Unit::Months, "1", "1 tháng", "1 month");
        check(Unit::Age, "735", "61 tuổi 3 tháng", "61 years 3 months");
        check(Unit::Flag, "1", "có", "yes");
    }
}
