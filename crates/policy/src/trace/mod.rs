//! The steps of a calculation, kept or not: formulas are written once and run with either recorder.

mod render;
mod value;

use std::sync::Arc;

pub use render::{ExplainedStep, Explanation, Language, RenderedParameter, RenderedValue};
pub use value::Value;
pub(crate) use value::vi;

use crate::amount::Rounding;
use crate::parameters::{InForce, Source, Verified};

/// What a formula tells its steps to.
///
/// A formula takes `&mut impl Recorder`. With [`NoTrace`] the compiler removes the closures and what is in them, so a
/// batch runs at full speed; with [`Trace`] each step is kept as values, and texts are made only when it is rendered.
pub trait Recorder {
    /// Notes the step that `step` makes, if steps are kept.
    fn step(&mut self, step: impl FnOnce() -> Step);
}

/// Keeps nothing.
#[derive(Copy, Clone, Debug, Default)]
pub struct NoTrace;

impl Recorder for NoTrace {
    #[inline(always)]
    fn step(&mut self, _step: impl FnOnce() -> Step) {}
}

/// Keeps every step, in order.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// In the order of the calculation.
    pub steps: Vec<Step>,
}

impl Recorder for Trace {
    fn step(&mut self, step: impl FnOnce() -> Step) {
        self.steps.push(step());
    }
}

impl Trace {
    /// What the result rests on that is not verified, each once, in order of first use.
    pub fn unverified(&self) -> Vec<Unverified> {
        let mut found: Vec<Unverified> = Vec::new();
        for step in &self.steps {
            let doubts = step.doubts.iter().copied().map(Unverified::Reading);
            let values = step
                .sources
                .iter()
                .filter(|source| source.verified == Verified::Unverified);
            for one in values.cloned().map(Unverified::Value).chain(doubts) {
                if !found.contains(&one) {
                    found.push(one);
                }
            }
        }
        found
    }
}

/// What a step is, in words: one constant for each kind of step.
#[derive(Debug)]
pub struct StepText {
    /// Stable id, `area.step`.
    pub id: &'static str,
    /// What is done, in Vietnamese; `{name}` stands for an input, `{result}` for the value.
    pub vi: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// How, with the same names: `{rate} × {income}`.
    pub formula: &'static str,
}

/// A doubt about how the law is to be read, carried to the top of every result that rests on it.
#[derive(Debug, Eq, PartialEq)]
pub struct Doubt {
    /// Stable id, `area.doubt`.
    pub id: &'static str,
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
}

/// Something a result rests on that is not verified.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unverified {
    /// A value of a parameter.
    Value(Arc<Source>),
    /// A reading of the law.
    Reading(&'static Doubt),
}

impl Unverified {
    /// The id of the parameter or of the doubt.
    pub fn id(&self) -> &str {
        match self {
            Unverified::Value(source) => &source.parameter,
            Unverified::Reading(doubt) => doubt.id,
        }
    }
}

/// One step: values only, no text yet.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it is.
    pub text: &'static StepText,
    /// What went in, by the names of the text.
    pub inputs: Vec<(&'static str, Value)>,
    /// Which values of the law were used.
    pub sources: Vec<Arc<Source>>,
    /// What came out.
    pub value: Value,
    /// How it became whole.
    pub rounding: Rounding,
    /// Doubts about this step.
    pub doubts: Vec<&'static Doubt>,
}

impl Step {
    /// A step with its result.
    pub fn new(text: &'static StepText, value: impl Into<Value>) -> Step {
        Step {
            text,
            inputs: Vec::with_capacity(4),
            sources: Vec::with_capacity(2),
            value: value.into(),
            rounding: Rounding::Exact,
            doubts: Vec::new(),
        }
    }

    /// A value that went in.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Step {
        self.inputs.push((name, value.into()));
        self
    }

    /// A value of the law that went in.
    pub fn using<T: Copy + Into<Value>>(mut self, name: &'static str, value: &InForce<T>) -> Step {
        self.inputs.push((name, value.value.into()));
        self.from(&value.source)
    }

    /// Where in the law it stands, without a value.
    pub fn from(mut self, source: &Arc<Source>) -> Step {
        self.sources.push(Arc::clone(source));
        self
    }

    /// How the result became whole.
    pub fn rounded(mut self, rounding: Rounding) -> Step {
        self.rounding = rounding;
        self
    }

    /// A doubt about this step.
    pub fn doubted(mut self, doubt: &'static Doubt) -> Step {
        self.doubts.push(doubt);
        self
    }
}

/// A result with its reasons.
#[derive(Clone, Debug)]
pub struct Explained<T> {
    /// The result.
    pub value: T,
    /// What it rests on that is not verified; empty if all is.
    pub unverified: Vec<Unverified>,
    /// How it came about.
    pub trace: Trace,
    /// Version of the compiled-in rules.
    pub rules_version: &'static str,
}

/// Runs a formula with a trace.
///
/// Errors: those of the formula.
pub fn explained<T, E>(
    formula: impl FnOnce(&mut Trace) -> Result<T, E>,
) -> Result<Explained<T>, E> {
    let mut trace = Trace::default();
    let value = formula(&mut trace)?;
    Ok(Explained {
        value,
        unverified: trace.unverified(),
        trace,
        rules_version: crate::rules_version(),
    })
}
