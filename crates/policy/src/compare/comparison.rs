//! The two ways side by side.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::LAWS_2024;
use crate::amount::AmountVnd;
use crate::career::Career;
use crate::compare::{Further, FurtherPayment, planned};
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::parameters::Law;
use crate::pension::{CareerPension, CareerPensionInput, of_career};
use crate::retirement::{Age, Birthday, Sex};
use crate::social_pension;
use crate::trace::{NoTrace, Recorder, Step, StepText};
use crate::withdrawal::{
    self, Reason, WithdrawalInput, WithdrawalLoss, allowed, loss_of, withdrawal_unchecked,
};

const REFUSED: StepText = StepText {
    id: "compare.withdrawal_refused",
    vi: "Ngày {on} chưa được hưởng một lần vì lý do này; số tiền chỉ để so sánh",
    en: "On {on} a withdrawal for this reason is not allowed; the amount is for comparison only",
    formula: "{result}",
};

const ASSUMED: StepText = StepText {
    id: "compare.assumptions",
    vi: "So sánh theo quy định và hệ số của ngày hỏi {on}: không tính trượt giá, điều chỉnh lương hưu, lãi tiền gửi",
    en: "Compared by the rules and coefficients of the day asked for, {on}: without indexation, rises of pensions, or interest",
    formula: "{on}",
};

const SOCIAL: StepText = StepText {
    id: "compare.social_pension",
    vi: "Người đã rút hết, không có lương hưu: trợ cấp hưu trí xã hội từ tháng {from} được cộng vào bên rút một lần",
    en: "Who withdrew and has no pension: the social pension from {from} is added to the side of withdrawing",
    formula: "{monthly}",
};

const AT_AGE: StepText = StepText {
    id: "compare.at_age",
    vi: "Đến tháng đủ {age}: giữ và hưởng lương hưu {keep} đồng (đã trừ tiền đóng thêm), rút một lần {withdraw} đồng",
    en: "Until the month of {age}: keeping brings {keep} (further payments deducted), withdrawing {withdraw}",
    formula: "{keep} − {withdraw} = {result}",
};

const BREAK_EVEN: StepText = StepText {
    id: "compare.break_even",
    vi: "Từ tháng {result} ({age}), sau {months} tháng lương hưu, giữ lại có lợi hơn rút một lần",
    en: "From {result} ({age}), after {months} months of pension, keeping brings more than withdrawing",
    formula: "{months} × {pension} + {allowance} − {paid} ≥ {withdrawn}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&REFUSED, &ASSUMED, &SOCIAL, &AT_AGE, &BREAK_EVEN];

/// Nobody is asked beyond this age.
pub(crate) const OLDEST: i32 = 120;

/// Who asks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompareInput {
    /// As far as it is known.
    pub born: Birthday,
    /// By which age and scale differ.
    pub sex: Sex,
    /// All that was paid.
    pub career: Career,
    /// Why somebody would withdraw; having stopped paying if not said.
    #[serde(default = "stopped_paying")]
    pub reason: Reason,
    /// What would be paid from now on; if not said, the months missing for a pension on the last income.
    pub further: Option<Further>,
    /// State support so far as stated by the agency, in đồng; computed from the months if not said.
    pub state_support_vnd: Option<AmountVnd>,
    /// Ages in full years at which both ways are added up.
    #[serde(default = "usual_ages")]
    pub ages: Vec<u8>,
}

fn stopped_paying() -> Reason {
    Reason::StoppedPaying
}

fn usual_ages() -> Vec<u8> {
    vec![65, 70, 75, 80, 85]
}

/// Why the withdrawal is not allowed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Refusal {
    /// Stable code.
    pub code: &'static str,
    /// In Vietnamese.
    pub message_vi: String,
    /// In English.
    pub message_en: String,
}

/// One way.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct WithdrawNow {
    /// Why it is not allowed; none if it is.
    pub refused: Option<Refusal>,
    /// What is paid out and what is lost.
    pub loss: WithdrawalLoss,
}

/// The other way.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct KeepAndRetire {
    /// What is paid from now on; none if nothing is.
    pub further: Option<FurtherPayment>,
    /// The pension.
    pub pension: CareerPension,
    /// State support that is kept, so far and further, in đồng.
    pub state_support_kept_vnd: AmountVnd,
}

/// What somebody without a pension gets in high age.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SocialPensionLater {
    /// First month.
    pub from: Month,
    /// In đồng per month.
    pub monthly_vnd: AmountVnd,
}

/// When keeping brings more.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct BreakEven {
    /// First month in which it does.
    pub month: Month,
    /// Age in that month.
    pub age: Age,
    /// Months of pension until then.
    pub months_of_pension: u32,
}

/// Both ways added up to an age.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct AtAge {
    /// The age.
    pub age: Age,
    /// Month in which it is reached, counted in.
    pub month: Month,
    /// Pensions and one-time allowance, less what is paid from now on, in đồng.
    pub keep_vnd: AmountVnd,
    /// The withdrawal, and social pensions, in đồng.
    pub withdraw_vnd: AmountVnd,
    /// The first less the second, in đồng.
    pub difference_vnd: AmountVnd,
}

/// Both ways.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Comparison {
    /// Withdraw now.
    pub withdraw: WithdrawNow,
    /// Keep and retire.
    pub keep: KeepAndRetire,
    /// What the one who withdrew gets in high age; none where the rules of the day have none.
    pub social_pension: Option<SocialPensionLater>,
    /// When keeping brings more; none if it does not before 120.
    pub break_even: Option<BreakEven>,
    /// At the ages asked for.
    pub at_ages: Vec<AtAge>,
}

/// Withdraw now, against keep the years, pay what is missing, and retire.
///
/// All by the rules of the day asked for, without indexation or interest; the trace says so. Money that the other way does not
/// spend or get is left out on both sides. Luật 41/2024/QH15, Điều 98–104, Điều 21–22.
///
/// Errors: a career that cannot be, further months that are still too few, an income that may not be chosen, a year without a
/// coefficient. That the withdrawal is not allowed is part of the answer.
pub fn compare(
    law: &Law,
    on: Date,
    input: &CompareInput,
    recorder: &mut impl Recorder,
) -> Result<Comparison, PolicyError> {
    input.career.in_order()?;
    checked("ages", input.ages.len() as i64, 0, 60)?;
    let rules = withdrawal::Rules::on(law, on)?;
    recorder.step(|| Step::new(&ASSUMED, on).with("on", on));
    let withdraw = withdraw(law, &rules, input, recorder)?;
    let keep = keep(law, on, &rules, input, &withdraw, recorder)?;
    let social_pension = social_pension_later(law, on, input, &keep, recorder)?;
    let sums = Sums {
        input,
        withdraw: &withdraw,
        keep: &keep,
        social_pension,
    };
    let mut at_ages = Vec::with_capacity(input.ages.len());
    for age in &input.ages {
        checked("ages", i64::from(*age), 1, i64::from(OLDEST))?;
        at_ages.push(sums.at_age(Age::years(i32::from(*age)), recorder));
    }
    let break_even = sums.break_even(recorder);
    Ok(Comparison {
        withdraw,
        keep,
        social_pension,
        break_even,
        at_ages,
    })
}

fn withdraw(
    law: &Law,
    rules: &withdrawal::Rules,
    input: &CompareInput,
    recorder: &mut impl Recorder,
) -> Result<WithdrawNow, PolicyError> {
    let asked = WithdrawalInput {
        reason: input.reason,
        born: Some(input.born),
        sex: Some(input.sex),
        disease: None,
        capacity_loss_percent: None,
        extremely_severe_disability: input.reason == Reason::Disability,
        career: input.career.clone(),
        state_support_vnd: input.state_support_vnd,
        coefficients: Vec::new(),
    };
    // A disease is not asked for: the amount does not depend on which it is.
    let refused = match input.reason {
        Reason::SeriousDisease => None,
        _ => allowed(rules, &asked, recorder).err(),
    };
    let refused = refused.map(|error| Refusal {
        code: error.code(),
        message_vi: error.message_vi(),
        message_en: error.message_en(),
    });
    if refused.is_some() {
        recorder.step(|| Step::new(&REFUSED, false).with("on", rules.on));
    }
    let withdrawal = withdrawal_unchecked(law, rules, &asked, recorder)?;
    Ok(WithdrawNow {
        refused,
        loss: loss_of(rules, withdrawal, recorder),
    })
}

fn keep(
    law: &Law,
    on: Date,
    rules: &withdrawal::Rules,
    input: &CompareInput,
    withdraw: &WithdrawNow,
    recorder: &mut impl Recorder,
) -> Result<KeepAndRetire, PolicyError> {
    let plan = planned(
        law,
        on,
        rules,
        &input.career,
        input.further.as_ref(),
        recorder,
    )?;
    let asked = CareerPensionInput {
        born: input.born,
        sex: input.sex,
        career: plan.career,
        starts: None,
        early_normal_age: None,
        treaty_months: 0,
    };
    let pension = of_career(law, on, &asked, recorder)?;
    let so_far = withdraw.loss.withdrawal.state_support.amount_vnd;
    let further = plan
        .further
        .map_or(AmountVnd::ZERO, |further| further.state_support.amount_vnd);
    Ok(KeepAndRetire {
        further: plan.further,
        pension,
        state_support_kept_vnd: so_far + further,
    })
}

/// What the one who withdrew gets, if the pensioner does not get it as well.
fn social_pension_later(
    law: &Law,
    on: Date,
    input: &CompareInput,
    keep: &KeepAndRetire,
    recorder: &mut impl Recorder,
) -> Result<Option<SocialPensionLater>, PolicyError> {
    if on < LAWS_2024 {
        return Ok(None);
    }
    let rules = social_pension::Rules::on(law, on)?;
    if keep.pension.pension.pension_vnd < rules.level.value {
        return Ok(None);
    }
    let asked = social_pension::SocialPensionInput {
        born: input.born,
        poor_or_near_poor: false,
        pension_vnd: AmountVnd::ZERO,
        social_assistance_vnd: AmountVnd::ZERO,
    };
    let reached = social_pension::social_pension(&rules, &asked, &mut NoTrace)?.age_reached;
    let later = SocialPensionLater {
        from: reached.max(Month::of(on)),
        monthly_vnd: rules.level.value,
    };
    recorder.step(|| {
        Step::new(&SOCIAL, later.monthly_vnd)
            .with("from", later.from)
            .using("monthly", &rules.level)
    });
    Ok(Some(later))
}

struct Sums<'a> {
    input: &'a CompareInput,
    withdraw: &'a WithdrawNow,
    keep: &'a KeepAndRetire,
    social_pension: Option<SocialPensionLater>,
}

impl Sums<'_> {
    /// Months of pension up to and including the month.
    fn months_of_pension(&self, month: Month) -> i64 {
        i64::from((month.since(self.keep.pension.starts) + 1).max(0))
    }

    fn allowance(&self) -> AmountVnd {
        self.keep.pension.pension.one_time_allowance.amount_vnd
    }

    fn further(&self) -> AmountVnd {
        self.keep
            .further
            .map_or(AmountVnd::ZERO, |further| further.payer_vnd)
    }

    fn kept(&self, month: Month) -> AmountVnd {
        let months = self.months_of_pension(month);
        let allowance = if months > 0 {
            self.allowance()
        } else {
            AmountVnd::ZERO
        };
        self.keep.pension.pension.pension_vnd * months + allowance - self.further()
    }

    fn withdrawn(&self, month: Month) -> AmountVnd {
        let social = self.social_pension.map_or(AmountVnd::ZERO, |social| {
            social.monthly_vnd * i64::from((month.since(social.from) + 1).max(0))
        });
        self.withdraw.loss.withdrawal.amount_vnd + social
    }

    fn at_age(&self, age: Age, recorder: &mut impl Recorder) -> AtAge {
        let month = self.input.born.month().plus(age.months);
        let (keep, withdraw) = (self.kept(month), self.withdrawn(month));
        recorder.step(|| {
            Step::new(&AT_AGE, keep - withdraw)
                .with("age", age)
                .with("keep", keep)
                .with("withdraw", withdraw)
        });
        AtAge {
            age,
            month,
            keep_vnd: keep,
            withdraw_vnd: withdraw,
            difference_vnd: keep - withdraw,
        }
    }

    fn break_even(&self, recorder: &mut impl Recorder) -> Option<BreakEven> {
        let born = self.input.born.month();
        let mut month = self.keep.pension.starts;
        while self.kept(month) < self.withdrawn(month) {
            month = month.plus(1);
            if month.since(born) > OLDEST * 12 {
                return None;
            }
        }
        let found = BreakEven {
            month,
            age: Age {
                months: month.since(born),
            },
            months_of_pension: self.months_of_pension(month) as u32,
        };
        recorder.step(|| {
            Step::new(&BREAK_EVEN, month)
                .with("age", found.age)
                .with("months", found.months_of_pension)
                .with("pension", self.keep.pension.pension.pension_vnd)
                .with("allowance", self.allowance())
                .with("paid", self.further())
                .with("withdrawn", self.withdrawn(month))
        });
        Some(found)
    }
}
