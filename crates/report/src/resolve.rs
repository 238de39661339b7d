//! Turning rich text and cells into the words that are printed, with figures filled in.

use crate::blocks::{Cell, CellContent, Table};
use crate::figure::{Figure, Mark};
use crate::model::{Language, Report};
use crate::text::{Show, Span, Text};
use crate::words::{Words, change_in_words, signed, with_unit};
use std::collections::BTreeSet;

/// A printed piece of text.
pub(crate) enum Piece<'a> {
    Plain(&'a str),
    Strong(&'a str),
    Emphasis(&'a str),
    /// A figure with the words that say it.
    Figure(&'a Figure, String),
    /// A number that is no figure of the report, in a table with its own query.
    Number(String),
}

impl Piece<'_> {
    pub(crate) fn words(&self) -> &str {
        match self {
            Piece::Plain(words) | Piece::Strong(words) | Piece::Emphasis(words) => words,
            Piece::Figure(_, words) | Piece::Number(words) => words,
        }
    }
}

/// A printed cell.
pub(crate) struct PrintedCell<'a> {
    pub(crate) pieces: Vec<Piece<'a>>,
    /// Signs of marks and numbers of notes that stand behind the value.
    pub(crate) signs: Vec<String>,
}

/// The remarks below a table and the signs its cells carry.
pub(crate) struct TableSigns {
    /// The marks that every number shares and that are said once, or none.
    shared: BTreeSet<Mark>,
    /// The marks that some numbers carry.
    single: BTreeSet<Mark>,
    notes: Vec<String>,
}

impl Report {
    pub(crate) fn pieces<'a>(&'a self, text: &'a Text) -> Vec<Piece<'a>> {
        text.spans
            .iter()
            .map(|span| match span {
                Span::Plain(words) => Piece::Plain(words),
                Span::Strong(words) => Piece::Strong(words),
                Span::Emphasis(words) => Piece::Emphasis(words),
                Span::Figure { id, show } => {
                    let figure = self
                        .figure(id)
                        .expect("Report::new refuses texts with unknown figures");
                    Piece::Figure(figure, say(figure, *show, self.content().language))
                }
            })
            .collect()
    }

    pub(crate) fn plain(&self, text: &Text) -> String {
        self.pieces(text).iter().map(Piece::words).collect()
    }

    /// The marks of a cell: its own and, for a figure, the figure's.
    fn cell_marks(&self, cell: &Cell) -> BTreeSet<Mark> {
        let mut marks: BTreeSet<Mark> = cell.marks.iter().copied().collect();
        if let CellContent::Figure(id) = &cell.content
            && let Some(figure) = self.figure(id)
        {
            marks.extend(&figure.marks);
        }
        marks
    }

    pub(crate) fn cell<'a>(&'a self, cell: &'a Cell, signs: &TableSigns) -> PrintedCell<'a> {
        let language = self.content().language;
        let pieces = match &cell.content {
            CellContent::Missing => vec![Piece::Plain("–")],
            CellContent::Text(text) => self.pieces(text),
            CellContent::Number(number) => vec![Piece::Number(number.display(language))],
            CellContent::Signed(number) => vec![Piece::Number(signed(*number, language))],
            CellContent::Figure(id) => {
                let figure = self
                    .figure(id)
                    .expect("Report::new refuses cells with unknown figures");
                vec![Piece::Figure(figure, figure.display_exact(language))]
            }
        };
        let words = Words::of(language);
        let mut behind: Vec<String> = self
            .cell_marks(cell)
            .difference(&signs.shared)
            .filter_map(|mark| words.mark_sign(*mark))
            .map(str::to_owned)
            .collect();
        if let Some(note) = &cell.note
            && let Some(index) = signs.notes.iter().position(|known| known == note)
        {
            behind.push((index + 1).to_string());
        }
        PrintedCell {
            pieces,
            signs: behind,
        }
    }

    pub(crate) fn table_signs(&self, table: &Table) -> TableSigns {
        let words = Words::of(self.content().language);
        let mut signs = TableSigns {
            shared: BTreeSet::new(),
            single: BTreeSet::new(),
            notes: Vec::new(),
        };
        let mut shared: Option<BTreeSet<Mark>> = None;
        for cell in table.rows.iter().chain(table.footer.as_ref()).flatten() {
            if let Some(note) = &cell.note
                && !signs.notes.contains(note)
            {
                signs.notes.push(note.clone());
            }
            if matches!(cell.content, CellContent::Text(_) | CellContent::Missing) {
                continue;
            }
            let marks: BTreeSet<Mark> = self
                .cell_marks(cell)
                .into_iter()
                .filter(|mark| words.mark_sign(*mark).is_some())
                .collect();
            signs.single.extend(&marks);
            shared = Some(match shared {
                None => marks,
                Some(known) => known.intersection(&marks).copied().collect(),
            });
        }
        signs.shared = shared.unwrap_or_default();
        signs.single = signs.single.difference(&signs.shared).copied().collect();
        signs
    }

    /// The lines below a table: what its signs mean, the notes of its cells, its own notes.
    pub(crate) fn table_notes(&self, table: &Table, signs: &TableSigns) -> Vec<String> {
        let words = Words::of(self.content().language);
        let mut lines = Vec::new();
        for mark in &signs.shared {
            lines.push(format!("{}: {}.", words.all_cells, words.mark(*mark)));
        }
        for mark in &signs.single {
            if let Some(sign) = words.mark_sign(*mark) {
                lines.push(format!("({sign}) {}.", words.mark(*mark)));
            }
        }
        for (index, note) in signs.notes.iter().enumerate() {
            lines.push(format!("({}) {note}", index + 1));
        }
        lines.extend(table.notes.iter().cloned());
        lines
    }
}

fn say(figure: &Figure, show: Show, language: Language) -> String {
    match show {
        Show::Value => figure.display(language),
        Show::WithUnit => with_unit(&figure.display(language), figure.unit(language)),
        Show::Change(against) => change_in_words(figure, against, language),
    }
}
