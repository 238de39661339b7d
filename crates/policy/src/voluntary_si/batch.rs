//! Payments of very many people on one day, in columns.

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::rate::ReadyRate;
use crate::trace::NoTrace;
use crate::voluntary_si::payment::{block, payer};
use crate::voluntary_si::{Categories, Mode, Rules, support};

/// What people choose: one column for each input of [`PaymentInput`](super::PaymentInput), of equal length.
#[derive(Copy, Clone, Debug)]
pub struct PaymentColumns<'a> {
    /// Chosen income, in đồng per month.
    pub incomes: &'a [AmountVnd],
    /// How often each pays.
    pub modes: &'a [Mode],
    /// Categories of each.
    pub categories: &'a [Categories],
    /// Months with State support before.
    pub supported_months: &'a [u32],
}

/// What people pay: columns of the same length.
#[derive(Debug)]
pub struct PaymentAmounts<'a> {
    /// Contribution of the block, in đồng.
    pub contributions: &'a mut [AmountVnd],
    /// Of it the State, in đồng.
    pub state: &'a mut [AmountVnd],
    /// Of it the participant, in đồng.
    pub payer: &'a mut [AmountVnd],
}

/// What each person's block costs and who pays it: the steps of [`payment`](super::payment) but for the deadline.
///
/// Errors: the first person who is refused, by place, and why. Panics if the columns are not of one length.
pub fn payments(
    rules: &Rules,
    columns: PaymentColumns<'_>,
    amounts: PaymentAmounts<'_>,
) -> Result<(), (usize, PolicyError)> {
    let count = columns.incomes.len();
    let lengths = [
        columns.modes.len(),
        columns.categories.len(),
        columns.supported_months.len(),
        amounts.contributions.len(),
        amounts.state.len(),
        amounts.payer.len(),
    ];
    assert!(lengths.iter().all(|length| *length == count));
    let numbers = Numbers::of(rules);
    let PaymentAmounts {
        contributions,
        state,
        payer,
    } = amounts;
    let mut begin = 0;
    while begin < count {
        let end = (begin + CHUNK).min(count);
        let chunk = begin..end;
        let inputs = PaymentColumns {
            incomes: &columns.incomes[chunk.clone()],
            modes: &columns.modes[chunk.clone()],
            categories: &columns.categories[chunk.clone()],
            supported_months: &columns.supported_months[chunk.clone()],
        };
        let outputs = PaymentAmounts {
            contributions: &mut contributions[chunk.clone()],
            state: &mut state[chunk.clone()],
            payer: &mut payer[chunk],
        };
        let is_done = match &numbers {
            Some(numbers) => numbers.fill(inputs, outputs),
            None => false,
        };
        if !is_done {
            let chunk = begin..end;
            let outputs = PaymentAmounts {
                contributions: &mut contributions[chunk.clone()],
                state: &mut state[chunk.clone()],
                payer: &mut payer[chunk],
            };
            one_by_one(rules, inputs, outputs).map_err(|(at, error)| (begin + at, error))?;
        }
        begin = end;
    }
    Ok(())
}

/// People at a time: their columns stay in the nearest cache.
const CHUNK: usize = 512;

/// By the formula of the single case.
fn one_by_one(
    rules: &Rules,
    columns: PaymentColumns<'_>,
    amounts: PaymentAmounts<'_>,
) -> Result<(), (usize, PolicyError)> {
    for at in 0..columns.incomes.len() {
        let refused = |error| (at, error);
        let (income, mode) = (columns.incomes[at], columns.modes[at]);
        let (months, _, contribution) =
            block(rules, income, mode, &mut NoTrace).map_err(refused)?;
        let support = support(
            rules,
            columns.categories[at],
            months,
            columns.supported_months[at],
            contribution,
            &mut NoTrace,
        )
        .map_err(refused)?;
        amounts.contributions[at] = contribution;
        amounts.state[at] = support.state_vnd;
        amounts.payer[at] = payer(contribution, &support, &mut NoTrace);
    }
    Ok(())
}

/// The numbers of the rules for days without a step of the income and places without local support: then a person's amounts
/// are a few products, without a choice.
struct Numbers {
    ready: ReadyRate,
    floor: i64,
    ceiling: i64,
    months: [i64; 4],
    support_most: i64,
    support: [i64; 16],
}

impl Numbers {
    fn of(rules: &Rules) -> Option<Numbers> {
        let has_local = rules
            .local_monthly
            .iter()
            .any(|local| *local != AmountVnd::ZERO);
        let ready = rules.contribution_ready;
        if rules.income_step.is_some() || has_local || !ready.fits(rules.ceiling) {
            return None;
        }
        Some(Numbers {
            ready,
            floor: rules.poverty_line.value.0,
            ceiling: rules.ceiling.0,
            months: std::array::from_fn(|mode| rules.modes[mode].0.value),
            support_most: rules.support_max_months.value,
            support: std::array::from_fn(|at| rules.support[at].monthly.0),
        })
    }

    /// Fills the columns; false if somebody is refused, for the formula to say why.
    fn fill(&self, columns: PaymentColumns<'_>, amounts: PaymentAmounts<'_>) -> bool {
        // Below nothing as soon as one of the differences is: one word in place of three choices for each person.
        let mut margins = 0;
        let chosen = columns.incomes.iter().zip(columns.modes);
        let person = columns.categories.iter().zip(columns.supported_months);
        let filled = amounts
            .contributions
            .iter_mut()
            .zip(amounts.state)
            .zip(amounts.payer);
        for (((income, mode), (categories, had)), ((contribution, state), payer)) in
            chosen.zip(person).zip(filled)
        {
            let left = self.support_most - i64::from(*had);
            margins |=
                income.0.wrapping_sub(self.floor) | self.ceiling.wrapping_sub(income.0) | left;
            let months = self.months[*mode as usize];
            *contribution = self.ready.of_fitting(*income) * months;
            *state = AmountVnd(self.support[categories.index()] * months.min(left));
            *payer = *contribution - *state;
        }
        margins >= 0
    }
}
