//! What a phone needs to calculate without a network.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::Cached;
use crate::app::App;

/// Dated tables, sentences and articles of the law, for calculating without a network.
///
/// Made by the same rules as all other answers; the `ETag` says of which.
#[utoipa::path(get, path = "/api/v1/policy/offline", tag = "policy", security(()),
    responses((status = 200, content_type = "application/json", body = serde_json::Value),
        (status = 304, description = "Unchanged")))]
pub async fn offline_get(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let known = app.law.now();
    let cached = Cached::by(&known);
    if let Some(known) = cached.if_known(&headers) {
        return known;
    }
    let json = [(header::CONTENT_TYPE, "application/json")];
    cached.answer((json, known.offline().to_owned()))
}
