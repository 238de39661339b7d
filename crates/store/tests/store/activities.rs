//! Activities, measures, sites, checklists, scripts, resources, teams and rosters.

use store::activities::*;
use store::sites::*;
use store::teams::*;
use store::{Page, Scope};

use crate::world::World;

crate::both!(
    activities_keep_their_versions,
    measures_keep_their_versions,
    sites_and_lists_are_replaced,
    own_kinds
);

pub fn activity(id: &str) -> ActivityRow {
    ActivityRow {
        province_id: "old-40".into(),
        id: id.into(),
        version: 1,
        current: true,
        campaign_id: "c".into(),
        kind: "launch".into(),
        workstream: None,
        title: "x".into(),
        title_search: "le ra quan".into(),
        organization_id: "post".into(),
        admin_unit_id: "old-412".into(),
        place: "x".into(),
        first_day: "2022-05-08".into(),
        last_day: "2022-05-08".into(),
        starts_at: None,
        ends_at: None,
        audiences: "[]".into(),
        languages: "[]".into(),
        state: "done".into(),
        note: "x".into(),
        illustrative: true,
        recorded_at: "x".into(),
        recorded_by: None,
    }
}

fn measure(id: &str, language: &str, value: i64) -> MeasureRow {
    MeasureRow {
        province_id: "old-40".into(),
        activity_id: "a".into(),
        measure: "attendees".into(),
        audience_group: String::new(),
        language: language.into(),
        version: 1,
        current: true,
        id: id.into(),
        day: "2022-05-08".into(),
        value,
        evidence_file_id: None,
        organization_id: "post".into(),
        admin_unit_id: "old-412".into(),
        recorded_at: "x".into(),
        recorded_by: None,
    }
}

fn site(id: &str) -> SiteRow {
    SiteRow {
        province_id: "old-40".into(),
        id: id.into(),
        activity_id: "a".into(),
        admin_unit_id: "old-412".into(),
        name: "x".into(),
        place: "x".into(),
        starts_at: "2022-05-08T07:00".into(),
        organization_id: None,
    }
}

fn item(id: &str) -> ReadinessItemRow {
    ReadinessItemRow {
        province_id: "old-40".into(),
        id: id.into(),
        activity_id: "a".into(),
        site_id: "s".into(),
        title: "x".into(),
        organization_id: "post".into(),
        due_at: "2022-05-07T19:00".into(),
        done_at: None,
        done_by: None,
        note: "x".into(),
        version: 1,
    }
}

fn line(id: &str, starts_at: &str) -> ScriptLineRow {
    ScriptLineRow {
        province_id: "old-40".into(),
        id: id.into(),
        activity_id: "a".into(),
        starts_at: starts_at.into(),
        ends_at: None,
        what: "x".into(),
        who: "x".into(),
        organization_id: None,
    }
}

fn resource(id: &str) -> ResourceRow {
    ResourceRow {
        province_id: "old-40".into(),
        id: id.into(),
        activity_id: "a".into(),
        site_id: None,
        kind: "x".into(),
        quantity: 1,
        organization_id: None,
        note: "x".into(),
    }
}

pub fn team(id: &str) -> TeamRow {
    TeamRow {
        province_id: "old-40".into(),
        id: id.into(),
        activity_id: "a".into(),
        site_id: None,
        name: "x".into(),
        organization_id: None,
        admin_unit_id: "old-412".into(),
        member_count: 1,
    }
}

fn roster_place(id: &str, team: &str) -> RosterPlaceRow {
    RosterPlaceRow {
        province_id: "old-40".into(),
        id: id.into(),
        activity_id: "a".into(),
        team_id: team.into(),
        admin_unit_id: "old-412".into(),
        place: "x".into(),
        day: "2022-05-08".into(),
        starts_at: None,
        ends_at: None,
    }
}

async fn activities_keep_their_versions(world: World) {
    let first = activity("a");
    let second = ActivityRow {
        version: 2,
        state: "cancelled".into(),
        ..first.clone()
    };
    let (one, two) = (first.clone(), second.clone());
    let done = world
        .write(move |tx| {
            Box::pin(async move {
                Ok([
                    activity_insert(tx, &one).await?,
                    activity_insert(tx, &one).await?,
                    activity_retire(tx, "old-40", "a", 2).await?,
                    activity_retire(tx, "old-40", "a", 1).await?,
                    activity_insert(tx, &two).await?,
                    activity_insert(
                        tx,
                        &ActivityRow {
                            first_day: "2022-05-09".into(),
                            ..activity("b")
                        },
                    )
                    .await?,
                ])
            })
        })
        .await
        .unwrap();
    assert_eq!(done, [true, false, false, true, true, true]);
    let db = world.db.read();
    assert_eq!(activity_get(db, "a").await.unwrap(), Some(second));
    assert_eq!(activity_get(db, "x").await.unwrap(), None);
    let versions = activity_version_list(db, "old-40", "a").await.unwrap();
    assert_eq!(
        versions,
        [
            ActivityRow {
                current: false,
                ..first
            },
            versions[1].clone()
        ]
    );

    let page = |after: Option<&str>| Page {
        after: after.map(Into::into),
        limit: 10,
    };
    let list = async |scope: Scope, filter: ActivityFilter, after: Option<&str>| {
        let rows = activity_list(db, &scope, &filter, &page(after))
            .await
            .unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let all = ActivityFilter::default;
    assert_eq!(list(Scope::everything(), all(), None).await, ["a", "b"]);
    assert_eq!(
        list(Scope::everything(), all(), Some("2022-05-08|a")).await,
        ["b"]
    );
    assert!(list(Scope::default(), all(), None).await.is_empty());
    let units = Scope {
        units: vec!["old-412".into()],
        ..Scope::default()
    };
    assert_eq!(list(units, all(), None).await, ["a", "b"]);
    let narrow = ActivityFilter {
        campaign_id: Some("c".into()),
        kind: Some("launch".into()),
        state: Some("done".into()),
        organization_id: Some("post".into()),
        units: Some(vec!["old-412".into()]),
        from: Some("2022-05-08".into()),
        to: Some("2022-05-09".into()),
        title_search: Some("ra quan".into()),
    };
    assert_eq!(list(Scope::everything(), narrow, None).await, ["b"]);
    let later = ActivityFilter {
        from: Some("2022-05-10".into()),
        ..all()
    };
    assert!(list(Scope::everything(), later, None).await.is_empty());
}

async fn measures_keep_their_versions(world: World) {
    let done = world
        .write(|tx| {
            Box::pin(async move {
                activity_insert(tx, &activity("a")).await?;
                let old = measure("m", "vi", 5);
                let new = MeasureRow {
                    version: 2,
                    value: 7,
                    ..old.clone()
                };
                Ok([
                    measure_insert_many(tx, &[old.clone(), measure("n", "rad", 3)]).await?,
                    u64::from(measure_retire(tx, &old).await?),
                    u64::from(measure_retire(tx, &old).await?),
                    measure_insert_many(tx, &[new]).await?,
                ])
            })
        })
        .await
        .unwrap();
    assert_eq!(done, [2, 1, 0, 1]);
    let db = world.db.read();
    let values = |rows: Vec<MeasureRow>| rows.into_iter().map(|row| row.value).collect::<Vec<_>>();
    assert_eq!(
        values(measure_list(db, "old-40", "a").await.unwrap()),
        [3, 7]
    );
    assert_eq!(
        values(measure_version_list(db, "old-40", "a").await.unwrap()),
        [3, 5, 7]
    );
    let everything = Scope::everything();
    let sums = measure_sum_list(db, &everything, "old-40", "c", "2022-05-08")
        .await
        .unwrap();
    let sums: Vec<_> = sums
        .iter()
        .map(|sum| (sum.language.as_str(), sum.value, sum.activities))
        .collect();
    assert_eq!(sums, [("rad", 3, 1), ("vi", 7, 1)]);
    let before = measure_sum_list(db, &everything, "old-40", "c", "2022-05-07")
        .await
        .unwrap();
    assert!(before.is_empty());
}

async fn sites_and_lists_are_replaced(world: World) {
    world
        .write(|tx| {
            Box::pin(async move {
                assert_eq!(
                    site_insert_many(tx, &[site("s"), site("s2"), site("s")]).await?,
                    2
                );
                assert_eq!(readiness_item_insert_many(tx, &[item("i")]).await?, 1);
                script_line_insert_many(tx, &[line("l2", "08:00"), line("l1", "07:00")]).await?;
                assert_eq!(resource_insert_many(tx, &[resource("r")]).await?, 1);
                assert_eq!(team_insert_many(tx, &[team("t"), team("t2")]).await?, 2);
                let many: Vec<RosterPlaceRow> = (0..5000)
                    .map(|n| roster_place(&format!("{n:04}"), if n % 2 == 0 { "t" } else { "t2" }))
                    .collect();
                assert_eq!(roster_place_insert_many(tx, &many).await?, 5000);
                let done = ReadinessItemRow {
                    done_at: Some("2022-05-07T18:00".into()),
                    ..item("i")
                };
                assert!(readiness_item_update_done(tx, &done).await?);
                assert!(!readiness_item_update_done(tx, &done).await?);
                Ok(())
            })
        })
        .await
        .unwrap();
    let db = world.db.read();
    assert_eq!(site_list(db, "old-40", "a").await.unwrap().len(), 2);
    let found = readiness_item_get(db, "old-40", "i")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.done_at.as_deref(), found.version),
        (Some("2022-05-07T18:00"), 2)
    );
    assert_eq!(
        readiness_item_list(db, "old-40", "a").await.unwrap(),
        [found]
    );
    assert_eq!(
        script_line_list(db, "old-40", "a").await.unwrap()[0].id,
        "l1"
    );
    assert_eq!(resource_list(db, "old-40", "a").await.unwrap().len(), 1);
    assert_eq!(team_list(db, "old-40", "a").await.unwrap().len(), 2);
    assert_eq!(
        roster_place_list(db, "old-40", "a", None)
            .await
            .unwrap()
            .len(),
        5000
    );
    assert_eq!(
        roster_place_list(db, "old-40", "a", Some("t"))
            .await
            .unwrap()
            .len(),
        2500
    );
    let gone = world
        .write(|tx| {
            Box::pin(async move {
                Ok([
                    site_delete_of_activity(tx, "old-40", "a").await?,
                    readiness_item_delete_of_activity(tx, "old-40", "a").await?,
                    script_line_delete_of_activity(tx, "old-40", "a").await?,
                    resource_delete_of_activity(tx, "old-40", "a").await?,
                    team_delete_of_activity(tx, "old-40", "a").await?,
                    roster_place_delete_of_activity(tx, "old-40", "a").await?,
                    site_delete_of_activity(tx, "old-66", "a").await?,
                ])
            })
        })
        .await
        .unwrap();
    assert_eq!(gone, [2, 1, 2, 1, 2, 5000, 0]);
}

async fn own_kinds(world: World) {
    let row = ActivityKindRow {
        province_id: "old-40".into(),
        id: "quiz".into(),
        definition_json: "{}".into(),
        version: 1,
    };
    let wanted = row.clone();
    let done = world
        .write(move |tx| {
            Box::pin(async move {
                Ok((
                    activity_kind_insert(tx, &wanted).await?,
                    activity_kind_insert(tx, &wanted).await?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!(done, (true, false));
    let db = world.db.read();
    assert_eq!(
        activity_kind_get(db, "old-40", "quiz").await.unwrap(),
        Some(row.clone())
    );
    assert_eq!(activity_kind_get(db, "old-66", "quiz").await.unwrap(), None);
    let of = |province: &str| Scope {
        provinces: vec![province.into()],
        ..Scope::default()
    };
    assert_eq!(activity_kind_list(db, &of("old-40")).await.unwrap(), [row]);
    assert!(
        activity_kind_list(db, &of("old-66"))
            .await
            .unwrap()
            .is_empty()
    );
}
