//! Conversations with people, each with its versions.

use std::sync::LazyLock;

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::changes::ChangeRow;
use crate::facts::FactRow;
use crate::records::{self, Record, day_and_id};
use crate::{Args, Creation, Page, Scope, StoreError};

/// One version of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ConsultationRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// 1, 2, …: a correction is a new version.
    pub version: i64,
    /// Whether this is the newest version.
    #[serde(deserialize_with = "records::yes_or_no")]
    pub current: bool,
    /// The campaign.
    pub campaign_id: String,
    /// The activity.
    pub activity_id: Option<String>,
    /// The team.
    pub team_id: Option<String>,
    /// The counsellor.
    pub counsellor_id: Option<String>,
    /// The organization that does or reports it.
    pub organization_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// Place, in words.
    pub place: String,
    /// Local day.
    pub day: String,
    /// When it began, local time.
    pub started_at: Option<String>,
    /// People in the conversation.
    pub people: i64,
    /// The person.
    pub person_id: Option<String>,
    /// The household.
    pub household_id: Option<String>,
    /// Schemes spoken of, a JSON list.
    pub schemes: String,
    /// How it ended.
    pub outcome: String,
    /// What comes next.
    pub next_step: Option<String>,
    /// When.
    pub next_step_day: Option<String>,
    /// Anything else worth knowing.
    pub note: String,
    /// Instant of recording, UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub recorded_by: Option<String>,
    /// Quotes that belong to it, sealed.
    pub quotes_sealed: Option<String>,
}

impl Record for ConsultationRow {
    const TABLE: &'static str = "consultation";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .int(self.version)
            .bool(self.current)
            .text(&self.campaign_id)
            .maybe(self.activity_id.as_deref())
            .maybe(self.team_id.as_deref())
            .maybe(self.counsellor_id.as_deref())
            .text(&self.organization_id)
            .text(&self.admin_unit_id)
            .text(&self.place)
            .text(&self.day)
            .maybe(self.started_at.as_deref())
            .int(self.people)
            .maybe(self.person_id.as_deref())
            .maybe(self.household_id.as_deref())
            .text(&self.schemes)
            .text(&self.outcome)
            .maybe(self.next_step.as_deref())
            .maybe(self.next_step_day.as_deref())
            .text(&self.note)
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
            .maybe(self.quotes_sealed.as_deref())
    }
}

/// Writes a version of a consultation in one statement; false when there is one with this number.
pub async fn consultation_insert(
    db: &impl ConnectionTrait,
    row: &ConsultationRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// A new consultation with its facts and its change row, for [`crate::Db::create`].
pub fn consultation_creation(
    row: &ConsultationRow,
    facts: &[FactRow],
    change: &ChangeRow,
) -> Creation {
    static INSERTION: LazyLock<String> = LazyLock::new(records::insertion::<ConsultationRow>);
    Creation::new(&INSERTION, row, facts, change)
}

/// Ends version `version` of a consultation; false when it is not the newest any more.
pub async fn consultation_retire(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
    version: i64,
) -> Result<bool, StoreError> {
    records::retire::<ConsultationRow>(db, province_id, id, version).await
}

/// The newest version of a consultation of a province.
pub async fn consultation_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Option<ConsultationRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::get(db, "province_id = $1 and id = $2 and current", args).await
}

/// Every version of a consultation, oldest first.
pub async fn consultation_version_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Vec<ConsultationRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::list(db, "province_id = $1 and id = $2 order by version", args).await
}

/// Which consultations of a campaign are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct ConsultationFilter {
    /// Only at this activity.
    pub activity_id: Option<String>,
    /// Only by this team.
    pub team_id: Option<String>,
    /// Only with this outcome.
    pub outcome: Option<String>,
    /// Only in these units.
    pub units: Option<Vec<String>>,
    /// Only from this day on.
    pub from: Option<String>,
    /// Only up to this day.
    pub to: Option<String>,
}

/// Consultations of a campaign in scope by day and id; `page.after` is `day|id`.
pub async fn consultation_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
    filter: &ConsultationFilter,
    page: &Page,
) -> Result<Vec<ConsultationRow>, StoreError> {
    let mut args = Args::new().text(province_id).text(campaign_id);
    let mut parts = vec![
        "province_id = $1 and campaign_id = $2 and current".to_owned(),
        scope.condition(
            &mut args,
            "consultation",
            "admin_unit_id",
            &["organization_id"],
        ),
    ];
    let equal = [
        ("activity_id", &filter.activity_id),
        ("team_id", &filter.team_id),
        ("outcome", &filter.outcome),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            parts.push(format!("{column} = {}", args.push(value)));
        }
    }
    if let Some(units) = &filter.units {
        parts.push(format!("admin_unit_id in ({})", args.list(units)));
    }
    if let Some(day) = &filter.from {
        parts.push(format!("day >= {}", args.push(day)));
    }
    if let Some(day) = &filter.to {
        parts.push(format!("day <= {}", args.push(day)));
    }
    if let Some(after) = &page.after {
        let (day, id) = day_and_id(after);
        let (day, id) = (args.push(day), args.push(id));
        parts.push(format!("(day, id) > ({day}, {id})"));
    }
    let limit = args.push_int(page.limit);
    let condition = format!("{} order by day, id limit {limit}", parts.join(" and "));
    records::list(db, &condition, args).await
}
