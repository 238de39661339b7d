//! Targets: revisions kept, one that holds for each indicator, unit and period.

use store::targets::*;
use store::{Page, Scope};

use crate::world::World;

crate::both!(revisions_are_kept_and_one_holds);

fn target(id: &str, revision: i64, unit: &str, value: i64) -> TargetRow {
    TargetRow {
        province_id: "old-66".into(),
        id: id.into(),
        revision,
        current: true,
        indicator: "participants.voluntary_si".into(),
        admin_unit_id: unit.into(),
        period: "2023".into(),
        value,
        spread_from_id: None,
        spread_base: Some("equal".into()),
        reason: "giao đầu năm".into(),
        recorded_at: "2023-01-02T00:00:00.000Z".into(),
        recorded_by: None,
    }
}

async fn revisions_are_kept_and_one_holds(world: World) {
    for row in [
        target("a", 1, "old-66", 18_000),
        target("b", 1, "old-643", 4_000),
        target("a", 2, "old-66", 19_000),
    ] {
        world
            .write(move |tx| Box::pin(async move { target_insert(tx, &row).await }))
            .await
            .unwrap();
    }
    let rival = target("c", 1, "old-66", 1);
    let refused = world
        .write(move |tx| Box::pin(async move { target_insert(tx, &rival).await }))
        .await;
    assert!(refused.is_err(), "two targets for one cell");

    let db = world.db.read();
    let get = |unit| target_get(db, "old-66", "participants.voluntary_si", unit, "2023");
    assert_eq!(
        get("old-66").await.unwrap(),
        Some(target("a", 2, "old-66", 19_000))
    );
    assert_eq!(get("old-54").await.unwrap(), None);

    let page = |after: Option<&str>, limit| Page {
        after: after.map(str::to_owned),
        limit,
    };
    let everything = Scope::everything();
    let list = async |scope: &Scope, filter: &TargetFilter<'_>, page: Page| -> Vec<(String, i64)> {
        let rows = target_list(db, scope, filter, &page).await.unwrap();
        rows.into_iter().map(|row| (row.id, row.revision)).collect()
    };
    let all = TargetFilter::default();
    let both = [("a".to_owned(), 2), ("b".to_owned(), 1)];
    assert_eq!(list(&everything, &all, page(None, 10)).await, both);
    assert_eq!(list(&everything, &all, page(None, 1)).await, both[..1]);
    assert_eq!(
        list(&everything, &all, page(Some("a@2"), 10)).await,
        both[1..]
    );
    let narrow = Scope {
        units: vec!["old-643".into()],
        ..Scope::default()
    };
    assert_eq!(list(&narrow, &all, page(None, 10)).await, both[1..]);
    let history = TargetFilter {
        history_of: Some("a"),
        ..TargetFilter::default()
    };
    let revisions = [("a".to_owned(), 1), ("a".to_owned(), 2)];
    assert_eq!(list(&everything, &history, page(None, 10)).await, revisions);
    let units = ["old-66".to_owned()];
    let one = TargetFilter {
        indicator: Some("participants.voluntary_si"),
        units: Some(&units),
        period: Some("2023"),
        ..TargetFilter::default()
    };
    assert_eq!(list(&everything, &one, page(None, 10)).await, both[..1]);
    let other = TargetFilter {
        period: Some("2024"),
        ..one
    };
    assert!(list(&everything, &other, page(None, 10)).await.is_empty());

    let mut current = target_list_current(db).await.unwrap();
    current.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(
        current,
        [
            target("a", 2, "old-66", 19_000),
            target("b", 1, "old-643", 4_000)
        ]
    );
}
