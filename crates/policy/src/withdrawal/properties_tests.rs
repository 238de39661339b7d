//! What holds for all withdrawals.

use proptest::prelude::*;

use crate::career::{Career, Span};
use crate::person::Scheme;
use crate::voluntary_si::{Categories, Category};
use crate::withdrawal::{Reason, Rules, WithdrawalInput, loss, withdrawal};
use crate::{AmountVnd, Language, Law, Month, NoTrace, Rate, explained};

fn input(reason: Reason, spans: Vec<Span>) -> WithdrawalInput {
    WithdrawalInput {
        reason,
        born: None,
        sex: None,
        disease: None,
        capacity_loss_percent: None,
        extremely_severe_disability: true,
        career: Career {
            spans,
            ..Career::default()
        },
        state_support_vnd: None,
        coefficients: Vec::new(),
    }
}

fn span(from: Month, months: u32, income: i64, category: Category) -> Span {
    Span {
        from,
        to: from.plus(months as i32 - 1),
        income_vnd: AmountVnd(income),
        scheme: Scheme::VoluntarySi,
        categories: Categories::from(category),
    }
}

proptest! {
    #[test]
    fn parts_add_up_and_support_has_its_bounds(
        at in 0..108_i32, from in 0..120_i32, months in 1..230_u32, income in 1_500_000..25_900_000_i64,
        category in proptest::sample::select(Category::ALL.to_vec()),
    ) {
        let today = Month::new(2018, 1).unwrap().plus(at);
        let first = Month::new(2008, 1).unwrap().plus(from);
        prop_assume!(first < today);
        let months = months.min(today.since(first) as u32);
        let rules = Rules::on(Law::embedded(), today.first_day()).unwrap();
        let asked = input(Reason::SettlingAbroad, vec![span(first, months, income, category)]);
        let traced = explained(|trace| loss(Law::embedded(), &rules, &asked, trace)).unwrap();
        for language in [Language::Vi, Language::En] {
            for step in traced.explanation(language).steps {
                prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
            }
        }
        let one = traced.value.withdrawal;
        prop_assert_eq!(withdrawal(Law::embedded(), &rules, &asked, &mut NoTrace).unwrap(), one);
        prop_assert_eq!(one.amount_vnd + one.deducted_vnd, one.gross_vnd);
        prop_assert!(one.amount_vnd >= AmountVnd::ZERO);
        prop_assert!(one.state_support.months <= 120 && one.state_support.months <= months);
        prop_assert!(one.state_support.amount_vnd <= one.paid_vnd);
        if one.is_short_period {
            prop_assert!(one.gross_vnd <= one.paid_vnd);
        } else {
            let years = one.years_before_2014.plus(one.years_from_2014);
            prop_assert!(years >= Rate::new(months.into(), 12).unwrap());
            prop_assert!(years.minus(Rate::whole(1)) < Rate::new(months.into(), 12).unwrap());
        }
        // Who is ill keeps the support.
        let ill = input(Reason::Disability, asked.career.spans.clone());
        if let Ok(ill) = withdrawal(Law::embedded(), &rules, &ill, &mut NoTrace) {
            prop_assert_eq!(ill.amount_vnd, one.gross_vnd);
        }
    }

    #[test]
    fn more_income_never_brings_less(at in 36..108_i32, months in 1..100_u32, income in 1_500_000..25_900_000_i64) {
        let today = Month::new(2018, 1).unwrap().plus(at);
        let rules = Rules::on(Law::embedded(), today.first_day()).unwrap();
        let of = |income| {
            let span = span(today.plus(-(months as i32)), months, income, Category::Other);
            withdrawal(Law::embedded(), &rules, &input(Reason::SettlingAbroad, vec![span]), &mut NoTrace).unwrap()
        };
        prop_assert!(of(income).amount_vnd <= of(income + 50_000).amount_vnd);
    }
}
