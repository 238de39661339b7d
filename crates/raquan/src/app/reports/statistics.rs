//! Statistics: what stands at the end of a period, against the period before, last year and target.

use domain::indicators::{FedBy, Indicator, IndicatorNature};
use report::narrative::Sentence;
use report::{
    Block, Cell, Change, Changes, Column, Completeness, Computed, Decimal, Figure, FigureValue,
    Mark, Notice, NoticeKind, Section, Shown, Table, TargetChange,
};

use super::results::direction;
use super::{Frame, labels};
use crate::app::AppError;
use crate::app::figures::{self, Against, Comparison, FigureInput, TargetShare, figure_get};

/// The figures of what units reported for the period.
#[derive(Default)]
pub struct Statistics {
    /// What is printed; none when there is nothing to print.
    pub section: Option<Section>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// What a reader must know.
    pub notices: Vec<Notice>,
}

/// Asks for every indicator that units report, and the ratios made of them, and keeps those with a value.
///
/// Who may not read the campaign's unit as a whole gets a report without statistics.
pub fn statistics(frame: &Frame<'_>) -> Result<Statistics, AppError> {
    let mut figures = Vec::new();
    for indicator in frame.app.catalog.indicators.iter() {
        let reported = indicator.fed_by == FedBy::Observation;
        if !reported && indicator.nature != IndicatorNature::Ratio {
            continue;
        }
        let input = FigureInput {
            indicator: indicator.id.clone(),
            admin_unit_id: frame.campaign.admin_unit_id.clone(),
            period: Some(frame.statistics_period.to_string()),
            compare: Some("previous,last_year,target".into()),
            ..FigureInput::default()
        };
        let answer = match figure_get(frame.app, frame.actor, &input) {
            Ok(answer) => answer,
            Err(AppError::NotFound { .. } | AppError::Forbidden { .. }) => {
                return Ok(Statistics::default());
            }
            Err(error) => return Err(error),
        };
        for found in &answer.figures {
            figures.extend(figure(frame, indicator, found, &input));
        }
    }
    let notices = notices(&figures);
    let section = (!figures.is_empty()).then(|| section(frame, &figures));
    Ok(Statistics {
        section,
        figures,
        notices,
    })
}

fn figure(
    frame: &Frame<'_>,
    indicator: &Indicator,
    found: &figures::Figure,
    input: &FigureInput,
) -> Option<Figure> {
    let places = u8::try_from(indicator.decimals).unwrap_or(0);
    let decimal = |value: i64| Decimal::new(value, places);
    let value = found.value?;
    let mut marks: Vec<Mark> = found
        .marks
        .iter()
        .filter_map(|mark| printed(*mark))
        .collect();
    if frame.campaign.illustrative.is_some() {
        marks.push(Mark::Illustrative);
    }
    let change = |against: Against| {
        found
            .comparisons
            .iter()
            .find(|comparison| comparison.against == against)
            .and_then(|comparison| change(comparison, decimal))
    };
    Some(Figure {
        id: indicator.id.clone(),
        value: if places == 0 {
            FigureValue::Integer(value)
        } else {
            FigureValue::Decimal(decimal(value))
        },
        shown: Shown::Exact,
        unit_vi: indicator.unit_vi.clone(),
        unit_en: indicator.unit_en.clone(),
        label_vi: indicator.name_vi.clone(),
        label_en: indicator.name_en.clone(),
        period: labels::period(&found.period),
        direction: direction(indicator.direction),
        changes: Changes {
            previous: change(Against::Previous),
            last_year: change(Against::LastYear),
            target: found
                .target
                .as_ref()
                .and_then(|target| target_change(target, decimal)),
        },
        marks,
        completeness: found.completeness.map(|count| Completeness {
            reported: i64::from(count.reported),
            expected: i64::from(count.expected),
        }),
        computed: Computed {
            query: format!(
                "indicator={} unit={} period={} boundaries=as_was",
                input.indicator, input.admin_unit_id, found.period
            ),
            source: "Số liệu báo cáo của các đơn vị".into(),
            records: found
                .completeness
                .map_or(0, |count| i64::from(count.reported)),
            record_links: format!(
                "/api/v1/figures/records?indicator={}&admin_unit_id={}&period={}",
                input.indicator, input.admin_unit_id, found.period
            ),
            boundary_date: found.boundary_date,
            method: if indicator.nature == IndicatorNature::Ratio {
                format!(
                    "({}) × {} / {}",
                    indicator.numerators.join(" + "),
                    indicator.per,
                    indicator.denominator.as_deref().unwrap_or("–")
                )
            } else {
                "Cộng số báo cáo mới nhất trong kỳ của từng đơn vị.".into()
            },
        },
    })
}

/// The mark as the report prints it; none where it goes without saying.
pub(super) fn printed(mark: figures::Mark) -> Option<Mark> {
    match mark {
        figures::Mark::Reported => Some(Mark::Reported),
        figures::Mark::Claimed => Some(Mark::Claimed),
        figures::Mark::Confirmed => Some(Mark::Confirmed),
        figures::Mark::Summed => Some(Mark::Summed),
        figures::Mark::Apportioned => Some(Mark::Apportioned),
        figures::Mark::Carried | figures::Mark::Computed => None,
    }
}

fn change(comparison: &Comparison, decimal: impl Fn(i64) -> Decimal) -> Option<Change> {
    let period = &comparison.period;
    let (label_vi, label_en) = match comparison.against {
        Against::LastYear => {
            let year = period.last().year();
            (
                format!("cùng kỳ năm {year}"),
                format!("the same period of {year}"),
            )
        }
        Against::Previous | Against::Target => (period.label_vi(), period.label_en()),
    };
    Some(Change {
        absolute: decimal(comparison.absolute?),
        relative_percent: comparison
            .relative_permille
            .map(|permille| Decimal::new(permille, 1)),
        base: decimal(comparison.value?),
        period: labels::base(period, label_vi, label_en),
    })
}

fn target_change(target: &TargetShare, decimal: impl Fn(i64) -> Decimal) -> Option<TargetChange> {
    let period = &target.period;
    Some(TargetChange {
        absolute: decimal(-target.missing?),
        share_percent: target
            .share_permille
            .map(|permille| Decimal::new(permille, 1)),
        base: decimal(target.target),
        period: labels::period(period),
    })
}

fn notices(figures: &[Figure]) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some(least) = figures
        .iter()
        .filter_map(|figure| Some((figure, figure.completeness?)))
        .filter(|(_, count)| !count.is_complete())
        .min_by_key(|(_, count)| count.reported * 1000 / count.expected.max(1))
    {
        let (figure, count) = least;
        notices.push(Notice {
            kind: NoticeKind::IncompleteReports,
            text: format!(
                "Có chỉ tiêu chưa đủ báo cáo; thấp nhất là “{}”: {}/{} đơn vị.",
                figure.label_vi,
                domain::vietnamese::number(count.reported),
                domain::vietnamese::number(count.expected)
            ),
        });
    }
    if figures
        .iter()
        .any(|figure| figure.marks.contains(&Mark::Apportioned))
    {
        notices.push(Notice {
            kind: NoticeKind::ApportionedCells,
            text: "Số có dấu phân bổ là ước tính, do có đơn vị được chia cho nhiều đơn vị mới."
                .into(),
        });
    }
    notices
}

fn section(frame: &Frame<'_>, figures: &[Figure]) -> Section {
    let mut blocks = Vec::new();
    for figure in figures {
        let start = format!("{} {}:", figure.label_vi, figure.period.label_vi);
        let sentence = Sentence::new(&start)
            .figure(&figure.id)
            .changes_of(figure)
            .end();
        blocks.push(Block::Paragraph(sentence));
    }
    let signed = |change: Option<Decimal>| change.map_or_else(Cell::missing, Cell::signed);
    let rows = figures
        .iter()
        .map(|figure| {
            let changes = &figure.changes;
            vec![
                Cell::text(figure.label_vi.clone()),
                Cell::figure(&figure.id).marked(&figure.marks),
                signed(changes.previous.as_ref().map(|change| change.absolute)),
                signed(changes.last_year.as_ref().map(|change| change.absolute)),
                changes
                    .target
                    .as_ref()
                    .and_then(|target| target.share_percent)
                    .map_or_else(Cell::missing, Cell::number),
                figure.completeness.map_or_else(Cell::missing, |count| {
                    Cell::text(format!("{}/{}", count.reported, count.expected))
                }),
            ]
        })
        .collect();
    blocks.push(Block::Table(Table {
        caption: format!("Số liệu {}", frame.statistics_period.label_vi()),
        columns: vec![
            Column::text("Chỉ tiêu"),
            Column::number("Số liệu", ""),
            Column::number("So với kỳ trước", ""),
            Column::number("So với cùng kỳ", ""),
            Column::number("So với chỉ tiêu", "%"),
            Column::center("Đơn vị đã báo cáo"),
        ],
        rows,
        footer: None,
        notes: Vec::new(),
        computed: None,
    }));
    Section {
        id: "statistics".into(),
        heading: "Số liệu tham gia và so sánh".into(),
        blocks,
    }
}
