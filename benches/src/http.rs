//! A client as small as a load needs: kept-open connections, one request at a time on each.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{Dice, Spread};

/// A kept-open connection.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    body_at: usize,
}

impl Connection {
    /// Connects.
    pub async fn open(address: &str) -> io::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection {
            stream,
            received: Vec::with_capacity(16 << 10),
            body_at: 0,
        })
    }

    /// Sends a whole request and returns the status of the answer once all of it has come.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<u16> {
        self.stream.write_all(request).await?;
        self.received.clear();
        loop {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(body_at) = whole_answer(&self.received) {
                self.body_at = body_at;
                let status = self.received.get(9..12).unwrap_or_default();
                let status = std::str::from_utf8(status).unwrap_or_default().parse();
                return status.map_err(|_| io::ErrorKind::InvalidData.into());
            }
        }
    }

    /// The head of the last answer.
    pub fn head(&self) -> &[u8] {
        &self.received[..self.body_at]
    }

    /// The body of the last answer.
    pub fn body(&self) -> &[u8] {
        &self.received[self.body_at..]
    }
}

/// Where the body begins, once the answer is whole.
fn whole_answer(received: &[u8]) -> Option<usize> {
    let body_at = received.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&received[..body_at]).ok()?;
    let field = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let whole = match field("content-length") {
        Some(length) => received.len() - body_at >= length.parse().ok()?,
        None if field("transfer-encoding").is_some() => received.ends_with(b"\r\n0\r\n\r\n"),
        None => true,
    };
    whole.then_some(body_at)
}

/// The bytes of a request; `headers` are whole lines.
pub fn request(method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: bench\r\n{headers}content-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// What came of a load.
#[derive(Debug)]
pub struct Load {
    /// From the first byte sent to the last one received, of each request.
    pub latency: Spread,
    /// Requests that were not answered with a status below 300.
    pub failed: usize,
    /// How long it lasted.
    pub seconds: f64,
}

impl Load {
    /// Requests answered in a second.
    pub fn per_second(&self) -> f64 {
        (self.latency.runs() - self.failed) as f64 / self.seconds
    }
}

/// Requests are made before the clock starts, up to so many bytes in all; the rest when it is their turn.
const MADE_BEFORE: usize = 200 << 20;

/// Lets so many connections send one request after the other for so long; `make` makes each.
///
/// `most` is more than are expected to be sent: so many are made before the clock starts, since client and server share the
/// processors.
pub async fn load(
    address: &str,
    connections: usize,
    lasting: Duration,
    seed: u64,
    most: usize,
    make: impl Fn(&mut Dice) -> Vec<u8>,
) -> io::Result<Load> {
    let mut dice = Dice::new(seed.wrapping_mul(1_000_003));
    let mut bytes = 0;
    let mut made = VecDeque::new();
    while made.len() < most && bytes < MADE_BEFORE {
        let request = make(&mut dice);
        bytes += request.len();
        made.push_back(request);
    }
    let (made, dice, make) = (&RefCell::new(made), &RefCell::new(dice), &make);
    let next = move || {
        made.borrow_mut()
            .pop_front()
            .unwrap_or_else(|| make(&mut dice.borrow_mut()))
    };
    let start = Instant::now();
    let clients = (0..connections).map(|_| async move {
        let mut connection = Connection::open(address).await?;
        let (mut times, mut failed) = (Vec::with_capacity(1 << 14), 0);
        while start.elapsed() < lasting {
            let request = next();
            let sent = Instant::now();
            let status = connection.send(&request).await?;
            times.push(sent.elapsed());
            failed += usize::from(status >= 300);
        }
        io::Result::Ok((times, failed))
    });
    let ended = futures::future::try_join_all(clients).await?;
    let seconds = start.elapsed().as_secs_f64();
    let failed = ended.iter().map(|(_, failed)| failed).sum();
    let times = ended.into_iter().flat_map(|(times, _)| times).collect();
    Ok(Load {
        latency: Spread::new(times),
        failed,
        seconds,
    })
}

#[cfg(test)]
mod tests {
    use super::whole_answer;

    #[test]
    fn an_answer_is_whole_when_its_body_has_come() {
        let head = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n";
        assert_eq!(whole_answer(head.as_bytes()), None);
        let whole = format!("{head}{{}}");
        assert_eq!(whole_answer(whole.as_bytes()), Some(head.len()));
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(whole_answer(format!("{head}2\r\n{{}}").as_bytes()), None);
        let whole = format!("{head}2\r\n{{}}\r\n0\r\n\r\n");
        assert_eq!(whole_answer(whole.as_bytes()), Some(head.len()));
    }
}
