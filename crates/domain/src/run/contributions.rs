//! What each record of a campaign counts for: the one place where records become figures.

use std::collections::BTreeMap;

use super::codes::{ActivityState, EnrollmentState, Scheme};
use crate::activity_kinds::ActivityKind;

/// How sure a contribution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactState {
    /// Told by those who did it; nobody confirms such figures.
    Reported,
    /// Told, and to be confirmed by the official list.
    Claimed,
    /// Found on the official list.
    Confirmed,
}

impl FactState {
    /// The word in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Claimed => "claimed",
            Self::Confirmed => "confirmed",
        }
    }
}

/// What one record adds to one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The indicator.
    pub indicator: String,
    /// How much.
    pub value: i64,
    /// How sure.
    pub state: FactState,
}

fn reported(indicator: impl Into<String>, value: i64) -> Contribution {
    Contribution {
        indicator: indicator.into(),
        value,
        state: FactState::Reported,
    }
}

/// An activity counts once it was held: for its kind, and as a conference where the kind is one.
pub fn of_activity(kind: &ActivityKind, state: ActivityState) -> Vec<Contribution> {
    if state != ActivityState::Done {
        return Vec::new();
    }
    let conference = kind.conference.then(|| "conferences".to_owned());
    kind.counts
        .iter()
        .cloned()
        .chain(conference)
        .map(|indicator| reported(indicator, 1))
        .collect()
}

/// A measure counts for what its kind says, unless the activity was cancelled.
pub fn of_measure(
    kind: &ActivityKind,
    state: ActivityState,
    measure: &str,
    value: i64,
) -> Vec<Contribution> {
    if state == ActivityState::Cancelled || value == 0 {
        return Vec::new();
    }
    match kind.measure(measure) {
        Some(measure) => measure
            .feeds
            .iter()
            .map(|indicator| reported(indicator, value))
            .collect(),
        None => Vec::new(),
    }
}

/// A site counts once the activity was held.
pub fn of_site(state: ActivityState) -> Vec<Contribution> {
    when_done(state, "sites", 1)
}

/// Cars and motorbikes count by number once the activity was held; other resources do not count.
pub fn of_resource(state: ActivityState, kind: &str, quantity: i64) -> Vec<Contribution> {
    match kind {
        "car" => when_done(state, "cars", quantity),
        "motorbike" => when_done(state, "motorbikes", quantity),
        _ => Vec::new(),
    }
}

/// A team counts once the activity was held.
pub fn of_team(state: ActivityState) -> Vec<Contribution> {
    when_done(state, "teams", 1)
}

/// A place of the roster counts once the activity was held; see [`first_of_each_place`].
pub fn of_roster_place(state: ActivityState) -> Vec<Contribution> {
    when_done(state, "places", 1)
}

fn when_done(state: ActivityState, indicator: &str, value: i64) -> Vec<Contribution> {
    if state == ActivityState::Done && value != 0 {
        vec![reported(indicator, value)]
    } else {
        Vec::new()
    }
}

/// A line of the roster, as far as counting places needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterLine<'a> {
    /// Its id.
    pub id: &'a str,
    /// Unit of the place.
    pub admin_unit_id: &'a str,
    /// Name of the place, folded so that spellings agree.
    pub place: &'a str,
    /// Day, as text that sorts by time.
    pub day: &'a str,
}

/// The ids of the lines that count, in the order given: of the lines that name one place, the earliest.
///
/// Several teams at one place, or one team there on several days, make one place.
pub fn first_of_each_place<'a>(lines: &[RosterLine<'a>]) -> Vec<&'a str> {
    let mut first: BTreeMap<(&str, &str), (&str, &str)> = BTreeMap::new();
    for line in lines {
        let key = (line.admin_unit_id, line.place);
        let candidate = (line.day, line.id);
        first
            .entry(key)
            .and_modify(|known| *known = candidate.min(*known))
            .or_insert(candidate);
    }
    lines
        .iter()
        .filter(|line| first[&(line.admin_unit_id, line.place)].1 == line.id)
        .map(|line| line.id)
        .collect()
}

/// A consultation counts as one conversation, and for the people in it.
pub fn of_consultation(people: i64) -> Vec<Contribution> {
    vec![
        reported("consultations", 1),
        reported("people_counselled", people),
    ]
}

/// An enrollment counts for its scheme, claimed or confirmed; a rejected one does not count.
pub fn of_enrollment(scheme: Scheme, state: EnrollmentState) -> Vec<Contribution> {
    let state = match state {
        EnrollmentState::Claimed => FactState::Claimed,
        EnrollmentState::Confirmed => FactState::Confirmed,
        EnrollmentState::Rejected => return Vec::new(),
    };
    vec![Contribution {
        indicator: format!("enrollments.{}", scheme.code()),
        value: 1,
        state,
    }]
}

/// A pledge counts for as many gifts as it promises.
pub fn of_gift_pledge(quantity: i64) -> Vec<Contribution> {
    vec![reported("gifts_pledged", quantity)]
}

/// A gift that reached a person counts once.
pub fn of_gift() -> Vec<Contribution> {
    vec![reported("gifts_given", 1)]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::activity_kinds::ActivityKinds;

    fn kinds() -> ActivityKinds {
        let text = r#"
            [[kind]]
            id = "customer_conference"
            name_vi = "Hội nghị khách hàng"
            name_en = "Customer conference"
            channel = "direct"
            counts = "customer_conferences"
            conference = true
            measures = [
              { id = "attendees", name_vi = "Người dự", name_en = "Attendees", feeds = ["customer_conference.attendees", "people_reached"] },
              { id = "questions", name_vi = "Câu hỏi", name_en = "Questions" },
            ]
        "#;
        let indicators = [
            "customer_conferences",
            "customer_conference.attendees",
            "people_reached",
        ];
        let indicators = indicators.map(str::to_owned).into();
        ActivityKinds::parse(text, &indicators).expect("no faults")
    }

    fn pairs(contributions: &[Contribution]) -> Vec<(&str, i64)> {
        contributions
            .iter()
            .map(|contribution| (contribution.indicator.as_str(), contribution.value))
            .collect()
    }

    #[test]
    fn an_activity_counts_when_it_was_held() {
        let kinds = kinds();
        let kind = kinds.get("customer_conference").expect("the kind");
        assert_eq!(
            pairs(&of_activity(kind, ActivityState::Done)),
            [("customer_conferences", 1), ("conferences", 1)]
        );
        assert!(of_activity(kind, ActivityState::Planned).is_empty());
        assert!(of_activity(kind, ActivityState::Cancelled).is_empty());
    }

    #[test]
    fn a_measure_feeds_what_its_kind_says() {
        let kinds = kinds();
        let kind = kinds.get("customer_conference").expect("the kind");
        let state = ActivityState::Planned;
        assert_eq!(
            pairs(&of_measure(kind, state, "attendees", 80)),
            [
                ("customer_conference.attendees", 80),
                ("people_reached", 80)
            ]
        );
        assert!(of_measure(kind, state, "questions", 4).is_empty());
        assert!(of_measure(kind, state, "leaflets", 4).is_empty());
        assert!(of_measure(kind, ActivityState::Cancelled, "attendees", 80).is_empty());
    }

    #[test]
    fn vehicles_sites_and_teams_count_when_the_day_was_held() {
        let done = ActivityState::Done;
        assert_eq!(pairs(&of_resource(done, "car", 1)), [("cars", 1)]);
        assert_eq!(
            pairs(&of_resource(done, "motorbike", 20)),
            [("motorbikes", 20)]
        );
        assert!(of_resource(done, "loudspeaker", 5).is_empty());
        assert!(of_resource(ActivityState::Planned, "car", 1).is_empty());
        assert_eq!(pairs(&of_site(done)), [("sites", 1)]);
        assert_eq!(pairs(&of_team(done)), [("teams", 1)]);
        assert_eq!(pairs(&of_roster_place(done)), [("places", 1)]);
    }

    #[test]
    fn enrollments_are_claimed_or_confirmed_or_nothing() {
        let claimed = of_enrollment(Scheme::VoluntarySi, EnrollmentState::Claimed);
        assert_eq!(pairs(&claimed), [("enrollments.voluntary_si", 1)]);
        assert_eq!(claimed[0].state, FactState::Claimed);
        let confirmed = of_enrollment(Scheme::VoluntarySi, EnrollmentState::Confirmed);
        assert_eq!(confirmed[0].state.code(), "confirmed");
        assert!(of_enrollment(Scheme::VoluntarySi, EnrollmentState::Rejected).is_empty());
    }

    #[test]
    fn conversations_and_gifts_count() {
        assert_eq!(
            pairs(&of_consultation(3)),
            [("consultations", 1), ("people_counselled", 3)]
        );
        assert_eq!(pairs(&of_gift_pledge(50)), [("gifts_pledged", 50)]);
        assert_eq!(pairs(&of_gift()), [("gifts_given", 1)]);
    }

    proptest! {
        #[test]
        fn each_place_counts_exactly_once(lines in proptest::collection::vec((0u8..4, 0u8..4, 1u8..9), 0..40)) {
            let owned: Vec<[String; 4]> = lines
                .iter()
                .enumerate()
                .map(|(n, (unit, place, day))| [format!("{n:02}"), format!("u{unit}"), format!("p{place}"), format!("2022-05-0{day}")])
                .collect();
            let lines: Vec<RosterLine<'_>> = owned
                .iter()
                .map(|[id, unit, place, day]| RosterLine { id, admin_unit_id: unit, place, day })
                .collect();
            let counted = first_of_each_place(&lines);
            let places: BTreeSet<(&str, &str)> = lines.iter().map(|line| (line.admin_unit_id, line.place)).collect();
            prop_assert_eq!(counted.len(), places.len());
            let mut turned = lines.clone();
            turned.reverse();
            let again: BTreeSet<&str> = first_of_each_place(&turned).into_iter().collect();
            prop_assert_eq!(again, counted.into_iter().collect::<BTreeSet<_>>());
        }
    }
}
