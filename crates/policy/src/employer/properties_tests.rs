//! What holds for all debts, wages and days; that all texts are filled.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::LAWS_2024;
use crate::employer::{
    AllocationInput, Debt, FineInput, HouseholdBusinessInput, InterestOn, LateInterestInput,
    LateKind, LatePaymentInput, MissingMonthsInput, Owed, OwedByFund, RatesInput, Rules,
    allocation, fine, household_business, late_interest_until_2025_06, late_payment,
    missing_months, rates,
};
use crate::{AmountVnd, Explained, FIRST_DATE, LAST_DATE, Language, Law, NoTrace, Rate, explained};

fn days_from(first: Date) -> impl Strategy<Value = Date> {
    (0..900_i64).prop_map(move |days| first.saturating_add(days.days()).min(LAST_DATE))
}

fn texts_are_whole<T>(explained: &Explained<T>) {
    for language in [Language::Vi, Language::En] {
        for step in explained.explanation(language).steps {
            let whole = !step.text.contains('{') && !step.formula.contains('{');
            assert!(whole, "{step:?}");
        }
    }
}

fn owed() -> impl Strategy<Value = (Owed, Owed)> {
    (0..1_000_000_i64, 0..1_000_000_i64, 0..=100_i64).prop_map(|(contribution, interest, part)| {
        let owed = |contribution: i64, interest: i64| Owed {
            contribution_vnd: AmountVnd(contribution),
            interest_vnd: AmountVnd(interest),
        };
        let of = |amount: i64| amount * part / 100;
        (
            owed(contribution, interest),
            owed(of(contribution), of(interest)),
        )
    })
}

proptest! {
    #[test]
    fn a_longer_delay_costs_more_and_its_parts_add_up(
        on in days_from(LAWS_2024), owed in 0..10_000_000_000_i64, late in 0..400_i64, reminded in 1..200_i64, kind in 0..3_usize, force in any::<bool>(),
    ) {
        let law = Law::embedded();
        let deadline = on.saturating_sub(late.days());
        let input = LatePaymentInput {
            owed_vnd: AmountVnd(owed),
            kind: [LateKind::Unpaid, LateKind::WageTooLow, LateKind::Unregistered][kind],
            last_month: None,
            deadline: Some(deadline),
            reminded_on: Some(deadline.saturating_add(reminded.days())),
            has_force_majeure: force,
        };
        let traced = explained(|trace| late_payment(law, on, &input, trace)).unwrap();
        texts_are_whole(&traced);
        let paid = late_payment(law, on, &input, &mut NoTrace).unwrap();
        prop_assert_eq!(paid, traced.value);
        prop_assert_eq!(paid.late_days + paid.evaded_days, paid.days);
        prop_assert_eq!(paid.late_charge_vnd + paid.evaded_charge_vnd, paid.charge_vnd);
        prop_assert!(paid.late_days >= 0 && paid.evaded_days >= 0 && paid.days <= late);
        prop_assert!(!force || paid.evasion_from.is_none());
        let next = on.tomorrow().unwrap().min(LAST_DATE);
        prop_assert!(late_payment(law, next, &input, &mut NoTrace).unwrap().charge_vnd >= paid.charge_vnd);
    }

    #[test]
    fn a_part_payment_is_allocated_whole(on in days_from(FIRST_DATE), hi in owed(), ui in owed(), si in owed(), paid in 0..7_000_000_i64) {
        let input = AllocationInput {
            owed: OwedByFund { hi: hi.0, ui: ui.0, si: si.0 },
            first_workers: OwedByFund { hi: hi.1, ui: ui.1, si: si.1 },
            paid_vnd: AmountVnd(paid),
        };
        let traced = explained(|trace| allocation(Law::embedded(), on, &input, trace)).unwrap();
        texts_are_whole(&traced);
        let allocated = traced.value;
        let sum: AmountVnd = allocated.parts.iter().map(|part| part.paid_vnd).sum();
        prop_assert_eq!(sum + allocated.rest_vnd, AmountVnd(paid));
        let all: i64 = [hi.0, ui.0, si.0].iter().map(|one| one.contribution_vnd.0 + one.interest_vnd.0).sum();
        prop_assert_eq!(sum + allocated.shortfall_vnd, AmountVnd(all));
        // Nothing for the next as long as one before is short.
        for pair in allocated.parts.windows(2) {
            prop_assert!(pair[0].shortfall_vnd == AmountVnd::ZERO || pair[1].paid_vnd == AmountVnd::ZERO);
        }
    }

    #[test]
    fn what_both_sides_pay_adds_up(on in days_from(LAWS_2024), wage in 0..100_000_000_i64, minimum in 0..5_000_000_i64, approved in any::<bool>()) {
        let rules = Rules::on(Law::embedded(), on).unwrap();
        let input = RatesInput {
            wage_vnd: Some(AmountVnd(wage)),
            minimum_wage_vnd: (minimum > 0).then_some(AmountVnd(minimum)),
            is_approved: approved,
        };
        let traced = explained(|trace| rates(&rules, &input, trace)).unwrap();
        texts_are_whole(&traced);
        let all = traced.value;
        let sum: AmountVnd = all.funds.iter().flat_map(|fund| [fund.employee_vnd.unwrap(), fund.employer_vnd.unwrap()]).sum();
        prop_assert_eq!(Some(sum), all.total_vnd);
        prop_assert_eq!(all.employee.plus(all.employer), all.total);
        let base = all.base_vnd.unwrap();
        prop_assert!(base >= rules.reference_level.value && base.0 <= 20 * rules.reference_level.value.0);
    }

    #[test]
    fn interest_is_simple(debt in 0..1_000_000_000_i64, rate in 0..2_000_i64, months in 0..60_u32) {
        let on = jiff::civil::date(2024, 1, 1);
        let of = |months| {
            let debt = Debt {
                interest_on: InterestOn::FundReturn,
                debt_vnd: AmountVnd(debt),
                current_month_vnd: AmountVnd::ZERO,
                yearly_rate: Rate::new(rate.into(), 10_000).unwrap(),
                months,
                is_continued: false,
            };
            let input = LateInterestInput { debts: vec![debt], new_vnd: AmountVnd::ZERO, interest_before_vnd: AmountVnd::ZERO };
            let traced = explained(|trace| late_interest_until_2025_06(Law::embedded(), on, &input, trace)).unwrap();
            texts_are_whole(&traced);
            traced.value
        };
        // Half a đồng is lost to rounding at most in each.
        let (one, all) = (of(1).interest_vnd.0, of(months).interest_vnd.0);
        prop_assert!((all - one * i64::from(months)).abs() <= i64::from(months));
        prop_assert_eq!(of(months).to_pay_vnd.0, debt + all);
    }
}

#[test]
fn the_texts_of_the_small_calculators_are_whole() {
    let on = jiff::civil::date(2026, 7, 1);
    let law = Law::embedded();
    let rules = Rules::on(law, on).unwrap();
    let wage_vnd = AmountVnd(10_000_000);
    let business = HouseholdBusinessInput { wage_vnd };
    texts_are_whole(&explained(|trace| household_business(&rules, &business, trace)).unwrap());
    let missing = MissingMonthsInput {
        months: 3,
        wage_vnd,
    };
    texts_are_whole(&explained(|trace| missing_months(&rules, &missing, trace)).unwrap());
    let owed = FineInput {
        owed_vnd: wage_vnd,
        is_organization: true,
        months: 1,
        workers: 1,
        by_fraud: false,
        fined_before: false,
    };
    texts_are_whole(&explained(|trace| fine(law, on, &owed, trace)).unwrap());
}

#[test]
fn every_day_since_the_health_rate_is_known_has_its_rules() {
    let mut on = FIRST_DATE;
    while on <= LAST_DATE {
        // Named gap: the health insurance rate before Nghị định 146/2018/NĐ-CP.
        let known = on >= jiff::civil::date(2018, 12, 1);
        assert_eq!(Rules::on(Law::embedded(), on).is_ok(), known, "{on}");
        on = on.tomorrow().unwrap();
    }
}
