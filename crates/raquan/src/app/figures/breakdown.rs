//! The figures of many units at once: rows of a table, a map or a ranking.

use cube::Boundaries;
use domain::admin_units::{Level, UnitIx};
use domain::indicators::Indicator;
use jiff::civil::Date;

use super::answer::{Figure, Notice};
use super::compute::Of;
use super::get::figures_of;
use super::question::{FigureInput, Question, boundary_day};
use crate::app::{Actor, App, AppError, Fault};

/// The figures of the units below one.
#[derive(Debug, Clone)]
pub struct FigureBreakdown {
    /// The indicator.
    pub indicator: Indicator,
    /// The unit; none for the country.
    pub unit: Option<UnitIx>,
    /// The day as of which the units below are listed.
    pub listed_on: Date,
    /// Only what is credited to this organization.
    pub organization_id: Option<String>,
    /// In the official order.
    pub rows: Vec<FigureRow>,
    /// What the reader must know beside the figures.
    pub notices: Vec<Notice>,
}

/// One unit of a breakdown.
#[derive(Debug, Clone)]
pub struct FigureRow {
    /// The unit.
    pub unit: UnitIx,
    /// One for each period.
    pub figures: Vec<Figure>,
}

/// The figures of the units right below one (`children`), or of all units of a level within it.
///
/// The units are those of the boundaries of the last period. Where one of them is not on an earlier period's
/// boundaries (asked for as they were), there is no value.
pub fn figure_breakdown(
    app: &App,
    actor: &Actor,
    input: &FigureInput,
    level: Option<&str>,
) -> Result<FigureBreakdown, AppError> {
    let question = input.question(app, actor)?;
    let (listed_on, units) = units_below(app, &question, level)?;
    let figures = app
        .figures
        .with(|state| figures_of(app, state, &question, Of::Units(&units)))
        .map_err(|error| AppError::Internal(error.to_string()))?;
    let rows = units.into_iter().zip(figures);
    Ok(FigureBreakdown {
        indicator: question.indicator.clone(),
        unit: question.unit,
        listed_on,
        organization_id: question.organization_id,
        rows: rows
            .map(|(unit, figures)| FigureRow { unit, figures })
            .collect(),
        notices: question.notices,
    })
}

/// The units below the one asked for, and the day as of which they are listed.
pub(super) fn units_below(
    app: &App,
    question: &Question<'_>,
    level: Option<&str>,
) -> Result<(Date, Vec<UnitIx>), AppError> {
    let day = match (question.boundaries, question.periods.last()) {
        (Boundaries::On(day), _) => day,
        (boundaries, Some(last)) => boundary_day(boundaries, *last),
        (Boundaries::AsWas, None) => app.clock.today(),
    };
    let wanted = level.filter(|word| *word != "children");
    let Some(word) = wanted else {
        let below = match question.unit {
            Some(unit) => app.units.children(unit, day),
            None => app.units.provinces(day),
        };
        return Ok((day, below));
    };
    let Some(level) = Level::parse(word) else {
        return Err(AppError::invalid(Fault::new(
            "level",
            "level.unknown",
            format!("Không có cấp “{word}”."),
            "Chọn trong children, province, district, commune.",
        )));
    };
    let numbering = app.units.numbering(day);
    let range = numbering.range(question.unit).unwrap_or_default();
    let below = range.filter_map(|position| numbering.unit(position));
    let is_wanted = |unit: &UnitIx| {
        app.units
            .at(*unit, day)
            .is_some_and(|row| row.level == level)
    };
    let units: Vec<UnitIx> = below.filter(is_wanted).collect();
    if units.is_empty() {
        return Err(AppError::invalid(Fault::new(
            "level",
            "figure.no_unit_of_level",
            format!(
                "Ngày {} trong phạm vi này không có {}.",
                domain::vietnamese::date(day),
                level.name_vi()
            ),
            "Chọn cấp khác hoặc địa giới khác: từ 01/7/2025 không còn cấp huyện.",
        )));
    }
    Ok((day, units))
}
