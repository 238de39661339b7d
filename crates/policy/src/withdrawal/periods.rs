//! The years before 2014 and from 2014, for which a lump sum has different months of income.

use crate::pension;
use crate::rate::Rate;
use crate::trace::{NoTrace, Recorder, Step, StepText, Value};

const BEFORE: StepText = StepText {
    id: "withdrawal.years_before_2014",
    vi: "Trước 2014 có {months} tháng: được tính {result} năm; {moved} tháng lẻ chuyển sang giai đoạn từ 2014",
    en: "{months} months before 2014 count as {result} years; {moved} odd months move to the part from 2014",
    formula: "{months} tháng → {result} năm + {moved} tháng",
};

const FROM: StepText = StepText {
    id: "withdrawal.years_from_2014",
    vi: "Từ 2014 có {months} tháng, cộng {moved} tháng lẻ chuyển sang: được tính {result} năm (1–6 tháng lẻ là nửa năm, 7–11 là một năm)",
    en: "{months} months from 2014 and {moved} moved ones count as {result} years (1-6 odd months are half a year, 7-11 a year)",
    formula: "{months} + {moved} tháng → {result} năm",
};

/// What these steps say, for phones.
pub(super) const TEXTS: &[&StepText] = &[&BEFORE, &FROM];

/// Years, with halves.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct Periods {
    pub before_2014: Rate,
    pub from_2014: Rate,
}

/// "Where there are odd months before 2014 they move to the part from 2014": Luật 41/2024/QH15, Điều 102 khoản 2 điểm a; Thông
/// tư 59/2015/TT-BLĐTBXH, ví dụ 34. "1 to 6 odd months are half a year, 7 to 11 a year": Luật 41/2024/QH15, Điều 5 khoản 6.
pub(crate) fn counted_periods(
    rules: &pension::Rules,
    before_2014: u32,
    from_2014: u32,
    recorder: &mut impl Recorder,
) -> Periods {
    // Without later years there is nowhere to move them.
    let moved = if from_2014 > 0 { before_2014 % 12 } else { 0 };
    let years = |months| pension::half_years(rules, months, &mut NoTrace).years();
    let (half_year_from, half_year_to) = &rules.half_year;
    let before = years(before_2014 - moved);
    let from = years(from_2014 + moved);
    if before_2014 > 0 {
        recorder.step(|| {
            Step::new(&BEFORE, Value::Number(before))
                .with("months", before_2014)
                .with("moved", moved)
        });
    }
    if from_2014 > 0 {
        recorder.step(|| {
            Step::new(&FROM, Value::Number(from))
                .with("months", from_2014)
                .with("moved", moved)
                .from(&half_year_from.source)
                .from(&half_year_to.source)
        });
    }
    Periods {
        before_2014: before,
        from_2014: from,
    }
}
