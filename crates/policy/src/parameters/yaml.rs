//! YAML as a tree with line numbers, so that every fault of a file can be told at its place.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The file, as it was named.
    pub file: String,
    /// Line from 1; 0 for the whole file.
    pub line: u64,
    /// What is wrong and what to do, in Vietnamese.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// A part of a file.
#[derive(Clone, Debug)]
pub struct Node {
    /// Line from 1.
    pub line: u64,
    /// What it is.
    pub content: Content,
}

/// What a part of a file is.
#[derive(Clone, Debug)]
pub enum Content {
    /// `null`, or nothing.
    Null,
    /// `true`, `false`.
    Is(bool),
    /// A whole number.
    Whole(i64),
    /// A number with a point, without quotes: it would lose its exactness.
    Inexact,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys in their order.
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Clone, Debug)]
pub struct Key {
    /// Line from 1.
    pub line: u64,
    /// The key as written.
    pub text: String,
}

/// Reads a file.
///
/// Errors: the one fault at which the text stops being YAML (a key that stands twice among them).
pub fn parse(file: &str, text: &str) -> Result<Node, Fault> {
    serde_saphyr::from_str(text).map_err(|error| Fault {
        file: file.to_owned(),
        line: error.location().map_or(0, |location| location.line()),
        what: format!("không đọc được: {}", error.without_snippet()),
    })
}

impl Node {
    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.content {
            Content::Map(entries) => entries
                .iter()
                .find(|(known, _)| known.text == key)
                .map(|(_, node)| node),
            _ => None,
        }
    }

    /// The text, or a whole number as text.
    pub fn as_text(&self) -> Option<String> {
        match &self.content {
            Content::Text(text) => Some(text.clone()),
            Content::Whole(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// The same as JSON.
    ///
    /// Errors: the line of a number that is not exact.
    pub fn to_json(&self) -> Result<serde_json::Value, u64> {
        Ok(match &self.content {
            Content::Null => serde_json::Value::Null,
            Content::Is(value) => (*value).into(),
            Content::Whole(value) => (*value).into(),
            Content::Inexact => return Err(self.line),
            Content::Text(text) => text.clone().into(),
            Content::List(nodes) => nodes
                .iter()
                .map(Node::to_json)
                .collect::<Result<Vec<_>, u64>>()?
                .into(),
            Content::Map(entries) => {
                let mut map = serde_json::Map::new();
                for (key, node) in entries {
                    map.insert(key.text.clone(), node.to_json()?);
                }
                map.into()
            }
        })
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        let spanned = Spanned::<Content>::deserialize(deserializer)?;
        Ok(Node {
            line: spanned.referenced.line(),
            content: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Content, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("YAML")
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_none<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Content, E> {
        Ok(Content::Is(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Content, E> {
        Ok(Content::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Content, E> {
        Ok(i64::try_from(value).map_or(Content::Inexact, Content::Whole))
    }

    fn visit_f64<E>(self, _value: f64) -> Result<Content, E> {
        Ok(Content::Inexact)
    }

    fn visit_str<E>(self, text: &str) -> Result<Content, E> {
        Ok(Content::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Content, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = access.next_element()? {
            nodes.push(node);
        }
        Ok(Content::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Content, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key::<Spanned<String>>()? {
            let key = Key {
                line: key.referenced.line(),
                text: key.value,
            };
            entries.push((key, access.next_value()?));
        }
        Ok(Content::Map(entries))
    }
}
