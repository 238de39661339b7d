//! Rankings of the units below one: by result, by share of target, by growth against potential.

use cube::{State, StateSet};
use domain::admin_units::UnitIx;
use domain::indicators::{FedBy, Indicator, IndicatorNature};
use domain::period::Period;
use domain::ranking::{Apart, Contender, rank};
use domain::vietnamese;
use jiff::civil::Date;

use super::answer::{Figure, Notice};
use super::breakdown::units_below;
use super::compute::{Of, ratio_value};
use super::get::figures_of;
use super::question::{Against, FigureInput, Question};
use super::state::FigureState;
use crate::app::{Actor, App, AppError, Fault};

/// By what units are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankBy {
    /// The figure itself.
    Result,
    /// The share of the target reached.
    Target,
    /// The growth in thousandths of the potential, both as the catalogue says.
    Growth,
}

impl RankBy {
    /// All of them.
    pub const ALL: [RankBy; 3] = [RankBy::Result, RankBy::Target, RankBy::Growth];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            RankBy::Result => "result",
            RankBy::Target => "target",
            RankBy::Growth => "growth",
        }
    }
}

/// Who is to be ranked by what.
#[derive(Debug, Clone, Default)]
pub struct RankingInput {
    /// Indicator, unit, one period, boundaries, states.
    pub figure: FigureInput,
    /// `children` (default), province, district, commune.
    pub level: Option<String>,
    /// `result` (default), `target`, `growth`.
    pub by: Option<String>,
    /// Growth of a stock: since `last_year` (default) or `previous`.
    pub since: Option<String>,
    /// Units below this volume are listed apart: below this target, potential or, by result, figure.
    pub minimum_volume: i64,
}

/// The rankings asked for.
#[derive(Debug, Clone)]
pub struct RankingAnswer {
    /// The indicator.
    pub indicator: Indicator,
    /// The unit; none for the country.
    pub unit: Option<UnitIx>,
    /// The period.
    pub period: Period,
    /// The day as of which the units are listed.
    pub listed_on: Date,
    /// By what.
    pub by: RankBy,
    /// One; for what is counted from enrollments two: confirmed, and claimed.
    pub tables: Vec<RankingTable>,
    /// What the reader must know.
    pub notices: Vec<Notice>,
}

/// One ranking.
#[derive(Debug, Clone)]
pub struct RankingTable {
    /// The state that is ranked; none where all are taken together.
    pub state: Option<State>,
    /// The best first.
    pub rows: Vec<RankingRow>,
    /// Those that are not ranked.
    pub apart: Vec<ApartRow>,
}

/// A ranked unit.
#[derive(Debug, Clone)]
pub struct RankingRow {
    /// The unit.
    pub unit: UnitIx,
    /// Its rank; equal ones have the same.
    pub rank: usize,
    /// What it reached: its figure, or its growth.
    pub part: i64,
    /// What that is measured against: target or potential.
    pub whole: Option<i64>,
    /// Thousandths that `part` is of `whole`.
    pub share_permille: Option<i64>,
    /// Why it shares its rank, in Vietnamese; none where it does not.
    pub tie: Option<String>,
    /// Its figure.
    pub figure: Figure,
}

/// A unit that is not ranked.
#[derive(Debug, Clone)]
pub struct ApartRow {
    /// The unit.
    pub unit: UnitIx,
    /// Stable word of the reason.
    pub reason: &'static str,
    /// The reason in Vietnamese.
    pub message: String,
    /// Its figure.
    pub figure: Figure,
}

/// Ranks the units below one. What is only claimed is never ranked together with what is confirmed.
pub fn ranking_get(
    app: &App,
    actor: &Actor,
    input: &RankingInput,
) -> Result<RankingAnswer, AppError> {
    let mut question = input.figure.question(app, actor)?;
    let (by, since) = words(input)?;
    let [period] = question.periods[..] else {
        return Err(AppError::invalid(Fault::new(
            "period",
            "figure.one_period_only",
            "Xếp hạng chỉ theo một kỳ.",
            "Chọn một kỳ.",
        )));
    };
    question.compare = match by {
        RankBy::Result => Vec::new(),
        RankBy::Target => vec![Against::Target],
        RankBy::Growth => vec![since],
    };
    let potential = potential(app, &question, by)?;
    let (listed_on, units) = units_below(app, &question, input.level.as_deref())?;
    let states = states(question.indicator, input);
    let tables: Result<Vec<RankingTable>, cube::CubeError> = app.figures.with(|state| {
        let potentials = potentials(app, state, &question, potential, &units)?;
        let mut tables = Vec::new();
        for one in states {
            if let Some(one) = one {
                question.states = StateSet::of(&[one]);
            }
            let figures = figures_of(app, state, &question, Of::Units(&units))?;
            let rows = figures.into_iter().filter_map(|row| row.into_iter().next());
            let rows: Vec<Figure> = rows.collect();
            tables.push(table(
                app,
                &question,
                by,
                one,
                &units,
                rows,
                &potentials,
                input,
            ));
        }
        Ok(tables)
    });
    Ok(RankingAnswer {
        indicator: question.indicator.clone(),
        unit: question.unit,
        period,
        listed_on,
        by,
        tables: tables.map_err(|error| AppError::Internal(error.to_string()))?,
        notices: question.notices,
    })
}

fn words(input: &RankingInput) -> Result<(RankBy, Against), AppError> {
    let mut faults = Vec::new();
    let mut unknown = |field: &str, word: &str, fix: &str| {
        faults.push(Fault::new(
            field,
            "word.unknown",
            format!("Không có “{word}”."),
            fix,
        ));
    };
    let by = input.by.as_deref().unwrap_or("result");
    let found = RankBy::ALL.into_iter().find(|one| one.as_str() == by);
    if found.is_none() {
        unknown("by", by, "Chọn trong result, target, growth.");
    }
    let since = match input.since.as_deref().unwrap_or("last_year") {
        "last_year" => Against::LastYear,
        "previous" => Against::Previous,
        word => {
            unknown("since", word, "Chọn trong last_year, previous.");
            Against::LastYear
        }
    };
    AppError::check(faults)?;
    Ok((found.unwrap_or(RankBy::Result), since))
}

/// The indicator whose figures growth is measured against.
fn potential<'a>(
    app: &'a App,
    question: &Question<'_>,
    by: RankBy,
) -> Result<Option<&'a Indicator>, AppError> {
    if by != RankBy::Growth {
        return Ok(None);
    }
    let base = question.indicator.growth_base.as_deref();
    let found = base.and_then(|id| app.catalog.indicators.get(id));
    found.map(Some).ok_or_else(|| {
        AppError::invalid(Fault::new(
            "by",
            "ranking.no_potential",
            format!(
                "Danh mục không nêu tiềm năng của “{}”.",
                question.indicator.name_vi
            ),
            "Xếp hạng theo kết quả hoặc theo chỉ tiêu giao.",
        ))
    })
}

fn potentials(
    app: &App,
    state: &FigureState,
    question: &Question<'_>,
    potential: Option<&Indicator>,
    units: &[UnitIx],
) -> Result<Vec<Option<i64>>, cube::CubeError> {
    let Some(indicator) = potential else {
        return Ok(vec![None; units.len()]);
    };
    let ask = Question {
        indicator,
        unit: question.unit,
        periods: question.periods.clone(),
        boundaries: question.boundaries,
        compare: Vec::new(),
        states: StateSet::ALL,
        // A potential belongs to the territory, not to an organization.
        organization_id: None,
        notices: Vec::new(),
    };
    let figures = figures_of(app, state, &ask, Of::Units(units))?;
    Ok(figures
        .iter()
        .map(|row| row.first().and_then(|figure| figure.value))
        .collect())
}

fn states(indicator: &Indicator, input: &RankingInput) -> Vec<Option<State>> {
    if indicator.fed_by == FedBy::Enrollment && input.figure.states.is_none() {
        vec![Some(State::Confirmed), Some(State::Claimed)]
    } else {
        vec![None]
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one step of ranking_get, with its state"
)]
fn table(
    app: &App,
    question: &Question<'_>,
    by: RankBy,
    state: Option<State>,
    units: &[UnitIx],
    figures: Vec<Figure>,
    potentials: &[Option<i64>],
    input: &RankingInput,
) -> RankingTable {
    let is_flow = question.indicator.nature == IndicatorNature::Flow;
    let contenders: Vec<Contender> = figures
        .iter()
        .zip(potentials)
        .map(|(figure, potential)| match by {
            RankBy::Result => Contender {
                part: figure.value,
                whole: Some(1),
                volume: figure.value,
            },
            RankBy::Target => Contender {
                part: figure
                    .target
                    .as_ref()
                    .map_or(figure.value, |target| target.value),
                whole: figure.target.as_ref().map(|target| target.target),
                volume: figure.target.as_ref().map(|target| target.target),
            },
            RankBy::Growth => {
                // What is new in a period is growth itself.
                let change = figure.comparisons.first().and_then(|one| one.absolute);
                Contender {
                    part: if is_flow { figure.value } else { change },
                    whole: *potential,
                    volume: *potential,
                }
            }
        })
        .collect();
    let ranking = rank(
        &contenders,
        question.indicator.direction,
        input.minimum_volume,
    );
    let day = super::question::boundary_day(question.boundaries, question.periods[0]);
    let name = |contender: &usize| {
        app.units
            .nearest(units[*contender], day)
            .full_name
            .to_string()
    };
    let rows = ranking.places.iter().map(|place| {
        let contender = contenders[place.contender];
        let part = contender.part.unwrap_or_default();
        let whole = contender.whole.filter(|_| by != RankBy::Result);
        let others: Vec<String> = place.tied_with.iter().map(name).collect();
        let what = match by {
            RankBy::Result => "kết quả",
            RankBy::Target => "tỷ lệ đạt chỉ tiêu",
            RankBy::Growth => "mức tăng so với tiềm năng",
        };
        RankingRow {
            unit: units[place.contender],
            rank: place.rank,
            part,
            whole,
            share_permille: whole.and_then(|whole| ratio_value(part, whole, 1000, 0)),
            tie: (!others.is_empty()).then(|| {
                format!(
                    "Đồng hạng {} với {}: cùng {what}.",
                    place.rank,
                    others.join(", ")
                )
            }),
            figure: figures[place.contender].clone(),
        }
    });
    let rows = rows.collect();
    let apart = ranking
        .apart
        .into_iter()
        .map(|(contender, reason)| ApartRow {
            unit: units[contender],
            reason: reason.as_str(),
            message: match (reason, by) {
                (Apart::NoResult, RankBy::Growth) => {
                    "Chưa có số liệu của kỳ này hoặc kỳ so sánh.".into()
                }
                (Apart::NoResult, _) => "Chưa có số liệu của kỳ này.".into(),
                (Apart::NoMeasure, RankBy::Growth) => "Chưa có số liệu về tiềm năng.".into(),
                (Apart::NoMeasure, _) => "Chưa được giao chỉ tiêu.".into(),
                (Apart::BelowMinimum, _) => format!(
                    "Quy mô dưới {}, quá nhỏ để so sánh.",
                    vietnamese::decimal(input.minimum_volume, question.indicator.decimals)
                ),
            },
            figure: figures[contender].clone(),
        });
    RankingTable {
        state,
        rows,
        apart: apart.collect(),
    }
}
