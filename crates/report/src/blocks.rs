//! The parts of a section: paragraphs, lists, numbered outlines, tables, charts, rankings, task states.

use crate::chart::Chart;
use crate::figure::{Computed, Mark};
use crate::number::Decimal;
use crate::ranking::Ranking;
use crate::task_states::TaskStates;
use crate::text::Text;

/// A headed part of a report; headings are numbered I., II., … by the renderer.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Stable id within the report, also the anchor.
    pub id: String,
    /// The heading without its number.
    pub heading: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// One part of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A plain list with dashes.
    List(Vec<Text>),
    /// Numbered headings below the section: 1., a), dashes.
    Outline(Vec<OutlineItem>),
    /// A table.
    Table(Table),
    /// A chart, with its numbers as a table beside it.
    Chart(Chart),
    /// A ranking of units, teams or organizations.
    Ranking(Ranking),
    /// Where the tasks stand.
    TaskStates(TaskStates),
}

/// An entry of a numbered outline with what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineItem {
    /// What it says.
    pub text: Text,
    /// The entries below it.
    pub items: Vec<OutlineItem>,
}

impl OutlineItem {
    /// An entry with nothing below it.
    pub fn leaf(text: impl Into<Text>) -> Self {
        Self {
            text: text.into(),
            items: Vec::new(),
        }
    }

    /// An entry with others below it.
    pub fn branch(text: impl Into<Text>, items: Vec<OutlineItem>) -> Self {
        Self {
            text: text.into(),
            items,
        }
    }
}

/// Which side a column leans to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Short words, dates and running numbers.
    Center,
    /// Numbers.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// The unit of its numbers, if it holds numbers: "người".
    pub unit: Option<String>,
    /// Which side it leans to.
    pub align: Align,
}

impl Column {
    /// A column of words.
    pub fn text(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            unit: None,
            align: Align::Left,
        }
    }

    /// A narrow column of dates, states or running numbers.
    pub fn center(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            unit: None,
            align: Align::Center,
        }
    }

    /// A column of numbers in a unit.
    pub fn number(heading: impl Into<String>, unit: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            unit: Some(unit.into()),
            align: Align::Right,
        }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellContent {
    /// Nothing known; printed as a dash.
    Missing,
    /// Text, perhaps with figures.
    Text(Text),
    /// A number of the table's own query.
    Number(Decimal),
    /// A change, printed with its sign.
    Signed(Decimal),
    /// A figure of the report, to the last digit.
    Figure(String),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it holds.
    pub content: CellContent,
    /// Where its number comes from.
    pub marks: Vec<Mark>,
    /// A remark on this cell, printed below the table.
    pub note: Option<String>,
}

impl Cell {
    fn of(content: CellContent) -> Self {
        Self {
            content,
            marks: Vec::new(),
            note: None,
        }
    }

    /// A cell of words.
    pub fn text(text: impl Into<Text>) -> Self {
        Self::of(CellContent::Text(text.into()))
    }

    /// A cell with a number.
    pub fn number(number: impl Into<Decimal>) -> Self {
        Self::of(CellContent::Number(number.into()))
    }

    /// A cell with a change, printed with its sign.
    pub fn signed(number: impl Into<Decimal>) -> Self {
        Self::of(CellContent::Signed(number.into()))
    }

    /// A cell with a figure of the report.
    pub fn figure(id: impl Into<String>) -> Self {
        Self::of(CellContent::Figure(id.into()))
    }

    /// A cell without a value.
    pub fn missing() -> Self {
        Self::of(CellContent::Missing)
    }

    /// The same cell with marks.
    pub fn marked(mut self, marks: &[Mark]) -> Self {
        self.marks = marks.to_vec();
        self
    }

    /// The same cell with a remark below the table.
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// A table; every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What the table shows, without "Bảng 1.".
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// A closing row, such as the total, set apart.
    pub footer: Option<Vec<Cell>>,
    /// Remarks below the table.
    pub notes: Vec<String>,
    /// How its own numbers came about; none where it only repeats figures or words.
    pub computed: Option<Computed>,
}
