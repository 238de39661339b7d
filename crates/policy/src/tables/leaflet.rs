//! "Đóng bao nhiêu, hưởng bao nhiêu": years × incomes × categories.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, round_up};
use crate::error::{PolicyError, checked};
use crate::parameters::Law;
use crate::pension::{self, one_time_allowance, rate};
use crate::rate::Rate;
use crate::retirement::Sex;
use crate::trace::{NoTrace, Recorder, Step, StepText};
use crate::voluntary_si::{self, Categories, Category, Mode, PaymentInput, Residence, payment};

const ASSUMED: StepText = StepText {
    id: "tables.assumptions",
    vi: "Bảng tính theo quy định của ngày {on}: đóng hằng tháng, thu nhập không đổi, không tính trượt giá; lương hưu khi đã đủ tuổi",
    en: "The table goes by the rules of {on}: paid monthly, the same income throughout, no indexation; the pension at retirement age",
    formula: "{on}",
};

const CELLS: i64 = 5_000;

/// Which rows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeafletInput {
    /// Years paid.
    pub years: Vec<u32>,
    /// Chosen incomes, in đồng per month.
    pub incomes_vnd: Vec<AmountVnd>,
    /// Categories of State support, each alone; "other" if not said.
    #[serde(default = "other")]
    pub categories: Vec<Category>,
    /// For local support.
    pub residence: Option<Residence>,
}

impl LeafletInput {
    /// How many rows the table has.
    pub fn rows(&self) -> usize {
        self.years.len() * self.incomes_vnd.len() * self.categories.len()
    }
}

fn other() -> Vec<Category> {
    vec![Category::Other]
}

/// The table.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Leaflet {
    /// By income, category, years, in the order asked for.
    pub rows: Vec<LeafletRow>,
}

/// What is paid and what it brings.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LeafletRow {
    /// Chosen income, in đồng per month.
    pub income_vnd: AmountVnd,
    /// Category of State support.
    pub category: Category,
    /// Years paid.
    pub years: u32,
    /// Contribution, in đồng per month.
    pub contribution_vnd: AmountVnd,
    /// Of the State, in đồng per month, for at most 120 months.
    pub state_vnd: AmountVnd,
    /// Of the province and district, in đồng per month.
    pub local_vnd: AmountVnd,
    /// Of the participant while supported, in đồng per month.
    pub payer_vnd: AmountVnd,
    /// Of the participant over all years, in đồng.
    pub payer_total_vnd: AmountVnd,
    /// Of the State, province and district over all years, in đồng.
    pub support_total_vnd: AmountVnd,
    /// A man's pension; none if the years are too few.
    pub man: Option<LeafletPension>,
    /// A woman's pension; none if the years are too few.
    pub woman: Option<LeafletPension>,
}

/// What it brings.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LeafletPension {
    /// Share of the income.
    pub rate: Rate,
    /// In đồng per month.
    pub pension_vnd: AmountVnd,
    /// On retirement, in đồng.
    pub one_time_allowance_vnd: AmountVnd,
    /// Months of pension that bring back what the participant paid.
    pub months_to_recover: i64,
}

/// What is paid and what it brings, for every combination of years, incomes and categories.
///
/// Every row is what [`crate::voluntary_si::payment`] and [`crate::pension`] give on the day for a constant income; the average
/// is that income.
///
/// Errors: an income that may not be chosen, more than 5,000 rows.
pub fn leaflet(
    law: &Law,
    on: Date,
    input: &LeafletInput,
    recorder: &mut impl Recorder,
) -> Result<Leaflet, PolicyError> {
    let cells = input.rows();
    checked("years × incomes_vnd × categories", cells as i64, 1, CELLS)?;
    let voluntary = voluntary_si::Rules::at(law, on, input.residence.as_ref())?;
    let pension = pension::Rules::on(law, on)?;
    recorder.step(|| Step::new(&ASSUMED, on).with("on", on));
    let mut rates = Vec::with_capacity(input.years.len());
    for &years in &input.years {
        checked("years", years.into(), 1, 60)?;
        let [man, woman] = Sex::ALL.map(|sex| rate(&pension, sex, years * 12, 0, recorder).ok());
        rates.push((years, [man, woman]));
    }
    let mut rows = Vec::with_capacity(cells);
    for &income in &input.incomes_vnd {
        for &category in &input.categories {
            let of_month = PaymentInput {
                income_vnd: income,
                mode: Mode::Monthly,
                first_month: None,
                categories: Categories::from(category),
                supported_months: 0,
                residence: None,
            };
            let paid = payment(&voluntary, &of_month, recorder)?;
            for (years, rates) in &rates {
                let months = i64::from(years * 12);
                let supported = months.min(voluntary.support_max_months.value);
                let support = (paid.support.state_vnd + paid.support.local_vnd) * supported;
                let payer_total = paid.contribution_vnd * months - support;
                let [man, woman] = Sex::ALL.map(|sex| {
                    let rate = rates[sex as usize]?;
                    Some(brings(&pension, sex, *years, rate, income, payer_total))
                });
                rows.push(LeafletRow {
                    income_vnd: income,
                    category,
                    years: *years,
                    contribution_vnd: paid.contribution_vnd,
                    state_vnd: paid.support.state_vnd,
                    local_vnd: paid.support.local_vnd,
                    payer_vnd: paid.payer_vnd,
                    payer_total_vnd: payer_total,
                    support_total_vnd: support,
                    man,
                    woman,
                });
            }
        }
    }
    Ok(Leaflet { rows })
}

fn brings(
    rules: &pension::Rules,
    sex: Sex,
    years: u32,
    rate: Rate,
    income: AmountVnd,
    payer_total: AmountVnd,
) -> LeafletPension {
    let pension = rate.of(income);
    let allowance = one_time_allowance(rules, sex, years * 12, 0, income, &mut NoTrace).amount_vnd;
    let left = payer_total.less_at_most(allowance);
    LeafletPension {
        rate,
        pension_vnd: pension,
        one_time_allowance_vnd: allowance,
        months_to_recover: round_up(left.0.into(), pension.0.max(1).into()) as i64,
    }
}
