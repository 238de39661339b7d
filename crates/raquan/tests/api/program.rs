//! The real program in a process of its own, and a small client that speaks to it.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// A running program. It is killed with the value.
pub struct Program {
    child: Child,
    /// Host and port it listens on.
    pub address: String,
    /// Password of the first administrator, printed by the first start on a database.
    pub first_password: Option<String>,
}

impl Program {
    /// Starts on a database and returns once it listens; `folder` keeps its key file.
    pub fn start(database_url: &str, folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_raquan"))
            .args(["--database", database_url])
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("RAQUAN_KEY_FILE", folder.join("test.key"))
            .env("RAQUAN_LOG__FILTER", "error")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let (mut address, mut first_password) = (None, None);
        while address.is_none() {
            let line = lines.next().expect("the program says where it listens");
            let line = line.expect("text");
            if let Some((_, password)) = line.split_once("phải đổi khi đăng nhập): ") {
                first_password = Some(password.to_owned());
            }
            address = line.split_once("http://").map(|(_, at)| at.to_owned());
        }
        Self {
            child,
            address: address.expect("the loop ended with it"),
            first_password,
        }
    }

    /// Kills the process at once: no handler runs, nothing is flushed.
    pub fn kill(&mut self) {
        self.child.kill().expect("the process runs");
        self.child.wait().expect("the process ends");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have been killed by the test already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// One connection that is kept open, with the cookie of who signed in.
pub struct Connection {
    stream: BufReader<TcpStream>,
    cookie: String,
}

impl Connection {
    /// Connects to a running program.
    pub fn open(address: &str, cookie: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            cookie: cookie.to_owned(),
        })
    }

    /// Signs in and keeps the cookie for later requests; returns it.
    pub fn sign_in(&mut self, username: &str, password: &str) -> String {
        let body = serde_json::json!({ "username": username, "password": password });
        let (status, body) = self
            .send("POST", "/api/v1/sessions", &body)
            .expect("an answer");
        assert_eq!(status, 201, "{body}");
        self.cookie.clone()
    }

    /// Sends a request and waits for its answer. An error when the program died meanwhile.
    pub fn send(&mut self, method: &str, path: &str, body: &Value) -> io::Result<(u16, Value)> {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: test\r\ncookie: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or(io::ErrorKind::InvalidData)?;
        let mut headers = HashMap::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let length = headers.get("content-length").and_then(|n| n.parse().ok());
        let mut bytes = vec![0; length.unwrap_or(0)];
        self.stream.read_exact(&mut bytes)?;
        if let Some(cookie) = headers.get("set-cookie") {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        Ok((status, serde_json::from_slice(&bytes).unwrap_or_default()))
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_owned())
    }
}
