//! Bodies that act: creating, changing, finding, importing many at once.

use std::collections::{HashMap, HashSet};

use domain::vietnamese;
use serde::Serialize;
use store::Page;
use store::organizations::{self as rows, OrganizationFilter, OrganizationRow};

use super::{Action, Actor, App, AppError, Fault, Operation, Place, Written};

/// An organization to be made.
#[derive(Debug, Clone, Serialize)]
pub struct OrganizationCreate {
    /// Made by the client.
    pub id: String,
    /// Kind of `data/organization_kinds.toml`.
    pub kind: String,
    /// Full name.
    pub name: String,
    /// Short name for tables.
    pub short_name: Option<String>,
    /// Where it sits.
    pub admin_unit_id: String,
    /// The body above it.
    pub parent_id: Option<String>,
    /// Made for the demo.
    pub illustrative: bool,
}

/// Makes an organization.
pub async fn organization_create(
    app: &App,
    actor: &Actor,
    input: OrganizationCreate,
) -> Result<OrganizationRow, AppError> {
    let mut made = organization_create_many(app, actor, vec![input]).await?;
    made.pop()
        .ok_or_else(|| AppError::Internal("one organization in, none out".into()))
}

/// Makes many organizations of one province, all or none; parents may be among them.
///
/// Faults name the place in the list. What exists already with the same content is kept as it is.
pub async fn organization_create_many(
    app: &App,
    actor: &Actor,
    inputs: Vec<OrganizationCreate>,
) -> Result<Vec<OrganizationRow>, AppError> {
    let (rows, faults) = check_many(app, &inputs).await?;
    AppError::check(faults)?;
    for row in &rows {
        require(app, actor, row)?;
    }
    let Some(first) = rows.first() else {
        return Ok(rows);
    };
    let single = rows.len() == 1;
    let operation = if single {
        "organization_create"
    } else {
        "organization_create_many"
    };
    let mut operation = Operation::new(&first.province_id, operation, "organization");
    if single {
        operation = operation.creating(&inputs[0]);
    }
    let made = rows.clone();
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            let mut new = Vec::new();
            for row in &made {
                if rows::organization_insert(tx, row).await? {
                    new.push(row.id.clone());
                } else if single && operation.is_repeated(tx, &row.id).await? {
                    return Ok(Written::repeated(()));
                } else if rows::organization_get(tx, &row.id).await?.as_ref() != Some(row) {
                    return Err(AppError::id_taken());
                }
            }
            if new.is_empty() {
                return Ok(Written::repeated(()));
            }
            let id = made.first().map(|row| row.id.clone()).unwrap_or_default();
            let after = if single {
                serde_json::json!({ "name": made[0].name, "kind": made[0].kind })
            } else {
                serde_json::json!({ "ids": new })
            };
            Ok(Written::new((), id).after(after))
        })
    })
    .await?;
    Ok(rows)
}

async fn check_many(
    app: &App,
    inputs: &[OrganizationCreate],
) -> Result<(Vec<OrganizationRow>, Vec<Fault>), AppError> {
    let single = inputs.len() == 1;
    let wanted: Vec<String> = inputs
        .iter()
        .filter_map(|input| input.parent_id.clone())
        .collect();
    let known: HashSet<String> = rows::organization_get_many(app.db.read(), &wanted)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let listed: HashMap<&str, Option<&str>> = inputs
        .iter()
        .map(|input| (input.id.as_str(), input.parent_id.as_deref()))
        .collect();
    let (mut rows, mut faults) = (Vec::with_capacity(inputs.len()), Vec::new());
    for (index, input) in inputs.iter().enumerate() {
        let at = |field: &str| {
            if single {
                field.to_owned()
            } else {
                format!("organizations[{index}].{field}")
            }
        };
        let before = faults.len();
        if input.name.trim().is_empty() {
            faults.push(Fault::new(
                at("name"),
                "field.required",
                "Chưa có tên cơ quan, đơn vị.",
                "Ghi tên đầy đủ theo con dấu.",
            ));
        }
        if !app
            .catalog
            .organization_kinds
            .iter()
            .any(|kind| kind.id == input.kind)
        {
            faults.push(Fault::new(
                at("kind"),
                "organization.unknown_kind",
                format!("Không có loại cơ quan “{}”.", input.kind),
                "Chọn loại trong danh mục loại cơ quan.",
            ));
        }
        if let Some(parent) = &input.parent_id {
            if !known.contains(parent) && !listed.contains_key(parent.as_str()) {
                faults.push(Fault::new(
                    at("parent_id"),
                    "organization.unknown_parent",
                    format!("Không có cơ quan cấp trên mã “{parent}”."),
                    "Tạo cơ quan cấp trên trước, hoặc để trống.",
                ));
            }
            if is_cycle(&input.id, &listed) {
                faults.push(cycle(at("parent_id")));
            }
        }
        match app.unit(&at("admin_unit_id"), &input.admin_unit_id) {
            Ok(unit) if faults.len() == before => rows.push(OrganizationRow {
                province_id: app.province_id(unit).to_owned(),
                id: input.id.clone(),
                kind: input.kind.clone(),
                name: input.name.trim().to_owned(),
                name_search: vietnamese::fold(&input.name),
                short_name: input.short_name.clone(),
                admin_unit_id: input.admin_unit_id.clone(),
                parent_id: input.parent_id.clone(),
                active: true,
                illustrative: input.illustrative,
                version: 1,
            }),
            Ok(_) => {}
            Err(fault) => faults.push(fault),
        }
    }
    Ok((rows, faults))
}

/// Whether following parents within the list comes back to where it began.
pub(super) fn is_cycle(start: &str, parents: &HashMap<&str, Option<&str>>) -> bool {
    let (mut seen, mut at) = (HashSet::new(), start);
    while let Some(Some(parent)) = parents.get(at) {
        if *parent == start || !seen.insert(*parent) {
            return true;
        }
        at = parent;
    }
    false
}

pub(super) fn cycle(field: String) -> Fault {
    Fault::new(
        field,
        "organization.cycle",
        "Cơ quan cấp trên lại nằm dưới chính cơ quan này.",
        "Chọn cơ quan cấp trên khác.",
    )
}

fn require(app: &App, actor: &Actor, row: &OrganizationRow) -> Result<(), AppError> {
    let ids = [
        row.id.as_str(),
        row.parent_id.as_deref().unwrap_or_default(),
    ];
    let place = Place {
        unit: app.units.get(&row.admin_unit_id),
        organizations: &ids,
    };
    actor.require(Action::OrganizationWrite, place, "organization")
}

/// What can be changed of an organization; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct OrganizationUpdate {
    /// The version that the change was made on.
    pub version: i64,
    /// New name.
    pub name: Option<String>,
    /// New short name.
    pub short_name: Option<String>,
    /// New body above; `Some(None)` takes it away.
    pub parent_id: Option<Option<String>>,
    /// Whether it still acts.
    pub active: Option<bool>,
}

/// Changes an organization.
pub async fn organization_update(
    app: &App,
    actor: &Actor,
    id: &str,
    input: OrganizationUpdate,
) -> Result<OrganizationRow, AppError> {
    let old = organization_get(app, actor, id).await?;
    require(app, actor, &old)?;
    if let Some(Some(parent)) = &input.parent_id {
        let mut above = Some(parent.clone());
        // Bodies nest a few levels deep; the bound ends a loop that older data may hold.
        for _ in 0..32 {
            let Some(current) = above else { break };
            if current == id {
                return Err(AppError::invalid(cycle("parent_id".into())));
            }
            let row = rows::organization_get(app.db.read(), &current).await?;
            let row = row.ok_or(AppError::NotFound {
                entity: "organization",
            })?;
            above = row.parent_id;
        }
    }
    let name = input.name.unwrap_or_else(|| old.name.clone());
    if name.trim().is_empty() {
        return Err(AppError::invalid(Fault::new(
            "name",
            "field.required",
            "Chưa có tên cơ quan, đơn vị.",
            "Ghi tên đầy đủ theo con dấu.",
        )));
    }
    let new = OrganizationRow {
        name_search: vietnamese::fold(&name),
        name: name.trim().to_owned(),
        short_name: input.short_name.or_else(|| old.short_name.clone()),
        parent_id: input.parent_id.unwrap_or_else(|| old.parent_id.clone()),
        active: input.active.unwrap_or(old.active),
        version: input.version,
        ..old.clone()
    };
    let operation = Operation::new(&old.province_id, "organization_update", "organization");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            if !rows::organization_update(tx, &new).await? {
                return Err(AppError::stale());
            }
            let json = |row: &OrganizationRow| {
                serde_json::json!({
                    "name": row.name, "parent_id": row.parent_id, "active": row.active,
                })
            };
            Ok(Written::new((), &new.id)
                .before(json(&old))
                .after(json(&new)))
        })
    })
    .await?;
    organization_get(app, actor, id).await
}

/// One organization. Names of bodies are no secret: whoever may see its unit may see it.
pub async fn organization_get(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<OrganizationRow, AppError> {
    let missing = AppError::NotFound {
        entity: "organization",
    };
    let Some(row) = rows::organization_get(app.db.read(), id).await? else {
        return Err(missing);
    };
    let ids = [row.id.as_str()];
    let place = Place {
        unit: app.units.get(&row.admin_unit_id),
        organizations: &ids,
    };
    if actor.may(Action::Read, place) {
        Ok(row)
    } else {
        Err(missing)
    }
}

/// The names of organizations by id: short ones where there are, which say enough beside their campaign. Names of
/// bodies are no secret.
pub async fn organization_names(
    app: &App,
    ids: impl IntoIterator<Item = String>,
) -> Result<HashMap<String, String>, AppError> {
    let found = by_ids(app, ids).await?.into_iter();
    Ok(found
        .map(|row| (row.id, row.short_name.unwrap_or(row.name)))
        .collect())
}

/// The full names of organizations by id, where those of several provinces stand together.
pub async fn organization_full_names(
    app: &App,
    ids: impl IntoIterator<Item = String>,
) -> Result<HashMap<String, String>, AppError> {
    let found = by_ids(app, ids).await?.into_iter();
    Ok(found.map(|row| (row.id, row.name)).collect())
}

async fn by_ids(
    app: &App,
    ids: impl IntoIterator<Item = String>,
) -> Result<Vec<OrganizationRow>, AppError> {
    let ids: HashSet<String> = ids.into_iter().collect();
    let ids: Vec<String> = ids.into_iter().collect();
    Ok(rows::organization_get_many(app.db.read(), &ids).await?)
}

/// Organizations that the actor may see, by id.
pub async fn organization_list(
    app: &App,
    actor: &Actor,
    filter: &OrganizationFilter,
    page: &Page,
) -> Result<Vec<OrganizationRow>, AppError> {
    let scope = actor.scope(app.units, Action::Read);
    Ok(rows::organization_list(app.db.read(), &scope, filter, page).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_found_and_trees_are_not() {
        let parents = HashMap::from([("a", Some("b")), ("b", Some("c")), ("c", None)]);
        assert!(!is_cycle("a", &parents));
        let parents = HashMap::from([("a", Some("b")), ("b", Some("c")), ("c", Some("a"))]);
        assert!(is_cycle("a", &parents) && is_cycle("c", &parents));
        let parents = HashMap::from([("a", Some("a"))]);
        assert!(is_cycle("a", &parents));
    }
}
