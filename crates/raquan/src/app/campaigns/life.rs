//! From draft to issued, running and closed; amending what was issued.

use domain::plan::Plan;
use serde::Serialize;
use store::campaigns::{self as rows, CampaignRow, CampaignVersionRow};

use super::versions::in_force;
use super::{
    campaign_again, campaign_allowed, check_references, current_version, date, plan_faults,
    plan_of, required, stored_date, summary, wrong_state,
};
use crate::app::{Action, Actor, App, AppError, Operation, Written};

/// How a version is issued.
#[derive(Debug, Clone)]
pub struct CampaignIssue {
    /// Number and symbol of the official document.
    pub document_number: String,
    /// Its date, `YYYY-MM-DD`.
    pub document_date: String,
}

/// Why a plan is amended.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignAmend {
    /// In words.
    pub reason: String,
}

/// Issues the version that is open: it can be read for ever and never be changed again.
pub async fn campaign_issue(
    app: &App,
    actor: &Actor,
    id: &str,
    input: CampaignIssue,
) -> Result<CampaignRow, AppError> {
    let seen = campaign_allowed(app, actor, id, Action::CampaignIssue).await?;
    let mut faults = Vec::new();
    required(
        "document_number",
        &input.document_number,
        "số, ký hiệu văn bản",
        &mut faults,
    );
    date("document_date", &input.document_date, &mut faults);
    let plan: Plan = plan_of(&current_version(app.db.read(), &seen).await?)?;
    let (first, last) = (stored_date(&seen.first_day)?, stored_date(&seen.last_day)?);
    faults.extend(plan_faults(plan.check_for_issue(first, last)));
    check_references(app, &plan, &mut faults).await?;
    AppError::check(faults)?;
    let (at, by) = (app.clock.now_text(), actor.user_id.clone());
    let operation = Operation::new(&seen.province_id, "campaign_issue", "campaign");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let old = campaign_again(tx, &seen.id).await?;
            let version = current_version(tx, &old).await?;
            if version.issued_at.is_some() {
                return Err(AppError::Conflict {
                    code: "campaign.version_issued",
                    message: format!(
                        "Bản {} của kế hoạch đã ban hành. Tạo bản điều chỉnh nếu cần sửa.",
                        version.version
                    ),
                });
            }
            if old.row_version != seen.row_version {
                return Err(AppError::stale());
            }
            let version = CampaignVersionRow {
                issued_at: Some(at),
                issued_by: by,
                document_number: Some(input.document_number.trim().to_owned()),
                document_date: Some(input.document_date),
                ..version
            };
            let state = if old.state == "draft" {
                "issued"
            } else {
                old.state.as_str()
            };
            let new = CampaignRow {
                state: state.to_owned(),
                ..old.clone()
            };
            if !rows::campaign_update(tx, &new).await?
                || !rows::campaign_version_update(tx, &version).await?
            {
                return Err(AppError::stale());
            }
            let row = campaign_again(tx, &new.id).await?;
            Ok(Written::new(row, &new.id)
                .before(summary(&old))
                .after(summary(&new)))
        })
    })
    .await
}

/// Opens a new version of the plan, a copy of the issued one, to be changed and issued.
pub async fn campaign_amend(
    app: &App,
    actor: &Actor,
    id: &str,
    input: CampaignAmend,
) -> Result<CampaignRow, AppError> {
    let seen = campaign_allowed(app, actor, id, Action::CampaignWrite).await?;
    let mut faults = Vec::new();
    required("reason", &input.reason, "lý do điều chỉnh", &mut faults);
    AppError::check(faults)?;
    let operation = Operation::new(&seen.province_id, "campaign_amend", "campaign");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let old = campaign_again(tx, &seen.id).await?;
            in_force(&old, "điều chỉnh kế hoạch")?;
            let issued = current_version(tx, &old).await?;
            if issued.issued_at.is_none() {
                return Err(AppError::Conflict {
                    code: "campaign.version_open",
                    message: format!(
                        "Bản điều chỉnh {} đang soạn. Ban hành bản đó trước khi tạo bản mới.",
                        issued.version
                    ),
                });
            }
            let version = CampaignVersionRow {
                version: issued.version + 1,
                issued_at: None,
                issued_by: None,
                document_number: None,
                document_date: None,
                amendment_reason: Some(input.reason.trim().to_owned()),
                ..issued
            };
            let new = CampaignRow {
                current_version: version.version,
                ..old.clone()
            };
            if !rows::campaign_update(tx, &new).await? {
                return Err(AppError::stale());
            }
            rows::campaign_version_insert(tx, &version).await?;
            let row = campaign_again(tx, &new.id).await?;
            Ok(Written::new(row, &new.id)
                .before(summary(&old))
                .after(summary(&new)))
        })
    })
    .await
}

/// Starts an issued campaign.
pub async fn campaign_start(app: &App, actor: &Actor, id: &str) -> Result<CampaignRow, AppError> {
    let step = Step {
        from: &["issued"],
        to: "running",
        wanted: "bắt đầu triển khai",
    };
    change_state(app, actor, id, "campaign_start", step).await
}

/// Closes a campaign: its tasks and activities stay as they are.
pub async fn campaign_close(app: &App, actor: &Actor, id: &str) -> Result<CampaignRow, AppError> {
    let step = Step {
        from: &["issued", "running"],
        to: "closed",
        wanted: "kết thúc chiến dịch",
    };
    change_state(app, actor, id, "campaign_close", step).await
}

struct Step {
    from: &'static [&'static str],
    to: &'static str,
    wanted: &'static str,
}

async fn change_state(
    app: &App,
    actor: &Actor,
    id: &str,
    name: &'static str,
    step: Step,
) -> Result<CampaignRow, AppError> {
    let seen = campaign_allowed(app, actor, id, Action::CampaignIssue).await?;
    let operation = Operation::new(&seen.province_id, name, "campaign");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let old = campaign_again(tx, &seen.id).await?;
            if !step.from.contains(&old.state.as_str()) {
                return Err(wrong_state(&old, step.wanted));
            }
            let new = CampaignRow {
                state: step.to.to_owned(),
                ..old.clone()
            };
            if !rows::campaign_update(tx, &new).await? {
                return Err(AppError::stale());
            }
            let row = campaign_again(tx, &new.id).await?;
            Ok(Written::new(row, &new.id)
                .before(summary(&old))
                .after(summary(&new)))
        })
    })
    .await
}
