//! Explained quotes answered per second over HTTP: in batches, one by one, and one by one from their addresses.
//!
//! `cargo build --release -p raquan -p benches`, then `target/release/quotes [--seconds 8] [--runs 3] [--connections 16]
//! [--batch 50]`. All traffic stays on 127.0.0.1; client and server share the machine.

use std::time::Duration;

use benches::folder::Folder;
use benches::http::{Connection, load, request};
use benches::servers::Server;
use benches::{Dice, load_average, machine_line, shown};
use clap::Parser;
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Requests that are made before the clock starts.
const MADE: usize = 20_000;
const ON: &str = "2026-07-01";
const CATEGORIES: [&str; 5] = [
    "poor",
    "island_commune",
    "near_poor",
    "ethnic_minority",
    "other",
];
const MODES: [&str; 4] = ["monthly", "three_months", "six_months", "twelve_months"];

#[derive(Parser)]
struct Options {
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    #[arg(long, default_value_t = 3)]
    runs: u64,
    #[arg(long, default_value_t = 16)]
    connections: usize,
    #[arg(long, default_value_t = 50)]
    batch: usize,
}

/// How quotes are asked for.
#[derive(Clone, Copy)]
enum Way {
    /// So many in a request, with their steps or without.
    Batch(usize, bool),
    /// One in an address.
    Address,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n", machine_line());
    println!(
        "| quotes, {} connections | quotes per s | lowest – highest | p50 | p99 | bytes of an answer | failed | processor time each | load average |",
        options.connections
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let folder = Folder::new()?;
    let url = format!("sqlite:{}", folder.path().join("raquan.db").display());
    let server = Server::raquan(&url, folder.path()).await?;
    for (name, way) in [
        ("explained, in batches", Way::Batch(options.batch, true)),
        ("explained, one by one", Way::Batch(1, true)),
        ("explained, one by one from addresses", Way::Address),
        (
            "without steps, in batches",
            Way::Batch(options.batch, false),
        ),
    ] {
        measure(&server, &options, name, way).await?;
    }
    Ok(())
}

/// Runs one way some times and prints its row.
async fn measure(server: &Server, options: &Options, name: &str, way: Way) -> Result<()> {
    let in_request = match way {
        Way::Batch(count, _) => count,
        Way::Address => 1,
    };
    let bytes = size_of_answer(server, way).await?;
    let (mut rates, mut failed, mut slowest) = (Vec::new(), 0, (Duration::ZERO, Duration::ZERO));
    let (before, mut answered) = (server.processor_time()?, 0);
    for run in 0..options.runs {
        let lasting = Duration::from_secs(options.seconds);
        let make = |dice: &mut Dice| asked(dice, way);
        let found = load(
            &server.address,
            options.connections,
            lasting,
            run,
            MADE,
            make,
        )
        .await?;
        rates.push(found.per_second() * in_request as f64);
        failed += found.failed;
        answered += found.latency.runs() * in_request;
        slowest.0 = slowest.0.max(found.latency.median());
        slowest.1 = slowest.1.max(found.latency.p99());
    }
    let spent = server.processor_time()?.saturating_sub(before);
    rates.sort_by(f64::total_cmp);
    let (Some(lowest), Some(highest)) = (rates.first(), rates.last()) else {
        return Err("--runs must be 1 or more".into());
    };
    println!(
        "| {name} | {:.0} | {lowest:.0} – {highest:.0} | {} | {} | {} | {failed} | {} | {} |",
        rates[rates.len() / 2],
        shown(slowest.0),
        shown(slowest.1),
        bytes / in_request,
        shown(spent / u32::try_from(answered.max(1))?),
        load_average()
    );
    Ok(())
}

/// Bytes of the body of one answer; an error when it has a refused case.
async fn size_of_answer(server: &Server, way: Way) -> Result<usize> {
    let mut connection = Connection::open(&server.address).await?;
    let status = connection.send(&asked(&mut Dice::new(1), way)).await?;
    let body = String::from_utf8_lossy(connection.body());
    if status >= 300 || body.contains("\"error\"") {
        return Err(format!("{status} {body}").into());
    }
    Ok(body.len())
}

fn asked(dice: &mut Dice, way: Way) -> Vec<u8> {
    match way {
        Way::Batch(count, with_trace) => {
            let case = |_| {
                let (calculator, input) = case(dice);
                json!({ "calculator": calculator, "on": ON, "input": input, "with_trace": with_trace })
            };
            let items: Vec<Value> = (0..count).map(case).collect();
            let body = json!({ "items": items }).to_string();
            request("POST", "/api/v1/policy/quotes", "", &body)
        }
        Way::Address => {
            let (calculator, input) = case(dice);
            let input = input.to_string();
            let encoded: String = input.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let path = format!("/api/v1/policy/quotes/{calculator}?on={ON}&input={encoded}");
            request("GET", &path, "", "")
        }
    }
}

/// Half of the cases are voluntary payments, half are households of one to six.
fn case(dice: &mut Dice) -> (&'static str, Value) {
    if dice.below(2) == 0 {
        let input = json!({
            "income_vnd": 1_500_000 + 10_000 * dice.below(4_000),
            "mode": MODES[dice.below(MODES.len())],
            "categories": [CATEGORIES[dice.below(CATEGORIES.len())]],
            "supported_months": dice.below(121),
        });
        return ("voluntary_si.payment", input);
    }
    let members: Vec<Value> = (0..=dice.below(6))
        .map(|_| match dice.below(4) {
            0 => json!({ "groups": ["pupil"] }),
            _ => json!({}),
        })
        .collect();
    let months = [3, 6, 12][dice.below(3)];
    (
        "household_hi.contribution",
        json!({ "months": months, "members": members }),
    )
}
