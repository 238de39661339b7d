//! The embedded unit data against the counts and facts that their sources state.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use domain::admin_units::{AdminUnits, Level, UnitIx};
use domain::period::parse_date_iso;
use jiff::civil::{Date, date};

fn day(text: &str) -> Date {
    parse_date_iso(text).unwrap()
}

fn unit(id: &str) -> UnitIx {
    AdminUnits::embedded()
        .get(id)
        .unwrap_or_else(|| panic!("no unit {id}"))
}

fn counts(on: Date) -> [usize; 3] {
    let units = AdminUnits::embedded();
    Level::ALL.map(|level| {
        units
            .units()
            .filter(|unit| units.at(*unit, on).is_some_and(|row| row.level == level))
            .count()
    })
}

#[test]
fn counts_at_each_date() {
    for (on, expected) in [
        ("2021-11-01", [63, 705, 10_599]),
        ("2022-05-08", [63, 705, 10_599]),
        ("2023-04-10", [63, 705, 10_598]),
        ("2024-02-01", [63, 705, 10_597]),
        ("2024-05-01", [63, 705, 10_595]),
        ("2024-09-01", [63, 704, 10_542]),
        ("2024-11-01", [63, 704, 10_472]),
        ("2024-12-01", [63, 701, 10_322]),
        ("2025-01-01", [63, 696, 10_039]),
        ("2025-02-01", [63, 696, 10_035]),
        ("2025-03-01", [63, 696, 10_035]),
        ("2025-06-30", [63, 696, 10_035]),
        ("2025-07-01", [34, 0, 3_321]),
        ("2026-04-30", [34, 0, 3_321]),
        ("2026-09-01", [34, 0, 3_321]),
        ("2026-09-20", [34, 0, 3_321]),
    ] {
        assert_eq!(counts(day(on)), expected, "on {on}");
    }
    assert_eq!(
        counts(date(2019, 1, 1)),
        [63, 705, 10_599],
        "the first known state stands in"
    );
}

#[test]
fn a_restatement_exists() {
    let units = AdminUnits::embedded();
    let restatement = units.restatement(day("2022-05-08"), day("2026-10-01"));
    assert!(restatement.from.len() > restatement.to.len());
    assert!(!units.search("tp vinh", None, 5).is_empty());
    assert!(!units.lineage(unit("new-31"), day("2026-10-01")).is_empty());
}
