//! Accounts, roles, sessions and tokens.

use store::sessions::*;
use store::users::*;
use store::{Page, StoreError};

use crate::world::World;

crate::both!(accounts_and_roles, sessions_and_tokens);

const NOW: &str = "2026-11-22T00:00:00.000Z";
const LATER: &str = "2026-11-23T00:00:00.000Z";

fn user(id: &str, username: &str) -> UserRow {
    UserRow {
        id: id.into(),
        username: username.into(),
        display_name: "Người Thử".into(),
        password_hash: "x".into(),
        organization_id: None,
        active: true,
        must_change_password: true,
        failed_sign_ins: 0,
        locked_until: None,
        created_at: NOW.into(),
        version: 1,
    }
}

async fn insert_user(world: &World, row: UserRow) -> bool {
    world
        .write(move |tx| Box::pin(async move { user_insert(tx, &row).await }))
        .await
        .unwrap()
}

async fn accounts_and_roles(world: World) {
    assert!(insert_user(&world, user("1", "an")).await);
    assert!(!insert_user(&world, user("2", "an")).await);
    assert!(insert_user(&world, user("3", "binh")).await);
    let db = world.db.read();
    assert_eq!(user_count(db).await.unwrap(), 2);
    let after = Page {
        after: Some("1".into()),
        limit: 5,
    };
    assert_eq!(user_list(db, &after).await.unwrap()[0].username, "binh");
    let wanted = ["3".to_owned(), "1".to_owned(), "9".to_owned()];
    let mut many = user_get_many(db, &wanted).await.unwrap();
    many.sort_by(|one, other| one.id.cmp(&other.id));
    let ids: Vec<&str> = many.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["1", "3"]);
    assert!(user_get_many(db, &[]).await.unwrap().is_empty());
    let found = user_get_by_username(db, "an").await.unwrap().unwrap();
    assert_eq!(found, user_get(db, "1").await.unwrap().unwrap());

    let changed = UserRow {
        must_change_password: false,
        ..found
    };
    let done = world
        .write(move |tx| {
            Box::pin(async move {
                user_update_sign_in(tx, "1", 3, Some(LATER)).await?;
                Ok((
                    user_update(tx, &changed).await?,
                    user_update(tx, &changed).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!(done, (true, false));
    let after = user_get(db, "1").await.unwrap().unwrap();
    assert_eq!(
        (
            after.failed_sign_ins,
            after.locked_until.as_deref(),
            after.must_change_password
        ),
        (3, Some(LATER), false)
    );

    let grant = RoleGrantRow {
        id: "g".into(),
        user_id: "1".into(),
        role: "planner".into(),
        admin_unit_id: Some("old-40".into()),
        organization_id: None,
        granted_at: NOW.into(),
        ended_at: None,
    };
    let unknown = RoleGrantRow {
        id: "h".into(),
        user_id: "9".into(),
        ..grant.clone()
    };
    let wanted = grant.clone();
    world
        .write(move |tx| Box::pin(async move { role_grant_insert(tx, &wanted).await }))
        .await
        .unwrap();
    let refused = world
        .write(move |tx| Box::pin(async move { role_grant_insert(tx, &unknown).await }))
        .await;
    assert!(
        matches!(refused, Err(StoreError::MissingReference(_))),
        "{refused:?}"
    );
    assert_eq!(role_grant_list(db, "1").await.unwrap(), vec![grant]);
    let ended = world
        .write(|tx| {
            Box::pin(async move {
                Ok((
                    role_grant_end(tx, "g", NOW).await?,
                    role_grant_end(tx, "g", NOW).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!(ended, (true, false));
    assert!(role_grant_list(db, "1").await.unwrap().is_empty());
}

async fn sessions_and_tokens(world: World) {
    assert!(insert_user(&world, user("1", "an")).await);
    let session = |id: &str| SessionRow {
        token_sha256: format!("hash-{id}"),
        id: id.into(),
        user_id: "1".into(),
        created_at: NOW.into(),
        last_seen_at: NOW.into(),
        expires_at: LATER.into(),
        user_agent: "test".into(),
        ended_at: None,
    };
    for id in ["a", "b", "c"] {
        let row = session(id);
        world
            .write(move |tx| Box::pin(async move { session_insert(tx, &row).await }))
            .await
            .unwrap();
    }
    let db = world.db.read();
    assert_eq!(session_get(db, "hash-a").await.unwrap(), Some(session("a")));
    assert_eq!(session_list(db, "1", NOW).await.unwrap().len(), 3);
    assert!(session_list(db, "1", LATER).await.unwrap().is_empty());
    let ended = world
        .write(|tx| {
            Box::pin(async move {
                Ok((
                    session_end(tx, "1", "a", NOW).await?,
                    session_end(tx, "2", "b", NOW).await?,
                    session_end_others(tx, "1", Some("b"), NOW).await?,
                    session_end_others(tx, "1", None, NOW).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!(ended, (true, false, 1, 1));

    let token = ApiTokenRow {
        id: "t".into(),
        token_sha256: "hash-t".into(),
        user_id: "1".into(),
        name: "đồng bộ".into(),
        scopes: "[\"read\"]".into(),
        created_at: NOW.into(),
        expires_at: LATER.into(),
        ended_at: None,
    };
    let wanted = token.clone();
    world
        .write(move |tx| Box::pin(async move { api_token_insert(tx, &wanted).await }))
        .await
        .unwrap();
    assert_eq!(
        api_token_get(db, "hash-t").await.unwrap(),
        Some(token.clone())
    );
    assert_eq!(api_token_list(db, "1").await.unwrap(), vec![token]);
    assert!(
        world
            .write(|tx| Box::pin(async move { api_token_end(tx, "1", "t", NOW).await }))
            .await
            .unwrap()
    );
    assert!(api_token_list(db, "1").await.unwrap().is_empty());
}
