//! What retiring before the age costs, under compulsory rules.

use serde::Deserialize;

use crate::error::PolicyError;
use crate::pension::rate::plus_halves;
use crate::pension::{PensionError, Rules};
use crate::rate::Rate;
use crate::retirement::Age;
use crate::trace::{Doubt, Recorder, Step, StepText};

const UNTIL_2025_06: StepText = StepText {
    id: "pension.early_reduction_until_2025_06",
    vi: "Nghỉ trước tuổi {early} tháng: mỗi năm giảm {per_year}; tháng lẻ của tuổi ({odd}) đến 6 tháng giảm {odd_part}, trên 6 tháng không giảm",
    en: "{early} months before the age: {per_year} for each year; up to 6 odd months of the age ({odd}) {odd_part}, above 6 nothing",
    formula: "{years} × {per_year} + {halves} × {odd_part} = {result}",
};

const FROM_2025_07: StepText = StepText {
    id: "pension.early_reduction",
    vi: "Nghỉ trước tuổi {early} tháng: mỗi năm giảm {per_year}; phần lẻ ({odd} tháng) từ 6 đến dưới 12 tháng giảm {odd_part}, dưới 6 tháng không giảm",
    en: "{early} months before the age: {per_year} for each year; an odd part ({odd} months) of 6 to under 12 months {odd_part}, under 6 months nothing",
    formula: "{years} × {per_year} + {halves} × {odd_part} = {result}",
};

/// The published examples are of ages in whole years.
const ODD_AGE: Doubt = Doubt {
    id: "pension.early_reduction_odd_age",
    vi: "Từ 2021 đến 30/6/2025 tuổi nghỉ hưu có tháng lẻ; các ví dụ công bố (Thông tư 59/2015) chỉ có tuổi tròn năm. Ở đây phần lẻ lấy theo thời gian nghỉ sớm.",
    en: "From 2021 to 2025-06-30 retirement ages have odd months; the published examples (Circular 59/2015) are of whole years only. Here the odd part is that of the time before the age.",
};

/// Retiring before the age, under compulsory rules.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Early {
    /// Age at the start of the pension.
    pub age: Age,
    /// The age before which it is reduced: that of the person's kind of work.
    pub normal_age: Age,
}

/// The reduction for retiring early, as a share of the average income.
///
/// "…for each year before the age 2 % less; under 6 months nothing, from 6 to under 12 months 1 %": Luật 41/2024/QH15, Điều 66
/// khoản 3. Only the compulsory scheme has early retirement: Nghị định 159/2025/NĐ-CP, Điều 11 khoản 2.
///
/// Errors: too few compulsory months for its rules, an age that is not before the normal one.
pub fn early_reduction(
    rules: &Rules,
    early: &Early,
    compulsory_months: u32,
    recorder: &mut impl Recorder,
) -> Result<Rate, PolicyError> {
    let needed = rules.compulsory_years.value * 12;
    if i64::from(compulsory_months) < needed {
        return Err(PensionError::EarlyOnlyCompulsory {
            months: compulsory_months,
            needed,
            rule: rules.compulsory_years.source.clone(),
        }
        .into());
    }
    let months = early.normal_age.months - early.age.months;
    if !(1..=240).contains(&months) {
        return Err(PensionError::NotEarly {
            age: early.age,
            normal: early.normal_age,
        }
        .into());
    }
    if rules.is_law_2024() {
        return Ok(early_reduction_from_2025_07(rules, months, recorder));
    }
    Ok(early_reduction_until_2025_06(
        rules, early, months, recorder,
    ))
}

fn early_reduction_from_2025_07(rules: &Rules, months: i32, recorder: &mut impl Recorder) -> Rate {
    let (years, odd) = ((months / 12) as u32, months % 12);
    let halves = u32::from(odd >= 6);
    tell(
        rules,
        &FROM_2025_07,
        (months, years, odd, halves),
        None,
        recorder,
    )
}

/// "…2 % less for each year; where the age has odd months, up to 6 months 1 %, above 6 months nothing": Luật 58/2014/QH13,
/// Điều 56 khoản 3; Thông tư 59/2015/TT-BLĐTBXH, ví dụ 24–25.
fn early_reduction_until_2025_06(
    rules: &Rules,
    early: &Early,
    months: i32,
    recorder: &mut impl Recorder,
) -> Rate {
    let years = (months / 12) as u32;
    let odd = early.age.months % 12;
    if early.normal_age.months % 12 == 0 {
        let halves = u32::from((1..=6).contains(&odd));
        return tell(
            rules,
            &UNTIL_2025_06,
            (months, years, odd, halves),
            None,
            recorder,
        );
    }
    let halves = u32::from(months % 12 >= 6);
    let shape = (months, years, odd, halves);
    tell(rules, &UNTIL_2025_06, shape, Some(&ODD_AGE), recorder)
}

fn tell(
    rules: &Rules,
    text: &'static StepText,
    (months, years, odd, halves): (i32, u32, i32, u32),
    doubt: Option<&'static Doubt>,
    recorder: &mut impl Recorder,
) -> Rate {
    let (per_year, odd_part) = &rules.early;
    // `plus_halves` counts halves: whole years are two.
    let of_years = plus_halves(Rate::ZERO, per_year.value, years * 2);
    let reduction = plus_halves(of_years, odd_part.value, halves * 2);
    recorder.step(|| {
        let step = Step::new(text, reduction)
            .with("early", i64::from(months))
            .with("years", years)
            .with("odd", i64::from(odd))
            .with("halves", halves)
            .using("per_year", per_year)
            .using("odd_part", odd_part);
        match doubt {
            Some(doubt) => step.doubted(doubt),
            None => step,
        }
    });
    reduction
}
