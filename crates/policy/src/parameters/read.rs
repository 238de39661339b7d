//! Reads a parameter file and names every fault in it with its line.

use std::sync::Arc;

use jiff::civil::Date;

use crate::month::Month;
use crate::parameters::lookup::order_of;
use crate::parameters::yaml::{self, Content, Fault, Key, Node};
use crate::parameters::{BothLanguages, Entry, Keys, Parameter, Row, Source, Unit, Verified};
use crate::rate::Rate;

impl Parameter {
    /// Reads a file that holds one parameter.
    ///
    /// `id` is its path without the ending, `file` how to name it in faults.
    /// Errors: all faults of the file, with their lines.
    pub fn parse(id: &str, file: &str, text: &str) -> Result<Parameter, Vec<Fault>> {
        let node = yaml::parse(file, text).map_err(|fault| vec![fault])?;
        let mut reader = Reader::new(id, file);
        let parameter = reader.parameter(&node, &[]);
        reader.finish(parameter)
    }
}

/// Collects faults while it reads.
pub(super) struct Reader<'a> {
    id: &'a str,
    file: &'a str,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(id: &'a str, file: &'a str) -> Reader<'a> {
        Reader {
            id,
            file,
            faults: Vec::new(),
        }
    }

    pub(super) fn finish<T>(self, read: Option<T>) -> Result<T, Vec<Fault>> {
        match read {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }

    pub(super) fn fault(&mut self, line: u64, what: impl Into<String>) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            line,
            what: what.into(),
        });
    }

    /// The entries of a map whose keys are known; faults for all others.
    fn map<'n>(&mut self, node: &'n Node, known: &[&str]) -> Option<&'n [(Key, Node)]> {
        let Content::Map(entries) = &node.content else {
            self.fault(
                node.line,
                format!("phải là bảng có các khóa {}", known.join(", ")),
            );
            return None;
        };
        for (key, _) in entries {
            if !known.contains(&key.text.as_str()) {
                self.fault(
                    key.line,
                    format!("khóa “{}” không có; có: {}", key.text, known.join(", ")),
                );
            }
        }
        Some(entries)
    }

    /// A text that is there and not empty.
    pub(super) fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        match node.get(key).and_then(Node::as_text) {
            Some(text) if !text.trim().is_empty() => Some(text),
            _ => {
                let line = node.get(key).map_or(node.line, |found| found.line);
                self.fault(line, format!("thiếu “{key}” hoặc để trống"));
                None
            }
        }
    }

    fn both_languages(&mut self, node: &Node) -> Option<BothLanguages> {
        self.map(node, &["vi", "en"])?;
        let (vi, en) = (self.text(node, "vi"), self.text(node, "en"));
        Some(BothLanguages { vi: vi?, en: en? })
    }

    /// `more` are keys that this kind of file has besides.
    pub(super) fn parameter(&mut self, node: &Node, more: &[&str]) -> Option<Parameter> {
        let known: Vec<&str> = ["description", "unit", "keys", "values"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        self.map(node, &known)?;
        let description = match node.get("description") {
            Some(description) => self.both_languages(description),
            None => {
                self.fault(node.line, "thiếu “description”: ghi cả vi và en");
                None
            }
        };
        let unit = self.text(node, "unit").and_then(|word| {
            let unit = Unit::parse(&word);
            if unit.is_none() {
                let line = node.get("unit").map_or(0, |unit| unit.line);
                let words: Vec<&str> = Unit::ALL.iter().map(|(word, _)| *word).collect();
                self.fault(
                    line,
                    format!("không có đơn vị tính “{word}”; có: {}", words.join(", ")),
                );
            }
            unit
        });
        let keys = self.keys(node.get("keys"));
        let values = match node.get("values") {
            Some(Node {
                content: Content::Map(values),
                ..
            }) if !values.is_empty() => values,
            other => {
                let line = other.map_or(node.line, |other| other.line);
                self.fault(
                    line,
                    "thiếu “values” hoặc để trống: ghi ít nhất một ngày có giá trị",
                );
                return None;
            }
        };
        let (unit, keys) = (unit?, keys?);
        let entries = self.entries(values, unit, &keys);
        Some(Parameter {
            id: self.id.to_owned(),
            description: description?,
            unit,
            keys,
            entries,
        })
    }

    fn keys(&mut self, node: Option<&Node>) -> Option<Keys> {
        let Some(node) = node else {
            return Some(Keys::None);
        };
        let words = "ghi year, year_from, month_from hoặc một danh sách từ";
        match &node.content {
            Content::Text(word) if word == "year" => Some(Keys::Year),
            Content::Text(word) if word == "year_from" => Some(Keys::YearFrom),
            Content::Text(word) if word == "month_from" => Some(Keys::MonthFrom),
            Content::List(nodes) if !nodes.is_empty() => {
                let found: Vec<String> = nodes.iter().filter_map(Node::as_text).collect();
                if found.len() < nodes.len() {
                    self.fault(
                        node.line,
                        format!("“keys” có mục không phải là từ: {words}"),
                    );
                }
                Some(Keys::Words(found))
            }
            _ => {
                self.fault(node.line, format!("“keys” không đúng: {words}"));
                None
            }
        }
    }

    fn entries(&mut self, values: &[(Key, Node)], unit: Unit, keys: &Keys) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for (at, (key, node)) in values.iter().enumerate() {
            let since = match domain::period::parse_date_iso(&key.text) {
                Ok(since) => since,
                Err(_) => {
                    self.fault(
                        key.line,
                        format!("“{}” không phải là ngày: ghi như 2025-07-01", key.text),
                    );
                    continue;
                }
            };
            if let Some(before) = entries.last()
                && before.source.since >= since
            {
                self.fault(
                    key.line,
                    format!(
                        "{since} đứng sau {}: các ngày phải tăng dần",
                        before.source.since
                    ),
                );
            }
            if let Some(entry) = self.entry(node, since, unit, keys) {
                if at == 0 && entry.rows.is_none() {
                    self.fault(
                        key.line,
                        "giá trị đầu tiên là null: bắt đầu bằng giá trị đầu tiên đã biết",
                    );
                }
                entries.push(entry);
            }
        }
        entries
    }

    fn entry(&mut self, node: &Node, since: Date, unit: Unit, keys: &Keys) -> Option<Entry> {
        self.map(
            node,
            &["value", "reference", "url", "verified", "note", "except"],
        )?;
        let reference = self.text(node, "reference");
        let verified = self.verified(node);
        let note = node.get("note").and_then(|note| self.both_languages(note));
        let Some(value) = node.get("value") else {
            self.fault(
                node.line,
                "thiếu “value”: ghi null khi giá trị hết hiệu lực",
            );
            return None;
        };
        let source = Source {
            parameter: self.id.to_owned(),
            key: None,
            since,
            reference: reference?,
            url: node.get("url").and_then(Node::as_text),
            verified: verified?,
            note,
        };
        let rows = match &value.content {
            Content::Null => None,
            _ => Some(self.rows(value, unit, keys, &source)),
        };
        let mut entry = Entry {
            source: Arc::new(source),
            rows,
        };
        if let Some(except) = node.get("except") {
            self.exceptions(except, &mut entry);
        }
        Some(entry)
    }

    fn verified(&mut self, node: &Node) -> Option<Verified> {
        let word = self.text(node, "verified")?;
        let verified = Verified::parse(&word);
        if verified.is_none() {
            let words: Vec<&str> = Verified::ALL.iter().map(|(word, _)| *word).collect();
            let line = node.get("verified").map_or(node.line, |found| found.line);
            self.fault(
                line,
                format!("không có mức xác minh “{word}”; có: {}", words.join(", ")),
            );
        }
        verified
    }

    fn rows(&mut self, node: &Node, unit: Unit, keys: &Keys, source: &Source) -> Vec<Row> {
        let source_of = |key: Option<&str>| {
            Arc::new(Source {
                key: key.map(str::to_owned),
                ..source.clone()
            })
        };
        if *keys == Keys::None {
            let value = self.number(node, unit).unwrap_or(Rate::ZERO);
            return vec![Row {
                key: String::new(),
                order: 0,
                decimals: decimals(node),
                value,
                source: source_of(None),
            }];
        }
        let Content::Map(cells) = &node.content else {
            self.fault(node.line, "phải là bảng vì tệp có “keys”");
            return Vec::new();
        };
        let mut rows: Vec<Row> = Vec::new();
        for (key, cell) in cells {
            let value = self.number(cell, unit);
            let (Some(order), Some(value)) = (self.order(key, keys), value) else {
                continue;
            };
            if *keys != Keys::Year
                && let Some(before) = rows.last()
                && before.order >= order
            {
                self.fault(
                    key.line,
                    format!(
                        "“{}” đứng sau “{}”: các khóa phải theo thứ tự",
                        key.text, before.key
                    ),
                );
            }
            rows.push(Row {
                key: key.text.clone(),
                order,
                decimals: decimals(cell),
                value,
                source: source_of(Some(&key.text)),
            });
        }
        rows
    }

    /// The place of a key among the rows: its place in the list of words, its year or its month.
    fn order(&mut self, key: &Key, keys: &Keys) -> Option<i32> {
        let (order, wanted) = match keys {
            Keys::None => (Some(0), String::new()),
            Keys::Words(words) => {
                let at = words.iter().position(|word| *word == key.text);
                (
                    at.map(|at| at as i32),
                    format!("một trong {}", words.join(", ")),
                )
            }
            Keys::Year | Keys::YearFrom => {
                let year = key
                    .text
                    .parse()
                    .ok()
                    .filter(|year| (1900..=2199).contains(year));
                (year, "một năm".to_owned())
            }
            Keys::MonthFrom => (
                key.text.parse::<Month>().ok().map(order_of),
                "một tháng như 1961-10".to_owned(),
            ),
        };
        if order.is_none() {
            self.fault(
                key.line,
                format!("không có dòng “{}”: phải là {wanted}", key.text),
            );
        }
        order
    }

    fn number(&mut self, node: &Node, unit: Unit) -> Option<Rate> {
        if matches!(node.content, Content::Inexact) {
            self.fault(
                node.line,
                "số có phần thập phân phải đặt trong dấu ngoặc kép: \"0.22\"",
            );
            return None;
        }
        let text = node.as_text().unwrap_or_default();
        let value = match unit {
            Unit::Age => age_months(&text).map(Rate::whole),
            _ => text.parse::<Rate>().ok(),
        };
        let fits = |value: &Rate| match unit {
            Unit::Flag => *value == Rate::ZERO || *value == Rate::whole(1),
            _ => *value >= Rate::ZERO && (!unit.is_whole() || value.as_whole().is_some()),
        };
        let value = value.filter(fits);
        if value.is_none() {
            self.fault(
                node.line,
                format!(
                    "“{text}” không phải là giá trị của đơn vị tính {}",
                    unit.as_str()
                ),
            );
        }
        value
    }

    /// Rows that are verified otherwise than the rest of their table.
    fn exceptions(&mut self, node: &Node, entry: &mut Entry) {
        let Content::List(exceptions) = &node.content else {
            self.fault(
                node.line,
                "“except” phải là danh sách gồm keys, verified và note",
            );
            return;
        };
        for exception in exceptions {
            if self.map(exception, &["keys", "verified", "note"]).is_none() {
                continue;
            }
            let verified = self.verified(exception);
            let note = exception
                .get("note")
                .and_then(|note| self.both_languages(note));
            let Some(Node {
                content: Content::List(keys),
                ..
            }) = exception.get("keys")
            else {
                self.fault(exception.line, "thiếu “keys”: kê các dòng");
                continue;
            };
            for key in keys {
                let text = key.as_text().unwrap_or_default();
                let row = entry.rows.iter_mut().flatten().find(|row| row.key == text);
                match (row, verified) {
                    (Some(row), Some(verified)) => {
                        let note = note.clone().or_else(|| row.source.note.clone());
                        row.source = Arc::new(Source {
                            verified,
                            note,
                            ..(*row.source).clone()
                        });
                    }
                    (None, _) => {
                        self.fault(key.line, format!("không có dòng “{text}” để ngoại trừ"))
                    }
                    (_, None) => {}
                }
            }
        }
    }
}

/// Digits after the point, as written.
fn decimals(node: &Node) -> u32 {
    let text = node.as_text().unwrap_or_default();
    text.split_once('.')
        .map_or(0, |(_, digits)| digits.len() as u32)
}

/// `60y3m` or `60y` as months.
fn age_months(text: &str) -> Option<i64> {
    let (years, months) = text.split_once('y')?;
    let months = match months {
        "" => 0,
        other => other
            .strip_suffix('m')?
            .parse()
            .ok()
            .filter(|months| (1..12).contains(months))?,
    };
    Some(years.parse::<u8>().ok().map(i64::from)? * 12 + months)
}
