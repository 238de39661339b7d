//! The cube by example, on the real units.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use cube::{
    Below, Boundaries, Cell, Cube, CubeError, Days, Eras, Fact, IndicatorIx, Nature, OrgIx, Query,
    State, StateSet,
};
use domain::admin_units::{AdminUnits, UnitIx};
use domain::period::Period;
use jiff::civil::{Date, date};

const ENROLLED: IndicatorIx = IndicatorIx(0);
const PARTICIPANTS: IndicatorIx = IndicatorIx(1);

/// A cube and how the tests speak to it.
struct World {
    cube: Cube,
}

fn unit(id: &str) -> UnitIx {
    AdminUnits::embedded().get(id).unwrap()
}

fn days(period: &str) -> Days {
    Days::from(period.parse::<Period>().unwrap())
}

impl World {
    fn new() -> World {
        let natures = vec![Nature::Flow, Nature::Stock];
        World {
            cube: Cube::new(natures, Eras::of(AdminUnits::embedded())),
        }
    }

    fn with(mut self, indicator: IndicatorIx, id: &str, day: Date, value: i64) -> World {
        self.cube.apply(&fact(indicator, id, day, value)).unwrap();
        self
    }

    fn ask(&self, indicator: IndicatorIx, id: &str, period: &str, boundaries: Boundaries) -> Cell {
        let query = Query {
            indicator,
            states: StateSet::ALL,
            unit: (id != "country").then(|| unit(id)),
            periods: &[days(period)],
            boundaries,
            organization: None,
        };
        self.cube.series(&query).unwrap()[0]
    }

    fn value(&self, indicator: IndicatorIx, id: &str, period: &str) -> Option<i64> {
        self.ask(indicator, id, period, Boundaries::AsWas).value
    }

    fn value_on(&self, indicator: IndicatorIx, id: &str, period: &str, on: Date) -> Option<i64> {
        self.ask(indicator, id, period, Boundaries::On(on)).value
    }
}

fn fact(indicator: IndicatorIx, id: &str, day: Date, value: i64) -> Fact {
    Fact {
        indicator,
        unit: unit(id),
        organization: None,
        day,
        state: State::Reported,
        value,
        reports: 1,
    }
}

#[test]
fn nothing_reported_is_no_value_and_a_reported_zero_is_zero() {
    let world = World::new().with(ENROLLED, "old-16681", date(2022, 5, 31), 0);
    assert_eq!(world.value(ENROLLED, "old-16681", "2022-05"), Some(0));
    assert_eq!(world.value(ENROLLED, "old-40", "2022-05"), Some(0));
    assert_eq!(world.value(ENROLLED, "old-16681", "2022-06"), None);
    assert_eq!(world.value(ENROLLED, "old-38", "2022-05"), None);
}

#[test]
fn a_flow_is_the_sum_of_the_days_of_any_period() {
    let world = World::new()
        .with(ENROLLED, "old-16681", date(2022, 4, 14), 1)
        .with(ENROLLED, "old-16681", date(2022, 4, 15), 10)
        .with(ENROLLED, "old-16681", date(2022, 5, 14), 100)
        .with(ENROLLED, "old-16681", date(2022, 5, 31), 1_000)
        .with(ENROLLED, "old-16684", date(2022, 6, 1), 10_000);
    for (period, expected) in [
        ("2022-05-14", 100),
        ("2022-05", 1_100),
        ("R2022-05", 110),
        ("R2022-06", 11_000),
        ("2022-Q2", 11_111),
        ("2022-H1", 11_111),
        ("2022", 11_111),
    ] {
        assert_eq!(
            world.value(ENROLLED, "old-412", period),
            Some(expected),
            "{period}"
        );
    }
}

#[test]
fn a_stock_is_the_latest_stand_of_each_unit_within_the_period() {
    let world = World::new()
        .with(PARTICIPANTS, "old-16681", date(2022, 4, 30), 500)
        .with(PARTICIPANTS, "old-16681", date(2022, 5, 14), 510)
        .with(PARTICIPANTS, "old-16681", date(2022, 5, 31), 520)
        .with(PARTICIPANTS, "old-16684", date(2022, 4, 30), 70);
    for (period, expected, reports) in [
        ("2022-04", Some(570), 2),
        ("2022-05", Some(520), 1),
        ("R2022-05", Some(580), 2),
        ("R2022-06", Some(520), 1),
        ("2022-Q2", Some(590), 2),
        ("2022-05-14", Some(510), 1),
        ("2022-05-15", None, 0),
    ] {
        let cell = world.ask(PARTICIPANTS, "old-412", period, Boundaries::AsWas);
        assert_eq!((cell.value, cell.reports), (expected, reports), "{period}");
    }
}

#[test]
fn a_correction_replaces_a_value_and_a_withdrawal_leaves_none() {
    let mut world = World::new().with(PARTICIPANTS, "old-16681", date(2022, 4, 30), 500);
    let old = fact(PARTICIPANTS, "old-16681", date(2022, 4, 30), 500);
    world.cube.apply(&old.negated()).unwrap();
    assert_eq!(world.value(PARTICIPANTS, "old-40", "2022-04"), None);
    world.cube.apply(&Fact { value: 501, ..old }).unwrap();
    let cell = world.ask(PARTICIPANTS, "old-40", "2022-04", Boundaries::AsWas);
    assert_eq!(
        (cell.value, cell.reports, cell.summed),
        (Some(501), 1, true)
    );
    let own = world.ask(PARTICIPANTS, "old-16681", "2022-04", Boundaries::AsWas);
    assert!(!own.summed);
}

#[test]
fn a_divided_commune_is_apportioned_but_its_province_is_not() {
    let on = date(2026, 1, 1);
    let world = World::new().with(ENROLLED, "old-24550", date(2023, 3, 31), 31);
    let part = |id| world.ask(ENROLLED, id, "2023-03", Boundaries::On(on));
    let (one, other) = (part("new-24544"), part("new-24561"));
    assert_eq!((one.value, other.value), (Some(16), Some(15)));
    assert!(one.apportioned && other.apportioned);
    assert_eq!((one.reports, other.reports), (1, 1));
    for id in ["new-66", "country"] {
        let whole = part(id);
        assert_eq!(
            (whole.value, whole.reports, whole.apportioned),
            (Some(31), 1, false)
        );
        assert_eq!(whole.boundary_date, on);
    }
}

#[test]
fn two_provinces_come_out_under_the_one_that_follows_them() {
    let world = World::new()
        .with(PARTICIPANTS, "old-24550", date(2023, 3, 31), 17_452)
        .with(PARTICIPANTS, "old-22015", date(2023, 3, 31), 1_000);
    let on = date(2026, 1, 1);
    assert_eq!(world.value(PARTICIPANTS, "old-66", "2023-03"), Some(17_452));
    assert_eq!(
        world.value_on(PARTICIPANTS, "new-66", "2023-03", on),
        Some(18_452)
    );
    assert_eq!(
        world.value(PARTICIPANTS, "country", "2023-03"),
        Some(18_452)
    );
    assert_eq!(
        world.value_on(PARTICIPANTS, "country", "2023-03", on),
        Some(18_452)
    );
}

#[test]
fn a_stock_counts_nobody_twice_when_units_merge_within_the_period() {
    // Đội Cung and Lê Mao became part of Quang Trung on 2024-12-01.
    let world = World::new()
        .with(PARTICIPANTS, "old-16681", date(2024, 11, 30), 100)
        .with(PARTICIPANTS, "old-16684", date(2024, 11, 30), 20)
        .with(PARTICIPANTS, "old-16687", date(2024, 11, 30), 3);
    assert_eq!(world.value(PARTICIPANTS, "old-16681", "2024-Q4"), Some(123));
    let world = world.with(PARTICIPANTS, "old-16681", date(2024, 12, 31), 125);
    for id in ["old-16681", "old-412", "country"] {
        assert_eq!(world.value(PARTICIPANTS, id, "2024-Q4"), Some(125), "{id}");
    }
}

#[test]
fn a_district_s_stand_gives_way_to_those_of_communes_after_the_merger() {
    let world = World::new()
        .with(PARTICIPANTS, "old-412", date(2025, 6, 30), 9_000)
        .with(PARTICIPANTS, "new-16681", date(2025, 12, 31), 4_000);
    assert_eq!(world.value(PARTICIPANTS, "new-40", "2025"), Some(4_000));
    assert_eq!(world.value(PARTICIPANTS, "old-40", "2025-H1"), Some(9_000));
    assert_eq!(
        world.value_on(PARTICIPANTS, "new-40", "2025-H1", date(2026, 1, 1)),
        Some(9_000)
    );
}

#[test]
fn a_month_within_which_boundaries_changed_is_whole() {
    // 2022-04-10: changes in Thái Nguyên.
    let world = World::new()
        .with(ENROLLED, "old-16681", date(2022, 4, 9), 1)
        .with(ENROLLED, "old-16681", date(2022, 4, 10), 2)
        .with(ENROLLED, "old-16681", date(2022, 4, 30), 4);
    let cell = world.ask(ENROLLED, "old-412", "2022-04", Boundaries::AsWas);
    assert_eq!((cell.value, cell.reports), (Some(7), 1));
    assert_eq!(world.value(ENROLLED, "old-412", "R2022-04"), Some(3));
}

#[test]
fn a_unit_that_is_not_on_the_boundaries_is_an_error() {
    let world = World::new();
    let query = Query {
        indicator: ENROLLED,
        states: StateSet::ALL,
        unit: Some(unit("old-66")),
        periods: &[days("2023-03")],
        boundaries: Boundaries::On(date(2026, 1, 1)),
        organization: None,
    };
    assert_eq!(
        world.cube.series(&query),
        Err(CubeError::UnitNotOnBoundary {
            unit: unit("old-66"),
            boundary_date: date(2026, 1, 1)
        })
    );
    let listed = world.cube.breakdown(&query, Below::Children);
    assert!(matches!(listed, Err(CubeError::UnitNotOnBoundary { .. })));
}

#[test]
fn facts_that_cannot_be_are_refused() {
    let mut world = World::new();
    let day = date(2025, 7, 1);
    assert_eq!(
        world.cube.apply(&fact(ENROLLED, "old-16681", day, 1)),
        Err(CubeError::UnitNotInForce {
            unit: unit("old-16681"),
            day
        })
    );
    assert_eq!(
        world.cube.apply(&fact(IndicatorIx(2), "new-16681", day, 1)),
        Err(CubeError::UnknownIndicator {
            indicator: 2,
            known: 2
        })
    );
    assert_eq!(world.value(ENROLLED, "country", "2025-07"), None);
}

#[test]
fn claimed_and_confirmed_stay_apart_and_organizations_have_their_share() {
    let mut world = World::new();
    let day = date(2022, 5, 8);
    for (state, organization, value) in [
        (State::Claimed, Some(OrgIx(7)), 5),
        (State::Claimed, Some(OrgIx(9)), 2),
        (State::Claimed, None, 1),
        (State::Confirmed, Some(OrgIx(7)), 4),
    ] {
        let fact = Fact {
            state,
            organization,
            ..fact(ENROLLED, "old-16681", day, value)
        };
        world.cube.apply(&fact).unwrap();
    }
    let ask = |states, organization| {
        let query = Query {
            indicator: ENROLLED,
            states,
            unit: Some(unit("old-40")),
            periods: &[days("2022-05")],
            boundaries: Boundaries::AsWas,
            organization,
        };
        let groups = world.cube.by_organization(&query).unwrap();
        let groups: Vec<_> = groups
            .into_iter()
            .map(|(organization, cells)| (organization.0, cells[0].value))
            .collect();
        (world.cube.series(&query).unwrap()[0].value, groups)
    };
    let both = StateSet::of(&[State::Claimed, State::Confirmed]);
    assert_eq!(
        ask(StateSet::CLAIMED, None),
        (Some(8), vec![(7, Some(5)), (9, Some(2))])
    );
    assert_eq!(
        ask(StateSet::CONFIRMED, None),
        (Some(4), vec![(7, Some(4))])
    );
    assert_eq!(ask(both, None).0, Some(12));
    assert_eq!(ask(both, Some(OrgIx(7))).0, Some(9));
    assert_eq!(ask(both, Some(OrgIx(8))).0, None);
    assert_eq!(ask(StateSet::REPORTED, None), (None, vec![]));
}

#[test]
fn children_are_listed_on_the_boundaries_asked_for() {
    let world = World::new().with(ENROLLED, "old-24550", date(2023, 3, 31), 31);
    let provinces = |boundaries| {
        let query = Query {
            indicator: ENROLLED,
            states: StateSet::ALL,
            unit: None,
            periods: &[days("2023-03")],
            boundaries,
            organization: None,
        };
        let rows = world.cube.breakdown(&query, Below::Children).unwrap();
        let sum: i64 = rows.iter().filter_map(|row| row.cells[0].value).sum();
        (rows.len(), sum)
    };
    assert_eq!(provinces(Boundaries::AsWas), (63, 31));
    assert_eq!(provinces(Boundaries::On(date(2026, 1, 1))), (34, 31));
}

#[test]
fn threads_can_share_a_cube() {
    let world = World::new().with(ENROLLED, "old-24550", date(2023, 3, 31), 31);
    std::thread::scope(|scope| {
        let ask = || world.value_on(ENROLLED, "new-66", "2023-03", date(2026, 1, 1));
        let asked: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        for answer in asked {
            assert_eq!(answer.join().unwrap(), Some(31));
        }
    });
}
