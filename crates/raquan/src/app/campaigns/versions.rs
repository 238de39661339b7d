//! The plan and its versions: writing the one that is open, reading any, comparing two.

use domain::plan::{self, Difference, Plan};
use store::campaigns::{self as rows, CampaignRow, CampaignVersionRow};

use super::{
    campaign_again, campaign_allowed, campaign_visible, check_references, current_version,
    plan_faults, plan_of, plan_text, required, stored_date, summary, wrong_state,
};
use crate::app::{Action, Actor, App, AppError, Fault, Operation, Written};

/// A version of a plan, read.
#[derive(Debug, Clone)]
pub struct PlanVersion {
    /// When and under which number it was issued.
    pub row: CampaignVersionRow,
    /// The plan.
    pub plan: Plan,
}

/// The plan of the version that is open, written anew.
#[derive(Debug, Clone)]
pub struct PlanUpdate {
    /// The campaign's row version that the change was made on.
    pub row_version: i64,
    /// New name.
    pub name: Option<String>,
    /// New first day.
    pub first_day: Option<String>,
    /// New last day.
    pub last_day: Option<String>,
    /// The whole plan.
    pub plan: Plan,
}

/// Writes the plan of a version that has not been issued.
pub async fn campaign_plan_update(
    app: &App,
    actor: &Actor,
    id: &str,
    input: PlanUpdate,
) -> Result<CampaignRow, AppError> {
    let old = campaign_allowed(app, actor, id, Action::CampaignWrite).await?;
    let mut new = CampaignRow {
        row_version: input.row_version,
        ..old.clone()
    };
    let mut faults = Vec::new();
    if let Some(name) = &input.name {
        required("name", name, "tên chiến dịch", &mut faults);
        new.name = name.trim().to_owned();
        new.name_search = domain::vietnamese::fold(name);
    }
    for (field, text, day) in [
        ("first_day", &input.first_day, &mut new.first_day),
        ("last_day", &input.last_day, &mut new.last_day),
    ] {
        if let Some(text) = text
            && super::date(field, text, &mut faults).is_some()
        {
            day.clone_from(text);
        }
    }
    let (first, last) = (stored_date(&new.first_day)?, stored_date(&new.last_day)?);
    if last < first {
        faults.push(Fault::new(
            "last_day",
            "campaign.ends_before_start",
            "Ngày kết thúc trước ngày bắt đầu.",
            "Chọn ngày kết thúc từ ngày bắt đầu trở đi.",
        ));
    }
    faults.extend(plan_faults(input.plan.check(first, last)));
    check_references(app, &input.plan, &mut faults).await?;
    AppError::check(faults)?;
    let plan_json = plan_text(&input.plan);
    let operation = Operation::new(&old.province_id, "campaign_plan_update", "campaign");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let version = current_version(tx, &campaign_again(tx, &new.id).await?).await?;
            if version.issued_at.is_some() {
                return Err(AppError::Conflict {
                    code: "campaign.version_issued",
                    message: format!(
                        "Bản {} của kế hoạch đã ban hành nên không sửa được. Tạo bản điều chỉnh \
                         rồi sửa bản đó.",
                        version.version
                    ),
                });
            }
            let version = CampaignVersionRow {
                plan_json,
                ..version
            };
            if !rows::campaign_update(tx, &new).await?
                || !rows::campaign_version_update(tx, &version).await?
            {
                return Err(AppError::stale());
            }
            let (before, after) = (summary(&old), summary(&new));
            let row = campaign_again(tx, &new.id).await?;
            Ok(Written::new(row, &new.id).before(before).after(after))
        })
    })
    .await
}

/// The versions of a campaign's plan, oldest first. One that is not issued is seen by those who may
/// write it.
pub async fn campaign_version_list(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<Vec<CampaignVersionRow>, AppError> {
    let row = campaign_visible(app, actor, id).await?;
    let mut versions =
        rows::campaign_version_list(app.db.read(), &row.province_id, &row.id).await?;
    if !may_see_drafts(app, actor, &row) {
        versions.retain(|version| version.issued_at.is_some());
    }
    Ok(versions)
}

/// One version of a campaign's plan; without a number the newest that the actor may see.
pub async fn campaign_version_get(
    app: &App,
    actor: &Actor,
    id: &str,
    number: Option<i64>,
) -> Result<PlanVersion, AppError> {
    let row = campaign_visible(app, actor, id).await?;
    let db = app.db.read();
    let drafts = may_see_drafts(app, actor, &row);
    let found = match number {
        Some(number) => rows::campaign_version_get(db, &row.province_id, &row.id, number).await?,
        None => rows::campaign_version_list(db, &row.province_id, &row.id)
            .await?
            .into_iter()
            .rfind(|version| drafts || version.issued_at.is_some()),
    };
    let missing = AppError::NotFound {
        entity: "campaign_version",
    };
    let version = found
        .filter(|version| drafts || version.issued_at.is_some())
        .ok_or(missing)?;
    Ok(PlanVersion {
        plan: plan_of(&version)?,
        row: version,
    })
}

/// What is different between two versions of a campaign's plan.
pub async fn campaign_version_compare(
    app: &App,
    actor: &Actor,
    id: &str,
    from: i64,
    to: i64,
) -> Result<Vec<Difference>, AppError> {
    let old = campaign_version_get(app, actor, id, Some(from)).await?;
    let new = campaign_version_get(app, actor, id, Some(to)).await?;
    Ok(plan::compare(&old.plan, &new.plan))
}

fn may_see_drafts(app: &App, actor: &Actor, row: &CampaignRow) -> bool {
    actor.may(
        Action::CampaignWrite,
        super::place(app, row, &[row.organization_id.as_str()]),
    )
}

/// Refuses what needs the plan to be in force.
pub(super) fn in_force(row: &CampaignRow, wanted: &str) -> Result<(), AppError> {
    if matches!(row.state.as_str(), "issued" | "running") {
        Ok(())
    } else {
        Err(wrong_state(row, wanted))
    }
}
