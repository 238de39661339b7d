//! Making up a missed deadline with interest, as it was allowed until 30 June 2025.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::LAWS_2024;
use crate::amount::{AmountVnd, Rounding};
use crate::compound;
use crate::error::{PolicyError, checked};
use crate::parameters::{InForce, Law};
use crate::rate::Rate;
use crate::trace::{Recorder, Step, StepText};
use crate::voluntary_si::VoluntarySiError;
use crate::voluntary_si::prepaid::usable;

const LATE: StepText = StepText {
    id: "voluntary_si.late_payment",
    vi: "Đóng bù chậm {months} tháng: cộng lãi gộp theo lãi suất đầu tư quỹ bình quân tháng r",
    en: "Made up {months} months late: at compound return at the average monthly return r of the fund",
    formula: "{due} × (1 + {r})^{months} = {result}",
};

/// What was due and how late it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateInput {
    /// The amount that was due, in đồng.
    pub due_vnd: AmountVnd,
    /// Months late.
    pub late_months: u32,
}

/// What is to be paid late.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LatePayment {
    /// To be paid, in đồng.
    pub amount_vnd: AmountVnd,
    /// Of it interest, in đồng.
    pub interest_vnd: AmountVnd,
}

/// What a missed payment costs when made up on `on`: `T3 = Mđ × (1 + r)^t`, rounded half up.
///
/// "Who pays after the deadline pays the amount due with interest at the average monthly return of the fund": Quyết định
/// 595/QĐ-BHXH, Điều 11 khoản 3. Neither Luật 41/2024/QH15 nor Nghị định 159/2025/NĐ-CP has such a rule.
///
/// `fund_return` gives the return of the day of payment; it is asked only where the rule is in force.
///
/// Errors: after 2025-06-30, more than 120 months late, a missing r.
pub fn late_payment_until_2025_06(
    law: &Law,
    on: Date,
    fund_return: impl FnOnce() -> Result<InForce<Rate>, PolicyError>,
    input: &LateInput,
    recorder: &mut impl Recorder,
) -> Result<LatePayment, PolicyError> {
    const MOST_MONTHS: i64 = 120;
    const MOST_VND: i64 = 1_000_000_000_000;
    law.check_date(on)?;
    if on >= LAWS_2024 {
        let last = jiff::civil::date(2025, 6, 30);
        return Err(VoluntarySiError::LateMakeUpEnded { on, last }.into());
    }
    let allowed = law.parameter("voluntary_si/late_make_up").count(on)?;
    checked("late_months", input.late_months.into(), 0, MOST_MONTHS)?;
    checked("due_vnd", input.due_vnd.0, 0, MOST_VND)?;
    let fund_return = fund_return()?;
    let amount = usable(&fund_return, |r| {
        compound::grown(input.due_vnd, r, input.late_months)
    })?;
    recorder.step(|| {
        Step::new(&LATE, amount)
            .with("due", input.due_vnd)
            .with("months", input.late_months)
            .using("r", &fund_return)
            .from(&allowed.source)
            .rounded(Rounding::HalfUp)
    });
    Ok(LatePayment {
        amount_vnd: amount,
        interest_vnd: amount - input.due_vnd,
    })
}
