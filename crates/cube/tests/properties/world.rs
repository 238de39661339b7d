//! Random worlds: trees that change over time, ways from one to another, facts and questions.

use std::collections::HashMap;
use std::sync::Arc;

use cube::{Boundaries, Days, Eras, Fact, IndicatorIx, Nature, OrgIx, State, StateSet};
use domain::admin_units::{Marks, Numbering, Restatement, Target, UnitIx};
use domain::period::{Period, PeriodKind};
use jiff::civil::{Date, date};

/// Numbers that look random and follow from a seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// First indicator a flow, second a stock.
pub const NATURES: [Nature; 2] = [Nature::Flow, Nature::Stock];

const FIRST_DAY: Date = date(2021, 8, 1);
const DAY_COUNT: usize = 1000;

fn day(dice: &mut Dice) -> Date {
    FIRST_DAY.saturating_add(jiff::Span::new().days(dice.below(DAY_COUNT) as i64))
}

type Ways = Arc<HashMap<(Date, Date), Arc<Restatement>>>;

pub struct World {
    pub numberings: Vec<Arc<Numbering>>,
    pub ways: Ways,
}

impl World {
    pub fn new(dice: &mut Dice, unit_count: usize, era_count: usize) -> World {
        let mut numberings: Vec<Arc<Numbering>> = Vec::new();
        let mut first = date(2021, 11, 1);
        for era in 0..era_count {
            let mut list: Vec<(UnitIx, Option<UnitIx>)> = Vec::new();
            for unit in 0..unit_count as u32 {
                // The unit of the era's own number is always in force, so that no two trees are alike.
                let is_own = unit as usize == era % unit_count;
                let is_other_own = (unit as usize) < era_count && !is_own;
                if is_other_own || (!is_own && dice.chance(4)) {
                    continue;
                }
                let parent = (!list.is_empty() && !dice.chance(5)).then(|| dice.pick(&list).0);
                list.push((UnitIx(unit), parent));
            }
            dice.shuffle(&mut list);
            numberings.push(Arc::new(Numbering::new(first, list).unwrap()));
            let days = if dice.chance(3) {
                20
            } else {
                1 + dice.below(500) as i64
            };
            first = first.saturating_add(jiff::Span::new().days(days));
            if dice.chance(2) {
                first = first
                    .first_of_month()
                    .saturating_add(jiff::Span::new().months(1));
            }
        }
        let mut ways = HashMap::new();
        for from in &numberings {
            for to in &numberings {
                if from != to {
                    ways.insert(
                        (from.boundary_date, to.boundary_date),
                        Arc::new(way(dice, from, to)),
                    );
                }
            }
        }
        World {
            numberings,
            ways: Arc::new(ways),
        }
    }

    pub fn eras(&self) -> Eras {
        let ways = Arc::clone(&self.ways);
        Eras::new(
            self.numberings.clone(),
            Box::new(move |from, to| Arc::clone(&ways[&(from, to)])),
        )
    }

    pub fn numbering(&self, on: Date) -> &Arc<Numbering> {
        self.numberings
            .iter()
            .rev()
            .find(|numbering| numbering.boundary_date <= on)
            .unwrap_or(&self.numberings[0])
    }

    /// Facts, some of them taken back, in an order in which the taking back may come first.
    pub fn facts(&self, dice: &mut Dice, count: usize) -> Vec<Fact> {
        let mut facts = Vec::new();
        for _ in 0..count {
            let mut on = day(dice);
            match dice.below(8) {
                0..4 => on = on.last_of_month(),
                4 => on = dice.pick(&self.numberings).boundary_date,
                5 => {
                    on = dice
                        .pick(&self.numberings)
                        .boundary_date
                        .yesterday()
                        .unwrap()
                }
                _ => {}
            }
            let numbering = self.numbering(on);
            let unit = numbering
                .unit(1 + dice.below(numbering.len() - 1) as u32)
                .unwrap();
            let fact = Fact {
                indicator: IndicatorIx(dice.below(2) as u16),
                unit,
                organization: (!dice.chance(3)).then(|| OrgIx(dice.below(3) as u32)),
                day: on,
                state: *dice.pick(&State::ALL),
                value: match dice.below(6) {
                    0 => dice.below(1 << 40) as i64,
                    1 => -(dice.below(30) as i64),
                    2 => 0,
                    _ => dice.below(30) as i64,
                },
                reports: 1,
            };
            facts.push(fact);
            if dice.chance(4) {
                facts.push(fact.negated());
                if dice.chance(2) {
                    facts.push(Fact {
                        value: fact.value + 7,
                        ..fact
                    });
                }
            }
        }
        dice.shuffle(&mut facts);
        facts
    }

    pub fn unit(&self, dice: &mut Dice) -> Option<UnitIx> {
        let numbering = dice.pick(&self.numberings).clone();
        numbering.unit(dice.below(numbering.len()) as u32)
    }
}

fn way(dice: &mut Dice, from: &Arc<Numbering>, to: &Arc<Numbering>) -> Restatement {
    let mut sources = vec![(
        vec![Target {
            position: 0,
            weight: 1,
        }],
        Marks::default(),
    )];
    for _ in 1..from.len() {
        let mut targets: Vec<Target> = Vec::new();
        for _ in 0..if dice.chance(3) { 1 + dice.below(3) } else { 1 } {
            let position = dice.below(to.len()) as u32;
            if targets.iter().all(|target| target.position != position) {
                targets.push(Target {
                    position,
                    weight: 1 + dice.below(5) as u32,
                });
            }
        }
        let marks = Marks {
            divided: targets.len() > 1,
            uncertain: dice.chance(8),
            ..Marks::default()
        };
        sources.push((targets, marks));
    }
    Restatement::new(Arc::clone(from), Arc::clone(to), sources)
}

/// What the questions have in common with [`cube::Query`], without its references.
#[derive(Clone, Debug)]
pub struct Question {
    pub indicator: IndicatorIx,
    pub states: StateSet,
    pub periods: Vec<Days>,
    pub boundaries: Boundaries,
    pub organization: Option<OrgIx>,
}

impl Question {
    pub fn random(dice: &mut Dice, numberings: &[Arc<Numbering>]) -> Question {
        Question {
            indicator: IndicatorIx(dice.below(2) as u16),
            states: *dice.pick(&[
                StateSet::REPORTED,
                StateSet::CLAIMED,
                StateSet::ALL,
                StateSet::of(&[State::Claimed, State::Confirmed]),
            ]),
            periods: periods(dice, numberings),
            boundaries: if dice.chance(2) {
                Boundaries::AsWas
            } else {
                Boundaries::On(day(dice))
            },
            organization: dice.chance(4).then(|| OrgIx(dice.below(3) as u32)),
        }
    }
}

fn periods(dice: &mut Dice, numberings: &[Arc<Numbering>]) -> Vec<Days> {
    match dice.below(4) {
        0 => {
            let first = dice.pick(numberings).boundary_date;
            let days = dice.below(60) as i64;
            vec![Days {
                first,
                last: first.saturating_add(jiff::Span::new().days(days)),
            }]
        }
        1 => {
            let (one, other) = (day(dice), day(dice));
            vec![Days {
                first: one.min(other),
                last: one.max(other),
            }]
        }
        2 => {
            let mut month = Period::month(day(dice));
            let mut months = Vec::new();
            for _ in 0..1 + dice.below(30) {
                months.push(Days::from(month));
                month = month.next();
            }
            months
        }
        _ => (0..4)
            .map(|_| Days::from(Period::containing(*dice.pick(&PeriodKind::ALL), day(dice))))
            .collect(),
    }
}
