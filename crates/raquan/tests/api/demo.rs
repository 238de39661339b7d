//! The demo by what it shows: the figures of the five reports, the readiness gate, today's boundaries; the same on
//! both databases.

use std::collections::BTreeMap;

use domain::admin_units::Level;
use raquan::app::activities::readiness_gate;
use raquan::app::figures::{FigureInput, figure_get};
use raquan::app::reports::{ReportRequest, report_make};
use raquan::app::sessions::session_create;
use raquan::app::{Actor, App, Door};
use raquan::clock::Clock;
use raquan::config::Config;
use raquan::demo::{self, Outcome};
use serde_json::Value;
use store::changes::change_list;
use tokio::sync::OnceCell;

use crate::support::postgres_database;

const CAMPAIGNS: [&str; 5] = [
    "ninh-thuan-2021",
    "nghe-an-2022",
    "nghe-an-2022-launch",
    "dak-lak-2022",
    "hai-duong-2024",
];

/// What a database with the demo shows.
#[derive(Debug, PartialEq)]
struct Shown {
    /// Reports as JSON text, by campaign and day.
    reports: BTreeMap<String, String>,
    /// What is missing at the readiness gate, by instant.
    missing: BTreeMap<&'static str, usize>,
    /// Figures on today's boundaries: value, reports there, reports that should be there.
    today: BTreeMap<&'static str, (i64, u32, u32)>,
}

impl Shown {
    /// Loads the demo twice into a fresh database and asks what it shows.
    async fn on(url: &str, folder: &std::path::Path) -> Self {
        let config = || {
            let key = folder.join("key").display().to_string();
            let flags = [("database_url", url.to_owned()), ("key_file", key)];
            Config::load(None, [], &flags).expect("the configuration is right")
        };
        let first = demo::load(config(), |_| {}).await;
        assert_eq!(first.expect("it loads"), Outcome::Loaded);
        let clock = Clock::from_fn(|| "2026-01-01T03:00:00Z".parse().expect("an instant"));
        let app = App::open(config(), clock).await.expect("it opens");
        let before = changes(&app).await;
        let again = demo::load(config(), |_| {}).await;
        assert_eq!(again.expect("it loads again"), Outcome::AlreadyThere);
        assert_eq!(changes(&app).await, before, "loading again writes nothing");
        signs_in(&app).await;
        Self {
            reports: reports(&app).await,
            missing: missing(&app).await,
            today: today(&app),
        }
    }

    fn report(&self, name: &str) -> Value {
        serde_json::from_str(&self.reports[name]).expect("a report is JSON")
    }

    fn figure(&self, report: &str, id: &str) -> Value {
        let report_json = self.report(report);
        let figures = report_json["figures"].as_array().expect("figures");
        let found = figures.iter().find(|figure| figure["id"] == id);
        found
            .unwrap_or_else(|| panic!("{report} has no figure {id}"))
            .clone()
    }

    #[track_caller]
    fn value(&self, report: &str, id: &str) -> i64 {
        self.figure(report, id)["value"]
            .as_i64()
            .expect("a whole number")
    }
}

async fn changes(app: &App) -> usize {
    let mut count = 0;
    for province in ["vn", "old-58", "old-40", "old-66", "old-30", "new-40"] {
        count += change_list(app.db.read(), province, 0, 1_000_000)
            .await
            .expect("changes")
            .len();
    }
    count
}

async fn signs_in(app: &App) {
    for user in demo::sign_ins().expect("the files parse") {
        let signed_in = session_create(app, &user.username, user.password, "").await;
        assert!(signed_in.is_ok(), "{}", user.username);
    }
}

async fn reports(app: &App) -> BTreeMap<String, String> {
    let actor = Actor::system(Door::Cli);
    let mut reports = BTreeMap::new();
    let mut make = async |name: String, campaign: &str, request: ReportRequest| {
        let report = report_make(app, &actor, campaign, request)
            .await
            .expect("a report");
        reports.insert(name, report::json(&report));
    };
    for campaign in CAMPAIGNS {
        make(campaign.to_owned(), campaign, ReportRequest::default()).await;
    }
    for day in [1, 10, 20, 27, 30] {
        let as_of = jiff::civil::date(2022, 5, day);
        let request = ReportRequest {
            as_of: Some(as_of),
            ..ReportRequest::default()
        };
        make(format!("nghe-an-2022@{as_of}"), "nghe-an-2022", request).await;
    }
    let as_of = Some(jiff::civil::date(2022, 5, 8));
    let request = ReportRequest {
        as_of,
        ..ReportRequest::default()
    };
    make(
        "nghe-an-2022-launch@2022-05-08".into(),
        "nghe-an-2022-launch",
        request,
    )
    .await;
    reports
}

async fn missing(app: &App) -> BTreeMap<&'static str, usize> {
    let actor = Actor::system(Door::Cli);
    let mut missing = BTreeMap::new();
    for at in ["2022-05-03T08:00", "2022-05-07T18:00", "2022-05-07T19:00"] {
        let gate = readiness_gate(app, &actor, "na22l-ra-quan", Some(at))
            .await
            .expect("a gate");
        assert_eq!(gate.sites.len(), 21);
        missing.insert(at, gate.sites.iter().map(|site| site.missing.len()).sum());
    }
    missing
}

fn today(app: &App) -> BTreeMap<&'static str, (i64, u32, u32)> {
    let actor = Actor::system(Door::Cli);
    let ask = |unit: &str, period: &str, boundaries: &str| {
        let input = FigureInput {
            indicator: "participants.voluntary_si".into(),
            admin_unit_id: unit.into(),
            period: Some(period.into()),
            boundaries: Some(boundaries.into()),
            ..FigureInput::default()
        };
        let answer = figure_get(app, &actor, &input).expect("a figure");
        let figure = answer.figures.first().expect("one period");
        let reports = figure
            .completeness
            .map_or((0, 0), |count| (count.reported, count.expected));
        (figure.value.expect("a value"), reports.0, reports.1)
    };
    let mut today = BTreeMap::new();
    for (name, unit, period) in [
        ("Đắk Lắk", "new-66", "2023-03"),
        ("Hải Phòng", "new-31", "2024-05"),
        ("Khánh Hòa", "new-56", "2021-12"),
    ] {
        today.insert(name, ask(unit, period, "2026-01-01"));
        let country = |boundaries| ask("vn", period, boundaries).0;
        assert_eq!(
            country("as_was"),
            country("2026-01-01"),
            "the country's sum of {period}"
        );
    }
    today
}

/// What a SQLite file shows; loaded once for all tests.
async fn sqlite() -> &'static Shown {
    static SHOWN: OnceCell<Shown> = OnceCell::const_new();
    SHOWN.get_or_init(fresh_sqlite).await
}

async fn fresh_sqlite() -> Shown {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("demo.db").display());
    Shown::on(&url, folder.path()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_five_reports_show_what_was_published() {
    let shown = sqlite().await;
    launch(shown);
    cascade(shown);
    dak_lak(shown);
    hai_duong(shown);
    ninh_thuan(shown);
    boundaries(shown);
    rankings(shown);
}

/// The rankings of a report by their captions.
fn rankings_of(shown: &Shown, report: &str) -> BTreeMap<String, Value> {
    let report = shown.report(report);
    let sections = report["sections"].as_array().expect("sections");
    let blocks = sections
        .iter()
        .flat_map(|section| section["blocks"].as_array().expect("blocks"));
    let rankings = blocks.filter(|block| block["kind"] == "ranking");
    let by_caption = |block: &Value| {
        let caption = block["caption"].as_str().expect("a caption");
        (caption.to_owned(), block.clone())
    };
    rankings.map(by_caption).collect()
}

/// What was confirmed and what is only claimed are ranked apart, and together make the report's figures.
fn rankings(shown: &Shown) {
    let report = "nghe-an-2022-launch";
    let ranked = rankings_of(shown, report);
    let total = |words: &str| {
        let block = &ranked[&format!("Xếp hạng theo số người đăng ký tham gia, {words}")];
        let rows = block["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), 21);
        let score = |row: &Value| row[2]["value"].as_i64().expect("a whole number");
        rows.iter().map(score).sum::<i64>()
    };
    let confirmed = total("đã được cơ quan BHXH xác nhận");
    let claimed = total("các tổ báo cáo, chưa được xác nhận");
    assert_eq!(confirmed + claimed, 1322 + 2222);
    assert_eq!(
        confirmed,
        shown.value(report, "enrollments.voluntary_si.confirmed")
    );
}

fn launch(shown: &Shown) {
    let report = "nghe-an-2022-launch";
    for report in [report, "nghe-an-2022-launch@2022-05-08"] {
        for (id, value) in [
            ("launches", 1),
            ("sites", 21),
            ("parades", 21),
            ("cars", 21),
            ("motorbikes", 420),
            ("teams", 474),
            ("places", 1606),
            ("consultations", 9018),
            ("people_counselled", 9018),
            ("enrollments.voluntary_si", 1322),
            ("enrollments.household_hi", 2222),
        ] {
            assert_eq!(shown.value(report, id), value, "{report} {id}");
        }
    }
    assert_eq!(
        shown.figure(report, "consultations")["display"],
        "trên 9.000"
    );
    assert_eq!(
        shown.value(report, "enrollments.voluntary_si.confirmed"),
        640
    );
    assert_eq!(shown.missing["2022-05-03T08:00"], 21 * 8);
    assert!(shown.missing["2022-05-07T18:00"] > 0);
    assert_eq!(shown.missing["2022-05-07T19:00"], 0);
}

fn cascade(shown: &Shown) {
    let report = "nghe-an-2022";
    assert_eq!(shown.value(report, "communes"), 460);
    assert_eq!(shown.value(report, "communes_informed"), 460);
    assert_eq!(
        shown.figure(report, "communes_informed_percent")["value"],
        100
    );
    let informed: Vec<i64> = [10, 20, 27, 30]
        .map(|day| shown.value(&format!("nghe-an-2022@2022-05-{day}"), "communes_informed"))
        .into();
    assert!(
        informed.is_sorted() && informed[0] > 0 && informed[3] < 460,
        "{informed:?}"
    );
    assert_eq!(shown.value(report, "gifts_pledged"), 380);
    assert_eq!(shown.value(report, "gifts_given"), 353);
}

fn dak_lak(shown: &Shown) {
    let report = "dak-lak-2022";
    for (id, value) in [
        ("broadcasts", 8080),
        ("broadcast_languages", 3),
        ("launches", 2),
        ("launch.enrollments.household_hi", 3098),
        ("launch.enrollments.voluntary_si", 716),
        ("customer_conferences", 420),
        ("customer_conference.enrollments.voluntary_si", 3000),
        ("worker_dialogues", 6),
        ("worker_dialogue.attendees", 906),
        ("dialogue_sessions", 345),
        ("dialogue_session.attendees", 18_015),
        ("employer_dialogues", 905),
        ("participants.compulsory_si", 107_219),
        ("participants.voluntary_si", 17_452),
        ("participants.health_insurance", 1_621_517),
    ] {
        assert_eq!(shown.value(report, id), value, "{id}");
    }
    for (id, change) in [
        ("participants.compulsory_si", 4370),
        ("participants.voluntary_si", 708),
        ("participants.health_insurance", 58_139),
    ] {
        let figure = shown.figure(report, id);
        assert_eq!(figure["changes"]["last_year"]["absolute"], change, "{id}");
        assert_eq!(figure["completeness"]["reported"], 15, "{id}");
    }
    for (id, display) in [
        ("worker_dialogue.attendees", "trên 900"),
        ("dialogue_session.attendees", "trên 18.000"),
        ("employer_dialogues", "trên 900"),
    ] {
        assert_eq!(shown.figure(report, id)["display"], display);
    }
}

fn hai_duong(shown: &Shown) {
    let report = "hai-duong-2024";
    assert_eq!(shown.value(report, "conferences"), 52);
    assert_eq!(shown.figure(report, "conferences")["display"], "trên 50");
    let kinds = [
        "information_conferences",
        "customer_conferences",
        "worker_dialogues",
        "booths",
    ];
    assert_eq!(
        kinds.iter().map(|id| shown.value(report, id)).sum::<i64>(),
        52
    );
    for (id, month, year) in [
        ("participants.compulsory_si", 3234, 6799),
        ("participants.voluntary_si", 871, 2557),
    ] {
        let changes = shown.figure(report, id)["changes"].clone();
        assert_eq!(changes["previous"]["absolute"], month, "{id}");
        assert_eq!(changes["last_year"]["absolute"], year, "{id}");
    }
    let target = shown.figure(report, "coverage.labour_force")["changes"]["target"].clone();
    assert_eq!(target["base"], 55);
    assert!(
        target["absolute"]
            .as_f64()
            .is_some_and(|distance| distance < 0.0)
    );
}

fn ninh_thuan(shown: &Shown) {
    let report = "ninh-thuan-2021";
    for id in [
        "one_time_withdrawals",
        "employers_in_debt",
        "employers_evading",
    ] {
        let figure = shown.figure(report, id);
        assert_eq!(figure["direction"], "down", "{id}");
        let change = figure["changes"]["previous"]["absolute"].as_i64();
        assert!(change.is_some_and(|change| change < 0), "{id}");
    }
    let text = &shown.reports[report];
    for part in [
        "1194/LĐTBXH-BHXH",
        "1693/VPUB-VXNV",
        "Bảo hiểm xã hội cho tất cả mọi người",
        "Bảo hiểm xã hội là đầu tư cho tương lai",
        "Thanh tra Sở LĐTBXH tỉnh Ninh Thuận",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

/// Nothing is made up for the provinces that others were merged with: completeness tells that they have not reported.
fn boundaries(shown: &Shown) {
    for (name, value) in [
        ("Đắk Lắk", 17_452),
        ("Hải Phòng", 22_480),
        ("Khánh Hòa", 8120),
    ] {
        let (found, reported, expected) = shown.today[name];
        assert_eq!(found, value, "{name}");
        assert!(
            0 < reported && reported < expected,
            "{name}: {reported} of {expected}"
        );
    }
    let units = domain::admin_units::AdminUnits::embedded();
    let day = jiff::civil::date(2022, 5, 8);
    let nghe_an = units.get("old-40").expect("Nghệ An");
    let below = units.descendants(nghe_an, day);
    let communes = below
        .iter()
        .filter(|unit| units.nearest(**unit, day).level == Level::Commune);
    assert_eq!(communes.count(), 460);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_show_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = postgres_database().await;
    let on_postgres = Shown::on(&url, folder.path()).await;
    assert_eq!(&on_postgres, sqlite().await);
}
