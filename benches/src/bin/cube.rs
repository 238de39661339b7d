//! Figures in the engine: eight million observations loaded, asked, corrected, rolled up and restated.

use std::hint::black_box;

use benches::{
    Dice, Spread, load_average, machine_line, measure, print_head, print_note, print_row,
    resident_bytes,
};
use cube::{
    Below, Boundaries, Cube, Days, Eras, Fact, IndicatorIx, Nature, Query, State, StateSet,
};
use domain::admin_units::{AdminUnits, Level, UnitIx};
use domain::period::{Period, PeriodKind};
use jiff::civil::{Date, date};

const INDICATORS: usize = 40;
const MONTHS: usize = 60;

fn main() {
    println!("{}; load {} at the start\n", machine_line(), load_average());
    let units = AdminUnits::embedded();
    print_head();
    let loaded = measure_load(units);
    measure_questions(units, loaded);
    measure_restatement(units);
    measure_province_year(units);
}

fn fact(indicator: usize, unit: UnitIx, day: Date, value: usize) -> Fact {
    Fact {
        indicator: IndicatorIx(indicator as u16),
        unit,
        organization: None,
        day,
        state: State::Reported,
        value: value as i64,
        reports: 1,
    }
}

fn months(first: Date, count: usize) -> Vec<Days> {
    let mut month = Period::month(first);
    let mut all = Vec::with_capacity(count);
    for _ in 0..count {
        all.push(Days::from(month));
        month = month.next();
    }
    all
}

fn communes(units: &AdminUnits, on: Date) -> Vec<UnitIx> {
    let level = |unit: &UnitIx| {
        units
            .at(*unit, on)
            .is_some_and(|row| row.level == Level::Commune)
    };
    units.units().filter(level).collect()
}

/// Half of the indicators flows, half stocks.
fn natures() -> Vec<Nature> {
    (0..INDICATORS)
        .map(|index| {
            if index % 2 == 0 {
                Nature::Flow
            } else {
                Nature::Stock
            }
        })
        .collect()
}

/// 60 months from the merger on, month after month as reports come in.
fn load(units: &'static AdminUnits, communes: &[UnitIx], periods: &[Days]) -> Cube {
    let mut cube = Cube::new(natures(), Eras::of(units));
    let mut dice = Dice::new(1);
    for period in periods {
        for commune in communes {
            for indicator in 0..INDICATORS {
                let fact = fact(indicator, *commune, period.last, dice.below(10_000));
                cube.apply(&fact)
                    .expect("the communes are in force in these months");
            }
        }
    }
    cube
}

fn measure_load(units: &'static AdminUnits) -> Cube {
    let communes = communes(units, date(2025, 7, 1));
    let periods = months(date(2025, 7, 1), MONTHS);
    let count = communes.len() * MONTHS * INDICATORS;
    let before = resident_bytes();
    let mut loaded = None;
    let spread = measure(3, |_| {
        loaded = None;
        loaded = Some(load(units, &communes, &periods));
    });
    let cube = loaded.expect("it was loaded at least once");
    print_row(&format!("load of {count} observations"), &spread);
    let resident = resident_bytes() - before;
    print_note(
        "memory for them",
        &format!(
            "{:.1} MB, {:.2} bytes each (resident {:.1} MB more than before)",
            cube.size_bytes() as f64 / 1e6,
            cube.size_bytes() as f64 / count as f64,
            resident as f64 / 1e6,
        ),
    );
    cube
}

fn query(indicator: usize, unit: Option<UnitIx>, periods: &[Days]) -> Query<'_> {
    Query {
        indicator: IndicatorIx(indicator as u16),
        states: StateSet::REPORTED,
        unit,
        periods,
        boundaries: Boundaries::AsWas,
        organization: None,
    }
}

fn measure_questions(units: &'static AdminUnits, mut cube: Cube) {
    let periods = months(date(2025, 7, 1), MONTHS);
    let provinces = units.provinces(date(2025, 7, 1));
    let mut dice = Dice::new(2);
    let spread = measure(20_000, |_| {
        let (indicator, province) = (
            dice.below(INDICATORS),
            provinces[dice.below(provinces.len())],
        );
        black_box(
            cube.series(&query(indicator, Some(province), &periods))
                .expect("provinces exist"),
        );
    });
    print_row("series: a province × 60 months × 1 indicator", &spread);

    let spread = measure(2_000, |_| {
        black_box(
            cube.series(&query(dice.below(INDICATORS), None, &periods))
                .expect("the country exists"),
        );
    });
    print_row("series: the country × 60 months × 1 indicator", &spread);

    let quarters: Vec<Days> = (0..20)
        .map(|quarter| Days {
            first: periods[quarter * 3].first,
            last: periods[quarter * 3 + 2].last,
        })
        .collect();
    let spread = measure(2_000, |_| {
        let (indicator, province) = (
            dice.below(INDICATORS),
            provinces[dice.below(provinces.len())],
        );
        black_box(
            cube.series(&query(indicator, Some(province), &quarters))
                .expect("provinces exist"),
        );
    });
    print_row("series: a province × 20 quarters × 1 indicator", &spread);

    let indicators: Vec<IndicatorIx> = (0..INDICATORS as u16).map(IndicatorIx).collect();
    let spread = measure(50, |_| {
        let cells = cube.rollup(
            &indicators,
            StateSet::REPORTED,
            &provinces,
            &periods,
            Boundaries::AsWas,
        );
        black_box(cells.expect("the indicators are known"));
    });
    print_row(
        &format!(
            "rollup: {} provinces × 60 months × {INDICATORS} indicators",
            provinces.len()
        ),
        &spread,
    );

    let all = communes(units, date(2025, 7, 1));
    let spread = measure(500, |run| {
        let month = &periods[run % MONTHS..=run % MONTHS];
        black_box(
            cube.breakdown(
                &query(dice.below(INDICATORS), None, month),
                Below::Units(&all),
            )
            .expect("known"),
        );
    });
    print_row(
        &format!("map: {} communes × 1 month × 1 indicator", all.len()),
        &spread,
    );

    let spread = measure(20_000, |_| {
        let (indicator, commune) = (dice.below(INDICATORS), all[dice.below(all.len())]);
        let month = dice.below(MONTHS);
        let added = fact(
            indicator,
            commune,
            periods[month].last,
            1 + dice.below(1_000),
        );
        let month = &periods[month..=month];
        let before = cube
            .series(&query(indicator, Some(commune), month))
            .expect("communes exist")[0]
            .value;
        cube.apply(&added).expect("communes exist");
        let after = cube
            .series(&query(indicator, Some(commune), month))
            .expect("communes exist")[0]
            .value;
        assert_eq!(
            before.map(|before| before + added.value),
            after,
            "a written value is in the next answer"
        );
    });
    print_row(
        "a question, a write, the question again with the written value",
        &spread,
    );
}

/// 60 months up to the merger on the communes of each month (10,599 at first, 10,035 at last),
/// asked for the 3,321 communes of today.
fn measure_restatement(units: &'static AdminUnits) {
    let periods = months(date(2020, 7, 1), MONTHS);
    let mut cube = Cube::new(vec![Nature::Flow, Nature::Stock], Eras::of(units));
    let mut dice = Dice::new(3);
    let mut count = 0;
    for period in &periods {
        for commune in communes(units, period.last) {
            for indicator in 0..2 {
                let fact = fact(indicator, commune, period.last, dice.below(10_000));
                cube.apply(&fact)
                    .expect("the communes are in force in these months");
            }
            count += 1;
        }
    }
    let on = Boundaries::On(date(2026, 1, 1));
    let all = communes(units, date(2026, 1, 1));
    let restate = |indicator| {
        let query = Query {
            boundaries: on,
            ..query(indicator, None, &periods)
        };
        cube.breakdown(&query, Below::Units(&all))
            .expect("the indicator is known")
    };
    let country = |boundaries| {
        let query = Query {
            boundaries,
            ..query(0, None, &periods)
        };
        let cells = cube.series(&query).expect("the country exists");
        cells.into_iter().map(|cell| cell.value).collect::<Vec<_>>()
    };
    assert_eq!(
        country(on),
        country(Boundaries::AsWas),
        "the country's sums are equal on all boundaries"
    );

    let what = format!(
        "restatement: {count} values of old communes × 60 months to {} communes",
        all.len()
    );
    // The country's sums above need no way from commune to commune, so the first run makes these ways.
    print_row(
        &format!("{what}, first in the process"),
        &measure(1, |_| drop(black_box(restate(0)))),
    );
    print_row(
        &format!("{what}, again"),
        &measure(20, |_| drop(black_box(restate(0)))),
    );
    let provinces = units.provinces(date(2026, 1, 1));
    let spread: Spread = measure(2_000, |run| {
        let query = Query {
            boundaries: on,
            ..query(run % 2, Some(provinces[run % provinces.len()]), &periods)
        };
        black_box(cube.series(&query).expect("provinces exist"));
    });
    print_row(
        "series: a province of today × 60 months before the merger",
        &spread,
    );
}

/// Memory of one province's year: Nghệ An 2022, 40 indicators, a quarter of the flows recorded day by day.
fn measure_province_year(units: &'static AdminUnits) {
    let mut cube = Cube::new(natures(), Eras::of(units));
    let province = units.get("old-40").expect("Nghệ An is among the units");
    let mut dice = Dice::new(4);
    let mut count = 0;
    for period in months(date(2022, 1, 1), 12) {
        for commune in units.descendants(province, period.last) {
            if units
                .at(commune, period.last)
                .is_none_or(|row| row.level != Level::Commune)
            {
                continue;
            }
            for indicator in 0..INDICATORS {
                let mut day = period.last;
                let reports = if indicator % 8 == 0 { 10 } else { 1 };
                for _ in 0..reports {
                    // A unit may be renumbered within the month; its days are then those it was in force.
                    if cube
                        .apply(&fact(indicator, commune, day, dice.below(100)))
                        .is_ok()
                    {
                        count += 1;
                    }
                    day = day.saturating_sub(jiff::Span::new().days(3));
                }
            }
        }
    }
    print_note(
        &format!("memory for one province's year: {count} values, {INDICATORS} indicators"),
        &format!("{:.1} MB", cube.size_bytes() as f64 / 1e6),
    );
    let year = [Days::from(Period::containing(
        PeriodKind::Year,
        date(2022, 1, 1),
    ))];
    let spread = measure(2_000, |run| {
        black_box(
            cube.series(&query(run % INDICATORS, Some(province), &year))
                .expect("Nghệ An existed in 2022"),
        );
    });
    print_row(
        "a year's figure of 460 communes over the changes of boundaries of 2022",
        &spread,
    );
}
