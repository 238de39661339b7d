//! Quotes kept with consultations and enrollments: computed by the server, given back, computed again.

use serde_json::{Value, json};
use store::consultations::consultation_get;

use crate::run_world::Run;

const ON: &str = "2022-05-08";

fn quote(income: i64) -> Value {
    json!({ "calculator": "voluntary_si.payment", "on": ON, "rules_version": "điện thoại-1",
        "input": { "income_vnd": income, "mode": "monthly" } })
}

#[tokio::test]
async fn a_consultation_keeps_what_the_person_was_told() {
    let run = Run::new().await;
    let path = Run::path("/consultations");
    let input = Run::consultation("c1", json!({ "quotes": [quote(1_500_000)] }));
    let made = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(201);
    let kept = &made["quotes"][0];
    assert_eq!(kept["value"]["payer_vnd"], 297_000);
    assert_eq!(kept["rules_version"], policy::rules_version());
    assert_eq!(kept["shown_rules_version"], "điện thoại-1");
    assert_eq!(kept["input"], quote(1_500_000)["input"]);
    assert_eq!(kept.get("steps"), None);
    let again = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(201);
    assert_eq!(again["quotes"], made["quotes"]);
    let read = async || {
        let path = Run::path("/consultations/c1");
        run.world.get(&run.counsellor, &path).await.expect(200)
    };
    assert_eq!(read().await["quotes"], made["quotes"]);
    let row = consultation_get(run.world.app.db.read(), "old-40", "c1").await;
    let sealed = row.expect("a row").and_then(|row| row.quotes_sealed);
    assert!(sealed.is_some_and(|sealed| !sealed.contains("1500000")));

    let mut content = Run::consultation("c1", json!({ "people": 5 }));
    content.as_object_mut().expect("an object").remove("id");
    let correct = json!({ "version": 1, "content": content });
    let corrected = Run::path("/consultations/c1/correct");
    run.world
        .post(&run.counsellor, &corrected, &correct)
        .await
        .expect(200);
    assert_eq!(read().await["quotes"], made["quotes"]);

    // Who may not read of people sees the record without them, and so does everybody in lists.
    let seen = run
        .world
        .get(&run.viewer, &Run::path("/consultations/c1"))
        .await
        .expect(200);
    assert_eq!((&seen["people"], seen.get("quotes")), (&json!(5), None));
    let checked = Run::path("/consultations/c1/quotes");
    let seen = run.world.get(&run.viewer, &checked).await.expect(200);
    assert_eq!(seen["items"], json!([]));
    let list = run.world.get(&run.counsellor, &path).await.expect(200);
    assert_eq!(list["items"][0].get("quotes"), None);

    let without = Run::consultation("c2", json!({}));
    let made = run
        .world
        .post(&run.counsellor, &path, &without)
        .await
        .expect(201);
    assert_eq!(made.get("quotes"), None);
}

#[tokio::test]
async fn kept_quotes_are_computed_again_by_the_rules_of_now() {
    let run = Run::new().await;
    let path = Run::path("/consultations");
    let prepaid = json!({ "calculator": "voluntary_si.prepaid", "on": "2026-03-01",
        "input": { "income_vnd": 1_500_000, "years": 2 } });
    let input = Run::consultation("c1", json!({ "quotes": [quote(1_500_000), prepaid] }));
    run.world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(201);
    let check = async || {
        let path = Run::path("/consultations/c1/quotes");
        run.world.get(&run.counsellor, &path).await.expect(200)["items"].clone()
    };
    let items = check().await;
    assert_eq!(
        (&items[0]["same"], &items[1]["same"]),
        (&json!(true), &json!(true))
    );

    // The administrator corrects the fund's return: the answer of that day is another one now.
    let administrator = run.world.user("phap.che", "administrator", None).await;
    let entered = json!({ "from_month": "2026-01", "monthly_rate": "0.0035",
        "document_number": "9/BHXH" });
    let returns = "/api/v1/policy/fund_returns";
    run.world
        .post(&administrator, returns, &entered)
        .await
        .expect(200);
    let items = check().await;
    assert_eq!(
        (&items[0]["same"], &items[1]["same"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(items[1]["kept"]["value"]["contribution_vnd"], 7_644_801);
    assert_ne!(items[1]["value"]["contribution_vnd"], 7_644_801);
    assert_ne!(items[1]["rules_version"], items[1]["kept"]["rules_version"]);
    // The same request again answers as the first time.
    let again = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(201);
    assert_eq!(again["quotes"][1]["value"]["contribution_vnd"], 7_644_801);
}

#[tokio::test]
async fn a_bad_quote_refuses_its_record_alone() {
    let run = Run::new().await;
    let path = Run::path("/consultations");
    let bad = json!({ "quotes": [
        quote(1_500_000), quote(1),
        { "calculator": "nothing", "on": ON, "input": {} },
        { "calculator": "voluntary_si.limits", "on": "8/5/2022", "input": {} },
    ] });
    let input = Run::consultation("c1", bad);
    let refused = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(422);
    let faults: Vec<(&Value, &Value)> = refused["details"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| (&fault["field"], &fault["code"]))
        .collect();
    assert_eq!(
        faults,
        [
            (
                &json!("quotes[1].input"),
                &json!("voluntary_si.income_below_floor")
            ),
            (&json!("quotes[2].calculator"), &json!("calculator.unknown")),
            (&json!("quotes[3].on"), &json!("date.malformed")),
        ]
    );
    let many = Run::consultation("c1", json!({ "quotes": vec![quote(1_500_000); 6] }));
    let refused = run
        .world
        .post(&run.counsellor, &path, &many)
        .await
        .expect(422);
    assert_eq!(refused["details"][0]["code"], "quote.too_many_kept");

    let batch = json!({ "items": [
        Run::consultation("c2", json!({ "quotes": [quote(1_500_000)] })),
        Run::consultation("c3", json!({ "quotes": [quote(1)] })),
    ] });
    let answers = run
        .world
        .post(&run.counsellor, &Run::path("/consultations/batch"), &batch)
        .await
        .expect(200);
    assert_eq!(answers["items"][0]["outcome"], "accepted");
    assert_eq!(answers["items"][1]["outcome"], "refused");
    assert_eq!(
        answers["items"][1]["error"]["details"][0]["field"],
        "quotes[0].input"
    );
}

#[tokio::test]
async fn an_enrollment_keeps_its_quotes_through_its_versions() {
    let run = Run::new().await;
    let path = Run::path("/enrollments");
    let input = Run::enrollment("e1", json!({ "quotes": [quote(1_500_000)] }));
    let made = run.world.post(&run.counsellor, &path, &input).await;
    let made = made.expect(201);
    assert_eq!(made["quotes"][0]["value"]["payer_vnd"], 297_000);
    let again = run
        .world
        .post(&run.counsellor, &path, &input)
        .await
        .expect(201);
    assert_eq!(again["quotes"], made["quotes"]);
    let reject = json!({ "version": 1, "reason": "ghi nhầm" });
    let path = Run::path("/enrollments/e1/reject");
    let rejected = run
        .world
        .post(&run.counsellor, &path, &reject)
        .await
        .expect(200);
    assert_eq!(rejected["quotes"], made["quotes"]);
    let path = Run::path("/enrollments/e1/quotes");
    let checked = run.world.get(&run.counsellor, &path).await.expect(200);
    assert_eq!(checked["items"][0]["same"], true);
    run.world.get(&run.neighbor, &path).await.expect(404);
}
