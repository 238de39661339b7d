//! Targets: set, spread over the units below, listed with their history.

use domain::admin_units::{PopulationQuality, UnitIx};
use domain::indicators::{Indicator, IndicatorNature};
use domain::period::Period;
use domain::targets::spread;
use jiff::civil::Date;
use serde::Serialize;
use store::targets::{TargetFilter, TargetRow, target_get, target_insert, target_list as list};
use store::{DatabaseTransaction, Page, StoreError};

use super::figures::{FigureInput, figure_breakdown};
use super::{Action, Actor, App, AppError, COUNTRY, Fault, Operation, Place, Written};

/// A target to be set.
#[derive(Debug, Clone, Serialize)]
pub struct TargetSet {
    /// The indicator.
    pub indicator: String,
    /// The unit; `vn` for the country.
    pub admin_unit_id: String,
    /// The period.
    pub period: String,
    /// What is to be reached, in the indicator's smallest decimal.
    pub value: i64,
    /// Why; needed when a target that was set before is changed.
    pub reason: String,
    /// The revision that the change was made on; 0 for a new target.
    pub revision: i64,
}

/// By what a target is spread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SpreadBase {
    /// The same for each unit.
    Equal,
    /// By published population.
    Population,
    /// By another indicator in a period.
    Indicator(String, String),
}

impl SpreadBase {
    /// As kept and as written in the API: `equal`, `population`, `indicator:ID@PERIOD`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "equal" => Some(Self::Equal),
            "population" => Some(Self::Population),
            _ => {
                let (id, period) = text.strip_prefix("indicator:")?.split_once('@')?;
                Some(Self::Indicator(id.to_owned(), period.to_owned()))
            }
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Equal => "equal".to_owned(),
            Self::Population => "population".to_owned(),
            Self::Indicator(id, period) => format!("indicator:{id}@{period}"),
        }
    }
}

/// A target to be spread over the units below.
#[derive(Debug, Clone)]
pub struct TargetSpread {
    /// The indicator.
    pub indicator: String,
    /// The unit whose target is spread; `vn` for the country.
    pub admin_unit_id: String,
    /// The period.
    pub period: String,
    /// By what: `equal`, `population`, `indicator:ID@PERIOD`.
    pub base: String,
    /// Over which units: `children` (default), province, district, commune.
    pub level: Option<String>,
    /// Why.
    pub reason: String,
}

/// What a target is for, checked.
struct Cell<'a> {
    indicator: &'a Indicator,
    unit: Option<UnitIx>,
    period: Period,
    province_id: String,
}

fn cell<'a>(
    app: &'a App,
    indicator: &str,
    unit: &str,
    period: &str,
    faults: &mut Vec<Fault>,
) -> Option<Cell<'a>> {
    let found = app.catalog.indicators.get(indicator);
    if found.is_none() {
        faults.push(Fault::new(
            "indicator",
            "indicator.unknown",
            format!("Không có chỉ tiêu “{indicator}”."),
            "Chọn một chỉ tiêu trong danh mục.",
        ));
    }
    let unit = match unit {
        COUNTRY => Some(None),
        id => app
            .unit("admin_unit_id", id)
            .map_err(|fault| faults.push(fault))
            .ok()
            .map(Some),
    };
    let period = period.parse::<Period>().map_err(|error| {
        faults.push(Fault::new(
            "period",
            "period.malformed",
            format!("Kỳ không đúng: {error}."),
            "Viết kỳ như 2022-05, 2022-Q1 hoặc 2022.",
        ));
    });
    let (indicator, unit, period) = (found?, unit?, period.ok()?);
    if let Some(ix) = unit {
        let is_in_force = |day| app.units.at(ix, day).is_some();
        if !is_in_force(period.first()) && !is_in_force(period.last()) {
            faults.push(Fault::new(
                "admin_unit_id",
                "target.unit_not_in_force",
                format!(
                    "{} ({}) không tồn tại trong {}.",
                    app.units.nearest(ix, period.first()).full_name,
                    app.units.id(ix),
                    period.label_vi()
                ),
                "Chọn đơn vị có trong kỳ đó: tìm đơn vị kế tiếp hoặc đơn vị trước đó.",
            ));
            return None;
        }
    }
    Some(Cell {
        indicator,
        unit,
        period,
        province_id: unit
            .map_or(COUNTRY, |unit| app.province_id(unit))
            .to_owned(),
    })
}

fn require(actor: &Actor, unit: Option<UnitIx>) -> Result<(), AppError> {
    let place = Place {
        unit,
        organizations: &[],
    };
    actor.require(Action::TargetWrite, place, "admin_unit")
}

/// Sets a target, or changes it as a new revision. The same target again changes nothing.
pub async fn target_set(app: &App, actor: &Actor, input: TargetSet) -> Result<TargetRow, AppError> {
    let mut faults = Vec::new();
    let found = cell(
        app,
        &input.indicator,
        &input.admin_unit_id,
        &input.period,
        &mut faults,
    );
    if input.value < 0 {
        faults.push(Fault::new(
            "value",
            "target.negative",
            format!("Chỉ tiêu giao {} nhỏ hơn 0.", input.value),
            "Ghi số từ 0 trở lên.",
        ));
    }
    if input.revision > 0 && input.reason.trim().is_empty() {
        faults.push(Fault::new(
            "reason",
            "target.reason_missing",
            "Chưa ghi lý do thay đổi chỉ tiêu đã giao.",
            "Ghi lý do, kèm số văn bản nếu có.",
        ));
    }
    AppError::check(faults)?;
    let found = found.ok_or_else(|| AppError::Internal("a fault was not kept".into()))?;
    require(actor, found.unit)?;
    let row = TargetRow {
        province_id: found.province_id.clone(),
        id: app.clock.new_id(),
        revision: input.revision + 1,
        current: true,
        indicator: input.indicator,
        admin_unit_id: input.admin_unit_id,
        period: found.period.to_string(),
        value: input.value,
        spread_from_id: None,
        spread_base: None,
        reason: input.reason.trim().to_owned(),
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
    };
    let operation = Operation::new(&found.province_id, "target_set", "target");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let old = target_get(
                tx,
                &row.province_id,
                &row.indicator,
                &row.admin_unit_id,
                &row.period,
            )
            .await?;
            if let Some(old) = old.as_ref().filter(|old| is_same(old, &row)) {
                return Ok(Written::repeated(old.clone()));
            }
            let row = succeed(row, old.as_ref());
            if row.revision != input.revision + 1 {
                return Err(AppError::stale());
            }
            insert(tx, &row).await?;
            let mut written = Written::new(row.clone(), &row.id)
                .after(json(&row))
                .targets(vec![row]);
            if let Some(old) = &old {
                written = written.before(json(old));
            }
            Ok(written)
        })
    })
    .await
}

/// Somebody who set the same target at the same moment came first.
async fn insert(tx: &DatabaseTransaction, row: &TargetRow) -> Result<(), AppError> {
    match target_insert(tx, row).await {
        Err(StoreError::Duplicate(_)) => Err(AppError::stale()),
        other => Ok(other?),
    }
}

fn is_same(old: &TargetRow, new: &TargetRow) -> bool {
    old.value == new.value
        && (new.reason.is_empty() || old.reason == new.reason)
        && old.spread_from_id == new.spread_from_id
        && old.spread_base == new.spread_base
}

/// The row as the next revision of the one that holds.
fn succeed(row: TargetRow, old: Option<&TargetRow>) -> TargetRow {
    match old {
        Some(old) => TargetRow {
            id: old.id.clone(),
            revision: old.revision + 1,
            ..row
        },
        None => TargetRow { revision: 1, ..row },
    }
}

fn json(row: &TargetRow) -> serde_json::Value {
    serde_json::json!({
        "indicator": row.indicator, "admin_unit_id": row.admin_unit_id, "period": row.period,
        "value": row.value, "revision": row.revision, "spread_base": row.spread_base,
    })
}

/// Spreads the target of a unit over units below, so that the parts add up to it exactly.
///
/// The units are those in force today, or on the day of the period nearest to today. A share in percent is not
/// spread. Where the base has no value for a unit, nothing is spread and the fault names the units.
pub async fn target_spread(
    app: &App,
    actor: &Actor,
    input: TargetSpread,
) -> Result<Vec<TargetRow>, AppError> {
    let mut faults = Vec::new();
    let found = cell(
        app,
        &input.indicator,
        &input.admin_unit_id,
        &input.period,
        &mut faults,
    );
    let base = SpreadBase::parse(&input.base);
    if base.is_none() {
        faults.push(Fault::new(
            "base",
            "target.unknown_base",
            format!("Không có cách phân bổ “{}”.", input.base),
            "Chọn equal, population hoặc indicator:MÃ@KỲ.",
        ));
    }
    if found
        .as_ref()
        .is_some_and(|found| found.indicator.nature == IndicatorNature::Ratio)
    {
        faults.push(Fault::new(
            "indicator",
            "target.ratio_not_spread",
            "Chỉ tiêu là tỷ lệ nên không chia được cho đơn vị cấp dưới.",
            "Giao từng đơn vị, hoặc phân bổ số người tham gia.",
        ));
    }
    AppError::check(faults)?;
    let (Some(found), Some(base)) = (found, base) else {
        return Err(AppError::Internal("a fault was not kept".into()));
    };
    require(actor, found.unit)?;
    let day = app
        .clock
        .today()
        .min(found.period.last())
        .max(found.period.first());
    let (units, weights) = weights(app, actor, &input, &base, day)?;
    let (period, now, base) = (found.period.to_string(), app.clock.now_text(), base.text());
    let user = actor.user_id.clone();
    let ids: Vec<(String, String, String)> = units
        .iter()
        .map(|unit| {
            let province_id = app.province_id(*unit).to_owned();
            (
                province_id,
                app.units.id(*unit).to_owned(),
                app.clock.new_id(),
            )
        })
        .collect();
    let operation = Operation::new(&found.province_id, "target_spread", "target");
    let province_id = found.province_id;
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let (indicator, above) = (&input.indicator, &input.admin_unit_id);
            let whole = target_get(tx, &province_id, indicator, above, &period).await?;
            let whole = whole.ok_or_else(|| {
                AppError::invalid(Fault::new(
                    "admin_unit_id",
                    "target.nothing_to_spread",
                    "Đơn vị này chưa được giao chỉ tiêu của kỳ đó.",
                    "Giao chỉ tiêu cho đơn vị trước, rồi phân bổ.",
                ))
            })?;
            let parts = spread(whole.value, &weights)
                .ok_or_else(|| AppError::Internal("weights were checked".into()))?;
            let (mut rows, mut changed) = (Vec::new(), Vec::new());
            for ((province_id, unit, id), value) in ids.into_iter().zip(parts) {
                let old = target_get(tx, &province_id, indicator, &unit, &period).await?;
                let row = TargetRow {
                    province_id,
                    id,
                    revision: 1,
                    current: true,
                    indicator: indicator.clone(),
                    admin_unit_id: unit,
                    period: period.clone(),
                    value,
                    spread_from_id: Some(whole.id.clone()),
                    spread_base: Some(base.clone()),
                    reason: input.reason.trim().to_owned(),
                    recorded_at: now.clone(),
                    recorded_by: user.clone(),
                };
                if let Some(old) = old.as_ref().filter(|old| is_same(old, &row)) {
                    rows.push(old.clone());
                    continue;
                }
                let row = succeed(row, old.as_ref());
                insert(tx, &row).await?;
                changed.push(row.clone());
                rows.push(row);
            }
            if changed.is_empty() {
                return Ok(Written::repeated(rows));
            }
            let after = serde_json::json!({
                "indicator": indicator, "period": period, "base": base, "units": changed.len(),
            });
            Ok(Written::new(rows, &whole.id).after(after).targets(changed))
        })
    })
    .await
}

/// The units that a target is spread over, each with its weight.
fn weights(
    app: &App,
    actor: &Actor,
    input: &TargetSpread,
    base: &SpreadBase,
    day: Date,
) -> Result<(Vec<UnitIx>, Vec<u64>), AppError> {
    let (indicator, period) = match base {
        SpreadBase::Indicator(id, period) => (id.clone(), period.clone()),
        _ => (input.indicator.clone(), input.period.clone()),
    };
    let ask = FigureInput {
        indicator,
        admin_unit_id: input.admin_unit_id.clone(),
        period: Some(period),
        boundaries: Some(day.to_string()),
        ..FigureInput::default()
    };
    let below = figure_breakdown(app, actor, &ask, input.level.as_deref())?;
    let weight = |unit: UnitIx, value: Option<i64>| match base {
        SpreadBase::Equal => Some(1),
        SpreadBase::Population => {
            let known = app.units.population(unit);
            let published = known.filter(|one| one.quality == PopulationQuality::Published);
            published.and_then(|one| one.people).map(u64::from)
        }
        SpreadBase::Indicator(..) => value.and_then(|value| u64::try_from(value).ok()),
    };
    let (mut units, mut weights, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for row in &below.rows {
        let value = row.figures.first().and_then(|figure| figure.value);
        match weight(row.unit, value) {
            Some(weight) => weights.push(weight),
            None => missing.push(app.units.nearest(row.unit, day).full_name.to_string()),
        }
        units.push(row.unit);
    }
    let count = missing.len();
    if count > 0 {
        let shown: Vec<String> = missing.into_iter().take(5).collect();
        let more = if count > 5 {
            format!(" và {} đơn vị khác", count - 5)
        } else {
            String::new()
        };
        return Err(AppError::invalid(Fault::new(
            "base",
            "target.base_missing",
            format!("Chưa có số liệu để phân bổ cho {}{more}.", shown.join(", ")),
            "Bổ sung số liệu, hoặc chọn cách phân bổ khác. Dân số chỉ có cho cấp tỉnh.",
        )));
    }
    if weights.iter().all(|weight| *weight == 0) {
        return Err(AppError::invalid(Fault::new(
            "base",
            "target.base_zero",
            "Số liệu dùng để phân bổ đều bằng 0, hoặc không có đơn vị cấp dưới.",
            "Chọn cách phân bổ khác.",
        )));
    }
    Ok((units, weights))
}

/// Which targets are wanted.
#[derive(Debug, Clone, Default)]
pub struct TargetList {
    /// Only this indicator.
    pub indicator: Option<String>,
    /// Only this unit.
    pub admin_unit_id: Option<String>,
    /// Only this period.
    pub period: Option<String>,
    /// All revisions of this target.
    pub history_of: Option<String>,
}

/// Targets that the actor may see; of one of them all revisions when its history is asked for.
pub async fn target_list(
    app: &App,
    actor: &Actor,
    wanted: &TargetList,
    page: &Page,
) -> Result<Vec<TargetRow>, AppError> {
    let units: Option<Vec<String>> = wanted.admin_unit_id.clone().map(|id| vec![id]);
    let filter = TargetFilter {
        indicator: wanted.indicator.as_deref(),
        units: units.as_deref(),
        period: wanted.period.as_deref(),
        history_of: wanted.history_of.as_deref(),
    };
    let scope = actor.scope(app.units, Action::Read);
    let rows = list(app.db.read(), &scope, &filter, page).await?;
    if wanted.history_of.is_some() && rows.is_empty() && page.after.is_none() {
        return Err(AppError::NotFound { entity: "target" });
    }
    Ok(rows)
}
