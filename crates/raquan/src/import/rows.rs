//! Which of the rows below the header are data, and which are totals, column numbers or notes around them.

use super::labels::fold;
use super::sheet::{CellContent, Row, Sheet};

/// What a row below the header is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum RowKind {
    /// A row of data.
    Data,
    /// Nothing in any wanted column.
    Blank,
    /// "(1) (2) (3)" right below the header.
    Numbering,
    /// "Tổng cộng" at the end of the table.
    Total,
    /// A total with data below it, which may be a subtotal or a mistake.
    TotalAmongRows,
    /// Signatures and notes below the totals.
    Footer,
}

/// The kinds of all rows below the header. `wanted` are the columns of the file that the table has, `required` those
/// of them that every row of data fills.
pub(super) fn row_kinds(sheet: &Sheet, wanted: &[u16], required: &[u16]) -> Vec<RowKind> {
    let mut kinds = Vec::with_capacity(sheet.data_rows().len());
    for index in sheet.data_rows() {
        let row = sheet.row(index);
        kinds.push(if is_total(row) {
            RowKind::Total
        } else if filled(row, wanted) == 0 && !has_unnamed(row, sheet) {
            RowKind::Blank
        } else if kinds.is_empty() && is_numbering(row) {
            RowKind::Numbering
        } else {
            RowKind::Data
        });
    }
    // Below the last row that looks like data stand totals and footers; above it, a total is among the rows.
    let rows = sheet.data_rows().start;
    let expected = if required.is_empty() {
        wanted
    } else {
        required
    };
    let sparse = |at: usize| filled(sheet.row(rows + at), expected) * 2 < expected.len();
    let last_data = (0..kinds.len())
        .rev()
        .find(|at| kinds[*at] == RowKind::Data && !sparse(*at));
    let mut total_seen = false;
    for (at, kind) in kinds.iter_mut().enumerate() {
        let below_data = last_data.is_none_or(|last| at > last);
        match *kind {
            RowKind::Total if !below_data => *kind = RowKind::TotalAmongRows,
            RowKind::Total => total_seen = true,
            RowKind::Data if total_seen => *kind = RowKind::Footer,
            _ => {}
        }
    }
    kinds
}

fn filled(row: Row, wanted: &[u16]) -> usize {
    row.cells()
        .filter(|cell| wanted.contains(&cell.column))
        .count()
}

fn has_unnamed(row: Row, sheet: &Sheet) -> bool {
    row.cells()
        .any(|cell| sheet.header().cell(cell.column).is_none())
}

/// A row is a total when the first text in it says so: "Cộng Hòa" is a commune, "Cộng" is not.
fn is_total(row: Row) -> bool {
    let first = row.cells().find_map(|cell| match cell.content {
        CellContent::Text(text) if text.chars().any(char::is_alphabetic) => Some(text),
        _ => None,
    });
    // Folding costs more than looking at the first letter.
    let Some(text) = first.filter(|text| text.starts_with(['T', 't', 'C', 'c'])) else {
        return false;
    };
    let folded = fold(text);
    folded.starts_with("tong cong")
        || folded.starts_with("cong toan")
        || matches!(
            folded.as_str(),
            "cong" | "tong" | "tong so" | "toan tinh" | "total"
        )
}

/// "(1) (2) (3)" or "A B 1 2": consecutive, and with parentheses or letters, so that it cannot be data.
fn is_numbering(row: Row) -> bool {
    let mut marked = false;
    let mut expected = 1;
    let mut letter = 'A';
    let mut count = 0;
    for cell in row.cells() {
        count += 1;
        let number = match cell.content {
            CellContent::Number(number) => number.to_string(),
            CellContent::Text(text) => {
                marked |= text.starts_with('(');
                text.trim_matches(['(', ')']).to_owned()
            }
            _ => return false,
        };
        if number == expected.to_string() {
            expected += 1;
        } else if number == letter.to_string() && expected == 1 {
            marked = true;
            letter = char::from_u32(u32::from(letter) + 1).unwrap_or('?');
        } else {
            return false;
        }
    }
    marked && count >= 2
}
