//! A report as JSON: the same bytes for the same report, integers and exact decimals only.

use crate::blocks::{Block, Cell, CellContent, OutlineItem, Section, Table};
use crate::figure::{
    Change, Computed, Direction, Figure, FigureValue, Mark, PeriodLabel, TargetChange,
};
use crate::model::{Language, NoticeKind, Report};
use crate::number::Decimal;
use crate::text::Text;
use crate::words::{change_in_words, signed};
use serde::Serialize;
use serde_json::value::RawValue;

/// The report as indented JSON with a closing line end.
///
/// Keys stand in a fixed order. Decimals are written digit by digit as JSON numbers (`55.3`), never through a
/// floating-point type; `places` says how many digits after the mark the value has been computed to.
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(&ReportJson::from(report))
        .expect("the report's shapes have text keys and no fallible parts");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct ReportJson<'a> {
    campaign: &'a str,
    kind: &'a str,
    title: &'a str,
    subtitle: Option<&'a str>,
    language: &'static str,
    organization: &'a str,
    number: Option<&'a str>,
    place: &'a str,
    date: Option<String>,
    as_of: String,
    boundary_date: String,
    legal_bases: &'a [String],
    generated_from: &'a str,
    figures: Vec<FigureJson<'a>>,
    sections: Vec<SectionJson<'a>>,
    notices: Vec<NoticeJson<'a>>,
}

#[derive(Serialize)]
struct NoticeJson<'a> {
    kind: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct FigureJson<'a> {
    id: &'a str,
    value: ValueJson<'a>,
    places: Option<u8>,
    display: String,
    unit: &'a str,
    label: &'a str,
    label_vi: &'a str,
    label_en: &'a str,
    period: PeriodJson<'a>,
    direction: &'static str,
    changes: ChangesJson<'a>,
    marks: Vec<&'static str>,
    completeness: Option<CompletenessJson>,
    computed: ComputedJson<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ValueJson<'a> {
    Number(Box<RawValue>),
    Text(&'a str),
}

#[derive(Serialize)]
struct PeriodJson<'a> {
    code: &'a str,
    label: &'a str,
    first: String,
    last: String,
}

#[derive(Serialize)]
struct ChangesJson<'a> {
    previous: Option<ChangeJson<'a>>,
    last_year: Option<ChangeJson<'a>>,
    target: Option<TargetJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    absolute: Box<RawValue>,
    display: String,
    relative_percent: Option<Box<RawValue>>,
    base: Box<RawValue>,
    period: PeriodJson<'a>,
    phrase: String,
}

#[derive(Serialize)]
struct TargetJson<'a> {
    absolute: Box<RawValue>,
    display: String,
    share_percent: Option<Box<RawValue>>,
    base: Box<RawValue>,
    period: PeriodJson<'a>,
    phrase: String,
}

#[derive(Serialize)]
struct CompletenessJson {
    reported: i64,
    expected: i64,
}

#[derive(Serialize)]
struct ComputedJson<'a> {
    query: &'a str,
    source: &'a str,
    method: &'a str,
    records: i64,
    record_links: &'a str,
    boundary_date: String,
}

#[derive(Serialize)]
struct SectionJson<'a> {
    id: &'a str,
    heading: &'a str,
    blocks: Vec<BlockJson<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BlockJson<'a> {
    Paragraph {
        #[serde(flatten)]
        text: TextJson<'a>,
    },
    List {
        items: Vec<TextJson<'a>>,
    },
    Outline {
        items: Vec<OutlineJson<'a>>,
    },
    Table(TableJson<'a>),
    Chart {
        drawn_as: &'static str,
        unit: &'a str,
        #[serde(flatten)]
        table: TableJson<'a>,
    },
    Ranking(TableJson<'a>),
    TaskStates {
        summary: TextJson<'a>,
        as_of: String,
        #[serde(flatten)]
        table: TableJson<'a>,
    },
}

#[derive(Serialize)]
struct TextJson<'a> {
    text: String,
    figures: Vec<&'a str>,
}

#[derive(Serialize)]
struct OutlineJson<'a> {
    #[serde(flatten)]
    text: TextJson<'a>,
    items: Vec<OutlineJson<'a>>,
}

#[derive(Serialize)]
struct TableJson<'a> {
    caption: String,
    columns: Vec<ColumnJson>,
    rows: Vec<Vec<CellJson>>,
    footer: Option<Vec<CellJson>>,
    notes: Vec<String>,
    computed: Option<ComputedJson<'a>>,
}

#[derive(Serialize)]
struct ColumnJson {
    heading: String,
    unit: Option<String>,
}

#[derive(Serialize)]
struct CellJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Box<RawValue>>,
    display: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl<'a> From<&'a Report> for ReportJson<'a> {
    fn from(report: &'a Report) -> Self {
        let content = report.content();
        Self {
            campaign: &content.campaign,
            kind: &content.head.kind,
            title: &content.title,
            subtitle: content.subtitle.as_deref(),
            language: match content.language {
                Language::Vi => "vi",
                Language::En => "en",
            },
            organization: &content.head.organization,
            number: content.head.number.as_deref(),
            place: &content.head.place,
            date: content.head.date.map(|date| date.to_string()),
            as_of: content.as_of.to_string(),
            boundary_date: content.boundary_date.to_string(),
            legal_bases: &content.legal_bases,
            generated_from: &content.generated_from,
            figures: content
                .figures
                .iter()
                .map(|figure| figure_json(figure, content.language))
                .collect(),
            sections: content
                .sections
                .iter()
                .map(|section| section_json(report, section))
                .collect(),
            notices: content
                .notices
                .iter()
                .map(|notice| NoticeJson {
                    kind: notice_code(notice.kind),
                    text: &notice.text,
                })
                .collect(),
        }
    }
}

fn raw(number: Decimal) -> Box<RawValue> {
    RawValue::from_string(number.exact()).expect("an exact decimal is a JSON number")
}

fn figure_json(figure: &Figure, language: Language) -> FigureJson<'_> {
    FigureJson {
        id: &figure.id,
        value: match &figure.value {
            FigureValue::Text(text) => ValueJson::Text(text),
            FigureValue::Integer(value) => ValueJson::Number(raw(Decimal::from(*value))),
            FigureValue::Decimal(value) => ValueJson::Number(raw(*value)),
        },
        places: figure.value.number().map(|number| number.places()),
        display: figure.display(language),
        unit: figure.unit(language),
        label: figure.label(language),
        label_vi: &figure.label_vi,
        label_en: &figure.label_en,
        period: period_json(&figure.period, language),
        direction: match figure.direction {
            Direction::Up => "up",
            Direction::Down => "down",
        },
        changes: changes_json(figure, language),
        marks: figure.marks.iter().copied().map(mark_code).collect(),
        completeness: figure.completeness.map(|known| CompletenessJson {
            reported: known.reported,
            expected: known.expected,
        }),
        computed: computed_json(&figure.computed),
    }
}

fn changes_json(figure: &Figure, language: Language) -> ChangesJson<'_> {
    use crate::figure::Against;
    fn change<'a>(
        figure: &'a Figure,
        change: &'a Change,
        against: Against,
        language: Language,
    ) -> ChangeJson<'a> {
        ChangeJson {
            absolute: raw(change.absolute),
            display: signed(change.absolute, language),
            relative_percent: change.relative_percent.map(raw),
            base: raw(change.base),
            period: period_json(&change.period, language),
            phrase: change_in_words(figure, against, language),
        }
    }
    let target =
        |target: &'_ TargetChange| -> (Box<RawValue>, Option<Box<RawValue>>, Box<RawValue>) {
            (
                raw(target.absolute),
                target.share_percent.map(raw),
                raw(target.base),
            )
        };
    let changes = &figure.changes;
    ChangesJson {
        previous: changes
            .previous
            .as_ref()
            .map(|known| change(figure, known, Against::Previous, language)),
        last_year: changes
            .last_year
            .as_ref()
            .map(|known| change(figure, known, Against::LastYear, language)),
        target: changes.target.as_ref().map(|known| {
            let (absolute, share_percent, base) = target(known);
            TargetJson {
                absolute,
                display: signed(known.absolute, language),
                share_percent,
                base,
                period: period_json(&known.period, language),
                phrase: change_in_words(figure, Against::Target, language),
            }
        }),
    }
}

fn period_json(period: &PeriodLabel, language: Language) -> PeriodJson<'_> {
    PeriodJson {
        code: &period.code,
        label: period.label(language),
        first: period.first.to_string(),
        last: period.last.to_string(),
    }
}

fn computed_json(computed: &Computed) -> ComputedJson<'_> {
    ComputedJson {
        query: &computed.query,
        source: &computed.source,
        method: &computed.method,
        records: computed.records,
        record_links: &computed.record_links,
        boundary_date: computed.boundary_date.to_string(),
    }
}

fn section_json<'a>(report: &'a Report, section: &'a Section) -> SectionJson<'a> {
    let language = report.content().language;
    let blocks = section.blocks.iter().map(|block| match block {
        Block::Paragraph(text) => BlockJson::Paragraph {
            text: text_json(report, text),
        },
        Block::List(items) => BlockJson::List {
            items: items.iter().map(|item| text_json(report, item)).collect(),
        },
        Block::Outline(items) => BlockJson::Outline {
            items: outline_json(report, items),
        },
        Block::Table(table) => BlockJson::Table(table_json(report, table, table.computed.as_ref())),
        Block::Chart(chart) => BlockJson::Chart {
            drawn_as: match chart.kind {
                crate::ChartKind::Bar => "bar",
                crate::ChartKind::Column => "column",
                crate::ChartKind::Line => "line",
                crate::ChartKind::Grouped => "grouped",
            },
            unit: &chart.unit,
            table: table_json(report, &chart.table(language), Some(&chart.computed)),
        },
        Block::Ranking(ranking) => BlockJson::Ranking(table_json(
            report,
            &ranking.table(language),
            Some(&ranking.computed),
        )),
        Block::TaskStates(states) => BlockJson::TaskStates {
            summary: text_json(report, &states.summary),
            as_of: states.as_of.to_string(),
            table: table_json(report, &states.table(language), None),
        },
    });
    SectionJson {
        id: &section.id,
        heading: &section.heading,
        blocks: blocks.collect(),
    }
}

fn text_json<'a>(report: &Report, text: &'a Text) -> TextJson<'a> {
    TextJson {
        text: report.plain(text),
        figures: text.figures().map(|(id, _)| id).collect(),
    }
}

fn outline_json<'a>(report: &Report, items: &'a [OutlineItem]) -> Vec<OutlineJson<'a>> {
    items
        .iter()
        .map(|item| OutlineJson {
            text: text_json(report, &item.text),
            items: outline_json(report, &item.items),
        })
        .collect()
}

fn table_json<'a>(report: &Report, table: &Table, computed: Option<&'a Computed>) -> TableJson<'a> {
    let row = |cells: &Vec<Cell>| cells.iter().map(|cell| cell_json(report, cell)).collect();
    TableJson {
        caption: table.caption.clone(),
        columns: table
            .columns
            .iter()
            .map(|column| ColumnJson {
                heading: column.heading.clone(),
                unit: column.unit.clone(),
            })
            .collect(),
        rows: table.rows.iter().map(row).collect(),
        footer: table.footer.as_ref().map(row),
        notes: table.notes.clone(),
        computed: computed.map(computed_json),
    }
}

fn cell_json(report: &Report, cell: &Cell) -> CellJson {
    let language = report.content().language;
    let (value, display, figure) = match &cell.content {
        CellContent::Missing => (None, String::new(), None),
        CellContent::Text(text) => (None, report.plain(text), None),
        CellContent::Number(number) => (Some(raw(*number)), number.display(language), None),
        CellContent::Signed(number) => (Some(raw(*number)), signed(*number, language), None),
        CellContent::Figure(id) => {
            let figure = report
                .figure(id)
                .expect("Report::new refuses cells with unknown figures");
            (
                figure.value.number().map(raw),
                figure.display_exact(language),
                Some(id.clone()),
            )
        }
    };
    CellJson {
        value,
        display,
        figure,
        marks: cell.marks.iter().copied().map(mark_code).collect(),
        note: cell.note.clone(),
    }
}

fn mark_code(mark: Mark) -> &'static str {
    match mark {
        Mark::Reported => "reported",
        Mark::Summed => "summed",
        Mark::Apportioned => "apportioned",
        Mark::Claimed => "claimed",
        Mark::Confirmed => "confirmed",
        Mark::Illustrative => "illustrative",
    }
}

fn notice_code(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::IllustrativeData => "illustrative_data",
        NoticeKind::ApportionedCells => "apportioned_cells",
        NoticeKind::IncompleteReports => "incomplete_reports",
        NoticeKind::StandInBoundaries => "stand_in_boundaries",
        NoticeKind::ClaimedResults => "claimed_results",
    }
}
