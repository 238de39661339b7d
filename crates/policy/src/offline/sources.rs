//! Where the values of the document stand, each place once.

use std::sync::Arc;

use serde::Serialize;

use crate::error::PolicyError;
use crate::parameters::{InForce, Source as ParameterSource, Verified};
use crate::trace::{Language, Unverified};

use super::refusals::Refusal;
use super::texts::Both;

/// Instrument and article of a value.
#[derive(Debug, Eq, PartialEq, Serialize)]
pub(super) struct Source {
    reference: String,
    /// What is to be said at the top of a result that rests on the value, if it is not verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    unverified: Option<Both>,
}

/// A value, and the place of its source in the list.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub(super) struct Told<T>(pub T, pub usize);

/// All sources, and all refusals of tables, told so far.
#[derive(Default)]
pub(super) struct Sources {
    pub list: Vec<Source>,
    pub refusals: Vec<Refusal>,
}

impl Sources {
    /// The place of a source in the list.
    pub fn place(&mut self, source: &Arc<ParameterSource>) -> usize {
        let unverified = (source.verified == Verified::Unverified).then(|| {
            let value = Unverified::Value(Arc::clone(source));
            Both(
                value.sentence(Language::Vi).into(),
                value.sentence(Language::En).into(),
            )
        });
        let source = Source {
            reference: source.reference.clone(),
            unverified,
        };
        place_of(&mut self.list, source)
    }

    /// The place in the list of why a table does not hold; the phone fills in the day.
    pub fn refusal(&mut self, error: PolicyError, marks: &[(&str, &str)]) -> usize {
        place_of(&mut self.refusals, Refusal::of_table(error, marks))
    }

    /// A value with its source.
    pub fn told<T: Copy>(&mut self, value: &InForce<T>) -> Told<T> {
        Told(value.value, self.place(&value.source))
    }

    /// A value that may not be in force.
    pub fn told_if<T: Copy>(&mut self, value: &Option<InForce<T>>) -> Option<Told<T>> {
        value.as_ref().map(|value| self.told(value))
    }

    /// Two values.
    pub fn both<T: Copy>(&mut self, (one, other): &(InForce<T>, InForce<T>)) -> [Told<T>; 2] {
        [self.told(one), self.told(other)]
    }
}

/// The place of an item in a list that has it once.
fn place_of<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|one| *one == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}
