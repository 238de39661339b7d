//! Observations, locks of periods, imports.

use store::changes::*;
use store::facts::*;
use store::imports::*;
use store::observations::*;
use store::{Page, Scope};

use crate::world::World;

crate::both!(
    versions_follow_one_another,
    lists_are_narrowed_and_paged,
    periods_are_locked_and_unlocked,
    imports_are_accepted_once,
    facts_of_many_records_go_at_once,
    a_province_can_be_locked,
);

fn figure(id: &str, unit: &str, month: &str, value: i64) -> ObservationRow {
    ObservationRow {
        province_id: "old-40".into(),
        id: id.into(),
        version: 1,
        current: true,
        indicator: "participants.voluntary_si".into(),
        admin_unit_id: unit.into(),
        period: month.into(),
        first_day: format!("{month}-01"),
        last_day: format!("{month}-28"),
        value,
        source: "Báo cáo tháng".into(),
        state: "submitted".into(),
        organization_id: Some("o".into()),
        import_id: None,
        reason: None,
        illustrative: false,
        recorded_at: "2022-05-20T02:00:00.000Z".into(),
        recorded_by: Some("u".into()),
        approved_at: None,
        approved_by: None,
    }
}

async fn insert(world: &World, rows: Vec<ObservationRow>) -> u64 {
    let work = world
        .write(move |tx| Box::pin(async move { observation_insert(tx, &rows).await }))
        .await;
    work.unwrap()
}

async fn versions_follow_one_another(world: World) {
    let first = figure("a", "old-412", "2022-05", 10);
    assert_eq!(insert(&world, vec![first.clone()]).await, 1);
    let double = figure("b", "old-412", "2022-05", 11);
    assert_eq!(insert(&world, vec![double]).await, 0, "the cell is taken");

    let second = ObservationRow {
        version: 2,
        value: 12,
        reason: Some("Đếm nhầm".into()),
        ..first.clone()
    };
    let corrected = second.clone();
    let retired = world
        .write(move |tx| {
            Box::pin(async move {
                let retired = observation_retire_many(tx, "old-40", &["a".into()]).await?;
                observation_insert(tx, &[corrected]).await?;
                Ok(retired)
            })
        })
        .await;
    assert_eq!(retired.unwrap(), 1);
    let db = world.db.read();
    assert_eq!(
        observation_get(db, "a").await.unwrap(),
        Some(second.clone())
    );
    assert_eq!(observation_get(db, "b").await.unwrap(), None);
    let ids = ["a".to_owned(), "b".to_owned()];
    assert_eq!(
        observation_get_many(db, &ids).await.unwrap(),
        vec![second.clone()]
    );
    let history = observation_history(db, "a").await.unwrap();
    let old = ObservationRow {
        current: false,
        ..first
    };
    assert_eq!(history, vec![second, old]);

    for expected in [1, 0] {
        let approved = world
            .write(move |tx| {
                Box::pin(async move {
                    let ids = ["a".to_owned()];
                    observation_approve_many(tx, "old-40", &ids, "2022-06-01", Some("v")).await
                })
            })
            .await;
        assert_eq!(approved.unwrap(), expected);
    }
    let row = observation_get(db, "a").await.unwrap().unwrap();
    assert_eq!(
        (row.state.as_str(), row.approved_by.as_deref()),
        ("approved", Some("v"))
    );
}

async fn lists_are_narrowed_and_paged(world: World) {
    let other = ObservationRow {
        province_id: "old-66".into(),
        indicator: "labour_force".into(),
        state: "approved".into(),
        import_id: Some("i".into()),
        organization_id: None,
        ..figure("d", "old-643", "2022-05", 5)
    };
    let rows = vec![
        figure("a", "old-412", "2022-04", 9),
        figure("b", "old-412", "2022-05", 10),
        figure("c", "old-413", "2022-05", 20),
        other,
    ];
    assert_eq!(insert(&world, rows).await, 4);
    let db = world.db.read();
    let everything = Scope::everything();
    let ids = async |scope: &Scope, filter: ObservationFilter, after: Option<&str>, limit| {
        let page = Page {
            after: after.map(str::to_owned),
            limit,
        };
        let rows = observation_list(db, scope, &filter, &page).await.unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let all = ObservationFilter::default;
    assert_eq!(
        ids(&everything, all(), None, 10).await,
        ["d", "c", "b", "a"]
    );
    assert_eq!(
        ids(&everything, all(), Some("2022-05-28|c"), 1).await,
        ["b"]
    );
    let one_unit = Scope {
        units: vec!["old-412".into()],
        ..Scope::default()
    };
    assert_eq!(ids(&one_unit, all(), None, 10).await, ["b", "a"]);
    let narrowed = [
        ObservationFilter {
            indicator: Some("labour_force".into()),
            ..all()
        },
        ObservationFilter {
            state: Some("approved".into()),
            ..all()
        },
        ObservationFilter {
            import_id: Some("i".into()),
            ..all()
        },
    ];
    for filter in narrowed {
        assert_eq!(ids(&everything, filter, None, 10).await, ["d"]);
    }
    let april = ObservationFilter {
        period: Some("2022-04".into()),
        last_day: Some("2022-05-01".into()),
        ..all()
    };
    assert_eq!(ids(&everything, april, None, 10).await, ["a"]);
    let may = ObservationFilter {
        units: Some(vec!["old-412".into()]),
        first_day: Some("2022-05-01".into()),
        ..all()
    };
    assert_eq!(ids(&everything, may, None, 10).await, ["b"]);
    let count = observation_count(db, &everything, &all()).await.unwrap();
    assert_eq!((count.observations, count.approved), (4, 1));

    let provinces = ["old-40".to_owned(), "old-66".to_owned()];
    let indicators = ["participants.voluntary_si".to_owned()];
    let cells = observation_list_cells(
        db,
        &provinces,
        &indicators,
        None,
        "2022-04-20",
        "2022-05-10",
    );
    assert_eq!(cells.await.unwrap().len(), 3);
    let units = ["old-413".to_owned()];
    let cells = observation_list_cells(
        db,
        &provinces,
        &indicators,
        Some(&units),
        "2022-05-10",
        "2022-05-10",
    );
    let cells = cells.await.unwrap();
    assert_eq!((cells.len(), cells[0].id.as_str()), (1, "c"));
    let cells = observation_list_cells(
        db,
        &provinces,
        &indicators,
        None,
        "2022-06-01",
        "2022-06-30",
    );
    assert!(cells.await.unwrap().is_empty());
}

async fn periods_are_locked_and_unlocked(world: World) {
    let lock = PeriodLockRow {
        province_id: "old-40".into(),
        admin_unit_id: "old-40".into(),
        period: "2022-05".into(),
        first_day: "2022-05-01".into(),
        last_day: "2022-05-31".into(),
        reason: None,
        locked_at: "2022-06-05T00:00:00.000Z".into(),
        locked_by: Some("u".into()),
    };
    for expected in [true, false] {
        let row = lock.clone();
        let locked = world
            .write(move |tx| Box::pin(async move { period_lock_insert(tx, &row).await }))
            .await;
        assert_eq!(locked.unwrap(), expected);
    }
    let db = world.db.read();
    let provinces = ["old-40".to_owned()];
    let found = period_lock_list_overlapping(db, &provinces, "2022-05-31", "2022-06-30").await;
    assert_eq!(found.unwrap(), vec![lock.clone()]);
    let found = period_lock_list_overlapping(db, &provinces, "2022-06-01", "2022-06-30").await;
    assert!(found.unwrap().is_empty());
    let listed = period_lock_list(db, &Scope::everything(), 10)
        .await
        .unwrap();
    assert_eq!(listed, vec![lock]);
    assert!(
        period_lock_list(db, &Scope::default(), 10)
            .await
            .unwrap()
            .is_empty()
    );
    for expected in [true, false] {
        let unlocked = world
            .write(|tx| {
                Box::pin(async move { period_lock_delete(tx, "old-40", "old-40", "2022-05").await })
            })
            .await;
        assert_eq!(unlocked.unwrap(), expected);
    }
}

async fn imports_are_accepted_once(world: World) {
    let row = ImportRow {
        province_id: "old-40".into(),
        id: "i".into(),
        kind: "observations".into(),
        admin_unit_id: "old-40".into(),
        file_id: "f".into(),
        state: "checked".into(),
        options_json: "{}".into(),
        rows_total: 3,
        rows_good: 2,
        fault_count: 1,
        rows_new: 2,
        rows_corrected: 0,
        rows_unchanged: 0,
        created_at: "2022-05-20T02:00:00.000Z".into(),
        created_by: Some("u".into()),
        accepted_at: None,
        accepted_by: None,
    };
    for expected in [true, false] {
        let row = row.clone();
        let inserted = world
            .write(move |tx| Box::pin(async move { import_insert(tx, &row).await }))
            .await;
        assert_eq!(inserted.unwrap(), expected);
    }
    let accepted = ImportRow {
        state: "accepted".into(),
        rows_new: 1,
        rows_unchanged: 1,
        accepted_at: Some("2022-05-20T03:00:00.000Z".into()),
        accepted_by: Some("v".into()),
        ..row
    };
    for expected in [true, false] {
        let row = accepted.clone();
        let written = world
            .write(move |tx| Box::pin(async move { import_accept(tx, &row).await }))
            .await;
        assert_eq!(written.unwrap(), expected);
    }
    let db = world.db.read();
    assert_eq!(import_get(db, "i").await.unwrap(), Some(accepted.clone()));
    assert_eq!(import_get(db, "x").await.unwrap(), None);
    for (file, expected) in [("f", true), ("g", false)] {
        assert_eq!(
            import_is_of_file(db, "old-40", file).await.unwrap(),
            expected
        );
    }
    let page = |after: Option<&str>| Page {
        after: after.map(str::to_owned),
        limit: 10,
    };
    let everything = Scope::everything();
    let found = import_list(db, &everything, Some("observations"), &page(None)).await;
    assert_eq!(found.unwrap(), vec![accepted]);
    let found = import_list(db, &everything, Some("organizations"), &page(None)).await;
    assert!(found.unwrap().is_empty());
    let last = page(Some("2022-05-20T02:00:00.000Z|i"));
    let found = import_list(db, &everything, None, &last).await;
    assert!(found.unwrap().is_empty());
    let found = import_list(db, &Scope::default(), None, &page(None)).await;
    assert!(found.unwrap().is_empty());
}

async fn facts_of_many_records_go_at_once(world: World) {
    let fact = |source: &str| FactRow {
        province_id: "old-40".into(),
        source_id: source.into(),
        line: 0,
        source_entity: "observation".into(),
        indicator: "labour_force".into(),
        admin_unit_id: "old-40".into(),
        organization_id: None,
        campaign_id: None,
        activity_kind: None,
        day: "2022-05-31".into(),
        state: "reported".into(),
        value: 1,
    };
    let rows = vec![fact("a"), fact("b"), fact("c")];
    let deleted = world
        .write(move |tx| {
            Box::pin(async move {
                fact_insert(tx, &rows).await?;
                fact_delete_of_sources(tx, "old-40", &["a".into(), "c".into()]).await
            })
        })
        .await;
    assert_eq!(deleted.unwrap(), 2);
    let left = fact_list_of_source(world.db.read(), "old-40", "b").await;
    assert_eq!(left.unwrap().len(), 1);
}

async fn a_province_can_be_locked(world: World) {
    world
        .write(|tx| {
            Box::pin(async move {
                change_head_lock(tx, "old-40").await?;
                change_head_lock(tx, "old-40").await
            })
        })
        .await
        .unwrap();
    let heads = change_head_list(world.db.read()).await.unwrap();
    assert_eq!(
        (heads[0].province_id.as_str(), heads[0].last_seq),
        ("old-40", 0)
    );
}
