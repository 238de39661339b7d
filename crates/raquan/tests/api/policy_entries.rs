//! What the law leaves open: entered by administrators, used by quotes at once, corrected by new versions.

use axum::http::header;
use raquan::app::App;
use raquan::clock::Clock;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const RETURNS: &str = "/api/v1/policy/fund_returns";
const SUPPORT: &str = "/api/v1/policy/local_support";
const QUOTES: &str = "/api/v1/policy/quotes";

async fn quote(world: &TestApp, calculator: &str, on: &str, input: Value) -> Value {
    let case = json!({ "calculator": calculator, "on": on, "input": input });
    let asked = json!({ "items": [case] });
    let answer = world.post(&Client::default(), QUOTES, &asked).await;
    answer.expect(200)["items"][0].clone()
}

#[tokio::test]
async fn a_return_that_is_entered_is_used_at_once_and_its_versions_stay() {
    let world = TestApp::new().await;
    let administrator = world.user("quan.tri", "administrator", None).await;
    let prepaid = async || {
        let input = json!({ "income_vnd": 2_200_000, "years": 2 });
        quote(&world, "voluntary_si.prepaid", "2027-03-01", input).await
    };
    let missing = prepaid().await;
    assert_eq!(missing["error"]["code"], "fund_return.missing");
    let nobody = Client::default();
    let calculators = "/api/v1/policy/calculators";
    let tag = async || {
        let answer = world.get(&nobody, calculators).await;
        answer.headers[header::ETAG]
            .to_str()
            .expect("text")
            .to_owned()
    };
    let before = tag().await;

    let entered = json!({ "from_month": "2027-01", "monthly_rate": "0.31%",
        "document_number": "99/BHXH-ĐTQ" });
    let first = world
        .post(&administrator, RETURNS, &entered)
        .await
        .expect(200);
    assert_eq!(
        (&first["version"], &first["monthly_rate"]),
        (&json!(1), &json!("0.0031"))
    );
    assert_ne!(tag().await, before);
    let answer = prepaid().await;
    assert_eq!(answer["value"]["contribution_vnd"], 11_212_375);
    let steps = answer["steps"].to_string();
    assert!(steps.contains("99/BHXH-ĐTQ") && steps.contains("Do người quản trị nhập."));

    let again = world
        .post(&administrator, RETURNS, &entered)
        .await
        .expect(200);
    assert_eq!(again, first);
    let mut corrected = entered;
    corrected["monthly_rate"] = json!("0.0032");
    corrected["note"] = json!("đính chính");
    let second = world
        .post(&administrator, RETURNS, &corrected)
        .await
        .expect(200);
    assert_eq!(second["version"], 2);
    assert_ne!(prepaid().await["value"], answer["value"]);
    let list = world.get(&nobody, RETURNS).await.expect(200);
    assert_eq!(list["items"], json!([first, second]));

    // Another program on the same database knows it from its start.
    let other = App::open(world.app.config.clone(), Clock::system())
        .await
        .expect("opens");
    assert_eq!(other.law.now().tag, world.app.law.now().tag);
}

#[tokio::test]
async fn returns_are_for_administrators_of_the_country_and_every_fault_is_named() {
    let world = TestApp::new().await;
    let entered = json!({ "from_month": "1/2027", "monthly_rate": "3.1", "document_number": " " });
    let of_a_province = world.user("tinh", "administrator", Some("new-40")).await;
    world
        .post(&of_a_province, RETURNS, &entered)
        .await
        .expect(404);
    let planner = world.user("ke.hoach", "planner", None).await;
    world.post(&planner, RETURNS, &entered).await.expect(403);
    let administrator = world.user("quan.tri", "administrator", None).await;
    let refused = world
        .post(&administrator, RETURNS, &entered)
        .await
        .expect(422);
    let codes: Vec<&Value> = refused["details"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| &fault["code"])
        .collect();
    assert_eq!(
        codes,
        [
            "fund_return.month_malformed",
            "fund_return.rate_unusable",
            "law_entry.document_missing"
        ]
    );
}

fn file(province: &str, share: &str) -> String {
    format!(
        "province: \"{province}\"\narea: null\ndescription:\n  vi: Nghệ An hỗ trợ thêm\n  en: Nghe An adds\nunit: ratio\nkeys: [poor, near_poor, other]\nvalues:\n  2026-01-01:\n    value: {{ poor: \"{share}\" }}\n    reference: \"Nghị quyết 12/2025/NQ-HĐND\"\n    verified: primary\n"
    )
}

#[tokio::test]
async fn a_province_enters_what_it_adds() {
    let world = TestApp::new().await;
    world.set_clock("2026-08-01T02:00:00Z");
    let administrator = world.user("nghe.an", "administrator", Some("new-40")).await;
    let payment = async || {
        let input = json!({ "income_vnd": 1_500_000, "mode": "monthly", "categories": ["poor"],
            "residence": { "province": "40" } });
        let answer = quote(&world, "voluntary_si.payment", "2026-08-01", input).await;
        answer["value"]["support"]["local_vnd"].clone()
    };
    assert_eq!(payment().await, 0);
    let upload = |unit: &str, content: String| json!({ "admin_unit_id": unit, "document_number": "12/2025/NQ-HĐND", "content": content });
    let good = upload("new-40", file("40", "0.20"));
    let first = world.post(&administrator, SUPPORT, &good).await.expect(200);
    assert_eq!(
        (&first["version"], &first["area"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(payment().await, 66_000);
    let better = upload("new-40", file("40", "0.30"));
    let second = world
        .post(&administrator, SUPPORT, &better)
        .await
        .expect(200);
    assert_eq!(second["version"], 2);
    assert_eq!(payment().await, 99_000);
    let list = world.get(&Client::default(), SUPPORT).await.expect(200);
    assert_eq!(list["items"], json!([first, second]));

    let other = upload("new-01", file("01", "0.20"));
    world
        .post(&administrator, SUPPORT, &other)
        .await
        .expect(404);
    let wrong = upload("new-40", file("01", "0.20"));
    let refused = world
        .post(&administrator, SUPPORT, &wrong)
        .await
        .expect(422);
    assert_eq!(
        refused["details"][0]["code"],
        "local_support.other_province"
    );
    let broken = file("40", "0,2")
        .replace("unit: ratio", "unit: share")
        .replace("near_poor", "rich");
    let refused = world
        .post(&administrator, SUPPORT, &upload("new-40", broken))
        .await
        .expect(422);
    let messages: Vec<&str> = refused["details"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| fault["message"].as_str().expect("text"))
        .collect();
    assert!(
        messages
            .iter()
            .any(|text| text.starts_with("Dòng 6: không có đơn vị tính “share”")),
        "{messages:?}"
    );
    let mut two = file("40", "0,2").replace("near_poor", "rich");
    two.push_str("wrong: 1\n");
    let refused = world
        .post(&administrator, SUPPORT, &upload("new-40", two))
        .await
        .expect(422);
    let fields: Vec<&Value> = refused["details"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| &fault["field"])
        .collect();
    assert_eq!(fields, ["content:13", "content:10", "content:7"]);
}
