//! Targets: who may set them, revisions, spreading, the share that figures show, rankings.

use serde_json::{Value, json};
use store::facts::FactRow;

use crate::figures::fact;
use crate::support::{Answer, Client, TestApp};

const VOLUNTARY: &str = "participants.voluntary_si";
const PATH: &str = "/api/v1/targets";

impl TestApp {
    async fn set(
        &self,
        client: &Client,
        unit: &str,
        period: &str,
        value: i64,
        revision: i64,
    ) -> Answer {
        let body = json!({
            "indicator": VOLUNTARY, "admin_unit_id": unit, "period": period, "value": value,
            "reason": "giao theo kế hoạch năm", "revision": revision,
        });
        self.send(client, "PUT", PATH, Some(&body)).await
    }

    async fn spread(&self, client: &Client, unit: &str, base: &str) -> Answer {
        let body = json!({
            "indicator": VOLUNTARY, "admin_unit_id": unit, "period": "2022", "base": base,
        });
        self.post(client, "/api/v1/targets/spread", &body).await
    }
}

fn codes(answer: Answer) -> Vec<String> {
    let body = answer.expect(422);
    let details = body["details"].as_array().unwrap();
    details
        .iter()
        .map(|fault| fault["code"].as_str().unwrap().to_owned())
        .collect()
}

fn values(list: &Value) -> Vec<i64> {
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["value"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn a_target_is_set_revised_and_shown_with_the_figure() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("old-66")).await;
    let viewer = world.user("xem", "viewer", Some("old-66")).await;
    let first = world
        .set(&planner, "old-66", "2022", 20_000, 0)
        .await
        .expect(200);
    let again = world
        .set(&planner, "old-66", "2022", 20_000, 0)
        .await
        .expect(200);
    assert_eq!(first, again);
    world.set(&viewer, "old-66", "2022", 1, 1).await.expect(403);
    world
        .set(&planner, "old-40", "2022", 1, 0)
        .await
        .expect(404);
    let stale = world
        .set(&planner, "old-66", "2022", 19_000, 0)
        .await
        .expect(409);
    assert_eq!(stale["code"], "record.changed_meanwhile");
    world
        .set(&planner, "old-66", "2022", 19_000, 1)
        .await
        .expect(200);
    let list = world.get(&viewer, PATH).await.expect(200);
    assert_eq!(values(&list), [19_000]);
    let id = first["id"].as_str().unwrap();
    let history = world
        .get(&viewer, &format!("{PATH}/{id}/history"))
        .await
        .expect(200);
    assert_eq!(values(&history), [20_000, 19_000]);
    assert_eq!(history["items"][0]["current"], false);

    world
        .write_facts(vec![fact(
            VOLUNTARY,
            "old-66",
            "2022-04-30",
            "reported",
            9_500,
        )])
        .await;
    let ask = |period: &str| {
        format!(
            "/api/v1/figures?indicator={VOLUNTARY}&admin_unit_id=old-66&period={period}&compare=target"
        )
    };
    let answer = world.get(&viewer, &ask("2022-04")).await.expect(200);
    assert_eq!(
        answer["items"][0]["target"],
        json!({
            "period": "2022", "target": 19_000, "value": 9_500, "share_permille": 500,
            "missing": 9_500, "reached": false,
        })
    );
    // A stand is measured against the next target that ends later, a past one does not count.
    let before = world.get(&viewer, &ask("2021-12")).await.expect(200);
    assert_eq!(before["items"][0]["target"]["period"], "2022");
    let after = world.get(&viewer, &ask("2023-01")).await.expect(200);
    assert_eq!(after["items"][0]["target"], Value::Null);
}

#[tokio::test]
async fn faults_of_a_target_are_named() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", None).await;
    let body = json!({
        "indicator": "gold", "admin_unit_id": "old-999", "period": "soon", "value": -1, "revision": 1,
    });
    let answer = world.send(&planner, "PUT", PATH, Some(&body)).await;
    assert_eq!(
        codes(answer),
        [
            "indicator.unknown",
            "admin_unit.unknown",
            "period.malformed",
            "target.negative",
            "target.reason_missing"
        ]
    );
    let gone = world.set(&planner, "old-66", "2027", 1, 0).await;
    assert_eq!(codes(gone), ["target.unit_not_in_force"]);
    assert_eq!(
        codes(world.spread(&planner, "old-66", "beauty").await),
        ["target.unknown_base"]
    );
    assert_eq!(
        codes(world.spread(&planner, "old-66", "equal").await),
        ["target.nothing_to_spread"]
    );
    let ratio = json!({
        "indicator": "coverage.labour_force", "admin_unit_id": "old-66", "period": "2022", "base": "equal",
    });
    let answer = world.post(&planner, "/api/v1/targets/spread", &ratio).await;
    assert_eq!(codes(answer), ["target.ratio_not_spread"]);
}

#[tokio::test]
async fn a_target_is_spread_so_that_the_parts_add_up() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", None).await;
    world
        .set(&planner, "old-66", "2022", 1_000, 0)
        .await
        .expect(200);
    let equal = world.spread(&planner, "old-66", "equal").await.expect(200);
    let parts = values(&equal);
    assert_eq!((parts.len(), parts.iter().sum::<i64>()), (15, 1_000));
    assert!(parts.iter().all(|part| [66, 67].contains(part)));
    let again = world.spread(&planner, "old-66", "equal").await.expect(200);
    assert_eq!(equal, again);

    assert_eq!(
        codes(world.spread(&planner, "old-66", "population").await),
        ["target.base_missing"]
    );
    let base = "indicator:participants.compulsory_si@2022-03";
    let missing = world.spread(&planner, "old-66", base).await.expect(422);
    assert!(
        missing["message"]
            .as_str()
            .unwrap()
            .contains("và 10 đơn vị khác"),
        "{missing}"
    );
    let districts = (643..=655).chain([656, 657]);
    let facts: Vec<FactRow> = districts
        .map(|code| {
            let value = if code == 643 { 86 } else { 1 };
            fact(
                "participants.compulsory_si",
                &format!("old-{code}"),
                "2022-03-31",
                "reported",
                value,
            )
        })
        .collect();
    world.write_facts(facts).await;
    let by_base = world.spread(&planner, "old-66", base).await.expect(200);
    let parts = values(&by_base);
    assert_eq!(
        (parts[0], parts[1], parts.iter().sum::<i64>()),
        (860, 10, 1_000)
    );
    assert_eq!(by_base["items"][0]["revision"], 2);
    assert_eq!(by_base["items"][0]["spread_base"], base);
    // Today's provinces have a published population, those of 2022 have none.
    world.set(&planner, "vn", "2022", 63, 0).await.expect(200);
    let old = world.spread(&planner, "vn", "population").await;
    assert_eq!(codes(old), ["target.base_missing"]);
    world.set_clock("2026-03-01T00:00:00Z");
    let planner = world
        .sign_in("kehoach", crate::support::PASSWORD)
        .await
        .expect("signed in");
    world
        .set(&planner, "vn", "2026", 3_400_000, 0)
        .await
        .expect(200);
    let body = json!({
        "indicator": VOLUNTARY, "admin_unit_id": "vn", "period": "2026", "base": "population",
    });
    let now = world
        .post(&planner, "/api/v1/targets/spread", &body)
        .await
        .expect(200);
    assert_eq!(
        (values(&now).len(), values(&now).iter().sum::<i64>()),
        (34, 3_400_000)
    );
}

#[tokio::test]
async fn units_are_ranked_with_ties_explained_and_small_ones_apart() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("old-66")).await;
    for (unit, target) in [
        ("old-643", 100),
        ("old-644", 50),
        ("old-645", 4),
        ("old-646", 100),
    ] {
        world
            .set(&planner, unit, "2022", target, 0)
            .await
            .expect(200);
    }
    let stand = |unit: &str, value| fact(VOLUNTARY, unit, "2022-03-31", "reported", value);
    world
        .write_facts(vec![
            stand("old-643", 40),
            stand("old-644", 20),
            stand("old-645", 4),
            stand("old-646", 90),
            stand("old-647", 7),
        ])
        .await;
    let ask = |rest: &str| {
        format!("/api/v1/rankings?indicator={VOLUNTARY}&admin_unit_id=old-66&period=2022-03{rest}")
    };
    let answer = world
        .get(&planner, &ask("&by=target&minimum_volume=10"))
        .await
        .expect(200);
    let table = &answer["tables"][0];
    let ranks: Vec<(u64, &str)> = table["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["rank"].as_u64().unwrap(),
                row["admin_unit_id"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(ranks, [(1, "old-646"), (2, "old-643"), (2, "old-644")]);
    let tie = table["items"][1]["tie"].as_str().unwrap();
    assert_eq!(
        tie,
        "Đồng hạng 2 với Thị xã Buôn Hồ: cùng tỷ lệ đạt chỉ tiêu."
    );
    assert_eq!(table["items"][1]["share_permille"], 400);
    let apart = |id: &str| {
        let rows = table["apart"].as_array().unwrap();
        rows.iter().find(|row| row["admin_unit_id"] == id).unwrap()["reason"].clone()
    };
    assert_eq!(apart("old-645"), "below_minimum");
    assert_eq!(apart("old-647"), "no_measure");
    assert_eq!(apart("old-648"), "no_result");
    let growth = world.get(&planner, &ask("&by=growth")).await.expect(200);
    assert_eq!(growth["tables"][0]["items"], json!([]));
    let wrong = world.get(&planner, &ask("&by=beauty&since=ever")).await;
    assert_eq!(codes(wrong), ["word.unknown", "word.unknown"]);
}

#[tokio::test]
async fn confirmed_is_ranked_apart_from_claimed() {
    let world = TestApp::new().await;
    let viewer = world.user("xem", "viewer", Some("old-66")).await;
    let signed = |unit: &str, state: &str, value| {
        fact("enrollments.voluntary_si", unit, "2022-05-08", state, value)
    };
    world
        .write_facts(vec![
            signed("old-643", "claimed", 30),
            signed("old-644", "claimed", 5),
            signed("old-644", "confirmed", 12),
            signed("old-643", "confirmed", 2),
        ])
        .await;
    let ask =
        "/api/v1/rankings?indicator=enrollments.voluntary_si&admin_unit_id=old-66&period=2022-05";
    let answer = world.get(&viewer, ask).await.expect(200);
    let first = |table: usize| {
        let table = &answer["tables"][table];
        (
            table["state"].clone(),
            table["items"][0]["admin_unit_id"].clone(),
            table["items"][0]["part"].clone(),
        )
    };
    assert_eq!(first(0), (json!("confirmed"), json!("old-644"), json!(12)));
    assert_eq!(first(1), (json!("claimed"), json!("old-643"), json!(30)));
}
