//! The change log: one row per accepted write, numbered without gaps within a province.

use std::sync::LazyLock;

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::facts::{self, FactRow};
use crate::sql::{Script, all, execute, one};
use crate::{Args, StoreError};

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

const COLUMNS: &str = "province_id, at, actor_id, organization_id, door, operation, entity, \
     entity_id, input_sha256, before_json, after_json, changes_figures, seq";

/// Writes a row with the arguments of an [`UnnumberedChange`] and, as the last, its number.
pub(crate) static INSERTION: LazyLock<String> = LazyLock::new(|| insertion("$13"));

fn insertion(number: &str) -> String {
    format!(
        "insert into change ({COLUMNS}) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, {number})"
    )
}

/// More facts than these are written by statements of their own, so that few texts are prepared.
const FACTS_IN_SCRIPT: usize = 64;

/// A row that gets its number when it is written.
#[derive(Debug)]
pub(crate) struct UnnumberedChange {
    /// Whose log it belongs to.
    pub province_id: String,
    /// All columns but the number, in their order.
    pub args: Args,
}

impl UnnumberedChange {
    /// `row.seq` is not read.
    pub fn of(row: &ChangeRow) -> Self {
        let args = Args::new()
            .text(&row.province_id)
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
            .bool(row.changes_figures);
        Self {
            province_id: row.province_id.clone(),
            args,
        }
    }
}

/// Appends a row and returns its number; `row.seq` is not read.
///
/// The number is taken by updating the province's head, whose row stays locked until the
/// transaction ends: within a province, rows become visible in the order of their numbers.
pub async fn change_insert(db: &impl ConnectionTrait, row: &ChangeRow) -> Result<i64, StoreError> {
    change_insert_with_facts(db, row, &[]).await
}

/// Appends a row together with the facts `added` by its record; see [`change_insert`].
pub async fn change_insert_with_facts(
    db: &impl ConnectionTrait,
    row: &ChangeRow,
    added: &[FactRow],
) -> Result<i64, StoreError> {
    let change = UnnumberedChange::of(row);
    if added.len() > FACTS_IN_SCRIPT {
        facts::fact_insert(db, added).await?;
        return append(db, change, vec![]).await;
    }
    append(db, change, added.iter().map(facts::arguments).collect()).await
}

/// Appends a row with the facts that stand in `added`; returns its number.
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    change: UnnumberedChange,
    added: Vec<Args>,
) -> Result<i64, StoreError> {
    #[derive(FromQueryResult)]
    struct Number {
        last_seq: i64,
    }
    let province = || Args::new().text(&change.province_id);
    let mut script = Script::default();
    if !added.is_empty() {
        let (text, args) = facts::insertion(added);
        script.add(text, args);
    }
    script.add(
        "insert into change_head (province_id, last_seq) values ($1, 1) \
         on conflict (province_id) do update set last_seq = change_head.last_seq + 1"
            .to_owned(),
        province(),
    );
    script.add(
        insertion("(select last_seq from change_head where province_id = $13)"),
        change.args.clone().text(&change.province_id),
    );
    script.add(
        "select last_seq from change_head where province_id = $1".to_owned(),
        province(),
    );
    let numbers: Vec<Number> = script.all(db).await?;
    match numbers.first() {
        Some(number) => Ok(number.last_seq),
        None => Err(StoreError::Database(sea_orm::DbErr::RecordNotInserted)),
    }
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

/// Which changes of a province are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct ChangeFilter {
    /// Only of records of this kind.
    pub entity: Option<String>,
    /// Only of this record; served by an index.
    pub entity_id: Option<String>,
    /// Only by this account.
    pub actor_id: Option<String>,
    /// Not before this instant.
    pub from_at: Option<String>,
    /// Before this instant.
    pub before_at: Option<String>,
    /// Only what these wrote; everybody when there is none.
    pub authors: Option<ChangeAuthors>,
}

/// Whose changes are wanted: those of an account, and those on behalf of organizations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeAuthors {
    /// This account.
    pub actor_id: Option<String>,
    /// Organizations in these provinces.
    pub provinces: Vec<String>,
    /// Organizations at these units.
    pub units: Vec<String>,
    /// These organizations.
    pub organizations: Vec<String>,
}

impl ChangeAuthors {
    /// Always a closed expression; `false` for nobody.
    fn condition(&self, args: &mut Args) -> String {
        let mut parts = Vec::new();
        if let Some(id) = &self.actor_id {
            parts.push(format!("actor_id = {}", args.push(id)));
        }
        if !self.organizations.is_empty() {
            let list = args.list(&self.organizations);
            parts.push(format!("organization_id in ({list})"));
        }
        for (column, ids) in [
            ("province_id", &self.provinces),
            ("admin_unit_id", &self.units),
        ] {
            if !ids.is_empty() {
                let list = args.list(ids);
                parts.push(format!(
                    "organization_id in (select id from organization where {column} in ({list}))"
                ));
            }
        }
        if parts.is_empty() {
            return "false".to_owned();
        }
        format!("({})", parts.join(" or "))
    }
}

/// The rows of a province with numbers above `above` and below `below`, newest first.
///
/// No more is looked through than lies between the two numbers, however few rows fit the filter.
pub async fn change_list_recent(
    db: &impl ConnectionTrait,
    province_id: &str,
    above: i64,
    below: i64,
    filter: &ChangeFilter,
    limit: i64,
) -> Result<Vec<ChangeRow>, StoreError> {
    let mut args = Args::new().text(province_id).int(above).int(below);
    let mut parts = vec!["province_id = $1 and seq > $2 and seq < $3".to_owned()];
    for (comparison, value) in [
        ("entity =", &filter.entity),
        ("entity_id =", &filter.entity_id),
        ("actor_id =", &filter.actor_id),
        ("at >=", &filter.from_at),
        ("at <", &filter.before_at),
    ] {
        if let Some(value) = value {
            parts.push(format!("{comparison} {}", args.push(value)));
        }
    }
    if let Some(authors) = &filter.authors {
        parts.push(authors.condition(&mut args));
    }
    let limit = args.push_int(limit);
    let condition = parts.join(" and ");
    let text =
        format!("select {COLUMNS} from change where {condition} order by seq desc limit {limit}");
    all(db, text, args).await
}

/// The last number of a province, up to `last`, that was recorded before an instant; 0 when none was.
///
/// Numbers follow the clock but for the moments that a write waits: ask with a margin.
pub async fn change_seq_before(
    db: &impl ConnectionTrait,
    province_id: &str,
    last: i64,
    at: &str,
) -> Result<i64, StoreError> {
    #[derive(FromQueryResult)]
    struct Instant {
        at: String,
    }
    // Invariant: `low` was recorded before the instant (0: there is nothing before), `high` was not.
    let (mut low, mut high) = (0, last + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let found = one::<Instant>(
            db,
            "select at from change where province_id = $1 and seq = $2",
            Args::new().text(province_id).int(middle),
        )
        .await?;
        match found {
            Some(instant) if instant.at.as_str() < at => low = middle,
            _ => high = middle,
        }
    }
    Ok(low)
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
