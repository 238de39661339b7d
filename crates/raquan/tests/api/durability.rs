//! The program killed in the middle of writing: nothing acknowledged is lost, nothing is kept twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use serde_json::{Value, json};
use store::consultations::{ConsultationFilter, consultation_list};
use store::facts::{FactFilter, fact_sum};
use store::organizations::{OrganizationFilter, organization_list};
use store::{Db, DbOptions, Page, Scope, changes};

use crate::program::{Connection, Program};
use crate::support::{PASSWORD, postgres_database};

/// Clients that write at the same time.
const CLIENTS: usize = 8;
/// After how many acknowledged records each round's process is killed; the others of the moment
/// are anywhere between the first byte read and the answer written.
const KILLED_AFTER: [usize; 4] = [60, 1, 17, 130];
const PROVINCE: &str = "old-40";
const CAMPAIGN: &str = "nghe-an-2022";
const ORGANIZATION: &str = "bhxh-nghe-an";
/// People in each conversation.
const PEOPLE: i64 = 3;

mod sqlite {
    #[test]
    fn a_killed_program_has_kept_what_it_acknowledged() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        super::kill_and_count(&url, folder.path());
    }
}

mod postgres {
    #[test]
    fn a_killed_program_has_kept_what_it_acknowledged() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let url = runtime.block_on(super::postgres_database());
        super::kill_and_count(&url, folder.path());
    }
}

/// Where a client sends its record, and the record: the same under the same id, as a phone does
/// until it is acknowledged. Half of them are conversations, which are written together with
/// others; the other half are bodies, which have a savepoint of their own.
fn record(id: &str) -> (String, Value) {
    let name = format!("UBND xã {id}");
    match id.len() % 2 {
        0 => (
            "/api/v1/organizations".into(),
            json!({ "id": id, "kind": "peoples_committee", "name": name, "admin_unit_id": PROVINCE }),
        ),
        _ => (
            format!("/api/v1/campaigns/{CAMPAIGN}/consultations"),
            json!({ "id": id, "organization_id": ORGANIZATION, "admin_unit_id": PROVINCE,
                "day": "2022-05-08", "people": PEOPLE, "outcome": "considering" }),
        ),
    }
}

fn kill_and_count(url: &str, folder: &Path) {
    let mut program = Program::start(url, folder);
    let cookie = prepare(&program);
    let (mut acknowledged, mut unanswered) = (BTreeSet::new(), vec![None; CLIENTS]);
    for (round, killed_after) in KILLED_AFTER.into_iter().enumerate() {
        let (sender, answers) = mpsc::channel();
        let clients: Vec<_> = unanswered
            .into_iter()
            .enumerate()
            .map(|(client, first)| {
                let (sender, address, cookie) =
                    (sender.clone(), program.address.clone(), cookie.clone());
                let prefix = format!("{round}-{client}");
                thread::spawn(move || {
                    write_until_killed(&address, &cookie, &prefix, first, &sender)
                })
            })
            .collect();
        drop(sender);
        acknowledged.extend(answers.iter().take(killed_after));
        program.kill();
        // Answers that were on their way when the process died count as well.
        acknowledged.extend(answers);
        unanswered = clients
            .into_iter()
            .map(|client| client.join().expect("the client ends"))
            .collect();
        program = Program::start(url, folder);
    }
    let least: usize = KILLED_AFTER.iter().sum();
    assert!(acknowledged.len() >= least, "{}", acknowledged.len());

    // What was never answered is sent once more; then everything ever sent is there, once.
    let mut sent = acknowledged.clone();
    let mut connection = Connection::open(&program.address, &cookie).expect("the program listens");
    for id in unanswered.into_iter().flatten() {
        let (path, body) = record(&id);
        let (status, body) = connection.send("POST", &path, &body).expect("an answer");
        assert_eq!(status, 201, "{body}");
        sent.insert(id);
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(count(url, &acknowledged, &sent));
}

/// Changes the printed password, makes an organization with a campaign, and returns the cookie.
fn prepare(program: &Program) -> String {
    let first = program.first_password.as_ref().expect("the first start");
    let mut connection = Connection::open(&program.address, "").expect("the program listens");
    let cookie = connection.sign_in("quantri", first);
    let change = json!({ "current_password": first, "new_password": PASSWORD });
    let organization = json!({ "id": ORGANIZATION, "kind": "social_insurance",
        "name": "Bảo hiểm xã hội tỉnh Nghệ An", "admin_unit_id": PROVINCE });
    let campaign = json!({ "id": CAMPAIGN, "name": "Tháng vận động 2022", "admin_unit_id": PROVINCE,
        "organization_id": ORGANIZATION, "first_day": "2022-05-01", "last_day": "2022-05-31" });
    let (_, me) = connection
        .send("GET", "/api/v1/me", &Value::Null)
        .expect("an answer");
    let roles = format!("/api/v1/users/{}/roles", me["id"].as_str().expect("an id"));
    for (path, body) in [
        ("/api/v1/me/password", change),
        (&roles, json!({ "role": "planner" })),
        (&roles, json!({ "role": "counsellor" })),
        ("/api/v1/organizations", organization),
        ("/api/v1/campaigns", campaign),
    ] {
        let (status, answer) = connection.send("POST", path, &body).expect("an answer");
        assert!(status < 300, "{path}: {status} {answer}");
    }
    cookie
}

/// Sends one record after the other, reports each acknowledged id, and returns the unanswered one.
fn write_until_killed(
    address: &str,
    cookie: &str,
    prefix: &str,
    first: Option<String>,
    acknowledged: &mpsc::Sender<String>,
) -> Option<String> {
    let mut connection = Connection::open(address, cookie).expect("the program listens");
    let mut ids = first
        .into_iter()
        .chain((0..).map(|n| format!("{prefix}-{n}")));
    loop {
        let id = ids.next()?;
        let (path, body) = record(&id);
        match connection.send("POST", &path, &body) {
            Ok((201, _)) => acknowledged.send(id).expect("the test listens"),
            Ok((status, body)) => panic!("{id}: {status} {body}"),
            Err(_) => return Some(id),
        }
    }
}

/// Compares the database with what clients know.
async fn count(url: &str, acknowledged: &BTreeSet<String>, sent: &BTreeSet<String>) {
    let options = DbOptions {
        url: url.to_owned(),
        connections: 2,
    };
    let db = Db::open(&options).await.expect("the database opens");
    let log = changes::change_list(db.read(), PROVINCE, 0, i64::MAX)
        .await
        .expect("the change log");
    let numbers: Vec<i64> = log.iter().map(|change| change.seq).collect();
    assert!(
        numbers.iter().copied().eq(1..=log.len() as i64),
        "{numbers:?}"
    );
    let heads = changes::change_head_list(db.read()).await.expect("heads");
    let head = heads.iter().find(|head| head.province_id == PROVINCE);
    assert_eq!(head.map(|head| head.last_seq), numbers.last().copied());

    let mut logged: BTreeMap<&str, usize> = BTreeMap::new();
    for change in &log {
        *logged.entry(&change.entity_id).or_default() += 1;
    }
    let twice: Vec<_> = logged.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "logged more than once: {twice:?}");

    let (scope, page) = (
        Scope::everything(),
        Page {
            after: None,
            limit: i64::MAX,
        },
    );
    let filter = OrganizationFilter::default();
    let bodies = organization_list(db.read(), &scope, &filter, &page)
        .await
        .expect("bodies");
    let filter = ConsultationFilter::default();
    let talks = consultation_list(db.read(), &scope, PROVINCE, CAMPAIGN, &filter, &page)
        .await
        .expect("conversations");
    let ids = bodies.iter().map(|row| row.id.as_str());
    let ids: Vec<&str> = ids.chain(talks.iter().map(|row| row.id.as_str())).collect();
    let mut kept: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(kept.len(), ids.len(), "a record is kept twice");
    logged.remove(CAMPAIGN);
    assert_eq!(kept, logged.keys().copied().collect());
    kept.remove(ORGANIZATION);
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|id| !kept.contains(id.as_str()))
        .collect();
    assert!(lost.is_empty(), "acknowledged but lost: {lost:?}");
    assert_eq!(kept, sent.iter().map(String::as_str).collect());

    // Each figure is the sum of its records.
    for (indicator, expected) in [
        ("consultations", talks.len() as i64),
        (
            "people_counselled",
            talks.iter().map(|row| row.people).sum(),
        ),
    ] {
        let filter = FactFilter {
            indicator: Some(indicator),
            ..FactFilter::default()
        };
        let sum = fact_sum(db.read(), &scope, &filter).await.expect("a sum");
        assert_eq!(sum.total, Some(expected), "{indicator}");
    }
}
