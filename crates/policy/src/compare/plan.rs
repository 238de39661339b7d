//! What will be paid from now on, by the rules of the day asked for.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::AmountVnd;
use crate::career::{Career, Span};
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::parameters::Law;
use crate::person::Scheme;
use crate::trace::{NoTrace, Recorder, Step, StepText};
use crate::voluntary_si::{self, Categories, income_checked, monthly_contribution};
use crate::withdrawal::{self, StateSupport, state_support};

const MISSING: StepText = StepText {
    id: "compare.further_months",
    vi: "Đóng tiếp {result} tháng, từ {from} đến {to}, mức thu nhập {income} đồng, theo quy định của ngày hỏi",
    en: "{result} further months are paid, from {from} to {to}, on an income of {income} đồng, by the rules of the day asked for",
    formula: "{from} … {to}",
};

const COST: StepText = StepText {
    id: "compare.further_payment",
    vi: "Người tham gia đóng thêm, sau khi Nhà nước hỗ trợ {supported} tháng",
    en: "The participant's further payment, after the State's support of {supported} months",
    formula: "{months} × {monthly} − {support} = {result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&MISSING, &COST];

/// What somebody means to pay from now on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Further {
    /// Chosen income, in đồng per month.
    pub income_vnd: AmountVnd,
    /// How many months; those missing for a pension if not said.
    pub months: Option<u32>,
    /// First month; the present one, or the one after the last paid, if not said.
    pub from: Option<Month>,
    /// The categories of State support.
    #[serde(default)]
    pub categories: Categories,
}

/// What it costs.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct FurtherPayment {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// How many.
    pub months: u32,
    /// Chosen income, in đồng per month.
    pub income_vnd: AmountVnd,
    /// Contribution per month, in đồng.
    pub monthly_vnd: AmountVnd,
    /// Contribution of all, in đồng.
    pub contribution_vnd: AmountVnd,
    /// Of the State.
    pub state_support: StateSupport,
    /// Of the participant, in đồng.
    pub payer_vnd: AmountVnd,
}

/// The whole working life as it is meant to be.
pub(crate) struct Plan {
    pub career: Career,
    pub further: Option<FurtherPayment>,
}

/// The career with what will be paid.
///
/// Without `further`, who lacks months goes on with the last income, or the lowest that may be chosen.
///
/// Errors: an income that may not be chosen, a month that is paid already, a career that cannot be.
pub(crate) fn planned(
    law: &Law,
    on: Date,
    rules: &withdrawal::Rules,
    career: &Career,
    further: Option<&Further>,
    recorder: &mut impl Recorder,
) -> Result<Plan, PolicyError> {
    let missing = rules
        .retirement
        .minimum_months()
        .saturating_sub(career.months().all());
    let months = further
        .and_then(|further| further.months)
        .unwrap_or(missing);
    if months == 0 {
        return Ok(Plan {
            career: career.clone(),
            further: None,
        });
    }
    checked("further.months", months.into(), 0, 720)?;
    let voluntary = voluntary_si::Rules::on(law, on)?;
    let income = match further {
        Some(further) => further.income_vnd,
        None => last_income(career, &voluntary),
    };
    income_checked(&voluntary, income, recorder)?;
    let next = career.last_month().map(|last| last.plus(1));
    let today = Month::of(on);
    let from = further
        .and_then(|further| further.from)
        .unwrap_or_else(|| next.map_or(today, |next| next.max(today)));
    let to = from.plus(months as i32 - 1);
    recorder.step(|| {
        Step::new(&MISSING, months)
            .with("from", from)
            .with("to", to)
            .with("income", income)
            .from(&rules.retirement.minimum_years.source)
    });
    let span = Span {
        from,
        to,
        income_vnd: income,
        scheme: Scheme::VoluntarySi,
        categories: further.map_or(last_categories(career), |further| further.categories),
    };
    let mut career = career.clone();
    let before = state_support(rules, &spans_in_order(&career), &mut NoTrace);
    career.spans.push(span);
    let after = state_support(rules, &career.in_order()?, &mut NoTrace);
    let support = StateSupport {
        months: after.months - before.months,
        amount_vnd: after.amount_vnd - before.amount_vnd,
    };
    let monthly = monthly_contribution(&voluntary, income, recorder);
    let contribution = monthly * i64::from(months);
    let payer = contribution.less_at_most(support.amount_vnd);
    recorder.step(|| {
        Step::new(&COST, payer)
            .with("months", months)
            .with("monthly", monthly)
            .with("supported", support.months)
            .with("support", support.amount_vnd)
    });
    Ok(Plan {
        career,
        further: Some(FurtherPayment {
            from,
            to,
            months,
            income_vnd: income,
            monthly_vnd: monthly,
            contribution_vnd: contribution,
            state_support: support,
            payer_vnd: payer,
        }),
    })
}

fn spans_in_order(career: &Career) -> Vec<Span> {
    let mut spans = career.spans.clone();
    spans.sort_by_key(|span| span.from);
    spans
}

fn last_span(career: &Career) -> Option<&Span> {
    career.spans.iter().max_by_key(|span| span.to)
}

fn last_categories(career: &Career) -> Categories {
    last_span(career).map_or(Categories::default(), |span| span.categories)
}

/// The last income, as far as it may be chosen on the day.
fn last_income(career: &Career, rules: &voluntary_si::Rules) -> AmountVnd {
    let floor = rules.poverty_line.value;
    let last = last_span(career).map_or(floor, |span| span.income_vnd);
    let income = last.max(floor).min(rules.ceiling);
    match &rules.income_step {
        Some(step) => income - AmountVnd((income.0 - floor.0) % step.value.0),
        None => income,
    }
}
