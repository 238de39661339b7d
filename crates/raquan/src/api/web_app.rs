//! The web app embedded in the program; without it, a plain page that says so.

use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

const MISSING: &str = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Ra Quân</title>\
<body><h1>Ra Quân</h1><p>Máy chủ đang chạy, nhưng bản này được dựng không kèm ứng dụng web.</p>\
<p>The server runs; this build does not contain the web app. Run <code>make run</code>, or build \
<code>web/</code> first.</p>";

/// A file of the web app; any other path gets the app's page, which shows the screen itself.
pub async fn serve(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = Dist::get(path).filter(|_| !path.is_empty()) {
        // Names under `_app/immutable` change with their content.
        let cache = if path.starts_with("_app/immutable/") {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let kind = file.metadata.mimetype().to_owned();
        return (
            [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, cache.to_owned()),
            ],
            file.data,
        )
            .into_response();
    }
    if path.contains('.') {
        return StatusCode::NOT_FOUND.into_response();
    }
    match Dist::get("index.html") {
        Some(file) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (headers, file.data).into_response()
        }
        None => (StatusCode::OK, Html(MISSING)).into_response(),
    }
}
