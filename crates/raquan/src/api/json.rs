//! Answers as JSON.

use std::sync::Arc;

use axum::body::Bytes;
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

impl<T: Serialize> Json<T> {
    /// The text of the answer.
    pub fn text(&self) -> Result<Vec<u8>, AppError> {
        let mut text = Vec::with_capacity(USUAL_BYTES);
        serde_json::to_writer(&mut text, &self.0)
            .map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(text)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        self.text().map(WrittenJson::from).into_response()
    }
}

/// An answer whose text is written already.
#[derive(Debug)]
pub struct WrittenJson(Bytes);

impl From<Vec<u8>> for WrittenJson {
    fn from(text: Vec<u8>) -> Self {
        Self(text.into())
    }
}

impl From<Arc<[u8]>> for WrittenJson {
    fn from(text: Arc<[u8]>) -> Self {
        Self(Bytes::from_owner(text))
    }
}

impl IntoResponse for WrittenJson {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}
