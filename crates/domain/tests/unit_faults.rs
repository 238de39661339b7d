//! Faults of unit files: every one is reported in one pass, with file and line.

use domain::admin_units::{AdminUnits, DataFault, DataFile, Level, UnitFiles};
use jiff::civil::date;

const UNITS: &str = "\
code,level,kind,name,full_name,parent_code,valid_from,valid_to,id,parent_id,structure,alt_name,basis
10,province,tỉnh,An,Tỉnh An,,,2025-06-30,old-10,,old,,
101,district,huyện,Ba,Huyện Ba,10,,2025-06-30,old-101,old-10,old,,
10101,commune,xã,Cao,Xã Cao,101,,2024-12-31,old-10101,old-101,old,,
10101,commune,phường,Cao,Phường Cao,101,2025-01-01,2025-06-30,old-10101,old-101,old,,A
10102,commune,xã,Dương,Xã Dương,101,,2025-06-30,old-10102,old-101,old,,
10,province,tỉnh,An,Tỉnh An,,2025-07-01,,new-10,,new,,B
10101,commune,xã,Cao Dương,Xã Cao Dương,10,2025-07-01,,new-10101,new-10,new,,B
";

const SUCCESSIONS: &str = "\
old_code,new_code,effective_date,relation,note,level,old_id,new_id,transfer,basis
10101,10101,2025-01-01,renamed,,commune,old-10101,old-10101,whole,A
10,10,2025-07-01,unchanged,,province,old-10,new-10,whole,B
101,10,2025-07-01,abolished,,district,old-101,new-10,,B
10101,10101,2025-07-01,merged,,commune,old-10101,new-10101,whole,B
10102,10101,2025-07-01,merged,,commune,old-10102,new-10101,whole,B
";

const POPULATION: &str = "\
level,id,code,population,area_km2,quality
province,new-10,10,1200,35.5,published
commune,new-10101,10101,,,missing
";

fn load(units: &str, successions: &str, population: &str) -> Result<AdminUnits, Vec<DataFault>> {
    let file = |name, text| DataFile { name, text };
    AdminUnits::load(UnitFiles {
        units: file("units.csv", units),
        successions: file("successions.csv", successions),
        population: file("population.csv", population),
    })
}

fn faults(units: &str, successions: &str, population: &str) -> Vec<String> {
    load(units, successions, population)
        .expect_err("faults")
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// The files with one replacement must give a fault at this place that contains this text.
fn check(from: &str, to: &str, place: &str, expected: &str) {
    let replaced = |text: &str| text.replacen(from, to, 1);
    assert!(
        [UNITS, SUCCESSIONS, POPULATION]
            .iter()
            .any(|text| text.contains(from)),
        "{from} is in no file"
    );
    let found = faults(
        &replaced(UNITS),
        &replaced(SUCCESSIONS),
        &replaced(POPULATION),
    );
    assert!(
        found
            .iter()
            .any(|fault| fault.starts_with(&format!("{place}: ")) && fault.contains(expected)),
        "{place}, “{expected}” is not in {found:#?}"
    );
}

#[test]
fn good_files_load() {
    let units = load(UNITS, SUCCESSIONS, POPULATION).expect("no faults");
    assert_eq!(units.len(), 6);
    let new = units
        .by_code(Level::Commune, "10101", date(2025, 7, 1))
        .expect("in force");
    assert_eq!(units.id(new), "new-10101");
    assert_eq!(
        units.holders(units.get("old-10102").expect("known"), date(2026, 1, 1)),
        [new]
    );
    let mark = format!("\u{feff}{UNITS}");
    assert!(
        load(&mark, &SUCCESSIONS.replace('\n', "\r\n"), POPULATION).is_ok(),
        "a byte order mark and CRLF are no faults"
    );
}

#[test]
fn faults_of_a_unit_row() {
    let at = "units.csv, dòng 6";
    check(
        "Xã Dương,101,,2025-06-30",
        "Xã Dương,101,,2025-06-31",
        at,
        "tháng 6 năm 2025 chỉ có 30 ngày",
    );
    check(
        "Xã Dương,101,,2025-06-30",
        "Xã Dương,101,,30/6/2025",
        at,
        "năm-tháng-ngày",
    );
    check(
        "Xã Dương,101,,2025-06-30",
        "Xã Dương,101,2025-07-02,2025-06-30",
        at,
        "sau ngày kết thúc",
    );
    check("10102,commune,xã", "1010,commune,xã", at, "đúng 5 chữ số");
    check(
        "10102,commune,xã",
        "10102,hamlet,xã",
        at,
        "cấp “hamlet” không có",
    );
    check(
        "10102,commune,xã",
        "10102,commune,huyện",
        at,
        "không thuộc cấp xã",
    );
    check(
        "10102,commune,xã",
        "10102,commune,làng",
        at,
        "loại “làng” không có",
    );
    check("Xã Dương", "Phường Dương", at, "tên đầy đủ");
    check(
        "old-10102,old-101,old",
        "old-10102,old-101,older",
        at,
        "structure “older”",
    );
    check(
        "old-10102,old-101,old",
        "xx-10102,old-101,old",
        at,
        "không khớp mã",
    );
    check(
        "10102,commune,xã,Dương,Xã Dương,",
        "10102,commune,xã,Dương,",
        at,
        "có 12 cột, phải có 13 cột",
    );
    check(
        "2025-07-01,,new-10101",
        ",,new-10101",
        "units.csv, dòng 8",
        "phải có ngày bắt đầu",
    );
}

#[test]
fn faults_between_units() {
    check(
        "2025-01-01,2025-06-30",
        ",2025-06-30",
        "units.csv, dòng 5",
        "bắt đầu cùng ngày (dòng 4)",
    );
    check(
        "2025-01-01,2025-06-30",
        "2024-12-31,2025-06-30",
        "units.csv, dòng 5",
        "chồng thời gian với dòng 4",
    );
    check(
        "2025-01-01,2025-06-30",
        "2025-01-02,2025-06-30",
        "units.csv, dòng 5",
        "khoảng trống",
    );
    check(
        "old-10102,old-101,old",
        "old-10102,old-999,old",
        "units.csv, dòng 6",
        "không có đơn vị cấp trên “old-999”",
    );
    check(
        "old-10102,old-101,old",
        "old-10102,,old",
        "units.csv, dòng 6",
        "parent_code",
    );
    check(
        "old-101,old-10,old",
        "old-101,old-10102,old",
        "units.csv, dòng 3",
        "thành vòng",
    );
    check(
        "old-101,old-10,old",
        "old-101,old-101,old",
        "units.csv, dòng 3",
        "thành vòng",
    );
    check(
        "Xã Dương,101,",
        "Xã Dương,102,",
        "units.csv, dòng 6",
        "parent_code “102” khác mã",
    );
    check(
        "Huyện Ba,10,,2025-06-30",
        "Huyện Ba,10,,2025-05-31",
        "units.csv, dòng 6",
        "không có hiệu lực suốt thời gian",
    );
    check(
        "10102,commune,xã,Dương,Xã Dương,101,,2025-06-30,old-10102",
        "10101,commune,xã,Dương,Xã Dương,101,,2025-06-30,old-10101-1",
        "units.csv, dòng 6",
        "mã 10101 cùng lúc thuộc",
    );
    check(
        "new-10,,new",
        "new-10,new-10101,new",
        "units.csv, dòng 7",
        "không được có đơn vị cấp trên",
    );
}

#[test]
fn faults_of_successions() {
    check(
        "commune,old-10102,new-10101",
        "commune,old-99999,new-10101",
        "successions.csv, dòng 6",
        "“old-99999” không có trong danh sách",
    );
    check(
        "commune,old-10102,new-10101",
        "commune,old-10102,new-99999",
        "successions.csv, dòng 6",
        "“new-99999” không có trong danh sách",
    );
    check(
        "commune,old-10102,new-10101",
        "commune,old-10102,",
        "successions.csv, dòng 6",
        "thiếu new_id",
    );
    check(
        "10102,10101,2025-07-01",
        "10102,10101,2025-13-01",
        "successions.csv, dòng 6",
        "không có tháng 13",
    );
    check(
        "10102,10101,2025-07-01",
        "10102,10101,2021-07-01",
        "successions.csv, dòng 6",
        "effective_date phải sau",
    );
    check(
        "10102,10101,2025-07-01,merged",
        "10102,10101,2025-07-01,joined",
        "successions.csv, dòng 6",
        "relation “joined”",
    );
    check(
        "new-10101,whole,B\n10102",
        "new-10101,all,B\n10102",
        "successions.csv, dòng 5",
        "transfer “all”",
    );
    check(
        "10102,10101,2025-07-01",
        "10103,10101,2025-07-01",
        "successions.csv, dòng 6",
        "old_code “10103” khác mã",
    );
    check(
        "10102,10101,2025-07-01",
        "10102,10102,2025-07-01",
        "successions.csv, dòng 6",
        "new_code “10102” khác mã",
    );
    check(
        "10102,10101,2025-07-01",
        "10102,10101,2025-07-02",
        "successions.csv, dòng 6",
        "không có hiệu lực vào ngày trước",
    );
    check(
        "101,10,2025-07-01,abolished",
        "101,10,2025-07-01,split",
        "successions.csv, dòng 4",
        "từ hai trở lên",
    );
    check(
        "10102,10101,2025-07-01,merged,,commune,old-10102,new-10101,whole",
        "10102,10101,2025-07-01,merged,,commune,old-10102,new-10101,area_only",
        "successions.csv, dòng 6",
        "dân của “old-10102” về đâu",
    );
    check(
        "10102,10101,2025-07-01,merged,,commune,old-10102,new-10101,whole,B\n",
        "",
        "units.csv, dòng 6",
        "không có đơn vị kế tiếp",
    );
    check(
        "10101,10101,2025-01-01,renamed,,commune,old-10101,old-10101,whole,A\n",
        "",
        "units.csv, dòng 5",
        "không có đơn vị trước nó",
    );
    check(
        "10101,10101,2025-01-01,renamed,,commune,old-10101,old-10101,whole,A\n",
        "10102,10101,2025-01-01,merged,,commune,old-10102,old-10101,whole,A\n",
        "successions.csv, dòng 2",
        "không có dòng của chính nó",
    );
}

#[test]
fn faults_of_population() {
    let at = "population.csv, dòng 2";
    check(
        "new-10,10,1200",
        "new-11,10,1200",
        at,
        "không có trong danh sách",
    );
    check("10,1200,35.5", "10,-5,35.5", at, "số nguyên không âm");
    check("10,1200,35.5", "10,1200,35.555", at, "hai chữ số thập phân");
    check("35.5,published", "35.5,sure", at, "quality “sure”");
    check(
        "commune,new-10101,10101",
        "commune,new-10,10101",
        "population.csv, dòng 3",
        "đã có ở dòng 2",
    );
}

#[test]
fn a_successor_may_be_unknown_and_keeps_its_figures_above() {
    let line = "10102,10101,2025-07-01,merged,,commune,old-10102,new-10101,whole,B";
    let successions = SUCCESSIONS.replace(
        line,
        "10102,,2025-07-01,merged,unknown,commune,old-10102,,whole,B",
    );
    let units = load(UNITS, &successions, POPULATION).expect("unknown is allowed where it is said");
    let lost = units.get("old-10102").expect("known");
    let ways = units.successors(lost, date(2024, 1, 1), date(2026, 1, 1));
    assert_eq!((ways.len(), ways[0].unit), (1, None));
    let restatement = units.restatement(date(2024, 1, 1), date(2026, 1, 1));
    let source = restatement.from.position(lost).expect("in force");
    let above = restatement
        .to
        .position(units.get("new-10").expect("known"))
        .expect("in force");
    assert_eq!(
        restatement
            .targets(source)
            .iter()
            .map(|target| target.position)
            .collect::<Vec<_>>(),
        [above]
    );
    assert!(restatement.marks(source).unknown && restatement.is_apportioned(source));
}

#[test]
fn all_faults_come_at_once_in_order() {
    let units = UNITS
        .replace("10102,commune", "1010,commune")
        .replace("Huyện Ba", "Quận Ba");
    let found = load(&units, &SUCCESSIONS.replace("whole,A", "whole,A,x"), "").expect_err("faults");
    let places: Vec<(&str, usize)> = found
        .iter()
        .map(|fault| (fault.file.as_str(), fault.line))
        .collect();
    for place in [
        ("units.csv", 3),
        ("units.csv", 6),
        ("successions.csv", 2),
        ("population.csv", 1),
    ] {
        assert!(places.contains(&place), "{place:?} is not in {places:?}");
    }
    let units_only: Vec<usize> = places
        .iter()
        .filter(|(file, _)| *file == "units.csv")
        .map(|(_, line)| *line)
        .collect();
    assert!(units_only.is_sorted());
}

#[test]
fn files_of_another_kind_are_refused() {
    for text in ["", "a,b\n1,2\n", "PK\u{3}\u{4}"] {
        let found = faults(text, SUCCESSIONS, POPULATION);
        assert!(
            found[0].starts_with("units.csv, dòng 1: dòng tiêu đề không đúng"),
            "{found:?}"
        );
    }
}
