//! Reports for the tests: a launch day, the figures of a quarter, a plan.

use jiff::civil::{Date, date};
use report::narrative::Sentence;
use report::*;

pub fn period(code: &str, label: &str, first: Date, last: Date) -> PeriodLabel {
    PeriodLabel {
        code: code.into(),
        label_vi: label.into(),
        label_en: format!("period {code}"),
        first,
        last,
    }
}

pub fn computed() -> Computed {
    Computed {
        query: "facts indicator=participants.voluntary_si unit=vn-66 period=2023-03".into(),
        source: "số liệu đã khóa của BHXH các huyện".into(),
        records: 15,
        record_links: "/api/v1/figures/records?indicator=participants.voluntary_si".into(),
        boundary_date: date(2023, 3, 31),
        method: "Cộng số cuối kỳ của các đơn vị cấp huyện.".into(),
    }
}

pub fn figure(id: &str, value: i64, unit: &str, label: &str) -> Figure {
    Figure {
        id: id.into(),
        value: FigureValue::Integer(value),
        shown: Shown::Exact,
        unit_vi: unit.into(),
        unit_en: "people".into(),
        label_vi: label.into(),
        label_en: id.replace('.', " "),
        period: period(
            "2023-03",
            "tháng 3/2023",
            date(2023, 3, 1),
            date(2023, 3, 31),
        ),
        direction: Direction::Up,
        changes: Changes::default(),
        marks: vec![Mark::Summed],
        completeness: Some(Completeness {
            reported: 15,
            expected: 15,
        }),
        computed: computed(),
    }
}

pub fn with_last_year(mut figure: Figure, absolute: i64, percent: Decimal, base: i64) -> Figure {
    figure.changes.last_year = Some(Change {
        absolute: absolute.into(),
        relative_percent: Some(percent),
        base: base.into(),
        period: period(
            "2022-03",
            "cùng kỳ năm 2022",
            date(2022, 3, 1),
            date(2022, 3, 31),
        ),
    });
    figure
}

pub fn head(kind: &str) -> Head {
    Head {
        parent_organization: Some("Ủy ban nhân dân tỉnh Nghệ An".into()),
        organization: "Bảo hiểm xã hội tỉnh".into(),
        number: Some("315/BC-BHXH".into()),
        place: "Nghệ An".into(),
        date: Some(date(2022, 5, 8)),
        kind: kind.into(),
        recipients: vec![
            "BHXH Việt Nam (để b/c)".into(),
            "UBND tỉnh (để b/c)".into(),
            "BHXH các huyện, thị xã".into(),
            "Lưu: VT, TT".into(),
        ],
        signature: Some(Signature {
            authority: Some("KT. Giám đốc".into()),
            position: "Phó Giám đốc".into(),
            name: Some("Người ký minh họa".into()),
        }),
    }
}

pub fn content(sections: Vec<Section>, figures: Vec<Figure>) -> Content {
    Content {
        campaign: "nghe-an-2022-launch".into(),
        language: Language::Vi,
        head: head("Báo cáo"),
        title:
            "Kết quả Lễ ra quân Tháng vận động triển khai bảo hiểm xã hội, bảo hiểm y tế toàn dân"
                .into(),
        subtitle: Some("(Ngày 08/5/2022)".into()),
        legal_bases: vec![
            "Căn cứ Kế hoạch số 81-KH/TU ngày 07/3/2022 của Ban Thường vụ Tỉnh ủy".into(),
        ],
        as_of: date(2022, 5, 8),
        boundary_date: date(2022, 5, 8),
        generated_from: "Lập từ bản ghi tư vấn và đăng ký của các tổ".into(),
        sections,
        figures,
        notices: vec![Notice {
            kind: NoticeKind::IllustrativeData,
            text: "Số theo huyện được chia từ tổng đã công bố theo quy tắc nêu tại Phụ lục.".into(),
        }],
    }
}

pub fn section(blocks: Vec<Block>) -> Section {
    Section {
        id: "results".into(),
        heading: "Kết quả thực hiện".into(),
        blocks,
    }
}

/// Every kind of block once.
pub fn launch() -> Content {
    let districts = [
        "Thành phố Vinh",
        "Thị xã Cửa Lò",
        "Thị xã Thái Hòa",
        "Huyện Quỳnh Lưu",
        "Huyện Diễn Châu",
        "Huyện Yên Thành",
        "Huyện Nghi Lộc",
        "Huyện Kỳ Sơn",
    ];
    let counts = [188i64, 61, 54, 132, 141, 127, 96, 33];
    let mut consultations = figure("consultations", 9214, "người", "Số người được tư vấn");
    consultations.shown = Shown::RoundedDown;
    consultations.completeness = None;
    consultations.marks = vec![Mark::Claimed];
    let mut withdrawals = with_last_year(
        figure(
            "withdrawals.one_time",
            1204,
            "người",
            "Số người hưởng BHXH một lần",
        ),
        -120,
        Decimal::new(-91, 1),
        1324,
    );
    withdrawals.direction = Direction::Down;
    let mut coverage = figure("coverage", 0, "%", "Tỷ lệ lực lượng lao động tham gia BHXH");
    coverage.value = FigureValue::Decimal(Decimal::new(521, 1));
    coverage.changes.target = Some(TargetChange {
        absolute: Decimal::new(-29, 1),
        share_percent: Some(Decimal::new(947, 1)),
        base: Decimal::from(55),
        period: period("2025", "năm 2025", date(2025, 1, 1), date(2025, 12, 31)),
    });
    let mut voluntary = figure(
        "enrollments.voluntary_si",
        1322,
        "người",
        "Số người tham gia mới BHXH tự nguyện",
    );
    voluntary.changes.target = Some(TargetChange {
        absolute: Decimal::from(122),
        share_percent: Some(Decimal::new(1102, 1)),
        base: Decimal::from(1200),
        period: period(
            "2022-05",
            "tháng 5/2022",
            date(2022, 5, 1),
            date(2022, 5, 31),
        ),
    });
    let figures = vec![
        figure("sites", 21, "điểm", "Số điểm ra quân"),
        figure("cars", 21, "xe", "Số xe ô tô có loa"),
        figure("motorbikes", 420, "xe máy", "Số xe máy diễu hành"),
        consultations,
        voluntary,
        figure(
            "enrollments.household_hi",
            2222,
            "người",
            "Số người tham gia mới BHYT hộ gia đình",
        ),
        with_last_year(
            figure(
                "participants.compulsory_si",
                107_219,
                "người",
                "Số người tham gia BHXH bắt buộc",
            ),
            4370,
            Decimal::new(42, 1),
            102_849,
        ),
        withdrawals,
        coverage,
    ];
    let narrative = vec![
        Block::Paragraph(
            Sentence::new("Toàn tỉnh ra quân đồng loạt tại")
                .list(
                    vec![
                        Text::figure("sites", Show::WithUnit),
                        Text::figure("cars", Show::WithUnit).and_plain(" ô tô có loa"),
                        Text::figure("motorbikes", Show::WithUnit),
                    ],
                    Language::Vi,
                )
                .end(),
        ),
        Block::Paragraph(
            Sentence::new("Các tổ đã tư vấn cho")
                .figure("consultations")
                .say("; kết quả có")
                .figure("enrollments.voluntary_si")
                .say("tham gia mới BHXH tự nguyện")
                .change("enrollments.voluntary_si", Against::Target)
                .say("và")
                .figure("enrollments.household_hi")
                .say("tham gia mới BHYT hộ gia đình")
                .end(),
        ),
        Block::Paragraph(
            Sentence::new("Toàn tỉnh có")
                .figure("participants.compulsory_si")
                .say("tham gia BHXH bắt buộc")
                .change("participants.compulsory_si", Against::LastYear)
                .end(),
        ),
        Block::Paragraph(
            Sentence::new("Số người hưởng BHXH một lần là")
                .figure("withdrawals.one_time")
                .change("withdrawals.one_time", Against::LastYear)
                .end(),
        ),
        Block::Paragraph(
            Sentence::new("Tỷ lệ bao phủ lực lượng lao động là")
                .figure("coverage")
                .change("coverage", Against::Target)
                .end(),
        ),
        Block::List(vec![
            "Băng rôn tại trụ sở và các trục đường chính".into(),
            "Phát thanh trên loa truyền thanh cơ sở".into(),
        ]),
    ];
    let rows = districts
        .iter()
        .zip(counts)
        .map(|(name, count)| {
            vec![
                Cell::text(*name),
                Cell::number(count).marked(&[Mark::Illustrative]),
                Cell::signed(count - 90).marked(&[Mark::Illustrative]),
            ]
        })
        .collect();
    let table = Table {
        caption: "Số người tham gia mới BHXH tự nguyện theo huyện".into(),
        columns: vec![
            Column::text("Đơn vị"),
            Column::number("Tham gia mới", "người"),
            Column::number("So với tháng trước", "người"),
        ],
        rows,
        footer: Some(vec![
            Cell::text("Toàn tỉnh"),
            Cell::figure("enrollments.voluntary_si"),
            Cell::missing().noted("Chưa có tổng của tháng trước."),
        ]),
        notes: vec!["Chỉ nêu 8 trong 21 đơn vị.".into()],
        computed: Some(computed()),
    };
    let chart = |kind, caption: &str, categories: Vec<String>, series: Vec<Series>| {
        Block::Chart(Chart {
            kind,
            caption: caption.into(),
            unit: "người".into(),
            categories,
            series,
            computed: computed(),
        })
    };
    let values = |scale: i64| {
        counts
            .iter()
            .map(|count| Some(Decimal::from(count * scale)))
            .collect::<Vec<_>>()
    };
    let names: Vec<String> = districts.iter().map(|name| (*name).to_owned()).collect();
    let months: Vec<String> = (1..=12)
        .map(|month| format!("tháng {month}/2022"))
        .collect();
    let mut line: Vec<Option<Decimal>> = (0..12i64)
        .map(|month| Some(Decimal::from(16_744 + month * 59 + (month % 3) * 20)))
        .collect();
    line[5] = None;
    let ranking = Ranking {
        caption: "Xếp hạng các đơn vị theo tỷ lệ hoàn thành chỉ tiêu tháng".into(),
        name_heading: "Đơn vị".into(),
        score_heading: "Tỷ lệ hoàn thành".into(),
        score_unit: "%".into(),
        highest_first: true,
        columns: vec![Column::number("Tham gia mới", "người")],
        rows: vec![
            RankingRow {
                rank: 1,
                name: "Huyện Diễn Châu".into(),
                score: Decimal::new(1175, 1),
                cells: vec![Cell::number(141)],
            },
            RankingRow {
                rank: 2,
                name: "Huyện Quỳnh Lưu".into(),
                score: Decimal::new(1100, 1),
                cells: vec![Cell::number(132)],
            },
            RankingRow {
                rank: 2,
                name: "Thành phố Vinh".into(),
                score: Decimal::from(110),
                cells: vec![Cell::number(188)],
            },
            RankingRow {
                rank: 4,
                name: "Huyện Nghi Lộc".into(),
                score: Decimal::new(960, 1),
                cells: vec![Cell::number(96)],
            },
        ],
        not_ranked: vec![NotRanked {
            name: "Huyện Kỳ Sơn".into(),
            reason: "12 lượt tư vấn".into(),
        }],
        minimum_volume: Some("đơn vị có từ 20 lượt tư vấn".into()),
        ties: "các đơn vị cùng tỷ lệ thì cùng hạng; hạng tiếp theo bỏ cách".into(),
        basis: Some(Mark::Claimed),
        computed: computed(),
    };
    content(
        vec![
            section(narrative),
            Section {
                id: "units".into(),
                heading: "Kết quả theo đơn vị".into(),
                blocks: vec![
                    Block::Table(table),
                    chart(
                        ChartKind::Column,
                        "Tham gia mới theo huyện",
                        names.clone(),
                        vec![Series {
                            name: "Tham gia mới".into(),
                            values: values(1),
                        }],
                    ),
                    chart(
                        ChartKind::Bar,
                        "Tham gia mới theo huyện, xếp theo tên",
                        names.clone(),
                        vec![Series {
                            name: "Tham gia mới".into(),
                            values: values(1),
                        }],
                    ),
                    chart(
                        ChartKind::Grouped,
                        "BHXH tự nguyện và BHYT hộ gia đình",
                        names,
                        vec![
                            Series {
                                name: "BHXH tự nguyện".into(),
                                values: values(1),
                            },
                            Series {
                                name: "BHYT hộ gia đình".into(),
                                values: values(2),
                            },
                        ],
                    ),
                    chart(
                        ChartKind::Line,
                        "Số người tham gia BHXH tự nguyện theo tháng",
                        months,
                        vec![Series {
                            name: "BHXH tự nguyện".into(),
                            values: line,
                        }],
                    ),
                    Block::Ranking(ranking),
                ],
            },
            Section {
                id: "tasks".into(),
                heading: "Tình hình thực hiện nhiệm vụ".into(),
                blocks: vec![Block::TaskStates(task_states())],
            },
        ],
        figures,
    )
}

pub fn task_states() -> TaskStates {
    TaskStates {
        caption: "Tình trạng các nhiệm vụ".into(),
        as_of: date(2022, 5, 8),
        summary: Text::plain("Các nhiệm vụ được theo dõi đến cấp xã."),
        rows: vec![
            TaskStateRow {
                task: "Phổ biến Kế hoạch số 81-KH/TU đến cấp xã".into(),
                lead: "UBND huyện Kỳ Sơn".into(),
                coordinating: vec!["BHXH huyện".into()],
                due: date(2022, 5, 31),
                state: TaskState::AtRisk,
                progress_percent: 40,
                evidence: vec![],
            },
            TaskStateRow {
                task: "Chuẩn bị xe, loa, băng rôn".into(),
                lead: "Bưu điện tỉnh".into(),
                coordinating: vec![],
                due: date(2022, 5, 7),
                state: TaskState::Done,
                progress_percent: 100,
                evidence: vec!["Biên bản kiểm tra 07/5/2022".into()],
            },
        ],
    }
}

pub fn plan() -> PlanDocument {
    let audience = |name: &str, slogan: &str| PlanAudience {
        name: name.into(),
        slogans: vec![slogan.into()],
    };
    PlanDocument {
        overall_objective:
            "Nâng cao nhận thức của nhân dân về giá trị của BHXH, tiến tới BHXH toàn dân.".into(),
        objectives: vec![
            PlanObjective {
                text: "Tăng số người tìm hiểu và tham gia, nhất là lao động phi chính thức".into(),
                indicator: Some(("Số người tham gia BHXH tự nguyện".into(), Direction::Up)),
            },
            PlanObjective {
                text: "Hạn chế hưởng BHXH một lần".into(),
                indicator: Some(("Số người hưởng BHXH một lần".into(), Direction::Down)),
            },
        ],
        requirements: vec![
            "Rộng khắp, hướng về cơ sở, trước hết là vùng sâu, vùng xa.".into(),
            "Tiết kiệm, lồng ghép với các sự kiện khác.".into(),
        ],
        method: vec!["Kết hợp công nghệ với truyền miệng và tiếp xúc trực tiếp.".into()],
        audiences: vec![
            audience(
                "Người sử dụng lao động",
                "Đóng BHXH là trách nhiệm với người lao động",
            ),
            audience("Người lao động", "BHXH: của để dành khi về già"),
        ],
        theme: "Bảo hiểm xã hội cho tất cả mọi người".into(),
        logo: Some("Biểu trưng của ngành BHXH".into()),
        main_message: "Bảo hiểm xã hội là đầu tư cho tương lai".into(),
        channels: vec![
            "Trực tiếp.".into(),
            "Gián tiếp qua phương tiện thông tin đại chúng.".into(),
        ],
        means: vec![
            "Internet, nền tảng di động.".into(),
            "Tài liệu, vật phẩm.".into(),
        ],
        workstreams: vec![PlanWorkstream {
            name: "Chiến dịch thu hút sự quan tâm".into(),
            description: None,
            activities: vec![PlanActivity {
                name: "Treo băng rôn, pa-nô".into(),
                at_least: Some(1200),
                when: Some(period(
                    "2021-06",
                    "tháng 6/2021",
                    date(2021, 6, 1),
                    date(2021, 6, 30),
                )),
                organization: Some("Văn phòng Sở".into()),
            }],
        }],
        budget: vec![BudgetLine {
            purpose: "In tờ rơi".into(),
            allotted_vnd: 45_000_000,
            spent_vnd: Some(43_500_000),
        }],
        budget_total: Some(BudgetLine {
            purpose: "Tổng cộng".into(),
            allotted_vnd: 45_000_000,
            spent_vnd: None,
        }),
        budget_notes: vec!["Từ nguồn ngân sách năm 2021.".into()],
        budget_computed: None,
        responsibilities: vec![PlanResponsibility {
            organization: "Phòng Lao động - Giáo dục nghề nghiệp".into(),
            coordinating: vec!["BHXH tỉnh".into()],
            duties: vec![PlanDuty {
                text: "Theo dõi, đôn đốc việc thực hiện".into(),
                due: Some(date(2021, 12, 31)),
                state: Some(TaskState::InTime),
            }],
        }],
        task_states: Some(task_states()),
    }
}

pub fn plan_content() -> Content {
    let mut content = content(plan().sections(Language::Vi), vec![]);
    content.campaign = "ninh-thuan-2021".into();
    content.head = head("Kế hoạch");
    content.title = "Truyền thông về bảo hiểm xã hội năm 2021".into();
    content.subtitle = None;
    content
}
