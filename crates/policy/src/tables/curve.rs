//! What was paid against what the pension brought, over a life.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::AmountVnd;
use crate::career::{Career, Span};
use crate::compare::{Further, FurtherPayment, Plan, planned};
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::parameters::Law;
use crate::pension::{CareerPension, CareerPensionInput, of_career};
use crate::retirement::{Age, Birthday, Sex};
use crate::trace::{NoTrace, Recorder, Step, StepText};
use crate::withdrawal::{self, paid, state_support};

const POINTS: StepText = StepText {
    id: "tables.curve",
    vi: "Cộng dồn đến từng tuổi theo quy định của ngày {on}, không tính trượt giá; lương hưu cộng đủ số đã tự đóng từ {result}",
    en: "Added up to each age by the rules of {on}, without indexation; the pensions make up what the person paid from {result}",
    formula: "{result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&POINTS];

/// Who asks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurveInput {
    /// As far as it is known.
    pub born: Birthday,
    /// By which age and scale differ.
    pub sex: Sex,
    /// What was paid so far.
    #[serde(default)]
    pub career: Career,
    /// What will be paid; if not said, the months missing for a pension on the last income.
    pub further: Option<Further>,
    /// Last age in full years.
    #[serde(default = "last_age")]
    pub until_age: u8,
}

fn last_age() -> u8 {
    85
}

/// The curve.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Curve {
    /// What is paid from now on; none if nothing is.
    pub further: Option<FurtherPayment>,
    /// The pension.
    pub pension: CareerPension,
    /// First month in which all pensions make up what the person paid.
    pub recovered_in: Month,
    /// Age in that month.
    pub recovered_at: Age,
    /// One for each birthday, from the year before the first payment to the last age.
    pub points: Vec<CurvePoint>,
}

/// All that was paid and received until the end of a birthday's month.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Full years.
    pub age: i32,
    /// The month.
    pub month: Month,
    /// By the person, in đồng.
    pub payer_total_vnd: AmountVnd,
    /// By the State, in đồng.
    pub state_total_vnd: AmountVnd,
    /// Pensions and one-time allowance, in đồng.
    pub pension_total_vnd: AmountVnd,
}

/// What was paid against what the pension brings, at every birthday.
///
/// By the rules of the day asked for, without indexation. Months bought count from the month of their payment, without the
/// return that is paid on them. Compulsory months count with what worker and employer pay into the retirement fund.
///
/// Errors: as of [`crate::pension::of_career`], an income that may not be chosen.
pub fn curve(
    law: &Law,
    on: Date,
    input: &CurveInput,
    recorder: &mut impl Recorder,
) -> Result<Curve, PolicyError> {
    if !input.career.spans.is_empty() || !input.career.bought.is_empty() {
        input.career.in_order()?;
    }
    checked("until_age", input.until_age.into(), 1, 120)?;
    let rules = withdrawal::Rules::on(law, on)?;
    let further = input.further.as_ref();
    let Plan { career, further } = planned(law, on, &rules, &input.career, further, recorder)?;
    let asked = CareerPensionInput {
        born: input.born,
        sex: input.sex,
        career,
        starts: None,
        early_normal_age: None,
        treaty_months: 0,
    };
    let pension = of_career(law, on, &asked, recorder)?;
    let spans = asked.career.in_order()?;
    let born = input.born.month();
    let first = asked.career.first_month().unwrap_or(pension.starts);
    let first_age = first.since(born).div_euclid(12);
    let mut points = Vec::new();
    for age in first_age..=i32::from(input.until_age) {
        points.push(point(&rules, &asked.career, &spans, &pension, born, age));
    }
    let recovered_in = recovered_in(&rules, &asked.career, &spans, &pension);
    recorder.step(|| Step::new(&POINTS, recovered_in).with("on", on));
    Ok(Curve {
        further,
        pension,
        recovered_in,
        recovered_at: Age {
            months: recovered_in.since(born),
        },
        points,
    })
}

fn point(
    rules: &withdrawal::Rules,
    career: &Career,
    spans: &[Span],
    pension: &CareerPension,
    born: Month,
    age: i32,
) -> CurvePoint {
    let month = born.plus(age * 12);
    let (payer, state) = paid_until(rules, career, spans, month);
    let months = i64::from((month.since(pension.starts) + 1).max(0));
    let allowance = if months > 0 {
        pension.pension.one_time_allowance.amount_vnd
    } else {
        AmountVnd::ZERO
    };
    CurvePoint {
        age,
        month,
        payer_total_vnd: payer,
        state_total_vnd: state,
        pension_total_vnd: pension.pension.pension_vnd * months + allowance,
    }
}

/// By the person and by the State, until the end of the month.
fn paid_until(
    rules: &withdrawal::Rules,
    career: &Career,
    spans: &[Span],
    month: Month,
) -> (AmountVnd, AmountVnd) {
    let until: Vec<Span> = spans
        .iter()
        .filter(|span| span.from <= month)
        .map(|span| Span {
            to: span.to.min(month),
            ..*span
        })
        .collect();
    let bought = career.bought.iter().filter(|one| one.paid_in <= month);
    let so_far = Career {
        bought: bought.copied().collect(),
        ..Career::default()
    };
    let contribution = paid(&rules.contribution_rate, &so_far, &until, &mut NoTrace);
    let state = state_support(rules, &until, &mut NoTrace).amount_vnd;
    (contribution.less_at_most(state), state)
}

fn recovered_in(
    rules: &withdrawal::Rules,
    career: &Career,
    spans: &[Span],
    pension: &CareerPension,
) -> Month {
    let (payer, _) = paid_until(rules, career, spans, pension.starts);
    let left = payer.less_at_most(pension.pension.one_time_allowance.amount_vnd);
    let monthly = pension.pension.pension_vnd.0.max(1);
    let months = (left.0 + monthly - 1) / monthly;
    pension.starts.plus((months.clamp(1, 2_400) - 1) as i32)
}
