//! Rankings in a campaign's report: confirmed apart from claimed, shares of target and growth, small ones apart, ties.

use serde_json::{Value, json};
use store::facts::FactRow;

use crate::figures::fact;
use crate::nghe_an::{NgheAn, plan};

const VOLUNTARY: &str = "participants.voluntary_si";
const CITY: &str = "old-412";
const TOWN: &str = "old-413";
const DISTRICT: &str = "old-415";

/// A fact of Nghệ An in May 2022.
fn in_may(indicator: &str, unit: &str, state: &str, value: i64) -> FactRow {
    FactRow {
        province_id: "old-40".into(),
        ..fact(indicator, unit, "2022-05-31", state, value)
    }
}

/// Of the campaign.
fn signed(unit: &str, state: &str, value: i64) -> FactRow {
    FactRow {
        campaign_id: Some("ranked".into()),
        ..in_may("enrollments.voluntary_si", unit, state, value)
    }
}

/// A campaign whose report ranks, with some minimum.
async fn campaign(minimum: Value) -> NgheAn {
    let made = NgheAn::new().await;
    let mut own = plan();
    own["report"] = json!({ "statistics_period": "2022-05", "ranking_minimum": minimum });
    let campaign = json!({
        "id": "ranked", "name": "Chiến dịch xếp hạng", "admin_unit_id": "old-40",
        "organization_id": "bhxh", "first_day": "2022-05-01", "last_day": "2022-06-30",
        "plan": own,
    });
    let path = "/api/v1/campaigns";
    made.world
        .post(&made.planner, path, &campaign)
        .await
        .expect(201);
    made
}

/// The rankings of the report: caption, rows as rank, name and score, notes.
async fn rankings(made: &NgheAn) -> Vec<(String, Vec<(String, String, String)>, Vec<String>)> {
    let path = "/api/v1/campaigns/ranked/report?as_of=2022-06-30";
    let report = made.world.get(&made.planner, path).await.expect(200);
    let sections = report["sections"].as_array().unwrap();
    let section = sections.iter().find(|section| section["id"] == "ranking");
    let blocks = section.map_or(&[][..], |section| section["blocks"].as_array().unwrap());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    blocks
        .iter()
        .filter(|block| block["kind"] == "ranking")
        .map(|block| {
            let cell = |row: &Value, at: usize| text(&row[at]["display"]);
            let rows = block["rows"].as_array().unwrap().iter();
            let rows = rows.map(|row| (cell(row, 0), cell(row, 1), cell(row, 2)));
            let notes = block["notes"].as_array().unwrap().iter().map(text);
            (text(&block["caption"]), rows.collect(), notes.collect())
        })
        .collect()
}

fn row(rank: &str, name: &str, score: &str) -> (String, String, String) {
    (rank.into(), name.into(), score.into())
}

#[tokio::test]
async fn confirmed_and_claimed_stand_in_tables_of_their_own() {
    let made = campaign(json!({ "result": 3 })).await;
    let facts = vec![
        signed(CITY, "claimed", 9),
        signed(TOWN, "claimed", 4),
        signed(TOWN, "confirmed", 5),
        signed(CITY, "confirmed", 5),
        signed(DISTRICT, "confirmed", 2),
    ];
    made.world.write_facts(facts).await;
    let found = rankings(&made).await;
    let [confirmed, claimed] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        confirmed.0,
        "Xếp hạng theo số người đăng ký tham gia, đã được cơ quan BHXH xác nhận"
    );
    assert_eq!(
        confirmed.1,
        [
            row("1=", "Thành phố Vinh", "5"),
            row("1=", "Thị xã Cửa Lò", "5")
        ]
    );
    assert!(
        confirmed.2[0].ends_with("Hạng 1: Thành phố Vinh, Thị xã Cửa Lò."),
        "{:?}",
        confirmed.2
    );
    assert_eq!(confirmed.2[1], "Chỉ xếp hạng: đơn vị có từ 3 người đăng ký");
    assert!(
        confirmed.2[2].contains("Huyện Quế Phong (2 người)"),
        "{:?}",
        confirmed.2
    );
    assert_eq!(
        claimed.1,
        [
            row("1", "Thành phố Vinh", "9"),
            row("2", "Thị xã Cửa Lò", "4")
        ]
    );
}

#[tokio::test]
async fn one_unit_alone_is_not_ranked() {
    let made = campaign(json!({ "result": 3 })).await;
    let facts = vec![signed(CITY, "claimed", 9), signed(TOWN, "claimed", 2)];
    made.world.write_facts(facts).await;
    assert_eq!(rankings(&made).await, []);
}

#[tokio::test]
async fn shares_of_target_and_growth_are_ranked_where_two_units_can_be() {
    let made = campaign(json!({ "target": 50, "growth": 0 })).await;
    for (unit, target) in [(CITY, 100), (TOWN, 200), (DISTRICT, 10)] {
        let body = json!({
            "indicator": VOLUNTARY, "admin_unit_id": unit, "period": "2022", "value": target,
            "reason": "giao theo kế hoạch năm", "revision": 0,
        });
        let answer = made
            .world
            .send(&made.planner, "PUT", "/api/v1/targets", Some(&body))
            .await;
        answer.expect(200);
    }
    let stand = |unit: &str, value| in_may(VOLUNTARY, unit, "reported", value);
    let year_ago = |unit: &str, value| FactRow {
        day: "2021-05-31".into(),
        source_id: format!("year ago {unit}"),
        ..stand(unit, value)
    };
    made.world
        .write_facts(vec![
            stand(CITY, 40),
            stand(TOWN, 80),
            stand(DISTRICT, 9),
            year_ago(CITY, 30),
            year_ago(TOWN, 60),
            in_may("labour_force", CITY, "reported", 1_000),
            in_may("labour_force", TOWN, "reported", 3_000),
        ])
        .await;
    let found = rankings(&made).await;
    let [target, growth] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        target.0,
        "Xếp hạng theo tỷ lệ đạt chỉ tiêu: số người tham gia BHXH tự nguyện, tháng 5 năm 2022"
    );
    assert_eq!(
        target.1,
        [
            row("1=", "Thành phố Vinh", "40,0"),
            row("1=", "Thị xã Cửa Lò", "40,0")
        ]
    );
    assert_eq!(target.2[1], "Chỉ xếp hạng: đơn vị có chỉ tiêu giao từ 50");
    let apart = &target.2[2];
    assert!(
        apart.contains("Huyện Quế Phong (quy mô dưới 50, quá nhỏ để so sánh)"),
        "{apart}"
    );
    assert!(apart.contains("(chưa có số liệu của kỳ này)"), "{apart}");
    assert!(
        growth
            .0
            .starts_with("Xếp hạng theo mức tăng so với tiềm năng"),
        "{}",
        growth.0
    );
    assert_eq!(
        growth.1,
        [
            row("1", "Thành phố Vinh", "10,00"),
            row("2", "Thị xã Cửa Lò", "6,67")
        ]
    );
}
