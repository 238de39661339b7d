//! What holds for all households, days and visits; that a trace changes no value, and a batch gives what single cases give.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::household_hi::{
    BenefitRules, Card, CardInput, ContributionInput, Copaid, CopaymentsInput, Form, Group,
    Insured, Member, Place, Rules, VisitInput, card, contribution, contributions, copayments,
    visit,
};
use crate::{AmountVnd, Explained, FIRST_DATE, LAST_DATE, Language, Law, NoTrace, explained};

/// The first day of Nghị định 146/2018/NĐ-CP, from which all is known.
const DECREE_146: Date = jiff::civil::date(2018, 12, 1);

fn days() -> impl Strategy<Value = Date> {
    (0..3_650_i64).prop_map(|days| DECREE_146.saturating_add(days.days()).min(LAST_DATE))
}

fn rules(on: Date) -> Rules {
    Rules::on(Law::embedded(), on).unwrap()
}

fn periods() -> impl Strategy<Value = u32> {
    proptest::sample::select(vec![3, 6, 12])
}

/// Groups that all days since 2018-12-01 know.
fn members() -> impl Strategy<Value = Vec<Member>> {
    let group = proptest::sample::select(vec![
        None,
        None,
        None,
        Some(Group::NearPoor),
        Some(Group::Pupil),
        Some(Group::BudgetPaid),
        Some(Group::AverageLivingStandard),
        Some(Group::InsuredElsewhere),
    ]);
    let member = group.prop_map(|group| Member {
        groups: group.into_iter().collect(),
        ..Member::default()
    });
    proptest::collection::vec(member, 1..9)
}

fn paid(rules: &Rules, months: u32, members: Vec<Member>) -> crate::household_hi::Contribution {
    let input = ContributionInput {
        months,
        members,
        members_before: 0,
    };
    contribution(rules, &input, &mut NoTrace).unwrap()
}

fn members_of_household(count: usize) -> Vec<Member> {
    vec![Member::default(); count]
}

fn texts_are_whole<T>(explained: &Explained<T>) {
    for language in [Language::Vi, Language::En] {
        for step in explained.explanation(language).steps {
            let whole = !step.text.contains('{') && !step.formula.contains('{');
            assert!(whole, "{step:?}");
        }
    }
}

proptest! {
    #[test]
    fn parts_add_up(on in days(), months in periods(), members in members()) {
        let paid = paid(&rules(on), months, members);
        for member in &paid.members {
            prop_assert_eq!(member.state_vnd + member.payer_vnd, member.contribution_vnd);
            prop_assert_eq!(member.monthly_vnd * i64::from(months), member.contribution_vnd);
            prop_assert!(member.payer_vnd >= AmountVnd::ZERO && member.state_vnd >= AmountVnd::ZERO);
        }
        let sum: AmountVnd = paid.members.iter().map(|member| member.payer_vnd).sum();
        prop_assert_eq!(sum, paid.payer_vnd);
        prop_assert_eq!(paid.state_vnd + paid.payer_vnd, paid.contribution_vnd);
    }

    #[test]
    fn splitting_a_period_never_costs_less(on in days(), count in 1..9_usize, split in 0..2_usize) {
        // Twelve months at once, or in parts each paid when the one before is over.
        let whole = paid(&rules(on), 12, members_of_household(count));
        let months = [3_u32, 6][split];
        let mut parts = AmountVnd::ZERO;
        for at in 0..12 / months {
            let day = on.saturating_add(i64::from(at * months).months()).min(LAST_DATE);
            parts += paid(&rules(day), months, members_of_household(count)).payer_vnd;
        }
        prop_assert!(parts >= whole.payer_vnd);
        if whole.base_changes.is_empty() {
            prop_assert_eq!(parts, whole.payer_vnd);
        }
    }

    #[test]
    fn later_members_pay_less_and_splitting_the_household_never_saves(on in days(), one in 1..6_usize, other in 1..6_usize) {
        let rules = rules(on);
        let together = paid(&rules, 12, members_of_household(one + other));
        for pair in together.members.windows(2) {
            prop_assert!(pair[0].payer_vnd >= pair[1].payer_vnd);
        }
        let apart = paid(&rules, 12, members_of_household(one)).payer_vnd
            + paid(&rules, 12, members_of_household(other)).payer_vnd;
        prop_assert!(together.payer_vnd <= apart);
        // One after the other in the same year is as good as together.
        let after = ContributionInput { months: 12, members: members_of_household(other), members_before: one as u32 };
        let after = contribution(&rules, &after, &mut NoTrace).unwrap();
        prop_assert_eq!(paid(&rules, 12, members_of_household(one)).payer_vnd + after.payer_vnd, together.payer_vnd);
    }

    #[test]
    fn the_order_stated_changes_who_pays_but_not_the_sum(on in days(), order in Just((1..=6_u32).collect::<Vec<_>>()).prop_shuffle()) {
        let rules = rules(on);
        let members: Vec<Member> = order.iter().map(|order| Member { order: Some(*order), ..Member::default() }).collect();
        let stated = paid(&rules, 12, members);
        let listed = paid(&rules, 12, members_of_household(6));
        prop_assert_eq!(stated.payer_vnd, listed.payer_vnd);
        for (member, order) in stated.members.iter().zip(order) {
            prop_assert_eq!(member.payer_vnd, listed.members[order as usize - 1].payer_vnd);
        }
    }

    #[test]
    fn a_batch_gives_what_single_cases_give(on in days(), months in periods(), households in proptest::collection::vec(members(), 0..20)) {
        let rules = rules(on);
        let sizes: Vec<u8> = households.iter().map(|members| members.len() as u8).collect();
        let form = |member: &Member| Form::from(member.groups.first().copied());
        let forms: Vec<Form> = households.iter().flatten().map(form).collect();
        let mut payer = vec![AmountVnd::ZERO; sizes.len()];
        let mut state = payer.clone();
        contributions(&rules, months, &sizes, &forms, &mut payer, &mut state).unwrap();
        for (at, members) in households.into_iter().enumerate() {
            let single = paid(&rules, months, members);
            prop_assert_eq!((payer[at], state[at]), (single.payer_vnd, single.state_vnd));
        }
    }

    #[test]
    fn a_trace_changes_nothing(on in days(), months in periods(), members in members()) {
        let rules = rules(on);
        let input = ContributionInput { months, members, members_before: 1 };
        let traced = explained(|trace| contribution(&rules, &input, trace)).unwrap();
        texts_are_whole(&traced);
        prop_assert_eq!(contribution(&rules, &input, &mut NoTrace).unwrap(), traced.value);
    }

    #[test]
    fn fund_and_patient_pay_the_whole_visit(
        on in days(), cost in 0..200_000_000_i64, insured in 0..4_usize, at in 0..11_usize, full in any::<bool>(), copaid in 0..20_000_000_i64,
    ) {
        let rules = BenefitRules::on(Law::embedded(), on).unwrap();
        let mut places = vec![Place::Registered, Place::RegisteredCommune];
        if on >= jiff::civil::date(2025, 1, 1) {
            places.extend(Place::OUTSIDE);
        }
        let input = VisitInput {
            insured: Insured::ALL[insured],
            place: places[at % places.len()],
            cost_vnd: AmountVnd(cost),
            five_years_on: full.then_some(on),
            copaid: vec![Copaid { paid_on: on.first_of_year(), amount_vnd: AmountVnd(copaid) }],
        };
        let traced = explained(|trace| visit(&rules, &input, trace)).unwrap();
        texts_are_whole(&traced);
        let visit = visit(&rules, &input, &mut NoTrace).unwrap();
        prop_assert_eq!(visit, traced.value);
        prop_assert_eq!(visit.fund_vnd + visit.copayment_vnd, input.cost_vnd);
        prop_assert!(visit.copayment_vnd >= AmountVnd::ZERO && visit.fund_vnd >= AmountVnd::ZERO);
    }

    #[test]
    fn what_is_left_of_the_limit_falls_with_what_was_paid(on in days(), one in 0..20_000_000_i64, more in 0..20_000_000_i64) {
        let rules = BenefitRules::on(Law::embedded(), on).unwrap();
        let left = |amount| {
            let copaid = vec![Copaid { paid_on: on.first_of_year(), amount_vnd: AmountVnd(amount) }];
            copayments(&rules, &CopaymentsInput { copaid }, &mut NoTrace).unwrap()
        };
        prop_assert!(left(one + more).left_vnd <= left(one).left_vnd);
        prop_assert!(left(0).left_vnd == left(0).limit_vnd);
    }

    #[test]
    fn a_card_holds_as_long_as_was_paid(on in days(), months in periods(), is_first in any::<bool>(), gap_months in 0..7_u32) {
        let rules = rules(on);
        let input = CardInput { months, is_first, gap_months };
        let traced = explained(|trace| card(&rules, &input, trace)).unwrap();
        texts_are_whole(&traced);
        let Card { from, until, waiting_days } = traced.value;
        prop_assert_eq!(waiting_days == 0, !is_first && gap_months < 3);
        prop_assert_eq!(i64::from((from - on).get_days()), waiting_days);
        prop_assert!(until > from);
    }
}

#[test]
fn every_day_from_the_first_to_the_last_has_its_rules() {
    let mut on = FIRST_DATE;
    while on <= LAST_DATE {
        let rules = rules(on);
        assert!(
            rules.monthly_at(1) > rules.monthly_at(2) && rules.monthly_at(5) == rules.monthly_at(9)
        );
        // Named gap: what the fund pays is known from Nghị định 146/2018/NĐ-CP on.
        assert_eq!(
            BenefitRules::on(Law::embedded(), on).is_ok(),
            on >= DECREE_146,
            "{on}"
        );
        on = on.tomorrow().unwrap();
    }
}
