//! A campaign's plan as an official document: purpose and requirements, content, activities, assignment.

use crate::blocks::{Block, Cell, Column, OutlineItem, Section, Table};
use crate::figure::{Computed, Direction, PeriodLabel};
use crate::model::Language;
use crate::number::Decimal;
use crate::task_states::{TaskState, TaskStates};
use crate::text::Text;
use crate::words::{Words, date};
use jiff::civil::Date;

/// A campaign's plan, in the order in which such plans are written.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDocument {
    /// What the campaign is for.
    pub overall_objective: String,
    /// What it wants to reach in particular.
    pub objectives: Vec<PlanObjective>,
    /// What every body must keep to.
    pub requirements: Vec<String>,
    /// How the work is done.
    pub method: Vec<String>,
    /// Whom it speaks to, each with its slogans.
    pub audiences: Vec<PlanAudience>,
    /// The theme.
    pub theme: String,
    /// The logo, in words.
    pub logo: Option<String>,
    /// The main message.
    pub main_message: String,
    /// Through which channels.
    pub channels: Vec<String>,
    /// By which means.
    pub means: Vec<String>,
    /// What is done, by workstream.
    pub workstreams: Vec<PlanWorkstream>,
    /// What it costs.
    pub budget: Vec<BudgetLine>,
    /// The total of the budget lines, as found by the application.
    pub budget_total: Option<BudgetLine>,
    /// Where the money comes from, in sentences.
    pub budget_notes: Vec<String>,
    /// How the amounts of the budget came about; none for a plan on paper.
    pub budget_computed: Option<Computed>,
    /// Who must do what.
    pub responsibilities: Vec<PlanResponsibility>,
    /// Where the responsibilities stand; none for a plan just issued.
    pub task_states: Option<TaskStates>,
}

/// A specific objective and, if it is measured, the indicator with its wanted direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanObjective {
    /// What is wanted.
    pub text: String,
    /// The indicator that measures it and which way it should move.
    pub indicator: Option<(String, Direction)>,
}

/// An audience with its slogans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAudience {
    /// Who.
    pub name: String,
    /// What is said to them.
    pub slogans: Vec<String>,
}

/// A workstream with its planned activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanWorkstream {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// What is done.
    pub activities: Vec<PlanActivity>,
}

/// A planned activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanActivity {
    /// What is done.
    pub name: String,
    /// At least so many.
    pub at_least: Option<i64>,
    /// When.
    pub when: Option<PeriodLabel>,
    /// By whom.
    pub organization: Option<String>,
}

impl PlanActivity {
    /// "Hội nghị khách hàng (ít nhất 50; tháng 5/2024; Bưu điện tỉnh)".
    fn words(&self, language: Language) -> String {
        let number = |count: i64| Decimal::from(count).display(language);
        let at_least = self.at_least.map(|count| match language {
            Language::Vi => format!("ít nhất {}", number(count)),
            Language::En => format!("at least {}", number(count)),
        });
        let when = self
            .when
            .as_ref()
            .map(|period| period.label(language).to_owned());
        let more: Vec<String> = [at_least, when, self.organization.clone()]
            .into_iter()
            .flatten()
            .collect();
        if more.is_empty() {
            self.name.clone()
        } else {
            format!("{} ({})", self.name, more.join("; "))
        }
    }
}

/// A line of the budget, in whole đồng.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// What it pays for.
    pub purpose: String,
    /// How much is set aside.
    pub allotted_vnd: i64,
    /// How much was spent, once known.
    pub spent_vnd: Option<i64>,
}

/// What a body must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanResponsibility {
    /// The body that leads.
    pub organization: String,
    /// Those that help.
    pub coordinating: Vec<String>,
    /// Its duties, each with its deadline and state if they are known.
    pub duties: Vec<PlanDuty>,
}

/// One duty of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDuty {
    /// What must be done.
    pub text: String,
    /// By when.
    pub due: Option<Date>,
    /// Where it stands; none for a plan just issued.
    pub state: Option<TaskState>,
}

impl PlanDocument {
    /// The four parts of the plan as sections of a report.
    pub fn sections(&self, language: Language) -> Vec<Section> {
        let section = |id: &str, heading: &str, blocks: Vec<Block>| Section {
            id: id.to_owned(),
            heading: heading.to_owned(),
            blocks,
        };
        match language {
            Language::Vi => vec![
                section("purpose", "Mục đích, yêu cầu", self.purpose(language)),
                section(
                    "content",
                    "Đối tượng, chủ đề và hình thức truyền thông",
                    self.content(language),
                ),
                section(
                    "activities",
                    "Nội dung hoạt động và kinh phí",
                    self.activities(language),
                ),
                section(
                    "responsibilities",
                    "Tổ chức thực hiện",
                    self.assignment(language),
                ),
            ],
            Language::En => vec![
                section(
                    "purpose",
                    "Purpose and requirements",
                    self.purpose(language),
                ),
                section(
                    "content",
                    "Audiences, theme and channels",
                    self.content(language),
                ),
                section(
                    "activities",
                    "Activities and budget",
                    self.activities(language),
                ),
                section(
                    "responsibilities",
                    "Assignment of responsibilities",
                    self.assignment(language),
                ),
            ],
        }
    }

    fn purpose(&self, language: Language) -> Vec<Block> {
        let pick = picker(language);
        let objectives = self.objectives.iter().map(|objective| {
            let text = match &objective.indicator {
                None => objective.text.clone(),
                Some((indicator, direction)) => {
                    let wanted = match direction {
                        Direction::Up => pick("tăng", "up"),
                        Direction::Down => pick("giảm", "down"),
                    };
                    format!(
                        "{} ({}: {indicator}, {wanted})",
                        objective.text,
                        pick("chỉ tiêu theo dõi", "indicator")
                    )
                }
            };
            OutlineItem::leaf(text)
        });
        let mut items = vec![OutlineItem::branch(
            pick("Mục đích", "Purpose"),
            vec![
                OutlineItem::leaf(format!(
                    "{}: {}",
                    pick("Mục tiêu chung", "Overall objective"),
                    self.overall_objective
                )),
                OutlineItem::branch(
                    pick("Mục tiêu cụ thể", "Specific objectives"),
                    objectives.collect(),
                ),
            ],
        )];
        items.extend(branch(pick("Yêu cầu", "Requirements"), &self.requirements));
        items.extend(branch(pick("Phương thức", "Method"), &self.method));
        vec![Block::Outline(items)]
    }

    fn content(&self, language: Language) -> Vec<Block> {
        let pick = picker(language);
        let names: Vec<String> = self
            .audiences
            .iter()
            .map(|audience| audience.name.clone())
            .collect();
        let mut items: Vec<OutlineItem> =
            branch(pick("Đối tượng truyền thông", "Audiences"), &names).collect();
        items.push(OutlineItem::leaf(labeled(
            pick("Chủ đề", "Theme"),
            &self.theme,
        )));
        if let Some(logo) = &self.logo {
            items.push(OutlineItem::leaf(labeled(pick("Biểu trưng", "Logo"), logo)));
        }
        items.push(OutlineItem::leaf(labeled(
            pick("Thông điệp chính", "Main message"),
            &self.main_message,
        )));
        let slogans: Vec<OutlineItem> = self
            .audiences
            .iter()
            .filter(|audience| !audience.slogans.is_empty())
            .map(|audience| {
                let slogans = audience
                    .slogans
                    .iter()
                    .map(|slogan| OutlineItem::leaf(&**slogan))
                    .collect();
                OutlineItem::branch(&*audience.name, slogans)
            })
            .collect();
        if !slogans.is_empty() {
            items.push(OutlineItem::branch(
                pick("Khẩu hiệu theo đối tượng", "Slogans per audience"),
                slogans,
            ));
        }
        items.extend(branch(
            pick("Kênh truyền thông", "Channels"),
            &self.channels,
        ));
        items.extend(branch(
            pick("Phương tiện truyền thông", "Means"),
            &self.means,
        ));
        vec![Block::Outline(items)]
    }

    fn activities(&self, language: Language) -> Vec<Block> {
        let pick = picker(language);
        let mut items: Vec<OutlineItem> = Vec::new();
        for workstream in &self.workstreams {
            let mut below: Vec<OutlineItem> = workstream
                .description
                .iter()
                .map(|text| OutlineItem::leaf(&**text))
                .collect();
            let activities = workstream.activities.iter();
            below.extend(activities.map(|activity| OutlineItem::leaf(activity.words(language))));
            items.push(OutlineItem::branch(&*workstream.name, below));
        }
        if !self.budget_notes.is_empty() {
            items.extend(branch(
                pick("Kinh phí thực hiện", "Budget"),
                &self.budget_notes,
            ));
        }
        let mut blocks = vec![Block::Outline(items)];
        if !self.budget.is_empty() {
            blocks.push(Block::Table(self.budget_table(language)));
        }
        blocks
    }

    fn budget_table(&self, language: Language) -> Table {
        let pick = picker(language);
        let dong = pick("đồng", "VND");
        let row = |line: &BudgetLine| {
            vec![
                Cell::text(&*line.purpose),
                Cell::number(line.allotted_vnd),
                line.spent_vnd.map_or_else(Cell::missing, Cell::number),
            ]
        };
        Table {
            caption: pick("Dự toán kinh phí", "Budget").to_owned(),
            columns: vec![
                Column::text(pick("Nội dung chi", "Purpose")),
                Column::number(pick("Dự toán", "Allotted"), dong),
                Column::number(pick("Đã chi", "Spent"), dong),
            ],
            rows: self.budget.iter().map(row).collect(),
            footer: self.budget_total.as_ref().map(row),
            notes: Vec::new(),
            computed: self.budget_computed.clone(),
        }
    }

    fn assignment(&self, language: Language) -> Vec<Block> {
        let words = Words::of(language);
        let items = self.responsibilities.iter().map(|responsibility| {
            let heading = if responsibility.coordinating.is_empty() {
                responsibility.organization.clone()
            } else {
                format!(
                    "{} ({}: {})",
                    responsibility.organization,
                    words.coordinating,
                    responsibility.coordinating.join(", ")
                )
            };
            let duties = responsibility.duties.iter().map(|duty| {
                let due = duty
                    .due
                    .map(|due| format!("{}: {}", words.due.to_lowercase(), date(due, language)));
                let state = duty.state.map(|state| words.task_state(state).to_owned());
                let more: Vec<String> = due.into_iter().chain(state).collect();
                let more = if more.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", more.join("; "))
                };
                OutlineItem::leaf(format!("{}{more}", duty.text))
            });
            OutlineItem::branch(heading, duties.collect())
        });
        let mut blocks = vec![Block::Outline(items.collect())];
        blocks.extend(self.task_states.clone().map(Block::TaskStates));
        blocks
    }
}

fn picker(language: Language) -> impl Fn(&'static str, &'static str) -> &'static str {
    move |vi, en| match language {
        Language::Vi => vi,
        Language::En => en,
    }
}

/// A branch with a leaf per line; nothing when there are no lines.
fn branch(heading: &str, lines: &[String]) -> impl Iterator<Item = OutlineItem> {
    let items: Vec<OutlineItem> = lines
        .iter()
        .map(|line| OutlineItem::leaf(&**line))
        .collect();
    (!items.is_empty())
        .then(|| OutlineItem::branch(heading, items))
        .into_iter()
}

fn labeled(label: &str, quote: &str) -> Text {
    Text::strong(format!("{label}: ")).and_plain(format!("“{quote}”"))
}
