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
    "Toàn tỉnh ra quân đồng loạt tại 21 điểm, 21 xe ô tô có loa và 420 xe máy.",
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
        "a) Treo băng rôn, pa-nô (tháng 6/2021; Văn phòng Sở)",
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
