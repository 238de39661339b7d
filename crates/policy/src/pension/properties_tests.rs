//! What holds for all pensions; and that the batch and the explained way give the same.

use proptest::prelude::*;

use crate::career::{Career, Span};
use crate::pension::{
    AmountInput, BatchCareer, BatchRules, CareerPensionInput, Early, Rules, amount, average,
    of_career, one_time_allowance, pension_of_incomes, rate,
};
use crate::person::Scheme;
use crate::retirement::{Age, Birthday, Sex};
use crate::voluntary_si::Categories;
use crate::{AmountVnd, Language, Law, Month, NoTrace, Rate, explained};

fn month(at: i32) -> Month {
    Month::new(2018, 1).unwrap().plus(at)
}

fn rules_in(at: i32) -> Rules {
    Rules::on(Law::embedded(), month(at).first_day()).unwrap()
}

fn sexes() -> impl Strategy<Value = Sex> {
    proptest::sample::select(Sex::ALL.to_vec())
}

fn percent(whole: i64) -> Rate {
    Rate::new(whole.into(), 100).unwrap()
}

fn amounts(sex: Sex, months: u32, average: i64) -> AmountInput {
    AmountInput {
        sex,
        months,
        average_vnd: AmountVnd(average),
        compulsory_months: 0,
        months_after_age: 0,
        treaty_months: 0,
        early: None,
        starts: None,
    }
}

fn span(from: Month, months: u32, income: i64, scheme: Scheme) -> Span {
    Span {
        from,
        to: from.plus(months as i32 - 1),
        income_vnd: AmountVnd(income),
        scheme,
        categories: Categories::default(),
    }
}

proptest! {
    #[test]
    fn the_rate_lies_between_floor_and_cap_and_never_falls(at in 0..120_i32, sex in sexes(), months in 0..700_u32) {
        let rules = rules_in(at);
        let of = |months| rate(&rules, sex, months, 0, &mut NoTrace).map_err(|error| error.code());
        match of(months) {
            Ok(rate) => {
                let floor = if sex == Sex::Man && at >= 90 { percent(40) } else { percent(45) };
                prop_assert!(floor <= rate && rate <= percent(75));
                prop_assert!(rate <= of(months + 1).unwrap());
            }
            Err(code) => {
                prop_assert_eq!(code, "pension.too_short");
                prop_assert!(months < rules.minimum_months());
            }
        }
    }

    #[test]
    fn the_pension_grows_with_income_and_months(at in 0..120_i32, sex in sexes(), months in 240..700_u32, income in 1..50_000_000_i64) {
        let rules = rules_in(at);
        let of = |months, income| amount(&rules, &amounts(sex, months, income), &mut NoTrace).unwrap();
        let one = of(months, income);
        prop_assert!(one.pension_vnd <= of(months, income + 1_000).pension_vnd);
        prop_assert!(one.pension_vnd <= of(months + 1, income).pension_vnd);
        prop_assert!(one.one_time_allowance.amount_vnd <= of(months + 12, income).one_time_allowance.amount_vnd);
        prop_assert_eq!(one.rate.rate.of(AmountVnd(income)), one.pension_vnd);
        prop_assert!(one.rate.rate == percent(75) || one.one_time_allowance.amount_vnd == AmountVnd::ZERO);
    }

    #[test]
    fn months_after_the_age_never_bring_less(at in 90..120_i32, sex in sexes(), months in 240..700_u32, after in 0..200_u32) {
        let rules = rules_in(at);
        let of = |after| one_time_allowance(&rules, sex, months, after, AmountVnd(1_000_000), &mut NoTrace).amount_vnd;
        prop_assert!(of(after) <= of(after + 1));
    }

    #[test]
    fn retiring_earlier_never_brings_more(at in 0..120_i32, sex in sexes(), early in 1..230_i32, odd in 0..12_i32) {
        let rules = rules_in(at);
        let of = |early: i32| {
            let normal_age = Age { months: 720 + odd };
            let early = Early { age: Age { months: normal_age.months - early }, normal_age };
            let input = AmountInput { compulsory_months: 300, early: Some(early), ..amounts(sex, 300, 5_000_000) };
            amount(&rules, &input, &mut NoTrace).unwrap().rate.rate
        };
        prop_assert!(of(early + 1) <= of(early));
        prop_assert!(of(early) <= rate(&rules, sex, 300, 0, &mut NoTrace).unwrap());
    }

    #[test]
    fn the_batch_gives_what_the_explained_way_gives(
        at in 0..108_i32, sex in sexes(), back in 0..24_i32, incomes in proptest::collection::vec(1..60_000_000_i64, 180..420), compulsory: bool,
    ) {
        // Voluntary SI began in 2008: long enough for a pension only since 15 years are.
        let at = if compulsory { at } else { 90 + at % 18 };
        let incomes = if compulsory { &incomes[..] } else { &incomes[..incomes.len().min(192)] };
        let rules = rules_in(at);
        prop_assume!(incomes.len() as u32 >= rules.minimum_months());
        let coefficients = rules.coefficients.as_ref().unwrap();
        let batch = BatchRules::new(&rules).unwrap();
        let scheme = if compulsory { Scheme::CompulsorySi } else { Scheme::VoluntarySi };
        let first = month(at).plus(-back - incomes.len() as i32);
        let spans = incomes.iter().zip(0..).map(|(income, at)| span(first.plus(at), 1, *income, scheme)).collect();
        let career = Career { spans, ..Career::default() };
        let incomes: Vec<u32> = incomes.iter().map(|income| u32::try_from(*income).unwrap()).collect();
        let person = BatchCareer { sex, first_month: first, scheme, incomes: &incomes };
        let batch = pension_of_incomes(&batch, &person);
        let explained = explained(|trace| average(&rules, coefficients, &career, trace));
        match (batch, explained) {
            (Ok(batch), Ok(explained)) => {
                for language in [Language::Vi, Language::En] {
                    for step in explained.explanation(language).steps {
                        prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
                    }
                }
                let average = explained.value;
                prop_assert_eq!(average.average_vnd, batch.average_vnd);
                let full = amount(&rules, &amounts(sex, average.months.all(), average.average_vnd.0), &mut NoTrace).unwrap();
                prop_assert_eq!(full.pension_vnd, batch.pension_vnd);
                prop_assert_eq!(full.one_time_allowance.amount_vnd, batch.one_time_allowance_vnd);
            }
            // Voluntary months before 2008, or wages of a table that was not collected.
            (Err(batch), Err(explained)) => {
                prop_assert_eq!(batch.code(), explained.code());
                prop_assert!(["parameter.no_row", "parameter.not_in_force"].contains(&batch.code()));
            }
            (batch, explained) => prop_assert!(false, "{batch:?} {explained:?}"),
        }
    }

    #[test]
    fn every_month_gives_a_pension_or_a_named_gap(
        at in 0..120_i32, born in 1940..1985_i16, sex in sexes(), from in 2008..2020_i16, months in 1..400_u32, income in 1_500_000..20_000_000_i64,
        wages in 0..100_u32,
    ) {
        let first = Month::new(from, 3).unwrap();
        let mut spans = vec![span(first, months, income, Scheme::VoluntarySi)];
        if wages > 0 {
            spans.push(span(first.plus(-(wages as i32)), wages, income / 2 + 1, Scheme::CompulsorySi));
        }
        let input = CareerPensionInput {
            born: Birthday::Year(born), sex, career: Career { spans, ..Career::default() }, starts: None, early_normal_age: None,
            treaty_months: 0,
        };
        let on = month(at).first_day();
        match explained(|trace| of_career(Law::embedded(), on, &input, trace)) {
            Ok(answer) => {
                for step in answer.explanation(Language::Vi).steps {
                    prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
                }
                prop_assert_eq!(of_career(Law::embedded(), on, &input, &mut NoTrace).unwrap(), answer.value);
            }
            Err(error) => {
                let code = error.code();
                prop_assert!(["pension.too_short", "parameter.not_in_force", "parameter.no_row"].contains(&code), "{error}");
            }
        }
    }
}
