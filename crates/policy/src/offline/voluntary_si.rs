//! The table of voluntary social insurance.

use jiff::civil::Date;
use serde::Serialize;

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::parameters::Law;
use crate::rate::Rate;
use crate::voluntary_si::{Categories, Category, Residence, Rules};

use super::sources::{Sources, Told};

/// What holds from a day on.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct VoluntarySi {
    contribution_rate: Told<Rate>,
    poverty_line: Told<AmountVnd>,
    reference_level: Told<AmountVnd>,
    ceiling_multiple: Told<i64>,
    income_ceiling_vnd: AmountVnd,
    income_step: Option<Told<AmountVnd>>,
    support_max_months: Told<i64>,
    /// The first category of the list that a person is in counts.
    support: Vec<CategorySupport>,
    /// Months of a block and the month of it by which it is paid: monthly, 3, 6, 12 months.
    modes: [[Told<i64>; 2]; 4],
    local: Vec<LocalSupport>,
}

#[derive(Debug, PartialEq, Serialize)]
struct CategorySupport {
    category: Category,
    rate: Told<Rate>,
    monthly_vnd: AmountVnd,
}

/// What a province or district adds.
#[derive(Debug, PartialEq, Serialize)]
struct LocalSupport {
    province: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    support: Vec<CategorySupport>,
}

/// The table of a day.
///
/// Errors: as of [`Rules::at`].
pub(super) fn of_day(
    law: &Law,
    day: Date,
    sources: &mut Sources,
) -> Result<VoluntarySi, PolicyError> {
    let rules = Rules::on(law, day)?;
    let support = ranked(&rules)
        .into_iter()
        .map(|category| {
            let chosen = &rules.support[Categories::from(category).index()];
            CategorySupport {
                category,
                rate: sources.told(&chosen.rate),
                monthly_vnd: chosen.monthly,
            }
        })
        .collect();
    Ok(VoluntarySi {
        contribution_rate: sources.told(&rules.contribution_rate),
        poverty_line: sources.told(&rules.poverty_line),
        reference_level: sources.told(&rules.reference_level),
        ceiling_multiple: sources.told(&rules.ceiling_multiple),
        income_ceiling_vnd: rules.ceiling,
        income_step: sources.told_if(&rules.income_step),
        support_max_months: sources.told(&rules.support_max_months),
        support,
        modes: rules.modes.each_ref().map(|mode| sources.both(mode)),
        local: local(law, day, sources)?,
    })
}

/// The categories that the law of the day names, those that go before others first, "other" last.
fn ranked(rules: &Rules) -> Vec<Category> {
    let mut left = Category::ALL.to_vec();
    let mut ranked = Vec::with_capacity(left.len());
    loop {
        let highest = rules.support[Categories::from(left.clone()).index()].category;
        ranked.push(highest);
        if highest == Category::Other {
            return ranked;
        }
        left.retain(|category| *category != highest);
    }
}

fn local(law: &Law, day: Date, sources: &mut Sources) -> Result<Vec<LocalSupport>, PolicyError> {
    let mut local = Vec::new();
    for one in &law.provincial_support {
        let mut only = law.clone();
        only.provincial_support = vec![one.clone()];
        let residence = Residence {
            province: one.province.clone(),
            area: one.area.clone(),
        };
        let rules = Rules::at(&only, day, Some(&residence))?;
        let mut support = Vec::new();
        for category in ranked(&rules) {
            for share in &rules.local[Categories::from(category).index()] {
                support.push(CategorySupport {
                    category,
                    rate: sources.told(&share.rate),
                    monthly_vnd: share.monthly,
                });
            }
        }
        if !support.is_empty() {
            local.push(LocalSupport {
                province: residence.province,
                area: residence.area,
                support,
            });
        }
    }
    Ok(local)
}
