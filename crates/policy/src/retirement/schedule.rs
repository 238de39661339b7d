//! The schedule of retirement ages by the year in which they are reached, as the Labour Code has it.

use serde::{Deserialize, Serialize};

use crate::error::PolicyError;
use crate::month::Month;
use crate::parameters::{Law, whole};
use crate::retirement::{Age, Rules, Sex};
use crate::trace::{Recorder, Step, StepText, Value};

const AGE: StepText = StepText {
    id: "retirement.age_in_year",
    vi: "Tuổi nghỉ hưu của {sex} đủ tuổi trong năm {year}",
    en: "Retirement age of a {sex} who reaches it in {year}",
    formula: "{age}",
};

const BORN: StepText = StepText {
    id: "retirement.born_in",
    vi: "Người đủ tuổi trong năm {year} sinh từ tháng {result} đến tháng {until}, theo bảng tháng sinh",
    en: "Who reaches it in {year} is born from {result} to {until}, by the table of birth months",
    formula: "{result} – {until}",
};

/// Ages outside this one are in no schedule.
const AGES: [i32; 2] = [50 * 12, 70 * 12];

/// Which row of the schedule.
#[derive(Copy, Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleInput {
    /// By which the age differs.
    pub sex: Sex,
    /// The year in which the age is reached.
    pub year: i16,
}

/// One row of the schedule.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ScheduleRow {
    /// Retirement age.
    pub age: Age,
    /// First month of birth of those who reach it in the year; none if nobody does.
    pub born_from: Option<Month>,
    /// Last month of birth of those who reach it in the year.
    pub born_until: Option<Month>,
}

/// The age at which people retire who reach it in a year, by the rules of the day, and when they were born.
///
/// "From 2021 on 60 years 3 months for men and 55 years 4 months for women; then each year 3 months more for men and 4 months
/// for women": Bộ luật Lao động 45/2019/QH14, Điều 169 khoản 2. The months of birth are of another place, Nghị định
/// 135/2020/NĐ-CP, Phụ lục I; both must agree.
///
/// Errors: a year before the first one of the schedule.
pub fn schedule(
    law: &Law,
    rules: &Rules,
    input: ScheduleInput,
    recorder: &mut impl Recorder,
) -> Result<ScheduleRow, PolicyError> {
    let by_year = law.parameter(&format!("retirement/age_{}", input.sex.row()));
    let found = by_year.rate_in_year(rules.on, input.year)?;
    let age = found.map(|months| Age {
        months: whole(months) as i32,
    });
    let year = Value::Year(input.year);
    recorder.step(|| {
        Step::new(&AGE, age.value)
            .using("age", &age)
            .with("sex", input.sex)
            .with("year", year)
    });
    let born = born_in(rules, input);
    if let Some((from, until)) = born {
        recorder.step(|| {
            Step::new(&BORN, from)
                .with("year", year)
                .with("until", until)
                .from(&rules.age(input.sex, from).source)
        });
    }
    Ok(ScheduleRow {
        age: age.value,
        born_from: born.map(|(from, _)| from),
        born_until: born.map(|(_, until)| until),
    })
}

fn born_in(rules: &Rules, input: ScheduleInput) -> Option<(Month, Month)> {
    let january = Month::new(input.year, 1)?;
    let [youngest, oldest] = AGES;
    let months = (-oldest..=11 - youngest).map(|at| january.plus(at));
    let mut born = months.filter(|born| {
        let reached = born.plus(rules.age(input.sex, *born).value.months);
        reached.year() == input.year
    });
    let first = born.next()?;
    Some((first, born.next_back().unwrap_or(first)))
}
