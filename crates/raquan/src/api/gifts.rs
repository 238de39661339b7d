//! Gifts: pledged and given.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use store::gifts::{GiftPledgeRow, GiftRow};
use utoipa::ToSchema;

use super::records::unit_name;
use super::{ApiError, Body, Json, Page, PageParams, Params, SignedIn};
use crate::app::{App, AppError, gifts as cases};

/// What a donor promised.
#[derive(Serialize, ToSchema)]
pub struct GiftPledge {
    /// Its id, made by the client.
    id: String,
    /// The campaign.
    campaign_id: String,
    /// Donor, when it is an organization.
    donor_organization_id: Option<String>,
    /// Donor, in words.
    donor_name: String,
    /// What is given.
    gift_kind: String,
    /// How many.
    quantity: i64,
    /// How many have been given.
    given: i64,
    /// Amount in whole đồng.
    amount_vnd: Option<i64>,
    /// Where.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Local day.
    day: String,
    /// Instant of recording, UTC.
    recorded_at: String,
    /// Who recorded it.
    recorded_by: Option<String>,
}

impl GiftPledge {
    fn new(app: &App, row: GiftPledgeRow) -> Self {
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            campaign_id: row.campaign_id,
            donor_organization_id: row.donor_organization_id,
            donor_name: row.donor_name,
            gift_kind: row.gift_kind,
            quantity: row.quantity,
            given: row.given,
            amount_vnd: row.amount_vnd,
            admin_unit_id: row.admin_unit_id,
            day: row.day,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
        }
    }
}

/// Pledges by day.
pub type GiftPledgeList = Page<GiftPledge>;

/// A gift that reached a person.
#[derive(Serialize, ToSchema)]
pub struct Gift {
    /// Id.
    id: String,
    /// The pledge.
    pledge_id: String,
    /// Who got it, for those entitled.
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<String>,
    /// What was given.
    gift_kind: String,
    /// Commune.
    admin_unit_id: String,
    /// Name of the unit.
    admin_unit_name: String,
    /// Day.
    day: String,
}

impl Gift {
    fn new(app: &App, row: GiftRow, named: bool) -> Self {
        Self {
            admin_unit_name: unit_name(app, &row.admin_unit_id),
            id: row.id,
            pledge_id: row.pledge_id,
            person_id: Some(row.person_id).filter(|_| named),
            gift_kind: row.gift_kind,
            admin_unit_id: row.admin_unit_id,
            day: row.day,
        }
    }
}

/// Gifts by day.
pub type GiftList = Page<Gift>;

/// Lists what donors promised, by day.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/gift_pledges", tag = "gifts",
    params(("id" = String, Path), PageParams),
    responses((status = 200, body = GiftPledgeList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn gift_pledge_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<GiftPledgeList>, AppError> {
    let rows = cases::gift_pledge_list(&app, &actor, &id, &params.page()?).await?;
    let (rows, next_page) = params.cut(rows, |row| format!("{}|{}", row.day, row.id));
    let items = rows
        .into_iter()
        .map(|row| GiftPledge::new(&app, row))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// Records what a donor promises.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/gift_pledges", tag = "gifts",
    request_body = cases::GiftPledgeCreate,
    params(("id" = String, Path)),
    responses((status = 201, body = GiftPledge), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn gift_pledge_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::GiftPledgeCreate>,
) -> Result<(StatusCode, Json<GiftPledge>), AppError> {
    let row = cases::gift_pledge_create(&app, &actor, &id, input).await?;
    Ok((StatusCode::CREATED, Json(GiftPledge::new(&app, row))))
}

/// Lists gifts by day; who got them, for those entitled.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/gifts", tag = "gifts",
    params(("id" = String, Path), PageParams),
    responses((status = 200, body = GiftList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn gift_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Params(params): Params<PageParams>,
) -> Result<Json<GiftList>, AppError> {
    let rows = cases::gift_list(&app, &actor, &id, &params.page()?).await?;
    let (rows, next_page) = params.cut(rows, |(row, _)| format!("{}|{}", row.day, row.id));
    let items = rows
        .into_iter()
        .map(|(row, named)| Gift::new(&app, row, named))
        .collect();
    Ok(Json(Page { items, next_page }))
}

/// Gives one gift of a pledge to one person.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/gifts", tag = "gifts",
    request_body = cases::GiftGive,
    params(("id" = String, Path)),
    responses((status = 201, body = Gift), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn gift_give(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Body(input): Body<cases::GiftGive>,
) -> Result<(StatusCode, Json<Gift>), AppError> {
    let row = cases::gift_give(&app, &actor, &id, input).await?;
    Ok((StatusCode::CREATED, Json(Gift::new(&app, row, true))))
}
