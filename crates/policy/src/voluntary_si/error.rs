//! Why a calculation of voluntary social insurance is refused.

use std::sync::Arc;

use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::month::Month;
use crate::parameters::Source;
use crate::trace::vi;

/// Why there is no result. Each names the limit and the article it stands in.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum VoluntarySiError {
    /// Below the poverty line.
    #[error("mức thu nhập chọn {income} đồng thấp hơn mức thấp nhất {floor} đồng (chuẩn hộ nghèo nông thôn) ngày {on}: chọn từ {floor} đồng ({})", rule.reference, on = vi(*on))]
    IncomeBelowFloor {
        /// As chosen.
        income: AmountVnd,
        /// Lowest.
        floor: AmountVnd,
        /// Day of the payment.
        on: Date,
        /// Where the limit stands.
        rule: Arc<Source>,
    },
    /// Above twenty reference levels.
    #[error("mức thu nhập chọn {income} đồng cao hơn mức cao nhất {ceiling} đồng (20 lần mức tham chiếu) ngày {on}: chọn đến {ceiling} đồng ({})", rule.reference, on = vi(*on))]
    IncomeAboveCeiling {
        /// As chosen.
        income: AmountVnd,
        /// Highest.
        ceiling: AmountVnd,
        /// Day of the payment.
        on: Date,
        /// Where the limit stands.
        rule: Arc<Source>,
    },
    /// Between two steps, when there were steps.
    #[error("mức thu nhập chọn {income} đồng không đúng bậc ngày {on}: phải là {floor} + m × {step} đồng, gần nhất là {lower} hoặc {upper} đồng ({})", rule.reference, on = vi(*on))]
    IncomeOffStep {
        /// As chosen.
        income: AmountVnd,
        /// Where steps begin.
        floor: AmountVnd,
        /// Width of a step.
        step: AmountVnd,
        /// The step below.
        lower: AmountVnd,
        /// The step above.
        upper: AmountVnd,
        /// Day of the payment.
        on: Date,
        /// Where the step stands.
        rule: Arc<Source>,
    },
    /// Another number of years ahead than allowed.
    #[error("không đóng trước {years} năm được: chỉ từ {least} đến {most} năm một lần ({})", rule.reference)]
    PrepaidYears {
        /// As asked.
        years: u32,
        /// Least.
        least: i64,
        /// Most.
        most: i64,
        /// Where the limit stands.
        rule: Arc<Source>,
    },
    /// Too much is missing to be bought.
    #[error("còn thiếu {missing} tháng, nhiều hơn {most} tháng được đóng một lần ngày {on}: đóng tiếp đến khi còn thiếu {most} tháng ({})", rule.reference, on = vi(*on))]
    MissingTooLong {
        /// Missing months.
        missing: i64,
        /// Most that may be bought.
        most: i64,
        /// Day of the payment.
        on: Date,
        /// Where the limit stands.
        rule: Arc<Source>,
    },
    /// Nothing is missing.
    #[error("đã đóng {paid} tháng, đủ {target} tháng tối thiểu: không đóng một lần cho thời gian thiếu để nâng tỷ lệ hưởng ({})", rule.reference)]
    NothingMissing {
        /// Paid months.
        paid: u32,
        /// Months needed.
        target: i64,
        /// Where the minimum stands.
        rule: Arc<Source>,
    },
    /// Before the month in which the age allows it.
    #[error("chưa được đóng một lần cho thời gian thiếu trong tháng {month}: sớm nhất là tháng {earliest}, đủ tuổi nghỉ hưu tháng {age_reached} ({})", rule.reference, month = vi(*month), earliest = vi(*earliest), age_reached = vi(*age_reached))]
    MissingTooEarly {
        /// Month of the payment.
        month: Month,
        /// First month in which it may be paid.
        earliest: Month,
        /// Month in which the age is reached.
        age_reached: Month,
        /// Where the rule stands.
        rule: Arc<Source>,
    },
    /// Nobody can have had so many.
    #[error("kê đã được hỗ trợ {had} tháng: mỗi người được hỗ trợ nhiều nhất {most} tháng ({})", rule.reference)]
    SupportedMonthsTooMany {
        /// As stated.
        had: u32,
        /// Most.
        most: i64,
        /// Where the limit stands.
        rule: Arc<Source>,
    },
    /// More months left than the block has, or none.
    #[error(
        "không hoàn trả {left} tháng của khối {block} tháng được: phải từ 1 đến {block} tháng (Nghị định 159/2025/NĐ-CP, Điều 8)"
    )]
    RefundMonths {
        /// Months left as asked.
        left: i64,
        /// Months of the block.
        block: i64,
    },
    /// The reason for a refund came with the law of 2024.
    #[error("ngày {on} chưa hoàn trả khi hưởng lương hưu: chỉ từ {first} (Nghị định 159/2025/NĐ-CP, Điều 8 khoản 1)", on = vi(*on), first = vi(*first))]
    RefundReasonNotYet {
        /// Day of the refund.
        on: Date,
        /// First day of the rule.
        first: Date,
    },
    /// There is no making up any more.
    #[error("ngày {on} không còn đóng bù có lãi: quy định hết hiệu lực sau {last}; quá hạn là tạm dừng đóng, phải đăng ký lại (Luật 41/2024/QH15, Nghị định 159/2025/NĐ-CP)", on = vi(*on), last = vi(*last))]
    LateMakeUpEnded {
        /// Day of the payment.
        on: Date,
        /// Last day of the rule.
        last: Date,
    },
}

impl VoluntarySiError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            VoluntarySiError::IncomeBelowFloor { .. } => "voluntary_si.income_below_floor",
            VoluntarySiError::IncomeAboveCeiling { .. } => "voluntary_si.income_above_ceiling",
            VoluntarySiError::IncomeOffStep { .. } => "voluntary_si.income_off_step",
            VoluntarySiError::PrepaidYears { .. } => "voluntary_si.prepaid_years",
            VoluntarySiError::MissingTooLong { .. } => "voluntary_si.missing_too_long",
            VoluntarySiError::NothingMissing { .. } => "voluntary_si.nothing_missing",
            VoluntarySiError::MissingTooEarly { .. } => "voluntary_si.missing_too_early",
            VoluntarySiError::SupportedMonthsTooMany { .. } => {
                "voluntary_si.supported_months_too_many"
            }
            VoluntarySiError::RefundMonths { .. } => "voluntary_si.refund_months",
            VoluntarySiError::RefundReasonNotYet { .. } => "voluntary_si.refund_reason_not_yet",
            VoluntarySiError::LateMakeUpEnded { .. } => "voluntary_si.late_make_up_ended",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            VoluntarySiError::IncomeBelowFloor {
                income,
                floor,
                on,
                rule,
            } => format!(
                "the chosen income of {} đồng is below the lowest, {} (rural poverty line) on {on}: choose at least that ({})",
                income.0, floor.0, rule.reference
            ),
            VoluntarySiError::IncomeAboveCeiling {
                income,
                ceiling,
                on,
                rule,
            } => format!(
                "the chosen income of {} đồng is above the highest, {} (20 reference levels) on {on}: choose at most that ({})",
                income.0, ceiling.0, rule.reference
            ),
            VoluntarySiError::IncomeOffStep {
                income,
                floor,
                step,
                lower,
                upper,
                on,
                rule,
            } => format!(
                "the chosen income of {} đồng is on no step on {on}: it must be {} + m × {}; the nearest are {} and {} ({})",
                income.0, floor.0, step.0, lower.0, upper.0, rule.reference
            ),
            VoluntarySiError::PrepaidYears {
                years,
                least,
                most,
                rule,
            } => {
                format!(
                    "{years} years cannot be paid ahead: only {least} to {most} at once ({})",
                    rule.reference
                )
            }
            VoluntarySiError::MissingTooLong {
                missing,
                most,
                on,
                rule,
            } => format!(
                "{missing} months are missing, more than the {most} that may be paid at once on {on}: go on paying until {most} are missing ({})",
                rule.reference
            ),
            VoluntarySiError::NothingMissing { paid, target, rule } => format!(
                "{paid} months are paid, the minimum of {target} is met: the missing period cannot be bought to raise the rate ({})",
                rule.reference
            ),
            VoluntarySiError::MissingTooEarly {
                month,
                earliest,
                age_reached,
                rule,
            } => format!(
                "the missing period cannot be paid in {month}: {earliest} at the earliest, retirement age is reached in {age_reached} ({})",
                rule.reference
            ),
            VoluntarySiError::SupportedMonthsTooMany { had, most, rule } => {
                format!(
                    "{had} months of support are stated: a person gets {most} at most ({})",
                    rule.reference
                )
            }
            VoluntarySiError::RefundMonths { left, block } => format!(
                "{left} months of a block of {block} cannot be refunded: it must be 1 to {block} (Decree 159/2025/NĐ-CP, Art. 8)"
            ),
            VoluntarySiError::RefundReasonNotYet { on, first } => format!(
                "on {on} there is no refund on drawing a pension: only from {first} (Decree 159/2025/NĐ-CP, Art. 8(1))"
            ),
            VoluntarySiError::LateMakeUpEnded { on, last } => format!(
                "on {on} there is no late payment with interest any more: the rule ended after {last}; a missed deadline is a suspension, one registers again (Law 41/2024/QH15, Decree 159/2025/NĐ-CP)"
            ),
        }
    }
}
