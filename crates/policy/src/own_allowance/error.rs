//! Why there is no allowance from one's own contributions.

use std::sync::Arc;

use crate::month::Month;
use crate::parameters::Source;
use crate::retirement::Age;
use crate::trace::vi;

/// Why there is no result.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum OwnAllowanceError {
    /// Before retirement age.
    #[error("chưa đủ tuổi nghỉ hưu trong tháng {requested_in}: đủ tuổi tháng {reached} (Luật 41/2024/QH15, Điều 23 khoản 1)", requested_in = vi(*requested_in), reached = vi(*reached))]
    TooYoung {
        /// Month of the request.
        requested_in: Month,
        /// Month in which the age is reached.
        reached: Month,
    },
    /// Too few months.
    #[error("đã đóng {months} tháng, cần ít nhất {least} tháng ({})", rule.reference)]
    TooShort {
        /// Paid.
        months: u32,
        /// Needed.
        least: i64,
        /// Where it stands.
        rule: Arc<Source>,
    },
    /// Who has enough for a pension draws it.
    #[error("đã đóng {months} tháng, đủ {minimum} tháng để hưởng lương hưu: trợ cấp này chỉ cho người chưa đủ ({})", rule.reference)]
    EnoughForPension {
        /// Paid.
        months: u32,
        /// Minimum for the pension.
        minimum: i64,
        /// Where it stands.
        rule: Arc<Source>,
    },
    /// Already of the age of the social pension.
    #[error("đã đủ {age} là tuổi hưởng trợ cấp hưu trí xã hội: trợ cấp này chỉ cho người chưa đủ tuổi đó ({})", rule.reference, age = vi(*age))]
    SocialPensionAge {
        /// That age.
        age: Age,
        /// Where it stands.
        rule: Arc<Source>,
    },
}

impl OwnAllowanceError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            OwnAllowanceError::TooYoung { .. } => "own_allowance.too_young",
            OwnAllowanceError::TooShort { .. } => "own_allowance.too_short",
            OwnAllowanceError::EnoughForPension { .. } => "own_allowance.enough_for_pension",
            OwnAllowanceError::SocialPensionAge { .. } => "own_allowance.social_pension_age",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            OwnAllowanceError::TooYoung {
                requested_in,
                reached,
            } => format!(
                "retirement age is not reached in {requested_in}: it is in {reached} (Law 41/2024/QH15, Art. 23(1))"
            ),
            OwnAllowanceError::TooShort {
                months,
                least,
                rule,
            } => {
                format!(
                    "{months} months are paid, at least {least} are needed ({})",
                    rule.reference
                )
            }
            OwnAllowanceError::EnoughForPension {
                months,
                minimum,
                rule,
            } => format!(
                "{months} months are paid, the {minimum} for a pension are met: the allowance is for who has fewer ({})",
                rule.reference
            ),
            OwnAllowanceError::SocialPensionAge { age, rule } => format!(
                "the age of the social pension, {age}, is reached: the allowance is for who has not reached it ({})",
                rule.reference
            ),
        }
    }
}
