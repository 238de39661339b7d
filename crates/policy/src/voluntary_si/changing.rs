//! When the income or the mode may be changed, and that a running block is not computed anew.

use serde::{Deserialize, Serialize};

use crate::error::{PolicyError, checked};
use crate::month::Month;
use crate::trace::{Recorder, Step, StepText};
use crate::voluntary_si::Rules;

const AFTER_BLOCK: StepText = StepText {
    id: "voluntary_si.change_after_block",
    vi: "Chỉ đổi mức thu nhập hoặc phương thức đóng sau khi hết kỳ đã đóng (Nghị định 159/2025/NĐ-CP, Điều 4; Quyết định 595/QĐ-BHXH, Điều 9 khoản 2)",
    en: "Income or mode may be changed only after the running block is used up (Decree 159/2025/NĐ-CP, Art. 4; Decision 595/QĐ-BHXH, Art. 9(2))",
    formula: "{first_month} + {months} = {result}",
};

const KEPT: StepText = StepText {
    id: "voluntary_si.block_kept",
    vi: "Chuẩn nghèo hoặc nhóm hỗ trợ thay đổi trong kỳ đã đóng: không tính lại đến hết tháng {result} (Nghị định 159/2025/NĐ-CP, Điều 5 khoản 5)",
    en: "If the poverty line or the category changes within the block, nothing is computed anew until the end of {result} (Decree 159/2025/NĐ-CP, Art. 5(5))",
    formula: "{result}",
};

const AT_ONCE: StepText = StepText {
    id: "voluntary_si.change_at_once_until_2025_06",
    vi: "Khi đủ điều kiện đóng một lần cho những năm còn thiếu thì được đổi ngay, không chờ hết kỳ (Quyết định 595/QĐ-BHXH, Điều 10 khoản 7.2)",
    en: "On becoming entitled to pay the missing years at once one may switch without waiting for the end of the block (Decision 595/QĐ-BHXH, Art. 10(7.2))",
    formula: "{result}",
};

/// The running block.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeInput {
    /// Its first month.
    pub first_month: Month,
    /// Its months, from 1 to 60.
    pub months: u32,
    /// Month in which the person becomes entitled to pay the missing period at once, if so.
    pub entitled_to_missing_period: Option<Month>,
}

/// When what may be changed.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Changes {
    /// First month for which another income or mode may be chosen.
    pub earliest_change: Month,
    /// Contribution and support of the block hold to the end of this month, whatever changes.
    pub price_kept_until: Month,
    /// First month in which the missing period may be paid, if the person is entitled: before the end of the block only
    /// until 2025-06-30.
    pub missing_period_from: Option<Month>,
}

/// When income or mode of a running block may be changed, by the rules of the day.
///
/// Errors: a block of no months or of more than five years.
pub fn changes(
    rules: &Rules,
    input: &ChangeInput,
    recorder: &mut impl Recorder,
) -> Result<Changes, PolicyError> {
    checked("months", input.months.into(), 1, 60)?;
    let after = input.first_month.plus(input.months as i32);
    let last = after.plus(-1);
    recorder.step(|| {
        Step::new(&AFTER_BLOCK, after)
            .with("first_month", input.first_month)
            .with("months", input.months)
    });
    recorder.step(|| Step::new(&KEPT, last));
    let missing_period_from = input.entitled_to_missing_period.map(|entitled| {
        if rules.is_law_2024() {
            return entitled.max(after);
        }
        recorder.step(|| Step::new(&AT_ONCE, entitled));
        entitled
    });
    Ok(Changes {
        earliest_change: after,
        price_kept_until: last,
        missing_period_from,
    })
}
