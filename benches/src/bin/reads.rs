//! Lists of 50 from 200,000 field records and one figure from 8 million observations, over HTTP.
//!
//! `cargo build --release -p raquan -p benches`, then
//! `target/release/reads [--seconds 8] [--runs 3] [--records 200000] [--observations 8000000]`.
//! All traffic stays on 127.0.0.1; client and server share the machine.

use std::time::{Duration, Instant};

use benches::campaign::{CAMPAIGN, PROVINCE, Round, communes, prepare};
use benches::folder::Folder;
use benches::http::{Connection, Load, load, request};
use benches::servers::Server;
use benches::{Dice, Spread, load_average, machine_line, shown};
use clap::Parser;
use domain::admin_units::AdminUnits;
use domain::indicators::{FedBy, Indicators};
use domain::period::Period;
use raquan::clock::Clock;
use serde_json::{Value, json};
use store::facts::{FactRow, fact_insert};
use store::{Db, DbOptions, StoreError};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const IN_BATCH: usize = 50;
const FIRST_MONTH: &str = "2020-07";
const LAST_MONTH: &str = "2025-06";

#[derive(Parser)]
struct Options {
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    #[arg(long, default_value_t = 3)]
    runs: usize,
    #[arg(long, default_value_t = 200_000)]
    records: usize,
    #[arg(long, default_value_t = 8_000_000)]
    observations: usize,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n", machine_line());
    println!(
        "| what | connections | per s | p50 | p99 | longest | failed | memory | load average |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    lists(&options).await?;
    figures(&options).await
}

/// Lists of one commune's conversations, of a commune's first week, of a campaign's first and of all after a page.
async fn lists(options: &Options) -> Result<()> {
    let folder = Folder::new()?;
    let url = format!("sqlite:{}", folder.path().join("lists.db").display());
    let server = Server::raquan(&url, folder.path()).await?;
    prepare(&server).await?;
    let communes = communes()?;
    let start = Instant::now();
    record(&server, &communes, options.records).await?;
    let each = options.records as f64 / start.elapsed().as_secs_f64();
    println!(
        "| {} conversations recorded in batches of {IN_BATCH} | 4 | {each:.0} | | | | | {} MB | {} |",
        options.records,
        server.memory()?.1 >> 20,
        load_average()
    );
    let all = format!("/api/v1/campaigns/{CAMPAIGN}/consultations?limit=50");
    let one_of = |dice: &mut Dice| communes[dice.below(communes.len())].clone();
    for connections in [1, 16] {
        let commune = |dice: &mut Dice| format!("{all}&admin_unit_id={}", one_of(dice));
        let what = "50 conversations of a commune";
        row(options, &server, what, connections, commune).await?;
        let week = |dice: &mut Dice| {
            let commune = one_of(dice);
            format!("{all}&admin_unit_id={commune}&from=2022-05-08&to=2022-05-14")
        };
        let what = "conversations of a commune in a week";
        row(options, &server, what, connections, week).await?;
        let what = "the campaign's first 50";
        row(options, &server, what, connections, |_| all.clone()).await?;
        let page = |dice: &mut Dice| {
            let day = 1 + dice.below(31);
            format!("{all}&page=2022-05-{day:02}%7C0")
        };
        let what = "50 of the campaign from a page far in";
        row(options, &server, what, connections, page).await?;
    }
    Ok(())
}

/// Records conversations over four connections.
async fn record(server: &Server, communes: &[String], records: usize) -> Result<()> {
    let path = format!("/api/v1/campaigns/{CAMPAIGN}/consultations/batch");
    let clock = Clock::system();
    let (clock, path) = (&clock, &path);
    let clients = (0..4_u64).map(|number| async move {
        let mut connection = Connection::open(&server.address).await?;
        let mut dice = Dice::new(number);
        for _ in 0..records.div_ceil(4 * IN_BATCH) {
            let items: Vec<Value> = (0..IN_BATCH)
                .map(|_| Round::any(&mut dice, communes).consultation(clock, &mut dice))
                .collect();
            let body = json!({ "items": items }).to_string();
            let status = connection
                .send(&request("POST", path, &server.signed_in, &body))
                .await?;
            if status >= 300 {
                let answer = String::from_utf8_lossy(connection.body()).into_owned();
                return Err(format!("{status}: {answer}").into());
            }
        }
        Result::Ok(())
    });
    futures::future::try_join_all(clients).await?;
    Ok(())
}

/// A province's series of 60 months, as it was and on the boundaries of today; and a written record in the next answer.
async fn figures(options: &Options) -> Result<()> {
    let folder = Folder::new()?;
    let url = format!("sqlite:{}", folder.path().join("figures.db").display());
    // The first start makes the database and the account.
    let server = Server::raquan(&url, folder.path()).await?;
    prepare(&server).await?;
    let account = server.signed_in.clone();
    drop(server);
    let start = Instant::now();
    let (written, indicators) = fill(&url, options.observations).await?;
    println!(
        "| {written} facts of {} indicators written | 1 | {:.0} | | | | | | |",
        indicators.len(),
        written as f64 / start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    let server = Server::raquan_again(&url, folder.path(), account).await?;
    println!(
        "| start with them, until it listens | | | {} | | | | {} MB, {} MB at most | |",
        shown(start.elapsed()),
        server.memory()?.0 >> 20,
        server.memory()?.1 >> 20,
    );
    let of = |dice: &mut Dice, rest: &str| {
        let indicator = &indicators[dice.below(indicators.len())];
        format!(
            "/api/v1/figures?indicator={indicator}&admin_unit_id={PROVINCE}&from={FIRST_MONTH}&to={LAST_MONTH}{rest}"
        )
    };
    for connections in [1, 16] {
        let what = "a province × 60 months × 1 indicator";
        row(options, &server, what, connections, |dice| of(dice, "")).await?;
        let what = "the same, with the previous month, last year and target";
        let compared = "&compare=previous,last_year,target";
        row(options, &server, what, connections, |dice| {
            of(dice, compared)
        })
        .await?;
        let what = "the same figure on the boundaries of today";
        row(options, &server, what, connections, |dice| {
            let series = of(dice, "&boundaries=2025-07-01");
            series.replace(&format!("={PROVINCE}"), &format!("={PROVINCE_TODAY}"))
        })
        .await?;
    }
    let what = "a province × 60 months × 1 indicator, while records are written";
    tokio::select! {
        read = row(options, &server, what, 16, |dice| of(dice, "")) => read?,
        written = write_on(&server) => written?,
    }
    freshness(&server).await
}

/// Writes a record each ten milliseconds, after which no answer of before is given again.
async fn write_on(server: &Server) -> Result<()> {
    let (clock, mut dice) = (Clock::system(), Dice::new(8));
    let communes = communes()?;
    let path = format!("/api/v1/campaigns/{CAMPAIGN}/consultations");
    let mut connection = Connection::open(&server.address).await?;
    loop {
        let record = Round::any(&mut dice, &communes).consultation(&clock, &mut dice);
        let sent = request("POST", &path, &server.signed_in, &record.to_string());
        if connection.send(&sent).await? >= 300 {
            return Err("a conversation was refused".into());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Today's Nghệ An; its boundaries are those of the old province.
const PROVINCE_TODAY: &str = "new-40";

/// Writes a record and asks for its figure, one after the other; every answer must include the record.
async fn freshness(server: &Server) -> Result<()> {
    const TIMES: usize = 500;
    let (clock, mut dice) = (Clock::system(), Dice::new(7));
    let communes = communes()?;
    let path = format!("/api/v1/campaigns/{CAMPAIGN}/consultations");
    let figure =
        format!("/api/v1/figures?indicator=consultations&admin_unit_id={PROVINCE}&period=2022-05");
    let mut connection = Connection::open(&server.address).await?;
    let asked = request("GET", &figure, &server.signed_in, "");
    let (mut times, mut expected) = (Vec::with_capacity(TIMES), None);
    for _ in 0..TIMES {
        let written = Round::any(&mut dice, &communes).consultation(&clock, &mut dice);
        let sent = request("POST", &path, &server.signed_in, &written.to_string());
        if connection.send(&sent).await? >= 300 {
            return Err("a conversation was refused".into());
        }
        let start = Instant::now();
        connection.send(&asked).await?;
        times.push(start.elapsed());
        let answer: Value = serde_json::from_slice(connection.body())?;
        let value = answer["items"][0]["value"].as_i64();
        if expected.is_some_and(|before: i64| value != Some(before + 1)) {
            return Err(format!("not in the next answer: {answer}").into());
        }
        expected = value;
    }
    let spread = Spread::new(times);
    println!(
        "| a figure right after a write that it includes, {TIMES} times | 1 | | {} | {} | {} | 0 | {} MB | {} |",
        shown(spread.median()),
        shown(spread.p99()),
        shown(spread.max()),
        server.memory()?.0 >> 20,
        load_average()
    );
    Ok(())
}

/// Reports of every commune for 60 months: as many indicators as come nearest to so many facts.
async fn fill(url: &str, observations: usize) -> Result<(usize, Vec<String>)> {
    let db = Db::open(&DbOptions {
        url: url.to_owned(),
        connections: 1,
    })
    .await?;
    let units = AdminUnits::embedded();
    let mut month: Period = FIRST_MONTH.parse()?;
    let last: Period = LAST_MONTH.parse()?;
    let mut months = vec![month];
    while month < last {
        month = month.next();
        months.push(month);
    }
    let communes = communes_with_province(units);
    let each = communes.len() * months.len();
    let indicators: Vec<String> = Indicators::embedded()
        .iter()
        .filter(|indicator| indicator.fed_by != FedBy::Indicators)
        .take(observations.div_ceil(each))
        .map(|indicator| indicator.id.clone())
        .collect();
    let mut dice = Dice::new(3);
    for month in &months {
        let day = month.last().to_string();
        for some in communes.chunks(2_000) {
            let facts: Vec<FactRow> = some
                .iter()
                .flat_map(|(province, commune)| {
                    let source = format!("{commune}-{month}");
                    let lines = indicators.iter().zip(0..);
                    let values: Vec<i64> = indicators
                        .iter()
                        .map(|_| dice.below(10_000) as i64)
                        .collect();
                    let day = &day;
                    lines
                        .zip(values)
                        .map(move |((indicator, line), value)| FactRow {
                            province_id: province.clone(),
                            source_id: source.clone(),
                            line,
                            source_entity: "observation".to_owned(),
                            indicator: indicator.clone(),
                            admin_unit_id: commune.clone(),
                            organization_id: None,
                            campaign_id: None,
                            activity_kind: None,
                            day: day.clone(),
                            state: "reported".to_owned(),
                            value,
                        })
                })
                .collect();
            db.write::<(), StoreError, _>(move |tx| {
                Box::pin(async move { fact_insert(tx, &facts).await })
            })
            .await?;
        }
    }
    Ok((each * indicators.len(), indicators))
}

/// The communes of 2021 with their provinces.
fn communes_with_province(units: &AdminUnits) -> Vec<(String, String)> {
    let day = jiff::civil::date(2021, 11, 1);
    let mut communes = Vec::new();
    for province in units.provinces(day) {
        for district in units.children(province, day) {
            for commune in units.children(district, day) {
                communes.push((units.id(province).to_owned(), units.id(commune).to_owned()));
            }
        }
    }
    communes
}

/// Measures one kind of reading and prints the run in the middle by rate.
async fn row(
    options: &Options,
    server: &Server,
    what: &str,
    connections: usize,
    path: impl Fn(&mut Dice) -> String,
) -> Result<()> {
    let make = |dice: &mut Dice| request("GET", &path(dice), &server.signed_in, "");
    let lasting = Duration::from_secs(options.seconds);
    load(
        &server.address,
        connections,
        Duration::from_secs(1),
        99,
        0,
        &make,
    )
    .await?;
    let mut loads: Vec<Load> = Vec::new();
    for run in 0..options.runs {
        let seed = run as u64;
        loads.push(load(&server.address, connections, lasting, seed, 0, &make).await?);
    }
    loads.sort_by(|one, other| one.per_second().total_cmp(&other.per_second()));
    let middle = &loads[loads.len() / 2];
    println!(
        "| {what} | {connections} | {:.0} | {} | {} | {} | {} | {} MB | {} |",
        middle.per_second(),
        shown(middle.latency.median()),
        shown(middle.latency.p99()),
        shown(middle.latency.max()),
        loads.iter().map(|load| load.failed).sum::<usize>(),
        server.memory()?.1 >> 20,
        load_average()
    );
    Ok(())
}
