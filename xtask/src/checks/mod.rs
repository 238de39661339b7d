//! The rules of the repository, one file per subject. Each check takes the tree and answers with the faults.

mod architecture;
mod crates;
mod decisions;
mod layers;
mod links;
mod migrations;
mod policy_reference;
mod texts;

use serde_json::Value;

pub use policy_reference::PAGE as POLICY_PAGE;

use crate::tree::{Fault, Tree};

/// Runs every check.
pub fn all(tree: &Tree, metadata: &Value) -> Vec<Fault> {
    let mut faults = crates::faults(metadata);
    faults.extend(layers::faults(tree));
    faults.extend(texts::faults(tree));
    faults.extend(architecture::faults(tree));
    faults.extend(decisions::faults(tree));
    faults.extend(links::faults(tree));
    faults.extend(migrations::faults(tree));
    faults.extend(policy_reference::faults(tree));
    faults
}

/// Whether a Rust source is not shipped: tests, measurements, examples.
fn is_beside_the_crate(path: &str) -> bool {
    let folders = ["/tests/", "/benches/", "/examples/"];
    folders.iter().any(|folder| path.contains(folder))
        || path.ends_with("/tests.rs")
        || path.ends_with("_tests.rs")
}
