//! What is no report, and that all of it is said at once.

use crate::sample::*;
use report::*;

fn faults(content: Content) -> Vec<ReportFault> {
    Report::new(content).map_or_else(|error| error.faults, |_| Vec::new())
}

#[test]
fn a_sentence_may_only_speak_of_figures_and_changes_that_are_there() {
    let text = Text::plain("Có ")
        .and_figure("sites", Show::WithUnit)
        .and_figure("nowhere", Show::Value)
        .and_figure("sites", Show::Change(Against::LastYear));
    for block in [
        Block::Paragraph(text.clone()),
        Block::List(vec![text.clone()]),
        Block::Outline(vec![OutlineItem::branch(
            "Việc",
            vec![OutlineItem::leaf(text.clone())],
        )]),
        Block::TaskStates(TaskStates {
            summary: text.clone(),
            ..task_states()
        }),
        Block::Table(Table {
            caption: "Bảng".into(),
            columns: vec![Column::text("Nội dung")],
            rows: vec![],
            footer: Some(vec![Cell::text(text.clone())]),
            notes: vec![],
            computed: None,
        }),
    ] {
        let found = faults(content(
            vec![section(vec![block])],
            vec![figure("sites", 21, "điểm", "Số điểm")],
        ));
        assert_eq!(
            found,
            [
                ReportFault::FigureUnknown {
                    section: "results".into(),
                    id: "nowhere".into()
                },
                ReportFault::ChangeUnknown {
                    section: "results".into(),
                    id: "sites".into()
                },
            ]
        );
    }
}

#[test]
fn doubled_ids_and_ragged_tables_and_charts_are_refused_together() {
    let table = Table {
        caption: "Bảng".into(),
        columns: vec![Column::text("Đơn vị"), Column::number("Số", "người")],
        rows: vec![
            vec![Cell::text("Vinh"), Cell::number(1)],
            vec![Cell::text("Cửa Lò")],
        ],
        footer: None,
        notes: vec![],
        computed: None,
    };
    let chart = Chart {
        kind: ChartKind::Bar,
        caption: "Hình".into(),
        unit: "người".into(),
        categories: vec!["Vinh".into(), "Cửa Lò".into()],
        series: vec![Series {
            name: "Số".into(),
            values: vec![Some(1.into())],
        }],
        computed: computed(),
    };
    let sections = vec![
        section(vec![Block::Table(table), Block::Chart(chart)]),
        section(vec![]),
    ];
    let twice = vec![
        figure("sites", 21, "điểm", "Số điểm"),
        figure("sites", 22, "điểm", "Số điểm"),
    ];
    let error = Report::new(content(sections, twice)).expect_err("four faults");
    assert_eq!(
        error.faults,
        [
            ReportFault::FigureTwice { id: "sites".into() },
            ReportFault::RowWidth {
                caption: "Bảng".into(),
                row: 2,
                cells: 1,
                columns: 2
            },
            ReportFault::SeriesLength {
                caption: "Hình".into(),
                series: "Số".into(),
                values: 1,
                categories: 2
            },
            ReportFault::SectionTwice {
                id: "results".into()
            },
        ]
    );
    assert!(error.to_string().contains("nghe-an-2022-launch"));
}

#[test]
fn a_ranking_must_stand_in_the_order_of_its_scores() {
    let ranked = |highest_first: bool, rows: &[(u32, i64)]| {
        let rows = rows.iter().map(|(rank, score)| RankingRow {
            rank: *rank,
            name: format!("Đơn vị {score}"),
            score: (*score).into(),
            cells: vec![],
        });
        let ranking = Ranking {
            caption: "Xếp hạng".into(),
            name_heading: "Đơn vị".into(),
            score_heading: "Số".into(),
            score_unit: "người".into(),
            highest_first,
            columns: vec![],
            rows: rows.collect(),
            not_ranked: vec![],
            minimum_volume: None,
            ties: "cùng số thì cùng hạng".into(),
            basis: None,
            computed: computed(),
        };
        faults(content(
            vec![section(vec![Block::Ranking(ranking)])],
            vec![],
        ))
    };
    assert_eq!(ranked(true, &[(1, 9), (2, 7), (2, 7), (4, 3)]), []);
    assert_eq!(
        ranked(true, &[(1, 9), (2, 9)]),
        [],
        "a tie may be broken by a stated rule"
    );
    assert_eq!(ranked(false, &[(1, 3), (2, 7)]), []);
    for (highest_first, rows) in [
        (true, [(1, 3), (2, 7)]),
        (true, [(1, 7), (1, 3)]),
        (true, [(2, 7), (1, 3)]),
        (false, [(1, 7), (2, 3)]),
    ] {
        assert_eq!(
            ranked(highest_first, &rows).len(),
            1,
            "{highest_first} {rows:?}"
        );
    }
}
