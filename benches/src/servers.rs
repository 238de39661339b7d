//! Servers under load: Ra Quân and PocketBase, each in a process of its own on 127.0.0.1.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::{Connection, request};
use crate::memory_bytes;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A running server and the head line that signs its requests in. It is stopped with the value.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
    /// A whole header line.
    pub signed_in: String,
}

impl Server {
    /// Starts the program beside this one on a database, and signs in as its first
    /// administrator, who may plan and counsel as well.
    pub async fn raquan(database_url: &str, folder: &Path) -> Result<Server> {
        let (mut server, first) = Server::start_raquan(database_url, folder)?;
        let first = first.ok_or("the database is not new")?;
        let password = "mật khẩu khi đo";
        let change = json!({ "current_password": first, "new_password": password });
        server.sign_in("quantri", &first).await?;
        server.call("POST", "/api/v1/me/password", &change).await?;
        let me = server.call("GET", "/api/v1/me", &Value::Null).await?;
        let id = me["id"].as_str().ok_or("the account has no id")?;
        for role in ["planner", "counsellor"] {
            let path = format!("/api/v1/users/{id}/roles");
            server.call("POST", &path, &json!({ "role": role })).await?;
        }
        Ok(server)
    }

    /// Starts the program on a database that it has made before; `signed_in` is of that time.
    pub async fn raquan_again(
        database_url: &str,
        folder: &Path,
        signed_in: String,
    ) -> Result<Server> {
        let (mut server, _) = Server::start_raquan(database_url, folder)?;
        server.signed_in = signed_in;
        server.call("GET", "/api/v1/me", &Value::Null).await?;
        Ok(server)
    }

    /// The program, listening; and the first password of a new database.
    fn start_raquan(database_url: &str, folder: &Path) -> Result<(Server, Option<String>)> {
        let program = std::env::current_exe()?.with_file_name("raquan");
        let mut child = Command::new(&program)
            .args(["--database", database_url, "serve"])
            .args(["--listen", "127.0.0.1:0"])
            .env("RAQUAN_KEY_FILE", folder.join("raquan.key"))
            .env("RAQUAN_LOG__FILTER", "warn")
            // All quotes come from one address.
            .env("RAQUAN_QUOTES__PER_MINUTE", "0")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                let program = program.display();
                format!(
                    "cannot start {program}: {error}; build it: cargo build --release -p raquan"
                )
            })?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let (mut address, mut first) = (None, None);
        while address.is_none() {
            let line = lines.next().ok_or("raquan ended without listening")??;
            if let Some((_, password)) = line.split_once("đăng nhập): ") {
                first = Some(password.to_owned());
            }
            address = line.split_once("http://").map(|(_, at)| at.to_owned());
        }
        let server = Server {
            child,
            address: address.ok_or("no address")?,
            signed_in: String::new(),
        };
        Ok((server, first))
    }

    async fn sign_in(&mut self, username: &str, password: &str) -> Result<()> {
        let body = json!({ "username": username, "password": password }).to_string();
        let mut connection = Connection::open(&self.address).await?;
        let sent = request("POST", "/api/v1/sessions", "", &body);
        connection.send(&sent).await?;
        let head = String::from_utf8_lossy(connection.head()).into_owned();
        let cookie = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| value.split(';').next())?
        });
        let cookie = cookie.ok_or_else(|| format!("cannot sign in: {head}"))?;
        self.signed_in = format!("cookie: {}\r\n", cookie.trim());
        Ok(())
    }

    /// Starts PocketBase with one collection of visits, shaped and indexed as the baseline's.
    pub async fn pocketbase(program: &Path, folder: &Path) -> Result<Server> {
        let data = format!("--dir={}", folder.join("pocketbase").display());
        let (root, password) = ("root@example.org", "rootpass12345");
        let made = Command::new(program)
            .args(["superuser", "upsert", root, password, &data])
            .output()
            .map_err(|error| format!("cannot start {}: {error}", program.display()))?;
        if !made.status.success() {
            return Err(String::from_utf8_lossy(&made.stderr).into_owned().into());
        }
        let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let child = Command::new(program)
            .args(["serve", &format!("--http={free}"), &data, "--automigrate=0"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut server = Server {
            child,
            address: free.to_string(),
            signed_in: String::new(),
        };
        server.wait_until_it_listens().await?;
        let auth = "auth-with-password";
        let signed_in = server
            .call(
                "POST",
                &format!("/api/collections/_superusers/{auth}"),
                &json!({ "identity": root, "password": password }),
            )
            .await?;
        server.keep_token(&signed_in);
        let batch = json!({ "batch": { "enabled": true, "maxRequests": 50, "timeout": 30 } });
        server.call("PATCH", "/api/settings", &batch).await?;
        server
            .call("POST", "/api/collections", &visits_collection())
            .await?;
        let user = json!({ "email": "team1@example.org", "password": "teampass12345",
            "passwordConfirm": "teampass12345" });
        server
            .call("POST", "/api/collections/users/records", &user)
            .await?;
        let signed_in = server
            .call(
                "POST",
                &format!("/api/collections/users/{auth}"),
                &json!({ "identity": "team1@example.org", "password": "teampass12345" }),
            )
            .await?;
        server.keep_token(&signed_in);
        Ok(server)
    }

    fn keep_token(&mut self, answer: &Value) {
        let token = answer["token"].as_str().unwrap_or_default();
        self.signed_in = format!("authorization: {token}\r\n");
    }

    async fn wait_until_it_listens(&self) -> Result<()> {
        let start = Instant::now();
        while Connection::open(&self.address).await.is_err() {
            if start.elapsed().as_secs() > 30 {
                return Err("the server does not listen after 30 seconds".into());
            }
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    /// Sends one request and returns the answer's body; an error when it is refused.
    pub async fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let mut connection = Connection::open(&self.address).await?;
        let sent = request(method, path, &self.signed_in, &body.to_string());
        let status = connection.send(&sent).await?;
        if status >= 300 {
            let answer = String::from_utf8_lossy(connection.body()).into_owned();
            return Err(format!("{method} {path}: {status} {answer}").into());
        }
        Ok(serde_json::from_slice(connection.body()).unwrap_or_default())
    }

    /// Id of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Time that the processors have spent on the server so far, the system's work for it included.
    pub fn processor_time(&self) -> io::Result<Duration> {
        // The 14th and 15th field, in hundredths of a second; the name before them may hold spaces.
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.id()))?;
        let fields = text.rsplit(')').next().unwrap_or_default();
        let hundredths: u64 = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok())
            .sum();
        Ok(Duration::from_millis(10 * hundredths))
    }

    /// Resident memory now and at most so far, in bytes.
    pub fn memory(&self) -> io::Result<(u64, u64)> {
        let process = self.id().to_string();
        let of = |field| memory_bytes(&process, field).ok_or(io::ErrorKind::NotFound);
        Ok((of("VmRSS:")?, of("VmHWM:")?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Fifteen fields like those of a consultation; a unique index on the id, one on place and day.
fn visits_collection() -> Value {
    let field = |name: &str, kind: &str| json!({ "name": name, "type": kind });
    let signed_in = "@request.auth.id != \"\"";
    json!({
        "name": "visits", "type": "base",
        "listRule": signed_in, "viewRule": signed_in, "createRule": signed_in, "updateRule": signed_in,
        "fields": [
            { "name": "uuid", "type": "text", "required": true, "pattern": "^[0-9a-f-]{36}$" },
            { "name": "commune", "type": "text", "required": true },
            field("team", "text"), field("counsellor", "text"), field("person", "text"),
            field("phone", "text"), field("household", "number"), field("age", "number"),
            field("income", "number"),
            { "name": "outcome", "type": "select", "maxSelect": 1,
              "values": ["interested", "enrolled", "refused", "absent", "callback"] },
            { "name": "scheme", "type": "select", "maxSelect": 1,
              "values": ["voluntary", "compulsory", "health", "none"] },
            field("visited", "date"), field("place", "geoPoint"), field("consent", "bool"),
            field("note", "text"),
            { "name": "created", "type": "autodate", "onCreate": true },
        ],
        "indexes": [
            "CREATE UNIQUE INDEX visits_uuid ON visits (uuid)",
            "CREATE INDEX visits_cm ON visits (commune, visited)",
        ],
    })
}
