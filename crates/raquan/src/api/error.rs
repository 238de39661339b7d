//! How errors leave the API: a stable code, a text for people, the faults one by one.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::error_words::fault_message_en;
use crate::api::Json;
use crate::app::AppError;

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiError {
    /// Stable code, e.g. `task.due_before_start`.
    pub code: String,
    /// For people, in Vietnamese.
    pub message: String,
    /// Each fault with its place, when the input was wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<ApiFault>,
}

/// One fault of the input.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiFault {
    /// Where: a field, or a place in a list.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is wrong, in Vietnamese, with the value seen.
    pub message: String,
    /// How to mend it, in Vietnamese.
    pub fix: String,
    /// Both in English, without the value; the calculators of the law answer in the language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_en: Option<&'static str>,
}

fn not_found_text(entity: &str) -> String {
    let what = match entity {
        "admin_unit" => "đơn vị hành chính",
        "organization" => "cơ quan, đơn vị",
        "campaign" => "chiến dịch",
        "task" => "nhiệm vụ",
        "activity" => "hoạt động",
        "user" => "người dùng",
        "session" => "phiên làm việc",
        "file" => "tệp",
        "observation" => "số liệu báo cáo",
        "import" => "tệp nhập số liệu",
        "calculator" => "phép tính",
        _ => "bản ghi",
    };
    format!("Không tìm thấy {what} này, hoặc bạn không có quyền xem.")
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        error.leaving().1
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (status, body, retry_after) = self.leaving();
        let mut response = (status, Json(body)).into_response();
        if let Some(value) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}

impl AppError {
    /// Status, body and time to wait of the answer; logs what is our fault.
    fn leaving(self) -> (StatusCode, ApiError, Option<HeaderValue>) {
        let plain = |status: StatusCode, code: &str, message: String| {
            (
                status,
                ApiError {
                    code: code.to_owned(),
                    message,
                    details: vec![],
                },
            )
        };
        let mut retry_after = None;
        let (status, body) = match self {
            Self::Unauthenticated { code, message } => {
                plain(StatusCode::UNAUTHORIZED, code, message)
            }
            Self::Forbidden { action } => plain(
                StatusCode::FORBIDDEN,
                "right.missing",
                format!(
                    "Bạn xem được nhưng không có quyền làm việc này ({action}). \
                     Liên hệ người quản trị của đơn vị."
                ),
            ),
            Self::NotFound { entity } => plain(
                StatusCode::NOT_FOUND,
                "record.not_found",
                not_found_text(entity),
            ),
            Self::Invalid(faults) => {
                let message = match faults.as_slice() {
                    [fault] => fault.message.clone(),
                    faults => format!("Có {} chỗ cần sửa.", faults.len()),
                };
                let details = faults
                    .into_iter()
                    .map(|fault| ApiFault {
                        field: fault.field,
                        message_en: fault_message_en(fault.code),
                        code: fault.code.to_owned(),
                        message: fault.message,
                        fix: fault.fix,
                    })
                    .collect();
                let body = ApiError {
                    code: "input.invalid".to_owned(),
                    message,
                    details,
                };
                (StatusCode::UNPROCESSABLE_ENTITY, body)
            }
            Self::Conflict { code, message } => plain(StatusCode::CONFLICT, code, message),
            Self::TooLarge { code, message } => plain(StatusCode::PAYLOAD_TOO_LARGE, code, message),
            Self::TooMany {
                code,
                message,
                retry_after_seconds,
            } => {
                retry_after = Some(HeaderValue::from(retry_after_seconds));
                plain(StatusCode::TOO_MANY_REQUESTS, code, message)
            }
            error @ (Self::Store(_) | Self::Internal(_)) => {
                let mut chain = error.to_string();
                let mut source = std::error::Error::source(&error);
                while let Some(inner) = source {
                    chain.push_str(": ");
                    chain.push_str(&inner.to_string());
                    source = inner.source();
                }
                tracing::error!(error = chain, "a request failed");
                plain(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "server.failed",
                    "Máy chủ gặp lỗi. Dữ liệu chưa thay đổi. Thử lại sau ít phút.".into(),
                )
            }
        };
        (status, body, retry_after)
    }
}
