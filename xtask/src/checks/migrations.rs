//! Migrations: `NNNN_name.sql`, numbered without gaps; a pair per database only under one number.

use std::collections::BTreeMap;

use crate::tree::{Fault, Tree};

const FOLDER: &str = "crates/store/migrations/";
const ENDINGS: &[&str] = &[".sqlite.sql", ".postgres.sql", ".sql"];

/// Migrations that are misnamed, doubled or leave a gap.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut numbers: BTreeMap<u32, Vec<(&str, &str)>> = BTreeMap::new();
    for (path, text) in tree.texts() {
        let Some(name) = path.strip_prefix(FOLDER) else {
            continue;
        };
        match parts(name) {
            Some((number, title)) => numbers.entry(number).or_default().push((path, title)),
            None => faults.push(Fault::new(
                path,
                0,
                "is not named `NNNN_name.sql` (or `.sqlite.sql`, `.postgres.sql`)",
            )),
        }
        if !text.starts_with("-- ") {
            faults.push(Fault::new(
                path,
                1,
                "begins without a `-- ` line that says what it does",
            ));
        }
    }
    for (expected, (number, files)) in (1..).zip(&numbers) {
        let (path, title) = files[0];
        if *number != expected {
            faults.push(Fault::new(
                path,
                0,
                format!("leaves a gap: the next number is {expected:04}"),
            ));
        }
        let pair = files.len() == 2
            && files
                .iter()
                .all(|(path, other)| *other == title && path.matches('.').count() == 2);
        if files.len() > 1 && !pair {
            faults.push(Fault::new(
                files[1].0,
                0,
                format!("has the number of {path}"),
            ));
        }
    }
    faults
}

fn parts(name: &str) -> Option<(u32, &str)> {
    let stem = ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))?;
    let (number, title) = stem.split_once('_')?;
    let plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    (number.len() == 4 && !title.is_empty() && title.chars().all(plain)).then_some(())?;
    Some((number.parse().ok()?, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &[&str]) {
        let paths: Vec<String> = names.iter().map(|name| format!("{FOLDER}{name}")).collect();
        let files: Vec<(&str, &str)> = paths
            .iter()
            .map(|path| (path.as_str(), "-- One table.\n"))
            .collect();
        let faults = faults(&Tree::of(&files));
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, start) in faults.iter().zip(expected) {
            assert!(fault.what.starts_with(start), "{fault}");
        }
    }

    #[test]
    fn names_and_numbers_are_in_order() {
        check(
            &[
                "0001_change_log.sql",
                "0002_people.sqlite.sql",
                "0002_people.postgres.sql",
                "0003_plan.sql",
            ],
            &[],
        );
        check(&["0001_a.sql", "0003_b.sql"], &["leaves a gap"]);
        check(&["0001_a.sql", "0001_b.sql"], &["has the number of"]);
        check(&["1_a.sql"], &["is not named"]);
        check(&["0001_Ä.sql"], &["is not named"]);
    }

    #[test]
    fn a_migration_says_what_it_does() {
        let faults = faults(&Tree::of(&[(
            "crates/store/migrations/0001_a.sql",
            "create table a (id text);\n",
        )]));
        assert!(faults[0].what.starts_with("begins without"));
    }
}
