//! Sessions of people and tokens of programs; only hashes of their secrets are kept.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one};
use crate::{Args, StoreError};

/// A session of a signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SessionRow {
    /// SHA-256 of the secret in the cookie, hexadecimal.
    pub token_sha256: String,
    /// Id shown to its owner.
    pub id: String,
    /// Whose.
    pub user_id: String,
    /// Instant of sign-in.
    pub created_at: String,
    /// Instant of last use, noted now and then.
    pub last_seen_at: String,
    /// Ends at this instant.
    pub expires_at: String,
    /// Browser, shortened.
    pub user_agent: String,
    /// Ended by its owner or an administrator.
    pub ended_at: Option<String>,
}

const SESSION: &str =
    "token_sha256, id, user_id, created_at, last_seen_at, expires_at, user_agent, ended_at";

/// Writes a new session.
pub async fn session_insert(db: &impl ConnectionTrait, row: &SessionRow) -> Result<(), StoreError> {
    execute(
        db,
        format!("insert into user_session ({SESSION}) values ($1, $2, $3, $4, $5, $6, $7, $8)"),
        Args::new()
            .text(&row.token_sha256)
            .text(&row.id)
            .text(&row.user_id)
            .text(&row.created_at)
            .text(&row.last_seen_at)
            .text(&row.expires_at)
            .text(&row.user_agent)
            .maybe(row.ended_at.as_deref()),
    )
    .await?;
    Ok(())
}

/// A session by the hash of its secret.
pub async fn session_get(
    db: &impl ConnectionTrait,
    token_sha256: &str,
) -> Result<Option<SessionRow>, StoreError> {
    one(
        db,
        format!("select {SESSION} from user_session where token_sha256 = $1"),
        Args::new().text(token_sha256),
    )
    .await
}

/// The sessions of an account that have neither ended nor expired at `now`, newest first.
pub async fn session_list(
    db: &impl ConnectionTrait,
    user_id: &str,
    now: &str,
) -> Result<Vec<SessionRow>, StoreError> {
    all(
        db,
        format!(
            "select {SESSION} from user_session where user_id = $1 and ended_at is null \
             and expires_at > $2 order by created_at desc, id limit 200"
        ),
        Args::new().text(user_id).text(now),
    )
    .await
}

/// Ends one session of an account; false when there is none to end.
pub async fn session_end(
    db: &impl ConnectionTrait,
    user_id: &str,
    id: &str,
    ended_at: &str,
) -> Result<bool, StoreError> {
    let ended = execute(
        db,
        "update user_session set ended_at = $3 where user_id = $1 and id = $2 and ended_at is null",
        Args::new().text(user_id).text(id).text(ended_at),
    )
    .await?;
    Ok(ended == 1)
}

/// Ends every session of an account but the one kept.
pub async fn session_end_others(
    db: &impl ConnectionTrait,
    user_id: &str,
    kept_id: Option<&str>,
    ended_at: &str,
) -> Result<u64, StoreError> {
    execute(
        db,
        "update user_session set ended_at = $3 \
         where user_id = $1 and ended_at is null and id is distinct from $2",
        Args::new().text(user_id).maybe(kept_id).text(ended_at),
    )
    .await
}

/// A token of a program.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ApiTokenRow {
    /// UUIDv7.
    pub id: String,
    /// SHA-256 of the secret, hexadecimal.
    pub token_sha256: String,
    /// On whose behalf.
    pub user_id: String,
    /// What it is for.
    pub name: String,
    /// JSON list of `read`, `write`.
    pub scopes: String,
    /// Instant of creation.
    pub created_at: String,
    /// Ends at this instant.
    pub expires_at: String,
    /// Ended by its owner or an administrator.
    pub ended_at: Option<String>,
}

const TOKEN: &str = "id, token_sha256, user_id, name, scopes, created_at, expires_at, ended_at";

/// Writes a new token.
pub async fn api_token_insert(
    db: &impl ConnectionTrait,
    row: &ApiTokenRow,
) -> Result<(), StoreError> {
    execute(
        db,
        format!("insert into api_token ({TOKEN}) values ($1, $2, $3, $4, $5, $6, $7, $8)"),
        Args::new()
            .text(&row.id)
            .text(&row.token_sha256)
            .text(&row.user_id)
            .text(&row.name)
            .text(&row.scopes)
            .text(&row.created_at)
            .text(&row.expires_at)
            .maybe(row.ended_at.as_deref()),
    )
    .await?;
    Ok(())
}

/// A token by the hash of its secret.
pub async fn api_token_get(
    db: &impl ConnectionTrait,
    token_sha256: &str,
) -> Result<Option<ApiTokenRow>, StoreError> {
    one(
        db,
        format!("select {TOKEN} from api_token where token_sha256 = $1"),
        Args::new().text(token_sha256),
    )
    .await
}

/// The tokens of an account that have not been ended, newest first.
pub async fn api_token_list(
    db: &impl ConnectionTrait,
    user_id: &str,
) -> Result<Vec<ApiTokenRow>, StoreError> {
    all(
        db,
        format!(
            "select {TOKEN} from api_token where user_id = $1 and ended_at is null \
             order by created_at desc, id limit 200"
        ),
        Args::new().text(user_id),
    )
    .await
}

/// Ends a token of an account; false when there is none to end.
pub async fn api_token_end(
    db: &impl ConnectionTrait,
    user_id: &str,
    id: &str,
    ended_at: &str,
) -> Result<bool, StoreError> {
    let ended = execute(
        db,
        "update api_token set ended_at = $3 where user_id = $1 and id = $2 and ended_at is null",
        Args::new().text(user_id).text(id).text(ended_at),
    )
    .await?;
    Ok(ended == 1)
}
