//! Targets: what a unit is to reach for an indicator in a period. A new value is a new revision.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one};
use crate::{Args, Page, Scope, StoreError};

/// One revision of a target.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TargetRow {
    /// Province of the unit, or the country.
    pub province_id: String,
    /// The same for all revisions.
    pub id: String,
    /// 1, 2, ….
    pub revision: i64,
    /// Whether it is the one that holds.
    pub current: bool,
    /// The indicator.
    pub indicator: String,
    /// The unit.
    pub admin_unit_id: String,
    /// The period, as written in the API.
    pub period: String,
    /// What is to be reached, in the indicator's smallest decimal.
    pub value: i64,
    /// The target of the unit above that it was spread from.
    pub spread_from_id: Option<String>,
    /// By what it was spread: `equal`, `population`, `indicator:ID@PERIOD`.
    pub spread_base: Option<String>,
    /// Why it was set so.
    pub reason: String,
    /// Instant, UTC.
    pub recorded_at: String,
    /// Account.
    pub recorded_by: Option<String>,
}

const COLUMNS: &str = "province_id, id, revision, current, indicator, admin_unit_id, period, \
     value, spread_from_id, spread_base, reason, recorded_at, recorded_by";

/// Writes a revision; the earlier ones of the same id hold no longer.
pub async fn target_insert(db: &impl ConnectionTrait, row: &TargetRow) -> Result<(), StoreError> {
    execute(
        db,
        "update target set current = $1 where province_id = $2 and id = $3",
        Args::new().bool(false).text(&row.province_id).text(&row.id),
    )
    .await?;
    execute(
        db,
        format!(
            "insert into target ({COLUMNS}) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        Args::new()
            .text(&row.province_id)
            .text(&row.id)
            .int(row.revision)
            .bool(row.current)
            .text(&row.indicator)
            .text(&row.admin_unit_id)
            .text(&row.period)
            .int(row.value)
            .maybe(row.spread_from_id.as_deref())
            .maybe(row.spread_base.as_deref())
            .text(&row.reason)
            .text(&row.recorded_at)
            .maybe(row.recorded_by.as_deref()),
    )
    .await?;
    Ok(())
}

/// The target that holds for an indicator, unit and period.
pub async fn target_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    indicator: &str,
    admin_unit_id: &str,
    period: &str,
) -> Result<Option<TargetRow>, StoreError> {
    one(
        db,
        format!(
            "select {COLUMNS} from target where province_id = $1 and indicator = $2 \
             and admin_unit_id = $3 and period = $4 and current"
        ),
        Args::new()
            .text(province_id)
            .text(indicator)
            .text(admin_unit_id)
            .text(period),
    )
    .await
}

/// Which targets are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct TargetFilter<'a> {
    /// Only this indicator.
    pub indicator: Option<&'a str>,
    /// Only these units.
    pub units: Option<&'a [String]>,
    /// Only this period.
    pub period: Option<&'a str>,
    /// Only this id, with the revisions that hold no longer.
    pub history_of: Option<&'a str>,
}

/// Targets in scope by id and revision, keyset by `ID@REVISION` of the row before.
pub async fn target_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &TargetFilter<'_>,
    page: &Page,
) -> Result<Vec<TargetRow>, StoreError> {
    let mut args = Args::new();
    let mut parts = vec![scope.condition(&mut args, "target", "admin_unit_id", &[])];
    match filter.history_of {
        Some(id) => parts.push(format!("id = {}", args.push(id))),
        None => parts.push("current".to_owned()),
    }
    for (column, value) in [("indicator", filter.indicator), ("period", filter.period)] {
        if let Some(value) = value {
            parts.push(format!("{column} = {}", args.push(value)));
        }
    }
    if let Some(units) = filter.units {
        parts.push(format!("admin_unit_id in ({})", args.list(units)));
    }
    let after = page.after.as_deref().and_then(|key| key.rsplit_once('@'));
    if let Some((id, revision)) = after {
        let revision = revision.parse().unwrap_or(i64::MAX);
        let (id, revision) = (args.push(id), args.push_int(revision));
        parts.push(format!("(id, revision) > ({id}, {revision})"));
    }
    let limit = args.push_int(page.limit);
    let condition = parts.join(" and ");
    all(
        db,
        format!(
            "select {COLUMNS} from target where {condition} order by id, revision limit {limit}"
        ),
        args,
    )
    .await
}

/// Every target that holds, for figures to be compared with.
pub async fn target_list_current(db: &impl ConnectionTrait) -> Result<Vec<TargetRow>, StoreError> {
    all(
        db,
        format!("select {COLUMNS} from target where current"),
        Args::new(),
    )
    .await
}
