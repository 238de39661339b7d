//! Facts: what each record contributes to indicators, written in the record's transaction.

use std::sync::LazyLock;

use futures::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult, Statement, StreamTrait};

use crate::changes::ChangeHead;
use crate::sql::{all, execute, values};
use crate::{Args, Scope, StoreError};

/// One contribution of one record to one indicator.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct FactRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Record it stems from.
    pub source_id: String,
    /// Number within the record.
    pub line: i64,
    /// Kind of the record.
    pub source_entity: String,
    /// Indicator fed.
    pub indicator: String,
    /// Unit it happened in.
    pub admin_unit_id: String,
    /// Organization it is credited to.
    pub organization_id: Option<String>,
    /// Campaign it belongs to.
    pub campaign_id: Option<String>,
    /// Kind of the activity it happened at.
    pub activity_kind: Option<String>,
    /// The flow's day, or the last day of the stock's period.
    pub day: String,
    /// `reported`, `claimed` or `confirmed`.
    pub state: String,
    /// The contribution.
    pub value: i64,
}

const COLUMNS: &str = "province_id, source_id, line, source_entity, indicator, admin_unit_id, \
     organization_id, campaign_id, activity_kind, day, state, value";

/// Writes one fact, whose values [`arguments`] gives.
pub(crate) static INSERTION: LazyLock<String> = LazyLock::new(|| insertion_text(1));

fn insertion_text(rows: usize) -> String {
    format!("insert into fact ({COLUMNS}) values {}", values(rows, 12))
}

/// Writes facts, many to a statement.
pub async fn fact_insert(db: &impl ConnectionTrait, rows: &[FactRow]) -> Result<(), StoreError> {
    for chunk in rows.chunks(500) {
        let (text, args) = insertion(chunk.iter().map(arguments).collect());
        execute(db, text, args).await?;
    }
    Ok(())
}

/// The values of a fact, in the order of its columns.
pub(crate) fn arguments(row: &FactRow) -> Args {
    Args::new()
        .text(&row.province_id)
        .text(&row.source_id)
        .int(row.line)
        .text(&row.source_entity)
        .text(&row.indicator)
        .text(&row.admin_unit_id)
        .maybe(row.organization_id.as_deref())
        .maybe(row.campaign_id.as_deref())
        .maybe(row.activity_kind.as_deref())
        .text(&row.day)
        .text(&row.state)
        .int(row.value)
}

/// The statement that writes some facts, each given by its [`arguments`].
pub(crate) fn insertion(rows: Vec<Args>) -> (String, Args) {
    let text = insertion_text(rows.len());
    let mut args = Args::new();
    for row in rows {
        args.extend(row);
    }
    (text, args)
}

/// The facts of one record.
pub async fn fact_list_of_source(
    db: &impl ConnectionTrait,
    province_id: &str,
    source_id: &str,
) -> Result<Vec<FactRow>, StoreError> {
    all(
        db,
        format!(
            "select {COLUMNS} from fact where province_id = $1 and source_id = $2 order by line"
        ),
        Args::new().text(province_id).text(source_id),
    )
    .await
}

/// Takes away the facts of one record, before its correction writes the new ones.
pub async fn fact_delete_of_source(
    db: &impl ConnectionTrait,
    province_id: &str,
    source_id: &str,
) -> Result<u64, StoreError> {
    execute(
        db,
        "delete from fact where province_id = $1 and source_id = $2",
        Args::new().text(province_id).text(source_id),
    )
    .await
}

/// Takes away the facts of many records of a province; returns how many there were.
pub async fn fact_delete_of_sources(
    db: &impl ConnectionTrait,
    province_id: &str,
    source_ids: &[String],
) -> Result<u64, StoreError> {
    let mut deleted = 0;
    for chunk in source_ids.chunks(5_000) {
        let mut args = Args::new().text(province_id);
        let list = args.list(chunk);
        let text = format!("delete from fact where province_id = $1 and source_id in ({list})");
        deleted += execute(db, text, args).await?;
    }
    Ok(deleted)
}

/// Which facts are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct FactFilter<'a> {
    /// Only this indicator.
    pub indicator: Option<&'a str>,
    /// Only this campaign.
    pub campaign_id: Option<&'a str>,
    /// Only this activity kind.
    pub activity_kind: Option<&'a str>,
    /// Only these states.
    pub states: Option<&'a [String]>,
    /// Only facts recorded in these provinces; narrows the search where units are given too.
    pub provinces: Option<&'a [String]>,
    /// Only these units.
    pub units: Option<&'a [String]>,
    /// Only this organization.
    pub organization_id: Option<&'a str>,
    /// From this day on.
    pub first_day: Option<&'a str>,
    /// Up to this day.
    pub last_day: Option<&'a str>,
    /// Only the latest day of each unit and state up to the last day: the stands that a stock's figure counts.
    pub latest_only: bool,
}

impl FactFilter<'_> {
    fn condition(&self, args: &mut Args, scope: &Scope) -> String {
        let mut parts = vec![scope.condition(args, "fact", "admin_unit_id", &["organization_id"])];
        let equal = [
            ("indicator", self.indicator),
            ("campaign_id", self.campaign_id),
            ("activity_kind", self.activity_kind),
            ("organization_id", self.organization_id),
        ];
        for (column, value) in equal {
            if let Some(value) = value {
                parts.push(format!("{column} = {}", args.push(value)));
            }
        }
        let lists = [
            ("admin_unit_id", self.units),
            ("state", self.states),
            ("province_id", self.provinces),
        ];
        for (column, values) in lists {
            if let Some(values) = values {
                parts.push(format!("{column} in ({})", args.list(values)));
            }
        }
        if let Some(day) = self.first_day {
            parts.push(format!("day >= {}", args.push(day)));
        }
        if let Some(day) = self.last_day {
            parts.push(format!("day <= {}", args.push(day)));
        }
        if self.latest_only {
            let last = args.push(self.last_day.unwrap_or("9999-12-31"));
            parts.push(format!(
                "not exists (select 1 from fact as later \
                 where later.province_id = fact.province_id and later.indicator = fact.indicator \
                 and later.admin_unit_id = fact.admin_unit_id and later.state = fact.state \
                 and later.day > fact.day and later.day <= {last})"
            ));
        }
        parts.join(" and ")
    }
}

/// Facts in scope, oldest first, keyset by `(day, source_id, line)` given as `day|source|line`.
pub async fn fact_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &FactFilter<'_>,
    after: Option<(&str, &str, i64)>,
    limit: i64,
) -> Result<Vec<FactRow>, StoreError> {
    let mut args = Args::new();
    let mut condition = filter.condition(&mut args, scope);
    if let Some((day, source, line)) = after {
        let (day, source, line) = (args.push(day), args.push(source), args.push_int(line));
        condition.push_str(&format!(
            " and (day, source_id, line) > ({day}, {source}, {line})"
        ));
    }
    let limit = args.push_int(limit);
    all(
        db,
        format!(
            "select {COLUMNS} from fact where {condition} order by day, source_id, line limit {limit}"
        ),
        args,
    )
    .await
}

/// Sum and number of facts.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct FactSum {
    /// Sum of the values; none when there is no fact.
    pub total: Option<i64>,
    /// How many facts.
    pub records: i64,
}

/// Sum and number of the facts in scope.
pub async fn fact_sum(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &FactFilter<'_>,
) -> Result<FactSum, StoreError> {
    let mut args = Args::new();
    let condition = filter.condition(&mut args, scope);
    let rows: Vec<FactSum> = all(
        db,
        format!(
            "select cast(sum(value) as bigint) as total, count(*) as records \
             from fact where {condition}"
        ),
        args,
    )
    .await?;
    Ok(rows.into_iter().next().unwrap_or(FactSum {
        total: None,
        records: 0,
    }))
}

/// Facts added up by what the cube distinguishes.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct FactCell {
    /// Indicator.
    pub indicator: String,
    /// Unit.
    pub admin_unit_id: String,
    /// Organization.
    pub organization_id: Option<String>,
    /// Day.
    pub day: String,
    /// State.
    pub state: String,
    /// Sum of the values.
    pub value: i64,
    /// How many facts.
    pub records: i64,
}

/// Hands over every fact, added up by cell: what the cube is built from; returns how far the change
/// log of each province had come at that very moment.
///
/// Both come from one statement, hence from one state of the database. The cells of a country are
/// millions: they are never held all at once.
pub async fn fact_snapshot(
    db: &DatabaseConnection,
    mut each: impl FnMut(&FactCell),
) -> Result<Vec<ChangeHead>, StoreError> {
    let statement = Statement::from_string(
        ConnectionTrait::get_database_backend(db),
        "select indicator, admin_unit_id, organization_id, day, state, \
         cast(sum(value) as bigint) as value, count(*) as records from fact \
         group by indicator, admin_unit_id, organization_id, day, state \
         union all \
         select '', province_id, null, '', '', last_seq, 0 from change_head",
    );
    let mut rows = db.stream_raw(statement).await?;
    let mut heads = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let cell = FactCell::from_query_result(&row, "")?;
        // No fact is without indicator: such a row is the head of a province's log.
        if cell.indicator.is_empty() {
            heads.push(ChangeHead {
                province_id: cell.admin_unit_id,
                last_seq: cell.value,
            });
        } else {
            each(&cell);
        }
    }
    Ok(heads)
}

/// What a campaign's records contribute to one indicator in one state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CampaignSum {
    /// Indicator.
    pub indicator: String,
    /// State.
    pub state: String,
    /// Sum of the values.
    pub total: i64,
    /// How many facts.
    pub records: i64,
}

/// The sums of a campaign's facts up to a day, in scope, by indicator and state.
pub async fn fact_list_campaign_sums(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
    last_day: &str,
) -> Result<Vec<CampaignSum>, StoreError> {
    let mut args = Args::new()
        .text(province_id)
        .text(campaign_id)
        .text(last_day);
    let seen = scope.condition(&mut args, "fact", "admin_unit_id", &["organization_id"]);
    all(
        db,
        format!(
            "select indicator, state, cast(sum(value) as bigint) as total, count(*) as records \
             from fact where province_id = $1 and campaign_id = $2 and day <= $3 and {seen} \
             group by indicator, state order by indicator, state"
        ),
        args,
    )
    .await
}

/// What a campaign's records in one unit contribute to one indicator in one state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CampaignUnitSum {
    /// Unit of the records.
    pub admin_unit_id: String,
    /// Indicator.
    pub indicator: String,
    /// State.
    pub state: String,
    /// Sum of the values.
    pub total: i64,
    /// How many facts.
    pub records: i64,
}

/// The sums of a campaign's facts up to a day, in scope, by unit, for some indicators.
pub async fn fact_list_campaign_unit_sums(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
    last_day: &str,
    indicators: &[String],
) -> Result<Vec<CampaignUnitSum>, StoreError> {
    let mut args = Args::new()
        .text(province_id)
        .text(campaign_id)
        .text(last_day);
    let seen = scope.condition(&mut args, "fact", "admin_unit_id", &["organization_id"]);
    let indicators = args.list(indicators);
    all(
        db,
        format!(
            "select admin_unit_id, indicator, state, cast(sum(value) as bigint) as total, \
             count(*) as records \
             from fact where province_id = $1 and campaign_id = $2 and day <= $3 and {seen} \
             and indicator in ({indicators}) \
             group by admin_unit_id, indicator, state order by admin_unit_id, indicator, state"
        ),
        args,
    )
    .await
}
