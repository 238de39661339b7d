//! Whatever texts contain, the documents stay well formed and say the same.

use crate::sample::*;
use proptest::prelude::*;
use report::*;

/// A report in which every free text is the given one.
fn saying(text: &str) -> Report {
    let mut one = figure("one", 1, text, text);
    one.id = text.into();
    one.computed = Computed {
        query: text.into(),
        source: text.into(),
        method: text.into(),
        record_links: text.into(),
        ..computed()
    };
    let table = Table {
        caption: text.into(),
        columns: vec![Column::text(text), Column::number(text, text)],
        rows: vec![vec![Cell::text(text), Cell::figure(text).noted(text)]],
        footer: None,
        notes: vec![text.into()],
        computed: Some(one.computed.clone()),
    };
    let chart = |kind| {
        Block::Chart(Chart {
            kind,
            caption: text.into(),
            unit: text.into(),
            categories: vec![text.into(), "B".into()],
            series: vec![Series {
                name: text.into(),
                values: vec![Some(1.into()), None],
            }],
            computed: one.computed.clone(),
        })
    };
    let words = Text {
        spans: vec![Span::Strong(text.into()), Span::Emphasis(text.into())],
    }
    .and_figure(text, Show::WithUnit);
    let blocks = vec![
        Block::Paragraph(words),
        Block::List(vec![text.into()]),
        Block::Outline(vec![OutlineItem::branch(
            text,
            vec![OutlineItem::leaf(text)],
        )]),
        Block::Table(table),
        chart(ChartKind::Line),
        chart(ChartKind::Column),
        chart(ChartKind::Bar),
    ];
    let section = Section {
        id: text.into(),
        heading: text.into(),
        blocks,
    };
    let mut content = content(vec![section], vec![one]);
    content.campaign = text.into();
    content.title = text.into();
    content.subtitle = Some(text.into());
    content.legal_bases = vec![text.into()];
    content.generated_from = text.into();
    content.notices = vec![Notice {
        kind: NoticeKind::ApportionedCells,
        text: text.into(),
    }];
    content.head.organization = text.into();
    content.head.place = text.into();
    content.head.recipients = vec![text.into()];
    Report::new(content).expect("one text everywhere holds together")
}

/// Walks a page as a parser does: every tag opened is closed in order, every attribute is quoted.
fn check_well_formed(page: &str) -> Result<(), String> {
    const VOID: [&str; 1] = ["meta"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        if rest[..start].contains('>') && open.last() != Some(&"style") {
            return Err(format!("a bare > in {:?}", &rest[..start]));
        }
        let mut quoted = false;
        let end = rest[start..]
            .find(|letter| {
                quoted ^= letter == '"';
                letter == '>' && !quoted
            })
            .ok_or("a tag that does not end")?;
        let tag = &rest[start + 1..start + end];
        rest = &rest[start + end + 1..];
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
        } else if !name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '!')
            || name.is_empty()
        {
            return Err(format!("<{tag}> is no tag of ours"));
        } else if !name.starts_with('!') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("{open:?} stay open"))
    }
}

/// The names of all tags in order.
fn tags(page: &str) -> Vec<&str> {
    page.split('<')
        .skip(1)
        .map(|tag| tag.split([' ', '>', '\n']).next().unwrap_or_default())
        .collect()
}

#[test]
fn hostile_texts_stay_text() {
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></title><h1>",
        "javascript:alert(1)",
        "//example.org/x",
        "]]> & &amp; <!-- -->",
    ] {
        let page = html(&saying(text), Layout::Official);
        assert_eq!(check_well_formed(&page), Ok(()), "{text}");
        assert_eq!(
            page.matches("<script").count() + page.matches("<img").count(),
            0,
            "{text}"
        );
        assert!(
            !page.contains("href=\"javascript:") && !page.contains("href=\"//"),
            "{text}"
        );
        assert!(!markdown(&saying(text)).contains("<script"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn html_of_any_text_is_well_formed_and_of_the_same_shape(text in "\\PC{1,40}") {
        let page = html(&saying(&text), Layout::Official);
        prop_assert_eq!(check_well_formed(&page), Ok(()));
        let fragment = html(&saying(&text), Layout::Fragment);
        prop_assert_eq!(check_well_formed(&fragment), Ok(()));
        prop_assert!(tags(&fragment).iter().all(|tag| *tag != "script" && *tag != "style"));
    }

    #[test]
    fn json_says_any_text_unchanged_and_the_same_way_each_time(text in any::<String>()) {
        let first = json(&saying(&text));
        prop_assert_eq!(&first, &json(&saying(&text)));
        let read: serde_json::Value = serde_json::from_str(&first).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read["title"].as_str(), Some(text.as_str()));
        prop_assert_eq!(read["figures"][0]["id"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn a_table_row_of_markdown_keeps_its_columns(text in "[^\\\\]{0,30}") {
        let written = markdown(&saying(&text));
        let rows: Vec<&str> = written.lines().filter(|line| line.starts_with("| ")).collect();
        prop_assert!(!rows.is_empty());
        for row in rows {
            let bars = row.replace("\\|", "").matches('|').count();
            prop_assert_eq!(bars, 3, "{}", row);
        }
    }

    #[test]
    fn every_integer_figure_shows_and_carries_its_value(value: i64) {
        let report = Report::new(content(vec![], vec![figure("one", value, "người", "Số")])).expect("one figure holds together");
        let read: serde_json::Value = serde_json::from_str(&json(&report)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read["figures"][0]["value"].as_i64(), Some(value));
        let shown = read["figures"][0]["display"].as_str().unwrap_or_default().replace('.', "");
        prop_assert_eq!(shown.parse::<i64>(), Ok(value));
    }

    #[test]
    fn charts_of_any_values_are_drawn(values in prop::collection::vec(prop::option::of((any::<i64>(), 0u8..=9)), 1..30), kind in 0usize..4) {
        let kind = [ChartKind::Bar, ChartKind::Column, ChartKind::Line, ChartKind::Grouped][kind];
        let values: Vec<Option<Decimal>> = values.into_iter().map(|value| value.map(|(scaled, places)| Decimal::new(scaled, places))).collect();
        let chart = Chart {
            kind,
            caption: "Hình".into(),
            unit: String::new(),
            categories: (0..values.len()).map(|index| format!("Đơn vị {index}")).collect(),
            series: vec![Series { name: "A".into(), values: values.clone() }, Series { name: "B".into(), values: values.clone() }],
            computed: computed(),
        };
        let report = Report::new(content(vec![section(vec![Block::Chart(chart)])], vec![])).expect("the chart holds together");
        let page = html(&report, Layout::Fragment);
        prop_assert_eq!(check_well_formed(&page), Ok(()));
        prop_assert_eq!(page.contains("<svg"), values.iter().any(Option::is_some));
        prop_assert!(!page.contains("width=\"-") && !page.contains("height=\"-"));
    }
}
