//! Results: what the campaign's records add up to, one figure for each indicator they feed.

use std::collections::BTreeSet;

use domain::admin_units::Level;
use domain::indicators::Indicator;
use domain::plan::WantedDirection;
use domain::run::languages::language;
use domain::vietnamese;
use report::narrative::Sentence;
use report::{
    Block, Cell, Changes, Column, Computed, Decimal, Direction, Figure, FigureValue, Language,
    Mark, PeriodLabel, Section, Shown, Table, Text,
};
use store::activities::measure_sum_list;
use store::facts::{CampaignSum, fact_list_campaign_sums};

use super::{Frame, labels};
use crate::app::AppError;
use crate::app::campaigns::stored_date;

/// The figures of the campaign's own records.
pub struct Results {
    /// What is printed.
    pub section: Section,
    /// The figures.
    pub figures: Vec<Figure>,
    /// How many records they rest on.
    pub records: i64,
    /// Enrollments not yet confirmed.
    pub claimed: i64,
    /// Enrollments confirmed.
    pub confirmed: i64,
}

/// Adds the campaign's facts up.
pub async fn results(frame: &Frame<'_>) -> Result<Results, AppError> {
    let campaign = &frame.campaign;
    let as_of = frame.as_of.to_string();
    let read = frame.app.db.read();
    let sums = fact_list_campaign_sums(
        read,
        &frame.scope,
        &campaign.province_id,
        &campaign.id,
        &as_of,
    )
    .await?;
    let first = stored_date(&campaign.first_day)?;
    let period = labels::campaign_period(first, frame.as_of);
    let mut figures = Vec::new();
    for indicator in frame.app.catalog.indicators.iter() {
        let own: Vec<&CampaignSum> = sums
            .iter()
            .filter(|sum| sum.indicator == indicator.id)
            .collect();
        if !own.is_empty() {
            figures.extend(of_indicator(frame, indicator, &own, &period));
        }
    }
    figures.extend(coverage(frame, &figures, &period));
    figures.extend(languages(frame, &period).await?);
    let enrolled = |state: &str| {
        sums.iter()
            .filter(|sum| sum.indicator.starts_with("enrollments.") && sum.state == state)
            .map(|sum| sum.total)
            .sum()
    };
    Ok(Results {
        records: sums.iter().map(|sum| sum.records).sum(),
        claimed: enrolled("claimed"),
        confirmed: enrolled("confirmed"),
        section: section(&figures),
        figures,
    })
}

fn of_indicator(
    frame: &Frame<'_>,
    indicator: &Indicator,
    sums: &[&CampaignSum],
    period: &PeriodLabel,
) -> Vec<Figure> {
    let total = |state: Option<&str>| -> (i64, i64) {
        sums.iter()
            .filter(|sum| state.is_none_or(|state| sum.state == state))
            .fold((0, 0), |(value, records), sum| {
                (value + sum.total, records + sum.records)
            })
    };
    let (value, records) = total(None);
    let ((claimed, _), (confirmed, confirmed_records)) =
        (total(Some("claimed")), total(Some("confirmed")));
    let mut marks = vec![Mark::Summed];
    if claimed != 0 {
        marks.push(Mark::Claimed);
    }
    if confirmed != 0 {
        marks.push(Mark::Confirmed);
    }
    let mut found = vec![figure(
        frame,
        indicator,
        &indicator.id,
        value,
        records,
        period,
        marks,
    )];
    if confirmed != 0 {
        let id = format!("{}.confirmed", indicator.id);
        let marks = vec![Mark::Summed, Mark::Confirmed];
        let mut own = figure(
            frame,
            indicator,
            &id,
            confirmed,
            confirmed_records,
            period,
            marks,
        );
        own.label_vi = format!("{}, đã được xác nhận", indicator.name_vi);
        own.label_en = format!("{}, confirmed", indicator.name_en);
        own.shown = Shown::Exact;
        own.computed.query.push_str(" state=confirmed");
        found.push(own);
    }
    found
}

fn figure(
    frame: &Frame<'_>,
    indicator: &Indicator,
    id: &str,
    value: i64,
    records: i64,
    period: &PeriodLabel,
    mut marks: Vec<Mark>,
) -> Figure {
    if frame.campaign.illustrative.is_some() {
        marks.push(Mark::Illustrative);
    }
    let rounded = frame.plan.report.rounded_down.iter().any(|own| own == id);
    Figure {
        id: id.to_owned(),
        value: FigureValue::Integer(value),
        shown: if rounded { Shown::RoundedDown } else { Shown::Exact },
        unit_vi: indicator.unit_vi.clone(),
        unit_en: indicator.unit_en.clone(),
        label_vi: indicator.name_vi.clone(),
        label_en: indicator.name_en.clone(),
        period: period.clone(),
        direction: direction(indicator.direction),
        changes: Changes::default(),
        marks,
        completeness: None,
        computed: Computed {
            query: format!(
                "campaign={} indicator={} until={}",
                frame.campaign.id, indicator.id, frame.as_of
            ),
            source: "Tổng các bản ghi của chiến dịch".into(),
            records,
            record_links: format!(
                "/api/v1/figures/records?campaign={}&indicator={}",
                frame.campaign.id, indicator.id
            ),
            boundary_date: frame.as_of,
            method: "Cộng phần đóng góp của từng bản ghi; bản ghi hủy, bị từ chối hoặc đã được sửa không tính.".into(),
        },
    }
}

/// The printed direction of an indicator.
pub fn direction(wanted: WantedDirection) -> Direction {
    match wanted {
        WantedDirection::Up => Direction::Up,
        WantedDirection::Down => Direction::Down,
    }
}

/// How many communes there are, and what part of them is informed, when the campaign informs communes.
fn coverage(frame: &Frame<'_>, figures: &[Figure], period: &PeriodLabel) -> Vec<Figure> {
    let Some(informed) = figures
        .iter()
        .find(|figure| figure.id == "communes_informed")
    else {
        return Vec::new();
    };
    let FigureValue::Integer(count) = informed.value else {
        return Vec::new();
    };
    let units = frame.app.units;
    let communes = units
        .descendants(frame.unit, frame.as_of)
        .into_iter()
        .filter(|unit| {
            units
                .at(*unit, frame.as_of)
                .is_some_and(|row| row.level == Level::Commune)
        })
        .count();
    let communes = i64::try_from(communes).unwrap_or(i64::MAX);
    let base = |id: &str, label_vi: &str, label_en: &str, value: FigureValue| Figure {
        id: id.to_owned(),
        value,
        label_vi: label_vi.to_owned(),
        label_en: label_en.to_owned(),
        period: period.clone(),
        ..informed.clone()
    };
    let mut all = base(
        "communes",
        "Số xã, phường, thị trấn",
        "Communes",
        FigureValue::Integer(communes),
    );
    all.marks = vec![Mark::Reported];
    all.computed = Computed {
        query: format!(
            "communes of {} on {}",
            frame.campaign.admin_unit_id, frame.as_of
        ),
        source: "Danh mục đơn vị hành chính".into(),
        records: communes,
        record_links: format!("/api/v1/admin_units/{}", frame.campaign.admin_unit_id),
        boundary_date: frame.as_of,
        method: "Đếm đơn vị cấp xã có hiệu lực trong ngày.".into(),
    };
    let mut found = vec![all];
    if communes > 0 {
        let mut percent = base(
            "communes_informed_percent",
            "Tỷ lệ xã, phường, thị trấn đã được phổ biến, quán triệt",
            "Share of communes informed",
            FigureValue::Decimal(Decimal::new(count * 1000 / communes, 1)),
        );
        percent.unit_vi = "%".into();
        percent.unit_en = "%".into();
        percent.computed.method =
            "Số xã đã được phổ biến chia tổng số xã trong ngày, lấy một số lẻ, không làm tròn lên."
                .into();
        found.push(percent);
    }
    found
}

/// In how many languages loudspeakers spoke, when broadcasts were told by language.
async fn languages(frame: &Frame<'_>, period: &PeriodLabel) -> Result<Vec<Figure>, AppError> {
    let campaign = &frame.campaign;
    let sums = measure_sum_list(
        frame.app.db.read(),
        &frame.scope,
        &campaign.province_id,
        &campaign.id,
        &frame.as_of.to_string(),
    )
    .await?;
    let spoken: Vec<_> = sums
        .iter()
        .filter(|sum| {
            sum.kind == "loudspeaker_broadcast" && !sum.language.is_empty() && sum.value > 0
        })
        .collect();
    let languages: BTreeSet<&str> = spoken.iter().map(|sum| sum.language.as_str()).collect();
    if languages.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<&str> = languages
        .iter()
        .map(|tag| language(tag).map_or(*tag, |(_, name_vi, _)| *name_vi))
        .collect();
    Ok(vec![Figure {
        id: "broadcast_languages".into(),
        value: FigureValue::Integer(i64::try_from(languages.len()).unwrap_or(i64::MAX)),
        shown: Shown::Exact,
        unit_vi: "thứ tiếng".into(),
        unit_en: "languages".into(),
        label_vi: format!("Ngôn ngữ phát thanh ({})", names.join(", ")),
        label_en: format!("Languages of broadcasts ({})", names.join(", ")),
        period: period.clone(),
        direction: Direction::Up,
        changes: Changes::default(),
        marks: vec![Mark::Summed],
        completeness: None,
        computed: Computed {
            query: format!(
                "campaign={} kind=loudspeaker_broadcast distinct language until={}",
                campaign.id, frame.as_of
            ),
            source: "Số liệu của các đợt phát thanh".into(),
            records: spoken.iter().map(|sum| sum.activities).sum(),
            record_links: format!(
                "/api/v1/activities?campaign_id={}&kind=loudspeaker_broadcast",
                campaign.id
            ),
            boundary_date: frame.as_of,
            method: "Đếm các ngôn ngữ có ít nhất một lượt phát.".into(),
        },
    }])
}

/// A paragraph and a table of all results.
fn section(figures: &[Figure]) -> Section {
    let mut blocks = Vec::new();
    if !figures.is_empty() {
        let said = figures
            .iter()
            .filter(|figure| !figure.id.ends_with(".confirmed"));
        let items: Vec<Text> = said.map(in_words).collect();
        let until = figures.iter().map(|figure| figure.period.last).max();
        let until = until.map(vietnamese::date).unwrap_or_default();
        for (number, part) in items.chunks(6).enumerate() {
            let begin = match number {
                0 => &format!("Đến hết ngày {until} có"),
                _ => "Ngoài ra có",
            };
            let sentence = Sentence::new(begin).list(part.to_vec(), Language::Vi);
            blocks.push(Block::Paragraph(sentence.end()));
        }
        let rows = figures
            .iter()
            .map(|figure| {
                vec![
                    Cell::text(figure.label_vi.clone()),
                    Cell::figure(&figure.id).marked(&figure.marks),
                    Cell::text(figure.unit_vi.clone()),
                    Cell::number(figure.computed.records),
                ]
            })
            .collect();
        blocks.push(Block::Table(Table {
            caption: "Kết quả của chiến dịch".into(),
            columns: vec![
                Column::text("Nội dung"),
                Column::number("Kết quả", ""),
                Column::text("Đơn vị tính"),
                Column::number("Số bản ghi", ""),
            ],
            rows,
            footer: None,
            notes: Vec::new(),
            computed: None,
        }));
    }
    Section {
        id: "results".into(),
        heading: "Kết quả thực hiện".into(),
        blocks,
    }
}

/// "474 tổ tư vấn", of the label "Số tổ tư vấn"; other labels as "ngôn ngữ phát thanh: 3 thứ tiếng".
fn in_words(figure: &Figure) -> Text {
    let counted = figure.label_vi.strip_prefix("Số ");
    match counted.filter(|words| words.starts_with(&figure.unit_vi)) {
        Some(words) => Text::figure(&figure.id, report::Show::Value).and_plain(format!(" {words}")),
        None => {
            let label = vietnamese_lower(&figure.label_vi);
            Text::plain(format!("{label}: ")).and_figure(&figure.id, report::Show::WithUnit)
        }
    }
}

/// The label in the middle of a sentence: its first letter small, unless it begins an abbreviation.
fn vietnamese_lower(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_begin_small_within_a_sentence() {
        assert_eq!(vietnamese_lower("Lễ ra quân"), "lễ ra quân");
        assert_eq!(vietnamese_lower("BHXH tự nguyện"), "BHXH tự nguyện");
        assert_eq!(vietnamese_lower("Đợt phát"), "đợt phát");
        assert_eq!(vietnamese_lower(""), "");
    }
}
