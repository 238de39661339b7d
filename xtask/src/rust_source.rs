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
    /// What is defined, by its path within the source: `Store`, `Store::write` (of any `impl` of that type or trait),
    /// `Kind::Variant`, `inline_module::item`. Bodies of functions are not looked into.
    pub definitions: Vec<String>,
    /// The names that `pub use` hands on, as they are called here.
    pub exports: Vec<String>,
}

impl RustSource {
    /// Reads a source, or says why it cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = TokenStream::from_str(text).map_err(|error| error.to_string())?;
        let mut source = Self::default();
        let tokens = without_tests(tokens);
        source.items(&tokens, "");
        source.walk(&tokens, &[]);
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

    /// Takes the items of a module, a trait or an `impl`, whose own path is `within`.
    fn items(&mut self, tokens: &[TokenTree], within: &str) {
        let path = |name: &str| match within {
            "" => name.to_owned(),
            _ => format!("{within}::{name}"),
        };
        let mut at = 0;
        while at < tokens.len() {
            let TokenTree::Ident(keyword) = &tokens[at] else {
                at += 1;
                continue;
            };
            let end = match keyword == "use" {
                true => end_of_use(tokens, at),
                false => end_of_item(tokens, at),
            };
            let body = match tokens.get(end - 1) {
                Some(TokenTree::Group(group)) => without_tests(group.stream()),
                _ => Vec::new(),
            };
            let named = match tokens.get(at + 1) {
                Some(TokenTree::Ident(name)) => Some(name.to_string()),
                _ => None,
            };
            match (keyword.to_string().as_str(), named) {
                ("impl", _) => {
                    if let Some(name) = implementing(&tokens[at + 1..end - 1]) {
                        self.items(&body, &path(&name));
                    }
                }
                ("use", _) => {
                    if is_public(&tokens[..at]) {
                        names_used(&tokens[at + 1..end - 1], &mut self.exports);
                    }
                }
                // The items that a macro of this module makes are written there as elsewhere.
                ("macro_rules", _) => {
                    for arm in &body {
                        if let TokenTree::Group(made) = arm {
                            self.items(&without_tests(made.stream()), within);
                        }
                    }
                }
                ("const", Some(name)) if BEFORE_FN.contains(&name.as_str()) => {
                    at += 1;
                    continue;
                }
                (word, Some(name)) if DEFINING.contains(&word) => {
                    let own = path(&name);
                    match word {
                        "mod" | "trait" => self.items(&body, &own),
                        "enum" => self.variants(&body, &own),
                        _ => {}
                    }
                    self.definitions.push(own);
                }
                _ => {
                    at += 1;
                    continue;
                }
            }
            at = end;
        }
    }

    fn variants(&mut self, body: &[TokenTree], of: &str) {
        for variant in body.split(|token| is_punct(Some(token), ',')) {
            if let Some(TokenTree::Ident(name)) = variant.first() {
                self.definitions.push(format!("{of}::{name}"));
            }
        }
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

/// What may stand between `const` and the name of a function.
const BEFORE_FN: &[&str] = &["fn", "unsafe", "async", "extern"];

/// The name of the type that an `impl` is for, from the tokens between `impl` and its body.
fn implementing(head: &[TokenTree]) -> Option<String> {
    let mut depth = 0_usize;
    let mut name = None;
    let mut arrow = false;
    for token in head {
        match token {
            TokenTree::Punct(punct) => {
                match punct.as_char() {
                    '<' => depth += 1,
                    '>' if !arrow => depth = depth.saturating_sub(1),
                    _ => {}
                }
                arrow = punct.as_char() == '-';
            }
            TokenTree::Ident(ident) if depth == 0 => match ident.to_string().as_str() {
                "where" => break,
                "for" => name = None,
                "dyn" | "mut" => {}
                word => name = Some(word.to_owned()),
            },
            _ => {}
        }
    }
    name
}

/// The names that a `use` tree brings in, as they are called there; a glob brings none.
fn names_used(tokens: &[TokenTree], exports: &mut Vec<String>) {
    for branch in tokens.split(|token| is_punct(Some(token), ',')) {
        match branch.last() {
            Some(TokenTree::Group(group)) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                names_used(&inner, exports);
            }
            Some(TokenTree::Ident(name)) => exports.push(name.to_string()),
            _ => {}
        }
    }
}

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

/// Where the `use` that begins at `at` ends: behind its semicolon.
fn end_of_use(tokens: &[TokenTree], at: usize) -> usize {
    tokens[at..]
        .iter()
        .position(|token| is_punct(Some(token), ';'))
        .map_or(tokens.len(), |length| at + length + 1)
}

/// Whether `pub`, or `pub(…)`, stands right before an item.
fn is_public(before: &[TokenTree]) -> bool {
    let before = match before {
        [rest @ .., TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => rest,
        all => all,
    };
    matches!(before.last(), Some(TokenTree::Ident(word)) if word == "pub")
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
    fn definitions_say_what_they_belong_to() {
        let source = source(
            "pub use inner::{one::Two, three as four, *};\nuse left::out;\n\
             pub const fn begin() { fn inside() {} }\nconst LIMIT: [u8; 2] = [1; 2];\n\
             impl<T: Into<U>> From<T> for Kind<T> where T: Copy { fn from() {} }\n\
             enum Kind<T> { One(T), #[a] Two { b: u8 } }\ntrait Do { fn it(&self); }\n\
             mod inline { pub struct Deep; impl Deep { async fn go() {} } }\n\
             macro_rules! make { ($($name:ident),+) => { pub enum Made { $($name),+ } }; }",
        );
        assert_eq!(source.exports, ["Two", "four"]);
        let mut definitions = source.definitions;
        definitions.sort();
        assert_eq!(
            definitions,
            [
                "Do",
                "Do::it",
                "Kind",
                "Kind::One",
                "Kind::Two",
                "Kind::from",
                "LIMIT",
                "Made",
                "begin",
                "inline",
                "inline::Deep",
                "inline::Deep::go"
            ]
        );
    }

    #[test]
    fn raw_strings_are_strings() {
        assert_eq!(
            source("const A: &str = r#\"say \"hi\"\"#;").strings,
            [(1, "say \"hi\"".to_owned())]
        );
    }
}
