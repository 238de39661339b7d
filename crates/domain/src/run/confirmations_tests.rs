//! Matching by example, and what holds for every list.

use proptest::prelude::*;

use super::*;

fn claim(id: &str, national_id: Option<&str>, name: Option<&str>) -> Claim {
    Claim {
        enrollment_id: id.into(),
        scheme: Scheme::VoluntarySi,
        day: "2022-05-08".into(),
        national_id: national_id.map(Into::into),
        name: name.map(Into::into),
        state: ClaimState::Claimed,
    }
}

fn line(number: i64, national_id: Option<&str>, name: Option<&str>) -> OfficialLine {
    OfficialLine {
        number,
        scheme: Scheme::VoluntarySi,
        national_id: national_id.map(Into::into),
        name: name.map(Into::into),
    }
}

fn outcomes(matching: &Matching) -> Vec<&'static str> {
    matching
        .lines
        .iter()
        .map(|(_, outcome)| outcome.code())
        .collect()
}

/// The claims after a list was taken over.
fn after(claims: &[Claim], lines: &[OfficialLine], matching: &Matching) -> Vec<Claim> {
    let mut claims = claims.to_vec();
    for claim in &mut claims {
        if matching.surplus.contains(&claim.enrollment_id) {
            claim.state = ClaimState::Surplus;
        }
    }
    for (number, outcome) in &matching.lines {
        if let LineOutcome::Matched { enrollment_id, .. } = outcome {
            let of_line = lines.iter().find(|line| line.number == *number);
            let claim = claims
                .iter_mut()
                .find(|claim| claim.enrollment_id == *enrollment_id)
                .expect("a claim matches once and is not surplus");
            assert_eq!(claim.state, ClaimState::Claimed, "{enrollment_id}");
            claim.state = ClaimState::Confirmed {
                national_id: of_line.and_then(|line| line.national_id.clone()),
            };
        }
    }
    claims
}

#[test]
fn the_national_id_speaks_before_the_name() {
    let claims = [
        claim("a", Some("1"), Some("an")),
        claim("b", None, Some("binh")),
        claim("c", Some("3"), Some("chi")),
    ];
    let lines = [
        line(1, Some("1"), Some("ann")),
        line(2, Some("2"), Some("binh")),
        line(3, Some("9"), Some("chi")),
        line(4, None, Some("chi")),
        line(5, None, Some("dung")),
        line(6, None, None),
    ];
    let matching = match_confirmations(&lines, &claims);
    assert_eq!(
        outcomes(&matching),
        [
            "matched",
            "matched",
            "unmatched",
            "matched",
            "unmatched",
            "unmatched"
        ]
    );
    assert_eq!(
        matching.lines[1].1,
        LineOutcome::Matched {
            enrollment_id: "b".into(),
            by: MatchedBy::Name
        }
    );
    assert_eq!(matching.count("matched"), 3);
}

#[test]
fn a_line_given_twice_is_a_double() {
    let claims = [claim("a", Some("1"), Some("an"))];
    let lines = [
        line(1, None, Some("an")),
        line(2, Some("1"), None),
        line(3, Some("1"), Some("an")),
    ];
    let matching = match_confirmations(&lines, &claims);
    assert_eq!(outcomes(&matching), ["double", "matched", "double"]);
}

#[test]
fn two_claims_for_one_national_id_count_once() {
    let claims = [
        claim("b", Some("1"), Some("an")),
        claim("a", Some("1"), Some("an")),
    ];
    let lines = [line(1, Some("1"), None)];
    let matching = match_confirmations(&lines, &claims);
    assert_eq!(
        matching.lines[0].1,
        LineOutcome::Matched {
            enrollment_id: "a".into(),
            by: MatchedBy::NationalId
        }
    );
    assert_eq!(matching.surplus, ["b"]);
}

#[test]
fn schemes_are_kept_apart() {
    let mut other = claim("a", Some("1"), None);
    other.scheme = Scheme::HouseholdHi;
    let matching = match_confirmations(&[line(1, Some("1"), None)], &[other]);
    assert_eq!(outcomes(&matching), ["unmatched"]);
}

#[test]
fn a_second_list_confirms_a_namesake_with_another_national_id_but_not_without() {
    let claims = [claim("a", None, Some("an")), claim("b", None, Some("an"))];
    let first = [line(1, Some("1"), Some("an"))];
    let claims = after(&claims, &first, &match_confirmations(&first, &claims));
    let again = match_confirmations(&first, &claims);
    assert_eq!(outcomes(&again), ["already_confirmed"]);
    let unclear = match_confirmations(&[line(1, None, Some("an"))], &claims);
    assert_eq!(outcomes(&unclear), ["already_confirmed"]);
    let namesake = match_confirmations(&[line(1, Some("2"), Some("an"))], &claims);
    assert_eq!(
        namesake.lines[0].1,
        LineOutcome::Matched {
            enrollment_id: "b".into(),
            by: MatchedBy::Name
        }
    );
}

fn fingerprint() -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(0.7, (0u8..5).prop_map(|n| n.to_string()))
}

fn scheme() -> impl Strategy<Value = Scheme> {
    prop_oneof![Just(Scheme::VoluntarySi), Just(Scheme::HouseholdHi)]
}

fn world() -> impl Strategy<Value = (Vec<OfficialLine>, Vec<Claim>)> {
    let lines = proptest::collection::vec((scheme(), fingerprint(), fingerprint()), 0..14);
    let claims = proptest::collection::vec((scheme(), fingerprint(), fingerprint(), 1u8..4), 0..14);
    (lines, claims).prop_map(|(lines, claims)| {
        let lines = lines
            .into_iter()
            .enumerate()
            .map(|(n, (scheme, national_id, name))| OfficialLine {
                number: n as i64 + 1,
                scheme,
                national_id,
                name,
            })
            .collect();
        let claims = claims
            .into_iter()
            .enumerate()
            .map(|(n, (scheme, national_id, name, day))| Claim {
                enrollment_id: format!("e{n}"),
                scheme,
                day: format!("2022-05-0{day}"),
                national_id,
                name,
                state: ClaimState::Claimed,
            })
            .collect();
        (lines, claims)
    })
}

fn totals(matching: &Matching) -> [i64; 4] {
    ["matched", "already_confirmed", "double", "unmatched"].map(|code| matching.count(code))
}

proptest! {
    #[test]
    fn the_order_of_lines_never_changes_totals_or_who_is_confirmed(
        (lines, claims) in world(),
        turn in 0usize..14,
    ) {
        let matching = match_confirmations(&lines, &claims);
        let mut turned: Vec<OfficialLine> = lines.iter().rev().cloned().collect();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        for (n, line) in turned.iter_mut().enumerate() {
            line.number = n as i64 + 1;
        }
        let other = match_confirmations(&turned, &claims);
        prop_assert_eq!(totals(&other), totals(&matching));
        prop_assert_eq!(&other.surplus, &matching.surplus);
        prop_assert_eq!(after(&claims, &turned, &other), after(&claims, &lines, &matching));
    }

    #[test]
    fn the_same_list_again_changes_nothing((lines, claims) in world()) {
        let first = match_confirmations(&lines, &claims);
        let claims = after(&claims, &lines, &first);
        let second = match_confirmations(&lines, &claims);
        prop_assert_eq!(second.count("matched"), 0);
        prop_assert!(second.surplus.is_empty());
    }

    #[test]
    fn a_national_id_counts_once_for_a_scheme((lines, claims) in world()) {
        let matching = match_confirmations(&lines, &claims);
        let claims = after(&claims, &lines, &matching);
        for line in &lines {
            if let Some(id) = &line.national_id {
                let counted = claims
                    .iter()
                    .filter(|claim| claim.scheme == line.scheme && claim.national_id.as_ref() == Some(id))
                    .filter(|claim| claim.state != ClaimState::Surplus)
                    .count();
                prop_assert!(counted <= 1);
            }
        }
        prop_assert_eq!(matching.lines.len(), lines.len());
    }
}
