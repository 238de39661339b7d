//! A campaign's report, as of any day, made from its records: plan, results, statistics, tasks, ranking.
//!
//! Nothing here holds a number: results are sums of facts, statistics are figures of the cube, the
//! state of tasks is read from their events. `report` prints what this module hands over.

mod labels;
mod plan;
mod ranking;
mod ranking_shares;
mod results;
mod statistics;
mod tasks;

use domain::admin_units::UnitIx;
use domain::period::Period;
use domain::vietnamese;
use jiff::civil::Date;
use report::{Content, Head, Language, Notice, NoticeKind, Report, Section};
use store::Scope;
use store::campaigns::CampaignRow;
use store::organizations::organization_get;

use super::campaigns::{campaign_version_get, campaign_visible, stored_date};
use super::{Action, Actor, App, AppError, Fault};

/// Which report is wanted.
#[derive(Debug, Clone, Default)]
pub struct ReportRequest {
    /// The day whose state is reported; the campaign's last day, or today when that is earlier.
    pub as_of: Option<Date>,
    /// Period of the statistics; the plan's own when not given.
    pub statistics_period: Option<Period>,
}

/// What every part of the report is made from.
struct Frame<'a> {
    app: &'a App,
    actor: &'a Actor,
    campaign: CampaignRow,
    plan: domain::plan::Plan,
    unit: UnitIx,
    as_of: Date,
    statistics_period: Period,
    scope: Scope,
}

/// Makes the report of a campaign that the actor may see, from the records that the actor may see.
///
/// Errors: `NotFound`; `Invalid` when `as_of` lies before the campaign.
pub async fn report_make(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    request: ReportRequest,
) -> Result<Report, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let version = campaign_version_get(app, actor, campaign_id, None).await?;
    let (first, last) = (
        stored_date(&campaign.first_day)?,
        stored_date(&campaign.last_day)?,
    );
    let as_of = request
        .as_of
        .unwrap_or_else(|| last.min(app.clock.today().max(first)));
    if as_of < first {
        return Err(AppError::invalid(Fault::new(
            "as_of",
            "report.before_campaign",
            format!(
                "Ngày {} trước ngày bắt đầu chiến dịch ({}).",
                vietnamese::date(as_of),
                vietnamese::date(first)
            ),
            "Chọn ngày từ ngày bắt đầu chiến dịch trở đi.",
        )));
    }
    let unit = app
        .units
        .get(&campaign.admin_unit_id)
        .ok_or_else(|| AppError::Internal("a campaign's unit is not in the unit data".into()))?;
    let own = version.plan.report.statistics_period.as_deref();
    let own = own.and_then(|text| text.parse().ok());
    let statistics_period = request
        .statistics_period
        .or(own)
        .unwrap_or_else(|| Period::month(as_of.min(last)));
    let frame = Frame {
        app,
        actor,
        scope: actor.scope(app.units, Action::Read),
        plan: version.plan,
        campaign,
        unit,
        as_of,
        statistics_period,
    };
    let results = results::results(&frame).await?;
    let statistics = statistics::statistics(&frame)?;
    let (task_states, task_section) = tasks::tasks(&frame).await?;
    let mut sections: Vec<Section> = vec![results.section.clone()];
    sections.extend(statistics.section);
    sections.extend(ranking::ranking(&frame, &statistics.figures).await?);
    sections.push(task_section);
    sections.extend(plan::sections(&frame, task_states).await?);
    sections.retain(|section: &Section| !section.blocks.is_empty());
    let mut notices = notices(&frame, &results);
    notices.extend(statistics.notices);
    let mut figures = results.figures;
    figures.extend(statistics.figures);
    let content = Content {
        campaign: frame.campaign.id.clone(),
        language: Language::Vi,
        head: head(&frame).await?,
        title: frame.campaign.name.clone(),
        subtitle: Some(labels::days(first, as_of.min(last))),
        legal_bases: frame
            .plan
            .legal_bases
            .iter()
            .map(labels::legal_basis)
            .collect(),
        as_of,
        boundary_date: as_of,
        generated_from: format!(
            "Số liệu cộng từ {} bản ghi của chiến dịch, tính đến hết ngày {}.",
            vietnamese::number(results.records),
            vietnamese::date(as_of)
        ),
        sections,
        figures,
        notices,
    };
    Report::new(content).map_err(|error| AppError::Internal(error.to_string()))
}

/// A phrase as it stands within a sentence; what begins with an abbreviation stays.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if second.is_none_or(|letter| !letter.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

async fn head(frame: &Frame<'_>) -> Result<Head, AppError> {
    let read = frame.app.db.read();
    let issuer = organization_get(read, &frame.campaign.organization_id).await?;
    let parent = match issuer.as_ref().and_then(|row| row.parent_id.as_deref()) {
        Some(id) => organization_get(read, id)
            .await?
            .map(|row| row.name.to_uppercase()),
        None => None,
    };
    let unit = frame.app.units.nearest(frame.unit, frame.as_of);
    let name = issuer.map_or_else(|| unit.full_name.to_string(), |row| row.name);
    let recipients = frame
        .plan
        .responsibilities
        .iter()
        .filter_map(|line| line.name.clone())
        .take(8)
        .chain(["Lưu: VT".to_owned()])
        .collect();
    Ok(Head {
        parent_organization: parent,
        organization: name.to_uppercase(),
        // The report gets its own number when it is signed.
        number: None,
        place: unit.name().to_owned(),
        date: None,
        kind: "Báo cáo".to_owned(),
        recipients,
        signature: None,
    })
}

fn notices(frame: &Frame<'_>, results: &results::Results) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some(text) = &frame.campaign.illustrative {
        notices.push(Notice {
            kind: NoticeKind::IllustrativeData,
            text: text.clone(),
        });
    }
    if domain::admin_units::AdminUnits::stands_in(frame.as_of) {
        notices.push(Notice {
            kind: NoticeKind::StandInBoundaries,
            text: "Địa giới trước ngày 01/11/2021 chưa có nguồn; dùng hiện trạng ngày 01/11/2021."
                .into(),
        });
    }
    if results.claimed > 0 {
        notices.push(Notice {
            kind: NoticeKind::ClaimedResults,
            text: format!(
                "{} lượt đăng ký tham gia là số các tổ báo cáo, chưa được cơ quan BHXH xác nhận; {} đã xác nhận.",
                vietnamese::number(results.claimed),
                vietnamese::number(results.confirmed)
            ),
        });
    }
    notices
}
