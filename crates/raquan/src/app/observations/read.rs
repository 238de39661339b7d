//! Reading what was reported.

use domain::observations::{PeriodLock, lock_of};
use domain::period::Period;
use store::Page;
use store::observations::{
    self as rows, ObservationCount, ObservationFilter, ObservationRow, period_lock_list_overlapping,
};

use super::Reach;
use crate::app::{Action, Actor, App, AppError};

/// Which observations are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct ObservationQuery {
    /// The indicator.
    pub indicator: Option<String>,
    /// This unit, as it is or with all below it on the last day of the period (today without a period).
    pub admin_unit_id: Option<String>,
    /// With all units below.
    pub with_below: bool,
    /// The period.
    pub period: Option<Period>,
    /// The state.
    pub state: Option<String>,
    /// The import.
    pub import_id: Option<String>,
}

/// A page of observations, and how many there are in all.
#[derive(Debug)]
pub struct ObservationList {
    /// The newest period first, each with whether its period is locked.
    pub rows: Vec<(ObservationRow, bool)>,
    /// All that fit, not only this page.
    pub count: ObservationCount,
}

/// The observations that the actor may see.
pub async fn observation_list(
    app: &App,
    actor: &Actor,
    query: &ObservationQuery,
    page: &Page,
) -> Result<ObservationList, AppError> {
    let units = match &query.admin_unit_id {
        None => None,
        Some(id) => {
            let unit = app.unit("admin_unit_id", id).map_err(AppError::invalid)?;
            let mut units = vec![id.clone()];
            if query.with_below {
                let day = query
                    .period
                    .map_or_else(|| app.clock.today(), |period| period.last());
                let below = app.units.descendants(unit, day);
                units.extend(below.into_iter().map(|unit| app.units.id(unit).to_owned()));
            }
            Some(units)
        }
    };
    let filter = ObservationFilter {
        indicator: query.indicator.clone(),
        units,
        period: query.period.map(|period| period.to_string()),
        state: query.state.clone(),
        import_id: query.import_id.clone(),
        ..ObservationFilter::default()
    };
    let scope = actor.scope(app.units, Action::Read);
    let found = rows::observation_list(app.db.read(), &scope, &filter, page).await?;
    let count = rows::observation_count(app.db.read(), &scope, &filter).await?;
    let locked = locked(app, &found).await?;
    Ok(ObservationList {
        rows: found.into_iter().zip(locked).collect(),
        count,
    })
}

/// One observation as it stands.
pub async fn observation_get(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<ObservationRow, AppError> {
    let missing = AppError::NotFound {
        entity: "observation",
    };
    let Some(row) = rows::observation_get(app.db.read(), id).await? else {
        return Err(missing);
    };
    let Some(unit) = app.units.get(&row.admin_unit_id) else {
        return Err(missing);
    };
    Reach::of(app, actor).await?.require(Action::Read, unit)?;
    Ok(row)
}

/// Every version of an observation, the newest first, each with whether its period is locked now.
pub async fn observation_history(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<Vec<(ObservationRow, bool)>, AppError> {
    observation_get(app, actor, id).await?;
    let found = rows::observation_history(app.db.read(), id).await?;
    let locked = locked(app, &found).await?;
    Ok(found.into_iter().zip(locked).collect())
}

/// For each observation, whether its period is locked.
pub(super) async fn locked(app: &App, rows: &[ObservationRow]) -> Result<Vec<bool>, AppError> {
    let first = rows.iter().map(|row| row.first_day.as_str()).min();
    let last = rows.iter().map(|row| row.last_day.as_str()).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(Vec::new());
    };
    let mut provinces: Vec<String> = rows.iter().map(|row| row.province_id.clone()).collect();
    provinces.sort_unstable();
    provinces.dedup();
    let found = period_lock_list_overlapping(app.db.read(), &provinces, first, last).await?;
    let locks: Vec<PeriodLock> = found
        .iter()
        .filter_map(|lock| {
            Some(PeriodLock {
                unit: app.units.get(&lock.admin_unit_id)?,
                period: lock.period.parse().ok()?,
            })
        })
        .collect();
    let is_locked = |row: &ObservationRow| {
        let unit = app.units.get(&row.admin_unit_id)?;
        lock_of(app.units, &locks, unit, row.period.parse().ok()?)
    };
    Ok(rows.iter().map(|row| is_locked(row).is_some()).collect())
}
