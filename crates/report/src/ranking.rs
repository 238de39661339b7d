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
    /// Those with too little volume to be ranked, listed below without a rank.
    pub below_minimum: Vec<BelowMinimum>,
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
pub struct BelowMinimum {
    /// Who.
    pub name: String,
    /// Its volume, in words: "12 lượt tư vấn".
    pub volume: String,
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
        if !self.below_minimum.is_empty() {
            let names: Vec<String> = self
                .below_minimum
                .iter()
                .map(|row| format!("{} ({})", row.name, row.volume))
                .collect();
            notes.push(format!("{}: {}", words.not_ranked, names.join("; ")));
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
