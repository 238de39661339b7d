//! A ranking with its rules spelled out: what counts, the minimum volume, how ties stand.

use crate::blocks::{Cell, Column, Table};
use crate::figure::{Computed, Mark};
use crate::model::Language;
use crate::number::Decimal;
use crate::words::Words;

/// A ranking of units, organizations or teams, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// What is ranked by what.
    pub caption: String,
    /// The heading of the names: "Đơn vị".
    pub name_heading: String,
    /// The heading of the score: "Tỷ lệ hoàn thành".
    pub score_heading: String,
    /// The unit of the score.
    pub score_unit: String,
    /// Whether the highest score stands first.
    pub highest_first: bool,
    /// Further columns.
    pub columns: Vec<Column>,
    /// The ranked rows, best first.
    pub rows: Vec<RankingRow>,
    /// Those that cannot be ranked, listed below without a rank.
    pub not_ranked: Vec<NotRanked>,
    /// The least volume that is ranked, in words: "từ 20 lượt tư vấn".
    pub minimum_volume: Option<String>,
    /// How equal scores stand and what breaks a tie.
    pub ties: String,
    /// Whether the scores rest on claimed or confirmed results, if that matters.
    pub basis: Option<Mark>,
    /// How the scores came about.
    pub computed: Computed,
}

/// A row of a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingRow {
    /// The place; equal places for equal scores.
    pub rank: u32,
    /// Who.
    pub name: String,
    /// By what.
    pub score: Decimal,
    /// The further columns.
    pub cells: Vec<Cell>,
}

/// One that is not ranked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRanked {
    /// Who.
    pub name: String,
    /// Why, in words that stand in parentheses: "12 lượt tư vấn", "chưa được giao chỉ tiêu".
    pub reason: String,
}

impl Ranking {
    /// The ranking as a table, with its rules as notes.
    pub(crate) fn table(&self, language: Language) -> Table {
        let words = Words::of(language);
        let mut columns = vec![
            Column::center(words.rank),
            Column::text(&*self.name_heading),
            Column::number(&*self.score_heading, &*self.score_unit),
        ];
        columns.extend(self.columns.iter().cloned());
        let shared = |rank: u32| self.rows.iter().filter(|row| row.rank == rank).count() > 1;
        let rows = self
            .rows
            .iter()
            .map(|row| {
                let rank = if shared(row.rank) {
                    format!("{}=", row.rank)
                } else {
                    row.rank.to_string()
                };
                let mut cells = vec![
                    Cell::text(rank),
                    Cell::text(&*row.name),
                    Cell::number(row.score).marked(self.basis.as_slice()),
                ];
                cells.extend(row.cells.iter().cloned());
                cells
            })
            .collect();
        let mut notes = vec![format!("{}: {}", words.ties, self.ties)];
        if let Some(minimum) = &self.minimum_volume {
            notes.push(format!("{}: {minimum}", words.minimum_volume));
        }
        if !self.not_ranked.is_empty() {
            let alike = self
                .not_ranked
                .chunk_by(|one, next| one.reason == next.reason);
            let lists: Vec<String> = alike
                .map(|rows| {
                    let names: Vec<&str> = rows.iter().map(|row| &*row.name).collect();
                    format!("{} ({})", names.join(", "), rows[0].reason)
                })
                .collect();
            notes.push(format!("{}: {}", words.not_ranked, lists.join("; ")));
        }
        Table {
            caption: self.caption.clone(),
            columns,
            rows,
            footer: None,
            notes,
            computed: Some(self.computed.clone()),
        }
    }
}
