//! Administrative units through time, as everybody may ask for them.

use serde_json::Value;

use crate::support::{Client, TestApp};

async fn ask(path: &str) -> Value {
    let world = TestApp::new().await;
    let path = format!("/api/v1/admin_units/{path}");
    world.get(&Client::default(), &path).await.expect(200)
}

/// Ids of the units reached, in the order of their ids.
fn ids(found: &Value) -> Vec<&str> {
    let items = found["items"].as_array().unwrap();
    let mut ids: Vec<&str> = items
        .iter()
        .map(|item| item["unit"]["id"].as_str().unwrap())
        .collect();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn a_ward_of_today_tells_what_it_was_made_of() {
    let found = ask("new-16681/predecessors?from=2022-05-01&to=2026-01-01").await;
    let wards = [
        "old-16663",
        "old-16669",
        "old-16672",
        "old-16678",
        "old-16681",
        "old-16684",
        "old-16687",
        "old-18013",
    ];
    assert_eq!(ids(&found), wards);
    assert_eq!(found["from"], "2022-05-01");
    assert_eq!(found["to"], "2026-01-01");
    let mut items = found["items"].as_array().unwrap().iter();
    let le_mao = items
        .find(|item| item["unit"]["id"] == "old-16687")
        .unwrap();
    assert_eq!(le_mao["unit"]["full_name"], "Phường Lê Mao");
    assert_eq!(le_mao["unit"]["in_force"], true);
    assert_eq!(le_mao["path"][0]["date"], "2024-12-01");
    assert_eq!(le_mao["path"][1]["date"], "2025-07-01");

    // After the first of the two mergers there were fewer.
    let found = ask("new-16681/predecessors?from=2025-01-01&to=2026-01-01").await;
    assert_eq!(ids(&found).len(), 6);
    // A commune that stayed what it was is its own, only with another id.
    let found = ask("new-16804/predecessors").await;
    assert_eq!(ids(&found), ["old-16804"]);
}

#[tokio::test]
async fn an_old_ward_tells_where_its_people_went() {
    let found = ask("old-16687/successors?to=2026-01-01").await;
    assert_eq!(ids(&found), ["new-16681"]);
}

#[tokio::test]
async fn what_lies_above_a_unit_is_told_on_days_without_it_too() {
    let before = ask("new-16681?on=2022-05-01").await;
    assert_eq!(before["in_force"], false);
    assert_eq!(before["above"][0], "Tỉnh Nghệ An");
    let after = ask("old-16687?on=2026-05-01").await;
    assert_eq!(after["above"][0], "Thành phố Vinh");
}
