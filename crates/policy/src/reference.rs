//! The page that lists every number of the law, made from the parameter files: `docs/reference/policy.md`.

use std::fmt::Write;

use crate::parameters::{Entry, Keys, Law, Parameter, Row, Source, area_of};
use crate::trace::Language;

const HEAD: &str = "\
# Numbers of the law

Made by `cargo run -p xtask -- policy-reference` from `crates/policy/parameters` and `crates/policy/provincial_support`; do not edit.
A value holds from its date until the next. Articles are named in Vietnamese.

How well a value is verified: *primary*, read in the legal text; *secondary*, read in another text; *derived*, computed from such; **unverified**, from memory, contradicted, or resting on a reading.
";

/// The page, in Markdown.
pub fn page(law: &Law) -> String {
    let mut page = HEAD.to_owned();
    let mut area = "";
    for parameter in law.parameters.iter() {
        let of = area_of(&parameter.id);
        if of != area {
            area = of;
            line(&mut page, &format!("\n## `{area}`"));
        }
        write_parameter(&mut page, parameter);
    }
    page += "\n## What provinces and districts add to voluntary social insurance\n";
    for local in &law.provincial_support {
        write_parameter(&mut page, &local.share);
        let place = local.area.as_deref().unwrap_or("the whole province");
        line(
            &mut page,
            &format!("\nProvince {}: {place}.", local.province),
        );
    }
    page
}

fn line(page: &mut String, line: &str) {
    writeln!(page, "{line}").expect("a text can always be written to");
}

fn write_parameter(page: &mut String, parameter: &Parameter) {
    line(page, &format!("\n### `{}`", parameter.id));
    let (vi, en) = (&parameter.description.vi, &parameter.description.en);
    line(page, &format!("\n{vi}. *{en}.*\n"));
    if parameter.keys == Keys::None {
        write_single(page, parameter);
    } else {
        write_table(page, parameter);
    }
    write_notes(page, parameter);
}

fn write_single(page: &mut String, parameter: &Parameter) {
    line(page, "| from | value | article | verified |");
    line(page, "| --- | ---: | --- | --- |");
    for entry in &parameter.entries {
        let value = match &entry.rows {
            Some(rows) => shown(parameter, &rows[0]),
            None => "ends".to_owned(),
        };
        let source = &entry.source;
        line(
            page,
            &format!(
                "| {} | {value} | {} | {} |",
                source.since,
                article(source),
                state(source)
            ),
        );
    }
}

/// A row for each key, a column for each date.
fn write_table(page: &mut String, parameter: &Parameter) {
    let mut keys: Vec<&Row> = Vec::new();
    for row in parameter
        .entries
        .iter()
        .filter_map(|entry| entry.rows.as_ref())
        .flatten()
    {
        if !keys.iter().any(|known| known.key == row.key) {
            keys.push(row);
        }
    }
    if !matches!(parameter.keys, Keys::Words(_)) {
        keys.sort_by(|one, other| one.key.cmp(&other.key));
    }
    let of_each = |cell: &dyn Fn(&Entry) -> String| {
        let cells: Vec<String> = parameter.entries.iter().map(cell).collect();
        cells.join(" | ")
    };
    line(
        page,
        &format!("| | {} |", of_each(&|entry| entry.source.since.to_string())),
    );
    line(
        page,
        &format!("| --- | {} |", of_each(&|_| "---:".to_owned())),
    );
    for key in keys {
        let cell = |entry: &Entry| {
            let rows = entry.rows.as_deref().unwrap_or_default();
            let Some(row) = rows.iter().find(|row| row.key == key.key) else {
                return "–".to_owned();
            };
            let value = shown(parameter, row);
            // Said at the cell only where it differs from the whole column.
            match row.source.verified == entry.source.verified {
                true => value,
                false => format!("{value} {}", state(&row.source)),
            }
        };
        line(page, &format!("| `{}` | {} |", key.key, of_each(&cell)));
    }
    line(page, "");
    for entry in &parameter.entries {
        let source = &entry.source;
        let ends = if entry.rows.is_none() { "ends; " } else { "" };
        line(
            page,
            &format!(
                "- {}: {ends}{}; {}.",
                source.since,
                article(source),
                state(source)
            ),
        );
    }
}

fn shown(parameter: &Parameter, row: &Row) -> String {
    parameter.unit.shown(row.value, Language::En)
}

fn state(source: &Source) -> String {
    let word = source.verified.shown(Language::En);
    match source.verified {
        crate::parameters::Verified::Unverified => format!("**{word}**"),
        _ => format!("*{word}*"),
    }
}

fn article(source: &Source) -> String {
    match &source.url {
        Some(url) => format!("[{}]({url})", source.reference),
        None => source.reference.clone(),
    }
}

/// The notes of all entries and rows, each once.
fn write_notes(page: &mut String, parameter: &Parameter) {
    let mut told: Vec<&str> = Vec::new();
    let mut is_first = true;
    for entry in &parameter.entries {
        let rows = entry.rows.iter().flatten().map(|row| &row.source);
        for source in std::iter::once(&entry.source).chain(rows) {
            let Some(note) = &source.note else { continue };
            if told.contains(&note.en.as_str()) {
                continue;
            }
            told.push(&note.en);
            if is_first {
                line(page, "");
                is_first = false;
            }
            let row = source
                .key
                .as_ref()
                .map(|key| format!(" `{key}`"))
                .unwrap_or_default();
            line(
                page,
                &format!("- Note of {}{row}: {}", source.since, note.en),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_on_the_page_with_its_articles() {
        let law = Law::embedded();
        let page = page(law);
        for parameter in law.parameters.iter() {
            assert!(
                page.contains(&format!("### `{}`", parameter.id)),
                "{}",
                parameter.id
            );
            for entry in &parameter.entries {
                assert!(
                    page.contains(&entry.source.reference),
                    "{}",
                    entry.source.reference
                );
            }
        }
        assert!(page.contains("| 2026-07-01 | 2,530,000 đồng a month | Nghị định 161/2026/NĐ-CP (15/5/2026) | *secondary* |"));
        assert!(page.contains("| `pupil` | 30% | 30% | 50% **unverified** | 50% |"));
    }
}
