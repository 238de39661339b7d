//! Activities by role: planning, holding, correcting, cancelling, and what was counted.

use serde_json::json;

use crate::nghe_an::codes;
use crate::run_world::{CITY, Run, WARD};

const ACTIVITY: &str = "/api/v1/activities/a1";

#[tokio::test]
async fn an_activity_is_planned_held_and_counts() {
    let run = Run::new().await;
    let input = Run::activity(
        "a1",
        "customer_conference",
        json!({ "title": "Hội nghị khách hàng", "languages": ["vi"] }),
    );
    let made = run
        .world
        .post(&run.reporter, "/api/v1/activities", &input)
        .await
        .expect(201);
    assert_eq!(
        (&made["state"], &made["version"], &made["admin_unit_name"]),
        (&json!("planned"), &json!(1), &json!("Thành phố Vinh"))
    );
    run.world
        .post(&run.reporter, "/api/v1/activities", &input)
        .await
        .expect(201);
    let other = Run::activity("a1", "customer_conference", json!({ "title": "Khác" }));
    let taken = run
        .world
        .post(&run.reporter, "/api/v1/activities", &other)
        .await
        .expect(409);
    assert_eq!(taken["code"], "record.id_taken");
    assert_eq!(run.sum("customer_conferences", "reported").await, 0);

    let done = run
        .world
        .post(
            &run.reporter,
            &format!("{ACTIVITY}/mark_done"),
            &json!({ "version": 1 }),
        )
        .await
        .expect(200);
    assert_eq!(
        (&done["state"], &done["version"]),
        (&json!("done"), &json!(2))
    );
    assert_eq!(run.sum("customer_conferences", "reported").await, 1);
    assert_eq!(run.sum("conferences", "reported").await, 1);
    let again = run
        .world
        .post(
            &run.reporter,
            &format!("{ACTIVITY}/mark_done"),
            &json!({ "version": 2 }),
        )
        .await
        .expect(409);
    assert_eq!(again["code"], "version.already_there");

    let measures = json!({ "measures": [
        { "measure": "attendees", "value": 80 },
        { "measure": "enrollments_voluntary_si", "value": 7 },
    ] });
    let told = run
        .world
        .post(&run.reporter, &format!("{ACTIVITY}/measures"), &measures)
        .await
        .expect(200);
    assert_eq!(told["items"][0]["value"], 80);
    run.world
        .post(&run.reporter, &format!("{ACTIVITY}/measures"), &measures)
        .await
        .expect(200);
    assert_eq!(
        run.sum("customer_conference.attendees", "reported").await,
        80
    );
    assert_eq!(run.sum("people_reached", "reported").await, 80);
    assert_eq!(
        run.sum("customer_conference.enrollments.voluntary_si", "reported")
            .await,
        7
    );
    assert_eq!(run.sum("enrollments.voluntary_si", "claimed").await, 0);
}

#[tokio::test]
async fn a_correction_keeps_the_history() {
    let run = Run::new().await;
    let input = Run::activity("a1", "dialogue_session", json!({}));
    run.world
        .post(&run.reporter, "/api/v1/activities", &input)
        .await
        .expect(201);
    let report = |value: i64, version: Option<i64>| json!({ "measures": [{ "measure": "attendees", "value": value, "version": version }] });
    let path = format!("{ACTIVITY}/measures");
    run.world
        .post(&run.reporter, &path, &report(50, None))
        .await
        .expect(200);
    let stale = run
        .world
        .post(&run.reporter, &path, &report(60, None))
        .await
        .expect(409);
    assert_eq!(stale["code"], "record.changed_meanwhile");
    run.world
        .post(&run.reporter, &path, &report(60, Some(1)))
        .await
        .expect(200);
    assert_eq!(run.sum("dialogue_session.attendees", "reported").await, 60);
    let history = run
        .world
        .get(&run.viewer, &format!("{path}?history=true"))
        .await
        .expect(200);
    let values: Vec<i64> = history["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["value"].as_i64().expect("a number"))
        .collect();
    assert_eq!(values, [50, 60]);

    let moved = json!({ "version": 1, "content": Run::activity("a1", "dialogue_session", json!({ "title": "Buổi đối thoại", "first_day": "2022-05-10", "last_day": "2022-05-10" }))["content"] });
    let corrected = run
        .world
        .post(&run.reporter, &format!("{ACTIVITY}/correct"), &moved)
        .await
        .expect(200);
    assert_eq!(
        (&corrected["version"], &corrected["title"]),
        (&json!(2), &json!("Buổi đối thoại"))
    );
    run.world
        .post(&run.reporter, &format!("{ACTIVITY}/correct"), &moved)
        .await
        .expect(409);
    let versions = run
        .world
        .get(&run.viewer, &format!("{ACTIVITY}/versions"))
        .await
        .expect(200);
    assert_eq!(versions["items"][0]["title"], "Lễ ra quân Tháng vận động");
    assert_eq!(versions["items"][1]["title"], "Buổi đối thoại");
}

#[tokio::test]
async fn cancelling_keeps_the_record_and_takes_its_figures_away() {
    let run = Run::new().await;
    let mut input = Run::activity(
        "a1",
        "loudspeaker_broadcast",
        json!({ "languages": ["vi", "rad"] }),
    );
    input["done"] = json!(true);
    run.world
        .post(&run.reporter, "/api/v1/activities", &input)
        .await
        .expect(201);
    let measures = json!({ "measures": [
        { "measure": "broadcasts", "value": 30, "language": "vi" },
        { "measure": "broadcasts", "value": 12, "language": "rad" },
    ] });
    run.world
        .post(&run.reporter, &format!("{ACTIVITY}/measures"), &measures)
        .await
        .expect(200);
    assert_eq!(run.sum("broadcasts", "reported").await, 42);
    let sums = run
        .world
        .get(&run.viewer, &Run::path("/measures"))
        .await
        .expect(200);
    let languages: Vec<&str> = sums["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["language"].as_str().expect("a text"))
        .collect();
    assert_eq!(languages, ["rad", "vi"]);

    let empty = run
        .world
        .post(
            &run.reporter,
            &format!("{ACTIVITY}/cancel"),
            &json!({ "version": 1, "reason": " " }),
        )
        .await
        .expect(422);
    assert_eq!(codes(&empty), ["field.required"]);
    let cancel = json!({ "version": 1, "reason": "Nhập trùng" });
    let cancelled = run
        .world
        .post(&run.reporter, &format!("{ACTIVITY}/cancel"), &cancel)
        .await
        .expect(200);
    assert_eq!(cancelled["state"], "cancelled");
    assert_eq!(run.sum("broadcasts", "reported").await, 0);
    run.world.get(&run.viewer, ACTIVITY).await.expect(200);
    let kept = run
        .world
        .get(&run.viewer, &format!("{ACTIVITY}/measures"))
        .await
        .expect(200);
    assert_eq!(kept["items"].as_array().map(Vec::len), Some(2));
    let closed = run
        .world
        .post(
            &run.reporter,
            &format!("{ACTIVITY}/mark_done"),
            &json!({ "version": 2 }),
        )
        .await
        .expect(409);
    assert_eq!(closed["code"], "version.closed");
    run.world
        .post(&run.reporter, &format!("{ACTIVITY}/measures"), &measures)
        .await
        .expect(409);
}

#[tokio::test]
async fn every_fault_of_an_activity_is_named() {
    let run = Run::new().await;
    let input = Run::activity(
        "a1",
        "feast",
        json!({
            "title": " ", "first_day": "2022-02-31", "last_day": "2022-09-01", "starts_at": "7h",
            "admin_unit_id": "old-66", "organization_id": "nobody", "languages": ["vi", "ede"],
        }),
    );
    let refused = run
        .world
        .post(&run.reporter, "/api/v1/activities", &input)
        .await
        .expect(422);
    assert_eq!(
        codes(&refused),
        [
            "activity.unknown_kind",
            "field.required",
            "date.malformed",
            "date.outside_campaign",
            "time.malformed",
            "language.unknown",
            "admin_unit.outside_campaign",
            "organization.unknown",
        ]
    );
    let message = refused["details"][6]["message"].as_str().expect("a text");
    assert!(message.contains("Đắk Lắk"), "{message}");
    let turned = Run::activity("a1", "training", json!({ "first_day": "2022-05-09" }));
    let refused = run
        .world
        .post(&run.reporter, "/api/v1/activities", &turned)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["activity.ends_before_start"]);
    let mut future = Run::activity(
        "a1",
        "training",
        json!({ "first_day": "2022-06-01", "last_day": "2022-06-01" }),
    );
    future["done"] = json!(true);
    let refused = run
        .world
        .post(&run.reporter, "/api/v1/activities", &future)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["date.in_future"]);
    // What hangs may be taken down after the campaign.
    let banner = Run::activity("b1", "banner", json!({ "last_day": "2022-12-31" }));
    run.world
        .post(&run.reporter, "/api/v1/activities", &banner)
        .await
        .expect(201);
}

#[tokio::test]
async fn every_fault_of_measures_is_named() {
    let run = Run::new().await;
    let input = Run::activity("a1", "launch", json!({}));
    run.world
        .post(&run.reporter, "/api/v1/activities", &input)
        .await
        .expect(201);
    let path = format!("{ACTIVITY}/measures");
    let wrong = json!({ "measures": [
        { "measure": "broadcasts", "value": 1 },
        { "measure": "attendees", "value": -3, "day": "2022-05-31" },
        { "measure": "leaflets", "value": 5, "language": "vi" },
        { "measure": "leaflets", "value": 5, "language": "vi" },
    ] });
    let refused = run
        .world
        .post(&run.reporter, &path, &wrong)
        .await
        .expect(422);
    assert_eq!(
        codes(&refused),
        [
            "measure.not_of_kind",
            "field.negative",
            "date.in_future",
            "measure.no_languages",
            "measure.no_languages",
            "measure.twice"
        ]
    );
    assert_eq!(refused["details"][1]["field"], "measures[1].value");
    // A total and its parts would be counted twice.
    let both = json!({ "measures": [
        { "measure": "attendees", "value": 100 },
        { "measure": "attendees", "value": 40, "audience_group": "người lao động" },
    ] });
    let refused = run
        .world
        .post(&run.reporter, &path, &both)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["measure.counted_twice"]);
    assert_eq!(run.sum("people_reached", "reported").await, 0);
    run.world
        .post(&run.reporter, &path, &json!({ "measures": [] }))
        .await
        .expect(422);
}

#[tokio::test]
async fn roles_and_places_limit_what_can_be_done() {
    let run = Run::new().await;
    let input = Run::activity("a1", "training", json!({}));
    run.world
        .post(&run.viewer, "/api/v1/activities", &input)
        .await
        .expect(403);
    run.world
        .post(&run.counsellor, "/api/v1/activities", &input)
        .await
        .expect(404);
    run.world
        .post(&run.stranger, "/api/v1/activities", &input)
        .await
        .expect(404);
    run.world
        .post(&run.reporter, "/api/v1/activities", &input)
        .await
        .expect(201);
    run.world.get(&run.viewer, ACTIVITY).await.expect(200);
    run.world.get(&run.stranger, ACTIVITY).await.expect(404);
    run.world.get(&run.counsellor, ACTIVITY).await.expect(404);
    run.world
        .post(
            &run.viewer,
            &format!("{ACTIVITY}/cancel"),
            &json!({ "version": 1, "reason": "x" }),
        )
        .await
        .expect(403);
    let list = run
        .world
        .get(&run.viewer, "/api/v1/activities?kind=training&q=ra%20quan")
        .await
        .expect(200);
    assert_eq!(list["items"][0]["id"], "a1");
    let none = run
        .world
        .get(&run.stranger, "/api/v1/activities")
        .await
        .expect(200);
    assert_eq!(none["items"], json!([]));
    let page = run
        .world
        .get(
            &run.viewer,
            &format!("/api/v1/activities?admin_unit_id={CITY}&state=planned&limit=1"),
        )
        .await
        .expect(200);
    assert_eq!(page["next_page"], json!(null));
}

#[tokio::test]
async fn a_province_adds_a_kind_of_its_own() {
    let run = Run::new().await;
    let kind = |id: &str, feeds: &str| {
        json!({
            "id": id, "admin_unit_id": "old-40", "name_vi": "Hội thi tìm hiểu", "name_en": "Quiz",
            "channel": "direct", "counts": "conferences",
            "measures": [{ "id": "attendees", "name_vi": "Người dự", "name_en": "Attendees", "feeds": [feeds] }],
        })
    };
    let wrong = run
        .world
        .post(
            &run.planner,
            "/api/v1/activity_kinds",
            &kind("launch", "nothing"),
        )
        .await
        .expect(422);
    assert_eq!(
        codes(&wrong),
        ["activity_kind.unknown_indicator", "activity_kind.duplicate"]
    );
    run.world
        .post(
            &run.reporter,
            "/api/v1/activity_kinds",
            &kind("quiz", "people_reached"),
        )
        .await
        .expect(404);
    run.world
        .post(
            &run.planner,
            "/api/v1/activity_kinds",
            &kind("quiz", "people_reached"),
        )
        .await
        .expect(201);
    let kinds = run
        .world
        .get(&run.counsellor, "/api/v1/activity_kinds")
        .await
        .expect(200);
    let own = kinds["items"]
        .as_array()
        .expect("a list")
        .last()
        .expect("one")
        .clone();
    assert_eq!(
        (&own["id"], &own["province_id"]),
        (&json!("quiz"), &json!("old-40"))
    );
    let elsewhere = run
        .world
        .get(&run.stranger, "/api/v1/activity_kinds")
        .await
        .expect(200);
    assert!(
        !elsewhere["items"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|kind| kind["id"] == "quiz")
    );

    let mut input = Run::activity("a1", "quiz", json!({ "admin_unit_id": WARD }));
    input["done"] = json!(true);
    run.world
        .post(&run.reporter, "/api/v1/activities", &input)
        .await
        .expect(201);
    let told = json!({ "measures": [{ "measure": "attendees", "value": 30 }] });
    run.world
        .post(&run.reporter, &format!("{ACTIVITY}/measures"), &told)
        .await
        .expect(200);
    assert_eq!(run.sum("people_reached", "reported").await, 30);
}
