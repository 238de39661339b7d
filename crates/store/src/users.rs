//! Accounts and the roles they hold.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one, scalar};
use crate::{Args, Page, StoreError};

/// An account.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct UserRow {
    /// UUIDv7.
    pub id: String,
    /// Name to sign in with, lower case.
    pub username: String,
    /// Name shown.
    pub display_name: String,
    /// argon2id in PHC form.
    pub password_hash: String,
    /// Organization it belongs to.
    pub organization_id: Option<String>,
    /// Whether it may sign in.
    pub active: bool,
    /// Whether the password must be changed at the next sign-in.
    pub must_change_password: bool,
    /// Wrong passwords since the last right one.
    pub failed_sign_ins: i64,
    /// No sign-in before this instant.
    pub locked_until: Option<String>,
    /// Instant of creation.
    pub created_at: String,
    /// 1, 2, …: raised by each update.
    pub version: i64,
}

impl std::fmt::Debug for UserRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserRow")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A role held over a unit's subtree and/or an organization.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct RoleGrantRow {
    /// UUIDv7.
    pub id: String,
    /// Who holds it.
    pub user_id: String,
    /// Role, from the catalogue.
    pub role: String,
    /// Over this unit and all below.
    pub admin_unit_id: Option<String>,
    /// Over this organization.
    pub organization_id: Option<String>,
    /// Since when.
    pub granted_at: String,
    /// Until when; none while it is held.
    pub ended_at: Option<String>,
}

const USER: &str = "id, username, display_name, password_hash, organization_id, active, \
     must_change_password, failed_sign_ins, locked_until, created_at, version";
const GRANT: &str = "id, user_id, role, admin_unit_id, organization_id, granted_at, ended_at";

/// Writes a new account; false when the id or the name to sign in with is taken.
pub async fn user_insert(db: &impl ConnectionTrait, row: &UserRow) -> Result<bool, StoreError> {
    let inserted = execute(
        db,
        format!(
            "insert into app_user ({USER}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             on conflict do nothing"
        ),
        Args::new()
            .text(&row.id)
            .text(&row.username)
            .text(&row.display_name)
            .text(&row.password_hash)
            .maybe(row.organization_id.as_deref())
            .bool(row.active)
            .bool(row.must_change_password)
            .int(row.failed_sign_ins)
            .maybe(row.locked_until.as_deref())
            .text(&row.created_at)
            .int(row.version),
    )
    .await?;
    Ok(inserted == 1)
}

/// Replaces the changeable parts when the version is still `row.version`; false otherwise.
pub async fn user_update(db: &impl ConnectionTrait, row: &UserRow) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update app_user set display_name = $2, password_hash = $3, organization_id = $4, \
         active = $5, must_change_password = $6, version = version + 1 \
         where id = $1 and version = $7",
        Args::new()
            .text(&row.id)
            .text(&row.display_name)
            .text(&row.password_hash)
            .maybe(row.organization_id.as_deref())
            .bool(row.active)
            .bool(row.must_change_password)
            .int(row.version),
    )
    .await?;
    Ok(updated == 1)
}

/// Notes the outcome of a sign-in: how many failed in a row, and until when to wait.
pub async fn user_update_sign_in(
    db: &impl ConnectionTrait,
    id: &str,
    failed_sign_ins: i64,
    locked_until: Option<&str>,
) -> Result<(), StoreError> {
    execute(
        db,
        "update app_user set failed_sign_ins = $2, locked_until = $3 where id = $1",
        Args::new()
            .text(id)
            .int(failed_sign_ins)
            .maybe(locked_until),
    )
    .await?;
    Ok(())
}

/// One account by its id.
pub async fn user_get(db: &impl ConnectionTrait, id: &str) -> Result<Option<UserRow>, StoreError> {
    one(
        db,
        format!("select {USER} from app_user where id = $1"),
        Args::new().text(id),
    )
    .await
}

/// One account by its name to sign in with.
pub async fn user_get_by_username(
    db: &impl ConnectionTrait,
    username: &str,
) -> Result<Option<UserRow>, StoreError> {
    one(
        db,
        format!("select {USER} from app_user where username = $1"),
        Args::new().text(username),
    )
    .await
}

/// Several accounts by their ids, in no order.
pub async fn user_get_many(
    db: &impl ConnectionTrait,
    ids: &[String],
) -> Result<Vec<UserRow>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut args = Args::new();
        let list = args.list(chunk);
        let text = format!("select {USER} from app_user where id in ({list})");
        found.extend(all::<UserRow>(db, text, args).await?);
    }
    Ok(found)
}

/// Accounts by id.
pub async fn user_list(db: &impl ConnectionTrait, page: &Page) -> Result<Vec<UserRow>, StoreError> {
    all(
        db,
        format!("select {USER} from app_user where id > $1 order by id limit $2"),
        Args::new()
            .text(page.after.clone().unwrap_or_default())
            .int(page.limit),
    )
    .await
}

/// How many accounts there are.
pub async fn user_count(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    scalar(db, "select count(*) from app_user", Args::new()).await
}

/// Gives a role.
pub async fn role_grant_insert(
    db: &impl ConnectionTrait,
    row: &RoleGrantRow,
) -> Result<(), StoreError> {
    execute(
        db,
        format!("insert into role_grant ({GRANT}) values ($1, $2, $3, $4, $5, $6, $7)"),
        Args::new()
            .text(&row.id)
            .text(&row.user_id)
            .text(&row.role)
            .maybe(row.admin_unit_id.as_deref())
            .maybe(row.organization_id.as_deref())
            .text(&row.granted_at)
            .maybe(row.ended_at.as_deref()),
    )
    .await?;
    Ok(())
}

/// Ends a role; false when there is no such role or it has ended.
pub async fn role_grant_end(
    db: &impl ConnectionTrait,
    id: &str,
    ended_at: &str,
) -> Result<bool, StoreError> {
    let ended = execute(
        db,
        "update role_grant set ended_at = $2 where id = $1 and ended_at is null",
        Args::new().text(id).text(ended_at),
    )
    .await?;
    Ok(ended == 1)
}

/// The roles an account holds now.
pub async fn role_grant_list(
    db: &impl ConnectionTrait,
    user_id: &str,
) -> Result<Vec<RoleGrantRow>, StoreError> {
    all(
        db,
        format!(
            "select {GRANT} from role_grant where user_id = $1 and ended_at is null order by id"
        ),
        Args::new().text(user_id),
    )
    .await
}
