//! To which fund a part payment goes first.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::AmountVnd;
use crate::employer::EmployerError;
use crate::error::{PolicyError, checked};
use crate::parameters::Law;
use crate::trace::{Doubt, Recorder, Step, StepText, Value};

/// The first day of Quyết định 366/QĐ-BHXH, which replaced Quyết định 595/QĐ-BHXH.
const DECISION_366: Date = jiff::civil::date(2026, 5, 1);

const PAID: StepText = StepText {
    id: "employer.allocated",
    vi: "Thứ {place}: {what}, phải đóng {owed}, còn {left_before} để phân bổ",
    en: "Number {place}: {what}, {owed} owed, {left_before} to allocate",
    formula: "min({owed}, {left_before}) = {result}",
};

const SHORT: StepText = StepText {
    id: "employer.shortfall",
    vi: "Còn thiếu sau khi phân bổ",
    en: "Still owed after the allocation",
    formula: "{owed} − {paid} = {result}",
};

const NEW_DECISION: Doubt = Doubt {
    id: "employer.allocation_since_2026_05",
    vi: "Thứ tự phân bổ theo Quyết định 595/QĐ-BHXH, Điều 43; từ 01/5/2026 Quyết định 366/QĐ-BHXH thay thế, chưa đọc điều khoản tương ứng.",
    en: "The order of allocation follows Decision 595/QĐ-BHXH, Art. 43; Decision 366/QĐ-BHXH replaced it on 2026-05-01 and its clause was not read.",
};

/// Contributions and interest that are owed.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owed {
    /// Contributions, in đồng.
    pub contribution_vnd: AmountVnd,
    /// Interest or charge, in đồng.
    #[serde(default)]
    pub interest_vnd: AmountVnd,
}

impl Owed {
    fn both(self) -> AmountVnd {
        self.contribution_vnd + self.interest_vnd
    }
}

/// What is owed to the three funds.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwedByFund {
    /// Health insurance.
    pub hi: Owed,
    /// Unemployment insurance.
    pub ui: Owed,
    /// Social insurance with accident insurance.
    pub si: Owed,
}

impl OwedByFund {
    fn funds(&self) -> [Owed; 3] {
        [self.hi, self.ui, self.si]
    }
}

/// A payment that does not cover all.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllocationInput {
    /// Owed for all workers.
    pub owed: OwedByFund,
    /// Of it for workers who retire, leave or claim now: they go first.
    #[serde(default)]
    pub first_workers: OwedByFund,
    /// Paid, in đồng.
    pub paid_vnd: AmountVnd,
}

/// Where the payment goes.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Allocation {
    /// In the order in which it is paid.
    pub parts: Vec<Allocated>,
    /// Still owed, in đồng.
    pub shortfall_vnd: AmountVnd,
    /// Paid too much, in đồng.
    pub rest_vnd: AmountVnd,
}

/// What goes to one of them.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Allocated {
    /// `first_workers`, `hi`, `ui`, `si`.
    pub what: &'static str,
    /// Owed, in đồng.
    pub owed_vnd: AmountVnd,
    /// Paid, in đồng.
    pub paid_vnd: AmountVnd,
    /// Still owed, in đồng.
    pub shortfall_vnd: AmountVnd,
}

const ORDER: [(&str, &str, &str); 4] = [
    (
        "first_workers",
        "người lao động nghỉ hưu, thôi việc hoặc đang chờ giải quyết chế độ",
        "workers who retire, leave or claim",
    ),
    ("hi", "bảo hiểm y tế", "health insurance"),
    ("ui", "bảo hiểm thất nghiệp", "unemployment insurance"),
    ("si", "bảo hiểm xã hội", "social insurance"),
];

/// To whom a part payment goes: workers who need it now, then health, then unemployment, then social insurance.
///
/// "Where not all is paid, first for workers whose claims are due; then HI, UI and last SI": Quyết định 595/QĐ-BHXH, Điều 43
/// khoản 2.
///
/// Errors: amounts that cannot be; more for some workers than for all.
pub fn allocation(
    law: &Law,
    on: Date,
    input: &AllocationInput,
    recorder: &mut impl Recorder,
) -> Result<Allocation, PolicyError> {
    law.check_date(on)?;
    let most = EmployerError::MOST_VND;
    checked("paid_vnd", input.paid_vnd.0, 0, most)?;
    let mut owed = [AmountVnd::ZERO; 4];
    for (at, (all, first)) in input
        .owed
        .funds()
        .into_iter()
        .zip(input.first_workers.funds())
        .enumerate()
    {
        for (all, first) in [
            (all.contribution_vnd, first.contribution_vnd),
            (all.interest_vnd, first.interest_vnd),
        ] {
            checked("owed", all.0, 0, most)?;
            checked("first_workers", first.0, 0, all.0)?;
        }
        owed[0] += first.both();
        owed[at + 1] = all.both() - first.both();
    }
    let mut left = input.paid_vnd;
    let mut parts = Vec::with_capacity(ORDER.len());
    for (at, ((what, vi, en), owed)) in ORDER.into_iter().zip(owed).enumerate() {
        let paid = owed.min(left);
        recorder.step(|| {
            let step = Step::new(&PAID, paid)
                .with("place", at as i64 + 1)
                .with("what", Value::Word(vi, en))
                .with("owed", owed)
                .with("left_before", left);
            if on < DECISION_366 {
                step
            } else {
                step.doubted(&NEW_DECISION)
            }
        });
        left = left - paid;
        parts.push(Allocated {
            what,
            owed_vnd: owed,
            paid_vnd: paid,
            shortfall_vnd: owed - paid,
        });
    }
    let owed: AmountVnd = parts.iter().map(|part| part.owed_vnd).sum();
    let paid: AmountVnd = parts.iter().map(|part| part.paid_vnd).sum();
    let shortfall = owed - paid;
    recorder.step(|| {
        Step::new(&SHORT, shortfall)
            .with("owed", owed)
            .with("paid", paid)
    });
    Ok(Allocation {
        parts,
        shortfall_vnd: shortfall,
        rest_vnd: left,
    })
}
