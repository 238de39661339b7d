//! Activities: planning, holding, correcting, cancelling; measures; sites, teams and the day's script.

mod change;
mod facts;
mod gate;
mod measures;
mod parts;
mod shapes;

use domain::run::codes::ActivityState;
use store::activities::{self as rows, ActivityFilter, ActivityRow, MeasureRow, MeasureSum};
use store::campaigns::CampaignRow;
use store::organizations::organization_get_many;
use store::{Page, sites, teams};

use super::campaigns::campaign_visible;
use super::{Action, Actor, App, AppError, Place};

pub(super) use change::version_error;
pub use change::{
    ActivityCancel, ActivityContent, ActivityCreate, ActivityVersion, activity_cancel,
    activity_correct, activity_create, activity_mark_done,
};
pub(super) use facts::Source;
pub use gate::{Gate, GateItem, GateSite, ReadinessDone, readiness_gate, readiness_item_done};
pub use measures::{MeasureReport, MeasuresReport, measures_report};
pub use parts::{
    activity_readiness_set, activity_resources_set, activity_roster_set, activity_script_set,
    activity_sites_set, activity_teams_set,
};
pub use shapes::{
    Parts, ReadinessItemInput, ResourceInput, RosterPlaceInput, ScriptLineInput, SiteInput,
    TeamInput,
};

/// The place of an activity, for rights.
fn place<'a>(app: &App, row: &ActivityRow, organizations: &'a [&'a str]) -> Place<'a> {
    Place {
        unit: app.units.get(&row.admin_unit_id),
        organizations,
    }
}

/// The activity, when the actor may know of it.
///
/// Known to those who may read where it takes place or what its organization does, and to those
/// at whose unit it has a site, a team, or who have something to prepare for it.
pub async fn activity_visible(app: &App, actor: &Actor, id: &str) -> Result<ActivityRow, AppError> {
    let missing = AppError::NotFound { entity: "activity" };
    let db = app.db.read();
    let Some(row) = rows::activity_get(db, id).await? else {
        return Err(missing);
    };
    if actor.may(Action::Read, place(app, &row, &[&row.organization_id])) {
        return Ok(row);
    }
    let may_read = |unit: &str, organization: Option<&str>| {
        let organizations: Vec<&str> = organization.into_iter().collect();
        let place = Place {
            unit: app.units.get(unit),
            organizations: &organizations,
        };
        actor.may(Action::Read, place)
    };
    let of_site = sites::site_list(db, &row.province_id, id).await?;
    if of_site
        .iter()
        .any(|site| may_read(&site.admin_unit_id, site.organization_id.as_deref()))
    {
        return Ok(row);
    }
    let items = sites::readiness_item_list(db, &row.province_id, id).await?;
    if items
        .iter()
        .any(|item| may_read(&row.admin_unit_id, Some(&item.organization_id)))
    {
        return Ok(row);
    }
    let teams = teams::team_list(db, &row.province_id, id).await?;
    if teams
        .iter()
        .any(|team| may_read(&team.admin_unit_id, team.organization_id.as_deref()))
    {
        return Ok(row);
    }
    Err(missing)
}

/// The activity and its campaign, when the actor may do `action` with it.
async fn activity_allowed(
    app: &App,
    actor: &Actor,
    id: &str,
    action: Action,
) -> Result<(ActivityRow, CampaignRow), AppError> {
    let row = activity_visible(app, actor, id).await?;
    if !actor.may(action, place(app, &row, &[&row.organization_id])) {
        return Err(AppError::Forbidden {
            action: action.name(),
        });
    }
    let campaign = campaign_visible(app, actor, &row.campaign_id).await?;
    Ok((row, campaign))
}

/// State of an activity as kept in the database.
fn state_of(row: &ActivityRow) -> Result<ActivityState, AppError> {
    ActivityState::from_code(&row.state)
        .ok_or_else(|| AppError::Internal(format!("activity {} is {}", row.id, row.state)))
}

/// One activity.
pub async fn activity_get(app: &App, actor: &Actor, id: &str) -> Result<ActivityRow, AppError> {
    activity_visible(app, actor, id).await
}

/// Every version of an activity, oldest first.
pub async fn activity_version_list(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<Vec<ActivityRow>, AppError> {
    let row = activity_visible(app, actor, id).await?;
    Ok(rows::activity_version_list(app.db.read(), &row.province_id, id).await?)
}

/// Activities that the actor may see, by first day and id.
pub async fn activity_list(
    app: &App,
    actor: &Actor,
    filter: &ActivityFilter,
    page: &Page,
) -> Result<Vec<ActivityRow>, AppError> {
    let scope = actor.scope(app.units, Action::Read);
    Ok(rows::activity_list(app.db.read(), &scope, filter, page).await?)
}

/// The measures of an activity; every version of them when `history` is wanted.
pub async fn measure_list(
    app: &App,
    actor: &Actor,
    id: &str,
    history: bool,
) -> Result<Vec<MeasureRow>, AppError> {
    let row = activity_visible(app, actor, id).await?;
    let db = app.db.read();
    Ok(if history {
        rows::measure_version_list(db, &row.province_id, id).await?
    } else {
        rows::measure_list(db, &row.province_id, id).await?
    })
}

/// Sums of a campaign's measures by kind, language and audience group, up to a day.
pub async fn measure_sums(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    last_day: &str,
) -> Result<Vec<MeasureSum>, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let scope = actor.scope(app.units, Action::Read);
    let sums = rows::measure_sum_list(
        app.db.read(),
        &scope,
        &campaign.province_id,
        &campaign.id,
        last_day,
    )
    .await?;
    Ok(sums)
}

/// Sites, checklists, script, resources, teams and roster of an activity, with bodies' names.
pub async fn activity_parts(app: &App, actor: &Actor, id: &str) -> Result<Parts, AppError> {
    let row = activity_visible(app, actor, id).await?;
    let (db, province) = (app.db.read(), row.province_id.as_str());
    let parts = Parts {
        sites: sites::site_list(db, province, id).await?,
        readiness: sites::readiness_item_list(db, province, id).await?,
        script: sites::script_line_list(db, province, id).await?,
        resources: teams::resource_list(db, province, id).await?,
        teams: teams::team_list(db, province, id).await?,
        roster: teams::roster_place_list(db, province, id, None).await?,
        organization_names: Vec::new(),
    };
    let mut ids = parts.organization_ids();
    ids.sort_unstable();
    ids.dedup();
    let names = organization_get_many(db, &ids).await?;
    let organization_names = names.into_iter().map(|body| (body.id, body.name)).collect();
    Ok(Parts {
        organization_names,
        ..parts
    })
}
