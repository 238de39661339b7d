//! Finding units by name on the embedded data.

use domain::admin_units::{AdminUnits, Level, SearchHit, UnitIx};
use domain::vietnamese::fold;
use jiff::civil::date;

fn units() -> &'static AdminUnits {
    AdminUnits::embedded()
}

fn search(query: &str) -> Vec<SearchHit<'static>> {
    units().search(query, None, 10)
}

fn unit(id: &str) -> UnitIx {
    units().get(id).unwrap_or_else(|| panic!("no unit {id}"))
}

#[test]
fn the_first_hit_is_what_people_mean() {
    for (query, expected) in [
        ("nghe an", "new-40"),
        ("Nghệ An", "new-40"),
        ("tỉnh nghệ an", "new-40"),
        ("tp vinh", "old-412"),
        ("TP.Vinh", "old-412"),
        ("thanh pho vinh", "old-412"),
        ("krong na", "old-24235"),
        ("xa krong na", "old-24235"),
        ("tx cua lo", "old-413"),
        ("q1", "old-760"),
        ("quan 1", "old-760"),
        ("hcm", "new-79"),
        ("tp hcm", "new-79"),
        ("TPHCM", "new-79"),
        ("dak lak", "new-66"),
        ("tinh phu yen", "old-54"),
        ("phu yen", "new-03910"),
        ("phú yên", "new-22240"),
        ("xã phú yên", "old-10339"),
        ("xa hoa hai", "old-18508"),
        ("phuong hòa hải", "old-20290"),
        ("hoà hải, ngũ hành sơn", "old-20290"),
        ("hoa hai, tinh ha tinh", "old-18508"),
        ("24235", "new-24235"),
        ("old-24133-1", "old-24133-1"),
    ] {
        let hits = search(query);
        let names: Vec<_> = hits
            .iter()
            .map(|hit| (units().id(hit.unit), hit.matched_name))
            .collect();
        assert_eq!(
            names.first().map(|(id, _)| *id),
            Some(expected),
            "{query}: {names:?}"
        );
    }
}

#[test]
fn old_names_lead_to_what_they_became() {
    let hits = search("tp vinh");
    assert!(!hits[0].in_force && hits[0].matched_name == "Thành phố Vinh");
    assert_eq!(hits[0].successors, [unit("new-40")]);
    let hits = search("phường thắng lợi, buôn ma thuột");
    assert_eq!(
        (hits[0].unit, hits[0].successors.as_slice()),
        (unit("old-24133-1"), &[unit("new-24133")][..])
    );
    let hits = search("thừa thiên huế");
    let hue = hits
        .iter()
        .find(|hit| hit.unit == unit("old-46"))
        .expect("its earlier name");
    assert_eq!(
        (hue.matched_name, hue.successors.as_slice()),
        ("Tỉnh Thừa Thiên Huế", &[unit("new-46")][..])
    );
}

#[test]
fn the_day_decides_what_is_in_force() {
    let then = units().search("hai duong", Some(date(2024, 5, 1)), 1);
    assert_eq!((then[0].unit, then[0].in_force), (unit("old-30"), true));
    let now = units().search("tinh hai duong", None, 1);
    assert_eq!(
        (now[0].unit, now[0].in_force, now[0].successors.as_slice()),
        (unit("old-30"), false, &[unit("new-31")][..])
    );
    let not_yet = units().search("hai phong", Some(date(2024, 5, 1)), 10);
    let new = not_yet
        .iter()
        .find(|hit| hit.unit == unit("new-31"))
        .expect("known though not yet in force");
    assert_eq!(
        (new.in_force, new.successors.as_slice()),
        (false, &[unit("old-30"), unit("old-31")][..])
    );
}

#[test]
fn better_fits_then_units_in_force_then_bigger_ones_come_first() {
    let hits = units().search("hai", None, 200);
    assert!(hits.iter().all(|hit| {
        fold(hit.matched_name)
            .split(' ')
            .any(|word| word.starts_with("hai"))
    }));
    let level = |hit: &SearchHit<'_>| units().nearest(hit.unit, units().last_change()).level;
    assert_eq!(level(&hits[0]), Level::Province);
    let exact: Vec<_> = search("hai phong")
        .into_iter()
        .take(2)
        .map(|hit| (hit.unit, hit.in_force))
        .collect();
    assert_eq!(exact, [(unit("new-31"), true), (unit("old-31"), false)]);
}

#[test]
fn kinds_numbers_and_nonsense() {
    let towns = units().search("tx", Some(date(2024, 5, 1)), 20);
    assert_eq!(towns.len(), 20);
    assert!(
        towns
            .iter()
            .all(|hit| fold(hit.matched_name).starts_with("thi xa")
                || fold(hit.matched_name).contains(" tx"))
    );
    let first = units().search("p1", None, 30);
    assert!(
        first
            .iter()
            .all(|hit| hit.matched_name == "Phường 1" || hit.matched_name.ends_with(" 1")),
        "{first:?}"
    );
    assert!(
        units().search("phuong 01", None, 1)[0]
            .matched_name
            .ends_with(" 1")
    );
    for query in [
        "",
        "  ",
        ",",
        "không có đơn vị này",
        "!!!",
        "đ".repeat(5_000).as_str(),
    ] {
        assert!(search(query).is_empty(), "{query:.20}");
    }
    assert!(units().search("ha noi", None, 0).is_empty());
}

#[test]
fn every_unit_is_found_by_its_full_name_without_accents() {
    for unit in units().units().step_by(37) {
        for row in units().rows(unit) {
            let query = fold(&row.full_name);
            let hits = units().search(
                &query,
                row.valid_from.or(Some(AdminUnits::known_from())),
                2_000,
            );
            assert!(
                hits.iter().any(|hit| hit.unit == unit),
                "{query} of {}",
                units().id(unit)
            );
        }
    }
}
