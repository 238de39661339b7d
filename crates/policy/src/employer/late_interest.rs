//! Interest on late contributions by the rules that ended on 30 June 2025: simple, per month.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::{AmountVnd, Rounding, round_half_up};
use crate::employer::EmployerError;
use crate::error::{PolicyError, checked};
use crate::parameters::Law;
use crate::rate::Rate;
use crate::trace::{Recorder, Step, StepText, Value};

/// Decimals of the monthly rate as a share: 1.0833 % has four decimals of a percent.
const RATE_SCALE: i128 = 1_000_000;

const MONTHLY: StepText = StepText {
    id: "employer.interest_rate_until_2025_06",
    vi: "Lãi suất chậm đóng mỗi tháng: {multiple} lần lãi suất bình quân năm {yearly} ({on}), chia 12",
    en: "Monthly rate on late contributions: {multiple} times the yearly average of {yearly} ({on}), by 12",
    formula: "{multiple} × {yearly} ÷ 12 = {result}",
};

const BEARING: StepText = StepText {
    id: "employer.interest_base_until_2025_06",
    vi: "Số tiền tính lãi: nợ trừ phần phát sinh trong tháng",
    en: "The debt that bears interest: without what became due in the month",
    formula: "{debt} − {current} = {result}",
};

const INTEREST: StepText = StepText {
    id: "employer.interest_until_2025_06",
    vi: "Tiền lãi đơn của {months} tháng",
    en: "Simple interest of {months} months",
    formula: "{bearing} × {rate} × {months} = {result}",
};

const TO_PAY: StepText = StepText {
    id: "employer.interest_to_pay_until_2025_06",
    vi: "Phải đóng: nợ, số phát sinh mới, lãi còn nợ và lãi kỳ này",
    en: "To pay: debts, new contributions, interest owed before and now",
    formula: "{debts} + {new} + {interest_before} + {interest} = {result}",
};

/// Which average the interest follows.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InterestOn {
    /// BHXH, BHTN, TNLĐ: the average investment return of the SI fund.
    FundReturn,
    /// BHYT: the average interbank rate for nine months.
    InterbankNineMonths,
}

impl InterestOn {
    fn as_str(self) -> &'static str {
        match self {
            InterestOn::FundReturn => "fund_return",
            InterestOn::InterbankNineMonths => "interbank_nine_months",
        }
    }
}

impl From<InterestOn> for Value {
    fn from(on: InterestOn) -> Value {
        match on {
            InterestOn::FundReturn => Value::Word(
                "lãi suất đầu tư quỹ BHXH",
                "investment return of the SI fund",
            ),
            InterestOn::InterbankNineMonths => Value::Word(
                "lãi suất liên ngân hàng kỳ hạn 9 tháng",
                "interbank rate for nine months",
            ),
        }
    }
}

/// A debt that bears interest at one rate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Debt {
    /// Which average holds: by the fund owed to.
    pub interest_on: InterestOn,
    /// The whole debt, in đồng.
    pub debt_vnd: AmountVnd,
    /// Of it what became due in the month and bears no interest yet, in đồng.
    #[serde(default)]
    pub current_month_vnd: AmountVnd,
    /// The yearly average, as published for the year.
    pub yearly_rate: Rate,
    /// Months.
    pub months: u32,
    /// The same debt stands in an earlier line, for other months: it is not added again.
    #[serde(default)]
    pub is_continued: bool,
}

/// All debts of an employer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateInterestInput {
    /// By fund and rate.
    pub debts: Vec<Debt>,
    /// New contributions that are due, in đồng.
    #[serde(default)]
    pub new_vnd: AmountVnd,
    /// Interest owed from before; it bears none, in đồng.
    #[serde(default)]
    pub interest_before_vnd: AmountVnd,
}

/// The interest.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LateInterest {
    /// Of each debt.
    pub debts: Vec<DebtInterest>,
    /// Of all, in đồng.
    pub interest_vnd: AmountVnd,
    /// Debts, new contributions and all interest, in đồng.
    pub to_pay_vnd: AmountVnd,
}

/// The interest of a debt.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DebtInterest {
    /// Per month.
    pub monthly_rate: Rate,
    /// The debt that bears interest, in đồng.
    pub bearing_vnd: AmountVnd,
    /// Interest, in đồng.
    pub interest_vnd: AmountVnd,
}

/// Interest on late contributions: `(debt − current month) × k × months`, simple, with `k = 2 × yearly average ÷ 12`.
///
/// "The rate is twice the average investment return of the SI fund (SI, UI, accident) or twice the interbank rate for nine months
/// (HI) of the year before, by 12": Quyết định 595/QĐ-BHXH, Điều 37, 38. Its examples round k to four decimals of a percent.
///
/// Errors: after 2025-06-30; amounts or months that cannot be.
pub fn late_interest_until_2025_06(
    law: &Law,
    on: Date,
    input: &LateInterestInput,
    recorder: &mut impl Recorder,
) -> Result<LateInterest, PolicyError> {
    law.check_date(on)?;
    let multiple = law.parameter("late_payment/old_interest_multiple");
    checked("debts", input.debts.len() as i64, 1, 100)?;
    let most = EmployerError::MOST_VND;
    for (what, given) in [
        ("new_vnd", input.new_vnd),
        ("interest_before_vnd", input.interest_before_vnd),
    ] {
        checked(what, given.0, 0, most)?;
    }
    let mut debts = Vec::with_capacity(input.debts.len());
    let mut owed = AmountVnd::ZERO;
    for debt in &input.debts {
        checked("debt_vnd", debt.debt_vnd.0, 0, most)?;
        checked(
            "current_month_vnd",
            debt.current_month_vnd.0,
            0,
            debt.debt_vnd.0,
        )?;
        checked("months", i64::from(debt.months), 0, 600)?;
        if debt.yearly_rate < Rate::ZERO || debt.yearly_rate > Rate::whole(1) {
            return Err(EmployerError::YearlyRate {
                rate: debt.yearly_rate,
            }
            .into());
        }
        if !debt.is_continued {
            owed += debt.debt_vnd;
        }
        let multiple = multiple.rate_of(on, debt.interest_on.as_str())?;
        debts.push(interest(debt, &multiple, recorder));
    }
    let interest: AmountVnd = debts.iter().map(|debt| debt.interest_vnd).sum();
    let to_pay = owed + input.new_vnd + input.interest_before_vnd + interest;
    recorder.step(|| {
        Step::new(&TO_PAY, to_pay)
            .with("debts", owed)
            .with("new", input.new_vnd)
            .with("interest_before", input.interest_before_vnd)
            .with("interest", interest)
    });
    Ok(LateInterest {
        debts,
        interest_vnd: interest,
        to_pay_vnd: to_pay,
    })
}

fn interest(
    debt: &Debt,
    multiple: &crate::InForce<Rate>,
    recorder: &mut impl Recorder,
) -> DebtInterest {
    let (times, yearly) = (multiple.value, debt.yearly_rate);
    let above = i128::from(times.numerator()) * i128::from(yearly.numerator()) * RATE_SCALE;
    let below = i128::from(times.denominator()) * i128::from(yearly.denominator()) * 12;
    let rate = Rate::new(round_half_up(above, below), RATE_SCALE)
        .expect("a multiple of a rate up to 100 % fits");
    recorder.step(|| {
        Step::new(&MONTHLY, rate)
            .with("multiple", Value::Number(times))
            .with("yearly", yearly)
            .with("on", debt.interest_on)
            .from(&multiple.source)
            .rounded(Rounding::HalfUp)
    });
    let bearing = debt.debt_vnd - debt.current_month_vnd;
    recorder.step(|| {
        Step::new(&BEARING, bearing)
            .with("debt", debt.debt_vnd)
            .with("current", debt.current_month_vnd)
    });
    let interest = rate.of(bearing * i64::from(debt.months));
    recorder.step(|| {
        Step::new(&INTEREST, interest)
            .with("bearing", bearing)
            .with("rate", rate)
            .with("months", debt.months)
            .rounded(Rounding::HalfUp)
    });
    DebtInterest {
        monthly_rate: rate,
        bearing_vnd: bearing,
        interest_vnd: interest,
    }
}
