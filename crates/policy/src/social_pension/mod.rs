//! What the State pays to old people without a pension: the social pension, and the social assistance before it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::LAWS_2024;
use crate::amount::AmountVnd;
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::parameters::{InForce, Law};
use crate::person;
use crate::retirement::{Age, Birthday};
use crate::trace::{Doubt, Recorder, Step, StepText};

const AGE: StepText = StepText {
    id: "social_pension.age",
    vi: "Tuổi hưởng trợ cấp hưu trí xã hội: {age} tuổi (hộ nghèo, cận nghèo thấp hơn), đủ tuổi tháng {result}",
    en: "Age of the social pension: {age} (lower in poor and near-poor households), reached in {result}",
    formula: "{born} + {age} = {result}",
};

const OTHER: StepText = StepText {
    id: "social_pension.other_pension",
    vi: "Không có lương hưu, trợ cấp BHXH hằng tháng hoặc có mà thấp hơn {level} đồng",
    en: "No pension or monthly SI allowance, or one below {level}",
    formula: "{other} < {level}",
};

const AMOUNT: StepText = StepText {
    id: "social_pension.amount",
    vi: "Trợ cấp hưu trí xã hội mỗi tháng; nếu đang hưởng trợ cấp xã hội hằng tháng thì lấy mức cao hơn",
    en: "Social pension per month; where there is monthly social assistance, the higher of the two",
    formula: "max({level}, {assistance}) = {result}",
};

const AGE_UNTIL_2025_06: StepText = StepText {
    id: "social_pension.older_people_age_until_2025_06",
    vi: "Trợ giúp xã hội cho người từ {age} tuổi không có lương hưu, trợ cấp BHXH hằng tháng; đủ tuổi tháng {result}",
    en: "Social assistance to people of {age} and over without a pension or monthly SI allowance; the age is reached in {result}",
    formula: "{born} + {age} = {result}",
};

const AMOUNT_UNTIL_2025_06: StepText = StepText {
    id: "social_pension.older_people_allowance_until_2025_06",
    vi: "Mức trợ giúp xã hội mỗi tháng; nếu đang hưởng trợ cấp xã hội khác thì lấy mức cao hơn",
    en: "Social assistance per month; where there is another, the higher of the two",
    formula: "max({level}, {assistance}) = {result}",
};

const BESIDE: Doubt = Doubt {
    id: "social_pension.beside_small_pension",
    vi: "Các văn bản đã đọc không nói người có lương hưu hoặc trợ cấp thấp hơn mức này được hưởng đủ mức hay phần chênh lệch; ở đây lấy đủ mức.",
    en: "The texts read do not say whether somebody with a smaller pension or allowance gets the full amount or the difference; here the full amount is taken.",
};

const PROVINCE: Doubt = Doubt {
    id: "social_pension.overlap_until_2025_06",
    vi: "Trước 01/7/2025 quy định về hưởng đồng thời và mức của địa phương chưa đọc được.",
    en: "Before 2025-07-01 the rule on overlaps and the amounts of provinces were not read.",
};

/// What the law says on a day.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day.
    pub on: Date,
    /// In đồng per month.
    pub level: InForce<AmountVnd>,
    /// In years.
    general_age: InForce<i64>,
    /// In a poor or near-poor household; none where the law did not tell them apart.
    poor_age: Option<InForce<i64>>,
}

impl Rules {
    /// The rules on the day.
    ///
    /// Errors: a day whose law is not known; before 2021-07-01, whose rule is not in the parameters.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("social_pension/{name}"));
        if on < LAWS_2024 {
            return Ok(Rules {
                on,
                level: find("older_people_allowance").amount(on)?,
                general_age: find("older_people_age").count(on)?,
                poor_age: None,
            });
        }
        Ok(Rules {
            on,
            level: find("amount").amount(on)?,
            general_age: find("age").count_of(on, "general")?,
            poor_age: Some(find("age").count_of(on, "poor_or_near_poor")?),
        })
    }
}

/// Who asks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SocialPensionInput {
    /// As far as it is known.
    pub born: Birthday,
    /// Whether the household is poor or near-poor.
    #[serde(default)]
    pub poor_or_near_poor: bool,
    /// Pension or monthly SI allowance, in đồng per month.
    #[serde(default)]
    pub pension_vnd: AmountVnd,
    /// Other monthly social assistance, in đồng per month.
    #[serde(default)]
    pub social_assistance_vnd: AmountVnd,
}

/// Whether, when, how much.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SocialPension {
    /// Whether it is paid on the day.
    pub entitled: bool,
    /// The age it takes.
    pub age: Age,
    /// Month in which the age is reached.
    pub age_reached: Month,
    /// Whether an own pension stands against it.
    pub has_enough_pension: bool,
    /// Per month if entitled, in đồng: with other assistance the higher of the two.
    pub monthly_vnd: AmountVnd,
    /// Whether the State pays the health card.
    pub health_card_paid_by_state: bool,
}

/// The social pension, in đồng per month.
///
/// "Of 75 years, or of 70 to under 75 in a poor or near-poor household; without a pension or monthly SI allowance, or with one
/// below the social pension": Luật 41/2024/QH15, Điều 21; the higher where there is social assistance, Điều 22 khoản 2; Nghị
/// định 176/2025/NĐ-CP: 500,000. Until 2025-06-30 social assistance from 80: Nghị định 20/2021/NĐ-CP.
///
/// Errors: somebody unborn or older than people become, amounts that cannot be.
pub fn social_pension(
    rules: &Rules,
    input: &SocialPensionInput,
    recorder: &mut impl Recorder,
) -> Result<SocialPension, PolicyError> {
    person::age_on(input.born.day(), rules.on)?;
    checked("pension_vnd", input.pension_vnd.0, 0, 1_000_000_000)?;
    checked(
        "social_assistance_vnd",
        input.social_assistance_vnd.0,
        0,
        1_000_000_000,
    )?;
    match &rules.poor_age {
        Some(poor_age) => Ok(social_pension_from_2025_07(
            rules, poor_age, input, recorder,
        )),
        None => Ok(older_people_allowance_until_2025_06(rules, input, recorder)),
    }
}

fn social_pension_from_2025_07(
    rules: &Rules,
    poor_age: &InForce<i64>,
    input: &SocialPensionInput,
    recorder: &mut impl Recorder,
) -> SocialPension {
    let age = if input.poor_or_near_poor {
        poor_age
    } else {
        &rules.general_age
    };
    let reached = reached(&AGE, age, input, recorder);
    let level = &rules.level;
    let has_enough = input.pension_vnd >= level.value;
    recorder.step(|| {
        let step = Step::new(&OTHER, !has_enough)
            .with("other", input.pension_vnd)
            .using("level", level);
        if input.pension_vnd > AmountVnd::ZERO && !has_enough {
            step.doubted(&BESIDE)
        } else {
            step
        }
    });
    let entitled = is_of_age(rules, input, age) && !has_enough;
    let monthly = if entitled {
        tell_amount(&AMOUNT, rules, input, None, recorder)
    } else {
        AmountVnd::ZERO
    };
    SocialPension {
        entitled,
        age: Age::years(age.value as i32),
        age_reached: reached,
        has_enough_pension: has_enough,
        monthly_vnd: monthly,
        health_card_paid_by_state: entitled,
    }
}

fn older_people_allowance_until_2025_06(
    rules: &Rules,
    input: &SocialPensionInput,
    recorder: &mut impl Recorder,
) -> SocialPension {
    let age = &rules.general_age;
    let reached = reached(&AGE_UNTIL_2025_06, age, input, recorder);
    let has_pension = input.pension_vnd > AmountVnd::ZERO;
    let entitled = is_of_age(rules, input, age) && !has_pension;
    let monthly = if entitled {
        let text = &AMOUNT_UNTIL_2025_06;
        tell_amount(text, rules, input, Some(&PROVINCE), recorder)
    } else {
        AmountVnd::ZERO
    };
    SocialPension {
        entitled,
        age: Age::years(age.value as i32),
        age_reached: reached,
        has_enough_pension: has_pension,
        monthly_vnd: monthly,
        health_card_paid_by_state: entitled,
    }
}

fn reached(
    text: &'static StepText,
    age: &InForce<i64>,
    input: &SocialPensionInput,
    recorder: &mut impl Recorder,
) -> Month {
    let born = input.born.month();
    let reached = born.plus(age.value as i32 * 12);
    recorder.step(|| {
        Step::new(text, reached)
            .with("born", born)
            .using("age", age)
    });
    reached
}

fn is_of_age(rules: &Rules, input: &SocialPensionInput, age: &InForce<i64>) -> bool {
    person::age_on(input.born.day(), rules.on).is_ok_and(|years| i64::from(years) >= age.value)
}

fn tell_amount(
    text: &'static StepText,
    rules: &Rules,
    input: &SocialPensionInput,
    doubt: Option<&'static Doubt>,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let monthly = rules.level.value.max(input.social_assistance_vnd);
    recorder.step(|| {
        let step = Step::new(text, monthly)
            .using("level", &rules.level)
            .with("assistance", input.social_assistance_vnd);
        match doubt {
            Some(doubt) => step.doubted(doubt),
            None => step,
        }
    });
    monthly
}
