//! A quote as a page of text: what is not verified, the answer, the steps with their articles, the version.

use domain::vietnamese;
use jiff::civil::Date;
use policy::amount::Rounding;
use policy::parameters::Verified;
use policy::trace::{ExplainedStep, RenderedParameter};
use policy::{AmountVnd, Explained, Language, Value};

/// Columns of a line before it is broken.
const WIDTH: usize = 96;
/// Columns of a name before its value.
const NAMES: usize = 46;

/// Text in the making.
pub struct Page {
    /// Of the texts.
    pub language: Language,
    /// Day whose law holds.
    pub on: Date,
    title: String,
    body: String,
}

impl Page {
    /// An empty page for a day.
    pub fn new(language: Language, on: Date) -> Page {
        Page {
            language,
            on,
            title: String::new(),
            body: String::new(),
        }
    }

    /// One of two texts.
    pub fn say<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    /// A value in the page's language.
    pub fn show(&self, value: impl Into<Value>) -> String {
        value.into().render(self.language)
    }

    /// An amount with its unit.
    pub fn vnd(&self, amount: AmountVnd) -> String {
        format!("{} đồng", self.show(amount))
    }

    /// What the page is about.
    pub fn title(&mut self, vi: &str, en: &str) {
        self.title = self.say(vi, en).to_owned();
    }

    /// A heading.
    pub fn heading(&mut self, vi: &str, en: &str) {
        let heading = self.say(vi, en).to_uppercase();
        self.body += &format!("\n{heading}\n");
    }

    /// A line of text, broken where it is too long.
    pub fn line(&mut self, text: &str) {
        wrap(&mut self.body, "  ", "  ", text);
    }

    /// A line of a list.
    pub fn item(&mut self, text: &str) {
        wrap(&mut self.body, "  - ", "    ", text);
    }

    /// A name and its value.
    pub fn row(&mut self, vi: &str, en: &str, value: &str) {
        let name = self.say(vi, en);
        self.body += &format!("  {name:<NAMES$}{value:>20}\n");
    }

    /// A name and an amount of money.
    pub fn amount(&mut self, vi: &str, en: &str, amount: AmountVnd) {
        let value = self.vnd(amount);
        self.row(vi, en, &value);
    }

    /// The amount that was asked for: in figures and, in Vietnamese, in words.
    pub fn result(&mut self, vi: &str, en: &str, amount: AmountVnd) {
        self.amount(vi, en, amount);
        if self.language == Language::Vi {
            let words = vietnamese::in_words(amount.0);
            wrap(
                &mut self.body,
                "    ",
                "    ",
                &format!("(bằng chữ: {words} đồng)"),
            );
        }
    }

    /// A line as it is.
    pub fn plain(&mut self, line: &str) {
        self.body += line.trim_end();
        self.body.push('\n');
    }

    /// The whole page, with the reasons of the answer.
    pub fn finish<T>(self, answer: &Explained<T>) -> String {
        let day = self.show(self.on);
        let mut text = format!("{}\n", self.title.to_uppercase());
        text += &match self.language {
            Language::Vi => format!("Theo quy định ngày {day}\n"),
            Language::En => format!("By the law of {day}\n"),
        };
        let unverified = answer.sentences(self.language);
        if !unverified.is_empty() {
            let warning = self.say(
                "CẢNH BÁO: kết quả dựa vào điều chưa được xác minh",
                "WARNING: the answer rests on what is not verified",
            );
            text += &format!("\n{warning}\n");
            for sentence in &unverified {
                wrap(&mut text, "  ! ", "    ", sentence);
            }
        }
        text += &self.body;
        let heading = self.say("Cách tính và căn cứ", "How it is computed, and why");
        text += &format!("\n{}\n", heading.to_uppercase());
        for (at, step) in answer.steps(self.language).iter().enumerate() {
            self.write_step(&mut text, at + 1, step);
        }
        let version = self.say("Phiên bản quy định", "Version of the rules");
        text += &format!("\n{version}: {}\n", answer.rules_version);
        text
    }

    fn write_step(&self, text: &mut String, number: usize, step: &ExplainedStep<'_>) {
        wrap(text, &format!("{number:>3}. "), "     ", &step.text);
        if !step.text.contains(&step.formula) {
            let rounded = match step.rounding {
                Rounding::Exact => "",
                Rounding::HalfUp => self.say(" (làm tròn)", " (rounded half up)"),
                Rounding::Truncate => self.say(" (bỏ phần lẻ)", " (truncated)"),
                Rounding::Up => self.say(" (làm tròn lên)", " (rounded up)"),
            };
            let formula = format!("{}{rounded}", step.formula);
            wrap(text, "     ", "       ", &formula);
        }
        let mut references: Vec<String> = Vec::new();
        for parameter in &step.parameters {
            let reference = self.reference(parameter);
            if !references.contains(&reference) {
                references.push(reference);
            }
        }
        if !references.is_empty() {
            let basis = self.say("Căn cứ", "Basis");
            let line = format!("{basis}: {}", references.join("; "));
            wrap(text, "     ", "       ", &line);
        }
        for doubt in &step.doubts {
            let notice = self.say("Chưa chắc", "In doubt");
            wrap(text, "     ", "       ", &format!("{notice}: {doubt}"));
        }
    }

    fn reference(&self, parameter: &RenderedParameter<'_>) -> String {
        match parameter.verified {
            Verified::Unverified => {
                let word = parameter.verified.shown(self.language);
                format!("{} ({word})", parameter.reference)
            }
            _ => parameter.reference.to_owned(),
        }
    }
}

/// Adds a text, broken between words; `first` begins its first line, `next` the others.
fn wrap(out: &mut String, first: &str, next: &str, text: &str) {
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            *out += line.trim_end();
            out.push('\n');
            next.clone_into(&mut line);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line += word;
        is_empty = false;
    }
    *out += line.trim_end();
    out.push('\n');
}
