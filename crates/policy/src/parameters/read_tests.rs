//! Each kind of bad parameter file is refused with its line; a day without a value is an error with the known dates.

use jiff::civil::date;

use crate::Month;
use crate::parameters::{LocalSupport, Parameter, Parameters, Verified};

const GOOD: &str = "\
description: { vi: a, en: b }
unit: ratio
values:
  2018-01-01: { value: \"0.22\", reference: r, verified: primary }
  2025-07-01: { value: null, reference: r, verified: primary, note: { vi: hết, en: over } }
";

const TABLE: &str = "\
description: { vi: a, en: b }
unit: age
keys: year_from
values:
  2018-01-01:
    value: { 2021: 60y3m, 2022: 61y }
    reference: r
    verified: secondary
    except:
      - { keys: [2022], verified: unverified }
";

/// Faults as `line: what`.
fn faults(text: &str) -> Vec<String> {
    let faults = Parameter::parse("a/b", "a/b.yaml", text)
        .err()
        .unwrap_or_default();
    faults
        .iter()
        .map(|fault| format!("{}: {}", fault.line, fault.what))
        .collect()
}

#[test]
fn every_kind_of_bad_file_is_refused_at_its_line() {
    assert_eq!(faults(GOOD), Vec::<String>::new());
    assert_eq!(faults(TABLE), Vec::<String>::new());
    for (from, to, expected) in [
        (
            "description: { vi: a, en: b }\n",
            "",
            "1: thiếu “description”",
        ),
        ("en: b", "en: \"\"", "1: thiếu “en” hoặc để trống"),
        ("en: b", "en: b, fr: c", "1: khóa “fr” không có"),
        (
            "unit: ratio",
            "unit: percent",
            "2: không có đơn vị tính “percent”; có: vnd, ",
        ),
        ("unit: ratio\n", "", "1: thiếu “unit”"),
        ("unit: ratio", "units: ratio", "2: khóa “units” không có"),
        (
            "unit: ratio",
            "unit: vnd",
            "4: “0.22” không phải là giá trị của đơn vị tính vnd",
        ),
        (
            "unit: ratio",
            "unit: flag",
            "4: “0.22” không phải là giá trị của đơn vị tính flag",
        ),
        (
            "unit: ratio",
            "unit: age",
            "4: “0.22” không phải là giá trị của đơn vị tính age",
        ),
        (
            "unit: ratio",
            "unit: ratio\nkeys: week",
            "3: “keys” không đúng",
        ),
        ("unit: ratio", "unit: ratio\nkeys: year", "5: phải là bảng"),
        (
            "\"0.22\"",
            "0.22",
            "4: số có phần thập phân phải đặt trong dấu ngoặc kép",
        ),
        ("\"0.22\"", "\"0,22\"", "4: “0,22” không phải là giá trị"),
        ("\"0.22\"", "\"-0.22\"", "4: “-0.22” không phải là giá trị"),
        ("\"0.22\"", "null", "4: giá trị đầu tiên là null"),
        ("value: \"0.22\", ", "", "4: thiếu “value”"),
        (
            "reference: r, verified: primary }",
            "verified: primary }",
            "4: thiếu “reference”",
        ),
        (
            "reference: r, verified: primary }",
            "reference: r }",
            "4: thiếu “verified”",
        ),
        (
            "verified: primary }",
            "verified: sure }",
            "4: không có mức xác minh “sure”",
        ),
        (
            "2018-01-01",
            "2018-13-01",
            "4: “2018-13-01” không phải là ngày",
        ),
        (
            "2018-01-01",
            "2026-01-01",
            "5: 2025-07-01 đứng sau 2026-01-01: các ngày phải tăng dần",
        ),
        ("2018-01-01", "2025-07-01", "5: không đọc được: "),
        ("unit:", "unit: [", "3: không đọc được: "),
    ] {
        let changed = GOOD.replacen(from, to, 1);
        assert_ne!(changed, GOOD);
        let found = faults(&changed);
        assert!(
            found.iter().any(|fault| fault.starts_with(expected)),
            "{expected}\n{found:?}"
        );
    }
    let empty = GOOD.split("  2018").next().unwrap();
    assert!(faults(empty)[0].contains("thiếu “values” hoặc để trống"));
}

#[test]
fn every_kind_of_bad_table_is_refused_at_its_line() {
    for (from, to, expected) in [
        (
            "2022: 61y",
            "2020: 61y",
            "6: “2020” đứng sau “2021”: các khóa phải theo thứ tự",
        ),
        (
            "2022: 61y",
            "later: 61y",
            "6: không có dòng “later”: phải là một năm",
        ),
        (
            "2022: 61y",
            "2022: 61y12m",
            "6: “61y12m” không phải là giá trị của đơn vị tính age",
        ),
        (
            "year_from",
            "month_from",
            "6: không có dòng “2021”: phải là một tháng",
        ),
        (
            "year_from",
            "[men, women]",
            "6: không có dòng “2021”: phải là một trong men, women",
        ),
        (
            "keys: [2022]",
            "keys: [2023]",
            "10: không có dòng “2023” để ngoại trừ",
        ),
        ("keys: [2022], ", "", "10: thiếu “keys”"),
    ] {
        let found = faults(&TABLE.replacen(from, to, 1));
        assert!(
            found.iter().any(|fault| fault.starts_with(expected)),
            "{expected}\n{found:?}"
        );
    }
}

#[test]
fn all_faults_of_all_files_are_named_at_once() {
    let (one, two) = (
        GOOD.replace("ratio", "share").replace("en: b", "fr: b"),
        GOOD.replace("reference: r", "url: r"),
    );
    let found = Parameters::parse([("a", one.as_str()), ("b", two.as_str())]).unwrap_err();
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(
        (found[0].file.as_str(), found[4].file.as_str()),
        ("parameters/a.yaml", "parameters/b.yaml")
    );
}

#[test]
fn an_overlay_needs_its_province() {
    let table = GOOD
        .replace("unit: ratio", "unit: ratio\nkeys: [poor]")
        .replace("\"0.22\"", "{ poor: \"0.22\" }");
    let overlay = |head: &str| {
        LocalSupport::parse("a", "a.yaml", &format!("{head}{table}"))
            .map_err(|faults| faults[0].what.clone())
    };
    assert_eq!(overlay("").unwrap_err(), "thiếu “province” hoặc để trống");
    let local = overlay("province: \"01\"\narea: null\n").unwrap();
    assert!(local.covers("01", Some("Quận Ba Đình")) && !local.covers("02", None));
    let local = overlay("province: \"01\"\narea: Quận Long Biên\n").unwrap();
    assert!(!local.covers("01", None) && local.covers("01", Some("Quận Long Biên")));
}

#[test]
fn a_day_without_a_value_is_an_error_with_the_known_dates() {
    let parameter = Parameter::parse("a/b", "a/b.yaml", GOOD).unwrap();
    assert_eq!(
        parameter.rate(date(2025, 6, 30)).unwrap().value,
        "0.22".parse().unwrap()
    );
    let message = |on| parameter.rate(on).unwrap_err().message_en();
    assert_eq!(
        message(date(2017, 12, 31)),
        "\"b\" (a/b) has no value on 2017-12-31: the first value is of 2018-01-01"
    );
    assert_eq!(
        message(date(2025, 7, 1)),
        "\"b\" (a/b) has no value on 2025-07-01: the first value is of 2018-01-01; the last one ended after 2025-06-30. over"
    );
    assert_eq!(
        parameter.rate(date(2025, 7, 1)).unwrap_err().to_string(),
        "“a” (a/b) không có giá trị cho ngày 01/7/2025: giá trị đầu tiên có từ 01/01/2018; giá trị cuối cùng hết hiệu lực sau 30/6/2025. hết"
    );
}

#[test]
fn tables_by_time_hold_until_the_next_row() {
    let parameter = Parameter::parse("a/b", "a/b.yaml", TABLE).unwrap();
    let on = date(2020, 1, 1);
    let of = |year| {
        parameter
            .rate_in_year(on, year)
            .map(|found| (found.value.numerator(), found.source.verified))
    };
    assert_eq!(of(2021).unwrap(), (723, Verified::Secondary));
    assert_eq!(of(2030).unwrap(), (732, Verified::Unverified));
    assert_eq!(of(2020).unwrap_err().code(), "parameter.no_row");
    assert!(
        parameter
            .rate_of(on, "x")
            .unwrap_err()
            .to_string()
            .contains("2021, 2022")
    );
    let embedded = |id: &str| Parameters::embedded().get(id);
    let men = embedded("retirement/age_men_by_birth_month");
    let age = |month: &str| {
        men.rate_in_month(date(2025, 1, 1), month.parse().unwrap())
            .unwrap()
            .value
            .numerator()
    };
    assert_eq!(
        (age("1964-09"), age("1964-10"), age("1990-01")),
        (61 * 12 + 3, 61 * 12 + 6, 62 * 12)
    );
    let coefficients = embedded("coefficients/from_2008");
    let of = |on, year| {
        coefficients
            .rate_in_year(on, year)
            .map(|found| (found.value.to_string(), found.source.verified))
    };
    assert_eq!(
        of(date(2023, 5, 1), 2019).unwrap(),
        ("1.08".to_owned(), Verified::Secondary)
    );
    assert_eq!(
        of(date(2023, 5, 1), 2020).unwrap(),
        ("1.05".to_owned(), Verified::Unverified)
    );
    assert_eq!(
        of(date(2026, 5, 1), 2027).unwrap_err().code(),
        "parameter.no_row"
    );
    assert_eq!(
        of(date(2027, 5, 1), 2020).unwrap_err().code(),
        "parameter.not_in_force"
    );
}

#[test]
fn ages_by_birth_month_are_those_of_the_year_they_are_reached_in() {
    let on = date(2025, 1, 1);
    for (sex, first) in [("men", "1961-01"), ("women", "1966-01")] {
        let get = |name: String| Parameters::embedded().get(&name);
        let by_month = get(format!("retirement/age_{sex}_by_birth_month"));
        let by_year = get(format!("retirement/age_{sex}"));
        let first: Month = first.parse().unwrap();
        for born in (0..360).map(|months| first.plus(months)) {
            let age = by_month.rate_in_month(on, born).unwrap().value;
            let reached = born.plus(i32::try_from(age.numerator()).unwrap());
            let of_year = by_year.rate_in_year(on, reached.year()).unwrap().value;
            assert_eq!(age, of_year, "{sex} born {born}");
        }
    }
}
