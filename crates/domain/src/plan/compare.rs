//! What an amendment changed: two versions of a plan, part by part.

use super::{Plan, ResponsibilityRole, WantedDirection};
use crate::vietnamese;

/// What became of a part.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum DifferenceKind {
    /// New.
    Added,
    /// Gone.
    Removed,
    /// Another wording.
    Changed,
}

impl DifferenceKind {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// One difference between two versions of a plan.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// Part of the plan: `slogans`.
    pub part: &'static str,
    /// What became of it.
    pub kind: DifferenceKind,
    /// Wording before; none when it was added.
    pub before: Option<String>,
    /// Wording after; none when it was removed.
    pub after: Option<String>,
}

/// All that is different in `new`, in the order of the document. The order of lines within a part does not matter.
pub fn compare(old: &Plan, new: &Plan) -> Vec<Difference> {
    let mut found = Vec::new();
    for ((part, old), (_, new)) in parts(old).into_iter().zip(parts(new)) {
        compare_lines(part, old, new, &mut found);
    }
    found
}

/// A line of a part: what it is known by, and its whole wording.
type Line = (String, String);

/// Lines of the same key are the same line with another wording; what is left over was added or removed.
fn compare_lines(
    part: &'static str,
    mut old: Vec<Line>,
    new: Vec<Line>,
    found: &mut Vec<Difference>,
) {
    let mut rest = Vec::new();
    for line in new {
        match old.iter().position(|before| *before == line) {
            Some(same) => {
                old.remove(same);
            }
            None => rest.push(line),
        }
    }
    let mut added = Vec::new();
    for (key, after) in rest {
        match old.iter().position(|(before, _)| *before == key) {
            Some(same) => {
                let (_, before) = old.remove(same);
                found.push(Difference {
                    part,
                    kind: DifferenceKind::Changed,
                    before: Some(before),
                    after: Some(after),
                });
            }
            None => added.push(after),
        }
    }
    found.extend(old.into_iter().map(|(_, before)| Difference {
        part,
        kind: DifferenceKind::Removed,
        before: Some(before),
        after: None,
    }));
    found.extend(added.into_iter().map(|after| Difference {
        part,
        kind: DifferenceKind::Added,
        before: None,
        after: Some(after),
    }));
}

/// Every part of a plan as lines. A text that stands alone has an empty key.
fn parts(plan: &Plan) -> Vec<(&'static str, Vec<Line>)> {
    let text = |text: &str| {
        if text.trim().is_empty() {
            vec![]
        } else {
            vec![(String::new(), text.to_owned())]
        }
    };
    let lines = |lines: &[String]| {
        lines
            .iter()
            .map(|line| (line.clone(), line.clone()))
            .collect()
    };
    vec![
        (
            "legal_bases",
            plan.legal_bases
                .iter()
                .map(|line| (line.number.clone(), legal_basis(line)))
                .collect(),
        ),
        ("objectives.overall", text(&plan.objectives.overall)),
        (
            "objectives.specific",
            plan.objectives
                .specific
                .iter()
                .map(|line| (line.text.clone(), objective(line)))
                .collect(),
        ),
        ("requirements", lines(&plan.requirements)),
        ("method", text(&plan.method)),
        (
            "audiences",
            plan.audiences
                .iter()
                .map(|line| (line.id.clone(), line.name.clone()))
                .collect(),
        ),
        ("theme", text(&plan.theme)),
        ("logo", text(&plan.logo)),
        ("main_message", text(&plan.main_message)),
        (
            "slogans",
            plan.slogans
                .iter()
                .map(|line| {
                    (
                        line.text.clone(),
                        format!("{} ({})", line.text, line.audience),
                    )
                })
                .collect(),
        ),
        ("channels", lines(&plan.channels)),
        ("means", lines(&plan.means)),
        (
            "workstreams",
            plan.workstreams
                .iter()
                .map(|line| (line.id.clone(), line.name.clone()))
                .collect(),
        ),
        (
            "activities_planned",
            plan.activities_planned
                .iter()
                .map(|line| (line.text.clone(), activity(line)))
                .collect(),
        ),
        (
            "responsibilities",
            plan.responsibilities.iter().map(responsibility).collect(),
        ),
        (
            "budget_lines",
            plan.budget_lines
                .iter()
                .map(|line| (line.name.clone(), budget_line(line)))
                .collect(),
        ),
        ("report", report(&plan.report)),
    ]
}

fn report(settings: &super::ReportSettings) -> Vec<Line> {
    let period = settings.statistics_period.as_ref();
    let period = period.map(|period| ("kỳ số liệu".to_owned(), format!("kỳ số liệu {period}")));
    let rounded = settings.rounded_down.iter();
    let rounded = rounded.map(|id| (id.clone(), format!("làm tròn xuống: {id}")));
    let least = settings.ranking_minimum;
    let least = [
        ("kết quả", least.result),
        ("chỉ tiêu giao", least.target),
        ("tiềm năng", least.growth),
    ];
    let least = least.into_iter().filter(|(_, value)| *value != 0);
    let least = least.map(|(what, value)| {
        let key = format!("xếp hạng, {what}");
        let text = format!(
            "chỉ xếp hạng đơn vị có {what} từ {}",
            vietnamese::number(value)
        );
        (key, text)
    });
    period.into_iter().chain(rounded).chain(least).collect()
}

fn legal_basis(line: &super::LegalBasis) -> String {
    let date = line
        .date
        .map(|date| format!(" ngày {}", vietnamese::date(date)));
    format!(
        "{}{} của {}: {}",
        line.number,
        date.unwrap_or_default(),
        line.issuer,
        line.subject
    )
}

fn objective(line: &super::Objective) -> String {
    let direction = match line.direction {
        Some(WantedDirection::Up) => " (tăng",
        Some(WantedDirection::Down) => " (giảm",
        None => return line.text.clone(),
    };
    let indicator = line.indicator.as_deref().map(|id| format!(": {id}"));
    format!("{}{direction}{})", line.text, indicator.unwrap_or_default())
}

fn activity(line: &super::PlannedActivity) -> String {
    let mut text = format!("[{}] {}", line.workstream, line.text);
    if let Some(kind) = &line.kind {
        text.push_str(&format!(" ({kind})"));
    }
    if let Some(quantity) = line.quantity {
        text.push_str(&format!(", số lượng {}", vietnamese::number(quantity)));
    }
    if let Some(period) = &line.period {
        text.push_str(&format!(", {period}"));
    }
    text
}

fn responsibility(line: &super::Responsibility) -> Line {
    let who = line
        .name
        .clone()
        .or_else(|| line.organization_id.clone())
        .unwrap_or_default();
    let role = match line.role {
        ResponsibilityRole::Lead => "chủ trì",
        ResponsibilityRole::Coordinate => "phối hợp",
    };
    let text = format!("{who} ({role}): {}", line.text);
    (format!("{who} {}", line.text), text)
}

fn budget_line(line: &super::BudgetLine) -> String {
    format!(
        "{}: giao {} đồng, đã chi {} đồng",
        line.name,
        vietnamese::number(line.allotted_vnd),
        vietnamese::number(line.spent_vnd)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::*;
    use proptest::prelude::*;

    #[test]
    fn an_amendment_is_told_part_by_part() {
        let old = Plan {
            theme: "Bảo hiểm xã hội cho tất cả mọi người".into(),
            channels: vec!["Trực tiếp".into(), "Báo chí".into()],
            workstreams: vec![Workstream {
                id: "a".into(),
                name: "Thu hút".into(),
            }],
            budget_lines: vec![BudgetLine {
                name: "Tờ rơi".into(),
                allotted_vnd: 20_000_000,
                spent_vnd: 0,
            }],
            ..Plan::default()
        };
        let mut new = old.clone();
        new.theme = "An tâm cho mọi gia đình".into();
        new.channels = vec!["Báo chí".into(), "Zalo".into()];
        new.workstreams[0].name = "Thu hút sự quan tâm".into();
        new.budget_lines[0].spent_vnd = 1_500_000;
        let told: Vec<String> = compare(&old, &new)
            .into_iter()
            .map(|difference| {
                format!(
                    "{} {}: {} → {}",
                    difference.part,
                    difference.kind.as_str(),
                    difference.before.unwrap_or_default(),
                    difference.after.unwrap_or_default()
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "theme changed: Bảo hiểm xã hội cho tất cả mọi người → An tâm cho mọi gia đình",
                "channels removed: Trực tiếp → ",
                "channels added:  → Zalo",
                "workstreams changed: Thu hút → Thu hút sự quan tâm",
                "budget_lines changed: Tờ rơi: giao 20.000.000 đồng, đã chi 0 đồng → Tờ rơi: giao 20.000.000 đồng, đã chi 1.500.000 đồng",
            ]
        );
    }

    fn any_plan() -> impl Strategy<Value = Plan> {
        let word = || proptest::sample::select(vec!["a", "b", "c", ""]).prop_map(str::to_owned);
        let words = || proptest::collection::vec(word(), 0..5);
        (
            word(),
            words(),
            words(),
            proptest::collection::vec((word(), 0i64..3), 0..4),
        )
            .prop_map(|(theme, channels, texts, money)| Plan {
                theme,
                channels,
                responsibilities: texts
                    .into_iter()
                    .map(|text| Responsibility {
                        text,
                        ..Responsibility::default()
                    })
                    .collect(),
                budget_lines: money
                    .into_iter()
                    .map(|(name, allotted_vnd)| BudgetLine {
                        name,
                        allotted_vnd,
                        spent_vnd: 0,
                    })
                    .collect(),
                ..Plan::default()
            })
    }

    proptest! {
        #[test]
        fn the_same_plan_has_no_difference(plan in any_plan()) {
            prop_assert_eq!(compare(&plan, &plan), vec![]);
        }

        #[test]
        fn the_other_way_round_additions_are_removals(old in any_plan(), new in any_plan()) {
            let count = |found: &[Difference], kind| found.iter().filter(|d| d.kind == kind).count();
            let (there, back) = (compare(&old, &new), compare(&new, &old));
            prop_assert_eq!(count(&there, DifferenceKind::Added), count(&back, DifferenceKind::Removed));
            prop_assert_eq!(count(&there, DifferenceKind::Changed), count(&back, DifferenceKind::Changed));
        }
    }
}
