//! Answers as JSON.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::app::AppError;

/// Most answers are not longer.
const USUAL_BYTES: usize = 4 << 10;

/// An answer, written as JSON in one piece: many small writes to the growing buffer of a body cost more than
/// the answer itself.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut text = Vec::with_capacity(USUAL_BYTES);
        match serde_json::to_writer(&mut text, &self.0) {
            Ok(()) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
            Err(error) => AppError::Internal(error.to_string()).into_response(),
        }
    }
}
