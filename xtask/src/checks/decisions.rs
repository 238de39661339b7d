//! Decision records: numbered without gaps, each with the same four headings in order.

use crate::tree::{Fault, Tree};

const FOLDER: &str = "docs/decisions/";
const HEADINGS: &[&str] = &["## Context", "## Options", "## Decision", "## Consequences"];

/// Records that miss a heading or whose number is out of order.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut expected = 1;
    for (path, text) in tree.ending(".md") {
        let Some(name) = path
            .strip_prefix(FOLDER)
            .filter(|name| *name != "README.md")
        else {
            continue;
        };
        let number = name.split_once('-').and_then(|(number, _)| {
            if number.len() == 4 {
                number.parse::<u32>().ok()
            } else {
                None
            }
        });
        if number != Some(expected) {
            faults.push(Fault::new(
                path,
                0,
                format!("is not named `{expected:04}-title.md`, the next number"),
            ));
        }
        expected = number.unwrap_or(expected) + 1;
        let headings: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("## "))
            .collect();
        if headings != HEADINGS {
            faults.push(Fault::new(
                path,
                0,
                format!(
                    "has not just these headings in order: {}",
                    HEADINGS.join(", ")
                ),
            ));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# 0001 A\n\n## Context\n\n## Options\n\n## Decision\n\n## Consequences\n";

    fn check(path: &str, text: &str, expected: &[&str]) {
        let faults = faults(&Tree::of(&[(path, text)]));
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, start) in faults.iter().zip(expected) {
            assert!(fault.what.starts_with(start), "{fault}");
        }
    }

    #[test]
    fn a_record_has_four_headings() {
        check("docs/decisions/0001-a.md", GOOD, &[]);
        check(
            "docs/decisions/0001-a.md",
            &GOOD.replace("## Options\n", ""),
            &["has not just these headings"],
        );
    }

    #[test]
    fn records_are_numbered_without_gaps() {
        check(
            "docs/decisions/0002-a.md",
            GOOD,
            &["is not named `0001-title.md`"],
        );
        check(
            "docs/decisions/a.md",
            GOOD,
            &["is not named `0001-title.md`"],
        );
    }
}
