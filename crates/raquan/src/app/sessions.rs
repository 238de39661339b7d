//! Signing in and out, sessions and tokens; turning a secret into an actor.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::sessions::{self as rows, ApiTokenRow, SessionRow};
use store::users::{self, UserRow};

use super::rights::Grant;
use super::{Actor, App, AppError, COUNTRY, Door, Fault, Operation, Written, hex, passwords};
use crate::clock::{instant_text, random_bytes};

/// A session lasts this long after sign-in.
const SESSION_HOURS: i64 = 12;
/// The first failures in a row that cost no waiting.
const FREE_FAILURES: i64 = 3;

/// A new session: the secret goes into the cookie and is nowhere else.
pub struct SignedIn {
    /// Secret of the session.
    pub secret: String,
    /// Seconds it lasts.
    pub max_age_seconds: i64,
    /// Who signed in.
    pub actor: Arc<Actor>,
}

/// Signs in with name and password.
///
/// The answer to an unknown name and to a wrong password is the same and takes as long. From the
/// fourth failure in a row an account waits 2, 4, 8, … seconds, at most 15 minutes.
pub async fn session_create(
    app: &App,
    username: &str,
    password: String,
    user_agent: &str,
) -> Result<SignedIn, AppError> {
    let now = app.clock.now();
    let found = users::user_get_by_username(app.db.read(), &username.trim().to_lowercase()).await?;
    let Some(user) = found.filter(|user| user.active) else {
        // The same work as for a known name, so that names cannot be found out by time.
        passwords::password_hash(password).await?;
        return Err(wrong());
    };
    if let Some(until) = user
        .locked_until
        .as_deref()
        .and_then(|at| at.parse::<Timestamp>().ok())
        && until > now
    {
        let seconds = until.duration_since(now).as_secs().max(1);
        return Err(AppError::TooMany {
            code: "session.locked",
            message: format!("Sai mật khẩu nhiều lần. Thử lại sau {seconds} giây."),
            retry_after_seconds: seconds,
        });
    }
    if !passwords::password_fits(password, user.password_hash.clone()).await? {
        let failed = user.failed_sign_ins + 1;
        let until = lock_seconds(failed)
            .map(|seconds| instant_text(now + SignedDuration::from_secs(seconds)));
        let id = user.id.clone();
        app.db
            .write::<_, AppError, _>(move |tx| {
                Box::pin(async move {
                    Ok(users::user_update_sign_in(tx, &id, failed, until.as_deref()).await?)
                })
            })
            .await?;
        return Err(wrong());
    }
    let secret = hex(&random_bytes::<32>());
    let row = SessionRow {
        token_sha256: secret_hash(&secret),
        id: app.clock.new_id(),
        user_id: user.id.clone(),
        created_at: instant_text(now),
        last_seen_at: instant_text(now),
        expires_at: instant_text(now + SignedDuration::from_hours(SESSION_HOURS)),
        user_agent: user_agent.chars().take(160).collect(),
        ended_at: None,
    };
    let signed_in = Actor {
        user_id: Some(user.id.clone()),
        ..Actor::system(Door::Api)
    };
    let (session, user_id) = (row.clone(), user.id.clone());
    app.write(
        &signed_in,
        Operation::new(COUNTRY, "session_create", "session"),
        move |tx| {
            Box::pin(async move {
                users::user_update_sign_in(tx, &user_id, 0, None).await?;
                rows::session_insert(tx, &session).await?;
                Ok(Written::new((), session.id))
            })
        },
    )
    .await?;
    let actor = Arc::new(actor_of(app, &user, Some(row.id.clone()), false).await?);
    Ok(SignedIn {
        secret,
        max_age_seconds: SESSION_HOURS * 3600,
        actor,
    })
}

fn wrong() -> AppError {
    AppError::Unauthenticated {
        code: "session.wrong_credentials",
        message: "Tên đăng nhập hoặc mật khẩu không đúng.".into(),
    }
}

/// Seconds to wait after so many failures in a row.
fn lock_seconds(failed: i64) -> Option<i64> {
    let beyond = failed - FREE_FAILURES;
    (beyond > 0).then(|| (1_i64 << beyond.min(10)).min(900))
}

fn secret_hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// The actor of a session's secret.
pub async fn actor_of_session(app: &App, secret: &str) -> Result<Arc<Actor>, AppError> {
    let (hash, now) = (secret_hash(secret), app.clock.now());
    if let Some(actor) = app.recent.actors.get(&hash, now) {
        return Ok(actor);
    }
    let row = rows::session_get(app.db.read(), &hash).await?;
    let row = row.filter(|row| row.ended_at.is_none() && row.expires_at > instant_text(now));
    let row = row.ok_or_else(ended)?;
    let actor = Arc::new(actor_of_user(app, &row.user_id, Some(row.id), false).await?);
    app.recent.actors.put(&hash, now, actor.clone());
    Ok(actor)
}

/// The actor of a program's token.
pub async fn actor_of_token(app: &App, secret: &str) -> Result<Arc<Actor>, AppError> {
    let (hash, now) = (secret_hash(secret), app.clock.now());
    if let Some(actor) = app.recent.actors.get(&hash, now) {
        return Ok(actor);
    }
    let row = rows::api_token_get(app.db.read(), &hash).await?;
    let row = row.filter(|row| row.ended_at.is_none() && row.expires_at > instant_text(now));
    let row = row.ok_or_else(ended)?;
    let read_only = !row.scopes.contains("\"write\"");
    let actor = Arc::new(actor_of_user(app, &row.user_id, None, read_only).await?);
    app.recent.actors.put(&hash, now, actor.clone());
    Ok(actor)
}

fn ended() -> AppError {
    AppError::Unauthenticated {
        code: "session.ended",
        message: "Phiên làm việc đã hết. Đăng nhập lại để tiếp tục.".into(),
    }
}

async fn actor_of_user(
    app: &App,
    user_id: &str,
    session_id: Option<String>,
    read_only: bool,
) -> Result<Actor, AppError> {
    let user = users::user_get(app.db.read(), user_id).await?;
    let user = user.filter(|user| user.active).ok_or_else(ended)?;
    actor_of(app, &user, session_id, read_only).await
}

async fn actor_of(
    app: &App,
    user: &UserRow,
    session_id: Option<String>,
    read_only: bool,
) -> Result<Actor, AppError> {
    let mut grants = Vec::new();
    for row in users::role_grant_list(app.db.read(), &user.id).await? {
        let Some(role) = app.catalog.roles.iter().find(|role| role.id == row.role) else {
            continue;
        };
        let unit = match &row.admin_unit_id {
            Some(id) => match app.units.get(id) {
                Some(unit) => Some((unit, app.coverage.of(unit))),
                // A unit that the data no longer know covers nothing, rather than everything.
                None => continue,
            },
            None => None,
        };
        grants.push(Grant {
            actions: role.actions,
            unit,
            organization: row.organization_id,
        });
    }
    Ok(Actor {
        user_id: Some(user.id.clone()),
        session_id,
        organization_id: user.organization_id.clone(),
        door: Door::Api,
        read_only,
        must_change_password: user.must_change_password,
        grants,
    })
}

/// The sessions of the actor's own account.
pub async fn session_list(app: &App, actor: &Actor) -> Result<Vec<SessionRow>, AppError> {
    let user_id = own_account(actor)?;
    Ok(rows::session_list(app.db.read(), user_id, &app.clock.now_text()).await?)
}

/// Ends one of the actor's own sessions.
pub async fn session_end(app: &App, actor: &Actor, id: &str) -> Result<(), AppError> {
    let (user_id, id, now) = (
        own_account(actor)?.to_owned(),
        id.to_owned(),
        app.clock.now_text(),
    );
    app.write(
        actor,
        Operation::new(COUNTRY, "session_end", "session"),
        move |tx| {
            Box::pin(async move {
                if !rows::session_end(tx, &user_id, &id, &now).await? {
                    return Err(AppError::NotFound { entity: "session" });
                }
                Ok(Written::new((), id))
            })
        },
    )
    .await?;
    app.recent.clear();
    Ok(())
}

fn own_account(actor: &Actor) -> Result<&str, AppError> {
    actor.user_id.as_deref().ok_or(AppError::Forbidden {
        action: "own_account",
    })
}

/// Changes the actor's own password and ends its other sessions.
pub async fn password_change(
    app: &App,
    actor: &Actor,
    current: String,
    new: String,
) -> Result<(), AppError> {
    let user_id = own_account(actor)?;
    let user = users::user_get(app.db.read(), user_id)
        .await?
        .ok_or_else(ended)?;
    if !passwords::password_fits(current, user.password_hash.clone()).await? {
        return Err(AppError::invalid(Fault::new(
            "current_password",
            "password.wrong",
            "Mật khẩu hiện tại không đúng.",
            "Nhập lại mật khẩu đang dùng.",
        )));
    }
    AppError::check(passwords::password_check(
        "new_password",
        &new,
        &user.username,
    ))?;
    let password_hash = passwords::password_hash(new).await?;
    let user = UserRow {
        password_hash,
        must_change_password: false,
        ..user
    };
    let (kept, now) = (actor.session_id.clone(), app.clock.now_text());
    app.write(
        actor,
        Operation::new(COUNTRY, "password_change", "user"),
        move |tx| {
            Box::pin(async move {
                if !users::user_update(tx, &user).await? {
                    return Err(AppError::stale());
                }
                rows::session_end_others(tx, &user.id, kept.as_deref(), &now).await?;
                Ok(Written::new((), user.id))
            })
        },
    )
    .await?;
    app.recent.clear();
    Ok(())
}

/// What a token is made with.
#[derive(Debug, Clone, Serialize)]
pub struct ApiTokenCreate {
    /// What it is for.
    pub name: String,
    /// Whether it may write.
    pub may_write: bool,
    /// Days it lasts, 1 to 366.
    pub days: i64,
}

/// Makes a token on the actor's behalf; the secret is in the answer and nowhere else.
pub async fn api_token_create(
    app: &App,
    actor: &Actor,
    input: ApiTokenCreate,
) -> Result<(ApiTokenRow, String), AppError> {
    let user_id = own_account(actor)?.to_owned();
    let mut faults = Vec::new();
    if input.name.trim().is_empty() {
        faults.push(Fault::new(
            "name",
            "field.required",
            "Chưa có tên mã truy cập.",
            "Ghi mã này dùng cho chương trình nào.",
        ));
    }
    if !(1..=366).contains(&input.days) {
        faults.push(Fault::new(
            "days",
            "api_token.days_out_of_range",
            format!("Thời hạn {} ngày không hợp lệ.", input.days),
            "Chọn từ 1 đến 366 ngày.",
        ));
    }
    AppError::check(faults)?;
    let (secret, now) = (
        format!("rq_{}", hex(&random_bytes::<32>())),
        app.clock.now(),
    );
    let row = ApiTokenRow {
        id: app.clock.new_id(),
        token_sha256: secret_hash(&secret),
        user_id,
        name: input.name.trim().to_owned(),
        scopes: if input.may_write {
            "[\"read\",\"write\"]"
        } else {
            "[\"read\"]"
        }
        .into(),
        created_at: instant_text(now),
        expires_at: instant_text(now + SignedDuration::from_hours(24 * input.days)),
        ended_at: None,
    };
    let token = row.clone();
    app.write(
        actor,
        Operation::new(COUNTRY, "api_token_create", "api_token"),
        move |tx| {
            Box::pin(async move {
                rows::api_token_insert(tx, &token).await?;
                Ok(Written::new((), token.id))
            })
        },
    )
    .await?;
    Ok((row, secret))
}

/// The tokens of the actor's own account.
pub async fn api_token_list(app: &App, actor: &Actor) -> Result<Vec<ApiTokenRow>, AppError> {
    Ok(rows::api_token_list(app.db.read(), own_account(actor)?).await?)
}

/// Ends one of the actor's own tokens.
pub async fn api_token_end(app: &App, actor: &Actor, id: &str) -> Result<(), AppError> {
    let (user_id, id, now) = (
        own_account(actor)?.to_owned(),
        id.to_owned(),
        app.clock.now_text(),
    );
    app.write(
        actor,
        Operation::new(COUNTRY, "api_token_end", "api_token"),
        move |tx| {
            Box::pin(async move {
                if !rows::api_token_end(tx, &user_id, &id, &now).await? {
                    return Err(AppError::NotFound {
                        entity: "api_token",
                    });
                }
                Ok(Written::new((), id))
            })
        },
    )
    .await?;
    app.recent.clear();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_has_an_end() {
        let waits: Vec<_> = (1..=15).map(lock_seconds).collect();
        assert_eq!(&waits[..6], &[None, None, None, Some(2), Some(4), Some(8)]);
        assert_eq!(waits[14], Some(900));
    }
}
