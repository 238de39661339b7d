//! Reporting figures: many at once, one transaction, one change row.

use std::collections::BTreeMap;

use domain::admin_units::AdminUnits;
use domain::indicators::Indicators;
use domain::observations::ObservationState;
use serde_json::{Value, json};
use store::changes::{change_get_creation, change_head_lock};
use store::facts::{FactRow, fact_delete_of_sources};
use store::observations::{
    ObservationCell, ObservationRow, observation_insert, observation_retire_many,
};
use store::{ConnectionTrait, DatabaseTransaction};

use super::check::{ComparedRow, nothing_reported};
use super::{
    Compared, ObservationInput, Outcome, Prepared, Reach, RowFault, compare, facts_of,
    observation_get, prepare,
};
use crate::app::{Action, Actor, App, AppError, COUNTRY, Operation, Written};
use crate::clock::Clock;

/// So many rows are written by one statement.
const CHUNK: usize = 1_000;
/// Up to so many records are kept one by one in the change row; beyond, their versions say it.
const FEW: usize = 20;

/// Figures to be reported.
#[derive(Debug, Clone)]
pub struct ObservationSubmit {
    /// Made by the client; the same again gives the same answer.
    pub id: String,
    /// The figures.
    pub rows: Vec<ObservationInput>,
    /// Writes the rows that are right when others are wrong; otherwise all or none.
    pub good_rows_only: bool,
    /// Why figures are corrected; needed where the period is locked.
    pub reason: Option<String>,
    /// Made for the demo, or split by rule.
    pub illustrative: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// As given.
    pub id: String,
    /// Figures reported for the first time.
    pub new: usize,
    /// Figures that correct earlier ones.
    pub corrected: usize,
    /// Figures that were there already; nothing was written for them.
    pub unchanged: usize,
    /// What is wrong with the rows left out.
    pub faults: Vec<RowFault>,
}

/// How the rows of a batch are recorded.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    /// Id of the batch in the change log.
    pub id: String,
    /// The import it came with.
    pub import_id: Option<String>,
    /// Why figures are corrected.
    pub reason: Option<String>,
    /// Made for the demo.
    pub illustrative: bool,
    /// Organization of who reports.
    pub organization_id: Option<String>,
    /// Account.
    pub recorded_by: Option<String>,
    /// Instant.
    pub recorded_at: String,
    /// Where figures come from that do not say it.
    pub source: String,
}

impl Batch {
    /// A batch of this actor, now.
    pub(crate) fn new(app: &App, reach: &Reach, actor: &Actor, id: &str) -> Batch {
        Batch {
            id: id.to_owned(),
            import_id: None,
            reason: None,
            illustrative: false,
            organization_id: reach.organization_id().map(str::to_owned),
            recorded_by: actor.user_id.clone(),
            recorded_at: app.clock.now_text(),
            source: "Đơn vị báo cáo".to_owned(),
        }
    }
}

/// Reports figures, all or only the right ones. Figures count at once.
///
/// Nothing is written when a row is wrong, unless `good_rows_only`; the faults name each row.
pub async fn observation_submit_many(
    app: &App,
    actor: &Actor,
    input: ObservationSubmit,
) -> Result<Submitted, AppError> {
    if input.rows.is_empty() {
        return Err(AppError::invalid(nothing_reported()));
    }
    let reach = Reach::of(app, actor).await?;
    let prepared = prepare(app, &reach, &input.rows);
    if prepared.rows.is_empty()
        && let Some(unit) = prepared.out_of_reach
    {
        // Nothing of it is the actor's business: say no more than that.
        reach.require(Action::ObservationWrite, unit)?;
    }
    let list = |faults: Vec<RowFault>| {
        let in_list = |fault: RowFault| fault.in_list("rows");
        AppError::Invalid(faults.into_iter().map(in_list).collect())
    };
    let keeps_going = input.good_rows_only && !prepared.rows.is_empty();
    if !prepared.faults.is_empty() && !keeps_going {
        // Name what is wrong beside the records there, too.
        let compared = compare(
            app.db.read(),
            app.units,
            &prepared,
            has_reason(&input.reason),
        )
        .await?;
        return Err(list(in_order(prepared.faults, compared.faults)));
    }
    let operation = Operation::new(
        province_of_change(&prepared),
        "observation_submit_many",
        "observation_batch",
    )
    .creating(&hashed(&input));
    let batch = Batch {
        reason: reason_text(&input.reason),
        illustrative: input.illustrative,
        ..Batch::new(app, &reach, actor, &input.id)
    };
    let (units, clock) = (app.units, app.clock.clone());
    let good_rows_only = input.good_rows_only;
    let same = operation.clone();
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let province = province_of_change(&prepared);
            let earlier =
                change_get_creation(tx, &province, "observation_batch", &batch.id).await?;
            if let Some(earlier) = earlier {
                same.is_repeated(tx, &batch.id).await?;
                let compared = compare(tx, units, &prepared, batch.reason.is_some()).await?;
                let faults = in_order(prepared.faults, compared.faults);
                let counts = earlier.after_json.as_deref().unwrap_or_default();
                return Ok(Written::repeated(submitted_before(
                    &batch.id, counts, faults,
                )));
            }
            lock_provinces(tx, &prepared).await?;
            let compared = compare(tx, units, &prepared, batch.reason.is_some()).await?;
            if !compared.faults.is_empty() && (!good_rows_only || compared.rows.is_empty()) {
                return Err(list(in_order(prepared.faults, compared.faults)));
            }
            let written = write_batch(tx, units, &clock, &prepared, &compared, &batch).await?;
            let output = Submitted {
                id: batch.id.clone(),
                new: compared.count(Outcome::New),
                corrected: compared.count(Outcome::Corrected),
                unchanged: compared.count(Outcome::Unchanged),
                faults: in_order(prepared.faults, compared.faults),
            };
            Ok(Written::new(output, &batch.id)
                .before(written.before)
                .after(written.after)
                .taking_facts(written.taken)
                .facts(written.added))
        })
    })
    .await
}

fn submitted_before(id: &str, counts: &str, faults: Vec<RowFault>) -> Submitted {
    let counts: Value = serde_json::from_str(counts).unwrap_or_default();
    let count = |key: &str| {
        counts[key]
            .as_u64()
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(0)
    };
    Submitted {
        id: id.to_owned(),
        new: count("new"),
        corrected: count("corrected"),
        unchanged: count("unchanged"),
        faults,
    }
}

/// What tells a repeated request from another one.
fn hashed(input: &ObservationSubmit) -> Value {
    let rows: Vec<_> = input
        .rows
        .iter()
        .map(|row| {
            json!([
                &*row.indicator,
                &*row.admin_unit_id,
                &*row.period,
                row.value,
                row.source.as_deref()
            ])
        })
        .collect();
    json!([rows, input.good_rows_only, input.reason, input.illustrative])
}

/// Two lists of faults as one, in the order of the rows.
pub(super) fn in_order(mut first: Vec<RowFault>, second: Vec<RowFault>) -> Vec<RowFault> {
    first.extend(second);
    first.sort_by_key(|fault| fault.row);
    first
}

/// A reason that says something.
fn reason_text(reason: &Option<String>) -> Option<String> {
    reason
        .as_deref()
        .map(str::trim)
        .filter(|reason| !reason.is_empty())
        .map(str::to_owned)
}

fn has_reason(reason: &Option<String>) -> bool {
    reason_text(reason).is_some()
}

/// The province of a change row: the one that is written to, or the country when there are several.
pub(crate) fn province_of_change(prepared: &Prepared) -> String {
    match prepared.province_ids().as_slice() {
        [only] => only.clone(),
        _ => COUNTRY.to_owned(),
    }
}

/// Makes other writers of the same provinces wait: what is compared with stays as it is.
pub(crate) async fn lock_provinces(
    tx: &impl ConnectionTrait,
    prepared: &Prepared,
) -> Result<(), AppError> {
    for province in prepared.province_ids() {
        change_head_lock(tx, &province).await?;
    }
    Ok(())
}

/// What a batch has written.
pub(crate) struct WrittenBatch {
    /// Facts of the versions corrected.
    pub taken: Vec<FactRow>,
    /// Facts of the new versions; not written yet.
    pub added: Vec<FactRow>,
    /// For the change row.
    pub before: Value,
    /// For the change row.
    pub after: Value,
}

/// Writes the versions of a compared batch and takes away the facts of those they correct.
pub(crate) async fn write_batch(
    tx: &DatabaseTransaction,
    units: &AdminUnits,
    clock: &Clock,
    prepared: &Prepared,
    compared: &Compared,
    batch: &Batch,
) -> Result<WrittenBatch, AppError> {
    let changing: Vec<&ComparedRow> = compared
        .rows
        .iter()
        .filter(|row| row.outcome != Outcome::Unchanged)
        .collect();
    let mut retired: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut taken = Vec::new();
    for row in &changing {
        if let Some(old) = &row.existing {
            retired
                .entry(&old.province_id)
                .or_default()
                .push(old.id.clone());
            let last_day = prepared.rows[row.prepared].period.last().to_string();
            taken.push(facts_of(old, &last_day));
        }
    }
    for (province, ids) in &retired {
        observation_retire_many(tx, province, ids).await?;
        fact_delete_of_sources(tx, province, ids).await?;
    }
    let mut added = Vec::with_capacity(changing.len());
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for chunk in changing.chunks(CHUNK) {
        let mut rows = Vec::with_capacity(chunk.len());
        for row in chunk {
            let new = version_of(units, clock, prepared, row, batch);
            if changing.len() <= FEW {
                before.extend(row.existing.as_ref().map(|old| {
                    json!({
                        "id": old.id, "version": old.version, "value": old.value,
                        "source": old.source, "state": old.state,
                    })
                }));
                after.push(json!({
                    "id": new.id, "version": new.version, "indicator": new.indicator,
                    "admin_unit_id": new.admin_unit_id, "period": new.period,
                    "value": new.value, "source": new.source,
                }));
            }
            added.push(facts_of(&cell_of(&new), &new.last_day));
            rows.push(new);
        }
        let inserted = observation_insert(tx, &rows).await?;
        if inserted != rows.len() as u64 {
            return Err(AppError::stale());
        }
    }
    let after = json!({
        "new": compared.count(Outcome::New),
        "corrected": compared.count(Outcome::Corrected),
        "unchanged": compared.count(Outcome::Unchanged),
        "reason": batch.reason,
        "import_id": batch.import_id,
        "observations": after,
    });
    Ok(WrittenBatch {
        taken,
        added,
        before: json!(before),
        after,
    })
}

fn version_of(
    units: &AdminUnits,
    clock: &Clock,
    prepared: &Prepared,
    row: &ComparedRow,
    batch: &Batch,
) -> ObservationRow {
    let wanted = &prepared.rows[row.prepared];
    let indicator = Indicators::embedded().iter().nth(wanted.indicator);
    let old = row.existing.as_ref();
    let source = wanted.source.as_deref().map(str::to_owned);
    ObservationRow {
        province_id: prepared.provinces[&wanted.unit].to_string(),
        id: old.map_or_else(|| clock.new_id(), |old| old.id.clone()),
        version: old.map_or(1, |old| old.version + 1),
        current: true,
        indicator: indicator.expect("an index of the catalogue").id.clone(),
        admin_unit_id: units.id(wanted.unit).to_owned(),
        period: wanted.period.to_string(),
        first_day: wanted.period.first().to_string(),
        last_day: wanted.period.last().to_string(),
        value: wanted.value,
        source: source
            .or_else(|| old.map(|old| old.source.clone()))
            .unwrap_or_else(|| batch.source.clone()),
        state: ObservationState::Submitted.as_str().to_owned(),
        organization_id: batch.organization_id.clone(),
        import_id: batch.import_id.clone(),
        reason: batch.reason.clone(),
        illustrative: batch.illustrative,
        recorded_at: batch.recorded_at.clone(),
        recorded_by: batch.recorded_by.clone(),
        approved_at: None,
        approved_by: None,
    }
}

fn cell_of(row: &ObservationRow) -> ObservationCell {
    ObservationCell {
        province_id: row.province_id.clone(),
        id: row.id.clone(),
        version: row.version,
        indicator: row.indicator.clone(),
        admin_unit_id: row.admin_unit_id.clone(),
        period: row.period.clone(),
        value: row.value,
        source: row.source.clone(),
        state: row.state.clone(),
        organization_id: row.organization_id.clone(),
    }
}

/// A correction of one figure.
#[derive(Debug, Clone)]
pub struct ObservationCorrect {
    /// The version that the correction was made on.
    pub version: i64,
    /// The right figure.
    pub value: i64,
    /// Why; needed where the period is locked.
    pub reason: Option<String>,
    /// Where the right figure comes from; not given: as before.
    pub source: Option<String>,
}

/// Corrects one figure: a new version, which is submitted again. The same value again changes nothing.
pub async fn observation_correct(
    app: &App,
    actor: &Actor,
    id: &str,
    input: ObservationCorrect,
) -> Result<ObservationRow, AppError> {
    let old = observation_get(app, actor, id).await?;
    let reach = Reach::of(app, actor).await?;
    let unit = app
        .units
        .get(&old.admin_unit_id)
        .ok_or(AppError::NotFound {
            entity: "observation",
        })?;
    reach.require(Action::ObservationWrite, unit)?;
    if old.version != input.version {
        return Err(AppError::stale());
    }
    let wanted = ObservationInput {
        indicator: old.indicator.as_str().into(),
        admin_unit_id: old.admin_unit_id.as_str().into(),
        period: old.period.as_str().into(),
        value: input.value,
        source: input.source.as_deref().map(Into::into),
    };
    let prepared = prepare(app, &reach, &[wanted]);
    let plain =
        |fault: RowFault| crate::app::Fault::new(fault.field, fault.code, fault.message, fault.fix);
    AppError::check(prepared.faults.iter().cloned().map(plain).collect())?;
    let operation = Operation::new(&old.province_id, "observation_correct", "observation");
    let batch = Batch {
        reason: reason_text(&input.reason),
        illustrative: old.illustrative,
        source: old.source.clone(),
        ..Batch::new(app, &reach, actor, id)
    };
    let (units, clock) = (app.units, app.clock.clone());
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            lock_provinces(tx, &prepared).await?;
            let compared = compare(tx, units, &prepared, batch.reason.is_some()).await?;
            AppError::check(compared.faults.iter().cloned().map(plain).collect())?;
            let row = compared.rows.first();
            let existing = row.and_then(|row| row.existing.as_ref());
            if existing.is_none_or(|existing| existing.version != input.version) {
                return Err(AppError::stale());
            }
            if compared.count(Outcome::Corrected) == 0 {
                return Ok(Written::repeated(()));
            }
            let written = write_batch(tx, units, &clock, &prepared, &compared, &batch).await?;
            Ok(Written::new((), &batch.id)
                .before(written.before)
                .after(written.after)
                .taking_facts(written.taken)
                .facts(written.added))
        })
    })
    .await?;
    observation_get(app, actor, id).await
}
