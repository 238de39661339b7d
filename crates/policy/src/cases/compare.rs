//! What is otherwise than expected in an answer.

use serde_json::Value;

/// Adds a line for each expected value that is otherwise or not there; values that are not expected may be there.
pub(super) fn differences(place: &str, expected: &Value, got: &Value, found: &mut Vec<String>) {
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => {
            for (key, expected) in expected {
                let place = if place.is_empty() {
                    key.clone()
                } else {
                    format!("{place}.{key}")
                };
                match got.get(key) {
                    Some(got) => differences(&place, expected, got, found),
                    None => found.push(format!(
                        "{place}: phải là {expected}, nhưng kết quả không có giá trị này"
                    )),
                }
            }
        }
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            for (at, (expected, got)) in expected.iter().zip(got).enumerate() {
                differences(&format!("{place}[{at}]"), expected, got, found);
            }
        }
        _ if expected == got => {}
        _ => found.push(format!("{place}: phải là {expected}, tính ra {got}")),
    }
}
