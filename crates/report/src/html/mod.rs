//! A report as HTML: a page to print on A4 and sign, or a fragment for the web app.

mod appendix;
mod blocks;
mod svg;

use crate::model::{Head, Language, Report};
use crate::words::{Words, place_and_date};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

pub(crate) use blocks::{outline_marker, roman};

/// The styles of a report, all below the class `raquan-report`.
pub const STYLESHEET: &str = include_str!("report.css");

/// Whether a whole page is wanted or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A page that stands alone, with its styles inside.
    Official,
    /// An `<article>` without styles or scripts, for a page that brings [`STYLESHEET`] along.
    Fragment,
}

/// The report as HTML, laid out like an administrative document (Nghị định 30/2020/NĐ-CP).
///
/// There are no scripts, no inline styles or handlers and no references to other places, so that a strict content
/// security policy holds. Whatever the texts contain is escaped.
pub fn html(report: &Report, layout: Layout) -> String {
    let article = article(report);
    match layout {
        Layout::Fragment => article.into_string(),
        Layout::Official => page(report, &article).into_string(),
    }
}

fn page(report: &Report, article: &Markup) -> Markup {
    let content = report.content();
    markup! {
        (DOCTYPE)
        html lang=(language_code(content.language)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (content.head.kind) " – " (content.title) }
                style { (PreEscaped(STYLESHEET)) }
            }
            body class="raquan-report-page" { (article) }
        }
    }
}

fn language_code(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

fn article(report: &Report) -> Markup {
    let content = report.content();
    let words = Words::of(content.language);
    let mut writer = blocks::BlockWriter::new(report);
    let sections = writer.sections();
    markup! {
        article.raquan-report lang=(language_code(content.language)) {
            (document_head(&content.head, words))
            h1.document-title {
                span.document-kind { (content.head.kind.to_uppercase()) }
                span.document-subject { (content.title) }
                @if let Some(subtitle) = &content.subtitle { span.document-subtitle { (subtitle) } }
            }
            @let last = content.legal_bases.len().saturating_sub(1);
            @for (index, basis) in content.legal_bases.iter().enumerate() {
                p.legal-basis { (basis) @if index == last { "." } @else { ";" } }
            }
            (sections)
            (foot(&content.head, words))
            (appendix::appendix(report, &writer.sources))
        }
    }
}

fn document_head(head: &Head, words: &Words) -> Markup {
    markup! {
        header.document-head {
            div.issuer {
                @if let Some(parent) = &head.parent_organization { p.issuer-parent { (parent.to_uppercase()) } }
                p.issuer-name { (head.organization.to_uppercase()) }
                p.document-number { (words.number) ": " @match &head.number {
                    Some(number) => { (number) }
                    None => { span.fill-in { "……………" } }
                } }
            }
            div.country {
                p.country-name { (words.country) }
                p.country-motto { span { (words.motto) } }
                p.place-and-date { (place_and_date(&head.place, head.date, words.language)) }
            }
        }
    }
}

fn foot(head: &Head, words: &Words) -> Markup {
    if head.recipients.is_empty() && head.signature.is_none() {
        return Markup::default();
    }
    let last = head.recipients.len().saturating_sub(1);
    markup! {
        footer.document-foot {
            div.recipients {
                @if !head.recipients.is_empty() {
                    p.recipients-heading { (words.recipients) ":" }
                    ul {
                        @for (index, recipient) in head.recipients.iter().enumerate() {
                            li { "- " (recipient) @if index == last { "." } @else { ";" } }
                        }
                    }
                }
            }
            @if let Some(signature) = &head.signature {
                div.signature {
                    @if let Some(authority) = &signature.authority { p.signature-authority { (authority.to_uppercase()) } }
                    p.signature-position { (signature.position.to_uppercase()) }
                    p.signature-name { @if let Some(name) = &signature.name { (name) } }
                }
            }
        }
    }
}
