//! The fixed words of reports in both languages, and the phrases made with them.

use crate::figure::{Against, Change, Direction, Figure, Mark, TargetChange};
use crate::model::{Language, NoticeKind};
use crate::number::Decimal;
use crate::task_states::TaskState;
use domain::vietnamese;
use jiff::civil::Date;
use std::cmp::Ordering;

/// The fixed words of one language.
pub(crate) struct Words {
    pub(crate) language: Language,
    pub(crate) country: &'static str,
    pub(crate) motto: &'static str,
    pub(crate) number: &'static str,
    pub(crate) recipients: &'static str,
    pub(crate) table: &'static str,
    pub(crate) chart: &'static str,
    pub(crate) chart_data: &'static str,
    pub(crate) category: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) notices: &'static str,
    pub(crate) as_of: &'static str,
    pub(crate) appendix: &'static str,
    pub(crate) how_computed: &'static str,
    pub(crate) attached_to: &'static str,
    pub(crate) source: &'static str,
    pub(crate) query: &'static str,
    pub(crate) records: &'static str,
    pub(crate) boundaries: &'static str,
    pub(crate) marks: &'static str,
    pub(crate) completeness: &'static str,
    pub(crate) all_cells: &'static str,
    pub(crate) rank: &'static str,
    pub(crate) ties: &'static str,
    pub(crate) minimum_volume: &'static str,
    pub(crate) not_ranked: &'static str,
    pub(crate) row_number: &'static str,
    pub(crate) task: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) coordinating: &'static str,
    pub(crate) due: &'static str,
    pub(crate) progress: &'static str,
    pub(crate) state: &'static str,
    pub(crate) evidence: &'static str,
}

static VI: Words = Words {
    language: Language::Vi,
    country: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto: "Độc lập - Tự do - Hạnh phúc",
    number: "Số",
    recipients: "Nơi nhận",
    table: "Bảng",
    chart: "Biểu đồ",
    chart_data: "Số liệu của biểu đồ",
    category: "Nội dung",
    unit: "Đơn vị tính",
    notices: "Lưu ý về số liệu",
    as_of: "tính đến ngày",
    appendix: "Phụ lục",
    how_computed: "Cách tính",
    attached_to: "Kèm theo",
    source: "Nguồn",
    query: "Truy vấn",
    records: "bản ghi",
    boundaries: "Địa giới hành chính ngày",
    marks: "Tính chất",
    completeness: "báo cáo đã nhận",
    all_cells: "Toàn bộ số trong bảng",
    rank: "Hạng",
    ties: "Đồng hạng",
    minimum_volume: "Chỉ xếp hạng",
    not_ranked: "Chưa xếp hạng",
    row_number: "STT",
    task: "Nhiệm vụ",
    lead: "Chủ trì",
    coordinating: "phối hợp",
    due: "Thời hạn",
    progress: "Tiến độ",
    state: "Tình trạng",
    evidence: "Minh chứng",
};

static EN: Words = Words {
    language: Language::En,
    country: "SOCIALIST REPUBLIC OF VIET NAM",
    motto: "Independence - Freedom - Happiness",
    number: "No.",
    recipients: "Recipients",
    table: "Table",
    chart: "Chart",
    chart_data: "Data of the chart",
    category: "Item",
    unit: "Unit",
    notices: "Notes on the data",
    as_of: "as of",
    appendix: "Annex",
    how_computed: "How it was computed",
    attached_to: "Attached to",
    source: "Source",
    query: "Query",
    records: "records",
    boundaries: "Boundaries of",
    marks: "Nature",
    completeness: "reports received",
    all_cells: "All numbers in the table",
    rank: "Rank",
    ties: "Ties",
    minimum_volume: "Ranked only",
    not_ranked: "Not ranked",
    row_number: "No.",
    task: "Task",
    lead: "Lead",
    coordinating: "with",
    due: "Due",
    progress: "Progress",
    state: "State",
    evidence: "Evidence",
};

impl Words {
    pub(crate) fn of(language: Language) -> &'static Words {
        match language {
            Language::Vi => &VI,
            Language::En => &EN,
        }
    }

    fn pick(&self, vi: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    pub(crate) fn mark(&self, mark: Mark) -> &'static str {
        match mark {
            Mark::Reported => self.pick("số báo cáo", "reported"),
            Mark::Summed => self.pick("số cộng từ bản ghi", "summed from records"),
            Mark::Apportioned => self.pick(
                "số phân bổ khi đơn vị cũ được chia",
                "apportioned from a divided unit",
            ),
            Mark::Claimed => self.pick(
                "số cơ sở ghi nhận, chưa đối chiếu",
                "claimed, not yet confirmed",
            ),
            Mark::Confirmed => self.pick(
                "số đã được cơ quan BHXH xác nhận",
                "confirmed by the insurance agency",
            ),
            Mark::Illustrative => self.pick(
                "số minh họa, chia từ tổng đã công bố",
                "illustrative split of published totals",
            ),
        }
    }

    /// The sign of a mark at a number; what is plainly reported or added up carries none.
    pub(crate) fn mark_sign(&self, mark: Mark) -> Option<&'static str> {
        match mark {
            Mark::Reported | Mark::Summed => None,
            Mark::Apportioned => Some(self.pick("pb", "ap")),
            Mark::Claimed => Some(self.pick("gn", "cl")),
            Mark::Confirmed => Some(self.pick("xn", "cf")),
            Mark::Illustrative => Some(self.pick("mh", "il")),
        }
    }

    pub(crate) fn task_state(&self, state: TaskState) -> &'static str {
        match state {
            TaskState::Done => self.pick("Hoàn thành", "Done"),
            TaskState::InTime => self.pick("Trong hạn", "In time"),
            TaskState::AtRisk => self.pick("Có nguy cơ chậm", "At risk"),
            TaskState::Returned => self.pick("Trả lại", "Returned"),
            TaskState::Overdue => self.pick("Quá hạn", "Overdue"),
        }
    }

    pub(crate) fn notice(&self, kind: NoticeKind) -> &'static str {
        match kind {
            NoticeKind::IllustrativeData => self.pick("Số liệu minh họa", "Illustrative data"),
            NoticeKind::ApportionedCells => self.pick("Số liệu phân bổ", "Apportioned numbers"),
            NoticeKind::IncompleteReports => self.pick("Chưa đủ báo cáo", "Reports missing"),
            NoticeKind::StandInBoundaries => self.pick("Địa giới thay thế", "Stand-in boundaries"),
            NoticeKind::ClaimedResults => {
                self.pick("Kết quả chưa đối chiếu", "Results not yet confirmed")
            }
        }
    }

    /// Two numbers counted against each other: "20/21 báo cáo đã nhận".
    pub(crate) fn completeness(&self, completeness: crate::figure::Completeness) -> String {
        let reported = Decimal::from(completeness.reported).display(self.language);
        let expected = Decimal::from(completeness.expected).display(self.language);
        format!("{reported}/{expected} {}", self.completeness)
    }
}

/// A date as official papers write it: "08/5/2022", "2022-05-08" in English.
pub(crate) fn date(date: Date, language: Language) -> String {
    match language {
        Language::Vi => vietnamese::date(date),
        Language::En => date.to_string(),
    }
}

/// Place and day of issue: "Nghệ An, ngày 08 tháng 5 năm 2022"; without a day, room for it.
pub(crate) fn place_and_date(place: &str, date: Option<Date>, language: Language) -> String {
    match (date, language) {
        (Some(date), Language::Vi) => {
            let month = if date.month() <= 2 {
                format!("{:02}", date.month())
            } else {
                date.month().to_string()
            };
            format!(
                "{place}, ngày {:02} tháng {month} năm {}",
                date.day(),
                date.year()
            )
        }
        (None, Language::Vi) => format!("{place}, ngày …… tháng …… năm ……"),
        (Some(date), Language::En) => format!("{place}, {date}"),
        (None, Language::En) => format!("{place}, …………………"),
    }
}

/// A count rounded down as reports do: "trên 9.000".
pub(crate) fn rounded_down(value: i64, language: Language) -> String {
    let phrase = vietnamese::round_down_phrase(value);
    match language {
        Language::Vi => phrase,
        Language::En => phrase.replace("trên ", "more than ").replace('.', ","),
    }
}

/// A number with its unit: "4.370 người", "55,3%".
pub(crate) fn with_unit(number: &str, unit: &str) -> String {
    match unit {
        "" => number.to_owned(),
        "%" => format!("{number}%"),
        _ => format!("{number} {unit}"),
    }
}

/// A change with its sign: "+4.370".
pub(crate) fn signed(change: Decimal, language: Language) -> String {
    let text = change.display(language);
    if change.scaled() > 0 {
        format!("+{text}")
    } else {
        text
    }
}

/// A comparison of a figure in words; empty if it was not made.
pub(crate) fn change_in_words(figure: &Figure, against: Against, language: Language) -> String {
    let change = match against {
        Against::Previous => figure.changes.previous.as_ref(),
        Against::LastYear => figure.changes.last_year.as_ref(),
        Against::Target => {
            return figure
                .changes
                .target
                .as_ref()
                .map_or_else(String::new, |target| {
                    target_phrase(figure, target, language)
                });
        }
    };
    change.map_or_else(String::new, |change| {
        change_phrase(figure, change, language)
    })
}

/// The unit of a difference: percentages differ by percentage points.
fn difference_unit(figure: &Figure, language: Language) -> &str {
    match (figure.unit(language), language) {
        ("%", Language::Vi) => "điểm phần trăm",
        ("%", Language::En) => "percentage points",
        (unit, _) => unit,
    }
}

fn goal_phrase(reached: bool, language: Language) -> &'static str {
    match (reached, language) {
        (true, Language::Vi) => ", đạt mục tiêu giảm",
        (false, Language::Vi) => ", chưa đạt mục tiêu giảm",
        (true, Language::En) => ", as intended",
        (false, Language::En) => ", not yet as intended",
    }
}

fn change_phrase(figure: &Figure, change: &Change, language: Language) -> String {
    let size = with_unit(
        &change.absolute.abs().display(language),
        difference_unit(figure, language),
    );
    let base = change.period.label(language);
    let sign = change.absolute.scaled().cmp(&0);
    let mut phrase = match (sign, language) {
        (Ordering::Equal, Language::Vi) => format!("không đổi so với {base}"),
        (Ordering::Greater, Language::Vi) => format!("tăng {size} so với {base}"),
        (Ordering::Less, Language::Vi) => format!("giảm {size} so với {base}"),
        (Ordering::Equal, Language::En) => format!("unchanged on {base}"),
        (Ordering::Greater, Language::En) => format!("up {size} on {base}"),
        (Ordering::Less, Language::En) => format!("down {size} on {base}"),
    };
    if let Some(relative) = change.relative_percent
        && sign != Ordering::Equal
        && figure.unit(language) != "%"
    {
        phrase.push_str(&format!(" ({}%)", relative.abs().display(language)));
    }
    if figure.direction == Direction::Down && sign != Ordering::Equal {
        phrase.push_str(goal_phrase(sign == Ordering::Less, language));
    }
    phrase
}

fn target_phrase(figure: &Figure, target: &TargetChange, language: Language) -> String {
    let size = with_unit(
        &target.absolute.abs().display(language),
        difference_unit(figure, language),
    );
    let goal = with_unit(&target.base.display(language), figure.unit(language));
    let period = target.period.label(language);
    let sign = target.absolute.scaled().cmp(&0);
    if figure.direction == Direction::Down {
        let phrase = match (sign, language) {
            (Ordering::Equal, Language::Vi) => format!("bằng mức giao {period} ({goal})"),
            (Ordering::Less, Language::Vi) => format!("thấp hơn mức giao {period} ({goal}) {size}"),
            (Ordering::Greater, Language::Vi) => {
                format!("cao hơn mức giao {period} ({goal}) {size}")
            }
            (Ordering::Equal, Language::En) => format!("at the target for {period} ({goal})"),
            (Ordering::Less, Language::En) => {
                format!("{size} below the target for {period} ({goal})")
            }
            (Ordering::Greater, Language::En) => {
                format!("{size} above the target for {period} ({goal})")
            }
        };
        return phrase + goal_phrase(sign != Ordering::Greater, language);
    }
    // A share of a percentage would read as a second percentage of something else; the distance says it.
    let share = target
        .share_percent
        .filter(|_| figure.unit(language) != "%");
    let reached = match (share, language) {
        (Some(share), Language::Vi) => format!(
            "đạt {}% chỉ tiêu {period} ({goal})",
            share.display(language)
        ),
        (None, Language::Vi) => format!("chỉ tiêu {period} là {goal}"),
        (Some(share), Language::En) => format!(
            "{}% of the target for {period} ({goal})",
            share.display(language)
        ),
        (None, Language::En) => format!("the target for {period} is {goal}"),
    };
    let distance = match (sign, language) {
        (Ordering::Equal, Language::Vi) => ", đạt đúng chỉ tiêu".to_owned(),
        (Ordering::Less, Language::Vi) => format!(", còn thiếu {size}"),
        (Ordering::Greater, Language::Vi) => format!(", vượt {size}"),
        (Ordering::Equal, Language::En) => ", exactly reached".to_owned(),
        (Ordering::Less, Language::En) => format!(", {size} missing"),
        (Ordering::Greater, Language::En) => format!(", exceeded by {size}"),
    };
    reached + &distance
}
