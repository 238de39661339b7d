//! Campaigns and versions of plans.

use store::campaigns::*;
use store::{Page, Scope};

use crate::world::World;

crate::both!(
    campaigns_are_written_found_and_paged,
    issued_versions_stay_as_they_are
);

fn campaign(id: &str, first_day: &str) -> CampaignRow {
    CampaignRow {
        province_id: "old-40".into(),
        id: id.into(),
        name: "Tháng vận động".into(),
        name_search: "thang van dong".into(),
        admin_unit_id: "old-40".into(),
        organization_id: "bhxh-nghe-an".into(),
        state: "draft".into(),
        first_day: first_day.into(),
        last_day: "2022-12-31".into(),
        current_version: 1,
        made_from_id: None,
        illustrative: None,
        row_version: 1,
    }
}

async fn insert(world: &World, row: CampaignRow) -> bool {
    world
        .write(move |tx| Box::pin(async move { campaign_insert(tx, &row).await }))
        .await
        .unwrap()
}

async fn campaigns_are_written_found_and_paged(world: World) {
    let first = campaign("nghe-an-2022", "2022-05-01");
    assert!(insert(&world, first.clone()).await);
    assert!(!insert(&world, first.clone()).await);
    assert!(insert(&world, campaign("nghe-an-2021", "2021-05-01")).await);
    let elsewhere = CampaignRow {
        province_id: "old-66".into(),
        admin_unit_id: "old-66".into(),
        organization_id: "bhxh-dak-lak".into(),
        state: "running".into(),
        ..campaign("dak-lak-2022", "2022-01-01")
    };
    assert!(insert(&world, elsewhere.clone()).await);

    let db = world.db.read();
    assert_eq!(
        campaign_get(db, "nghe-an-2022").await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(campaign_get(db, "none").await.unwrap(), None);

    let changed = CampaignRow {
        state: "issued".into(),
        current_version: 2,
        ..first.clone()
    };
    let done = world
        .write(move |tx| {
            Box::pin(async move {
                Ok((
                    campaign_update(tx, &changed).await?,
                    campaign_update(tx, &changed).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!(
        done,
        (true, false),
        "the second update works on a version that is gone"
    );
    let after = campaign_get(db, "nghe-an-2022").await.unwrap().unwrap();
    assert_eq!(
        (
            after.state.as_str(),
            after.current_version,
            after.row_version
        ),
        ("issued", 2, 2)
    );

    let page = |after: Option<&str>| Page {
        after: after.map(Into::into),
        limit: 2,
    };
    let everything = Scope::everything();
    let all = CampaignFilter::default();
    let ids = |rows: Vec<CampaignRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    let found = campaign_list(db, &everything, &everything, &all, &page(None))
        .await
        .unwrap();
    assert_eq!(ids(found), ["nghe-an-2022", "dak-lak-2022"]);
    let rest = campaign_list(
        db,
        &everything,
        &everything,
        &all,
        &page(Some("2022-01-01|dak-lak-2022")),
    )
    .await;
    assert_eq!(ids(rest.unwrap()), ["nghe-an-2021"]);
    let nghe_an = Scope {
        provinces: vec!["old-40".into()],
        ..Scope::default()
    };
    let found = campaign_list(db, &nghe_an, &nghe_an, &all, &page(None))
        .await
        .unwrap();
    assert_eq!(ids(found), ["nghe-an-2022", "nghe-an-2021"]);
    let narrow = CampaignFilter {
        name_search: Some("van dong".into()),
        state: Some("running".into()),
        units: Some(vec!["old-66".into()]),
        on: Some("2022-05-08".into()),
    };
    let found = campaign_list(db, &everything, &everything, &narrow, &page(None))
        .await
        .unwrap();
    assert_eq!(found, vec![elsewhere]);
    let nowhere = Scope::default();
    let found = campaign_list(db, &everything, &nowhere, &all, &page(None))
        .await
        .unwrap();
    assert_eq!(
        ids(found),
        ["nghe-an-2022", "dak-lak-2022"],
        "drafts of others are not seen"
    );
}

async fn issued_versions_stay_as_they_are(world: World) {
    let version = CampaignVersionRow {
        province_id: "old-40".into(),
        campaign_id: "nghe-an-2022".into(),
        version: 1,
        plan_json: "{}".into(),
        issued_at: None,
        issued_by: None,
        document_number: None,
        document_date: None,
        amendment_reason: None,
    };
    let issued = CampaignVersionRow {
        plan_json: "{\"theme\":\"An tâm\"}".into(),
        issued_at: Some("2022-03-07T01:00:00.000Z".into()),
        document_number: Some("81-KH/TU".into()),
        document_date: Some("2022-03-07".into()),
        ..version.clone()
    };
    let (first, wanted, next) = (
        version.clone(),
        issued.clone(),
        CampaignVersionRow {
            version: 2,
            amendment_reason: Some("bổ sung".into()),
            ..version
        },
    );
    let done = world
        .write(move |tx| {
            Box::pin(async move {
                campaign_version_insert(tx, &first).await?;
                campaign_version_insert(tx, &next).await?;
                Ok((
                    campaign_version_update(tx, &wanted).await?,
                    campaign_version_update(tx, &first).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!(
        done,
        (true, false),
        "what was issued is never written again"
    );
    let db = world.db.read();
    let found = campaign_version_get(db, "old-40", "nghe-an-2022", 1)
        .await
        .unwrap();
    assert_eq!(found.as_ref(), Some(&issued));
    assert_eq!(
        campaign_version_get(db, "old-40", "nghe-an-2022", 3)
            .await
            .unwrap(),
        None
    );
    let versions = campaign_version_list(db, "old-40", "nghe-an-2022")
        .await
        .unwrap();
    assert_eq!(
        versions.iter().map(|row| row.version).collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(versions[0], issued);
}
