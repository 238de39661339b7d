//! `raquan policy …`: examples of the law checked, and what changed between two days.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::Subcommand;
use domain::vietnamese;
use jiff::civil::Date;
use policy::parameters::Fault;
use policy::{Language, Law, cases};

use super::print;
use super::quote::{LanguageName, Shape, date_of};

/// Commands on the law.
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Run examples of the law (YAML); ends with 1 when one does not pass or a file cannot be read.
    Check {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// What changed in the law between two days: methods and numbers, by area.
    Diff {
        /// One day, 30/6/2025 or 2025-06-30.
        #[arg(value_parser = date_of)]
        from: Date,
        /// The other day.
        #[arg(value_parser = date_of)]
        to: Date,
        /// How to print it.
        #[arg(long = "as", value_enum, default_value_t = Shape::Text)]
        shape: Shape,
        /// In which language.
        #[arg(long, value_enum, default_value_t = LanguageName::Vi)]
        language: LanguageName,
    },
}

/// Runs a command on the law.
pub fn run(command: &Policy) -> anyhow::Result<()> {
    match command {
        Policy::Check { files } => check(files),
        Policy::Diff {
            from,
            to,
            shape,
            language,
        } => {
            let language = Language::from(*language);
            let found = policy::differences(Law::embedded(), *from, *to).map_err(|error| {
                anyhow!(match language {
                    Language::Vi => error.message_vi(),
                    Language::En => error.message_en(),
                })
            })?;
            match shape {
                Shape::Json => print(&serde_json::to_string_pretty(&found)?),
                Shape::Text => print(&found.text(language)),
            }
        }
    }
}

/// What became of all files so far.
#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    unread: usize,
}

fn check(files: &[PathBuf]) -> anyhow::Result<()> {
    let mut count = Count::default();
    for file in files {
        check_file(file, &mut count)?;
    }
    let number = |count: usize| vietnamese::number(i64::try_from(count).unwrap_or(i64::MAX));
    let mut summary = format!(
        "{} tệp, {} trường hợp: {} đạt, {} không đạt",
        number(files.len()),
        number(count.passed + count.failed),
        number(count.passed),
        number(count.failed)
    );
    if count.unread > 0 {
        summary += &format!("; {} tệp không đọc được", number(count.unread));
    }
    if count.failed + count.unread > 0 {
        bail!(summary);
    }
    print(&summary)
}

fn check_file(file: &Path, count: &mut Count) -> anyhow::Result<()> {
    let name = file.display().to_string();
    let read = std::fs::read_to_string(file).map_err(|error| {
        vec![Fault {
            file: name.clone(),
            line: 0,
            what: format!("không mở được: {error}"),
        }]
    });
    let outcomes = read.and_then(|text| cases::check(Law::embedded(), &name, &text));
    match outcomes {
        Ok(outcomes) => {
            for outcome in outcomes {
                if outcome.passes() {
                    count.passed += 1;
                    print(&format!("đạt        {}", outcome.name))?;
                } else {
                    count.failed += 1;
                    let place = format!("{name}:{}", outcome.line);
                    print(&format!("KHÔNG ĐẠT  {} ({place})", outcome.name))?;
                    for difference in outcome.differences {
                        print(&format!("    {difference}"))?;
                    }
                }
            }
        }
        Err(faults) => {
            count.unread += 1;
            for fault in faults {
                print(&format!("LỖI        {fault}"))?;
            }
        }
    }
    Ok(())
}
