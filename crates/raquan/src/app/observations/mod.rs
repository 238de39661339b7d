//! What units report: submitting, approving, correcting, locking, and the monthly form.
//!
//! A figure counts the moment it is submitted ("figures are current the moment a record is accepted");
//! its state, submitted or approved, travels with it, so that a reader knows how far it was looked at.
//! A correction is a new version that is submitted again; the versions before stay readable for ever.

mod approve;
mod check;
mod locks;
mod monthly_form;
mod read;
mod submit;

use std::collections::HashSet;
use std::sync::Arc;

use domain::admin_units::UnitIx;
use domain::observations::ObservationState;
use store::facts::FactRow;
use store::observations::ObservationCell;

pub use approve::{ObservationApprove, observation_approve};
pub(crate) use check::{Compared, Prepared, compare, prepare};
pub use check::{ObservationInput, Outcome, RowFault};
pub use locks::{PeriodLockInput, period_lock, period_lock_list, period_unlock};
pub use monthly_form::{
    FormLine, FormValue, MonthlyForm, MonthlyFormSubmit, monthly_form, monthly_form_submit,
};
pub use read::{
    ObservationList, ObservationQuery, observation_get, observation_history, observation_list,
};

pub(crate) use submit::{Batch, lock_provinces, province_of_change, write_batch};
pub use submit::{
    ObservationCorrect, ObservationSubmit, Submitted, observation_correct, observation_submit_many,
};

use super::{Action, Actor, App, AppError, Place};

/// What a version of an observation contributes to its indicator: its value, on the last day of its period.
///
/// For a flow the day stands for the whole period, for a stock it is the day on which it stands so.
pub(crate) fn facts_of(cell: &ObservationCell, last_day: &str) -> FactRow {
    FactRow {
        province_id: cell.province_id.clone(),
        source_id: cell.id.clone(),
        line: 0,
        source_entity: "observation".to_owned(),
        indicator: cell.indicator.clone(),
        admin_unit_id: cell.admin_unit_id.clone(),
        organization_id: cell.organization_id.clone(),
        campaign_id: None,
        activity_kind: None,
        day: last_day.to_owned(),
        state: "reported".to_owned(),
        value: cell.value,
    }
}

/// Whether a version has been approved.
pub(crate) fn is_approved(state: &str) -> bool {
    ObservationState::parse(state) == Some(ObservationState::Approved)
}

/// Where an actor may report: by roles over units; and for roles over an organization, within the unit
/// at which the actor's organization sits.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    actor: Actor,
    organization: Option<(String, Arc<HashSet<UnitIx>>)>,
}

impl Reach {
    /// The reach of an actor.
    pub(crate) async fn of(app: &App, actor: &Actor) -> Result<Reach, AppError> {
        let mut organization = None;
        if let Some(id) = &actor.organization_id
            && let Some(row) = store::organizations::organization_get(app.db.read(), id).await?
            && let Some(unit) = app.units.get(&row.admin_unit_id)
        {
            organization = Some((row.id, app.coverage.of(unit)));
        }
        Ok(Reach {
            actor: actor.clone(),
            organization,
        })
    }

    fn place<'a>(&self, unit: UnitIx, own: &'a [&'a str; 1]) -> Place<'a> {
        let is_own = self
            .organization
            .as_ref()
            .is_some_and(|(_, covered)| covered.contains(&unit));
        Place {
            unit: Some(unit),
            organizations: if is_own { own } else { &[] },
        }
    }

    fn own(&self) -> [&str; 1] {
        [self.organization.as_ref().map_or("", |(id, _)| id.as_str())]
    }

    /// Whether the actor may do `action` with what a unit reports.
    pub(crate) fn may(&self, action: Action, unit: UnitIx) -> bool {
        self.actor.may(action, self.place(unit, &self.own()))
    }

    /// Refuses with 404 when the unit may not be seen, with 403 when it may be seen only.
    pub(crate) fn require(&self, action: Action, unit: UnitIx) -> Result<(), AppError> {
        self.actor
            .require(action, self.place(unit, &self.own()), "observation")
    }

    /// Organization that a report is kept with.
    pub(crate) fn organization_id(&self) -> Option<&str> {
        self.organization.as_ref().map(|(id, _)| id.as_str())
    }
}
