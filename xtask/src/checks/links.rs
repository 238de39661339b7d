//! Links between documents: what a relative link names is there, down to the heading.

use std::path::Path;

use crate::tree::{Fault, Tree};

/// Dead relative links in Markdown files.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending(".md") {
        for (line, target) in targets(text) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let linked = if file.is_empty() {
                Some(path.to_owned())
            } else {
                resolve(path, file)
            };
            let Some(linked) = linked.filter(|linked| tree.exists(linked)) else {
                faults.push(Fault::new(
                    path,
                    line,
                    format!("links to `{target}`, which is not there"),
                ));
                continue;
            };
            let has_heading = || {
                tree.text(&linked)
                    .is_none_or(|text| anchors(text).iter().any(|anchor| anchor == heading))
            };
            if !heading.is_empty() && !has_heading() {
                faults.push(Fault::new(
                    path,
                    line,
                    format!("links to `{target}`, but {linked} has no such heading"),
                ));
            }
        }
    }
    faults
}

/// The targets of inline links, outside code.
fn targets(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (line, content) in prose(text) {
        for (at, piece) in content.split('`').enumerate() {
            if at % 2 == 1 {
                continue; // Inline code.
            }
            for (start, _) in piece.match_indices("](") {
                let rest = &piece[start + 2..];
                if let Some(end) = rest.find([')', ' ']) {
                    found.push((line, &rest[..end]));
                }
            }
        }
    }
    found
}

/// The lines outside fenced code, numbered from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        (!fence && !fenced).then_some((at + 1, line))
    })
}

/// The path that a link means, from the root; `None` if it leads out of the repository.
fn resolve(from: &str, link: &str) -> Option<String> {
    let folder = Path::new(from).parent()?.to_str()?;
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Headings as links name them: lower case, hyphens for spaces, no punctuation.
fn anchors(text: &str) -> Vec<String> {
    let headings = prose(text)
        .filter_map(|(_, line)| line.strip_prefix('#'))
        .map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| {
        let kept = heading
            .to_lowercase()
            .chars()
            .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter))
            .collect::<String>();
        kept.replace(' ', "-")
    };
    headings.map(anchor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_are_found() {
        let tree = Tree::of(&[
            (
                "README.md",
                "See [a](docs/a.md), [b](docs/b.md#two-words),\n[c](docs/), [d](https://x.vn), `[e](no.md)` and [f](no.md).\n",
            ),
            (
                "docs/a.md",
                "[up](../README.md) [out](../../x.md)\n```\n[code](no.md)\n```\n[here](#none)\n",
            ),
            ("docs/b.md", "# Two words!\n"),
        ]);
        let found: Vec<String> = faults(&tree)
            .iter()
            .map(|fault| format!("{}:{}", fault.path, fault.line))
            .collect();
        assert_eq!(found, ["README.md:2", "docs/a.md:1", "docs/a.md:5"]);
    }
}
