//! What holds for everybody's retirement.

use proptest::prelude::*;

use crate::retirement::{
    AgeInput, Birthday, BoughtPeriod, EntitlementInput, Rules, Sex, age_reached, entitlement,
};
use crate::{Language, Law, Month, NoTrace, explained};

fn rules_in(month: i32) -> Rules {
    let first = Month::new(2018, 1).unwrap();
    Rules::on(Law::embedded(), first.plus(month).first_day()).unwrap()
}

fn birthdays() -> impl Strategy<Value = Birthday> {
    let months = (0..960_i32).prop_map(|at| Month::new(1930, 1).unwrap().plus(at));
    (months, 0..3_u8).prop_map(|(month, known)| match known {
        0 => Birthday::Year(month.year()),
        1 => Birthday::Month(month),
        _ => Birthday::Day(month.last_day()),
    })
}

fn sexes() -> impl Strategy<Value = Sex> {
    proptest::sample::select(Sex::ALL.to_vec())
}

proptest! {
    #[test]
    fn the_age_never_falls_with_the_birth_month(at in 0..120_i32, born in 0..900_i32, sex in sexes()) {
        let rules = rules_in(at);
        let of = |born: i32| {
            let born = Birthday::Month(Month::new(1930, 1).unwrap().plus(born));
            age_reached(&rules, &AgeInput { born, sex }, &mut NoTrace).unwrap()
        };
        prop_assert!(of(born).age <= of(born + 1).age);
        prop_assert!(of(born).from < of(born + 1).from);
        prop_assert!((660..=744).contains(&of(born).age.months));
    }

    #[test]
    fn more_months_never_mean_a_later_or_no_pension(
        at in 0..120_i32, born in birthdays(), sex in sexes(), voluntary in 0..400_u32, compulsory in 0..400_u32,
        joined in proptest::option::of(0..240_i32), loss in proptest::option::of(0..=100_u32),
    ) {
        let rules = rules_in(at);
        let loss = loss.filter(|_| at >= 90);
        let input = |voluntary_months| EntitlementInput {
            born, sex, voluntary_months, compulsory_months: compulsory,
            joined_voluntary: joined.map(|at| Month::new(2008, 1).unwrap().plus(at)),
            last_paid: None, bought: None, capacity_loss_percent: loss,
        };
        let one = explained(|trace| entitlement(&rules, &input(voluntary), trace)).unwrap();
        for language in [Language::Vi, Language::En] {
            for step in one.explanation(language).steps {
                prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
            }
        }
        let one = one.value;
        let more = entitlement(&rules, &input(voluntary + 1), &mut NoTrace).unwrap();
        prop_assert_eq!(entitlement(&rules, &input(voluntary), &mut NoTrace).unwrap(), one.clone());
        prop_assert_eq!(one.pension_from.is_none(), one.missing_months > 0);
        if let Some(from) = one.pension_from {
            prop_assert!(more.pension_from.is_some_and(|more| more <= from));
            prop_assert!(from > one.age_reached);
        }
        if let Some(window) = one.missing_period && window.allowed {
            let mut bought = input(voluntary);
            bought.bought = Some(BoughtPeriod { paid_in: window.earliest, months: window.months });
            let bought = entitlement(&rules, &bought, &mut NoTrace).unwrap();
            prop_assert!(bought.pension_from.is_some());
        }
    }
}

#[test]
fn every_month_has_its_rules_and_birthdays_of_both_forms() {
    for at in 0..120 {
        let rules = rules_in(at);
        for sex in Sex::ALL {
            for year in 1950..1990 {
                let year_only = AgeInput {
                    born: Birthday::Year(year),
                    sex,
                };
                let january = AgeInput {
                    born: Birthday::Month(Month::new(year, 1).unwrap()),
                    sex,
                };
                let year_only = age_reached(&rules, &year_only, &mut NoTrace).unwrap();
                let january = age_reached(&rules, &january, &mut NoTrace).unwrap();
                if january.reached.year() >= 2021 && at >= 36 {
                    assert_eq!(year_only, january);
                } else {
                    assert_eq!(
                        year_only.from,
                        Month::new(january.reached.year() + 1, 1).unwrap()
                    );
                }
            }
        }
    }
}

/// The schedule by years and the table by birth months say the same in two ways.
#[test]
fn the_schedule_by_years_agrees_with_the_table_by_birth_months() {
    let rules = rules_in(60);
    for sex in Sex::ALL {
        let by_year = Law::embedded().parameter(&format!("retirement/age_{}", sex.row()));
        for at in 0..300 {
            let born = Month::new(1966, 1).unwrap().plus(at);
            let born = Birthday::Month(born);
            let found = age_reached(&rules, &AgeInput { born, sex }, &mut NoTrace).unwrap();
            let of_year = by_year
                .rate_in_year(rules.on, found.reached.year())
                .unwrap();
            assert_eq!(
                of_year.value.as_whole(),
                Some(found.age.months.into()),
                "{born}"
            );
        }
    }
}
