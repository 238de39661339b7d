//! What is wrong with a plan: all of it at once.

use std::collections::HashSet;

use crate::period::Period;

use super::Plan;
use jiff::civil::Date;

/// One thing that is wrong with a plan.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PlanFault {
    /// Where: `slogans[2].audience`.
    pub field: String,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong, in Vietnamese.
    pub message: String,
    /// How to mend it, in Vietnamese.
    pub fix: String,
}

#[derive(Default)]
struct Faults(Vec<PlanFault>);

impl Faults {
    fn add(
        &mut self,
        field: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.0.push(PlanFault {
            field: field.into(),
            code,
            message: message.into(),
            fix: fix.into(),
        });
    }

    fn required(&mut self, field: impl Into<String>, text: &str, what: &str) {
        if text.trim().is_empty() {
            self.add(
                field,
                "plan.missing_part",
                format!("Kế hoạch chưa có {what}."),
                format!("Bổ sung {what}."),
            );
        }
    }

    fn no_blank_lines(&mut self, list: &str, lines: &[String]) {
        for (index, line) in lines.iter().enumerate() {
            if line.trim().is_empty() {
                self.blank(format!("{list}[{index}]"));
            }
        }
    }

    fn blank(&mut self, field: String) {
        self.add(
            field,
            "plan.blank_line",
            "Dòng này để trống.",
            "Ghi nội dung hoặc xóa dòng.",
        );
    }

    fn not_negative(&mut self, field: String, value: i64, what: &str) {
        if value < 0 {
            self.add(
                field,
                "plan.negative",
                format!("{what} là số âm ({value})."),
                "Nhập số không âm.",
            );
        }
    }

    /// Ids of a list: none blank, none twice.
    fn ids<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
        let mut known = HashSet::new();
        for (index, id) in ids.enumerate() {
            let field = format!("{list}[{index}].id");
            if id.trim().is_empty() {
                self.blank(field);
            } else if !known.insert(id) {
                self.add(
                    field,
                    "plan.duplicate_id",
                    format!("Mã “{id}” bị trùng."),
                    "Đặt mỗi dòng một mã riêng.",
                );
            }
        }
        known
    }
}

impl Plan {
    /// All that is wrong with a plan of a campaign from `first_day` to `last_day`, even as a draft.
    pub fn check(&self, first_day: Date, last_day: Date) -> Vec<PlanFault> {
        let mut faults = Faults::default();
        let audiences = faults.ids(
            "audiences",
            self.audiences.iter().map(|line| line.id.as_str()),
        );
        let workstreams = faults.ids(
            "workstreams",
            self.workstreams.iter().map(|line| line.id.as_str()),
        );
        for (index, line) in self.audiences.iter().enumerate() {
            faults.required(
                format!("audiences[{index}].name"),
                &line.name,
                "tên đối tượng",
            );
        }
        for (index, line) in self.workstreams.iter().enumerate() {
            faults.required(
                format!("workstreams[{index}].name"),
                &line.name,
                "tên nhóm hoạt động",
            );
        }
        for (index, line) in self.legal_bases.iter().enumerate() {
            let field = format!("legal_bases[{index}].number");
            faults.required(field, &line.number, "số, ký hiệu của văn bản căn cứ");
        }
        for (index, line) in self.objectives.specific.iter().enumerate() {
            if line.text.trim().is_empty() {
                faults.blank(format!("objectives.specific[{index}].text"));
            }
            if line.indicator.is_some() && line.direction.is_none() {
                faults.add(
                    format!("objectives.specific[{index}].direction"),
                    "plan.direction_missing",
                    "Mục tiêu có chỉ tiêu nhưng chưa ghi chiều mong muốn.",
                    "Chọn “tăng” (up) hoặc “giảm” (down).",
                );
            }
        }
        faults.no_blank_lines("requirements", &self.requirements);
        faults.no_blank_lines("channels", &self.channels);
        faults.no_blank_lines("means", &self.means);
        for (index, line) in self.slogans.iter().enumerate() {
            if line.text.trim().is_empty() {
                faults.blank(format!("slogans[{index}].text"));
            }
            if !audiences.contains(line.audience.as_str()) {
                faults.add(
                    format!("slogans[{index}].audience"),
                    "plan.unknown_audience",
                    format!("Không có đối tượng mã “{}” trong kế hoạch.", line.audience),
                    "Chọn một đối tượng đã khai báo ở mục đối tượng.",
                );
            }
        }
        self.check_activities(&workstreams, first_day, last_day, &mut faults);
        for (index, line) in self.responsibilities.iter().enumerate() {
            if line.text.trim().is_empty() {
                faults.blank(format!("responsibilities[{index}].text"));
            }
            let named = line
                .name
                .as_deref()
                .is_some_and(|name| !name.trim().is_empty());
            if line.organization_id.is_none() && !named {
                faults.add(
                    format!("responsibilities[{index}].name"),
                    "plan.nobody_responsible",
                    "Chưa ghi cơ quan, đơn vị chịu trách nhiệm.",
                    "Chọn cơ quan trong danh sách hoặc ghi tên.",
                );
            }
        }
        if let Some(text) = &self.report.statistics_period
            && let Err(error) = text.parse::<Period>()
        {
            faults.add(
                "report.statistics_period",
                "period.malformed",
                error.to_string(),
                "Ghi kỳ số liệu dạng 2023-03, R2023-03, 2023-Q1 hoặc 2023.",
            );
        }
        let minimum = self.report.ranking_minimum;
        for (name, value) in [
            ("result", minimum.result),
            ("target", minimum.target),
            ("growth", minimum.growth),
        ] {
            faults.not_negative(
                format!("report.ranking_minimum.{name}"),
                value,
                "Mức tối thiểu để xếp hạng",
            );
        }
        for (index, line) in self.budget_lines.iter().enumerate() {
            faults.required(
                format!("budget_lines[{index}].name"),
                &line.name,
                "tên khoản kinh phí",
            );
            let field = |name: &str| format!("budget_lines[{index}].{name}");
            faults.not_negative(
                field("allotted_vnd"),
                line.allotted_vnd,
                "Kinh phí được giao",
            );
            faults.not_negative(field("spent_vnd"), line.spent_vnd, "Kinh phí đã chi");
        }
        faults.0
    }

    /// All that keeps the plan from being issued: what [`Plan::check`] finds, and parts that are missing.
    pub fn check_for_issue(&self, first_day: Date, last_day: Date) -> Vec<PlanFault> {
        let mut faults = Faults(self.check(first_day, last_day));
        faults.required(
            "objectives.overall",
            &self.objectives.overall,
            "mục tiêu chung",
        );
        let parts = [
            ("legal_bases", self.legal_bases.is_empty(), "căn cứ pháp lý"),
            ("workstreams", self.workstreams.is_empty(), "nhóm hoạt động"),
            (
                "responsibilities",
                self.responsibilities.is_empty(),
                "phân công trách nhiệm",
            ),
        ];
        for (field, is_missing, what) in parts {
            if is_missing {
                faults.required(field, "", what);
            }
        }
        faults.0
    }

    fn check_activities(
        &self,
        workstreams: &HashSet<&str>,
        first_day: Date,
        last_day: Date,
        faults: &mut Faults,
    ) {
        for (index, line) in self.activities_planned.iter().enumerate() {
            let field = |name: &str| format!("activities_planned[{index}].{name}");
            if line.text.trim().is_empty() {
                faults.blank(field("text"));
            }
            if !workstreams.contains(line.workstream.as_str()) {
                faults.add(
                    field("workstream"),
                    "plan.unknown_workstream",
                    format!(
                        "Không có nhóm hoạt động mã “{}” trong kế hoạch.",
                        line.workstream
                    ),
                    "Chọn một nhóm đã khai báo ở mục nhóm hoạt động.",
                );
            }
            faults.not_negative(field("quantity"), line.quantity.unwrap_or(0), "Số lượng");
            let Some(text) = &line.period else { continue };
            match text.parse::<Period>() {
                Ok(period) if period.last() < first_day || period.first() > last_day => faults.add(
                    field("period"),
                    "plan.period_outside_campaign",
                    format!(
                        "{} nằm ngoài thời gian của chiến dịch.",
                        sentence(&period.label_vi())
                    ),
                    "Chọn kỳ trong thời gian của chiến dịch, hoặc sửa thời gian của chiến dịch.",
                ),
                Ok(_) => {}
                Err(error) => faults.add(
                    field("period"),
                    "plan.period_malformed",
                    format!("Không đọc được kỳ: {error}."),
                    "Viết kỳ như 2024-05 hoặc 2024-Q2.",
                ),
            }
        }
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::plan::*;
    use jiff::civil::date;

    fn whole() -> Plan {
        Plan {
            legal_bases: vec![LegalBasis {
                number: "1439/KH-UBND".into(),
                date: Some(date(2024, 4, 19)),
                issuer: "UBND tỉnh Hải Dương".into(),
                subject: "Tháng vận động".into(),
            }],
            objectives: Objectives {
                overall: "Hướng tới BHXH toàn dân".into(),
                specific: vec![Objective {
                    text: "Giảm nợ đóng".into(),
                    indicator: Some("employers_in_debt".into()),
                    direction: Some(WantedDirection::Down),
                }],
            },
            audiences: vec![Audience {
                id: "workers".into(),
                name: "Người lao động".into(),
            }],
            slogans: vec![Slogan {
                audience: "workers".into(),
                text: "An tâm cho mọi gia đình".into(),
            }],
            workstreams: vec![Workstream {
                id: "mobilise".into(),
                name: "Vận động".into(),
            }],
            activities_planned: vec![PlannedActivity {
                workstream: "mobilise".into(),
                text: "Hội nghị khách hàng".into(),
                quantity: Some(50),
                period: Some("2024-05".into()),
                ..PlannedActivity::default()
            }],
            responsibilities: vec![Responsibility {
                name: Some("Sở LĐTBXH".into()),
                text: "Hướng dẫn, kiểm tra".into(),
                ..Responsibility::default()
            }],
            budget_lines: vec![BudgetLine {
                name: "Tờ rơi".into(),
                allotted_vnd: 20_000_000,
                spent_vnd: 0,
            }],
            ..Plan::default()
        }
    }

    fn check(change: impl FnOnce(&mut Plan), expected: &[(&str, &str)]) {
        let mut plan = whole();
        change(&mut plan);
        let faults = plan.check_for_issue(date(2024, 5, 1), date(2024, 5, 31));
        let found: Vec<(&str, &str)> = faults
            .iter()
            .map(|fault| (fault.field.as_str(), fault.code))
            .collect();
        assert_eq!(found, expected);
        assert!(
            faults
                .iter()
                .all(|fault| !fault.message.is_empty() && !fault.fix.is_empty())
        );
    }

    #[test]
    fn a_whole_plan_has_no_fault_and_an_empty_draft_neither() {
        check(|_| {}, &[]);
        assert_eq!(
            Plan::default().check(date(2024, 5, 1), date(2024, 5, 31)),
            []
        );
    }

    #[test]
    fn missing_parts_keep_it_from_being_issued() {
        check(
            |plan| *plan = Plan::default(),
            &[
                ("objectives.overall", "plan.missing_part"),
                ("legal_bases", "plan.missing_part"),
                ("workstreams", "plan.missing_part"),
                ("responsibilities", "plan.missing_part"),
            ],
        );
    }

    #[test]
    fn all_faults_are_named_at_once_with_their_place() {
        check(
            |plan| {
                plan.slogans[0].audience = "students".into();
                plan.workstreams.push(plan.workstreams[0].clone());
                plan.activities_planned[0].period = Some("2024-07".into());
                plan.activities_planned[0].quantity = Some(-1);
                plan.responsibilities[0].name = None;
                plan.budget_lines[0].spent_vnd = -5;
                plan.channels.push(" ".into());
                plan.report.statistics_period = Some("2023-13".into());
                plan.report.ranking_minimum.target = -1;
                plan.objectives.specific[0].direction = None;
            },
            &[
                ("workstreams[1].id", "plan.duplicate_id"),
                ("objectives.specific[0].direction", "plan.direction_missing"),
                ("channels[0]", "plan.blank_line"),
                ("slogans[0].audience", "plan.unknown_audience"),
                ("activities_planned[0].quantity", "plan.negative"),
                (
                    "activities_planned[0].period",
                    "plan.period_outside_campaign",
                ),
                ("responsibilities[0].name", "plan.nobody_responsible"),
                ("report.statistics_period", "period.malformed"),
                ("report.ranking_minimum.target", "plan.negative"),
                ("budget_lines[0].spent_vnd", "plan.negative"),
            ],
        );
    }

    #[test]
    fn a_period_that_is_none_says_how_to_write_one() {
        check(
            |plan| plan.activities_planned[0].period = Some("tháng năm".into()),
            &[("activities_planned[0].period", "plan.period_malformed")],
        );
        check(
            |plan| plan.activities_planned[0].period = Some("2024".into()),
            &[],
        );
    }
}
