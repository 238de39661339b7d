//! One order to every commune: one request, one transaction, one change row; the state on any day.

use serde_json::{Value, json};

use crate::nghe_an::{NgheAn, codes, committee, id, member};
use crate::support::{PASSWORD, TestApp};

fn both_levels(request: &str) -> Value {
    json!({
        "id": request,
        "levels": [
            { "level": "district", "days_before": 2 },
            { "level": "commune", "days_before": 3 },
        ],
    })
}

async fn one_request_reaches_every_commune(world: TestApp) {
    let nghe_an = NgheAn::with(world)
        .await
        .issued()
        .await
        .with_committees(&[])
        .await;
    let NgheAn { world, planner } = &nghe_an;
    let root = nghe_an.hand_out(1, json!({})).await;
    let root = root["id"].as_str().expect("an id");
    let path = format!("/api/v1/tasks/{root}/cascade");
    let heads = store::changes::change_head_list(world.app.db.read())
        .await
        .expect("the heads");
    let done = world
        .post(planner, &path, &both_levels("request-1"))
        .await
        .expect(201);
    assert_eq!(done["created"], 481);
    assert_eq!(
        (&done["levels"][0]["created"], &done["levels"][1]["created"]),
        (&json!(21), &json!(460))
    );
    assert_eq!(
        done["levels"][0]["due_day"], "2022-05-27",
        "two working days before the 31st"
    );
    assert_eq!(done["levels"][1]["due_day"], "2022-05-24");
    let changes = store::changes::change_head_list(world.app.db.read())
        .await
        .expect("the heads");
    assert_eq!(
        changes[0].last_seq,
        heads[0].last_seq + 1,
        "one accepted write, one change row"
    );

    let again = world
        .post(planner, &path, &both_levels("request-1"))
        .await
        .expect(201);
    assert_eq!(again, done, "the same request again gives the same answer");
    let mut other = both_levels("request-1");
    other["levels"][1]["days_before"] = json!(4);
    let taken = world.post(planner, &path, &other).await.expect(409);
    assert_eq!(taken["code"], "record.id_taken");
    let nothing = world
        .post(planner, &path, &both_levels("request-2"))
        .await
        .expect(409);
    assert_eq!(nothing["code"], "cascade.nothing_new");

    let tree = world
        .get(planner, &format!("/api/v1/tasks/{root}/tree"))
        .await
        .expect(200);
    let items = tree["items"].as_array().expect("a list");
    assert_eq!(items.len(), 482);
    assert_eq!(
        (
            &items[0]["standing"]["leaves"],
            &items[0]["standing"]["children"]
        ),
        (&json!(460), &json!(21))
    );
    let district = nghe_an.districts()[0].clone();
    let of_district = nghe_an.task_of(&committee(&district)).await;
    let communes = items
        .iter()
        .filter(|item| item["parent_id"] == *of_district)
        .count();
    assert_eq!(communes, nghe_an.communes(&district).len());
}

#[tokio::test]
async fn one_request_reaches_every_commune_on_sqlite() {
    one_request_reaches_every_commune(TestApp::new().await).await;
}

#[tokio::test]
async fn one_request_reaches_every_commune_on_postgres() {
    one_request_reaches_every_commune(TestApp::postgres().await).await;
}

#[tokio::test]
async fn units_without_the_body_are_named_and_nothing_is_half_written() {
    let nghe_an = NgheAn::new().await.issued().await;
    let units = nghe_an.world.app.units;
    let district = nghe_an.districts()[0].clone();
    let left_out: Vec<_> = nghe_an
        .communes(&district)
        .iter()
        .take(2)
        .filter_map(|id| units.get(id))
        .collect();
    let nghe_an = nghe_an.with_committees(&left_out).await;
    let NgheAn { world, planner } = &nghe_an;
    nghe_an.hand_out(1, json!({})).await;
    let path = format!("/api/v1/tasks/{}/cascade", id(1));
    let refused = world
        .post(planner, &path, &both_levels("request-1"))
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["cascade.organization_missing"; 2]);
    let first = units
        .nearest(left_out[0], jiff::civil::date(2022, 5, 1))
        .full_name
        .to_string();
    let named = refused["details"].as_array().unwrap();
    assert!(
        named
            .iter()
            .any(|fault| fault["message"].as_str().unwrap().starts_with(&first)),
        "{refused}"
    );
    let list = world.get(planner, "/api/v1/tasks").await.expect(200);
    assert_eq!(
        list["items"].as_array().unwrap().len(),
        1,
        "only the task itself"
    );

    let mut skipping = both_levels("request-1");
    skipping["skip_missing"] = json!(true);
    let done = world.post(planner, &path, &skipping).await.expect(201);
    assert_eq!(done["created"], 479);
    assert_eq!(done["levels"][1]["missing"].as_array().unwrap().len(), 2);

    // The committees are added afterwards: the next request reaches only them, below their district.
    let kind = "peoples_committee";
    for (number, unit) in left_out.iter().enumerate() {
        let body = json!({
            "id": format!("late-{number}"), "kind": kind, "name": "UBND xã",
            "admin_unit_id": units.id(*unit),
        });
        world
            .post(planner, "/api/v1/organizations", &body)
            .await
            .expect(201);
    }
    let done = world
        .post(planner, &path, &both_levels("request-2"))
        .await
        .expect(201);
    assert_eq!(
        (&done["created"], &done["levels"][1]["existing"]),
        (&json!(2), &json!(458))
    );
    let late = nghe_an.task_of("late-0").await;
    let late = world
        .get(planner, &format!("/api/v1/tasks/{late}"))
        .await
        .expect(200);
    assert_eq!(
        late["parent_id"],
        *nghe_an.task_of(&committee(&district)).await
    );
}

#[tokio::test]
async fn wrong_levels_and_kinds_are_named() {
    let nghe_an = NgheAn::new().await.issued().await;
    nghe_an.hand_out(1, json!({})).await;
    let NgheAn { world, planner } = &nghe_an;
    let path = format!("/api/v1/tasks/{}/cascade", id(1));
    let wrong = json!({ "id": "r", "levels": [
        { "level": "commune", "organization_kind": "circus" },
        { "level": "district" },
        { "level": "village" },
    ] });
    let refused = world.post(planner, &path, &wrong).await.expect(422);
    let found = codes(&refused);
    assert!(found.contains(&"organization.unknown_kind"), "{found:?}");
    assert_eq!(
        found
            .iter()
            .filter(|code| **code == "cascade.wrong_level")
            .count(),
        2
    );
    let none = world
        .post(planner, &path, &json!({ "id": "r", "levels": [] }))
        .await
        .expect(422);
    assert_eq!(codes(&none), ["cascade.no_level"]);
}

#[tokio::test]
async fn the_state_on_a_past_day_names_who_was_missing() {
    let nghe_an = NgheAn::new().await;
    nghe_an.world.set_clock("2022-05-02T02:00:00Z");
    let mut nghe_an = nghe_an.issued().await.with_committees(&[]).await;
    nghe_an.hand_out(1, json!({})).await;
    let path = format!("/api/v1/tasks/{}/cascade", id(1));
    let NgheAn { world, planner } = &nghe_an;
    world
        .post(planner, &path, &both_levels("request-1"))
        .await
        .expect(201);

    let district = nghe_an.districts()[0].clone();
    member(
        world,
        "huyen",
        "coordinator",
        &district,
        &committee(&district),
    )
    .await;
    let word = json!({ "note": "Đã phổ biến, quán triệt" });
    let communes = nghe_an.communes(&district);
    for (commune, at) in communes
        .iter()
        .zip(["2022-05-10T02:00:00Z", "2022-05-20T02:00:00Z"])
    {
        nghe_an.at(at).await;
        let coordinator = nghe_an
            .world
            .sign_in("huyen", PASSWORD)
            .await
            .expect("signed in");
        let task = nghe_an.task_of(&committee(commune)).await;
        let done = nghe_an
            .world
            .post(
                &coordinator,
                &format!("/api/v1/tasks/{task}/acknowledge"),
                &word,
            )
            .await
            .expect(200);
        assert_eq!(done["state"], "accepted");
    }
    nghe_an.at("2022-05-25T02:00:00Z").await;
    let NgheAn { world, planner } = &nghe_an;
    let coordinator = world.sign_in("huyen", PASSWORD).await.expect("signed in");
    let first = nghe_an.task_of(&committee(&communes[0])).await;
    let review = json!({ "outcome": "returned", "note": "Chưa có biên bản" });
    world
        .post(
            &coordinator,
            &format!("/api/v1/tasks/{first}/review"),
            &review,
        )
        .await
        .expect(200);

    let of_district = nghe_an.task_of(&committee(&district)).await;
    let state = async |on: &str| {
        let path = format!("/api/v1/tasks/{of_district}/state?on={on}");
        let state = world.get(&coordinator, &path).await.expect(200);
        let done = state["standing"]["leaves_done"].as_i64();
        (done, state["missing"].as_array().unwrap().len(), state)
    };
    let all = communes.len();
    assert_eq!(state("2022-05-01").await.0, None, "not handed out yet");
    let on = async |day| {
        let (done, missing, _) = state(day).await;
        (done, missing)
    };
    assert_eq!(on("2022-05-09").await, (Some(0), all));
    assert_eq!(on("2022-05-19").await, (Some(1), all - 1));
    assert_eq!(on("2022-05-20").await, (Some(2), all - 2));
    assert_eq!(
        on("2022-05-25").await,
        (Some(1), all - 1),
        "returned work counts as not done"
    );
    let (_, _, layer) = state("2022-05-20").await;
    assert_eq!(layer["units"][&communes[0]], "accepted");
    assert_eq!(layer["counts"]["accepted"], 2);
    assert!(
        layer["missing"][0]["admin_unit_name"]
            .as_str()
            .unwrap()
            .contains(", ")
    );
    let (_, _, layer) = state("2022-05-25").await;
    assert_eq!(layer["units"][&communes[0]], "returned");
    let late = layer["missing"].as_array().unwrap();
    assert!(
        late.iter().all(|unit| unit["days_late"] == 1),
        "due on the 24th"
    );

    let path = format!("/api/v1/tasks/{}/state?on=2022-05-20", id(1));
    let whole = world.get(planner, &path).await.expect(200);
    assert_eq!(whole["standing"]["leaves"], 460);
    assert_eq!(whole["risk"]["kind"], "behind");
    assert_eq!(
        whole["risk"]["explanation"],
        "đã qua 64% thời gian, mới xong 0% (2/460 xã)"
    );
    let states = format!(
        "/api/v1/campaigns/{}/task_states?on=2022-05-20",
        crate::nghe_an::CAMPAIGN
    );
    let states = world.get(planner, &states).await.expect(200);
    assert_eq!(states["items"][0]["standing"]["leaves_done"], 2);

    let filter = store::facts::FactFilter {
        indicator: Some("communes_informed"),
        ..Default::default()
    };
    let sum =
        store::facts::fact_sum(world.app.db.read(), &store::Scope::everything(), &filter).await;
    assert_eq!(
        sum.unwrap().total,
        Some(1),
        "the returned one no longer feeds the figure"
    );
}
