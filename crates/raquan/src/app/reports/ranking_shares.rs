//! The units right below the campaign's, ranked by share of target and by growth against potential.

use domain::indicators::{Indicator, IndicatorNature};
use domain::plan::WantedDirection;
use domain::vietnamese;
use report::{Block, Cell, Column, Computed, Decimal, Figure, NotRanked, Ranking, RankingRow};

use super::ranking::{printed_rank, ties};
use super::statistics::printed;
use super::{Frame, lower_first};
use crate::app::AppError;
use crate::app::figures::{
    self, FigureInput, RankBy, RankingAnswer, RankingInput, RankingTable, ranking_get, ratio_value,
};

/// The rankings of every figure of the statistics in which at least two units can be ranked.
pub fn shares(frame: &Frame<'_>, statistics: &[Figure]) -> Result<Vec<Block>, AppError> {
    let indicators = &frame.app.catalog.indicators;
    let mut blocks = Vec::new();
    for indicator in statistics.iter().filter_map(|own| indicators.get(&own.id)) {
        for by in [RankBy::Target, RankBy::Growth] {
            if by == RankBy::Growth && indicator.growth_base.is_none() {
                continue;
            }
            let input = input(frame, indicator, by);
            let answer = match ranking_get(frame.app, frame.actor, &input) {
                Ok(answer) => answer,
                Err(AppError::NotFound { .. } | AppError::Forbidden { .. }) => return Ok(blocks),
                Err(error) => return Err(error),
            };
            let tables = answer.tables.iter().filter(|table| table.rows.len() > 1);
            let rankings = tables.map(|table| printed_table(frame, &answer, table, &input));
            blocks.extend(rankings.map(Block::Ranking));
        }
    }
    Ok(blocks)
}

fn input(frame: &Frame<'_>, indicator: &Indicator, by: RankBy) -> RankingInput {
    let minimum = frame.plan.report.ranking_minimum;
    RankingInput {
        figure: FigureInput {
            indicator: indicator.id.clone(),
            admin_unit_id: frame.campaign.admin_unit_id.clone(),
            period: Some(frame.statistics_period.to_string()),
            ..FigureInput::default()
        },
        level: None,
        by: Some(by.as_str().to_owned()),
        since: None,
        minimum_volume: match by {
            RankBy::Target => minimum.target,
            RankBy::Growth => minimum.growth,
            RankBy::Result => minimum.result,
        },
    }
}

/// How a ranking is worded.
struct Words {
    /// What the shares are: "tỷ lệ đạt chỉ tiêu".
    share: &'static str,
    score_unit: &'static str,
    /// The score is `part × per / whole`, with so many decimals.
    per: i64,
    places: u8,
    part: &'static str,
    whole: String,
    whole_unit: String,
    whole_places: u32,
}

fn words(frame: &Frame<'_>, indicator: &Indicator, by: RankBy) -> Words {
    if by != RankBy::Growth {
        return Words {
            share: "tỷ lệ đạt chỉ tiêu",
            score_unit: "%",
            per: 100,
            places: 1,
            part: "Kết quả",
            whole: "Chỉ tiêu giao".into(),
            whole_unit: indicator.unit_vi.clone(),
            whole_places: indicator.decimals,
        };
    }
    let base = indicator.growth_base.as_deref();
    let base = base.and_then(|id| frame.app.catalog.indicators.get(id));
    Words {
        share: "mức tăng so với tiềm năng",
        score_unit: "‰",
        per: 1000,
        places: 2,
        part: match indicator.nature {
            IndicatorNature::Flow => "Mới trong kỳ",
            IndicatorNature::Stock | IndicatorNature::Ratio => "Tăng so với cùng kỳ năm trước",
        },
        whole: base.map_or_else(|| "Tiềm năng".into(), |own| own.name_vi.clone()),
        whole_unit: base.map_or_else(String::new, |own| own.unit_vi.clone()),
        whole_places: base.map_or(0, |own| own.decimals),
    }
}

fn printed_table(
    frame: &Frame<'_>,
    answer: &RankingAnswer,
    table: &RankingTable,
    input: &RankingInput,
) -> Ranking {
    let indicator = &answer.indicator;
    let words = words(frame, indicator, answer.by);
    let name = |unit| {
        let state = frame.app.units.nearest(unit, answer.listed_on);
        state.full_name.to_string()
    };
    let places = |decimals: u32| u8::try_from(decimals).unwrap_or(0);
    let (part_places, whole_places) = (places(indicator.decimals), places(words.whole_places));
    let rows: Vec<RankingRow> = table
        .rows
        .iter()
        .map(|row| {
            let whole = row.whole.unwrap_or_default();
            let score = ratio_value(row.part, whole, words.per, u32::from(words.places));
            let marks: Vec<_> = row
                .figure
                .marks
                .iter()
                .copied()
                .filter_map(printed)
                .collect();
            RankingRow {
                rank: printed_rank(row.rank),
                name: name(row.unit),
                score: Decimal::new(score.unwrap_or_default(), words.places),
                cells: vec![
                    Cell::number(Decimal::new(row.part, part_places)).marked(&marks),
                    Cell::number(Decimal::new(whole, whole_places)),
                ],
            }
        })
        .collect();
    // Those with the same reason stand together.
    let mut apart: Vec<&figures::ApartRow> = table.apart.iter().collect();
    apart.sort_by_key(|row| row.reason);
    let not_ranked = apart.into_iter().map(|row| NotRanked {
        name: name(row.unit),
        reason: lower_first(row.message.trim_end_matches('.')),
    });
    let minimum = (input.minimum_volume > 0).then(|| {
        format!(
            "đơn vị có {} từ {}",
            lower_first(&words.whole),
            vietnamese::decimal(input.minimum_volume, words.whole_places)
        )
    });
    Ranking {
        caption: format!(
            "Xếp hạng theo {}: {}, {}",
            words.share,
            lower_first(&indicator.name_vi),
            answer.period.label_vi()
        ),
        name_heading: "Đơn vị".into(),
        score_heading: upper_first(words.share),
        score_unit: words.score_unit.into(),
        highest_first: indicator.direction == WantedDirection::Up,
        columns: vec![
            Column::number(words.part, &*indicator.unit_vi),
            Column::number(&*words.whole, &*words.whole_unit),
        ],
        ties: ties(words.share, &rows),
        rows,
        not_ranked: not_ranked.collect(),
        minimum_volume: minimum,
        basis: None,
        computed: computed(answer, table, input),
    }
}

fn computed(answer: &RankingAnswer, table: &RankingTable, input: &RankingInput) -> Computed {
    let (figure, by) = (&input.figure, answer.by.as_str());
    let reported = |row: &figures::RankingRow| {
        let count = row.figure.completeness;
        count.map_or(0, |count| i64::from(count.reported))
    };
    Computed {
        query: format!(
            "ranking indicator={} unit={} period={} by={by} level=children minimum_volume={} boundaries=as_was",
            figure.indicator, figure.admin_unit_id, answer.period, input.minimum_volume
        ),
        source: "Số liệu báo cáo, chỉ tiêu giao và tiềm năng của các đơn vị".into(),
        records: table.rows.iter().map(reported).sum(),
        record_links: format!(
            "/api/v1/rankings?indicator={}&admin_unit_id={}&period={}&by={by}&minimum_volume={}",
            figure.indicator, figure.admin_unit_id, answer.period, input.minimum_volume
        ),
        boundary_date: answer.listed_on,
        method: match answer.by {
            RankBy::Growth => "Mức tăng của từng đơn vị chia cho tiềm năng của đơn vị đó; so sánh phân số, không so số đã làm tròn.",
            _ => "Số liệu của từng đơn vị chia cho chỉ tiêu giao của đơn vị đó; so sánh phân số, không so số đã làm tròn.",
        }
        .into(),
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
