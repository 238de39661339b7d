//! Bodies that act.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one};
use crate::{Args, Page, Scope, StoreError};

/// A body that acts, at an admin unit.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OrganizationRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// UUIDv7, or a readable id for the demo's bodies.
    pub id: String,
    /// Kind, from the catalogue.
    pub kind: String,
    /// Full name.
    pub name: String,
    /// Name without marks, lower case.
    pub name_search: String,
    /// Short name for tables.
    pub short_name: Option<String>,
    /// Where it sits.
    pub admin_unit_id: String,
    /// The body above it.
    pub parent_id: Option<String>,
    /// Whether it still acts.
    pub active: bool,
    /// Made for the demo.
    pub illustrative: bool,
    /// 1, 2, …: raised by each update.
    pub version: i64,
}

const COLUMNS: &str = "province_id, id, kind, name, name_search, short_name, admin_unit_id, \
     parent_id, active, illustrative, version";

/// Writes a new organization; false when the id is taken.
pub async fn organization_insert(
    db: &impl ConnectionTrait,
    row: &OrganizationRow,
) -> Result<bool, StoreError> {
    let inserted = execute(
        db,
        format!(
            "insert into organization ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             on conflict do nothing"
        ),
        Args::new()
            .text(&row.province_id)
            .text(&row.id)
            .text(&row.kind)
            .text(&row.name)
            .text(&row.name_search)
            .maybe(row.short_name.as_deref())
            .text(&row.admin_unit_id)
            .maybe(row.parent_id.as_deref())
            .bool(row.active)
            .bool(row.illustrative)
            .int(row.version),
    )
    .await?;
    Ok(inserted == 1)
}

/// Replaces the changeable parts when the version is still `row.version`; false otherwise.
pub async fn organization_update(
    db: &impl ConnectionTrait,
    row: &OrganizationRow,
) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update organization set kind = $3, name = $4, name_search = $5, short_name = $6, \
         admin_unit_id = $7, parent_id = $8, active = $9, version = version + 1 \
         where province_id = $1 and id = $2 and version = $10",
        Args::new()
            .text(&row.province_id)
            .text(&row.id)
            .text(&row.kind)
            .text(&row.name)
            .text(&row.name_search)
            .maybe(row.short_name.as_deref())
            .text(&row.admin_unit_id)
            .maybe(row.parent_id.as_deref())
            .bool(row.active)
            .int(row.version),
    )
    .await?;
    Ok(updated == 1)
}

/// One organization by its id.
pub async fn organization_get(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Option<OrganizationRow>, StoreError> {
    one(
        db,
        format!("select {COLUMNS} from organization where id = $1"),
        Args::new().text(id),
    )
    .await
}

/// Several organizations by their ids, in no order.
pub async fn organization_get_many(
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<Vec<OrganizationRow>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut args = Args::new();
        let list = args.list(chunk);
        let text = format!("select {COLUMNS} from organization where id in ({list})");
        found.extend(all::<OrganizationRow>(db, text, args).await?);
    }
    Ok(found)
}

/// Which organizations are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct OrganizationFilter {
    /// Part of the name, already without marks.
    pub name_search: Option<String>,
    /// Only this kind.
    pub kind: Option<String>,
    /// Only at these units.
    pub units: Option<Vec<String>>,
    /// Only below this body.
    pub parent_id: Option<String>,
    /// Only those that still act.
    pub active_only: bool,
}

/// Organizations in scope, by id.
pub async fn organization_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &OrganizationFilter,
    page: &Page,
) -> Result<Vec<OrganizationRow>, StoreError> {
    let mut args = Args::new();
    let mut parts = vec![scope.condition(&mut args, "organization", "admin_unit_id", &["id"])];
    if let Some(text) = &filter.name_search {
        parts.push(format!(
            "name_search like {}",
            args.push(format!("%{text}%"))
        ));
    }
    if let Some(kind) = &filter.kind {
        parts.push(format!("kind = {}", args.push(kind)));
    }
    if let Some(units) = &filter.units {
        parts.push(format!("admin_unit_id in ({})", args.list(units)));
    }
    if let Some(parent) = &filter.parent_id {
        parts.push(format!("parent_id = {}", args.push(parent)));
    }
    if filter.active_only {
        parts.push("active".to_owned());
    }
    if let Some(after) = &page.after {
        parts.push(format!("id > {}", args.push(after)));
    }
    let limit = args.push_int(page.limit);
    let condition = parts.join(" and ");
    all(
        db,
        format!("select {COLUMNS} from organization where {condition} order by id limit {limit}"),
        args,
    )
    .await
}
