//! The rules of the repository, one file per subject. Each check takes the tree and answers with the faults.

mod architecture;
mod crates;
mod decisions;
mod layers;
mod links;
mod migrations;
mod texts;

use serde_json::Value;

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
    faults
}

/// Whether a Rust source holds tests only.
fn is_test_source(path: &str) -> bool {
    path.contains("/tests/")
        || path.contains("/benches/")
        || path.ends_with("/tests.rs")
        || path.ends_with("_tests.rs")
}
