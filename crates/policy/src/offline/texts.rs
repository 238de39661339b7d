//! The sentences of steps, doubts and words.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::household_hi::Group;
use crate::person::Scheme;
use crate::retirement::Sex;
use crate::trace::Value;
use crate::voluntary_si::Category;
use crate::withdrawal::{Disease, Reason};
use crate::{compare, household_hi, pension, retirement, tables, voluntary_si, withdrawal};

/// A text in Vietnamese and English.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(super) struct Both(pub Cow<'static, str>, pub Cow<'static, str>);

/// A step in Vietnamese and English, and its formula.
#[derive(Debug, Serialize)]
pub(super) struct Sentence(&'static str, &'static str, &'static str);

/// By id.
pub(super) fn texts() -> BTreeMap<&'static str, Sentence> {
    let areas = [
        voluntary_si::TEXTS,
        household_hi::TEXTS,
        pension::TEXTS,
        retirement::TEXTS,
        withdrawal::TEXTS,
        compare::TEXTS,
        tables::TEXTS,
    ];
    let texts = areas.into_iter().flatten().copied().flatten();
    texts
        .map(|text| (text.id, Sentence(text.vi, text.en, text.formula)))
        .collect()
}

/// By id.
pub(super) fn doubts() -> BTreeMap<&'static str, Both> {
    let areas = [household_hi::DOUBTS, pension::DOUBTS, retirement::DOUBTS];
    let doubts = areas.into_iter().flatten().copied().flatten();
    doubts
        .map(|doubt| (doubt.id, Both(doubt.vi.into(), doubt.en.into())))
        .collect()
}

/// By list and word: `category.poor`.
pub(super) fn words() -> BTreeMap<String, Both> {
    let mut words = BTreeMap::new();
    add(&mut words, "category", &Category::ALL);
    add(&mut words, "disease", &Disease::ALL);
    add(&mut words, "group", &Group::ALL);
    add(&mut words, "reason", &Reason::ALL);
    add(
        &mut words,
        "scheme",
        &[Scheme::CompulsorySi, Scheme::VoluntarySi],
    );
    add(&mut words, "sex", &Sex::ALL);
    words
}

fn add<T: Copy + Serialize + Into<Value>>(
    words: &mut BTreeMap<String, Both>,
    list: &str,
    all: &[T],
) {
    for one in all {
        let name = serde_json::to_value(one).expect("a word of a list");
        if let (Some(name), Value::Word(vi, en)) = (name.as_str(), (*one).into()) {
            words.insert(format!("{list}.{name}"), Both(vi.into(), en.into()));
        }
    }
}
