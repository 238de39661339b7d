//! What the State and the province pay of a contribution, and for how long.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding};
use crate::error::PolicyError;
use crate::parameters::{InForce, Law, Parameter, ParameterError};
use crate::rate::Rate;
use crate::trace::{Recorder, Step, StepText};
use crate::voluntary_si::{Categories, Category, Rules, VoluntarySiError};

/// Where somebody lives, for what is added there.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Residence {
    /// Code of the province: `01`.
    pub province: String,
    /// Part of the province, as the overlay file names it.
    pub area: Option<String>,
}

/// The support for a person's categories.
#[derive(Clone, Debug)]
pub(crate) struct CategorySupport {
    /// The one of the person's categories that counts.
    pub category: Category,
    /// Share of the contribution on the poverty line.
    pub rate: InForce<Rate>,
    /// Đồng per month.
    pub monthly: AmountVnd,
}

/// What one province or district adds for a category.
#[derive(Clone, Debug)]
pub(crate) struct LocalShare {
    pub rate: InForce<Rate>,
    pub monthly: AmountVnd,
}

/// Who pays what of some months.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Support {
    /// Months that are supported.
    pub months: u32,
    /// State support per month, in đồng.
    pub state_monthly_vnd: AmountVnd,
    /// Of the State, in đồng.
    pub state_vnd: AmountVnd,
    /// Of the province and district, in đồng, where support is not more than the contribution.
    pub local_vnd: AmountVnd,
}

const CATEGORY: StepText = StepText {
    id: "voluntary_si.support_category",
    vi: "Thuộc nhiều nhóm thì chỉ được mức hỗ trợ cao nhất: {result}",
    en: "Of several categories the highest support counts: {result}",
    formula: "{result}: {rate}",
};

const MONTHLY: StepText = StepText {
    id: "voluntary_si.support_monthly",
    vi: "Nhà nước hỗ trợ mỗi tháng, tính trên chuẩn hộ nghèo nông thôn chứ không trên mức thu nhập chọn",
    en: "State support per month, on the rural poverty line and not on the chosen income",
    formula: "{support_rate} × {contribution_rate} × {poverty_line} = {result}",
};

const MONTHS: StepText = StepText {
    id: "voluntary_si.support_months",
    vi: "Số tháng được hỗ trợ: mỗi người nhiều nhất {most} tháng, đã được {had} tháng",
    en: "Supported months: at most {most} per person, {had} had before",
    formula: "min({months}, {most} − {had}) = {result}",
};

const BLOCK: StepText = StepText {
    id: "voluntary_si.support",
    vi: "Nhà nước hỗ trợ cho {months} tháng",
    en: "State support for {months} months",
    formula: "{months} × {monthly} = {result}",
};

const LOCAL: StepText = StepText {
    id: "voluntary_si.local_support",
    vi: "Địa phương hỗ trợ thêm cho {months} tháng, phần của mức đóng thấp nhất",
    en: "The province or district adds for {months} months, as a share of the lowest contribution",
    formula: "{months} × {local_rate} × {contribution_rate} × {poverty_line} = {result}",
};

const LOCAL_CAPPED: StepText = StepText {
    id: "voluntary_si.local_support_capped",
    vi: "Tổng hỗ trợ không vượt số tiền đóng: địa phương hỗ trợ phần còn lại",
    en: "Support is not more than the contribution: the province or district pays the rest",
    formula: "min({local}, {contribution} − {state}) = {result}",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] =
    &[&CATEGORY, &MONTHLY, &MONTHS, &BLOCK, &LOCAL, &LOCAL_CAPPED];

/// The category that counts among a person's.
///
/// "A participant who belongs to several of these groups gets the highest support only": Nghị định 159/2025/NĐ-CP, Điều 5
/// khoản 1. A group that the law of the day does not name belongs to "other".
pub(crate) fn highest(
    rates: &Parameter,
    on: Date,
    categories: Categories,
) -> Result<CategorySupport, ParameterError> {
    let rate = rates.rate_of(on, Category::Other.as_str())?;
    let mut best = CategorySupport {
        category: Category::Other,
        rate,
        monthly: AmountVnd::ZERO,
    };
    for category in Category::ALL
        .into_iter()
        .filter(|category| categories.contains(*category))
    {
        if let Some(rate) = rates.rate_if_any(on, category.as_str())?
            && rate.value > best.rate.value
        {
            best = CategorySupport {
                category,
                rate,
                ..best
            };
        }
    }
    Ok(best)
}

/// A share of the contribution on the poverty line, rounded once.
///
/// For the State's support: "The State supports a percentage of the contribution on the poverty line of rural areas": Nghị
/// định 134/2015/NĐ-CP, Điều 14; Nghị định 159/2025/NĐ-CP, Điều 5 khoản 1; `Mi = k × 22 % × CN` (Điều 9 khoản 2).
pub(crate) fn share_of_lowest(
    share: Rate,
    contribution_rate: Rate,
    poverty_line: AmountVnd,
) -> AmountVnd {
    let both = share
        .times(contribution_rate)
        .expect("two percentages of a parameter file multiply");
    both.of(poverty_line)
}

/// The steps to the monthly support, which was computed when the rules were resolved.
#[inline]
pub(crate) fn tell_monthly(
    rules: &Rules,
    category: &CategorySupport,
    recorder: &mut impl Recorder,
) {
    recorder.step(|| Step::new(&CATEGORY, category.category).using("rate", &category.rate));
    recorder.step(|| {
        Step::new(&MONTHLY, category.monthly)
            .using("support_rate", &category.rate)
            .using("contribution_rate", &rules.contribution_rate)
            .using("poverty_line", &rules.poverty_line)
            .rounded(Rounding::HalfUp)
    });
}

/// What each province and district that covers the residence adds per month to the category.
///
/// "Depending on the ability of the budget, provinces may add": Nghị định 159/2025/NĐ-CP, Điều 5 khoản 1.
pub(crate) fn local_shares(
    law: &Law,
    on: Date,
    residence: Option<&Residence>,
    category: Category,
    contribution_rate: &InForce<Rate>,
    poverty_line: &InForce<AmountVnd>,
) -> Result<Vec<LocalShare>, ParameterError> {
    let mut shares = Vec::new();
    let Some(residence) = residence else {
        return Ok(shares);
    };
    for local in &law.provincial_support {
        let covers = local.covers(&residence.province, residence.area.as_deref());
        if !covers || local.share.entry_on(on).is_none() {
            continue;
        }
        if let Some(rate) = local.share.rate_if_any(on, category.as_str())? {
            let monthly = share_of_lowest(rate.value, contribution_rate.value, poverty_line.value);
            shares.push(LocalShare { rate, monthly });
        }
    }
    Ok(shares)
}

/// How many of `months` are supported for somebody who had support for `had` months before.
///
/// "The time of support is the actual time of participation, but not more than 10 years (120 months) per person": Nghị định
/// 159/2025/NĐ-CP, Điều 5 khoản 2; Quyết định 595/QĐ-BHXH, Điều 12 khoản 2. Months under the old decree count.
///
/// Errors: more months had than the law gives.
#[inline]
pub(crate) fn supported_months(
    rules: &Rules,
    months: u32,
    had: u32,
    recorder: &mut impl Recorder,
) -> Result<u32, PolicyError> {
    let most = u32::try_from(rules.support_max_months.value).unwrap_or(0);
    if had > most {
        return Err(too_many(rules, had));
    }
    let supported = months.min(most - had);
    recorder.step(|| {
        Step::new(&MONTHS, supported)
            .with("months", months)
            .with("had", had)
            .using("most", &rules.support_max_months)
    });
    Ok(supported)
}

#[cold]
fn too_many(rules: &Rules, had: u32) -> PolicyError {
    VoluntarySiError::SupportedMonthsTooMany {
        had,
        most: rules.support_max_months.value,
        rule: rules.support_max_months.source.clone(),
    }
    .into()
}

/// What the State, the province and the district pay of `months` at the monthly support, together not more than
/// `contribution`.
///
/// `had` are the months supported before. For a block of n months the law counts n times the monthly support: Quyết định
/// 595/QĐ-BHXH, Điều 12 khoản 1.2 điểm b.
///
/// Errors: more months had than the law gives.
#[inline]
pub fn support(
    rules: &Rules,
    categories: Categories,
    months: u32,
    had: u32,
    contribution: AmountVnd,
    recorder: &mut impl Recorder,
) -> Result<Support, PolicyError> {
    let at = categories.index();
    let category = &rules.support[at];
    tell_monthly(rules, category, recorder);
    let supported = supported_months(rules, months, had, recorder)?;
    let state = category.monthly * i64::from(supported);
    recorder.step(|| {
        Step::new(&BLOCK, state)
            .with("months", supported)
            .with("monthly", category.monthly)
    });
    let local = local_support(rules, at, supported, contribution, state, recorder);
    Ok(Support {
        months: supported,
        state_monthly_vnd: category.monthly,
        state_vnd: state,
        local_vnd: local,
    })
}

/// What province and district pay, up to what the State leaves of the contribution.
#[inline]
pub(crate) fn local_support(
    rules: &Rules,
    at: usize,
    months: u32,
    contribution: AmountVnd,
    state: AmountVnd,
    recorder: &mut impl Recorder,
) -> AmountVnd {
    let full = rules.local_monthly[at] * i64::from(months);
    let local = full.min(contribution.less_at_most(state));
    for share in &rules.local[at] {
        recorder.step(|| {
            Step::new(&LOCAL, share.monthly * i64::from(months))
                .with("months", months)
                .using("local_rate", &share.rate)
                .using("contribution_rate", &rules.contribution_rate)
                .using("poverty_line", &rules.poverty_line)
                .rounded(Rounding::HalfUp)
        });
    }
    if local < full {
        recorder.step(|| {
            Step::new(&LOCAL_CAPPED, local)
                .with("local", full)
                .with("contribution", contribution)
                .with("state", state)
        });
    }
    local
}
