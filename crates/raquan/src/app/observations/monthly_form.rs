//! The monthly form: what a unit is to report for a period, beside what it reported before.

use std::collections::HashMap;
use std::sync::Arc;

use domain::admin_units::{Level, UnitIx};
use domain::indicators::{FedBy, Indicator, Indicators};
use domain::observations::ObservationFault;
use domain::period::Period;
use store::Page;
use store::observations::{ObservationFilter, ObservationRow, observation_list};

use super::read::locked;
use super::{
    ObservationInput, ObservationSubmit, Reach, RowFault, Submitted, compare,
    observation_submit_many, prepare,
};
use crate::app::{Action, Actor, App, AppError, Fault};

/// The form of a unit for a period.
#[derive(Debug)]
pub struct MonthlyForm {
    /// The unit.
    pub unit: UnitIx,
    /// The period.
    pub period: Period,
    /// Whether the period is locked, so that figures change only with a reason.
    pub locked: bool,
    /// Whether the actor may fill it in.
    pub writable: bool,
    /// What is to be reported, in the order of the catalogue.
    pub lines: Vec<FormLine>,
}

/// One line of the form.
#[derive(Debug)]
pub struct FormLine {
    /// The indicator.
    pub indicator: &'static Indicator,
    /// Whether the unit must report it, or just may.
    pub expected: bool,
    /// What is reported now.
    pub current: Option<ObservationRow>,
    /// What was reported for the period before.
    pub previous: Option<i64>,
    /// What was reported for the same period last year.
    pub last_year: Option<i64>,
    /// Why it cannot be reported here, for example since the level below does.
    pub blocked: Option<RowFault>,
}

/// The form of a unit for a period: what it must report or has reported, with the values of the
/// period before and of last year for orientation.
pub async fn monthly_form(
    app: &App,
    actor: &Actor,
    admin_unit_id: &str,
    period: &str,
) -> Result<MonthlyForm, AppError> {
    let (unit, period) = place(app, admin_unit_id, period)?;
    let reach = Reach::of(app, actor).await?;
    reach.require(Action::Read, unit)?;
    let day = period.last();
    if app.units.at(unit, day).is_none() {
        return Err(AppError::invalid(gone(app, unit, period)));
    }
    let mut values: HashMap<(String, String), ObservationRow> = HashMap::new();
    for wanted in [period, period.previous(), period.same_last_year()] {
        for row in reported(app, unit, wanted).await? {
            values.insert((row.indicator.clone(), row.period.clone()), row);
        }
    }
    let level = app.units.at(unit, day).map(|row| row.level);
    let has_districts = app.units.provinces(day).first().is_some_and(|province| {
        let below = app.units.children(*province, day);
        below.iter().any(|unit| {
            app.units
                .at(*unit, day)
                .is_some_and(|row| row.level == Level::District)
        })
    });
    let mut lines = Vec::new();
    for indicator in Indicators::embedded()
        .iter()
        .filter(|i| i.fed_by == FedBy::Observation)
    {
        let expected = reporting_level(indicator, has_districts) == level;
        let mut take = |period: Period| values.remove(&(indicator.id.clone(), period.to_string()));
        let current = take(period);
        let previous = take(period.previous()).map(|row| row.value);
        let last_year = take(period.same_last_year()).map(|row| row.value);
        if expected || current.is_some() || previous.is_some() || last_year.is_some() {
            lines.push(FormLine {
                indicator,
                expected,
                current,
                previous,
                last_year,
                blocked: None,
            });
        }
    }
    block(app, &reach, unit, period, &mut lines).await?;
    let current: Vec<ObservationRow> = lines
        .iter()
        .filter_map(|line| line.current.clone())
        .collect();
    let is_locked = match current.first() {
        Some(_) => locked(app, &current).await?.contains(&true),
        None => lines.iter().any(|line| {
            line.blocked
                .as_ref()
                .is_some_and(|fault| fault.code == "observation.period_locked")
        }),
    };
    for line in &mut lines {
        line.blocked = line
            .blocked
            .take()
            .filter(|fault| fault.code != "observation.period_locked");
    }
    Ok(MonthlyForm {
        unit,
        period,
        locked: is_locked,
        writable: reach.may(Action::ObservationWrite, unit),
        lines,
    })
}

/// The level that must report: the first of the list that exists.
fn reporting_level(indicator: &Indicator, has_districts: bool) -> Option<Level> {
    let exists = |level: &Level| *level != Level::District || has_districts;
    indicator.reporting_levels.iter().copied().find(exists)
}

async fn reported(
    app: &App,
    unit: UnitIx,
    period: Period,
) -> Result<Vec<ObservationRow>, AppError> {
    let filter = ObservationFilter {
        units: Some(vec![app.units.id(unit).to_owned()]),
        period: Some(period.to_string()),
        ..ObservationFilter::default()
    };
    let page = Page {
        after: None,
        limit: 1_000,
    };
    // The caller may read the unit, hence all that it has reported.
    let scope = store::Scope {
        provinces: vec![app.province_id(unit).to_owned()],
        ..store::Scope::default()
    };
    Ok(observation_list(app.db.read(), &scope, &filter, &page).await?)
}

/// Says of each line not reported yet why it cannot be, if so.
async fn block(
    app: &App,
    reach: &Reach,
    unit: UnitIx,
    period: Period,
    lines: &mut [FormLine],
) -> Result<(), AppError> {
    if !reach.may(Action::ObservationWrite, unit) {
        return Ok(());
    }
    let (id, period) = (
        Arc::<str>::from(app.units.id(unit)),
        Arc::<str>::from(period.to_string()),
    );
    let open: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].current.is_none())
        .collect();
    let tried: Vec<ObservationInput> = open
        .iter()
        .map(|at| ObservationInput {
            indicator: lines[*at].indicator.id.as_str().into(),
            admin_unit_id: id.clone(),
            period: period.clone(),
            value: 0,
            source: None,
        })
        .collect();
    let prepared = prepare(app, reach, &tried);
    let compared = compare(app.db.read(), app.units, &prepared, false).await?;
    for fault in prepared.faults.into_iter().chain(compared.faults) {
        let line = &mut lines[open[fault.row]];
        line.blocked.get_or_insert(fault);
    }
    Ok(())
}

fn place(app: &App, admin_unit_id: &str, period: &str) -> Result<(UnitIx, Period), AppError> {
    let unit = app.units.get(admin_unit_id).ok_or(AppError::NotFound {
        entity: "admin_unit",
    })?;
    let period = period.parse().map_err(|error| {
        AppError::invalid(Fault::new(
            "period",
            "period.malformed",
            format!("{error}."),
            "Viết kỳ như 2022-05 hoặc R2022-05.",
        ))
    })?;
    Ok((unit, period))
}

fn gone(app: &App, unit: UnitIx, period: Period) -> Fault {
    let day = period.last();
    let holders = app.units.holders(unit, day);
    let fault = ObservationFault::NotInForce { day, holders };
    Fault::new(
        fault.field(),
        fault.code(),
        fault.message_vi(app.units),
        fault.fix_vi(app.units),
    )
}

/// A form filled in.
#[derive(Debug, Clone)]
pub struct MonthlyFormSubmit {
    /// Made by the client; the same again gives the same answer.
    pub id: String,
    /// The unit.
    pub admin_unit_id: String,
    /// The period.
    pub period: String,
    /// What was filled in; lines left out stay as they are.
    pub values: Vec<FormValue>,
    /// Why figures are corrected; needed where the period is locked.
    pub reason: Option<String>,
}

/// One line filled in.
#[derive(Debug, Clone)]
pub struct FormValue {
    /// Id of the indicator.
    pub indicator: String,
    /// The figure.
    pub value: i64,
}

/// Reports a form: all its lines or none. Faults name the line, as `values[2].value`.
pub async fn monthly_form_submit(
    app: &App,
    actor: &Actor,
    input: MonthlyFormSubmit,
) -> Result<Submitted, AppError> {
    let (ix, _) = place(app, &input.admin_unit_id, &input.period)?;
    let reach = Reach::of(app, actor).await?;
    reach.require(Action::ObservationWrite, ix)?;
    let (unit, period): (Arc<str>, Arc<str>) = (
        input.admin_unit_id.as_str().into(),
        input.period.as_str().into(),
    );
    let rows = input
        .values
        .iter()
        .map(|line| ObservationInput {
            indicator: line.indicator.as_str().into(),
            admin_unit_id: unit.clone(),
            period: period.clone(),
            value: line.value,
            source: Some("Biểu báo cáo tháng".into()),
        })
        .collect();
    let submit = ObservationSubmit {
        id: input.id,
        rows,
        good_rows_only: false,
        reason: input.reason,
        illustrative: false,
    };
    match observation_submit_many(app, actor, submit).await {
        Err(AppError::Invalid(mut faults)) => {
            for fault in &mut faults {
                if let Some(rest) = fault.field.strip_prefix("rows") {
                    fault.field = format!("values{rest}");
                }
            }
            Err(AppError::Invalid(faults))
        }
        other => other,
    }
}
