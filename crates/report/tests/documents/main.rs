//! Whole reports rendered: what a reader finds in them.

mod escaping;
mod refusals;
mod sample;

use report::*;
use sample::*;

fn launch_report() -> Report {
    Report::new(launch()).expect("the sample holds together")
}

/// The words between the tags, as a reader of the page sees them.
fn text_of(page: &str) -> String {
    let mut text = String::new();
    let mut tag = String::new();
    let mut in_tag = false;
    let mut in_style = false;
    for letter in page.chars() {
        match letter {
            '<' => {
                in_tag = true;
                tag.clear();
            }
            '>' if in_tag => {
                in_tag = false;
                in_style = tag == "style" || (in_style && tag != "/style");
                if matches!(
                    tag.split(' ').next(),
                    Some("p" | "/p" | "td" | "th" | "li" | "h1" | "h2" | "h3" | "text")
                ) {
                    text.push(' ');
                }
            }
            _ if in_tag => tag.push(letter),
            _ if in_style => {}
            _ => text.push(letter),
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

const SENTENCES: [&str; 5] = [
    "Toàn tỉnh ra quân đồng loạt tại 21 điểm; 21 xe ô tô có loa và 420 xe máy.",
    "Các tổ đã tư vấn cho trên 9.000 người; kết quả có 1.322 người tham gia mới BHXH tự nguyện, đạt 110,2% chỉ tiêu tháng 5/2022 (1.200 người), vượt 122 người và 2.222 người tham gia mới BHYT hộ gia đình.",
    "Toàn tỉnh có 107.219 người tham gia BHXH bắt buộc, tăng 4.370 người so với cùng kỳ năm 2022 (4,2%).",
    "Số người hưởng BHXH một lần là 1.204 người, giảm 120 người so với cùng kỳ năm 2022 (9,1%), đạt mục tiêu giảm.",
    "Tỷ lệ bao phủ lực lượng lao động là 52,1%, chỉ tiêu năm 2025 là 55%, còn thiếu 2,9 điểm phần trăm.",
];

#[test]
fn the_narrative_says_figures_in_the_manner_of_official_reports() {
    let json: serde_json::Value =
        serde_json::from_str(&json(&launch_report())).expect("the JSON is well formed");
    let blocks = json["sections"][0]["blocks"]
        .as_array()
        .expect("a section has blocks");
    let said: Vec<&str> = blocks
        .iter()
        .filter_map(|block| block["text"].as_str())
        .collect();
    assert_eq!(said, SENTENCES);
}

#[test]
fn the_page_holds_head_title_text_tables_and_signature() {
    let page = html(&launch_report(), Layout::Official);
    let text = text_of(&page);
    for expected in [
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
        "BẢO HIỂM XÃ HỘI TỈNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 315/BC-BHXH",
        "Nghệ An, ngày 08 tháng 5 năm 2022",
        "BÁO CÁO",
        "I. KẾT QUẢ THỰC HIỆN",
        "trên 9.000 người",
        "Thành phố Vinh 188(mh) +98(mh)",
        "Thị xã Cửa Lò 61(mh) -29(mh)",
        "2= Huyện Quỳnh Lưu 110,0",
        "Chưa xếp hạng: Huyện Kỳ Sơn (12 lượt tư vấn)",
        "31/5/2022 40 Có nguy cơ chậm",
        "Nơi nhận:",
        "- Lưu: VT, TT.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "CÁCH TÍNH",
        "15/15 báo cáo đã nhận",
    ] {
        assert!(text.contains(expected), "{expected} is not in the page");
    }
    assert!(page.contains("<title id=\"report-chart-1-title\">"));
    assert_eq!(page.matches("<svg").count(), 4);
    assert_eq!(page.matches("<details").count(), 4);
}

#[test]
fn a_fragment_brings_no_page_styles_or_scripts() {
    let part = html(&launch_report(), Layout::Fragment);
    assert!(part.starts_with("<article class=\"raquan-report\""));
    for forbidden in [
        "<html",
        "<body",
        "<style",
        "<script",
        " style=",
        " onclick=",
        "javascript:",
    ] {
        assert!(!part.contains(forbidden), "{forbidden} is in the fragment");
    }
}

#[test]
fn every_figure_leads_to_how_it_was_computed() {
    let page = html(&launch_report(), Layout::Fragment);
    for (index, figure) in launch_report().content().figures.iter().enumerate() {
        assert!(
            page.contains(&format!("href=\"#report-figure-{}\"", index + 1)),
            "{} is no link",
            figure.id
        );
        assert!(
            page.contains(&format!("id=\"report-figure-{}\"", index + 1)),
            "{} is not explained",
            figure.id
        );
    }
    for source in ["report-table-1", "report-chart-1", "report-table-2"] {
        assert!(
            page.contains(&format!("href=\"#{source}\"")),
            "{source} is not explained"
        );
    }
}

#[test]
fn the_plan_prints_its_four_parts() {
    let report = Report::new(plan_content()).expect("the plan holds together");
    let text = text_of(&html(&report, Layout::Official));
    let mut from = 0;
    for expected in [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "a) Mục tiêu chung: Nâng cao",
        "(chỉ tiêu theo dõi: Số người hưởng BHXH một lần, giảm)",
        "2. Yêu cầu",
        "3. Phương thức",
        "II. ĐỐI TƯỢNG",
        "“Bảo hiểm xã hội cho tất cả mọi người”",
        "“Bảo hiểm xã hội là đầu tư cho tương lai”",
        "Khẩu hiệu theo đối tượng",
        "III. NỘI DUNG HOẠT ĐỘNG",
        "a) Treo băng rôn, pa-nô (ít nhất 1.200; tháng 6/2021; Văn phòng Sở)",
        "In tờ rơi 45.000.000 43.500.000",
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Lao động - Giáo dục nghề nghiệp (phối hợp: BHXH tỉnh)",
        "(thời hạn: 31/12/2021; Trong hạn)",
        "Hoàn thành",
    ] {
        let at = text[from..].find(expected);
        assert!(
            at.is_some(),
            "{expected} is not in the plan, or not in its place"
        );
        from += at.unwrap_or_default();
    }
}

#[test]
fn markdown_holds_sentences_tables_and_footnotes() {
    let text = markdown(&launch_report());
    assert!(text.contains("Toàn tỉnh có 107.219 người[^7] tham gia BHXH bắt buộc, tăng 4.370 người so với cùng kỳ năm 2022 (4,2%)[^7]."));
    assert!(text.contains("| Thành phố Vinh | 188 (mh) | +98 (mh) |"));
    assert!(
        text.contains("\n[^7]: Số người tham gia BHXH bắt buộc (tháng 3/2023): 107.219 người. ")
    );
    assert!(text.contains("## I. Kết quả thực hiện"));
}

#[test]
fn an_english_report_writes_numbers_the_english_way() {
    let mut content = launch();
    content.language = Language::En;
    let text = markdown(&Report::new(content).expect("the sample holds together"));
    assert!(text.contains("107,219 people"));
    assert!(text.contains("up 4,370 people on period 2022-03 (4.2%)"));
    assert!(text.contains("more than 9,000 people"));
}

#[test]
fn json_carries_values_changes_marks_and_origin() {
    let read: serde_json::Value =
        serde_json::from_str(&json(&launch_report())).expect("the JSON is well formed");
    let figure = |id: &str| {
        let figures = read["figures"].as_array().expect("figures are a list");
        figures
            .iter()
            .find(|figure| figure["id"] == id)
            .expect("the figure is there")
            .clone()
    };
    let insured = figure("participants.compulsory_si");
    assert_eq!(insured["value"], 107_219);
    assert_eq!(insured["changes"]["last_year"]["absolute"], 4370);
    assert_eq!(insured["changes"]["last_year"]["display"], "+4.370");
    assert_eq!(insured["changes"]["previous"], serde_json::Value::Null);
    assert_eq!(insured["marks"], serde_json::json!(["summed"]));
    assert_eq!(insured["completeness"]["expected"], 15);
    assert_eq!(insured["computed"]["boundary_date"], "2023-03-31");
    assert_eq!(insured["computed"]["records"], 15);
    assert_eq!(figure("consultations")["value"], 9214);
    assert_eq!(figure("consultations")["display"], "trên 9.000");
    assert!(json(&launch_report()).contains("\"value\": 52.1,\n      \"places\": 1,"));
}

#[test]
fn changes_are_said_by_direction_and_size() {
    let said = |direction, absolute: i64, against| {
        let mut one = figure("one", 1000, "người", "Số");
        one.direction = direction;
        let period = one.period.clone();
        let base = (1000 - absolute).into();
        one.changes = Changes {
            previous: Some(Change {
                absolute: absolute.into(),
                relative_percent: None,
                base,
                period: period.clone(),
            }),
            last_year: None,
            target: Some(TargetChange {
                absolute: absolute.into(),
                share_percent: None,
                base,
                period,
            }),
        };
        let text = Text::figure("one", Show::Change(against));
        let report = Report::new(content(
            vec![section(vec![Block::Paragraph(text)])],
            vec![one],
        ));
        let read = json(&report.expect("the sentence holds together"));
        let read: serde_json::Value = serde_json::from_str(&read).expect("the JSON is well formed");
        read["sections"][0]["blocks"][0]["text"]
            .as_str()
            .expect("a paragraph has a text")
            .to_owned()
    };
    use Against::{Previous, Target};
    use Direction::{Down, Up};
    for (direction, absolute, against, expected) in [
        (Up, 20, Previous, "tăng 20 người so với tháng 3/2023"),
        (Up, -20, Previous, "giảm 20 người so với tháng 3/2023"),
        (Up, 0, Previous, "không đổi so với tháng 3/2023"),
        (
            Down,
            -20,
            Previous,
            "giảm 20 người so với tháng 3/2023, đạt mục tiêu giảm",
        ),
        (
            Down,
            20,
            Previous,
            "tăng 20 người so với tháng 3/2023, chưa đạt mục tiêu giảm",
        ),
        (Down, 0, Previous, "không đổi so với tháng 3/2023"),
        (
            Up,
            0,
            Target,
            "chỉ tiêu tháng 3/2023 là 1.000 người, đạt đúng chỉ tiêu",
        ),
        (
            Up,
            -1500,
            Target,
            "chỉ tiêu tháng 3/2023 là 2.500 người, còn thiếu 1.500 người",
        ),
        (
            Down,
            -500,
            Target,
            "thấp hơn mức giao tháng 3/2023 (1.500 người) 500 người, đạt mục tiêu giảm",
        ),
        (
            Down,
            400,
            Target,
            "cao hơn mức giao tháng 3/2023 (600 người) 400 người, chưa đạt mục tiêu giảm",
        ),
    ] {
        assert_eq!(said(direction, absolute, against), expected);
    }
}
