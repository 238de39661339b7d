//! Answers as they were written last, given again until a figure changes: a morning's overview is asked for by
//! hundreds of officers, and most ask the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use cube::{Boundaries, StateSet};
use domain::admin_units::UnitIx;
use domain::period::Period;

use super::answer::Notice;
use super::question::{Against, Question};

/// At most so many answers are kept; each takes some kilobytes.
const MOST: usize = 512;

/// All that an answer depends on beside the figures themselves. Who asks is not among it: what somebody may ask
/// is decided before.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    indicator: String,
    unit: Option<UnitIx>,
    periods: Vec<Period>,
    boundaries: Boundaries,
    compare: Vec<Against>,
    states: StateSet,
    organization_id: Option<String>,
    notices: Vec<Notice>,
}

impl From<&Question<'_>> for Asked {
    fn from(question: &Question<'_>) -> Self {
        Self {
            indicator: question.indicator.id.clone(),
            unit: question.unit,
            periods: question.periods.clone(),
            boundaries: question.boundaries,
            compare: question.compare.clone(),
            states: question.states,
            organization_id: question.organization_id.clone(),
            notices: question.notices.clone(),
        }
    }
}

/// The answers of one state of the figures.
#[derive(Debug, Default)]
pub(super) struct Memo(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    version: u64,
    answers: HashMap<Asked, Arc<[u8]>>,
}

impl Memo {
    /// The answer, when it was written from this version of the figures.
    pub fn get(&self, version: u64, asked: &Asked) -> Option<Arc<[u8]>> {
        let kept = self.0.lock().expect("no holder panics");
        let answer = (kept.version == version).then(|| kept.answers.get(asked))?;
        answer.cloned()
    }

    /// Keeps an answer that was written from a version of the figures, unless there is a later one.
    pub fn put(&self, version: u64, asked: Asked, answer: Arc<[u8]>) {
        let mut kept = self.0.lock().expect("no holder panics");
        if version < kept.version {
            return;
        }
        if version > kept.version || kept.answers.len() >= MOST {
            kept.answers.clear();
            kept.version = version;
        }
        kept.answers.insert(asked, answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(indicator: &str) -> Asked {
        Asked {
            indicator: indicator.to_owned(),
            unit: None,
            periods: vec![],
            boundaries: Boundaries::AsWas,
            compare: vec![],
            states: StateSet::ALL,
            organization_id: None,
            notices: vec![],
        }
    }

    #[test]
    fn an_answer_is_given_again_until_the_figures_change() {
        let memo = Memo::default();
        let answer = |text: &str| Arc::<[u8]>::from(text.as_bytes());
        assert_eq!(memo.get(0, &asked("a")), None);
        memo.put(3, asked("a"), answer("1"));
        assert_eq!(memo.get(3, &asked("a")), Some(answer("1")));
        assert_eq!(memo.get(3, &asked("b")), None);
        assert_eq!(memo.get(4, &asked("a")), None);
        memo.put(4, asked("a"), answer("2"));
        // One that was under way meanwhile comes too late.
        memo.put(3, asked("a"), answer("1"));
        assert_eq!(memo.get(4, &asked("a")), Some(answer("2")));
        assert_eq!(memo.get(3, &asked("a")), None);
        for n in 0..2 * MOST {
            memo.put(4, asked(&format!("{n}")), answer("3"));
        }
        assert!(memo.0.lock().unwrap().answers.len() <= MOST);
    }
}
