//! The units right below the campaign's, ranked by the people who signed up there.

use std::collections::HashMap;

use domain::admin_units::{AdminUnits, UnitIx};
use domain::vietnamese;
use jiff::civil::Date;
use report::{
    Block, Cell, Chart, ChartKind, Column, Computed, Decimal, Ranking, RankingRow, Section, Series,
};
use store::facts::fact_list_campaign_unit_sums;

use super::Frame;
use crate::app::AppError;

/// What one unit reached.
#[derive(Default, Clone)]
struct Reached {
    by_indicator: HashMap<String, i64>,
    total: i64,
    confirmed: i64,
}

/// A section with the ranking; none when nobody signed up or there is nothing to rank.
pub async fn ranking(frame: &Frame<'_>) -> Result<Option<Section>, AppError> {
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
    let children = app.units.children(frame.unit, frame.as_of);
    let mut reached: HashMap<UnitIx, Reached> = HashMap::new();
    for sum in &sums {
        let unit = app.units.get(&sum.admin_unit_id);
        let Some(child) = unit.and_then(|unit| child_of(app.units, unit, &children, frame.as_of))
        else {
            continue;
        };
        let own = reached.entry(child).or_default();
        *own.by_indicator.entry(sum.indicator.clone()).or_default() += sum.total;
        own.total += sum.total;
        if sum.state == "confirmed" {
            own.confirmed += sum.total;
        }
    }
    if reached.len() < 2 {
        return Ok(None);
    }
    let schemes: Vec<&String> = wanted
        .iter()
        .filter(|id| sums.iter().any(|sum| sum.indicator == **id))
        .collect();
    let mut order: Vec<(UnitIx, Reached)> = children
        .iter()
        .map(|unit| (*unit, reached.get(unit).cloned().unwrap_or_default()))
        .collect();
    let name = |unit: UnitIx| app.units.nearest(unit, frame.as_of).full_name.to_string();
    order.sort_by_key(|(unit, own)| (-own.total, vietnamese::collation_key(&name(*unit))));
    let computed = computed(frame, sums.iter().map(|sum| sum.records).sum());
    let ranking = Ranking {
        caption: "Xếp hạng theo số người đăng ký tham gia".into(),
        name_heading: "Đơn vị".into(),
        score_heading: "Người đăng ký".into(),
        score_unit: "người".into(),
        highest_first: true,
        columns: schemes
            .iter()
            .map(|id| {
                let heading = app.catalog.indicators.get(id);
                Column::number(heading.map_or_else(|| (*id).clone(), |own| own.name_vi.clone()), "")
            })
            .chain([Column::number("Đã xác nhận", "")])
            .collect(),
        rows: rows(&order, &schemes, &name),
        below_minimum: Vec::new(),
        minimum_volume: None,
        ties: "Các đơn vị bằng nhau về số người đăng ký xếp cùng hạng; hạng kế tiếp bỏ qua số đơn vị đồng hạng.".into(),
        basis: None,
        computed: computed.clone(),
    };
    let series = schemes
        .iter()
        .map(|id| Series {
            name: app
                .catalog
                .indicators
                .get(id)
                .map_or_else(|| (*id).clone(), |i| i.name_vi.clone()),
            values: order
                .iter()
                .map(|(_, own)| own.by_indicator.get(*id).map(|value| Decimal::from(*value)))
                .collect(),
        })
        .collect();
    let chart = Chart {
        kind: ChartKind::Bar,
        caption: "Người đăng ký tham gia theo đơn vị".into(),
        unit: "người".into(),
        categories: order.iter().map(|(unit, _)| name(*unit)).collect(),
        series,
        computed,
    };
    Ok(Some(Section {
        id: "ranking".into(),
        heading: "Xếp hạng các đơn vị".into(),
        blocks: vec![Block::Ranking(ranking), Block::Chart(chart)],
    }))
}

fn rows(
    order: &[(UnitIx, Reached)],
    schemes: &[&String],
    name: &impl Fn(UnitIx) -> String,
) -> Vec<RankingRow> {
    let mut rows: Vec<RankingRow> = Vec::with_capacity(order.len());
    for (index, (unit, own)) in order.iter().enumerate() {
        let place = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let rank = match (index.checked_sub(1), rows.last()) {
            (Some(before), Some(above)) if order[before].1.total == own.total => above.rank,
            _ => place,
        };
        let cells = schemes
            .iter()
            .map(|id| Cell::number(own.by_indicator.get(*id).copied().unwrap_or(0)))
            .chain([Cell::number(own.confirmed)])
            .collect();
        rows.push(RankingRow {
            rank,
            name: name(*unit),
            score: Decimal::from(own.total),
            cells,
        });
    }
    rows
}

fn child_of(units: &AdminUnits, unit: UnitIx, children: &[UnitIx], on: Date) -> Option<UnitIx> {
    if children.contains(&unit) {
        return Some(unit);
    }
    units
        .ancestors(unit, on)
        .into_iter()
        .find(|above| children.contains(above))
}

fn computed(frame: &Frame<'_>, records: i64) -> Computed {
    Computed {
        query: format!(
            "campaign={} indicator=enrollments.* until={} by unit",
            frame.campaign.id, frame.as_of
        ),
        source: "Đăng ký tham gia của chiến dịch".into(),
        records,
        record_links: format!("/api/v1/enrollments?campaign_id={}", frame.campaign.id),
        boundary_date: frame.as_of,
        method: "Cộng đăng ký theo đơn vị nơi đăng ký, số đã xác nhận nằm trong tổng và ghi riêng một cột.".into(),
    }
}
