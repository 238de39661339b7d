//! Kinds of activities.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ApiError, Body, Json, SignedIn};
use crate::app::{App, AppError, activity_kinds as cases};

/// What is counted at each activity of a kind.
#[derive(Serialize, ToSchema)]
pub struct MeasureKind {
    /// Id within the kind.
    id: String,
    /// Vietnamese name.
    name_vi: String,
    /// English name.
    name_en: String,
    /// Indicators that a value is added to.
    feeds: Vec<String>,
}

/// A kind of activity.
#[derive(Serialize, ToSchema)]
pub struct ActivityKind {
    /// Id.
    id: String,
    /// Vietnamese name.
    name_vi: String,
    /// English name.
    name_en: String,
    /// How it reaches people.
    channel: String,
    /// Indicator that rises by one for each activity done.
    counts: Option<String>,
    /// Counts as a conference.
    conference: bool,
    /// Happens at several sites at once.
    sites: bool,
    /// Measures are told by language.
    languages: bool,
    /// Measures are told by audience group.
    attendance_groups: bool,
    /// Hangs or stands somewhere until its last day.
    placement_expiry: bool,
    /// Spreads official content.
    content: bool,
    /// Takes place at or with an employer.
    employer: bool,
    /// What is counted.
    measures: Vec<MeasureKind>,
    /// The province that added it; none for the catalogue's.
    province_id: Option<String>,
}

impl ActivityKind {
    fn new(known: cases::KnownKind) -> Self {
        let kind = known.kind;
        Self {
            id: kind.id,
            name_vi: kind.name_vi,
            name_en: kind.name_en,
            channel: kind.channel.code().to_owned(),
            counts: kind.counts,
            conference: kind.conference,
            sites: kind.sites,
            languages: kind.languages,
            attendance_groups: kind.attendance_groups,
            placement_expiry: kind.placement_expiry,
            content: kind.content,
            employer: kind.employer,
            measures: kind
                .measures
                .into_iter()
                .map(|measure| MeasureKind {
                    id: measure.id,
                    name_vi: measure.name_vi,
                    name_en: measure.name_en,
                    feeds: measure.feeds,
                })
                .collect(),
            province_id: known.province_id,
        }
    }
}

/// The kinds that there are.
#[derive(Serialize, ToSchema)]
pub struct ActivityKindList {
    /// The catalogue's first, then those of provinces.
    items: Vec<ActivityKind>,
}

/// Lists the kinds of activities.
#[utoipa::path(get, path = "/api/v1/activity_kinds", tag = "activities",
    responses((status = 200, body = ActivityKindList), (status = 403, body = ApiError), (status = 404, body = ApiError)))]
pub async fn activity_kind_list(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
) -> Result<Json<ActivityKindList>, AppError> {
    let kinds = cases::activity_kind_list(&app, &actor).await?;
    let items = kinds.into_iter().map(ActivityKind::new).collect();
    Ok(Json(ActivityKindList { items }))
}

/// Adds a kind to a province.
#[utoipa::path(post, path = "/api/v1/activity_kinds", tag = "activities",
    request_body = cases::ActivityKindCreate,
    responses((status = 201, body = ActivityKind), (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn activity_kind_create(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<cases::ActivityKindCreate>,
) -> Result<(StatusCode, Json<ActivityKind>), AppError> {
    let kind = cases::activity_kind_create(&app, &actor, input).await?;
    Ok((StatusCode::CREATED, Json(ActivityKind::new(kind))))
}
