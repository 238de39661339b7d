//! Approving what units have reported.

use std::collections::BTreeMap;

use domain::period::Period;
use serde_json::json;
use store::Page;
use store::observations::{
    ObservationFilter, ObservationRow, observation_approve_many, observation_get_many,
    observation_list,
};

use super::{Reach, is_approved};
use crate::app::{Action, Actor, App, AppError, COUNTRY, Fault, Operation, Written};

/// At most so many figures are approved at once.
const MOST: usize = 20_000;
/// Up to so many ids are kept in the change row.
const FEW: usize = 200;

/// Which figures are approved.
#[derive(Debug, Clone)]
pub enum ObservationApprove {
    /// These.
    Ids(Vec<String>),
    /// All that a unit and those below it have reported for a period.
    UnitAndPeriod {
        /// The unit.
        admin_unit_id: String,
        /// The period.
        period: String,
    },
}

/// Approves figures and returns how many were not approved before. Doing it again does no harm.
pub async fn observation_approve(
    app: &App,
    actor: &Actor,
    input: ObservationApprove,
) -> Result<usize, AppError> {
    let reach = Reach::of(app, actor).await?;
    let rows = match input {
        ObservationApprove::Ids(ids) => by_id(app, &ids).await?,
        ObservationApprove::UnitAndPeriod {
            admin_unit_id,
            period,
        } => by_unit(app, &reach, &admin_unit_id, &period).await?,
    };
    for row in &rows {
        let unit = app.units.get(&row.admin_unit_id);
        let unit = unit.ok_or(AppError::NotFound {
            entity: "observation",
        })?;
        reach.require(Action::ObservationApprove, unit)?;
    }
    let mut waiting: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| !is_approved(&row.state)) {
        waiting.entry(row.province_id).or_default().push(row.id);
    }
    let Some(first) = waiting.values().flatten().next().cloned() else {
        return Ok(0);
    };
    let province = match waiting.keys().collect::<Vec<_>>()[..] {
        [only] => only.clone(),
        _ => COUNTRY.to_owned(),
    };
    let operation = Operation::new(province, "observation_approve", "observation");
    let (at, by) = (app.clock.now_text(), actor.user_id.clone());
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let mut approved = 0;
            for (province, ids) in &waiting {
                approved += observation_approve_many(tx, province, ids, &at, by.as_deref()).await?;
            }
            let approved = usize::try_from(approved).unwrap_or(usize::MAX);
            if approved == 0 {
                return Ok(Written::repeated(0));
            }
            let ids: Vec<&String> = waiting.values().flatten().take(FEW).collect();
            let after = json!({ "state": "approved", "count": approved, "ids": ids });
            Ok(Written::new(approved, first).after(after))
        })
    })
    .await
}

async fn by_id(app: &App, ids: &[String]) -> Result<Vec<ObservationRow>, AppError> {
    if ids.is_empty() {
        return Err(AppError::invalid(Fault::new(
            "ids",
            "field.required",
            "Chưa chọn số liệu nào.",
            "Chọn ít nhất một số liệu, hoặc chọn đơn vị và kỳ.",
        )));
    }
    too_many(ids.len())?;
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let rows = observation_get_many(app.db.read(), &wanted).await?;
    if rows.len() < wanted.len() {
        return Err(AppError::NotFound {
            entity: "observation",
        });
    }
    Ok(rows)
}

async fn by_unit(
    app: &App,
    reach: &Reach,
    admin_unit_id: &str,
    period: &str,
) -> Result<Vec<ObservationRow>, AppError> {
    let unit = app
        .unit("admin_unit_id", admin_unit_id)
        .map_err(AppError::invalid)?;
    reach.require(Action::ObservationApprove, unit)?;
    let period: Period = period.parse().map_err(|error| {
        AppError::invalid(Fault::new(
            "period",
            "period.malformed",
            format!("{error}."),
            "Viết kỳ như 2022-05 hoặc R2022-05.",
        ))
    })?;
    let mut units = vec![app.units.id(unit).to_owned()];
    let below = app.units.descendants(unit, period.last());
    units.extend(below.into_iter().map(|unit| app.units.id(unit).to_owned()));
    let filter = ObservationFilter {
        units: Some(units),
        period: Some(period.to_string()),
        state: Some("submitted".to_owned()),
        ..ObservationFilter::default()
    };
    let page = Page {
        after: None,
        limit: MOST as i64 + 1,
    };
    let rows = observation_list(app.db.read(), &store::Scope::everything(), &filter, &page).await?;
    too_many(rows.len())?;
    Ok(rows)
}

fn too_many(count: usize) -> Result<(), AppError> {
    if count <= MOST {
        return Ok(());
    }
    Err(AppError::TooLarge {
        code: "observation.too_many",
        message: format!("Mỗi lần duyệt tối đa {MOST} số liệu. Duyệt theo từng đơn vị cấp dưới."),
    })
}
