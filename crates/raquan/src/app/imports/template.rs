//! Tables to fill in, with the units of a place written in already.

use domain::admin_units::{Level, UnitIx};
use domain::indicators::{FedBy, Indicators};
use domain::period::{Period, PeriodKind};

use super::{ImportKind, ImportOptions, allowed};
use crate::app::{Actor, App, AppError};
use crate::import::{
    CellValue, ColumnSpec, ObservationLayout, TableSpec, organization_spec, template,
};

/// Most rows that are written in beforehand.
const MOST: usize = 20_000;

/// A workbook to fill in, and its name.
///
/// Figures with a period: one unit to a row and one indicator to a column. Without: one figure to a row, for the
/// month that ended last. The units are those right below `admin_unit_id`, or itself where there are none.
pub fn import_template(
    app: &App,
    actor: &Actor,
    kind: ImportKind,
    admin_unit_id: &str,
    options: &ImportOptions,
) -> Result<(String, Vec<u8>), AppError> {
    let unit = allowed(app, actor, kind, admin_unit_id)?;
    let written = match kind {
        ImportKind::Organizations => {
            let spec = organization_spec(&app.catalog.organization_kinds);
            (spec, Vec::new(), "mau-co-quan".to_owned())
        }
        ImportKind::Observations => {
            let layout = options.layout()?;
            let period = match layout {
                ObservationLayout::Wide { period } => period,
                ObservationLayout::Long { reporting_months } => {
                    let kind = if reporting_months {
                        PeriodKind::ReportingMonth
                    } else {
                        PeriodKind::Month
                    };
                    Period::containing(kind, app.clock.today()).previous()
                }
            };
            let units = reporting_units(app, unit, period);
            let name = format!("mau-so-lieu-{period}");
            match layout {
                ObservationLayout::Wide { .. } => {
                    let (spec, rows) = wide(app, layout, &units, period);
                    (spec, rows, name)
                }
                ObservationLayout::Long { .. } => (layout.spec(), long(app, &units, period), name),
            }
        }
    };
    let (spec, rows, name) = written;
    let content = template(&spec, &rows).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok((format!("{name}.xlsx"), content))
}

/// The units that report: those right below, or the unit itself.
fn reporting_units(app: &App, unit: UnitIx, period: Period) -> Vec<UnitIx> {
    let mut found: Vec<UnitIx> = Vec::new();
    for holder in app.units.holders(unit, period.last()) {
        let below = app.units.children(holder, period.last());
        if below.is_empty() {
            found.push(holder);
        } else {
            found.extend(below);
        }
    }
    found.truncate(MOST);
    found
}

/// The unit as a cell that reads well and is found again without doubt, and the one above it.
fn cells(app: &App, unit: UnitIx, period: Period) -> [CellValue; 2] {
    let day = period.last();
    let name = &app.units.nearest(unit, day).full_name;
    let above = app.units.ancestors(unit, day);
    let above = above.first().map_or(CellValue::Empty, |above| {
        CellValue::Text(app.units.nearest(*above, day).full_name.to_string())
    });
    [
        CellValue::Text(format!("{name} ({})", app.units.id(unit))),
        above,
    ]
}

fn indicators(level: Option<Level>) -> impl Iterator<Item = &'static str> {
    Indicators::embedded()
        .iter()
        .filter(move |indicator| {
            indicator.fed_by == FedBy::Observation
                && level.is_none_or(|level| indicator.reporting_levels.contains(&level))
        })
        .map(|indicator| indicator.id.as_str())
}

fn level_of(app: &App, units: &[UnitIx], period: Period) -> Option<Level> {
    let first = units.first()?;
    app.units.at(*first, period.last()).map(|row| row.level)
}

fn wide(
    app: &App,
    layout: ObservationLayout,
    units: &[UnitIx],
    period: Period,
) -> (TableSpec, Vec<Vec<CellValue>>) {
    let wanted: Vec<&str> = indicators(level_of(app, units, period)).collect();
    let full = layout.spec();
    let columns: Vec<ColumnSpec> = full
        .columns()
        .iter()
        .filter(|column| {
            matches!(column.key.as_str(), "unit" | "above") || wanted.contains(&column.key.as_str())
        })
        .cloned()
        .collect();
    let rows = units
        .iter()
        .map(|unit| cells(app, *unit, period).to_vec())
        .collect();
    (TableSpec::new(columns), rows)
}

fn long(app: &App, units: &[UnitIx], period: Period) -> Vec<Vec<CellValue>> {
    let mut rows = Vec::new();
    let wanted: Vec<&str> = indicators(level_of(app, units, period)).collect();
    for unit in units {
        for indicator in &wanted {
            let [unit, above] = cells(app, *unit, period);
            rows.push(vec![
                unit,
                above,
                CellValue::Choice((*indicator).into()),
                CellValue::Text(period.to_string()),
                CellValue::Empty,
                CellValue::Empty,
            ]);
        }
    }
    rows.truncate(MOST);
    rows
}
