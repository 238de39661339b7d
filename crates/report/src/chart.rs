//! A chart: what is drawn, and the same numbers as a table for those who cannot see it.

use crate::blocks::{Cell, Column, Table};
use crate::figure::Computed;
use crate::model::Language;
use crate::number::Decimal;
use crate::words::Words;

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Bars lying, one per category: for names.
    Bar,
    /// Columns standing, one per category. Lying bars take over when the names do not fit.
    Column,
    /// A line per series over time.
    Line,
    /// Columns of several series side by side. Lying bars take over when the names do not fit.
    Grouped,
}

/// One row of values across the categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it is.
    pub name: String,
    /// A value per category; none where nothing is known.
    pub values: Vec<Option<Decimal>>,
}

/// A chart with its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// What it shows, without "Biểu đồ 1.".
    pub caption: String,
    /// The unit of its numbers.
    pub unit: String,
    /// The names along the axis.
    pub categories: Vec<String>,
    /// The values.
    pub series: Vec<Series>,
    /// How its numbers came about.
    pub computed: Computed,
}

impl Chart {
    /// The same numbers as a table.
    pub(crate) fn table(&self, language: Language) -> Table {
        let words = Words::of(language);
        let mut columns = vec![Column::text(words.category)];
        columns.extend(
            self.series
                .iter()
                .map(|series| Column::number(&*series.name, &*self.unit)),
        );
        let rows = self
            .categories
            .iter()
            .enumerate()
            .map(|(index, category)| {
                let mut cells = vec![Cell::text(&**category)];
                cells.extend(self.series.iter().map(|series| {
                    series
                        .values
                        .get(index)
                        .copied()
                        .flatten()
                        .map_or_else(Cell::missing, Cell::number)
                }));
                cells
            })
            .collect();
        Table {
            caption: self.caption.clone(),
            columns,
            rows,
            footer: None,
            notes: Vec::new(),
            computed: None,
        }
    }
}
