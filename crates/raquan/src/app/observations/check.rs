//! Checking many reports at once: first each alone, then beside what is there.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use domain::admin_units::{AdminUnits, UnitIx};
use domain::indicators::Indicators;
use domain::observations::{ObservationFault, PeriodLock, Reports, faults_alone, lock_of};
use domain::period::{Period, PeriodKind};
use store::observations::{ObservationCell, observation_list_cells, period_lock_list_overlapping};
use store::{ConnectionTrait, StoreError};

use super::Reach;
use crate::app::{Action, App, Fault};

/// Up to so many units, only what they and their branches have reported is read, not that of whole provinces.
const FEW_UNITS: usize = 50;
/// The same for the units of their branches.
const FEW_RELATED: usize = 2_000;

/// One figure to be reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationInput {
    /// Id of the indicator.
    pub indicator: Arc<str>,
    /// Id of the unit that reports.
    pub admin_unit_id: Arc<str>,
    /// `2022-05`, `R2022-05`, `2022-Q1`, `2022-H1`, `2022`, `2022-05-08`.
    pub period: Arc<str>,
    /// The figure.
    pub value: i64,
    /// Where it comes from; not given: a report of the unit.
    pub source: Option<Arc<str>>,
}

/// What a report would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was reported before.
    New,
    /// It corrects what was reported.
    Corrected,
    /// It says what was reported already.
    Unchanged,
}

impl Outcome {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::Corrected => "corrected",
            Outcome::Unchanged => "unchanged",
        }
    }
}

/// What is wrong with one of many reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Place in the list, from 0.
    pub row: usize,
    /// `indicator`, `admin_unit_id`, `period` or `value`.
    pub field: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong, in Vietnamese.
    pub message: String,
    /// How to mend it, in Vietnamese.
    pub fix: String,
}

impl RowFault {
    fn of(row: usize, fault: &ObservationFault, units: &AdminUnits) -> RowFault {
        RowFault {
            row,
            field: fault.field(),
            code: fault.code(),
            message: fault.message_vi(units),
            fix: fault.fix_vi(units),
        }
    }

    /// The same as a fault of a whole list.
    pub fn in_list(self, list: &str) -> Fault {
        let field = format!("{list}[{}].{}", self.row, self.field);
        Fault::new(field, self.code, self.message, self.fix)
    }
}

/// A report that is right when looked at alone.
#[derive(Debug, Clone)]
pub(crate) struct PreparedRow {
    /// Place in the list.
    pub row: usize,
    /// Place of the indicator in the catalogue.
    pub indicator: usize,
    /// The unit.
    pub unit: UnitIx,
    /// The period.
    pub period: Period,
    /// The figure.
    pub value: i64,
    /// Where it comes from.
    pub source: Option<Arc<str>>,
}

/// Reports looked at alone.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    /// Those that are right.
    pub rows: Vec<PreparedRow>,
    /// What is wrong with the others.
    pub faults: Vec<RowFault>,
    /// Province of each unit reported for.
    pub provinces: HashMap<UnitIx, Arc<str>>,
    /// A unit that the actor may not report for, if there was one.
    pub out_of_reach: Option<UnitIx>,
}

impl Prepared {
    /// The provinces that are written to, in order.
    pub(crate) fn province_ids(&self) -> Vec<String> {
        let ids: BTreeSet<&str> = self.provinces.values().map(AsRef::as_ref).collect();
        ids.into_iter().map(str::to_owned).collect()
    }
}

/// Looks at each report alone: indicator, unit, period, value, and whether the actor may report it.
pub(crate) fn prepare(app: &App, reach: &Reach, inputs: &[ObservationInput]) -> Prepared {
    let indicators = Indicators::embedded();
    let today = app.clock.today();
    let mut out = Prepared {
        rows: Vec::with_capacity(inputs.len()),
        faults: Vec::new(),
        provinces: HashMap::new(),
        out_of_reach: None,
    };
    let mut periods: HashMap<&str, Result<Period, String>> = HashMap::new();
    let mut reachable: HashMap<UnitIx, bool> = HashMap::new();
    let mut seen: HashMap<(usize, UnitIx, Period), usize> = HashMap::new();
    for (row, input) in inputs.iter().enumerate() {
        let mut fault = |field, code, message: String, fix: &str| {
            let fix = fix.to_owned();
            out.faults.push(RowFault {
                row,
                field,
                code,
                message,
                fix,
            });
        };
        let unit = app.units.get(&input.admin_unit_id);
        match unit {
            None => fault(
                "admin_unit_id",
                "admin_unit.unknown",
                format!("Không có đơn vị hành chính mã “{}”.", input.admin_unit_id),
                "Tìm đơn vị theo tên rồi chọn trong danh sách.",
            ),
            Some(unit) => {
                let may = *reachable
                    .entry(unit)
                    .or_insert_with(|| reach.may(Action::ObservationWrite, unit));
                if !may {
                    fault(
                        "admin_unit_id",
                        "observation.out_of_scope",
                        format!(
                            "{} không thuộc phạm vi của bạn.",
                            app.units.nearest(unit, today).full_name
                        ),
                        "Chỉ báo cáo cho đơn vị của bạn và cấp dưới; bỏ dòng này hoặc sửa đơn vị.",
                    );
                    out.out_of_reach = Some(unit);
                    continue;
                }
            }
        }
        let indicator = indicators.index(&input.indicator);
        if indicator.is_none() {
            fault(
                "indicator",
                "indicator.unknown",
                format!("Không có chỉ tiêu “{}”.", input.indicator),
                "Chọn chỉ tiêu trong danh mục.",
            );
        }
        let period = periods
            .entry(&input.period)
            .or_insert_with(|| input.period.parse().map_err(|error| format!("{error}")));
        if let Err(error) = period {
            let message = format!("{error}.");
            fault(
                "period",
                "period.malformed",
                message,
                "Viết kỳ như 2022-05 hoặc R2022-05.",
            );
        }
        let (Some(unit), Some(indicator), Ok(period)) = (unit, indicator, period) else {
            continue;
        };
        let declared = indicators
            .iter()
            .nth(indicator)
            .expect("an index of the catalogue");
        let alone = faults_alone(app.units, declared, unit, *period, input.value, today);
        if !alone.is_empty() {
            let named = alone
                .iter()
                .map(|fault| RowFault::of(row, fault, app.units));
            out.faults.extend(named);
            continue;
        }
        if let Some(first) = seen.get(&(indicator, unit, *period)) {
            fault(
                "indicator",
                "observation.duplicate_row",
                format!(
                    "Trùng với dòng {} của danh sách: cùng chỉ tiêu, đơn vị và kỳ.",
                    first + 1
                ),
                "Chỉ giữ một dòng.",
            );
            continue;
        }
        seen.insert((indicator, unit, *period), row);
        out.provinces
            .entry(unit)
            .or_insert_with(|| Arc::from(app.province_id(unit)));
        out.rows.push(PreparedRow {
            row,
            indicator,
            unit,
            period: *period,
            value: input.value,
            source: input.source.clone(),
        });
    }
    out
}

/// What a report would do, and the version it would correct.
#[derive(Debug)]
pub(crate) struct ComparedRow {
    /// Place in `Prepared::rows`.
    pub prepared: usize,
    /// What it would do.
    pub outcome: Outcome,
    /// What is there now.
    pub existing: Option<ObservationCell>,
}

/// Reports beside what is there.
#[derive(Debug)]
pub(crate) struct Compared {
    /// Those that may be written.
    pub rows: Vec<ComparedRow>,
    /// What is wrong with the others.
    pub faults: Vec<RowFault>,
}

impl Compared {
    /// How many have this outcome.
    pub(crate) fn count(&self, outcome: Outcome) -> usize {
        self.rows
            .iter()
            .filter(|row| row.outcome == outcome)
            .count()
    }
}

/// Holds reports against those that are there and against each other.
///
/// A report may change a locked period when `has_reason`. Of two reports that may not stand beside one
/// another, the first in the list is kept.
pub(crate) async fn compare(
    db: &impl ConnectionTrait,
    units: &AdminUnits,
    prepared: &Prepared,
    has_reason: bool,
) -> Result<Compared, StoreError> {
    let mut out = Compared {
        rows: Vec::with_capacity(prepared.rows.len()),
        faults: Vec::new(),
    };
    if prepared.rows.is_empty() {
        return Ok(out);
    }
    let there = There::read(db, units, prepared).await?;
    let mut reports: HashMap<usize, Reports> = HashMap::new();
    for (indicator, unit, period) in there.cells.keys() {
        reports_of(&mut reports, units, *indicator).add(*unit, *period);
    }
    for (place, row) in prepared.rows.iter().enumerate() {
        let existing = there.cells.get(&(row.indicator, row.unit, row.period));
        let outcome = match existing {
            None => Outcome::New,
            Some(cell) if cell.value == row.value && is_same_source(cell, row) => {
                Outcome::Unchanged
            }
            Some(_) => Outcome::Corrected,
        };
        let beside = reports_of(&mut reports, units, row.indicator);
        let fault = match outcome {
            Outcome::Unchanged => None,
            Outcome::Corrected => there.locked(units, row, has_reason),
            Outcome::New => beside
                .clash(row.unit, row.period)
                .or_else(|| there.locked(units, row, has_reason)),
        };
        if let Some(fault) = fault {
            out.faults.push(RowFault::of(row.row, &fault, units));
            continue;
        }
        beside.add(row.unit, row.period);
        out.rows.push(ComparedRow {
            prepared: place,
            outcome,
            existing: existing.cloned(),
        });
    }
    Ok(out)
}

fn reports_of<'a, 'u>(
    reports: &'a mut HashMap<usize, Reports<'u>>,
    units: &'u AdminUnits,
    indicator: usize,
) -> &'a mut Reports<'u> {
    reports.entry(indicator).or_insert_with(|| {
        let declared = Indicators::embedded().iter().nth(indicator);
        let declared = declared.expect("an index of the catalogue");
        Reports::new(units, declared.nature)
    })
}

fn is_same_source(cell: &ObservationCell, row: &PreparedRow) -> bool {
    row.source
        .as_deref()
        .is_none_or(|source| source == cell.source)
}

/// What there is in the database that new reports must stand beside.
struct There {
    cells: HashMap<(usize, UnitIx, Period), ObservationCell>,
    locks: Vec<PeriodLock>,
}

impl There {
    async fn read(
        db: &impl ConnectionTrait,
        units: &AdminUnits,
        prepared: &Prepared,
    ) -> Result<There, StoreError> {
        let periods = || prepared.rows.iter().map(|row| row.period);
        // Invariant of `Reports`: only periods within one month of another can count twice with it.
        let month = |day| Period::containing(PeriodKind::Month, day);
        let first = periods().map(|p| month(p.first()).first()).min();
        let last = periods().map(|p| month(p.last()).last()).max();
        let (Some(first), Some(last)) = (first, last) else {
            return Ok(There {
                cells: HashMap::new(),
                locks: Vec::new(),
            });
        };
        let (first, last) = (first.to_string(), last.to_string());
        let indicators = Indicators::embedded();
        let wanted: BTreeSet<usize> = prepared.rows.iter().map(|row| row.indicator).collect();
        let ids: Vec<String> = indicators
            .iter()
            .enumerate()
            .filter(|(index, _)| wanted.contains(index))
            .map(|(_, indicator)| indicator.id.clone())
            .collect();
        let provinces = provinces_of(units, prepared);
        let related = related_units(units, prepared);
        let found = observation_list_cells(db, &provinces, &ids, related.as_deref(), &first, &last);
        let mut cells = HashMap::new();
        for cell in found.await? {
            let indicator = indicators.index(&cell.indicator);
            let unit = units.get(&cell.admin_unit_id);
            if let (Some(indicator), Some(unit), Ok(period)) =
                (indicator, unit, cell.period.parse())
            {
                cells.insert((indicator, unit, period), cell);
            }
        }
        let locks = period_lock_list_overlapping(db, &provinces, &first, &last).await?;
        let locks = locks
            .iter()
            .filter_map(|row| {
                Some(PeriodLock {
                    unit: units.get(&row.admin_unit_id)?,
                    period: row.period.parse().ok()?,
                })
            })
            .collect();
        Ok(There { cells, locks })
    }

    fn locked(
        &self,
        units: &AdminUnits,
        row: &PreparedRow,
        has_reason: bool,
    ) -> Option<ObservationFault> {
        if has_reason {
            return None;
        }
        let lock = lock_of(units, &self.locks, row.unit, row.period)?;
        Some(ObservationFault::Locked {
            unit: lock.unit,
            period: lock.period,
        })
    }
}

/// The provinces written to, with those that share people with them at other times.
fn provinces_of(units: &AdminUnits, prepared: &Prepared) -> Vec<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for id in prepared.province_ids() {
        if let Some(province) = units.get(&id) {
            let lineage = units.province_lineage(province);
            found.extend(lineage.into_iter().map(|unit| units.id(unit).to_owned()));
        }
        found.insert(id);
    }
    found.into_iter().collect()
}

/// The units of the same branches on any day of the years reported for; none when they are many.
fn related_units(units: &AdminUnits, prepared: &Prepared) -> Option<Vec<String>> {
    let own: BTreeSet<UnitIx> = prepared.rows.iter().map(|row| row.unit).collect();
    if own.len() > FEW_UNITS {
        return None;
    }
    // The longest period is a year: what overlaps a report lies in the years it lies in.
    let year = |day| Period::containing(PeriodKind::Year, day);
    let first = prepared
        .rows
        .iter()
        .map(|row| year(row.period.first()).first())
        .min()?;
    let last = prepared
        .rows
        .iter()
        .map(|row| year(row.period.last()).last())
        .max()?;
    let changes = units.boundary_dates().iter().copied();
    let days: Vec<_> = std::iter::once(first)
        .chain(changes.filter(|day| first < *day && *day <= last))
        .collect();
    let mut related: HashSet<UnitIx> = HashSet::new();
    for unit in own {
        related.insert(unit);
        for day in &days {
            for holder in units.holders(unit, *day) {
                related.insert(holder);
                related.extend(units.ancestors(holder, *day));
                related.extend(units.descendants(holder, *day));
            }
        }
        if related.len() > FEW_RELATED {
            return None;
        }
    }
    Some(
        related
            .into_iter()
            .map(|unit| units.id(unit).to_owned())
            .collect(),
    )
}

/// A fault of a request that has no report in it.
pub(crate) fn nothing_reported() -> Fault {
    Fault::new(
        "rows",
        "field.required",
        "Chưa có số liệu nào.",
        "Gửi ít nhất một số liệu.",
    )
}
