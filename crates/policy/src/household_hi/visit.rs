//! What the fund pays of a visit, and what is left to the patient.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::error::{PolicyError, checked};
use crate::household_hi::thresholds::cheap_visit;
use crate::household_hi::{BenefitRules, Copaid, CopaymentsInput, Insured, Place, copayments};
use crate::rate::Rate;
use crate::trace::{Doubt, Recorder, Step, StepText};

const OWN_LEVEL: StepText = StepText {
    id: "household_hi.visit_level",
    vi: "Mức hưởng của nhóm: {insured}",
    en: "Benefit level of the group: {insured}",
    formula: "{level}",
};

const COMMUNE: StepText = StepText {
    id: "household_hi.visit_commune",
    vi: "Khám chữa bệnh tại tuyến xã (từ 01/01/2025: cơ sở cấp ban đầu): {level} chi phí",
    en: "Visit at the commune (from 2025-01-01: initial level): {level} of the cost",
    formula: "{level}",
};

const OUTSIDE: StepText = StepText {
    id: "household_hi.visit_outside",
    vi: "Không đúng nơi đăng ký, hoặc cấp cứu: hưởng {share} của mức hưởng {level}",
    en: "Outside the registered place, or emergency: {share} of the level of {level}",
    formula: "{share} × {level} = {result}",
};

const FUND: StepText = StepText {
    id: "household_hi.visit_fund",
    vi: "Quỹ bảo hiểm y tế trả",
    en: "The health insurance fund pays",
    formula: "{level} × {cost} = {result}",
};

const OWN: StepText = StepText {
    id: "household_hi.visit_own",
    vi: "Người bệnh trả phần còn lại",
    en: "The patient pays the rest",
    formula: "{cost} − {fund} = {result}",
};

const LIMITED: StepText = StepText {
    id: "household_hi.visit_limited",
    vi: "Đủ 5 năm liên tục từ {full_on}: người bệnh chỉ còn cùng chi trả {left} trong năm",
    en: "Five consecutive years are full since {full_on}: only {left} is left to co-pay in the year",
    formula: "min({own}, {left}) = {result}",
};

const OUTSIDE_EXCLUDED: Doubt = Doubt {
    id: "household_hi.outside_without_full_cover",
    vi: "Khám không đúng nơi đăng ký: ở đây không áp dụng mức 100% của lần khám dưới 15% và của 5 năm liên tục; chưa đọc điều khoản tương ứng của Luật 51/2024/QH15 và Nghị định 188/2025/NĐ-CP.",
    en: "Outside the registered place the full cover of cheap visits and of five consecutive years is not applied here; the clauses of Law 51/2024 and Decree 188/2025 were not read.",
};

/// A visit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitInput {
    /// Whose level counts.
    pub insured: Insured,
    /// Where.
    #[serde(default)]
    pub place: Place,
    /// Cost that the insurance covers, in đồng.
    pub cost_vnd: AmountVnd,
    /// First day of the full five years, as the card says.
    pub five_years_on: Option<Date>,
    /// Co-payments of the calendar year before the visit.
    #[serde(default)]
    pub copaid: Vec<Copaid>,
}

/// Which rule decides what the fund pays.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitReason {
    /// The level of the group.
    Level,
    /// The commune or initial level.
    Commune,
    /// The visit is cheap.
    CheapVisit,
    /// Outside the registered place, or an emergency.
    Outside,
}

/// Who pays what of a visit.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Visit {
    /// Share of the cost that the fund pays before the yearly limit.
    pub level: Rate,
    /// Which rule that is.
    pub reason: VisitReason,
    /// The fund pays, in đồng.
    pub fund_vnd: AmountVnd,
    /// The patient pays, in đồng.
    pub copayment_vnd: AmountVnd,
    /// Of the year's limit left after the visit, in đồng; none where no limit holds.
    pub copayment_left_vnd: Option<AmountVnd>,
}

/// What the fund pays of a visit on the day of the rules.
///
/// "80 %, 95 % or 100 % by group; 100 % at the commune; 100 % where one visit costs less than 15 % of the base salary; 100 %
/// after five consecutive years and co-payments above six base salaries in the year": Luật Bảo hiểm y tế, Điều 22 khoản 1; Nghị
/// định 146/2018/NĐ-CP, Điều 14. Outside the registered place a share of that level: Luật 51/2024/QH15, Điều 22 khoản 4, 5.
///
/// Errors: a group or place for which no rule is known on the day; a cost below zero; co-payments that cannot be.
pub fn visit(
    rules: &BenefitRules,
    input: &VisitInput,
    recorder: &mut impl Recorder,
) -> Result<Visit, PolicyError> {
    const MOST_VND: i64 = 100_000_000_000;
    let cost = input.cost_vnd;
    checked("cost_vnd", cost.0, 0, MOST_VND)?;
    let (level, reason) = level(rules, input, recorder)?;
    let mut fund = level.of(cost);
    let own = cost - fund;
    recorder.step(|| {
        Step::new(&FUND, fund)
            .with("level", level)
            .with("cost", cost)
            .rounded(Rounding::HalfUp)
    });
    let mut copayment = own;
    let mut copayment_left = None;
    let full = input.five_years_on.filter(|full_on| *full_on <= rules.on);
    if let Some(full_on) = full.filter(|_| is_proper(input.place)) {
        let copaid = CopaymentsInput {
            copaid: input.copaid.clone(),
        };
        let left = copayments(rules, &copaid, recorder)?.left_vnd;
        copayment = own.min(left);
        fund = cost - copayment;
        copayment_left = Some(left - copayment);
        recorder.step(|| {
            Step::new(&LIMITED, copayment)
                .with("full_on", full_on)
                .with("own", own)
                .with("left", left)
        });
    }
    recorder.step(|| {
        Step::new(&OWN, copayment)
            .with("cost", cost)
            .with("fund", fund)
    });
    Ok(Visit {
        level,
        reason,
        fund_vnd: fund,
        copayment_vnd: copayment,
        copayment_left_vnd: copayment_left,
    })
}

/// Whether a place is the right one by the law: an emergency is right anywhere.
fn is_proper(place: Place) -> bool {
    matches!(
        place,
        Place::Registered | Place::RegisteredCommune | Place::Emergency
    )
}

fn level(
    rules: &BenefitRules,
    input: &VisitInput,
    recorder: &mut impl Recorder,
) -> Result<(Rate, VisitReason), PolicyError> {
    let own = rules.level(input.insured)?;
    let whole = Rate::whole(1);
    let tell_own = |recorder: &mut _| tell_own(input.insured, own, recorder);
    if is_proper(input.place) && own.value < whole {
        if input.place == Place::RegisteredCommune {
            let level = &rules.commune_level;
            recorder.step(|| Step::new(&COMMUNE, level.value).using("level", level));
            return Ok((level.value, VisitReason::Commune));
        }
        if input.cost_vnd < cheap_visit(rules, recorder) {
            return Ok((whole, VisitReason::CheapVisit));
        }
    }
    tell_own(recorder);
    let Some(share) = rules.outside(input.place)? else {
        return Ok((own.value, VisitReason::Level));
    };
    let level = share
        .value
        .times(own.value)
        .expect("two percentages of a parameter file multiply");
    recorder.step(|| {
        let step = Step::new(&OUTSIDE, level)
            .using("share", share)
            .with("level", own.value);
        if is_proper(input.place) {
            step
        } else {
            step.doubted(&OUTSIDE_EXCLUDED)
        }
    });
    Ok((level, VisitReason::Outside))
}

fn tell_own(insured: Insured, own: &crate::InForce<Rate>, recorder: &mut impl Recorder) {
    recorder.step(|| {
        Step::new(&OWN_LEVEL, own.value)
            .with("insured", insured)
            .using("level", own)
    });
}
