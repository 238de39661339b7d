//! Facts: writing, taking back, adding up, in scope.

use store::changes::{ChangeHead, ChangeRow, change_insert};
use store::facts::*;
use store::{Scope, StoreError};

use crate::world::World;

crate::both!(facts_are_written_summed_and_taken_back);

fn fact(source: &str, line: i64, unit: &str, state: &str, value: i64) -> FactRow {
    FactRow {
        province_id: "old-40".into(),
        source_id: source.into(),
        line,
        source_entity: "enrollment".into(),
        indicator: "enrollments.voluntary_si".into(),
        admin_unit_id: unit.into(),
        organization_id: Some("post".into()),
        campaign_id: Some("c".into()),
        activity_kind: None,
        day: "2022-05-08".into(),
        state: state.into(),
        value,
    }
}

fn change() -> ChangeRow {
    ChangeRow {
        province_id: "old-40".into(),
        seq: 0,
        at: "2022-05-08T00:00:00.000Z".into(),
        actor_id: None,
        organization_id: None,
        door: "api".into(),
        operation: "enrollment_create".into(),
        entity: "enrollment".into(),
        entity_id: "a".into(),
        input_sha256: None,
        before_json: None,
        after_json: None,
        changes_figures: true,
    }
}

async fn facts_are_written_summed_and_taken_back(world: World) {
    let rows = vec![
        fact("a", 1, "old-412", "claimed", 3),
        fact("b", 1, "old-412", "confirmed", 4),
        fact("b", 2, "old-413", "claimed", 5),
    ];
    let written = rows.clone();
    world
        .write(move |tx| Box::pin(async move { fact_insert(tx, &written).await }))
        .await
        .unwrap();
    let twice = rows[..1].to_vec();
    let refused = world
        .write(move |tx| Box::pin(async move { fact_insert(tx, &twice).await }))
        .await;
    assert!(
        matches!(refused, Err(StoreError::Duplicate(_))),
        "{refused:?}"
    );

    let (db, all) = (world.db.read(), Scope::everything());
    assert_eq!(
        fact_list_of_source(db, "old-40", "b").await.unwrap(),
        rows[1..]
    );
    let nothing = FactFilter::default();
    assert_eq!(fact_list(db, &all, &nothing, None, 10).await.unwrap(), rows);
    let after = Some(("2022-05-08", "a", 1));
    assert_eq!(
        fact_list(db, &all, &nothing, after, 1).await.unwrap(),
        rows[1..2]
    );

    let units = ["old-413".to_owned()];
    let (states, provinces) = (["claimed".to_owned()], ["old-40".to_owned()]);
    let filter = FactFilter {
        indicator: Some("enrollments.voluntary_si"),
        campaign_id: Some("c"),
        states: Some(&states),
        provinces: Some(&provinces),
        units: Some(&units),
        organization_id: Some("post"),
        first_day: Some("2022-05-08"),
        last_day: Some("2022-05-08"),
        ..FactFilter::default()
    };
    let sum = fact_sum(db, &all, &filter).await.unwrap();
    assert_eq!(
        sum,
        FactSum {
            total: Some(5),
            records: 1
        }
    );
    let other_kind = FactFilter {
        activity_kind: Some("launch"),
        ..filter
    };
    let sum = fact_sum(db, &all, &other_kind).await.unwrap();
    assert_eq!(
        sum,
        FactSum {
            total: None,
            records: 0
        }
    );
    let nobody = fact_sum(db, &Scope::default(), &nothing).await.unwrap();
    assert_eq!(nobody.records, 0);

    world
        .write(|tx| Box::pin(async move { change_insert(tx, &change()).await }))
        .await
        .unwrap();
    let later = FactRow {
        day: "2022-05-09".into(),
        ..fact("c", 1, "old-412", "claimed", 9)
    };
    world
        .write(move |tx| Box::pin(async move { fact_insert(tx, &[later]).await }))
        .await
        .unwrap();
    let latest = async |last_day| -> Vec<i64> {
        let filter = FactFilter {
            indicator: Some("enrollments.voluntary_si"),
            last_day: Some(last_day),
            latest_only: true,
            ..FactFilter::default()
        };
        let rows = fact_list(db, &Scope::everything(), &filter, None, 10).await;
        rows.unwrap().iter().map(|row| row.value).collect()
    };
    assert_eq!(latest("2022-05-08").await, [3, 4, 5]);
    assert_eq!(latest("2022-05-09").await, [4, 5, 9]);
    world
        .write(|tx| Box::pin(async move { fact_delete_of_source(tx, "old-40", "c").await }))
        .await
        .unwrap();
    let mut cells = Vec::new();
    let heads = fact_snapshot(db, |cell| cells.push(cell.clone()))
        .await
        .unwrap();
    let mut values: Vec<_> = cells
        .iter()
        .map(|cell| {
            (
                cell.admin_unit_id.as_str(),
                cell.state.as_str(),
                cell.value,
                cell.records,
            )
        })
        .collect();
    values.sort_unstable();
    assert_eq!(
        values,
        [
            ("old-412", "claimed", 3, 1),
            ("old-412", "confirmed", 4, 1),
            ("old-413", "claimed", 5, 1)
        ]
    );
    let head = ChangeHead {
        province_id: "old-40".into(),
        last_seq: 1,
    };
    assert_eq!(heads, [head]);

    let sums = fact_list_campaign_sums(db, &all, "old-40", "c", "2022-05-08")
        .await
        .unwrap();
    let totals: Vec<_> = sums
        .iter()
        .map(|sum| (sum.state.as_str(), sum.total, sum.records))
        .collect();
    assert_eq!(totals, [("claimed", 8, 2), ("confirmed", 4, 1)]);
    let before = fact_list_campaign_sums(db, &all, "old-40", "c", "2022-05-07")
        .await
        .unwrap();
    assert!(before.is_empty());
    let scope = Scope {
        units: vec!["old-412".into()],
        ..Scope::default()
    };
    let indicators = ["enrollments.voluntary_si".to_owned()];
    let sums =
        fact_list_campaign_unit_sums(db, &scope, "old-40", "c", "2022-05-08", &indicators).await;
    let totals: Vec<_> = sums
        .unwrap()
        .iter()
        .map(|sum| (sum.admin_unit_id.clone(), sum.total))
        .collect();
    assert_eq!(
        totals,
        [("old-412".to_owned(), 3), ("old-412".to_owned(), 4)]
    );

    let removed = world
        .write(|tx| Box::pin(async move { fact_delete_of_source(tx, "old-40", "b").await }))
        .await
        .unwrap();
    assert_eq!(removed, 2);
    assert_eq!(
        fact_list(db, &all, &nothing, None, 10).await.unwrap(),
        rows[..1]
    );
}
