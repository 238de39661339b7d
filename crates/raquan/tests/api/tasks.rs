//! Tasks by role: reporting, reviewing, evidence, urging, what strangers and viewers get.

use serde_json::{Value, json};

use crate::nghe_an::{NgheAn, codes, committee, id, member};

fn act(task: &str, what: &str) -> String {
    format!("/api/v1/tasks/{task}/{what}")
}

/// A district, one of its communes, and a task of the kind `do` for the commune's committee.
async fn commune_task() -> (NgheAn, String, String, String) {
    let nghe_an = NgheAn::new()
        .await
        .issued()
        .await
        .with_committees(&[])
        .await;
    let district = nghe_an.districts()[0].clone();
    let commune = nghe_an.communes(&district)[0].clone();
    nghe_an
        .hand_out(
            1,
            json!({ "lead_organization_id": committee(&district), "kind": "do" }),
        )
        .await;
    let child = json!({
        "kind": "do", "parent_id": id(1), "lead_organization_id": committee(&commune),
        "title": "Treo băng rôn tại trụ sở", "wanted_evidence": "Ảnh",
        "coordinating_organization_ids": ["union"],
    });
    nghe_an.hand_out(2, child).await;
    (nghe_an, district, commune, id(2))
}

#[tokio::test]
async fn a_commune_reports_and_the_district_reviews() {
    let (nghe_an, district, commune, task) = commune_task().await;
    let NgheAn { world, planner } = &nghe_an;
    let committee_of = committee(&commune);
    let reporter = world
        .user_of("canbo.xa", "reporter", None, Some(&committee_of))
        .await;
    let coordinator = member(
        world,
        "huyen",
        "coordinator",
        &district,
        &committee(&district),
    )
    .await;
    let word = json!({ "id": id(900), "note": "Đã nhận" });

    let early = world
        .post(&reporter, &act(&task, "submit"), &json!({}))
        .await
        .expect(409);
    assert_eq!(early["code"], "task.wrong_state");
    assert!(
        early["message"].as_str().unwrap().contains("mới giao"),
        "{early}"
    );
    let taken = world
        .post(&reporter, &act(&task, "acknowledge"), &word)
        .await
        .expect(200);
    let again = world
        .post(&reporter, &act(&task, "acknowledge"), &word)
        .await
        .expect(200);
    assert_eq!(
        (taken["state"].as_str(), &again["version"]),
        (Some("acknowledged"), &taken["version"])
    );
    world
        .post(
            &reporter,
            &act(&task, "progress"),
            &json!({ "percent": 60 }),
        )
        .await
        .expect(200);
    let wrong = world
        .post(
            &reporter,
            &act(&task, "progress"),
            &json!({ "percent": 130 }),
        )
        .await;
    assert_eq!(codes(&wrong.expect(422)), ["task.percent_out_of_range"]);
    let bare = world
        .post(&reporter, &act(&task, "submit"), &json!({}))
        .await
        .expect(422);
    assert_eq!(codes(&bare), ["task.proof_missing"]);

    let photo = b"\xff\xd8\xff\xe0 photo";
    let given = world
        .upload(
            &reporter,
            &act(&task, "evidence"),
            "../Ảnh trụ sở.png",
            photo,
            &[("note", "Cổng")],
        )
        .await
        .expect(201);
    assert_eq!(given["name"], "Ảnh trụ sở.jpg", "named by its content");
    world
        .post(&reporter, &act(&task, "submit"), &json!({}))
        .await
        .expect(200);
    let detail = world
        .get(&reporter, &act(&task, "")[..act(&task, "").len() - 1])
        .await
        .expect(200);
    assert_eq!(
        (&detail["progress"], &detail["coordinating"][0]["id"]),
        (&json!(99), &json!("union"))
    );
    assert_eq!(
        detail["allowed"],
        json!([]),
        "nothing to do while it waits for review"
    );
    world
        .post(
            &reporter,
            &act(&task, "review"),
            &json!({ "outcome": "accepted" }),
        )
        .await
        .expect(403);

    let unfounded = world
        .post(
            &coordinator,
            &act(&task, "review"),
            &json!({ "outcome": "returned" }),
        )
        .await;
    assert_eq!(codes(&unfounded.expect(422)), ["task.reason_missing"]);
    let review = json!({ "outcome": "returned", "note": "Ảnh mờ" });
    let returned = world
        .post(&coordinator, &act(&task, "review"), &review)
        .await
        .expect(200);
    assert_eq!(
        (&returned["state"], &returned["progress"]),
        (&json!("returned"), &json!(60))
    );
    world
        .post(&reporter, &act(&task, "submit"), &json!({}))
        .await
        .expect(200);
    let done = world
        .post(
            &coordinator,
            &act(&task, "review"),
            &json!({ "outcome": "accepted" }),
        )
        .await
        .expect(200);
    assert_eq!(
        (&done["progress"], &done["done_day"]),
        (&json!(100), &json!("2022-05-20"))
    );
    let parent = world
        .get(&coordinator, &format!("/api/v1/tasks/{}", id(1)))
        .await
        .expect(200);
    assert_eq!(
        (&parent["progress"], &parent["standing"]["leaves_done"]),
        (&json!(100), &json!(1))
    );
    let kinds: Vec<_> = world
        .get(planner, &format!("/api/v1/tasks/{task}"))
        .await
        .expect(200)["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        kinds,
        [
            "created",
            "acknowledged",
            "progressed",
            "submitted",
            "returned",
            "submitted",
            "accepted"
        ]
    );
}

#[tokio::test]
async fn each_sees_only_its_part() {
    let (nghe_an, district, commune, task) = commune_task().await;
    let NgheAn { world, planner } = &nghe_an;
    // Not the second one: Cửa Lò became a part of Vinh, so whoever coordinates Vinh sees it.
    let other = nghe_an.districts()[2].clone();
    nghe_an
        .hand_out(3, json!({ "lead_organization_id": committee(&other) }))
        .await;
    nghe_an.hand_out(4, json!({})).await;
    let coordinator = member(
        world,
        "huyen",
        "coordinator",
        &district,
        &committee(&district),
    )
    .await;
    let neighbour = world
        .user_of(
            "canbo.xa",
            "reporter",
            None,
            Some(&committee(&nghe_an.communes(&district)[1])),
        )
        .await;
    let stranger = world.user("nguoi.la", "planner", Some("new-66")).await;
    let viewer = world.user("xem", "viewer", Some("old-40")).await;
    let union = world
        .user_of("congdoan", "reporter", None, Some("union"))
        .await;

    let ids = |list: Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap();
        let mut ids: Vec<_> = items
            .iter()
            .map(|task| task["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    };
    let list = "/api/v1/tasks";
    assert_eq!(
        ids(world.get(planner, list).await.expect(200)),
        [id(1), id(2), id(3), id(4)]
    );
    assert_eq!(
        ids(world.get(&coordinator, list).await.expect(200)),
        [id(1), id(2)]
    );
    assert_eq!(
        ids(world.get(&union, list).await.expect(200)),
        [id(2)],
        "it coordinates this one"
    );
    assert_eq!(
        ids(world.get(&stranger, list).await.expect(200)),
        Vec::<String>::new()
    );
    assert_eq!(
        ids(world.get(&neighbour, list).await.expect(200)),
        Vec::<String>::new()
    );
    let at = format!("{list}?admin_unit_id={district}&q=bang%20ron&state=new,returned");
    assert_eq!(ids(world.get(planner, &at).await.expect(200)), [id(2)]);
    let top = format!("{list}?top=true&campaign_id={}", crate::nghe_an::CAMPAIGN);
    assert_eq!(
        ids(world.get(planner, &top).await.expect(200)),
        [id(1), id(3), id(4)]
    );
    let unknown = world
        .get(planner, &format!("{list}?state=asleep"))
        .await
        .expect(422);
    assert_eq!(codes(&unknown), ["task.unknown_state"]);

    let none = json!({});
    for (client, status) in [(&stranger, 404), (&neighbour, 404), (&viewer, 403)] {
        world
            .post(client, &act(&task, "acknowledge"), &none)
            .await
            .expect(status);
        world
            .post(client, &act(&task, "urge"), &none)
            .await
            .expect(status);
        let cascade = json!({ "id": "r", "levels": [{ "level": "commune" }] });
        world
            .post(client, &act(&task, "cascade"), &cascade)
            .await
            .expect(status);
    }
    world.get(&stranger, &act(&task, "state")).await.expect(404);
    world
        .get(&coordinator, &act(&id(3), "tree"))
        .await
        .expect(404);
    let refused = nghe_an.task(9, json!({ "lead_organization_id": committee(&commune) }));
    world.post(&viewer, list, &refused).await.expect(403);
    world.post(&stranger, list, &refused).await.expect(404);
    let outside = nghe_an.task(9, json!({ "lead_organization_id": committee(&other) }));
    world.post(&coordinator, list, &outside).await.expect(403);
}

#[tokio::test]
async fn my_tasks_are_open_first_and_say_what_needs_a_look() {
    let (nghe_an, _, commune, task) = commune_task().await;
    let NgheAn { world, .. } = &nghe_an;
    let lead = committee(&commune);
    let late = json!({ "lead_organization_id": lead, "due_day": "2022-05-10" });
    nghe_an.hand_out(3, late).await;
    let soon =
        json!({ "lead_organization_id": lead, "first_day": "2022-05-19", "due_day": "2022-05-22" });
    nghe_an.hand_out(4, soon).await;
    let reporter = world
        .user_of("canbo.xa", "reporter", None, Some(&lead))
        .await;
    let told = async || {
        let list = world.get(&reporter, "/api/v1/my_tasks").await.expect(200);
        let told = |task: &Value| {
            (
                task["id"].as_str().unwrap().to_owned(),
                task["risk"]["kind"].as_str().unwrap_or("-").to_owned(),
            )
        };
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(told)
            .collect::<Vec<_>>()
    };
    let expect =
        |lines: [(u32, &str); 3]| lines.map(|(number, kind)| (id(number), kind.to_owned()));
    assert_eq!(
        told().await,
        expect([(3, "late"), (4, "behind"), (2, "behind")])
    );
    let word = json!({ "note": "Đã phổ biến, quán triệt" });
    world
        .post(&reporter, &act(&id(3), "acknowledge"), &word)
        .await
        .expect(200);
    assert_eq!(
        told().await,
        expect([(4, "behind"), (2, "behind"), (3, "-")])
    );
    let open = world
        .get(&reporter, "/api/v1/my_tasks?open=true&limit=1")
        .await
        .expect(200);
    assert_eq!(open["items"][0]["id"], *id(4));
    let next = open["next_page"].as_str().unwrap().replace('|', "%7C");
    let rest = world
        .get(
            &reporter,
            &format!("/api/v1/my_tasks?open=true&limit=1&page={next}"),
        )
        .await
        .expect(200);
    assert_eq!(
        (&rest["items"][0]["id"], &rest["next_page"]),
        (&json!(task), &Value::Null)
    );
}

#[tokio::test]
async fn every_fault_of_a_task_is_named() {
    let nghe_an = NgheAn::new().await;
    let NgheAn { world, planner } = &nghe_an;
    let path = "/api/v1/tasks";
    let draft = world
        .post(planner, path, &nghe_an.task(1, json!({})))
        .await
        .expect(409);
    assert_eq!(draft["code"], "campaign.not_in_force");
    let nghe_an = nghe_an.issued().await;
    let NgheAn { world, planner } = &nghe_an;
    let wrong = nghe_an.task(
        1,
        json!({
            "id": "one", "kind": "watch", "indicator": "participants.voluntary_si", "title": "", "basis": " ", "workstream": "dance",
            "coordinating_organization_ids": ["union", "ghost"],
            "first_day": "2022-05-20", "due_day": "2022-04-30",
        }),
    );
    let answer = world.post(planner, path, &wrong).await.expect(422);
    assert_eq!(
        codes(&answer),
        [
            "id.malformed",
            "field.required",
            "field.required",
            "task.unknown_kind",
            "task.unknown_workstream",
            "task.unknown_indicator",
            "organization.unknown",
            "task.due_before_start",
            "task.outside_campaign"
        ]
    );
    let nobody = nghe_an.task(1, json!({ "lead_organization_id": "ghost" }));
    assert_eq!(
        codes(&world.post(planner, path, &nobody).await.expect(422)),
        ["organization.unknown"]
    );
    let date = nghe_an.task(1, json!({ "due_day": "2022-02-31" }));
    assert_eq!(
        codes(&world.post(planner, path, &date).await.expect(422)),
        ["date.malformed"]
    );
    let none = nghe_an.task(1, json!({ "campaign_id": "none" }));
    world.post(planner, path, &none).await.expect(404);

    let made = world
        .post(planner, path, &nghe_an.task(1, json!({})))
        .await
        .expect(201);
    let again = world
        .post(planner, path, &nghe_an.task(1, json!({})))
        .await
        .expect(201);
    assert_eq!(made, again);
    let other = world
        .post(planner, path, &nghe_an.task(1, json!({ "title": "Khác" })))
        .await;
    assert_eq!(other.expect(409)["code"], "record.id_taken");
    let future = world
        .post(
            planner,
            &act(&id(1), "acknowledge"),
            &json!({ "note": "x", "day": "2022-05-21" }),
        )
        .await;
    assert_eq!(codes(&future.expect(422)), ["task.day_in_future"]);
    let past = world
        .post(
            planner,
            &act(&id(1), "acknowledge"),
            &json!({ "note": "x", "day": "2022-05-19" }),
        )
        .await;
    assert_eq!(codes(&past.expect(422)), ["task.day_before_last_event"]);
    let silent = world
        .post(planner, &act(&id(1), "acknowledge"), &json!({}))
        .await;
    assert_eq!(codes(&silent.expect(422)), ["task.proof_missing"]);
    let percent = world
        .post(planner, &act(&id(1), "progress"), &json!({ "percent": 5 }))
        .await;
    assert_eq!(percent.expect(409)["code"], "task.no_progress");
}

#[tokio::test]
async fn files_are_checked_kept_and_given_out_as_downloads() {
    let (nghe_an, district, commune, task) = commune_task().await;
    let NgheAn { world, planner } = &nghe_an;
    let path = act(&task, "evidence");
    let reporter = world
        .user_of("canbo.xa", "reporter", None, Some(&committee(&commune)))
        .await;
    let stranger = world.user("nguoi.la", "planner", Some("new-66")).await;
    let viewer = member(world, "xem", "viewer", &district, &committee(&district)).await;
    let pdf = b"%PDF-1.7 content";
    let upload =
        async |client, name, content: &[u8]| world.upload(client, &path, name, content, &[]).await;
    assert_eq!(
        codes(&upload(&reporter, "a.pdf", b"").await.expect(422)),
        ["file.empty"]
    );
    let program = upload(&reporter, "a.pdf", b"MZ program").await.expect(422);
    assert_eq!(codes(&program), ["file.unknown_type"]);
    let big = vec![b'x'; world.app.config.limits.upload_bytes + 1];
    assert_eq!(
        upload(&reporter, "a.pdf", &big).await.expect(413)["code"],
        "file.too_large"
    );
    let mut large = b"%PDF-".to_vec();
    large.resize(world.app.config.limits.body_bytes + 1, b'x');
    upload(&reporter, "lon.pdf", &large).await.expect(201);
    upload(&stranger, "a.pdf", pdf).await.expect(404);
    upload(&viewer, "a.pdf", pdf).await.expect(403);

    let texts = [("note", "Biên bản"), ("id", &*id(70))];
    let made = world
        .upload(&reporter, &path, "Biên bản.pdf", pdf, &texts)
        .await
        .expect(201);
    let again = world
        .upload(&reporter, &path, "Biên bản.pdf", pdf, &texts)
        .await
        .expect(201);
    assert_eq!(made, again);
    let other = world
        .upload(&reporter, &path, "b.pdf", b"%PDF-other", &texts)
        .await
        .expect(409);
    assert_eq!(other["code"], "record.id_taken");
    let list = world.get(planner, &path).await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);

    let file = format!("/api/v1/files/{}", id(70));
    let answer = world.get(&viewer, &file).await;
    let header = |name: &str| answer.headers[name].to_str().unwrap();
    assert_eq!(header("content-type"), "application/pdf");
    assert!(header("content-disposition").starts_with("attachment; filename="));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(answer.body, json!("%PDF-1.7 content"));
    world.get(&stranger, &file).await.expect(404);
}

#[tokio::test]
async fn urging_handing_over_and_taking_back() {
    let nghe_an = NgheAn::new()
        .await
        .issued()
        .await
        .with_committees(&[])
        .await;
    let NgheAn { world, planner } = &nghe_an;
    let district = nghe_an.districts()[0].clone();
    let communes = nghe_an.communes(&district);
    nghe_an
        .hand_out(1, json!({ "lead_organization_id": committee(&district) }))
        .await;
    let cascade = json!({ "id": "r", "levels": [{ "level": "commune" }] });
    world
        .post(planner, &act(&id(1), "cascade"), &cascade)
        .await
        .expect(201);
    let first = nghe_an.task_of(&committee(&communes[0])).await;
    let word = json!({ "note": "Đã phổ biến, quán triệt" });
    world
        .post(planner, &act(&first, "acknowledge"), &word)
        .await
        .expect(200);

    let urged = world
        .post(
            planner,
            &act(&id(1), "urge"),
            &json!({ "below": true, "note": "Gấp" }),
        )
        .await
        .expect(200);
    assert_eq!(
        urged["tasks"],
        communes.len(),
        "the district and all communes but the one that is done"
    );
    let second = nghe_an.task_of(&committee(&communes[1])).await;
    let detail = world
        .get(planner, &format!("/api/v1/tasks/{second}"))
        .await
        .expect(200);
    assert_eq!(
        (&detail["events"][1]["kind"], &detail["events"][1]["note"]),
        (&json!("urged"), &json!("Gấp"))
    );
    let event = &detail["events"][1];
    assert_eq!(event["actor_name"], "Người thử kehoach");
    assert_eq!(event["organization_name"], "BHXH tỉnh Nghệ An");
    assert_eq!(event["to_user_name"], json!(null));

    let nowhere = world
        .post(planner, &act(&second, "hand_over"), &json!({}))
        .await
        .expect(422);
    assert_eq!(codes(&nowhere), ["task.nobody_to_hand_over_to"]);
    let ghost = json!({ "to_organization_id": "ghost", "to_user_id": "ghost" });
    let unknown = world
        .post(planner, &act(&second, "hand_over"), &ghost)
        .await
        .expect(422);
    assert_eq!(codes(&unknown), ["organization.unknown", "user.unknown"]);
    let to = json!({ "to_organization_id": "union", "note": "Đổi đầu mối" });
    let moved = world
        .post(planner, &act(&second, "hand_over"), &to)
        .await
        .expect(200);
    assert_eq!(moved["lead_organization_id"], "union");

    let open = world
        .post(planner, &act(&id(1), "acknowledge"), &json!({}))
        .await
        .expect(200);
    assert_eq!(open["state"], "acknowledged");
    let early = world
        .post(planner, &act(&id(1), "submit"), &word)
        .await
        .expect(409);
    assert_eq!(early["code"], "task.open_below");
    let bare = world
        .post(planner, &act(&id(1), "cancel"), &json!({}))
        .await
        .expect(422);
    assert_eq!(codes(&bare), ["task.reason_missing"]);
    let gone = world
        .post(planner, &act(&id(1), "cancel"), &json!({ "note": "Hoãn" }))
        .await
        .expect(200);
    assert_eq!(gone["tasks"], communes.len(), "what is done stays done");
    let kept = world
        .get(planner, &format!("/api/v1/tasks/{first}"))
        .await
        .expect(200);
    assert_eq!(kept["state"], "accepted");
    let again = world
        .post(planner, &act(&id(1), "cancel"), &json!({ "note": "Hoãn" }))
        .await
        .expect(409);
    assert_eq!(again["code"], "task.wrong_state");
    let back = world
        .post(
            planner,
            &act(&id(1), "reopen"),
            &json!({ "note": "Làm tiếp" }),
        )
        .await
        .expect(200);
    assert_eq!(back["state"], "new");

    let reopened = world
        .post(
            planner,
            &act(&first, "reopen"),
            &json!({ "note": "Nhầm xã" }),
        )
        .await
        .expect(200);
    assert_eq!(
        (&reopened["state"], &reopened["done_day"]),
        (&json!("new"), &Value::Null)
    );
    let facts = store::facts::fact_list_of_source(world.app.db.read(), "old-40", &first)
        .await
        .unwrap();
    assert!(facts.is_empty(), "what is not done feeds no figure");
}

#[tokio::test]
async fn nobody_reviews_the_work_of_the_own_body() {
    let (nghe_an, _, commune, task) = commune_task().await;
    let NgheAn { world, .. } = &nghe_an;
    let own = member(
        world,
        "canbo.xa",
        "coordinator",
        &commune,
        &committee(&commune),
    )
    .await;
    let word = json!({ "note": "Xong" });
    world
        .post(&own, &act(&task, "acknowledge"), &word)
        .await
        .expect(200);
    world
        .post(&own, &act(&task, "submit"), &word)
        .await
        .expect(200);
    let refused = world
        .post(
            &own,
            &act(&task, "review"),
            &json!({ "outcome": "accepted" }),
        )
        .await
        .expect(403);
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("task_review_of_own_work"),
        "{refused}"
    );
}

#[tokio::test]
async fn nothing_moves_in_a_closed_campaign() {
    let nghe_an = NgheAn::new().await.issued().await;
    let NgheAn { world, planner } = &nghe_an;
    nghe_an.hand_out(1, json!({})).await;
    let close = format!("/api/v1/campaigns/{}/close", crate::nghe_an::CAMPAIGN);
    world.post(planner, &close, &json!({})).await.expect(200);
    let refused = world
        .post(planner, &act(&id(1), "urge"), &json!({}))
        .await
        .expect(409);
    assert_eq!(refused["code"], "campaign.not_in_force");
    world
        .get(planner, &format!("/api/v1/tasks/{}", id(1)))
        .await
        .expect(200);
}
