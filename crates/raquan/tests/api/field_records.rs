//! People, consultations, enrollments, official lists and gifts by role.

use serde_json::json;
use store::changes::change_list;

use crate::nghe_an::codes;
use crate::run_world::{OTHER_WARD, Run, WARD, assert_nothing_personal};

#[tokio::test]
async fn a_counsellor_records_at_the_own_ward_only() {
    let run = Run::new().await;
    let path = Run::path("/consultations");
    let own = Run::consultation("c1", json!({}));
    let made = run
        .world
        .post(&run.counsellor, &path, &own)
        .await
        .expect(201);
    assert_eq!(
        (&made["version"], &made["schemes"]),
        (&json!(1), &json!(["voluntary_si"]))
    );
    run.world
        .post(&run.counsellor, &path, &own)
        .await
        .expect(201);
    assert_eq!(
        (
            run.sum("consultations", "reported").await,
            run.sum("people_counselled", "reported").await
        ),
        (1, 2)
    );
    let other = Run::consultation("c1", json!({ "people": 9 }));
    run.world
        .post(&run.counsellor, &path, &other)
        .await
        .expect(409);
    let next_door = Run::consultation("c2", json!({ "admin_unit_id": OTHER_WARD }));
    run.world
        .post(&run.counsellor, &path, &next_door)
        .await
        .expect(404);
    run.world.post(&run.viewer, &path, &own).await.expect(403);
    run.world.post(&run.stranger, &path, &own).await.expect(404);

    run.world
        .get(&run.counsellor, &Run::path("/consultations/c1"))
        .await
        .expect(200);
    run.world
        .get(&run.neighbor, &Run::path("/consultations/c1"))
        .await
        .expect(404);
    let seen = run.world.get(&run.neighbor, &path).await.expect(200);
    assert_eq!(seen["items"], json!([]));
    let seen = run
        .world
        .get(&run.viewer, &format!("{path}?outcome=will_enroll&limit=1"))
        .await
        .expect(200);
    assert_eq!(seen["items"][0]["admin_unit_name"], "Phường Đông Vĩnh");
}

#[tokio::test]
async fn a_corrected_consultation_keeps_its_history() {
    let run = Run::new().await;
    run.world
        .post(
            &run.counsellor,
            &Run::path("/consultations"),
            &Run::consultation("c1", json!({})),
        )
        .await
        .expect(201);
    let mut content = Run::consultation("c1", json!({ "people": 5, "outcome": "enrolled" }));
    content.as_object_mut().expect("an object").remove("id");
    let correct = json!({ "version": 1, "content": content });
    let path = Run::path("/consultations/c1/correct");
    run.world
        .post(&run.neighbor, &path, &correct)
        .await
        .expect(404);
    run.world
        .post(&run.viewer, &path, &correct)
        .await
        .expect(403);
    let corrected = run
        .world
        .post(&run.counsellor, &path, &correct)
        .await
        .expect(200);
    assert_eq!(
        (&corrected["version"], &corrected["people"]),
        (&json!(2), &json!(5))
    );
    run.world
        .post(&run.counsellor, &path, &correct)
        .await
        .expect(409);
    assert_eq!(
        (
            run.sum("consultations", "reported").await,
            run.sum("people_counselled", "reported").await
        ),
        (1, 5)
    );
    let versions = run
        .world
        .get(&run.viewer, &Run::path("/consultations/c1/versions"))
        .await
        .expect(200);
    assert_eq!(
        (
            &versions["items"][0]["people"],
            &versions["items"][1]["people"]
        ),
        (&json!(2), &json!(5))
    );
}

#[tokio::test]
async fn a_batch_answers_for_each_record() {
    let run = Run::new().await;
    let path = Run::path("/consultations/batch");
    let batch = json!({ "items": [
        Run::consultation("c1", json!({})),
        Run::consultation("c2", json!({ "people": 0, "day": "2022-05-32", "outcome": "fled", "schemes": ["pension"] })),
        Run::consultation("c3", json!({ "admin_unit_id": OTHER_WARD })),
        Run::consultation("c4", json!({ "started_at": "2022-05-09T08:00" })),
    ] });
    let answer = run
        .world
        .post(&run.counsellor, &path, &batch)
        .await
        .expect(200);
    let outcomes: Vec<&str> = answer["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|item| item["outcome"].as_str())
        .collect();
    assert_eq!(outcomes, ["accepted", "refused", "refused", "refused"]);
    assert_eq!(
        codes(&answer["items"][1]["error"]),
        [
            "date.malformed",
            "field.out_of_range",
            "field.unknown_word",
            "field.unknown_word"
        ]
    );
    assert_eq!(answer["items"][2]["error"]["code"], "record.not_found");
    assert_eq!(
        codes(&answer["items"][3]["error"]),
        ["consultation.other_day"]
    );
    let again = run
        .world
        .post(&run.counsellor, &path, &batch)
        .await
        .expect(200);
    assert_eq!(again["items"][0]["outcome"], "already_had");
    assert_eq!(run.sum("consultations", "reported").await, 1);
    let many: Vec<_> = (0..501)
        .map(|n| Run::consultation(&format!("m{n}"), json!({})))
        .collect();
    run.world
        .post(&run.counsellor, &path, &json!({ "items": many }))
        .await
        .expect(413);
}

#[tokio::test]
async fn names_are_for_those_entitled_and_never_in_the_change_log() {
    let run = Run::new().await;
    let household = json!({ "id": "h1", "admin_unit_id": WARD, "address": "Số 5, khối 3", "livelihood": "trade", "member_count": 4 });
    run.world
        .post(&run.counsellor, "/api/v1/households", &household)
        .await
        .expect(201);
    let person = Run::person("p1", json!({ "household_id": "h1" }));
    let made = run
        .world
        .post(&run.counsellor, "/api/v1/persons", &person)
        .await
        .expect(201);
    assert_eq!(
        (&made["name"], &made["national_id_end"]),
        (&json!("Nguyễn Văn Mẫu"), &json!("0001"))
    );
    run.world
        .post(&run.counsellor, "/api/v1/persons", &person)
        .await
        .expect(201);

    let seen = run
        .world
        .get(&run.counsellor, "/api/v1/persons/p1")
        .await
        .expect(200);
    assert_eq!(seen["name"], "Nguyễn Văn Mẫu");
    let seen = run
        .world
        .get(&run.viewer, "/api/v1/persons/p1")
        .await
        .expect(200);
    assert_eq!(
        (seen.get("name"), seen.get("birth_year"), seen.get("phone")),
        (None, None, None)
    );
    let seen = run
        .world
        .get(&run.viewer, "/api/v1/households/h1")
        .await
        .expect(200);
    assert_eq!(seen.get("address"), None);
    run.world
        .get(&run.neighbor, "/api/v1/persons/p1")
        .await
        .expect(404);
    run.world
        .get(&run.neighbor, "/api/v1/households/h1")
        .await
        .expect(404);
    run.world
        .get(&run.viewer, "/api/v1/persons/p1/consents")
        .await
        .expect(403);
    let list = run
        .world
        .get(&run.viewer, "/api/v1/persons")
        .await
        .expect(200);
    assert_eq!((&list["count"], &list["items"]), (&json!(1), &json!([])));
    let list = run
        .world
        .get(
            &run.counsellor,
            &format!("/api/v1/persons?admin_unit_id={WARD}"),
        )
        .await
        .expect(200);
    assert_eq!(
        (&list["count"], &list["items"][0]["phone"]),
        (&json!(1), &json!("0900 000 001"))
    );
    let list = run
        .world
        .get(&run.neighbor, "/api/v1/persons")
        .await
        .expect(200);
    assert_eq!(list["count"], 0);
    let list = run
        .world
        .get(&run.counsellor, "/api/v1/households")
        .await
        .expect(200);
    assert_eq!(list["items"][0]["address"], "Số 5, khối 3");

    let db = run.world.app.db.read();
    let changes = change_list(db, "old-40", 0, 1000).await.expect("changes");
    assert_nothing_personal(&format!("{changes:?}"));
    let rows = store::people::person_get(db, "p1")
        .await
        .expect("a row")
        .expect("the person");
    assert!(!rows.sealed.contains("Mẫu"));
    assert_eq!(format!("{rows:?}"), "PersonRow { id: \"p1\", .. }");
}

#[tokio::test]
async fn a_person_is_recorded_once_and_with_consent() {
    let run = Run::new().await;
    let wrong = Run::person(
        "p1",
        json!({
            "name": "", "birth_year": 2090, "national_id": "12", "phone": "9", "consents": [], "household_id": "h9", "sex": "x",
        }),
    );
    let refused = run
        .world
        .post(&run.counsellor, "/api/v1/persons", &wrong)
        .await
        .expect(422);
    assert_eq!(
        codes(&refused),
        [
            "field.required",
            "field.out_of_range",
            "field.unknown_word",
            "person.bad_phone",
            "person.bad_national_id",
            "person.consent_missing",
            "household.unknown",
        ]
    );
    assert!(!refused.to_string().contains("\"12\""));
    run.world
        .post(
            &run.counsellor,
            "/api/v1/persons",
            &Run::person("p1", json!({})),
        )
        .await
        .expect(201);
    let double = Run::person(
        "p2",
        json!({ "name": "Người Khác", "national_id": "001080000001" }),
    );
    let refused = run
        .world
        .post(&run.counsellor, "/api/v1/persons", &double)
        .await
        .expect(409);
    assert_eq!(refused["code"], "person.double");
    run.world
        .post(&run.viewer, "/api/v1/persons", &double)
        .await
        .expect(403);
    run.world
        .post(&run.neighbor, "/api/v1/persons", &double)
        .await
        .expect(404);

    let consent = json!({ "id": "k1", "purpose": "gift" });
    run.world
        .post(&run.counsellor, "/api/v1/persons/p1/consents", &consent)
        .await
        .expect(201);
    let consents = run
        .world
        .get(&run.counsellor, "/api/v1/persons/p1/consents")
        .await
        .expect(200);
    assert_eq!(consents["items"].as_array().map(Vec::len), Some(3));
    let path = "/api/v1/persons/p1/consents/k1/withdraw";
    let after = run
        .world
        .post(&run.counsellor, path, &json!({}))
        .await
        .expect(200);
    let withdrawn = after["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|row| !row["withdrawn_at"].is_null())
        .count();
    assert_eq!(withdrawn, 1);
}

#[tokio::test]
async fn confirmed_stands_apart_from_claimed_and_nobody_counts_twice() {
    let run = Run::new().await;
    let persons = [
        Run::person("p1", json!({})),
        Run::person(
            "p2",
            json!({ "name": "Trần Thị Thử", "national_id": "001080000002" }),
        ),
        Run::person(
            "p3",
            json!({ "name": "Lê Văn Ví Dụ", "birth_year": 1975, "national_id": null }),
        ),
    ];
    for person in persons {
        run.world
            .post(&run.counsellor, "/api/v1/persons", &person)
            .await
            .expect(201);
    }
    let path = Run::path("/enrollments");
    for (id, person) in [("e1", "p1"), ("e2", "p2"), ("e3", "p3")] {
        let input = Run::enrollment(id, json!({ "person_id": person }));
        run.world
            .post(&run.counsellor, &path, &input)
            .await
            .expect(201);
        run.world
            .post(&run.counsellor, &path, &input)
            .await
            .expect(201);
    }
    run.world
        .post(&run.counsellor, &path, &Run::enrollment("e4", json!({})))
        .await
        .expect(201);
    let twice = run
        .world
        .post(
            &run.counsellor,
            &path,
            &Run::enrollment("e5", json!({ "person_id": "p1" })),
        )
        .await
        .expect(409);
    assert_eq!(twice["code"], "enrollment.person_counted_already");
    let other_scheme =
        Run::enrollment("e6", json!({ "person_id": "p1", "scheme": "household_hi" }));
    run.world
        .post(&run.counsellor, &path, &other_scheme)
        .await
        .expect(201);
    assert_eq!(run.sum("enrollments.voluntary_si", "claimed").await, 4);

    let list = |id: &str| {
        json!({ "id": id, "lines": [
        { "scheme": "voluntary_si", "national_id": "001080000001", "months": 24 },
        { "scheme": "voluntary_si", "name": "Le van vi du", "birth_year": 1975, "admin_unit_id": WARD },
        { "scheme": "voluntary_si", "national_id": "001 080 000 001" },
        { "scheme": "voluntary_si", "national_id": "001080000009" },
    ] })
    };
    let confirm = Run::path("/confirmations");
    run.world
        .post(&run.counsellor, &confirm, &list("k1"))
        .await
        .expect(403);
    run.world
        .post(&run.stranger, &confirm, &list("k1"))
        .await
        .expect(404);
    let done = run
        .world
        .post(&run.planner, &confirm, &list("k1"))
        .await
        .expect(201);
    assert_eq!(
        (
            &done["matched"],
            &done["unmatched"],
            &done["doubles"],
            &done["already_confirmed"]
        ),
        (&json!(2), &json!(1), &json!(1), &json!(0))
    );
    assert_eq!(
        (
            run.sum("enrollments.voluntary_si", "claimed").await,
            run.sum("enrollments.voluntary_si", "confirmed").await
        ),
        (2, 2)
    );
    let lines = run
        .world
        .get(
            &run.viewer,
            &Run::path("/confirmations/k1/lines?outcome=matched"),
        )
        .await
        .expect(200);
    assert_eq!(
        (
            &lines["items"][0]["matched_by"],
            &lines["items"][1]["matched_by"]
        ),
        (&json!("national_id"), &json!("name"))
    );
    let confirmed = run
        .world
        .get(&run.viewer, &Run::path("/enrollments/e1"))
        .await
        .expect(200);
    assert_eq!(
        (
            &confirmed["enrollment"]["state"],
            &confirmed["enrollment"]["months"],
            &confirmed["enrollment"]["version"]
        ),
        (&json!("confirmed"), &json!(24), &json!(2))
    );

    // The same list again, under the same id and under another, changes nothing.
    run.world
        .post(&run.planner, &confirm, &list("k1"))
        .await
        .expect(201);
    let again = run
        .world
        .post(&run.planner, &confirm, &list("k2"))
        .await
        .expect(201);
    assert_eq!(
        (&again["matched"], &again["already_confirmed"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(
        (
            run.sum("enrollments.voluntary_si", "claimed").await,
            run.sum("enrollments.voluntary_si", "confirmed").await
        ),
        (2, 2)
    );
    let both = run.world.get(&run.viewer, &confirm).await.expect(200);
    assert_eq!(both["items"].as_array().map(Vec::len), Some(2));

    let wrong = json!({ "id": "k3", "lines": [
        { "scheme": "pension", "national_id": "1" }, { "scheme": "voluntary_si", "name": "An" },
    ] });
    let refused = run
        .world
        .post(&run.planner, &confirm, &wrong)
        .await
        .expect(422);
    assert_eq!(
        codes(&refused),
        [
            "field.unknown_word",
            "person.bad_national_id",
            "confirmation.nobody_named"
        ]
    );
}

#[tokio::test]
async fn a_rejected_enrollment_stays_and_counts_no_more() {
    let run = Run::new().await;
    run.world
        .post(
            &run.counsellor,
            "/api/v1/persons",
            &Run::person("p1", json!({})),
        )
        .await
        .expect(201);
    let path = Run::path("/enrollments");
    let input = Run::enrollment(
        "e1",
        json!({ "person_id": "p1", "credit": [
        { "organization_id": "post" }, { "organization_id": "women" }, { "organization_id": "bhxh" },
    ] }),
    );
    run.world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(201);
    let sums = run
        .world
        .get(&run.viewer, &Run::path("/credits"))
        .await
        .expect(200);
    let shares: Vec<i64> = sums["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|row| row["permille"].as_i64())
        .collect();
    assert_eq!(shares, [334, 333, 333]);
    let credit = json!({ "items": [{ "organization_id": "post", "weight": 3 }, { "organization_id": "women", "weight": 1 }] });
    let shared = run
        .put(
            &run.counsellor,
            &Run::path("/enrollments/e1/credit"),
            &credit,
        )
        .await
        .expect(200);
    assert_eq!(shared["items"][0]["share_permille"], 750);
    let wrong = json!({ "items": [{ "organization_id": "post", "weight": 0 }] });
    let refused = run
        .put(
            &run.counsellor,
            &Run::path("/enrollments/e1/credit"),
            &wrong,
        )
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["credit.bad_weight"]);

    let reject = json!({ "version": 1, "reason": "Đã tham gia từ trước" });
    run.world
        .post(&run.viewer, &Run::path("/enrollments/e1/reject"), &reject)
        .await
        .expect(403);
    run.world
        .post(&run.neighbor, &Run::path("/enrollments/e1/reject"), &reject)
        .await
        .expect(404);
    let rejected = run
        .world
        .post(
            &run.counsellor,
            &Run::path("/enrollments/e1/reject"),
            &reject,
        )
        .await
        .expect(200);
    assert_eq!(
        (&rejected["state"], &rejected["state_reason"]),
        (&json!("rejected"), &json!("Đã tham gia từ trước"))
    );
    run.world
        .post(
            &run.counsellor,
            &Run::path("/enrollments/e1/reject"),
            &json!({ "version": 2, "reason": "x" }),
        )
        .await
        .expect(409);
    assert_eq!(run.sum("enrollments.voluntary_si", "claimed").await, 0);
    let versions = run
        .world
        .get(&run.viewer, &Run::path("/enrollments/e1/versions"))
        .await
        .expect(200);
    assert_eq!(versions["items"].as_array().map(Vec::len), Some(2));
    // The person may be claimed again after the first claim was rejected.
    run.world
        .post(
            &run.counsellor,
            &path,
            &Run::enrollment("e2", json!({ "person_id": "p1" })),
        )
        .await
        .expect(201);
    let listed = run
        .world
        .get(&run.viewer, &format!("{path}?state=claimed"))
        .await
        .expect(200);
    assert_eq!(listed["items"][0]["id"], "e2");
    let wrong = Run::enrollment(
        "e3",
        json!({ "scheme": "x", "months": 0, "amount_vnd": -1, "day": "2022-07-01", "person_id": "p9", "activity_id": "a9" }),
    );
    let refused = run
        .world
        .post(&run.counsellor, &path, &wrong)
        .await
        .expect(422);
    assert_eq!(
        codes(&refused),
        [
            "date.outside_campaign",
            "date.in_future",
            "field.unknown_word",
            "field.out_of_range",
            "field.negative",
            "activity.not_of_campaign",
            "person.unknown",
        ]
    );
}

#[tokio::test]
async fn a_record_names_a_unit_of_its_own_day() {
    let run = Run::new().await;
    // Phường Thành Vinh, which took in the ward in 2025.
    let later = json!({ "admin_unit_id": "new-16681" });
    let fields = ["/consultations", "/enrollments"].map(|kind| {
        let record = match kind {
            "/consultations" => Run::consultation("r1", later.clone()),
            _ => Run::enrollment("r1", later.clone()),
        };
        (Run::path(kind), record)
    });
    for (path, record) in fields {
        let refused = run
            .world
            .post(&run.counsellor, &path, &record)
            .await
            .expect(422);
        let fault = &refused["details"][0];
        assert_eq!(fault["field"], "admin_unit_id");
        assert_eq!(fault["code"], "admin_unit.not_on_boundaries");
        assert_eq!(
            fault["message"],
            "Phường Thành Vinh (new-16681) không có trong địa giới ngày 08/5/2022."
        );
        let fix = fault["fix"].as_str().expect("a text");
        assert!(fix.contains(&format!("Phường Đông Vĩnh ({WARD})")), "{fix}");
    }
}

#[tokio::test]
async fn gifts_reach_a_person_once_and_never_more_than_pledged() {
    let run = Run::new().await;
    for (id, national_id) in [
        ("p1", "001080000001"),
        ("p2", "001080000002"),
        ("p3", "001080000003"),
    ] {
        let person = Run::person(
            id,
            json!({ "national_id": national_id, "consents": ["gift"] }),
        );
        run.world
            .post(&run.counsellor, "/api/v1/persons", &person)
            .await
            .expect(201);
    }
    let pledge = json!({
        "id": "g1", "donor_name": "Bưu điện thành phố Vinh", "donor_organization_id": "post",
        "gift_kind": "voluntary_si_book", "quantity": 2, "admin_unit_id": WARD, "day": "2022-05-05",
    });
    run.world
        .post(&run.counsellor, &Run::path("/gift_pledges"), &pledge)
        .await
        .expect(403);
    run.world
        .post(&run.reporter, &Run::path("/gift_pledges"), &pledge)
        .await
        .expect(201);
    run.world
        .post(&run.reporter, &Run::path("/gift_pledges"), &pledge)
        .await
        .expect(201);
    assert_eq!(run.sum("gifts_pledged", "reported").await, 2);
    let give = |id: &str, person: &str| json!({ "id": id, "pledge_id": "g1", "person_id": person, "day": "2022-05-08" });
    let path = Run::path("/gifts");
    run.world
        .post(&run.reporter, &path, &give("x1", "p1"))
        .await
        .expect(201);
    run.world
        .post(&run.reporter, &path, &give("x1", "p1"))
        .await
        .expect(201);
    let twice = run
        .world
        .post(&run.reporter, &path, &give("x2", "p1"))
        .await
        .expect(409);
    assert_eq!(twice["code"], "gift.person_has_one");
    run.world
        .post(&run.reporter, &path, &give("x2", "p2"))
        .await
        .expect(201);
    let too_many = run
        .world
        .post(&run.reporter, &path, &give("x3", "p3"))
        .await
        .expect(409);
    assert_eq!(too_many["code"], "gift.pledge_used_up");
    assert_eq!(run.sum("gifts_given", "reported").await, 2);
    let early = json!({ "id": "x4", "pledge_id": "g1", "person_id": "p3", "day": "2022-05-02" });
    let refused = run
        .world
        .post(&run.reporter, &path, &early)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["gift.before_pledge"]);
    let list = run.world.get(&run.viewer, &path).await.expect(200);
    assert_eq!(
        (
            list["items"].as_array().map(Vec::len),
            list["items"][0].get("person_id")
        ),
        (Some(2), None)
    );
    let list = run.world.get(&run.reporter, &path).await.expect(200);
    assert_eq!(list["items"][0]["person_id"], "p1");
    let pledges = run
        .world
        .get(&run.viewer, &Run::path("/gift_pledges"))
        .await
        .expect(200);
    assert_eq!(
        (
            &pledges["items"][0]["quantity"],
            &pledges["items"][0]["given"]
        ),
        (&json!(2), &json!(2))
    );
}

#[tokio::test]
async fn a_database_with_another_key_does_not_open() {
    let run = Run::new().await;
    run.world
        .post(
            &run.counsellor,
            "/api/v1/persons",
            &Run::person("p1", json!({})),
        )
        .await
        .expect(201);
    let config = run.world.app.config.clone();
    let other = raquan::config::Config {
        key_file: format!("{}.other", config.key_file),
        ..config
    };
    let refused = raquan::app::App::open(other, run.world.app.clock.clone()).await;
    assert!(matches!(refused, Err(raquan::app::OpenError::Key(_))));
}
