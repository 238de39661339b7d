//! Rich text in which every number of the narrative is a reference to a figure.

use crate::figure::Against;

/// What of a figure a sentence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The value: "1.322".
    Value,
    /// The value and the word counted: "1.322 người".
    WithUnit,
    /// A comparison in words: "tăng 4.370 người so với cùng kỳ năm 2022 (4,2%)".
    Change(Against),
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Plain(String),
    /// Words that carry weight.
    Strong(String),
    /// Words set apart.
    Emphasis(String),
    /// A figure of the report, by id.
    Figure {
        /// The figure's id.
        id: String,
        /// What of it is said.
        show: Show,
    },
}

/// A run of text; numbers in it are references to figures, so that no sentence holds a number of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The pieces in reading order.
    pub spans: Vec<Span>,
}

impl Text {
    /// Words only.
    pub fn plain(words: impl Into<String>) -> Self {
        Self {
            spans: vec![Span::Plain(words.into())],
        }
    }

    /// Words that carry weight.
    pub fn strong(words: impl Into<String>) -> Self {
        Self {
            spans: vec![Span::Strong(words.into())],
        }
    }

    /// One figure.
    pub fn figure(id: impl Into<String>, show: Show) -> Self {
        Self {
            spans: vec![Span::Figure {
                id: id.into(),
                show,
            }],
        }
    }

    /// This text with words after it.
    pub fn and_plain(mut self, words: impl Into<String>) -> Self {
        self.spans.push(Span::Plain(words.into()));
        self
    }

    /// This text with a figure after it.
    pub fn and_figure(mut self, id: impl Into<String>, show: Show) -> Self {
        self.spans.push(Span::Figure {
            id: id.into(),
            show,
        });
        self
    }

    /// This text with another after it.
    pub fn and(mut self, other: Text) -> Self {
        self.spans.extend(other.spans);
        self
    }

    /// The figures spoken of, in order.
    pub fn figures(&self) -> impl Iterator<Item = (&str, Show)> {
        self.spans.iter().filter_map(|span| match span {
            Span::Figure { id, show } => Some((id.as_str(), *show)),
            _ => None,
        })
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::plain(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::plain(words)
    }
}
