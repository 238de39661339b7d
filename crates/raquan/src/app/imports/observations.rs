//! A table of figures, held against what is there.

use std::collections::HashSet;

use super::report::{Effect, Examined};
use crate::app::observations::{Compared, Outcome, Prepared, Reach, compare, prepare};
use crate::app::{Actor, App, AppError};
use crate::import::{ObservationLayout, ObservationTable, TableSpec};

/// A table of figures with what it would change.
pub(super) struct ExaminedObservations {
    pub read: ObservationTable,
    pub spec: TableSpec,
    pub prepared: Prepared,
    pub effect: Effect,
}

/// Holds a table against the actor's rights and what is reported already.
pub(super) async fn examine(
    app: &App,
    actor: &Actor,
    layout: ObservationLayout,
    mut read: ObservationTable,
    has_reason: bool,
) -> Result<Examined, AppError> {
    let reach = Reach::of(app, actor).await?;
    let mut prepared = prepare(app, &reach, &read.inputs);
    let mut compared = compare(app.db.read(), app.units, &prepared, has_reason).await?;
    let mut faults = std::mem::take(&mut prepared.faults);
    faults.append(&mut compared.faults);
    read.add_faults(faults);
    let wrong = wrong_lines(&read);
    leave_out(&read, &prepared, &mut compared, &wrong);
    let effect = Effect {
        new: compared.count(Outcome::New),
        corrected: compared.count(Outcome::Corrected),
        unchanged: compared.count(Outcome::Unchanged),
    };
    Ok(Examined::Observations(Box::new(ExaminedObservations {
        read,
        spec: layout.spec(),
        prepared,
        effect,
    })))
}

/// The rows in which something is wrong.
pub(super) fn wrong_lines(read: &ObservationTable) -> HashSet<u32> {
    read.table.faults.iter().map(|fault| fault.line).collect()
}

/// Leaves out the figures of rows in which something is wrong: a row counts as a whole.
pub(super) fn leave_out(
    read: &ObservationTable,
    prepared: &Prepared,
    compared: &mut Compared,
    wrong: &HashSet<u32>,
) {
    compared.rows.retain(|row| {
        let input = prepared.rows[row.prepared].row;
        !wrong.contains(&read.line(input))
    });
}
