//! Creating, correcting, marking done and cancelling an activity: each a new version.

use domain::activity_kinds::ActivityKind;
use domain::run::codes::ActivityState;
use domain::run::versions::{ActivityStep, VersionFault, activity_next};
use domain::vietnamese;
use serde::{Deserialize, Serialize};
use store::activities::{self as rows, ActivityRow};
use store::campaigns::CampaignRow;
use store::facts::FactRow;
use store::{DatabaseTransaction, sites, teams};
use utoipa::ToSchema;

use super::facts::Base;
use super::{activity_allowed, place, state_of};
use crate::app::activity_kinds::activity_kind_of;
use crate::app::campaigns::campaign_visible;
use crate::app::record_checks::Checks;
use crate::app::{Action, Actor, App, AppError, Operation, Written};

/// What an activity says about itself.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityContent {
    /// Title.
    pub title: String,
    /// Workstream of the plan.
    pub workstream: Option<String>,
    /// Who holds it.
    pub organization_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// Place, in words.
    #[serde(default)]
    pub place: String,
    /// First day.
    pub first_day: String,
    /// Last day; for what hangs or stands somewhere, the day it is taken down.
    pub last_day: String,
    /// When it starts: `07:30`.
    pub starts_at: Option<String>,
    /// When it ends.
    pub ends_at: Option<String>,
    /// Audiences.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// Languages, BCP 47: `vi`, `rad`, `cmo`.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Anything else worth knowing.
    #[serde(default)]
    pub note: String,
}

/// An activity to be made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityCreate {
    /// Made by the client.
    pub id: String,
    /// The campaign.
    pub campaign_id: String,
    /// Kind, of the catalogue or of the province.
    pub kind: String,
    /// Held already; otherwise it is planned.
    #[serde(default)]
    pub done: bool,
    /// Made for the demo.
    #[serde(default)]
    pub illustrative: bool,
    /// What it says about itself.
    pub content: ActivityContent,
}

/// The version that a request was made from.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityVersion {
    /// Version seen by the client.
    pub version: i64,
}

/// Why an activity is struck out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityCancel {
    /// Version seen by the client.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// Makes an activity.
pub async fn activity_create(
    app: &App,
    actor: &Actor,
    input: ActivityCreate,
) -> Result<ActivityRow, AppError> {
    let campaign = campaign_visible(app, actor, &input.campaign_id).await?;
    let kind = activity_kind_of(app, app.db.read(), &campaign.province_id, &input.kind).await?;
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    if kind.is_none() {
        checks.fault(
            "kind",
            "activity.unknown_kind",
            format!("Không có loại hoạt động “{}”.", input.kind),
            "Chọn loại trong danh mục, hoặc thêm loại mới cho tỉnh.",
        );
    }
    check_content(
        &mut checks,
        &input.content,
        &campaign,
        kind.as_ref(),
        input.done,
    )
    .await?;
    checks.finish()?;
    let kind = kind.ok_or_else(|| AppError::Internal("a kind was checked".into()))?;
    let state = if input.done {
        ActivityState::Done
    } else {
        ActivityState::Planned
    };
    let row = ActivityRow {
        version: 1,
        illustrative: input.illustrative,
        ..new_row(
            app,
            actor,
            &campaign,
            &input.id,
            &kind.id,
            state,
            &input.content,
        )
    };
    actor.require(
        Action::ActivityWrite,
        place(app, &row, &[&row.organization_id]),
        "activity",
    )?;
    let operation =
        Operation::new(&row.province_id, "activity_create", "activity").creating(&input);
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if !rows::activity_insert(tx, &row).await? {
                operation.is_repeated(tx, &row.id).await?;
                return Ok(Written::repeated(row));
            }
            let base = Base {
                activity: &row,
                kind: &kind,
                state,
            };
            let facts = base.of_activity();
            let after = json(&row);
            let id = row.id.clone();
            Ok(Written::new(row, id).after(after).facts(facts))
        })
    })
    .await
}

/// Replaces what an activity says about itself by a new version.
pub async fn activity_correct(
    app: &App,
    actor: &Actor,
    id: &str,
    version: i64,
    content: ActivityContent,
) -> Result<ActivityRow, AppError> {
    let (old, campaign) = activity_allowed(app, actor, id, Action::ActivityWrite).await?;
    let kind = kind_of(app, &old).await?;
    let mut checks = Checks::new(app);
    let done = state_of(&old)? == ActivityState::Done;
    check_content(&mut checks, &content, &campaign, Some(&kind), done).await?;
    checks.finish()?;
    let moved = ActivityRow {
        illustrative: old.illustrative,
        ..new_row(
            app,
            actor,
            &campaign,
            id,
            &old.kind,
            state_of(&old)?,
            &content,
        )
    };
    actor.require(
        Action::ActivityWrite,
        place(app, &moved, &[&moved.organization_id]),
        "activity",
    )?;
    next_version(
        app,
        actor,
        "activity_correct",
        moved,
        version,
        ActivityStep::Correct,
    )
    .await
}

/// Says that an activity was held: from now on it and its parts count.
pub async fn activity_mark_done(
    app: &App,
    actor: &Actor,
    id: &str,
    input: ActivityVersion,
) -> Result<ActivityRow, AppError> {
    let (old, _) = activity_allowed(app, actor, id, Action::ActivityReport).await?;
    let begun = app.clock.today().to_string() >= old.first_day;
    let step = ActivityStep::MarkDone { begun };
    let row = again(app, actor, old);
    next_version(app, actor, "activity_mark_done", row, input.version, step).await
}

/// Strikes an activity out; its record and its versions stay, and it counts no more.
pub async fn activity_cancel(
    app: &App,
    actor: &Actor,
    id: &str,
    input: ActivityCancel,
) -> Result<ActivityRow, AppError> {
    let (old, _) = activity_allowed(app, actor, id, Action::ActivityWrite).await?;
    let mut checks = Checks::new(app);
    let reason = checks.required("reason", &input.reason, 1000);
    checks.finish()?;
    let row = ActivityRow {
        note: reason,
        ..again(app, actor, old)
    };
    next_version(
        app,
        actor,
        "activity_cancel",
        row,
        input.version,
        ActivityStep::Cancel,
    )
    .await
}

/// The same content, recorded by this actor now.
fn again(app: &App, actor: &Actor, old: ActivityRow) -> ActivityRow {
    ActivityRow {
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
        ..old
    }
}

/// Writes `row` as the version after `base`, and replaces the facts of the activity and its parts.
async fn next_version(
    app: &App,
    actor: &Actor,
    name: &'static str,
    row: ActivityRow,
    base: i64,
    step: ActivityStep,
) -> Result<ActivityRow, AppError> {
    let kind = kind_of(app, &row).await?;
    let operation = Operation::new(&row.province_id, name, "activity");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let missing = AppError::NotFound { entity: "activity" };
            let old = rows::activity_get(tx, &row.id).await?.ok_or(missing)?;
            let (version, state) =
                activity_next(old.version, state_of(&old)?, base, step).map_err(version_error)?;
            if !rows::activity_retire(tx, &old.province_id, &old.id, old.version).await? {
                return Err(AppError::stale());
            }
            let row = ActivityRow {
                version,
                state: state.code().to_owned(),
                ..row
            };
            if !rows::activity_insert(tx, &row).await? {
                return Err(AppError::stale());
            }
            let (sources, facts) = all_facts(tx, &row, &kind, state).await?;
            let (before, after) = (json(&old), json(&row));
            let id = row.id.clone();
            Ok(Written::new(row, id)
                .before(before)
                .after(after)
                .replacing_facts_of(sources)
                .facts(facts))
        })
    })
    .await
}

/// Ids of the activity and all its parts, and what they contribute in this version.
async fn all_facts(
    tx: &DatabaseTransaction,
    row: &ActivityRow,
    kind: &ActivityKind,
    state: ActivityState,
) -> Result<(Vec<String>, Vec<FactRow>), AppError> {
    let (province, id) = (row.province_id.as_str(), row.id.as_str());
    let measures = rows::measure_list(tx, province, id).await?;
    let sites = sites::site_list(tx, province, id).await?;
    let resources = teams::resource_list(tx, province, id).await?;
    let teams_of = teams::team_list(tx, province, id).await?;
    let roster = teams::roster_place_list(tx, province, id, None).await?;
    let base = Base {
        activity: row,
        kind,
        state,
    };
    let mut facts = base.of_activity();
    facts.extend(measures.iter().flat_map(|measure| base.of_measure(measure)));
    facts.extend(sites.iter().flat_map(|site| base.of_site(site)));
    facts.extend(base.of_resources(&resources, &sites));
    facts.extend(teams_of.iter().flat_map(|team| base.of_team(team)));
    facts.extend(base.of_roster(&roster, &teams_of));
    let mut sources = vec![row.id.clone()];
    sources.extend(measures.iter().map(|row| row.id.clone()));
    sources.extend(sites.iter().map(|row| row.id.clone()));
    sources.extend(resources.iter().map(|row| row.id.clone()));
    sources.extend(teams_of.iter().map(|row| row.id.clone()));
    sources.extend(roster.iter().map(|row| row.id.clone()));
    Ok((sources, facts))
}

/// The kind of an activity that exists.
pub(super) async fn kind_of(app: &App, row: &ActivityRow) -> Result<ActivityKind, AppError> {
    activity_kind_of(app, app.db.read(), &row.province_id, &row.kind)
        .await?
        .ok_or_else(|| AppError::Internal(format!("activity {} has no kind", row.id)))
}

/// Why a version may not follow, for people.
pub(in crate::app) fn version_error(fault: VersionFault) -> AppError {
    let message = match fault {
        VersionFault::Stale { .. } => return AppError::stale(),
        VersionFault::Closed => {
            "Bản ghi này đã đóng (đã hủy, đã xác nhận hoặc không công nhận) nên không sửa được nữa. Tạo bản ghi mới nếu cần."
        }
        VersionFault::AlreadyThere => "Bản ghi đã ở trạng thái này rồi. Tải lại trang để xem.",
        VersionFault::NotBegun => {
            "Hoạt động chưa đến ngày diễn ra nên chưa ghi là đã thực hiện được. Sửa ngày nếu đã tổ chức sớm hơn."
        }
    };
    AppError::Conflict {
        code: fault.code(),
        message: message.to_owned(),
    }
}

fn new_row(
    app: &App,
    actor: &Actor,
    campaign: &CampaignRow,
    id: &str,
    kind: &str,
    state: ActivityState,
    content: &ActivityContent,
) -> ActivityRow {
    let list = |items: &[String]| serde_json::to_string(items).expect("texts are plain data");
    ActivityRow {
        province_id: campaign.province_id.clone(),
        id: id.to_owned(),
        version: 0,
        current: true,
        campaign_id: campaign.id.clone(),
        kind: kind.to_owned(),
        workstream: content.workstream.clone(),
        title: content.title.trim().to_owned(),
        title_search: vietnamese::fold(&content.title),
        organization_id: content.organization_id.clone(),
        admin_unit_id: content.admin_unit_id.clone(),
        place: content.place.trim().to_owned(),
        first_day: content.first_day.clone(),
        last_day: content.last_day.clone(),
        starts_at: content.starts_at.clone(),
        ends_at: content.ends_at.clone(),
        audiences: list(&content.audiences),
        languages: list(&content.languages),
        state: state.code().to_owned(),
        note: content.note.trim().to_owned(),
        illustrative: false,
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
    }
}

async fn check_content(
    checks: &mut Checks<'_>,
    content: &ActivityContent,
    campaign: &CampaignRow,
    kind: Option<&ActivityKind>,
    done: bool,
) -> Result<(), AppError> {
    checks.required("title", &content.title, 500);
    checks.text("place", &content.place, 500);
    checks.text("note", &content.note, 4000);
    let first = if done {
        checks.past_day_of_campaign("first_day", &content.first_day, campaign)
    } else {
        checks.day_of_campaign("first_day", &content.first_day, campaign)
    };
    // What hangs or stands may be taken down after the campaign.
    let last = if kind.is_some_and(|kind| kind.placement_expiry) {
        checks.day("last_day", &content.last_day)
    } else {
        checks.day_of_campaign("last_day", &content.last_day, campaign)
    };
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        checks.fault(
            "last_day",
            "activity.ends_before_start",
            format!(
                "Ngày kết thúc {} trước ngày bắt đầu.",
                vietnamese::date(last)
            ),
            format!("Chọn ngày từ {} trở đi.", vietnamese::date(first)),
        );
    }
    for (field, time) in [
        ("starts_at", &content.starts_at),
        ("ends_at", &content.ends_at),
    ] {
        if let Some(time) = time {
            checks.time(field, time);
        }
    }
    for (number, tag) in content.languages.iter().enumerate() {
        checks.language(&format!("languages[{number}]"), tag);
    }
    let unit = checks.unit_of_campaign("admin_unit_id", &content.admin_unit_id, campaign);
    checks.unit_on_day("admin_unit_id", unit, first);
    checks
        .organization("organization_id", &content.organization_id)
        .await
}

fn json(row: &ActivityRow) -> serde_json::Value {
    serde_json::json!({
        "version": row.version, "kind": row.kind, "title": row.title, "state": row.state,
        "campaign_id": row.campaign_id, "organization_id": row.organization_id,
        "admin_unit_id": row.admin_unit_id, "first_day": row.first_day, "last_day": row.last_day,
        "languages": row.languages, "note": row.note,
    })
}
