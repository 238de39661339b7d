//! Why a calculation for an employer is refused.

use std::sync::Arc;

use jiff::civil::Date;

use crate::amount::AmountVnd;
use crate::parameters::Source;
use crate::rate::Rate;
use crate::trace::vi;

/// Why there is no result. Each names the limit and the article it stands in.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum EmployerError {
    /// Outside what may be chosen.
    #[error("tiền lương chọn {wage} đồng không từ {lowest} đến {highest} đồng: chọn trong khoảng đó ({})", rule.reference)]
    WageOutsideLimits {
        /// As chosen.
        wage: AmountVnd,
        /// Lowest.
        lowest: AmountVnd,
        /// Highest.
        highest: AmountVnd,
        /// Where the limits stand.
        rule: Arc<Source>,
    },
    /// More than may be paid at once, or none.
    #[error("không đóng một lần cho {months} tháng còn thiếu được: chỉ từ 1 đến {most} tháng; thiếu nhiều hơn thì đóng tiếp BHXH tự nguyện ({})", rule.reference)]
    MissingMonths {
        /// As asked.
        months: u32,
        /// Most.
        most: i64,
        /// Where the limit stands.
        rule: Arc<Source>,
    },
    /// The deadline does not follow from what is given.
    #[error(
        "ghi tháng cuối của kỳ đóng (last_month) hoặc ngày hết hạn (deadline), một trong hai (Luật 41/2024/QH15, Điều 34 khoản 4)"
    )]
    DeadlineUnclear,
    /// Nobody is reminded before the deadline has passed.
    #[error("ngày đôn đốc {reminded_on} không sau hạn đóng {deadline}: kiểm tra lại (Nghị định 274/2025/NĐ-CP, Điều 3, Điều 6)", reminded_on = vi(*reminded_on), deadline = vi(*deadline))]
    ReminderTooEarly {
        /// As stated.
        reminded_on: Date,
        /// The deadline.
        deadline: Date,
    },
    /// No average is so low or so high.
    #[error(
        "lãi suất bình quân năm {rate} không dùng được: phải từ 0 đến 100% (Quyết định 595/QĐ-BHXH, Điều 37)"
    )]
    YearlyRate {
        /// As entered.
        rate: Rate,
    },
}

impl EmployerError {
    /// The largest debt that is accepted: sums over some thousand days still fit.
    pub(crate) const MOST_VND: i64 = 100_000_000_000_000;

    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            EmployerError::WageOutsideLimits { .. } => "employer.wage_outside_limits",
            EmployerError::MissingMonths { .. } => "employer.missing_months",
            EmployerError::DeadlineUnclear => "employer.deadline_unclear",
            EmployerError::ReminderTooEarly { .. } => "employer.reminder_too_early",
            EmployerError::YearlyRate { .. } => "employer.yearly_rate",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            EmployerError::WageOutsideLimits {
                wage,
                lowest,
                highest,
                rule,
            } => format!(
                "the wage of {} đồng is not from {} to {}: choose one between ({})",
                wage.0, lowest.0, highest.0, rule.reference
            ),
            EmployerError::MissingMonths { months, most, rule } => format!(
                "{months} missing months cannot be paid at once: only 1 to {most}; who lacks more goes on in the voluntary scheme ({})",
                rule.reference
            ),
            EmployerError::DeadlineUnclear => {
                "give either the last month of the cycle (last_month) or the deadline (Law 41/2024/QH15, Art. 34(4))"
                    .to_owned()
            }
            EmployerError::ReminderTooEarly {
                reminded_on,
                deadline,
            } => format!(
                "the reminder of {reminded_on} is not after the deadline, {deadline}: check it (Decree 274/2025/NĐ-CP, Art. 3, 6)"
            ),
            EmployerError::YearlyRate { rate } => format!(
                "a yearly average of {rate} cannot be used: it must be from 0 to 100 % (Decision 595/QĐ-BHXH, Art. 37)"
            ),
        }
    }
}
