//! Handing out one task.

use domain::indicators::FedBy;
use domain::tasks::{TaskKind, TaskState};
use domain::vietnamese;
use jiff::civil::Date;
use serde::Serialize;
use store::campaigns::CampaignRow;
use store::organizations::OrganizationRow;
use store::tasks::{self as rows, TaskEventRow, TaskRow};

use super::{campaign_in_force, summary, task_again, task_visible};
use crate::app::campaigns::{
    campaign_version_get, campaign_visible, date, required, stored_date, unknown_organization,
};
use crate::app::{Action, Actor, App, AppError, Fault, Operation, Place, Written};

/// A task to be handed out.
#[derive(Debug, Clone, Serialize)]
pub struct TaskCreate {
    /// Made by the client.
    pub id: String,
    /// Campaign it belongs to.
    pub campaign_id: String,
    /// The task it is a part of; none at the top.
    pub parent_id: Option<String>,
    /// `do` or `inform`.
    pub kind: String,
    /// Id of a workstream of the plan.
    pub workstream: Option<String>,
    /// What is to be done, in one line.
    pub title: String,
    /// At length.
    pub description: String,
    /// Clause of a legal basis or of the plan.
    pub basis: String,
    /// The body that must do it.
    pub lead_organization_id: String,
    /// Bodies that help.
    pub coordinating_organization_ids: Vec<String>,
    /// First day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Last day, `YYYY-MM-DD`.
    pub due_day: String,
    /// Evidence that is wanted.
    pub wanted_evidence: String,
    /// Indicator that counts its completion.
    pub indicator: Option<String>,
}

/// Hands out a task.
pub async fn task_create(app: &App, actor: &Actor, input: TaskCreate) -> Result<TaskRow, AppError> {
    let campaign = campaign_visible(app, actor, &input.campaign_id).await?;
    let lead = store::organizations::organization_get(app.db.read(), &input.lead_organization_id)
        .await?
        .filter(|lead| lead.province_id == campaign.province_id);
    match &lead {
        Some(lead) => {
            let organizations = [lead.id.as_str()];
            let unit = app.units.get(&lead.admin_unit_id);
            let place = Place {
                unit,
                organizations: &organizations,
            };
            if !actor.may(Action::TaskWrite, place) {
                return Err(AppError::Forbidden {
                    action: Action::TaskWrite.name(),
                });
            }
        }
        None => actor.require_somewhere(Action::TaskWrite)?,
    }
    let parent = match &input.parent_id {
        Some(id) => Some(task_visible(app, actor, id).await?.row),
        None => None,
    };
    let mut faults = Vec::new();
    if lead.is_none() {
        faults.push(unknown_organization(
            "lead_organization_id",
            &input.lead_organization_id,
        ));
    }
    check(app, actor, &input, &campaign, parent.as_ref(), &mut faults).await?;
    AppError::check(faults)?;
    let lead = lead.ok_or_else(|| AppError::Internal("an unknown lead has its fault".into()))?;
    write(app, actor, input, lead, parent).await
}

async fn check(
    app: &App,
    actor: &Actor,
    input: &TaskCreate,
    campaign: &CampaignRow,
    parent: Option<&TaskRow>,
    faults: &mut Vec<Fault>,
) -> Result<(), AppError> {
    if uuid::Uuid::parse_str(&input.id).is_err() {
        faults.push(Fault::new(
            "id",
            "id.malformed",
            format!("Mã “{}” không phải là UUID.", input.id),
            "Tạo mã UUIDv7 trên máy gửi.",
        ));
    }
    required("title", &input.title, "tên nhiệm vụ", faults);
    required(
        "basis",
        &input.basis,
        "căn cứ (điều khoản của văn bản hoặc kế hoạch)",
        faults,
    );
    if TaskKind::parse(&input.kind).is_none() {
        faults.push(Fault::new(
            "kind",
            "task.unknown_kind",
            format!("Không có loại nhiệm vụ “{}”.", input.kind),
            "Chọn “do” (thực hiện) hoặc “inform” (phổ biến, quán triệt).",
        ));
    }
    if let Some(workstream) = &input.workstream {
        let plan = campaign_version_get(app, actor, &campaign.id, None)
            .await?
            .plan;
        if !plan.workstreams.iter().any(|known| known.id == *workstream) {
            faults.push(Fault::new(
                "workstream",
                "task.unknown_workstream",
                format!("Kế hoạch không có nhóm hoạt động “{workstream}”."),
                "Chọn một nhóm hoạt động của kế hoạch.",
            ));
        }
    }
    if let Some(id) = &input.indicator {
        let found = app.catalog.indicators.get(id);
        if !found.is_some_and(|indicator| indicator.fed_by == FedBy::Task) {
            faults.push(Fault::new(
                "indicator",
                "task.unknown_indicator",
                format!("Không có chỉ tiêu “{id}” được tính từ nhiệm vụ."),
                "Chọn chỉ tiêu được tính từ nhiệm vụ trong danh mục chỉ tiêu, hoặc để trống.",
            ));
        }
    }
    if parent.is_some_and(|parent| parent.campaign_id != campaign.id) {
        faults.push(Fault::new(
            "parent_id",
            "task.parent_of_other_campaign",
            "Nhiệm vụ cấp trên thuộc chiến dịch khác.",
            "Chọn nhiệm vụ cấp trên trong cùng chiến dịch.",
        ));
    }
    let ids = &input.coordinating_organization_ids;
    let known = store::organizations::organization_get_many(app.db.read(), ids).await?;
    for (index, id) in ids.iter().enumerate() {
        let is_known = known
            .iter()
            .any(|body| body.id == *id && body.province_id == campaign.province_id);
        if !is_known {
            let field = format!("coordinating_organization_ids[{index}]");
            faults.push(unknown_organization(field, id));
        }
    }
    let first_day = date("first_day", &input.first_day, faults);
    let due_day = date("due_day", &input.due_day, faults);
    if let (Some(first), Some(due)) = (first_day, due_day) {
        check_days(first, due, campaign, faults)?;
    }
    Ok(())
}

fn check_days(
    first: Date,
    due: Date,
    campaign: &CampaignRow,
    faults: &mut Vec<Fault>,
) -> Result<(), AppError> {
    if due < first {
        faults.push(Fault::new(
            "due_day",
            "task.due_before_start",
            format!(
                "Hạn {} trước ngày bắt đầu {}.",
                vietnamese::date(due),
                vietnamese::date(first)
            ),
            "Chọn hạn từ ngày bắt đầu trở đi.",
        ));
    }
    let (start, end) = (
        stored_date(&campaign.first_day)?,
        stored_date(&campaign.last_day)?,
    );
    for (field, day) in [("first_day", first), ("due_day", due)] {
        if day < start || day > end {
            faults.push(Fault::new(
                field,
                "task.outside_campaign",
                format!(
                    "Ngày {} nằm ngoài thời gian của chiến dịch ({} đến {}).",
                    vietnamese::date(day),
                    vietnamese::date(start),
                    vietnamese::date(end)
                ),
                "Chọn ngày trong thời gian của chiến dịch, hoặc sửa thời gian của chiến dịch.",
            ));
        }
    }
    Ok(())
}

async fn write(
    app: &App,
    actor: &Actor,
    input: TaskCreate,
    lead: OrganizationRow,
    parent: Option<TaskRow>,
) -> Result<TaskRow, AppError> {
    let row = TaskRow {
        province_id: lead.province_id.clone(),
        id: input.id.clone(),
        campaign_id: input.campaign_id.clone(),
        parent_id: input.parent_id.clone(),
        root_id: parent
            .as_ref()
            .map_or_else(|| input.id.clone(), |parent| parent.root_id.clone()),
        depth: parent.as_ref().map_or(0, |parent| parent.depth + 1),
        kind: input.kind.clone(),
        workstream: input.workstream.clone(),
        title: input.title.trim().to_owned(),
        title_search: vietnamese::fold(&input.title),
        description: input.description.trim().to_owned(),
        basis: input.basis.trim().to_owned(),
        lead_organization_id: lead.id,
        admin_unit_id: lead.admin_unit_id,
        first_day: input.first_day.clone(),
        due_day: input.due_day.clone(),
        wanted_evidence: input.wanted_evidence.trim().to_owned(),
        indicator: input.indicator.clone(),
        state: TaskState::New.as_str().into(),
        progress: 0,
        acknowledged_day: None,
        done_day: None,
        child_count: 0,
        version: 1,
    };
    let event = created(app, actor, &row);
    let pairs: Vec<(String, String)> = input
        .coordinating_organization_ids
        .iter()
        .map(|organization| (row.id.clone(), organization.clone()))
        .collect();
    let operation = Operation::new(&row.province_id, "task_create", "task").creating(&input);
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if let Some(there) = rows::task_get(tx, &row.id).await? {
                operation.is_repeated(tx, &row.id).await?;
                return Ok(Written::repeated(there));
            }
            campaign_in_force(tx, &row.campaign_id).await?;
            if let Some(parent) = &row.parent_id {
                let parent = task_again(tx, parent).await?;
                refuse_closed(&parent)?;
                let added =
                    rows::task_add_children(tx, &parent.province_id, &parent.id, parent.version, 1);
                if !added.await? {
                    return Err(AppError::stale());
                }
            }
            rows::task_insert_many(tx, std::slice::from_ref(&row)).await?;
            rows::task_event_insert_many(tx, &[event]).await?;
            rows::task_coordination_insert_many(tx, &row.province_id, &pairs).await?;
            let (id, after) = (row.id.clone(), summary(&row));
            Ok(Written::new(row, id).after(after))
        })
    })
    .await
}

/// The first event of a task.
pub(super) fn created(app: &App, actor: &Actor, row: &TaskRow) -> TaskEventRow {
    TaskEventRow {
        province_id: row.province_id.clone(),
        task_id: row.id.clone(),
        number: 1,
        id: app.clock.new_id(),
        kind: domain::tasks::TaskEventKind::Created.as_str().into(),
        at: app.clock.now_text(),
        day: app.clock.today().to_string(),
        state: row.state.clone(),
        progress: 0,
        note: String::new(),
        actor_id: actor.user_id.clone(),
        organization_id: actor.organization_id.clone(),
        to_organization_id: None,
        to_user_id: None,
    }
}

/// Refuses to hang tasks below one that is done or no longer wanted.
pub(super) fn refuse_closed(parent: &TaskRow) -> Result<(), AppError> {
    match TaskState::parse(&parent.state) {
        Some(state) if !state.is_open() => Err(AppError::Conflict {
            code: "task.wrong_state",
            message: format!(
                "Không thể giao tiếp: nhiệm vụ cấp trên đang ở trạng thái “{}”. Mở lại nhiệm vụ \
                 đó trước.",
                state.name_vi()
            ),
        }),
        _ => Ok(()),
    }
}
