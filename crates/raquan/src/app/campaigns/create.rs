//! A new campaign, empty or made from last year's.

use domain::plan::Plan;
use domain::vietnamese;
use serde::Serialize;
use store::campaigns::{self as rows, CampaignRow, CampaignVersionRow};

use super::{
    campaign_visible, check_references, current_version, date, plan_faults, plan_of, plan_text,
    required, summary, unknown_organization,
};
use crate::app::{Action, Actor, App, AppError, Fault, Operation, Place, Written};

/// A campaign to be made.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignCreate {
    /// Readable id: small letters, digits, hyphens.
    pub id: String,
    /// Name.
    pub name: String,
    /// Where it takes place: the unit and all below.
    pub admin_unit_id: String,
    /// The body that issues it.
    pub organization_id: String,
    /// First day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Last day, `YYYY-MM-DD`.
    pub last_day: String,
    /// The plan as far as it is written.
    pub plan: Plan,
    /// What in it is illustrative; none when nothing is.
    pub illustrative: Option<String>,
}

/// A campaign to be made from an earlier one.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignCopy {
    /// Readable id of the new campaign.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it takes place, where that is no longer the same unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_unit_id: Option<String>,
    /// Who issues it, where that is another body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// First day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Last day, `YYYY-MM-DD`.
    pub last_day: String,
}

/// Makes a campaign as a draft.
pub async fn campaign_create(
    app: &App,
    actor: &Actor,
    input: CampaignCreate,
) -> Result<CampaignRow, AppError> {
    let operation =
        |province: &str| Operation::new(province, "campaign_create", "campaign").creating(&input);
    create(app, actor, &input, None, operation).await
}

/// Makes a draft from the newest version of another campaign's plan: same bodies and texts, no
/// money spent, no dates; at the unit that has taken the place of the earlier one, if it is named.
pub async fn campaign_copy(
    app: &App,
    actor: &Actor,
    from_id: &str,
    input: CampaignCopy,
) -> Result<CampaignRow, AppError> {
    let from = campaign_visible(app, actor, from_id).await?;
    let plan = plan_of(&current_version(app.db.read(), &from).await?)?;
    let create_input = CampaignCreate {
        id: input.id.clone(),
        name: input.name.clone(),
        admin_unit_id: input.admin_unit_id.clone().unwrap_or(from.admin_unit_id),
        organization_id: input
            .organization_id
            .clone()
            .unwrap_or(from.organization_id),
        first_day: input.first_day.clone(),
        last_day: input.last_day.clone(),
        plan: plan.for_next_campaign(),
        illustrative: None,
    };
    let operation = |province: &str| {
        Operation::new(province, "campaign_copy", "campaign").creating(&(from_id, &input))
    };
    create(app, actor, &create_input, Some(from.id), operation).await
}

async fn create(
    app: &App,
    actor: &Actor,
    input: &CampaignCreate,
    made_from_id: Option<String>,
    operation: impl Fn(&str) -> Operation,
) -> Result<CampaignRow, AppError> {
    let mut faults = Vec::new();
    let unit = match app.unit("admin_unit_id", &input.admin_unit_id) {
        Ok(unit) => {
            let organizations = [input.organization_id.as_str()];
            let place = Place {
                unit: Some(unit),
                organizations: &organizations,
            };
            actor.require(Action::CampaignWrite, place, "admin_unit")?;
            Some(unit)
        }
        Err(fault) => {
            actor.require_somewhere(Action::CampaignWrite)?;
            faults.push(fault);
            None
        }
    };
    check_id(&input.id, &mut faults);
    required("name", &input.name, "tên chiến dịch", &mut faults);
    let known =
        store::organizations::organization_get(app.db.read(), &input.organization_id).await?;
    if known.is_none() {
        faults.push(unknown_organization(
            "organization_id",
            &input.organization_id,
        ));
    }
    let first_day = date("first_day", &input.first_day, &mut faults);
    let last_day = date("last_day", &input.last_day, &mut faults);
    if let (Some(first), Some(last)) = (first_day, last_day) {
        if last < first {
            faults.push(Fault::new(
                "last_day",
                "campaign.ends_before_start",
                format!(
                    "Ngày kết thúc {} trước ngày bắt đầu {}.",
                    vietnamese::date(last),
                    vietnamese::date(first)
                ),
                "Chọn ngày kết thúc từ ngày bắt đầu trở đi.",
            ));
        }
        faults.extend(plan_faults(input.plan.check(first, last)));
    }
    check_references(app, &input.plan, &mut faults).await?;
    AppError::check(faults)?;
    let unit = unit.ok_or_else(|| AppError::Internal("an unknown unit has its fault".into()))?;
    let row = CampaignRow {
        province_id: app.province_id(unit).to_owned(),
        id: input.id.clone(),
        name: input.name.trim().to_owned(),
        name_search: vietnamese::fold(&input.name),
        admin_unit_id: input.admin_unit_id.clone(),
        organization_id: input.organization_id.clone(),
        state: "draft".into(),
        first_day: input.first_day.clone(),
        last_day: input.last_day.clone(),
        current_version: 1,
        made_from_id,
        illustrative: input.illustrative.clone(),
        row_version: 1,
    };
    let version = CampaignVersionRow {
        province_id: row.province_id.clone(),
        campaign_id: row.id.clone(),
        version: 1,
        plan_json: plan_text(&input.plan),
        issued_at: None,
        issued_by: None,
        document_number: None,
        document_date: None,
        amendment_reason: None,
    };
    let operation = operation(&row.province_id);
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if !rows::campaign_insert(tx, &row).await? {
                operation.is_repeated(tx, &row.id).await?;
                return Ok(Written::repeated(super::campaign_again(tx, &row.id).await?));
            }
            rows::campaign_version_insert(tx, &version).await?;
            let (id, after) = (row.id.clone(), summary(&row));
            Ok(Written::new(row, id).after(after))
        })
    })
    .await
}

fn check_id(id: &str, faults: &mut Vec<Fault>) {
    let is_well_formed = (3..=64).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-');
    if !is_well_formed {
        faults.push(Fault::new(
            "id",
            "campaign.malformed_id",
            format!("Mã chiến dịch “{id}” không hợp lệ."),
            "Dùng 3 đến 64 chữ thường không dấu, chữ số và gạch nối, ví dụ nghe-an-2022.",
        ));
    }
}
