//! What holds for all allowances from own contributions.

use proptest::prelude::*;

use crate::own_allowance::{OwnAllowanceInput, Rules, own_allowance};
use crate::retirement::{Birthday, Sex};
use crate::{AmountVnd, Language, Law, Month, explained};

proptest! {
    #[test]
    fn it_pays_out_what_was_earned_and_reaches_the_social_pension(
        at in 0..30_i32, months in 12..180_u32, average in 700_000..50_000_000_i64, later in 0..150_i32, poor: bool, woman: bool,
    ) {
        let on = Month::new(2025, 7).unwrap().plus(at).first_day();
        let rules = Rules::on(Law::embedded(), on).unwrap();
        let born = Month::new(1976, 1).unwrap();
        let sex = if woman { Sex::Woman } else { Sex::Man };
        let age = if woman { 720 } else { 744 };
        let input = OwnAllowanceInput {
            born: Birthday::Month(born), sex, months, compulsory_months: 0, average_vnd: AmountVnd(average),
            requested_in: Some(born.plus(age + later)), poor_or_near_poor: poor,
        };
        match explained(|trace| own_allowance(&rules, &input, trace)) {
            Ok(answer) => {
                for language in [Language::Vi, Language::En] {
                    for step in answer.explanation(language).steps {
                        prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
                    }
                }
                let one = answer.value;
                prop_assert!(one.monthly_vnd >= AmountVnd(500_000));
                prop_assert!(one.months <= one.horizon_months && one.months <= one.earned_months);
                // What is paid, with what may be paid in, covers every month until the social pension.
                let paid = one.monthly_vnd.0 * one.months + one.payment_to_be_covered_vnd.0;
                prop_assert!(paid >= 500_000 * one.horizon_months - one.horizon_months);
                // Not less than was earned, up to the rounding of each month.
                prop_assert!(one.monthly_vnd.0 * one.months + one.months >= one.earned_months * 500_000);
            }
            Err(error) => {
                prop_assert_eq!(error.code(), "own_allowance.social_pension_age");
                let social_age = if poor { 840 } else { 900 };
                prop_assert!(age + later >= social_age);
            }
        }
    }
}
