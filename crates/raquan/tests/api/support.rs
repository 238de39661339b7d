//! A server in the test's process with users of every role.
//!
//! SQLite in a temporary folder; PostgreSQL when the run or the test asks for it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{Request, Response, StatusCode, header};
use jiff::Timestamp;
use raquan::app::users::{RoleGrant, UserCreate, user_create};
use raquan::app::{Actor, App, Door};
use raquan::clock::Clock;
use raquan::config::Config;
use serde_json::Value;
use tower::ServiceExt;

/// The password of every test user.
pub const PASSWORD: &str = "an sinh cho mọi nhà";

/// A running application.
pub struct TestApp {
    pub app: Arc<App>,
    pub router: Router,
    milliseconds: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

/// An answer of the API.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    pub headers: axum::http::HeaderMap,
}

impl Answer {
    /// The answer's body, once its status was checked.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body
    }
}

/// Somebody who asks: a cookie, or nobody.
#[derive(Clone, Debug, Default)]
pub struct Client {
    cookie: Option<String>,
}

/// Makes a fresh database on the PostgreSQL server that `RAQUAN_TEST_POSTGRES_URL` names; its address.
pub async fn postgres_database() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let server = std::env::var("RAQUAN_TEST_POSTGRES_URL").expect(
        "RAQUAN_TEST_POSTGRES_URL names a PostgreSQL server; scripts/with-postgres sets it",
    );
    let name = format!(
        "api_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let admin = sea_orm::Database::connect(&server)
        .await
        .expect("the server answers");
    sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("create database {name}"))
        .await
        .expect("a fresh database");
    let (base, _) = server
        .rsplit_once('/')
        .expect("the address ends with a database name");
    format!("{base}/{name}")
}

impl TestApp {
    /// On a fresh SQLite file, or on PostgreSQL when `RAQUAN_TEST_STORIES` says `postgres`: every
    /// story must hold on both. The clock shows 2022-05-20 09:00 in Viet Nam until it is moved.
    pub async fn new() -> Self {
        if std::env::var("RAQUAN_TEST_STORIES").is_ok_and(|on| on == "postgres") {
            return Self::postgres().await;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::open(url, folder).await
    }

    /// On a fresh database of the PostgreSQL server that `RAQUAN_TEST_POSTGRES_URL` names.
    pub async fn postgres() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::open(postgres_database().await, folder).await
    }

    /// On a fresh SQLite file, with settings of its own.
    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::open_with(url, folder, settings).await
    }

    async fn open(url: String, folder: tempfile::TempDir) -> Self {
        Self::open_with(url, folder, &[]).await
    }

    async fn open_with(url: String, folder: tempfile::TempDir, settings: &[(&str, &str)]) -> Self {
        let key_file = folder.path().join("test.key").display().to_string();
        let mut flags = vec![("database_url", url), ("key_file", key_file)];
        flags.extend(
            settings
                .iter()
                .map(|(key, value)| (*key, (*value).to_owned())),
        );
        let config = Config::load(None, [], &flags).expect("the test's settings are right");
        let start: Timestamp = "2022-05-20T02:00:00Z".parse().expect("an instant");
        let milliseconds = Arc::new(AtomicI64::new(start.as_millisecond()));
        let shown = milliseconds.clone();
        let clock = Clock::from_fn(move || {
            Timestamp::from_millisecond(shown.load(Ordering::Relaxed)).expect("within range")
        });
        let app = Arc::new(
            App::open(config, clock)
                .await
                .expect("the application opens"),
        );
        let peer = SocketAddr::from(([192, 0, 2, 1], 40_000));
        let router = raquan::api::router(app.clone()).layer(MockConnectInfo(peer));
        Self {
            app,
            router,
            milliseconds,
            _folder: folder,
        }
    }

    /// Moves the clock forward.
    pub fn pass_seconds(&self, seconds: i64) {
        self.milliseconds
            .fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// Sets the clock.
    #[allow(dead_code, reason = "stories that depend on a date call it")]
    pub fn set_clock(&self, instant: &str) {
        let instant: Timestamp = instant.parse().expect("an instant");
        self.milliseconds
            .store(instant.as_millisecond(), Ordering::Relaxed);
    }

    /// Makes a user with one role over a unit (none: the whole country) and signs in.
    pub async fn user(&self, username: &str, role: &str, unit: Option<&str>) -> Client {
        self.user_of(username, role, unit, None).await
    }

    /// Makes a user with one role over a unit and/or an organization and signs in.
    pub async fn user_of(
        &self,
        username: &str,
        role: &str,
        unit: Option<&str>,
        organization: Option<&str>,
    ) -> Client {
        let input = UserCreate {
            id: self.app.clock.new_id(),
            username: username.to_owned(),
            display_name: format!("Người thử {username}"),
            password: PASSWORD.to_owned(),
            must_change_password: false,
            organization_id: organization.map(str::to_owned),
            grants: vec![RoleGrant {
                role: role.to_owned(),
                admin_unit_id: unit.map(str::to_owned),
                organization_id: organization.map(str::to_owned),
            }],
        };
        user_create(&self.app, &Actor::system(Door::Cli), input)
            .await
            .expect("a user");
        self.sign_in(username, PASSWORD).await.expect("signed in")
    }

    /// Signs in; the answer when that fails.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<Client, Answer> {
        let body = serde_json::json!({ "username": username, "password": password });
        let answer = self
            .post(&Client::default(), "/api/v1/sessions", &body)
            .await;
        if answer.status != StatusCode::CREATED {
            return Err(answer);
        }
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("text");
        let cookie = cookie.split(';').next().expect("a pair").to_owned();
        Ok(Client {
            cookie: Some(cookie),
        })
    }

    pub async fn get(&self, client: &Client, path: &str) -> Answer {
        self.send(client, "GET", path, None).await
    }

    pub async fn post(&self, client: &Client, path: &str, body: &Value) -> Answer {
        self.send(client, "POST", path, Some(body)).await
    }

    /// Sends a request with a JSON body or none.
    pub async fn send(
        &self,
        client: &Client,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(cookie) = &client.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.raw(request.body(body).expect("a well-formed request"))
            .await
    }

    /// Sends a form with one file and some texts.
    pub async fn upload(
        &self,
        client: &Client,
        path: &str,
        name: &str,
        content: &[u8],
        texts: &[(&str, &str)],
    ) -> Answer {
        let mut body = Vec::new();
        for (key, value) in texts {
            let part = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        let mut request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        if let Some(cookie) = &client.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request
            .body(Body::from(body))
            .expect("a well-formed request");
        self.raw(request).await
    }

    /// Sends any request.
    pub async fn raw(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20)
            .await
            .expect("a whole body");
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Answer {
            status: parts.status,
            body,
            headers: parts.headers,
        }
    }
}

impl Client {
    /// Adds the cookie to a request.
    pub fn sign(&self, request: axum::http::request::Builder) -> axum::http::request::Builder {
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }
}
