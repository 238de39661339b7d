//! Who asks, well-formed bodies, parts of lists: arguments of handlers, and the page they answer.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::json_faults::in_vietnamese;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{Array, Object, Schema, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::app::{Actor, App, AppError, Fault, sessions};

/// The cookie that holds a session's secret.
pub const COOKIE: &str = "raquan_session";

/// A signed-in caller. Having it means that the check was made.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Arc<Actor>);

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let caller = Caller::from_request_parts(parts, app).await?;
        if caller.0.must_change_password {
            return Err(AppError::Forbidden {
                action: "password_change_first",
            });
        }
        Ok(Self(caller.0))
    }
}

/// A signed-in caller that may still have to change the password first.
#[derive(Debug, Clone)]
pub struct Caller(pub Arc<Actor>);

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let text = |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        if let Some(token) = text(header::AUTHORIZATION).and_then(|v| v.strip_prefix("Bearer ")) {
            return Ok(Self(sessions::actor_of_token(app, token).await?));
        }
        let secret = parts
            .headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='));
        match secret {
            Some(secret) => Ok(Self(sessions::actor_of_session(app, secret).await?)),
            None => Err(AppError::Unauthenticated {
                code: "session.missing",
                message: "Bạn chưa đăng nhập.".into(),
            }),
        }
    }
}

/// The address of who asks, as far as the configured proxies tell it.
///
/// Each trusted proxy adds the address it was asked from at the end of `X-Forwarded-For`; what stands before those entries
/// was written by the client and is not believed.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<Arc<App>> for ClientAddress {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, app).await;
        let ConnectInfo(peer) = peer.map_err(|error| AppError::Internal(error.to_string()))?;
        let forwarded = forwarded_for(&parts.headers, app.config.trusted_proxies);
        Ok(Self(forwarded.unwrap_or_else(|| peer.ip())))
    }
}

/// What the first of so many trusted proxies was asked from.
fn forwarded_for(headers: &HeaderMap, trusted: usize) -> Option<IpAddr> {
    let entries: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let first_trusted = entries.len().checked_sub(trusted)?;
    entries.get(first_trusted)?.trim().parse().ok()
}

/// A JSON body; what does not fit answers with the place and the reason.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(JsonRejection::BytesRejection(error)) if error.status().as_u16() == 413 => {
                Err(AppError::TooLarge {
                    code: "body.too_large",
                    message: "Nội dung gửi lên quá lớn. Chia nhỏ rồi gửi lại.".into(),
                })
            }
            Err(error) => Err(AppError::invalid(Fault::new(
                "body",
                "body.malformed",
                format!("Nội dung gửi lên không đọc được: {}.", why(&error)),
                "Gửi JSON đúng mô tả trong tài liệu API, kèm content-type application/json.",
            ))),
        }
    }
}

/// Query parameters; what does not fit answers with the reason.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(QueryRejection::FailedToDeserializeQueryString(error)) => {
                Err(AppError::invalid(Fault::new(
                    "query",
                    "query.malformed",
                    format!("Tham số không đọc được: {}.", why(&error)),
                    "Xem tên và dạng tham số trong tài liệu API.",
                )))
            }
            Err(error) => Err(AppError::Internal(error.to_string())),
        }
    }
}

/// Why something could not be read, in Vietnamese.
fn why(rejected: &dyn std::error::Error) -> String {
    match rejected.source() {
        Some(source) => in_vietnamese(&source.to_string()),
        // Only a content type that is not JSON has no reason.
        None => "content-type không phải là application/json".to_owned(),
    }
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// Where the next page begins.
    pub next_page: Option<String>,
}

impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> Cow<'static, str> {
        format!("{}List", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into(), T::schema()));
        T::schemas(schemas);
    }
}

// Written out, since a derived one would repeat the item's shape in each page instead of naming it. The macro for paths finds
// the name where a list has one of its own: `pub type GiftList = Page<Gift>`.
impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let items = Array::new(Ref::from_schema_name(T::name()));
        let next_page = Object::builder()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("Where the next page begins."));
        Object::builder()
            .description(Some("A page of a list."))
            .property("items", items)
            .required("items")
            .property("next_page", next_page)
            .into()
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// `next_page` of the answer before.
    pub page: Option<String>,
    /// At most so many, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

impl PageParams {
    /// Checked: one row more than wanted is read, to know whether there is a next page.
    pub fn page(&self) -> Result<store::Page, AppError> {
        let limit = self.limit.unwrap_or(50);
        if !(1..=200).contains(&limit) {
            return Err(AppError::invalid(Fault::new(
                "limit",
                "page.limit_out_of_range",
                format!("Số dòng {limit} không hợp lệ."),
                "Chọn từ 1 đến 200.",
            )));
        }
        Ok(store::Page {
            after: self.page.clone(),
            limit: limit + 1,
        })
    }

    /// Cuts the row too many off and says where the next page begins.
    pub fn cut<T>(
        &self,
        mut items: Vec<T>,
        key: impl Fn(&T) -> String,
    ) -> (Vec<T>, Option<String>) {
        let limit = usize::try_from(self.limit.unwrap_or(50)).unwrap_or(50);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(key) } else { None };
        (items, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_trusted_proxies_added_is_believed() {
        let check = |values: &[&'static str], trusted: usize, expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-forwarded-for", header::HeaderValue::from_static(value));
            }
            let expected = expected.map(|address| address.parse().expect("an address"));
            assert_eq!(forwarded_for(&headers, trusted), expected, "{values:?}");
        };
        check(&["203.0.113.9"], 0, None);
        check(&[], 1, None);
        check(&["198.51.100.1, 203.0.113.9"], 1, Some("203.0.113.9"));
        check(
            &["198.51.100.1", "203.0.113.9,192.0.2.1"],
            2,
            Some("203.0.113.9"),
        );
        check(&["203.0.113.9"], 2, None);
        check(&["2001:db8::1"], 1, Some("2001:db8::1"));
        check(&["somewhere"], 1, None);
    }
}
