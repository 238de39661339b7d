//! Uploaded files: taking them in and giving them out.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};

use super::{ApiError, SignedIn};
use crate::app::files::{self as cases, FileUpload};
use crate::app::{App, AppError, Fault};

/// A form with one file and some texts.
#[derive(Debug)]
pub struct Upload {
    /// The part named `file`.
    pub file: FileUpload,
    /// The other parts, by name.
    pub texts: Vec<(String, String)>,
}

impl Upload {
    /// A text part.
    pub fn text(&self, name: &str) -> Option<String> {
        let found = self.texts.iter().find(|(known, _)| known == name)?;
        Some(found.1.clone())
    }
}

impl FromRequest<Arc<App>> for Upload {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, AppError> {
        let malformed = |what: String| {
            AppError::invalid(Fault::new(
                "body",
                "body.malformed",
                format!("Biểu mẫu gửi lên không đọc được: {what}."),
                "Gửi multipart/form-data có phần “file”.",
            ))
        };
        let read = |error: axum::extract::multipart::MultipartError| {
            if error.status().as_u16() == 413 {
                let limit = app.config.limits.upload_bytes / (1 << 20);
                AppError::TooLarge {
                    code: "file.too_large",
                    message: format!(
                        "Tệp lớn hơn mức cho phép ({limit} MB). Giảm kích thước ảnh hoặc chia nhỏ \
                         rồi gửi lại."
                    ),
                }
            } else {
                malformed(error.body_text())
            }
        };
        let mut form = Multipart::from_request(request, app)
            .await
            .map_err(|error| malformed(error.body_text()))?;
        let (mut file, mut texts) = (None, Vec::new());
        while let Some(part) = form.next_field().await.map_err(read)? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                let given = part.file_name().unwrap_or_default().to_owned();
                let content = part.bytes().await.map_err(read)?.to_vec();
                file = Some(FileUpload {
                    name: given,
                    content,
                });
            } else {
                texts.push((name, part.text().await.map_err(read)?));
            }
        }
        let file = file.ok_or_else(|| malformed("thiếu phần “file”".into()))?;
        Ok(Self { file, texts })
    }
}

/// The content of a file, always as a download.
#[utoipa::path(get, path = "/api/v1/files/{id}", tag = "files", params(("id" = String, Path)),
    responses((status = 200, description = "The content", content_type = "application/octet-stream"),
        (status = 404, body = ApiError)))]
pub async fn file_get(
    State(app): State<Arc<App>>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
) -> Result<(HeaderMap, Vec<u8>), AppError> {
    let (row, content) = cases::file_get(&app, &actor, &id).await?;
    let mut headers = HeaderMap::new();
    let text = |value: &str| {
        HeaderValue::from_str(value)
            .map_err(|_| AppError::Internal(format!("file {id} has an unusable name or type")))
    };
    headers.insert(header::CONTENT_TYPE, text(&row.media_type)?);
    headers.insert(header::CONTENT_DISPOSITION, text(&disposition(&row.name))?);
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    Ok((headers, content))
}

/// `attachment` with the name as RFC 6266 wants it for letters beyond ASCII.
pub(super) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._- ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_ascii_are_encoded() {
        assert_eq!(
            disposition("Ảnh 1.jpg"),
            "attachment; filename=\"_nh 1.jpg\"; filename*=UTF-8''%E1%BA%A2nh%201.jpg"
        );
    }
}
