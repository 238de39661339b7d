//! Random questions with the engine's answers, by which the web app checks what it computes without a network.
//!
//! The same in every run: chance is counted up from a fixed number.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use policy::calculators::{self, CalculatorError};
use policy::{Language, Law, Month, offline};
use serde_json::{Map, Value, json};

/// Questions to each calculator.
const QUESTIONS: usize = 3_000;
/// So many of them with all steps in words, in both languages.
const EXPLAINED: usize = 250;

type Question = fn(&mut Chance, Date) -> Value;

const ASKED: &[(&str, Question)] = &[
    ("compare.withdraw_or_keep", compare),
    ("household_hi.contribution", household),
    (
        "retirement.age",
        |chance, on| json!({ "born": chance.born(on), "sex": chance.sex() }),
    ),
    ("tables.curve", curve),
    ("voluntary_si.payment", payment),
    ("withdrawal.loss", withdrawal),
];

/// Writes the document of the phone, then each question with its answer, one a line.
pub fn write(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let law = Law::embedded();
    let mut file = BufWriter::new(File::create(path).with_context(|| path.display().to_string())?);
    writeln!(file, "{}", serde_json::to_string(&offline::document(law))?)?;
    for (name, question) in ASKED {
        let calculator = calculators::find(name).context(*name)?;
        let mut chance = Chance(0);
        for at in 0..QUESTIONS {
            let on = chance.day();
            let input = question(&mut chance, on);
            let answer = match calculator(law, on, &input) {
                Ok(answer) if at < EXPLAINED => json!({
                    "value": answer.value,
                    "vi": answer.explanation(Language::Vi),
                    "en": answer.explanation(Language::En),
                }),
                Ok(answer) => json!({ "value": answer.value }),
                Err(CalculatorError::Policy(error)) => json!({ "refused": {
                    "code": error.code(), "vi": error.message_vi(), "en": error.message_en(),
                } }),
                Err(CalculatorError::Input(error)) => anyhow::bail!("{name}: {error}: {input}"),
            };
            let line = json!({ "calculator": name, "on": on, "input": input, "answer": answer });
            writeln!(file, "{line}")?;
        }
    }
    file.flush()?;
    Ok(())
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From `least` to `most`.
    fn number(&mut self, least: i64, most: i64) -> i64 {
        least + (self.next() % (most - least + 1) as u64) as i64
    }

    /// True once in so many times.
    fn once_in(&mut self, times: u64) -> bool {
        self.next().is_multiple_of(times)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.number(0, all.len() as i64 - 1) as usize]
    }

    fn some_of(&mut self, all: &[&str]) -> Vec<String> {
        let chosen = all.iter().filter(|_| self.once_in(4));
        chosen.map(|one| (*one).to_owned()).collect()
    }

    /// Mostly a day whose law is told, often one of a change.
    fn day(&mut self) -> Date {
        let changes = [
            date(2018, 1, 1),
            date(2018, 12, 1),
            date(2021, 1, 1),
            date(2022, 1, 1),
            date(2025, 7, 1),
            date(2026, 7, 1),
        ];
        if self.once_in(5) {
            return self
                .one_of(&changes)
                .saturating_add(self.number(-1, 1).days());
        }
        if self.once_in(2) {
            return date(2026, 1, 1).saturating_add(self.number(0, 364).days());
        }
        date(2017, 12, 1).saturating_add(self.number(0, 3_720).days())
    }

    fn sex(&mut self) -> &'static str {
        self.one_of(&["man", "woman"])
    }

    fn month(&mut self, least: i64, most: i64) -> Month {
        let after = self.number(least * 12, most * 12 + 11);
        Month::new(1900, 1)
            .expect("is a month")
            .plus((after - 1900 * 12) as i32)
    }

    /// Day, month or year; seldom somebody unborn or much too old.
    fn born(&mut self, on: Date) -> String {
        let year = i64::from(on.year());
        let month = match self.number(0, 39) {
            0 => self.month(year, year + 1),
            1 => {
                return self
                    .one_of(&["1880-05-31", "1895-12-01", "1900"])
                    .to_owned();
            }
            _ => self.month(year - 85, year - 15),
        };
        match self.number(0, 3) {
            0 => month.year().to_string(),
            1 => month
                .first_day()
                .saturating_add(self.number(0, 27).days())
                .to_string(),
            _ => month.to_string(),
        }
    }

    fn income(&mut self) -> i64 {
        match self.number(0, 9) {
            0 => self.one_of(&[0, 1, 699_999, 700_000, 1_499_999, 1_500_000, 1_500_001]),
            1 => self.number(500_000, 2_000_000),
            2 => self.number(1_500_000, 60_000_000),
            3..=5 => 1_500_000 + 50_000 * self.number(0, 200),
            _ => 1_500_000 + 500_000 * self.number(0, 20),
        }
    }

    fn categories(&mut self) -> Vec<String> {
        const ALL: [&str; 5] = [
            "poor",
            "island_commune",
            "near_poor",
            "ethnic_minority",
            "other",
        ];
        if self.once_in(2) {
            return Vec::new();
        }
        self.some_of(&ALL)
    }

    fn career(&mut self, on: Date) -> Value {
        if self.once_in(5) {
            let from = self.month(1995, 2010);
            let to = from.plus(self.number(150, 320) as i32);
            let income = self.number(700_000, 5_000_000);
            let scheme = self.one_of(&["compulsory_si", "voluntary_si"]);
            let long = json!({ "from": from, "to": to, "income_vnd": income, "scheme": scheme });
            return json!({ "spans": [long] });
        }
        let spans = self.one_of(&[0, 1, 1, 1, 1, 2, 2, 3]);
        let mut next = self.month(2006, i64::from(on.year()));
        let mut told = Vec::new();
        for _ in 0..spans {
            let from = next;
            let to = from.plus(self.number(-1, 170) as i32);
            let compulsory = self.once_in(3);
            let mut span = json!({ "from": from, "to": to, "income_vnd": self.income() });
            if compulsory {
                span["scheme"] = json!("compulsory_si");
            } else if self.once_in(2) {
                span["categories"] = json!(self.categories());
            }
            told.push(span);
            next = to.plus(self.one_of(&[0, 1, 1, 2, 7, 40]));
        }
        if self.once_in(3) {
            told.reverse();
        }
        json!({ "spans": told })
    }

    fn further(&mut self, on: Date) -> Value {
        let mut further = json!({ "income_vnd": self.income(), "categories": self.categories() });
        if self.once_in(2) {
            further["months"] = json!(self.number(0, 400));
        }
        if self.once_in(6) {
            let year = i64::from(on.year());
            further["from"] = json!(self.month(year - 1, year + 3));
        }
        further
    }

    /// Adds a member to an object once in so many times.
    fn at_times(
        &mut self,
        times: u64,
        into: &mut Value,
        name: &str,
        value: impl Fn(&mut Self) -> Value,
    ) {
        if self.once_in(times) {
            let value = value(self);
            into[name] = value;
        }
    }
}

fn payment(chance: &mut Chance, on: Date) -> Value {
    let mut input = json!({
        "income_vnd": chance.income(),
        "mode": chance.one_of(&["monthly", "three_months", "six_months", "twelve_months"]),
        "categories": chance.categories(),
    });
    chance.at_times(2, &mut input, "supported_months", |chance| {
        json!(chance.number(0, 123))
    });
    chance.at_times(3, &mut input, "first_month", |chance| {
        let year = i64::from(on.year());
        json!(chance.month(year, year + 1))
    });
    chance.at_times(3, &mut input, "residence", |chance| {
        let mut residence = Map::from_iter([(
            "province".to_owned(),
            json!(chance.one_of(&["01", "01", "79"])),
        )]);
        if chance.once_in(2) {
            residence.insert("area".to_owned(), json!("Quận Long Biên"));
        }
        Value::Object(residence)
    });
    input
}

fn household(chance: &mut Chance, _: Date) -> Value {
    const GROUPS: [&str; 11] = [
        "budget_paid",
        "near_poor",
        "near_poor_poor_area",
        "multidimensionally_poor",
        "pupil",
        "average_living_standard",
        "ethnic_minority_left_zone",
        "village_workers",
        "trafficking_victim",
        "mine_victim",
        "insured_elsewhere",
    ];
    let members = if chance.once_in(60) {
        0
    } else {
        chance.number(1, 7)
    };
    let members: Vec<Value> = (0..members)
        .map(|_| {
            let mut member = json!({});
            chance.at_times(3, &mut member, "groups", |chance| {
                let one = chance.one_of(&GROUPS);
                let other = chance.one_of(&GROUPS);
                if chance.once_in(4) {
                    json!([one, other])
                } else {
                    json!([one])
                }
            });
            chance.at_times(12, &mut member, "chooses_household", |_| json!(true));
            chance.at_times(12, &mut member, "supported_months", |chance| {
                json!(chance.number(0, 40))
            });
            member
        })
        .collect();
    let mut input = json!({ "months": chance.one_of(&[3, 6, 12, 12, 12, 5]), "members": members });
    chance.at_times(4, &mut input, "members_before", |chance| {
        json!(chance.number(0, 52))
    });
    input
}

fn curve(chance: &mut Chance, on: Date) -> Value {
    let mut input = json!({ "born": chance.born(on), "sex": chance.sex() });
    chance.at_times(2, &mut input, "career", |chance| chance.career(on));
    if chance.once_in(8) {
        return input;
    }
    input["further"] = chance.further(on);
    chance.at_times(4, &mut input, "until_age", |chance| {
        json!(chance.number(0, 125))
    });
    input
}

const REASONS: [&str; 8] = [
    "stopped_paying",
    "stopped_paying",
    "stopped_paying",
    "stopped_paying",
    "age_reached",
    "settling_abroad",
    "serious_disease",
    "disability",
];

fn compare(chance: &mut Chance, on: Date) -> Value {
    let mut input = json!({
        "born": chance.born(on), "sex": chance.sex(), "career": chance.career(on),
    });
    chance.at_times(2, &mut input, "reason", |chance| {
        json!(chance.one_of(&REASONS))
    });
    chance.at_times(3, &mut input, "further", |chance| chance.further(on));
    chance.at_times(10, &mut input, "state_support_vnd", |chance| {
        json!(chance.number(0, 30_000_000))
    });
    chance.at_times(10, &mut input, "ages", |chance| {
        json!([chance.number(0, 121), 80])
    });
    input
}

fn withdrawal(chance: &mut Chance, on: Date) -> Value {
    const DISEASES: [&str; 4] = ["cancer", "leprosy", "aids", "ministry_list"];
    let mut input = json!({ "reason": chance.one_of(&REASONS), "career": chance.career(on) });
    if !chance.once_in(10) {
        input["born"] = json!(chance.born(on));
        input["sex"] = json!(chance.sex());
    }
    chance.at_times(2, &mut input, "disease", |chance| {
        json!(chance.one_of(&DISEASES))
    });
    chance.at_times(3, &mut input, "capacity_loss_percent", |chance| {
        json!(chance.number(60, 100))
    });
    chance.at_times(6, &mut input, "extremely_severe_disability", |_| {
        json!(true)
    });
    chance.at_times(10, &mut input, "state_support_vnd", |chance| {
        json!(chance.number(0, 1_000_000_500))
    });
    input
}
