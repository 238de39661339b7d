//! The cube against a slow model of it, on random trees, facts and questions.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod model;
mod world;

use cube::{Below, Boundaries, Cell, Cube, CubeError, Days, Nature, Query, StateSet};
use domain::admin_units::UnitIx;
use proptest::prelude::*;

use crate::world::{Dice, NATURES, Question, World};

fn filled(world: &World, facts: &[cube::Fact]) -> Cube {
    let mut cube = Cube::new(NATURES.to_vec(), world.eras());
    for fact in facts {
        cube.apply(fact).unwrap();
    }
    cube
}

fn query(question: &Question, unit: Option<UnitIx>) -> Query<'_> {
    Query {
        indicator: question.indicator,
        states: question.states,
        unit,
        periods: &question.periods,
        boundaries: question.boundaries,
        organization: question.organization,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn answers_are_those_of_the_model(seed: u64, units in 6_usize..200, eras in 1_usize..5, facts in 0_usize..300) {
        let dice = &mut Dice::new(seed);
        let world = World::new(dice, units, eras);
        let facts = world.facts(dice, facts);
        let cube = filled(&world, &facts);
        for _ in 0..20 {
            let question = Question::random(dice, &world.numberings);
            let unit = world.unit(dice);
            let expected: Option<Vec<Cell>> =
                question.periods.iter().map(|days| model::figure(&world, &facts, &question, *days, unit)).collect();
            match cube.series(&query(&question, unit)) {
                Ok(cells) => prop_assert_eq!(Some(cells), expected, "{:?} of {:?}", question, unit),
                Err(error) => {
                    let is_missing = matches!(error, CubeError::UnitNotOnBoundary { unit: missing, .. } if Some(missing) == unit);
                    prop_assert!(is_missing && expected.is_none(), "{error}");
                }
            }
        }
    }

    #[test]
    fn the_order_of_facts_does_not_matter(seed: u64, units in 6_usize..200, eras in 1_usize..5, facts in 0_usize..300) {
        let dice = &mut Dice::new(seed);
        let world = World::new(dice, units, eras);
        let mut facts = world.facts(dice, facts);
        let cube = filled(&world, &facts);
        dice.shuffle(&mut facts);
        let rebuilt = filled(&world, &facts);
        for _ in 0..20 {
            let question = Question::random(dice, &world.numberings);
            let unit = world.unit(dice);
            prop_assert_eq!(cube.series(&query(&question, unit)), rebuilt.series(&query(&question, unit)));
            prop_assert_eq!(
                cube.by_organization(&query(&question, unit)),
                rebuilt.by_organization(&query(&question, unit))
            );
        }
    }

    #[test]
    fn breakdowns_and_rollups_list_what_single_questions_answer(seed: u64, units in 6_usize..100, eras in 1_usize..5) {
        let dice = &mut Dice::new(seed);
        let world = World::new(dice, units, eras);
        let facts = world.facts(dice, 100);
        let cube = filled(&world, &facts);
        let question = Question::random(dice, &world.numberings);
        let all: Vec<UnitIx> = (0..units as u32).map(UnitIx).collect();
        let rows = cube.breakdown(&query(&question, None), Below::Units(&all)).unwrap();
        prop_assert_eq!(rows.len(), all.len());
        for (row, unit) in rows.iter().zip(&all) {
            prop_assert_eq!(row.unit, *unit);
            for (cell, days) in row.cells.iter().zip(&question.periods) {
                let expected = model::figure(&world, &facts, &question, *days, Some(*unit));
                match expected {
                    Some(expected) => prop_assert_eq!(*cell, expected),
                    None => prop_assert_eq!((cell.value, cell.reports), (None, 0)),
                }
            }
        }
        if question.organization.is_none() {
            let rolled = cube
                .rollup(&[question.indicator], question.states, &all, &question.periods, question.boundaries)
                .unwrap();
            let listed: Vec<Cell> = rows.iter().flat_map(|row| row.cells.clone()).collect();
            prop_assert_eq!(rolled, listed);
        }
        if let Ok(children) = cube.breakdown(&query(&question, world.unit(dice)), Below::Children) {
            for row in children {
                let found = rows.iter().find(|other| other.unit == row.unit);
                prop_assert_eq!(Some(&row), found);
            }
        }
    }

    #[test]
    fn reporters_are_the_units_that_cells_count(seed: u64, units in 6_usize..200, eras in 1_usize..5) {
        let dice = &mut Dice::new(seed);
        let world = World::new(dice, units, eras);
        let facts = world.facts(dice, 100);
        let cube = filled(&world, &facts);
        let mut question = Question::random(dice, &world.numberings);
        question.boundaries = Boundaries::AsWas;
        question.organization = None;
        for days in question.periods.clone() {
            let numbering = world.numbering(days.last);
            let everybody = 0..numbering.len() as u32;
            let found = cube.reporters(question.indicator, question.states, days, everybody.clone()).unwrap();
            let is_one_era = numbering == world.numbering(days.first);
            for position in everybody {
                let periods = [days];
                let of_unit = Query { periods: &periods, ..query(&question, numbering.unit(position)) };
                let cell = cube.series(&of_unit).unwrap()[0];
                let range = numbering.range_at(position);
                prop_assert_eq!(found.any(range.clone()), cell.reports > 0, "{} of {:?}", position, range);
                if is_one_era {
                    prop_assert_eq!(found.count(range.clone()), cell.reports);
                    prop_assert_eq!(found.contains(position) && cell.reports == 1, cell.reports == 1 && !cell.summed);
                }
                let within = cube.reporters(question.indicator, question.states, days, range.clone()).unwrap();
                prop_assert_eq!(within.any(range.clone()), found.any(range));
            }
        }
    }

    #[test]
    fn sums_of_the_country_are_equal_on_every_boundary(seed: u64, units in 6_usize..200, eras in 2_usize..5) {
        let dice = &mut Dice::new(seed);
        let world = World::new(dice, units, eras);
        let cube = filled(&world, &world.facts(dice, 200));
        let question = Question::random(dice, &world.numberings);
        let is_flow = NATURES[question.indicator.0 as usize] == Nature::Flow;
        for days in &question.periods {
            // A stock over a change of boundaries depends on which stands lie on the same territory.
            if !is_flow && world.numbering(days.first) != world.numbering(days.last) {
                continue;
            }
            let on = |numbering: &std::sync::Arc<domain::admin_units::Numbering>| {
                let boundaries = Boundaries::On(numbering.boundary_date);
                let question = Question { boundaries, periods: vec![*days], ..question.clone() };
                let cell = cube.series(&query(&question, None)).unwrap()[0];
                (cell.value, cell.reports)
            };
            let sums: Vec<_> = world.numberings.iter().map(on).collect();
            prop_assert!(sums.iter().all(|sum| *sum == sums[0]), "{sums:?}");
        }
    }

    #[test]
    fn shares_of_organizations_add_up(seed: u64, units in 6_usize..200) {
        let dice = &mut Dice::new(seed);
        let world = World::new(dice, units, 1);
        let mut facts = world.facts(dice, 200);
        facts.retain(|fact| fact.organization.is_some());
        let cube = filled(&world, &facts);
        let question = Question { organization: None, indicator: cube::IndicatorIx(0), ..Question::random(dice, &world.numberings) };
        let whole = cube.series(&query(&question, None)).unwrap();
        let parts = cube.by_organization(&query(&question, None)).unwrap();
        for (index, cell) in whole.iter().enumerate() {
            let sum: i64 = parts.iter().filter_map(|(_, cells)| cells[index].value).sum();
            prop_assert_eq!(cell.value.unwrap_or(0), sum);
        }
    }

    #[test]
    fn months_of_a_flow_add_up_to_the_year(seed: u64, units in 6_usize..200, eras in 1_usize..4) {
        let dice = &mut Dice::new(seed);
        let world = World::new(dice, units, eras);
        let cube = filled(&world, &world.facts(dice, 300));
        let year = domain::period::Period::containing(domain::period::PeriodKind::Year, jiff::civil::date(2022, 3, 1));
        let months: Vec<Days> = year.months().into_iter().map(Days::from).collect();
        let boundaries = Boundaries::On(world.numberings[0].boundary_date);
        let unit = world.numberings[0].unit(1);
        let ask = |periods: &[Days]| {
            let query = Query {
                indicator: cube::IndicatorIx(0),
                states: StateSet::ALL,
                unit,
                periods,
                boundaries,
                organization: None,
            };
            cube.series(&query).unwrap().iter().filter_map(|cell| cell.value).sum::<i64>()
        };
        prop_assert_eq!(ask(&months), ask(&[Days::from(year)]));
    }
}
