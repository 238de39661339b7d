//! Reading CSV and TSV text: which character parts the cells, and the cells with their line numbers.

use super::columns::TableSpec;
use super::encoding;
use super::file_faults::FileFault;
use super::header::{self, HEADER_LINES};
use super::sheet::{Cells, Limits, Sheet, Source};

/// Reads a text file. Of the usual separators that one counts under which the header names most columns.
pub(super) fn read(bytes: &[u8], spec: &TableSpec, limits: &Limits) -> Result<Sheet, FileFault> {
    let (text, encoding) = encoding::decode(bytes)?;
    let mut best: Option<(usize, char)> = None;
    let mut unclosed = None;
    for separator in [',', ';', '\t', '|'] {
        let mut cells = Cells::new(&Limits {
            columns: u16::MAX,
            ..*limits
        });
        if let Err(fault) = parse(&text, separator, HEADER_LINES, &mut cells) {
            unclosed.get_or_insert(fault);
        }
        if let Some(found) = cells.find_header(spec)
            && best.is_none_or(|(named, _)| found.named > named)
        {
            best = Some((found.named, separator));
        }
    }
    let Some((_, separator)) = best else {
        return Err(unclosed.unwrap_or_else(|| header::missing(spec, &[])));
    };
    let mut cells = Cells::new(limits);
    parse(&text, separator, u32::MAX, &mut cells)?;
    let found = cells
        .find_header(spec)
        .ok_or_else(|| header::missing(spec, &[]))?;
    Ok(Sheet::new(
        cells,
        Source::Text {
            encoding,
            separator,
        },
        Vec::new(),
        found.row,
    ))
}

/// Parts the text into cells, up to the row that begins on `last_line`. A quote opens a quoted cell only at the
/// cell's beginning; within one, two quotes are one. A row has the number of the line on which it begins.
fn parse(text: &str, separator: char, last_line: u32, cells: &mut Cells) -> Result<(), FileFault> {
    let mut scanner = Scanner {
        rest: text,
        line: 1,
    };
    let mut field = String::new();
    while !scanner.rest.is_empty() && scanner.line <= last_line {
        let row_line = scanner.line;
        for column in 0.. {
            let end = scanner.field(separator, &mut field)?;
            if let Some(content) = cells.keep_text(&field)? {
                cells.push(row_line, column, content, false)?;
            }
            if end == FieldEnd::Row {
                break;
            }
        }
    }
    Ok(())
}

#[derive(PartialEq)]
enum FieldEnd {
    Field,
    Row,
}

struct Scanner<'a> {
    rest: &'a str,
    line: u32,
}

impl Scanner<'_> {
    /// Takes the next cell into `field` and says whether the row ends with it.
    fn field(&mut self, separator: char, field: &mut String) -> Result<FieldEnd, FileFault> {
        field.clear();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            self.rest = quoted;
            self.quoted(field)?;
        }
        let end = self
            .rest
            .find([separator, '\n', '\r'])
            .unwrap_or(self.rest.len());
        field.push_str(&self.rest[..end]);
        self.rest = &self.rest[end..];
        if let Some(rest) = self.rest.strip_prefix(separator) {
            self.rest = rest;
            return Ok(FieldEnd::Field);
        }
        for line_end in ["\r\n", "\n", "\r"] {
            if let Some(rest) = self.rest.strip_prefix(line_end) {
                self.rest = rest;
                self.line += 1;
                break;
            }
        }
        Ok(FieldEnd::Row)
    }

    fn quoted(&mut self, field: &mut String) -> Result<(), FileFault> {
        let opened = self.line;
        loop {
            let end = self
                .rest
                .find('"')
                .ok_or(FileFault::QuoteUnclosed { line: opened })?;
            let (inside, after) = self.rest.split_at(end);
            field.push_str(inside);
            let breaks = inside.bytes().filter(|byte| *byte == b'\n').count();
            self.line = self
                .line
                .saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            self.rest = &after[1..];
            match self.rest.strip_prefix('"') {
                Some(rest) => {
                    field.push('"');
                    self.rest = rest;
                }
                None => return Ok(()),
            }
        }
    }
}
