//! Tasks, their cascade, events, coordination and evidence.

use store::files::{FileRow, file_insert};
use store::tasks::*;
use store::{Page, Scope, StoreError};

use crate::world::World;

crate::both!(
    a_cascade_is_written_at_once_and_read_as_a_tree,
    lists_stay_in_scope_and_are_paged,
    the_state_on_a_past_day_is_read_from_events,
    coordination_and_evidence
);

const PROVINCE: &str = "old-40";
const NOW: &str = "2022-05-08T00:00:00.000Z";

fn task(id: &str, parent: Option<&str>, unit: &str) -> TaskRow {
    TaskRow {
        province_id: PROVINCE.into(),
        id: id.into(),
        campaign_id: "nghe-an-2022".into(),
        parent_id: parent.map(Into::into),
        root_id: "root".into(),
        depth: match parent {
            None => 0,
            Some("root") => 1,
            Some(_) => 2,
        },
        kind: "inform".into(),
        workstream: None,
        title: "Phổ biến kế hoạch 81".into(),
        title_search: "pho bien ke hoach 81".into(),
        description: String::new(),
        basis: "81-KH/TU".into(),
        lead_organization_id: format!("pc-{unit}"),
        admin_unit_id: unit.into(),
        first_day: "2022-05-01".into(),
        due_day: "2022-05-31".into(),
        wanted_evidence: String::new(),
        indicator: Some("communes_informed".into()),
        state: "new".into(),
        progress: 0,
        acknowledged_day: None,
        done_day: None,
        child_count: 0,
        version: 1,
    }
}

fn event(task_id: &str, number: i64, kind: &str, day: &str, state: &str) -> TaskEventRow {
    TaskEventRow {
        province_id: PROVINCE.into(),
        task_id: task_id.into(),
        number,
        id: format!("{task_id}-{number}"),
        kind: kind.into(),
        at: NOW.into(),
        day: day.into(),
        state: state.into(),
        progress: 0,
        note: String::new(),
        actor_id: None,
        organization_id: None,
        to_organization_id: None,
        to_user_id: None,
    }
}

/// A root, two districts, and `communes` below the first of them.
fn tree(communes: usize) -> Vec<TaskRow> {
    let mut rows = vec![
        task("root", None, PROVINCE),
        task("d1", Some("root"), "old-412"),
        task("d2", Some("root"), "old-413"),
    ];
    rows.extend((0..communes).map(|n| task(&format!("c{n:04}"), Some("d1"), &format!("old-{n}"))));
    rows
}

async fn insert(world: &World, rows: Vec<TaskRow>) -> Result<(), StoreError> {
    world
        .write(move |tx| Box::pin(async move { task_insert_many(tx, &rows).await }))
        .await
}

fn ids(rows: &[TaskRow]) -> Vec<&str> {
    rows.iter().map(|row| row.id.as_str()).collect()
}

async fn a_cascade_is_written_at_once_and_read_as_a_tree(world: World) {
    insert(&world, tree(905)).await.unwrap();
    let again = insert(
        &world,
        vec![task("new", None, PROVINCE), task("d1", None, PROVINCE)],
    )
    .await;
    assert!(matches!(again, Err(StoreError::Duplicate(_))), "{again:?}");
    let db = world.db.read();
    assert_eq!(
        task_get(db, "new").await.unwrap(),
        None,
        "nothing is half-written"
    );
    assert_eq!(
        task_get(db, "c0904").await.unwrap(),
        Some(task("c0904", Some("d1"), "old-904"))
    );
    let below = task_list_below(db, PROVINCE, "root").await.unwrap();
    assert_eq!(below.len(), 908);
    assert_eq!(ids(&below[..4]), ["root", "d1", "d2", "c0000"]);
    assert_eq!(task_list_below(db, PROVINCE, "d2").await.unwrap().len(), 1);
    assert!(
        task_list_below(db, "old-66", "root")
            .await
            .unwrap()
            .is_empty()
    );

    let tops = ["d1".to_owned(), "d2".to_owned(), "c0001".to_owned()];
    let nodes = task_node_list(db, PROVINCE, &tops).await.unwrap();
    let below = |top: &str| nodes.iter().filter(|node| node.top_id == top).count();
    assert_eq!(
        (below("d1"), below("d2"), below("c0001"), nodes.len()),
        (906, 1, 1, 908)
    );
    let below = task_list_below(db, PROVINCE, "root").await.unwrap();

    let added = world
        .write(|tx| {
            Box::pin(async move {
                Ok((
                    task_add_children(tx, PROVINCE, "d2", 1, 3).await?,
                    task_add_children(tx, PROVINCE, "d2", 1, 3).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!(added, (true, false));
    assert_eq!(task_get(db, "d2").await.unwrap().unwrap().child_count, 3);

    let changed = TaskRow {
        state: "acknowledged".into(),
        acknowledged_day: Some("2022-05-08".into()),
        child_count: 905,
        ..below[1].clone()
    };
    let touched: Vec<String> = below[3..].iter().map(|row| row.id.clone()).collect();
    let done = world
        .write(move |tx| {
            Box::pin(async move {
                Ok((
                    task_update(tx, &changed).await?,
                    task_update(tx, &changed).await?,
                    task_update_many(tx, PROVINCE, &touched, None).await?,
                    task_update_many(tx, PROVINCE, &touched[..1], Some("cancelled")).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!((done.0, done.1, done.2.len()), (true, false, 905));
    let cancelled = TaskTouched {
        id: "c0000".into(),
        version: 3,
        state: "cancelled".into(),
        progress: 0,
    };
    assert_eq!(done.3, vec![cancelled]);
    let district = task_get(db, "d1").await.unwrap().unwrap();
    assert_eq!(
        (
            district.state.as_str(),
            district.child_count,
            district.version
        ),
        ("acknowledged", 905, 2)
    );
}

async fn lists_stay_in_scope_and_are_paged(world: World) {
    let mut rows = tree(3);
    rows[3].state = "accepted".into();
    rows[4].due_day = "2022-05-10".into();
    insert(&world, rows).await.unwrap();
    let pairs = vec![("c0002".to_owned(), "union".to_owned())];
    world
        .write(move |tx| {
            Box::pin(async move { task_coordination_insert_many(tx, PROVINCE, &pairs).await })
        })
        .await
        .unwrap();
    let db = world.db.read();
    let everything = Scope::everything();
    let page = |after: Option<String>, limit| Page { after, limit };
    let all = TaskFilter::default();

    for order in [TaskOrder::Due, TaskOrder::OpenFirst] {
        let whole = task_list(db, &everything, &all, order, &page(None, 50))
            .await
            .unwrap();
        assert_eq!(whole.len(), 6);
        let mut paged = Vec::new();
        while let Some(last) = {
            let after = paged.last().map(|row| order.key(row));
            let rows = task_list(db, &everything, &all, order, &page(after, 4))
                .await
                .unwrap();
            let more = rows.last().cloned();
            paged.extend(rows);
            more
        } {
            assert!(paged.len() <= 6, "{last:?} came twice");
        }
        assert_eq!(paged, whole);
        assert_eq!(whole[0].id, "c0001", "due first");
        let last = if order == TaskOrder::OpenFirst {
            "c0000"
        } else {
            "root"
        };
        assert_eq!(whole[5].id, last);
    }

    let list = async |scope: &Scope, filter: &TaskFilter| {
        let rows = task_list(db, scope, filter, TaskOrder::Due, &page(None, 50))
            .await
            .unwrap();
        assert_eq!(
            task_count(db, scope, filter).await.unwrap(),
            rows.len() as i64
        );
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let district = Scope {
        units: vec!["old-412".into(), "old-0".into()],
        ..Scope::default()
    };
    assert_eq!(list(&district, &all).await, ["c0000", "d1"]);
    let union = Scope {
        organizations: vec!["union".into()],
        ..Scope::default()
    };
    assert_eq!(
        list(&union, &all).await,
        ["c0002"],
        "it coordinates this one"
    );
    let lead = Scope {
        organizations: vec!["pc-old-413".into()],
        ..Scope::default()
    };
    assert_eq!(list(&lead, &all).await, ["d2"]);
    assert!(list(&Scope::default(), &all).await.is_empty());

    let mine = TaskFilter {
        organizations: Some(vec!["union".into(), "pc-old-413".into()]),
        ..TaskFilter::default()
    };
    assert_eq!(list(&everything, &mine).await, ["c0002", "d2"]);
    let late = TaskFilter {
        late_on: Some("2022-05-11".into()),
        ..TaskFilter::default()
    };
    assert_eq!(list(&everything, &late).await, ["c0001"]);
    let narrow = TaskFilter {
        province_id: Some(PROVINCE.into()),
        campaign_id: Some("nghe-an-2022".into()),
        units: Some(vec!["old-0".into(), "old-1".into(), PROVINCE.into()]),
        states: Some(vec!["new".into()]),
        title_search: Some("ke hoach".into()),
        ..TaskFilter::default()
    };
    assert_eq!(list(&everything, &narrow).await, ["c0001", "root"]);
    let children = TaskFilter {
        parent_id: Some("d1".into()),
        lead_organizations: Some(vec!["pc-old-2".into()]),
        ..TaskFilter::default()
    };
    assert_eq!(list(&everything, &children).await, ["c0002"]);
    let top = TaskFilter {
        top_only: true,
        ..TaskFilter::default()
    };
    assert_eq!(list(&everything, &top).await, ["root"]);
}

async fn the_state_on_a_past_day_is_read_from_events(world: World) {
    insert(&world, tree(2)).await.unwrap();
    let mut events: Vec<TaskEventRow> = ["root", "d1", "d2", "c0000", "c0001"]
        .iter()
        .map(|id| event(id, 1, "created", "2022-05-02", "new"))
        .collect();
    events.push(event("c0000", 2, "acknowledged", "2022-05-10", "accepted"));
    events.push(event("c0000", 4, "returned", "2022-05-20", "returned"));
    let written = events.clone();
    world
        .write(move |tx| Box::pin(async move { task_event_insert_many(tx, &written).await }))
        .await
        .unwrap();
    let db = world.db.read();
    let of_commune = task_event_list(db, PROVINCE, "c0000").await.unwrap();
    assert_eq!(of_commune.len(), 3);
    assert_eq!(of_commune[2], events[6]);

    let everything = Scope::everything();
    let state = async |set: TaskSet<'_>, day: &str| {
        let rows = task_list_on(db, &everything, PROVINCE, set, day)
            .await
            .unwrap();
        let commune = rows
            .iter()
            .find(|row| row.id == "c0000")
            .map(|row| row.state.clone());
        (rows.len(), commune)
    };
    let whole = TaskSet::Below("root");
    assert_eq!(state(whole, "2022-05-01").await, (0, None));
    assert_eq!(state(whole, "2022-05-09").await, (5, Some("new".into())));
    assert_eq!(
        state(whole, "2022-05-19").await,
        (5, Some("accepted".into()))
    );
    assert_eq!(
        state(whole, "2022-05-20").await,
        (5, Some("returned".into()))
    );
    assert_eq!(
        state(TaskSet::Below("d1"), "2022-05-31").await,
        (3, Some("returned".into()))
    );
    assert_eq!(
        state(TaskSet::Campaign("nghe-an-2022"), "2022-05-19").await,
        (5, Some("accepted".into()))
    );
    let scope = Scope {
        units: vec!["old-0".into()],
        ..Scope::default()
    };
    let seen = task_list_on(db, &scope, PROVINCE, whole, "2022-05-19")
        .await
        .unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].event_day, "2022-05-10");
}

async fn coordination_and_evidence(world: World) {
    insert(&world, tree(1)).await.unwrap();
    let pairs = vec![
        ("root".to_owned(), "union".to_owned()),
        ("root".to_owned(), "post".to_owned()),
    ];
    let file = FileRow {
        province_id: PROVINCE.into(),
        id: "f".into(),
        sha256: "abc".into(),
        name: "anh.jpg".into(),
        media_type: "image/jpeg".into(),
        size_bytes: 1,
        admin_unit_id: "old-0".into(),
        organization_id: None,
        created_by: "u".into(),
        created_at: NOW.into(),
    };
    let evidence = TaskEvidenceRow {
        province_id: PROVINCE.into(),
        task_id: "c0000".into(),
        file_id: "f".into(),
        event_number: 1,
        note: "Hội nghị".into(),
    };
    world
        .write(move |tx| {
            Box::pin(async move {
                task_coordination_insert_many(tx, PROVINCE, &pairs).await?;
                task_coordination_insert_many(tx, PROVINCE, &pairs[..1]).await?;
                file_insert(tx, &file, vec![1]).await?;
                task_evidence_insert(tx, &evidence).await
            })
        })
        .await
        .unwrap();
    let db = world.db.read();
    assert_eq!(
        task_coordination_list(db, PROVINCE, "root").await.unwrap(),
        ["post", "union"]
    );
    let found = task_evidence_list(db, PROVINCE, "c0000").await.unwrap();
    assert_eq!(
        (found.len(), found[0].name.as_str(), found[0].note.as_str()),
        (1, "anh.jpg", "Hội nghị")
    );
    let owner = task_get_of_file(db, PROVINCE, "f").await.unwrap().unwrap();
    assert_eq!(owner.id, "c0000");
    assert!(task_get_of_file(db, PROVINCE, "g").await.unwrap().is_none());
}
