//! Why a calculation of household health insurance is refused.

use std::sync::Arc;

use jiff::civil::Date;

use crate::parameters::Source;
use crate::trace::vi;

/// Why there is no result. Each names the limit and the article it stands in.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum HouseholdHiError {
    /// No such period.
    #[error("không đóng cho {months} tháng được: chỉ có kỳ {known} tháng ({})", rule.reference)]
    UnknownPeriod {
        /// As asked.
        months: u32,
        /// The periods there are.
        known: String,
        /// Where they stand.
        rule: Arc<Source>,
    },
    /// A household has one first member.
    #[error("có {times} người cùng là người thứ nhất: một hộ chỉ có một người thứ nhất đóng đủ, người thứ 2, 3, 4 đóng 70%, 60%, 50%, từ người thứ 5 đóng 40% ({})", rule.reference)]
    FirstTwice {
        /// How many.
        times: usize,
        /// Where the order stands.
        rule: Arc<Source>,
    },
    /// A place is given to several members.
    #[error("có {times} người cùng là người thứ {place} của hộ: mỗi thứ tự chỉ dùng một lần ({})", rule.reference)]
    OrderTwice {
        /// The place.
        place: u32,
        /// How many have it.
        times: usize,
        /// Where the order stands.
        rule: Arc<Source>,
    },
    /// Some members have a place, some not.
    #[error(
        "chỉ {stated} trong {members} người của hộ có thứ tự: ghi thứ tự cho tất cả, hoặc không ghi cho ai (Luật 51/2024/QH15, Điều 13 khoản 6 mới)"
    )]
    OrderIncomplete {
        /// How many have one.
        stated: usize,
        /// Members in the household form.
        members: u32,
    },
    /// A place beyond the members there are.
    #[error("không có người thứ {place}: các thứ tự phải từ {first} đến {last}, không bỏ cách ({})", rule.reference)]
    OrderGap {
        /// As stated.
        place: u32,
        /// First place that is free.
        first: u32,
        /// Last place.
        last: u32,
        /// Where the order stands.
        rule: Arc<Source>,
    },
    /// A place for somebody who does not pay as a member of the household.
    #[error("người thứ {member} trong danh sách ({group}) không đóng theo hộ gia đình nên không có thứ tự trong hộ ({})", rule.reference)]
    OrderOfOther {
        /// Number in the list, from 1.
        member: usize,
        /// The group, in Vietnamese.
        group: &'static str,
        /// The group, in English.
        group_en: &'static str,
        /// Where the order stands.
        rule: Arc<Source>,
    },
    /// There was no choice before the law of 2024.
    #[error("ngày {on} người thuộc nhóm được hỗ trợ chưa được chọn đóng theo hộ gia đình: chỉ từ {first} (Luật Bảo hiểm y tế sửa đổi bởi Luật 51/2024/QH15, Điều 13 khoản 5 điểm e)", on = vi(*on), first = vi(*first))]
    ChoiceNotYet {
        /// Day of the payment.
        on: Date,
        /// First day of the rule.
        first: Date,
    },
    /// Only supported groups may choose.
    #[error(
        "người thuộc nhóm “{group}” không chọn đóng theo hộ gia đình được: chỉ nhóm được Nhà nước hỗ trợ mức đóng được chọn (Luật Bảo hiểm y tế sửa đổi bởi Luật 51/2024/QH15, Điều 13 khoản 5 điểm e)"
    )]
    ChoiceNotOfGroup {
        /// The group, in Vietnamese.
        group: &'static str,
        /// The group, in English.
        group_en: &'static str,
    },
    /// Nobody can have had so many.
    #[error("kê đã được hỗ trợ {had} tháng: nhóm này được hỗ trợ nhiều nhất {most} tháng ({})", rule.reference)]
    SupportedMonthsTooMany {
        /// As stated.
        had: u32,
        /// Most.
        most: i64,
        /// Where the limit stands.
        rule: Arc<Source>,
    },
    /// Co-payments count within the calendar year.
    #[error("lần cùng chi trả ngày {paid_on} không thuộc phần năm dương lịch đến ngày {on}: chỉ tính trong năm ({})", rule.reference, paid_on = vi(*paid_on), on = vi(*on))]
    CopaymentOfAnotherYear {
        /// Day of the payment.
        paid_on: Date,
        /// Day of the visit.
        on: Date,
        /// Where the limit stands.
        rule: Arc<Source>,
    },
    /// A card that ends before it begins, overlaps the one before, or begins later than the day.
    #[error("thẻ từ {from} đến {until} không đúng: các thẻ theo thứ tự thời gian, không chồng nhau, bắt đầu không sau ngày {on} (Nghị định 146/2018/NĐ-CP, Điều 12 khoản 5; Nghị định 188/2025/NĐ-CP, Điều 18)", from = vi(*from), until = vi(*until), on = vi(*on))]
    CardPeriod {
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
        /// Day of the question.
        on: Date,
    },
}

impl HouseholdHiError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            HouseholdHiError::UnknownPeriod { .. } => "household_hi.unknown_period",
            HouseholdHiError::FirstTwice { .. } => "household_hi.first_twice",
            HouseholdHiError::OrderTwice { .. } => "household_hi.order_twice",
            HouseholdHiError::OrderIncomplete { .. } => "household_hi.order_incomplete",
            HouseholdHiError::OrderGap { .. } => "household_hi.order_gap",
            HouseholdHiError::OrderOfOther { .. } => "household_hi.order_of_other",
            HouseholdHiError::ChoiceNotYet { .. } => "household_hi.choice_not_yet",
            HouseholdHiError::ChoiceNotOfGroup { .. } => "household_hi.choice_not_of_group",
            HouseholdHiError::SupportedMonthsTooMany { .. } => {
                "household_hi.supported_months_too_many"
            }
            HouseholdHiError::CopaymentOfAnotherYear { .. } => {
                "household_hi.copayment_of_another_year"
            }
            HouseholdHiError::CardPeriod { .. } => "household_hi.card_period",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            HouseholdHiError::UnknownPeriod {
                months,
                known,
                rule,
            } => format!(
                "{months} months cannot be paid: there are periods of {known} months ({})",
                rule.reference
            ),
            HouseholdHiError::FirstTwice { times, rule } => format!(
                "{times} members are the first: a household has one first member who pays whole, the 2nd, 3rd and 4th pay 70, 60 and 50 %, from the 5th on 40 % ({})",
                rule.reference
            ),
            HouseholdHiError::OrderTwice { place, times, rule } => format!(
                "{times} members are number {place} of the household: each place is used once ({})",
                rule.reference
            ),
            HouseholdHiError::OrderIncomplete { stated, members } => format!(
                "only {stated} of {members} members of the household have a place: state it for all or for none (Law 51/2024/QH15, new Art. 13(6))"
            ),
            HouseholdHiError::OrderGap {
                place,
                first,
                last,
                rule,
            } => format!(
                "there is no member number {place}: the places must be {first} to {last} without a gap ({})",
                rule.reference
            ),
            HouseholdHiError::OrderOfOther {
                member,
                group_en,
                rule,
                ..
            } => format!(
                "number {member} of the list ({group_en}) does not pay as a member of the household and has no place in its order ({})",
                rule.reference
            ),
            HouseholdHiError::ChoiceNotYet { on, first } => format!(
                "on {on} somebody in a supported group may not choose to pay as a member of the household: only from {first} (Law on Health Insurance as amended by Law 51/2024/QH15, Art. 13(5)(e))"
            ),
            HouseholdHiError::ChoiceNotOfGroup { group_en, .. } => format!(
                "somebody in the group \"{group_en}\" cannot choose to pay as a member of the household: only supported groups can (Law on Health Insurance as amended by Law 51/2024/QH15, Art. 13(5)(e))"
            ),
            HouseholdHiError::SupportedMonthsTooMany { had, most, rule } => format!(
                "{had} months of support are stated: this group gets {most} at most ({})",
                rule.reference
            ),
            HouseholdHiError::CopaymentOfAnotherYear { paid_on, on, rule } => format!(
                "the co-payment of {paid_on} is not of the calendar year up to {on}: only those count ({})",
                rule.reference
            ),
            HouseholdHiError::CardPeriod { from, until, on } => format!(
                "a card from {from} to {until} cannot be: cards are in order of time, do not overlap and begin not later than {on} (Decree 146/2018/NĐ-CP, Art. 12(5); Decree 188/2025/NĐ-CP, Art. 18)"
            ),
        }
    }
}
