//! Campaigns: writing the plan, issuing and amending it, starting, closing, copying last year's.

mod create;
mod life;
mod versions;

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::plan::{Plan, PlanFault};
use jiff::civil::Date;
use store::campaigns::{self as rows, CampaignFilter, CampaignRow, CampaignVersionRow};
use store::{ConnectionTrait, Page, Scope};

use super::{Action, Actor, App, AppError, Fault, Place};

pub use create::{CampaignCopy, CampaignCreate, campaign_copy, campaign_create};
pub use life::{
    CampaignAmend, CampaignIssue, campaign_amend, campaign_close, campaign_issue, campaign_start,
};
pub use versions::{
    PlanUpdate, PlanVersion, campaign_plan_update, campaign_version_compare, campaign_version_get,
    campaign_version_list,
};

/// The campaign, when the actor may know of it.
///
/// An issued campaign is known to everybody who may read anything in its province: each has a part
/// in it. A draft is known to those who may write it.
pub async fn campaign_visible(app: &App, actor: &Actor, id: &str) -> Result<CampaignRow, AppError> {
    let missing = AppError::NotFound { entity: "campaign" };
    let Some(row) = rows::campaign_get(app.db.read(), id).await? else {
        return Err(missing);
    };
    if actor.may(
        Action::CampaignWrite,
        place(app, &row, &[row.organization_id.as_str()]),
    ) {
        return Ok(row);
    }
    if row.state == "draft" {
        return Err(missing);
    }
    let scope = known_provinces(app, actor).await?;
    if scope.all || scope.provinces.contains(&row.province_id) {
        Ok(row)
    } else {
        Err(missing)
    }
}

/// The campaign of a field record; as it was read in the last seconds, when the same actor asked.
pub async fn campaign_of_record(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<Arc<CampaignRow>, AppError> {
    let Some(user) = &actor.user_id else {
        return Ok(Arc::new(campaign_visible(app, actor, id).await?));
    };
    let (key, now) = (format!("{user} {id}"), app.clock.now());
    if let Some(row) = app.recent.campaigns.get(&key, now) {
        return Ok(row);
    }
    let row = Arc::new(campaign_visible(app, actor, id).await?);
    app.recent.campaigns.put(&key, now, row.clone());
    Ok(row)
}

/// Campaigns that the actor may know of, newest first.
pub async fn campaign_list(
    app: &App,
    actor: &Actor,
    filter: &CampaignFilter,
    page: &Page,
) -> Result<Vec<CampaignRow>, AppError> {
    let scope = known_provinces(app, actor).await?;
    let drafts = actor.scope(app.units, Action::CampaignWrite);
    Ok(rows::campaign_list(app.db.read(), &scope, &drafts, filter, page).await?)
}

/// The provinces that the actor has anything to do with.
async fn known_provinces(app: &App, actor: &Actor) -> Result<Scope, AppError> {
    let scope = actor.scope(app.units, Action::Read);
    if scope.all {
        return Ok(scope);
    }
    let mut provinces: BTreeSet<String> = scope.provinces.into_iter().collect();
    for unit in scope.units.iter().filter_map(|id| app.units.get(id)) {
        provinces.insert(app.province_id(unit).to_owned());
    }
    let bodies =
        store::organizations::organization_get_many(app.db.read(), &scope.organizations).await?;
    provinces.extend(bodies.into_iter().map(|body| body.province_id));
    Ok(Scope {
        provinces: provinces.into_iter().collect(),
        ..Scope::default()
    })
}

fn place<'a>(app: &App, row: &CampaignRow, organizations: &'a [&'a str]) -> Place<'a> {
    Place {
        unit: app.units.get(&row.admin_unit_id),
        organizations,
    }
}

/// The campaign, when the actor may do `action` with it; 403 when it may only know of it.
async fn campaign_allowed(
    app: &App,
    actor: &Actor,
    id: &str,
    action: Action,
) -> Result<CampaignRow, AppError> {
    let row = campaign_visible(app, actor, id).await?;
    if actor.may(action, place(app, &row, &[row.organization_id.as_str()])) {
        Ok(row)
    } else {
        Err(AppError::Forbidden {
            action: action.name(),
        })
    }
}

/// Reads a campaign again inside the transaction that is going to change it.
async fn campaign_again(tx: &impl ConnectionTrait, id: &str) -> Result<CampaignRow, AppError> {
    rows::campaign_get(tx, id)
        .await?
        .ok_or(AppError::NotFound { entity: "campaign" })
}

/// The version of the plan that was written last, issued or not.
async fn current_version(
    tx: &impl ConnectionTrait,
    row: &CampaignRow,
) -> Result<CampaignVersionRow, AppError> {
    rows::campaign_version_get(tx, &row.province_id, &row.id, row.current_version)
        .await?
        .ok_or_else(|| AppError::Internal(format!("campaign {} has no plan", row.id)))
}

/// Vietnamese name of a campaign's state.
pub fn state_name(state: &str) -> &'static str {
    match state {
        "draft" => "bản thảo",
        "issued" => "đã ban hành",
        "running" => "đang triển khai",
        _ => "đã kết thúc",
    }
}

fn wrong_state(row: &CampaignRow, wanted: &str) -> AppError {
    AppError::Conflict {
        code: "campaign.wrong_state",
        message: format!(
            "Không thể {wanted}: chiến dịch đang ở trạng thái “{}”.",
            state_name(&row.state)
        ),
    }
}

/// A date of the input, or the fault that says how to write one.
pub(super) fn date(field: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Date> {
    match domain::period::parse_date_iso(text) {
        Ok(date) => Some(date),
        Err(error) => {
            faults.push(Fault::new(
                field,
                "date.malformed",
                format!("Ngày không hợp lệ: {error}."),
                "Nhập ngày có trong lịch, dạng năm-tháng-ngày, ví dụ 2022-05-08.",
            ));
            None
        }
    }
}

/// A date that was checked when it was written.
pub(super) fn stored_date(text: &str) -> Result<Date, AppError> {
    text.parse()
        .map_err(|_| AppError::Internal(format!("the date {text} in the database")))
}

/// A required text of the input, or the fault that it is missing.
pub(super) fn required(field: &str, text: &str, what: &str, faults: &mut Vec<Fault>) {
    if text.trim().is_empty() {
        faults.push(Fault::new(
            field,
            "field.required",
            format!("Chưa có {what}."),
            format!("Ghi {what}."),
        ));
    }
}

fn plan_faults(faults: Vec<PlanFault>) -> Vec<Fault> {
    let fault = |fault: PlanFault| {
        Fault::new(
            format!("plan.{}", fault.field),
            fault.code,
            fault.message,
            fault.fix,
        )
    };
    faults.into_iter().map(fault).collect()
}

fn plan_text(plan: &Plan) -> String {
    serde_json::to_string(plan).expect("a plan is plain data")
}

fn plan_of(row: &CampaignVersionRow) -> Result<Plan, AppError> {
    serde_json::from_str(&row.plan_json).map_err(|error| {
        AppError::Internal(format!(
            "version {} of the plan of {}: {error}",
            row.version, row.campaign_id
        ))
    })
}

fn summary(row: &CampaignRow) -> serde_json::Value {
    serde_json::json!({
        "name": row.name, "state": row.state, "first_day": row.first_day,
        "last_day": row.last_day, "version": row.current_version,
    })
}

/// What the fault of an unknown organization says.
pub(super) fn unknown_organization(field: impl Into<String>, id: &str) -> Fault {
    Fault::new(
        field,
        "organization.unknown",
        format!("Không có cơ quan, đơn vị mã “{id}”."),
        "Tìm cơ quan theo tên rồi chọn trong danh sách, hoặc tạo cơ quan trước.",
    )
}

/// Organizations and indicators that the plan names by id but that do not exist.
async fn check_references(app: &App, plan: &Plan, faults: &mut Vec<Fault>) -> Result<(), AppError> {
    let ids: Vec<String> = plan
        .responsibilities
        .iter()
        .filter_map(|line| line.organization_id.clone())
        .collect();
    let known = store::organizations::organization_get_many(app.db.read(), &ids).await?;
    for (index, line) in plan.responsibilities.iter().enumerate() {
        if let Some(id) = &line.organization_id
            && !known.iter().any(|body| body.id == *id)
        {
            let field = format!("plan.responsibilities[{index}].organization_id");
            faults.push(unknown_organization(field, id));
        }
    }
    for (index, objective) in plan.objectives.specific.iter().enumerate() {
        if let Some(id) = &objective.indicator
            && app.catalog.indicators.get(id).is_none()
        {
            faults.push(Fault::new(
                format!("plan.objectives.specific[{index}].indicator"),
                "indicator.unknown",
                format!("Không có chỉ tiêu “{id}” trong danh mục."),
                "Chọn chỉ tiêu trong danh mục, hoặc để trống.",
            ));
        }
    }
    Ok(())
}
