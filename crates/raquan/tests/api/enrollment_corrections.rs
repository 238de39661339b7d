//! Correcting an enrollment: a new version, new figures, a reason for what was confirmed.

use serde_json::{Value, json};

use crate::nghe_an::codes;
use crate::run_world::Run;

/// A person of the ward with an enrollment, claimed.
async fn claimed() -> Run {
    let run = Run::new().await;
    let person = Run::person("p1", json!({}));
    run.world
        .post(&run.counsellor, "/api/v1/persons", &person)
        .await
        .expect(201);
    let input = Run::enrollment("e1", json!({ "person_id": "p1" }));
    run.world
        .post(&run.counsellor, &Run::path("/enrollments"), &input)
        .await
        .expect(201);
    run
}

fn content(version: i64, change: Value) -> Value {
    let mut content = json!({ "version": version, "scheme": "voluntary_si", "months": 12 });
    for (key, value) in change.as_object().expect("an object") {
        content[key] = value.clone();
    }
    content
}

#[tokio::test]
async fn a_correction_is_a_new_version_and_moves_the_figures() {
    let run = claimed().await;
    let path = Run::path("/enrollments/e1/correct");
    let change = json!({
        "scheme": "household_hi", "starts_on": "2022-06-01", "months": 6, "amount_vnd": 804_600,
        "credit": [{ "organization_id": "post" }, { "organization_id": "women" }],
    });
    let input = content(1, change);
    run.world.post(&run.viewer, &path, &input).await.expect(403);
    run.world
        .post(&run.stranger, &path, &input)
        .await
        .expect(404);
    let made = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(200);
    let row = &made["enrollment"];
    assert_eq!(
        (&row["version"], &row["state"]),
        (&json!(2), &json!("claimed"))
    );
    assert_eq!(
        (&row["months"], &row["amount_vnd"]),
        (&json!(6), &json!(804_600))
    );
    assert_eq!(made["credit"][1]["share_permille"], 500);
    assert_eq!(run.sum("enrollments.voluntary_si", "claimed").await, 0);
    assert_eq!(run.sum("enrollments.household_hi", "claimed").await, 1);
    let versions = Run::path("/enrollments/e1/versions");
    let versions = run.world.get(&run.viewer, &versions).await.expect(200);
    assert_eq!(versions["items"][0]["scheme"], "voluntary_si");
    let stale = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(409);
    assert_eq!(stale["code"], "record.changed_meanwhile");
    let wrong = json!({
        "scheme": "x", "starts_on": "2022-02-30", "months": 0, "amount_vnd": -1,
        "credit": [{ "organization_id": "nobody" }],
    });
    let refused = run
        .world
        .post(&run.counsellor, &path, &content(2, wrong))
        .await
        .expect(422);
    assert_eq!(
        codes(&refused),
        [
            "field.unknown_word",
            "date.malformed",
            "field.out_of_range",
            "field.negative",
            "organization.unknown"
        ]
    );
}

#[tokio::test]
async fn a_person_still_counts_once_after_a_correction() {
    let run = claimed().await;
    let other = Run::enrollment("e2", json!({ "person_id": "p1", "scheme": "household_hi" }));
    run.world
        .post(&run.counsellor, &Run::path("/enrollments"), &other)
        .await
        .expect(201);
    let input = content(1, json!({ "scheme": "household_hi" }));
    let path = Run::path("/enrollments/e1/correct");
    let twice = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(409);
    assert_eq!(twice["code"], "enrollment.person_counted_already");
    assert_eq!(run.sum("enrollments.voluntary_si", "claimed").await, 1);
    assert_eq!(run.sum("enrollments.household_hi", "claimed").await, 1);
}

#[tokio::test]
async fn what_was_confirmed_is_corrected_with_a_reason_and_keeps_its_scheme() {
    let run = claimed().await;
    let list = json!({ "id": "k1", "lines": [{ "scheme": "voluntary_si", "national_id": "001080000001" }] });
    run.world
        .post(&run.planner, &Run::path("/confirmations"), &list)
        .await
        .expect(201);
    assert_eq!(run.sum("enrollments.voluntary_si", "confirmed").await, 1);
    let path = Run::path("/enrollments/e1/correct");
    let bare = content(2, json!({ "months": 24 }));
    let refused = run
        .world
        .post(&run.counsellor, &path, &bare)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["enrollment.reason_missing"]);
    let other = content(2, json!({ "scheme": "household_hi", "reason": "ghi nhầm" }));
    let refused = run
        .world
        .post(&run.counsellor, &path, &other)
        .await
        .expect(409);
    assert_eq!(refused["code"], "enrollment.scheme_confirmed");
    let reasoned = content(
        2,
        json!({ "months": 24, "reason": "Sửa theo biên lai số 12" }),
    );
    let made = run
        .world
        .post(&run.counsellor, &path, &reasoned)
        .await
        .expect(200);
    let row = &made["enrollment"];
    assert_eq!(
        (&row["version"], &row["state"]),
        (&json!(3), &json!("confirmed"))
    );
    assert_eq!(row["state_reason"], "Sửa theo biên lai số 12");
    assert_eq!(row["confirmation_id"], "k1");
    assert_eq!(run.sum("enrollments.voluntary_si", "confirmed").await, 1);
}

#[tokio::test]
async fn what_was_rejected_is_not_corrected() {
    let run = claimed().await;
    let reject = json!({ "version": 1, "reason": "trùng" });
    let path = Run::path("/enrollments/e1/reject");
    run.world
        .post(&run.counsellor, &path, &reject)
        .await
        .expect(200);
    let path = Run::path("/enrollments/e1/correct");
    let input = content(2, json!({ "reason": "thử lại" }));
    let refused = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(409);
    assert_eq!(refused["code"], "version.closed");
}
