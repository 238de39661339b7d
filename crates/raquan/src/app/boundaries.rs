//! Units that are not there on a day, and those that hold their people then.

use domain::admin_units::{AdminUnits, UnitIx};
use domain::vietnamese;
use jiff::civil::Date;

use super::Fault;

/// What to say of a field when its unit is not on the boundaries of a day: which units are there instead.
pub(super) fn not_on_boundaries(
    units: &AdminUnits,
    field: &str,
    unit: UnitIx,
    day: Date,
) -> Option<Fault> {
    if units.at(unit, day).is_some() {
        return None;
    }
    let (others, is_later) = counterparts(units, unit, day);
    let names: Vec<String> = others
        .iter()
        .map(|other| {
            format!(
                "{} ({})",
                units.nearest(*other, day).full_name,
                units.id(*other)
            )
        })
        .collect();
    let own = units.nearest(unit, day);
    let what = if is_later {
        "kế tiếp"
    } else {
        "trước đó"
    };
    let fix = if names.is_empty() {
        "Chọn đơn vị khác hoặc ngày khác.".to_owned()
    } else {
        format!("Chọn đơn vị {what}: {}.", names.join(", "))
    };
    Some(Fault::new(
        field,
        "admin_unit.not_on_boundaries",
        format!(
            "{} ({}) không có trong địa giới ngày {}.",
            own.full_name,
            units.id(unit),
            vietnamese::date(day)
        ),
        fix,
    ))
}

/// The units that hold a unit's people on a day, and whether that is after the unit's time.
pub(super) fn counterparts(units: &AdminUnits, unit: UnitIx, day: Date) -> (Vec<UnitIx>, bool) {
    let first = units.rows(unit).first().and_then(|row| row.valid_from);
    let is_later = first.is_none_or(|first| first <= day);
    let ways = if is_later {
        units.successors(unit, AdminUnits::known_from(), day)
    } else {
        units.predecessors(unit, Date::MAX, day)
    };
    let carried = ways.into_iter().filter(|way| way.carries_people);
    (carried.filter_map(|way| way.unit).collect(), is_later)
}
