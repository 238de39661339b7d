//! Tables of reported figures: one figure to a row, or one unit to a row and one indicator to a column.

use std::collections::HashMap;
use std::sync::Arc;

use domain::admin_units::{AdminUnits, UnitIx};
use domain::indicators::{FedBy, Indicator, Indicators};
use domain::observations::MOST;
use domain::period::{Period, PeriodKind};
use jiff::civil::Date;

use super::columns::{Choice, ColumnSpec, Kind, TableSpec};
use super::dates::period_from_text;
use super::file_faults::FileFault;
use super::row_faults::RuleFault;
use super::sheet::{Limits, Sheet, read_sheet};
use super::table::{RowContext, Table, TableRow};
use super::units::UnitFinder;
use super::values::{CellValue, PeriodValue, UnitRef};
use crate::app::observations::{ObservationInput, RowFault};

/// How a table of figures is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObservationLayout {
    /// One figure to a row: indicator, unit, period, value.
    Long {
        /// Whether a month is meant as a reporting month, from the 15th to the 14th.
        reporting_months: bool,
    },
    /// One unit to a row and one indicator to a column, all for one period.
    Wide {
        /// The period.
        period: Period,
    },
}

impl ObservationLayout {
    /// The columns that a table of this layout has.
    pub fn spec(self) -> TableSpec {
        let unit = ColumnSpec::new("unit", "Đơn vị", "Unit", Kind::Unit)
            .required()
            .synonyms(&[
                "Tên đơn vị",
                "Mã đơn vị",
                "Đơn vị hành chính",
                "Xã",
                "Xã, phường",
                "Xã, phường, thị trấn",
                "Huyện",
                "Quận, huyện",
                "Địa bàn",
                "admin_unit_id",
            ]);
        let above = ColumnSpec::new("above", "Thuộc", "Within", Kind::Text).synonyms(&[
            "Đơn vị cấp trên",
            "Thuộc huyện",
            "Thuộc tỉnh",
            "Trực thuộc",
        ]);
        let count = Kind::Integer { min: 0, max: MOST };
        match self {
            ObservationLayout::Long { .. } => {
                let choices = reported().map(|i| Choice::new(&i.id, &i.name_vi, &i.name_en));
                TableSpec::new(vec![
                    unit,
                    above,
                    ColumnSpec::new(
                        "indicator",
                        "Chỉ tiêu",
                        "Indicator",
                        Kind::Choice(choices.collect()),
                    )
                    .required()
                    .synonyms(&["Mã chỉ tiêu", "Tên chỉ tiêu"]),
                    ColumnSpec::new("period", "Kỳ báo cáo", "Period", Kind::Period)
                        .required()
                        .synonyms(&["Kỳ", "Tháng", "Thời gian"]),
                    ColumnSpec::new("value", "Số liệu", "Value", count)
                        .required()
                        .synonyms(&["Giá trị", "Số lượng", "Số người"]),
                    ColumnSpec::new("source", "Nguồn", "Source", Kind::Text)
                        .synonyms(&["Nguồn số liệu"]),
                ])
                .unique(&["unit", "indicator", "period"])
            }
            ObservationLayout::Wide { .. } => {
                let indicators = reported()
                    .map(|i| ColumnSpec::new(&i.id, &i.name_vi, &i.name_en, count.clone()));
                TableSpec::new([unit, above].into_iter().chain(indicators).collect())
                    .unique(&["unit"])
            }
        }
    }

    fn period(self, value: PeriodValue) -> Option<Period> {
        let text = match (value, self) {
            (
                PeriodValue::Month(year, month),
                ObservationLayout::Long {
                    reporting_months: true,
                },
            ) => PeriodValue::ReportingMonth(year, month).to_string(),
            (other, _) => other.to_string(),
        };
        text.parse().ok()
    }

    /// The day whose units a row names: the last of its period, when that can be read.
    fn day(self, row: &RowContext) -> Option<Date> {
        match self {
            ObservationLayout::Wide { period } => Some(period.last()),
            ObservationLayout::Long { .. } => {
                let text = row.text("period")?;
                let value = period_from_text(&text)
                    .ok()
                    .or_else(|| month_of_day(&text))?;
                self.period(value).map(|period| period.last())
            }
        }
    }
}

/// A spreadsheet turns `05/2022` into the first of May.
fn month_of_day(text: &str) -> Option<PeriodValue> {
    let day = domain::period::parse_date_vi(text).ok()?;
    let month = Period::containing(PeriodKind::Month, day);
    (month.first() == day).then_some(PeriodValue::Month(day.year(), day.month()))
}

/// The indicators that units report.
fn reported() -> impl Iterator<Item = &'static Indicator> {
    let all = Indicators::embedded().iter();
    all.filter(|indicator| indicator.fed_by == FedBy::Observation)
}

/// A table of figures that was read: its rows, and the figures of those that are right so far.
pub struct ObservationTable {
    /// As it stands in the file.
    pub sheet: Sheet,
    /// Its rows and faults.
    pub table: Table,
    /// The figures of the rows without a fault.
    pub inputs: Vec<ObservationInput>,
    /// For each figure, its row in the file and the column of the specification that holds it.
    places: Vec<(u32, usize)>,
    layout: ObservationLayout,
}

/// Reads a table of figures; units within `within` are preferred where names repeat.
pub fn read_observations(
    units: &AdminUnits,
    within: UnitIx,
    layout: ObservationLayout,
    today: Date,
    file_name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<ObservationTable, FileFault> {
    let spec = layout.spec();
    let sheet = read_sheet(file_name, bytes, &spec, limits)?;
    let finder = UnitFinder::new(units, within);
    let table = sheet.check(&spec, &|text, row| {
        let above = row.text("above");
        match layout.day(row) {
            Some(day) => finder.find(text, above.as_deref(), day),
            // The row's period is at fault already: whether the unit is one of its time cannot be said.
            None => match finder.find(text, above.as_deref(), today) {
                Err(fault) if fault.code == "admin_unit.not_in_force" => Ok(UnitRef {
                    id: Arc::from(text),
                    valid_from: None,
                }),
                found => found,
            },
        }
    });
    let mut out = ObservationTable {
        sheet,
        table,
        inputs: Vec::new(),
        places: Vec::new(),
        layout,
    };
    out.take_inputs(&spec);
    Ok(out)
}

impl ObservationTable {
    fn take_inputs(&mut self, spec: &TableSpec) {
        let keys: Vec<Arc<str>> = spec
            .columns()
            .iter()
            .map(|c| Arc::from(c.key.as_str()))
            .collect();
        let mut periods: HashMap<Period, Arc<str>> = HashMap::new();
        let mut written = |period: Period| {
            periods
                .entry(period)
                .or_insert_with(|| Arc::from(period.to_string()))
                .clone()
        };
        let (mut inputs, mut places) = (Vec::new(), Vec::new());
        for row in self.table.good_rows() {
            match self.layout {
                ObservationLayout::Long { .. } => {
                    if let Some((input, period)) = long_input(self.layout, row) {
                        inputs.push(ObservationInput {
                            period: written(period),
                            ..input
                        });
                        places.push((row.line, 4));
                    }
                }
                ObservationLayout::Wide { period } => {
                    let CellValue::Unit(unit) = &row.values[0] else {
                        continue;
                    };
                    for (column, value) in row.values.iter().enumerate().skip(2) {
                        if let CellValue::Integer(value) = value {
                            inputs.push(ObservationInput {
                                indicator: keys[column].clone(),
                                admin_unit_id: unit.id.clone(),
                                period: written(period),
                                value: *value,
                                source: None,
                            });
                            places.push((row.line, column));
                        }
                    }
                }
            }
        }
        (self.inputs, self.places) = (inputs, places);
    }

    /// The row in the file that a figure stands in.
    pub fn line(&self, input: usize) -> u32 {
        self.places[input].0
    }

    /// Writes what the use case finds wrong into the table.
    pub fn add_faults(&mut self, faults: Vec<RowFault>) {
        let at = |fault: &RowFault| {
            let (line, column) = self.places[fault.row];
            let column = match (fault.field, self.layout) {
                ("admin_unit_id", _) => 0,
                ("indicator", ObservationLayout::Long { .. }) => 2,
                ("period", ObservationLayout::Long { .. }) => 3,
                _ => column,
            };
            (line, column)
        };
        let placed: Vec<_> = faults
            .into_iter()
            .map(|fault| {
                let (line, column) = at(&fault);
                (line, column, rule(fault))
            })
            .collect();
        self.table.add_faults(placed);
    }
}

fn long_input(layout: ObservationLayout, row: &TableRow) -> Option<(ObservationInput, Period)> {
    let [unit, _, indicator, period, value, source] = &*row.values else {
        return None;
    };
    let (CellValue::Unit(unit), CellValue::Choice(indicator)) = (unit, indicator) else {
        return None;
    };
    let (CellValue::Period(period), CellValue::Integer(value)) = (period, value) else {
        return None;
    };
    let source = match source {
        CellValue::Text(text) => Some(Arc::from(text.as_str())),
        _ => None,
    };
    let input = ObservationInput {
        indicator: indicator.clone(),
        admin_unit_id: unit.id.clone(),
        period: Arc::from(""),
        value: *value,
        source,
    };
    Some((input, layout.period(*period)?))
}

fn rule(fault: RowFault) -> RuleFault {
    let message_en = match fault.code {
        "observation.out_of_scope" => {
            "the unit is not within your scope; remove the row or mend the unit"
        }
        "observation.period_in_future" => "the period has not begun; choose one that has",
        "observation.overlapping_period" => {
            "the unit has reported another period that shares days with this one; mend that one, or the period"
        }
        "observation.reported_elsewhere" => {
            "a unit above or below has reported this; one level reports in a period, or it counts twice"
        }
        "observation.period_locked" => "the period is locked; give a reason, or have it unlocked",
        "observation.duplicate_row" => {
            "the same indicator, unit and period as another row; keep one of them"
        }
        "admin_unit.not_in_force" => {
            "the unit does not exist on the last day of the period; write its successor"
        }
        _ => "this breaks a rule; see the Vietnamese text",
    };
    RuleFault {
        code: fault.code,
        message_vi: format!("{} {}", fault.message, fault.fix),
        message_en: message_en.to_owned(),
    }
}
