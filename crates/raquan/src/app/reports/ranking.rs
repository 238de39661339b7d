//! The units right below the campaign's, ranked: by the people who signed up there, and by how they stand against
//! target and potential. Who is ranked, where, and who is listed apart is decided by `domain::ranking`.

use std::collections::HashMap;

use domain::admin_units::{AdminUnits, UnitIx};
use domain::plan::WantedDirection;
use domain::ranking::{Contender, rank};
use domain::vietnamese;
use jiff::civil::Date;
use report::{
    Block, Cell, Chart, ChartKind, Column, Computed, Decimal, Figure, Mark, NotRanked, Ranking,
    RankingRow, Section, Series,
};
use store::facts::fact_list_campaign_unit_sums;

use super::{Frame, ranking_shares};
use crate::app::AppError;

/// What is ranked apart: a signature that the insurance agency confirmed is not of the same kind as one claimed.
const STATES: [(Mark, &str); 2] = [
    (Mark::Confirmed, "đã được cơ quan BHXH xác nhận"),
    (Mark::Claimed, "các tổ báo cáo, chưa được xác nhận"),
];

/// What one unit reached, by state in the order of [`STATES`].
type Reached = [HashMap<String, i64>; 2];

/// The section with the rankings; `statistics` are the figures that its shares are ranked for. None when nowhere two
/// units can be ranked.
pub async fn ranking(
    frame: &Frame<'_>,
    statistics: &[Figure],
) -> Result<Option<Section>, AppError> {
    let mut blocks = enrollments(frame).await?;
    blocks.extend(ranking_shares::shares(frame, statistics)?);
    Ok((!blocks.is_empty()).then(|| Section {
        id: "ranking".into(),
        heading: "Xếp hạng các đơn vị".into(),
        blocks,
    }))
}

/// How ties stand, and who they are.
pub(super) fn ties(what: &str, rows: &[RankingRow]) -> String {
    let mut text = format!(
        "các đơn vị bằng nhau về {what} xếp cùng hạng; hạng kế tiếp bỏ qua số đơn vị đồng hạng."
    );
    for tied in rows.chunk_by(|one, next| one.rank == next.rank) {
        if let [first, _, ..] = tied {
            let names: Vec<&str> = tied.iter().map(|row| &*row.name).collect();
            text.push_str(&format!(" Hạng {}: {}.", first.rank, names.join(", ")));
        }
    }
    text
}

/// A rank as the report prints it.
pub(super) fn printed_rank(rank: usize) -> u32 {
    u32::try_from(rank).unwrap_or(u32::MAX)
}

/// By the people who signed up: one ranking for each state, and a chart of both beside each other.
async fn enrollments(frame: &Frame<'_>) -> Result<Vec<Block>, AppError> {
    let app = frame.app;
    let wanted: Vec<String> = app
        .catalog
        .indicators
        .iter()
        .map(|indicator| indicator.id.clone())
        .filter(|id| id.starts_with("enrollments."))
        .collect();
    let sums = fact_list_campaign_unit_sums(
        app.db.read(),
        &frame.scope,
        &frame.campaign.province_id,
        &frame.campaign.id,
        &frame.as_of.to_string(),
        &wanted,
    )
    .await?;
    let name = |unit: UnitIx| app.units.nearest(unit, frame.as_of).full_name.to_string();
    let mut units = app.units.children(frame.unit, frame.as_of);
    units.sort_by_cached_key(|unit| vietnamese::collation_key(&name(*unit)));
    let mut reached: Vec<Reached> = units.iter().map(|_| Reached::default()).collect();
    let mut records = [0; 2];
    for sum in &sums {
        let unit = app.units.get(&sum.admin_unit_id);
        let Some(child) = unit.and_then(|unit| child_of(app.units, unit, &units, frame.as_of))
        else {
            continue;
        };
        let state = usize::from(sum.state != "confirmed");
        *reached[child][state]
            .entry(sum.indicator.clone())
            .or_default() += sum.total;
        records[state] += sum.records;
    }
    let total = |own: &Reached, state: usize| own[state].values().sum::<i64>();
    let schemes: Vec<&String> = wanted
        .iter()
        .filter(|id| sums.iter().any(|sum| sum.indicator == **id))
        .collect();
    let title = |id: &String| match app.catalog.indicators.get(id) {
        Some(indicator) => indicator.name_vi.clone(),
        None => id.clone(),
    };
    let minimum = frame.plan.report.ranking_minimum.result;
    let (mut blocks, mut series) = (Vec::new(), Vec::new());
    for (state, (mark, words)) in STATES.into_iter().enumerate() {
        let totals: Vec<i64> = reached.iter().map(|own| total(own, state)).collect();
        let contender = |total: &i64| Contender {
            part: Some(*total),
            whole: Some(1),
            volume: Some(*total),
        };
        let contenders: Vec<Contender> = totals.iter().map(contender).collect();
        let ranked = rank(&contenders, WantedDirection::Up, minimum);
        if ranked.places.len() < 2 || totals.iter().all(|total| *total == 0) {
            continue;
        }
        let rows: Vec<RankingRow> = ranked
            .places
            .iter()
            .map(|place| RankingRow {
                rank: printed_rank(place.rank),
                name: name(units[place.contender]),
                score: Decimal::from(totals[place.contender]),
                cells: schemes
                    .iter()
                    .map(|id| {
                        reached[place.contender][state]
                            .get(*id)
                            .copied()
                            .unwrap_or(0)
                    })
                    .map(Cell::number)
                    .collect(),
            })
            .collect();
        let apart = ranked.apart.iter().map(|(unit, _)| NotRanked {
            name: name(units[*unit]),
            reason: format!("{} người", vietnamese::number(totals[*unit])),
        });
        blocks.push(Block::Ranking(Ranking {
            caption: format!("Xếp hạng theo số người đăng ký tham gia, {words}"),
            name_heading: "Đơn vị".into(),
            score_heading: "Người đăng ký".into(),
            score_unit: "người".into(),
            highest_first: true,
            columns: schemes
                .iter()
                .map(|id| Column::number(title(id), ""))
                .collect(),
            ties: ties("số người đăng ký", &rows),
            rows,
            not_ranked: apart.collect(),
            minimum_volume: (minimum > 0)
                .then(|| format!("đơn vị có từ {} người đăng ký", vietnamese::number(minimum))),
            basis: Some(mark),
            computed: computed(frame, Some(mark), records[state]),
        }));
        series.push(Series {
            name: format!("Số {words}"),
            values: totals
                .iter()
                .map(|total| Some(Decimal::from(*total)))
                .collect(),
        });
    }
    if !blocks.is_empty() {
        blocks.push(Block::Chart(Chart {
            kind: ChartKind::Bar,
            caption: "Người đăng ký tham gia theo đơn vị".into(),
            unit: "người".into(),
            categories: units.iter().map(|unit| name(*unit)).collect(),
            series,
            computed: computed(frame, None, records.iter().sum()),
        }));
    }
    Ok(blocks)
}

/// Where, among `children`, the one stands that a unit lies in.
fn child_of(units: &AdminUnits, unit: UnitIx, children: &[UnitIx], on: Date) -> Option<usize> {
    let place = |unit: UnitIx| children.iter().position(|child| *child == unit);
    place(unit).or_else(|| units.ancestors(unit, on).into_iter().find_map(place))
}

fn computed(frame: &Frame<'_>, state: Option<Mark>, records: i64) -> Computed {
    let state = match state {
        Some(Mark::Confirmed) => " state=confirmed",
        Some(_) => " state=claimed",
        None => "",
    };
    Computed {
        query: format!(
            "campaign={} indicator=enrollments.*{state} until={} by unit",
            frame.campaign.id, frame.as_of
        ),
        source: "Đăng ký tham gia của chiến dịch".into(),
        records,
        record_links: format!("/api/v1/enrollments?campaign_id={}", frame.campaign.id),
        boundary_date: frame.as_of,
        method: "Cộng đăng ký theo đơn vị nơi đăng ký; số đã xác nhận và số chưa xác nhận tính riêng, không cộng lẫn."
            .into(),
    }
}
