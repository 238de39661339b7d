//! Catalogues shipped with the program: roles, kinds of organizations and of activities, indicators.

use std::collections::BTreeSet;

use domain::activity_kinds::ActivityKinds;
use domain::indicators::Indicators;
use serde::Deserialize;

use crate::app::rights::{Role, roles_parse};

/// A kind of organization.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationKind {
    /// Stable id.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
}

/// What is compiled in from `data/`.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// Roles.
    pub roles: Vec<Role>,
    /// Kinds of organizations.
    pub organization_kinds: Vec<OrganizationKind>,
    /// Indicators.
    pub indicators: Indicators,
    /// Kinds of activities.
    pub activity_kinds: ActivityKinds,
}

impl Catalog {
    /// The catalogues compiled in; tests prove that they parse.
    pub fn embedded() -> Self {
        #[derive(Deserialize)]
        struct Kinds {
            kind: Vec<OrganizationKind>,
        }
        let kinds: Kinds = toml::from_str(include_str!("../../../data/organization_kinds.toml"))
            .expect("data/organization_kinds.toml is checked by a test");
        let indicators = Indicators::embedded().clone();
        let activity_kinds = include_str!("../../../data/activity_kinds.toml");
        let activity_kinds = ActivityKinds::parse(activity_kinds, &indicator_ids(&indicators))
            .expect("data/activity_kinds.toml is checked by a test");
        Self {
            roles: roles_parse(include_str!("../../../data/roles.toml"))
                .expect("data/roles.toml is checked by a test"),
            organization_kinds: kinds.kind,
            indicators,
            activity_kinds,
        }
    }
}

/// The ids of the indicators that exist.
pub fn indicator_ids(indicators: &Indicators) -> BTreeSet<String> {
    indicators.iter().map(|row| row.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Action;

    #[test]
    fn the_catalogues_parse_and_somebody_holds_every_action() {
        let catalog = Catalog::embedded();
        for &action in Action::ALL {
            assert!(
                catalog
                    .roles
                    .iter()
                    .any(|role| role.actions.contains(action)),
                "no role may {}",
                action.name()
            );
        }
        assert!(catalog.organization_kinds.len() > 10);
        assert!(catalog.activity_kinds.get("launch").is_some());
    }

    #[test]
    fn an_unknown_action_is_named() {
        let text = "[[role]]\nid = \"x\"\nname_vi = \"\"\nname_en = \"\"\nactions = [\"fly\"]";
        assert_eq!(
            roles_parse(text).unwrap_err(),
            "roles.toml: role x: there is no action fly"
        );
    }
}
