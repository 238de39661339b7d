//! People, consultations, enrollments, official lists and gifts.

use store::confirmations::*;
use store::consultations::*;
use store::enrollments::*;
use store::gifts::*;
use store::people::*;
use store::{Page, Scope};

use crate::world::World;

crate::both!(
    people_and_consent,
    consultations_keep_their_versions,
    enrollments_count_a_person_once,
    official_lists,
    gifts_are_given_once
);

fn page(after: Option<&str>) -> Page {
    Page {
        after: after.map(Into::into),
        limit: 10,
    }
}

pub fn household(id: &str) -> HouseholdRow {
    HouseholdRow {
        province_id: "old-40".into(),
        id: id.into(),
        admin_unit_id: "old-412".into(),
        address_sealed: None,
        livelihood: None,
        member_count: None,
        created_at: "x".into(),
        created_by: None,
        version: 1,
    }
}

pub fn person(id: &str, national_id: &str) -> PersonRow {
    PersonRow {
        province_id: "old-40".into(),
        id: id.into(),
        household_id: Some("h".into()),
        admin_unit_id: "old-412".into(),
        birth_year: None,
        sex: None,
        sealed: "x".into(),
        national_id_fingerprint: Some(national_id.into()),
        name_fingerprint: Some(format!("name-{id}")),
        synthetic: true,
        created_at: "x".into(),
        created_by: None,
        version: 1,
    }
}

fn consent(id: &str) -> ConsentRow {
    ConsentRow {
        province_id: "old-40".into(),
        id: id.into(),
        person_id: "p".into(),
        purpose: "x".into(),
        given_at: "x".into(),
        withdrawn_at: None,
        recorded_by: None,
    }
}

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
        organization_id: "post".into(),
        admin_unit_id: "old-412".into(),
        place: "x".into(),
        day: "2022-05-08".into(),
        started_at: None,
        people: 1,
        person_id: None,
        household_id: None,
        schemes: "[]".into(),
        outcome: "matched".into(),
        next_step: None,
        next_step_day: None,
        note: "x".into(),
        recorded_at: "x".into(),
        recorded_by: None,
        quotes_sealed: Some("[]".into()),
    }
}

fn enrollment(id: &str, person: &str) -> EnrollmentRow {
    EnrollmentRow {
        province_id: "old-40".into(),
        id: id.into(),
        version: 1,
        current: true,
        campaign_id: "c".into(),
        activity_id: None,
        team_id: None,
        consultation_id: None,
        person_id: Some(person.into()),
        organization_id: "post".into(),
        admin_unit_id: "old-412".into(),
        scheme: "voluntary_si".into(),
        day: "2022-05-08".into(),
        starts_on: None,
        months: None,
        amount_vnd: None,
        state: "claimed".into(),
        state_day: "x".into(),
        state_reason: None,
        confirmation_id: None,
        confirmation_national_id: None,
        recorded_at: "x".into(),
        recorded_by: None,
        quotes_sealed: Some("[]".into()),
    }
}

fn confirmation(id: &str) -> ConfirmationRow {
    ConfirmationRow {
        province_id: "old-40".into(),
        id: id.into(),
        campaign_id: "c".into(),
        admin_unit_id: "old-412".into(),
        file_id: None,
        imported_at: "x".into(),
        imported_by: None,
        matched: 1,
        unmatched: 1,
        doubles: 1,
        already_confirmed: 1,
    }
}

fn confirmation_line(line: i64, outcome: &str) -> ConfirmationLineRow {
    ConfirmationLineRow {
        province_id: "old-40".into(),
        confirmation_id: "k".into(),
        line,
        scheme: "voluntary_si".into(),
        outcome: outcome.into(),
        matched_by: None,
        enrollment_id: None,
    }
}

fn pledge(id: &str) -> GiftPledgeRow {
    GiftPledgeRow {
        province_id: "old-40".into(),
        id: id.into(),
        campaign_id: "c".into(),
        donor_organization_id: None,
        donor_name: "x".into(),
        gift_kind: "voluntary_si_book".into(),
        quantity: 2,
        given: 0,
        amount_vnd: None,
        admin_unit_id: "old-412".into(),
        day: "2022-05-08".into(),
        recorded_at: "x".into(),
        recorded_by: None,
    }
}

fn gift(id: &str, person: &str) -> GiftRow {
    GiftRow {
        province_id: "old-40".into(),
        id: id.into(),
        pledge_id: "g".into(),
        campaign_id: "c".into(),
        person_id: person.into(),
        gift_kind: "voluntary_si_book".into(),
        admin_unit_id: "old-412".into(),
        day: "2022-05-08".into(),
        recorded_at: "x".into(),
        recorded_by: None,
    }
}

async fn people_and_consent(world: World) {
    let done = world
        .write(|tx| {
            Box::pin(async move {
                Ok([
                    household_insert(tx, &household("h")).await?,
                    household_insert(tx, &household("h")).await?,
                    person_insert(tx, &person("p", "1")).await?,
                    person_insert(tx, &person("p", "2")).await?,
                    person_insert(tx, &person("q", "1")).await?,
                    person_insert(
                        tx,
                        &PersonRow {
                            national_id_fingerprint: None,
                            ..person("r", "")
                        },
                    )
                    .await?,
                    person_insert(
                        tx,
                        &PersonRow {
                            national_id_fingerprint: None,
                            ..person("s", "")
                        },
                    )
                    .await?,
                    consent_insert(tx, &consent("k")).await?,
                    consent_insert(tx, &consent("k")).await?,
                    consent_withdraw(tx, "old-40", "k", "2022-05-09").await?,
                    consent_withdraw(tx, "old-40", "k", "2022-05-10").await?,
                ])
            })
        })
        .await
        .unwrap();
    assert_eq!(
        done,
        [
            true, false, true, false, false, true, true, true, false, true, false
        ]
    );
    let db = world.db.read();
    assert_eq!(household_get(db, "h").await.unwrap(), Some(household("h")));
    let units = ["old-412".to_owned()];
    let everything = Scope::everything();
    let found = household_list(db, &everything, Some(&units), &page(None))
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    assert!(
        household_list(db, &everything, None, &page(Some("h")))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(person_get(db, "p").await.unwrap(), Some(person("p", "1")));
    let found = person_get_by_national_id(db, "old-40", "1").await.unwrap();
    assert_eq!(found.map(|row| row.id).as_deref(), Some("p"));
    assert_eq!(
        person_get_by_national_id(db, "old-66", "1").await.unwrap(),
        None
    );
    assert_eq!(person_any_sealed(db).await.unwrap().as_deref(), Some("x"));
    let filter = PersonFilter {
        units: Some(units.to_vec()),
        household_id: Some("h".into()),
        name_fingerprint: Some("name-r".into()),
    };
    let found = person_list(db, &everything, &filter, &page(None))
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        person_count(db, &everything, &PersonFilter::default())
            .await
            .unwrap(),
        3
    );
    assert_eq!(
        person_count(db, &Scope::default(), &PersonFilter::default())
            .await
            .unwrap(),
        0
    );
    let rest = person_list(db, &everything, &PersonFilter::default(), &page(Some("p")))
        .await
        .unwrap();
    assert_eq!(rest.len(), 2);
    let consents = consent_list(db, "old-40", "p").await.unwrap();
    assert_eq!(consents[0].withdrawn_at.as_deref(), Some("2022-05-09"));
    assert!(!format!("{:?} {:?}", person("p", "1"), household("h")).contains("seal"));
}

async fn consultations_keep_their_versions(world: World) {
    let done = world
        .write(|tx| {
            Box::pin(async move {
                Ok([
                    consultation_insert(tx, &consultation("a")).await?,
                    consultation_insert(tx, &consultation("a")).await?,
                    consultation_retire(tx, "old-40", "a", 1).await?,
                    consultation_retire(tx, "old-40", "a", 1).await?,
                    consultation_insert(
                        tx,
                        &ConsultationRow {
                            version: 2,
                            people: 4,
                            ..consultation("a")
                        },
                    )
                    .await?,
                    consultation_insert(tx, &consultation("b")).await?,
                ])
            })
        })
        .await
        .unwrap();
    assert_eq!(done, [true, false, true, false, true, true]);
    let db = world.db.read();
    let newest = consultation_get(db, "old-40", "a").await.unwrap().unwrap();
    assert_eq!((newest.version, newest.people), (2, 4));
    assert_eq!(consultation_get(db, "old-66", "a").await.unwrap(), None);
    assert_eq!(
        consultation_version_list(db, "old-40", "a")
            .await
            .unwrap()
            .len(),
        2
    );
    let list = async |scope: Scope, filter: ConsultationFilter, after: Option<&str>| {
        let rows = consultation_list(db, &scope, "old-40", "c", &filter, &page(after))
            .await
            .unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let all = ConsultationFilter::default;
    assert_eq!(list(Scope::everything(), all(), None).await, ["a", "b"]);
    assert_eq!(
        list(Scope::everything(), all(), Some("2022-05-08|a")).await,
        ["b"]
    );
    assert!(list(Scope::default(), all(), None).await.is_empty());
    let narrow = ConsultationFilter {
        activity_id: Some("x".into()),
        team_id: Some("x".into()),
        outcome: Some("x".into()),
        units: Some(vec!["old-412".into()]),
        from: Some("2022-05-01".into()),
        to: Some("2022-05-31".into()),
    };
    assert!(list(Scope::everything(), narrow, None).await.is_empty());
}

async fn enrollments_count_a_person_once(world: World) {
    let done = world
        .write(|tx| {
            Box::pin(async move {
                person_insert(tx, &person("p", "1")).await?;
                let rejected = EnrollmentRow {
                    version: 2,
                    state: "rejected".into(),
                    state_reason: Some("double".into()),
                    ..enrollment("e", "p")
                };
                let other = EnrollmentRow {
                    scheme: "household_hi".into(),
                    ..enrollment("h", "p")
                };
                Ok([
                    enrollment_insert_many(tx, &[enrollment("e", "p"), other]).await?,
                    enrollment_insert_many(tx, &[enrollment("f", "p")]).await?,
                    u64::from(enrollment_retire(tx, "old-40", "e", 1).await?),
                    u64::from(enrollment_retire(tx, "old-40", "e", 1).await?),
                    enrollment_insert_many(tx, &[rejected, enrollment("f", "p")]).await?,
                ])
            })
        })
        .await
        .unwrap();
    assert_eq!(done, [2, 0, 1, 0, 2]);
    let db = world.db.read();
    let ids = ["e".to_owned(), "f".to_owned()];
    assert_eq!(
        enrollment_get(db, "old-40", "e")
            .await
            .unwrap()
            .unwrap()
            .state,
        "rejected"
    );
    assert_eq!(
        enrollment_get_many(db, "old-40", &ids).await.unwrap().len(),
        2
    );
    let counted = enrollment_get_of_person(db, "old-40", "c", "p", "voluntary_si")
        .await
        .unwrap();
    assert_eq!(counted.map(|row| row.id).as_deref(), Some("f"));
    assert_eq!(
        enrollment_version_list(db, "old-40", "e")
            .await
            .unwrap()
            .len(),
        2
    );
    let everything = Scope::everything();
    let filter = EnrollmentFilter {
        scheme: Some("voluntary_si".into()),
        state: Some("claimed".into()),
        units: Some(vec!["old-412".into()]),
        ..EnrollmentFilter::default()
    };
    let found = enrollment_list(db, &everything, "old-40", "c", &filter, &page(None))
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    let after = page(Some("2022-05-08|e"));
    let found = enrollment_list(
        db,
        &everything,
        "old-40",
        "c",
        &EnrollmentFilter::default(),
        &after,
    )
    .await
    .unwrap();
    assert_eq!(found.len(), 2);
    let none = EnrollmentFilter {
        team_id: Some("x".into()),
        activity_id: Some("x".into()),
        ..filter
    };
    assert!(
        enrollment_list(db, &everything, "old-40", "c", &none, &page(None))
            .await
            .unwrap()
            .is_empty()
    );
    let claims = enrollment_claim_list(db, "old-40", "c", "double")
        .await
        .unwrap();
    assert_eq!(claims.len(), 3);
    assert_eq!(claims[0].national_id_fingerprint.as_deref(), Some("1"));
    assert!(!format!("{claims:?}").contains("fingerprint"));
    assert_eq!(
        enrollment_claim_list(db, "old-40", "c", "other")
            .await
            .unwrap()
            .len(),
        2
    );

    let share = |organization: &str, permille| CreditRow {
        province_id: "old-40".into(),
        enrollment_id: "f".into(),
        organization_id: organization.into(),
        share_permille: permille,
    };
    let (first, second) = (
        [share("post", 1000)],
        [share("post", 600), share("women", 400)],
    );
    let retired = world
        .write(move |tx| {
            Box::pin(async move {
                credit_replace(tx, "old-40", "f", &first).await?;
                credit_replace(tx, "old-40", "f", &second).await?;
                enrollment_retire_many(tx, "old-40", &["h".to_owned()]).await
            })
        })
        .await
        .unwrap();
    assert_eq!(retired, 1);
    assert_eq!(credit_list(db, "old-40", "f").await.unwrap().len(), 2);
    let sums = credit_sum_list(db, &everything, "old-40", "c")
        .await
        .unwrap();
    let sums: Vec<_> = sums
        .iter()
        .map(|sum| {
            (
                sum.organization_id.as_str(),
                sum.state.as_str(),
                sum.permille,
            )
        })
        .collect();
    assert_eq!(sums, [("post", "claimed", 600), ("women", "claimed", 400)]);
}

async fn official_lists(world: World) {
    let done = world
        .write(|tx| {
            Box::pin(async move {
                let lines = [
                    confirmation_line(1, "matched"),
                    confirmation_line(2, "unmatched"),
                ];
                Ok([
                    u64::from(confirmation_insert(tx, &confirmation("k")).await?),
                    u64::from(confirmation_insert(tx, &confirmation("k")).await?),
                    confirmation_line_insert_many(tx, &lines).await?,
                ])
            })
        })
        .await
        .unwrap();
    assert_eq!(done, [1, 0, 2]);
    let db = world.db.read();
    assert_eq!(
        confirmation_get(db, "old-40", "k").await.unwrap(),
        Some(confirmation("k"))
    );
    let everything = Scope::everything();
    assert_eq!(
        confirmation_list(db, &everything, "old-40", "c", &page(None))
            .await
            .unwrap()
            .len(),
        1
    );
    assert!(
        confirmation_list(db, &everything, "old-40", "c", &page(Some("k")))
            .await
            .unwrap()
            .is_empty()
    );
    let lines = async |outcome: Option<&'static str>, after| {
        confirmation_line_list(db, "old-40", "k", outcome, after, 10)
            .await
            .unwrap()
            .len()
    };
    assert_eq!(
        (
            lines(None, 0).await,
            lines(Some("matched"), 0).await,
            lines(None, 1).await
        ),
        (2, 1, 1)
    );
}

async fn gifts_are_given_once(world: World) {
    let done = world
        .write(|tx| {
            Box::pin(async move {
                Ok([
                    gift_pledge_insert(tx, &pledge("g")).await?,
                    gift_pledge_insert(tx, &pledge("g")).await?,
                    gift_insert(tx, &gift("x", "p")).await?,
                    gift_insert(tx, &gift("x", "q")).await?,
                    gift_insert(tx, &gift("y", "p")).await?,
                    gift_pledge_take(tx, "old-40", "g").await?,
                    gift_pledge_take(tx, "old-40", "g").await?,
                    gift_pledge_take(tx, "old-40", "g").await?,
                ])
            })
        })
        .await
        .unwrap();
    assert_eq!(done, [true, false, true, false, false, true, true, false]);
    let db = world.db.read();
    assert_eq!(
        gift_pledge_get(db, "old-40", "g")
            .await
            .unwrap()
            .unwrap()
            .given,
        2
    );
    assert_eq!(
        gift_get(db, "old-40", "x").await.unwrap(),
        Some(gift("x", "p"))
    );
    let everything = Scope::everything();
    assert_eq!(
        gift_pledge_list(db, &everything, "old-40", "c", &page(None))
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        gift_list(db, &everything, "old-40", "c", &page(None))
            .await
            .unwrap()
            .len(),
        1
    );
    assert!(
        gift_list(db, &everything, "old-40", "c", &page(Some("2022-05-08|x")))
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        gift_list(db, &Scope::default(), "old-40", "c", &page(None))
            .await
            .unwrap()
            .is_empty()
    );
}
