//! The cube said once more, slowly: a list of facts that is read from end to end for every figure.

use std::collections::{BTreeMap, BTreeSet};

use cube::{Boundaries, Cell, Days, Fact, Nature, State};
use domain::admin_units::{Numbering, UnitIx, apportion};
use jiff::civil::Date;

use crate::world::{NATURES, Question, World};

/// One value of a unit that reported in an era.
struct Piece {
    era: Date,
    unit: UnitIx,
    value: i64,
}

/// The figure of a unit (none: the country); none where the unit is not on the boundaries.
pub fn figure(
    world: &World,
    facts: &[Fact],
    question: &Question,
    days: Days,
    unit: Option<UnitIx>,
) -> Option<Cell> {
    let boundary_date = match question.boundaries {
        Boundaries::AsWas => days.last,
        Boundaries::On(day) => day,
    };
    let to = world.numbering(boundary_date);
    let range = to.range(unit)?;
    let mut cell = Cell {
        value: None,
        reports: 0,
        apportioned: false,
        summed: false,
        boundary_date,
    };
    let mut reporters: BTreeSet<UnitIx> = BTreeSet::new();
    let mut value = 0;
    for state in State::ALL
        .into_iter()
        .filter(|state| question.states.contains(*state))
    {
        // A later stand hides earlier ones on the same territory, within the unit asked for.
        let mut later: Vec<u32> = Vec::new();
        let mut same_era: Vec<u32> = Vec::new();
        let mut era = None;
        for piece in pieces(world, facts, question, days, state) {
            if era != Some(piece.era) {
                era = Some(piece.era);
                later.append(&mut same_era);
            }
            let (shares, is_uncertain) = shares(world, &piece, to);
            let mut used = 0;
            for (position, part) in &shares {
                if !range.contains(position) {
                    continue;
                }
                same_era.push(*position);
                let is_hidden = NATURES[question.indicator.0 as usize] == Nature::Stock
                    && later.iter().any(|stand| related(to, *stand, *position));
                if !is_hidden {
                    used += 1;
                    value += part;
                }
            }
            if used == 0 {
                continue;
            }
            reporters.insert(piece.unit);
            let is_at_unit =
                unit.is_some() && shares.iter().all(|(position, _)| *position == range.start);
            cell.apportioned |= used < shares.len() || (is_uncertain && is_at_unit);
        }
    }
    cell.reports = reporters.len() as u32;
    cell.value = (cell.reports > 0).then_some(value);
    cell.summed = reporters.iter().any(|reporter| Some(*reporter) != unit);
    Some(cell)
}

/// Whether one position is the other, lies above it or below it.
fn related(numbering: &Numbering, one: u32, other: u32) -> bool {
    numbering.range_at(one).contains(&other) || numbering.range_at(other).contains(&one)
}

/// Where a piece goes, and whether that is uncertain.
fn shares(world: &World, piece: &Piece, to: &Numbering) -> (Vec<(u32, i64)>, bool) {
    let from = world.numbering(piece.era);
    let position = from.position(piece.unit).unwrap();
    if from.boundary_date == to.boundary_date {
        return (vec![(position, piece.value)], false);
    }
    let way = &world.ways[&(from.boundary_date, to.boundary_date)];
    let mut shares = Vec::new();
    apportion(piece.value, way.targets(position), |target, part| {
        shares.push((target, part))
    });
    (shares, way.is_apportioned(position))
}

/// Flow: the value of every unit in every month and era of the days. Stock: its latest stand in every era.
/// The latest era comes first.
fn pieces(
    world: &World,
    facts: &[Fact],
    question: &Question,
    days: Days,
    state: State,
) -> Vec<Piece> {
    let mut by_day: BTreeMap<(Date, UnitIx, Date), (i64, i32)> = BTreeMap::new();
    for fact in facts {
        let is_asked = fact.indicator == question.indicator
            && fact.state == state
            && (question.organization.is_none() || fact.organization == question.organization)
            && (days.first..=days.last).contains(&fact.day);
        if is_asked {
            let era = world.numbering(fact.day).boundary_date;
            let entry = by_day.entry((era, fact.unit, fact.day)).or_default();
            entry.0 += fact.value;
            entry.1 += fact.reports;
        }
    }
    let mut pieces: BTreeMap<(Date, UnitIx, Date), i64> = BTreeMap::new();
    for ((era, unit, day), (value, _)) in
        by_day.into_iter().filter(|(_, (_, reports))| *reports > 0)
    {
        match NATURES[question.indicator.0 as usize] {
            Nature::Flow => *pieces.entry((era, unit, day.first_of_month())).or_default() += value,
            Nature::Stock => {
                pieces.insert((era, unit, era), value);
            }
        }
    }
    pieces
        .into_iter()
        .rev()
        .map(|((era, unit, _), value)| Piece { era, unit, value })
        .collect()
}
