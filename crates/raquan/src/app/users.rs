//! Accounts and the roles they hold.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use store::Page;
use store::users::{self as rows, RoleGrantRow, UserRow};

use super::{Action, Actor, App, AppError, COUNTRY, Fault, Operation, Place, Written, passwords};

/// A role to be given.
#[derive(Debug, Clone, Serialize)]
pub struct RoleGrant {
    /// Role of `data/roles.toml`.
    pub role: String,
    /// Over this unit and all below.
    pub admin_unit_id: Option<String>,
    /// Over this organization.
    pub organization_id: Option<String>,
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct UserCreate {
    /// Made by the client.
    pub id: String,
    /// Letters, digits, dot, dash; lower case.
    pub username: String,
    /// Name shown.
    pub display_name: String,
    /// First password; to be changed at the first sign-in when `must_change_password`.
    pub password: String,
    /// Whether the password was given by somebody else.
    pub must_change_password: bool,
    /// Organization it belongs to.
    pub organization_id: Option<String>,
    /// Roles from the start.
    pub grants: Vec<RoleGrant>,
}

/// An account with its roles.
#[derive(Debug, Clone)]
pub struct User {
    /// The account.
    pub row: UserRow,
    /// Roles held now.
    pub grants: Vec<RoleGrantRow>,
}

/// Makes an account with its roles. Nobody gives a role over what they do not manage themselves.
pub async fn user_create(app: &App, actor: &Actor, input: UserCreate) -> Result<User, AppError> {
    actor.require_somewhere(Action::UserManage)?;
    let username = input.username.trim().to_lowercase();
    let mut faults = passwords::password_check("password", &input.password, &username);
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !(3..=60).contains(&username.len()) || !username.chars().all(allowed) {
        faults.push(Fault::new(
            "username",
            "user.username_form",
            format!("Tên đăng nhập “{username}” không hợp lệ."),
            "Dùng 3 đến 60 ký tự: chữ không dấu, số, dấu chấm, gạch ngang.",
        ));
    }
    if input.display_name.trim().is_empty() {
        faults.push(Fault::new(
            "display_name",
            "field.required",
            "Chưa có họ tên hiển thị.",
            "Ghi họ tên hoặc chức danh.",
        ));
    }
    for (index, grant) in input.grants.iter().enumerate() {
        faults.extend(grant_check(app, &format!("grants[{index}]"), grant));
    }
    AppError::check(faults)?;
    for grant in &input.grants {
        require_over(app, actor, grant)?;
    }
    let now = app.clock.now_text();
    let row = UserRow {
        id: input.id,
        username,
        display_name: input.display_name.trim().to_owned(),
        password_hash: passwords::password_hash(input.password).await?,
        organization_id: input.organization_id,
        active: true,
        must_change_password: input.must_change_password,
        failed_sign_ins: 0,
        locked_until: None,
        created_at: now.clone(),
        version: 1,
    };
    let grants: Vec<RoleGrantRow> = input
        .grants
        .iter()
        .map(|grant| grant_row(app, &row.id, grant, &now))
        .collect();
    let user = User { row, grants };
    let written = user.clone();
    app.write(
        actor,
        Operation::new(COUNTRY, "user_create", "user"),
        move |tx| {
            Box::pin(async move {
                if !rows::user_insert(tx, &written.row).await? {
                    return Err(AppError::Conflict {
                        code: "user.username_taken",
                        message: "Tên đăng nhập này đã có người dùng. Chọn tên khác.".into(),
                    });
                }
                for grant in &written.grants {
                    rows::role_grant_insert(tx, grant).await?;
                }
                let after = serde_json::json!({
                    "username": written.row.username,
                    "grants": written.grants.iter().map(grant_json).collect::<Vec<_>>(),
                });
                Ok(Written::new((), written.row.id).after(after))
            })
        },
    )
    .await?;
    Ok(user)
}

fn grant_row(app: &App, user_id: &str, grant: &RoleGrant, now: &str) -> RoleGrantRow {
    RoleGrantRow {
        id: app.clock.new_id(),
        user_id: user_id.to_owned(),
        role: grant.role.clone(),
        admin_unit_id: grant.admin_unit_id.clone(),
        organization_id: grant.organization_id.clone(),
        granted_at: now.to_owned(),
        ended_at: None,
    }
}

fn grant_json(grant: &RoleGrantRow) -> serde_json::Value {
    serde_json::json!({
        "role": grant.role,
        "admin_unit_id": grant.admin_unit_id,
        "organization_id": grant.organization_id,
    })
}

fn grant_check(app: &App, field: &str, grant: &RoleGrant) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !app.catalog.roles.iter().any(|role| role.id == grant.role) {
        let known: Vec<_> = app
            .catalog
            .roles
            .iter()
            .map(|role| role.id.as_str())
            .collect();
        faults.push(Fault::new(
            format!("{field}.role"),
            "role.unknown",
            format!("Không có vai trò “{}”.", grant.role),
            format!("Chọn một trong: {}.", known.join(", ")),
        ));
    }
    if let Some(id) = &grant.admin_unit_id
        && let Err(fault) = app.unit(&format!("{field}.admin_unit_id"), id)
    {
        faults.push(fault);
    }
    faults
}

/// The actor must manage users over the place that a role is given over.
fn require_over(app: &App, actor: &Actor, grant: &RoleGrant) -> Result<(), AppError> {
    let organizations: Vec<&str> = grant.organization_id.as_deref().into_iter().collect();
    let unit = grant
        .admin_unit_id
        .as_deref()
        .and_then(|id| app.units.get(id));
    let place = Place {
        unit,
        organizations: &organizations,
    };
    actor.require(Action::UserManage, place, "admin_unit")
}

/// The names shown of accounts, by id.
pub async fn user_names(
    app: &App,
    ids: impl IntoIterator<Item = String>,
) -> Result<HashMap<String, String>, AppError> {
    let ids: HashSet<String> = ids.into_iter().collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let found = rows::user_get_many(app.db.read(), &ids).await?;
    Ok(found
        .into_iter()
        .map(|row| (row.id, row.display_name))
        .collect())
}

/// The accounts that the actor manages, by id.
pub async fn user_list(app: &App, actor: &Actor, page: &Page) -> Result<Vec<User>, AppError> {
    actor.require_somewhere(Action::UserManage)?;
    let wanted = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let (mut users, mut next) = (Vec::new(), page.clone());
    // Accounts of other places lie between; a page is full, or it is the last.
    while users.len() < wanted {
        let found = rows::user_list(app.db.read(), &next).await?;
        let Some(last) = found.last() else { break };
        next.after = Some(last.id.clone());
        for row in found {
            let grants = rows::role_grant_list(app.db.read(), &row.id).await?;
            let user = User { row, grants };
            if manages(app, actor, &user) {
                users.push(user);
            }
        }
    }
    users.truncate(wanted);
    Ok(users)
}

fn manages(app: &App, actor: &Actor, user: &User) -> bool {
    let everywhere = Place {
        unit: None,
        organizations: &[],
    };
    actor.may(Action::UserManage, everywhere)
        || user.grants.iter().any(|grant| {
            let grant = RoleGrant {
                role: grant.role.clone(),
                admin_unit_id: grant.admin_unit_id.clone(),
                organization_id: grant.organization_id.clone(),
            };
            require_over(app, actor, &grant).is_ok()
        })
}

/// One account that the actor manages, or its own.
pub async fn user_get(app: &App, actor: &Actor, id: &str) -> Result<User, AppError> {
    let missing = AppError::NotFound { entity: "user" };
    let Some(row) = rows::user_get(app.db.read(), id).await? else {
        return Err(missing);
    };
    let user = User {
        grants: rows::role_grant_list(app.db.read(), id).await?,
        row,
    };
    if actor.user_id.as_deref() == Some(id) || manages(app, actor, &user) {
        Ok(user)
    } else {
        Err(missing)
    }
}

/// Lets an account sign in again, or no longer; its sessions end at once.
pub async fn user_set_active(
    app: &App,
    actor: &Actor,
    id: &str,
    active: bool,
) -> Result<User, AppError> {
    actor.require_somewhere(Action::UserManage)?;
    let user = user_get(app, actor, id).await?;
    let now = app.clock.now_text();
    let row = UserRow { active, ..user.row };
    app.write(
        actor,
        Operation::new(COUNTRY, "user_set_active", "user"),
        move |tx| {
            Box::pin(async move {
                if !rows::user_update(tx, &row).await? {
                    return Err(AppError::stale());
                }
                if !active {
                    store::sessions::session_end_others(tx, &row.id, None, &now).await?;
                }
                Ok(Written::new((), row.id).after(serde_json::json!({ "active": active })))
            })
        },
    )
    .await?;
    app.recent.clear();
    user_get(app, actor, id).await
}

/// Gives a role.
pub async fn role_grant(
    app: &App,
    actor: &Actor,
    user_id: &str,
    grant: RoleGrant,
) -> Result<User, AppError> {
    actor.require_somewhere(Action::UserManage)?;
    AppError::check(grant_check(app, "grant", &grant))?;
    require_over(app, actor, &grant)?;
    user_get(app, actor, user_id).await?;
    let row = grant_row(app, user_id, &grant, &app.clock.now_text());
    app.write(
        actor,
        Operation::new(COUNTRY, "role_grant", "user"),
        move |tx| {
            Box::pin(async move {
                rows::role_grant_insert(tx, &row).await?;
                let after = grant_json(&row);
                Ok(Written::new((), row.user_id).after(after))
            })
        },
    )
    .await?;
    app.recent.clear();
    user_get(app, actor, user_id).await
}

/// Takes a role away.
pub async fn role_end(
    app: &App,
    actor: &Actor,
    user_id: &str,
    grant_id: &str,
) -> Result<User, AppError> {
    actor.require_somewhere(Action::UserManage)?;
    let user = user_get(app, actor, user_id).await?;
    if !user.grants.iter().any(|grant| grant.id == grant_id) {
        return Err(AppError::NotFound {
            entity: "role_grant",
        });
    }
    let (id, grant_id, now) = (
        user_id.to_owned(),
        grant_id.to_owned(),
        app.clock.now_text(),
    );
    app.write(
        actor,
        Operation::new(COUNTRY, "role_end", "user"),
        move |tx| {
            Box::pin(async move {
                if !rows::role_grant_end(tx, &grant_id, &now).await? {
                    return Err(AppError::stale());
                }
                Ok(Written::new((), id).before(serde_json::json!({ "grant_id": grant_id })))
            })
        },
    )
    .await?;
    app.recent.clear();
    user_get(app, actor, user_id).await
}
