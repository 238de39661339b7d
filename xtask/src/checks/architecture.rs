//! What ARCHITECTURE.md and the developers' pages name exists: paths and functions in inline code.
//!
//! Two forms are checked. `crates/store/src/changes.rs` is a path from the root. `app::campaigns::campaign_create`
//! is a name in a module: a crate or a module of `raquan` first, then modules, then what they define.

use crate::rust_source::RustSource;
use crate::tree::{Fault, Tree};

const CRATES: &[&str] = &["domain", "policy", "cube", "store", "report", "raquan"];
const TOP_FOLDERS: &[&str] = &[
    "crates", "web", "data", "docs", "benches", "xtask", "scripts", ".ci",
];

/// Paths and names in the documents for developers that are not there.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending(".md") {
        let checked = matches!(path, "ARCHITECTURE.md" | "CONTRIBUTING.md")
            || path.starts_with("docs/develop/");
        if !checked {
            continue;
        }
        for (line, code) in inline_code(text) {
            if is_path(code) && !tree.exists(code) {
                faults.push(Fault::new(
                    path,
                    line,
                    format!("names the path `{code}`, which is not there"),
                ));
            }
            if let Some(names) = qualified(code)
                && !is_defined(tree, &names)
            {
                faults.push(Fault::new(
                    path,
                    line,
                    format!("names `{code}`, which is not defined there"),
                ));
            }
        }
    }
    faults
}

fn inline_code(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(
                line.split('`')
                    .skip(1)
                    .step_by(2)
                    .map(|code| (at + 1, code)),
            );
        }
    }
    found
}

/// Placeholders (`<resource>`, `NNNN_name.sql`, `…`) mark a form, not a file.
fn is_path(code: &str) -> bool {
    let top = code.split('/').next().unwrap_or_default();
    let form = code.contains(['<', '*', '{', '…', ' ']) || code.contains("NNNN");
    code.contains('/') && TOP_FOLDERS.contains(&top) && !form
}

fn qualified(code: &str) -> Option<Vec<&str>> {
    let names: Vec<&str> = code.trim_end_matches("()").split("::").collect();
    let is_name = |name: &&str| {
        !name.is_empty()
            && name
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    (names.len() > 1 && names.iter().all(is_name)).then_some(names)
}

/// Follows modules as far as there are files for them. What is left must be defined in that module's own file, or be
/// handed on by it with `pub use`; what belongs to a type stands in an `impl` there or in a file below the module.
fn is_defined(tree: &Tree, names: &[&str]) -> bool {
    let (mut folder, mut rest) = match CRATES.contains(&names[0]) {
        true => (format!("crates/{}/src", names[0]), &names[1..]),
        false => ("crates/raquan/src".to_owned(), names),
    };
    let mut file = format!("{folder}/lib.rs");
    while let [next, left @ ..] = rest {
        let inner = format!("{folder}/{next}");
        if tree.exists(&format!("{inner}.rs")) {
            file = format!("{inner}.rs");
        } else if tree.exists(&format!("{inner}/mod.rs")) {
            file = format!("{inner}/mod.rs");
        } else {
            break;
        }
        (folder, rest) = (inner, left);
    }
    let below = format!("{folder}/");
    let sources: Vec<(&str, RustSource)> = tree
        .ending(".rs")
        .filter(|(path, _)| *path == file || path.starts_with(&below))
        .map(|(path, text)| (path, RustSource::parse(text).unwrap_or_default()))
        .collect();
    let Some((_, module)) = sources.iter().find(|(path, _)| *path == file) else {
        return false;
    };
    let is_here = |name: &str| {
        [&module.definitions, &module.exports]
            .iter()
            .any(|all| all.iter().any(|own| own == name))
    };
    match rest {
        [] => true,
        [name] => is_here(name),
        [owner, ..] => {
            let whole = rest.join("::");
            is_here(owner)
                && sources
                    .iter()
                    .any(|(_, source)| source.definitions.contains(&whole))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, expected: &[&str]) {
        let tree = Tree::of(&[
            ("ARCHITECTURE.md", document),
            (
                "crates/store/src/lib.rs",
                "//! Store.\npub mod changes;\npub struct Store;\nimpl Store { pub fn write() {} }",
            ),
            (
                "crates/store/src/changes.rs",
                "//! Changes.\npub fn change_insert() {}",
            ),
            (
                "crates/raquan/src/app/mod.rs",
                "//! Use cases.\npub mod campaigns;\nmod write;\npub struct App;",
            ),
            (
                "crates/raquan/src/app/write.rs",
                "//! Writing.\nimpl App { pub fn write() {} }\nstruct Done;\nimpl Done { fn committed() {} }",
            ),
            (
                "crates/raquan/src/app/campaigns/create.rs",
                "//! Create.\npub fn campaign_create() {}",
            ),
            (
                "crates/raquan/src/app/campaigns.rs",
                "//! Campaigns.\nmod create;\npub use create::campaign_create;",
            ),
        ]);
        let faults = faults(&tree);
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, part) in faults.iter().zip(expected) {
            assert!(fault.what.contains(part), "{fault}");
        }
    }

    #[test]
    fn paths_exist() {
        check(
            "`crates/store/src/changes.rs`, `crates/store/`, `crates/<name>/src`, `a/b`\n",
            &[],
        );
        check("`crates/store/src/gone.rs`\n", &["gone.rs"]);
    }

    #[test]
    fn names_are_defined_where_they_are_said_to_be() {
        check(
            "`store::changes::change_insert`, `store::Store::write`, `app::campaigns::campaign_create`\n",
            &[],
        );
        check("`store::changes::change_delete`\n", &["change_delete"]);
        check("`app::tasks::task_create`\n", &["task_create"]);
        check("`jobs::run`\n", &["jobs::run"]);
        check("`store::changes`, `app::campaigns`\n", &[]);
        check("`store::gone`\n", &["store::gone"]);
    }

    #[test]
    fn a_name_elsewhere_below_the_module_is_not_a_definition() {
        check("`app::App::write`, `app::write::Done::committed`\n", &[]);
        check("`app::App::committed`\n", &["app::App::committed"]);
        check("`app::campaign_create`\n", &["app::campaign_create"]);
        check("`app::Done`\n", &["app::Done"]);
        check("`store::write`\n", &["store::write"]);
        check("`store::Store::change_insert`\n", &["change_insert"]);
    }

    #[test]
    fn code_blocks_are_left_alone() {
        check("```\n`crates/gone`\n```\n", &[]);
    }
}
