//! Sentences over figures: the sentence names the figures, the renderer fills in their numbers.

use crate::figure::{Against, Figure};
use crate::model::Language;
use crate::text::{Show, Text};

/// A sentence under construction: words, then figures, then their comparisons.
///
/// ```
/// use report::{Against, narrative::Sentence};
/// let text = Sentence::new("Toàn tỉnh có")
///     .figure("participants.compulsory_si")
///     .say("tham gia BHXH bắt buộc")
///     .change("participants.compulsory_si", Against::LastYear)
///     .end();
/// assert_eq!(text.figures().count(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    text: Text,
}

impl Sentence {
    /// Starts with words.
    pub fn new(words: &str) -> Self {
        Self {
            text: Text::plain(words),
        }
    }

    /// Goes on with words after a space, or with a punctuation mark right away.
    pub fn say(self, words: &str) -> Self {
        let gap = if words.starts_with([',', ';', '.', ':', ')']) {
            ""
        } else {
            " "
        };
        Self {
            text: self.text.and_plain(format!("{gap}{words}")),
        }
    }

    /// Goes on with a figure and the word it counts: "… 107.219 người".
    pub fn figure(self, id: &str) -> Self {
        Self {
            text: self.text.and_plain(" ").and_figure(id, Show::WithUnit),
        }
    }

    /// Goes on with a figure's bare value: "… 107.219".
    pub fn value(self, id: &str) -> Self {
        Self {
            text: self.text.and_plain(" ").and_figure(id, Show::Value),
        }
    }

    /// Goes on with a comparison after a comma: "…, tăng 4.370 người so với cùng kỳ năm 2022 (4,2%)".
    pub fn change(self, id: &str, against: Against) -> Self {
        Self {
            text: self
                .text
                .and_plain(", ")
                .and_figure(id, Show::Change(against)),
        }
    }

    /// Goes on with every comparison that was made for the figure, in the order month, year, target.
    pub fn changes_of(self, figure: &Figure) -> Self {
        [Against::Previous, Against::LastYear, Against::Target]
            .into_iter()
            .filter(|against| figure.has(*against))
            .fold(self, |sentence, against| {
                sentence.change(&figure.id, against)
            })
    }

    /// Goes on with several texts as a list after a space: "… 21 điểm; 21 xe và 420 xe máy".
    pub fn list(self, items: Vec<Text>, language: Language) -> Self {
        Self {
            text: self.text.and_plain(" ").and(join(items, language)),
        }
    }

    /// Closes with a full stop.
    pub fn end(self) -> Text {
        self.text.and_plain(".")
    }
}

/// Joins texts, which may have commas of their own, and sets "và" ("and" in English) before the last.
fn join(items: Vec<Text>, language: Language) -> Text {
    let last = items.len().saturating_sub(1);
    let and = match language {
        Language::Vi => " và ",
        Language::En => " and ",
    };
    let mut joined = Text::default();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            joined = joined.and_plain(if index == last { and } else { "; " });
        }
        joined = joined.and(item);
    }
    joined
}
