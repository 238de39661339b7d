//! Campaigns: who sees drafts, issuing freezes a version, amending keeps both, copying last year's.

use serde_json::{Value, json};

use crate::nghe_an::{CAMPAIGN, NgheAn, codes, plan};

fn path(rest: &str) -> String {
    format!("/api/v1/campaigns/{CAMPAIGN}{rest}")
}

fn document(number: &str) -> Value {
    json!({ "document_number": number, "document_date": "2022-03-07" })
}

#[tokio::test]
async fn a_draft_is_seen_by_those_who_write_it() {
    let NgheAn { world, planner } = NgheAn::new().await;
    let viewer = world.user("xem", "viewer", Some("old-40")).await;
    let clerk = world.user("huyen", "reporter", Some("old-412")).await;
    let stranger = world.user("nguoi.la", "planner", Some("new-66")).await;
    world.get(&viewer, &path("")).await.expect(404);
    world.get(&clerk, &path("")).await.expect(404);
    let list = world.get(&viewer, "/api/v1/campaigns").await.expect(200);
    assert_eq!(list["items"], json!([]));

    world
        .post(&planner, &path("/issue"), &document("81-KH/TU"))
        .await
        .expect(200);
    let seen = world.get(&clerk, &path("")).await.expect(200);
    assert_eq!(
        (&seen["state"], &seen["admin_unit_name"]),
        (&json!("issued"), &json!("Tỉnh Nghệ An"))
    );
    let list = world
        .get(&clerk, "/api/v1/campaigns?q=thang%20van%20dong")
        .await
        .expect(200);
    assert_eq!(list["items"][0]["organization_name"], "BHXH tỉnh Nghệ An");
    world.get(&stranger, &path("")).await.expect(404);
    world
        .post(&stranger, &path("/amend"), &json!({ "reason": "x" }))
        .await
        .expect(404);
    let refused = world
        .post(&viewer, &path("/start"), &json!({}))
        .await
        .expect(403);
    assert_eq!(refused["code"], "right.missing");
    world
        .post(&clerk, &path("/close"), &json!({}))
        .await
        .expect(403);
}

#[tokio::test]
async fn issuing_freezes_a_version_and_amending_keeps_both() {
    let NgheAn { world, planner } = NgheAn::new().await;
    let viewer = world.user("xem", "viewer", Some("old-40")).await;
    let empty = json!({ "row_version": 1, "plan": { "theme": "Chưa xong" } });
    let changed = world
        .send(&planner, "PUT", &path("/plan"), Some(&empty))
        .await
        .expect(200);
    assert_eq!(changed["row_version"], 2);
    let stale = world
        .send(&planner, "PUT", &path("/plan"), Some(&empty))
        .await
        .expect(409);
    assert_eq!(stale["code"], "record.changed_meanwhile");
    let refused = world
        .post(
            &planner,
            &path("/issue"),
            &json!({ "document_number": " ", "document_date": "2022-02-31" }),
        )
        .await;
    let refused = refused.expect(422);
    assert_eq!(
        codes(&refused),
        [
            "field.required",
            "date.malformed",
            "plan.missing_part",
            "plan.missing_part",
            "plan.missing_part",
            "plan.missing_part"
        ]
    );

    let whole = json!({ "row_version": 2, "plan": plan() });
    world
        .send(&planner, "PUT", &path("/plan"), Some(&whole))
        .await
        .expect(200);
    world
        .post(&planner, &path("/issue"), &document("81-KH/TU"))
        .await
        .expect(200);
    let again = world
        .post(&planner, &path("/issue"), &document("82-KH/TU"))
        .await
        .expect(409);
    assert_eq!(again["code"], "campaign.version_issued");
    let frozen = json!({ "row_version": 4, "plan": plan() });
    let refused = world
        .send(&planner, "PUT", &path("/plan"), Some(&frozen))
        .await
        .expect(409);
    assert_eq!(refused["code"], "campaign.version_issued");

    let amended = world
        .post(&planner, &path("/amend"), &json!({ "reason": "Thêm nhóm" }))
        .await
        .expect(200);
    assert_eq!(
        (&amended["current_version"], &amended["state"]),
        (&json!(2), &json!("issued"))
    );
    let open = world
        .post(&planner, &path("/amend"), &json!({ "reason": "Lại nữa" }))
        .await
        .expect(409);
    assert_eq!(open["code"], "campaign.version_open");
    let mut second = plan();
    second["theme"] = json!("An tâm cho mọi gia đình");
    second["channels"] = json!(["Loa truyền thanh"]);
    let update = json!({ "row_version": amended["row_version"], "plan": second });
    world
        .send(&planner, "PUT", &path("/plan"), Some(&update))
        .await
        .expect(200);

    let seen = world
        .get(&viewer, &path("/versions/current"))
        .await
        .expect(200);
    assert_eq!(
        (&seen["version"], &seen["plan"]["theme"]),
        (&json!(1), &json!("BHXH cho mọi người"))
    );
    world.get(&viewer, &path("/versions/2")).await.expect(404);
    world
        .post(&planner, &path("/issue"), &document("90-KH/TU"))
        .await
        .expect(200);
    let versions = world.get(&viewer, &path("/versions")).await.expect(200);
    let numbers: Vec<_> = versions["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| {
            (
                v["version"].as_i64().unwrap(),
                v["document_number"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(numbers, [(1, "81-KH/TU"), (2, "90-KH/TU")]);
    let first = world.get(&viewer, &path("/versions/1")).await.expect(200);
    assert_eq!(
        first["plan"]["theme"], "BHXH cho mọi người",
        "the first version stays as issued"
    );
    let told = world
        .get(&viewer, &path("/versions/2/differences"))
        .await
        .expect(200);
    let told: Vec<_> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["part"].as_str().unwrap(), d["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("theme", "changed"), ("channels", "added")]);
}

#[tokio::test]
async fn a_campaign_starts_once_and_closes_once() {
    let NgheAn { world, planner } = NgheAn::new().await;
    let none = json!({});
    let early = world
        .post(&planner, &path("/start"), &none)
        .await
        .expect(409);
    assert_eq!(early["code"], "campaign.wrong_state");
    assert!(
        early["message"].as_str().unwrap().contains("bản thảo"),
        "{early}"
    );
    world
        .post(&planner, &path("/issue"), &document("81-KH/TU"))
        .await
        .expect(200);
    world
        .post(&planner, &path("/start"), &none)
        .await
        .expect(200);
    world
        .post(&planner, &path("/start"), &none)
        .await
        .expect(409);
    let closed = world
        .post(&planner, &path("/close"), &none)
        .await
        .expect(200);
    assert_eq!(closed["state"], "closed");
    world
        .post(&planner, &path("/amend"), &json!({ "reason": "x" }))
        .await
        .expect(409);
}

#[tokio::test]
async fn a_new_campaign_is_made_from_last_years() {
    let NgheAn { world, planner } = NgheAn::new().await.issued().await;
    let copy = json!({
        "id": "nghe-an-2023", "name": "Tháng vận động năm 2023", "first_day": "2023-05-01",
        "last_day": "2023-05-31",
    });
    let made = world
        .post(&planner, &path("/copy"), &copy)
        .await
        .expect(201);
    assert_eq!(
        (&made["state"], &made["made_from_id"]),
        (&json!("draft"), &json!(CAMPAIGN))
    );
    let again = world
        .post(&planner, &path("/copy"), &copy)
        .await
        .expect(201);
    assert_eq!(again, made, "the same request again gives the same answer");
    let other = json!({ "id": "nghe-an-2023", "name": "Khác", "first_day": "2023-05-01", "last_day": "2023-05-31" });
    assert_eq!(
        world
            .post(&planner, &path("/copy"), &other)
            .await
            .expect(409)["code"],
        "record.id_taken"
    );
    let version = world
        .get(&planner, "/api/v1/campaigns/nghe-an-2023/versions/1")
        .await
        .expect(200);
    assert_eq!(version["plan"]["workstreams"], plan()["workstreams"]);

    // The province of today has taken the place of that of then.
    let moved = json!({
        "id": "nghe-an-2026", "name": "Tháng vận động năm 2026", "admin_unit_id": "new-40",
        "first_day": "2026-05-01", "last_day": "2026-05-31",
    });
    let made = world
        .post(&planner, &path("/copy"), &moved)
        .await
        .expect(201);
    assert_eq!(
        (&made["admin_unit_id"], &made["made_from_id"]),
        (&json!("new-40"), &json!(CAMPAIGN))
    );
    let elsewhere = json!({ "id": "ha-tinh-2026", "name": "x", "admin_unit_id": "new-42", "first_day": "2026-05-01", "last_day": "2026-05-31" });
    world
        .post(&planner, &path("/copy"), &elsewhere)
        .await
        .expect(404);
}

#[tokio::test]
async fn every_fault_of_a_campaign_is_named() {
    let NgheAn { world, planner } = NgheAn::new().await;
    let wrong = json!({
        "id": "Nghệ An", "name": " ", "admin_unit_id": "old-40", "organization_id": "nobody",
        "first_day": "2022-05-31", "last_day": "2022-05-01",
        "plan": {
            "slogans": [{ "audience": "workers", "text": "x" }],
            "budget_lines": [{ "name": "Tờ rơi", "allotted_vnd": -1 }],
            "responsibilities": [{ "organization_id": "ghost", "text": "Phổ biến" }],
            "objectives": { "specific": [{ "text": "x", "indicator": "luck", "direction": "up" }] },
        },
    });
    let answer = world
        .post(&planner, "/api/v1/campaigns", &wrong)
        .await
        .expect(422);
    assert_eq!(
        codes(&answer),
        [
            "campaign.malformed_id",
            "field.required",
            "organization.unknown",
            "campaign.ends_before_start",
            "plan.unknown_audience",
            "plan.negative",
            "organization.unknown",
            "indicator.unknown"
        ]
    );
    let unknown = json!({
        "id": "x-1", "name": "x", "admin_unit_id": "old-99999", "organization_id": "bhxh",
        "first_day": "2022-05-01", "last_day": "2022-05-02",
    });
    let answer = world
        .post(&planner, "/api/v1/campaigns", &unknown)
        .await
        .expect(422);
    assert_eq!(codes(&answer), ["admin_unit.unknown"]);
    let typo = json!({ "row_version": 1, "plan": { "them": "x" } });
    let answer = world
        .send(&planner, "PUT", &path("/plan"), Some(&typo))
        .await
        .expect(422);
    assert_eq!(codes(&answer), ["body.malformed"]);
}
