//! The readiness gate: what still blocks which site at an instant.

use jiff::civil::DateTime;

/// A place of an activity, as far as the gate needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateSite {
    /// Its id.
    pub id: String,
    /// When it starts, local time.
    pub starts_at: DateTime,
}

/// A line of a site's checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateItem {
    /// Its id.
    pub id: String,
    /// Site it belongs to.
    pub site_id: String,
    /// To be done by then, local time.
    pub due_at: DateTime,
    /// Done then, local time.
    pub done_at: Option<DateTime>,
}

/// What a missing item means at the instant asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Not done and its deadline has passed: it blocks the site.
    Blocking,
    /// Not done, still in time.
    Open,
}

/// An item that is missing at the instant asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The item.
    pub item_id: String,
    /// Whether it blocks.
    pub urgency: Urgency,
}

/// The gate of one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteGate {
    /// The site.
    pub site_id: String,
    /// How many items it has.
    pub items: usize,
    /// How many were done at the instant asked.
    pub done: usize,
    /// What was missing then, blocking first, then by deadline.
    pub missing: Vec<Missing>,
}

impl SiteGate {
    /// Nothing is missing.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty()
    }

    /// Something that should have been done is not.
    pub fn is_blocked(&self) -> bool {
        self.missing
            .iter()
            .any(|missing| missing.urgency == Urgency::Blocking)
    }
}

/// The evening before the first site starts, 19:00: by then nothing may be missing.
///
/// None without sites.
pub fn gate_closes_at(sites: &[GateSite]) -> Option<DateTime> {
    let first = sites.iter().map(|site| site.starts_at).min()?;
    let evening_before = first.date().yesterday().ok()?;
    Some(evening_before.at(19, 0, 0, 0))
}

/// The state of every site at `at`, in the order of `sites`.
///
/// An item counts as done from the minute it was done, so the gate can be asked for any past instant.
/// From `closes_at` on, every missing item blocks, whatever its own deadline.
pub fn readiness_gate(
    sites: &[GateSite],
    items: &[GateItem],
    closes_at: DateTime,
    at: DateTime,
) -> Vec<SiteGate> {
    sites
        .iter()
        .map(|site| {
            let mut of_site: Vec<&GateItem> = items
                .iter()
                .filter(|item| item.site_id == site.id)
                .collect();
            of_site.sort_by(|a, b| (a.due_at, &a.id).cmp(&(b.due_at, &b.id)));
            let mut missing: Vec<Missing> = of_site
                .iter()
                .filter(|item| item.done_at.is_none_or(|done| done > at))
                .map(|item| Missing {
                    item_id: item.id.clone(),
                    urgency: if at >= item.due_at || at >= closes_at {
                        Urgency::Blocking
                    } else {
                        Urgency::Open
                    },
                })
                .collect();
            missing.sort_by_key(|missing| missing.urgency);
            SiteGate {
                site_id: site.id.clone(),
                items: of_site.len(),
                done: of_site.len() - missing.len(),
                missing,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn evening(hour: i8, minute: i8) -> DateTime {
        date(2022, 5, 7).at(hour, minute, 0, 0)
    }

    fn launch() -> (Vec<GateSite>, Vec<GateItem>) {
        let sites = ["vinh", "cua-lo"]
            .map(|id| GateSite {
                id: id.into(),
                starts_at: date(2022, 5, 8).at(7, 0, 0, 0),
            })
            .to_vec();
        let item = |id: &str, site: &str, due: DateTime, done: Option<DateTime>| GateItem {
            id: id.into(),
            site_id: site.into(),
            due_at: due,
            done_at: done,
        };
        let items = vec![
            item("permit", "vinh", evening(17, 0), Some(evening(16, 0))),
            item("flags", "vinh", evening(19, 0), Some(evening(18, 40))),
            item("permit-2", "cua-lo", evening(17, 0), Some(evening(18, 30))),
            item("flags-2", "cua-lo", evening(19, 0), Some(evening(19, 0))),
        ];
        (sites, items)
    }

    #[test]
    fn at_six_things_are_missing_and_at_seven_nothing() {
        let (sites, items) = launch();
        let closes = gate_closes_at(&sites).expect("two sites");
        assert_eq!(closes, evening(19, 0));
        let at_six = readiness_gate(&sites, &items, closes, evening(18, 0));
        assert_eq!(at_six[0].missing.len(), 1);
        assert!(!at_six[0].is_blocked());
        assert_eq!(
            at_six[1].missing,
            [
                Missing {
                    item_id: "permit-2".into(),
                    urgency: Urgency::Blocking
                },
                Missing {
                    item_id: "flags-2".into(),
                    urgency: Urgency::Open
                },
            ]
        );
        assert!(at_six[1].is_blocked());
        let at_seven = readiness_gate(&sites, &items, closes, evening(19, 0));
        assert!(at_seven.iter().all(SiteGate::is_ready));
        assert_eq!(at_seven[0].done, 2);
    }

    #[test]
    fn when_the_gate_closes_every_missing_item_blocks() {
        let (sites, mut items) = launch();
        items[1].done_at = None;
        items[1].due_at = date(2022, 5, 8).at(6, 0, 0, 0);
        let gate = readiness_gate(&sites, &items, evening(19, 0), evening(19, 0));
        assert!(gate[0].is_blocked());
        let before = readiness_gate(&sites, &items, evening(19, 0), evening(18, 59));
        assert!(!before[0].is_blocked() && !before[0].is_ready());
    }

    #[test]
    fn no_sites_no_gate() {
        assert_eq!(gate_closes_at(&[]), None);
        assert!(readiness_gate(&[], &[], evening(19, 0), evening(19, 0)).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_done_is_never_missing_later(
            done in proptest::collection::vec(proptest::option::of(0i8..24), 1..20),
            earlier in 0i8..24,
            later in 0i8..24,
        ) {
            let (earlier, later) = (earlier.min(later), earlier.max(later));
            let sites = [GateSite { id: "s".into(), starts_at: date(2022, 5, 8).at(7, 0, 0, 0) }];
            let items: Vec<GateItem> = done
                .iter()
                .enumerate()
                .map(|(n, done)| GateItem {
                    id: format!("{n}"),
                    site_id: "s".into(),
                    due_at: evening(17, 0),
                    done_at: done.map(|hour| evening(hour, 0)),
                })
                .collect();
            let first = &readiness_gate(&sites, &items, evening(19, 0), evening(earlier, 0))[0];
            let second = &readiness_gate(&sites, &items, evening(19, 0), evening(later, 0))[0];
            prop_assert!(second.done >= first.done);
            prop_assert_eq!(first.done + first.missing.len(), first.items);
            prop_assert_eq!(second.items, items.len());
        }
    }
}
