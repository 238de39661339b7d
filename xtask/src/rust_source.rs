//! What the checks need to know of a Rust source: the paths it uses, its string literals, the names it defines.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A Rust source without its comments, attributes and `#[cfg(test)]` items.
#[derive(Debug, Default)]
pub struct RustSource {
    /// Every path used (`std::fs::read`), also from `use` trees, with its line. Single names count too.
    pub paths: Vec<(usize, Vec<String>)>,
    /// Every string literal, with its line, as written in the source without quotes.
    pub strings: Vec<(usize, String)>,
    /// The names of functions, types, constants and modules that are defined.
    pub definitions: Vec<String>,
}

impl RustSource {
    /// Reads a source, or says why it cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = TokenStream::from_str(text).map_err(|error| error.to_string())?;
        let mut source = Self::default();
        source.walk(&without_tests(tokens), &[]);
        Ok(source)
    }

    /// The lines on which a path is used that holds `pattern`: at its start if it is one name, else anywhere.
    pub fn lines_using(&self, pattern: &str) -> Vec<usize> {
        let pattern: Vec<&str> = pattern.split("::").collect();
        let holds = |path: &Vec<String>| match pattern[..] {
            [name] => path.first().is_some_and(|first| first == name) && path.len() > 1,
            _ => path
                .windows(pattern.len())
                .any(|part| part.iter().eq(pattern.iter())),
        };
        self.paths
            .iter()
            .filter(|(_, path)| holds(path))
            .map(|(line, _)| *line)
            .collect()
    }

    fn walk(&mut self, tokens: &[TokenTree], prefix: &[String]) {
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(_) => at = self.path(tokens, at, prefix),
                TokenTree::Group(group) => {
                    self.walk(&without_tests(group.stream()), &[]);
                    at += 1;
                }
                TokenTree::Literal(literal) => {
                    if let Some(text) = string_content(&literal.to_string()) {
                        self.strings.push((literal.span().start().line, text));
                    }
                    at += 1;
                }
                TokenTree::Punct(_) => at += 1,
            }
        }
    }

    /// Takes one path that begins at `at`, and answers where it ends.
    fn path(&mut self, tokens: &[TokenTree], mut at: usize, prefix: &[String]) -> usize {
        let mut path = prefix.to_vec();
        let line = tokens[at].span().start().line;
        if let (TokenTree::Ident(keyword), Some(TokenTree::Ident(name))) =
            (&tokens[at], tokens.get(at + 1))
            && DEFINING.contains(&keyword.to_string().as_str())
        {
            self.definitions.push(name.to_string());
        }
        while let Some(TokenTree::Ident(name)) = tokens.get(at) {
            path.push(name.to_string());
            at += 1;
            if !(is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')) {
                break;
            }
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(_)) => at += 2,
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.use_tree(group.stream(), &path);
                    at += 3;
                    break;
                }
                _ => break,
            }
        }
        self.paths.push((line, path));
        at
    }

    fn use_tree(&mut self, tree: TokenStream, prefix: &[String]) {
        let tokens: Vec<TokenTree> = tree.into_iter().collect();
        for branch in tokens.split(|token| is_punct(Some(token), ',')) {
            if !branch.is_empty() {
                self.path(branch, 0, prefix);
            }
        }
    }
}

const DEFINING: &[&str] = &[
    "fn", "struct", "enum", "trait", "const", "static", "type", "mod",
];

/// Leaves out attributes (doc comments are such), and the items that stand behind `#[cfg(test)]`.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if is_punct(tokens.get(at), '#') {
            let inner = usize::from(is_punct(tokens.get(at + 1), '!'));
            if let Some(TokenTree::Group(attribute)) = tokens.get(at + 1 + inner) {
                at += 2 + inner;
                let attribute = attribute.stream().to_string().replace(' ', "");
                if inner == 0 && attribute.starts_with("cfg(") && attribute.contains("test") {
                    at = end_of_item(&tokens, at);
                }
                continue;
            }
        }
        kept.push(tokens[at].clone());
        at += 1;
    }
    kept
}

/// Where the item that begins at `at` ends: behind its body in braces, or behind its semicolon.
fn end_of_item(tokens: &[TokenTree], at: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => is_punct(Some(token), ';'),
    };
    tokens[at..]
        .iter()
        .position(ends)
        .map_or(tokens.len(), |length| at + length + 1)
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn string_content(literal: &str) -> Option<String> {
    let inner = literal
        .trim_start_matches(['b', 'c', 'r', '#'])
        .trim_end_matches('#');
    Some(inner.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> RustSource {
        RustSource::parse(text).expect("a source that can be read")
    }

    #[test]
    fn paths_come_from_use_trees_and_calls() {
        let source = source("use std::{fs::File, net};\n\nfn a() { std::env::var(\"X\"); }");
        assert_eq!(source.lines_using("std::fs"), [1]);
        assert_eq!(source.lines_using("std::net"), [1]);
        assert_eq!(source.lines_using("std::env"), [3]);
        assert!(source.lines_using("std::time").is_empty());
    }

    #[test]
    fn a_single_name_counts_only_as_the_start_of_a_path() {
        let source =
            source("use tokio::sync::Mutex; fn rand() { rand(); let tokio = 1; a::tokio::b(); }");
        assert_eq!(source.lines_using("tokio").len(), 1);
        assert!(source.lines_using("rand").is_empty());
    }

    #[test]
    fn tests_attributes_and_comments_are_left_out() {
        let source = source(
            "/// select a from b\nfn a() { let x = \"kept\"; }\n#[cfg(test)]\nmod tests { use std::fs; const A: &str = \"left out\"; }\nfn b() {}",
        );
        assert_eq!(source.strings, [(2, "kept".to_owned())]);
        assert!(source.lines_using("std::fs").is_empty());
        assert_eq!(source.definitions, ["a", "b"]);
    }

    #[test]
    fn raw_strings_are_strings() {
        assert_eq!(
            source("const A: &str = r#\"say \"hi\"\"#;").strings,
            [(1, "say \"hi\"".to_owned())]
        );
    }
}
