//! The page of all numbers of the law is what the parameter files say.

use crate::tree::{Fault, Tree};

/// Where the page lies.
pub const PAGE: &str = "docs/reference/policy.md";

/// A page that is not there or stale.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let page = policy::reference::page(policy::Law::embedded());
    let text = tree.text(PAGE).unwrap_or_default();
    if text == page {
        return Vec::new();
    }
    let same = text
        .lines()
        .zip(page.lines())
        .take_while(|(old, new)| old == new);
    let what = "is not what the parameter files say: cargo run -p xtask -- policy-reference";
    vec![Fault::new(PAGE, same.count() + 1, what)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_page_is_found_at_its_first_line() {
        let page = policy::reference::page(policy::Law::embedded());
        assert_eq!(faults(&Tree::of(&[(PAGE, &page)])), []);
        let stale = page.replace("4.5%", "4.6%");
        let faults = faults(&Tree::of(&[(PAGE, &stale)]));
        assert!(faults.len() == 1 && faults[0].line > 1, "{faults:?}");
    }
}
