//! Matching the official list with what was claimed: nobody is counted twice, order changes nothing.
//!
//! A line is matched by the fingerprint of the national id. Only where that finds nothing, it is
//! matched by the fingerprint of name, birth year and commune, and never between two people whose
//! national ids are known and differ. Where only the name speaks, a person who may have been
//! confirmed already is not confirmed once more.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::Scheme;

/// An enrollment that was claimed or is confirmed already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The enrollment.
    pub enrollment_id: String,
    /// Its scheme.
    pub scheme: Scheme,
    /// Its day, as text that sorts by time.
    pub day: String,
    /// Fingerprint of the person's national id.
    pub national_id: Option<String>,
    /// Fingerprint of the person's name, birth year and commune.
    pub name: Option<String>,
    /// What earlier lists made of it.
    pub state: ClaimState,
}

/// What earlier lists made of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimState {
    /// Nothing yet.
    Claimed,
    /// Confirmed by a line of an earlier list.
    Confirmed {
        /// Fingerprint of the national id on that line, if it had one.
        national_id: Option<String>,
    },
    /// Rejected, since the person is confirmed by another claim. It still tells who is settled.
    Surplus,
}

/// A line of the official list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialLine {
    /// Number of the line in the list.
    pub number: i64,
    /// Scheme.
    pub scheme: Scheme,
    /// Fingerprint of the national id.
    pub national_id: Option<String>,
    /// Fingerprint of name, birth year and commune.
    pub name: Option<String>,
}

/// By what a line was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedBy {
    /// The national id.
    NationalId,
    /// Name, birth year and commune.
    Name,
}

impl MatchedBy {
    /// The word in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::NationalId => "national_id",
            Self::Name => "name",
        }
    }
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineOutcome {
    /// This enrollment is confirmed by it.
    Matched {
        /// The enrollment.
        enrollment_id: String,
        /// By what it was found.
        by: MatchedBy,
    },
    /// This enrollment was confirmed by an earlier list.
    AlreadyConfirmed {
        /// The enrollment.
        enrollment_id: String,
    },
    /// Another line of this list stands for the same person and scheme.
    Double,
    /// Nobody claimed this person.
    Unmatched,
}

impl LineOutcome {
    /// The word in data.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Matched { .. } => "matched",
            Self::AlreadyConfirmed { .. } => "already_confirmed",
            Self::Double => "double",
            Self::Unmatched => "unmatched",
        }
    }
}

/// The result of matching a whole list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// Every line with its outcome, by number.
    pub lines: Vec<(i64, LineOutcome)>,
    /// Claims of a person who is confirmed by another enrollment: not to be counted, by id.
    pub surplus: Vec<String>,
}

impl Matching {
    /// How many lines came out like `code`.
    pub fn count(&self, code: &str) -> i64 {
        self.lines
            .iter()
            .filter(|(_, outcome)| outcome.code() == code)
            .count() as i64
    }
}

/// Claims of one scheme by their fingerprints, each list by day and id.
struct Index<'a> {
    by_national_id: BTreeMap<(Scheme, &'a str), Vec<&'a Claim>>,
    by_name: BTreeMap<(Scheme, &'a str), Vec<&'a Claim>>,
}

/// What the lines seen so far have taken: enrollment → national id of the line, if it had one.
type Taken<'a> = BTreeMap<String, Option<&'a str>>;

/// Matches the lines of an official list with the claims of a campaign.
///
/// The lines are worked through in an order that depends only on their content, so the totals do
/// not depend on the order of the list.
pub fn match_confirmations(lines: &[OfficialLine], claims: &[Claim]) -> Matching {
    let index = Index::of(claims);
    let mut ordered: Vec<&OfficialLine> = lines.iter().collect();
    ordered.sort_by_key(|line| {
        (
            line.scheme,
            line.national_id.is_none(),
            line.national_id.as_deref(),
            line.name.as_deref(),
            line.number,
        )
    });
    let mut seen = BTreeSet::new();
    let mut taken = Taken::new();
    let mut surplus = BTreeSet::new();
    let mut matching = Matching::default();
    for line in ordered {
        let identity = match (&line.national_id, &line.name) {
            (Some(id), _) => Some((line.scheme, "id", id)),
            (None, Some(name)) => Some((line.scheme, "name", name)),
            (None, None) => None,
        };
        let outcome = match identity {
            None => LineOutcome::Unmatched,
            Some(identity) if !seen.insert(identity) => LineOutcome::Double,
            Some(_) => match index.by_national_id(line, &mut surplus) {
                Some(outcome) => outcome,
                None => index.by_name(line, &taken, &surplus),
            },
        };
        if let LineOutcome::Matched { enrollment_id, .. } = &outcome {
            taken.insert(enrollment_id.clone(), line.national_id.as_deref());
        }
        matching.lines.push((line.number, outcome));
    }
    matching.lines.sort_by_key(|(number, _)| *number);
    matching.surplus = surplus.into_iter().collect();
    matching
}

impl<'a> Index<'a> {
    fn of(claims: &'a [Claim]) -> Self {
        let mut ordered: Vec<&Claim> = claims.iter().collect();
        ordered.sort_by_key(|claim| (&claim.day, &claim.enrollment_id));
        let mut index = Self {
            by_national_id: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for claim in ordered {
            if let Some(id) = &claim.national_id {
                let key = (claim.scheme, id.as_str());
                index.by_national_id.entry(key).or_default().push(claim);
            }
            if let Some(name) = &claim.name {
                let key = (claim.scheme, name.as_str());
                index.by_name.entry(key).or_default().push(claim);
            }
        }
        index
    }

    /// The claim with the line's national id: one counts, the others of that person are surplus.
    fn by_national_id(
        &self,
        line: &OfficialLine,
        surplus: &mut BTreeSet<String>,
    ) -> Option<LineOutcome> {
        let id = line.national_id.as_deref()?;
        let found = self.by_national_id.get(&(line.scheme, id))?;
        let is_open = |claim: &&&Claim| claim.state == ClaimState::Claimed;
        let confirmed = found
            .iter()
            .find(|claim| matches!(claim.state, ClaimState::Confirmed { .. }));
        let Some(counted) = confirmed.or(found.iter().find(is_open)) else {
            return Some(LineOutcome::Double);
        };
        let others = found
            .iter()
            .filter(is_open)
            .filter(|claim| claim.enrollment_id != counted.enrollment_id);
        surplus.extend(others.map(|claim| claim.enrollment_id.clone()));
        let enrollment_id = counted.enrollment_id.clone();
        Some(if confirmed.is_some() {
            LineOutcome::AlreadyConfirmed { enrollment_id }
        } else {
            LineOutcome::Matched {
                enrollment_id,
                by: MatchedBy::NationalId,
            }
        })
    }

    /// The first free claim with the line's name, unless the person may be confirmed already.
    ///
    /// A surplus claim belongs to a person who is confirmed by another one, so it is not free.
    fn by_name(
        &self,
        line: &OfficialLine,
        taken: &Taken<'_>,
        surplus: &BTreeSet<String>,
    ) -> LineOutcome {
        let Some(name) = line.name.as_deref() else {
            return LineOutcome::Unmatched;
        };
        let empty = Vec::new();
        let candidates = self.by_name.get(&(line.scheme, name)).unwrap_or(&empty);
        let mut free = None;
        for claim in candidates {
            let of_another_person =
                matches!((&line.national_id, &claim.national_id), (Some(a), Some(b)) if a != b);
            if of_another_person {
                continue;
            }
            let earlier = match &claim.state {
                ClaimState::Claimed => None,
                ClaimState::Confirmed { national_id } => Some(national_id.as_deref()),
                ClaimState::Surplus => Some(claim.national_id.as_deref()),
            };
            let now = if surplus.contains(&claim.enrollment_id) {
                Some(claim.national_id.as_deref())
            } else {
                taken.get(&claim.enrollment_id).copied()
            };
            match earlier.or(now) {
                None => free = free.or(Some(claim)),
                Some(Some(other)) if line.national_id.as_deref().is_some_and(|id| id != other) => {}
                Some(_) if matches!(claim.state, ClaimState::Confirmed { .. }) => {
                    return LineOutcome::AlreadyConfirmed {
                        enrollment_id: claim.enrollment_id.clone(),
                    };
                }
                Some(_) => return LineOutcome::Double,
            }
        }
        match free {
            Some(claim) => LineOutcome::Matched {
                enrollment_id: claim.enrollment_id.clone(),
                by: MatchedBy::Name,
            },
            None => LineOutcome::Unmatched,
        }
    }
}

#[cfg(test)]
#[path = "confirmations_tests.rs"]
mod tests;
