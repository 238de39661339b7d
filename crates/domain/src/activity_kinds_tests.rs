//! The shipped catalogue is right, and every fault of a wrong one is named.

use super::*;

const SHIPPED: &str = include_str!("../../../data/activity_kinds.toml");

/// Every indicator that the shipped catalogue names, as if all existed.
fn all_named(text: &str) -> BTreeSet<String> {
    let table: toml::Table = toml::from_str(text).expect("TOML");
    let mut named = BTreeSet::new();
    for kind in table["kind"].as_array().expect("kinds") {
        if let Some(counts) = kind.get("counts").and_then(toml::Value::as_str) {
            named.insert(counts.to_owned());
        }
        for measure in kind["measures"].as_array().expect("measures") {
            for fed in measure["feeds"].as_array().expect("feeds") {
                named.insert(fed.as_str().expect("an indicator").to_owned());
            }
        }
    }
    named
}

#[test]
fn the_shipped_catalogue_has_the_kinds_of_the_five_campaigns() {
    let kinds = ActivityKinds::parse(SHIPPED, &all_named(SHIPPED)).expect("no faults");
    for id in [
        "launch",
        "parade",
        "information_conference",
        "customer_conference",
        "worker_dialogue",
        "dialogue_session",
        "employer_dialogue",
        "booth",
        "door_to_door",
        "loudspeaker_broadcast",
        "banner",
        "press_piece",
        "social_post",
        "live_stream",
        "training",
        "inspection",
        "gift_handover",
        "app_desk",
        "counselling_round",
    ] {
        assert!(kinds.get(id).is_some(), "{id} is missing");
    }
    assert!(kinds.get("launch").expect("launch").sites);
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| kind.conference)
            .map(|kind| kind.id.as_str())
            .collect::<Vec<_>>(),
        [
            "booth",
            "customer_conference",
            "dialogue_session",
            "employer_dialogue",
            "information_conference",
            "worker_dialogue"
        ]
    );
}

#[test]
fn enrollment_measures_never_feed_what_enrollment_records_feed() {
    let kinds = ActivityKinds::parse(SHIPPED, &all_named(SHIPPED)).expect("no faults");
    for kind in kinds.iter() {
        for measure in &kind.measures {
            assert!(
                measure
                    .feeds
                    .iter()
                    .all(|fed| !fed.starts_with("enrollments.")
                        && fed != "consultations"
                        && fed != "people_counselled"),
                "{} {}",
                kind.id,
                measure.id
            );
        }
    }
}

#[test]
fn every_fault_is_named_at_once() {
    let text = r#"
        [[kind]]
        id = "fair"
        name_vi = ""
        name_en = "Fair"
        channel = "direct"
        counts = "nothing"
        measures = [
          { id = "people", name_vi = "Người", name_en = "People", feeds = ["reached", "reached"] },
          { id = "people", name_vi = "Người", name_en = "People", feeds = ["unknown"] },
        ]
        [[kind]]
        id = "fair"
        name_vi = "Hội chợ"
        name_en = "Fair"
        channel = "direct"
        [[kind]]
        id = "Chợ"
        name_vi = "Chợ"
        name_en = "Market"
        channel = "direct"
        [[kind]]
        name_vi = "Không tên"
        name_en = "Nameless"
        channel = "pigeons"
    "#;
    let indicators = BTreeSet::from(["reached".to_owned()]);
    let faults = ActivityKinds::parse(text, &indicators).expect_err("faults");
    let found: Vec<(&str, &str, &str)> = faults
        .iter()
        .map(|fault| {
            (
                fault.kind.as_str(),
                fault.field.as_str(),
                fault.problem.code(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("fair", "name_vi", "activity_kind.missing_name"),
            ("fair", "counts", "activity_kind.unknown_indicator"),
            ("fair", "measures[0].feeds", "activity_kind.counted_twice"),
            ("fair", "measures[1].id", "activity_kind.duplicate_measure"),
            (
                "fair",
                "measures[1].feeds",
                "activity_kind.unknown_indicator"
            ),
            ("fair", "id", "activity_kind.duplicate"),
            ("Chợ", "id", "activity_kind.bad_id"),
            ("#4", "fields", "activity_kind.malformed"),
        ]
    );
    assert!(faults[1].to_string().contains("'nothing'"), "{}", faults[1]);
    let broken = ActivityKinds::parse("kind = 3", &indicators).expect_err("no table");
    assert_eq!(broken[0].problem.code(), "activity_kind.malformed");
}

#[test]
fn every_channel_has_its_word() {
    for (channel, code) in Channel::ALL {
        assert_eq!(channel.code(), code);
        assert_eq!(Channel::from_code(code), Some(channel));
    }
    assert_eq!(Channel::from_code("pigeons"), None);
}

#[test]
fn kinds_and_indicators_name_each_other() {
    use crate::indicators::{FedBy, Indicators};

    let indicators = Indicators::embedded();
    let ids = indicators.iter().map(|own| own.id.clone()).collect();
    let kinds = ActivityKinds::parse(SHIPPED, &ids)
        .expect("every word of `feeds` and `counts` names an indicator");
    let mut fed: BTreeSet<&str> = BTreeSet::new();
    for kind in kinds.iter() {
        fed.extend(kind.counts.as_deref());
        fed.extend(kind.conference.then_some("conferences"));
        let measures = kind.measures.iter();
        fed.extend(measures.flat_map(|measure| measure.feeds.iter().map(String::as_str)));
    }
    let by_measures: BTreeSet<&str> = indicators
        .iter()
        .filter(|own| own.fed_by == FedBy::Measure)
        .map(|own| own.id.as_str())
        .collect();
    let unfed: Vec<_> = by_measures.difference(&fed).collect();
    assert!(
        unfed.is_empty(),
        "fed by measures, but no kind feeds them: {unfed:?}"
    );
    let others: Vec<_> = fed.difference(&by_measures).collect();
    assert!(
        others.is_empty(),
        "fed by kinds, but data/indicators.toml says otherwise: {others:?}"
    );
}
