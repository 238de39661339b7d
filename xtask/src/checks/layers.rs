//! What each layer may use: pure crates no input or output, SQL only in `store`, HTTP only in the doors.

use crate::checks::is_beside_the_crate;
use crate::rust_source::RustSource;
use crate::tree::{Fault, Tree};

const PURE: &[&str] = &[
    "crates/domain/",
    "crates/policy/",
    "crates/cube/",
    "crates/report/",
];

const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "std::io::stdout",
    "std::time::SystemTime",
    "std::time::Instant",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "tokio",
    "rand",
    "getrandom",
    "reqwest",
];

const DATABASE: &[&str] = &["sea_orm", "sea_query", "sqlx"];

/// Where HTTP may be spoken: the API, and the start of the server.
const HTTP_PLACES: &[&str] = &["crates/raquan/src/api/", "crates/raquan/src/serve.rs"];
const HTTP: &[&str] = &["axum", "hyper", "tower_http"];

/// Uses of a layer that the file's own layer may not know.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending(".rs") {
        if !path.starts_with("crates/") || is_beside_the_crate(path) {
            continue;
        }
        match RustSource::parse(text) {
            Ok(source) => faults.extend(source_faults(path, &source)),
            Err(error) => faults.push(Fault::new(path, 0, format!("is no Rust source: {error}"))),
        }
    }
    for (path, text) in tree
        .texts()
        .filter(|(path, _)| path.starts_with("web/src/routes/"))
    {
        faults.extend(screen_faults(path, text));
    }
    faults
}

/// Screens get their data from `web/src/lib/data`, which decides between network and device.
fn screen_faults(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for banned in ["fetch(", "indexedDB"] {
            let begins =
                |(start, _): (usize, &str)| !line[..start].ends_with(char::is_alphanumeric);
            if line.match_indices(banned).any(begins) {
                let what = format!("uses `{banned}`: a screen calls web/src/lib/data");
                faults.push(Fault::new(path, at + 1, what));
            }
        }
    }
    faults
}

fn source_faults(path: &str, source: &RustSource) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut ban = |patterns: &[&str], why: &str| {
        for pattern in patterns {
            for line in source.lines_using(pattern) {
                faults.push(Fault::new(path, line, format!("uses `{pattern}`: {why}")));
            }
        }
    };
    if PURE.iter().any(|pure| path.starts_with(pure)) {
        ban(
            IMPURE,
            "a pure crate has no input, output, clock or randomness; take the value as an argument",
        );
    }
    let in_store = path.starts_with("crates/store/");
    if !in_store {
        ban(DATABASE, "only `store` speaks to the database");
    }
    if !HTTP_PLACES.iter().any(|place| path.starts_with(place)) {
        ban(
            HTTP,
            "HTTP is known only in crates/raquan/src/api and the start of the server",
        );
    }
    if !in_store {
        for (line, text) in &source.strings {
            if is_sql(text) {
                faults.push(Fault::new(
                    path,
                    *line,
                    "holds SQL: put the statement into a function of `store`",
                ));
            }
        }
    }
    faults
}

/// Whether a literal is a statement. Sentences for people begin with a capital and do not count.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(first) = words.first() else {
        return false;
    };
    if *first != first.to_lowercase() && *first != first.to_uppercase() {
        return false;
    }
    let has = |wanted: &str| words.iter().any(|word| word.eq_ignore_ascii_case(wanted));
    let second = words
        .get(1)
        .map(|word| word.to_lowercase())
        .unwrap_or_default();
    match first.to_lowercase().as_str() {
        "select" => has("from"),
        "insert" => second == "into",
        "update" => has("set"),
        "delete" => second == "from",
        "with" => has("as") && has("select"),
        "create" | "alter" | "drop" => matches!(second.as_str(), "table" | "index"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: &[&str]) {
        let faults = faults(&Tree::of(&[(path, text)]));
        let whats: Vec<String> = faults.iter().map(|fault| fault.what.clone()).collect();
        assert_eq!(whats.len(), expected.len(), "{whats:?}");
        for (what, expected) in whats.iter().zip(expected) {
            assert!(what.starts_with(expected), "{what}");
        }
    }

    #[test]
    fn a_pure_crate_reads_no_files_and_no_clock() {
        check(
            "crates/domain/src/a.rs",
            "use std::fs;",
            &["uses `std::fs`"],
        );
        check(
            "crates/cube/src/a.rs",
            "fn a() { jiff::Timestamp::now(); }",
            &["uses `Timestamp::now`"],
        );
        check(
            "crates/report/src/a.rs",
            "use tokio::sync::Mutex;",
            &["uses `tokio`"],
        );
        check(
            "crates/domain/src/a.rs",
            "const A: &str = include_str!(\"a.toml\");",
            &[],
        );
        check(
            "crates/domain/src/a.rs",
            "#[cfg(test)]\nmod tests { use std::fs; }",
            &[],
        );
        check("crates/raquan/src/a.rs", "use std::fs;", &[]);
        check("crates/report/examples/a.rs", "use std::fs;", &[]);
    }

    #[test]
    fn sql_stands_only_in_the_store() {
        let text = "const A: &str = \"select id\n from task\";";
        check("crates/raquan/src/app/tasks.rs", text, &["holds SQL"]);
        check("crates/store/src/tasks.rs", text, &[]);
        check(
            "crates/raquan/src/app/tasks.rs",
            "const A: &str = \"Delete from the list?\";",
            &[],
        );
        check(
            "crates/raquan/src/app/tasks.rs",
            "use sea_orm::Statement;",
            &["uses `sea_orm`"],
        );
    }

    #[test]
    fn use_cases_know_no_http() {
        check(
            "crates/raquan/src/app/tasks.rs",
            "use axum::Json;",
            &["uses `axum`"],
        );
        check("crates/raquan/src/api/tasks.rs", "use axum::Json;", &[]);
    }

    #[test]
    fn screens_call_the_data_layer() {
        check(
            "web/src/routes/+page.svelte",
            "await fetch('/api')",
            &["uses `fetch(`"],
        );
        check("web/src/routes/+page.svelte", "query.refetch()", &[]);
        check("web/src/lib/remote/a.ts", "await fetch('/api')", &[]);
    }

    #[test]
    fn statements_are_told_from_sentences() {
        for text in [
            "insert into a values ($1)",
            "UPDATE a SET b = 1",
            "with a as (select 1) select * from a",
        ] {
            assert!(is_sql(text), "{text}");
        }
        for text in [
            "select a unit",
            "update",
            "",
            "Select one from the list",
            "with care",
        ] {
            assert!(!is_sql(text), "{text}");
        }
    }
}
