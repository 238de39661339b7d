//! The lists that belong to an activity; each request hands in the whole list anew.

use std::collections::{BTreeSet, HashMap};

use domain::activity_kinds::ActivityKind;
use domain::run::codes::ActivityState;
use domain::run::versions::VersionFault;
use store::activities::{self as rows, ActivityRow};
use store::campaigns::CampaignRow;
use store::facts::FactRow;
use store::sites::{self, ReadinessItemRow, ScriptLineRow, SiteRow};
use store::teams::{self, ResourceRow, RosterPlaceRow, TeamRow};
use store::{DatabaseTransaction, JobFuture};

use super::change::{kind_of, version_error};
use super::facts::Base;
use super::shapes::{
    ReadinessItemInput, ResourceInput, RosterPlaceInput, ScriptLineInput, SiteInput, TeamInput,
};
use super::{activity_allowed, state_of};
use crate::app::record_checks::Checks;
use crate::app::{Action, Actor, App, AppError, Operation, Written};

/// Words for what can be used at an activity.
const RESOURCE_KINDS: [&str; 8] = [
    "car",
    "motorbike",
    "loudspeaker",
    "banner",
    "flag",
    "decal",
    "leaflet",
    "other",
];
/// Most lines of one list.
const MOST_LINES: usize = 20_000;

/// The activity, its campaign and kind, when the actor may plan it and it is not cancelled.
async fn planned(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<(ActivityRow, CampaignRow, ActivityKind), AppError> {
    let (activity, campaign) = activity_allowed(app, actor, id, Action::ActivityWrite).await?;
    if state_of(&activity)? == ActivityState::Cancelled {
        return Err(version_error(VersionFault::Closed));
    }
    let kind = kind_of(app, &activity).await?;
    Ok((activity, campaign, kind))
}

/// What a list has become: how many lines, whose facts go, which come.
struct Replaced {
    lines: u64,
    sources: Vec<String>,
    facts: Vec<FactRow>,
}

/// Runs the replacement of a list in one transaction; `work` gets the activity as it is then.
async fn replace<F>(
    app: &App,
    actor: &Actor,
    name: &'static str,
    activity: ActivityRow,
    wanted: usize,
    work: F,
) -> Result<(), AppError>
where
    F: for<'a> FnOnce(
            &'a DatabaseTransaction,
            &'a ActivityRow,
            ActivityState,
        ) -> JobFuture<'a, Replaced, AppError>
        + Send
        + 'static,
{
    let operation = Operation::new(&activity.province_id, name, "activity");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let missing = AppError::NotFound { entity: "activity" };
            let now = rows::activity_get(tx, &activity.id).await?.ok_or(missing)?;
            let state = state_of(&now)?;
            if state == ActivityState::Cancelled {
                return Err(version_error(VersionFault::Closed));
            }
            let replaced = work(tx, &now, state).await?;
            if replaced.lines != wanted as u64 {
                return Err(AppError::id_taken());
            }
            let after = serde_json::json!({ "lines": wanted });
            Ok(Written::new((), &now.id)
                .after(after)
                .replacing_facts_of(replaced.sources)
                .facts(replaced.facts))
        })
    })
    .await
}

/// Checks ids and the length of a list; fields are below `name[number].` afterwards.
fn each<'i, T>(
    checks: &mut Checks<'_>,
    name: &str,
    items: &'i [T],
    id: impl Fn(&T) -> &str,
    mut check: impl FnMut(&mut Checks<'_>, &'i T),
) {
    if items.len() > MOST_LINES {
        checks.fault(
            name,
            "list.too_long",
            format!("Danh sách có {} dòng.", items.len()),
            format!("Gửi nhiều nhất {MOST_LINES} dòng."),
        );
        return;
    }
    let mut seen = BTreeSet::new();
    for (number, item) in items.iter().enumerate() {
        checks.below(format!("{name}[{number}]."));
        checks.id("id", id(item));
        if !seen.insert(id(item).to_owned()) {
            checks.fault(
                "id",
                "list.id_twice",
                "Mã này đã có ở dòng trên.",
                "Mỗi dòng một mã riêng.",
            );
        }
        check(checks, item);
    }
    checks.below("");
}

fn organizations_of<'i, T>(
    name: &'i str,
    items: &'i [T],
    organization: impl Fn(&'i T) -> Option<&'i str> + 'i,
) -> impl Iterator<Item = (String, &'i str)> + 'i {
    items.iter().enumerate().filter_map(move |(number, item)| {
        organization(item).map(|id| (format!("{name}[{number}].organization_id"), id))
    })
}

fn known_site(checks: &mut Checks<'_>, sites: &[SiteRow], id: &str) {
    if !sites.iter().any(|site| site.id == id) {
        checks.fault(
            "site_id",
            "site.unknown",
            format!("Hoạt động này không có điểm mã “{id}”."),
            "Thêm điểm vào danh sách điểm trước, hoặc chọn điểm khác.",
        );
    }
}

/// Replaces the sites of an activity.
pub async fn activity_sites_set(
    app: &App,
    actor: &Actor,
    id: &str,
    items: Vec<SiteInput>,
) -> Result<(), AppError> {
    let (activity, campaign, kind) = planned(app, actor, id).await?;
    let mut checks = Checks::new(app);
    if !kind.sites && !items.is_empty() {
        checks.fault(
            "sites",
            "activity.no_sites",
            format!("Loại hoạt động “{}” không có nhiều điểm.", kind.name_vi),
            "Chọn loại hoạt động có nhiều điểm, ví dụ Lễ ra quân.",
        );
    }
    each(
        &mut checks,
        "sites",
        &items,
        |item| &item.id,
        |checks, item| {
            checks.required("name", &item.name, 300);
            checks.text("place", &item.place, 500);
            let unit = checks.unit_of_campaign("admin_unit_id", &item.admin_unit_id, &campaign);
            if let Some(instant) = checks.instant("starts_at", &item.starts_at) {
                let day =
                    checks.day_of_campaign("starts_at", &instant.date().to_string(), &campaign);
                checks.unit_on_day("admin_unit_id", unit, day);
            }
        },
    );
    checks
        .organizations(organizations_of("sites", &items, |item| {
            item.organization_id.as_deref()
        }))
        .await?;
    check_still_used(app, &mut checks, &activity, &items).await?;
    checks.finish()?;
    let new: Vec<SiteRow> = items
        .into_iter()
        .map(|item| SiteRow {
            province_id: activity.province_id.clone(),
            id: item.id,
            activity_id: activity.id.clone(),
            admin_unit_id: item.admin_unit_id,
            name: item.name.trim().to_owned(),
            place: item.place.trim().to_owned(),
            starts_at: item.starts_at,
            organization_id: item.organization_id,
        })
        .collect();
    replace(
        app,
        actor,
        "activity_sites_set",
        activity,
        new.len(),
        move |tx, now, state| {
            Box::pin(async move {
                let (province, id) = (now.province_id.as_str(), now.id.as_str());
                let old = sites::site_list(tx, province, id).await?;
                let resources = teams::resource_list(tx, province, id).await?;
                sites::site_delete_of_activity(tx, province, id).await?;
                let lines = sites::site_insert_many(tx, &new).await?;
                let base = Base {
                    activity: now,
                    kind: &kind,
                    state,
                };
                let mut facts: Vec<FactRow> =
                    new.iter().flat_map(|row| base.of_site(row)).collect();
                facts.extend(base.of_resources(&resources, &new));
                let mut sources = ids(&old, |row| &row.id);
                sources.extend(ids(&resources, |row| &row.id));
                Ok(Replaced {
                    lines,
                    sources,
                    facts,
                })
            })
        },
    )
    .await
}

/// A site that something still stands on cannot be left out.
async fn check_still_used(
    app: &App,
    checks: &mut Checks<'_>,
    activity: &ActivityRow,
    items: &[SiteInput],
) -> Result<(), AppError> {
    let (db, province, id) = (
        app.db.read(),
        activity.province_id.as_str(),
        activity.id.as_str(),
    );
    let mut used: BTreeSet<String> = BTreeSet::new();
    let items_of = sites::readiness_item_list(db, province, id).await?;
    used.extend(items_of.into_iter().map(|row| row.site_id));
    let resources = teams::resource_list(db, province, id).await?;
    used.extend(resources.into_iter().filter_map(|row| row.site_id));
    used.extend(
        teams::team_list(db, province, id)
            .await?
            .into_iter()
            .filter_map(|row| row.site_id),
    );
    for site in used {
        if !items.iter().any(|item| item.id == site) {
            checks.fault(
                "sites",
                "site.still_used",
                format!("Điểm mã “{site}” còn việc chuẩn bị, phương tiện hoặc tổ tư vấn."),
                "Chuyển hoặc bỏ những mục đó trước rồi mới bỏ điểm.",
            );
        }
    }
    Ok(())
}

fn ids<T>(rows: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
    rows.iter().map(|row| id(row).clone()).collect()
}

/// Replaces the checklists of an activity; what was done already stays done.
pub async fn activity_readiness_set(
    app: &App,
    actor: &Actor,
    id: &str,
    items: Vec<ReadinessItemInput>,
) -> Result<(), AppError> {
    let (activity, ..) = planned(app, actor, id).await?;
    let sites_of = sites::site_list(app.db.read(), &activity.province_id, id).await?;
    let mut checks = Checks::new(app);
    each(
        &mut checks,
        "items",
        &items,
        |item| &item.id,
        |checks, item| {
            checks.required("title", &item.title, 500);
            checks.text("note", &item.note, 2000);
            checks.instant("due_at", &item.due_at);
            known_site(checks, &sites_of, &item.site_id);
            let late = sites_of
                .iter()
                .any(|site| site.id == item.site_id && site.starts_at < item.due_at);
            if late {
                checks.fault(
                    "due_at",
                    "readiness.due_after_start",
                    "Hạn chuẩn bị sau giờ bắt đầu của điểm.",
                    "Đặt hạn trước giờ bắt đầu, thường là 19:00 hôm trước.",
                );
            }
        },
    );
    checks
        .organizations(organizations_of("items", &items, |item| {
            Some(&item.organization_id)
        }))
        .await?;
    checks.finish()?;
    let new: Vec<ReadinessItemRow> = items
        .into_iter()
        .map(|item| ReadinessItemRow {
            province_id: activity.province_id.clone(),
            id: item.id,
            activity_id: activity.id.clone(),
            site_id: item.site_id,
            title: item.title.trim().to_owned(),
            organization_id: item.organization_id,
            due_at: item.due_at,
            done_at: None,
            done_by: None,
            note: item.note.trim().to_owned(),
            version: 1,
        })
        .collect();
    replace(
        app,
        actor,
        "activity_readiness_set",
        activity,
        new.len(),
        move |tx, now, _| {
            Box::pin(async move {
                let (province, id) = (now.province_id.as_str(), now.id.as_str());
                let old = sites::readiness_item_list(tx, province, id).await?;
                let mut known: HashMap<String, ReadinessItemRow> =
                    old.into_iter().map(|row| (row.id.clone(), row)).collect();
                let rows: Vec<ReadinessItemRow> = new
                    .into_iter()
                    .map(|row| match known.remove(&row.id) {
                        Some(old) => ReadinessItemRow {
                            done_at: old.done_at,
                            done_by: old.done_by,
                            version: old.version + 1,
                            ..row
                        },
                        None => row,
                    })
                    .collect();
                sites::readiness_item_delete_of_activity(tx, province, id).await?;
                let lines = sites::readiness_item_insert_many(tx, &rows).await?;
                Ok(Replaced {
                    lines,
                    sources: vec![],
                    facts: vec![],
                })
            })
        },
    )
    .await
}

/// Replaces the script of an activity.
pub async fn activity_script_set(
    app: &App,
    actor: &Actor,
    id: &str,
    items: Vec<ScriptLineInput>,
) -> Result<(), AppError> {
    let (activity, ..) = planned(app, actor, id).await?;
    let mut checks = Checks::new(app);
    each(
        &mut checks,
        "lines",
        &items,
        |item| &item.id,
        |checks, item| {
            checks.required("what", &item.what, 1000);
            checks.text("who", &item.who, 300);
            checks.time("starts_at", &item.starts_at);
            if let Some(ends) = &item.ends_at {
                checks.time("ends_at", ends);
                if *ends < item.starts_at {
                    checks.fault(
                        "ends_at",
                        "script.ends_before_start",
                        format!("Giờ kết thúc {ends} trước giờ bắt đầu {}.", item.starts_at),
                        "Sửa lại giờ.",
                    );
                }
            }
        },
    );
    checks
        .organizations(organizations_of("lines", &items, |item| {
            item.organization_id.as_deref()
        }))
        .await?;
    checks.finish()?;
    let new: Vec<ScriptLineRow> = items
        .into_iter()
        .map(|item| ScriptLineRow {
            province_id: activity.province_id.clone(),
            id: item.id,
            activity_id: activity.id.clone(),
            starts_at: item.starts_at,
            ends_at: item.ends_at,
            what: item.what.trim().to_owned(),
            who: item.who.trim().to_owned(),
            organization_id: item.organization_id,
        })
        .collect();
    replace(
        app,
        actor,
        "activity_script_set",
        activity,
        new.len(),
        move |tx, now, _| {
            Box::pin(async move {
                sites::script_line_delete_of_activity(tx, &now.province_id, &now.id).await?;
                let lines = sites::script_line_insert_many(tx, &new).await?;
                Ok(Replaced {
                    lines,
                    sources: vec![],
                    facts: vec![],
                })
            })
        },
    )
    .await
}

/// Replaces the resources of an activity.
pub async fn activity_resources_set(
    app: &App,
    actor: &Actor,
    id: &str,
    items: Vec<ResourceInput>,
) -> Result<(), AppError> {
    let (activity, _, kind) = planned(app, actor, id).await?;
    let sites_of = sites::site_list(app.db.read(), &activity.province_id, id).await?;
    let mut checks = Checks::new(app);
    each(
        &mut checks,
        "resources",
        &items,
        |item| &item.id,
        |checks, item| {
            let known = |word: &str| RESOURCE_KINDS.contains(&word).then_some(());
            checks.word("kind", &item.kind, known, &RESOURCE_KINDS);
            checks.count("quantity", item.quantity, 0, 1_000_000);
            checks.text("note", &item.note, 2000);
            if let Some(site) = &item.site_id {
                known_site(checks, &sites_of, site);
            }
        },
    );
    checks
        .organizations(organizations_of("resources", &items, |item| {
            item.organization_id.as_deref()
        }))
        .await?;
    checks.finish()?;
    let new: Vec<ResourceRow> = items
        .into_iter()
        .map(|item| ResourceRow {
            province_id: activity.province_id.clone(),
            id: item.id,
            activity_id: activity.id.clone(),
            site_id: item.site_id,
            kind: item.kind,
            quantity: item.quantity,
            organization_id: item.organization_id,
            note: item.note.trim().to_owned(),
        })
        .collect();
    replace(
        app,
        actor,
        "activity_resources_set",
        activity,
        new.len(),
        move |tx, now, state| {
            Box::pin(async move {
                let (province, id) = (now.province_id.as_str(), now.id.as_str());
                let old = teams::resource_list(tx, province, id).await?;
                let sites_of = sites::site_list(tx, province, id).await?;
                teams::resource_delete_of_activity(tx, province, id).await?;
                let lines = teams::resource_insert_many(tx, &new).await?;
                let base = Base {
                    activity: now,
                    kind: &kind,
                    state,
                };
                let facts = base.of_resources(&new, &sites_of);
                Ok(Replaced {
                    lines,
                    sources: ids(&old, |row| &row.id),
                    facts,
                })
            })
        },
    )
    .await
}

/// Replaces the teams of an activity.
pub async fn activity_teams_set(
    app: &App,
    actor: &Actor,
    id: &str,
    items: Vec<TeamInput>,
) -> Result<(), AppError> {
    let (activity, campaign, kind) = planned(app, actor, id).await?;
    let sites_of = sites::site_list(app.db.read(), &activity.province_id, id).await?;
    let mut checks = Checks::new(app);
    each(
        &mut checks,
        "teams",
        &items,
        |item| &item.id,
        |checks, item| {
            checks.required("name", &item.name, 300);
            checks.unit_of_campaign("admin_unit_id", &item.admin_unit_id, &campaign);
            checks.count("member_count", item.member_count, 0, 1000);
            if let Some(site) = &item.site_id {
                known_site(checks, &sites_of, site);
            }
        },
    );
    checks
        .organizations(organizations_of("teams", &items, |item| {
            item.organization_id.as_deref()
        }))
        .await?;
    let roster = teams::roster_place_list(app.db.read(), &activity.province_id, id, None).await?;
    let used: BTreeSet<&str> = roster.iter().map(|row| row.team_id.as_str()).collect();
    for team in used {
        if !items.iter().any(|item| item.id == team) {
            checks.fault(
                "teams",
                "team.still_used",
                format!("Tổ mã “{team}” còn trong lịch phân công."),
                "Bỏ tổ khỏi lịch phân công trước.",
            );
        }
    }
    checks.finish()?;
    let new: Vec<TeamRow> = items
        .into_iter()
        .map(|item| TeamRow {
            province_id: activity.province_id.clone(),
            id: item.id,
            activity_id: activity.id.clone(),
            site_id: item.site_id,
            name: item.name.trim().to_owned(),
            organization_id: item.organization_id,
            admin_unit_id: item.admin_unit_id,
            member_count: item.member_count,
        })
        .collect();
    replace(
        app,
        actor,
        "activity_teams_set",
        activity,
        new.len(),
        move |tx, now, state| {
            Box::pin(async move {
                let (province, id) = (now.province_id.as_str(), now.id.as_str());
                let old = teams::team_list(tx, province, id).await?;
                let roster = teams::roster_place_list(tx, province, id, None).await?;
                teams::team_delete_of_activity(tx, province, id).await?;
                let lines = teams::team_insert_many(tx, &new).await?;
                let base = Base {
                    activity: now,
                    kind: &kind,
                    state,
                };
                let mut facts: Vec<FactRow> =
                    new.iter().flat_map(|row| base.of_team(row)).collect();
                facts.extend(base.of_roster(&roster, &new));
                let mut sources = ids(&old, |row| &row.id);
                sources.extend(ids(&roster, |row| &row.id));
                Ok(Replaced {
                    lines,
                    sources,
                    facts,
                })
            })
        },
    )
    .await
}

/// Replaces the roster of an activity.
pub async fn activity_roster_set(
    app: &App,
    actor: &Actor,
    id: &str,
    items: Vec<RosterPlaceInput>,
) -> Result<(), AppError> {
    let (activity, campaign, kind) = planned(app, actor, id).await?;
    let teams_of = teams::team_list(app.db.read(), &activity.province_id, id).await?;
    let known: BTreeSet<&str> = teams_of.iter().map(|team| team.id.as_str()).collect();
    let mut checks = Checks::new(app);
    each(
        &mut checks,
        "places",
        &items,
        |item| &item.id,
        |checks, item| {
            checks.required("place", &item.place, 500);
            let unit = checks.unit_of_campaign("admin_unit_id", &item.admin_unit_id, &campaign);
            let day = checks.day_of_campaign("day", &item.day, &campaign);
            checks.unit_on_day("admin_unit_id", unit, day);
            for (field, time) in [("starts_at", &item.starts_at), ("ends_at", &item.ends_at)] {
                if let Some(time) = time {
                    checks.time(field, time);
                }
            }
            if !known.contains(item.team_id.as_str()) {
                checks.fault(
                    "team_id",
                    "team.unknown",
                    format!("Hoạt động này không có tổ mã “{}”.", item.team_id),
                    "Thêm tổ vào danh sách tổ tư vấn trước.",
                );
            }
        },
    );
    checks.finish()?;
    let new: Vec<RosterPlaceRow> = items
        .into_iter()
        .map(|item| RosterPlaceRow {
            province_id: activity.province_id.clone(),
            id: item.id,
            activity_id: activity.id.clone(),
            team_id: item.team_id,
            admin_unit_id: item.admin_unit_id,
            place: item.place.trim().to_owned(),
            day: item.day,
            starts_at: item.starts_at,
            ends_at: item.ends_at,
        })
        .collect();
    replace(
        app,
        actor,
        "activity_roster_set",
        activity,
        new.len(),
        move |tx, now, state| {
            Box::pin(async move {
                let (province, id) = (now.province_id.as_str(), now.id.as_str());
                let old = teams::roster_place_list(tx, province, id, None).await?;
                let teams_of = teams::team_list(tx, province, id).await?;
                teams::roster_place_delete_of_activity(tx, province, id).await?;
                let lines = teams::roster_place_insert_many(tx, &new).await?;
                let base = Base {
                    activity: now,
                    kind: &kind,
                    state,
                };
                let facts = base.of_roster(&new, &teams_of);
                Ok(Replaced {
                    lines,
                    sources: ids(&old, |row| &row.id),
                    facts,
                })
            })
        },
    )
    .await
}
