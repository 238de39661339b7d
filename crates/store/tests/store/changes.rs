//! The change log under concurrent writers, and the writer's promises.

use store::changes::{self, ChangeAuthors, ChangeFilter, ChangeRow};
use store::organizations;
use store::{Db, StoreError};

use crate::world::World;

crate::both!(
    numbers_are_gap_free_and_a_follower_misses_nothing,
    a_failed_job_takes_back_only_its_own_writes,
    opening_again_keeps_what_was_written,
    creations_are_found_again,
    changes_of_figures_are_told_apart,
    recent_changes_come_newest_first_and_page_by_page,
    recent_changes_are_told_by_who_what_and_when
);

fn row(province: &str, entity_id: String) -> ChangeRow {
    ChangeRow {
        province_id: province.into(),
        seq: 0,
        at: "2022-05-08T00:00:00.000Z".into(),
        actor_id: None,
        organization_id: None,
        door: "api".into(),
        operation: "thing_create".into(),
        entity: "thing".into(),
        entity_id,
        input_sha256: Some("aa".into()),
        before_json: None,
        after_json: Some("{}".into()),
        changes_figures: true,
    }
}

async fn append(db: &Db, province: &'static str, id: String) -> Result<i64, StoreError> {
    db.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move { changes::change_insert(tx, &row(province, id)).await })
    })
    .await
}

/// Takes a number, then stays in the transaction for so many statements before it is committed:
/// were numbers handed out without waiting, later ones would be committed first.
async fn append_slowly(db: &Db, province: &'static str, id: String, statements: usize) {
    db.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            changes::change_insert(tx, &row(province, id)).await?;
            for _ in 0..statements {
                changes::change_head_list(tx).await?;
            }
            Ok(())
        })
    })
    .await
    .unwrap();
}

/// Follows a province's log up to number `last` and returns the ids in the order in which they came.
async fn follow(db: &Db, province: &str, last: i64) -> Vec<String> {
    let (mut cursor, mut seen) = (0, Vec::new());
    while cursor < last {
        let page = changes::change_list(db.read(), province, cursor, 7)
            .await
            .unwrap();
        for change in page {
            // A number that is not there yet would never be asked for again.
            assert_eq!(change.seq, cursor + 1, "{province}: a number was skipped");
            cursor = change.seq;
            seen.push(change.entity_id);
        }
        tokio::task::yield_now().await;
    }
    seen
}

async fn numbers_are_gap_free_and_a_follower_misses_nothing(world: World) {
    const WRITERS: usize = 7;
    const EACH: usize = 40;
    let db = &world.db;
    let total = (WRITERS * EACH) as i64;
    let write = futures::future::join_all((0..WRITERS).map(|writer| async move {
        for n in 0..EACH {
            let slowness = (writer * 5 + n * 3) % 11;
            append_slowly(db, "old-40", format!("{writer}-{n}"), slowness).await;
            append_slowly(db, "old-66", format!("{writer}-{n}"), 11 - slowness).await;
        }
    }));
    let (first, second, _) = tokio::join!(
        follow(db, "old-40", total),
        follow(db, "old-66", total),
        write
    );
    let mut expected: Vec<String> = (0..WRITERS)
        .flat_map(|w| (0..EACH).map(move |n| format!("{w}-{n}")))
        .collect();
    expected.sort();
    for mut seen in [first, second] {
        seen.sort();
        assert_eq!(seen, expected);
    }
    let heads = changes::change_head_list(db.read()).await.unwrap();
    assert_eq!(
        heads.iter().map(|head| head.last_seq).collect::<Vec<_>>(),
        vec![total, total]
    );
}

async fn a_failed_job_takes_back_only_its_own_writes(world: World) {
    let db = &world.db;
    let jobs = (0..20).map(|n| async move {
        db.write::<i64, StoreError, _>(move |tx| {
            Box::pin(async move {
                let seq = changes::change_insert(tx, &row("old-40", format!("{n}"))).await?;
                if n % 2 == 1 {
                    Err(StoreError::Stopped)
                } else {
                    Ok(seq)
                }
            })
        })
        .await
    });
    let results = futures::future::join_all(jobs).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 10);
    let kept = changes::change_list(db.read(), "old-40", 0, 100)
        .await
        .unwrap();
    assert_eq!(kept.len(), 10);
    assert!(
        kept.iter()
            .all(|change| change.entity_id.parse::<u32>().unwrap() % 2 == 0)
    );
    assert_eq!(kept.last().unwrap().seq, 10);
}

async fn opening_again_keeps_what_was_written(world: World) {
    append(&world.db, "old-40", "a".into()).await.unwrap();
    let again = Db::open(&world.options).await.unwrap();
    let kept = changes::change_list(again.read(), "old-40", 0, 10)
        .await
        .unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].entity_id, "a");
}

async fn creations_are_found_again(world: World) {
    append(&world.db, "old-40", "a".into()).await.unwrap();
    let db = world.db.read();
    let found = changes::change_get_creation(db, "old-40", "thing", "a")
        .await
        .unwrap();
    assert_eq!(found.unwrap().input_sha256.as_deref(), Some("aa"));
    assert_eq!(
        changes::change_get_creation(db, "old-40", "other", "a")
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        changes::change_get_creation(db, "old-66", "thing", "a")
            .await
            .unwrap(),
        None
    );
}

async fn changes_of_figures_are_told_apart(world: World) {
    append(&world.db, "old-40", "a".into()).await.unwrap();
    let plain = ChangeRow {
        changes_figures: false,
        ..row("old-40", "b".into())
    };
    world
        .write(move |tx| Box::pin(async move { changes::change_insert(tx, &plain).await }))
        .await
        .unwrap();
    append(&world.db, "old-40", "c".into()).await.unwrap();
    let db = world.db.read();
    let list = async |after, limit| -> Vec<i64> {
        let found = changes::change_list_of_figures(db, "old-40", after, limit).await;
        found.unwrap().iter().map(|change| change.seq).collect()
    };
    assert_eq!(list(0, 10).await, [1, 3]);
    assert_eq!(list(1, 10).await, [3]);
    assert_eq!(list(0, 1).await, [1]);
}

/// The ids of changes, newest first.
async fn recent(db: &Db, above: i64, below: i64, filter: &ChangeFilter, limit: i64) -> Vec<String> {
    let found = changes::change_list_recent(db.read(), "old-40", above, below, filter, limit).await;
    found
        .unwrap()
        .into_iter()
        .map(|change| change.entity_id)
        .collect()
}

async fn recent_changes_come_newest_first_and_page_by_page(world: World) {
    for id in ["a", "b", "c", "d"] {
        append(&world.db, "old-40", id.into()).await.unwrap();
    }
    append(&world.db, "old-66", "other".into()).await.unwrap();
    let all = ChangeFilter::default();
    assert_eq!(
        recent(&world.db, 0, 9, &all, 10).await,
        ["d", "c", "b", "a"]
    );
    assert_eq!(recent(&world.db, 0, 9, &all, 2).await, ["d", "c"]);
    assert_eq!(recent(&world.db, 0, 3, &all, 2).await, ["b", "a"]);
    assert_eq!(recent(&world.db, 2, 9, &all, 10).await, ["d", "c"]);
    let of = |id: &str| ChangeFilter {
        entity_id: Some(id.into()),
        ..ChangeFilter::default()
    };
    assert_eq!(recent(&world.db, 0, 9, &of("b"), 10).await, ["b"]);
    assert!(recent(&world.db, 0, 9, &of("other"), 10).await.is_empty());
}

async fn recent_changes_are_told_by_who_what_and_when(world: World) {
    let body = crate::organizations::body("post", "old-40", "old-412");
    let written = |id: &str, actor: &str, organization: Option<&str>, at: &str| ChangeRow {
        actor_id: Some(actor.into()),
        organization_id: organization.map(Into::into),
        at: at.into(),
        entity: if id == "c" { "task" } else { "thing" }.into(),
        ..row("old-40", id.into())
    };
    let rows = vec![
        written("a", "lan", Some("post"), "2022-05-08T00:00:00.000Z"),
        written("b", "hoa", Some("union"), "2022-05-09T00:00:00.000Z"),
        written("c", "hoa", None, "2022-05-09T10:00:00.000Z"),
    ];
    world
        .write(move |tx| {
            Box::pin(async move {
                organizations::organization_insert(tx, &body).await?;
                for row in &rows {
                    changes::change_insert(tx, row).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    let db = &world.db;
    let ask = async |filter: ChangeFilter| recent(db, 0, 9, &filter, 10).await;
    let by = |authors: ChangeAuthors| ChangeFilter {
        authors: Some(authors),
        ..ChangeFilter::default()
    };
    let filter = ChangeFilter {
        actor_id: Some("hoa".into()),
        ..ChangeFilter::default()
    };
    assert_eq!(ask(filter).await, ["c", "b"]);
    let filter = ChangeFilter {
        entity: Some("task".into()),
        ..ChangeFilter::default()
    };
    assert_eq!(ask(filter).await, ["c"]);
    let filter = ChangeFilter {
        from_at: Some("2022-05-09T00:00:00.000Z".into()),
        before_at: Some("2022-05-09T10:00:00.000Z".into()),
        ..ChangeFilter::default()
    };
    assert_eq!(ask(filter).await, ["b"]);
    assert!(ask(by(ChangeAuthors::default())).await.is_empty());
    let authors = ChangeAuthors {
        units: vec!["old-412".into()],
        ..ChangeAuthors::default()
    };
    assert_eq!(ask(by(authors)).await, ["a"]);
    let authors = ChangeAuthors {
        provinces: vec!["old-40".into()],
        actor_id: Some("hoa".into()),
        ..ChangeAuthors::default()
    };
    assert_eq!(ask(by(authors)).await, ["c", "b", "a"]);
    let authors = ChangeAuthors {
        organizations: vec!["union".into()],
        ..ChangeAuthors::default()
    };
    assert_eq!(ask(by(authors)).await, ["b"]);

    for (at, expected) in [
        ("2022-05-08T00:00:00.000Z", 0),
        ("2022-05-08T00:00:00.001Z", 1),
        ("2022-05-09T10:00:00.000Z", 2),
        ("2023-01-01T00:00:00.000Z", 3),
    ] {
        let found = changes::change_seq_before(db.read(), "old-40", 3, at).await;
        assert_eq!(found.unwrap(), expected, "{at}");
    }
}
