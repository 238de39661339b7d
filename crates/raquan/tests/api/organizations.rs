//! Organizations: who may make and see them, repeated requests, cycles.

use serde_json::{Value, json};

use crate::support::TestApp;

fn body(id: &str, unit: &str, parent: Option<&str>) -> Value {
    json!({
        "id": id, "kind": "post", "name": format!("Bưu điện {id}"), "admin_unit_id": unit,
        "parent_id": parent,
    })
}

const PATH: &str = "/api/v1/organizations";

#[tokio::test]
async fn the_same_request_again_gives_the_same_answer() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("new-40")).await;
    let first = world
        .post(&planner, PATH, &body("a", "old-40", None))
        .await
        .expect(201);
    let again = world
        .post(&planner, PATH, &body("a", "old-40", None))
        .await
        .expect(201);
    assert_eq!(first, again);
    let other = world
        .post(&planner, PATH, &body("a", "new-40", None))
        .await
        .expect(409);
    assert_eq!(other["code"], "record.id_taken");
    let changes = store::changes::change_list(world.app.db.read(), "old-40", 0, 10)
        .await
        .unwrap();
    assert_eq!(changes.len(), 1, "one accepted write, one change row");
}

#[tokio::test]
async fn another_province_is_not_there() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("new-40")).await;
    let stranger = world.user("nguoi.la", "planner", Some("new-66")).await;
    let viewer = world.user("xem", "viewer", Some("new-40")).await;
    world
        .post(&planner, PATH, &body("a", "old-40", None))
        .await
        .expect(201);
    world
        .get(&stranger, "/api/v1/organizations/a")
        .await
        .expect(404);
    let list = world.get(&stranger, PATH).await.expect(200);
    assert!(list["items"].as_array().unwrap().is_empty());
    world
        .post(&stranger, PATH, &body("b", "old-40", None))
        .await
        .expect(404);
    world
        .post(&viewer, PATH, &body("b", "old-40", None))
        .await
        .expect(403);
    let found = world
        .get(&viewer, "/api/v1/organizations?q=buu%20dien")
        .await
        .expect(200);
    assert_eq!(found["items"][0]["admin_unit_name"], "Tỉnh Nghệ An");
}

#[tokio::test]
async fn cycles_and_unknown_things_are_named() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("new-40")).await;
    world
        .post(&planner, PATH, &body("a", "old-40", None))
        .await
        .expect(201);
    world
        .post(&planner, PATH, &body("b", "old-40", Some("a")))
        .await
        .expect(201);
    let update = json!({ "version": 1, "parent_id": "b" });
    let answer = world
        .send(&planner, "PATCH", "/api/v1/organizations/a", Some(&update))
        .await;
    assert_eq!(
        answer.expect(422)["details"][0]["code"],
        "organization.cycle"
    );
    let own = world
        .post(&planner, PATH, &body("c", "old-40", Some("c")))
        .await
        .expect(422);
    assert_eq!(own["details"][0]["code"], "organization.cycle");
    let wrong = json!({ "id": "d", "kind": "circus", "name": " ", "admin_unit_id": "old-99999" });
    let answer = world.post(&planner, PATH, &wrong).await.expect(422);
    let codes: Vec<_> = answer["details"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["code"].clone())
        .collect();
    assert_eq!(
        codes,
        [
            "field.required",
            "organization.unknown_kind",
            "admin_unit.unknown"
        ]
    );
}

#[tokio::test]
async fn a_change_on_an_old_version_is_refused() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("new-40")).await;
    world
        .post(&planner, PATH, &body("a", "old-40", None))
        .await
        .expect(201);
    let update = json!({ "version": 1, "name": "Bưu điện tỉnh" });
    let path = "/api/v1/organizations/a";
    let changed = world
        .send(&planner, "PATCH", path, Some(&update))
        .await
        .expect(200);
    assert_eq!(
        (&changed["name"], &changed["version"]),
        (&json!("Bưu điện tỉnh"), &json!(2))
    );
    let stale = world
        .send(&planner, "PATCH", path, Some(&update))
        .await
        .expect(409);
    assert_eq!(stale["code"], "record.changed_meanwhile");
}

#[tokio::test]
async fn a_body_of_a_unit_that_begins_later_belongs_to_its_province() {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("new-40")).await;
    world
        .post(&planner, PATH, &body("a", "new-16681", None))
        .await
        .expect(201);
    let changes = store::changes::change_list(world.app.db.read(), "new-40", 0, 10)
        .await
        .unwrap();
    assert_eq!(
        changes.len(),
        1,
        "kept under Nghệ An, though the clock shows 2022"
    );
}
