//! The report as a whole, and the checks that a report holds together.

use crate::blocks::{Block, Cell, CellContent, OutlineItem, Section, Table};
use crate::chart::Chart;
use crate::figure::Figure;
use crate::ranking::Ranking;
use crate::text::{Show, Text};
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// The language of a report's fixed words and numerals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// The head and foot of an administrative document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The body above the issuing one: "UBND TỈNH NGHỆ AN".
    pub parent_organization: Option<String>,
    /// The issuing body: "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI".
    pub organization: String,
    /// Number and symbol: "1189/KH-SLĐTBXH"; none leaves room for it.
    pub number: Option<String>,
    /// Where it is issued: "Nghệ An".
    pub place: String,
    /// When it is issued; none leaves room for the day.
    pub date: Option<Date>,
    /// The kind of document: "Báo cáo", "Kế hoạch".
    pub kind: String,
    /// Who receives it; the archive is a line of its own: "Lưu: VT".
    pub recipients: Vec<String>,
    /// Who signs; none for a working copy.
    pub signature: Option<Signature>,
}

/// The signature block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// On whose behalf: "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC".
    pub authority: Option<String>,
    /// The position: "Giám đốc".
    pub position: String,
    /// The name; none leaves room for it.
    pub name: Option<String>,
}

/// What a reader must know before trusting the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// Some of the data is an illustrative split of published totals.
    IllustrativeData,
    /// Some cells are shares of a unit that was divided.
    ApportionedCells,
    /// Some reports that are due are missing.
    IncompleteReports,
    /// Boundaries of another day stand in for unknown ones.
    StandInBoundaries,
    /// Some results are claimed and not yet confirmed.
    ClaimedResults,
}

/// A notice with its explanation in the report's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// What, how much and where.
    pub text: String,
}

/// Everything a report says, before it is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The campaign's id.
    pub campaign: String,
    /// The language of fixed words and numerals; the texts below are in it.
    pub language: Language,
    /// Head and foot of the document.
    pub head: Head,
    /// What the report is about, without the kind: "Kết quả Tháng vận động …".
    pub title: String,
    /// A second line: the period.
    pub subtitle: Option<String>,
    /// The legal bases, each a clause without closing mark.
    pub legal_bases: Vec<String>,
    /// The day whose state is reported.
    pub as_of: Date,
    /// The day whose boundaries of administrative units apply.
    pub boundary_date: Date,
    /// From which records the report was made, in a sentence.
    pub generated_from: String,
    /// The numbered parts.
    pub sections: Vec<Section>,
    /// Every figure, in the order wanted in the data.
    pub figures: Vec<Figure>,
    /// What a reader must know before trusting the whole.
    pub notices: Vec<Notice>,
}

/// A report that holds together: see [`Report::new`].
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    content: Content,
}

/// Why a content is no report; all faults at once.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the report of campaign {campaign} does not hold together: {}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct ReportError {
    /// The campaign's id.
    pub campaign: String,
    /// Everything found wrong.
    pub faults: Vec<ReportFault>,
}

/// One thing wrong with a content.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReportFault {
    /// Two figures share an id.
    #[error("figure `{id}` is given twice; give each figure its own id")]
    FigureTwice {
        /// The id.
        id: String,
    },
    /// Two sections share an id.
    #[error("section `{id}` is given twice; give each section its own id")]
    SectionTwice {
        /// The id.
        id: String,
    },
    /// A text or cell speaks of a figure that is not there.
    #[error(
        "section `{section}` speaks of figure `{id}`, which the report does not hold; add the figure"
    )]
    FigureUnknown {
        /// Where.
        section: String,
        /// Which figure.
        id: String,
    },
    /// A text speaks of a comparison that was not made.
    #[error(
        "section `{section}` speaks of a change of figure `{id}` that was not computed; ask for that comparison"
    )]
    ChangeUnknown {
        /// Where.
        section: String,
        /// Which figure.
        id: String,
    },
    /// A table's row has too few or too many cells.
    #[error("table \"{caption}\" has {columns} columns, but row {row} has {cells} cells")]
    RowWidth {
        /// Which table.
        caption: String,
        /// The row, from 1; the footer comes after the last row.
        row: usize,
        /// Cells in that row.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A chart's series has too few or too many values.
    #[error(
        "chart \"{caption}\" has {categories} categories, but series \"{series}\" has {values} values"
    )]
    SeriesLength {
        /// Which chart.
        caption: String,
        /// Which series.
        series: String,
        /// Values of the series.
        values: usize,
        /// Categories of the chart.
        categories: usize,
    },
    /// A ranking's order contradicts its scores.
    #[error(
        "ranking \"{caption}\" puts \"{name}\" out of order; sort by rank, and give equal ranks to equal scores only"
    )]
    RankingOrder {
        /// Which ranking.
        caption: String,
        /// The row at fault.
        name: String,
    },
}

impl Report {
    /// Checks that the content holds together.
    ///
    /// Errors: every fault found, among them texts and cells that name a figure or comparison the report does not hold.
    pub fn new(content: Content) -> Result<Self, ReportError> {
        let faults = Check::faults(&content);
        if faults.is_empty() {
            Ok(Self { content })
        } else {
            Err(ReportError {
                campaign: content.campaign,
                faults,
            })
        }
    }

    /// What the report says.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The figure of that id.
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.content.figures.iter().find(|figure| figure.id == id)
    }
}

struct Check<'a> {
    figures: BTreeMap<&'a str, &'a Figure>,
    section: &'a str,
    faults: Vec<ReportFault>,
}

impl<'a> Check<'a> {
    fn faults(content: &'a Content) -> Vec<ReportFault> {
        let mut check = Check {
            figures: BTreeMap::new(),
            section: "",
            faults: Vec::new(),
        };
        for figure in &content.figures {
            if check.figures.insert(&figure.id, figure).is_some() {
                check.faults.push(ReportFault::FigureTwice {
                    id: figure.id.clone(),
                });
            }
        }
        let mut sections = BTreeSet::new();
        for section in &content.sections {
            if !sections.insert(&section.id) {
                check.faults.push(ReportFault::SectionTwice {
                    id: section.id.clone(),
                });
            }
            check.section = &section.id;
            for block in &section.blocks {
                check.block(block);
            }
        }
        check.faults
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.text(text),
            Block::List(items) => items.iter().for_each(|text| self.text(text)),
            Block::Outline(items) => self.outline(items),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Ranking(ranking) => self.ranking(ranking),
            Block::TaskStates(states) => self.text(&states.summary),
        }
    }

    fn outline(&mut self, items: &[OutlineItem]) {
        for item in items {
            self.text(&item.text);
            self.outline(&item.items);
        }
    }

    fn text(&mut self, text: &Text) {
        for (id, show) in text.figures() {
            self.reference(id, show);
        }
    }

    fn reference(&mut self, id: &str, show: Show) {
        let section = self.section.to_owned();
        match (self.figures.get(id), show) {
            (None, _) => self.faults.push(ReportFault::FigureUnknown {
                section,
                id: id.to_owned(),
            }),
            (Some(figure), Show::Change(against)) if !figure.has(against) => {
                self.faults.push(ReportFault::ChangeUnknown {
                    section,
                    id: id.to_owned(),
                });
            }
            _ => {}
        }
    }

    fn cell(&mut self, cell: &Cell) {
        match &cell.content {
            CellContent::Text(text) => self.text(text),
            CellContent::Figure(id) => self.reference(id, Show::Value),
            CellContent::Missing | CellContent::Number(_) | CellContent::Signed(_) => {}
        }
    }

    fn table(&mut self, table: &Table) {
        for (index, row) in table.rows.iter().chain(table.footer.as_ref()).enumerate() {
            self.row_width(&table.caption, index, row.len(), table.columns.len());
            row.iter().for_each(|cell| self.cell(cell));
        }
    }

    fn row_width(&mut self, caption: &str, index: usize, cells: usize, columns: usize) {
        if cells != columns {
            self.faults.push(ReportFault::RowWidth {
                caption: caption.to_owned(),
                row: index + 1,
                cells,
                columns,
            });
        }
    }

    fn chart(&mut self, chart: &Chart) {
        for series in &chart.series {
            if series.values.len() != chart.categories.len() {
                self.faults.push(ReportFault::SeriesLength {
                    caption: chart.caption.clone(),
                    series: series.name.clone(),
                    values: series.values.len(),
                    categories: chart.categories.len(),
                });
            }
        }
    }

    fn ranking(&mut self, ranking: &Ranking) {
        for pair in ranking.rows.windows(2) {
            let [above, below] = pair else { continue };
            let order = above.score.compare(below.score);
            let wanted = if ranking.highest_first {
                Ordering::Greater
            } else {
                Ordering::Less
            };
            let in_order = match above.rank.cmp(&below.rank) {
                Ordering::Less => order == wanted || order == Ordering::Equal,
                Ordering::Equal => order == Ordering::Equal,
                Ordering::Greater => false,
            };
            if !in_order {
                self.faults.push(ReportFault::RankingOrder {
                    caption: ranking.caption.clone(),
                    name: below.name.clone(),
                });
            }
        }
        for (index, row) in ranking.rows.iter().enumerate() {
            self.row_width(
                &ranking.caption,
                index,
                row.cells.len(),
                ranking.columns.len(),
            );
            row.cells.iter().for_each(|cell| self.cell(cell));
        }
    }
}
