//! Organizations.

use store::organizations::*;
use store::{Page, Scope};

use crate::world::World;

crate::both!(insert_get_update_list);

pub fn body(id: &str, province: &str, unit: &str) -> OrganizationRow {
    OrganizationRow {
        province_id: province.into(),
        id: id.into(),
        kind: "social_insurance".into(),
        name: "Bảo hiểm xã hội".into(),
        name_search: "bao hiem xa hoi".into(),
        short_name: None,
        admin_unit_id: unit.into(),
        parent_id: None,
        active: true,
        illustrative: false,
        version: 1,
    }
}

async fn insert_get_update_list(world: World) {
    let (first, second) = (
        body("a", "old-40", "old-40"),
        body("b", "old-66", "old-643"),
    );
    for row in [first.clone(), second.clone()] {
        let inserted = world
            .write(move |tx| Box::pin(async move { organization_insert(tx, &row).await }))
            .await;
        assert!(inserted.unwrap());
    }
    let double = first.clone();
    let inserted = world
        .write(move |tx| Box::pin(async move { organization_insert(tx, &double).await }))
        .await;
    assert!(!inserted.unwrap());

    let db = world.db.read();
    assert_eq!(
        organization_get(db, "a").await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(organization_get(db, "x").await.unwrap(), None);
    let ids = ["a".to_owned(), "b".to_owned()];
    assert_eq!(organization_get_many(db, &ids).await.unwrap().len(), 2);

    let changed = OrganizationRow {
        name: "BHXH tỉnh".into(),
        active: false,
        ..first
    };
    let stale = OrganizationRow {
        version: 7,
        ..changed.clone()
    };
    let wanted = changed.clone();
    assert!(
        world
            .write(move |tx| Box::pin(async move { organization_update(tx, &wanted).await }))
            .await
            .unwrap()
    );
    assert!(
        !world
            .write(move |tx| Box::pin(async move { organization_update(tx, &stale).await }))
            .await
            .unwrap()
    );
    let after = organization_get(db, "a").await.unwrap().unwrap();
    assert_eq!(
        (after.name.as_str(), after.active, after.version),
        ("BHXH tỉnh", false, 2)
    );

    let page = Page {
        after: None,
        limit: 10,
    };
    let everything = Scope::everything();
    let filter = |text: &str| OrganizationFilter {
        name_search: Some(text.into()),
        ..OrganizationFilter::default()
    };
    let found = organization_list(db, &everything, &filter("xa hoi"), &page)
        .await
        .unwrap();
    assert_eq!(found.len(), 2);
    let unit = Scope {
        units: vec!["old-643".into()],
        ..Scope::default()
    };
    let found = organization_list(db, &unit, &filter("bao"), &page)
        .await
        .unwrap();
    assert_eq!(found, vec![second]);
    let active = OrganizationFilter {
        active_only: true,
        kind: Some("social_insurance".into()),
        units: Some(vec!["old-40".into(), "old-643".into()]),
        ..OrganizationFilter::default()
    };
    assert_eq!(
        organization_list(db, &everything, &active, &page)
            .await
            .unwrap()
            .len(),
        1
    );
    let after = Page {
        after: Some("a".into()),
        limit: 10,
    };
    let rest = organization_list(db, &everything, &OrganizationFilter::default(), &after)
        .await
        .unwrap();
    assert_eq!(rest.len(), 1);
    let child = OrganizationFilter {
        parent_id: Some("a".into()),
        ..OrganizationFilter::default()
    };
    assert!(
        organization_list(db, &everything, &child, &page)
            .await
            .unwrap()
            .is_empty()
    );
}
