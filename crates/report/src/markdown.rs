//! A report as Markdown: head, numbered parts, tables, and a footnote per figure that says how it was computed.

use crate::blocks::{Align, Block, Cell, OutlineItem, Table};
use crate::figure::Computed;
use crate::model::Report;
use crate::resolve::{Piece, TableSigns};
use crate::text::Text;
use crate::words::{Words, date, place_and_date, with_unit};

/// The report as Markdown with tables and footnotes.
///
/// Whatever the texts contain, they stay text: everything Markdown or HTML would read as markup is escaped.
pub fn markdown(report: &Report) -> String {
    let mut writer = Writer {
        report,
        words: Words::of(report.content().language),
        out: String::new(),
        tables: 0,
        charts: 0,
        mentioned: vec![false; report.content().figures.len()],
    };
    writer.head();
    writer.sections();
    writer.foot();
    writer.footnotes();
    writer.out
}

struct Writer<'a> {
    report: &'a Report,
    words: &'static Words,
    out: String,
    tables: usize,
    charts: usize,
    /// Which figures have been pointed to by a footnote mark.
    mentioned: Vec<bool>,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn paragraph(&mut self, line: &str) {
        self.line(line);
        self.line("");
    }

    fn head(&mut self) {
        let content = self.report.content();
        let head = &content.head;
        if let Some(parent) = &head.parent_organization {
            self.line(&format!("{}  ", escape(parent)));
        }
        self.paragraph(&format!("**{}**", escape(&head.organization)));
        self.line(&format!("**{}**  ", self.words.country));
        self.paragraph(&format!("**{}**", self.words.motto));
        let number = head
            .number
            .as_deref()
            .map_or_else(|| "……".to_owned(), escape);
        self.paragraph(&format!("{}: {number}", self.words.number));
        let place = place_and_date(&head.place, head.date, content.language);
        self.paragraph(&format!("*{}*", escape(&place)));
        self.paragraph(&format!(
            "# {}: {}",
            escape(&head.kind),
            escape(&content.title)
        ));
        if let Some(subtitle) = &content.subtitle {
            self.paragraph(&format!("**{}**", escape(subtitle)));
        }
        let last = content.legal_bases.len().saturating_sub(1);
        for (index, basis) in content.legal_bases.iter().enumerate() {
            let end = if index == last { '.' } else { ';' };
            self.paragraph(&format!("*{}{end}*", escape(basis)));
        }
    }

    fn sections(&mut self) {
        let content = self.report.content();
        for (index, section) in content.sections.iter().enumerate() {
            self.paragraph(&format!(
                "## {}. {}",
                crate::html::roman(index + 1),
                escape(&section.heading)
            ));
            for block in &section.blocks {
                self.block(block);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        let language = self.report.content().language;
        match block {
            Block::Paragraph(text) => {
                let text = self.text(text);
                self.paragraph(&text);
            }
            Block::List(items) => {
                for item in items {
                    let text = self.text(item);
                    self.line(&format!("- {text}"));
                }
                self.line("");
            }
            Block::Outline(items) => self.outline(items, 0),
            Block::Table(table) => self.table(table, None),
            Block::Chart(chart) => {
                self.charts += 1;
                let number = format!("{} {}", self.words.chart, self.charts);
                let mut table = chart.table(language);
                table.computed = Some(chart.computed.clone());
                self.table(&table, Some(&number));
            }
            Block::Ranking(ranking) => self.table(&ranking.table(language), None),
            Block::TaskStates(states) => {
                let summary = self.text(&states.summary);
                self.paragraph(&summary);
                self.table(&states.table(language), None);
            }
        }
    }

    fn outline(&mut self, items: &[OutlineItem], depth: usize) {
        let language = self.report.content().language;
        for (index, item) in items.iter().enumerate() {
            let text = self.text(&item.text);
            let marker = crate::html::outline_marker(depth, index, language);
            if depth == 0 && !item.items.is_empty() {
                self.paragraph(&format!("### {marker} {text}"));
            } else {
                self.paragraph(&format!("{} {text}", escape_start(&marker)));
            }
            self.outline(&item.items, depth + 1);
        }
    }

    fn table(&mut self, table: &Table, number: Option<&str>) {
        let number = number.map_or_else(
            || {
                self.tables += 1;
                format!("{} {}", self.words.table, self.tables)
            },
            str::to_owned,
        );
        self.paragraph(&format!("**{number}. {}**", escape(&table.caption)));
        let signs = self.report.table_signs(table);
        let headings: Vec<String> = table
            .columns
            .iter()
            .map(|column| match &column.unit {
                Some(unit) if !unit.is_empty() => {
                    format!("{} ({})", escape(&column.heading), escape(unit))
                }
                _ => escape(&column.heading),
            })
            .collect();
        self.line(&format!("| {} |", headings.join(" | ")));
        let rules: Vec<&str> = table
            .columns
            .iter()
            .map(|column| match column.align {
                Align::Left => ":---",
                Align::Center => ":---:",
                Align::Right => "---:",
            })
            .collect();
        self.line(&format!("| {} |", rules.join(" | ")));
        for row in &table.rows {
            self.row(row, &signs, false);
        }
        if let Some(footer) = &table.footer {
            self.row(footer, &signs, true);
        }
        self.line("");
        for note in self.report.table_notes(table, &signs) {
            self.paragraph(&escape(&note));
        }
        if let Some(computed) = &table.computed {
            self.paragraph(&format!(
                "*{}: {}*",
                self.words.how_computed,
                self.computed(computed)
            ));
        }
    }

    fn row(&mut self, cells: &[Cell], signs: &TableSigns, strong: bool) {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| {
                let printed = self.report.cell(cell, signs);
                let words: String = printed
                    .pieces
                    .iter()
                    .map(|piece| self.piece(piece))
                    .collect();
                let words = if strong && !words.trim().is_empty() {
                    format!("**{words}**")
                } else {
                    words
                };
                printed
                    .signs
                    .iter()
                    .fold(words, |words, sign| format!("{words} ({})", escape(sign)))
            })
            .collect();
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    fn text(&mut self, text: &Text) -> String {
        let pieces = self.report.pieces(text);
        let words: String = pieces.iter().map(|piece| self.piece(piece)).collect();
        escape_start(&words)
    }

    fn piece(&mut self, piece: &Piece) -> String {
        match piece {
            Piece::Plain(words) => escape(words),
            Piece::Strong(words) => wrapped(words, "**"),
            Piece::Emphasis(words) => wrapped(words, "*"),
            Piece::Number(words) => escape(words),
            Piece::Figure(figure, words) => {
                let index = self
                    .report
                    .content()
                    .figures
                    .iter()
                    .position(|known| known.id == figure.id);
                let index = index.expect("a resolved figure is one of the report's");
                self.mentioned[index] = true;
                format!("{}[^{}]", escape(words), index + 1)
            }
        }
    }

    fn foot(&mut self) {
        let content = self.report.content();
        if !content.notices.is_empty() {
            self.paragraph(&format!("**{}**", self.words.notices));
            for notice in &content.notices {
                self.line(&format!(
                    "- **{}:** {}",
                    self.words.notice(notice.kind),
                    escape(&notice.text)
                ));
            }
            self.line("");
        }
        if let Some(signature) = &content.head.signature {
            for line in signature
                .authority
                .iter()
                .chain([&signature.position])
                .chain(&signature.name)
            {
                self.paragraph(&format!("**{}**", escape(line)));
            }
        }
        if !content.head.recipients.is_empty() {
            self.paragraph(&format!("***{}:***", self.words.recipients));
            for recipient in &content.head.recipients {
                self.line(&format!("- {}", escape(recipient)));
            }
            self.line("");
        }
    }

    fn footnotes(&mut self) {
        let content = self.report.content();
        let state = format!(
            "{}; {} {}",
            content.generated_from,
            self.words.as_of,
            date(content.as_of, content.language)
        );
        self.paragraph(&format!("*{}*", escape(&state)));
        if content.figures.is_empty() {
            return;
        }
        self.paragraph(&format!("## {}", self.words.how_computed));
        for (index, figure) in content.figures.iter().enumerate() {
            let value = with_unit(
                &figure.display_exact(content.language),
                figure.unit(content.language),
            );
            let mut note = format!(
                "{} ({}): {}. {}",
                escape(figure.label(content.language)),
                escape(figure.period.label(content.language)),
                escape(&value),
                self.computed(&figure.computed)
            );
            if let Some(completeness) = figure.completeness {
                note.push_str(&format!(" {}.", self.words.completeness(completeness)));
            }
            let marks: Vec<&str> = figure
                .marks
                .iter()
                .map(|mark| self.words.mark(*mark))
                .collect();
            if !marks.is_empty() {
                note.push_str(&format!(" {}: {}.", self.words.marks, marks.join(", ")));
            }
            // A footnote that nothing points to would not be shown, so such figures are listed.
            let start = if self.mentioned[index] {
                format!("[^{}]: ", index + 1)
            } else {
                "- ".to_owned()
            };
            self.paragraph(&format!("{start}{note}"));
        }
    }

    fn computed(&self, computed: &Computed) -> String {
        let records = crate::number::Decimal::from(computed.records).display(self.words.language);
        format!(
            "{} {}: {}, {records} {}. {} {}. {}: {}.",
            escape(&computed.method),
            self.words.source,
            escape(&computed.source),
            self.words.records,
            self.words.boundaries,
            date(computed.boundary_date, self.words.language),
            self.words.query,
            escape(&computed.query)
        )
    }
}

/// Emphasis must hug its words, or it is no emphasis.
fn wrapped(words: &str, marker: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return escape(words);
    }
    let (before, after) = words.split_at(words.find(inner).unwrap_or(0));
    format!(
        "{}{marker}{}{marker}{}",
        escape(before),
        escape(inner),
        escape(&after[inner.len()..])
    )
}

/// Text as text: signs with a meaning in Markdown or HTML are escaped, line ends become spaces.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // As an entity, so that even a reader that does not know escapes opens no tag.
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '#' | '|' | '~' | '&' | '$' | '^' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => {
                escaped.push(' ')
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Keeps the start of a line from being read as a list entry, a rule or a code block.
fn escape_start(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = &line[digits..];
    if digits > 0 && (rest.starts_with('.') || rest.starts_with(')')) {
        return format!("{}\\{rest}", &line[..digits]);
    }
    if line.starts_with(['-', '+', '=', ':']) {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_texts_stays_text() {
        assert_eq!(
            escape("a|b <script> *x* [y](z)\n# q"),
            "a\\|b &lt;script\\> \\*x\\* \\[y\\](z) \\# q"
        );
        assert_eq!(escape_start("1. Việc"), "1\\. Việc");
        assert_eq!(escape_start("- Việc"), "\\- Việc");
        assert_eq!(wrapped("Chủ đề: ", "**"), "**Chủ đề:** ");
        assert_eq!(wrapped("  ", "**"), "  ");
    }
}
