//! The incomes one may choose.

use serde::{Deserialize, Serialize};

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::InForce;
use crate::trace::{Recorder, Step, StepText};
use crate::voluntary_si::support::tell_monthly;
use crate::voluntary_si::{Categories, Category, Rules, VoluntarySiError, monthly_contribution};

const FLOOR: StepText = StepText {
    id: "voluntary_si.income_floor",
    vi: "Mức thu nhập chọn thấp nhất bằng chuẩn hộ nghèo của khu vực nông thôn",
    en: "The lowest income that may be chosen is the rural poverty line",
    formula: "{poverty_line}",
};

const CEILING: StepText = StepText {
    id: "voluntary_si.income_ceiling",
    vi: "Mức thu nhập chọn cao nhất bằng {multiple} lần mức tham chiếu (trước 01/7/2025: lương cơ sở)",
    en: "The highest income that may be chosen is {multiple} times the reference level (before 2025-07-01: base salary)",
    formula: "{multiple} × {reference_level} = {result}",
};

const STEP: StepText = StepText {
    id: "voluntary_si.income_step",
    vi: "Mức thu nhập chọn đi theo bậc {step} đồng từ chuẩn hộ nghèo",
    en: "The chosen income goes in steps of {step} đồng from the poverty line",
    formula: "{poverty_line} + m × {step}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&FLOOR, &CEILING, &STEP];

/// Nothing to choose: the day says it all.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsInput {}

/// What may be chosen on a day, and what the State adds.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Limits {
    /// Lowest income, in đồng per month.
    pub income_floor_vnd: AmountVnd,
    /// Highest income, in đồng per month.
    pub income_ceiling_vnd: AmountVnd,
    /// Step of the income in đồng; none if any amount may be chosen.
    pub income_step_vnd: Option<AmountVnd>,
    /// Contribution on the lowest income, in đồng per month.
    pub contribution_floor_vnd: AmountVnd,
    /// Contribution on the highest income, in đồng per month.
    pub contribution_ceiling_vnd: AmountVnd,
    /// State support by category.
    pub support: Vec<CategoryLimits>,
}

/// The State's support of one category.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CategoryLimits {
    /// The category.
    pub category: Category,
    /// State support, in đồng per month.
    pub state_monthly_vnd: AmountVnd,
    /// What the person pays on the lowest income, in đồng per month, without local support.
    pub payer_floor_vnd: AmountVnd,
}

/// The highest income: `multiple × reference level`.
///
/// "…and at most 20 times the reference level at the time of payment": Luật 41/2024/QH15, Điều 31 khoản 2; before, 20 times
/// the base salary: Luật 58/2014/QH13, Điều 87 khoản 1.
pub(crate) fn ceiling(
    multiple: &InForce<i64>,
    reference_level: &InForce<AmountVnd>,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let ceiling = reference_level.value * multiple.value;
    recorder.step(|| {
        Step::new(&CEILING, ceiling)
            .using("multiple", multiple)
            .using("reference_level", reference_level)
    });
    ceiling
}

/// Checks that the income, in đồng per month, may be chosen on the day of the rules.
///
/// "The income chosen is at least the poverty line of rural areas": Luật 41/2024/QH15, Điều 31 khoản 2; Luật 58/2014/QH13,
/// Điều 87 khoản 1. Until 2025-06-30 it was `CN + m × 50.000`: Quyết định 595/QĐ-BHXH, Điều 10.
///
/// Errors: below the floor, above the ceiling, between steps.
#[inline]
pub fn income_checked(
    rules: &Rules,
    income: AmountVnd,
    recorder: &mut impl Recorder,
) -> Result<(), PolicyError> {
    let floor = rules.poverty_line.value;
    recorder.step(|| Step::new(&FLOOR, floor).using("poverty_line", &rules.poverty_line));
    ceiling(&rules.ceiling_multiple, &rules.reference_level, recorder);
    if let Some(step) = &rules.income_step {
        recorder.step(|| {
            Step::new(&STEP, step.value)
                .using("step", step)
                .using("poverty_line", &rules.poverty_line)
        });
        if income > floor && (income.0 - floor.0) % step.value.0 != 0 {
            return Err(refused(rules, income));
        }
    }
    if income < floor || income > rules.ceiling {
        return Err(refused(rules, income));
    }
    Ok(())
}

#[cold]
fn refused(rules: &Rules, income: AmountVnd) -> PolicyError {
    let (floor, ceiling, on) = (rules.poverty_line.value, rules.ceiling, rules.on);
    let error = if income < floor {
        VoluntarySiError::IncomeBelowFloor {
            income,
            floor,
            on,
            rule: rules.poverty_line.source.clone(),
        }
    } else if income > ceiling {
        VoluntarySiError::IncomeAboveCeiling {
            income,
            ceiling,
            on,
            rule: rules.ceiling_multiple.source.clone(),
        }
    } else {
        let step = rules
            .income_step
            .as_ref()
            .expect("only a step refuses an income within the limits");
        let lower = AmountVnd(income.0 - (income.0 - floor.0) % step.value.0);
        let upper = lower + step.value;
        let rule = step.source.clone();
        VoluntarySiError::IncomeOffStep {
            income,
            floor,
            step: step.value,
            lower,
            upper,
            on,
            rule,
        }
    };
    error.into()
}

/// What may be chosen on the day of the rules.
pub fn limits(rules: &Rules, recorder: &mut impl Recorder) -> Limits {
    let floor = rules.poverty_line.value;
    recorder.step(|| Step::new(&FLOOR, floor).using("poverty_line", &rules.poverty_line));
    let income_ceiling = ceiling(&rules.ceiling_multiple, &rules.reference_level, recorder);
    let contribution_floor = monthly_contribution(rules, floor, recorder);
    let mut support = Vec::new();
    for category in Category::ALL {
        let chosen = &rules.support[Categories::from(category).index()];
        // A group that the law of the day does not name.
        if chosen.category != category {
            continue;
        }
        tell_monthly(rules, chosen, recorder);
        support.push(CategoryLimits {
            category,
            state_monthly_vnd: chosen.monthly,
            payer_floor_vnd: contribution_floor.less_at_most(chosen.monthly),
        });
    }
    Limits {
        income_floor_vnd: floor,
        income_ceiling_vnd: income_ceiling,
        income_step_vnd: rules.income_step.as_ref().map(|step| step.value),
        contribution_floor_vnd: contribution_floor,
        contribution_ceiling_vnd: monthly_contribution(rules, income_ceiling, recorder),
        support,
    }
}
