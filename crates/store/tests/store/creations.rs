//! New records that are written together with others.

use std::collections::BTreeSet;

use store::changes::{self, ChangeRow};
use store::consultations::{
    ConsultationFilter, ConsultationRow, consultation_creation, consultation_list,
};
use store::facts::{FactFilter, FactRow, fact_sum};
use store::{Db, Page, Scope, StoreError};

use crate::world::World;

crate::both!(
    records_that_wait_together_are_all_written_once,
    a_record_that_fails_fails_alone,
    whoever_comes_next_sees_what_was_acknowledged,
    two_programs_write_to_one_database
);

fn consultation(id: &str) -> ConsultationRow {
    ConsultationRow {
        province_id: "old-40".into(),
        id: id.into(),
        version: 1,
        current: true,
        campaign_id: "c".into(),
        activity_id: None,
        team_id: None,
        counsellor_id: None,
        organization_id: "o".into(),
        admin_unit_id: "u".into(),
        place: String::new(),
        day: "2022-05-08".into(),
        started_at: None,
        people: 2,
        person_id: None,
        household_id: None,
        schemes: "[]".into(),
        outcome: "interested".into(),
        next_step: None,
        next_step_day: None,
        note: String::new(),
        recorded_at: "2022-05-08T00:00:00.000Z".into(),
        recorded_by: None,
        quotes_sealed: None,
    }
}

fn change(id: &str) -> ChangeRow {
    ChangeRow {
        province_id: "old-40".into(),
        seq: 0,
        at: "2022-05-08T00:00:00.000Z".into(),
        actor_id: None,
        organization_id: None,
        door: "api".into(),
        operation: "consultation_create".into(),
        entity: "consultation".into(),
        entity_id: id.into(),
        input_sha256: Some(id.into()),
        before_json: None,
        after_json: None,
        changes_figures: true,
    }
}

fn fact(id: &str, line: i64) -> FactRow {
    FactRow {
        province_id: "old-40".into(),
        source_id: id.into(),
        line,
        source_entity: "consultation".into(),
        indicator: "consultations".into(),
        admin_unit_id: "u".into(),
        organization_id: None,
        campaign_id: Some("c".into()),
        activity_kind: None,
        day: "2022-05-08".into(),
        state: "reported".into(),
        value: 2,
    }
}

async fn create(db: &Db, id: &str, facts: Vec<FactRow>) -> Result<Option<i64>, StoreError> {
    db.create(consultation_creation(
        &consultation(id),
        &facts,
        &change(id),
    ))
    .await
}

/// Ids of the records, ids in the change log in its order, and the sum of the facts.
async fn kept(db: &Db) -> (BTreeSet<String>, Vec<String>, i64) {
    let page = Page {
        after: None,
        limit: 10_000,
    };
    let filter = ConsultationFilter::default();
    let scope = Scope::everything();
    let records = consultation_list(db.read(), &scope, "old-40", "c", &filter, &page)
        .await
        .unwrap();
    let log = changes::change_list(db.read(), "old-40", 0, 10_000)
        .await
        .unwrap();
    let numbers: Vec<i64> = log.iter().map(|change| change.seq).collect();
    assert_eq!(numbers, (1..=log.len() as i64).collect::<Vec<_>>());
    let sum = fact_sum(db.read(), &scope, &FactFilter::default())
        .await
        .unwrap();
    (
        records.into_iter().map(|row| row.id).collect(),
        log.into_iter().map(|change| change.entity_id).collect(),
        sum.total.unwrap_or(0),
    )
}

async fn records_that_wait_together_are_all_written_once(world: World) {
    const IDS: usize = 150;
    let db = &world.db;
    // Each id twice, so that the same one comes in one group and in several.
    let answers = futures::future::join_all((0..2 * IDS).map(|n| async move {
        let id = format!("{}", n / 2);
        let number = create(db, &id, vec![fact(&id, 1)]).await.unwrap();
        (number, id)
    }))
    .await;
    let mut written: Vec<(i64, String)> = answers
        .into_iter()
        .filter_map(|(number, id)| Some((number?, id)))
        .collect();
    written.sort();
    let (records, log, sum) = kept(db).await;
    assert_eq!(records.len(), IDS);
    assert_eq!(sum, 2 * IDS as i64);
    // Every answer told the number under which the log has the record.
    let answered: Vec<(i64, String)> = (1..).zip(log).collect();
    assert_eq!(written, answered);
    assert_eq!(create(db, "7", vec![]).await.unwrap(), None);
}

async fn a_record_that_fails_fails_alone(world: World) {
    let db = &world.db;
    let answers = futures::future::join_all((0..40).map(|n| async move {
        let id = format!("{n}");
        let twice = if n % 4 == 1 { 1 } else { 2 };
        create(db, &id, vec![fact(&id, 1), fact(&id, twice)]).await
    }))
    .await;
    for (n, answer) in answers.iter().enumerate() {
        if n % 4 == 1 {
            assert!(
                matches!(answer, Err(StoreError::Duplicate(_))),
                "{answer:?}"
            );
        } else {
            assert!(matches!(answer, Ok(Some(_))), "{answer:?}");
        }
    }
    let (records, log, sum) = kept(db).await;
    assert_eq!((records.len(), log.len(), sum), (30, 30, 30 * 4));
    // What failed can be sent again.
    assert_eq!(create(db, "1", vec![]).await.unwrap(), Some(31));
}

async fn whoever_comes_next_sees_what_was_acknowledged(world: World) {
    let db = &world.db;
    for n in 1..=20 {
        let id = format!("{n}");
        assert_eq!(create(db, &id, vec![]).await.unwrap(), Some(2 * n - 1));
        if n % 2 == 0 {
            let log = changes::change_list(db.read(), "old-40", 0, 100).await;
            assert_eq!(log.unwrap().len() as i64, 2 * n - 1);
        }
        // A unit of work is written after it, and sees it too.
        let number = db
            .write::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    let log = changes::change_list(tx, "old-40", 0, 100).await?;
                    assert_eq!(log.len() as i64, 2 * n - 1);
                    changes::change_insert(tx, &change(&format!("work {n}"))).await
                })
            })
            .await;
        assert_eq!(number.unwrap(), 2 * n);
    }
}

async fn two_programs_write_to_one_database(world: World) {
    let other = Db::open(&world.options).await.unwrap();
    let answers = futures::future::join_all((0..60).map(|n| {
        let db = if n % 2 == 0 { &world.db } else { &other };
        async move { create(db, &format!("{}", n / 2), vec![]).await.unwrap() }
    }))
    .await;
    let mut numbers: Vec<i64> = answers.into_iter().flatten().collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=30).collect::<Vec<_>>());
    let (records, log, _) = kept(&world.db).await;
    assert_eq!((records.len(), log.len()), (30, 30));
}
