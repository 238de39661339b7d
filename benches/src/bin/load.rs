//! Field records accepted per second over HTTP, each synced to disk before its answer; beside it PocketBase, when its
//! program is named.
//!
//! `cargo build --release -p raquan -p benches`, then `target/release/load [--seconds 8] [--runs 3] [--pocketbase FILE]
//! [--only 16x50]`, the last of which measures 16 connections with 50 records per request alone.
//! All traffic stays on 127.0.0.1; client and server share the machine.

use std::path::PathBuf;
use std::time::Duration;

use benches::campaign::{CAMPAIGN, Round, communes, prepare};
use benches::folder::Folder;
use benches::http::{Load, load, request};
use benches::servers::Server;
use benches::{Dice, load_average, machine_line, shown};
use clap::Parser;
use raquan::clock::Clock;
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const IN_BATCH: usize = 50;
/// More records than are expected in a second.
const MOST_PER_SECOND: usize = 40_000;

#[derive(Parser)]
struct Options {
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    #[arg(long, default_value_t = 3)]
    runs: usize,
    #[arg(long)]
    pocketbase: Option<PathBuf>,
    /// Connections and records per request.
    #[arg(long, value_parser = connections_and_records)]
    only: Option<(usize, usize)>,
}

fn connections_and_records(text: &str) -> std::result::Result<(usize, usize), String> {
    let numbers = text.split_once('x').and_then(|(connections, in_batch)| {
        Some((connections.parse().ok()?, in_batch.parse().ok()?))
    });
    numbers.ok_or_else(|| "write it as 16x50".to_owned())
}

/// Connections and records per request.
const KINDS: [(usize, usize); 5] = [(1, 1), (16, 1), (64, 1), (1, IN_BATCH), (16, IN_BATCH)];

/// Of which communes and days the records of a request are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spread {
    /// Those of one team, on the day of the launch: as phones send them.
    Round,
    /// Each of any commune and any day: as no phone sends them, and the worst for the indexes.
    Anywhere,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n", machine_line());
    println!(
        "| what | connections | records per s | lowest – highest | p50 | p99 | longest | failed | processor time each | memory | load average |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (connections, in_batch) in KINDS {
        if options
            .only
            .is_none_or(|only| only == (connections, in_batch))
        {
            raquan(&options, connections, in_batch, Spread::Round).await?;
            raquan(&options, connections, in_batch, Spread::Anywhere).await?;
            pocketbase(&options, connections, in_batch).await?;
        }
    }
    Ok(())
}

/// Measures runs on a fresh database each and prints their row.
async fn raquan(
    options: &Options,
    connections: usize,
    in_batch: usize,
    spread: Spread,
) -> Result<()> {
    let clock = Clock::system();
    let name = match spread {
        Spread::Round => "Ra Quân",
        Spread::Anywhere => "Ra Quân (any communes and days)",
    };
    let mut rows = Rows::new(name, connections, in_batch);
    for run in 0..options.runs {
        let folder = Folder::new()?;
        let url = format!("sqlite:{}", folder.path().join("raquan.db").display());
        let server = Server::raquan(&url, folder.path()).await?;
        prepare(&server).await?;
        let units = communes()?;
        let path = format!("/api/v1/campaigns/{CAMPAIGN}/consultations");
        let make = |dice: &mut Dice| {
            let round = Round::of_launch(dice, &units);
            let one = |dice: &mut Dice| match spread {
                Spread::Round => round.consultation(&clock, dice),
                Spread::Anywhere => Round::any(dice, &units).consultation(&clock, dice),
            };
            if in_batch == 1 {
                return request("POST", &path, &server.signed_in, &one(dice).to_string());
            }
            let items: Vec<Value> = (0..in_batch).map(|_| one(dice)).collect();
            let body = json!({ "items": items }).to_string();
            request("POST", &format!("{path}/batch"), &server.signed_in, &body)
        };
        rows.add(&server, options, run, make).await?;
    }
    rows.print();
    Ok(())
}

async fn pocketbase(options: &Options, connections: usize, in_batch: usize) -> Result<()> {
    let clock = Clock::system();
    let Some(program) = &options.pocketbase else {
        return Ok(());
    };
    let mut rows = Rows::new("PocketBase (not synced)", connections, in_batch);
    for run in 0..options.runs {
        let folder = Folder::new()?;
        let server = Server::pocketbase(program, folder.path()).await?;
        let path = "/api/collections/visits/records";
        let make = |dice: &mut Dice| {
            if in_batch == 1 {
                return request(
                    "POST",
                    path,
                    &server.signed_in,
                    &visit(&clock, dice).to_string(),
                );
            }
            let requests: Vec<Value> = (0..in_batch)
                .map(|_| json!({ "method": "POST", "url": path, "body": visit(&clock, dice) }))
                .collect();
            let body = json!({ "requests": requests }).to_string();
            request("POST", "/api/batch", &server.signed_in, &body)
        };
        rows.add(&server, options, run, make).await?;
    }
    rows.print();
    Ok(())
}

/// Runs of one kind, and what they came to.
struct Rows {
    what: String,
    connections: usize,
    in_batch: usize,
    loads: Vec<Load>,
    /// What the server's processors spent on all of them.
    processor: Duration,
    memory: u64,
}

impl Rows {
    fn new(server: &str, connections: usize, in_batch: usize) -> Rows {
        let each = match in_batch {
            1 => "one record per request".to_owned(),
            _ => format!("{in_batch} records per request"),
        };
        Rows {
            what: format!("{server}, {each}"),
            connections,
            in_batch,
            loads: Vec::new(),
            processor: Duration::ZERO,
            memory: 0,
        }
    }

    /// Warms up, then measures once.
    async fn add(
        &mut self,
        server: &Server,
        options: &Options,
        run: usize,
        make: impl Fn(&mut Dice) -> Vec<u8>,
    ) -> Result<()> {
        let (address, connections, seed) = (&server.address, self.connections, run as u64);
        load(
            address,
            connections,
            Duration::from_secs(1),
            seed + 1000,
            0,
            &make,
        )
        .await?;
        let lasting = Duration::from_secs(options.seconds);
        let seconds = usize::try_from(options.seconds)?;
        let most = seconds * MOST_PER_SECOND / self.in_batch;
        let before = server.processor_time()?;
        self.loads
            .push(load(address, connections, lasting, seed, most, &make).await?);
        self.processor += server.processor_time()?.saturating_sub(before);
        self.memory = self.memory.max(server.memory()?.1);
        Ok(())
    }

    /// The run in the middle by rate, with the lowest and highest rate of all.
    fn print(mut self) {
        self.loads
            .sort_by(|one, other| one.per_second().total_cmp(&other.per_second()));
        let rate = |load: &Load| format!("{:.0}", load.per_second() * self.in_batch as f64);
        let (Some(first), Some(last)) = (self.loads.first(), self.loads.last()) else {
            return;
        };
        let middle = &self.loads[self.loads.len() / 2];
        let answered = |load: &Load| load.latency.runs() - load.failed;
        let records = self.loads.iter().map(answered).sum::<usize>() * self.in_batch;
        println!(
            "| {} | {} | {} | {} – {} | {} | {} | {} | {} | {} | {} MB | {} |",
            self.what,
            self.connections,
            rate(middle),
            rate(first),
            rate(last),
            shown(middle.latency.median()),
            shown(middle.latency.p99()),
            shown(middle.latency.max()),
            self.loads.iter().map(|load| load.failed).sum::<usize>(),
            shown(self.processor / u32::try_from(records.max(1)).unwrap_or(u32::MAX)),
            self.memory >> 20,
            load_average()
        );
    }
}

/// A visit for PocketBase, of the same size and kind.
fn visit(clock: &Clock, dice: &mut Dice) -> Value {
    const OUTCOMES: [&str; 3] = ["interested", "enrolled", "refused"];
    let mut number = |limit: usize| dice.below(limit);
    json!({
        "uuid": clock.new_id(),
        "commune": format!("{:05}", number(3321)),
        "team": format!("T{:03}", number(500)),
        "counsellor": format!("counsellor-{:04}", number(2500)),
        "person": format!("Person {:06}", number(1_000_000)),
        "phone": format!("09{:08}", number(100_000_000)),
        "household": 1 + number(9),
        "age": 16 + number(60),
        "income": number(300) * 100_000,
        "outcome": OUTCOMES[number(OUTCOMES.len())],
        "scheme": "voluntary",
        "visited": format!("2022-05-{:02} 08:30:00.000Z", 1 + number(31)),
        "place": { "lon": 105.5, "lat": 19.1 },
        "consent": number(2) == 1,
        "note": format!("met at home, follow up about form {:06}", number(1_000_000)),
    })
}
