//! What became of units and what belongs to them through time, on the embedded data.

use domain::admin_units::{AdminUnits, Certainty, Level, Relation, Successor, UnitIx};
use domain::period::parse_date_iso;
use jiff::civil::Date;

const NOW: &str = "2026-10-01";

fn day(text: &str) -> Date {
    parse_date_iso(text).expect("a date")
}

fn unit(id: &str) -> UnitIx {
    AdminUnits::embedded()
        .get(id)
        .unwrap_or_else(|| panic!("no unit {id}"))
}

fn ids(units: impl IntoIterator<Item = UnitIx>) -> Vec<&'static str> {
    let mut ids: Vec<&str> = units
        .into_iter()
        .map(|unit| AdminUnits::embedded().id(unit))
        .collect();
    ids.sort_unstable();
    ids
}

fn after(id: &str, from: &str, to: &str) -> Vec<Successor<'static>> {
    AdminUnits::embedded().successors(unit(id), day(from), day(to))
}

fn before(id: &str, from: &str, to: &str) -> Vec<Successor<'static>> {
    AdminUnits::embedded().predecessors(unit(id), day(from), day(to))
}

fn reached(ways: &[Successor<'_>]) -> Vec<&'static str> {
    ids(ways.iter().filter_map(|way| way.unit))
}

#[test]
fn provinces_of_the_campaigns_went_into_others() {
    for (old, new) in [
        ("old-30", "new-31"),
        ("old-31", "new-31"),
        ("old-58", "new-56"),
        ("old-54", "new-66"),
        ("old-40", "new-40"),
    ] {
        assert_eq!(reached(&after(old, "2022-05-08", NOW)), [new], "{old}");
    }
    assert_eq!(
        reached(&before("new-31", NOW, "2024-05-01")),
        ["old-30", "old-31"]
    );
    assert_eq!(
        reached(&before("new-66", NOW, "2022-05-08")),
        ["old-54", "old-66"]
    );
    assert_eq!(
        reached(&before("new-56", NOW, "2021-05-27")),
        ["old-56", "old-58"]
    );
}

#[test]
fn a_way_through_several_steps_keeps_every_row() {
    let ways = after("old-24139", "2022-05-08", NOW);
    let way = &ways[0];
    assert_eq!(way.unit, Some(unit("new-24133")));
    assert_eq!(
        way.path
            .iter()
            .map(|row| row.date.to_string())
            .collect::<Vec<_>>(),
        ["2024-11-01", "2025-07-01"]
    );
    assert!(way.path.iter().all(|row| row.relation == Relation::Merged));
    assert_eq!(way.certainty, Certainty::Stated);
    let earlier = before("new-24133", NOW, "2022-05-08");
    assert!(
        ["old-24133-1", "old-24139"]
            .iter()
            .all(|id| reached(&earlier).contains(id))
    );
    assert!(
        !reached(&earlier).contains(&"old-24133"),
        "it began in between"
    );
    assert!(
        after("new-24133", "2022-05-08", "2022-05-08").is_empty(),
        "it had not begun"
    );
}

#[test]
fn a_divided_commune_shows_all_parts_and_their_uncertainty() {
    let step = after("old-22024", "2022-05-08", "2024-11-01");
    assert_eq!(reached(&step), ["old-22018", "old-22024", "old-22033"]);
    assert!(
        step.iter()
            .all(|way| way.certainty == Certainty::PartUnknown && way.carries_people)
    );
    let today = after("old-22024", "2022-05-08", NOW);
    assert!(reached(&today).contains(&"new-22015") && reached(&today).contains(&"new-22045"));
    assert!(today.iter().all(|way| way.path.len() >= 2));
}

#[test]
fn land_alone_is_told_apart_from_people() {
    let ways = after("old-18796", "2025-06-30", "2025-07-01");
    let to = |id: &str| {
        ways.iter()
            .find(|way| way.unit == Some(unit(id)))
            .expect("a way")
            .carries_people
    };
    assert!(!to("new-18823"));
    assert!(ways.iter().any(|way| way.carries_people));
    assert!(ways[0].carries_people, "ways of people come first");
    let whole = after("old-12382", "2024-11-30", "2024-12-01");
    assert_eq!(
        whole.iter().filter(|way| way.carries_people).count(),
        1,
        "one successor takes all people"
    );
}

#[test]
fn every_unit_of_the_first_day_leads_to_units_in_force() {
    let units = AdminUnits::embedded();
    let (first, now) = (AdminUnits::known_from(), day(NOW));
    for unit in units
        .units()
        .filter(|unit| units.at(*unit, first).is_some())
    {
        let ways = units.successors(unit, first, now);
        assert!(
            ways.iter().any(|way| way.carries_people),
            "{}",
            units.id(unit)
        );
        assert!(
            ways.iter()
                .all(|way| way.unit.is_some_and(|unit| units.at(unit, now).is_some())),
            "{}",
            units.id(unit)
        );
        for way in &ways {
            assert!(way.path.windows(2).all(|pair| pair[0].date <= pair[1].date));
        }
    }
}

#[test]
fn districts_lead_to_their_province_and_to_communes() {
    let units = AdminUnits::embedded();
    let now = day(NOW);
    assert_eq!(reached(&after("old-647", "2023-03-31", NOW)), ["new-66"]);
    let communes = units.communes(unit("old-647"), now);
    assert!(!communes.is_empty());
    for commune in &communes {
        assert_eq!(units.province_of(*commune, now), Some(unit("new-66")));
    }
    assert_eq!(
        ids(units.communes(unit("old-498"), now)),
        ["new-20333"],
        "an island district became a special zone"
    );
    assert_eq!(units.communes(unit("new-66"), now).len(), 102);
    assert_eq!(ids(units.holders(unit("old-24139"), now)), ["new-24133"]);
    assert_eq!(
        ids(units.holders(unit("new-31"), day("2024-05-01"))),
        ["old-30", "old-31"]
    );
}

#[test]
fn a_right_over_a_province_covers_what_it_took_in() {
    let units = AdminUnits::embedded();
    let lineage = units.lineage(unit("new-31"), day(NOW));
    let has = |id: &str| lineage.contains(&unit(id));
    assert!(has("new-31") && has("old-31") && has("old-30"));
    assert!(!has("old-58") && !has("new-56") && !has("old-22"));
    for province in ["old-30", "old-31"] {
        for on in [day("2022-05-08"), day("2025-06-30")] {
            assert!(
                units
                    .descendants(unit(province), on)
                    .iter()
                    .all(|below| lineage.contains(below)),
                "{province} {on}"
            );
        }
    }
    // Exactly the units that ever lay in one of the three.
    let own = |id: UnitIx| {
        ["new-31", "old-31", "old-30"].contains(&units.id(units.province_nearest(id, day(NOW))))
    };
    assert_eq!(
        lineage,
        units.units().filter(|id| own(*id)).collect::<Vec<_>>()
    );
}

#[test]
fn a_right_over_an_old_province_does_not_reach_the_other_half_of_the_new_one() {
    let units = AdminUnits::embedded();
    let lineage = units.lineage(unit("old-30"), day(NOW));
    let has = |id: &str| lineage.contains(&unit(id));
    assert!(has("old-30") && !has("new-31") && !has("old-31"));
    let communes = lineage
        .iter()
        .filter(|id| units.at(**id, day(NOW)).is_some());
    let communes: Vec<UnitIx> = communes.copied().collect();
    assert_eq!(communes, {
        let mut all = units.communes(unit("old-30"), day(NOW));
        all.sort_unstable();
        all
    });
    assert!(
        units
            .communes(unit("old-31"), day(NOW))
            .iter()
            .all(|commune| !lineage.contains(commune))
    );
}

#[test]
fn a_right_over_a_commune_follows_people_and_not_codes() {
    let units = AdminUnits::embedded();
    // Thành Công of today is made of Thắng Lợi, whose code it bears, and the old Thành Công.
    let lineage = |id, on| ids(units.lineage(unit(id), day(on)));
    assert_eq!(
        lineage("old-24133", "2024-11-01"),
        ["old-24133", "old-24133-1", "old-24139"]
    );
    // A right over the old Thắng Lợi alone does not reach what both became.
    assert_eq!(lineage("old-24133-1", "2024-10-31"), ["old-24133-1"]);
    // Phường 9 gave a part to Phường 2 and goes on: its records stay its own.
    assert!(!lineage("old-22018", "2024-11-01").contains(&"old-22024"));
    assert!(
        lineage("new-22015", NOW).contains(&"old-22024"),
        "once it has ended, both heirs see it"
    );
}

#[test]
fn a_commune_that_moved_belongs_to_one_district_at_a_time() {
    let units = AdminUnits::embedded();
    let covers = |district, on| {
        units
            .lineage(unit(district), day(on))
            .contains(&unit("old-13711"))
    };
    assert!(covers("old-358", "2024-08-31") && !covers("old-356", "2024-08-31"));
    assert!(covers("old-356", "2024-09-01"));
}

#[test]
fn provinces_that_share_records() {
    let units = AdminUnits::embedded();
    assert_eq!(
        ids(units.province_lineage(unit("new-31"))),
        ["new-31", "old-30", "old-31"]
    );
    assert_eq!(
        ids(units.province_lineage(unit("old-30"))),
        ["new-31", "old-30"]
    );
    assert_eq!(
        ids(units.province_lineage(unit("new-40"))),
        ["new-40", "old-40"]
    );
    assert!(units.province_lineage(unit("old-647")).is_empty());
    for province in units
        .units()
        .filter(|unit| units.rows(*unit)[0].level == Level::Province)
    {
        assert!(units.province_lineage(province).contains(&province));
    }
}
