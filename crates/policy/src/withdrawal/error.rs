//! Why a one-time withdrawal is refused.

use std::sync::Arc;

use jiff::civil::Date;

use crate::month::Month;
use crate::parameters::Source;
use crate::trace::vi;

/// Why there is no withdrawal. Each names the limit and the article it stands in.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum WithdrawalError {
    /// Retirement age lies ahead.
    #[error("ngày {on} chưa đủ tuổi nghỉ hưu: đủ tuổi tháng {reached} (Luật 41/2024/QH15, Điều 102 khoản 1 điểm a)", on = vi(*on), reached = vi(*reached))]
    AgeNotReached {
        /// The day.
        on: Date,
        /// Month in which it is reached.
        reached: Month,
    },
    /// Who is entitled to a pension draws it.
    #[error("đã đóng {months} tháng, đủ {minimum} tháng để hưởng lương hưu: không thuộc trường hợp hưởng một lần do đủ tuổi ({})", rule.reference)]
    EntitledToPension {
        /// Paid.
        months: u32,
        /// Minimum for the pension.
        minimum: i64,
        /// Where it stands.
        rule: Arc<Source>,
    },
    /// Not in the list of the day.
    #[error("bệnh này không thuộc danh mục được hưởng một lần ngày {on} ({})", rule.reference, on = vi(*on))]
    DiseaseNotListed {
        /// The day.
        on: Date,
        /// Where the list stands.
        rule: Arc<Source>,
    },
    /// Loss of work capacity below the limit.
    #[error("suy giảm {loss}% khả năng lao động, cần từ {needed}% hoặc khuyết tật đặc biệt nặng ({})", rule.reference)]
    CapacityLossTooSmall {
        /// Percent.
        loss: i64,
        /// Percent needed.
        needed: i64,
        /// Where it stands.
        rule: Arc<Source>,
    },
    /// Nothing paid before 2025-07-01.
    #[error("bắt đầu đóng từ {joined}: người chưa đóng trước {opened} không được hưởng một lần do ngừng đóng ({})", rule.reference, joined = vi(*joined), opened = vi(*opened))]
    JoinedTooLate {
        /// First month.
        joined: Month,
        /// First month of the law of 2024.
        opened: Month,
        /// Where it stands.
        rule: Arc<Source>,
    },
    /// Not long enough without paying.
    #[error("mới ngừng đóng {stopped} tháng, cần {needed} tháng: sớm nhất tháng {earliest} ({})", rule.reference, earliest = vi(*earliest))]
    StoppedTooShort {
        /// Full months without paying.
        stopped: i64,
        /// Needed.
        needed: i64,
        /// First month.
        earliest: Month,
        /// Where it stands.
        rule: Arc<Source>,
    },
    /// Twenty years or more.
    #[error("đã đóng {months} tháng: chỉ người đóng dưới {under} tháng được hưởng một lần do ngừng đóng ({})", rule.reference)]
    TooManyYears {
        /// Paid.
        months: u32,
        /// Under so many.
        under: i64,
        /// Where it stands.
        rule: Arc<Source>,
    },
}

impl WithdrawalError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            WithdrawalError::AgeNotReached { .. } => "withdrawal.age_not_reached",
            WithdrawalError::EntitledToPension { .. } => "withdrawal.entitled_to_pension",
            WithdrawalError::DiseaseNotListed { .. } => "withdrawal.disease_not_listed",
            WithdrawalError::CapacityLossTooSmall { .. } => "withdrawal.capacity_loss_too_small",
            WithdrawalError::JoinedTooLate { .. } => "withdrawal.joined_too_late",
            WithdrawalError::StoppedTooShort { .. } => "withdrawal.stopped_too_short",
            WithdrawalError::TooManyYears { .. } => "withdrawal.too_many_years",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            WithdrawalError::AgeNotReached { on, reached } => format!(
                "retirement age is not reached on {on}: it is in {reached} (Law 41/2024/QH15, Art. 102(1)(a))"
            ),
            WithdrawalError::EntitledToPension {
                months,
                minimum,
                rule,
            } => format!(
                "{months} months are paid, the {minimum} for a pension are met: no withdrawal on account of the age ({})",
                rule.reference
            ),
            WithdrawalError::DiseaseNotListed { on, rule } => format!(
                "the disease is not in the list that allows a withdrawal on {on} ({})",
                rule.reference
            ),
            WithdrawalError::CapacityLossTooSmall { loss, needed, rule } => format!(
                "a loss of work capacity of {loss} %: {needed} % are needed, or extremely severe disability ({})",
                rule.reference
            ),
            WithdrawalError::JoinedTooLate {
                joined,
                opened,
                rule,
            } => format!(
                "contributions began in {joined}: who paid nothing before {opened} may not withdraw for having stopped ({})",
                rule.reference
            ),
            WithdrawalError::StoppedTooShort {
                stopped,
                needed,
                earliest,
                rule,
            } => format!(
                "nothing is paid for {stopped} months, {needed} are needed: {earliest} at the earliest ({})",
                rule.reference
            ),
            WithdrawalError::TooManyYears {
                months,
                under,
                rule,
            } => format!(
                "{months} months are paid: only who has under {under} may withdraw for having stopped ({})",
                rule.reference
            ),
        }
    }
}
