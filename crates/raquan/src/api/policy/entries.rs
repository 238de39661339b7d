//! What administrators enter beside the law: returns of the fund, and what provinces add.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::law::{FundReturnRow, LocalSupportRow};
use utoipa::ToSchema;

use crate::api::{ApiError, Body, Json, SignedIn};
use crate::app::policy as cases;
use crate::app::{App, AppError};

/// A monthly return of the fund to be entered or corrected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FundReturnInput {
    /// First month of payments for which it holds, until the next entry or the end of the year.
    #[schema(example = "2026-01")]
    from_month: String,
    /// Exact decimal or percentage, per month.
    #[schema(example = "0.0031")]
    monthly_rate: String,
    /// Number of the letter that published it.
    #[schema(example = "151/BHXH-ĐTQ")]
    document_number: String,
    /// What to know about it.
    note: Option<String>,
}

/// A version of a monthly return of the fund.
#[derive(Serialize, ToSchema)]
pub struct FundReturn {
    /// First month of payments.
    from_month: String,
    /// From 1; the highest of a month holds.
    version: i64,
    /// Exact decimal, per month.
    monthly_rate: String,
    /// Number of the letter that published it.
    document_number: String,
    /// What to know about it.
    note: Option<String>,
    /// Instant of recording, UTC.
    recorded_at: String,
}

impl From<FundReturnRow> for FundReturn {
    fn from(row: FundReturnRow) -> Self {
        FundReturn {
            from_month: row.from_month,
            version: row.version,
            monthly_rate: row.monthly_rate,
            document_number: row.document_number,
            note: row.note,
            recorded_at: row.recorded_at,
        }
    }
}

/// Monthly returns of the fund.
#[derive(Serialize, ToSchema)]
pub struct FundReturnList {
    /// By month and version.
    items: Vec<FundReturn>,
}

/// The monthly returns r of the fund that were entered, with all versions.
#[utoipa::path(get, path = "/api/v1/policy/fund_returns", tag = "policy", security(()),
    responses((status = 200, body = FundReturnList)))]
pub async fn fund_return_list(
    State(app): State<Arc<App>>,
) -> Result<Json<FundReturnList>, AppError> {
    let rows = cases::fund_return_list(&app).await?;
    Ok(Json(FundReturnList {
        items: rows.into_iter().map(FundReturn::from).collect(),
    }))
}

/// Enters or corrects a monthly return r of the fund; quotes use it at once.
///
/// For administrators of the whole country. A correction is a new version; the same again changes nothing.
#[utoipa::path(post, path = "/api/v1/policy/fund_returns", tag = "policy",
    request_body = FundReturnInput,
    responses((status = 200, body = FundReturn), (status = 401, body = ApiError),
        (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn fund_return_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<FundReturnInput>,
) -> Result<Json<FundReturn>, AppError> {
    let input = cases::FundReturnSet {
        from_month: input.from_month,
        monthly_rate: input.monthly_rate,
        document_number: input.document_number,
        note: input.note,
    };
    let row = cases::fund_return_set(&app, &actor, input).await?;
    Ok(Json(row.into()))
}

/// What a province adds, to be entered or corrected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalSupportInput {
    /// The province.
    #[schema(example = "new-01")]
    admin_unit_id: String,
    /// Number of the resolution.
    document_number: String,
    /// A parameter file in YAML: `province` (code), `area` (name of a part, or null), `description`, `unit: ratio`, `keys`
    /// (categories) and dated `values`; it replaces the earlier one for the same area.
    content: String,
}

/// A version of what a province adds.
#[derive(Serialize, ToSchema)]
pub struct LocalSupport {
    /// The province.
    admin_unit_id: String,
    /// Name of the part; none for the whole province.
    area: Option<String>,
    /// From 1; the highest of an area holds.
    version: i64,
    /// Number of the resolution.
    document_number: String,
    /// The file.
    content: String,
    /// Instant of recording, UTC.
    recorded_at: String,
}

impl From<LocalSupportRow> for LocalSupport {
    fn from(row: LocalSupportRow) -> Self {
        LocalSupport {
            admin_unit_id: row.province_id,
            area: Some(row.area).filter(|area| !area.is_empty()),
            version: row.version,
            document_number: row.document_number,
            content: row.content,
            recorded_at: row.recorded_at,
        }
    }
}

/// What provinces add.
#[derive(Serialize, ToSchema)]
pub struct LocalSupportList {
    /// By province, area and version.
    items: Vec<LocalSupport>,
}

/// What provinces and parts of them add to the State's support, as entered, with all versions.
#[utoipa::path(get, path = "/api/v1/policy/local_support", tag = "policy", security(()),
    responses((status = 200, body = LocalSupportList)))]
pub async fn local_support_list(
    State(app): State<Arc<App>>,
) -> Result<Json<LocalSupportList>, AppError> {
    let rows = cases::local_support_list(&app).await?;
    Ok(Json(LocalSupportList {
        items: rows.into_iter().map(LocalSupport::from).collect(),
    }))
}

/// Enters or corrects what a province adds; quotes use it at once.
///
/// For administrators of the province. Every fault of the file is named with its line.
#[utoipa::path(post, path = "/api/v1/policy/local_support", tag = "policy",
    request_body = LocalSupportInput,
    responses((status = 200, body = LocalSupport), (status = 401, body = ApiError),
        (status = 403, body = ApiError), (status = 404, body = ApiError),
        (status = 409, body = ApiError), (status = 422, body = ApiError)))]
pub async fn local_support_set(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Body(input): Body<LocalSupportInput>,
) -> Result<Json<LocalSupport>, AppError> {
    let input = cases::LocalSupportSet {
        admin_unit_id: input.admin_unit_id,
        document_number: input.document_number,
        content: input.content,
    };
    let row = cases::local_support_set(&app, &actor, input).await?;
    Ok(Json(row.into()))
}
