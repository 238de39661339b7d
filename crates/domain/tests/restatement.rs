//! Figures restated between any two boundary dates, on the embedded data.

use std::collections::BTreeMap;

use domain::admin_units::{AdminUnits, Restatement, UnitIx, apportion};
use domain::period::parse_date_iso;
use jiff::civil::Date;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_date_iso(text).expect("a date")
}

fn unit(id: &str) -> UnitIx {
    AdminUnits::embedded()
        .get(id)
        .unwrap_or_else(|| panic!("no unit {id}"))
}

fn restate(restatement: &Restatement, values: &[i64]) -> Vec<i64> {
    let mut restated = vec![0; restatement.to.len()];
    for (source, value) in (0..).zip(values) {
        apportion(*value, restatement.targets(source), |position, part| {
            restated[position as usize] += part
        });
    }
    restated
}

/// Where a value of one unit goes, by id; the country is "".
fn moved(id: &str, value: i64, from: &str, to: &str) -> (BTreeMap<&'static str, i64>, bool) {
    let units = AdminUnits::embedded();
    let restatement = units.restatement(day(from), day(to));
    let source = restatement
        .from
        .position(unit(id))
        .unwrap_or_else(|| panic!("{id} is not in force on {from}"));
    let mut parts = BTreeMap::new();
    apportion(value, restatement.targets(source), |position, part| {
        parts.insert(
            restatement
                .to
                .unit(position)
                .map_or("", |unit| units.id(unit)),
            part,
        );
    });
    (parts, restatement.is_apportioned(source))
}

fn check(
    id: &str,
    value: i64,
    from: &str,
    to: &str,
    expected: &[(&'static str, i64)],
    apportioned: bool,
) {
    let expected = expected.iter().copied().collect();
    assert_eq!(
        moved(id, value, from, to),
        (expected, apportioned),
        "{id} from {from} to {to}"
    );
}

#[test]
fn figures_of_the_campaigns_come_out_under_the_provinces_of_today() {
    check(
        "old-30",
        3_234,
        "2024-05-01",
        "2026-10-01",
        &[("new-31", 3_234)],
        false,
    );
    check(
        "old-58",
        17,
        "2021-05-27",
        "2026-10-01",
        &[("new-56", 17)],
        false,
    );
    check(
        "old-54",
        9,
        "2023-03-31",
        "2026-10-01",
        &[("new-66", 9)],
        false,
    );
    check(
        "old-66",
        17_452,
        "2023-03-31",
        "2026-10-01",
        &[("new-66", 17_452)],
        false,
    );
    let units = AdminUnits::embedded();
    let restatement = units.restatement(day("2024-05-01"), day("2026-10-01"));
    for (old, new) in [
        ("old-30", "new-31"),
        ("old-58", "new-56"),
        ("old-54", "new-66"),
        ("old-66", "new-66"),
        ("old-40", "new-40"),
    ] {
        let target = restatement.to.range(Some(unit(new))).expect("in force");
        for source in restatement.from.range(Some(unit(old))).expect("in force") {
            assert!(
                restatement
                    .targets(source)
                    .iter()
                    .all(|to| target.contains(&to.position)),
                "all of {old} in {new}"
            );
        }
    }
}

#[test]
fn whole_units_take_their_figures_along() {
    check(
        "old-24139",
        5,
        "2022-05-08",
        "2024-11-01",
        &[("old-24133", 5)],
        false,
    );
    check(
        "old-24133-1",
        5,
        "2022-05-08",
        "2026-01-01",
        &[("new-24133", 5)],
        false,
    );
    check(
        "old-24235",
        6,
        "2023-03-31",
        "2023-03-31",
        &[("old-24235", 6)],
        false,
    );
    check(
        "old-498",
        3,
        "2024-05-01",
        "2026-01-01",
        &[("new-20333", 3)],
        false,
    );
    check(
        "old-12382",
        -8,
        "2024-11-30",
        "2024-12-01",
        &[("old-11977", -8)],
        false,
    );
}

#[test]
fn divided_units_are_apportioned() {
    let thirds = [("old-22018", 4), ("old-22024", 3), ("old-22033", 3)];
    check("old-22024", 10, "2024-10-31", "2024-11-01", &thirds, true);
    check(
        "old-24325",
        3_406,
        "2024-10-31",
        "2024-11-01",
        &[("old-24328", 2_911), ("old-24334", 495)],
        true,
    );
    check(
        "old-12094",
        3,
        "2024-11-30",
        "2024-12-01",
        &[("old-12052", 2), ("old-12091", 1)],
        true,
    );
    check(
        "old-429",
        29,
        "2024-11-30",
        "2024-12-01",
        &[("old-412", 4), ("old-429", 25)],
        true,
    );
    check(
        "old-474-1",
        36,
        "2024-12-31",
        "2025-01-01",
        &[("old-474", 22), ("old-475", 14)],
        true,
    );
}

#[test]
fn one_named_successor_without_a_count_is_marked() {
    check(
        "old-28294",
        7,
        "2024-04-30",
        "2024-05-01",
        &[("old-28297", 7)],
        true,
    );
}

#[test]
fn an_abolished_district_leaves_its_own_figures_with_the_province() {
    check(
        "old-647",
        11,
        "2023-03-31",
        "2026-01-01",
        &[("new-66", 11)],
        false,
    );
    let restatement = AdminUnits::embedded().restatement(day("2023-03-31"), day("2026-01-01"));
    let source = restatement
        .from
        .position(unit("old-647"))
        .expect("in force");
    assert!(restatement.marks(source).lifted);
    assert!(
        restatement.marks(source).note_vi().is_some()
            && restatement.marks(source).note_en().is_some()
    );
}

#[test]
fn backward_a_unit_made_of_several_is_apportioned() {
    check(
        "new-31",
        7,
        "2026-01-01",
        "2024-05-01",
        &[("old-30", 4), ("old-31", 3)],
        true,
    );
    check(
        "old-24133",
        -5,
        "2024-11-01",
        "2022-05-08",
        &[("old-24133-1", -3), ("old-24139", -2)],
        true,
    );
    check(
        "new-20333",
        3,
        "2026-01-01",
        "2024-05-01",
        &[("old-498", 3)],
        false,
    );
    check(
        "new-40",
        3,
        "2026-01-01",
        "2024-05-01",
        &[("old-40", 3)],
        false,
    );
}

/// Numbers that look random, small and large, of both signs.
fn values(seed: u64, count: usize) -> Vec<i64> {
    let mut state = seed;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 24) as i64 % 2_000_003 - 1_000_001
    };
    (0..count).map(|_| next() >> (next() & 15)).collect()
}

#[test]
fn the_sum_of_the_country_never_changes() {
    let units = AdminUnits::embedded();
    for from in units.boundary_dates() {
        for to in units.boundary_dates() {
            let restatement = units.restatement(*from, *to);
            assert_eq!(
                (restatement.from.boundary_date, restatement.to.boundary_date),
                (*from, *to)
            );
            let before = values(
                u64::from(from.day_of_year().unsigned_abs()),
                restatement.from.len(),
            );
            let after = restate(&restatement, &before);
            assert_eq!(
                after.iter().sum::<i64>(),
                before.iter().sum::<i64>(),
                "{from} to {to}"
            );
            if from == to {
                assert_eq!(after, before);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_leaves_its_province(seed: u64, from in 0..17_usize, to in 0..17_usize) {
        let units = AdminUnits::embedded();
        let dates = units.boundary_dates();
        let restatement = units.restatement(dates[from.min(to)], dates[from.max(to)]);
        let before = values(seed, restatement.from.len());
        let after = restate(&restatement, &before);
        let sum = |values: &[i64], range: std::ops::Range<u32>| values[range.start as usize..range.end as usize].iter().sum::<i64>();
        let mut expected: BTreeMap<UnitIx, i64> = BTreeMap::new();
        for province in units.provinces(restatement.from.boundary_date) {
            let new = units.holders(province, restatement.to.boundary_date)[0];
            *expected.entry(new).or_default() += sum(&before, restatement.from.range(Some(province)).expect("in force"));
        }
        for (province, value) in expected {
            prop_assert_eq!(sum(&after, restatement.to.range(Some(province)).expect("in force")), value);
        }
    }
}
