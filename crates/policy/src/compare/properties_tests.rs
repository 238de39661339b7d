//! What holds for all comparisons.

use proptest::prelude::*;

use crate::career::{Career, Span};
use crate::compare::{CompareInput, Further, compare};
use crate::person::Scheme;
use crate::retirement::{Birthday, Sex};
use crate::voluntary_si::Categories;
use crate::withdrawal::Reason;
use crate::{AmountVnd, Language, Law, Month, explained};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn both_ways_add_up_or_a_gap_is_named(
        at in 0..120_i32, years in 20..58_i32, months in 1..200_u32, gap in 0..30_i32, income in 1_500_000..25_900_000_i64,
        woman: bool, further in proptest::option::of((0..300_u32, 30..600_i64)),
    ) {
        let today = Month::new(2018, 1).unwrap().plus(at);
        let to = today.plus(-1 - gap);
        let from = to.plus(1 - months as i32);
        prop_assume!(from.year() >= 2008);
        let span = Span {
            from, to, income_vnd: AmountVnd(income), scheme: Scheme::VoluntarySi, categories: Categories::default(),
        };
        let input = CompareInput {
            born: Birthday::Month(today.plus(-years * 12)),
            sex: if woman { Sex::Woman } else { Sex::Man },
            career: Career { spans: vec![span], ..Career::default() },
            reason: Reason::StoppedPaying,
            further: further.map(|(months, income)| Further {
                income_vnd: AmountVnd(income * 50_000), months: Some(months), from: None, categories: Categories::default(),
            }),
            state_support_vnd: None,
            ages: vec![60, 75, 90],
        };
        match explained(|trace| compare(Law::embedded(), today.first_day(), &input, trace)) {
            Ok(answer) => {
                for language in [Language::Vi, Language::En] {
                    for step in answer.explanation(language).steps {
                        prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
                    }
                }
                let both = answer.value;
                let pension = &both.keep.pension;
                prop_assert!(both.at_ages.windows(2).all(|pair| pair[0].keep_vnd <= pair[1].keep_vnd));
                for at in &both.at_ages {
                    prop_assert_eq!(at.keep_vnd - at.withdraw_vnd, at.difference_vnd);
                    let is_past = both.break_even.is_some_and(|even| even.month <= at.month);
                    // Once keeping brings more it stays so: the pension is not below the social pension.
                    prop_assert_eq!(is_past, at.month >= pension.starts && at.difference_vnd >= AmountVnd::ZERO);
                }
                if let Some(further) = both.keep.further {
                    prop_assert_eq!(further.payer_vnd + further.state_support.amount_vnd, further.contribution_vnd);
                    prop_assert!(further.to < pension.starts);
                }
            }
            Err(error) => {
                let known = ["pension.too_short", "parameter.not_in_force", "voluntary_si.income_above_ceiling", "voluntary_si.income_below_floor"];
                prop_assert!(known.contains(&error.code()), "{error}");
            }
        }
    }
}
