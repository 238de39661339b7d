//! The law for everybody: quotes, numbers, changes; what is cached and what is limited.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

use crate::support::{Answer, Client, TestApp};

const QUOTES: &str = "/api/v1/policy/quotes";

fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn get_with(world: &TestApp, path: &str, name: header::HeaderName, value: &str) -> Answer {
    let request = Request::builder().uri(path).header(name, value);
    let request = request.body(Body::empty()).expect("a request");
    world.raw(request).await
}

#[tokio::test]
async fn many_cases_are_answered_and_a_wrong_one_leaves_the_others() {
    let world = TestApp::new().await;
    let payment = json!({ "income_vnd": 3_000_000, "mode": "monthly" });
    let asked = json!({ "items": [
        { "calculator": "voluntary_si.payment", "on": "2026-07-01", "input": payment },
        { "calculator": "voluntary_si.payment", "on": "2017-07-01", "input": payment },
        { "calculator": "voluntary_si.payment", "on": "01/7/2026", "input": payment },
        { "calculator": "voluntary_si.pay", "on": "2026-07-01", "input": payment },
        { "calculator": "voluntary_si.payment", "on": "2026-07-01", "input": { "income": 1 } },
        { "calculator": "voluntary_si.payment", "on": "2026-07-01", "with_trace": false,
          "input": { "income_vnd": 3_000_000, "mode": "monthly", "categories": ["poor"] } },
    ] });
    let nobody = Client::default();
    let answer = world.post(&nobody, QUOTES, &asked).await.expect(200);
    let items = answer["items"].as_array().expect("items");
    assert_eq!(items[0]["value"]["payer_vnd"], 594_000);
    assert_eq!(items[0]["rules_version"], policy::rules_version());
    let steps = items[0]["steps"].as_array().expect("steps");
    assert_eq!(
        steps[2]["text"],
        "Mức đóng hằng tháng bằng 22% mức thu nhập chọn"
    );
    assert_eq!(
        steps[2]["parameters"][0]["reference"],
        "Luật Bảo hiểm xã hội 41/2024/QH15, Điều 36 khoản 1"
    );
    let codes: Vec<_> = items.iter().map(|item| &item["error"]["code"]).collect();
    assert_eq!(
        codes[1..5],
        [
            "date.before_law",
            "date.malformed",
            "calculator.unknown",
            "input.malformed"
        ]
    );
    assert_eq!(
        items[4]["error"]["message"],
        "dữ liệu vào không đúng dạng: không có trường “income”; có: income_vnd, mode, first_month, categories, \
         supported_months, residence"
    );
    assert_eq!(items[2]["on"], "01/7/2026");
    assert_eq!(items[5]["value"]["payer_vnd"], 495_000);
    assert_eq!(items[5].get("steps"), None);

    let mut english = asked;
    english["language"] = json!("en");
    let answer = world.post(&nobody, QUOTES, &english).await.expect(200);
    assert_eq!(
        answer["items"][0]["steps"][2]["text"],
        "The monthly contribution is 22% of the chosen income"
    );
    let message = answer["items"][1]["error"]["message"].as_str();
    assert!(message.expect("text").starts_with("2017-07-01 is before"));
    let message = answer["items"][4]["error"]["message"].as_str();
    assert!(message.expect("text").contains("unknown field `income`"));
}

#[tokio::test]
async fn what_rests_on_unverified_values_says_so() {
    let world = TestApp::new().await;
    let asked = json!({ "items": [{ "calculator": "voluntary_si.prepaid", "on": "2026-03-01",
        "input": { "income_vnd": 1_500_000, "years": 2 } }] });
    let answer = world.post(&Client::default(), QUOTES, &asked).await;
    let unverified = answer.expect(200)["items"][0]["unverified"].clone();
    let first = unverified[0].as_str().expect("a sentence");
    assert!(first.contains("voluntary_si/fund_return") && first.contains("chưa xác minh"));
}

#[tokio::test]
async fn an_address_reproduces_a_quote_that_anybody_may_keep() {
    let world = TestApp::new().await;
    let nobody = Client::default();
    let path = |calculator: &str, input: &str| {
        let input = percent_encoded(input);
        format!("{QUOTES}/{calculator}?on=2026-07-01&input={input}")
    };
    let good = path(
        "voluntary_si.payment",
        r#"{"income_vnd":3000000,"mode":"monthly"}"#,
    );
    let answer = world.get(&nobody, &good).await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "public, max-age=300");
    let tag = answer.headers[header::ETAG]
        .to_str()
        .expect("text")
        .to_owned();
    assert!(tag.contains(policy::rules_version()), "{tag}");
    assert_eq!(answer.expect(200)["value"]["payer_vnd"], 594_000);
    let again = get_with(&world, &good, header::IF_NONE_MATCH, &tag).await;
    assert_eq!((again.status.as_u16(), again.body), (304, json!("")));
    let changed = get_with(&world, &good, header::IF_NONE_MATCH, "W/\"other\"").await;
    changed.expect(200);

    let unknown = world.get(&nobody, &path("nothing", "{}")).await;
    assert_eq!(unknown.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(unknown.expect(404)["code"], "record.not_found");
    let low = path(
        "voluntary_si.payment",
        r#"{"income_vnd":1,"mode":"monthly"}"#,
    );
    let refused = world.get(&nobody, &low).await.expect(422);
    let fault = &refused["details"][0];
    assert_eq!(fault["code"], "voluntary_si.income_below_floor");
    assert!(
        fault["message"]
            .as_str()
            .expect("text")
            .contains("1.500.000")
    );
    let no_json = world.get(&nobody, &path("voluntary_si.payment", "{")).await;
    let fault = &no_json.expect(422)["details"][0];
    assert_eq!(fault["code"], "input.malformed");
    assert_eq!(
        fault["message"],
        "Dữ liệu vào không đọc được: dòng 1, cột 1: JSON bị cắt ngang."
    );
}

#[tokio::test]
async fn every_calculator_is_listed_with_an_example_that_runs() {
    let world = TestApp::new().await;
    let nobody = Client::default();
    let list = world.get(&nobody, "/api/v1/policy/calculators").await;
    let list = list.expect(200);
    let cases: Vec<_> = list["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|one| {
            assert!(!one["title_vi"].as_str().expect("text").is_empty());
            let example = &one["example"];
            json!({ "calculator": one["name"], "on": example["on"], "input": example["input"] })
        })
        .collect();
    let answers = world
        .post(&nobody, QUOTES, &json!({ "items": cases }))
        .await
        .expect(200);
    for item in answers["items"].as_array().expect("items") {
        let known = item["error"]["code"] == "fund_return.missing";
        assert!(item["value"].is_object() || known, "{item}");
    }
}

#[tokio::test]
async fn numbers_of_a_day_and_changes_between_two_are_public() {
    let world = TestApp::new().await;
    let nobody = Client::default();
    let path = |on| format!("/api/v1/policy/parameters?on={on}");
    let list = world.get(&nobody, &path("2026-07-01")).await.expect(200);
    let items = list["items"].as_array().expect("items");
    let base = items.iter().find(|one| one["id"] == "base/base_salary");
    let row = &base.expect("in force")["rows"][0];
    assert_eq!(row["value"], "2530000");
    assert_eq!(row["source"]["since"], "2026-07-01");
    let early = world.get(&nobody, &path("2017-07-01")).await.expect(422);
    assert_eq!(early["details"][0]["code"], "date.before_law");

    let path = "/api/v1/policy/differences?from=2026-06-30&to=2026-07-01";
    let found = world.get(&nobody, path).await.expect(200);
    assert_eq!(found["values"][0]["id"], "base/base_salary");
    assert_eq!(found["values"][0]["rows"][0]["after"], "2530000");
}

#[tokio::test]
async fn answers_of_a_request_have_a_limit_and_none_are_an_empty_list() {
    let world = TestApp::with_settings(&[("quotes.per_minute", "0")]).await;
    let nobody = Client::default();
    let incomes: Vec<i64> = (0..160).map(|at| 1_500_000 + 100_000 * at).collect();
    let years: Vec<i64> = (15..46).collect();
    let case = json!({ "calculator": "tables.leaflet", "on": "2026-07-01",
        "input": { "years": years, "incomes_vnd": incomes, "categories": ["other"] } });
    let asked = json!({ "items": vec![case; 20] });
    let refused = world.post(&nobody, QUOTES, &asked).await.expect(413);
    assert_eq!(refused["code"], "quote.answer_too_long");
    let none = world.post(&nobody, QUOTES, &json!({ "items": [] })).await;
    assert_eq!(none.expect(200), json!({ "items": [] }));
}

#[tokio::test]
async fn cases_are_limited_for_a_request_and_for_an_address() {
    let world = TestApp::with_settings(&[
        ("quotes.most_per_request", "3"),
        ("quotes.per_minute", "6"),
        ("trusted_proxies", "1"),
    ])
    .await;
    let nobody = Client::default();
    let cases = |count: usize| {
        let case = json!({ "calculator": "voluntary_si.limits", "on": "2026-07-01", "input": {} });
        json!({ "items": vec![case; count] })
    };
    let large = world.post(&nobody, QUOTES, &cases(4)).await.expect(413);
    assert_eq!(large["code"], "quote.too_many_items");
    assert!(
        large["message"]
            .as_str()
            .expect("text")
            .contains("nhiều nhất 3")
    );
    for _ in 0..2 {
        world.post(&nobody, QUOTES, &cases(3)).await.expect(200);
    }
    let often = world.post(&nobody, QUOTES, &cases(1)).await;
    assert_eq!(often.headers[header::RETRY_AFTER], "10");
    let often = often.expect(429);
    assert_eq!(often["code"], "quote.too_often");
    assert!(
        often["message"]
            .as_str()
            .expect("text")
            .contains("sau 10 giây")
    );

    // Another client behind the same proxy; what that client writes itself is not believed.
    let path = format!("{QUOTES}/voluntary_si.limits?on=2026-07-01&input=%7B%7D");
    let forwarded = header::HeaderName::from_static("x-forwarded-for");
    for forged in 0..6 {
        let value = format!("198.51.100.{forged}, 203.0.113.9");
        let answer = get_with(&world, &path, forwarded.clone(), &value).await;
        answer.expect(200);
    }
    let value = "198.51.100.77, 203.0.113.9";
    let answer = get_with(&world, &path, forwarded, value).await;
    answer.expect(429);

    world.pass_seconds(10);
    world.post(&nobody, QUOTES, &cases(1)).await.expect(200);
}

#[tokio::test]
async fn a_table_counts_with_its_rows() {
    let world = TestApp::with_settings(&[
        ("quotes.most_per_request", "3"),
        ("quotes.per_minute", "12"),
    ])
    .await;
    let nobody = Client::default();
    let leaflet = |years: &[u32]| {
        let input = json!({ "years": years, "incomes_vnd": [1_500_000, 3_000_000] });
        json!({ "items": [{ "calculator": "tables.leaflet", "on": "2026-07-01", "input": input }] })
    };
    let table = world
        .post(&nobody, QUOTES, &leaflet(&[15, 20, 25, 30, 35]))
        .await;
    assert_eq!(
        table.expect(200)["items"][0]["value"]["rows"][9]["years"],
        35
    );
    let often = world.post(&nobody, QUOTES, &leaflet(&[15, 20])).await;
    assert_eq!(often.expect(429)["code"], "quote.too_often");
    let large = world
        .post(&nobody, QUOTES, &leaflet(&[15, 16, 17, 18, 19, 20, 21]))
        .await;
    let large = large.expect(413);
    assert_eq!(large["code"], "quote.too_many_items");
    assert!(
        large["message"]
            .as_str()
            .expect("text")
            .contains("nhiều nhất 12 dòng")
    );
}
