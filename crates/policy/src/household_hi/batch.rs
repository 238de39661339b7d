//! Contributions of very many households on one day: the formula is run once for each form and place, then looked up.

use crate::amount::AmountVnd;
use crate::error::PolicyError;
use crate::household_hi::contribution::{check_period, in_group, in_household};
use crate::household_hi::{Group, Member, MemberContribution, Rules};
use crate::trace::NoTrace;

/// How a member pays, in a column: as a member of the household, or in a group.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Form(u8);

impl From<Option<Group>> for Form {
    fn from(group: Option<Group>) -> Form {
        Form(group.map_or(0, |group| group as u8 + 1))
    }
}

const FORMS: usize = Group::ALL.len() + 1;
/// From the fifth place on all pay alike.
const PLACES: usize = 5;

/// What each household pays for `months`, and what the State pays for it, in đồng.
///
/// `sizes` are the members of each household, whose forms follow one another in `forms`; members in the household form are in
/// their order. Nobody had support before. The answers go to `payer` and `state`, one for each household.
///
/// Errors: those of [`contribution`](super::contribution) for the period and for groups that the law of the day does not name;
/// the answers are of no use then. Panics if the columns do not fit together.
pub fn contributions(
    rules: &Rules,
    months: u32,
    sizes: &[u8],
    forms: &[Form],
    payer: &mut [AmountVnd],
    state: &mut [AmountVnd],
) -> Result<(), PolicyError> {
    assert_eq!(sizes.len(), payer.len());
    assert_eq!(sizes.len(), state.len());
    check_period(rules, months)?;
    let table = Table::of(rules, months);
    let mut seen = 0_u32;
    let mut rest = forms;
    for ((size, payer), state) in sizes.iter().zip(payer).zip(state) {
        let (members, after) = rest.split_at(usize::from(*size));
        rest = after;
        let mut place = 0_usize;
        let (mut of_payer, mut of_state) = (0, 0);
        for form in members {
            let form = usize::from(form.0) % FORMS;
            let amounts = &table.amounts[form][place];
            of_payer += amounts.0;
            of_state += amounts.1;
            seen |= 1 << form;
            place = (place + usize::from(form == 0)).min(PLACES - 1);
        }
        *payer = AmountVnd(of_payer);
        *state = AmountVnd(of_state);
    }
    assert!(rest.is_empty(), "there are more members than the sizes say");
    table.refused(seen)
}

struct Table {
    /// Payer and State, in đồng, by form and place from 0.
    amounts: [[(i64, i64); PLACES]; FORMS],
    /// The forms that the law of the day does not name, and why.
    closed: Vec<(usize, PolicyError)>,
}

impl Table {
    fn of(rules: &Rules, months: u32) -> Table {
        let pair = |paid: MemberContribution| (paid.payer_vnd.0, paid.state_vnd.0);
        let mut amounts = [[(0, 0); PLACES]; FORMS];
        let mut closed = Vec::new();
        for (place, amounts) in amounts[0].iter_mut().enumerate() {
            *amounts = pair(in_household(rules, place as u32 + 1, months, &mut NoTrace));
        }
        for group in Group::ALL {
            let form = usize::from(Form::from(Some(group)).0);
            let member = Member {
                groups: vec![group],
                ..Member::default()
            };
            match in_group(rules, 0, &member, months, &mut NoTrace) {
                Ok(paid) => amounts[form] = [pair(paid); PLACES],
                Err(error) => closed.push((form, error)),
            }
        }
        Table { amounts, closed }
    }

    fn refused(self, seen: u32) -> Result<(), PolicyError> {
        let mut closed = self.closed.into_iter();
        match closed.find(|(form, _)| seen & (1 << form) != 0) {
            Some((_, error)) => Err(error),
            None => Ok(()),
        }
    }
}
