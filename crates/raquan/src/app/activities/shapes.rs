//! What can be handed in about the parts of an activity, and all of them together.

use serde::{Deserialize, Serialize};
use store::sites::{ReadinessItemRow, ScriptLineRow, SiteRow};
use store::teams::{ResourceRow, RosterPlaceRow, TeamRow};
use utoipa::ToSchema;

/// A place of an activity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteInput {
    /// Made by the client.
    pub id: String,
    /// Unit it lies in.
    pub admin_unit_id: String,
    /// Name.
    pub name: String,
    /// Where exactly.
    pub place: String,
    /// When it starts, local: `2022-05-08T07:00`.
    pub starts_at: String,
    /// Who answers for it; the activity's organization when not given.
    pub organization_id: Option<String>,
}

/// A line of a site's checklist.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadinessItemInput {
    /// Made by the client.
    pub id: String,
    /// The site.
    pub site_id: String,
    /// What is to be ready.
    pub title: String,
    /// Who answers for it.
    pub organization_id: String,
    /// To be done by then, local: `2022-05-07T19:00`.
    pub due_at: String,
    /// Anything else worth knowing.
    #[serde(default)]
    pub note: String,
}

/// A line of the script.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScriptLineInput {
    /// Made by the client.
    pub id: String,
    /// When it starts: `07:00`.
    pub starts_at: String,
    /// When it ends.
    pub ends_at: Option<String>,
    /// What happens.
    pub what: String,
    /// Who does it.
    #[serde(default)]
    pub who: String,
    /// Organization that does it.
    pub organization_id: Option<String>,
}

/// Vehicles and things used.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceInput {
    /// Made by the client.
    pub id: String,
    /// Site it is used at; none for the whole activity.
    pub site_id: Option<String>,
    /// `car`, `motorbike`, `loudspeaker`, `banner`, `flag`, `decal`, `leaflet`, `other`.
    pub kind: String,
    /// How many.
    pub quantity: i64,
    /// Who brings it.
    pub organization_id: Option<String>,
    /// Anything else worth knowing.
    #[serde(default)]
    pub note: String,
}

/// Counsellors together.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamInput {
    /// Made by the client.
    pub id: String,
    /// Site it belongs to.
    pub site_id: Option<String>,
    /// Name.
    pub name: String,
    /// Organization it belongs to; the activity's when not given.
    pub organization_id: Option<String>,
    /// Unit it works in.
    pub admin_unit_id: String,
    /// How many people.
    pub member_count: i64,
}

/// Which team is at which place when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterPlaceInput {
    /// Made by the client.
    pub id: String,
    /// The team.
    pub team_id: String,
    /// Unit of the place.
    pub admin_unit_id: String,
    /// The place, in words.
    pub place: String,
    /// Day.
    pub day: String,
    /// From: `07:30`.
    pub starts_at: Option<String>,
    /// To.
    pub ends_at: Option<String>,
}

/// The parts of an activity.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// Places.
    pub sites: Vec<SiteRow>,
    /// Checklists.
    pub readiness: Vec<ReadinessItemRow>,
    /// Script.
    pub script: Vec<ScriptLineRow>,
    /// Vehicles and things.
    pub resources: Vec<ResourceRow>,
    /// Teams.
    pub teams: Vec<TeamRow>,
    /// Roster.
    pub roster: Vec<RosterPlaceRow>,
    /// Names of the organizations that appear above, by id.
    pub organization_names: Vec<(String, String)>,
}

impl Parts {
    /// The organizations that appear, with repetitions.
    pub fn organization_ids(&self) -> Vec<String> {
        let optional = [
            self.sites
                .iter()
                .map(|row| &row.organization_id)
                .collect::<Vec<_>>(),
            self.script.iter().map(|row| &row.organization_id).collect(),
            self.resources
                .iter()
                .map(|row| &row.organization_id)
                .collect(),
            self.teams.iter().map(|row| &row.organization_id).collect(),
        ];
        let required = self.readiness.iter().map(|row| row.organization_id.clone());
        optional
            .into_iter()
            .flatten()
            .flatten()
            .cloned()
            .chain(required)
            .collect()
    }
}
