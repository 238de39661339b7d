//! Whether the cases of the law notice a wrong number: each value is changed by one unit, each day of a change moved by one
//! day, and a case must fail.
//!
//! All in one process: a law with one other value, and the cases run on it, those first whose steps use the value.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use jiff::ToSpan;
use policy::cases::{self, Case};
use policy::parameters::{Entry, Parameter, Source, Unit};
use policy::{FIRST_DATE, Law, Rate};
use serde::Deserialize;

use crate::tree::Fault;

/// Which values need not be noticed, and why.
const EXCEPTIONS: &str = "xtask/policy-mutations.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    #[serde(default)]
    exception: Vec<Exception>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// `area/name@since`, or `area/name[row]@since`, or `area/name@since a day later`; `*` stands for any letters.
    values: String,
    reason: String,
}

/// A case and what it is called.
struct NamedCase {
    name: String,
    case: Case,
}

/// Changes each value and lists those that no case notices and no exception names.
pub fn faults(root: &Path) -> Result<Vec<Fault>> {
    let text = std::fs::read_to_string(root.join(EXCEPTIONS)).context(EXCEPTIONS)?;
    let exceptions: Exceptions = toml::from_str(&text).context(EXCEPTIONS)?;
    let cases = read_cases(root)?;
    let law = Law::embedded();
    let mut faults = Vec::new();
    for named in &cases {
        for difference in named.case.run(law) {
            let what = format!("{} fails as it is: {difference}", named.name);
            faults.push(Fault::new("crates/policy/cases", 0, what));
        }
    }
    if !faults.is_empty() {
        return Ok(faults);
    }
    let by_value = cases_by_value(law, &cases);
    let mut missed = Vec::new();
    let mut count = 0;
    for mutation in mutations(law) {
        count += 1;
        if !is_noticed(&mutation, &cases, &by_value) {
            missed.push(mutation.label);
        }
    }
    println!(
        "{count} values changed by one unit or moved by one day, {} cases: {} noticed, {} not",
        cases.len(),
        count - missed.len(),
        missed.len()
    );
    for exception in &exceptions.exception {
        let of = missed.iter().filter(|label| fits(&exception.values, label));
        let of = of.count();
        println!(
            "  {of} not noticed: {} ({})",
            exception.values, exception.reason
        );
        if of == 0 {
            let what = format!(
                "exception `{}` is not needed any more: delete it",
                exception.values
            );
            faults.push(Fault::new(EXCEPTIONS, 0, what));
        }
    }
    for label in missed {
        if !exceptions
            .exception
            .iter()
            .any(|one| fits(&one.values, &label))
        {
            let what =
                format!("{label} may be so and no case fails: add one to crates/policy/cases");
            faults.push(Fault::new("crates/policy/parameters", 0, what));
        }
    }
    Ok(faults)
}

fn read_cases(root: &Path) -> Result<Vec<NamedCase>> {
    let folder = root.join("crates/policy/cases");
    let mut cases = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(&folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path)?;
        let read = cases::parse(&file, &text).map_err(|faults| {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            anyhow!("{}", faults.join("\n"))
        })?;
        cases.extend(read.into_iter().map(|(line, case)| NamedCase {
            name: format!("{file}:{line}"),
            case,
        }));
    }
    Ok(cases)
}

/// The law with one other value.
struct Mutation {
    label: String,
    parameter: String,
    law: Law,
}

fn mutations(law: &'static Law) -> impl Iterator<Item = Mutation> {
    let of_law = law.parameters.iter().flat_map(move |parameter| {
        let changes = changed(parameter).chain(moved(parameter));
        changes.map(move |(label, changed)| Mutation {
            label,
            parameter: parameter.id.clone(),
            law: law
                .clone()
                .with_parameters((*law.parameters).clone().with(changed)),
        })
    });
    let places = law.provincial_support.iter().enumerate();
    let of_provinces = places.flat_map(move |(at, local)| {
        let changes = changed(&local.share).chain(moved(&local.share));
        changes.map(move |(label, changed)| {
            let mut law = law.clone();
            law.provincial_support[at].share = changed;
            Mutation {
                label,
                parameter: local.share.id.clone(),
                law,
            }
        })
    });
    of_law.chain(of_provinces)
}

/// The parameter with each of its values changed, one at a time.
fn changed(parameter: &Parameter) -> impl Iterator<Item = (String, Parameter)> {
    let entries = parameter.entries.iter().enumerate();
    entries.flat_map(move |(entry_at, entry)| {
        let rows = entry.rows.iter().flatten().enumerate();
        rows.map(move |(row_at, row)| {
            let mut changed = parameter.clone();
            let value = other_value(parameter.unit, row.value, row.decimals);
            changed.entries[entry_at]
                .rows
                .as_mut()
                .expect("the entry has rows")[row_at]
                .value = value;
            let key = match row.key.as_str() {
                "" => String::new(),
                key => format!("[{key}]"),
            };
            (
                format!("{}{key}@{}", parameter.id, entry.source.since),
                changed,
            )
        })
    })
}

/// The parameter with each day on which its values change moved by one day. The first day is not moved: before it there is
/// nothing to be noticed but that there is nothing.
fn moved(parameter: &Parameter) -> impl Iterator<Item = (String, Parameter)> {
    let values = |entry: &Entry| -> Option<Vec<(String, Rate)>> {
        let rows = entry.rows.as_ref()?.iter();
        Some(rows.map(|row| (row.key.clone(), row.value)).collect())
    };
    let entries = parameter.entries.iter().enumerate().skip(1);
    let changes = entries.filter(move |(at, entry)| {
        values(entry) != values(&parameter.entries[at - 1]) && entry.source.since > FIRST_DATE
    });
    changes.flat_map(move |(at, entry)| {
        [(1, "later"), (-1, "earlier")].map(|(days, word)| {
            let mut moved = parameter.clone();
            let since = entry.source.since.saturating_add(days.days());
            moved.entries[at].source = Arc::new(Source {
                since,
                ..(*entry.source).clone()
            });
            (
                format!("{}@{} a day {word}", parameter.id, entry.source.since),
                moved,
            )
        })
    })
}

/// One unit more: one đồng, one month, one of the last decimal; the other way for a yes or no.
fn other_value(unit: Unit, value: Rate, decimals: u32) -> Rate {
    match unit {
        Unit::Flag => Rate::whole(1 - value.as_whole().unwrap_or(0)),
        _ => value.plus(unit.step(decimals)),
    }
}

/// The cases whose steps use a value of each parameter.
fn cases_by_value(law: &Law, cases: &[NamedCase]) -> HashMap<String, Vec<usize>> {
    let mut by_value: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, named) in cases.iter().enumerate() {
        let mut used: Vec<String> = named.case.sources(law);
        used.sort();
        used.dedup();
        for parameter in used {
            by_value.entry(parameter).or_default().push(at);
        }
    }
    by_value
}

fn is_noticed(
    mutation: &Mutation,
    cases: &[NamedCase],
    by_value: &HashMap<String, Vec<usize>>,
) -> bool {
    let near = by_value
        .get(&mutation.parameter)
        .map_or(&[][..], Vec::as_slice);
    let fails = |at: usize| !cases[at].case.run(&mutation.law).is_empty();
    // Values that no step names, such as limits that only refuse, are looked for in all cases.
    near.iter().any(|at| fails(*at)) || (0..cases.len()).any(|at| !near.contains(&at) && fails(at))
}

/// Whether a label fits a pattern in which `*` stands for any letters.
fn fits(pattern: &str, label: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == label,
        Some((start, rest)) => label.strip_prefix(start).is_some_and(|label| {
            (0..=label.len())
                .filter(|at| label.is_char_boundary(*at))
                .any(|at| fits(rest, &label[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, label, expected) in [
            ("pension/*", "pension/base_rate@2018-01-01", true),
            ("a/b[*]@2018-01-01", "a/b[x]@2018-01-01", true),
            ("a/b[*]@2018-01-01", "a/b[x]@2019-01-01", false),
            ("a/b@2018-01-01", "a/b@2018-01-01", true),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, label), expected, "{pattern} {label}");
        }
    }

    #[test]
    fn values_change_by_one_unit() {
        let check = |unit, value: &str, decimals, expected: &str| {
            let other = other_value(unit, value.parse().unwrap(), decimals);
            assert_eq!(other.to_string(), expected);
        };
        check(Unit::Vnd, "1300000", 0, "1300001");
        check(Unit::Ratio, "0.5", 2, "0.51");
        check(Unit::Ratio, "1", 0, "1.01");
        check(Unit::RatioPerDay, "0.0003", 4, "0.0004");
        check(Unit::Times, "1", 2, "1.01");
        check(Unit::Flag, "1", 0, "0");
        check(Unit::Age, "735", 0, "736");
    }

    #[test]
    fn each_value_is_changed_once() {
        let law = Law::embedded();
        let labels = mutations(law).map(|mutation| mutation.label);
        let labels: Vec<String> = labels.filter(|label| !label.contains(" a day ")).collect();
        let rows = |parameter: &Parameter| {
            let entries = parameter.entries.iter();
            entries
                .map(|entry| entry.rows.iter().flatten().count())
                .sum::<usize>()
        };
        let local = law.provincial_support.iter().map(|local| &local.share);
        let count: usize = law.parameters.iter().chain(local).map(rows).sum();
        assert_eq!(labels.len(), count);
    }
}
