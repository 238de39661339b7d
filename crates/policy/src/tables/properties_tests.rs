//! What holds for all tables and curves.

use proptest::prelude::*;

use crate::career::Career;
use crate::compare::Further;
use crate::pension::{self, AmountInput};
use crate::retirement::{Birthday, Sex};
use crate::tables::{CurveInput, LeafletInput, curve, leaflet};
use crate::voluntary_si::{Categories, Category};
use crate::{AmountVnd, Language, Law, Month, NoTrace, explained};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_row_is_what_the_single_calculations_give(at in 0..120_i32, incomes in proptest::collection::vec(30..500_i64, 1..4), years in proptest::collection::vec(1..45_u32, 1..6)) {
        let on = Month::new(2018, 1).unwrap().plus(at).first_day();
        let mut incomes: Vec<AmountVnd> = incomes.into_iter().map(|income| AmountVnd(income * 50_000 + 700_000)).collect();
        incomes.sort();
        let input = LeafletInput { years: years.clone(), incomes_vnd: incomes.clone(), categories: Category::ALL.to_vec(), residence: None };
        let table = explained(|trace| leaflet(Law::embedded(), on, &input, trace)).unwrap();
        for step in table.explanation(Language::Vi).steps {
            prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
        }
        let rules = pension::Rules::on(Law::embedded(), on).unwrap();
        let table = table.value;
        prop_assert_eq!(table.rows.len(), years.len() * incomes.len() * 5);
        for row in &table.rows {
            prop_assert_eq!(row.payer_vnd + row.state_vnd + row.local_vnd, row.contribution_vnd);
            prop_assert_eq!(row.payer_total_vnd + row.support_total_vnd, row.contribution_vnd * i64::from(row.years * 12));
            for (sex, cell) in [(Sex::Man, row.man), (Sex::Woman, row.woman)] {
                let asked = AmountInput {
                    sex, months: row.years * 12, average_vnd: row.income_vnd, compulsory_months: 0, months_after_age: 0,
                    treaty_months: 0, early: None, starts: None,
                };
                match (pension::amount(&rules, &asked, &mut NoTrace), cell) {
                    (Ok(pension), Some(cell)) => {
                        prop_assert_eq!(pension.pension_vnd, cell.pension_vnd);
                        prop_assert_eq!(pension.one_time_allowance.amount_vnd, cell.one_time_allowance_vnd);
                        let back = cell.pension_vnd * cell.months_to_recover + cell.one_time_allowance_vnd;
                        prop_assert!(back >= row.payer_total_vnd);
                    }
                    (Err(error), None) => prop_assert_eq!(error.code(), "pension.too_short"),
                    (single, cell) => prop_assert!(false, "{single:?} {cell:?}"),
                }
            }
        }
    }

    #[test]
    fn a_curve_never_falls(at in 0..108_i32, years in 18..50_i32, months in 1..400_u32, income in 30..500_i64, woman: bool) {
        let today = Month::new(2018, 1).unwrap().plus(at);
        let input = CurveInput {
            born: Birthday::Month(today.plus(-years * 12)),
            sex: if woman { Sex::Woman } else { Sex::Man },
            career: Career::default(),
            further: Some(Further { income_vnd: AmountVnd(income * 50_000 + 700_000), months: Some(months), from: None, categories: Categories::default() }),
            until_age: 90,
        };
        match explained(|trace| curve(Law::embedded(), today.first_day(), &input, trace)) {
            Ok(answer) => {
                for step in answer.explanation(Language::En).steps {
                    prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
                }
                let curve = answer.value;
                let grows = |pair: &[crate::tables::CurvePoint]| {
                    pair[0].payer_total_vnd <= pair[1].payer_total_vnd
                        && pair[0].state_total_vnd <= pair[1].state_total_vnd
                        && pair[0].pension_total_vnd <= pair[1].pension_total_vnd
                };
                prop_assert!(curve.points.windows(2).all(grows));
                let last = curve.points.last().unwrap();
                prop_assert_eq!(last.age, 90);
                let further = curve.further.unwrap();
                if last.month >= further.to {
                    prop_assert_eq!(last.payer_total_vnd, further.payer_vnd);
                }
                for point in &curve.points {
                    let recovered = point.month >= curve.recovered_in;
                    let covered = point.month >= curve.pension.starts && point.pension_total_vnd >= point.payer_total_vnd;
                    prop_assert_eq!(recovered, covered);
                }
            }
            Err(error) => prop_assert_eq!(error.code(), "pension.too_short"),
        }
    }
}
