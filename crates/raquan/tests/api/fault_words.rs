//! Faults in English: every code that the sources give one has a text.

use std::collections::BTreeSet;
use std::path::Path;

use raquan::api::error_words::fault_message_en;
use serde_json::json;

use crate::support::TestApp;

/// Every source below a folder, without its tests.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push(text.split("#[cfg(test)]").next().unwrap().to_owned());
        }
    }
}

/// Texts like `task.due_before_start`.
fn is_code(text: &str) -> bool {
    let word = |part: &str| {
        let mut letters = part.bytes();
        !part.is_empty() && letters.all(|letter| letter.is_ascii_lowercase() || letter == b'_')
    };
    text.split_once('.')
        .is_some_and(|(entity, what)| word(entity) && word(what))
}

/// The first code among the texts in quotes.
fn first_code(source: &str) -> Option<&str> {
    source
        .split('"')
        .skip(1)
        .step_by(2)
        .find(|text| is_code(text))
}

#[test]
fn every_fault_has_a_text_in_english() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for folder in ["raquan/src/app", "raquan/src/api", "domain/src/plan"] {
        sources(&crates.join(folder), &mut found);
    }
    let mut codes = BTreeSet::new();
    for source in &found {
        for made in source
            .split("fault(")
            .skip(1)
            .chain(source.split("Fault::new(").skip(1))
        {
            let near: String = made.chars().take(250).collect();
            codes.extend(first_code(&near).map(str::to_owned));
        }
    }
    // Those that a function of their kind names.
    let mut named = Vec::new();
    sources(&crates.join("domain/src"), &mut named);
    for source in &named {
        let begins = ["activity_kind.", "credit.", "observation.", "plan."];
        let texts = source.split('"').filter(|text| is_code(text));
        let texts = texts.filter(|text| begins.iter().any(|begin| text.starts_with(begin)));
        codes.extend(texts.map(str::to_owned));
    }
    assert!(codes.len() > 120, "{}", codes.len());
    let missing = codes.iter().filter(|code| fault_message_en(code).is_none());
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[tokio::test]
async fn a_fault_is_told_in_both_languages() {
    let world = TestApp::new().await;
    let client = world.user("lan", "viewer", None).await;
    let change = json!({ "current_password": "sai", "new_password": "mật khẩu mới toanh" });
    let answer = world.post(&client, "/api/v1/me/password", &change).await;
    let fault = &answer.expect(422)["details"][0];
    assert_eq!(fault["message"], "Mật khẩu hiện tại không đúng.");
    assert_eq!(
        fault["message_en"],
        "The current password is not right. Type it again."
    );
}
