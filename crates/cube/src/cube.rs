//! The cube: takes facts, answers questions.

use std::ops::Range;

use domain::admin_units::UnitIx;
use jiff::civil::Date;

use crate::calendar::{Day, Month, Span, month_of};
use crate::crossing::Sources;
use crate::eras::Eras;
use crate::facts::{Fact, IndicatorIx, Nature, OrgIx, State, StateSet};
use crate::month_runs::{Planes, sum_months};
use crate::organizations::Organizations;
use crate::page::{ROWS, bits};
use crate::plane::Plane;
use crate::positions::Positions;
use crate::query::{Below, Boundaries, Cell, CubeError, Days, Query, Row, Sum};
use crate::spans::{UnitCells, sum_spans};

/// Indicator values in memory. See the crate's text for how they are laid out.
#[derive(Debug)]
pub struct Cube {
    /// Per indicator.
    natures: Vec<Nature>,
    eras: Eras,
    /// By indicator, state and era.
    planes: Vec<Option<Box<Plane>>>,
    organizations: Organizations,
}

/// Periods of a question that are answered together.
struct Group {
    /// Index of the first period.
    start: usize,
    /// Number of periods.
    length: usize,
    /// Era of the boundaries asked for.
    to: usize,
    kind: GroupKind,
}

enum GroupKind {
    /// Calendar months that follow one another, all of one era.
    Months { era: usize, first: Month },
    /// One period of any days.
    Days(Vec<Span>),
}

impl Cube {
    /// An empty cube for indicators of these natures; an indicator's handle is its index among them.
    pub fn new(natures: Vec<Nature>, eras: Eras) -> Cube {
        let count = natures.len() * State::ALL.len() * eras.len();
        let planes = (0..count).map(|_| None).collect();
        Cube {
            natures,
            eras,
            planes,
            organizations: Organizations::default(),
        }
    }

    fn plane_index(&self, indicator: IndicatorIx, state: State, era: usize) -> usize {
        (indicator.0 as usize * State::ALL.len() + state as usize) * self.eras.len() + era
    }

    fn nature(&self, indicator: IndicatorIx) -> Result<Nature, CubeError> {
        let known = self.natures.len();
        let nature = self.natures.get(indicator.0 as usize).copied();
        nature.ok_or(CubeError::UnknownIndicator {
            indicator: indicator.0,
            known,
        })
    }

    /// Adds a fact; the next answer has it. The order of facts never matters.
    ///
    /// Errors: `UnknownIndicator`; `UnitNotInForce` when the unit is not in force on the fact's day.
    pub fn apply(&mut self, fact: &Fact) -> Result<(), CubeError> {
        let nature = self.nature(fact.indicator)?;
        let era_index = self.eras.era_of(fact.day);
        let era = self.eras.era(era_index);
        let position = era.numbering.position(fact.unit);
        let position = position.ok_or(CubeError::UnitNotInForce {
            unit: fact.unit,
            day: fact.day,
        })?;
        if fact.value == 0 && fact.reports == 0 {
            return Ok(());
        }
        let day = Day::of(fact.day);
        let (origin, width) = (era.origin, era.width);
        let index = self.plane_index(fact.indicator, fact.state, era_index);
        let plane =
            self.planes[index].get_or_insert_with(|| Box::new(Plane::new(nature, origin, width)));
        plane.add(position, day, fact.value, fact.reports);
        if let Some(organization) = fact.organization {
            let key = (fact.indicator, fact.state, organization, era_index as u16);
            self.organizations
                .add(key, (position, day), fact.value, fact.reports);
        }
        Ok(())
    }

    /// The states among these in which the indicator has any value.
    pub fn states(&self, indicator: IndicatorIx, among: StateSet) -> StateSet {
        let has = |state: &State| {
            let mut eras = 0..self.eras.len();
            among.contains(*state)
                && eras.any(|era| {
                    let index = self.plane_index(indicator, *state, era);
                    self.planes.get(index).is_some_and(Option::is_some)
                })
        };
        let states: Vec<State> = State::ALL.into_iter().filter(has).collect();
        StateSet::of(&states)
    }

    /// The figures of one unit, one for each period.
    ///
    /// A flow is the sum of the period's days. A stock is, for every unit that reported, its latest stand within
    /// the period, and nothing where it has none there; see the crate's tests for periods in which boundaries changed.
    ///
    /// Errors: `UnknownIndicator`; `UnitNotOnBoundary` when the unit is not on a period's boundaries.
    pub fn series(&self, query: &Query) -> Result<Vec<Cell>, CubeError> {
        let nature = self.nature(query.indicator)?;
        let groups = self.groups(query.periods, query.boundaries);
        if let Some(unit) = query.unit {
            for group in &groups {
                if self.eras.era(group.to).numbering.position(unit).is_none() {
                    let boundary_date =
                        boundary_date(query.boundaries, &query.periods[group.start]);
                    return Err(CubeError::UnitNotOnBoundary {
                        unit,
                        boundary_date,
                    });
                }
            }
        }
        Ok(self.with_planes(query, query.organization, |planes| {
            self.cells(nature, query, &groups, planes, query.unit)
        }))
    }

    /// The figures of many units at once: those right below the unit asked for on the last period's boundaries, or a given list.
    ///
    /// Errors: `UnknownIndicator`; `UnitNotOnBoundary` when children are asked of a unit that is not on these boundaries.
    pub fn breakdown(&self, query: &Query, below: Below) -> Result<Vec<Row>, CubeError> {
        let nature = self.nature(query.indicator)?;
        let groups = self.groups(query.periods, query.boundaries);
        let children;
        let units = match below {
            Below::Units(units) => units,
            Below::Children => {
                children = self.children(query)?;
                &children[..]
            }
        };
        Ok(self.with_planes(query, query.organization, |planes| {
            let row = |unit: &UnitIx| Row {
                unit: *unit,
                cells: self.cells(nature, query, &groups, planes, Some(*unit)),
            };
            units.iter().map(row).collect()
        }))
    }

    /// The figures of the unit by organization they are credited to; organizations without any are left out.
    ///
    /// On other boundaries than those of the time, each organization's values are shared out by themselves,
    /// so they can differ by roundings from the unit's figure.
    ///
    /// Errors: as [`Cube::series`].
    pub fn by_organization(&self, query: &Query) -> Result<Vec<(OrgIx, Vec<Cell>)>, CubeError> {
        let states = State::ALL
            .into_iter()
            .filter(|state| query.states.contains(*state));
        let mut organizations: Vec<OrgIx> = states
            .flat_map(|state| self.organizations.of(query.indicator, state))
            .collect();
        organizations.sort_unstable();
        organizations.dedup();
        let mut found = Vec::new();
        for organization in organizations {
            let cells = self.series(&Query {
                organization: Some(organization),
                ..*query
            })?;
            if cells.iter().any(|cell| cell.reports > 0) {
                found.push((organization, cells));
            }
        }
        Ok(found)
    }

    /// Many indicators of many units over many periods: cells ordered by indicator, unit, period.
    ///
    /// Errors: `UnknownIndicator`. Where a unit is not on a period's boundaries, the cell has no value.
    pub fn rollup(
        &self,
        indicators: &[IndicatorIx],
        states: StateSet,
        units: &[UnitIx],
        periods: &[Days],
        boundaries: Boundaries,
    ) -> Result<Vec<Cell>, CubeError> {
        let groups = self.groups(periods, boundaries);
        let mut all = Vec::with_capacity(indicators.len() * units.len() * periods.len());
        for indicator in indicators {
            let nature = self.nature(*indicator)?;
            let query = Query {
                indicator: *indicator,
                states,
                unit: None,
                periods,
                boundaries,
                organization: None,
            };
            self.with_planes(&query, None, |planes| {
                for unit in units {
                    all.extend(self.cells(nature, &query, &groups, planes, Some(*unit)));
                }
            });
        }
        Ok(all)
    }

    /// Who reported within a period, among the units at a range of positions on the boundaries of its last day.
    /// A unit that reported before boundaries changed within the period stands at every position that followed it.
    ///
    /// Errors: `UnknownIndicator`.
    pub fn reporters(
        &self,
        indicator: IndicatorIx,
        states: StateSet,
        period: Days,
        range: Range<u32>,
    ) -> Result<Positions, CubeError> {
        self.nature(indicator)?;
        let to = self.eras.era_of(period.last);
        let mut found = Positions::none(self.eras.era(to).numbering.len());
        for span in self.eras.spans(period.first, period.last) {
            let planes: Vec<&Plane> = State::ALL
                .into_iter()
                .filter(|state| states.contains(*state))
                .filter_map(|state| {
                    self.planes[self.plane_index(indicator, state, span.era)].as_deref()
                })
                .collect();
            if planes.is_empty() {
                continue;
            }
            let reported = |chunk: u32, rows: u64| {
                let seen = planes.iter().map(|plane| plane.reported(span, chunk, rows));
                seen.fold(0, |all, seen| all | seen)
            };
            if span.era == to {
                for (chunk, rows) in Sources::of_range(range.clone()).whole {
                    found.insert_rows(chunk, reported(chunk, rows));
                }
                continue;
            }
            let crossing = self.eras.crossing(span.era, to);
            let sources = crossing.sources(range.clone());
            let parts = sources.parts.iter();
            let parts = parts.map(|source| (source / ROWS, 1 << (source % ROWS)));
            for (chunk, rows) in sources.whole.iter().copied().chain(parts) {
                for row in bits(reported(chunk, rows)) {
                    for position in crossing.targets(chunk * ROWS + row) {
                        found.insert(position);
                    }
                }
            }
        }
        Ok(found)
    }

    /// Bytes that the values take, about; without the numberings.
    pub fn size_bytes(&self) -> usize {
        let planes: usize = self
            .planes
            .iter()
            .flatten()
            .map(|plane| plane.size_bytes())
            .sum();
        planes
            + self.planes.capacity() * size_of::<Option<Box<Plane>>>()
            + self.organizations.size_bytes()
    }

    fn children(&self, query: &Query) -> Result<Vec<UnitIx>, CubeError> {
        let Some(period) = query.periods.last() else {
            return Ok(Vec::new());
        };
        let boundary_date = boundary_date(query.boundaries, period);
        let numbering = &self.eras.era(self.eras.era_of(boundary_date)).numbering;
        let Some(range) = numbering.range(query.unit) else {
            let unit = query.unit.expect("the country is on all boundaries");
            return Err(CubeError::UnitNotOnBoundary {
                unit,
                boundary_date,
            });
        };
        let mut children = Vec::new();
        let mut position = range.start + 1;
        while position < range.end {
            children.push(
                numbering
                    .unit(position)
                    .expect("positions from 1 to the end are units"),
            );
            position = numbering.range_at(position).end;
        }
        Ok(children)
    }

    /// Puts periods together that can be answered in one walk.
    fn groups(&self, periods: &[Days], boundaries: Boundaries) -> Vec<Group> {
        let fixed = match boundaries {
            Boundaries::AsWas => None,
            Boundaries::On(day) => Some(self.eras.era_of(day)),
        };
        let mut groups: Vec<Group> = Vec::new();
        for (start, period) in periods.iter().enumerate() {
            let (from, last) = (
                self.eras.era_of(period.first),
                self.eras.era_of(period.last),
            );
            let to = fixed.unwrap_or(last);
            let month = month_of(period.first);
            let is_month = period.first.day() == 1
                && month == month_of(period.last)
                && Day::of(period.last).is_month_end();
            if !is_month || from != last {
                let spans = self.eras.spans(period.first, period.last).collect();
                groups.push(Group {
                    start,
                    length: 1,
                    to,
                    kind: GroupKind::Days(spans),
                });
                continue;
            }
            if let Some(Group {
                length,
                to: same_to,
                kind: GroupKind::Months { era, first },
                ..
            }) = groups.last_mut()
                && (*same_to, *era, *first + *length as Month) == (to, from, month)
            {
                *length += 1;
            } else {
                groups.push(Group {
                    start,
                    length: 1,
                    to,
                    kind: GroupKind::Months {
                        era: from,
                        first: month,
                    },
                });
            }
        }
        groups
    }

    /// Calls `ask` with the planes of the query's indicator and states, era by era.
    fn with_planes<T>(
        &self,
        query: &Query,
        organization: Option<OrgIx>,
        ask: impl FnOnce(&[Planes]) -> T,
    ) -> T {
        let states = State::ALL.map(|state| query.states.contains(state).then_some(state));
        let Some(organization) = organization else {
            let of_era = |era| {
                states.map(|state| {
                    self.planes[self.plane_index(query.indicator, state?, era)].as_deref()
                })
            };
            let planes: Vec<Planes> = (0..self.eras.len()).map(of_era).collect();
            return ask(&planes);
        };
        let nature = self.natures[query.indicator.0 as usize];
        let of_era = |era: usize| {
            states.map(|state| {
                let key = (query.indicator, state?, organization, era as u16);
                self.organizations.plane(key, nature, self.eras.era(era))
            })
        };
        let made: Vec<[Option<Plane>; 3]> = (0..self.eras.len()).map(of_era).collect();
        let planes: Vec<Planes> = made
            .iter()
            .map(|planes| planes.each_ref().map(Option::as_ref))
            .collect();
        ask(&planes)
    }

    /// The cells of a unit; without value where it is not on the boundaries.
    fn cells(
        &self,
        nature: Nature,
        query: &Query,
        groups: &[Group],
        planes: &[Planes],
        unit: Option<UnitIx>,
    ) -> Vec<Cell> {
        let mut sums = vec![Sum::default(); query.periods.len()];
        for group in groups {
            let sums = &mut sums[group.start..group.start + group.length];
            match &group.kind {
                GroupKind::Months { era, first } => {
                    if let Some(cells) = UnitCells::of(&self.eras, *era, group.to, unit) {
                        sum_months(
                            nature,
                            self.eras.era(*era),
                            &planes[*era],
                            &cells,
                            *first,
                            sums,
                        );
                    }
                }
                GroupKind::Days(spans) => {
                    let cells: Option<Vec<UnitCells>> = spans
                        .iter()
                        .map(|span| UnitCells::of(&self.eras, span.era, group.to, unit))
                        .collect();
                    if let Some(cells) = cells {
                        sums[0] =
                            sum_spans(nature, &self.eras, planes, spans, &cells, group.to, unit);
                    }
                }
            }
        }
        let finish =
            |(sum, period): (Sum, &Days)| sum.cell(boundary_date(query.boundaries, period));
        sums.into_iter().zip(query.periods).map(finish).collect()
    }
}

/// The day whose boundaries a period's figure is on.
fn boundary_date(boundaries: Boundaries, period: &Days) -> Date {
    match boundaries {
        Boundaries::AsWas => period.last,
        Boundaries::On(day) => day,
    }
}
