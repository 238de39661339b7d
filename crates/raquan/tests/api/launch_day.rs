//! A launch day: sites, checklists and the gate at 18:00 and 19:00, script, vehicles, teams, roster.

use serde_json::{Value, json};

use crate::nghe_an::codes;
use crate::run_world::{CITY, OTHER_WARD, Run, WARD};

const ACTIVITY: &str = "/api/v1/activities/launch";

async fn launch() -> Run {
    let run = Run::new().await;
    let input = Run::activity(
        "launch",
        "launch",
        json!({ "admin_unit_id": "old-40", "organization_id": "bhxh" }),
    );
    run.world
        .post(&run.planner, "/api/v1/activities", &input)
        .await
        .expect(201);
    run.put(&run.planner, &format!("{ACTIVITY}/sites"), &sites())
        .await
        .expect(200);
    run
}

fn sites() -> Value {
    let site = |id: &str, unit: &str| {
        json!({
            "id": id, "admin_unit_id": unit, "name": "Điểm cầu", "place": "Sân vận động", "starts_at": "2022-05-08T07:00",
        })
    };
    json!({ "items": [site("s1", CITY), site("s2", OTHER_WARD)] })
}

fn checklist() -> Value {
    let item = |id: &str, site: &str, due: &str| {
        json!({
            "id": id, "site_id": site, "title": "Phông, cờ, băng rôn", "organization_id": "post", "due_at": due,
        })
    };
    json!({ "items": [
        item("i1", "s1", "2022-05-07T17:00"), item("i2", "s1", "2022-05-07T19:00"), item("i3", "s2", "2022-05-07T19:00"),
    ] })
}

#[tokio::test]
async fn the_gate_says_what_blocks_which_site() {
    let run = launch().await;
    run.put(&run.planner, &format!("{ACTIVITY}/readiness"), &checklist())
        .await
        .expect(200);
    run.world.set_clock("2022-05-07T12:00:00Z");
    let done = |at: &str| json!({ "version": 1, "done": true, "done_at": at });
    let tick = |id: &str| format!("{ACTIVITY}/readiness_items/{id}/done");
    // The reporter of the city answers for both sites, the counsellor of a ward for none.
    run.world
        .post(&run.reporter, &tick("i1"), &done("2022-05-07T16:30"))
        .await
        .expect(200);
    run.world
        .post(&run.reporter, &tick("i2"), &done("2022-05-07T18:45"))
        .await
        .expect(200);
    run.world
        .post(&run.reporter, &tick("i3"), &done("2022-05-07T18:50"))
        .await
        .expect(200);
    run.world
        .post(&run.viewer, &tick("i3"), &done("2022-05-07T18:50"))
        .await
        .expect(403);
    run.world
        .post(&run.counsellor, &tick("i3"), &done("2022-05-07T18:50"))
        .await
        .expect(404);
    let stale = run
        .world
        .post(&run.reporter, &tick("i3"), &done("2022-05-07T18:55"))
        .await
        .expect(409);
    assert_eq!(stale["code"], "record.changed_meanwhile");
    let future = json!({ "version": 2, "done": true, "done_at": "2022-05-07T23:00" });
    let refused = run
        .world
        .post(&run.reporter, &tick("i3"), &future)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["date.in_future"]);

    let gate = |at: &str| format!("{ACTIVITY}/readiness_gate?at={at}");
    let early = run
        .world
        .get(&run.viewer, &gate("2022-05-07T17:30"))
        .await
        .expect(200);
    assert_eq!(
        (&early["missing"], &early["closes_at"]),
        (&json!(2), &json!("2022-05-07T19:00"))
    );
    let before = run
        .world
        .get(&run.viewer, &gate("2022-05-07T16:00"))
        .await
        .expect(200);
    assert_eq!(before["missing"], 3);
    let six = run
        .world
        .get(&run.viewer, &gate("2022-05-07T18:00"))
        .await
        .expect(200);
    assert_eq!((&six["missing"], &six["ready"]), (&json!(2), &json!(0)));
    assert_eq!(six["sites"][0]["state"], "open");
    assert_eq!(
        six["sites"][0]["missing"][0]["organization_name"],
        "Bưu điện thành phố Vinh"
    );
    let seven = run
        .world
        .get(&run.viewer, &gate("2022-05-07T19:00"))
        .await
        .expect(200);
    assert_eq!((&seven["missing"], &seven["ready"]), (&json!(0), &json!(2)));
    run.world
        .get(&run.stranger, &gate("2022-05-07T19:00"))
        .await
        .expect(404);
    run.world.get(&run.viewer, &gate("19h")).await.expect(422);
}

#[tokio::test]
async fn a_checklist_handed_in_again_keeps_what_was_done() {
    let run = launch().await;
    let path = format!("{ACTIVITY}/readiness");
    run.put(&run.planner, &path, &checklist()).await.expect(200);
    let tick = format!("{ACTIVITY}/readiness_items/i1/done");
    run.world
        .post(&run.planner, &tick, &json!({ "version": 1, "done": true }))
        .await
        .expect(200);
    let parts = run.put(&run.planner, &path, &checklist()).await.expect(200);
    assert_eq!(parts["readiness"][0]["done_at"], "2022-05-20T09:00");
    assert_eq!(parts["readiness"][1]["done_at"], json!(null));
    // The site is still used, so it cannot be left out.
    let refused = run
        .put(
            &run.planner,
            &format!("{ACTIVITY}/sites"),
            &json!({ "items": [] }),
        )
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["site.still_used", "site.still_used"]);
    let late = json!({ "items": [{ "id": "x", "site_id": "s9", "title": "", "organization_id": "nobody", "due_at": "2022-05-09T07:00" }] });
    let refused = run.put(&run.planner, &path, &late).await.expect(422);
    assert_eq!(
        codes(&refused),
        ["field.required", "site.unknown", "organization.unknown"]
    );
}

#[tokio::test]
async fn the_day_counts_when_it_was_held() {
    let run = launch().await;
    let resources = json!({ "items": [
        { "id": "r1", "site_id": "s1", "kind": "car", "quantity": 1 },
        { "id": "r2", "site_id": "s1", "kind": "motorbike", "quantity": 20 },
        { "id": "r3", "kind": "loudspeaker", "quantity": 4 },
    ] });
    run.put(&run.planner, &format!("{ACTIVITY}/resources"), &resources)
        .await
        .expect(200);
    let script = json!({ "items": [
        { "id": "l2", "starts_at": "07:30", "ends_at": "09:00", "what": "Diễu hành" },
        { "id": "l1", "starts_at": "07:00", "what": "Khai mạc", "who": "Lãnh đạo tỉnh" },
    ] });
    let parts = run
        .put(&run.planner, &format!("{ACTIVITY}/script"), &script)
        .await
        .expect(200);
    assert_eq!(parts["script"][0]["what"], "Khai mạc");
    let team = |id: &str, unit: &str| json!({ "id": id, "name": "Tổ tư vấn", "admin_unit_id": unit, "organization_id": "post", "member_count": 3 });
    run.put(
        &run.planner,
        &format!("{ACTIVITY}/teams"),
        &json!({ "items": [team("t1", WARD), team("t2", OTHER_WARD)] }),
    )
    .await
    .expect(200);
    let place = |id: &str, team: &str, place: &str| json!({ "id": id, "team_id": team, "admin_unit_id": WARD, "place": place, "day": "2022-05-08" });
    let roster = json!({ "items": [
        place("p1", "t1", "Chợ Đông Vĩnh"), place("p2", "t2", "chợ  đông vĩnh"), place("p3", "t1", "Nhà văn hóa khối 3"),
    ] });
    run.put(&run.planner, &format!("{ACTIVITY}/roster"), &roster)
        .await
        .expect(200);
    for indicator in ["sites", "cars", "motorbikes", "teams", "places", "launches"] {
        assert_eq!(run.sum(indicator, "reported").await, 0, "{indicator}");
    }
    run.world
        .post(
            &run.planner,
            &format!("{ACTIVITY}/mark_done"),
            &json!({ "version": 1 }),
        )
        .await
        .expect(200);
    let expected = [
        ("sites", 2),
        ("cars", 1),
        ("motorbikes", 20),
        ("teams", 2),
        ("places", 2),
        ("launches", 1),
    ];
    for (indicator, value) in expected {
        assert_eq!(run.sum(indicator, "reported").await, value, "{indicator}");
    }
    // A list handed in after the day counts at once, and only once.
    let more = json!({ "items": [{ "id": "r1", "kind": "car", "quantity": 3 }] });
    run.put(&run.planner, &format!("{ACTIVITY}/resources"), &more)
        .await
        .expect(200);
    assert_eq!(
        (
            run.sum("cars", "reported").await,
            run.sum("motorbikes", "reported").await
        ),
        (3, 0)
    );
    let refused = run
        .put(
            &run.planner,
            &format!("{ACTIVITY}/teams"),
            &json!({ "items": [] }),
        )
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["team.still_used", "team.still_used"]);
    run.world
        .post(
            &run.planner,
            &format!("{ACTIVITY}/cancel"),
            &json!({ "version": 2, "reason": "Hoãn" }),
        )
        .await
        .expect(200);
    for (indicator, _) in expected {
        assert_eq!(run.sum(indicator, "reported").await, 0, "{indicator}");
    }
    run.put(&run.planner, &format!("{ACTIVITY}/resources"), &more)
        .await
        .expect(409);
}

#[tokio::test]
async fn whoever_has_a_part_in_the_day_sees_it() {
    let run = launch().await;
    // The neighbor's ward has a site; the counsellor's has none until a team works there.
    run.world.get(&run.neighbor, ACTIVITY).await.expect(200);
    run.world.get(&run.counsellor, ACTIVITY).await.expect(404);
    let teams = json!({ "items": [{ "id": "t1", "name": "Tổ 1", "admin_unit_id": WARD, "member_count": 3 }] });
    run.put(&run.reporter, &format!("{ACTIVITY}/teams"), &teams)
        .await
        .expect(403);
    run.put(&run.planner, &format!("{ACTIVITY}/teams"), &teams)
        .await
        .expect(200);
    run.world
        .get(&run.counsellor, &format!("{ACTIVITY}/parts"))
        .await
        .expect(200);
    run.put(&run.stranger, &format!("{ACTIVITY}/teams"), &teams)
        .await
        .expect(404);
}

#[tokio::test]
async fn every_fault_of_a_list_is_named_with_its_line() {
    let run = launch().await;
    let sites = json!({ "items": [
        { "id": "s1", "admin_unit_id": "old-66", "name": "", "place": "", "starts_at": "2022-05-08 07:00" },
        { "id": "s1", "admin_unit_id": CITY, "name": "Điểm", "place": "", "starts_at": "2022-09-08T07:00" },
    ] });
    let refused = run
        .put(&run.planner, &format!("{ACTIVITY}/sites"), &sites)
        .await
        .expect(422);
    let fields: Vec<&str> = refused["details"]
        .as_array()
        .expect("faults")
        .iter()
        .filter_map(|fault| fault["field"].as_str())
        .collect();
    assert_eq!(
        fields,
        [
            "sites[0].name",
            "sites[0].admin_unit_id",
            "sites[0].starts_at",
            "sites[1].id",
            "sites[1].starts_at"
        ]
    );
    let resources = json!({ "items": [{ "id": "r1", "kind": "elephant", "quantity": -1 }] });
    let refused = run
        .put(&run.planner, &format!("{ACTIVITY}/resources"), &resources)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["field.unknown_word", "field.negative"]);
    let roster = json!({ "items": [{ "id": "p1", "team_id": "t9", "admin_unit_id": WARD, "place": "Chợ", "day": "2022-05-32" }] });
    let refused = run
        .put(&run.planner, &format!("{ACTIVITY}/roster"), &roster)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["date.malformed", "team.unknown"]);
    let training = Run::activity("a2", "training", json!({}));
    run.world
        .post(&run.planner, "/api/v1/activities", &training)
        .await
        .expect(201);
    let one = json!({ "items": [{ "id": "s7", "admin_unit_id": CITY, "name": "Điểm", "place": "", "starts_at": "2022-05-08T07:00" }] });
    let refused = run
        .put(&run.planner, "/api/v1/activities/a2/sites", &one)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["activity.no_sites"]);
}
