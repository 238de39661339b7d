//! `activities.toml`: activities one by one and by rule, the work of teams, gifts.

use std::collections::BTreeMap;

use domain::admin_units::Level;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;

use super::level;

/// `activities.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivitiesFile {
    /// Activities one by one.
    #[serde(default)]
    pub activity: Vec<ActivityText>,
    /// Activities by rule.
    #[serde(default)]
    pub series: Vec<Series>,
    /// Conversations and sign-ups.
    pub field: Option<FieldText>,
    /// Gifts.
    #[serde(default)]
    pub gifts: Vec<GiftsText>,
}

/// One activity with its parts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityText {
    /// Readable id.
    pub id: String,
    /// Kind of the catalogue.
    pub kind: String,
    /// Workstream of the plan.
    pub workstream: String,
    /// Title.
    pub title: String,
    /// Place.
    pub place: String,
    /// Unit; the campaign's when not given.
    pub unit: Option<String>,
    /// Who holds it.
    pub organization: String,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Date,
    /// When it starts.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Audiences of the plan.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// Languages.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Note.
    #[serde(default)]
    pub note: String,
    /// Made up.
    #[serde(default = "yes")]
    pub illustrative: bool,
    /// Day on which it was planned; without one it is recorded when it was held.
    pub planned_day: Option<Date>,
    /// When it was marked as held, if it was planned before.
    pub held_at: Option<DateTime>,
    /// Sites.
    pub sites: Option<SitesText>,
    /// Checklist of each site.
    #[serde(default)]
    pub readiness: Vec<ReadinessText>,
    /// Script.
    #[serde(default)]
    pub script: Vec<ScriptText>,
    /// Vehicles and things of each site.
    #[serde(default)]
    pub resources: Vec<ResourceText>,
    /// Teams and their places.
    pub teams: Option<TeamsText>,
    /// People who signed up there, of whom only the number is known.
    #[serde(default)]
    pub joined: Vec<JoinedText>,
}

/// So many people who signed up for a scheme.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinedText {
    /// Id that numbers are put behind.
    pub id: String,
    /// Scheme.
    pub scheme: String,
    /// How many.
    pub count: usize,
}

/// A site for each unit of a level.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SitesText {
    /// Level of the units.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// Id, with `{n}`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Place.
    pub place: String,
    /// When they start, all together.
    pub starts_at: DateTime,
    /// Who answers for it.
    pub organization: String,
}

/// A line of every site's checklist.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadinessText {
    /// Short id.
    pub key: String,
    /// What is to be ready.
    pub title: String,
    /// Who answers for it.
    pub organization: String,
    /// Deadline.
    pub due_at: DateTime,
    /// When the first site was ready.
    pub done_first: DateTime,
    /// When the last one was.
    pub done_last: DateTime,
}

/// A line of the script.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptText {
    /// When it starts.
    pub starts_at: String,
    /// When it ends.
    pub ends_at: String,
    /// What happens.
    pub what: String,
    /// Who does it.
    pub who: String,
}

/// Vehicles and things, split over the sites.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceText {
    /// Kind.
    pub kind: String,
    /// Total that is split.
    pub total: String,
    /// Who brings it.
    pub organization: String,
    /// Note.
    pub note: String,
}

/// Teams and their places, split over the districts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamsText {
    /// Total of teams.
    pub total: String,
    /// Total of places.
    pub places: String,
    /// Id, with `{code}` and `{team}`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name of a place, with `{place}` and `{commune}`.
    pub place: String,
    /// Whose the team is.
    pub organization: String,
    /// Members of a team.
    pub members: i64,
    /// Day.
    pub day: Date,
    /// From.
    pub starts_at: String,
    /// To.
    pub ends_at: String,
}

/// Many activities of one kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Id that numbers are put behind.
    pub id: String,
    /// Kind of the catalogue.
    pub kind: String,
    /// Workstream of the plan.
    pub workstream: String,
    /// Title.
    pub title: String,
    /// Place.
    pub place: String,
    /// Who holds it.
    pub organization: String,
    /// Level of the units that they are spread over.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// Total of activities; with `each` there is one for each unit and period instead.
    pub count: Option<String>,
    /// One for each unit and period of this kind.
    pub each: Option<Each>,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Date,
    /// When each starts.
    pub starts_at: Option<String>,
    /// When each ends.
    pub ends_at: Option<String>,
    /// Audiences of the plan.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// Languages.
    #[serde(default)]
    pub languages: Vec<String>,
    /// What was counted.
    #[serde(default)]
    pub measures: Vec<SeriesMeasure>,
}

/// Periods that a series has one activity of.
#[derive(Debug, Copy, Clone, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// Quarters.
    Quarter,
}

/// A total counted over a series.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesMeasure {
    /// Measure of the kind.
    pub id: String,
    /// Total that is split.
    pub total: String,
    /// Thousandths by language.
    #[serde(default)]
    pub by_language: BTreeMap<String, u64>,
    /// Thousandths by audience.
    #[serde(default)]
    pub by_audience: BTreeMap<String, u64>,
}

/// Conversations of an activity's teams, and who signed up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldText {
    /// The activity.
    pub activity: String,
    /// Day.
    pub day: Date,
    /// First conversation.
    pub first_time: String,
    /// Last one.
    pub last_time: String,
    /// Total of conversations.
    pub consultations: String,
    /// Id that numbers are put behind.
    pub id: String,
    /// Name of the synthetic persons, before their number.
    pub person_name: String,
    /// Id of persons that numbers are put behind.
    pub person_id: String,
    /// Who signed up for what.
    pub enrollments: Vec<EnrollmentsText>,
    /// The official list.
    pub confirmation: Option<ConfirmationText>,
}

/// People who signed up for a scheme.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentsText {
    /// Id that numbers are put behind.
    pub id: String,
    /// Scheme.
    pub scheme: String,
    /// Total.
    pub total: String,
    /// Months.
    pub months: i64,
    /// Amount for them.
    pub amount_vnd: i64,
}

/// An official list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationText {
    /// Id.
    pub id: String,
    /// Day on which it came.
    pub day: Date,
    /// Scheme.
    pub scheme: String,
    /// Total of claims that it confirms: every second one from the first on, as long as there are any.
    pub confirmed: String,
    /// Total of lines on it that nobody claimed.
    pub unknown: String,
}

/// Gifts of one donor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiftsText {
    /// Id of the pledge; that of a gift has a number behind.
    pub id: String,
    /// What is given.
    pub gift_kind: String,
    /// Donor.
    pub donor_name: String,
    /// Body that hands it on.
    pub organization: String,
    /// Total pledged.
    pub pledged: String,
    /// Total given.
    pub given: String,
    /// Day of the pledge.
    pub pledge_day: Date,
    /// First day of giving.
    pub first_day: Date,
    /// Last day of giving.
    pub last_day: Date,
}

fn yes() -> bool {
    true
}
