//! Signing in, waiting after failures, ending sessions, tokens, first passwords.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

use crate::support::{Client, PASSWORD, TestApp};

#[tokio::test]
async fn signs_in_and_out() {
    let world = TestApp::new().await;
    let client = world.user("lan", "viewer", Some("new-40")).await;
    let me = world.get(&client, "/api/v1/me").await.expect(200);
    assert_eq!(me["username"], "lan");
    assert_eq!(me["roles"][0]["admin_unit_name"], "Tỉnh Nghệ An");
    assert_eq!(me["actions"], json!(["read"]));
    world
        .send(&client, "DELETE", "/api/v1/sessions/current", None)
        .await
        .expect(204);
    let answer = world.get(&client, "/api/v1/me").await.expect(401);
    assert_eq!(answer["code"], "session.ended");
}

#[tokio::test]
async fn a_page_may_ask_who_is_signed_in_without_being_refused() {
    let world = TestApp::new().await;
    let path = "/api/v1/sessions/current";
    let nobody = world.get(&Client::default(), path).await.expect(200);
    assert_eq!(nobody, json!({ "me": null }));
    let client = world.user("lan", "viewer", Some("new-40")).await;
    let me = world.get(&client, "/api/v1/me").await.expect(200);
    let current = world.get(&client, path).await.expect(200);
    assert_eq!(current, json!({ "me": me }));
    world.send(&client, "DELETE", path, None).await.expect(204);
    let ended = world.get(&client, path).await.expect(200);
    assert_eq!(ended, json!({ "me": null }));
    // Nothing else is told to whoever is not signed in.
    world.get(&client, "/api/v1/me").await.expect(401);
}

#[tokio::test]
async fn unknown_names_and_wrong_passwords_get_the_same_answer_and_then_wait() {
    let world = TestApp::new().await;
    world.user("lan", "viewer", None).await;
    let unknown = world
        .sign_in("khongai", PASSWORD)
        .await
        .expect_err("refused");
    for _ in 0..4 {
        let wrong = world
            .sign_in("lan", "sai mật khẩu")
            .await
            .expect_err("refused");
        assert_eq!((wrong.status, &wrong.body), (unknown.status, &unknown.body));
    }
    let waiting = world.sign_in("lan", PASSWORD).await.expect_err("refused");
    assert_eq!(waiting.status, 429);
    assert_eq!(waiting.headers[header::RETRY_AFTER], "2");
    world.pass_seconds(3);
    assert!(world.sign_in("LAN", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let world = TestApp::new().await;
    let first = world.user("lan", "viewer", None).await;
    let second = world.sign_in("lan", PASSWORD).await.expect("signed in");
    let wrong = json!({ "current_password": "sai", "new_password": "mật khẩu mới toanh" });
    let answer = world
        .post(&first, "/api/v1/me/password", &wrong)
        .await
        .expect(422);
    assert_eq!(answer["details"][0]["code"], "password.wrong");
    let right = json!({ "current_password": PASSWORD, "new_password": "mật khẩu mới toanh" });
    world
        .post(&first, "/api/v1/me/password", &right)
        .await
        .expect(204);
    world.get(&second, "/api/v1/me").await.expect(401);
    let sessions = world.get(&first, "/api/v1/sessions/mine").await.expect(200);
    assert_eq!(sessions["items"].as_array().unwrap().len(), 1);
    assert_eq!(sessions["items"][0]["current"], true);
    assert!(world.sign_in("lan", PASSWORD).await.is_err());
}

#[tokio::test]
async fn a_session_ends_by_itself_and_by_its_owner_only() {
    let world = TestApp::new().await;
    let lan = world.user("lan", "viewer", None).await;
    let hoa = world.user("hoa", "viewer", None).await;
    let sessions = world.get(&lan, "/api/v1/sessions/mine").await.expect(200);
    let path = format!(
        "/api/v1/sessions/{}",
        sessions["items"][0]["id"].as_str().unwrap()
    );
    world.send(&hoa, "DELETE", &path, None).await.expect(404);
    world.send(&lan, "DELETE", &path, None).await.expect(204);
    world.get(&lan, "/api/v1/me").await.expect(401);
    world.get(&hoa, "/api/v1/me").await.expect(200);
    world.pass_seconds(13 * 3600);
    world.get(&hoa, "/api/v1/me").await.expect(401);
}

#[tokio::test]
async fn tokens_read_or_write_and_end() {
    let world = TestApp::new().await;
    let lan = world.user("lan", "planner", Some("new-40")).await;
    let bad = json!({ "name": " ", "days": 0 });
    let answer = world
        .post(&lan, "/api/v1/api_tokens", &bad)
        .await
        .expect(422);
    assert_eq!(answer["details"].as_array().unwrap().len(), 2);
    let made = json!({ "name": "kho số liệu", "days": 30 });
    let token = world
        .post(&lan, "/api/v1/api_tokens", &made)
        .await
        .expect(201);
    let bearer = format!("Bearer {}", token["secret"].as_str().unwrap());
    let ask = |method: &str, path: &str, body: String| {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, &bearer)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .unwrap()
    };
    let list = ask("GET", "/api/v1/organizations", String::new());
    world.raw(list).await.expect(200);
    let organization =
        json!({ "id": "o", "kind": "post", "name": "Bưu điện", "admin_unit_id": "new-40" });
    let create = ask("POST", "/api/v1/organizations", organization.to_string());
    world.raw(create).await.expect(403);
    world
        .post(&lan, "/api/v1/organizations", &organization)
        .await
        .expect(201);
    let path = format!("/api/v1/api_tokens/{}", token["id"].as_str().unwrap());
    world.send(&lan, "DELETE", &path, None).await.expect(204);
    world
        .raw(ask("GET", "/api/v1/organizations", String::new()))
        .await
        .expect(401);
}

#[tokio::test]
async fn a_given_password_must_be_changed_first() {
    let world = TestApp::new().await;
    let admin = world.user("quantri", "administrator", None).await;
    let user = json!({
        "id": "u1", "username": "canbo.xa", "display_name": "Cán bộ xã",
        "password": "mật khẩu đầu tiên", "roles": [{ "role": "reporter", "admin_unit_id": "new-40" }],
    });
    world.post(&admin, "/api/v1/users", &user).await.expect(201);
    let client = world
        .sign_in("canbo.xa", "mật khẩu đầu tiên")
        .await
        .expect("signed in");
    let me = world.get(&client, "/api/v1/me").await.expect(200);
    assert_eq!(me["must_change_password"], true);
    world
        .get(&client, "/api/v1/organizations")
        .await
        .expect(403);
    let change = json!({
        "current_password": "mật khẩu đầu tiên", "new_password": "một câu dễ nhớ khác",
    });
    world
        .post(&client, "/api/v1/me/password", &change)
        .await
        .expect(204);
    world
        .get(&client, "/api/v1/organizations")
        .await
        .expect(200);
}

#[tokio::test]
async fn an_account_that_is_closed_is_out_at_once() {
    let world = TestApp::new().await;
    let admin = world.user("quantri", "administrator", None).await;
    let lan = world.user("lan", "viewer", Some("new-40")).await;
    let id = world.get(&lan, "/api/v1/me").await.expect(200)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/api/v1/users/{id}/active");
    world
        .send(&admin, "PUT", &path, Some(&json!({ "active": false })))
        .await
        .expect(200);
    world.get(&lan, "/api/v1/me").await.expect(401);
    assert!(world.sign_in("lan", PASSWORD).await.is_err());
}

#[tokio::test]
async fn nobody_gives_rights_beyond_their_own() {
    let world = TestApp::new().await;
    let admin = world
        .user("quantri.na", "administrator", Some("new-40"))
        .await;
    let user = |unit: Option<&str>| {
        json!({
            "id": "u1", "username": "nguoi.moi", "display_name": "Người mới",
            "password": "một câu dễ nhớ", "roles": [{ "role": "viewer", "admin_unit_id": unit }],
        })
    };
    world
        .post(&admin, "/api/v1/users", &user(Some("new-66")))
        .await
        .expect(404);
    world
        .post(&admin, "/api/v1/users", &user(None))
        .await
        .expect(404);
    world
        .post(&admin, "/api/v1/users", &user(Some("old-40")))
        .await
        .expect(201);
    let list = world.get(&admin, "/api/v1/users").await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let new = list["items"].as_array().unwrap();
    let new = new.iter().find(|user| user["id"] == "u1").unwrap();
    assert_eq!(new["organization_name"], json!(null));
    assert_eq!(
        (
            &new["roles"][0]["role_name"],
            &new["roles"][0]["admin_unit_name"]
        ),
        (&json!("Người xem"), &json!("Tỉnh Nghệ An"))
    );
    // Accounts of other places in between do not end the list.
    for name in ["a.la", "b.la", "c.la"] {
        world.user(name, "viewer", Some("new-66")).await;
    }
    let (mut found, mut page) = (0, String::new());
    loop {
        let path = format!("/api/v1/users?limit=1{page}");
        let list = world.get(&admin, &path).await.expect(200);
        found += list["items"].as_array().unwrap().len();
        match list["next_page"].as_str() {
            Some(next) => page = format!("&page={next}"),
            None => break,
        }
    }
    assert_eq!(found, 2);
    let anonymous = world
        .get(&Client::default(), "/api/v1/users")
        .await
        .expect(401);
    assert_eq!(anonymous["code"], "session.missing");
}

#[tokio::test]
async fn malformed_requests_say_what_is_wrong() {
    let world = TestApp::new().await;
    let nobody = Client::default();
    let answer = world
        .post(&nobody, "/api/v1/sessions", &json!({ "username": 1 }))
        .await;
    let body = answer.expect(422);
    assert_eq!(body["details"][0]["code"], "body.malformed");
    assert_eq!(
        body["message"],
        "Nội dung gửi lên không đọc được: “username”, dòng 1, cột 13: là số 1, cần chuỗi ký tự."
    );
    let body = world
        .get(&nobody, "/api/v1/admin_units?on=31/02/2022")
        .await
        .expect(422);
    assert_eq!(body["details"][0]["code"], "date.malformed");
    assert_eq!(
        world.get(&nobody, "/api/v1/nothing").await.expect(404)["code"],
        "record.not_found"
    );
    let units = world
        .get(&nobody, "/api/v1/admin_units?q=tp%20vinh&on=2022-05-08")
        .await
        .expect(200);
    assert_eq!(units["items"][0]["full_name"], "Thành phố Vinh");
}

#[tokio::test]
async fn accounts_are_listed_with_the_full_names_of_their_bodies() {
    let world = TestApp::new().await;
    let admin = world.user("quantri", "administrator", None).await;
    let body = json!({
        "id": "bhxh", "kind": "social_insurance", "name": "Bảo hiểm xã hội tỉnh Nghệ An",
        "short_name": "BHXH tỉnh", "admin_unit_id": "old-40",
    });
    world
        .post(&admin, "/api/v1/organizations", &body)
        .await
        .expect(201);
    world.user_of("lan", "reporter", None, Some("bhxh")).await;
    let list = world.get(&admin, "/api/v1/users").await.expect(200);
    let mut items = list["items"].as_array().unwrap().iter();
    let lan = items.find(|user| user["username"] == "lan").unwrap();
    assert_eq!(lan["organization_name"], "Bảo hiểm xã hội tỉnh Nghệ An");
    let role = &lan["roles"][0];
    assert_eq!(role["role_name"], "Người báo cáo");
    assert_eq!(role["organization_name"], "Bảo hiểm xã hội tỉnh Nghệ An");
}
