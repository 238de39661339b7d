//! The share of the average income that the pension is.

use serde::{Deserialize, Serialize};

use crate::career::MOST_MONTHS;
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::pension::{Early, PensionError, Rules, early_reduction};
use crate::rate::Rate;
use crate::retirement::Sex;
use crate::trace::{Recorder, Step, StepText, Value};

const COUNTED: StepText = StepText {
    id: "pension.counted_years",
    vi: "{months} tháng được tính là {result} năm: tháng lẻ từ {from} đến {to} là nửa năm, trên đó là một năm",
    en: "{months} months count as {result} years: {from} to {to} odd months are half a year, more a whole year",
    formula: "{years} năm {odd} tháng → {result}",
};

const SCALE: StepText = StepText {
    id: "pension.rate",
    vi: "Tỷ lệ hưởng của {sex}: {base} cho {years} năm, mỗi năm thêm {per_year}",
    en: "Rate of a {sex}: {base} for {years} years, {per_year} for each further year",
    formula: "{base} + ({counted} − {years}) × {per_year} = {result}",
};

const MEN_UNDER_20: StepText = StepText {
    id: "pension.rate_men_under_20_years",
    vi: "Nam đóng từ 15 đến dưới {years} năm: {base} cho 15 năm, mỗi năm thêm {per_year}",
    en: "Men with 15 to under {years} years: {base} for 15 years, {per_year} for each further year",
    formula: "{base} + ({counted} − 15) × {per_year} = {result}",
};

const CAP: StepText = StepText {
    id: "pension.rate_maximum",
    vi: "Tỷ lệ hưởng không quá {maximum}",
    en: "The rate is at most {maximum}",
    formula: "min({rate}, {maximum}) = {result}",
};

const TREATY: StepText = StepText {
    id: "pension.rate_treaty",
    vi: "Có thời gian đóng theo điều ước quốc tế, dưới 15 năm ở Việt Nam: mỗi năm đóng ở Việt Nam {per_year}",
    en: "With treaty periods and under 15 Vietnamese years each Vietnamese year gives {per_year}",
    formula: "{counted} × {per_year} = {result}",
};

const REDUCED: StepText = StepText {
    id: "pension.rate_reduced",
    vi: "Tỷ lệ hưởng sau khi giảm do nghỉ trước tuổi",
    en: "Rate after the reduction for retiring early",
    formula: "{rate} − {reduction} = {result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&COUNTED, &SCALE, &MEN_UNDER_20, &CAP];

/// Years in halves, as the level of the pension counts them.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct HalfYears(pub u32);

impl HalfYears {
    /// Years, with a half.
    pub(crate) fn years(self) -> Rate {
        Rate::new(self.0.into(), 2).expect("fits")
    }
}

impl From<HalfYears> for Value {
    fn from(half_years: HalfYears) -> Value {
        Value::Number(half_years.years())
    }
}

/// Whose rate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateInput {
    /// By which the scale differs.
    pub sex: Sex,
    /// Months paid in Viet Nam.
    pub months: u32,
    /// Of these, compulsory.
    #[serde(default)]
    pub compulsory_months: u32,
    /// Months paid abroad under a treaty.
    #[serde(default)]
    pub treaty_months: u32,
    /// Retiring before the age, under compulsory rules.
    pub early: Option<Early>,
    /// First month of the pension, where it is not that of the day asked for. The rules of an earlier start are those of
    /// its time; those of a later one are not known yet and taken from the day asked for.
    pub starts: Option<Month>,
}

/// The rate and what it was made of.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RateResult {
    /// Years counted, with halves.
    pub counted_years: Rate,
    /// Rate before the reduction.
    pub full_rate: Rate,
    /// Reduction for retiring early.
    pub reduction: Rate,
    /// Rate of the pension.
    pub rate: Rate,
}

/// "Odd months: 1 to 6 count as half a year, 7 to 11 as a year": Luật 41/2024/QH15, Điều 5 khoản 6; the same before, Luật
/// 58/2014/QH13, Điều 74.
#[inline]
pub(crate) fn half_years(rules: &Rules, months: u32, recorder: &mut impl Recorder) -> HalfYears {
    let (from, to) = &rules.half_year;
    let (years, odd) = (months / 12, months % 12);
    let odd_halves = if i64::from(odd) < from.value {
        0
    } else if i64::from(odd) <= to.value {
        1
    } else {
        2
    };
    let counted = HalfYears(years * 2 + odd_halves);
    recorder.step(|| {
        Step::new(&COUNTED, counted)
            .with("months", months)
            .with("years", years)
            .with("odd", odd)
            .using("from", from)
            .using("to", to)
    });
    counted
}

/// What the scale of the day gives, without a trace; none below its first year.
pub(crate) fn on_scale(rules: &Rules, sex: Sex, counted: HalfYears) -> Option<Rate> {
    let at_base = &rules.years_at_base[sex as usize];
    let least_halves = (at_base.value * 2) as u32;
    let rate = if counted.0 >= least_halves {
        let per_year = rules.per_year[sex as usize].value;
        plus_halves(rules.base.value, per_year, counted.0 - least_halves)
    } else {
        let under = rules.men_under.as_ref().filter(|_| sex == Sex::Man);
        let (base, per_year) = under?;
        let further = counted.0.checked_sub(FIFTEEN_YEARS)?;
        plus_halves(base.value, per_year.value, further)
    };
    Some(rate.min(rules.maximum.value))
}

/// In halves: where the scale of men with few years begins, Luật 41/2024/QH15, Điều 99 khoản 1.
pub(crate) const FIFTEEN_YEARS: u32 = 30;

/// The rate of the pension, before a reduction.
///
/// "45 % for 15 years for women, for 20 years for men, then 2 % for each further year, at most 75 %; men with 15 to under 20
/// years 40 % for 15 years, then 1 % for each further year": Luật 41/2024/QH15, Điều 99 khoản 1; before, Luật 58/2014/QH13,
/// Điều 74. "Treaty periods with under 15 Vietnamese years: 2.25 % per year": Luật 41/2024/QH15, Điều 99 khoản 3.
///
/// Errors: fewer months than the minimum; treaty periods before 2025-07-01, whose rule is not in the parameters.
#[inline]
pub fn rate(
    rules: &Rules,
    sex: Sex,
    months: u32,
    treaty_months: u32,
    recorder: &mut impl Recorder,
) -> Result<Rate, PolicyError> {
    if months + treaty_months < rules.minimum_months() {
        return Err(too_short(rules, months + treaty_months));
    }
    let counted = half_years(rules, months, recorder);
    if treaty_months > 0 && months < FIFTEEN_YEARS * 6 {
        return treaty_rate(rules, counted, recorder);
    }
    let Some(rate) = on_scale(rules, sex, counted) else {
        return Err(too_short(rules, months));
    };
    tell_scale(rules, sex, counted, rate, recorder);
    Ok(rate)
}

#[cold]
pub(crate) fn too_short(rules: &Rules, months: u32) -> PolicyError {
    PensionError::TooShort {
        months,
        minimum: rules.minimum_months(),
        day: rules.day,
        rule: rules.minimum_years.source.clone(),
    }
    .into()
}

fn treaty_rate(
    rules: &Rules,
    counted: HalfYears,
    recorder: &mut impl Recorder,
) -> Result<Rate, PolicyError> {
    let per_year = rules.treaty.as_ref().map_err(Clone::clone)?;
    let rate = plus_halves(Rate::ZERO, per_year.value, counted.0);
    recorder.step(|| {
        Step::new(&TREATY, rate)
            .with("counted", counted)
            .using("per_year", per_year)
    });
    Ok(rate)
}

/// Says how the scale gave the rate.
fn tell_scale(
    rules: &Rules,
    sex: Sex,
    counted: HalfYears,
    rate: Rate,
    recorder: &mut impl Recorder,
) {
    let at_base = &rules.years_at_base[sex as usize];
    let least_halves = (at_base.value * 2) as u32;
    let per_year = &rules.per_year[sex as usize];
    let uncapped = if counted.0 >= least_halves {
        plus_halves(rules.base.value, per_year.value, counted.0 - least_halves)
    } else {
        rate
    };
    recorder.step(|| match &rules.men_under {
        Some((base, per_year)) if counted.0 < least_halves => Step::new(&MEN_UNDER_20, rate)
            .with("counted", counted)
            .using("years", at_base)
            .using("base", base)
            .using("per_year", per_year),
        _ => Step::new(&SCALE, uncapped)
            .with("sex", sex)
            .with("counted", counted)
            .using("base", &rules.base)
            .using("years", at_base)
            .using("per_year", per_year),
    });
    if uncapped > rate {
        recorder.step(|| {
            Step::new(&CAP, rate)
                .with("rate", uncapped)
                .using("maximum", &rules.maximum)
        });
    }
}

/// The rate of the pension with the reduction for retiring early.
///
/// Errors: as of [`rate`] and [`early_reduction`].
pub fn rate_with_reduction(
    rules: &Rules,
    input: &RateInput,
    recorder: &mut impl Recorder,
) -> Result<RateResult, PolicyError> {
    checked("months", input.months.into(), 0, MOST_MONTHS.into())?;
    checked(
        "treaty_months",
        input.treaty_months.into(),
        0,
        MOST_MONTHS.into(),
    )?;
    checked(
        "compulsory_months",
        input.compulsory_months.into(),
        0,
        input.months.into(),
    )?;
    let full_rate = rate(
        rules,
        input.sex,
        input.months,
        input.treaty_months,
        recorder,
    )?;
    let mut result = RateResult {
        counted_years: half_years(rules, input.months, &mut crate::NoTrace).years(),
        full_rate,
        reduction: Rate::ZERO,
        rate: full_rate,
    };
    if let Some(early) = &input.early {
        result.reduction = early_reduction(rules, early, input.compulsory_months, recorder)?;
        result.rate = full_rate.minus(result.reduction).max(Rate::ZERO);
        recorder.step(|| {
            Step::new(&REDUCED, result.rate)
                .with("rate", full_rate)
                .with("reduction", result.reduction)
        });
    }
    Ok(result)
}

/// `base + halves ÷ 2 × per_year`.
pub(crate) fn plus_halves(base: Rate, per_year: Rate, halves: u32) -> Rate {
    let further = Rate::new(halves.into(), 2).and_then(|years| years.times(per_year));
    base.plus(further.expect("percents of a life fit"))
}
