//! Reported figures: the monthly form, approval, locks, corrections, who sees what, nothing counted twice.

use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const PATH: &str = "/api/v1/observations";
const VOLUNTARY: &str = "participants.voluntary_si";
/// Nghệ An and one of its districts, until 2025.
const PROVINCE: &str = "old-40";
const VINH: &str = "old-412";

fn row(indicator: &str, unit: &str, period: &str, value: i64) -> Value {
    json!({ "indicator": indicator, "admin_unit_id": unit, "period": period, "value": value })
}

fn batch(id: &str, rows: Vec<Value>) -> Value {
    json!({ "id": id, "rows": rows })
}

async fn figure(world: &TestApp, client: &Client, unit: &str, period: &str) -> Value {
    let path =
        format!("/api/v1/figures?indicator={VOLUNTARY}&admin_unit_id={unit}&period={period}");
    let answer = world.get(client, &path).await.expect(200);
    answer["items"][0]["value"].clone()
}

fn codes(answer: &Value) -> Vec<(&str, &str)> {
    let details = answer["details"].as_array().expect("faults");
    details
        .iter()
        .map(|fault| {
            assert!(!fault["message"].as_str().unwrap().is_empty());
            assert!(!fault["fix"].as_str().unwrap().is_empty(), "{fault}");
            (
                fault["field"].as_str().unwrap(),
                fault["code"].as_str().unwrap(),
            )
        })
        .collect()
}

/// Vinh has reported 9 for April, 7 for May last year.
async fn world() -> TestApp {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("new-40")).await;
    let rows = vec![
        row(VOLUNTARY, VINH, "2022-04", 9),
        row(VOLUNTARY, VINH, "2021-05", 7),
    ];
    world
        .post(&planner, PATH, &batch("start", rows))
        .await
        .expect(201);
    world
}

#[tokio::test]
async fn a_form_is_filled_in_approved_locked_and_corrected() {
    let world = world().await;
    let planner = world
        .sign_in("kehoach", crate::support::PASSWORD)
        .await
        .unwrap();
    let reporter = world.user("baocao", "reporter", Some(VINH)).await;
    let coordinator = world.user("dieuphoi", "coordinator", Some(PROVINCE)).await;
    let form_path = format!("/api/v1/monthly_forms/{VINH}/2022-05");

    let form = world.get(&reporter, &form_path).await.expect(200);
    assert_eq!(form["admin_unit_name"], "Thành phố Vinh");
    assert_eq!(form["period_label"], "tháng 5 năm 2022");
    assert_eq!(
        (&form["locked"], &form["writable"]),
        (&json!(false), &json!(true))
    );
    let line = |form: &Value, indicator: &str| {
        let lines = form["lines"].as_array().unwrap().clone();
        lines
            .into_iter()
            .find(|line| line["indicator"] == indicator)
    };
    let voluntary = line(&form, VOLUNTARY).expect("districts report it");
    assert_eq!(
        (&voluntary["previous"], &voluntary["last_year"]),
        (&json!(9), &json!(7))
    );
    assert_eq!(
        (&voluntary["current"], &voluntary["expected"]),
        (&Value::Null, &json!(true))
    );
    assert!(line(&form, "labour_force").is_none(), "provinces report it");
    assert!(line(&form, "consultations").is_none(), "nobody reports it");

    // It counts at once.
    let filled = json!({ "id": "may", "values": [
        { "indicator": VOLUNTARY, "value": 12 },
        { "indicator": "one_time_withdrawals", "value": 0 },
    ] });
    let done = world.post(&reporter, &form_path, &filled).await.expect(201);
    assert_eq!((&done["new"], &done["corrected"]), (&json!(2), &json!(0)));
    assert_eq!(figure(&world, &reporter, VINH, "2022-05").await, 12);
    assert_eq!(figure(&world, &planner, PROVINCE, "2022-05").await, 12);
    // The same form again changes nothing; another under its id is refused.
    let again = world.post(&reporter, &form_path, &filled).await.expect(201);
    assert_eq!(again, done);
    let other = json!({ "id": "may", "values": [{ "indicator": VOLUNTARY, "value": 13 }] });
    let refused = world.post(&reporter, &form_path, &other).await.expect(409);
    assert_eq!(refused["code"], "record.id_taken");

    // The reporter may not approve, the coordinator may.
    let all = json!({ "admin_unit_id": PROVINCE, "period": "2022-05" });
    world
        .post(&reporter, "/api/v1/observations/approve", &all)
        .await
        .expect(404);
    let own = json!({ "admin_unit_id": VINH, "period": "2022-05" });
    world
        .post(&reporter, "/api/v1/observations/approve", &own)
        .await
        .expect(403);
    for expected in [2, 0] {
        let answer = world
            .post(&coordinator, "/api/v1/observations/approve", &all)
            .await
            .expect(200);
        assert_eq!(answer["approved"], expected);
    }
    let list = world
        .get(
            &planner,
            &format!(
                "{PATH}?period=2022-05&admin_unit_id={PROVINCE}&below=true&indicator={VOLUNTARY}"
            ),
        )
        .await
        .expect(200);
    assert_eq!((&list["count"], &list["approved"]), (&json!(1), &json!(1)));
    let observation = &list["items"][0];
    assert_eq!(
        (&observation["state"], &observation["locked"]),
        (&json!("approved"), &json!(false))
    );
    let id = observation["id"].as_str().unwrap();

    // The planner locks the province; the coordinator may not.
    let lock = json!({ "admin_unit_id": PROVINCE, "period": "2022-05" });
    world
        .post(&coordinator, "/api/v1/period_locks", &lock)
        .await
        .expect(403);
    let locked = world
        .post(&planner, "/api/v1/period_locks", &lock)
        .await
        .expect(201);
    let same = world
        .post(&planner, "/api/v1/period_locks", &lock)
        .await
        .expect(201);
    assert_eq!(locked, same);
    assert_eq!(
        world.get(&reporter, &form_path).await.expect(200)["locked"],
        true
    );

    // From now on a correction needs a reason, and history is kept.
    let correct = format!("{PATH}/{id}/correct");
    let wrong = world
        .post(&reporter, &correct, &json!({ "version": 1, "value": 15 }))
        .await
        .expect(422);
    assert_eq!(codes(&wrong), [("period", "observation.period_locked")]);
    assert_eq!(
        wrong["details"][0]["message"],
        "Số liệu tháng 5 năm 2022 của Tỉnh Nghệ An đã khóa."
    );
    let reason = json!({ "version": 1, "value": 15, "reason": "Sót một điểm thu" });
    let corrected = world.post(&reporter, &correct, &reason).await.expect(200);
    assert_eq!(
        (
            &corrected["version"],
            &corrected["state"],
            &corrected["locked"]
        ),
        (&json!(2), &json!("submitted"), &json!(true))
    );
    assert_eq!(figure(&world, &planner, PROVINCE, "2022-05").await, 15);
    let stale = world.post(&reporter, &correct, &reason).await.expect(409);
    assert_eq!(stale["code"], "record.changed_meanwhile");
    let history = world
        .get(&planner, &format!("{PATH}/{id}/history"))
        .await
        .expect(200);
    let versions: Vec<_> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["version"].as_i64().unwrap(),
                row["value"].as_i64().unwrap(),
                row["reason"].clone(),
            )
        })
        .collect();
    assert_eq!(
        versions,
        [(2, 15, json!("Sót một điểm thu")), (1, 12, Value::Null)]
    );

    // Unlocking needs a reason, too.
    let silent = world
        .post(&planner, "/api/v1/period_locks/unlock", &lock)
        .await
        .expect(422);
    assert_eq!(codes(&silent), [("reason", "period_lock.reason_required")]);
    let unlock = json!({ "admin_unit_id": PROVINCE, "period": "2022-05", "reason": "Rà soát" });
    world
        .post(&planner, "/api/v1/period_locks/unlock", &unlock)
        .await
        .expect(204);
    let locks = world
        .get(&planner, "/api/v1/period_locks")
        .await
        .expect(200);
    assert!(locks["items"].as_array().unwrap().is_empty());
    world
        .post(&reporter, &correct, &json!({ "version": 2, "value": 16 }))
        .await
        .expect(200);
}

#[tokio::test]
async fn another_province_is_not_there() {
    let world = world().await;
    let planner = world
        .sign_in("kehoach", crate::support::PASSWORD)
        .await
        .unwrap();
    let list = world.get(&planner, PATH).await.expect(200);
    let id = list["items"][0]["id"].as_str().unwrap();
    let stranger = world.user("nguoi.la", "planner", Some("new-66")).await;
    for path in [
        format!("{PATH}/{id}"),
        format!("{PATH}/{id}/history"),
        format!("/api/v1/monthly_forms/{VINH}/2022-05"),
    ] {
        world.get(&stranger, &path).await.expect(404);
    }
    let body = json!({ "version": 1, "value": 1 });
    world
        .post(&stranger, &format!("{PATH}/{id}/correct"), &body)
        .await
        .expect(404);
    let ids = json!({ "ids": [id] });
    world
        .post(&stranger, "/api/v1/observations/approve", &ids)
        .await
        .expect(404);
    let empty = world.get(&stranger, PATH).await.expect(200);
    assert_eq!((&empty["count"], &empty["items"]), (&json!(0), &json!([])));
    let foreign = batch("x", vec![row(VOLUNTARY, VINH, "2022-05", 1)]);
    world.post(&stranger, PATH, &foreign).await.expect(404);

    // Among rows of one's own, a foreign one is a fault that says nothing of what is there.
    let mixed = batch(
        "y",
        vec![
            row(VOLUNTARY, "old-66", "2022-04", 1),
            row(VOLUNTARY, VINH, "2022-04", 9),
        ],
    );
    let refused = world.post(&stranger, PATH, &mixed).await.expect(422);
    assert_eq!(
        codes(&refused),
        [("rows[1].admin_unit_id", "observation.out_of_scope")]
    );
    assert_eq!(
        refused["details"][0]["message"],
        "Thành phố Vinh không thuộc phạm vi của bạn."
    );
    // A viewer may see and not report.
    let viewer = world.user("xem", "viewer", Some("new-40")).await;
    world.post(&viewer, PATH, &foreign).await.expect(403);
    world
        .get(&viewer, &format!("{PATH}/{id}"))
        .await
        .expect(200);
}

#[tokio::test]
async fn every_fault_of_a_list_is_named_and_nothing_is_half_written() {
    let world = world().await;
    let planner = world
        .sign_in("kehoach", crate::support::PASSWORD)
        .await
        .unwrap();
    let rows = vec![
        row(VOLUNTARY, VINH, "2022-05", 10),
        row("gold", VINH, "2022-05", 10),
        row(VOLUNTARY, "old-99999", "2022-05", 10),
        row(VOLUNTARY, VINH, "31/02/2022", 10),
        row(VOLUNTARY, VINH, "2022-02-31", 10),
        row("consultations", VINH, "2022-05", 10),
        row(VOLUNTARY, VINH, "2022-05", 11),
        row(VOLUNTARY, "old-413", "2022-05", -1),
        row(VOLUNTARY, "old-413", "2022-05", 1_000_000_000_000_001),
        row(VOLUNTARY, "old-413", "2030-05", 1),
        row(VOLUNTARY, "new-40", "2022-05", 1),
        row(VOLUNTARY, PROVINCE, "2022-04", 1),
        row(VOLUNTARY, PROVINCE, "2022-05", 1),
    ];
    let refused = world
        .post(&planner, PATH, &batch("x", rows.clone()))
        .await
        .expect(422);
    let expected = [
        ("rows[1].indicator", "indicator.unknown"),
        ("rows[2].admin_unit_id", "admin_unit.unknown"),
        ("rows[3].period", "period.malformed"),
        ("rows[4].period", "period.malformed"),
        ("rows[5].indicator", "observation.indicator_not_reported"),
        ("rows[6].indicator", "observation.duplicate_row"),
        ("rows[7].value", "observation.value_out_of_range"),
        ("rows[8].value", "observation.value_out_of_range"),
        ("rows[9].period", "observation.period_in_future"),
        ("rows[9].admin_unit_id", "admin_unit.not_in_force"),
        ("rows[10].admin_unit_id", "admin_unit.not_in_force"),
        ("rows[11].admin_unit_id", "observation.reported_elsewhere"),
        ("rows[12].admin_unit_id", "observation.reported_elsewhere"),
    ];
    assert_eq!(codes(&refused), expected);
    let before = refused["details"][10]["fix"].as_str().unwrap();
    assert!(before.contains("Tỉnh Nghệ An (old-40)"), "{before}");
    assert_eq!(figure(&world, &planner, VINH, "2022-05").await, Value::Null);

    // The good row alone, if the user says so; the same again gives the same answer.
    let good = json!({ "id": "y", "rows": rows, "good_rows_only": true });
    let done = world.post(&planner, PATH, &good).await.expect(201);
    assert_eq!(
        (&done["new"], done["faults"].as_array().unwrap().len()),
        (&json!(1), 13)
    );
    assert_eq!(figure(&world, &planner, VINH, "2022-05").await, 10);
    assert_eq!(world.post(&planner, PATH, &good).await.expect(201), done);

    let empty = world
        .post(&planner, PATH, &batch("z", vec![]))
        .await
        .expect(422);
    assert_eq!(codes(&empty), [("rows", "field.required")]);
}

#[tokio::test]
async fn one_change_row_for_a_list_and_none_for_what_is_there() {
    let world = world().await;
    let planner = world
        .sign_in("kehoach", crate::support::PASSWORD)
        .await
        .unwrap();
    let rows = vec![
        row(VOLUNTARY, VINH, "2022-04", 9),
        row(VOLUNTARY, "old-413", "2022-04", 3),
    ];
    let done = world
        .post(&planner, PATH, &batch("a", rows))
        .await
        .expect(201);
    assert_eq!((&done["new"], &done["unchanged"]), (&json!(1), &json!(1)));
    let changes = store::changes::change_list(world.app.db.read(), PROVINCE, 0, 10)
        .await
        .unwrap();
    let operations: Vec<_> = changes
        .iter()
        .map(|change| change.operation.as_str())
        .collect();
    assert_eq!(
        operations,
        ["observation_submit_many", "observation_submit_many"]
    );
    // A correction takes the facts of the version before away.
    let rows = vec![row(VOLUNTARY, VINH, "2022-04", 10)];
    let done = world
        .post(&planner, PATH, &batch("b", rows))
        .await
        .expect(201);
    assert_eq!(done["corrected"], 1);
    assert_eq!(figure(&world, &planner, PROVINCE, "2022-04").await, 13);
}

#[tokio::test]
async fn figures_of_two_provinces_before_and_after_the_merger_go_in_one_list() {
    let world = TestApp::new().await;
    world.set_clock("2026-03-10T02:00:00Z");
    let planner = world.user("kehoach", "planner", Some("new-66")).await;
    let rows = vec![
        row(VOLUNTARY, "old-66", "2025-06", 17_000),
        row(VOLUNTARY, "new-66", "2025-07", 30_000),
    ];
    world
        .post(&planner, PATH, &batch("a", rows))
        .await
        .expect(201);
    assert_eq!(figure(&world, &planner, "old-66", "2025-06").await, 17_000);
    assert_eq!(figure(&world, &planner, "new-66", "2025-07").await, 30_000);
    let rows = vec![
        row(VOLUNTARY, "old-66", "2025-06", 17_001),
        row(VOLUNTARY, "new-66", "2025-07", 30_001),
    ];
    let done = world
        .post(&planner, PATH, &batch("b", rows))
        .await
        .expect(201);
    assert_eq!(done["corrected"], 2);
    assert_eq!(figure(&world, &planner, "old-66", "2025-06").await, 17_001);
}
