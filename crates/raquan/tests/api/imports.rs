//! Imports of tables: a check writes nothing, acceptance is all or the right rows, every bad file says what to do.

use axum::body::Body;
use axum::http::Request;
use encoding_rs::UTF_16LE;
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::run_world::Run;
use crate::support::{Client, TestApp};

const PATH: &str = "/api/v1/imports";
const VOLUNTARY: &str = "participants.voluntary_si";
const PROVINCE: &str = "old-40";
const HEADER: &str = "Đơn vị,Chỉ tiêu,Kỳ báo cáo,Số liệu\n";

/// A planner of Nghệ An.
async fn world() -> (TestApp, Client) {
    let world = TestApp::new().await;
    let planner = world.user("kehoach", "planner", Some("new-40")).await;
    (world, planner)
}

async fn check(
    world: &TestApp,
    client: &Client,
    id: &str,
    name: &str,
    content: &[u8],
) -> crate::support::Answer {
    let texts = [
        ("id", id),
        ("kind", "observations"),
        ("admin_unit_id", PROVINCE),
    ];
    world.upload(client, PATH, name, content, &texts).await
}

async fn figure(world: &TestApp, client: &Client, unit: &str, period: &str) -> Value {
    let path =
        format!("/api/v1/figures?indicator={VOLUNTARY}&admin_unit_id={unit}&period={period}");
    let answer = world.get(client, &path).await.expect(200);
    answer["items"][0]["value"].clone()
}

async fn changes(world: &TestApp) -> Vec<String> {
    let found = store::changes::change_list(world.app.db.read(), PROVINCE, 0, 100).await;
    found
        .unwrap()
        .into_iter()
        .map(|change| change.operation)
        .collect()
}

/// Line, column and code of every fault; each has a text that says how to mend it.
fn faults(report: &Value) -> Vec<(u64, &str, &str)> {
    report["faults"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| {
            let message = fault["message"].as_str().expect("a message");
            let place = format!("Dòng {}", fault["line"]);
            assert!(message.starts_with(&place), "{message}");
            assert!(
                message.contains("; ") || message.contains(". ") || message.contains(": "),
                "{message}"
            );
            (
                fault["line"].as_u64().unwrap(),
                fault["column"].as_str().unwrap_or(""),
                fault["code"].as_str().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_check_writes_nothing_and_acceptance_everything_once() {
    let (world, planner) = world().await;
    let table = format!("{HEADER}Thành phố Vinh,BHXH tự nguyện cũ,05/2022,12\n");
    let report = check(&world, &planner, "wrong", "so-lieu.csv", table.as_bytes())
        .await
        .expect(201);
    assert_eq!(faults(&report), [(2, "B", "choice.unknown")]);

    let table = format!(
        "{HEADER}Thành phố Vinh,{VOLUNTARY},05/2022,12\n413,Số người tham gia BHXH tự nguyện,2022-05,1.322\n"
    );
    let report = check(&world, &planner, "may", "so-lieu.csv", table.as_bytes())
        .await
        .expect(201);
    let import = &report["import"];
    assert_eq!(
        (
            &import["state"],
            &import["rows_total"],
            &import["rows_good"],
            &import["new"]
        ),
        (&json!("checked"), &json!(2), &json!(2), &json!(2))
    );
    assert_eq!(
        report["columns"],
        json!(["Đơn vị", "Chỉ tiêu", "Kỳ báo cáo", "Số liệu"])
    );
    assert_eq!(
        report["preview"][0],
        json!({ "line": 2, "good": true, "cells": [
            "Thành phố Vinh (old-412)", "Số người tham gia BHXH tự nguyện", "2022-05", "12",
        ] })
    );
    assert_eq!(
        figure(&world, &planner, PROVINCE, "2022-05").await,
        Value::Null
    );
    assert_eq!(changes(&world).await, ["import_check", "import_check"]);
    // The same upload again gives the same answer, another one under its id is refused.
    let again = check(&world, &planner, "may", "so-lieu.csv", table.as_bytes())
        .await
        .expect(201);
    assert_eq!(again["import"], report["import"]);
    let other = check(
        &world,
        &planner,
        "may",
        "khac.csv",
        HEADER.replace("Số", "So").as_bytes(),
    )
    .await;
    assert_eq!(other.expect(409)["code"], "record.id_taken");

    let accept = format!("{PATH}/may/accept");
    let done = world.post(&planner, &accept, &json!({})).await.expect(200);
    assert_eq!(
        (&done["state"], &done["new"]),
        (&json!("accepted"), &json!(2))
    );
    assert_eq!(figure(&world, &planner, PROVINCE, "2022-05").await, 1_334);
    let again = world.post(&planner, &accept, &json!({})).await.expect(200);
    assert_eq!(again, done);
    assert_eq!(
        changes(&world).await.len(),
        3,
        "one change row for the acceptance"
    );
    let list = world
        .get(&planner, "/api/v1/observations?import_id=may")
        .await
        .expect(200);
    assert_eq!(list["count"], 2);
    assert_eq!(list["items"][0]["source"], "Nhập từ tệp");

    // The same table as another import changes nothing; a correction replaces.
    let report = check(&world, &planner, "june", "so-lieu.csv", table.as_bytes())
        .await
        .expect(201);
    assert_eq!(
        (&report["import"]["new"], &report["import"]["unchanged"]),
        (&json!(0), &json!(2))
    );
    let table = table.replace(",12\n", ",13\n");
    let report = check(&world, &planner, "july", "so-lieu.csv", table.as_bytes())
        .await
        .expect(201);
    assert_eq!(
        (
            &report["import"]["corrected"],
            &report["import"]["unchanged"]
        ),
        (&json!(1), &json!(1))
    );
    world
        .post(&planner, &format!("{PATH}/july/accept"), &json!({}))
        .await
        .expect(200);
    assert_eq!(figure(&world, &planner, PROVINCE, "2022-05").await, 1_335);
    let imports = world.get(&planner, PATH).await.expect(200);
    assert_eq!(imports["items"].as_array().unwrap().len(), 4);
    // What was accepted still says what it changed.
    let kept = world
        .get(&planner, &format!("{PATH}/july"))
        .await
        .expect(200);
    assert_eq!(kept["import"]["corrected"], 1);
}

#[tokio::test]
async fn every_fault_of_a_table_is_found_in_one_pass() {
    let (world, planner) = world().await;
    let earlier = json!({ "id": "e", "rows": [
        { "indicator": VOLUNTARY, "admin_unit_id": PROVINCE, "period": "2022-03", "value": 1 },
    ] });
    world
        .post(&planner, "/api/v1/observations", &earlier)
        .await
        .expect(201);
    let lock = json!({ "admin_unit_id": PROVINCE, "period": "2022-02" });
    world
        .post(&planner, "/api/v1/period_locks", &lock)
        .await
        .expect(201);
    let rows = [
        "Thành phố Vinh,participants.voluntary_si,05/2022,12",
        "Atlantis,participants.voluntary_si,05/2022,12",
        "Thành phố Vinh,Vàng,05/2022,12",
        "new-16681,participants.voluntary_si,31/02/2022,12",
        "Thành phố Vinh,participants.voluntary_si,13/2022,12",
        "413,participants.voluntary_si,05/2022,mười hai",
        "413,participants.voluntary_si,05/2022,-3",
        "tp vinh,participants.voluntary_si,tháng 5/2022,14",
        "new-16681,participants.voluntary_si,05/2022,5",
        "Thành phố Vinh,participants.voluntary_si,08/2022,5",
        "Thành phố Vinh,participants.voluntary_si,03/2022,5",
        "Thành phố Vinh,participants.voluntary_si,02/2022,5",
        "Tỉnh Đắk Lắk,participants.voluntary_si,05/2022,5",
        ",participants.voluntary_si,05/2022,5",
    ];
    let table = format!("{HEADER}{}\n", rows.join("\n"));
    let report = check(&world, &planner, "x", "so-lieu.csv", table.as_bytes())
        .await
        .expect(201);
    assert_eq!(
        faults(&report),
        [
            (3, "A", "admin_unit.unknown"),
            (4, "B", "choice.unknown"),
            (5, "C", "date.no_such_day"),
            (6, "C", "date.no_such_month"),
            (7, "D", "number.not_a_number"),
            (8, "A", "row.duplicate"),
            (8, "D", "number.negative"),
            (9, "A", "row.duplicate"),
            (10, "A", "admin_unit.not_in_force"),
            (11, "C", "observation.period_in_future"),
            (12, "A", "observation.reported_elsewhere"),
            (13, "C", "observation.period_locked"),
            (14, "A", "observation.out_of_scope"),
            (15, "A", "cell.empty"),
        ]
    );
    let text = |line: u64| {
        let found = report["faults"]
            .as_array()
            .unwrap()
            .iter()
            .find(|fault| fault["line"] == line);
        found.unwrap()["message"].as_str().unwrap().to_owned()
    };
    assert!(
        text(10).contains("Thành phố Vinh"),
        "the successor's predecessor is named: {}",
        text(10)
    );
    assert!(text(12).contains("Tỉnh Nghệ An đã báo cáo"), "{}", text(12));
    assert!(
        text(14).contains("không thuộc phạm vi của bạn"),
        "{}",
        text(14)
    );
    assert_eq!(
        (&report["import"]["rows_good"], &report["import"]["new"]),
        (&json!(1), &json!(1))
    );

    // All or none, unless the user says so; nothing is half-written.
    let accept = format!("{PATH}/x/accept");
    let refused = world.post(&planner, &accept, &json!({})).await.expect(422);
    assert_eq!(refused["details"][0]["code"], "import.has_faults");
    assert_eq!(
        figure(&world, &planner, PROVINCE, "2022-05").await,
        Value::Null
    );
    let good = json!({ "good_rows_only": true });
    let done = world.post(&planner, &accept, &good).await.expect(200);
    assert_eq!((&done["new"], &done["rows_good"]), (&json!(1), &json!(1)));
    assert_eq!(figure(&world, &planner, PROVINCE, "2022-05").await, 12);

    // With a reason the locked period changes.
    let table = format!("{HEADER}Thành phố Vinh,{VOLUNTARY},02/2022,5\n");
    check(&world, &planner, "locked", "so-lieu.csv", table.as_bytes())
        .await
        .expect(201);
    let accept = format!("{PATH}/locked/accept");
    world.post(&planner, &accept, &json!({})).await.expect(422);
    let reason = json!({ "reason": "Bổ sung theo biên bản" });
    world.post(&planner, &accept, &reason).await.expect(200);
    assert_eq!(figure(&world, &planner, PROVINCE, "2022-02").await, 5);
}

#[tokio::test]
async fn unreadable_files_say_why_and_leave_nothing() {
    let (world, planner) = world().await;
    let mut empty_zip = Vec::new();
    zip::ZipWriter::new(std::io::Cursor::new(&mut empty_zip))
        .finish()
        .unwrap();
    let unknown_column = "Tên gì đó,Cột lạ\n1,2\n".as_bytes();
    for (name, content, code) in [
        ("rong.xlsx", &b""[..], "file.empty"),
        ("nen.xlsx", &empty_zip[..], "file.zip_without_workbook"),
        ("anh.xlsx", &b"\x89PNG\r\n\x1a\n0000"[..], "file.wrong_kind"),
        ("la.csv", unknown_column, "file.no_header"),
        ("tieu-de.csv", HEADER.as_bytes(), "file.header_only"),
    ] {
        let answer = check(&world, &planner, "bad", name, content)
            .await
            .expect(422);
        let fault = &answer["details"][0];
        assert_eq!(
            (&fault["field"], &fault["code"]),
            (&json!("file"), &json!(code))
        );
        assert!(fault["fix"].as_str().unwrap().len() > 10, "{fault}");
    }
    assert!(changes(&world).await.is_empty());
    let missing = world
        .upload(&planner, PATH, "a.csv", b"x", &[("kind", "songs")])
        .await
        .expect(422);
    let fields: Vec<_> = missing["details"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["field"].clone())
        .collect();
    assert_eq!(fields, ["id", "admin_unit_id"]);
    let texts = [("id", "a"), ("kind", "songs"), ("admin_unit_id", PROVINCE)];
    let unknown = world
        .upload(&planner, PATH, "a.csv", b"x", &texts)
        .await
        .expect(422);
    assert_eq!(unknown["details"][0]["code"], "import.unknown_kind");
    let large = vec![b'x'; world.app.config.limits.upload_bytes + 1];
    let answer = check(&world, &planner, "large", "to.csv", &large)
        .await
        .expect(413);
    assert!(
        answer["code"].as_str().unwrap().starts_with("file."),
        "{answer}"
    );
}

#[tokio::test]
async fn old_encodings_are_read() {
    let (world, planner) = world().await;
    let table = format!("{HEADER}Thành phố Vinh,{VOLUNTARY},05/2022,12\n");
    let mut utf16 = vec![0xff, 0xfe];
    for unit in table.encode_utf16() {
        utf16.extend(unit.to_le_bytes());
    }
    assert_eq!(UTF_16LE.decode(&utf16).0, table);
    let report = check(&world, &planner, "utf16", "a.csv", &utf16)
        .await
        .expect(201);
    assert_eq!(
        (&report["import"]["fault_count"], &report["import"]["new"]),
        (&json!(0), &json!(1))
    );
    // Windows-1258 writes tones as letters of their own after the vowel.
    let decomposed = table
        .replace('ị', "i\u{323}")
        .replace('ệ', "ê\u{323}")
        .replace('ỉ', "i\u{309}")
        .replace('ỳ', "y\u{300}")
        .replace('ố', "ô\u{301}");
    let (windows, _, lossy) = encoding_rs::WINDOWS_1258.encode(&decomposed);
    assert!(!lossy, "the table fits into Windows-1258");
    let report = check(&world, &planner, "win", "b.csv", &windows)
        .await
        .expect(201);
    assert_eq!(report["preview"][0]["cells"][0], "Thành phố Vinh (old-412)");
    assert_eq!(faults(&report), []);
}

#[tokio::test]
async fn formulas_count_by_their_results_and_merged_cells_are_faults() {
    let (world, planner) = world().await;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0_u16..).zip(HEADER.trim().split(',')) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (row, unit) in [(1, "Thành phố Vinh"), (2, "413"), (3, "414")] {
        sheet.write_string(row, 0, unit).unwrap();
        sheet.write_string(row, 1, VOLUNTARY).unwrap();
        sheet.write_string(row, 2, "05/2022").unwrap();
    }
    sheet
        .write_formula(1, 3, Formula::new("=6*2").set_result("12"))
        .unwrap();
    sheet.merge_range(2, 3, 3, 3, "7", &Format::new()).unwrap();
    let content = workbook.save_to_buffer().unwrap();
    let report = check(&world, &planner, "x", "bang.xlsx", &content)
        .await
        .expect(201);
    assert_eq!(faults(&report), [(3, "D", "cell.merged")]);
    assert_eq!(report["notices"][0]["code"], "cell.formulas_used");
    assert_eq!(report["import"]["rows_good"], 1);
    assert_eq!(report["preview"][0]["cells"][3], "12");
}

#[tokio::test]
async fn one_unit_to_a_row_and_one_indicator_to_a_column() {
    let (world, planner) = world().await;
    let texts = |id: &'static str, period: &'static str| {
        [
            ("id", id),
            ("kind", "observations"),
            ("admin_unit_id", PROVINCE),
            ("period", period),
        ]
    };
    let table = format!(
        "STT;Đơn vị;{VOLUNTARY};one_time_withdrawals\n1;Thành phố Vinh;12;0\n2;413;5;\nTổng cộng;;17;0\n"
    );
    let report = world
        .upload(
            &planner,
            PATH,
            "ngang.csv",
            table.as_bytes(),
            &texts("wide", "R2022-05"),
        )
        .await
        .expect(201);
    assert_eq!(faults(&report), []);
    assert_eq!(
        (&report["import"]["rows_total"], &report["import"]["new"]),
        (&json!(2), &json!(3))
    );
    assert_eq!(report["import"]["period"], "R2022-05");
    world
        .post(&planner, &format!("{PATH}/wide/accept"), &json!({}))
        .await
        .expect(200);
    assert_eq!(figure(&world, &planner, PROVINCE, "R2022-05").await, 17);

    let table = format!("Đơn vị;{VOLUNTARY};Cột lạ\nThành phố Vinh;12;1\n");
    let report = world
        .upload(
            &planner,
            PATH,
            "la.csv",
            table.as_bytes(),
            &texts("odd", "2022-04"),
        )
        .await
        .expect(201);
    assert_eq!(faults(&report), [(1, "C", "column.unknown")]);
    assert_eq!(
        report["import"]["rows_good"], 0,
        "a fault of the header concerns all rows"
    );
    let good = json!({ "good_rows_only": true });
    world
        .post(&planner, &format!("{PATH}/odd/accept"), &good)
        .await
        .expect(422);
    let malformed = world
        .upload(
            &planner,
            PATH,
            "la.csv",
            table.as_bytes(),
            &texts("bad", "2022-14"),
        )
        .await
        .expect(422);
    assert_eq!(malformed["details"][0]["code"], "period.malformed");
}

async fn bytes(world: &TestApp, client: &Client, path: &str) -> Vec<u8> {
    let request = client
        .sign(Request::builder().uri(path))
        .body(Body::empty())
        .unwrap();
    let response = world.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    axum::body::to_bytes(response.into_body(), 64 << 20)
        .await
        .unwrap()
        .to_vec()
}

#[tokio::test]
async fn the_workbook_with_the_faults_can_be_mended_and_comes_back() {
    let (world, planner) = world().await;
    let table =
        format!("{HEADER}Thành phố Vinh,{VOLUNTARY},05/2022,12\n413,{VOLUNTARY},05/2022,mười\n");
    check(&world, &planner, "x", "số liệu.csv", table.as_bytes())
        .await
        .expect(201);
    let workbook = bytes(&world, &planner, &format!("{PATH}/x/errors")).await;
    let report = check(&world, &planner, "y", "lai.xlsx", &workbook)
        .await
        .expect(201);
    assert_eq!(
        faults(&report),
        [(3, "D", "number.not_a_number")],
        "the column of faults is passed over"
    );
    assert_eq!(report["import"]["new"], 1);
}

#[tokio::test]
async fn a_template_names_the_units_and_is_read_back() {
    let (world, planner) = world().await;
    let path =
        format!("/api/v1/import_templates/observations?admin_unit_id={PROVINCE}&period=2022-05");
    let workbook = bytes(&world, &planner, &path).await;
    let texts = [
        ("id", "t"),
        ("kind", "observations"),
        ("admin_unit_id", PROVINCE),
        ("period", "2022-05"),
    ];
    let report = world
        .upload(&planner, PATH, "mau.xlsx", &workbook, &texts)
        .await
        .expect(201);
    assert_eq!(faults(&report), []);
    assert_eq!(
        (&report["import"]["rows_total"], &report["import"]["new"]),
        (&json!(21), &json!(0))
    );
    let cells = report["preview"][0]["cells"].as_array().unwrap();
    assert!(
        cells[0].as_str().unwrap().ends_with("(old-412)"),
        "{cells:?}"
    );
    let path = format!("/api/v1/import_templates/observations?admin_unit_id={PROVINCE}");
    let workbook = bytes(&world, &planner, &path).await;
    let report = check(&world, &planner, "long", "mau.xlsx", &workbook)
        .await
        .expect(201);
    let codes: Vec<_> = faults(&report)
        .into_iter()
        .map(|(_, _, code)| code)
        .collect();
    assert!(
        !codes.is_empty() && codes.iter().all(|code| *code == "cell.empty"),
        "{codes:?}"
    );
}

#[tokio::test]
async fn an_import_is_seen_by_those_who_may_make_it() {
    let (world, planner) = world().await;
    let table = format!("{HEADER}Thành phố Vinh,{VOLUNTARY},05/2022,12\n");
    check(&world, &planner, "x", "a.csv", table.as_bytes())
        .await
        .expect(201);
    let stranger = world.user("nguoi.la", "planner", Some("new-66")).await;
    let viewer = world.user("xem", "viewer", Some("new-40")).await;
    for client in [&stranger, &viewer] {
        world.get(client, &format!("{PATH}/x")).await.expect(404);
        world
            .post(client, &format!("{PATH}/x/accept"), &json!({}))
            .await
            .expect(404);
        world
            .get(client, &format!("{PATH}/x/errors"))
            .await
            .expect(404);
    }
    check(&world, &stranger, "y", "a.csv", table.as_bytes())
        .await
        .expect(404);
    check(&world, &viewer, "y", "a.csv", table.as_bytes())
        .await
        .expect(403);
    let seen = world.get(&stranger, PATH).await.expect(200);
    assert!(seen["items"].as_array().unwrap().is_empty());
    // The stranger cannot find out by its id that there is such an import.
    let texts = [
        ("id", "x"),
        ("kind", "observations"),
        ("admin_unit_id", "old-66"),
    ];
    let taken = world
        .upload(&stranger, PATH, "a.csv", table.as_bytes(), &texts)
        .await;
    assert_eq!(taken.expect(409)["code"], "record.id_taken");
    let row = store::imports::import_get(world.app.db.read(), "x")
        .await
        .unwrap()
        .unwrap();
    world
        .get(&planner, &format!("/api/v1/files/{}", row.file_id))
        .await
        .expect(404);
}

#[tokio::test]
async fn the_list_of_imports_names_files_units_and_people() {
    let (world, planner) = world().await;
    let table = format!("{HEADER}Thành phố Vinh,{VOLUNTARY},05/2022,12\n");
    check(&world, &planner, "x", "thang-5.csv", table.as_bytes())
        .await
        .expect(201);
    let colleague = world.user("dong.nghiep", "planner", Some("new-40")).await;
    let checked = world.get(&colleague, PATH).await.expect(200);
    let item = &checked["items"][0];
    assert_eq!(item["file_name"], "thang-5.csv");
    assert_eq!(item["admin_unit_name"], "Tỉnh Nghệ An");
    assert_eq!(item["created_by_name"], "Người thử kehoach");
    assert_eq!(item["accepted_by_name"], Value::Null);

    let accept = format!("{PATH}/x/accept");
    let accepted = world
        .post(&colleague, &accept, &json!({}))
        .await
        .expect(200);
    assert_eq!(accepted["accepted_by_name"], "Người thử dong.nghiep");
    let one = world.get(&planner, &format!("{PATH}/x")).await.expect(200);
    assert_eq!(one["import"], accepted);
    let list = world.get(&planner, PATH).await.expect(200);
    assert_eq!(list["items"], json!([accepted]));
}

#[tokio::test]
async fn organizations_come_with_their_parents() {
    let (world, planner) = world().await;
    let texts = |id: &'static str| {
        [
            ("id", id),
            ("kind", "organizations"),
            ("admin_unit_id", PROVINCE),
        ]
    };
    let header = "Tên cơ quan,Loại,Địa bàn,Tên viết tắt,Cơ quan cấp trên\n";
    world.set_clock("2022-05-20T02:00:00Z");
    let table = format!(
        "{header}BHXH thành phố Vinh,Bảo hiểm xã hội,Thành phố Vinh,,BHXH tỉnh\n\
         Bảo hiểm xã hội tỉnh Nghệ An,Bảo hiểm xã hội,40,BHXH tỉnh,\n\
         Bưu điện Vinh,Rạp xiếc,Thành phố Vinh,,\n\
         Bưu điện huyện,Bưu điện,Thành phố Vinh,,Tổng công ty trên trời\n\
         Bưu điện Đắk Lắk,Bưu điện,old-66,,\n"
    );
    let report = world
        .upload(&planner, PATH, "co-quan.csv", table.as_bytes(), &texts("o"))
        .await
        .expect(201);
    assert_eq!(
        faults(&report),
        [
            (4, "B", "choice.unknown"),
            (5, "E", "organization.unknown_parent"),
            (6, "C", "organization.out_of_scope"),
        ]
    );
    let table = table
        .lines()
        .take(3)
        .collect::<Vec<_>>()
        .join("\n")
        .replace("BHXH tỉnh\n", "Bảo hiểm xã hội tỉnh Nghệ An\n");
    let report = world
        .upload(&planner, PATH, "co-quan.csv", table.as_bytes(), &texts("p"))
        .await
        .expect(201);
    assert_eq!(
        (&report["import"]["new"], &report["import"]["fault_count"]),
        (&json!(2), &json!(0))
    );
    world
        .post(&planner, &format!("{PATH}/p/accept"), &json!({}))
        .await
        .expect(200);
    let found = world
        .get(&planner, "/api/v1/organizations?q=BHXH%20thanh%20pho")
        .await
        .expect(200);
    assert!(found["items"][0]["parent_id"].is_string(), "{found}");
    // The same table again adds nothing.
    let report = world
        .upload(&planner, PATH, "co-quan.csv", table.as_bytes(), &texts("q"))
        .await
        .expect(201);
    assert_eq!(
        (&report["import"]["new"], &report["import"]["unchanged"]),
        (&json!(0), &json!(2))
    );
    // A body cannot stand below itself.
    let table = format!("{header}A,Bưu điện,40,,B\nB,Bưu điện,40,,A\n");
    let report = world
        .upload(&planner, PATH, "vong.csv", table.as_bytes(), &texts("c"))
        .await
        .expect(201);
    assert_eq!(
        faults(&report),
        [
            (2, "E", "organization.cycle"),
            (3, "E", "organization.cycle")
        ]
    );
}

#[tokio::test]
async fn an_official_list_is_looked_at_and_then_taken_over() {
    let run = Run::new().await;
    let world = &run.world;
    let person = Run::person("p1", json!({}));
    world
        .post(&run.counsellor, "/api/v1/persons", &person)
        .await
        .expect(201);
    let enrollment = Run::enrollment("e1", json!({ "person_id": "p1" }));
    let enrollments = Run::path("/enrollments");
    world
        .post(&run.counsellor, &enrollments, &enrollment)
        .await
        .expect(201);

    // A spreadsheet has taken the zeros in front of the first number.
    let table = "Loại hình;Số CCCD;Họ và tên;Năm sinh;Xã;Thuộc;Ngày bắt đầu\n\
        BHXH tự nguyện;1080000001;;;;;01/06/2022\n\
        BHXH tự nguyện;;Trần Thị Thử;1970;Phường Đông Vĩnh;Vinh;31/02/2022\n\
        BHXH tự nguyện;;Trần Thị Thử;1970;;;\n\
        BHYT hộ gia đình;123;;;;;\n\
        BHXH tự nguyện;;Lê Văn Ví Dụ;1975;Phường Đông Vĩnh;Vinh;\n";
    let path = Run::path("/confirmations/table");
    let send = async |client: &Client, texts: &[(&str, &str)]| {
        let name = "danh-sach.csv";
        world
            .upload(client, &path, name, table.as_bytes(), texts)
            .await
    };
    let dry = [("id", "k1"), ("dry_run", "true")];
    send(&run.counsellor, &dry).await.expect(403);
    send(&run.stranger, &dry).await.expect(404);
    let report = send(&run.planner, &dry).await.expect(200);
    assert_eq!(
        faults(&report),
        [
            (3, "G", "date.no_such_day"),
            (4, "B", "confirmation.nobody_named"),
            (5, "B", "person.bad_national_id"),
        ]
    );
    let matched = &report["confirmation"];
    assert_eq!(
        (
            &report["written"],
            &matched["matched"],
            &matched["unmatched"]
        ),
        (&json!(false), &json!(1), &json!(1))
    );
    assert_eq!(run.sum("enrollments.voluntary_si", "confirmed").await, 0);

    // All or none, unless the user says so; the same list again gives the same answer.
    let refused = send(&run.planner, &[("id", "k1")]).await.expect(422);
    assert_eq!(refused["details"][0]["code"], "import.has_faults");
    let good = [("id", "k1"), ("good_rows_only", "true")];
    let done = send(&run.planner, &good).await.expect(200);
    assert_eq!(
        (&done["written"], &done["confirmation"]["matched"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(run.sum("enrollments.voluntary_si", "confirmed").await, 1);
    let again = send(&run.planner, &good).await.expect(200);
    assert_eq!(again["confirmation"], done["confirmation"]);

    // Who brought it in is told to those who might have; others see what came of it.
    let lists = Run::path("/confirmations");
    let seen = run.world.get(&run.planner, &lists).await.expect(200);
    assert_eq!(seen["items"][0]["imported_by_name"], "Người thử kehoach");
    let viewer = run.world.user("nguoi.xem", "viewer", Some("old-40")).await;
    let seen = run.world.get(&viewer, &lists).await.expect(200);
    assert_eq!(seen["items"][0]["matched"], 1);
    assert_eq!(seen["items"][0]["imported_by_name"], Value::Null);
    let missing = send(&run.planner, &[]).await.expect(422);
    assert_eq!(missing["details"][0]["field"], "id");
}
