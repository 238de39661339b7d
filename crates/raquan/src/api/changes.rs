//! Recent changes: who did what, when, through which door.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ApiError, Json, Page, PageParams, Params, SignedIn};
use crate::app::changes::{self as cases, ChangeQuery};
use crate::app::{App, AppError};

/// Which changes are wanted; every given part narrows.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangeParams {
    /// Kind of record, e.g. `task`.
    entity: Option<String>,
    /// Id of a record; with a campaign's id, the changes of the campaign itself.
    entity_id: Option<String>,
    /// Id of the account that made them.
    actor_id: Option<String>,
    /// Day in Viet Nam, `2022-05-20`.
    day: Option<String>,
}

/// One accepted write.
#[derive(Serialize, ToSchema)]
pub struct Change {
    /// Province that it was recorded in; `vn` for what belongs to the whole country.
    province_id: String,
    /// 1, 2, 3, … within the province.
    seq: i64,
    /// Instant.
    at: String,
    /// Account; none for the program itself.
    actor_id: Option<String>,
    /// Its name.
    actor_name: Option<String>,
    /// On behalf of which organization.
    organization_id: Option<String>,
    /// Its name.
    organization_name: Option<String>,
    /// api, import, cli or demo.
    door: String,
    /// What was done, e.g. `task_review`.
    operation: String,
    /// The same in Vietnamese.
    operation_name: String,
    /// Kind of record.
    entity: String,
    /// The same in Vietnamese.
    entity_name: String,
    /// Id of the record.
    entity_id: String,
    /// The record before, without personal data.
    before: Option<serde_json::Value>,
    /// The record after, without personal data.
    after: Option<serde_json::Value>,
    /// Whether it changed figures or targets.
    changes_figures: bool,
}

impl From<cases::ChangeLine> for Change {
    fn from(line: cases::ChangeLine) -> Self {
        let row = line.row;
        let words = |name: Option<&str>, own: &str| name.unwrap_or(own).to_owned();
        let record = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        Self {
            operation_name: words(cases::operation_name(&row.operation), &row.operation),
            entity_name: words(cases::entity_name(&row.entity), &row.entity),
            province_id: row.province_id,
            seq: row.seq,
            at: row.at,
            actor_id: row.actor_id,
            actor_name: line.actor_name,
            organization_id: row.organization_id,
            organization_name: line.organization_name,
            door: row.door,
            operation: row.operation,
            entity: row.entity,
            entity_id: row.entity_id,
            before: record(row.before_json),
            after: record(row.after_json),
            changes_figures: row.changes_figures,
        }
    }
}

/// A page of changes.
pub type ChangeList = Page<Change>;

/// Lists recent changes, the newest first: those of the caller, and with the right to audit all of the caller's units.
///
/// A page may hold fewer than asked for, even none, where a next page is named.
#[utoipa::path(get, path = "/api/v1/changes", tag = "changes", params(ChangeParams, PageParams),
    responses((status = 200, body = ChangeList), (status = 401, body = ApiError), (status = 422, body = ApiError)))]
pub async fn change_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<ChangeParams>,
    Params(page): Params<PageParams>,
) -> Result<Json<ChangeList>, AppError> {
    let wanted = page.page()?.limit - 1;
    let query = ChangeQuery {
        entity: params.entity,
        entity_id: params.entity_id,
        actor_id: params.actor_id,
        day: params.day,
        page: page.page,
        limit: usize::try_from(wanted).unwrap_or_default(),
    };
    let found = cases::change_list(&app, &actor, query).await?;
    Ok(Json(Page {
        items: found.items.into_iter().map(Change::from).collect(),
        next_page: found.next,
    }))
}
