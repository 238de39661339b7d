//! What holds for all incomes, days, categories and modes; and that a trace changes no value.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::voluntary_si::{
    Categories, Category, MissingPeriodInput, Mode, PaymentAmounts, PaymentColumns, PaymentInput,
    PrepaidInput, Residence, Rules, missing_period, payment, payments, prepaid,
};
use crate::{AmountVnd, FIRST_DATE, LAST_DATE, Language, Law, Month, NoTrace, explained};

fn days() -> impl Strategy<Value = Date> {
    (0..3_650_i64).prop_map(|days| FIRST_DATE.saturating_add(days.days()).min(LAST_DATE))
}

fn categories() -> impl Strategy<Value = Categories> {
    proptest::sample::subsequence(Category::ALL.to_vec(), 0..=5).prop_map(Categories::from)
}

fn modes() -> impl Strategy<Value = Mode> {
    proptest::sample::select(vec![
        Mode::Monthly,
        Mode::ThreeMonths,
        Mode::SixMonths,
        Mode::TwelveMonths,
    ])
}

fn rules(on: Date) -> Rules {
    let hanoi = Residence {
        province: "01".to_owned(),
        area: Some("Quận Long Biên".to_owned()),
    };
    Rules::at(Law::embedded(), on, Some(&hanoi)).unwrap()
}

/// An income that may be chosen, `part` of the way from the lowest to the highest, in thousandths.
fn income(rules: &Rules, part: i64) -> AmountVnd {
    let floor = rules.poverty_line.value.0;
    let above = (rules.ceiling.0 - floor) * part / 1_000;
    let step = rules.income_step.as_ref().map_or(1, |step| step.value.0);
    AmountVnd(floor + above - above % step)
}

fn input(
    income_vnd: AmountVnd,
    mode: Mode,
    categories: Categories,
    supported_months: u32,
) -> PaymentInput {
    PaymentInput {
        income_vnd,
        mode,
        first_month: None,
        categories,
        supported_months,
        residence: None,
    }
}

proptest! {
    #[test]
    fn parts_add_up_and_support_has_its_bounds(
        on in days(), part in 0..=1_000_i64, mode in modes(), categories in categories(), had in 0..=120_u32,
    ) {
        let rules = rules(on);
        let paid = payment(&rules, &input(income(&rules, part), mode, categories, had), &mut NoTrace).unwrap();
        let support = paid.support;
        prop_assert_eq!(paid.payer_vnd + support.state_vnd + support.local_vnd, paid.contribution_vnd);
        prop_assert!(paid.payer_vnd >= AmountVnd::ZERO && support.local_vnd >= AmountVnd::ZERO);
        prop_assert!(had + support.months <= 120 && support.months <= paid.months);
        prop_assert_eq!(paid.contribution_vnd, paid.monthly_vnd * i64::from(paid.months));
    }

    #[test]
    fn a_batch_gives_what_single_cases_give(
        on in days(), people in proptest::collection::vec((0..=1_000_i64, modes(), categories(), 0..=120_u32), 0..50), here in any::<bool>(),
    ) {
        let rules = if here { rules(on) } else { Rules::on(Law::embedded(), on).unwrap() };
        let inputs: Vec<PaymentInput> = people.into_iter()
            .map(|(part, mode, categories, had)| input(income(&rules, part), mode, categories, had))
            .collect();
        let mut contributions = vec![AmountVnd::ZERO; inputs.len()];
        let (mut state, mut payer) = (contributions.clone(), contributions.clone());
        let columns = PaymentColumns {
            incomes: &inputs.iter().map(|input| input.income_vnd).collect::<Vec<_>>(),
            modes: &inputs.iter().map(|input| input.mode).collect::<Vec<_>>(),
            categories: &inputs.iter().map(|input| input.categories).collect::<Vec<_>>(),
            supported_months: &inputs.iter().map(|input| input.supported_months).collect::<Vec<_>>(),
        };
        let amounts = PaymentAmounts { contributions: &mut contributions, state: &mut state, payer: &mut payer };
        payments(&rules, columns, amounts).unwrap();
        for (at, input) in inputs.iter().enumerate() {
            let single = payment(&rules, input, &mut NoTrace).unwrap();
            prop_assert_eq!(contributions[at], single.contribution_vnd);
            prop_assert_eq!((state[at], payer[at]), (single.support.state_vnd, single.payer_vnd));
        }
    }

    #[test]
    fn the_contribution_grows_with_the_income(on in days(), part in 0..1_000_i64, mode in modes()) {
        let rules = rules(on);
        let of = |part| payment(&rules, &input(income(&rules, part), mode, Categories::default(), 0), &mut NoTrace).unwrap();
        prop_assert!(of(part).contribution_vnd <= of(part + 1).contribution_vnd);
        prop_assert!(of(part).payer_vnd <= of(part + 1).payer_vnd);
    }

    #[test]
    fn more_categories_never_mean_less_support(on in days(), one in categories(), more in categories()) {
        let rules = rules(on);
        let both: Vec<Category> = Category::ALL.into_iter().filter(|c| one.contains(*c) || more.contains(*c)).collect();
        let of = |categories: Categories| rules.support[categories.index()].monthly;
        prop_assert!(of(Categories::from(both)) >= of(one));
    }

    #[test]
    fn a_trace_changes_nothing(on in days(), part in 0..=1_000_i64, mode in modes(), categories in categories()) {
        let rules = rules(on);
        let input = input(income(&rules, part), mode, categories, 0);
        let traced = explained(|trace| payment(&rules, &input, trace)).unwrap();
        prop_assert_eq!(payment(&rules, &input, &mut NoTrace).unwrap(), traced.value);
        for language in [Language::Vi, Language::En] {
            for step in traced.explanation(language).steps {
                prop_assert!(!step.text.contains('{') && !step.formula.contains('{'), "{step:?}");
            }
        }
    }

    #[test]
    fn paying_ahead_saves_and_paying_late_costs(part in 0..=1_000_i64, years in 2..=5_u32, missing in 1..=60_u32, rate in 0..1_000_i64) {
        let on = jiff::civil::date(2026, 7, 1);
        let law = Law::embedded().clone().with_fund_return("2026-01".parse().unwrap(), crate::Rate::new(rate.into(), 100_000).unwrap(), "test");
        let r = law.fund_return(on).unwrap();
        let rules = rules(on);
        let income_vnd = income(&rules, part);
        let ahead = PrepaidInput { income_vnd, years, first_month: None, categories: Categories::default(), supported_months: 0, residence: None };
        let ahead = prepaid(&rules, &r, &ahead, &mut NoTrace).unwrap();
        prop_assert!(ahead.discount_vnd >= AmountVnd::ZERO && ahead.payer_vnd >= AmountVnd::ZERO);
        let late = MissingPeriodInput {
            income_vnd, paid_months: 180 - missing, age_reached: Month::of(on), categories: Categories::default(), supported_months: 0, residence: None,
        };
        let late = missing_period(&rules, &r, &late, &mut NoTrace).unwrap();
        prop_assert!(late.return_vnd >= AmountVnd::ZERO);
        prop_assert_eq!(late.payer_vnd + late.support.state_vnd + late.support.local_vnd, late.contribution_vnd);
    }
}

#[test]
fn a_batch_says_who_is_refused_and_why() {
    let rules = Rules::on(Law::embedded(), jiff::civil::date(2026, 7, 1)).unwrap();
    let check = |place: usize, income: i64, had: u32, code: &str| {
        let count = 2_000;
        let mut incomes = vec![AmountVnd(2_000_000); count];
        let mut supported_months = vec![0; count];
        (incomes[place], supported_months[place]) = (AmountVnd(income), had);
        let mut contributions = vec![AmountVnd::ZERO; count];
        let (mut state, mut payer) = (contributions.clone(), contributions.clone());
        let columns = PaymentColumns {
            incomes: &incomes,
            modes: &vec![Mode::Monthly; count],
            categories: &vec![Categories::default(); count],
            supported_months: &supported_months,
        };
        let amounts = PaymentAmounts {
            contributions: &mut contributions,
            state: &mut state,
            payer: &mut payer,
        };
        let (at, error) = payments(&rules, columns, amounts).unwrap_err();
        assert_eq!((at, error.code()), (place, code));
    };
    check(0, 1_499_999, 0, "voluntary_si.income_below_floor");
    check(1_023, 50_600_001, 0, "voluntary_si.income_above_ceiling");
    check(
        1_999,
        2_000_000,
        121,
        "voluntary_si.supported_months_too_many",
    );
}

#[test]
fn every_day_from_the_first_to_the_last_has_its_rules() {
    let mut on = FIRST_DATE;
    while on <= LAST_DATE {
        let rules = Rules::on(Law::embedded(), on).unwrap();
        assert!(rules.poverty_line.value < rules.ceiling);
        on = on.tomorrow().unwrap();
    }
}
