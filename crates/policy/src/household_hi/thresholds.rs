//! What holds on a day for everybody: benefit levels, the cheap visit, the yearly limit of co-payments.

use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::household_hi::{BenefitRules, Insured};
use crate::rate::Rate;
use crate::trace::{Recorder, Step, StepText};

const LEVEL: StepText = StepText {
    id: "household_hi.benefit_level",
    vi: "Mức hưởng: {insured}",
    en: "Benefit level: {insured}",
    formula: "{level}",
};

const CHEAP: StepText = StepText {
    id: "household_hi.cheap_visit",
    vi: "Một lần khám chữa bệnh dưới {share} mức tham chiếu (trước 01/7/2025: lương cơ sở) thì quỹ trả toàn bộ",
    en: "A visit below {share} of the reference level (before 2025-07-01: base salary) is paid whole by the fund",
    formula: "{share} × {reference_level} = {result}",
};

const YEAR: StepText = StepText {
    id: "household_hi.copayment_limit",
    vi: "Đủ {years} năm liên tục thì cùng chi trả trong năm nhiều nhất {multiple} lần mức tham chiếu (trước 01/7/2025: lương cơ sở)",
    en: "After {years} consecutive years the co-payments of a year are at most {multiple} times the reference level (before 2025-07-01: base salary)",
    formula: "{multiple} × {reference_level} = {result}",
};

/// Nothing to choose: the day says it all.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdsInput {}

/// Levels and limits of a day.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Thresholds {
    /// The base salary or reference level, in đồng.
    pub reference_level_vnd: AmountVnd,
    /// A visit below it is paid whole, in đồng.
    pub cheap_visit_below_vnd: AmountVnd,
    /// Co-payments of a year after five consecutive years, in đồng.
    pub copayment_limit_vnd: AmountVnd,
    /// Consecutive years for that.
    pub consecutive_years: i64,
    /// Level at the commune.
    pub commune_level: Rate,
    /// Level of each group that the law of the day names.
    pub levels: Vec<InsuredLevel>,
}

/// The level of a group.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct InsuredLevel {
    /// The group.
    pub insured: Insured,
    /// Share that the fund pays.
    pub level: Rate,
}

/// The cost in đồng from which a visit is no longer paid whole.
///
/// "100 % where the cost of one visit is below 15 % of the base salary": Nghị định 146/2018/NĐ-CP, Điều 14 khoản 1 điểm d;
/// Luật 51/2024/QH15, Điều 22 khoản 1 điểm b.
pub(crate) fn cheap_visit(rules: &BenefitRules, recorder: &mut impl Recorder) -> AmountVnd {
    let below = rules
        .cheap_visit_share
        .value
        .of(rules.reference_level.value);
    recorder.step(|| {
        Step::new(&CHEAP, below)
            .using("share", &rules.cheap_visit_share)
            .using("reference_level", &rules.reference_level)
            .rounded(Rounding::HalfUp)
    });
    below
}

/// The limit of a year's co-payments in đồng, where the base salary did not change in the year.
///
/// "100 % after five consecutive years where the co-payments of the year exceed six base salaries": Nghị định
/// 146/2018/NĐ-CP, Điều 14 khoản 1 điểm đ, Điều 27 khoản 3; Luật 51/2024/QH15, Điều 22 khoản 1 điểm d.
pub(crate) fn copayment_limit(rules: &BenefitRules, recorder: &mut impl Recorder) -> AmountVnd {
    let limit = rules.reference_level.value * rules.copayment_multiple.value;
    recorder.step(|| {
        Step::new(&YEAR, limit)
            .using("years", &rules.consecutive_years)
            .using("multiple", &rules.copayment_multiple)
            .using("reference_level", &rules.reference_level)
    });
    limit
}

/// Levels and limits on the day of the rules.
pub fn thresholds(rules: &BenefitRules, recorder: &mut impl Recorder) -> Thresholds {
    let cheap_visit_below_vnd = cheap_visit(rules, recorder);
    let copayment_limit_vnd = copayment_limit(rules, recorder);
    let mut levels = Vec::new();
    for insured in Insured::ALL {
        // A group that the law of the day does not name.
        let Ok(level) = rules.level(insured) else {
            continue;
        };
        recorder.step(|| {
            Step::new(&LEVEL, level.value)
                .with("insured", insured)
                .using("level", level)
        });
        levels.push(InsuredLevel {
            insured,
            level: level.value,
        });
    }
    Thresholds {
        reference_level_vnd: rules.reference_level.value,
        cheap_visit_below_vnd,
        copayment_limit_vnd,
        consecutive_years: rules.consecutive_years.value,
        commune_level: rules.commune_level.value,
        levels,
    }
}
