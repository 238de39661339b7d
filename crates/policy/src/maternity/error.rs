//! Why there is no maternity allowance.

use std::sync::Arc;

use crate::parameters::Source;

/// Why there is no result.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum MaternityError {
    /// Too few months before the birth.
    #[error("mới đóng {months} tháng trong 12 tháng trước khi sinh, cần {needed} tháng ({})", rule.reference)]
    TooFewMonths {
        /// Paid.
        months: u32,
        /// Needed.
        needed: i64,
        /// Where it stands.
        rule: Arc<Source>,
    },
    /// The compulsory scheme pays.
    #[error(
        "đủ điều kiện thai sản của BHXH bắt buộc: chỉ hưởng chế độ bắt buộc (Luật 41/2024/QH15, Điều 94–97)"
    )]
    CompulsoryOnly,
    /// Only one parent gets it.
    #[error(
        "cha hoặc mẹ kia đã hưởng trợ cấp thai sản của BHXH tự nguyện: chỉ một người được hưởng (Luật 41/2024/QH15, Điều 94–97)"
    )]
    OtherParent,
    /// The foetus was too young.
    #[error("thai {weeks} tuần tuổi, cần từ {least} tuần ({})", rule.reference)]
    FoetusTooYoung {
        /// Weeks.
        weeks: u32,
        /// Needed.
        least: i64,
        /// Where it stands.
        rule: Arc<Source>,
    },
}

impl MaternityError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            MaternityError::TooFewMonths { .. } => "maternity.too_few_months",
            MaternityError::CompulsoryOnly => "maternity.compulsory_only",
            MaternityError::OtherParent => "maternity.other_parent",
            MaternityError::FoetusTooYoung { .. } => "maternity.foetus_too_young",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            MaternityError::TooFewMonths {
                months,
                needed,
                rule,
            } => format!(
                "{months} months are paid in the 12 months before the birth, {needed} are needed ({})",
                rule.reference
            ),
            MaternityError::CompulsoryOnly => "the conditions of compulsory SI are met: only its benefit is paid (Law 41/2024/QH15, Art. 94-97)".to_owned(),
            MaternityError::OtherParent => "the other parent receives the allowance of voluntary SI: only one of them does (Law 41/2024/QH15, Art. 94-97)".to_owned(),
            MaternityError::FoetusTooYoung { weeks, least, rule } => format!(
                "a foetus of {weeks} weeks: {least} are needed ({})",
                rule.reference
            ),
        }
    }
}
