//! The annex of a report: notes on the data and how every number was computed.

use super::blocks::Source;
use crate::figure::{Completeness, Computed, Figure};
use crate::model::Report;
use crate::number::Decimal;
use crate::words::{Words, date, with_unit};
use maud::{Markup, html as markup};

pub(super) fn appendix(report: &Report, sources: &[Source]) -> Markup {
    let content = report.content();
    let words = Words::of(content.language);
    let state = format!(
        "{}; {} {}.",
        content.generated_from,
        words.as_of,
        date(content.as_of, content.language)
    );
    markup! {
        aside.appendix aria-labelledby="report-appendix" {
            h2 id="report-appendix" {
                span { (words.appendix.to_uppercase()) }
                span { (words.how_computed.to_uppercase()) }
            }
            p.appendix-source {
                @if let Some(number) = &content.head.number {
                    (words.attached_to) " " (content.head.kind) " " (words.number.to_lowercase()) " " (number) ". "
                }
                (state)
            }
            @if !content.notices.is_empty() {
                h3 { (words.notices) }
                ul.dashes {
                    @for notice in &content.notices {
                        li { "- " strong { (words.notice(notice.kind)) ": " } (notice.text) }
                    }
                }
            }
            @if !content.figures.is_empty() || !sources.is_empty() {
                h3 { (words.how_computed) }
            }
            @if !content.figures.is_empty() {
                ol.computed {
                    @for (index, figure) in content.figures.iter().enumerate() {
                        li id={ "report-figure-" (index + 1) } { (figure_note(figure, words)) }
                    }
                }
            }
            @if !sources.is_empty() {
                ul.dashes.computed {
                    @for source in sources {
                        li {
                            "- " a href={ "#" (source.anchor) } { (source.name) } " – " (source.caption) ": "
                            (computed_note(&source.computed, words))
                        }
                    }
                }
            }
        }
    }
}

fn figure_note(figure: &Figure, words: &Words) -> Markup {
    let language = words.language;
    let value = with_unit(&figure.display_exact(language), figure.unit(language));
    let marks: Vec<&str> = figure.marks.iter().map(|mark| words.mark(*mark)).collect();
    markup! {
        strong { (figure.label(language)) " (" (figure.period.label(language)) "): " (value) ". " }
        (computed_note(&figure.computed, words))
        @if let Some(completeness) = figure.completeness {
            " " span class=(completeness_class(completeness)) { (words.completeness(completeness)) "." }
        }
        @if !marks.is_empty() { " " (words.marks) ": " (marks.join(", ")) "." }
    }
}

fn completeness_class(completeness: Completeness) -> &'static str {
    if completeness.is_complete() {
        "complete"
    } else {
        "incomplete"
    }
}

fn computed_note(computed: &Computed, words: &Words) -> Markup {
    let records = Decimal::from(computed.records).display(words.language);
    markup! {
        (computed.method) " "
        (words.source) ": " (computed.source) ", "
        @if computed.record_links.starts_with("/api/") {
            a href=(computed.record_links) { (records) " " (words.records) }
        } @else {
            (records) " " (words.records)
        }
        ". " (words.boundaries) " " (date(computed.boundary_date, words.language)) ". "
        (words.query) ": " code { (computed.query) } "."
    }
}
