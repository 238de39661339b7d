//! The plan of a campaign as a document: its parts, what is wrong with it, what an amendment changed.
//!
//! The shape is that of an official plan: legal bases · objectives, requirements, method · audiences, theme,
//! messages, channels and means · activities · responsibilities · budget. Issued plans are kept as JSON of this shape
//! and stay readable for ever: fields are only ever added, with a default.

mod check;
mod compare;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use check::PlanFault;
pub use compare::{Difference, DifferenceKind, compare};

/// A campaign's plan.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// Documents that the plan rests on.
    pub legal_bases: Vec<LegalBasis>,
    /// What it is to reach.
    pub objectives: Objectives,
    /// What must be kept to.
    pub requirements: Vec<String>,
    /// How it is done, in general.
    pub method: String,
    /// Whom it addresses.
    pub audiences: Vec<Audience>,
    /// Theme.
    pub theme: String,
    /// Logo: what it is, or where it is found.
    pub logo: String,
    /// The one message for everybody.
    pub main_message: String,
    /// Slogans, each for an audience.
    pub slogans: Vec<Slogan>,
    /// Ways on which people are reached: direct, press, social networks.
    pub channels: Vec<String>,
    /// What is used on them: leaflets, banners, videos.
    pub means: Vec<String>,
    /// Parts of the campaign.
    pub workstreams: Vec<Workstream>,
    /// What is to happen.
    pub activities_planned: Vec<PlannedActivity>,
    /// Who does what.
    pub responsibilities: Vec<Responsibility>,
    /// Money.
    pub budget_lines: Vec<BudgetLine>,
    /// How its report is written.
    pub report: ReportSettings,
}

/// How the report of a campaign is written, beyond what its records say by themselves.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ReportSettings {
    /// Period of the statistics, `2023-03`; the month of the campaign's last day when there is none.
    pub statistics_period: Option<String>,
    /// Indicators that the narrative rounds down in the manner of official reports: "trên 9.000".
    pub rounded_down: Vec<String>,
    /// What a unit must have to be ranked; units below are listed apart.
    pub ranking_minimum: RankingMinimum,
}

/// The least volumes that rankings compare: a share of very little says nothing.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RankingMinimum {
    /// Ranked by result: people who signed up.
    pub result: i64,
    /// Ranked by share of target: the target, in units of the indicator's last decimal.
    pub target: i64,
    /// Ranked by growth: the potential, in units of its last decimal.
    pub growth: i64,
}

/// A document that the plan rests on.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LegalBasis {
    /// Number and symbol: `81-KH/TU`.
    pub number: String,
    /// Date of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who issued it.
    pub issuer: String,
    /// What it is about.
    pub subject: String,
}

/// What a plan is to reach.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Objectives {
    /// In one sentence.
    pub overall: String,
    /// One by one.
    pub specific: Vec<Objective>,
}

/// One specific objective.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Objective {
    /// Its wording.
    pub text: String,
    /// The indicator that tells whether it is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// Where the indicator is wanted to go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<WantedDirection>,
}

/// Where an indicator is wanted to go.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WantedDirection {
    /// More is better.
    Up,
    /// Less is better: debt, evasion, one-time withdrawals.
    Down,
}

/// Whom the campaign addresses.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Audience {
    /// Short id within the plan, used by slogans and activities.
    pub id: String,
    /// Name.
    pub name: String,
}

/// A slogan for an audience.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Slogan {
    /// Id of the audience.
    pub audience: String,
    /// Its wording.
    pub text: String,
}

/// A part of the campaign.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Workstream {
    /// Short id within the plan, used by tasks and activities.
    pub id: String,
    /// Name.
    pub name: String,
}

/// Something that is to happen.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PlannedActivity {
    /// Id of the workstream.
    pub workstream: String,
    /// Activity kind of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its wording.
    pub text: String,
    /// At least so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    /// When: a period such as `2024-05` or `2024-Q2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
}

/// Who does what.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Responsibility {
    /// The organization, when it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// Its name as the plan writes it, or of a group ("Phòng LĐTBXH các huyện, thành phố").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it leads or helps.
    pub role: ResponsibilityRole,
    /// What it does.
    pub text: String,
}

/// Whether a body leads or helps.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResponsibilityRole {
    /// Chủ trì.
    #[default]
    Lead,
    /// Phối hợp.
    Coordinate,
}

/// Money for one purpose.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct BudgetLine {
    /// Purpose.
    pub name: String,
    /// Allotted, in whole đồng.
    pub allotted_vnd: i64,
    /// Spent so far, in whole đồng.
    pub spent_vnd: i64,
}

impl Plan {
    /// Allotted and spent in all, in whole đồng.
    pub fn budget_totals(&self) -> (i64, i64) {
        self.budget_lines
            .iter()
            .fold((0, 0), |(allotted, spent), line| {
                (
                    allotted.saturating_add(line.allotted_vnd),
                    spent.saturating_add(line.spent_vnd),
                )
            })
    }

    /// The plan as the start of next year's: everything but what was spent.
    #[must_use]
    pub fn for_next_campaign(mut self) -> Self {
        for line in &mut self.budget_lines {
            line.spent_vnd = 0;
        }
        for activity in &mut self.activities_planned {
            activity.period = None;
        }
        self
    }
}
