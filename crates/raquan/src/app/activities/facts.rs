//! What an activity and its parts contribute to indicators.

use std::collections::{HashMap, HashSet};

use domain::activity_kinds::ActivityKind;
use domain::run::codes::ActivityState;
use domain::run::contributions::{self as counted, Contribution, RosterLine};
use domain::vietnamese;
use store::activities::{ActivityRow, MeasureRow};
use store::facts::FactRow;
use store::sites::SiteRow;
use store::teams::{ResourceRow, RosterPlaceRow, TeamRow};

/// Where and to whom the contributions of one record are written.
pub(in crate::app) struct Source<'a> {
    /// Province of the record.
    pub province_id: &'a str,
    /// Id of the record.
    pub id: &'a str,
    /// Kind of the record.
    pub entity: &'static str,
    /// Unit.
    pub admin_unit_id: &'a str,
    /// Organization.
    pub organization_id: &'a str,
    /// Campaign.
    pub campaign_id: &'a str,
    /// Kind of the activity it happened at.
    pub activity_kind: Option<&'a str>,
    /// Day.
    pub day: &'a str,
}

impl Source<'_> {
    /// The facts of a record's contributions.
    pub fn facts(&self, contributions: Vec<Contribution>) -> Vec<FactRow> {
        contributions
            .into_iter()
            .zip(1..)
            .map(|(contribution, line)| FactRow {
                province_id: self.province_id.to_owned(),
                source_id: self.id.to_owned(),
                line,
                source_entity: self.entity.to_owned(),
                indicator: contribution.indicator,
                admin_unit_id: self.admin_unit_id.to_owned(),
                organization_id: Some(self.organization_id.to_owned()),
                campaign_id: Some(self.campaign_id.to_owned()),
                activity_kind: self.activity_kind.map(str::to_owned),
                day: self.day.to_owned(),
                state: contribution.state.code().to_owned(),
                value: contribution.value,
            })
            .collect()
    }
}

/// An activity with its kind and state, as the base of its parts' facts.
pub(super) struct Base<'a> {
    /// The activity.
    pub activity: &'a ActivityRow,
    /// Its kind.
    pub kind: &'a ActivityKind,
    /// Its state.
    pub state: ActivityState,
}

impl<'a> Base<'a> {
    fn source(&self, entity: &'static str, id: &'a str) -> Source<'a> {
        Source {
            province_id: &self.activity.province_id,
            id,
            entity,
            admin_unit_id: &self.activity.admin_unit_id,
            organization_id: &self.activity.organization_id,
            campaign_id: &self.activity.campaign_id,
            activity_kind: Some(&self.activity.kind),
            day: &self.activity.first_day,
        }
    }

    fn organization(&self, own: &'a Option<String>) -> &'a str {
        own.as_deref().unwrap_or(&self.activity.organization_id)
    }

    /// The activity itself; it counts on its first day.
    pub fn of_activity(&self) -> Vec<FactRow> {
        let source = self.source("activity", &self.activity.id);
        source.facts(counted::of_activity(self.kind, self.state))
    }

    /// A measure, on its own day.
    pub fn of_measure(&self, row: &'a MeasureRow) -> Vec<FactRow> {
        let source = Source {
            admin_unit_id: &row.admin_unit_id,
            organization_id: &row.organization_id,
            day: &row.day,
            ..self.source("activity_measure", &row.id)
        };
        source.facts(counted::of_measure(
            self.kind,
            self.state,
            &row.measure,
            row.value,
        ))
    }

    /// A site, on the day it starts.
    pub fn of_site(&self, row: &'a SiteRow) -> Vec<FactRow> {
        let source = Source {
            admin_unit_id: &row.admin_unit_id,
            organization_id: self.organization(&row.organization_id),
            day: row.starts_at.get(..10).unwrap_or(&self.activity.first_day),
            ..self.source("site", &row.id)
        };
        source.facts(counted::of_site(self.state))
    }

    /// Resources, in the unit of their site.
    pub fn of_resources(&self, rows: &'a [ResourceRow], sites: &'a [SiteRow]) -> Vec<FactRow> {
        let units: HashMap<&str, &str> = sites
            .iter()
            .map(|site| (site.id.as_str(), site.admin_unit_id.as_str()))
            .collect();
        rows.iter()
            .flat_map(|row| {
                let site = row.site_id.as_deref().and_then(|id| units.get(id).copied());
                let source = Source {
                    admin_unit_id: site.unwrap_or(&self.activity.admin_unit_id),
                    organization_id: self.organization(&row.organization_id),
                    ..self.source("resource", &row.id)
                };
                source.facts(counted::of_resource(self.state, &row.kind, row.quantity))
            })
            .collect()
    }

    /// A team.
    pub fn of_team(&self, row: &'a TeamRow) -> Vec<FactRow> {
        let source = Source {
            admin_unit_id: &row.admin_unit_id,
            organization_id: self.organization(&row.organization_id),
            ..self.source("team", &row.id)
        };
        source.facts(counted::of_team(self.state))
    }

    /// The roster: each place once, on the first day a team is there.
    pub fn of_roster(&self, rows: &'a [RosterPlaceRow], teams: &'a [TeamRow]) -> Vec<FactRow> {
        let bodies: HashMap<&str, &str> = teams
            .iter()
            .map(|team| (team.id.as_str(), self.organization(&team.organization_id)))
            .collect();
        let folded: Vec<String> = rows
            .iter()
            .map(|row| vietnamese::fold(&row.place))
            .collect();
        let lines: Vec<RosterLine<'_>> = rows
            .iter()
            .zip(&folded)
            .map(|(row, place)| RosterLine {
                id: &row.id,
                admin_unit_id: &row.admin_unit_id,
                place,
                day: &row.day,
            })
            .collect();
        let first: HashSet<&str> = counted::first_of_each_place(&lines).into_iter().collect();
        rows.iter()
            .filter(|row| first.contains(row.id.as_str()))
            .flat_map(|row| {
                let body = bodies.get(row.team_id.as_str()).copied();
                let source = Source {
                    admin_unit_id: &row.admin_unit_id,
                    organization_id: body.unwrap_or(&self.activity.organization_id),
                    day: &row.day,
                    ..self.source("roster_place", &row.id)
                };
                source.facts(counted::of_roster_place(self.state))
            })
            .collect()
    }
}
