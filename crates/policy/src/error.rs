//! Why a calculation is refused: the rule, the limit, the article, in both languages, with a stable code.

use jiff::civil::Date;

use crate::career::CareerError;
use crate::employer::EmployerError;
use crate::household_hi::HouseholdHiError;
use crate::maternity::MaternityError;
use crate::month::Month;
use crate::own_allowance::OwnAllowanceError;
use crate::parameters::ParameterError;
use crate::pension::PensionError;
use crate::trace::vi;
use crate::voluntary_si::VoluntarySiError;
use crate::withdrawal::WithdrawalError;

/// Why there is no result. Shown in Vietnamese; [`PolicyError::message_en`] says the same in English.
///
/// Each area has an enum of its own, which is a variant here.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PolicyError {
    /// A parameter has no value for the day or the row.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// A working life.
    #[error(transparent)]
    Career(#[from] CareerError),
    /// What employers pay.
    #[error(transparent)]
    Employer(#[from] EmployerError),
    /// Health insurance of a household.
    #[error(transparent)]
    HouseholdHi(#[from] HouseholdHiError),
    /// The maternity allowance.
    #[error(transparent)]
    Maternity(#[from] MaternityError),
    /// The monthly allowance from one's own contributions.
    #[error(transparent)]
    OwnAllowance(#[from] OwnAllowanceError),
    /// The pension.
    #[error(transparent)]
    Pension(#[from] PensionError),
    /// Voluntary social insurance.
    #[error(transparent)]
    VoluntarySi(#[from] VoluntarySiError),
    /// The one-time withdrawal.
    #[error(transparent)]
    Withdrawal(#[from] WithdrawalError),
    /// The law of so early a day is not told.
    #[error("ngày {on} trước {first}: chương trình chỉ có quy định từ ngày {first}", on = vi(*on), first = vi(*first))]
    DateBeforeLaw {
        /// The day asked for.
        on: Date,
        /// First day whose law is told.
        first: Date,
    },
    /// The law of so late a day is not known yet.
    #[error("ngày {on} sau {last}: chưa biết quy định sau ngày {last}; hãy tính theo ngày sớm hơn hoặc cập nhật tham số", on = vi(*on), last = vi(*last))]
    DateBeyondLaw {
        /// The day asked for.
        on: Date,
        /// Last day whose law is told.
        last: Date,
    },
    /// The monthly return of the fund is not entered.
    #[error("thiếu lãi suất đầu tư quỹ BHXH bình quân tháng (r) cho các lần đóng trong năm {year} (ngày {on}): quản trị viên nhập mức do BHXH Việt Nam công bố, kèm số văn bản (Nghị định 159/2025/NĐ-CP, Điều 18 khoản 4)", on = vi(*on))]
    FundReturnMissing {
        /// Year of the payment.
        year: i16,
        /// Day of the payment.
        on: Date,
    },
    /// A return below zero cannot be computed with, or the sum does not fit.
    #[error("lãi suất {rate} mỗi tháng không dùng được: phải từ 0 đến 10%")]
    FundReturnUnusable {
        /// As entered.
        rate: crate::Rate,
    },
    /// Somebody who is not born yet on the day.
    #[error("ngày sinh {born} sau ngày tính {on}: kiểm tra lại ngày sinh", born = vi(*born), on = vi(*on))]
    Unborn {
        /// Birthday.
        born: Date,
        /// The day of the calculation.
        on: Date,
    },
    /// Somebody older than people become.
    #[error("người sinh ngày {born} đã {age} tuổi vào ngày {on}, quá {most} tuổi: kiểm tra lại ngày sinh", born = vi(*born), on = vi(*on))]
    TooOld {
        /// Birthday.
        born: Date,
        /// The day of the calculation.
        on: Date,
        /// Age in years.
        age: i16,
        /// Oldest age that is accepted.
        most: i16,
    },
    /// More than a person, a household or an employer has.
    #[error("{what} là {given}, phải từ {least} đến {most}: kiểm tra lại")]
    OutOfRange {
        /// Name of the input.
        what: &'static str,
        /// As given.
        given: i64,
        /// Least that is accepted.
        least: i64,
        /// Most that is accepted.
        most: i64,
    },
    /// One month stands twice in the contributions.
    #[error("tháng {month} được kê hai lần: mỗi tháng chỉ được tính một lần (Luật 41/2024/QH15, Điều 5 khoản 3)", month = vi(*month))]
    MonthTwice {
        /// The month.
        month: Month,
    },
    /// One month stands in both schemes.
    #[error("tháng {month} được kê cả bắt buộc và tự nguyện: người đang đóng bắt buộc không đóng tự nguyện (Luật 41/2024/QH15, Điều 2 khoản 4)", month = vi(*month))]
    MonthInBothSchemes {
        /// The month.
        month: Month,
    },
}

impl PolicyError {
    /// Stable code: `area.what`.
    pub fn code(&self) -> &'static str {
        match self {
            PolicyError::Parameter(error) => error.code(),
            PolicyError::Career(error) => error.code(),
            PolicyError::Employer(error) => error.code(),
            PolicyError::HouseholdHi(error) => error.code(),
            PolicyError::Maternity(error) => error.code(),
            PolicyError::OwnAllowance(error) => error.code(),
            PolicyError::Pension(error) => error.code(),
            PolicyError::VoluntarySi(error) => error.code(),
            PolicyError::Withdrawal(error) => error.code(),
            PolicyError::DateBeforeLaw { .. } => "date.before_law",
            PolicyError::DateBeyondLaw { .. } => "date.beyond_law",
            PolicyError::FundReturnMissing { .. } => "fund_return.missing",
            PolicyError::FundReturnUnusable { .. } => "fund_return.unusable",
            PolicyError::Unborn { .. } => "person.unborn",
            PolicyError::TooOld { .. } => "person.too_old",
            PolicyError::OutOfRange { .. } => "input.out_of_range",
            PolicyError::MonthTwice { .. } => "career.month_twice",
            PolicyError::MonthInBothSchemes { .. } => "career.month_in_both_schemes",
        }
    }

    /// In Vietnamese.
    pub fn message_vi(&self) -> String {
        self.to_string()
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            PolicyError::Parameter(error) => error.message_en(),
            PolicyError::Career(error) => error.message_en(),
            PolicyError::Employer(error) => error.message_en(),
            PolicyError::HouseholdHi(error) => error.message_en(),
            PolicyError::Maternity(error) => error.message_en(),
            PolicyError::OwnAllowance(error) => error.message_en(),
            PolicyError::Pension(error) => error.message_en(),
            PolicyError::VoluntarySi(error) => error.message_en(),
            PolicyError::Withdrawal(error) => error.message_en(),
            PolicyError::DateBeforeLaw { on, first } => {
                format!("{on} is before {first}: the program knows the law from {first} on")
            }
            PolicyError::DateBeyondLaw { on, last } => format!(
                "{on} is after {last}: the law after {last} is not known; take an earlier day or bring the parameters up to date"
            ),
            PolicyError::FundReturnMissing { year, on } => format!(
                "the average monthly return of the SI fund (r) for payments made in {year} (on {on}) is missing: an administrator enters the figure published by Viet Nam Social Security with its document number (Decree 159/2025/NĐ-CP, Art. 18(4))"
            ),
            PolicyError::FundReturnUnusable { rate } => {
                format!("a return of {rate} a month cannot be used: it must be from 0 to 10 %")
            }
            PolicyError::Unborn { born, on } => {
                format!(
                    "the birthday {born} is after the day of the calculation, {on}: check the birthday"
                )
            }
            PolicyError::TooOld {
                born,
                on,
                age,
                most,
            } => {
                format!(
                    "somebody born on {born} is {age} on {on}, above {most}: check the birthday"
                )
            }
            PolicyError::OutOfRange {
                what,
                given,
                least,
                most,
            } => format!("{what} is {given}, it must be from {least} to {most}: check it"),
            PolicyError::MonthTwice { month } => {
                format!("{month} stands twice: a month counts once (Law 41/2024/QH15, Art. 5(3))")
            }
            PolicyError::MonthInBothSchemes { month } => format!(
                "{month} is both compulsory and voluntary: who pays the compulsory scheme does not pay the voluntary one (Law 41/2024/QH15, Art. 2(4))"
            ),
        }
    }
}

/// Checks the bounds of an input.
///
/// Errors: outside them.
pub(crate) fn checked(
    what: &'static str,
    given: i64,
    least: i64,
    most: i64,
) -> Result<(), PolicyError> {
    if (least..=most).contains(&given) {
        return Ok(());
    }
    Err(PolicyError::OutOfRange {
        what,
        given,
        least,
        most,
    })
}
