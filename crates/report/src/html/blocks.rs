//! The parts of sections as HTML.

use super::svg;
use crate::blocks::{Align, Block, Cell, OutlineItem, Table};
use crate::chart::Chart;
use crate::figure::{Computed, Figure};
use crate::model::{Language, Report};
use crate::resolve::{Piece, TableSigns};
use crate::text::Text;
use crate::words::Words;
use maud::{Markup, html as markup};

/// A table or chart that has numbers of its own, for the annex.
pub(super) struct Source {
    /// "Bảng 1".
    pub(super) name: String,
    pub(super) caption: String,
    pub(super) anchor: String,
    pub(super) computed: Computed,
}

/// Writes sections one after the other and counts tables and charts.
pub(super) struct BlockWriter<'a> {
    report: &'a Report,
    words: &'static Words,
    tables: usize,
    charts: usize,
    /// The figures whose note number was already set; later mentions are links only.
    noted: Vec<bool>,
    pub(super) sources: Vec<Source>,
}

impl<'a> BlockWriter<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        Self {
            report,
            words: Words::of(report.content().language),
            tables: 0,
            charts: 0,
            noted: vec![false; report.content().figures.len()],
            sources: Vec::new(),
        }
    }

    pub(super) fn sections(&mut self) -> Markup {
        let report = self.report;
        markup! {
            @for (index, section) in report.content().sections.iter().enumerate() {
                section id={ "report-section-" (index + 1) } {
                    h2 { (roman(index + 1)) ". " (section.heading.to_uppercase()) }
                    @for block in &section.blocks { (self.block(block)) }
                }
            }
        }
    }

    fn block(&mut self, block: &Block) -> Markup {
        let language = self.words.language;
        match block {
            Block::Paragraph(text) => markup! { p { (self.text(text)) } },
            Block::List(items) => markup! {
                ul.dashes { @for item in items { li { "- " (self.text(item)) } } }
            },
            Block::Outline(items) => self.outline(items, 0),
            Block::Table(table) => self.numbered_table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Ranking(ranking) => self.numbered_table(&ranking.table(language)),
            Block::TaskStates(states) => markup! {
                p { (self.text(&states.summary)) }
                (self.numbered_table(&states.table(language)))
            },
        }
    }

    fn outline(&mut self, items: &[OutlineItem], depth: usize) -> Markup {
        let language = self.words.language;
        markup! {
            @for (index, item) in items.iter().enumerate() {
                @let marker = outline_marker(depth, index, language);
                @if depth == 0 && !item.items.is_empty() {
                    h3 { (marker) " " (self.text(&item.text)) }
                } @else {
                    p class=(["outline-1", "outline-2", "outline-3"][depth.min(2)]) { (marker) " " (self.text(&item.text)) }
                }
                (self.outline(&item.items, depth + 1))
            }
        }
    }

    fn numbered_table(&mut self, table: &Table) -> Markup {
        self.tables += 1;
        let name = format!("{} {}", self.words.table, self.tables);
        let anchor = format!("report-table-{}", self.tables);
        if let Some(computed) = &table.computed {
            self.sources.push(Source {
                name: name.clone(),
                caption: table.caption.clone(),
                anchor: anchor.clone(),
                computed: computed.clone(),
            });
        }
        // A table this short is moved to the next page as a whole rather than torn.
        let is_short = table.rows.len() <= 6;
        markup! {
            div.report-table.short[is_short] id=(anchor) {
                (self.table(table, &markup! { strong { (name) ". " } (table.caption) }))
            }
        }
    }

    fn table(&mut self, table: &Table, caption: &Markup) -> Markup {
        let signs = self.report.table_signs(table);
        let notes = self.report.table_notes(table, &signs);
        markup! {
            // A wide table is scrolled sideways on a phone, by the keyboard too.
            div.table-frame role="region" aria-label=(table.caption) tabindex="0" {
                table {
                    caption { (caption) }
                    thead { tr {
                        @for column in &table.columns {
                            th scope="col" {
                                (column.heading)
                                @if let Some(unit) = column.unit.as_deref().filter(|unit| !unit.is_empty()) {
                                    " " span.unit { "(" (unit) ")" }
                                }
                            }
                        }
                    } }
                    tbody { @for row in &table.rows { (self.row(table, row, &signs)) } }
                    @if let Some(footer) = &table.footer { tfoot { (self.row(table, footer, &signs)) } }
                }
            }
            @if !notes.is_empty() {
                div.table-notes { @for note in notes { p { (note) } } }
            }
        }
    }

    fn row(&mut self, table: &Table, cells: &[Cell], signs: &TableSigns) -> Markup {
        markup! {
            tr {
                @for (column, cell) in table.columns.iter().zip(cells) {
                    @let printed = self.report.cell(cell, signs);
                    td class=(align_class(column.align)) {
                        @for piece in &printed.pieces { (self.piece(piece, false)) }
                        @for sign in &printed.signs { sup.sign { "(" (sign) ")" } }
                    }
                }
            }
        }
    }

    fn chart(&mut self, chart: &Chart) -> Markup {
        self.charts += 1;
        let name = format!("{} {}", self.words.chart, self.charts);
        let anchor = format!("report-chart-{}", self.charts);
        let table = chart.table(self.words.language);
        let table_caption = markup! { (self.words.chart_data) };
        self.sources.push(Source {
            name: name.clone(),
            caption: chart.caption.clone(),
            anchor: anchor.clone(),
            computed: chart.computed.clone(),
        });
        markup! {
            figure.report-chart id=(anchor) {
                (svg::draw(chart, &anchor, self.words))
                figcaption {
                    strong { (name) ". " } (chart.caption)
                    @if !chart.unit.is_empty() { " (" (self.words.unit.to_lowercase()) ": " (chart.unit) ")" }
                }
                details.chart-data {
                    summary { (self.words.chart_data) }
                    (self.table(&table, &table_caption))
                }
            }
        }
    }

    fn text(&mut self, text: &Text) -> Markup {
        let report = self.report;
        markup! { @for piece in report.pieces(text) { (self.piece(&piece, true)) } }
    }

    fn piece(&mut self, piece: &Piece, with_note_number: bool) -> Markup {
        match piece {
            Piece::Plain(words) => markup! { (words) },
            Piece::Number(words) => markup! { (words) },
            Piece::Strong(words) => markup! { strong { (words) } },
            Piece::Emphasis(words) => markup! { em { (words) } },
            Piece::Figure(figure, words) => self.figure(figure, words, with_note_number),
        }
    }

    fn figure(&mut self, figure: &Figure, words: &str, with_note_number: bool) -> Markup {
        let index = self
            .report
            .content()
            .figures
            .iter()
            .position(|known| known.id == figure.id);
        let index = index.expect("a resolved figure is one of the report's");
        let first = with_note_number && !std::mem::replace(&mut self.noted[index], true);
        markup! {
            a.figure href={ "#report-figure-" (index + 1) } title=(figure.computed.method) data-figure=(figure.id) {
                (words)
                @if first { sup.note-number { "(" (index + 1) ")" } }
            }
        }
    }
}

fn align_class(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// A Roman numeral for the parts of a document.
pub(crate) fn roman(number: usize) -> String {
    const STEPS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number;
    let mut numeral = String::new();
    for (value, letters) in STEPS {
        while left >= value {
            numeral.push_str(letters);
            left -= value;
        }
    }
    numeral
}

/// The number of an entry: `1.`, below it `a)`, below that a dash. Vietnamese papers count a, b, c, d, đ, e, g, h …
pub(crate) fn outline_marker(depth: usize, index: usize, language: Language) -> String {
    const LETTERS_VI: &str = "abcdđeghiklmnopqrstuvxy";
    const LETTERS_EN: &str = "abcdefghijklmnopqrstuvwxyz";
    let letters = match language {
        Language::Vi => LETTERS_VI,
        Language::En => LETTERS_EN,
    };
    match depth {
        0 => format!("{}.", index + 1),
        1 => letters
            .chars()
            .nth(index)
            .map_or_else(|| "-".to_owned(), |letter| format!("{letter})")),
        _ => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_entries_are_numbered_as_in_official_papers() {
        let numerals: Vec<String> = [1, 2, 4, 9, 14, 40].into_iter().map(roman).collect();
        assert_eq!(numerals, ["I", "II", "IV", "IX", "XIV", "XL"]);
        let letters: Vec<String> = (0..7)
            .map(|index| outline_marker(1, index, Language::Vi))
            .collect();
        assert_eq!(letters, ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]);
        assert_eq!(outline_marker(1, 5, Language::En), "f)");
        assert_eq!(outline_marker(1, 99, Language::Vi), "-");
        assert_eq!(outline_marker(0, 2, Language::Vi), "3.");
        assert_eq!(outline_marker(2, 2, Language::Vi), "-");
    }
}
