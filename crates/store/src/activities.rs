//! Activities and their measures, each with its versions; a province's own activity kinds.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record, day_and_id};
use crate::sql::{all, execute};
use crate::{Args, Page, Scope, StoreError};

/// A province's own activity kind.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ActivityKindRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The kind as JSON.
    pub definition_json: String,
    /// 1, 2, …: a correction is a new version.
    pub version: i64,
}

impl Record for ActivityKindRow {
    const TABLE: &'static str = "activity_kind";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.definition_json)
            .int(self.version)
    }
}

/// One version of an activity.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ActivityRow {
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
    /// Its kind.
    pub kind: String,
    /// Workstream of the plan.
    pub workstream: Option<String>,
    /// Title.
    pub title: String,
    /// Title without marks, lower case.
    pub title_search: String,
    /// The organization that does or reports it.
    pub organization_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// Place, in words.
    pub place: String,
    /// First day.
    pub first_day: String,
    /// Last day.
    pub last_day: String,
    /// When it starts, local time.
    pub starts_at: Option<String>,
    /// When it ends, local time.
    pub ends_at: Option<String>,
    /// Audiences, a JSON list.
    pub audiences: String,
    /// Languages, a JSON list of BCP 47 tags.
    pub languages: String,
    /// Its state.
    pub state: String,
    /// Anything else worth knowing.
    pub note: String,
    /// Made for the demo.
    #[serde(deserialize_with = "records::yes_or_no")]
    pub illustrative: bool,
    /// Instant of recording, UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub recorded_by: Option<String>,
}

impl Record for ActivityRow {
    const TABLE: &'static str = "activity";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .int(self.version)
            .bool(self.current)
            .text(&self.campaign_id)
            .text(&self.kind)
            .maybe(self.workstream.as_deref())
            .text(&self.title)
            .text(&self.title_search)
            .text(&self.organization_id)
            .text(&self.admin_unit_id)
            .text(&self.place)
            .text(&self.first_day)
            .text(&self.last_day)
            .maybe(self.starts_at.as_deref())
            .maybe(self.ends_at.as_deref())
            .text(&self.audiences)
            .text(&self.languages)
            .text(&self.state)
            .text(&self.note)
            .bool(self.illustrative)
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
    }
}

/// One version of a counted value of an activity.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct MeasureRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// The activity.
    pub activity_id: String,
    /// Measure of the kind.
    pub measure: String,
    /// Audience group, empty when not told apart.
    pub audience_group: String,
    /// Language, empty when not told apart.
    pub language: String,
    /// 1, 2, …: a correction is a new version.
    pub version: i64,
    /// Whether this is the newest version.
    #[serde(deserialize_with = "records::yes_or_no")]
    pub current: bool,
    /// Its id, made by the client.
    pub id: String,
    /// Local day.
    pub day: String,
    /// The count.
    pub value: i64,
    /// File that proves it.
    pub evidence_file_id: Option<String>,
    /// The organization that does or reports it.
    pub organization_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// Instant of recording, UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub recorded_by: Option<String>,
}

impl Record for MeasureRow {
    const TABLE: &'static str = "activity_measure";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.activity_id)
            .text(&self.measure)
            .text(&self.audience_group)
            .text(&self.language)
            .int(self.version)
            .bool(self.current)
            .text(&self.id)
            .text(&self.day)
            .int(self.value)
            .maybe(self.evidence_file_id.as_deref())
            .text(&self.organization_id)
            .text(&self.admin_unit_id)
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
    }
}

/// Writes a new kind of a province; false when the id is taken.
pub async fn activity_kind_insert(
    db: &impl ConnectionTrait,
    row: &ActivityKindRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// The own kinds of some provinces, by id.
pub async fn activity_kind_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
) -> Result<Vec<ActivityKindRow>, StoreError> {
    let mut args = Args::new();
    // A kind belongs to a province as a whole; whoever sees any of its units may know its kinds.
    let provinces = Scope {
        units: Vec::new(),
        organizations: Vec::new(),
        ..scope.clone()
    };
    let condition = provinces.condition(&mut args, "activity_kind", "id", &[]);
    records::list(db, &format!("{condition} order by province_id, id"), args).await
}

/// An own kind of a province.
pub async fn activity_kind_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Option<ActivityKindRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::get(db, "province_id = $1 and id = $2", args).await
}

/// Writes a version of an activity; false when there is one with this number.
pub async fn activity_insert(
    db: &impl ConnectionTrait,
    row: &ActivityRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// Ends version `version` of an activity; false when it is not the newest any more.
pub async fn activity_retire(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
    version: i64,
) -> Result<bool, StoreError> {
    records::retire::<ActivityRow>(db, province_id, id, version).await
}

/// The newest version of an activity.
pub async fn activity_get(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Option<ActivityRow>, StoreError> {
    records::get(db, "id = $1 and current", Args::new().text(id)).await
}

/// Every version of an activity, oldest first.
pub async fn activity_version_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Vec<ActivityRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::list(db, "province_id = $1 and id = $2 order by version", args).await
}

/// Which activities are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct ActivityFilter {
    /// Only of this campaign.
    pub campaign_id: Option<String>,
    /// Only of this kind.
    pub kind: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only by this organization.
    pub organization_id: Option<String>,
    /// Only in these units.
    pub units: Option<Vec<String>>,
    /// Only those that end on this day or later.
    pub from: Option<String>,
    /// Only those that begin on this day or earlier.
    pub to: Option<String>,
    /// Part of the title, already without marks.
    pub title_search: Option<String>,
}

/// Activities in scope by first day and id; `page.after` is `first_day|id`.
pub async fn activity_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ActivityFilter,
    page: &Page,
) -> Result<Vec<ActivityRow>, StoreError> {
    let mut args = Args::new();
    let mut parts = vec![
        "activity.current".to_owned(),
        scope.condition(&mut args, "activity", "admin_unit_id", &["organization_id"]),
    ];
    let equal = [
        ("campaign_id", &filter.campaign_id),
        ("kind", &filter.kind),
        ("state", &filter.state),
        ("organization_id", &filter.organization_id),
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
        parts.push(format!("last_day >= {}", args.push(day)));
    }
    if let Some(day) = &filter.to {
        parts.push(format!("first_day <= {}", args.push(day)));
    }
    if let Some(text) = &filter.title_search {
        let text = args.push(format!("%{text}%"));
        parts.push(format!("title_search like {text}"));
    }
    if let Some(after) = &page.after {
        let (day, id) = day_and_id(after);
        let (day, id) = (args.push(day), args.push(id));
        parts.push(format!("(first_day, id) > ({day}, {id})"));
    }
    let limit = args.push_int(page.limit);
    let condition = parts.join(" and ");
    let condition = format!("{condition} order by first_day, id limit {limit}");
    records::list(db, &condition, args).await
}

/// Writes versions of measures; returns how many were new.
pub async fn measure_insert_many(
    db: &impl ConnectionTrait,
    rows: &[MeasureRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// Ends the newest version of a measure; false when `row.version` is not the newest any more.
pub async fn measure_retire(
    db: &impl ConnectionTrait,
    row: &MeasureRow,
) -> Result<bool, StoreError> {
    let ended = execute(
        db,
        "update activity_measure set current = false where province_id = $1 and activity_id = $2 \
         and measure = $3 and audience_group = $4 and language = $5 and version = $6 and current",
        Args::new()
            .text(&row.province_id)
            .text(&row.activity_id)
            .text(&row.measure)
            .text(&row.audience_group)
            .text(&row.language)
            .int(row.version),
    )
    .await?;
    Ok(ended == 1)
}

/// The newest measures of an activity, by measure, group and language.
pub async fn measure_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<Vec<MeasureRow>, StoreError> {
    records::list(
        db,
        "province_id = $1 and activity_id = $2 and current \
         order by measure, audience_group, language",
        Args::new().text(province_id).text(activity_id),
    )
    .await
}

/// Every version of every measure of an activity, oldest first.
pub async fn measure_version_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    activity_id: &str,
) -> Result<Vec<MeasureRow>, StoreError> {
    records::list(
        db,
        "province_id = $1 and activity_id = $2 \
         order by measure, audience_group, language, version",
        Args::new().text(province_id).text(activity_id),
    )
    .await
}

/// A measure of a whole campaign in one language or for one audience group.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct MeasureSum {
    /// Kind of the activities.
    pub kind: String,
    /// The measure.
    pub measure: String,
    /// Language, empty when not told apart.
    pub language: String,
    /// Audience group, empty when not told apart.
    pub audience_group: String,
    /// Sum over the activities.
    pub value: i64,
    /// How many activities.
    pub activities: i64,
}

/// Sums of a campaign's measures by kind, language and audience group, up to a day, in scope.
pub async fn measure_sum_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
    last_day: &str,
) -> Result<Vec<MeasureSum>, StoreError> {
    let mut args = Args::new()
        .text(province_id)
        .text(campaign_id)
        .text(last_day);
    let seen = scope.condition(&mut args, "activity", "admin_unit_id", &["organization_id"]);
    all(
        db,
        format!(
            "select activity.kind, activity_measure.measure, activity_measure.language, \
             activity_measure.audience_group, \
             cast(sum(activity_measure.value) as bigint) as value, \
             count(distinct activity.id) as activities \
             from activity_measure join activity \
             on activity.province_id = activity_measure.province_id \
             and activity.id = activity_measure.activity_id and activity.current \
             where activity.province_id = $1 and activity.campaign_id = $2 \
             and activity.state <> 'cancelled' and activity_measure.current \
             and activity_measure.day <= $3 and {seen} \
             group by activity.kind, activity_measure.measure, activity_measure.language, \
             activity_measure.audience_group \
             order by activity.kind, activity_measure.measure, activity_measure.language, \
             activity_measure.audience_group"
        ),
        args,
    )
    .await
}
