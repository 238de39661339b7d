//! What holds for all benefits on a death.

use proptest::prelude::*;

use crate::death::{Deceased, FuneralInput, Rules, SurvivorsInput, funeral, survivors_lump_sum};
use crate::{AmountVnd, Language, Law, Month, NoTrace, explained};

fn rules_in(at: i32) -> Rules {
    let month = Month::new(2018, 1).unwrap().plus(at);
    Rules::on(Law::embedded(), month.first_day()).unwrap()
}

fn known(before: u32, from: u32, average: i64, compulsory: u32) -> SurvivorsInput {
    let paid = average * i64::from(before + from) * 22 / 100;
    SurvivorsInput {
        deceased: Deceased::Average {
            average_vnd: AmountVnd(average),
            months_before_2014: before,
            months_from_2014: from,
            compulsory_months: compulsory,
            paid_vnd: Some(AmountVnd(paid)),
        },
    }
}

proptest! {
    #[test]
    fn more_months_never_bring_less_within_one_part(
        at in 0..120_i32, before in 0..200_u32, from in 60..300_u32, average in 700_000..50_000_000_i64, compulsory in 0..2_u32,
    ) {
        let rules = rules_in(at);
        let of = |from| survivors_lump_sum(&rules, &known(before, from, average, compulsory), &mut NoTrace).unwrap().amount_vnd;
        prop_assert!(of(from) <= of(from + 1));
        let traced = explained(|trace| survivors_lump_sum(&rules, &known(before, from, average, compulsory), trace)).unwrap();
        prop_assert_eq!(traced.value.amount_vnd, of(from));
        for language in [Language::Vi, Language::En] {
            for step in traced.explanation(language).steps {
                prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
            }
        }
    }

    #[test]
    fn the_longer_a_pension_was_drawn_the_less_is_left(at in 0..120_i32, drawn in 0..150_u32, pension in 500_000..20_000_000_i64) {
        let rules = rules_in(at);
        let of = |months_drawn| {
            let deceased = Deceased::Pensioner { pension_vnd: AmountVnd(pension), months_drawn };
            explained(|trace| survivors_lump_sum(&rules, &SurvivorsInput { deceased }, trace)).unwrap()
        };
        let one = of(drawn);
        prop_assert!(of(drawn + 1).value.amount_vnd <= one.value.amount_vnd);
        prop_assert!(one.value.amount_vnd.0 <= 48 * pension);
        for step in one.explanation(Language::En).steps {
            prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
        }
    }

    #[test]
    fn the_funeral_allowance_is_ten_times_the_level_or_nothing(at in 0..120_i32, voluntary in 0..120_u32, compulsory in 0..24_u32, is_pensioner: bool) {
        let rules = rules_in(at);
        let input = FuneralInput { voluntary_months: voluntary, compulsory_months: compulsory, is_pensioner };
        let traced = explained(|trace| funeral(&rules, &input, trace)).unwrap();
        for step in traced.explanation(Language::Vi).steps {
            prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
        }
        let one = traced.value;
        prop_assert_eq!(one.entitled, is_pensioner || voluntary + compulsory >= 60 || compulsory >= 12);
        prop_assert_eq!(one.amount_vnd, if one.entitled { rules.reference_level.value * 10 } else { AmountVnd::ZERO });
    }
}
