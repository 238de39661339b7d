//! The rules of contributions to household health insurance on one day, resolved once.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::LAWS_2024;
use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::household_hi::Group;
use crate::household_hi::groups::GroupSupport;
use crate::parameters::{InForce, Law, ParameterError, whole};
use crate::rate::Rate;

/// The longest period that somebody may pay for; for changes of the base salary within it.
const LONGEST_MONTHS: i64 = 12;

/// What the law says on a day: that of the payment.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The day.
    pub on: Date,
    /// Base salary, from 2025-07-01 the reference level.
    pub reference_level: InForce<AmountVnd>,
    /// Share of it that the first member pays.
    pub contribution_rate: InForce<Rate>,
    /// What each member pays relative to the first; the last holds for all further ones.
    pub member_share: [InForce<Rate>; 5],
    /// Đồng per month of each member.
    pub(crate) monthly: [AmountVnd; 5],
    /// Periods in months with 1 where they may be chosen.
    pub(crate) periods: Vec<(u32, InForce<i64>)>,
    /// What the State pays for each group, or why it is not known.
    groups: Vec<Result<GroupSupport, ParameterError>>,
    /// 1 if a change of the base salary leaves a paid period as it is; none where no rule is known.
    pub(crate) not_repriced: Option<InForce<i64>>,
    /// Changes of the base salary within the longest period from the day.
    pub(crate) base_changes: Vec<InForce<AmountVnd>>,
    pub(crate) waiting: Result<Waiting, ParameterError>,
}

/// When the first card holds.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub days: InForce<i64>,
    pub gap_months: InForce<i64>,
    pub first_card_months: InForce<i64>,
}

impl Rules {
    /// The rules on the day.
    ///
    /// Errors: a day whose law is not known, or a parameter without a value.
    pub fn on(law: &Law, on: Date) -> Result<Rules, PolicyError> {
        law.check_date(on)?;
        let find = |name: &str| law.parameter(&format!("household_hi/{name}"));
        let base = law.parameter("base/base_salary");
        let reference_level = base.amount(on)?;
        let contribution_rate = find("contribution_rate").rate(on)?;
        let share = |order: &str| find("member_share").rate_of(on, order);
        let member_share = [
            share("1")?,
            share("2")?,
            share("3")?,
            share("4")?,
            share("5")?,
        ];
        let first = contribution_rate.value.of(reference_level.value);
        let monthly = [0, 1, 2, 3, 4].map(|at: usize| member_share[at].value.of(first));
        let period = |months: u32| -> Result<_, PolicyError> {
            Ok((months, find("periods").count_of(on, &months.to_string())?))
        };
        let groups = Group::ALL.map(|group| group_support(law, on, group, first));
        let waiting = || -> Result<Waiting, ParameterError> {
            Ok(Waiting {
                days: find("waiting_days").count(on)?,
                gap_months: find("gap_months").count(on)?,
                first_card_months: find("first_card_months").count(on)?,
            })
        };
        let last = on.saturating_add(LONGEST_MONTHS.months());
        let changes = base.rates_begun(on, last).into_iter();
        Ok(Rules {
            on,
            monthly,
            periods: vec![period(3)?, period(6)?, period(12)?],
            groups: groups.into(),
            not_repriced: find("not_repriced").count_in_force(on)?,
            base_changes: changes
                .map(|change| change.map(|rate| AmountVnd(whole(rate))))
                .collect(),
            waiting: waiting(),
            reference_level,
            contribution_rate,
            member_share,
        })
    }

    /// What a member at a place of the order pays per month, in đồng; places count from 1.
    #[inline]
    pub fn monthly_at(&self, place: u32) -> AmountVnd {
        self.monthly[place_index(place)]
    }

    /// What the State pays for a group.
    ///
    /// Errors: the law of the day does not name the group.
    pub(crate) fn group(&self, group: Group) -> Result<&GroupSupport, PolicyError> {
        self.groups[group as usize]
            .as_ref()
            .map_err(|error| error.clone().into())
    }

    /// Whether Luật 51/2024/QH15 is in force.
    pub(crate) fn is_law_2024(&self) -> bool {
        self.on >= LAWS_2024
    }
}

/// The index of a place from 1: all from the fifth on are alike.
#[inline]
pub(crate) fn place_index(place: u32) -> usize {
    (place.clamp(1, 5) - 1) as usize
}

fn group_support(
    law: &Law,
    on: Date,
    group: Group,
    first: AmountVnd,
) -> Result<GroupSupport, ParameterError> {
    // Who is insured elsewhere is never asked for here; the error that results names the rows there are.
    let rate = law
        .parameter("health_insurance/support_rate")
        .rate_of(on, group.as_str())?;
    let most = law.parameter("health_insurance/support_max_months");
    let max_months = match most.entry_on(on) {
        Some(_) => most
            .rate_if_any(on, group.as_str())?
            .map(|most| most.map(whole)),
        None => None,
    };
    Ok(GroupSupport {
        monthly: rate.value.of(first),
        rate,
        max_months,
    })
}
