//! The cube in step with the database: built at the start, added to by every commit, built again when
//! another program has written.
//!
//! Every change has a number within its province. A snapshot of the facts knows up to which number it
//! reaches, so a commit is added exactly once, whether it came before, during or after the snapshot.
//! Changes of other programs are not added one by one, since the facts they took away are gone: the
//! cube is built anew from the facts.

use std::collections::{BTreeSet, HashMap};
use std::sync::RwLock;
use std::time::Duration;

use cube::{Cube, Eras, Fact, IndicatorIx, Nature, OrgIx, State};
use domain::admin_units::{AdminUnits, UnitIx};
use domain::indicators::{IndicatorNature, Indicators};
use domain::period::Period;
use store::changes::{ChangeHead, change_head_list, change_list_of_figures};
use store::facts::{FactCell, FactRow, fact_snapshot};
use store::targets::{TargetRow, target_list_current};
use store::{Db, StoreError};
use tokio::sync::Mutex;

use super::completeness::Layouts;
use super::memo::Memo;

/// What one accepted write did to the figures.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Province of the change.
    pub province_id: String,
    /// Its number there.
    pub seq: i64,
    /// Facts taken away.
    pub removed: Vec<FactRow>,
    /// Facts added.
    pub added: Vec<FactRow>,
    /// Targets set.
    pub targets: Vec<TargetRow>,
}

impl Commit {
    fn changes_figures(&self) -> bool {
        !(self.removed.is_empty() && self.added.is_empty() && self.targets.is_empty())
    }
}

/// Every figure, in memory.
#[derive(Debug)]
pub struct Figures {
    units: &'static AdminUnits,
    indicators: Indicators,
    layouts: Layouts,
    inner: RwLock<Inner>,
    pub(super) memo: Memo,
    /// Held while the figures are built again: two at once would lose commits.
    rebuilding: Mutex<()>,
}

#[derive(Debug)]
struct Inner {
    state: FigureState,
    /// Counted on whenever a figure may have changed.
    version: u64,
    /// Commits since a snapshot was begun that is still being read.
    since_snapshot: Option<Vec<Commit>>,
}

/// Of cells that are not in the figures, so many are named in the log.
const EXAMPLES: usize = 5;

/// What answers are read from.
#[derive(Debug)]
pub(super) struct FigureState {
    /// An indicator's handle is its place in the catalogue.
    pub cube: Cube,
    organizations: HashMap<String, OrgIx>,
    targets: HashMap<(IndicatorIx, Option<UnitIx>), Vec<TargetValue>>,
    /// Per province, which changes are in.
    seen: HashMap<String, Seen>,
}

/// A target as figures are compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TargetValue {
    pub period: Period,
    pub value: i64,
    pub revision: i64,
}

/// The changes of a province that are in: all up to a number, and some beyond.
#[derive(Debug, Default, Clone)]
struct Seen {
    upto: i64,
    beyond: BTreeSet<i64>,
}

impl Seen {
    /// False when it is in already.
    fn insert(&mut self, seq: i64) -> bool {
        if seq <= self.upto || !self.beyond.insert(seq) {
            return false;
        }
        while self.beyond.remove(&(self.upto + 1)) {
            self.upto += 1;
        }
        true
    }

    /// Takes all up to a number as being in.
    fn skip_to(&mut self, seq: i64) {
        self.upto = self.upto.max(seq);
        self.beyond = self.beyond.split_off(&(self.upto + 1));
    }

    fn has_all_up_to(&self, seq: i64) -> bool {
        (self.upto + 1..=seq).all(|number| self.beyond.contains(&number))
    }
}

/// Why a fact is not in the figures.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("the indicator is not in the catalogue")]
    Indicator,
    #[error("the unit is unknown")]
    Unit,
    #[error("the day is no date")]
    Day,
    #[error("the state is none of reported, claimed, confirmed")]
    State,
    #[error(transparent)]
    Cube(#[from] cube::CubeError),
}

/// The parts of a fact that the cube wants, as texts.
struct FactText<'a> {
    indicator: &'a str,
    unit: &'a str,
    organization: Option<&'a str>,
    day: &'a str,
    state: &'a str,
    value: i64,
    reports: i64,
}

impl FigureState {
    fn empty(units: &'static AdminUnits, indicators: &Indicators) -> FigureState {
        let nature = |nature| match nature {
            IndicatorNature::Flow => Nature::Flow,
            // A ratio has no facts; its place is kept so that places are handles.
            IndicatorNature::Stock | IndicatorNature::Ratio => Nature::Stock,
        };
        let natures = indicators.iter().map(|one| nature(one.nature)).collect();
        FigureState {
            cube: Cube::new(natures, Eras::of(units)),
            organizations: HashMap::new(),
            targets: HashMap::new(),
            seen: HashMap::new(),
        }
    }

    fn add(
        &mut self,
        units: &AdminUnits,
        indicators: &Indicators,
        text: &FactText<'_>,
    ) -> Result<(), Refused> {
        let indicator = indicators
            .get(text.indicator)
            .filter(|one| one.nature != IndicatorNature::Ratio)
            .and_then(|one| handle(indicators, &one.id))
            .ok_or(Refused::Indicator)?;
        let unit = units.get(text.unit).ok_or(Refused::Unit)?;
        let day = text.day.parse().map_err(|_| Refused::Day)?;
        let state = state_of(text.state).ok_or(Refused::State)?;
        let organization = text.organization.map(|id| {
            let next = OrgIx(u32::try_from(self.organizations.len()).unwrap_or(u32::MAX));
            *self.organizations.entry(id.to_owned()).or_insert(next)
        });
        self.cube.apply(&Fact {
            indicator,
            unit,
            organization,
            day,
            state,
            value: text.value,
            reports: i32::try_from(text.reports).unwrap_or(i32::MAX),
        })?;
        Ok(())
    }

    fn add_cell(
        &mut self,
        units: &AdminUnits,
        indicators: &Indicators,
        cell: &FactCell,
    ) -> Result<(), Refused> {
        let text = FactText {
            indicator: &cell.indicator,
            unit: &cell.admin_unit_id,
            organization: cell.organization_id.as_deref(),
            day: &cell.day,
            state: &cell.state,
            value: cell.value,
            reports: cell.records,
        };
        self.add(units, indicators, &text)
    }

    fn add_row(&mut self, units: &AdminUnits, indicators: &Indicators, row: &FactRow, sign: i64) {
        let text = FactText {
            indicator: &row.indicator,
            unit: &row.admin_unit_id,
            organization: row.organization_id.as_deref(),
            day: &row.day,
            state: &row.state,
            value: sign * row.value,
            reports: sign,
        };
        if let Err(error) = self.add(units, indicators, &text) {
            tracing::warn!(
                %error, indicator = row.indicator, admin_unit.id = row.admin_unit_id, day = row.day,
                source.entity = row.source_entity, source.id = row.source_id,
                "a fact is kept but not in the figures"
            );
        }
    }

    fn add_commit(&mut self, units: &AdminUnits, indicators: &Indicators, commit: &Commit) {
        let seen = self.seen.entry(commit.province_id.clone()).or_default();
        if !seen.insert(commit.seq) {
            return;
        }
        for row in &commit.removed {
            self.add_row(units, indicators, row, -1);
        }
        for row in &commit.added {
            self.add_row(units, indicators, row, 1);
        }
        for row in &commit.targets {
            self.set_target(units, indicators, row);
        }
    }

    /// A revision that is not newer than the one known changes nothing.
    fn set_target(&mut self, units: &AdminUnits, indicators: &Indicators, row: &TargetRow) {
        let unit = if row.admin_unit_id == super::super::COUNTRY {
            Some(None)
        } else {
            units.get(&row.admin_unit_id).map(Some)
        };
        let (Some(indicator), Some(unit), Ok(period)) = (
            handle(indicators, &row.indicator),
            unit,
            row.period.parse::<Period>(),
        ) else {
            tracing::warn!(
                target.id = row.id,
                "a target is kept but not in the figures"
            );
            return;
        };
        let new = TargetValue {
            period,
            value: row.value,
            revision: row.revision,
        };
        let known = self.targets.entry((indicator, unit)).or_default();
        match known.iter_mut().find(|old| old.period == period) {
            Some(old) if old.revision < new.revision => *old = new,
            Some(_) => {}
            None => known.push(new),
        }
    }

    /// Handle of an organization; none when nothing is credited to it.
    pub fn organization(&self, id: &str) -> Option<OrgIx> {
        self.organizations.get(id).copied()
    }

    /// The targets of an indicator and unit.
    pub fn targets(&self, indicator: IndicatorIx, unit: Option<UnitIx>) -> &[TargetValue] {
        self.targets
            .get(&(indicator, unit))
            .map_or(&[], Vec::as_slice)
    }
}

impl Figures {
    /// Builds the figures from the records.
    pub async fn build(
        db: &Db,
        units: &'static AdminUnits,
        indicators: Indicators,
    ) -> Result<Figures, StoreError> {
        let state = read_state(db, units, &indicators).await?;
        Ok(Figures {
            units,
            indicators,
            layouts: Layouts::new(units),
            memo: Memo::default(),
            inner: RwLock::new(Inner {
                state,
                version: 0,
                since_snapshot: None,
            }),
            rebuilding: Mutex::default(),
        })
    }

    /// Drops everything and builds it again from the records; the same questions get the same answers.
    /// What is committed meanwhile is in.
    pub async fn figures_rebuild(&self, db: &Db) -> Result<(), StoreError> {
        let _alone = self.rebuilding.lock().await;
        self.inner.write().expect("no holder panics").since_snapshot = Some(Vec::new());
        let read = read_state(db, self.units, &self.indicators).await;
        let mut inner = self.inner.write().expect("no holder panics");
        let commits = inner.since_snapshot.take().unwrap_or_default();
        let mut state = read?;
        for commit in &commits {
            state.add_commit(self.units, &self.indicators, commit);
        }
        inner.state = state;
        inner.version += 1;
        Ok(())
    }

    /// Adds what was committed; the next answer has it.
    pub fn committed(&self, commit: Commit) {
        let mut inner = self.inner.write().expect("no holder panics");
        inner
            .state
            .add_commit(self.units, &self.indicators, &commit);
        if commit.changes_figures() {
            inner.version += 1;
        }
        if let Some(commits) = &mut inner.since_snapshot {
            commits.push(commit);
        }
    }

    /// Whether every change of the database is in; cheap, since it reads one row for each province
    /// and the numbers of what came since the last look.
    ///
    /// False for a moment after an own commit that is not in yet, hence ask twice.
    pub async fn is_current(&self, db: &Db) -> Result<bool, StoreError> {
        let heads = change_head_list(db.read()).await?;
        let behind = |head: &&ChangeHead| {
            let inner = self.inner.read().expect("no holder panics");
            let seen = inner.state.seen.get(&head.province_id);
            !seen.is_some_and(|seen| seen.has_all_up_to(head.last_seq))
        };
        for head in heads.iter().filter(behind) {
            let (after, beyond) = {
                let inner = self.inner.read().expect("no holder panics");
                let seen = inner.state.seen.get(&head.province_id).cloned();
                let seen = seen.unwrap_or_default();
                (seen.upto, seen.beyond)
            };
            let limit = head.last_seq - after;
            let changes =
                change_list_of_figures(db.read(), &head.province_id, after, limit).await?;
            if changes.iter().any(|change| !beyond.contains(&change.seq)) {
                return Ok(false);
            }
            // The rest changed no figure, so nothing is missing up to the head as it was read.
            let mut inner = self.inner.write().expect("no holder panics");
            let seen = inner
                .state
                .seen
                .entry(head.province_id.clone())
                .or_default();
            seen.skip_to(head.last_seq);
        }
        Ok(true)
    }

    /// Builds the figures again when another program has changed some; whether it did so.
    ///
    /// What an own commit is about to add is waited for a moment, so that own writes do not cause it.
    pub async fn catch_up(&self, db: &Db) -> Result<bool, StoreError> {
        if self.is_current(db).await? {
            return Ok(false);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        if self.is_current(db).await? {
            return Ok(false);
        }
        self.figures_rebuild(db).await?;
        Ok(true)
    }

    /// Calls `read` with what answers are read from.
    pub(super) fn with<T>(&self, read: impl FnOnce(&FigureState) -> T) -> T {
        read(&self.inner.read().expect("no holder panics").state)
    }

    /// Counted on whenever a figure may have changed.
    pub(super) fn version(&self) -> u64 {
        self.inner.read().expect("no holder panics").version
    }

    /// What completeness is counted by.
    pub(super) fn layouts(&self) -> &Layouts {
        &self.layouts
    }

    /// Bytes that the values take, about.
    pub fn size_bytes(&self) -> usize {
        self.with(|state| state.cube.size_bytes())
    }
}

async fn read_state(
    db: &Db,
    units: &'static AdminUnits,
    indicators: &Indicators,
) -> Result<FigureState, StoreError> {
    let mut state = FigureState::empty(units, indicators);
    let mut left_out = 0;
    let heads = fact_snapshot(db.read(), |cell| {
        if let Err(error) = state.add_cell(units, indicators, cell) {
            left_out += 1;
            if left_out <= EXAMPLES {
                tracing::warn!(
                    %error, indicator = cell.indicator, admin_unit.id = cell.admin_unit_id,
                    day = cell.day, records = cell.records, "facts are kept but not in the figures"
                );
            }
        }
    })
    .await?;
    if left_out > EXAMPLES {
        tracing::warn!(cells = left_out, "so many cells are not in the figures");
    }
    for head in heads {
        let seen = Seen {
            upto: head.last_seq,
            beyond: BTreeSet::new(),
        };
        state.seen.insert(head.province_id, seen);
    }
    for row in target_list_current(db.read()).await? {
        state.set_target(units, indicators, &row);
    }
    Ok(state)
}

/// The cube's handle of an indicator: its place in the catalogue.
pub(super) fn handle(indicators: &Indicators, id: &str) -> Option<IndicatorIx> {
    let index = indicators.index(id)?;
    u16::try_from(index).ok().map(IndicatorIx)
}

/// The word of a state in records and the API.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::Reported => "reported",
        State::Claimed => "claimed",
        State::Confirmed => "confirmed",
    }
}

/// The state of a word.
pub(super) fn state_of(word: &str) -> Option<State> {
    State::ALL
        .into_iter()
        .find(|state| state_word(*state) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_in_once_in_whatever_order() {
        let mut seen = Seen::default();
        assert!(seen.insert(2));
        assert!(!seen.has_all_up_to(2) && seen.has_all_up_to(0));
        assert!(seen.insert(1));
        assert!(!seen.insert(2) && !seen.insert(1));
        assert!(seen.has_all_up_to(2) && !seen.has_all_up_to(3));
        assert_eq!((seen.upto, seen.beyond.len()), (2, 0));
        seen.insert(5);
        seen.skip_to(4);
        assert!(!seen.insert(4) && !seen.insert(5) && seen.insert(6));
    }
}
