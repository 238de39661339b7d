//! The table of household health insurance.

use jiff::civil::Date;
use serde::Serialize;

use crate::LAST_DATE;
use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::household_hi::{Group, Rules};
use crate::parameters::Law;
use crate::rate::Rate;

use super::sources::{Sources, Told};

/// What holds from a day on.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct HouseholdHi {
    contribution_rate: Told<Rate>,
    reference_level: Told<AmountVnd>,
    /// By place in the household: first, second, third, fourth, all further ones.
    members: Vec<Member>,
    /// Months that may be chosen, and 1 where they may.
    periods: Vec<(u32, Told<i64>)>,
    groups: Vec<GroupSupport>,
    /// Groups that the law of the day does not name.
    groups_refused: Vec<(Group, usize)>,
    /// 1 if a change of the base salary leaves a paid period as it is.
    not_repriced: Option<Told<i64>>,
    /// Whether the laws of 2024 are in force.
    is_law_2024: bool,
}

#[derive(Debug, PartialEq, Serialize)]
struct Member {
    share: Told<Rate>,
    monthly_vnd: AmountVnd,
}

#[derive(Debug, PartialEq, Serialize)]
struct GroupSupport {
    group: Group,
    rate: Told<Rate>,
    monthly_vnd: AmountVnd,
    #[serde(skip_serializing_if = "Option::is_none")]
    most_months: Option<Told<i64>>,
}

/// A base salary (reference level) with its first day.
#[derive(Debug, Serialize)]
pub(super) struct BaseSalary {
    from: Date,
    level: Told<AmountVnd>,
}

/// The table of a day.
///
/// Errors: as of [`Rules::on`].
pub(super) fn of_day(
    law: &Law,
    day: Date,
    sources: &mut Sources,
) -> Result<HouseholdHi, PolicyError> {
    let rules = Rules::on(law, day)?;
    let mut groups = Vec::new();
    let mut groups_refused = Vec::new();
    for group in Group::ALL {
        match rules.group(group) {
            Ok(support) => groups.push(GroupSupport {
                group,
                rate: sources.told(&support.rate),
                monthly_vnd: support.monthly,
                most_months: sources.told_if(&support.max_months),
            }),
            Err(error) => groups_refused.push((group, sources.refusal(error, &[]))),
        }
    }
    let members = rules.member_share.iter().zip(rules.monthly);
    Ok(HouseholdHi {
        contribution_rate: sources.told(&rules.contribution_rate),
        reference_level: sources.told(&rules.reference_level),
        members: members
            .map(|(share, monthly_vnd)| Member {
                share: sources.told(share),
                monthly_vnd,
            })
            .collect(),
        periods: rules
            .periods
            .iter()
            .map(|(months, open)| (*months, sources.told(open)))
            .collect(),
        groups,
        groups_refused,
        not_repriced: sources.told_if(&rules.not_repriced),
        is_law_2024: rules.is_law_2024(),
    })
}

/// All that are known.
pub(super) fn base_salaries(law: &Law, sources: &mut Sources) -> Vec<BaseSalary> {
    let base = law.parameter("base/base_salary");
    let begun = base.rates_begun(Date::MIN, LAST_DATE).into_iter();
    begun
        .map(|rate| {
            let level = rate.map(|rate| AmountVnd(crate::parameters::whole(rate)));
            BaseSalary {
                from: level.source.since,
                level: sources.told(&level),
            }
        })
        .collect()
}
