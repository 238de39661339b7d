//! The one place that decides what an actor may see and do.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, RwLock};

use domain::admin_units::{AdminUnits, Level, UnitIx};
use jiff::civil::Date;
use serde::Deserialize;
use store::Scope;

use super::AppError;

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What can be done; a role is a set of these.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Action {
            $($(#[$doc])* $variant),+
        }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Action] = &[$(Action::$variant),+];

            /// Its name in `data/roles.toml` and in answers.
            pub fn name(self) -> &'static str {
                match self { $(Action::$variant => $name),+ }
            }
        }
    };
}

actions! {
    /// See what is there.
    Read = "read",
    /// Add and change organizations.
    OrganizationWrite = "organization_write",
    /// Accounts, roles, sessions of others.
    UserManage = "user_manage",
    /// Add own activity kinds.
    CatalogWrite = "catalog_write",
    /// Read who changed what.
    AuditRead = "audit_read",
    /// Write plans.
    CampaignWrite = "campaign_write",
    /// Issue, start, close.
    CampaignIssue = "campaign_issue",
    /// Hand out, cascade, urge, cancel tasks.
    TaskWrite = "task_write",
    /// Accept or return work.
    TaskReview = "task_review",
    /// Acknowledge and report on tasks.
    TaskReport = "task_report",
    /// Plan activities, sites, scripts, teams.
    ActivityWrite = "activity_write",
    /// Report measures, tick readiness.
    ActivityReport = "activity_report",
    /// Record households, people, consultations, enrollments.
    FieldRecord = "field_record",
    /// See names of people.
    PersonRead = "person_read",
    /// Import official lists of confirmed people.
    ConfirmationImport = "confirmation_import",
    /// Submit figures.
    ObservationWrite = "observation_write",
    /// Approve figures.
    ObservationApprove = "observation_approve",
    /// Lock and unlock periods.
    PeriodLock = "period_lock",
    /// Set targets.
    TargetWrite = "target_write",
    /// Pledge and give gifts.
    GiftWrite = "gift_write",
    /// Enter what the law leaves open.
    LawWrite = "law_write",
}

impl Action {
    /// Whether it changes nothing.
    pub fn only_reads(self) -> bool {
        matches!(self, Self::Read | Self::AuditRead | Self::PersonRead)
    }
}

/// A set of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ActionSet(u32);

impl ActionSet {
    /// All of them.
    pub fn all() -> Self {
        Action::ALL.iter().copied().collect()
    }

    /// Whether `action` is in it.
    pub fn contains(self, action: Action) -> bool {
        self.0 & (1 << action as u8) != 0
    }
}

impl FromIterator<Action> for ActionSet {
    fn from_iter<T: IntoIterator<Item = Action>>(actions: T) -> Self {
        Self(
            actions
                .into_iter()
                .fold(0, |bits, action| bits | (1 << action as u8)),
        )
    }
}

/// A role of `data/roles.toml`.
#[derive(Debug, Clone)]
pub struct Role {
    /// Stable id.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// What it may do.
    pub actions: ActionSet,
}

/// Reads `data/roles.toml`; the error names the role and the unknown action.
pub fn roles_parse(text: &str) -> Result<Vec<Role>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RoleText {
        id: String,
        name_vi: String,
        name_en: String,
        actions: Vec<String>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        role: Vec<RoleText>,
    }
    let file: File = toml::from_str(text).map_err(|error| format!("roles.toml: {error}"))?;
    file.role
        .into_iter()
        .map(|role| {
            let actions = role
                .actions
                .iter()
                .map(|name| {
                    Action::ALL
                        .iter()
                        .copied()
                        .find(|action| action.name() == name)
                        .ok_or_else(|| {
                            format!("roles.toml: role {}: there is no action {name}", role.id)
                        })
                })
                .collect::<Result<ActionSet, String>>()?;
            Ok(Role {
                id: role.id,
                name_vi: role.name_vi,
                name_en: role.name_en,
                actions,
            })
        })
        .collect()
}

/// The units that a right over a unit covers, at all dates; computed once per unit.
#[derive(Debug)]
pub struct Coverage {
    units: &'static AdminUnits,
    known: RwLock<HashMap<UnitIx, Arc<HashSet<UnitIx>>>>,
}

impl Coverage {
    /// Nothing computed yet.
    pub fn new(units: &'static AdminUnits) -> Self {
        Self {
            units,
            known: RwLock::default(),
        }
    }

    /// Every unit of any date whose territory lies in `unit`, as of its own last day.
    pub fn of(&self, unit: UnitIx) -> Arc<HashSet<UnitIx>> {
        if let Some(found) = self.known.read().expect("no holder panics").get(&unit) {
            return found.clone();
        }
        let covered: Arc<HashSet<UnitIx>> = Arc::new(
            self.units
                .lineage(unit, self.last_day(unit))
                .into_iter()
                .collect(),
        );
        self.known
            .write()
            .expect("no holder panics")
            .insert(unit, covered.clone());
        covered
    }

    fn last_day(&self, unit: UnitIx) -> Date {
        self.units
            .rows(unit)
            .last()
            .and_then(|row| row.valid_to)
            .unwrap_or(Date::MAX)
    }
}

/// A role held over a unit and/or an organization; neither: the whole country.
#[derive(Debug, Clone)]
pub struct Grant {
    /// What it allows.
    pub actions: ActionSet,
    /// Over this unit and all below, with the units of all dates it covers.
    pub unit: Option<(UnitIx, Arc<HashSet<UnitIx>>)>,
    /// Over this organization.
    pub organization: Option<String>,
}

/// Where a record stands: what rights are weighed against.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Unit of the record; none for what belongs to the whole country.
    pub unit: Option<UnitIx>,
    /// Organizations it concerns: who leads, coordinates, made it.
    pub organizations: &'a [&'a str],
}

impl Grant {
    fn covers(&self, place: Place<'_>) -> bool {
        let unit = match &self.unit {
            Some((_, covered)) => place.unit.is_some_and(|unit| covered.contains(&unit)),
            None => true,
        };
        let organization = match &self.organization {
            Some(held) => place.organizations.contains(&held.as_str()),
            None => true,
        };
        unit && organization
    }
}

/// Which changes somebody may read.
#[derive(Debug, Clone)]
pub struct ChangeSight {
    /// Everything recorded in these provinces, and what was written on behalf of organizations of theirs, of those at
    /// these units, and of these organizations.
    pub subtree: Scope,
    /// What this account wrote itself.
    pub own: Option<String>,
}

/// Through which door a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// HTTP.
    Api,
    /// A file.
    Import,
    /// The command line.
    Cli,
    /// The demo loader.
    Demo,
}

impl Door {
    /// Its name in the change log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Import => "import",
            Self::Cli => "cli",
            Self::Demo => "demo",
        }
    }
}

/// Who asks. Having one means that somebody signed in or that the program itself acts.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Account; none for the program itself.
    pub user_id: Option<String>,
    /// Session it acts in, to tell one's own session from others.
    pub session_id: Option<String>,
    /// Organization it belongs to.
    pub organization_id: Option<String>,
    /// Through which door.
    pub door: Door,
    /// A token without the scope `write`.
    pub read_only: bool,
    /// Must change the password before anything else.
    pub must_change_password: bool,
    /// Roles held.
    pub grants: Vec<Grant>,
}

impl Actor {
    /// The program itself, which may do everything.
    pub fn system(door: Door) -> Self {
        Self {
            user_id: None,
            session_id: None,
            organization_id: None,
            door,
            read_only: false,
            must_change_password: false,
            grants: vec![Grant {
                actions: ActionSet::all(),
                unit: None,
                organization: None,
            }],
        }
    }

    /// The same actor through another door.
    #[must_use]
    pub fn through(&self, door: Door) -> Self {
        Self {
            door,
            ..self.clone()
        }
    }

    /// Whether it may do `action` at `place`.
    pub fn may(&self, action: Action, place: Place<'_>) -> bool {
        self.grants_of(action).any(|grant| grant.covers(place))
    }

    /// The roles that allow `action`; a token without the scope `write` only reads.
    fn grants_of(&self, action: Action) -> impl Iterator<Item = &Grant> {
        let barred = self.read_only && !action.only_reads();
        self.grants
            .iter()
            .filter(move |grant| !barred && grant.actions.contains(action))
    }

    /// Refuses with 404 when the place may not be seen, with 403 when it may be seen only.
    pub fn require(
        &self,
        action: Action,
        place: Place<'_>,
        entity: &'static str,
    ) -> Result<(), AppError> {
        if self.may(action, place) {
            Ok(())
        } else if self.may(Action::Read, place) {
            Err(AppError::Forbidden {
                action: action.name(),
            })
        } else {
            Err(AppError::NotFound { entity })
        }
    }

    /// Whether it may do `action` anywhere at all.
    pub fn may_somewhere(&self, action: Action) -> bool {
        self.grants_of(action).next().is_some()
    }

    /// Refuses with 403 when it may do `action` nowhere.
    pub fn require_somewhere(&self, action: Action) -> Result<(), AppError> {
        if self.may_somewhere(action) {
            Ok(())
        } else {
            Err(AppError::Forbidden {
                action: action.name(),
            })
        }
    }

    /// Which changes it may read: with the right to audit all of the subtree, and always its own.
    pub fn changes(&self, units: &AdminUnits) -> ChangeSight {
        ChangeSight {
            subtree: self.scope(units, Action::AuditRead),
            own: self.user_id.clone(),
        }
    }

    /// The rows that it may do `action` with, as a condition of SQL.
    pub fn scope(&self, units: &AdminUnits, action: Action) -> Scope {
        let mut scope = Scope::default();
        for grant in self.grants_of(action) {
            match (&grant.unit, &grant.organization) {
                (None, None) => return Scope::everything(),
                (_, Some(organization)) => scope.organizations.push(organization.clone()),
                (Some((unit, covered)), None) => {
                    let is_province = units
                        .rows(*unit)
                        .iter()
                        .all(|row| row.level == Level::Province);
                    for &ix in covered.iter() {
                        let province = units
                            .rows(ix)
                            .iter()
                            .all(|row| row.level == Level::Province);
                        match (is_province, province) {
                            (true, true) => scope.provinces.push(units.id(ix).to_owned()),
                            (false, false) => scope.units.push(units.id(ix).to_owned()),
                            _ => {}
                        }
                    }
                }
            }
        }
        for list in [
            &mut scope.provinces,
            &mut scope.units,
            &mut scope.organizations,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        scope
    }
}
