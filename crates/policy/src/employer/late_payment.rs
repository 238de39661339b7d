//! Late payment and evasion by the rules in force from 1 July 2025: so much a day.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::LAWS_2024;
use crate::amount::{AmountVnd, Rounding};
use crate::employer::EmployerError;
use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::parameters::{InForce, Law};
use crate::trace::{Doubt, Recorder, Step, StepText};

const DEADLINE: StepText = StepText {
    id: "employer.deadline",
    vi: "Hạn đóng: ngày cuối của tháng thứ {months} sau kỳ đóng {last_month}",
    en: "Deadline: the last day of month {months} after the cycle that ends in {last_month}",
    formula: "{last_month} + {months} → {result}",
};

const DAYS: StepText = StepText {
    id: "employer.late_days",
    vi: "Số ngày tính từ ngày {from}, ngày sau hạn, đến ngày đóng {on}",
    en: "Days from {from}, the day after the deadline, to the day of payment, {on}",
    formula: "{on} − {from} + 1 = {result}",
};

const EVASION: StepText = StepText {
    id: "employer.evasion",
    vi: "Trốn đóng kể từ ngày {result}: {days} ngày sau hạn đóng và đã được đôn đốc ngày {reminded_on}",
    en: "Evasion from {result}: {days} days after the deadline and reminded on {reminded_on}",
    formula: "{result}",
};

const EVASION_FROM_START: StepText = StepText {
    id: "employer.evasion_from_deadline",
    vi: "Trốn đóng, tính từ ngày sau hạn: {result} (Nghị định 274/2025/NĐ-CP, Điều 6 khoản 2)",
    en: "Evasion, counted from the day after the deadline: {result} (Decree 274/2025/NĐ-CP, Art. 6(2))",
    formula: "{result}",
};

const REGISTRATION: StepText = StepText {
    id: "employer.registration",
    vi: "Chưa đăng ký trong {days} ngày sau hạn đăng ký là chậm đóng, quá {days} ngày là trốn đóng",
    en: "Not registered within {days} days after the deadline is late payment, after {days} days evasion",
    formula: "{late_days} > {days}: {result}",
};

const FORCE_MAJEURE: StepText = StepText {
    id: "employer.not_evasion",
    vi: "Không coi là trốn đóng vì thiên tai, dịch bệnh, tình trạng khẩn cấp hoặc bất khả kháng do cơ quan có thẩm quyền công bố (Nghị định 274/2025/NĐ-CP, Điều 4)",
    en: "Not evasion because of a disaster, epidemic, state of emergency or force majeure announced by the authority (Decree 274/2025/NĐ-CP, Art. 4)",
    formula: "{result}",
};

const CHARGE: StepText = StepText {
    id: "employer.daily_charge",
    vi: "Phải nộp thêm {rate} mỗi ngày trên số tiền chậm đóng, trốn đóng",
    en: "{rate} per day on the late or evaded amount",
    formula: "{owed} × {rate} × {days} = {result}",
};

const TO_PAY: StepText = StepText {
    id: "employer.to_pay",
    vi: "Phải nộp cả thảy: số còn nợ và số nộp thêm",
    en: "To pay in all: the amount owed and the charge",
    formula: "{owed} + {charge} = {result}",
};

const PAYMENT_DAY: Doubt = Doubt {
    id: "employer.day_of_payment_counts",
    vi: "Nghị định 274/2025/NĐ-CP (Điều 5, 6) nói ngày bắt đầu, không nói ngày đóng tiền có được tính không; ở đây có tính.",
    en: "Decree 274/2025/NĐ-CP (Art. 5, 6) gives the first day and not whether the day of payment counts; here it does.",
};

const OLD_DEBT: Doubt = Doubt {
    id: "employer.debt_before_2025_07",
    vi: "Nợ đến hết 30/6/2025 được xử lý theo quy định mới (Luật 41/2024/QH15, Điều 141 khoản 12); ở đây 0,03%/ngày chỉ tính từ 01/7/2025, tiền lãi theo quy định cũ đến ngày đó tính riêng.",
    en: "A debt at 2025-06-30 is handled under the new rules (Law 41/2024/QH15, Art. 141(12)); here 0.03 % per day is counted from 2025-07-01 only, and the old interest up to then separately.",
};

const BEFORE_274: Doubt = Doubt {
    id: "employer.evasion_before_2025_11_30",
    vi: "Trước Nghị định 274/2025/NĐ-CP (30/11/2025) luật không nói ngày bắt đầu tính trốn đóng khi đôn đốc muộn; ở đây là ngày sau của hai ngày: hết 60 ngày, và ngày đôn đốc.",
    en: "Before Decree 274/2025/NĐ-CP (2025-11-30) the law does not say when evasion begins after a late reminder; here it is the later of the end of the 60 days and the reminder.",
};

/// How the employer fails.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateKind {
    /// Đã đăng ký mà chưa đóng.
    #[default]
    Unpaid,
    /// Đăng ký tiền lương thấp hơn quy định.
    WageTooLow,
    /// Chưa đăng ký cho người lao động.
    Unregistered,
}

/// What is owed since when.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LatePaymentInput {
    /// Owed, in đồng.
    pub owed_vnd: AmountVnd,
    /// How.
    #[serde(default)]
    pub kind: LateKind,
    /// Last month of the payment cycle, from which the deadline follows; or else `deadline`.
    pub last_month: Option<Month>,
    /// Last day of the deadline of payment, or of registration for who is not registered.
    pub deadline: Option<Date>,
    /// Day of the written reminder.
    pub reminded_on: Option<Date>,
    /// A disaster, epidemic, emergency or force majeure that the authority announced.
    #[serde(default)]
    pub has_force_majeure: bool,
}

/// What is to be paid.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct LatePayment {
    /// Last day of the deadline.
    pub deadline: Date,
    /// Days that are charged.
    pub days: i64,
    /// Of them days of late payment.
    pub late_days: i64,
    /// Of them days of evasion.
    pub evaded_days: i64,
    /// First day of evasion, if it has come.
    pub evasion_from: Option<Date>,
    /// The charge, in đồng.
    pub charge_vnd: AmountVnd,
    /// Of it for days of late payment, in đồng.
    pub late_charge_vnd: AmountVnd,
    /// Of it for days of evasion, in đồng.
    pub evaded_charge_vnd: AmountVnd,
    /// Debt and charge, in đồng.
    pub to_pay_vnd: AmountVnd,
}

/// What an employer who pays on `on` has to pay for being late.
///
/// "0.03 % per day on the late or evaded amount and days": Luật 41/2024/QH15, Điều 40, 41; Luật Bảo hiểm y tế (sửa đổi bởi Luật
/// 51/2024/QH15), Điều 49. The deadline is the last day of the month after the cycle: Điều 34 khoản 4. What is late and what
/// is evaded: Điều 38, 39; the days: Nghị định 274/2025/NĐ-CP, Điều 5, 6.
///
/// Errors: before 2025-07-01; neither or both of cycle and deadline; a reminder before the deadline.
pub fn late_payment(
    law: &Law,
    on: Date,
    input: &LatePaymentInput,
    recorder: &mut impl Recorder,
) -> Result<LatePayment, PolicyError> {
    law.check_date(on)?;
    let owed = input.owed_vnd;
    checked("owed_vnd", owed.0, 0, EmployerError::MOST_VND)?;
    let rate = law.parameter("late_payment/daily_rate").rate(on)?;
    let deadline = deadline(law, on, input, recorder)?;
    let from = next_day(deadline).max(LAWS_2024);
    let days = days_between(from, on);
    recorder.step(|| {
        let step = Step::new(&DAYS, days)
            .with("from", from)
            .with("on", on)
            .doubted(&PAYMENT_DAY);
        if deadline < LAWS_2024.saturating_sub(1.day()) {
            step.doubted(&OLD_DEBT)
        } else {
            step
        }
    });
    let evasion_from = match input.has_force_majeure {
        true => {
            recorder.step(|| Step::new(&FORCE_MAJEURE, false));
            None
        }
        false => evasion_from(law, on, input, deadline, recorder)?,
    };
    let evasion_from = evasion_from.filter(|evasion| *evasion <= on);
    let evaded_days = evasion_from.map_or(0, |evasion| days_between(evasion.max(from), on));
    let of_days = |days: i64| rate.value.of(owed * days);
    let charge = of_days(days);
    recorder.step(|| {
        Step::new(&CHARGE, charge)
            .with("owed", owed)
            .using("rate", &rate)
            .with("days", days)
            .rounded(Rounding::HalfUp)
    });
    let to_pay = owed + charge;
    recorder.step(|| {
        Step::new(&TO_PAY, to_pay)
            .with("owed", owed)
            .with("charge", charge)
    });
    let late_charge = of_days(days - evaded_days);
    Ok(LatePayment {
        deadline,
        days,
        late_days: days - evaded_days,
        evaded_days,
        evasion_from,
        charge_vnd: charge,
        late_charge_vnd: late_charge,
        evaded_charge_vnd: charge - late_charge,
        to_pay_vnd: to_pay,
    })
}

fn next_day(day: Date) -> Date {
    day.saturating_add(1.day())
}

/// Days from one to another, both counted; none if the other is before.
fn days_between(from: Date, to: Date) -> i64 {
    let days = (to - from).get_days();
    (i64::from(days) + 1).max(0)
}

fn deadline(
    law: &Law,
    on: Date,
    input: &LatePaymentInput,
    recorder: &mut impl Recorder,
) -> Result<Date, PolicyError> {
    let deadline = match (input.last_month, input.deadline) {
        (None, Some(deadline)) => deadline,
        (Some(last_month), None) => {
            let months = law.parameter("late_payment/deadline_months").count(on)?;
            let deadline = last_month.plus(months.value as i32).last_day();
            recorder.step(|| {
                Step::new(&DEADLINE, deadline)
                    .using("months", &months)
                    .with("last_month", last_month)
            });
            deadline
        }
        _ => return Err(EmployerError::DeadlineUnclear.into()),
    };
    match input.reminded_on {
        Some(reminded_on) if reminded_on <= deadline => Err(EmployerError::ReminderTooEarly {
            reminded_on,
            deadline,
        }
        .into()),
        _ => Ok(deadline),
    }
}

/// The first day of evasion, by how the employer fails.
fn evasion_from(
    law: &Law,
    on: Date,
    input: &LatePaymentInput,
    deadline: Date,
    recorder: &mut impl Recorder,
) -> Result<Option<Date>, PolicyError> {
    let first = next_day(deadline);
    let from_start = |recorder: &mut _| tell_from_start(first, recorder);
    match input.kind {
        LateKind::WageTooLow => {
            from_start(recorder);
            Ok(Some(first))
        }
        LateKind::Unregistered => {
            let allowed = law.parameter("late_payment/registration_days").count(on)?;
            let late_days = days_between(first, on);
            let is_evasion = late_days > allowed.value;
            recorder.step(|| {
                Step::new(&REGISTRATION, is_evasion)
                    .using("days", &allowed)
                    .with("late_days", late_days)
            });
            if is_evasion {
                from_start(recorder);
            }
            Ok(is_evasion.then_some(first))
        }
        LateKind::Unpaid => match input.reminded_on {
            None => Ok(None),
            Some(reminded_on) => unpaid_from(law, on, deadline, reminded_on, recorder).map(Some),
        },
    }
}

fn tell_from_start(first: Date, recorder: &mut impl Recorder) {
    recorder.step(|| Step::new(&EVASION_FROM_START, first));
}

/// "Reminded within 45 days of the deadline: from after 60 days; later: from the 15th day after the reminder": Nghị định
/// 274/2025/NĐ-CP, Điều 6 khoản 2 điểm c.
fn unpaid_from(
    law: &Law,
    on: Date,
    deadline: Date,
    reminded_on: Date,
    recorder: &mut impl Recorder,
) -> Result<Date, PolicyError> {
    let grace = law.parameter("late_payment/evasion_days").count(on)?;
    let reminder = law.parameter("late_payment/reminder_days");
    let tell = |from: Date, known: Option<&InForce<i64>>, recorder: &mut _| {
        tell_evasion(from, &grace, reminded_on, known, recorder);
    };
    if reminder.entry_on(on).is_none() {
        let from = deadline
            .saturating_add((grace.value + 1).days())
            .max(reminded_on);
        tell(from, None, recorder);
        return Ok(from);
    }
    let within = reminder.count_of(on, "within")?;
    let counted_from_day = reminder.count_of(on, "counted_from_day")?;
    let after = reminder.count_of(on, "after_reminder")?;
    let from = if reminded_on <= deadline.saturating_add(within.value.days()) {
        deadline.saturating_add(counted_from_day.value.days())
    } else {
        reminded_on.saturating_add(after.value.days())
    };
    tell(from, Some(&within), recorder);
    Ok(from)
}

fn tell_evasion(
    from: Date,
    grace: &InForce<i64>,
    reminded_on: Date,
    known: Option<&InForce<i64>>,
    recorder: &mut impl Recorder,
) {
    recorder.step(|| {
        let step = Step::new(&EVASION, from)
            .using("days", grace)
            .with("reminded_on", reminded_on);
        match known {
            Some(rule) => step.from(&rule.source),
            None => step.doubted(&BEFORE_274),
        }
    });
}
