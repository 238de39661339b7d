//! What the State paid of the months of a career.

use serde::Serialize;

use crate::amount::{AmountVnd, Rounding};
use crate::career::Span;
use crate::month::Month;
use crate::parameters::InForce;
use crate::person::Scheme;
use crate::rate::Rate;
use crate::trace::{Recorder, Step, StepText};
use crate::voluntary_si::{Categories, Category};
use crate::withdrawal::Rules;
use crate::withdrawal::rules::SupportFrom;

const PART: StepText = StepText {
    id: "withdrawal.state_support_part",
    vi: "Nhà nước đã hỗ trợ {months} tháng từ {from} ({category}), tính như đóng hằng tháng",
    en: "The State supported {months} months from {from} ({category}), counted as paid monthly",
    formula: "{months} × {rate} × {contribution_rate} × {poverty_line} = {result}",
};

const LIMIT: StepText = StepText {
    id: "withdrawal.state_support_limit",
    vi: "Mỗi người được hỗ trợ nhiều nhất {most} tháng",
    en: "A person is supported for at most {most} months",
    formula: "{most}",
};

const TOTAL: StepText = StepText {
    id: "withdrawal.state_support",
    vi: "Tổng số tiền Nhà nước đã hỗ trợ {months} tháng",
    en: "All that the State paid, for {months} months",
    formula: "{result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&PART, &LIMIT, &TOTAL];

/// The State's part.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct StateSupport {
    /// Supported months.
    pub months: u32,
    /// In đồng.
    pub amount_vnd: AmountVnd,
}

/// What the State paid of the voluntary months from 2018-01 on, in the order of time up to 120 months.
///
/// `Mi = 0.22 × CNi × ki` for each supported month: Luật 41/2024/QH15, Điều 102 khoản 3; Nghị định 159/2025/NĐ-CP, Điều 9. Each
/// month is taken as paid in its turn; for months prepaid or bought the figure of the agency is to be given instead.
pub fn state_support(rules: &Rules, spans: &[Span], recorder: &mut impl Recorder) -> StateSupport {
    let mut total = StateSupport::default();
    let most = u32::try_from(rules.support_max_months.value).unwrap_or(0);
    for span in spans
        .iter()
        .filter(|span| span.scheme == Scheme::VoluntarySi)
    {
        for (at, support) in rules.support.iter().enumerate() {
            let until = rules.support.get(at + 1).map(|next| next.from.plus(-1));
            let first = span.from.max(support.from);
            let last = until.map_or(span.to, |until| until.min(span.to));
            let months = (last.since(first) + 1).max(0) as u32;
            let months = months.min(most - total.months);
            if months == 0 {
                continue;
            }
            let part = part(support, span.categories, first, months, recorder);
            total.months += months;
            total.amount_vnd += part;
        }
    }
    if total.months == most {
        recorder.step(|| Step::new(&LIMIT, most).using("most", &rules.support_max_months));
    }
    if total.months > 0 {
        recorder.step(|| Step::new(&TOTAL, total.amount_vnd).with("months", total.months));
    }
    total
}

fn part(
    support: &SupportFrom,
    categories: Categories,
    from: Month,
    months: u32,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let Some((category, rate)) = highest(support, categories) else {
        return AmountVnd::ZERO;
    };
    let share = rate
        .value
        .times(support.contribution_rate.value)
        .expect("percents fit");
    let part = share.of(support.poverty_line.value) * i64::from(months);
    recorder.step(|| {
        Step::new(&PART, part)
            .with("months", months)
            .with("from", from)
            .with("category", category)
            .using("rate", rate)
            .using("contribution_rate", &support.contribution_rate)
            .using("poverty_line", &support.poverty_line)
            .rounded(Rounding::HalfUp)
    });
    part
}

/// "…the highest support only": Nghị định 159/2025/NĐ-CP, Điều 5 khoản 1.
pub(crate) fn highest(
    support: &SupportFrom,
    categories: Categories,
) -> Option<(Category, &InForce<Rate>)> {
    let of_person = Category::ALL
        .into_iter()
        .filter(|category| categories.contains(*category));
    of_person
        .filter_map(|category| Some((category, support.rates[category as usize].as_ref()?)))
        .max_by_key(|(_, rate)| rate.value)
}
