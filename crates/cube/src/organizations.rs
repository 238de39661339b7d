//! Which part of the values is credited to which organization: sparse, beside the planes.

use std::collections::BTreeMap;
use std::ops::Bound::Included;

use crate::calendar::Day;
use crate::eras::Era;
use crate::facts::{IndicatorIx, Nature, OrgIx, State};
use crate::plane::Plane;

/// Indicator, state, organization, era.
type Key = (IndicatorIx, State, OrgIx, u16);

/// Position in the era's numbering, and day.
type Place = (u32, Day);

/// What is credited to organizations, by place.
#[derive(Debug, Default)]
pub(crate) struct Organizations {
    credits: BTreeMap<Key, BTreeMap<Place, (i64, i32)>>,
}

impl Organizations {
    /// Adds a fact's value and reports.
    pub fn add(&mut self, key: Key, place: Place, value: i64, reports: i32) {
        let places = self.credits.entry(key).or_default();
        let credit = places.entry(place).or_default();
        credit.0 += value;
        credit.1 += reports;
        if *credit == (0, 0) {
            places.remove(&place);
            if places.is_empty() {
                self.credits.remove(&key);
            }
        }
    }

    /// The plane of one organization's values, made for one answer.
    pub fn plane(&self, key: Key, nature: Nature, era: &Era) -> Option<Plane> {
        let places = self.credits.get(&key)?;
        let mut plane = Plane::new(nature, era.origin, era.width);
        for ((position, day), (value, reports)) in places {
            plane.add(*position, *day, *value, *reports);
        }
        Some(plane)
    }

    /// The organizations that anything of an indicator in a state is credited to, in order.
    pub fn of(&self, indicator: IndicatorIx, state: State) -> Vec<OrgIx> {
        let (low, high) = (
            (indicator, state, OrgIx(0), 0),
            (indicator, state, OrgIx(u32::MAX), u16::MAX),
        );
        let mut found: Vec<OrgIx> = Vec::new();
        for (_, _, organization, _) in self
            .credits
            .range((Included(low), Included(high)))
            .map(|(key, _)| key)
        {
            if found.last() != Some(organization) {
                found.push(*organization);
            }
        }
        found
    }

    /// Bytes taken, about.
    pub fn size_bytes(&self) -> usize {
        let entry = size_of::<Place>() + size_of::<(i64, i32)>();
        self.credits
            .values()
            .map(|places| places.len() * entry * 3 / 2 + size_of::<Key>() + 32)
            .sum()
    }
}
