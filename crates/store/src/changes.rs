//! The change log: one row per accepted write, numbered without gaps within a province.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one, scalar};
use crate::{Args, Scope, StoreError};

/// One accepted write.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ChangeRow {
    /// Province at the time of recording; `vn` for what belongs to the whole country.
    pub province_id: String,
    /// 1, 2, 3, … within the province, in the order of commits.
    pub seq: i64,
    /// Instant, UTC.
    pub at: String,
    /// Who; none for the system itself.
    pub actor_id: Option<String>,
    /// On behalf of which organization.
    pub organization_id: Option<String>,
    /// Through which door it came.
    pub door: String,
    /// The use case.
    pub operation: String,
    /// Kind of the record written.
    pub entity: String,
    /// Its id.
    pub entity_id: String,
    /// Hash of the request that created the record.
    pub input_sha256: Option<String>,
    /// The record before, as JSON, without personal data.
    pub before_json: Option<String>,
    /// The record after, as JSON, without personal data.
    pub after_json: Option<String>,
    /// Whether it changed facts or targets.
    pub changes_figures: bool,
}

const COLUMNS: &str = "province_id, seq, at, actor_id, organization_id, door, operation, entity, \
     entity_id, input_sha256, before_json, after_json, changes_figures";

/// Appends a row and returns its number; `row.seq` is not read.
///
/// The number is taken by updating the province's head, whose row stays locked until the
/// transaction ends: within a province, rows become visible in the order of their numbers.
pub async fn change_insert(db: &impl ConnectionTrait, row: &ChangeRow) -> Result<i64, StoreError> {
    let seq: i64 = scalar(
        db,
        "insert into change_head (province_id, last_seq) values ($1, 1) \
         on conflict (province_id) do update set last_seq = change_head.last_seq + 1 \
         returning last_seq",
        Args::new().text(&row.province_id),
    )
    .await?;
    execute(
        db,
        format!(
            "insert into change ({COLUMNS}) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        Args::new()
            .text(&row.province_id)
            .int(seq)
            .text(&row.at)
            .maybe(row.actor_id.as_deref())
            .maybe(row.organization_id.as_deref())
            .text(&row.door)
            .text(&row.operation)
            .text(&row.entity)
            .text(&row.entity_id)
            .maybe(row.input_sha256.as_deref())
            .maybe(row.before_json.as_deref())
            .maybe(row.after_json.as_deref())
            .bool(row.changes_figures),
    )
    .await?;
    Ok(seq)
}

/// Makes other writers of a province wait until this transaction ends, so that what was read within
/// it still holds when it writes. A transaction that locks several goes by the order of their ids.
pub async fn change_head_lock(
    db: &impl ConnectionTrait,
    province_id: &str,
) -> Result<(), StoreError> {
    execute(
        db,
        "insert into change_head (province_id, last_seq) values ($1, 0) \
         on conflict (province_id) do update set last_seq = change_head.last_seq",
        Args::new().text(province_id),
    )
    .await?;
    Ok(())
}

/// The rows of a province after number `after`, oldest first.
///
/// A reader that goes on from the last number it got misses nothing.
pub async fn change_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<ChangeRow>, StoreError> {
    all(
        db,
        format!(
            "select {COLUMNS} from change where province_id = $1 and seq > $2 \
             order by seq limit $3"
        ),
        Args::new().text(province_id).int(after).int(limit),
    )
    .await
}

/// The newest rows in scope, newest first, of one entity when `entity_id` is given.
pub async fn change_list_recent(
    db: &impl ConnectionTrait,
    scope: &Scope,
    entity_id: Option<&str>,
    before_at: Option<&str>,
    limit: i64,
) -> Result<Vec<ChangeRow>, StoreError> {
    let mut args = Args::new();
    let provinces = Scope {
        units: vec![],
        ..scope.clone()
    };
    let mut condition = provinces.condition(&mut args, "change", "entity_id", &["organization_id"]);
    if let Some(id) = entity_id {
        condition.push_str(&format!(" and entity_id = {}", args.push(id)));
    }
    if let Some(at) = before_at {
        condition.push_str(&format!(" and at < {}", args.push(at)));
    }
    let limit = args.push_int(limit);
    all(
        db,
        format!(
            "select {COLUMNS} from change where {condition} \
             order by at desc, province_id, seq desc limit {limit}"
        ),
        args,
    )
    .await
}

/// The change that created a record, to tell a repeated request from a different one.
pub async fn change_get_creation(
    db: &impl ConnectionTrait,
    province_id: &str,
    entity: &str,
    entity_id: &str,
) -> Result<Option<ChangeRow>, StoreError> {
    one(
        db,
        format!(
            "select {COLUMNS} from change where province_id = $1 and entity_id = $2 \
             and entity = $3 and input_sha256 is not null order by seq limit 1"
        ),
        Args::new().text(province_id).text(entity_id).text(entity),
    )
    .await
}

/// How far the log of each province has come.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ChangeHead {
    /// The province.
    pub province_id: String,
    /// Number of its newest change.
    pub last_seq: i64,
}

/// The heads of all provinces.
pub async fn change_head_list(db: &impl ConnectionTrait) -> Result<Vec<ChangeHead>, StoreError> {
    all(
        db,
        "select province_id, last_seq from change_head order by province_id",
        Args::new(),
    )
    .await
}

/// A number of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct ChangeSeq {
    /// The number within its province.
    pub seq: i64,
}

/// The numbers of the changes of a province after `after` that changed facts or targets, oldest first.
pub async fn change_list_of_figures(
    db: &impl ConnectionTrait,
    province_id: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<ChangeSeq>, StoreError> {
    all(
        db,
        "select seq from change where province_id = $1 and seq > $2 and changes_figures \
         order by seq limit $3",
        Args::new().text(province_id).int(after).int(limit),
    )
    .await
}
