//! The law as this installation knows it.

use std::sync::{Arc, OnceLock, RwLock};

use jiff::civil::Date;
use policy::parameters::{Parameter, Row};
use policy::{Law, PolicyError};

/// The law at one time, and a tag that is another one after each change.
#[derive(Debug)]
pub struct KnownLaw {
    /// The law.
    pub law: Law,
    /// Changes with the rules and with what administrators enter.
    pub tag: String,
    offline: OnceLock<String>,
}

impl KnownLaw {
    fn new(law: Law, tag: String) -> Self {
        Self {
            law,
            tag,
            offline: OnceLock::new(),
        }
    }

    /// The tables of the phone, as JSON; made when first asked for.
    pub fn offline(&self) -> &str {
        self.offline.get_or_init(|| {
            let document = policy::offline::document(&self.law);
            serde_json::to_string(&document).expect("it is plain data")
        })
    }
}

/// The law for all requests; those that have begun keep theirs.
#[derive(Debug)]
pub struct LawInForce(RwLock<Arc<KnownLaw>>);

impl LawInForce {
    /// What is compiled in.
    pub fn embedded() -> Self {
        let known = KnownLaw::new(Law::embedded().clone(), policy::rules_version().to_owned());
        Self(RwLock::new(Arc::new(known)))
    }

    /// The law of now.
    pub fn now(&self) -> Arc<KnownLaw> {
        self.0.read().expect("no holder panics").clone()
    }
}

/// The numbers of the law in force on a day, by id, with the rows that hold; what provinces add comes last.
///
/// Errors: a day whose law is not known.
pub fn parameter_list(law: &Law, on: Date) -> Result<Vec<(&Parameter, &[Row])>, PolicyError> {
    law.check_date(on)?;
    let local = law.provincial_support.iter().map(|local| &local.share);
    let all = law.parameters.iter().chain(local);
    let in_force = all.filter_map(|parameter| {
        let rows = parameter.entry_on(on)?.rows.as_deref()?;
        Some((parameter, rows))
    });
    Ok(in_force.collect())
}
