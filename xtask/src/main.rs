//! Checks that the repository keeps its own rules: `cargo run -p xtask -- check`, `… -- licenses`, and for the law as code
//! `… -- policy-reference` (writes the page of all numbers), `… -- policy-mutations` (whether cases notice wrong ones) and
//! `… -- policy-samples FILE` (random questions with the engine's answers, for the tests of the web app).

mod checks;
mod licenses;
mod policy_mutations;
mod policy_samples;
mod rust_source;
mod spdx;
mod tree;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::tree::{Fault, Tree};

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let result = match command.as_str() {
        "check" => repository_faults(),
        "licenses" => licenses::faults(root()),
        "policy-mutations" => policy_mutations::faults(root()),
        "policy-reference" => write_policy_reference(),
        "policy-samples" => write_policy_samples(),
        _ => {
            eprintln!(
                "usage: cargo run -p xtask -- check|licenses|policy-mutations|policy-reference|policy-samples FILE"
            );
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(faults) if faults.is_empty() => ExitCode::SUCCESS,
        Ok(faults) => {
            for fault in &faults {
                eprintln!("{fault}");
            }
            eprintln!("{} faults found by xtask {command}", faults.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("xtask {command} could not finish: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the root of the repository")
}

fn write_policy_reference() -> Result<Vec<Fault>> {
    let page = policy::reference::page(policy::Law::embedded());
    std::fs::write(root().join(checks::POLICY_PAGE), page).context(checks::POLICY_PAGE)?;
    Ok(Vec::new())
}

fn write_policy_samples() -> Result<Vec<Fault>> {
    let path = std::env::args().nth(2).context("policy-samples FILE")?;
    policy_samples::write(Path::new(&path))?;
    Ok(Vec::new())
}

fn repository_faults() -> Result<Vec<Fault>> {
    let tree = Tree::read(root()).context("reading the repository")?;
    let metadata = tree::cargo_metadata(root(), &["--no-deps"])?;
    let mut faults = checks::all(&tree, &metadata);
    faults.sort();
    Ok(faults)
}
