//! What a caller wants of a table: its columns, their kinds, and what may occur only once.

use std::collections::HashMap;

use super::labels::{fold, without_parentheses};

/// The columns a table must or may have.
#[derive(Debug, Clone)]
pub struct TableSpec {
    columns: Vec<ColumnSpec>,
    unique: Vec<usize>,
    by_label: HashMap<String, usize>,
}

impl TableSpec {
    /// Makes a specification of `columns`; two columns never share a name (the first keeps it).
    pub fn new(columns: Vec<ColumnSpec>) -> TableSpec {
        let mut by_label = HashMap::new();
        for (index, column) in columns.iter().enumerate() {
            for label in column.labels() {
                by_label.entry(fold(label)).or_insert(index);
            }
        }
        TableSpec {
            columns,
            unique: Vec::new(),
            by_label,
        }
    }

    /// Says that no two rows may agree in all of the columns with these keys; keys that are no column are left out.
    pub fn unique(mut self, keys: &[&str]) -> TableSpec {
        self.unique = keys.iter().filter_map(|key| self.index_of(key)).collect();
        self
    }

    /// The columns in the caller's order, which is the order of a row's values.
    pub fn columns(&self) -> &[ColumnSpec] {
        &self.columns
    }

    /// The place of the column with this key.
    pub fn index_of(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// The places of the columns that together may occur only once.
    pub(super) fn unique_columns(&self) -> &[usize] {
        &self.unique
    }

    /// The column that a header cell names, with or without what it says in parentheses.
    pub(super) fn named(&self, header: &str) -> Option<usize> {
        let find = |label: &str| self.by_label.get(&fold(label)).copied();
        find(header).or_else(|| find(without_parentheses(header)))
    }
}

/// One column: what it is called in files, and what its cells must be.
#[derive(Debug, Clone)]
pub struct ColumnSpec {
    /// The stable key by which the caller asks for the value.
    pub key: String,
    /// The Vietnamese name, which templates use.
    pub name_vi: String,
    /// The English name.
    pub name_en: String,
    /// Other names that officers use for it.
    pub synonyms: Vec<String>,
    /// Whether the column must be there and every row must fill it.
    pub required: bool,
    /// What its cells must be.
    pub kind: Kind,
}

impl ColumnSpec {
    /// An optional column.
    pub fn new(key: &str, name_vi: &str, name_en: &str, kind: Kind) -> ColumnSpec {
        ColumnSpec {
            key: key.to_owned(),
            name_vi: name_vi.to_owned(),
            name_en: name_en.to_owned(),
            synonyms: Vec::new(),
            required: false,
            kind,
        }
    }

    /// The same column, but one that must be there and be filled.
    pub fn required(mut self) -> ColumnSpec {
        self.required = true;
        self
    }

    /// The same column, known by these other names too.
    pub fn synonyms(mut self, names: &[&str]) -> ColumnSpec {
        self.synonyms
            .extend(names.iter().map(|name| (*name).to_owned()));
        self
    }

    fn labels(&self) -> impl Iterator<Item = &str> {
        [
            self.name_vi.as_str(),
            self.name_en.as_str(),
            self.key.as_str(),
        ]
        .into_iter()
        .chain(self.synonyms.iter().map(String::as_str))
    }
}

/// What the cells of a column must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number within bounds.
    Integer {
        /// The least value allowed.
        min: i64,
        /// The greatest value allowed.
        max: i64,
    },
    /// An exact decimal number.
    Decimal,
    /// A day.
    Date,
    /// A month, quarter, half or year.
    Period,
    /// An administrative unit by code, id or name; the caller's resolver decides.
    Unit,
    /// One of a few words.
    Choice(Vec<Choice>),
}

impl Kind {
    /// A count: zero or more.
    pub fn count() -> Kind {
        Kind::Integer {
            min: 0,
            max: i64::MAX,
        }
    }
}

/// One word of a column that allows only a few.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The stable key that the caller gets.
    pub key: String,
    /// The Vietnamese word, which templates offer.
    pub name_vi: String,
    /// The English word.
    pub name_en: String,
}

impl Choice {
    /// A choice by its key and its words.
    pub fn new(key: &str, name_vi: &str, name_en: &str) -> Choice {
        Choice {
            key: key.to_owned(),
            name_vi: name_vi.to_owned(),
            name_en: name_en.to_owned(),
        }
    }

    pub(super) fn is_named(&self, folded: &str) -> bool {
        [&self.name_vi, &self.name_en, &self.key]
            .into_iter()
            .any(|name| fold(name) == folded)
    }
}
