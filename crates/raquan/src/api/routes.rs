//! Every route of the API.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::{Router, routing};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{
    activities, activity_kinds, activity_parts, admin_units, campaigns, changes, confirmations,
    consultations, enrollments, figures, files, gifts, imports, monthly_forms, observations,
    organizations, people, policy, rankings, reports, sessions, targets, tasks, users, web_app,
};
use crate::app::{App, AppError};

#[derive(OpenApi)]
#[openapi(info(
    title = "Ra Quân",
    description = "Plan, run and report mobilisation campaigns for social and health insurance.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Document;

fn api() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(sessions::health))
        .routes(routes!(sessions::session_create))
        .routes(routes!(sessions::session_list))
        .routes(routes!(sessions::session_get_current))
        .routes(routes!(sessions::session_end_current))
        .routes(routes!(sessions::session_end))
        .routes(routes!(sessions::me_get))
        .routes(routes!(sessions::password_change))
        .routes(routes!(
            sessions::api_token_list,
            sessions::api_token_create
        ))
        .routes(routes!(sessions::api_token_end))
        .routes(routes!(users::user_list, users::user_create))
        .routes(routes!(users::user_get))
        .routes(routes!(users::user_set_active))
        .routes(routes!(users::role_grant))
        .routes(routes!(users::role_end))
        .routes(routes!(users::role_list))
        .routes(routes!(
            organizations::organization_list,
            organizations::organization_create
        ))
        .routes(routes!(
            organizations::organization_get,
            organizations::organization_update
        ))
        .routes(routes!(organizations::organization_kind_list))
        .routes(routes!(admin_units::admin_unit_list))
        .routes(routes!(admin_units::admin_unit_get))
        .routes(routes!(admin_units::admin_unit_children))
        .routes(routes!(admin_units::admin_unit_successors))
        .routes(routes!(admin_units::admin_unit_predecessors))
        .routes(routes!(admin_units::boundary_get))
        .routes(routes!(reports::report_get))
        .routes(routes!(reports::report_style))
        .routes(routes!(figures::indicator_list))
        .routes(routes!(figures::figure_get))
        .routes(routes!(figures::figure_breakdown))
        .routes(routes!(figures::figure_records))
        .routes(routes!(rankings::ranking_get))
        .routes(routes!(targets::target_list, targets::target_set))
        .routes(routes!(targets::target_spread))
        .routes(routes!(targets::target_history))
        .routes(routes!(
            campaigns::campaign_list,
            campaigns::campaign_create
        ))
        .routes(routes!(campaigns::campaign_get))
        .routes(routes!(campaigns::campaign_plan_update))
        .routes(routes!(campaigns::campaign_issue))
        .routes(routes!(campaigns::campaign_amend))
        .routes(routes!(campaigns::campaign_start))
        .routes(routes!(campaigns::campaign_close))
        .routes(routes!(campaigns::campaign_copy))
        .routes(routes!(campaigns::campaign_version_list))
        .routes(routes!(campaigns::campaign_version_get))
        .routes(routes!(campaigns::campaign_version_compare))
        .routes(routes!(tasks::campaign_task_states))
        .routes(routes!(tasks::task_list, tasks::task_create))
        .routes(routes!(tasks::my_tasks))
        .routes(routes!(tasks::task_get))
        .routes(routes!(tasks::task_tree))
        .routes(routes!(tasks::task_state_on))
        .routes(routes!(tasks::task_cascade))
        .routes(routes!(tasks::task_acknowledge))
        .routes(routes!(tasks::task_progress_report))
        .routes(routes!(tasks::task_submit))
        .routes(routes!(tasks::task_review))
        .routes(routes!(tasks::task_urge))
        .routes(routes!(tasks::task_hand_over))
        .routes(routes!(tasks::task_cancel))
        .routes(routes!(tasks::task_reopen))
        .routes(routes!(files::file_get))
        .routes(routes!(changes::change_list))
        .merge(run())
        .merge(reported_figures())
        .merge(policy::routes())
}

/// What units report.
fn reported_figures() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(
            observations::observation_list,
            observations::observation_submit_many
        ))
        .routes(routes!(observations::observation_approve))
        .routes(routes!(observations::observation_get))
        .routes(routes!(observations::observation_history))
        .routes(routes!(observations::observation_correct))
        .routes(routes!(
            observations::period_lock_list,
            observations::period_lock
        ))
        .routes(routes!(observations::period_unlock))
        .routes(routes!(
            monthly_forms::monthly_form_get,
            monthly_forms::monthly_form_submit
        ))
        .routes(routes!(imports::import_list))
        .routes(routes!(imports::import_get))
        .routes(routes!(imports::import_accept))
        .routes(routes!(imports::import_errors_workbook))
        .routes(routes!(imports::import_template))
}

/// Routes that take files, with the limit for files instead of that for other bodies.
fn uploads(upload_bytes: usize) -> OpenApiRouter<Arc<App>> {
    // The parts around a file and the texts beside it.
    let form_bytes = 64 << 10;
    OpenApiRouter::new()
        .routes(routes!(tasks::task_evidence_list, tasks::task_evidence_add))
        .routes(routes!(imports::import_check))
        .routes(routes!(confirmations::confirmation_table))
        .layer(DefaultBodyLimit::max(upload_bytes + form_bytes))
}

/// What is recorded while a campaign runs.
fn run() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(
            activity_kinds::activity_kind_list,
            activity_kinds::activity_kind_create
        ))
        .routes(routes!(
            activities::activity_list,
            activities::activity_create
        ))
        .routes(routes!(activities::activity_get))
        .routes(routes!(activities::activity_version_list))
        .routes(routes!(activities::activity_correct))
        .routes(routes!(activities::activity_mark_done))
        .routes(routes!(activities::activity_cancel))
        .routes(routes!(
            activities::measure_list,
            activities::measures_report
        ))
        .routes(routes!(activities::measure_sum_list))
        .routes(routes!(activity_parts::activity_parts))
        .routes(routes!(activity_parts::activity_sites_set))
        .routes(routes!(activity_parts::activity_readiness_set))
        .routes(routes!(activity_parts::activity_script_set))
        .routes(routes!(activity_parts::activity_resources_set))
        .routes(routes!(activity_parts::activity_teams_set))
        .routes(routes!(activity_parts::activity_roster_set))
        .routes(routes!(activity_parts::readiness_gate))
        .routes(routes!(activity_parts::readiness_item_done))
        .routes(routes!(people::household_list, people::household_create))
        .routes(routes!(people::household_get))
        .routes(routes!(people::person_list, people::person_create))
        .routes(routes!(people::person_get))
        .routes(routes!(people::consent_list, people::consent_give))
        .routes(routes!(people::consent_withdraw))
        .routes(routes!(
            consultations::consultation_list,
            consultations::consultation_create
        ))
        .routes(routes!(consultations::consultation_create_many))
        .routes(routes!(consultations::consultation_get))
        .routes(routes!(consultations::consultation_quotes_check))
        .routes(routes!(consultations::consultation_version_list))
        .routes(routes!(consultations::consultation_correct))
        .routes(routes!(
            enrollments::enrollment_list,
            enrollments::enrollment_create
        ))
        .routes(routes!(enrollments::enrollment_get))
        .routes(routes!(enrollments::enrollment_quotes_check))
        .routes(routes!(enrollments::enrollment_version_list))
        .routes(routes!(enrollments::enrollment_reject))
        .routes(routes!(enrollments::enrollment_correct))
        .routes(routes!(enrollments::enrollment_credit_set))
        .routes(routes!(enrollments::credit_sum_list))
        .routes(routes!(
            confirmations::confirmation_list,
            confirmations::confirmation_import
        ))
        .routes(routes!(confirmations::confirmation_line_list))
        .routes(routes!(gifts::gift_pledge_list, gifts::gift_pledge_create))
        .routes(routes!(gifts::gift_list, gifts::gift_give))
}

/// The description of the API, made from the code.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let (_, document) = api().merge(uploads(0)).split_for_parts();
    document
}

/// The whole server: API, its description, the web app for everything else.
pub fn router(app: Arc<App>) -> Router {
    let uploads = uploads(app.config.limits.upload_bytes);
    let (router, document) = api().merge(uploads).split_for_parts();
    let document = document.to_json().expect("the description is plain data");
    let body_limit = DefaultBodyLimit::max(app.config.limits.body_bytes);
    router
        .route("/api/{*rest}", routing::any(unknown_path))
        .route(
            "/openapi.json",
            routing::get(
                || async move { ([(header::CONTENT_TYPE, "application/json")], document) },
            ),
        )
        .fallback(web_app::serve)
        .layer(middleware::from_fn(security_headers))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(body_limit)
        .with_state(app)
}

async fn unknown_path() -> AppError {
    AppError::NotFound { entity: "path" }
}

async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(self)",
        ),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                 img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; \
                 frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
            ),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
