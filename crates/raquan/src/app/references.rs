//! What a field record names beside itself is there, belongs together, and may be seen by who records it.
//!
//! One read serves all records of a batch, and records that name nothing cost none.

use std::collections::{BTreeSet, HashMap};

use store::campaigns::CampaignRow;
use store::references::{ReferenceIds, ReferenceRow, reference_list};

use super::people::may_with_people;
use super::record_checks::Checks;
use super::{Action, Actor, App, AppError};

/// What one record names.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Named<'a> {
    pub activity_id: Option<&'a str>,
    pub team_id: Option<&'a str>,
    pub household_id: Option<&'a str>,
    pub person_id: Option<&'a str>,
}

/// What was found of what records name.
pub(super) struct References {
    /// By kind of record, then id.
    found: HashMap<String, HashMap<String, ReferenceRow>>,
}

impl References {
    /// Looks up what records of a campaign name.
    pub async fn of<'a>(
        app: &App,
        campaign: &CampaignRow,
        records: &[Named<'a>],
    ) -> Result<Self, AppError> {
        let ids = |of: fn(&Named<'a>) -> Option<&'a str>| -> Vec<String> {
            let named: BTreeSet<&str> = records.iter().filter_map(of).collect();
            named.into_iter().map(str::to_owned).collect()
        };
        let ids = ReferenceIds {
            activities: ids(|named| named.activity_id),
            teams: ids(|named| named.team_id),
            households: ids(|named| named.household_id),
            people: ids(|named| named.person_id),
        };
        let mut found: HashMap<String, HashMap<String, ReferenceRow>> = HashMap::new();
        for row in reference_list(app.db.read_early(), &campaign.province_id, &ids).await? {
            let of_kind = found.entry(row.entity.clone()).or_default();
            of_kind.insert(row.id.clone(), row);
        }
        Ok(Self { found })
    }

    /// The kind of an activity that was looked up.
    pub fn activity_kind(&self, id: Option<&str>) -> Option<String> {
        self.get("activity", id?)?.kind.clone()
    }

    fn get(&self, entity: &str, id: &str) -> Option<&ReferenceRow> {
        self.found.get(entity)?.get(id)
    }

    /// Adds the faults of what a record names, and answers with the kind of its activity.
    ///
    /// What a correction keeps as it was (`kept`) is not asked again: a team may be gone since.
    pub fn check(
        &self,
        checks: &mut Checks<'_>,
        (app, actor): (&App, &Actor),
        campaign: &CampaignRow,
        named: Named<'_>,
        kept: Named<'_>,
    ) -> Option<String> {
        let activity = named.activity_id.and_then(|id| self.get("activity", id));
        let activity = activity.filter(|row| row.campaign_id.as_deref() == Some(&campaign.id));
        if let (Some(id), None) = (named.activity_id, activity) {
            checks.fault(
                "activity_id",
                "activity.not_of_campaign",
                format!("Chiến dịch này không có hoạt động mã “{id}”."),
                "Chọn hoạt động của chiến dịch, hoặc để trống.",
            );
        }
        let same_team = (named.activity_id, named.team_id) == (kept.activity_id, kept.team_id);
        if let Some(id) = named.team_id.filter(|_| !same_team) {
            self.check_team(checks, campaign, id, named.activity_id);
        }
        if let Some(id) = named.household_id
            && named.household_id != kept.household_id
            && !self.is_seen("household", id, app, actor, campaign)
        {
            checks.fault(
                "household_id",
                "household.unknown",
                "Không có hộ này trong địa bàn của bạn.",
                "Ghi hộ trước, hoặc để trống.",
            );
        }
        if let Some(id) = named.person_id
            && named.person_id != kept.person_id
            && !self.is_seen("person", id, app, actor, campaign)
        {
            checks.fault(
                "person_id",
                "person.unknown",
                "Không có người này trong địa bàn của bạn.",
                "Ghi người dân trước (có sự đồng ý), hoặc để trống.",
            );
        }
        activity.and_then(|row| row.kind.clone())
    }

    fn check_team(
        &self,
        checks: &mut Checks<'_>,
        campaign: &CampaignRow,
        id: &str,
        activity_id: Option<&str>,
    ) {
        let team = self.get("team", id);
        let team = team.filter(|row| row.campaign_id.as_deref() == Some(&campaign.id));
        match (team, activity_id) {
            (Some(row), Some(activity)) if row.activity_id.as_deref() != Some(activity) => {
                checks.fault(
                    "team_id",
                    "team.not_of_activity",
                    format!("Hoạt động này không có tổ mã “{id}”."),
                    "Chọn tổ trong danh sách tổ của hoạt động, hoặc để trống.",
                );
            }
            (Some(_), _) => {}
            (None, _) => checks.fault(
                "team_id",
                "team.not_of_campaign",
                format!("Chiến dịch này không có tổ mã “{id}”."),
                "Chọn tổ trong danh sách tổ của hoạt động, hoặc để trống.",
            ),
        }
    }

    /// Whether a household or person is there, in the territory of the campaign, where the actor may see people. What
    /// is not and what may not be seen are answered alike.
    fn is_seen(
        &self,
        entity: &str,
        id: &str,
        app: &App,
        actor: &Actor,
        campaign: &CampaignRow,
    ) -> bool {
        let unit = self.get(entity, id).map(|row| row.admin_unit_id.as_str());
        let Some(unit) = unit.and_then(|id| app.units.get(id)) else {
            return false;
        };
        let whole = app.units.get(&campaign.admin_unit_id);
        whole.is_some_and(|whole| app.coverage.of(whole).contains(&unit))
            && may_with_people(actor, Action::Read, Some(unit))
    }
}
