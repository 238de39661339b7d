//! Figures: who sees what, freshness, boundaries, comparisons, completeness.

use raquan::app::{Actor, Door, Operation, Written};
use serde_json::{Value, json};
use store::facts::FactRow;

use crate::support::TestApp;

/// A fact of a record that stands for itself.
pub fn fact(indicator: &str, unit: &str, day: &str, state: &str, value: i64) -> FactRow {
    FactRow {
        province_id: "old-66".into(),
        source_id: format!("{indicator} {unit} {day} {state}"),
        line: 0,
        source_entity: "observation".into(),
        indicator: indicator.into(),
        admin_unit_id: unit.into(),
        organization_id: None,
        campaign_id: None,
        activity_kind: None,
        day: day.into(),
        state: state.into(),
        value,
    }
}

impl TestApp {
    /// Writes facts as use cases do; a fact of the same record is replaced.
    pub async fn write_facts(&self, facts: Vec<FactRow>) {
        for fact in facts {
            let operation = Operation::new(&fact.province_id, "fact_for_test", "test");
            self.app
                .write(&Actor::system(Door::Cli), operation, move |_| {
                    Box::pin(async move {
                        let source = fact.source_id.clone();
                        Ok(Written::new((), &source)
                            .replacing_facts_of(vec![source])
                            .facts(vec![fact]))
                    })
                })
                .await
                .expect("a write");
        }
    }
}

const VOLUNTARY: &str = "participants.voluntary_si";

fn path(indicator: &str, unit: &str, rest: &str) -> String {
    format!("/api/v1/figures?indicator={indicator}&admin_unit_id={unit}&{rest}")
}

fn first(answer: &Value) -> &Value {
    &answer["items"][0]
}

#[tokio::test]
async fn a_figure_has_a_write_as_soon_as_it_is_accepted() {
    let world = TestApp::new().await;
    let viewer = world.user("xem", "viewer", Some("new-66")).await;
    let ask = path(
        VOLUNTARY,
        "old-66",
        "period=2023-03&compare=previous,last_year",
    );
    let answer = world.get(&viewer, &ask).await.expect(200);
    assert_eq!(first(&answer)["value"], Value::Null);
    world
        .write_facts(vec![
            fact(VOLUNTARY, "old-66", "2023-03-31", "reported", 17_000),
            fact(VOLUNTARY, "old-66", "2022-03-31", "reported", 16_744),
        ])
        .await;
    let answer = world.get(&viewer, &ask).await.expect(200);
    assert_eq!(first(&answer)["value"], 17_000);
    // A correction of the same record takes the old value away.
    world
        .write_facts(vec![fact(
            VOLUNTARY,
            "old-66",
            "2023-03-31",
            "reported",
            17_452,
        )])
        .await;
    let answer = world.get(&viewer, &ask).await.expect(200);
    assert_eq!(answer["admin_unit_name"], "Tỉnh Đắk Lắk");
    assert_eq!(answer["indicator"]["unit_vi"], "người");
    let figure = first(&answer);
    assert_eq!(figure["value"], 17_452);
    assert_eq!(figure["marks"], json!(["reported"]));
    assert_eq!(
        figure["completeness"],
        json!({ "reported": 1, "expected": 1 })
    );
    assert_eq!(figure["comparisons"][0]["value"], Value::Null);
    assert_eq!(figure["comparisons"][0]["absolute"], Value::Null);
    assert_eq!(
        figure["comparisons"][1],
        json!({
            "against": "last_year", "period": "2022-03", "value": 16_744, "absolute": 708,
            "relative_permille": 42, "good": true, "apportioned": false,
        })
    );
}

#[tokio::test]
async fn one_sees_what_one_may_read() {
    let world = TestApp::new().await;
    // A commune of Đắk Lắk and one of Nghệ An.
    let (own, other) = ("old-24142", "old-16663");
    let reporter = world.user("baocao", "reporter", Some(own)).await;
    let country = world.user("trunguong", "viewer", None).await;
    world
        .write_facts(vec![fact(
            "consultations",
            own,
            "2022-05-08",
            "reported",
            12,
        )])
        .await;
    let answer = world
        .get(&reporter, &path("consultations", own, "period=2022-05"))
        .await
        .expect(200);
    assert_eq!(first(&answer)["value"], 12);
    for hidden in [other, "old-66", "vn"] {
        let answer = world
            .get(&reporter, &path("consultations", hidden, "period=2022-05"))
            .await;
        assert_eq!(answer.expect(404)["code"], "record.not_found", "{hidden}");
    }
    let answer = world
        .get(&country, &path("consultations", "vn", "period=2022-05"))
        .await
        .expect(200);
    assert_eq!(first(&answer)["value"], 12);
    assert_eq!(first(&answer)["marks"], json!(["reported", "summed"]));
}

#[tokio::test]
async fn an_organization_sees_its_own_share() {
    let world = TestApp::new().await;
    let credited = |organization: &str, value| FactRow {
        organization_id: Some(organization.into()),
        ..fact(
            "enrollments.voluntary_si",
            "old-643",
            &format!("2022-05-0{value}"),
            "claimed",
            value,
        )
    };
    world
        .write_facts(vec![credited("post", 3), credited("union", 4)])
        .await;
    let post = world.user_of("buudien", "viewer", None, Some("post")).await;
    let ask = path("enrollments.voluntary_si", "old-66", "period=2022-05");
    let answer = world.get(&post, &ask).await.expect(200);
    assert_eq!(
        (&first(&answer)["value"], &answer["organization_id"]),
        (&json!(3), &json!("post"))
    );
    assert_eq!(answer["notices"][0]["code"], "figure.own_organization");
    let stranger = world
        .get(&post, &format!("{ask}&organization_id=union"))
        .await;
    stranger.expect(404);
    let viewer = world.user("xem", "viewer", Some("new-66")).await;
    let all = world.get(&viewer, &ask).await.expect(200);
    assert_eq!(first(&all)["value"], 7);
    let union = world
        .get(&viewer, &format!("{ask}&organization_id=union"))
        .await
        .expect(200);
    assert_eq!(first(&union)["value"], 4);
    let unknown = world
        .get(&viewer, &format!("{ask}&organization_id=nobody"))
        .await
        .expect(200);
    assert_eq!(first(&unknown)["value"], Value::Null);
}

#[tokio::test]
async fn figures_move_to_other_boundaries_and_the_country_stays_the_same() {
    let world = TestApp::new().await;
    let country = world.user("trunguong", "viewer", None).await;
    world
        .write_facts(vec![
            fact(VOLUNTARY, "old-66", "2023-03-31", "reported", 17_452),
            fact(VOLUNTARY, "old-54", "2023-03-31", "reported", 9_001),
            fact(VOLUNTARY, "old-66", "2022-03-31", "reported", 16_744),
        ])
        .await;
    let ask = |unit: &str, rest: &str| {
        path(
            VOLUNTARY,
            unit,
            &format!("period=2023-03&compare=last_year{rest}"),
        )
    };
    let now = world
        .get(&country, &ask("new-66", "&boundaries=2026-01-01"))
        .await
        .expect(200);
    let figure = first(&now);
    assert_eq!(figure["value"], 17_452 + 9_001);
    assert_eq!(figure["boundary_date"], "2026-01-01");
    assert_eq!(
        figure["completeness"],
        json!({ "reported": 2, "expected": 2 })
    );
    assert_eq!(figure["comparisons"][0]["value"], 16_744);
    for boundaries in ["as_was", "2021-11-01", "2025-06-30", "2026-01-01"] {
        let rest = format!("&boundaries={boundaries}");
        let answer = world.get(&country, &ask("vn", &rest)).await.expect(200);
        assert_eq!(first(&answer)["value"], 26_453, "{boundaries}");
    }
    let gone = world
        .get(&country, &ask("old-54", "&boundaries=2026-01-01"))
        .await
        .expect(422);
    let fault = &gone["details"][0];
    assert_eq!(fault["code"], "admin_unit.not_on_boundaries");
    assert!(
        fault["fix"]
            .as_str()
            .unwrap()
            .contains("Tỉnh Đắk Lắk (new-66)"),
        "{fault}"
    );
    let early = world.get(&country, &ask("new-66", "")).await.expect(422);
    let fix = early["details"][0]["fix"].as_str().unwrap();
    assert!(fix.contains("old-66") && fix.contains("old-54"), "{fix}");
}

#[tokio::test]
async fn completeness_counts_those_who_must_report() {
    let world = TestApp::new().await;
    let viewer = world.user("xem", "viewer", Some("new-66")).await;
    // Two of fifteen districts, one of them by one of its communes only.
    world
        .write_facts(vec![
            fact(VOLUNTARY, "old-643", "2023-03-31", "reported", 1_000),
            fact(VOLUNTARY, "old-24305", "2023-03-31", "reported", 10),
        ])
        .await;
    let ask = |unit: &str, rest: &str| path(VOLUNTARY, unit, &format!("period=2023-03{rest}"));
    let answer = world.get(&viewer, &ask("old-66", "")).await.expect(200);
    assert_eq!(
        first(&answer)["completeness"],
        json!({ "reported": 2, "expected": 15 })
    );
    let answer = world
        .get(&viewer, &ask("new-66", "&boundaries=as_now"))
        .await;
    // The clock of the test shows 2022: today's boundaries are those of then.
    answer.expect(422);
    let answer = world
        .get(&viewer, &ask("new-66", "&boundaries=2026-01-01"))
        .await
        .expect(200);
    assert_eq!(
        first(&answer)["completeness"],
        json!({ "reported": 2, "expected": 24 })
    );
    let flow = path("consultations", "old-66", "period=2023-03");
    let answer = world.get(&viewer, &flow).await.expect(200);
    assert_eq!(first(&answer)["completeness"], Value::Null);
}

#[tokio::test]
async fn ratios_are_computed_from_their_parts() {
    let world = TestApp::new().await;
    let viewer = world.user("xem", "viewer", Some("new-66")).await;
    world
        .write_facts(vec![
            fact(
                "participants.compulsory_si",
                "old-66",
                "2023-03-31",
                "reported",
                107_219,
            ),
            fact(VOLUNTARY, "old-66", "2023-03-31", "reported", 17_452),
            fact(
                "labour_force",
                "old-66",
                "2022-12-31",
                "reported",
                1_000_000,
            ),
        ])
        .await;
    let ask = path(
        "coverage.labour_force",
        "old-66",
        "from=2023-02&to=2023-03&compare=previous",
    );
    let answer = world.get(&viewer, &ask).await.expect(200);
    assert_eq!(answer["items"][0]["value"], Value::Null);
    let figure = &answer["items"][1];
    assert_eq!(figure["value"], 125);
    assert_eq!(figure["marks"], json!(["computed", "carried"]));
    assert_eq!(
        figure["parts"][2],
        json!({ "indicator": "labour_force", "value": 1_000_000 })
    );
    assert_eq!(figure["comparisons"][0]["absolute"], Value::Null);
}

#[tokio::test]
async fn every_fault_of_a_question_is_named() {
    let world = TestApp::new().await;
    let viewer = world.user("xem", "viewer", None).await;
    let ask = path(
        "gold",
        "old-999",
        "period=2023-13&boundaries=soon&compare=yesterday&states=sure",
    );
    let answer = world.get(&viewer, &ask).await.expect(422);
    let codes: Vec<&str> = answer["details"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        [
            "indicator.unknown",
            "admin_unit.unknown",
            "period.malformed",
            "boundaries.malformed",
            "word.unknown",
            "word.unknown"
        ]
    );
    for wrong in [
        "from=2023-01",
        "from=2023-02&to=2023-01",
        "from=2023&to=2023-01",
        "from=1900-01-01&to=2023-01-01",
    ] {
        world
            .get(&viewer, &path(VOLUNTARY, "vn", wrong))
            .await
            .expect(422);
    }
    let early = path(VOLUNTARY, "vn", "period=2020-01");
    let answer = world.get(&viewer, &early).await.expect(200);
    assert_eq!(answer["notices"][0]["code"], "boundaries.stand_in");
    assert_eq!(first(&answer)["stands_in"], true);
}

#[tokio::test]
async fn a_breakdown_lists_the_units_below_with_their_figures() {
    let world = TestApp::new().await;
    let viewer = world.user("xem", "viewer", Some("new-66")).await;
    world
        .write_facts(vec![
            fact(VOLUNTARY, "old-643", "2023-03-31", "reported", 1_000),
            fact(VOLUNTARY, "old-643", "2022-03-31", "reported", 900),
            fact(VOLUNTARY, "old-24305", "2023-03-31", "reported", 10),
        ])
        .await;
    let ask = |unit: &str, rest: &str| {
        format!(
            "/api/v1/figures/breakdown?indicator={VOLUNTARY}&admin_unit_id={unit}&period=2023-03&compare=last_year{rest}"
        )
    };
    let answer = world.get(&viewer, &ask("old-66", "")).await.expect(200);
    let rows = answer["items"].as_array().unwrap();
    assert_eq!(rows.len(), 15);
    let row = |id: &str| {
        let found = rows.iter().find(|row| row["admin_unit_id"] == id);
        &found.unwrap()["figures"][0]
    };
    assert_eq!(row("old-643")["value"], 1_000);
    assert_eq!(row("old-643")["comparisons"][0]["absolute"], 100);
    assert_eq!(row("old-644")["value"], 10);
    assert_eq!(row("old-645")["value"], Value::Null);
    let communes = world
        .get(&viewer, &ask("old-644", "&level=commune"))
        .await
        .expect(200);
    assert_eq!(communes["items"].as_array().unwrap().len(), 12);
    let now = world
        .get(
            &viewer,
            &ask("new-66", "&level=district&boundaries=2026-01-01"),
        )
        .await
        .expect(422);
    assert_eq!(now["details"][0]["code"], "figure.no_unit_of_level");
    world.get(&viewer, &ask("old-40", "")).await.expect(404);
    world
        .get(&viewer, &ask("old-66", "&level=village"))
        .await
        .expect(422);
}

#[tokio::test]
async fn a_figure_leads_to_its_records() {
    let world = TestApp::new().await;
    let viewer = world.user("xem", "viewer", Some("new-66")).await;
    let hai = |fact: FactRow| FactRow {
        province_id: "old-54".into(),
        ..fact
    };
    world
        .write_facts(vec![
            fact("consultations", "old-24142", "2022-05-08", "reported", 3),
            fact("consultations", "old-643", "2022-05-09", "reported", 4),
            fact("consultations", "old-643", "2022-06-01", "reported", 5),
            hai(fact("consultations", "old-54", "2022-05-10", "reported", 6)),
            fact(VOLUNTARY, "old-643", "2022-05-15", "reported", 80),
            fact(VOLUNTARY, "old-643", "2022-05-31", "reported", 90),
        ])
        .await;
    let ask = |indicator: &str, unit: &str, rest: &str| {
        format!(
            "/api/v1/figures/records?indicator={indicator}&admin_unit_id={unit}&period=2022-05{rest}"
        )
    };
    let values = |answer: &Value| -> Vec<i64> {
        let items = answer["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["value"].as_i64().unwrap())
            .collect()
    };
    let was = world
        .get(&viewer, &ask("consultations", "old-66", ""))
        .await
        .expect(200);
    assert_eq!(values(&was), [3, 4]);
    assert_eq!(was["items"][0]["source_entity"], "observation");
    assert_eq!(was["items"][0]["admin_unit_name"], "Phường Tân Thành");
    let now = ask("consultations", "new-66", "&boundaries=2026-01-01");
    let answer = world.get(&viewer, &now).await.expect(200);
    assert_eq!(values(&answer), [3, 4, 6]);
    let page = world
        .get(&viewer, &format!("{now}&limit=2"))
        .await
        .expect(200);
    let rest = format!(
        "{now}&limit=2&page={}",
        page["next_page"].as_str().unwrap().replace(' ', "%20")
    );
    let rest = world.get(&viewer, &rest).await.expect(200);
    assert_eq!((values(&page), values(&rest)), (vec![3, 4], vec![6]));
    assert_eq!(rest["next_page"], Value::Null);
    // Of a stock only the latest stand of the period counts.
    let stock = world
        .get(&viewer, &ask(VOLUNTARY, "old-66", ""))
        .await
        .expect(200);
    assert_eq!(values(&stock), [90]);
    world
        .get(&viewer, &ask("consultations", "old-40", ""))
        .await
        .expect(404);
    let ratio = world
        .get(&viewer, &ask("coverage.labour_force", "old-66", ""))
        .await
        .expect(422);
    assert_eq!(ratio["details"][0]["code"], "figure.ratio_has_no_records");
    world
        .get(&viewer, &ask("consultations", "old-66", "&page=x"))
        .await
        .expect(422);
}

#[tokio::test]
async fn what_another_program_writes_is_found_and_own_writes_cause_nothing() {
    let world = TestApp::new().await;
    let other = raquan::app::App::open(world.app.config.clone(), world.app.clock.clone())
        .await
        .expect("a second program on the same database");
    world
        .write_facts(vec![fact(
            VOLUNTARY,
            "old-66",
            "2023-03-31",
            "reported",
            17_452,
        )])
        .await;
    assert!(!world.app.figures.catch_up(&world.app.db).await.unwrap());
    let value = |app: &raquan::app::App| {
        let input = raquan::app::figures::FigureInput {
            indicator: VOLUNTARY.into(),
            admin_unit_id: "old-66".into(),
            period: Some("2023-03".into()),
            ..Default::default()
        };
        let actor = Actor::system(Door::Cli);
        let answer = raquan::app::figures::figure_get(app, &actor, &input).unwrap();
        answer.figures[0].value
    };
    assert_eq!((value(&world.app), value(&other)), (Some(17_452), None));
    assert!(other.figures.catch_up(&other.db).await.unwrap());
    assert_eq!(value(&other), Some(17_452));
    assert!(!other.figures.catch_up(&other.db).await.unwrap());
    // A change that touches no figure builds nothing anew.
    world.user("ai-do", "viewer", None).await;
    assert!(!other.figures.catch_up(&other.db).await.unwrap());
}

mod rebuilt {
    use proptest::prelude::*;
    use raquan::app::figures::{FigureInput, figure_breakdown, figure_get};

    use super::*;

    fn any_fact() -> impl Strategy<Value = FactRow> {
        let indicators = [
            "consultations",
            VOLUNTARY,
            "enrollments.voluntary_si",
            "labour_force",
        ];
        let units = ["old-66", "old-643", "old-24142", "old-24305", "old-54"];
        let days = [
            "2021-06-30",
            "2023-02-28",
            "2023-03-14",
            "2023-03-31",
            "2024-11-05",
            "2025-06-30",
        ];
        let states = ["reported", "claimed", "confirmed"];
        (
            proptest::sample::select(indicators.to_vec()),
            proptest::sample::select(units.to_vec()),
            proptest::sample::select(days.to_vec()),
            proptest::sample::select(states.to_vec()),
            proptest::option::of(proptest::sample::select(vec!["post", "union"])),
            0_i64..10_000,
        )
            .prop_map(
                |(indicator, unit, day, state, organization, value)| FactRow {
                    organization_id: organization.map(str::to_owned),
                    // Few records, so that many writes are corrections.
                    source_id: format!("{indicator} {}", value % 4),
                    ..fact(indicator, unit, day, state, value)
                },
            )
    }

    /// Figures over all boundaries, restated and as they were, and rows below.
    async fn answers(world: &TestApp) -> Vec<String> {
        let actor = Actor::system(Door::Cli);
        let mut found = Vec::new();
        for indicator in [
            "consultations",
            VOLUNTARY,
            "enrollments.voluntary_si",
            "coverage.labour_force",
        ] {
            for (unit, boundaries) in [
                ("vn", "as_was"),
                ("vn", "2026-01-01"),
                ("new-66", "2026-01-01"),
                ("old-66", "2023-01-01"),
            ] {
                let input = FigureInput {
                    indicator: indicator.into(),
                    admin_unit_id: unit.into(),
                    from: Some("2021-H1".into()),
                    to: Some("2025-H2".into()),
                    boundaries: Some(boundaries.into()),
                    compare: Some("previous,last_year".into()),
                    ..FigureInput::default()
                };
                let answer = figure_get(&world.app, &actor, &input).unwrap();
                found.push(format!("{:?}", answer.figures));
                if unit == "old-66" {
                    let below = figure_breakdown(&world.app, &actor, &input, None).unwrap();
                    found.push(format!("{:?}", below.rows));
                }
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4))]
        #[test]
        fn the_figures_give_the_same_answers(facts in proptest::collection::vec(any_fact(), 1..25)) {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let world = TestApp::new().await;
                world.write_facts(facts).await;
                let before = answers(&world).await;
                world.app.figures.figures_rebuild(&world.app.db).await.unwrap();
                prop_assert_eq!(before, answers(&world).await);
                Ok(())
            })?;
        }
    }
}
