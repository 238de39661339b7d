//! The embedded unit data against the counts and facts that their sources state.

use domain::admin_units::{AdminUnits, KNOWN_FROM, Level, UnitIx, UnitKind};
use domain::period::parse_date_iso;
use jiff::civil::{Date, date};

fn day(text: &str) -> Date {
    parse_date_iso(text).expect("a date")
}

fn unit(id: &str) -> UnitIx {
    AdminUnits::embedded()
        .get(id)
        .unwrap_or_else(|| panic!("no unit {id}"))
}

fn count_below(of: Option<UnitIx>, level: Level, on: Date) -> usize {
    let units = AdminUnits::embedded();
    let below = match of {
        Some(unit) => units.descendants(unit, on),
        None => units.units().collect(),
    };
    below
        .iter()
        .filter(|unit| units.at(**unit, on).is_some_and(|row| row.level == level))
        .count()
}

fn count_kinds(level: Level, kinds: &[UnitKind], on: Date) -> Vec<usize> {
    let units = AdminUnits::embedded();
    let rows: Vec<_> = units
        .units()
        .filter_map(|unit| units.at(unit, on))
        .filter(|row| row.level == level)
        .collect();
    kinds
        .iter()
        .map(|kind| rows.iter().filter(|row| row.kind == *kind).count())
        .collect()
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
        let on = day(on);
        assert_eq!(
            Level::ALL.map(|level| count_below(None, level, on)),
            expected,
            "on {on}"
        );
        let numbering = AdminUnits::embedded().numbering(on);
        assert_eq!(
            numbering.len(),
            expected.iter().sum::<usize>() + 1,
            "positions on {on}"
        );
    }
}

#[test]
fn communes_by_kind_at_each_date() {
    let kinds = [
        UnitKind::Commune,
        UnitKind::Ward,
        UnitKind::Township,
        UnitKind::SpecialZone,
    ];
    for (on, expected) in [
        ("2021-11-01", [8_264, 1_723, 612, 0]),
        ("2023-04-10", [8_207, 1_771, 620, 0]),
        ("2024-02-01", [8_198, 1_780, 619, 0]),
        ("2024-05-01", [8_192, 1_784, 619, 0]),
        ("2024-09-01", [8_149, 1_775, 618, 0]),
        ("2024-11-01", [8_105, 1_749, 618, 0]),
        ("2024-12-01", [7_969, 1_733, 620, 0]),
        ("2025-01-01", [7_705, 1_716, 618, 0]),
        ("2025-02-01", [7_694, 1_724, 617, 0]),
        ("2025-03-01", [7_692, 1_726, 617, 0]),
        ("2025-07-01", [2_621, 687, 0, 13]),
        ("2026-04-30", [2_611, 697, 0, 13]),
        ("2026-09-20", [2_599, 709, 0, 13]),
    ] {
        assert_eq!(
            count_kinds(Level::Commune, &kinds, day(on)),
            expected,
            "on {on}"
        );
    }
}

#[test]
fn provinces_and_districts_by_kind() {
    let provinces = [UnitKind::City, UnitKind::Province];
    for (on, expected) in [
        ("2021-11-01", [5, 58]),
        ("2025-01-01", [6, 57]),
        ("2025-07-01", [6, 28]),
        ("2026-04-30", [7, 27]),
        ("2026-09-01", [8, 26]),
        ("2026-09-20", [9, 25]),
    ] {
        assert_eq!(
            count_kinds(Level::Province, &provinces, day(on)),
            expected,
            "on {on}"
        );
    }
    let districts = [
        UnitKind::RuralDistrict,
        UnitKind::City,
        UnitKind::Town,
        UnitKind::UrbanDistrict,
    ];
    assert_eq!(
        count_kinds(Level::District, &districts, day("2025-06-30")),
        [508, 87, 52, 49]
    );
}

#[test]
fn districts_and_communes_of_the_provinces_of_the_campaigns() {
    for (province, last_change, then, now) in [
        ("old-40", "2024-12-01", [21, 460], [20, 412]),
        ("old-66", "2024-11-01", [15, 184], [15, 180]),
        ("old-30", "2024-12-01", [12, 235], [12, 207]),
        ("old-58", "2024-11-01", [7, 65], [7, 62]),
        ("old-31", "2025-01-01", [15, 217], [15, 167]),
        ("old-56", "2024-11-01", [9, 139], [9, 132]),
        ("old-54", "2024-11-01", [9, 110], [9, 106]),
    ] {
        let counts = |on| {
            [Level::District, Level::Commune]
                .map(|level| count_below(Some(unit(province)), level, on))
        };
        assert_eq!(counts(day("2022-05-08")), then, "{province}");
        assert_eq!(counts(day(last_change)), now, "{province}");
        assert_eq!(
            counts(day(last_change).yesterday().expect("a day before")),
            then,
            "{province} changes that day"
        );
    }
    for (province, communes) in [
        ("new-40", 130),
        ("new-66", 102),
        ("new-31", 114),
        ("new-56", 65),
    ] {
        assert_eq!(
            count_below(Some(unit(province)), Level::Commune, day("2026-10-01")),
            communes,
            "{province}"
        );
    }
}

#[test]
fn seven_province_codes_name_another_province_now() {
    let units = AdminUnits::embedded();
    for (code, old_name, new_name, old_code_of_new_name) in [
        ("15", "Yên Bái", "Lào Cai", "10"),
        ("24", "Bắc Giang", "Bắc Ninh", "27"),
        ("44", "Quảng Bình", "Quảng Trị", "45"),
        ("52", "Bình Định", "Gia Lai", "64"),
        ("80", "Long An", "Tây Ninh", "72"),
        ("82", "Tiền Giang", "Đồng Tháp", "87"),
        ("91", "Kiên Giang", "An Giang", "89"),
    ] {
        let (before, after) = (day("2025-06-30"), day("2025-07-01"));
        let named = |code: &str, on| {
            let unit = units
                .by_code(Level::Province, code, on)
                .unwrap_or_else(|| panic!("no province {code} on {on}"));
            units.at(unit, on).expect("in force").name().to_owned()
        };
        assert_eq!(named(code, before), old_name);
        assert_eq!(named(code, after), new_name);
        assert_eq!(named(old_code_of_new_name, before), new_name);
        assert_eq!(
            units.by_code(Level::Province, old_code_of_new_name, after),
            None
        );
    }
}

#[test]
fn a_code_that_passed_to_a_neighbor_is_another_unit() {
    let units = AdminUnits::embedded();
    let code = |code, on| {
        units
            .by_code(Level::Commune, code, day(on))
            .map(|unit| units.id(unit))
    };
    assert_eq!(code("24133", "2024-10-31"), Some("old-24133-1"));
    assert_eq!(code("24133", "2024-11-01"), Some("old-24133"));
    assert_eq!(code("24139", "2024-10-31"), Some("old-24139"));
    assert_eq!(code("24139", "2024-11-01"), None);
    assert_eq!(
        units
            .at(unit("old-24133-1"), day("2024-10-31"))
            .map(|row| row.name()),
        Some("Thắng Lợi")
    );
    assert_eq!(
        units
            .at(unit("old-24133"), day("2024-11-01"))
            .map(|row| row.name()),
        Some("Thành Công")
    );
    assert_eq!(units.at(unit("old-24133"), day("2024-10-31")), None);
}

#[test]
fn before_the_first_known_day_the_first_state_stands_in() {
    let units = AdminUnits::embedded();
    let early = date(2021, 5, 27);
    assert!(AdminUnits::stands_in(early) && !AdminUnits::stands_in(KNOWN_FROM));
    assert_eq!(units.boundary_date(early), KNOWN_FROM);
    assert_eq!(
        units.at(unit("old-58"), early).map(|row| row.name()),
        Some("Ninh Thuận")
    );
    assert_eq!(units.provinces(early).len(), 63);
    assert_eq!(
        units.by_code(Level::Province, "58", early),
        Some(unit("old-58"))
    );
    assert_eq!(units.last_change(), day("2026-09-20"));
}

#[test]
fn the_tree_up_and_down() {
    let units = AdminUnits::embedded();
    let on = day("2023-03-31");
    let krong_na = unit("old-24235");
    assert_eq!(
        units.ancestors(krong_na, on),
        [unit("old-647"), unit("old-66")]
    );
    assert_eq!(units.province_of(krong_na, on), Some(unit("old-66")));
    assert_eq!(units.province_of(unit("old-66"), on), Some(unit("old-66")));
    assert_eq!(units.province_of(krong_na, day("2026-01-01")), None);
    assert_eq!(
        units.province_nearest(krong_na, day("2026-01-01")),
        unit("old-66")
    );
    assert!(
        units.is_within(krong_na, unit("old-66"), on)
            && !units.is_within(krong_na, unit("old-54"), on)
    );
    assert_eq!(
        units.by_name(Some(unit("old-647")), "krong na", on),
        [krong_na]
    );
    assert_eq!(
        units.by_name(Some(unit("old-647")), "XÃ KRÔNG NA", on),
        [krong_na]
    );
    assert_eq!(units.by_name(None, "Đăk Lăk", on), [unit("old-66")]);
    let district = |on| units.ancestors(unit("old-13711"), day(on)).first().copied();
    assert_eq!(
        district("2024-08-31"),
        Some(unit("old-358")),
        "before it moved"
    );
    assert_eq!(district("2024-09-01"), Some(unit("old-356")));
}

#[test]
fn every_subtree_is_one_run_at_every_boundary_date() {
    let units = AdminUnits::embedded();
    for on in units.boundary_dates() {
        let numbering = units.numbering(*on);
        assert_eq!(numbering.boundary_date, *on);
        let everything = numbering.range(None).expect("the country");
        assert_eq!(everything, 0..numbering.len() as u32);
        for position in everything.skip(1) {
            let unit = numbering.unit(position).expect("a unit at every position");
            let range = numbering.range(Some(unit)).expect("a unit in force");
            assert_eq!(range.start, position);
            let mut run = range
                .skip(1)
                .filter_map(|position| numbering.unit(position));
            assert!(
                units.descendants(unit, *on).into_iter().eq(run.by_ref()),
                "{} on {on}",
                units.id(unit)
            );
        }
    }
}

#[test]
fn population_is_known_for_units_of_today_only() {
    let units = AdminUnits::embedded();
    let sum: u64 = units
        .provinces(day("2025-07-01"))
        .into_iter()
        .filter_map(|province| units.population(province)?.people)
        .map(u64::from)
        .sum();
    assert_eq!(sum, 112_093_848);
    assert_eq!(units.population(unit("old-40")), None);
    assert_eq!(
        units
            .population(unit("new-01"))
            .and_then(|known| known.area_hectares),
        Some(335_980)
    );
}
