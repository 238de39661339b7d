//! Examples of the law as YAML: a sentence as name, a day, an input, and what must come out.
//!
//! ```yaml
//! - name: Người đóng 4.000.000 đồng một tháng đóng 880.000 đồng
//!   id: W01
//!   rule: voluntary_si.payment
//!   on: 2018-01-01
//!   regime: "2017-04"
//!   source: Quyết định 595/QĐ-BHXH, Điều 10, ví dụ 4
//!   input: { income_vnd: 4000000, mode: monthly }
//!   expect: { contribution_vnd: 880000 }
//! ```
//!
//! `expect` names the values that are compared, others may be there. Instead of it `expect_error` has the `code`, and words
//! that the message `says`. `expect_steps` are the ids of all steps in order, `expect_unverified` the ids of all that is not
//! verified. `fund_returns` are returns r that the example assumes. `erratum` says where the publication errs. Decimals
//! stand in quotes.

mod compare;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::calculators::{self, CalculatorError};
use crate::month::Month;
use crate::parameters::Law;
use crate::parameters::yaml::{self, Content, Fault};
use crate::rate::Rate;
use compare::differences;

/// One example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// A sentence that says what it shows.
    pub name: String,
    /// Number in a collection of published examples.
    pub id: Option<String>,
    /// The calculator, as in [`calculators::CALCULATORS`].
    pub rule: String,
    /// Day whose law holds.
    pub on: Date,
    /// The rules the publication was made for, where that is another time.
    pub regime: Option<String>,
    /// Where it was published, or what it follows from.
    pub source: Option<String>,
    /// Where the publication errs, and why.
    pub erratum: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
    /// Monthly returns that it assumes.
    #[serde(default)]
    pub fund_returns: Vec<AssumedReturn>,
    /// Input of the calculator.
    pub input: Value,
    /// Values that must come out.
    pub expect: Option<Value>,
    /// The error that must come out.
    pub expect_error: Option<ExpectedError>,
    /// Ids of all steps, in order.
    pub expect_steps: Option<Vec<String>>,
    /// Ids of all that is not verified.
    pub expect_unverified: Option<Vec<String>>,
}

/// A monthly return of the fund that an example assumes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssumedReturn {
    /// Year of the payments.
    pub year: i16,
    /// Per month: `"0.628%"`.
    pub rate: Rate,
    /// Where it comes from.
    pub document: String,
}

/// An error that must come out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedError {
    /// Its stable code.
    pub code: String,
    /// Words of its Vietnamese or English message.
    #[serde(default)]
    pub says: Vec<String>,
}

/// What became of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outcome {
    /// Name of the case.
    pub name: String,
    /// Its line in the file.
    pub line: u64,
    /// What is otherwise than expected, in Vietnamese; empty if it passes.
    pub differences: Vec<String>,
}

impl Outcome {
    /// Whether all is as expected.
    pub fn passes(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Reads the cases of a file, each with its line.
///
/// Errors: every case that cannot be read, unknown keys among them.
pub fn parse(file: &str, text: &str) -> Result<Vec<(u64, Case)>, Vec<Fault>> {
    let fault = |line, what| Fault {
        file: file.to_owned(),
        line,
        what,
    };
    let node = yaml::parse(file, text).map_err(|fault| vec![fault])?;
    let Content::List(nodes) = &node.content else {
        return Err(vec![fault(
            node.line,
            "phải là danh sách các trường hợp".to_owned(),
        )]);
    };
    let mut cases = Vec::new();
    let mut faults = Vec::new();
    for node in nodes {
        let json = match node.to_json() {
            Ok(json) => json,
            Err(line) => {
                faults.push(fault(
                    line,
                    "số có phần thập phân phải đặt trong dấu ngoặc kép: \"0.22\"".to_owned(),
                ));
                continue;
            }
        };
        match serde_json::from_value::<Case>(json) {
            Ok(case) if case.expect.is_some() == case.expect_error.is_some() => {
                faults.push(fault(
                    node.line,
                    "phải có expect hoặc expect_error, không có cả hai".to_owned(),
                ));
            }
            Ok(case) => cases.push((node.line, case)),
            Err(error) => faults.push(fault(
                node.line,
                format!("không phải là trường hợp: {error}"),
            )),
        }
    }
    if faults.is_empty() {
        Ok(cases)
    } else {
        Err(faults)
    }
}

/// Runs all cases of a file.
///
/// Errors: every case that cannot be read.
pub fn check(law: &Law, file: &str, text: &str) -> Result<Vec<Outcome>, Vec<Fault>> {
    let cases = parse(file, text)?;
    let outcome = |(line, case): &(u64, Case)| Outcome {
        name: case.name.clone(),
        line: *line,
        differences: case.run(law),
    };
    Ok(cases.iter().map(outcome).collect())
}

impl Case {
    /// Runs it and lists what is otherwise than expected, in Vietnamese.
    pub fn run(&self, law: &Law) -> Vec<String> {
        let Some(calculator) = calculators::find(&self.rule) else {
            let known: Vec<&str> = calculators::CALCULATORS
                .iter()
                .map(|(name, _)| *name)
                .collect();
            return vec![format!(
                "không có phép tính “{}”; có: {}",
                self.rule,
                known.join(", ")
            )];
        };
        let law = self.law(law);
        match (calculator(&law, self.on, &self.input), &self.expect_error) {
            (Ok(answer), None) => {
                let mut found = Vec::new();
                if let Some(expected) = &self.expect {
                    differences("", expected, &answer.value, &mut found);
                }
                let steps = answer.trace.steps.iter().map(|step| step.text.id);
                compare_ids("các bước", &self.expect_steps, steps, &mut found);
                let unverified = answer.unverified.iter().map(|one| one.id());
                compare_ids(
                    "chưa xác minh",
                    &self.expect_unverified,
                    unverified,
                    &mut found,
                );
                found
            }
            (Ok(answer), Some(expected)) => vec![format!(
                "phải báo lỗi {}, nhưng tính ra {}",
                expected.code, answer.value
            )],
            (Err(error @ CalculatorError::Input(_)), _) => vec![error.to_string()],
            (Err(CalculatorError::Policy(error)), None) => {
                vec![format!(
                    "phải tính được, nhưng báo lỗi {}: {}",
                    error.code(),
                    error.message_vi()
                )]
            }
            (Err(CalculatorError::Policy(error)), Some(expected)) => expected.differences(
                error.code(),
                &format!("{} {}", error.message_vi(), error.message_en()),
            ),
        }
    }
}

impl Case {
    /// The ids of the parameters whose values its steps use, each as often as it is used; none where it is refused.
    pub fn sources(&self, law: &Law) -> Vec<String> {
        let answer = calculators::find(&self.rule)
            .map(|calculator| calculator(&self.law(law), self.on, &self.input));
        let Some(Ok(answer)) = answer else {
            return Vec::new();
        };
        let sources = answer.trace.steps.iter().flat_map(|step| &step.sources);
        sources.map(|source| source.parameter.clone()).collect()
    }

    /// The law with the returns that the case assumes.
    fn law(&self, law: &Law) -> Law {
        let mut law = law.clone();
        for assumed in &self.fund_returns {
            let from = Month::of(jiff::civil::date(assumed.year, 1, 1));
            law = law.with_fund_return(from, assumed.rate, &assumed.document);
        }
        law
    }
}

impl ExpectedError {
    fn differences(&self, code: &str, message: &str) -> Vec<String> {
        let mut found = Vec::new();
        if self.code != code {
            found.push(format!(
                "phải báo lỗi {}, nhưng báo lỗi {code}: {message}",
                self.code
            ));
        }
        for words in self
            .says
            .iter()
            .filter(|words| !message.contains(words.as_str()))
        {
            found.push(format!("thông báo không có cụm “{words}”: {message}"));
        }
        found
    }
}

fn compare_ids<'a>(
    what: &str,
    expected: &Option<Vec<String>>,
    got: impl Iterator<Item = &'a str>,
    found: &mut Vec<String>,
) {
    let got: Vec<&str> = got.collect();
    if let Some(expected) = expected
        && *expected != got
    {
        found.push(format!(
            "{what}: phải là {}, tính ra {}",
            expected.join(", "),
            got.join(", ")
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_case_of_the_folder_passes() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
        let mut failed = Vec::new();
        let mut count = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            match check(
                Law::embedded(),
                file,
                &std::fs::read_to_string(&path).unwrap(),
            ) {
                Ok(outcomes) => {
                    count += outcomes.len();
                    for outcome in outcomes.iter().filter(|outcome| !outcome.passes()) {
                        let differences = outcome.differences.join("\n    ");
                        failed.push(format!(
                            "{file}:{}: {}\n    {differences}",
                            outcome.line, outcome.name
                        ));
                    }
                }
                Err(faults) => failed.extend(faults.iter().map(Fault::to_string)),
            }
        }
        assert!(failed.is_empty(), "{}", failed.join("\n"));
        assert!(count > 0);
    }

    fn outcome(text: &str) -> Vec<String> {
        let outcomes = check(Law::embedded(), "a.yaml", text).unwrap();
        assert_eq!(outcomes.len(), 1);
        outcomes[0].differences.clone()
    }

    const CASE: &str = "- name: a\n  rule: voluntary_si.payment\n  on: 2025-07-01\n  input: { income_vnd: 1500000, mode: monthly }\n";

    #[test]
    fn differences_are_listed() {
        let expect = |more: &str| outcome(&format!("{CASE}{more}"));
        assert_eq!(
            expect("  expect: { contribution_vnd: 330000 }\n"),
            Vec::<String>::new()
        );
        assert_eq!(
            expect("  expect: { contribution_vnd: 1, nothing: 2 }\n"),
            [
                "contribution_vnd: phải là 1, tính ra 330000",
                "nothing: phải là 2, nhưng kết quả không có giá trị này"
            ]
        );
        assert!(
            expect("  expect_error: { code: x }\n")[0]
                .starts_with("phải báo lỗi x, nhưng tính ra {")
        );
        assert!(
            expect("  expect: {}\n  expect_steps: [a]\n")[0]
                .starts_with("các bước: phải là a, tính ra voluntary_si.")
        );
        let wrong =
            CASE.replace("1500000", "1") + "  expect_error: { code: x, says: [Điều 1000] }\n";
        assert_eq!(outcome(&wrong).len(), 2);
        let unknown = CASE.replace("payment", "pay") + "  expect: {}\n";
        assert!(outcome(&unknown)[0].starts_with("không có phép tính “voluntary_si.pay”"));
        let key = CASE.replace("mode:", "modes: 1, mode:") + "  expect: {}\n";
        let unread = "dữ liệu vào không đúng dạng: không có trường “modes”; có:";
        assert!(outcome(&key)[0].starts_with(unread), "{:?}", outcome(&key));
    }

    #[test]
    fn cases_that_are_none_are_faults_at_their_lines() {
        let faults = |text: &str| parse("a.yaml", text).unwrap_err();
        let both = faults(&format!("{CASE}  expect: {{}}\n  wrong: 1\n{CASE}"));
        assert_eq!(
            both.iter().map(|fault| fault.line).collect::<Vec<_>>(),
            [1, 7]
        );
        assert!(both[0].what.contains("unknown field `wrong`"));
        assert!(both[1].what.starts_with("phải có expect"));
        assert_eq!(faults("a: 1\n")[0].what, "phải là danh sách các trường hợp");
        assert!(
            faults(&CASE.replace("1500000", "1.5"))[0]
                .what
                .starts_with("số có phần thập phân")
        );
    }
}
