//! What each member of a household pays for 3, 6 or 12 months.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::LAWS_2024;
use crate::amount::{AmountVnd, Rounding};
use crate::error::{PolicyError, checked};
use crate::household_hi::groups::supported;
use crate::household_hi::order::places;
use crate::household_hi::rules::place_index;
use crate::household_hi::{Group, HouseholdHiError, Rules};
use crate::trace::{Doubt, Recorder, Step, StepText};

const FIRST: StepText = StepText {
    id: "household_hi.first_monthly",
    vi: "Người thứ nhất đóng mỗi tháng {rate} mức tham chiếu (trước 01/7/2025: lương cơ sở) tại thời điểm đóng",
    en: "The first member pays {rate} of the reference level (before 2025-07-01: base salary) of the day of payment per month",
    formula: "{rate} × {reference_level} = {result}",
};

const COUNTED: StepText = StepText {
    id: "household_hi.counted",
    vi: "Chỉ đếm thứ tự những người đóng theo hộ gia đình, cùng trong năm tài chính: {result} trong {all} người, {before} người đã đóng trước trong năm",
    en: "Only those who pay as members of the household in the same fiscal year are counted: {result} of {all} people, {before} paid earlier in the year",
    formula: "{result}",
};

const MEMBER: StepText = StepText {
    id: "household_hi.member_monthly",
    vi: "Người thứ {place} đóng mỗi tháng {share} mức của người thứ nhất",
    en: "Member {place} pays {share} of the first member's contribution per month",
    formula: "{share} × {first} = {result}",
};

const MEMBER_PERIOD: StepText = StepText {
    id: "household_hi.member",
    vi: "Số tiền đóng của {months} tháng",
    en: "Contribution of {months} months",
    formula: "{months} × {monthly} = {result}",
};

const ELSEWHERE: StepText = StepText {
    id: "household_hi.insured_elsewhere",
    vi: "Người thứ {at} trong danh sách tham gia BHYT theo nhóm khác: không đóng ở đây",
    en: "Number {at} of the list is insured in another group and pays nothing here",
    formula: "{result}",
};

const TOTAL: StepText = StepText {
    id: "household_hi.total",
    vi: "Cả hộ đóng, sau khi trừ phần Nhà nước hỗ trợ",
    en: "The whole household pays, after the State's support",
    formula: "{contribution} − {state} = {result}",
};

const PERIOD: StepText = StepText {
    id: "household_hi.period",
    vi: "Đóng cho {months} tháng tròn kể từ ngày đóng {on} (Nghị định 146/2018/NĐ-CP, Điều 9 khoản 7, Điều 10 khoản 4): đến hết ngày {result}",
    en: "Paid for {months} whole months from the day of payment, {on} (Decree 146/2018/NĐ-CP, Art. 9(7), 10(4)): to the end of {result}",
    formula: "{on} + {months}",
};

const KEPT: StepText = StepText {
    id: "household_hi.not_repriced",
    vi: "Lương cơ sở (mức tham chiếu) thành {reference_level} từ {since}, trong kỳ đã đóng: không đóng thêm, không hoàn trả",
    en: "The base salary (reference level) becomes {reference_level} on {since}, within the paid period: nothing is added or refunded",
    formula: "{result}",
};

const NO_RULE: StepText = StepText {
    id: "household_hi.repricing_unknown",
    vi: "Lương cơ sở thành {reference_level} từ {since}, trong kỳ đã đóng",
    en: "The base salary becomes {reference_level} on {since}, within the paid period",
    formula: "{reference_level}",
};

const COUNTED_DOUBT: Doubt = Doubt {
    id: "household_hi.order_counts_household_form_only",
    vi: "Thứ tự chỉ đếm người đóng theo hộ gia đình, theo lời văn Nghị định 146/2018/NĐ-CP (Điều 5, Điều 7 khoản 1 điểm e) và Luật 51/2024/QH15 (Điều 13 khoản 6 mới); một trang của cơ quan BHXH nói khác.",
    en: "The order counts only those who pay as members of the household, by the wording of Decree 146/2018 (Art. 5, 7(1)(e)) and Law 51/2024 (new Art. 13(6)); one page of the agency says otherwise.",
};

const NO_RULE_DOUBT: Doubt = Doubt {
    id: "household_hi.repricing_until_2018_11",
    vi: "Trước 01/12/2018 chưa tìm được quy định về kỳ đã đóng khi lương cơ sở thay đổi.",
    en: "No rule was found for a paid period when the base salary changes before 2018-12-01.",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[
    &FIRST,
    &COUNTED,
    &MEMBER,
    &MEMBER_PERIOD,
    &ELSEWHERE,
    &TOTAL,
    &PERIOD,
    &KEPT,
    &NO_RULE,
];

/// The doubts that phones carry too.
pub(super) const DOUBTS: &[&Doubt] = &[&COUNTED_DOUBT, &NO_RULE_DOUBT];

/// Who pays together, for how long.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContributionInput {
    /// Months paid for: 3, 6 or 12.
    pub months: u32,
    /// The members who pay now, in their order.
    pub members: Vec<Member>,
    /// Members of the household who paid earlier in the same fiscal year.
    #[serde(default)]
    pub members_before: u32,
}

/// A member.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Place in the order of the household, from 1; as listed if no member has one.
    pub order: Option<u32>,
    /// Groups with support that the person is in; none: a member of the household.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Pays as a member of the household although in a supported group; may be chosen from 2025-07-01.
    #[serde(default)]
    pub chooses_household: bool,
    /// Months supported before, in a group with a limit.
    #[serde(default)]
    pub supported_months: u32,
}

impl Member {
    /// Whether the person pays as a member of the household.
    pub(crate) fn is_in_household(&self) -> bool {
        self.groups.is_empty() || self.chooses_household
    }
}

/// What a household pays.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Contribution {
    /// Months paid for.
    pub months: u32,
    /// Last day paid for, if the card holds from the day of payment.
    pub paid_until: Date,
    /// What each member pays, as listed.
    pub members: Vec<MemberContribution>,
    /// Of all, in đồng.
    pub contribution_vnd: AmountVnd,
    /// Of it the State, in đồng.
    pub state_vnd: AmountVnd,
    /// Of it the household, in đồng.
    pub payer_vnd: AmountVnd,
    /// Changes of the base salary within the period.
    pub base_changes: Vec<BaseChange>,
}

/// What a member pays.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MemberContribution {
    /// Place in the order of the household; none for others.
    pub order: Option<u32>,
    /// The group whose support counts; none for a member of the household.
    pub group: Option<Group>,
    /// Contribution per month, in đồng, before support.
    pub monthly_vnd: AmountVnd,
    /// Contribution of the period, in đồng.
    pub contribution_vnd: AmountVnd,
    /// Of it the State, in đồng.
    pub state_vnd: AmountVnd,
    /// Of it the person, in đồng.
    pub payer_vnd: AmountVnd,
}

/// The base salary changes within a paid period.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct BaseChange {
    /// First day of the new base salary.
    pub on: Date,
    /// To add for the rest of the period, in đồng; none where no rule is known.
    pub top_up_vnd: Option<AmountVnd>,
}

/// What each member of a household pays for a period, and what of it the State pays.
///
/// "The first person pays 4.5 % of the base salary; the second, third and fourth 70 %, 60 % and 50 % of the first; from the
/// fifth on 40 %": Nghị định 146/2018/NĐ-CP, Điều 7 khoản 1 điểm e; Luật 51/2024/QH15, Điều 1 khoản 11; Nghị định
/// 188/2025/NĐ-CP, Điều 6 khoản 5. "When the base salary changes, nothing is added or refunded for the rest of the paid
/// period": Nghị định 146/2018/NĐ-CP, Điều 10 khoản 3.
///
/// Errors: an unknown period, a household without members, an order that cannot be, a group that the law of the day does not
/// name, a choice that is not open.
pub fn contribution(
    rules: &Rules,
    input: &ContributionInput,
    recorder: &mut impl Recorder,
) -> Result<Contribution, PolicyError> {
    check(rules, input)?;
    let places = places(rules, &input.members, input.members_before)?;
    let first = rules.monthly[0];
    recorder.step(|| {
        Step::new(&FIRST, first)
            .using("rate", &rules.contribution_rate)
            .using("reference_level", &rules.reference_level)
            .rounded(Rounding::HalfUp)
    });
    let counted = places.iter().flatten().count() as u32;
    recorder.step(|| {
        let all = input.members.len() as u32;
        let step = Step::new(&COUNTED, counted)
            .with("all", all)
            .with("before", input.members_before);
        // With nobody to count, or nobody left out, both readings agree.
        if (1..all).contains(&counted) {
            step.doubted(&COUNTED_DOUBT)
        } else {
            step
        }
    });
    let mut members = Vec::with_capacity(input.members.len());
    for (at, (member, place)) in input.members.iter().zip(&places).enumerate() {
        members.push(match place {
            Some(place) => in_household(rules, *place, input.months, recorder),
            None => in_group(rules, at, member, input.months, recorder)?,
        });
    }
    let contribution = members.iter().map(|member| member.contribution_vnd).sum();
    let state = members.iter().map(|member| member.state_vnd).sum();
    let payer = contribution - state;
    recorder.step(|| {
        Step::new(&TOTAL, payer)
            .with("contribution", contribution)
            .with("state", state)
    });
    let paid_until = until(rules.on, input.months);
    recorder.step(|| {
        let (_, period) = rules
            .periods
            .iter()
            .find(|(months, _)| *months == input.months)
            .expect("the period was checked");
        Step::new(&PERIOD, paid_until)
            .with("months", input.months)
            .with("on", rules.on)
            .from(&period.source)
    });
    Ok(Contribution {
        months: input.months,
        paid_until,
        members,
        contribution_vnd: contribution,
        state_vnd: state,
        payer_vnd: payer,
        base_changes: base_changes(rules, paid_until, recorder),
    })
}

/// The last of so many months from a day.
pub(crate) fn until(from: Date, months: u32) -> Date {
    let after = from.saturating_add(i64::from(months).months());
    after.yesterday().unwrap_or(after)
}

/// Whether so many months may be paid at once.
///
/// "Every 3, 6 or 12 months": Luật Bảo hiểm y tế, Điều 15 khoản 6; Nghị định 146/2018/NĐ-CP, Điều 9 khoản 7.
pub(crate) fn check_period(rules: &Rules, months: u32) -> Result<(), PolicyError> {
    let open = || rules.periods.iter().filter(|(_, open)| open.value == 1);
    if open().any(|(open, _)| *open == months) {
        return Ok(());
    }
    let known: Vec<String> = open().map(|(months, _)| months.to_string()).collect();
    Err(HouseholdHiError::UnknownPeriod {
        months,
        known: known.join(", "),
        rule: rules.periods[0].1.source.clone(),
    }
    .into())
}

fn check(rules: &Rules, input: &ContributionInput) -> Result<(), PolicyError> {
    const MOST_MEMBERS: i64 = 50;
    check_period(rules, input.months)?;
    checked("members", input.members.len() as i64, 1, MOST_MEMBERS)?;
    checked(
        "members_before",
        input.members_before.into(),
        0,
        MOST_MEMBERS,
    )?;
    for member in input.members.iter().filter(|one| one.chooses_household) {
        let closed = [Group::BudgetPaid, Group::InsuredElsewhere];
        if let Some(group) = member.groups.iter().find(|group| closed.contains(group)) {
            let (group, group_en) = group.names();
            return Err(HouseholdHiError::ChoiceNotOfGroup { group, group_en }.into());
        }
        if !member.groups.is_empty() && !rules.is_law_2024() {
            return Err(HouseholdHiError::ChoiceNotYet {
                on: rules.on,
                first: LAWS_2024,
            }
            .into());
        }
    }
    Ok(())
}

/// A member who pays at a place of the household's order.
pub(crate) fn in_household(
    rules: &Rules,
    place: u32,
    months: u32,
    recorder: &mut impl Recorder,
) -> MemberContribution {
    let monthly = rules.monthly_at(place);
    recorder.step(|| {
        Step::new(&MEMBER, monthly)
            .with("place", place)
            .using("share", &rules.member_share[place_index(place)])
            .with("first", rules.monthly[0])
            .rounded(Rounding::HalfUp)
    });
    let contribution = period(monthly, months, recorder);
    MemberContribution {
        order: Some(place),
        group: None,
        monthly_vnd: monthly,
        contribution_vnd: contribution,
        state_vnd: AmountVnd::ZERO,
        payer_vnd: contribution,
    }
}

/// A member whose contribution the State pays in part or whole, or who is insured elsewhere.
pub(crate) fn in_group(
    rules: &Rules,
    at: usize,
    member: &Member,
    months: u32,
    recorder: &mut impl Recorder,
) -> Result<MemberContribution, PolicyError> {
    if member.groups.contains(&Group::InsuredElsewhere) {
        recorder.step(|| Step::new(&ELSEWHERE, AmountVnd::ZERO).with("at", at as i64 + 1));
        return Ok(MemberContribution {
            order: None,
            group: Some(Group::InsuredElsewhere),
            monthly_vnd: AmountVnd::ZERO,
            contribution_vnd: AmountVnd::ZERO,
            state_vnd: AmountVnd::ZERO,
            payer_vnd: AmountVnd::ZERO,
        });
    }
    let monthly = rules.monthly[0];
    let contribution = period(monthly, months, recorder);
    let support = supported(
        rules,
        &member.groups,
        months,
        member.supported_months,
        recorder,
    )?;
    Ok(MemberContribution {
        order: None,
        group: Some(support.group),
        monthly_vnd: monthly,
        contribution_vnd: contribution,
        state_vnd: support.state,
        payer_vnd: contribution - support.state,
    })
}

fn period(monthly: AmountVnd, months: u32, recorder: &mut impl Recorder) -> AmountVnd {
    let contribution = monthly * i64::from(months);
    recorder.step(|| {
        Step::new(&MEMBER_PERIOD, contribution)
            .with("months", months)
            .with("monthly", monthly)
    });
    contribution
}

fn base_changes(rules: &Rules, paid_until: Date, recorder: &mut impl Recorder) -> Vec<BaseChange> {
    let within = |change: &&crate::InForce<AmountVnd>| change.source.since <= paid_until;
    let changes = rules.base_changes.iter().filter(within);
    let told = changes.map(|change| {
        let on = change.source.since;
        match &rules.not_repriced {
            Some(kept) if kept.value == 1 => {
                recorder.step(|| {
                    Step::new(&KEPT, AmountVnd::ZERO)
                        .using("reference_level", change)
                        .with("since", on)
                        .from(&kept.source)
                });
                BaseChange {
                    on,
                    top_up_vnd: Some(AmountVnd::ZERO),
                }
            }
            _ => {
                recorder.step(|| {
                    Step::new(&NO_RULE, change.value)
                        .using("reference_level", change)
                        .with("since", on)
                        .doubted(&NO_RULE_DOUBT)
                });
                BaseChange {
                    on,
                    top_up_vnd: None,
                }
            }
        }
    });
    told.collect()
}
