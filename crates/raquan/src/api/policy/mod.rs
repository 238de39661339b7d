//! The law as code: public, cacheable, nothing about the person asking is kept.

pub mod entries;
pub mod law;
pub mod offline;
pub mod quotes;

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use policy::Law;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ClientAddress;
use crate::app::policy::KnownLaw;
use crate::app::{App, AppError};

/// Every route of the law.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(quotes::calculator_list))
        .routes(routes!(quotes::quote_get_many))
        .routes(routes!(quotes::quote_get))
        .routes(routes!(law::parameter_list))
        .routes(routes!(law::law_differences))
        .routes(routes!(offline::offline_get))
        .routes(routes!(entries::fund_return_list, entries::fund_return_set))
        .routes(routes!(
            entries::local_support_list,
            entries::local_support_set
        ))
}

/// Seconds for which anybody may keep an answer without asking whether the law has changed meanwhile.
const FRESH_SECONDS: u32 = 300;

/// How an answer that follows from the law and the address alone is kept: the tag is that of the law.
struct Cached(String);

impl Cached {
    /// The answer made of the law in force, which counts as a case of the client; 304 when the client has it.
    fn or_made(
        app: &App,
        client: ClientAddress,
        headers: &HeaderMap,
        make: impl FnOnce(&Law) -> Result<Response, AppError>,
    ) -> Result<Response, AppError> {
        let known = app.law.now();
        let cached = Cached::by(&known);
        if let Some(known) = cached.if_known(headers) {
            return Ok(known);
        }
        app.quote_limits.take(client.0, 1, 1)?;
        Ok(cached.answer(make(&known.law)?))
    }

    fn by(known: &KnownLaw) -> Cached {
        Cached(format!("W/\"{}\"", known.tag))
    }

    /// 304, when the client has the answer of this law.
    fn if_known(&self, headers: &HeaderMap) -> Option<Response> {
        let tags = headers.get(header::IF_NONE_MATCH)?.to_str().ok()?;
        let is_known = tags.split(',').any(|tag| tag.trim() == self.0);
        is_known.then(|| self.answer(StatusCode::NOT_MODIFIED))
    }

    /// The answer, to be kept.
    fn answer(self: &Cached, answer: impl IntoResponse) -> Response {
        let kept = format!("public, max-age={FRESH_SECONDS}");
        let headers = [
            (header::ETAG, self.0.clone()),
            (header::CACHE_CONTROL, kept),
        ];
        (headers, answer).into_response()
    }
}
