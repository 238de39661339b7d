//! Reports beside one another, locks, and what a figure may be.

use proptest::prelude::*;

use super::*;
use crate::indicators::Indicators;

const NGHE_AN: &str = "old-40";
const VINH: &str = "old-412";

fn units() -> &'static AdminUnits {
    AdminUnits::embedded()
}

fn unit(id: &str) -> UnitIx {
    units().get(id).unwrap_or_else(|| panic!("no unit {id}"))
}

fn period(text: &str) -> Period {
    text.parse().expect("a period")
}

fn reports(nature: IndicatorNature, made: &[(UnitIx, &str)]) -> Reports<'static> {
    let mut reports = Reports::new(units(), nature);
    for (unit, text) in made {
        reports.add(*unit, period(text));
    }
    reports
}

fn code(reports: &Reports, unit: UnitIx, text: &str) -> &'static str {
    reports
        .clash(unit, period(text))
        .map_or("fine", |fault| fault.code())
}

#[test]
fn one_level_of_a_branch_reports() {
    let commune = units().children(unit(VINH), period("2022-05").last())[0];
    let other = units().children(unit(NGHE_AN), period("2022-05").last())[1];
    for nature in [IndicatorNature::Flow, IndicatorNature::Stock] {
        let made = reports(nature, &[(unit(VINH), "2022-05")]);
        assert_eq!(code(&made, unit(VINH), "2022-05"), "fine", "a correction");
        assert_eq!(code(&made, other, "2022-05"), "fine", "another branch");
        assert_eq!(code(&made, commune, "2022-06"), "fine", "another period");
        for twice in ["2022-05", "R2022-05", "2022-Q2", "2022", "2022-05-08"] {
            let fault = made.clash(commune, period(twice)).expect("counted twice");
            let expected = ObservationFault::ReportedElsewhere {
                unit: unit(VINH),
                period: period("2022-05"),
            };
            assert_eq!(fault, expected);
            assert_eq!(
                code(&made, unit(NGHE_AN), twice),
                "observation.reported_elsewhere"
            );
        }
    }
    let made = reports(IndicatorNature::Flow, &[(commune, "2022-05")]);
    let fault = made.clash(unit(NGHE_AN), period("2022-05")).expect("twice");
    assert!(fault.message_vi(units()).contains("tháng 5 năm 2022"));
}

#[test]
fn one_unit_reports_no_day_of_a_flow_twice_and_no_stand_twice() {
    let flow = reports(IndicatorNature::Flow, &[(unit(VINH), "2022-05")]);
    assert_eq!(code(&flow, unit(VINH), "2022-06"), "fine");
    for twice in ["2022-Q2", "R2022-05", "2022-05-31"] {
        assert_eq!(
            code(&flow, unit(VINH), twice),
            "observation.overlapping_period"
        );
    }
    let stock = reports(IndicatorNature::Stock, &[(unit(VINH), "2022-06")]);
    assert_eq!(code(&stock, unit(VINH), "R2022-06"), "fine");
    assert_eq!(
        code(&stock, unit(VINH), "2022-Q2"),
        "observation.overlapping_period"
    );
}

#[test]
fn a_year_over_a_merger_and_a_month_before_it_count_twice() {
    let today = unit("new-40");
    let year = reports(IndicatorNature::Flow, &[(today, "2025")]);
    let district = unit("old-430");
    assert!(units().at(district, period("2025-03").last()).is_some());
    assert_eq!(
        code(&year, district, "2025-03"),
        "observation.reported_elsewhere"
    );
    assert_eq!(code(&year, district, "2024-03"), "fine");
    let month = reports(IndicatorNature::Flow, &[(district, "2025-03")]);
    assert_eq!(
        code(&month, today, "2025"),
        "observation.reported_elsewhere"
    );
    assert_eq!(code(&month, today, "2025-Q3"), "fine");
    assert_eq!(code(&month, unit("new-66"), "2025"), "fine");
}

#[test]
fn what_is_wrong_alone_is_said_at_once() {
    let indicators = Indicators::embedded();
    let check = |indicator: &str, id: &str, text: &str, value: i64| {
        let indicator = indicators.get(indicator).expect("is in the catalogue");
        let today = jiff::civil::date(2026, 3, 1);
        let faults = faults_alone(units(), indicator, unit(id), period(text), value, today);
        faults
            .iter()
            .map(ObservationFault::code)
            .collect::<Vec<_>>()
    };
    assert!(check("labour_force", NGHE_AN, "2022", MOST).is_empty());
    assert!(check("labour_force", "new-40", "2026", 0).is_empty());
    assert_eq!(
        check("consultations", NGHE_AN, "2026-04", -1),
        [
            "observation.indicator_not_reported",
            "observation.period_in_future",
            "observation.value_out_of_range",
            "admin_unit.not_in_force"
        ]
    );
    assert_eq!(
        check("labour_force", NGHE_AN, "2022", MOST + 1),
        ["observation.value_out_of_range"]
    );
    // A year counts by its last day.
    assert_eq!(
        check("labour_force", NGHE_AN, "2025", 1),
        ["admin_unit.not_in_force"]
    );
}

#[test]
fn a_unit_that_is_gone_leads_to_what_it_became() {
    let day = period("2026-01").last();
    let fault = ObservationFault::NotInForce {
        day,
        holders: units().holders(unit(NGHE_AN), day),
    };
    assert_eq!(
        fault.fix_vi(units()),
        "Vào ngày đó là Tỉnh Nghệ An (new-40): báo cáo theo đơn vị này."
    );
    assert_eq!(
        fault.message_vi(units()),
        "Ngày 31/01/2026 (ngày cuối kỳ) không có đơn vị này."
    );
}

#[test]
fn a_lock_covers_what_lies_below_and_within() {
    let locks = [PeriodLock {
        unit: unit(NGHE_AN),
        period: period("2022-Q2"),
    }];
    let locked = |id: &str, text: &str| lock_of(units(), &locks, unit(id), period(text)).is_some();
    assert!(locked(NGHE_AN, "2022-Q2") && locked(VINH, "2022-05"));
    assert!(!locked(VINH, "2022") && !locked(VINH, "2022-07") && !locked("old-643", "2022-05"));
    assert!(!locked(VINH, "R2022-04"), "it begins in March");
}

#[test]
fn states_have_words() {
    for state in [ObservationState::Submitted, ObservationState::Approved] {
        assert_eq!(ObservationState::parse(state.as_str()), Some(state));
    }
    assert_eq!(ObservationState::parse("locked"), None);
}

fn any_report() -> impl Strategy<Value = (UnitIx, Period)> {
    let on = period("2022-05").last();
    let mut places = vec![unit(NGHE_AN), unit(VINH)];
    places.extend(units().children(unit(VINH), on).into_iter().take(2));
    places.push(units().children(unit(NGHE_AN), on)[1]);
    let texts = [
        "2022-04",
        "2022-05",
        "2022-06",
        "R2022-05",
        "2022-Q2",
        "2022",
        "2022-05-08",
        "2022-07",
    ];
    (
        prop::sample::select(places),
        prop::sample::select(texts.to_vec()),
    )
        .prop_map(|(unit, text)| (unit, period(text)))
}

proptest! {
    /// Whatever is let in, in whatever order: no day of a flow is counted twice along a branch.
    #[test]
    fn nothing_let_in_counts_twice(tried in prop::collection::vec(any_report(), 1..12)) {
        let mut reports = Reports::new(units(), IndicatorNature::Flow);
        let mut held: Vec<(UnitIx, Period)> = Vec::new();
        for (unit, period) in tried {
            let fault = reports.clash(unit, period);
            if fault.is_none() && !held.contains(&(unit, period)) {
                reports.add(unit, period);
                held.push((unit, period));
            }
        }
        for (index, (unit, period)) in held.iter().enumerate() {
            for (other_unit, other) in &held[index + 1..] {
                let on = period.last();
                let branch = units().is_within(*unit, *other_unit, on) || units().is_within(*other_unit, *unit, on);
                let shared = period.first() <= other.last() && other.first() <= period.last();
                prop_assert!(!(branch && shared), "{unit:?} {period} and {other_unit:?} {other}");
            }
        }
    }
}
