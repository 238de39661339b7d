//! Why there is no pension.

use std::sync::Arc;

use jiff::civil::Date;

use crate::month::Month;
use crate::parameters::Source;
use crate::retirement::Age;
use crate::trace::vi;

/// Why there is no result. Each names the limit and the article it stands in.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PensionError {
    /// Fewer months than the minimum.
    #[error("đã đóng {months} tháng, cần {minimum} tháng theo quy định ngày {day}: còn thiếu {} tháng ({})", minimum.saturating_sub(*months), rule.reference, day = vi(*day))]
    TooShort {
        /// Paid.
        months: u32,
        /// Needed.
        minimum: u32,
        /// Whose rules.
        day: Date,
        /// Where the minimum stands.
        rule: Arc<Source>,
    },
    /// The pension would start before the age.
    #[error("lương hưu không bắt đầu từ {starts} được: sớm nhất là {earliest} (Luật 41/2024/QH15, Điều 98, Điều 101; BHXH tự nguyện không có nghỉ hưu trước tuổi)", starts = vi(*starts), earliest = vi(*earliest))]
    BeforeTheAge {
        /// As asked.
        starts: Month,
        /// First month.
        earliest: Month,
    },
    /// Only the compulsory scheme has early retirement.
    #[error("không nghỉ hưu trước tuổi được: có {months} tháng đóng bắt buộc, cần {needed} tháng ({})", rule.reference)]
    EarlyOnlyCompulsory {
        /// Compulsory months.
        months: u32,
        /// Needed.
        needed: i64,
        /// Where it stands.
        rule: Arc<Source>,
    },
    /// The age is not before the normal one, or by more than twenty years.
    #[error("{age} không trước {normal} từ 1 tháng đến 20 năm: kiểm tra lại", age = vi(*age), normal = vi(*normal))]
    NotEarly {
        /// At the start of the pension.
        age: Age,
        /// Before which it is reduced.
        normal: Age,
    },
    /// Coefficients were given, but not that of a year with contributions.
    #[error("hệ số nhập vào thiếu năm {year}: có tháng đóng trong năm đó")]
    CoefficientNotAssumed {
        /// Which year.
        year: i16,
    },
}

impl PensionError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PensionError::TooShort { .. } => "pension.too_short",
            PensionError::BeforeTheAge { .. } => "pension.before_the_age",
            PensionError::EarlyOnlyCompulsory { .. } => "pension.early_only_compulsory",
            PensionError::NotEarly { .. } => "pension.not_early",
            PensionError::CoefficientNotAssumed { .. } => "pension.coefficient_not_assumed",
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            PensionError::TooShort {
                months,
                minimum,
                day,
                rule,
            } => format!(
                "{months} months are paid, {minimum} are needed by the rules of {day}: {} are missing ({})",
                minimum.saturating_sub(*months),
                rule.reference
            ),
            PensionError::BeforeTheAge { starts, earliest } => format!(
                "the pension cannot start in {starts}: {earliest} at the earliest (Law 41/2024/QH15, Art. 98 and 101; voluntary SI has no early retirement)"
            ),
            PensionError::EarlyOnlyCompulsory {
                months,
                needed,
                rule,
            } => format!(
                "no early retirement: {months} compulsory months are paid, {needed} are needed ({})",
                rule.reference
            ),
            PensionError::NotEarly { age, normal } => {
                format!("the age {age} is not 1 month to 20 years before {normal}: check it")
            }
            PensionError::CoefficientNotAssumed { year } => format!(
                "the coefficients given have none for {year}, in which there are contributions"
            ),
        }
    }
}
