//! `raquan policy` and `raquan quote`: what they print, and how they end.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::TestApp;

/// What a command printed.
struct Ended {
    code: Option<i32>,
    out: String,
    error: String,
}

fn raquan(arguments: &[&str]) -> Ended {
    raquan_with(arguments, "")
}

fn raquan_with(arguments: &[&str], input: &str) -> Ended {
    let mut child = Command::new(env!("CARGO_BIN_EXE_raquan"))
        .args(arguments)
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ended {
        code: output.status.code(),
        out: text(output.stdout),
        error: text(output.stderr),
    }
}

#[track_caller]
fn assert_says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "“{line}” is not in\n{text}");
    }
}

#[test]
fn all_cases_of_the_repository_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy/cases");
    let files: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path().display().to_string())
        .collect();
    let mut arguments = vec!["policy", "check"];
    arguments.extend(files.iter().map(String::as_str));
    let ended = raquan(&arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.error);
    assert_says(
        &ended.out,
        &["đạt        Nữ 40 tuổi đã đóng 12 năm", ", 0 không đạt"],
    );
}

#[test]
fn a_case_that_fails_and_files_that_are_none_end_with_1() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let case = "- name: Đóng thử\n  rule: voluntary_si.payment\n  on: 2025-07-01\n  input: { income_vnd: 1500000, mode: monthly }\n";
    let wrong = file(
        "wrong.yaml",
        &format!("{case}  expect: {{ contribution_vnd: 1 }}\n"),
    );
    let broken = file("broken.yaml", &format!("{case}  wrong: 1\n"));
    let ended = raquan(&["policy", "check", &wrong, &broken, "/nowhere/at-all.yaml"]);
    assert_eq!(ended.code, Some(1));
    assert_says(
        &ended.out,
        &[
            &format!("KHÔNG ĐẠT  Đóng thử ({wrong}:1)"),
            "    contribution_vnd: phải là 1, tính ra 330000",
            &format!("LỖI        {broken}:1: không phải là trường hợp: unknown field `wrong`"),
            "LỖI        /nowhere/at-all.yaml:0: không mở được",
        ],
    );
    assert_says(
        &ended.error,
        &["3 tệp, 1 trường hợp: 0 đạt, 1 không đạt; 2 tệp không đọc được"],
    );
}

#[test]
fn what_changed_is_told_by_area() {
    let ended = raquan(&["policy", "diff", "30/6/2025", "2025-07-01"]);
    assert_eq!(ended.code, Some(0));
    assert_says(
        &ended.out,
        &[
            "Thay đổi từ 30/6/2025 đến 01/7/2025",
            "\nBHXH tự nguyện\n- 01/7/2025: ",
            "\nLương hưu\n",
            "    near_poor: 25% → 40%; từ 01/7/2025, Nghị định 159/2025/NĐ-CP, Điều 5 khoản 1",
        ],
    );
    let ended = raquan(&["policy", "diff", "2026-06-30", "2026-07-01", "--as", "json"]);
    let found: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(found["values"][0]["id"], "base/base_salary");
    let ended = raquan(&["policy", "diff", "2017-12-31", "2026-07-01"]);
    assert_eq!(ended.code, Some(1));
    assert_says(&ended.error, &["ngày 31/12/2017 trước 01/01/2018"]);
}

#[test]
fn a_woman_of_40_sees_what_withdrawing_loses() {
    let asked = [
        "quote",
        "compare",
        "--sex",
        "woman",
        "--born",
        "15/3/1986",
        "--paid",
        "2013-07..2025-06:3.000.000",
        "--on",
        "01/7/2026",
    ];
    let ended = raquan(&asked);
    assert_eq!(ended.code, Some(0), "{}", ended.error);
    assert_says(
        &ended.out,
        &[
            "RÚT BHXH MỘT LẦN, HAY GIỮ LẠI ĐỂ HƯỞNG LƯƠNG HƯU?\nTheo quy định ngày 01/7/2026\n\nCẢNH BÁO",
            "Nữ sinh 03/1986, đã đóng 12 năm.",
            "84.694.800 đồng",
            "(bằng chữ: tám mươi tư triệu sáu trăm chín mươi tư nghìn tám trăm đồng)",
            "Lương hưu 1.572.300 đồng mỗi tháng đến hết đời, từ tháng 04/2046 (Luật Bảo hiểm xã hội",
            "Trợ cấp mai táng 25.300.000 đồng cho thân nhân (Luật Bảo hiểm xã hội 41/2024/QH15, Điều 109)",
            "trị giá 70.754 đồng mỗi tháng",
            "Tiền Nhà nước hỗ trợ: giữ lại và đóng tiếp thì được 4.105.200 đồng",
            "Từ 65 tuổi 8 tháng (tháng 11/2051), sau 68 tháng lương hưu",
            "+304.715.200",
            "     Căn cứ: Luật Bảo hiểm xã hội 41/2024/QH15, Điều 102 khoản 1\n",
            &format!("Phiên bản quy định: {}", policy::rules_version()),
        ],
    );
    let mut english = asked.to_vec();
    english.extend(["--language", "en"]);
    assert_says(
        &raquan(&english).out,
        &["A pension of 1,572,300 đồng a month for life, from 2046-04"],
    );
    let mut json = asked.to_vec();
    json.extend(["--as", "json"]);
    let quote: Value = serde_json::from_str(&raquan(&json).out).expect("JSON");
    assert_eq!(quote["calculator"], "compare.withdraw_or_keep");
    assert_eq!(quote["value"]["break_even"]["age"], "65y8m");
    assert_eq!(quote["rules_version"], policy::rules_version());
}

#[test]
fn people_ask_with_flags_of_their_own() {
    let ask = |arguments: &[&str]| {
        let mut all = vec!["quote"];
        all.extend(arguments);
        all.extend(["--on", "2026-07-01"]);
        let ended = raquan(&all);
        assert_eq!(ended.code, Some(0), "{}", ended.error);
        ended.out
    };
    let payment = ask(&[
        "voluntary-si",
        "--income",
        "3.000.000",
        "--mode",
        "twelve-months",
        "--categories",
        "near-poor",
    ]);
    assert_says(&payment, &["6.336.000 đồng", "Hạn đóng"]);
    let prepaid = ask(&[
        "voluntary-si",
        "--income",
        "1500000",
        "--prepaid-years",
        "2",
    ]);
    assert_says(&prepaid, &["CẢNH BÁO", "7.644.801 đồng"]);
    let missing = ask(&[
        "voluntary-si",
        "--income",
        "1500000",
        "--missing-after",
        "120",
        "--age-reached",
        "03/2026",
    ]);
    assert_says(&missing, &["Số tháng còn thiếu", "21.791.542 đồng"]);
    let household = ask(&["household-hi", "--members", "3", "--others", "pupil"]);
    assert_says(
        &household,
        &["Người 4: học sinh, sinh viên", "3.825.360 đồng"],
    );
    let career = [
        "--sex", "woman", "--age", "60", "--years", "17", "--income", "3000000",
    ];
    let mut pension = vec!["pension"];
    pension.extend(career);
    assert_says(&ask(&pension), &["Lương hưu mỗi tháng"]);
    let mut withdrawal = vec!["withdrawal", "--reason", "settling-abroad"];
    withdrawal.extend(career);
    assert_says(&ask(&withdrawal), &["Số tháng đóng bị xóa", "204"]);
    let retirement = ask(&[
        "retirement",
        "--sex",
        "man",
        "--born",
        "1964-01",
        "--voluntary-months",
        "119",
    ]);
    assert_says(&retirement, &["61 tuổi 3 tháng", "119 / 180", "CÓ THỂ LÀM"]);
}

#[test]
fn any_calculator_runs_by_its_name() {
    let list = raquan(&["quote", "list"]);
    assert_says(&list.out, &["household_hi.visit", "BHYT trả bao nhiêu"]);
    let input = r#"{"insured":"household","cost_vnd":10000000}"#;
    let arguments = |input| {
        [
            "quote",
            "run",
            "household_hi.visit",
            "--input",
            input,
            "--on",
            "2026-12-01",
        ]
    };
    let direct = raquan(&arguments(input));
    assert_says(&direct.out, &["8.000.000 đồng"]);
    assert_eq!(raquan_with(&arguments("-"), input).out, direct.out);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("input.json");
    std::fs::write(&file, input).expect("written");
    let from_file = format!("@{}", file.display());
    assert_eq!(raquan(&arguments(&from_file)).out, direct.out);
    for (arguments, says) in [
        (arguments("{"), "--input không phải là JSON"),
        (arguments("{}"), "dữ liệu vào không đúng dạng: thiếu trường"),
        (arguments("@/nowhere"), "không đọc được tệp /nowhere"),
    ] {
        let ended = raquan(&arguments);
        assert_eq!(ended.code, Some(1));
        assert_says(&ended.error, &[says]);
    }
    let unknown = raquan(&["quote", "run", "nothing", "--input", "{}"]);
    assert_eq!(unknown.code, Some(1));
    assert_says(&unknown.error, &["không có phép tính “nothing”"]);
}

#[tokio::test]
async fn quotes_go_by_what_administrators_entered_in_the_database_that_is_named() {
    let world = TestApp::new().await;
    let administrator = world.user("quan.tri", "administrator", None).await;
    let entered = json!({ "from_month": "2027-01", "monthly_rate": "0.31%",
        "document_number": "99/BHXH-ĐTQ" });
    let path = "/api/v1/policy/fund_returns";
    let set = world.post(&administrator, path, &entered).await;
    set.expect(200);
    let asked = |database: &[&'static str]| -> Vec<&'static str> {
        let quote = [
            "quote",
            "voluntary-si",
            "--income",
            "2.200.000",
            "--prepaid-years",
            "2",
        ];
        [&quote[..], &["--on", "01/3/2027"], database].concat()
    };
    let compiled_in = raquan(&asked(&[]));
    assert_eq!(compiled_in.code, Some(1));
    assert_says(&compiled_in.error, &["thiếu lãi suất đầu tư quỹ"]);

    let url = world.app.config.database_url.clone();
    let url: &'static str = url.leak();
    let ended = raquan(&asked(&["--database", url]));
    assert_eq!(ended.code, Some(0), "{}", ended.error);
    assert_says(&ended.out, &["11.212.375 đồng", "99/BHXH-ĐTQ"]);

    let nowhere = raquan(&asked(&["--database", "sqlite:/nowhere/raquan.db"]));
    assert_eq!(nowhere.code, Some(1));
    assert_says(&nowhere.error, &["there is no database /nowhere/raquan.db"]);
}
