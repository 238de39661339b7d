//! Locking a period: from then on its figures change only with a reason.

use domain::admin_units::UnitIx;
use domain::observations::ObservationFault;
use domain::period::Period;
use serde_json::json;
use store::observations::{
    self as rows, PeriodLockRow, period_lock_delete, period_lock_insert,
    period_lock_list_overlapping,
};

use super::Reach;
use crate::app::{Action, Actor, App, AppError, Fault, Operation, Written};

/// Which period of which unit.
#[derive(Debug, Clone)]
pub struct PeriodLockInput {
    /// The unit; everything below it is locked too.
    pub admin_unit_id: String,
    /// The period; every period that lies in it is locked too.
    pub period: String,
    /// Why; needed to unlock.
    pub reason: Option<String>,
}

impl PeriodLockInput {
    fn reason(&self) -> Option<String> {
        let reason = self.reason.as_deref().map(str::trim);
        reason.filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// Locks a period of a unit and all below it. Doing it again does no harm.
pub async fn period_lock(
    app: &App,
    actor: &Actor,
    input: PeriodLockInput,
) -> Result<PeriodLockRow, AppError> {
    let (unit, period) = checked(app, actor, &input).await?;
    let row = PeriodLockRow {
        province_id: app.province_id(unit).to_owned(),
        admin_unit_id: input.admin_unit_id.clone(),
        period: period.to_string(),
        first_day: period.first().to_string(),
        last_day: period.last().to_string(),
        reason: input.reason(),
        locked_at: app.clock.now_text(),
        locked_by: actor.user_id.clone(),
    };
    let operation = Operation::new(&row.province_id, "period_lock", "period_lock");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            if !period_lock_insert(tx, &row).await? {
                let province = [row.province_id.clone()];
                let there =
                    period_lock_list_overlapping(tx, &province, &row.first_day, &row.last_day)
                        .await?;
                let there = there.into_iter().find(|lock| {
                    lock.admin_unit_id == row.admin_unit_id && lock.period == row.period
                });
                return Ok(Written::repeated(there.unwrap_or(row)));
            }
            let id = key(&row);
            let after = json!({ "locked": true, "reason": row.reason });
            Ok(Written::new(row, id).after(after))
        })
    })
    .await
}

/// Unlocks a period; says why. Doing it again does no harm.
pub async fn period_unlock(
    app: &App,
    actor: &Actor,
    input: PeriodLockInput,
) -> Result<(), AppError> {
    let (unit, period) = checked(app, actor, &input).await?;
    let Some(reason) = input.reason() else {
        return Err(AppError::invalid(Fault::new(
            "reason",
            "period_lock.reason_required",
            "Chưa có lý do mở khóa.",
            "Ghi ngắn gọn vì sao phải mở khóa kỳ này.",
        )));
    };
    let province = app.province_id(unit).to_owned();
    let operation = Operation::new(&province, "period_unlock", "period_lock");
    let (unit, period) = (input.admin_unit_id, period.to_string());
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            if !period_lock_delete(tx, &province, &unit, &period).await? {
                return Ok(Written::repeated(()));
            }
            let after = json!({ "locked": false, "reason": reason });
            Ok(Written::new((), format!("{unit}/{period}")).after(after))
        })
    })
    .await
}

fn key(row: &PeriodLockRow) -> String {
    format!("{}/{}", row.admin_unit_id, row.period)
}

async fn checked(
    app: &App,
    actor: &Actor,
    input: &PeriodLockInput,
) -> Result<(UnitIx, Period), AppError> {
    let unit = app
        .unit("admin_unit_id", &input.admin_unit_id)
        .map_err(AppError::invalid)?;
    Reach::of(app, actor)
        .await?
        .require(Action::PeriodLock, unit)?;
    let period: Period = input.period.parse().map_err(|error| {
        AppError::invalid(Fault::new(
            "period",
            "period.malformed",
            format!("{error}."),
            "Viết kỳ như 2022-05 hoặc R2022-05.",
        ))
    })?;
    let day = period.last();
    if app.units.at(unit, day).is_none() {
        let fault = ObservationFault::NotInForce {
            day,
            holders: app.units.holders(unit, day),
        };
        return Err(AppError::invalid(Fault::new(
            fault.field(),
            fault.code(),
            fault.message_vi(app.units),
            fault.fix_vi(app.units),
        )));
    }
    Ok((unit, period))
}

/// The locks that the actor may see, the newest period first.
pub async fn period_lock_list(app: &App, actor: &Actor) -> Result<Vec<PeriodLockRow>, AppError> {
    let scope = actor.scope(app.units, Action::Read);
    Ok(rows::period_lock_list(app.db.read(), &scope, 1_000).await?)
}
