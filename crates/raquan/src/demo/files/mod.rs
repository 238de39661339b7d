//! The shapes of the files in `data/campaigns/`, and the files themselves, compiled in.

mod activities;
mod figures;
mod tasks;

use domain::admin_units::Level;
use domain::plan::Plan;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};

pub use activities::{
    ActivitiesFile, ActivityText, Each, EnrollmentsText, FieldText, ReadinessText, Series,
    SeriesMeasure, SitesText, TeamsText,
};
pub use figures::{FiguresFile, ObservationText, Point, SplitBy, TargetText, Total};
pub use tasks::{InformedText, TaskEventText, TaskEventWord, TaskText, TasksFile};

/// All of the demo.
#[derive(Debug)]
pub struct DemoFiles {
    /// The campaigns, in the order of loading.
    pub campaigns: Vec<CampaignFiles>,
    /// Accounts for trying out.
    pub users: UsersFile,
}

/// The files of one campaign.
#[derive(Debug)]
pub struct CampaignFiles {
    /// `campaign.toml`.
    pub campaign: CampaignFile,
    /// `organizations.toml`.
    pub organizations: OrganizationsFile,
    /// `tasks.toml`.
    pub tasks: TasksFile,
    /// `activities.toml`.
    pub activities: ActivitiesFile,
    /// `figures.toml`.
    pub figures: FiguresFile,
}

/// `campaign.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignFile {
    /// Readable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Body that issues it.
    pub organization: String,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Date,
    /// Number of the plan as a document.
    pub document_number: String,
    /// Its date.
    pub document_date: Date,
    /// What is illustrative.
    pub illustrative: String,
    /// The plan.
    pub plan: Plan,
}

/// `organizations.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationsFile {
    /// Bodies one by one.
    #[serde(default)]
    pub organization: Vec<Body>,
    /// One body for each unit of a level.
    #[serde(default)]
    pub for_each: Vec<BodyForEach>,
}

/// A body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Readable id.
    pub id: String,
    /// Kind of the catalogue.
    pub kind: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: Option<String>,
    /// Unit.
    pub unit: String,
    /// Body above it.
    pub parent: Option<String>,
}

/// A body for each unit of a level; texts hold `{unit}` and `{code}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyForEach {
    /// Level of the units.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// Id.
    pub id: String,
    /// Kind of the catalogue.
    pub kind: String,
    /// Full name.
    pub name: String,
    /// Body above it.
    pub parent: Option<String>,
}

/// `users.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsersFile {
    /// Password of all of them.
    pub password: String,
    /// Accounts.
    pub user: Vec<UserText>,
}

/// An account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserText {
    /// Name to sign in with.
    pub username: String,
    /// Name shown.
    pub display_name: String,
    /// Role.
    pub role: String,
    /// Over this unit; the whole country when not given.
    pub unit: Option<String>,
    /// Organization that it belongs to.
    pub organization: Option<String>,
}

fn level<'de, D: Deserializer<'de>>(input: D) -> Result<Level, D::Error> {
    let word = String::deserialize(input)?;
    Level::parse(&word).ok_or_else(|| D::Error::custom(format!("there is no level {word}")))
}

fn read<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("data/campaigns/{name}: {error}"))
}

macro_rules! campaign_files {
    ($id:literal) => {{
        macro_rules! file {
            ($name:literal) => {
                read(
                    concat!($id, "/", $name),
                    include_str!(concat!("../../../../../data/campaigns/", $id, "/", $name)),
                )?
            };
        }
        CampaignFiles {
            campaign: file!("campaign.toml"),
            organizations: file!("organizations.toml"),
            tasks: file!("tasks.toml"),
            activities: file!("activities.toml"),
            figures: file!("figures.toml"),
        }
    }};
}

impl DemoFiles {
    /// The files compiled in; the error names the file and the place in it.
    pub fn embedded() -> Result<Self, String> {
        let users = include_str!("../../../../../data/campaigns/users.toml");
        Ok(Self {
            campaigns: vec![
                campaign_files!("ninh-thuan-2021"),
                campaign_files!("nghe-an-2022"),
                campaign_files!("nghe-an-2022-launch"),
                campaign_files!("dak-lak-2022"),
                campaign_files!("hai-duong-2024"),
            ],
            users: read("users.toml", users)?,
        })
    }
}

impl CampaignFiles {
    /// The total of this id.
    pub fn total(&self, id: &str) -> Result<&Total, String> {
        self.figures
            .total
            .iter()
            .find(|total| total.id == id)
            .ok_or_else(|| {
                format!(
                    "data/campaigns/{}/figures.toml: there is no total {id}",
                    self.campaign.id
                )
            })
    }
}
