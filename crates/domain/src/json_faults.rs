//! Why JSON could not be read, in Vietnamese: which field, where, what stands there, what is expected.
//!
//! The reader of JSON says it in English, in a few words that do not change. What is not among them is left as it is: our
//! own types say in Vietnamese what is wrong.

/// The first words of what the reader says.
const STARTS: [&str; 23] = [
    "invalid type: ",
    "invalid value: ",
    "invalid length ",
    "unknown variant ",
    "unknown field ",
    "missing field ",
    "duplicate field ",
    "data did not match any variant",
    "invalid digit found in string",
    "cannot parse integer from empty string",
    "provided string was not `true` or `false`",
    "number out of range",
    "EOF while parsing",
    "expected ",
    "trailing c",
    "key must be a string",
    "control character ",
    "invalid escape",
    "invalid number",
    "invalid unicode code point",
    "lone leading surrogate",
    "unexpected end of hex escape",
    "recursion limit exceeded",
];

const OBJECT: &str = "đối tượng { … }";
const LIST: &str = "danh sách [ … ]";

/// What the reader of JSON says, in Vietnamese; the path of the field may stand before it.
///
/// `items[0].months: invalid type: string "x", expected u32 at line 1 column 9` becomes
/// `“items[0].months”, dòng 1, cột 9: là chuỗi “x”, cần số nguyên không âm`.
pub fn in_vietnamese(text: &str) -> String {
    let (text, place) = without_place(text);
    let Some(start) = STARTS.iter().filter_map(|start| text.find(start)).min() else {
        return [place.as_deref(), Some(text)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(": ");
    };
    let (path, words) = text.split_at(start);
    let path = path.trim_end_matches(": ");
    let named = names(words).first().is_some_and(|name| *name == path);
    let path = (!path.is_empty() && !named).then(|| format!("“{path}”"));
    let before: Vec<String> = path.into_iter().chain(place).collect();
    match before.is_empty() {
        true => fault(words),
        false => format!("{}: {}", before.join(", "), fault(words)),
    }
}

/// The place that stands at the end: "dòng 1, cột 9"; none where nothing was read from text.
fn without_place(text: &str) -> (&str, Option<String>) {
    let found = text
        .rsplit_once(" at line ")
        .and_then(|(text, place)| Some((text, place.split_once(" column ")?)));
    match found {
        Some((text, (line, column))) => (text, Some(format!("dòng {line}, cột {column}"))),
        None => (text, None),
    }
}

/// What stands between backticks.
fn names(words: &str) -> Vec<&str> {
    words.split('`').skip(1).step_by(2).collect()
}

fn fault(words: &str) -> String {
    let names = names(words);
    let (first, others) = names.split_first().unwrap_or((&"", &[]));
    let others = others.join(", ");
    let (kind, rest) = words.split_once(": ").unwrap_or((words, ""));
    if let "invalid type" | "invalid value" = kind {
        let (found, wanted) = rest.rsplit_once(", expected ").unwrap_or((rest, ""));
        return match expected(wanted) {
            Some(wanted) => format!("là {}, cần {wanted}", unexpected(found)),
            None => format!("là {}, không nhận được", unexpected(found)),
        };
    }
    let starts = |start| words.starts_with(start);
    if starts("unknown variant") {
        format!("“{first}” không có trong các từ được nhận: {others}")
    } else if starts("unknown field") && others.is_empty() {
        format!("không có trường “{first}”; không nhận trường nào")
    } else if starts("unknown field") {
        format!("không có trường “{first}”; có: {others}")
    } else if starts("missing field") {
        format!("thiếu trường “{first}”")
    } else if starts("duplicate field") {
        format!("trường “{first}” được ghi hai lần")
    } else if starts("invalid length") {
        "số phần tử không đúng".to_owned()
    } else if starts("data did not match") {
        "không thuộc dạng nào được nhận".to_owned()
    } else if starts("invalid digit") || starts("cannot parse integer") {
        "phải là số nguyên".to_owned()
    } else if starts("provided string was not") {
        "phải là true hoặc false".to_owned()
    } else if starts("number out of range") {
        "số quá lớn".to_owned()
    } else if starts("EOF") {
        "JSON bị cắt ngang".to_owned()
    } else {
        "JSON sai cú pháp".to_owned()
    }
}

fn unexpected(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    match kind {
        "boolean" => value.trim_matches('`').to_owned(),
        "integer" | "floating" => format!(
            "số {}",
            value.rsplit(' ').next().unwrap_or(value).trim_matches('`')
        ),
        "string" => format!("chuỗi “{}”", value.trim_matches('"')),
        "null" | "unit" | "Option" => "null".to_owned(),
        "sequence" => LIST.to_owned(),
        "map" => OBJECT.to_owned(),
        _ => "giá trị khác loại".to_owned(),
    }
}

/// None: said in words that are not known.
fn expected(wanted: &str) -> Option<&str> {
    match wanted {
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => Some("số nguyên"),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => Some("số nguyên không âm"),
        "f32" | "f64" => Some("số"),
        "a boolean" => Some("true hoặc false"),
        "a string" | "a borrowed string" | "a character" | "string or map" => Some("chuỗi ký tự"),
        "a date string" => Some("ngày, viết như 2025-07-01"),
        "a map" => Some(OBJECT),
        "a sequence" => Some(LIST),
        _ if wanted.starts_with("struct ") => Some(OBJECT),
        _ if wanted.starts_with("a tuple ") || wanted.starts_with("an array ") => Some(LIST),
        _ => (!wanted.is_ascii()).then_some(wanted),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Read {
        count: u32,
        name: Option<String>,
        is: Option<bool>,
        list: Option<Vec<i64>>,
        word: Option<Word>,
        inner: Option<Box<Read>>,
        day: Option<jiff::civil::Date>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        One,
        Two,
    }

    #[test]
    fn what_the_reader_of_json_says_is_told_in_vietnamese() {
        let check = |text: &str, expected: &str| {
            let error = serde_json::from_str::<Read>(text).unwrap_err();
            assert_eq!(in_vietnamese(&error.to_string()), expected, "{error}");
        };
        check(
            r#"{"count":"x"}"#,
            "dòng 1, cột 12: là chuỗi “x”, cần số nguyên không âm",
        );
        check(
            r#"{"count":-1}"#,
            "dòng 1, cột 11: là số -1, cần số nguyên không âm",
        );
        check(
            r#"{"count":1.5}"#,
            "dòng 1, cột 12: là số 1.5, cần số nguyên không âm",
        );
        check(
            r#"{"count":1,"name":true}"#,
            "dòng 1, cột 22: là true, cần chuỗi ký tự",
        );
        check(
            r#"{"count":1,"is":[]}"#,
            "dòng 1, cột 16: là danh sách [ … ], cần true hoặc false",
        );
        check(
            r#"{"count":1,"list":{}}"#,
            "dòng 1, cột 18: là đối tượng { … }, cần danh sách [ … ]",
        );
        check(
            r#"{"count":1,"list":[null]}"#,
            "dòng 1, cột 23: là null, cần số nguyên",
        );
        check(
            r#"{"count":1,"inner":3}"#,
            "dòng 1, cột 20: là số 3, cần đối tượng { … }",
        );
        check(
            r#"{"count":1,"word":"six"}"#,
            "dòng 1, cột 23: “six” không có trong các từ được nhận: one, two",
        );
        check(
            r#"{"count":1,"day":7}"#,
            "dòng 1, cột 18: là số 7, cần ngày, viết như 2025-07-01",
        );
        check(
            r#"{"count":1,"count":2}"#,
            "dòng 1, cột 18: trường “count” được ghi hai lần",
        );
        check("{}", "dòng 1, cột 2: thiếu trường “count”");
        check(
            r#"{"counts":1}"#,
            "dòng 1, cột 9: không có trường “counts”; có: count, name, is, list, word, inner, day",
        );
        check(r#"{"count":"#, "dòng 1, cột 9: JSON bị cắt ngang");
        check(r#"{"count" 1}"#, "dòng 1, cột 10: JSON sai cú pháp");
        check(r#"{"count":1} x"#, "dòng 1, cột 13: JSON sai cú pháp");
    }

    #[test]
    fn the_path_of_a_field_stands_before_it() {
        let check = |text: &str, expected: &str| assert_eq!(in_vietnamese(text), expected);
        check(
            "items[0].months: invalid type: string \"x\", expected u32 at line 1 column 9",
            "“items[0].months”, dòng 1, cột 9: là chuỗi “x”, cần số nguyên không âm",
        );
        check(
            "mode: unknown field `mode`, there are no fields",
            "không có trường “mode”; không nhận trường nào",
        );
        check(
            "limit: invalid digit found in string",
            "“limit”: phải là số nguyên",
        );
        check(
            "on: “7” không phải là tháng at line 2 column 3",
            "dòng 2, cột 3: on: “7” không phải là tháng",
        );
    }
}
