//! What holds for every text file: a first line that says what is in it, a length, no machine's paths, tidy data.

use std::path::Path;

use unicode_normalization::is_nfc;

use crate::tree::{Fault, Tree};

/// Files longer than this give their reason in one of the first five lines: `Long because …`.
const MAX_LINES: usize = 800;
const SOURCES: &[&str] = &["rs", "ts", "svelte", "js", "mjs", "sh", "py", "sql"];

/// Written by a program, as it says itself.
const GENERATED: &[&str] = &["web/src/lib/api/schema.d.ts"];

/// Faults of form in any text file.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts() {
        let extension = Path::new(path)
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        if SOURCES.contains(&extension) && !GENERATED.contains(&path) {
            faults.extend(length_fault(path, text));
        }
        if extension == "rs" && !text.trim_start().starts_with("//!") {
            faults.push(Fault::new(
                path,
                1,
                "begins without a `//!` line that says what is in it",
            ));
        }
        if extension == "toml" && path.starts_with("data/") {
            faults.extend(data_faults(path, text));
        }
        if !is_nfc(text) {
            let line = text
                .lines()
                .position(|line| !is_nfc(line))
                .map_or(0, |at| at + 1);
            faults.push(Fault::new(
                path,
                line,
                "holds letters with loose marks: Vietnamese is written in composed form (NFC)",
            ));
        }
        faults.extend(machine_path_faults(path, text));
    }
    faults
}

fn length_fault(path: &str, text: &str) -> Option<Fault> {
    let lines = text.lines().count();
    let reason = text
        .lines()
        .take(5)
        .any(|line| line.contains("Long because"));
    (lines > MAX_LINES && !reason).then(|| {
        let what = format!("has {lines} lines, above {MAX_LINES}: split it, or say `Long because …` in its first lines");
        Fault::new(path, 0, what)
    })
}

/// Names of folders that exist on one machine only.
fn machine_path_faults(path: &str, text: &str) -> Vec<Fault> {
    // In pieces, so that this file does not find itself.
    let folders = [
        ["/", "work/"].concat(),
        ["/", "root/"].concat(),
        ["..", "/shared"].concat(),
    ];
    let mut faults = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for folder in &folders {
            let begins = |(start, _): (usize, &str)| {
                !line[..start].ends_with(|before: char| {
                    before.is_alphanumeric() || matches!(before, '_' | '.' | '-' | '~' | '}')
                })
            };
            if line.match_indices(folder.as_str()).any(begins) {
                faults.push(Fault::new(
                    path,
                    at + 1,
                    format!("names `{folder}`, a folder of one machine"),
                ));
            }
        }
    }
    faults
}

fn data_faults(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Err(error) = text.parse::<toml::Table>() {
        let before = error.span().map_or("", |span| &text[..span.start]);
        faults.push(Fault::new(
            path,
            before.matches('\n').count() + 1,
            format!("is no TOML: {}", error.message()),
        ));
    }
    if !text.ends_with('\n') || text.ends_with("\n\n") {
        faults.push(Fault::new(path, 0, "does not end with one line break"));
    }
    for (at, line) in text.split('\n').enumerate() {
        if line.ends_with([' ', '\t', '\r']) {
            faults.push(Fault::new(path, at + 1, "ends in white space"));
        }
        if line.starts_with('\t') {
            faults.push(Fault::new(path, at + 1, "is indented by a tab: use spaces"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: &[(usize, &str)]) {
        let faults = faults(&Tree::of(&[(path, text)]));
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, (line, start)) in faults.iter().zip(expected) {
            assert_eq!(fault.line, *line);
            assert!(fault.what.starts_with(start), "{fault}");
        }
    }

    #[test]
    fn a_source_says_what_is_in_it() {
        check(
            "crates/domain/src/a.rs",
            "fn a() {}\n",
            &[(1, "begins without")],
        );
        check("crates/domain/src/a.rs", "//! A.\nfn a() {}\n", &[]);
    }

    #[test]
    fn a_long_file_gives_its_reason() {
        let long = "// a\n".repeat(MAX_LINES + 1);
        check("web/src/a.ts", &long, &[(0, "has 801 lines")]);
        check(
            "web/src/a.ts",
            &format!("// Long because it is a table.\n{long}"),
            &[],
        );
        check("web/src/lib/api/schema.d.ts", &long, &[]);
    }

    #[test]
    fn folders_of_one_machine_are_found() {
        check(
            "scripts/a",
            &["cd /", "work/main\n"].concat(),
            &[(1, "names")],
        );
        check(
            "README.md",
            &["a\nsee `..", "/shared/a.md`\n"].concat(),
            &[(2, "names")],
        );
        check(
            "README.md",
            &["https://example.vn/net", "work/a\n"].concat(),
            &[],
        );
    }

    #[test]
    fn data_is_tidy_toml() {
        check("data/a.toml", "a = 1\n", &[]);
        check("data/a.toml", "a = 1 \n", &[(1, "ends in white space")]);
        check("data/a.toml", "a = 1", &[(0, "does not end")]);
        check(
            "data/a.toml",
            "a = 1\nb = \n",
            &[(2, "is no TOML"), (2, "ends in white space")],
        );
    }

    #[test]
    fn vietnamese_is_composed() {
        check(
            "data/a.csv",
            "a\nNghe\u{323}\n",
            &[(2, "holds letters with loose marks")],
        );
    }
}
