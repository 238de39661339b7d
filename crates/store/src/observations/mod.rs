//! Observations: what units report, one version after the other.

mod locks;

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

pub use locks::*;

use crate::records::{self, Record};
use crate::sql::{all, execute, one};
use crate::{Args, Page, Scope, StoreError};

/// One version of a reported figure.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ObservationRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// The same for all versions.
    pub id: String,
    /// 1, 2, ….
    pub version: i64,
    /// Whether it is the version that holds.
    #[serde(deserialize_with = "records::yes_or_no")]
    pub current: bool,
    /// The indicator.
    pub indicator: String,
    /// The unit that reports.
    pub admin_unit_id: String,
    /// The period, as written in the API.
    pub period: String,
    /// First day of the period.
    pub first_day: String,
    /// Last day of the period.
    pub last_day: String,
    /// The figure.
    pub value: i64,
    /// Where it comes from.
    pub source: String,
    /// `submitted` or `approved`.
    pub state: String,
    /// Organization of who reported it.
    pub organization_id: Option<String>,
    /// The import it came with.
    pub import_id: Option<String>,
    /// Why it was corrected.
    pub reason: Option<String>,
    /// Made for the demo, or split by rule from a figure of a larger unit.
    #[serde(deserialize_with = "records::yes_or_no")]
    pub illustrative: bool,
    /// Instant, UTC.
    pub recorded_at: String,
    /// Account.
    pub recorded_by: Option<String>,
    /// Instant of approval.
    pub approved_at: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
}

impl Record for ObservationRow {
    const TABLE: &'static str = "observation";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .int(self.version)
            .bool(self.current)
            .text(&self.indicator)
            .text(&self.admin_unit_id)
            .text(&self.period)
            .text(&self.first_day)
            .text(&self.last_day)
            .int(self.value)
            .text(&self.source)
            .text(&self.state)
            .maybe(self.organization_id.as_deref())
            .maybe(self.import_id.as_deref())
            .maybe(self.reason.as_deref())
            .bool(self.illustrative)
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
            .maybe(self.approved_at.as_deref())
            .maybe(self.approved_by.as_deref())
    }
}

/// Writes versions, many to a statement; returns how many were new.
///
/// A version whose id, or whose indicator, unit and period, is taken already is left out.
pub async fn observation_insert(
    db: &impl ConnectionTrait,
    rows: &[ObservationRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// Ends the current versions of these observations, before their corrections are written; returns
/// how many there were.
pub async fn observation_retire_many(
    db: &impl ConnectionTrait,
    province_id: &str,
    ids: &[String],
) -> Result<u64, StoreError> {
    let mut retired = 0;
    for chunk in ids.chunks(5_000) {
        let mut args = Args::new().text(province_id);
        let list = args.list(chunk);
        let text = format!(
            "update observation set current = false \
             where province_id = $1 and id in ({list}) and current"
        );
        retired += execute(db, text, args).await?;
    }
    Ok(retired)
}

/// Marks current versions as approved, those that are not yet; returns how many it changed.
pub async fn observation_approve_many(
    db: &impl ConnectionTrait,
    province_id: &str,
    ids: &[String],
    at: &str,
    by: Option<&str>,
) -> Result<u64, StoreError> {
    let mut approved = 0;
    for chunk in ids.chunks(5_000) {
        let mut args = Args::new().text(at).maybe(by).text(province_id);
        let list = args.list(chunk);
        let text = format!(
            "update observation set state = 'approved', approved_at = $1, approved_by = $2 \
             where province_id = $3 and id in ({list}) and current and state = 'submitted'"
        );
        approved += execute(db, text, args).await?;
    }
    Ok(approved)
}

/// The current version of an observation.
pub async fn observation_get(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Option<ObservationRow>, StoreError> {
    records::get(db, "id = $1 and current", Args::new().text(id)).await
}

/// The current versions of several observations, in no order.
pub async fn observation_get_many(
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<Vec<ObservationRow>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(5_000) {
        let mut args = Args::new();
        let condition = format!("id in ({}) and current", args.list(chunk));
        found.extend(records::list(db, &condition, args).await?);
    }
    Ok(found)
}

/// Every version of an observation, the newest first.
pub async fn observation_history(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Vec<ObservationRow>, StoreError> {
    let condition = "id = $1 order by version desc limit 200";
    records::list(db, condition, Args::new().text(id)).await
}

/// What of an observation decides whether another one may stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ObservationCell {
    /// Province at the time of recording.
    pub province_id: String,
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// The indicator.
    pub indicator: String,
    /// The unit that reports.
    pub admin_unit_id: String,
    /// The period, as written in the API.
    pub period: String,
    /// The figure.
    pub value: i64,
    /// Where it comes from.
    pub source: String,
    /// `submitted` or `approved`.
    pub state: String,
    /// Organization of who reported it.
    pub organization_id: Option<String>,
}

/// The current observations of some indicators whose periods share a day with the days given, of
/// whole provinces or, when `units` is given, of these units only.
pub async fn observation_list_cells(
    db: &impl ConnectionTrait,
    provinces: &[String],
    indicators: &[String],
    units: Option<&[String]>,
    first_day: &str,
    last_day: &str,
) -> Result<Vec<ObservationCell>, StoreError> {
    let mut args = Args::new();
    let (provinces, indicators) = (args.list(provinces), args.list(indicators));
    let (first, last) = (args.push(first_day), args.push(last_day));
    let mut text = format!(
        "select province_id, id, version, indicator, admin_unit_id, period, value, source, state, \
         organization_id from observation where current and province_id in ({provinces}) \
         and indicator in ({indicators}) and last_day >= {first} and first_day <= {last}"
    );
    if let Some(units) = units {
        text.push_str(&format!(" and admin_unit_id in ({})", args.list(units)));
    }
    all(db, text, args).await
}

/// Which observations are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct ObservationFilter {
    /// Only this indicator.
    pub indicator: Option<String>,
    /// Only these units.
    pub units: Option<Vec<String>>,
    /// Only exactly this period.
    pub period: Option<String>,
    /// Only those whose period ends on this day or later.
    pub first_day: Option<String>,
    /// Only those whose period ends on this day or earlier.
    pub last_day: Option<String>,
    /// Only this state.
    pub state: Option<String>,
    /// Only those of this import.
    pub import_id: Option<String>,
}

impl ObservationFilter {
    fn condition(&self, args: &mut Args, scope: &Scope) -> String {
        let seen = scope.condition(args, "observation", "admin_unit_id", &["organization_id"]);
        let mut parts = vec!["current".to_owned(), seen];
        let equal = [
            ("indicator", &self.indicator),
            ("period", &self.period),
            ("state", &self.state),
            ("import_id", &self.import_id),
        ];
        for (column, value) in equal {
            if let Some(value) = value {
                parts.push(format!("{column} = {}", args.push(value)));
            }
        }
        if let Some(units) = &self.units {
            parts.push(format!("admin_unit_id in ({})", args.list(units)));
        }
        if let Some(day) = &self.first_day {
            parts.push(format!("last_day >= {}", args.push(day)));
        }
        if let Some(day) = &self.last_day {
            parts.push(format!("last_day <= {}", args.push(day)));
        }
        parts.join(" and ")
    }
}

/// Current observations in scope, the newest period first; keyset by `last_day|id`.
pub async fn observation_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ObservationFilter,
    page: &Page,
) -> Result<Vec<ObservationRow>, StoreError> {
    let mut args = Args::new();
    let mut condition = filter.condition(&mut args, scope);
    if let Some(after) = &page.after {
        let (day, id) = records::day_and_id(after);
        let (day, id) = (args.push(day), args.push(id));
        condition.push_str(&format!(" and (last_day, id) < ({day}, {id})"));
    }
    let limit = args.push_int(page.limit);
    condition.push_str(&format!(" order by last_day desc, id desc limit {limit}"));
    records::list(db, &condition, args).await
}

/// How many observations stand in which state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ObservationCount {
    /// All of them.
    pub observations: i64,
    /// Those approved.
    pub approved: i64,
}

/// Counts the current observations in scope.
pub async fn observation_count(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ObservationFilter,
) -> Result<ObservationCount, StoreError> {
    let mut args = Args::new();
    let condition = filter.condition(&mut args, scope);
    let text = format!(
        "select count(*) as observations, count(*) filter (where state = 'approved') as approved \
         from observation where {condition}"
    );
    let found = one(db, text, args).await?;
    Ok(found.unwrap_or(ObservationCount {
        observations: 0,
        approved: 0,
    }))
}
