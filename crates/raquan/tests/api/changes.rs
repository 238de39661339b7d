//! The list of changes: who sees what of it, filters, pages, words.

use serde_json::{Value, json};

use crate::nghe_an::{CAMPAIGN, member};
use crate::run_world::{CITY, Run, WARD, assert_nothing_personal};
use crate::support::{Client, TestApp};

const PATH: &str = "/api/v1/changes";

impl TestApp {
    async fn changes(&self, client: &Client, rest: &str) -> Vec<Value> {
        let answer = self.get(client, &format!("{PATH}?limit=200{rest}")).await;
        answer.expect(200)["items"].as_array().unwrap().clone()
    }
}

fn operations(changes: &[Value]) -> Vec<&str> {
    let words = changes.iter().map(|change| change["operation"].as_str());
    words.map(|word| word.expect("a word")).collect()
}

/// A city in which a counsellor met two people, one by name, and the planner of the province handed out a task.
async fn busy() -> Run {
    let run = Run::new().await;
    let world = &run.world;
    let person = Run::person("p1", json!({}));
    world
        .post(&run.counsellor, "/api/v1/persons", &person)
        .await
        .expect(201);
    world.pass_seconds(1);
    let path = Run::path("/consultations");
    for id in ["c1", "c2"] {
        let record = Run::consultation(id, json!({ "note": "gặp Nguyễn Văn Mẫu" }));
        world
            .post(&run.counsellor, &path, &record)
            .await
            .expect(201);
        world.pass_seconds(1);
    }
    let path = Run::path("/close");
    world
        .post(&run.planner, &path, &json!({}))
        .await
        .expect(200);
    world.pass_seconds(1);
    run
}

#[tokio::test]
async fn an_auditor_sees_all_of_the_province_with_names_and_words() {
    let run = busy().await;
    let auditor = run.world.user("kiemtra", "auditor", Some("old-40")).await;
    let seen = run.world.changes(&auditor, "").await;
    assert_eq!(
        operations(&seen)[..4],
        [
            "session_create",
            "campaign_close",
            "consultation_create",
            "consultation_create"
        ]
    );
    let created = &seen[2];
    assert_eq!(created["operation_name"], "Ghi lượt tư vấn");
    assert_eq!(created["entity_name"], "lượt tư vấn");
    assert_eq!(created["actor_name"], "Người thử dongvinh");
    assert_eq!(created["organization_name"], "Bưu điện thành phố Vinh");
    assert_eq!(
        (&created["door"], &created["entity_id"]),
        (&json!("api"), &json!("c2"))
    );
    assert_eq!(created["after"]["people"], 2);
    assert_nothing_personal(&serde_json::to_string(&seen).unwrap());
    let unnamed = seen
        .iter()
        .find(|change| change["operation_name"] == change["operation"]);
    assert_eq!(unnamed, None);
}

#[tokio::test]
async fn others_see_their_own_changes_alone() {
    let run = busy().await;
    let world = &run.world;
    let own = world.changes(&run.counsellor, "").await;
    assert_eq!(
        operations(&own),
        [
            "consultation_create",
            "consultation_create",
            "person_create",
            "session_create"
        ]
    );
    let none = world.changes(&run.viewer, "").await;
    assert_eq!(operations(&none), ["session_create"]);
    let planner = world.changes(&run.planner, "&entity=campaign").await;
    assert_eq!(
        operations(&planner),
        ["campaign_close", "campaign_issue", "campaign_create"]
    );
    let of_others = world.changes(&run.planner, "&entity_id=c1").await;
    assert_eq!(operations(&of_others), [""; 0]);
    let elsewhere = world.user("kiemtra", "auditor", Some("old-66")).await;
    let elsewhere = world.changes(&elsewhere, "&entity=consultation").await;
    assert_eq!(operations(&elsewhere), [""; 0]);
}

#[tokio::test]
async fn over_a_city_an_auditor_sees_what_its_bodies_did() {
    let run = busy().await;
    let world = &run.world;
    let auditor = member(world, "kiemtra", "auditor", CITY, "women").await;
    let seen = world.changes(&auditor, "").await;
    let mut found = operations(&seen);
    found.sort_unstable();
    found.dedup();
    // Not the planner of the province, who closed the campaign.
    assert_eq!(
        found,
        ["consultation_create", "person_create", "session_create"]
    );
    let ward = world
        .user("kiemtra.phuong", "administrator", Some(WARD))
        .await;
    let seen = world.changes(&ward, "").await;
    assert_eq!(operations(&seen), ["session_create"]);
}

#[tokio::test]
async fn changes_are_found_by_record_account_and_day() {
    let run = busy().await;
    let world = &run.world;
    let auditor = world.user("kiemtra", "auditor", Some("old-40")).await;
    let all = world.changes(&auditor, "").await;
    let one = world
        .changes(&auditor, "&entity_id=c1&entity=consultation")
        .await;
    assert_eq!(operations(&one), ["consultation_create"]);
    let campaign = world
        .changes(&auditor, &format!("&entity_id={CAMPAIGN}"))
        .await;
    assert_eq!(
        operations(&campaign),
        ["campaign_close", "campaign_issue", "campaign_create"]
    );
    let by = all
        .iter()
        .find(|change| change["entity_id"] == "c1")
        .unwrap()["actor_id"]
        .clone();
    let by = format!("&actor_id={}&entity=person", by.as_str().unwrap());
    assert_eq!(
        operations(&world.changes(&auditor, &by).await),
        ["person_create"]
    );
    // The clock shows 2022-05-20 in Viet Nam.
    assert_eq!(
        world.changes(&auditor, "&day=2022-05-20").await.len(),
        all.len()
    );
    assert_eq!(world.changes(&auditor, "&day=2022-05-19").await.len(), 0);
    for (wrong, code) in [
        ("day=2022-02-31", "date.malformed"),
        ("page=here", "page.malformed"),
        ("limit=0", "page.limit_out_of_range"),
    ] {
        let answer = world
            .get(&auditor, &format!("{PATH}?{wrong}"))
            .await
            .expect(422);
        assert_eq!(answer["details"][0]["code"], code);
    }
}

#[tokio::test]
async fn pages_give_every_change_once() {
    let run = busy().await;
    let world = &run.world;
    // Two logs: that of the province, and that of the country for accounts and sessions.
    let auditor = world.user("kiemtra", "auditor", None).await;
    let key = |change: &Value| (change["province_id"].to_string(), change["seq"].to_string());
    let all: Vec<_> = world.changes(&auditor, "").await.iter().map(key).collect();
    let (mut found, mut page) = (Vec::new(), String::new());
    loop {
        let path = format!("{PATH}?limit=3{page}");
        let answer = world.get(&auditor, &path).await.expect(200);
        found.extend(answer["items"].as_array().unwrap().iter().map(key));
        match answer["next_page"].as_str() {
            Some(next) => page = format!("&page={next}"),
            None => break,
        }
    }
    assert!(all.len() > 20, "{}", all.len());
    assert_eq!(found, all);
}

#[test]
fn every_operation_that_writes_has_words() {
    let document = serde_json::to_value(raquan::api::openapi()).expect("plain data");
    // Doors to another use case, and what writes nothing.
    let others = [
        "confirmation_table",
        "consultation_create_many",
        "monthly_form_submit",
        "quote_get_many",
        "session_end_current",
    ];
    for methods in document["paths"].as_object().unwrap().values() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap_or_default();
            if method != "get" && !others.contains(&id) {
                let words = raquan::app::changes::operation_name(id);
                assert!(words.is_some(), "{id} has no words in app/changes/words.rs");
            }
        }
    }
}
