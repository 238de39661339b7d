//! Which member of the household is the first, the second, …: as stated, or as listed.

use crate::error::PolicyError;
use crate::household_hi::{HouseholdHiError, Member, Rules};

/// The place of each member who pays as a member of the household; none for the others.
///
/// "The first person pays …; the second, third, fourth person pay 70 %, 60 %, 50 % of the first; from the fifth on 40 %":
/// Nghị định 146/2018/NĐ-CP, Điều 7 khoản 1 điểm e; Luật 51/2024/QH15, Điều 1 khoản 11. Only members in the household form
/// are counted. `before` members of the household have paid earlier in the same fiscal year.
///
/// Errors: two first members or two at another place, places for some members only, a place left out, a place of somebody
/// who does not pay as a member of the household.
pub(crate) fn places(
    rules: &Rules,
    members: &[Member],
    before: u32,
) -> Result<Vec<Option<u32>>, PolicyError> {
    let in_household = || members.iter().filter(|member| member.is_in_household());
    if let Some((at, member)) = members
        .iter()
        .enumerate()
        .find(|(_, member)| !member.is_in_household() && member.order.is_some())
    {
        return Err(HouseholdHiError::OrderOfOther {
            member: at + 1,
            group: member.groups[0].names().0,
            group_en: member.groups[0].names().1,
            rule: rules.member_share[0].source.clone(),
        }
        .into());
    }
    let stated: Vec<u32> = in_household().filter_map(|member| member.order).collect();
    let count = in_household().count() as u32;
    if !stated.is_empty() {
        check(rules, &stated, count, before)?;
    }
    let mut next = before;
    let place = |member: &Member| {
        if !member.is_in_household() {
            return None;
        }
        next += 1;
        Some(member.order.unwrap_or(next))
    };
    Ok(members.iter().map(place).collect())
}

fn check(rules: &Rules, stated: &[u32], count: u32, before: u32) -> Result<(), PolicyError> {
    let rule = || rules.member_share[0].source.clone();
    let times = |place: u32| stated.iter().filter(|one| **one == place).count();
    if let Some(place) = stated.iter().copied().find(|place| times(*place) > 1) {
        let times = times(place);
        let error = if place == 1 {
            HouseholdHiError::FirstTwice {
                times,
                rule: rule(),
            }
        } else {
            HouseholdHiError::OrderTwice {
                place,
                times,
                rule: rule(),
            }
        };
        return Err(error.into());
    }
    if (stated.len() as u32) < count {
        return Err(HouseholdHiError::OrderIncomplete {
            stated: stated.len(),
            members: count,
        }
        .into());
    }
    let (first, last) = (before + 1, before + count);
    match stated.iter().find(|place| !(first..=last).contains(place)) {
        Some(place) => Err(HouseholdHiError::OrderGap {
            place: *place,
            first,
            last,
            rule: rule(),
        }
        .into()),
        None => Ok(()),
    }
}
