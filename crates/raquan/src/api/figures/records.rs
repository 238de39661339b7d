//! The facts behind a figure.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use store::facts::FactRow;
use utoipa::ToSchema;

use super::{ApiError, FigureParams, Json, Params, SignedIn};
use crate::api::PageParams;
use crate::app::figures::{self as cases, FactKey};
use crate::app::{App, AppError, Fault};

/// What one record contributes to a figure.
#[derive(Serialize, ToSchema)]
pub struct FigureRecord {
    /// Kind of the record.
    source_entity: String,
    /// Its id.
    source_id: String,
    /// The unit it was recorded on.
    admin_unit_id: String,
    /// Name of the unit at that time.
    admin_unit_name: String,
    /// The organization it is credited to.
    organization_id: Option<String>,
    /// Its campaign.
    campaign_id: Option<String>,
    /// Kind of the activity it happened at.
    activity_kind: Option<String>,
    /// The flow's day, or the last day of the stock's period.
    day: String,
    /// reported, claimed or confirmed.
    state: String,
    /// The contribution.
    value: i64,
}

impl FigureRecord {
    fn new(app: &App, row: FactRow) -> Self {
        let name = app.units.get(&row.admin_unit_id).map(|unit| {
            let day = row.day.parse().unwrap_or_else(|_| app.clock.today());
            app.units.nearest(unit, day).full_name.to_string()
        });
        Self {
            admin_unit_name: name.unwrap_or_else(|| row.admin_unit_id.clone()),
            source_entity: row.source_entity,
            source_id: row.source_id,
            admin_unit_id: row.admin_unit_id,
            organization_id: row.organization_id,
            campaign_id: row.campaign_id,
            activity_kind: row.activity_kind,
            day: row.day,
            state: row.state,
            value: row.value,
        }
    }
}

/// A page of what a figure is made of.
#[derive(Serialize, ToSchema)]
pub struct FigureRecordList {
    /// Oldest first.
    items: Vec<FigureRecord>,
    /// Where the next page begins.
    next_page: Option<String>,
}

/// The records that a figure of one period is made of; of a stock, the latest stand of each unit.
#[utoipa::path(get, path = "/api/v1/figures/records", tag = "figures",
    params(FigureParams, PageParams),
    responses((status = 200, body = FigureRecordList), (status = 401, body = ApiError),
        (status = 404, body = ApiError), (status = 422, body = ApiError)))]
pub async fn figure_records(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Params(params): Params<FigureParams>,
    Params(paging): Params<PageParams>,
) -> Result<Json<FigureRecordList>, AppError> {
    let page = paging.page()?;
    let after = page.after.as_deref().map(key).transpose()?;
    let input = params.into();
    let rows = cases::figure_records(&app, &actor, &input, after.as_ref(), page.limit).await?;
    let (rows, next_page) = paging.cut(rows, |row| {
        format!("{}~{}~{}", row.day, row.line, row.source_id)
    });
    let items = rows
        .into_iter()
        .map(|row| FigureRecord::new(&app, row))
        .collect();
    Ok(Json(FigureRecordList { items, next_page }))
}

fn key(text: &str) -> Result<FactKey, AppError> {
    let mut parts = text.splitn(3, '~');
    let key = (|| {
        Some(FactKey {
            day: parts.next()?.to_owned(),
            line: parts.next()?.parse().ok()?,
            source_id: parts.next()?.to_owned(),
        })
    })();
    key.ok_or_else(|| {
        AppError::invalid(Fault::new(
            "page",
            "page.malformed",
            "Không có trang này.",
            "Dùng next_page của câu trả lời trước.",
        ))
    })
}
