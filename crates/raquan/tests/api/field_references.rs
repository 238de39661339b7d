//! What consultations and enrollments name must be there, belong together and be seen by who records it.

use serde_json::{Value, json};

use crate::nghe_an::codes;
use crate::run_world::{CITY, OTHER_WARD, Run, WARD};

/// Two activities, each with a team; a household and a person of the ward, and a person of the other ward.
async fn run() -> Run {
    let run = Run::new().await;
    let world = &run.world;
    for (activity, team) in [("a1", "t1"), ("a2", "t2")] {
        let input = Run::activity(activity, "counselling_round", json!({}));
        world
            .post(&run.reporter, "/api/v1/activities", &input)
            .await
            .expect(201);
        let team = json!({
            "id": team, "name": "Tổ 1", "organization_id": "post", "admin_unit_id": CITY, "member_count": 3,
        });
        let path = format!("/api/v1/activities/{activity}/teams");
        run.put(&run.reporter, &path, &json!({ "items": [team] }))
            .await
            .expect(200);
    }
    let household = json!({ "id": "h1", "admin_unit_id": WARD });
    world
        .post(&run.counsellor, "/api/v1/households", &household)
        .await
        .expect(201);
    let person = Run::person("p1", json!({}));
    world
        .post(&run.counsellor, "/api/v1/persons", &person)
        .await
        .expect(201);
    let other = json!({ "admin_unit_id": OTHER_WARD, "national_id": "001080000002" });
    let other = Run::person("p2", other);
    world
        .post(&run.neighbor, "/api/v1/persons", &other)
        .await
        .expect(201);
    run
}

/// A change of a record, and the code of the fault that it must be refused for; none when it is right.
fn cases() -> Vec<(Value, Option<&'static str>)> {
    vec![
        (
            json!({ "activity_id": "a1", "team_id": "t1", "person_id": "p1" }),
            None,
        ),
        (json!({ "team_id": "t2" }), None),
        (
            json!({ "activity_id": "a1", "team_id": "t2" }),
            Some("team.not_of_activity"),
        ),
        (
            json!({ "activity_id": "a1", "team_id": "t9" }),
            Some("team.not_of_campaign"),
        ),
        (json!({ "team_id": "t9" }), Some("team.not_of_campaign")),
        (
            json!({ "activity_id": "a9" }),
            Some("activity.not_of_campaign"),
        ),
        (json!({ "person_id": "p9" }), Some("person.unknown")),
        // There, but in the other ward: answered as if it were not.
        (json!({ "person_id": "p2" }), Some("person.unknown")),
    ]
}

#[tokio::test]
async fn a_consultation_names_only_what_is_there_and_may_be_seen() {
    let run = run().await;
    let path = Run::path("/consultations");
    let mut cases = cases();
    cases.push((json!({ "household_id": "h1" }), None));
    cases.push((json!({ "household_id": "h9" }), Some("household.unknown")));
    let mut batch = Vec::new();
    for (number, (change, code)) in cases.iter().enumerate() {
        let record = Run::consultation(&format!("c{number}"), change.clone());
        let answer = run.world.post(&run.counsellor, &path, &record).await;
        match code {
            None => drop(answer.expect(201)),
            Some(code) => {
                let refused = answer.expect(422);
                assert_eq!(codes(&refused), [*code], "{change}");
                let fault = &refused["details"][0];
                assert!(fault["fix"].as_str().is_some_and(|fix| !fix.is_empty()));
            }
        }
        batch.push(Run::consultation(&format!("b{number}"), change.clone()));
    }
    let answer = run
        .world
        .post(
            &run.counsellor,
            &format!("{path}/batch"),
            &json!({ "items": batch }),
        )
        .await
        .expect(200);
    for ((_, code), line) in cases.iter().zip(answer["items"].as_array().unwrap()) {
        let expected = if code.is_some() {
            "refused"
        } else {
            "accepted"
        };
        assert_eq!(line["outcome"], expected, "{line}");
    }
    // Whether somebody is elsewhere or nowhere is answered in the same words.
    let told = |change: Value| {
        let record = Run::consultation("c90", change);
        let path = path.clone();
        let run = &run;
        async move {
            run.world
                .post(&run.counsellor, &path, &record)
                .await
                .expect(422)
        }
    };
    let elsewhere = told(json!({ "person_id": "p2" })).await;
    assert_eq!(elsewhere, told(json!({ "person_id": "p9" })).await);
}

#[tokio::test]
async fn an_enrollment_names_only_what_is_there_and_may_be_seen() {
    let run = run().await;
    let path = Run::path("/enrollments");
    for (number, (change, code)) in cases().into_iter().enumerate() {
        let record = Run::enrollment(&format!("e{number}"), change.clone());
        let answer = run.world.post(&run.counsellor, &path, &record).await;
        match code {
            None => drop(answer.expect(201)),
            Some(code) => assert_eq!(codes(&answer.expect(422)), [code], "{change}"),
        }
    }
}

#[tokio::test]
async fn what_was_accepted_is_not_refused_for_a_team_that_is_gone() {
    let run = run().await;
    let named = json!({ "activity_id": "a1", "team_id": "t1" });
    let path = Run::path("/consultations");
    let record = Run::consultation("c1", named);
    run.world
        .post(&run.counsellor, &path, &record)
        .await
        .expect(201);
    let none = json!({ "items": [] });
    run.put(&run.reporter, "/api/v1/activities/a1/teams", &none)
        .await
        .expect(200);
    // What was accepted is accepted again; a new record is not.
    run.world
        .post(&run.counsellor, &path, &record)
        .await
        .expect(201);
    let mut new = record.clone();
    new["id"] = json!("c2");
    let items = json!({ "items": [record, new] });
    let batch = format!("{path}/batch");
    let answer = run.world.post(&run.counsellor, &batch, &items).await;
    let answer = answer.expect(200);
    let outcomes = [0, 1].map(|line| answer["items"][line]["outcome"].clone());
    assert_eq!(outcomes, ["already_had", "refused"]);
    let mut content = record.clone();
    content.as_object_mut().unwrap().remove("id");
    content["people"] = json!(3);
    let correct = format!("{path}/c1/correct");
    let input = json!({ "version": 1, "content": content });
    run.world
        .post(&run.counsellor, &correct, &input)
        .await
        .expect(200);
    content["activity_id"] = json!("a2");
    let input = json!({ "version": 2, "content": content });
    let refused = run
        .world
        .post(&run.counsellor, &correct, &input)
        .await
        .expect(422);
    assert_eq!(codes(&refused), ["team.not_of_campaign"]);
}
