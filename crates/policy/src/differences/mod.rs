//! What changed in the law between two days, for a person reading: methods and numbers.

mod rule_changes;

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

pub use rule_changes::{RULE_CHANGES, RuleChange};

use crate::error::PolicyError;
use crate::parameters::{AREAS, BothLanguages, Entry, Law, Parameter, Row, Source, Unit, area_of};
use crate::rate::Rate;
use crate::trace::{Language, Value};

/// What is otherwise on the later day than on the earlier.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Differences {
    /// The earlier day.
    pub from: Date,
    /// The later day.
    pub to: Date,
    /// Methods that began or ended between, in order of their days.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<RuleChange>))]
    pub rules: Vec<&'static RuleChange>,
    /// Numbers that are otherwise, by id.
    pub values: Vec<ParameterDifference>,
    /// Numbers that are the same, but stand in another instrument or are verified otherwise, by id.
    pub references: Vec<ReferenceDifference>,
}

/// A parameter with other values.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParameterDifference {
    /// Id of the parameter.
    pub id: String,
    /// What it is.
    pub description: BothLanguages,
    /// What its values count.
    pub unit: Unit,
    /// The rows that are otherwise; a single value has no key.
    pub rows: Vec<RowDifference>,
}

/// A value that is otherwise.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowDifference {
    /// Row of its table.
    pub key: Option<String>,
    /// On the earlier day; none if there was none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub before: Option<Rate>,
    /// On the later day; none if there is none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub after: Option<Rate>,
    /// Where the later value stands, or its end.
    pub source: Source,
}

/// A parameter with the same values in another instrument.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferenceDifference {
    /// Id of the parameter.
    pub id: String,
    /// What it is.
    pub description: BothLanguages,
    /// Where the values stood.
    pub before: Source,
    /// Where they stand.
    pub after: Source,
}

/// What changed between two days; which of them is given first does not matter.
///
/// Errors: a day whose law is not known.
pub fn differences(law: &Law, one: Date, other: Date) -> Result<Differences, PolicyError> {
    law.check_date(one)?;
    law.check_date(other)?;
    let (from, to) = (one.min(other), one.max(other));
    let mut found = Differences {
        from,
        to,
        rules: RULE_CHANGES
            .iter()
            .filter(|change| from < change.on && change.on <= to)
            .collect(),
        values: Vec::new(),
        references: Vec::new(),
    };
    let local = law.provincial_support.iter().map(|local| &local.share);
    for parameter in law.parameters.iter().chain(local) {
        found.add(parameter);
    }
    Ok(found)
}

/// What a parameter says on a day, ends too.
fn said_on(parameter: &Parameter, on: Date) -> Option<&Entry> {
    let mut entries = parameter.entries.iter().rev();
    entries.find(|entry| entry.source.since <= on)
}

fn rows(entry: Option<&Entry>) -> &[Row] {
    entry
        .and_then(|entry| entry.rows.as_deref())
        .unwrap_or_default()
}

impl Differences {
    fn add(&mut self, parameter: &Parameter) {
        let before = said_on(parameter, self.from);
        let Some(after) = said_on(parameter, self.to) else {
            return;
        };
        if before.is_some_and(|before| before.source == after.source) {
            return;
        }
        let changed = changed_rows(rows(before), rows(Some(after)), &after.source);
        if !changed.is_empty() {
            self.values.push(ParameterDifference {
                id: parameter.id.clone(),
                description: parameter.description.clone(),
                unit: parameter.unit,
                rows: changed,
            });
        } else if let Some(before) = before {
            self.references.push(ReferenceDifference {
                id: parameter.id.clone(),
                description: parameter.description.clone(),
                before: (*before.source).clone(),
                after: (*after.source).clone(),
            });
        }
    }

    /// As a text for a person: methods and numbers by area, then what only stands elsewhere.
    pub fn text(&self, language: Language) -> String {
        let vi = language == Language::Vi;
        let word =
            |vi_word: &'static str, en_word: &'static str| if vi { vi_word } else { en_word };
        let day = |date: Date| Value::Date(date).render(language);
        let mut text = match vi {
            true => format!("Thay đổi từ {} đến {}\n", day(self.from), day(self.to)),
            false => format!("Changes from {} to {}\n", day(self.from), day(self.to)),
        };
        if self.rules.is_empty() && self.values.is_empty() && self.references.is_empty() {
            text += word("\nKhông có thay đổi nào.\n", "\nNothing changed.\n");
            return text;
        }
        for area in AREAS {
            let rules = self.rules.iter().filter(|change| change.area == area.id);
            let values = self.values.iter().filter(|one| area_of(&one.id) == area.id);
            let (rules, values): (Vec<_>, Vec<_>) = (rules.collect(), values.collect());
            if rules.is_empty() && values.is_empty() {
                continue;
            }
            line(&mut text, &format!("\n{}", area.name().text(language)));
            for change in rules {
                let what = word(change.vi, change.en);
                let since = day(change.on);
                line(
                    &mut text,
                    &format!("- {since}: {what} ({})", change.reference),
                );
            }
            for parameter in values {
                parameter.write(&mut text, language);
            }
        }
        if !self.references.is_empty() {
            text += word(
                "\nCùng con số, văn bản hoặc mức xác minh khác\n",
                "\nSame numbers, other instrument or verification\n",
            );
        }
        for parameter in &self.references {
            let what = parameter.description.text(language);
            let place = |source: &Source| {
                format!("{}, {}", source.reference, source.verified.shown(language))
            };
            line(&mut text, &format!("- {what} ({})", parameter.id));
            line(
                &mut text,
                &format!(
                    "    {} → {}",
                    place(&parameter.before),
                    place(&parameter.after)
                ),
            );
        }
        text
    }
}

impl ParameterDifference {
    fn write(&self, text: &mut String, language: Language) {
        let vi = language == Language::Vi;
        let word = |vi_word, en_word| if vi { vi_word } else { en_word };
        let what = self.description.text(language);
        line(text, &format!("- {what} ({})", self.id));
        for row in &self.rows {
            let shown = |value: Option<Rate>, none: &str| match value {
                Some(value) => self.unit.shown(value, language),
                None => none.to_owned(),
            };
            // What is not in the table may have been in the law.
            let before = shown(row.before, word("chưa có trong bảng", "not in the table"));
            let after = shown(row.after, word("không còn", "no longer"));
            let key = row
                .key
                .as_ref()
                .map(|key| format!("{key}: "))
                .unwrap_or_default();
            let source = &row.source;
            line(
                text,
                &format!(
                    "    {key}{before} → {after}; {} {}, {}; {}",
                    word("từ", "since"),
                    Value::Date(source.since).render(language),
                    source.reference,
                    source.verified.shown(language),
                ),
            );
        }
    }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a text can always be written to");
}

/// Rows of the later table in their order, then those that ended.
fn changed_rows(before: &[Row], after: &[Row], entry: &Source) -> Vec<RowDifference> {
    let find = |rows: &[Row], key: &str| {
        let row = rows.iter().find(|row| row.key == key)?;
        Some(row.value)
    };
    let mut changed = Vec::new();
    let ended = before.iter().filter(|row| find(after, &row.key).is_none());
    for row in after.iter().chain(ended) {
        let (old, new) = (find(before, &row.key), find(after, &row.key));
        if old == new {
            continue;
        }
        let source = if new.is_some() { &*row.source } else { entry };
        changed.push(RowDifference {
            key: (!row.key.is_empty()).then(|| row.key.clone()),
            before: old,
            after: new,
            source: source.clone(),
        });
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn between(one: Date, other: Date) -> Differences {
        differences(Law::embedded(), one, other).unwrap()
    }

    #[test]
    fn the_day_of_the_law_of_2024_is_told_in_both_languages() {
        let found = between(date(2025, 6, 30), date(2025, 7, 1));
        let vi = found.text(Language::Vi);
        for line in [
            "Thay đổi từ 30/6/2025 đến 01/7/2025",
            "    poor: 30% → 50%; từ 01/7/2025, Nghị định 159/2025/NĐ-CP, Điều 5 khoản 1; đã đọc trong văn bản",
            "    50.000 đồng/tháng → không còn; từ 01/7/2025",
            "- 01/7/2025: ",
            "Cùng con số, văn bản hoặc mức xác minh khác",
        ] {
            assert!(vi.contains(line), "{line} is not in\n{vi}");
        }
        let en = found.text(Language::En);
        assert!(
            en.contains("    not in the table → 0.03% a day; since 2025-07-01"),
            "{en}"
        );
        assert_eq!(
            between(date(2025, 7, 1), date(2025, 6, 30)).text(Language::Vi),
            vi
        );
    }

    #[test]
    fn a_quiet_day_changes_nothing() {
        let found = between(date(2024, 3, 1), date(2024, 3, 2));
        assert!(found.text(Language::En).ends_with("Nothing changed.\n"));
        let found = between(date(2026, 6, 30), date(2026, 7, 1));
        let ids: Vec<&str> = found.values.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["base/base_salary"]);
        assert_eq!(found.values[0].rows[0].after, Some(Rate::whole(2_530_000)));
    }

    #[test]
    fn days_without_a_law_are_refused() {
        let on = date(2017, 12, 31);
        let error = differences(Law::embedded(), on, date(2018, 1, 1)).unwrap_err();
        assert_eq!(error.code(), "date.before_law");
    }

    #[test]
    fn methods_of_old_age_are_told_with_their_article() {
        let found = between(date(2020, 12, 31), date(2021, 1, 1)).text(Language::Vi);
        assert!(
            found.contains("- 01/01/2021: Tuổi nghỉ hưu: tăng dần"),
            "{found}"
        );
        let found = between(date(2025, 6, 30), date(2025, 7, 1)).text(Language::En);
        for line in [
            "Pension: men with 15 to under 20 years have a scale of their own (Luật 41/2024/QH15, Điều 99 khoản 1)",
            "The maternity allowance of voluntary SI begins (Luật 41/2024/QH15, Điều 94 đến Điều 97)",
        ] {
            assert!(found.contains(line), "{line} is not in\n{found}");
        }
    }

    #[test]
    fn changes_of_rules_stand_in_order() {
        assert!(RULE_CHANGES.is_sorted_by_key(|change| change.on));
    }
}
