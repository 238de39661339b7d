//! The readiness gate of an activity, and ticking off its checklists.

use std::collections::HashMap;

use domain::run::readiness::{
    GateItem as RuleItem, GateSite as RuleSite, Urgency, gate_closes_at, readiness_gate as rule,
};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use store::organizations::organization_get_many;
use store::sites::{self, ReadinessItemRow, SiteRow};
use utoipa::ToSchema;

use super::activity_visible;
use crate::app::record_checks::{Checks, local_instant};
use crate::app::{Action, Actor, App, AppError, Operation, Place, Written};

/// What is missing at a site.
#[derive(Debug, Clone)]
pub struct GateItem {
    /// The line.
    pub row: ReadinessItemRow,
    /// Name of the organization that answers for it.
    pub organization_name: String,
    /// Its deadline, or the gate's, has passed.
    pub blocking: bool,
}

/// A site at the gate.
#[derive(Debug, Clone)]
pub struct GateSite {
    /// The site.
    pub site: SiteRow,
    /// How many lines its checklist has.
    pub items: usize,
    /// How many were done.
    pub done: usize,
    /// What was missing, blocking first.
    pub missing: Vec<GateItem>,
}

/// The gate of an activity at an instant.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The instant asked for, local.
    pub at: DateTime,
    /// From then on every missing line blocks; none without sites.
    pub closes_at: Option<DateTime>,
    /// Every site that the actor may know of.
    pub sites: Vec<GateSite>,
}

/// A line that is done, or open again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadinessDone {
    /// Version seen by the client.
    pub version: i64,
    /// Whether it is done.
    pub done: bool,
    /// When it was done, local; now when not given.
    pub done_at: Option<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

/// What was missing at which site at an instant (local, `2022-05-07T18:00`); now when not given.
pub async fn readiness_gate(
    app: &App,
    actor: &Actor,
    id: &str,
    at: Option<&str>,
) -> Result<Gate, AppError> {
    let activity = activity_visible(app, actor, id).await?;
    let mut checks = Checks::new(app);
    let at = match at {
        Some(text) => checks.instant("at", text),
        None => Some(app.clock.local()),
    };
    checks.finish()?;
    let at = at.ok_or_else(|| AppError::Internal("an instant was checked".into()))?;
    let db = app.db.read();
    let sites_of = sites::site_list(db, &activity.province_id, id).await?;
    let items = sites::readiness_item_list(db, &activity.province_id, id).await?;
    let rule_sites = sites_of
        .iter()
        .map(|site| {
            Ok(RuleSite {
                id: site.id.clone(),
                starts_at: instant(&site.starts_at)?,
            })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    let Some(closes_at) = gate_closes_at(&rule_sites) else {
        return Ok(Gate {
            at,
            closes_at: None,
            sites: Vec::new(),
        });
    };
    let rule_items = items
        .iter()
        .map(|item| {
            Ok(RuleItem {
                id: item.id.clone(),
                site_id: item.site_id.clone(),
                due_at: instant(&item.due_at)?,
                done_at: item.done_at.as_deref().map(instant).transpose()?,
            })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    let mut bodies: Vec<String> = items
        .iter()
        .map(|item| item.organization_id.clone())
        .collect();
    bodies.sort_unstable();
    bodies.dedup();
    let names: HashMap<String, String> = organization_get_many(db, &bodies)
        .await?
        .into_iter()
        .map(|body| (body.id, body.name))
        .collect();
    let by_id: HashMap<&str, &ReadinessItemRow> =
        items.iter().map(|item| (item.id.as_str(), item)).collect();
    let gates = rule(&rule_sites, &rule_items, closes_at, at);
    let sites = sites_of
        .into_iter()
        .zip(gates)
        .map(|(site, gate)| GateSite {
            site,
            items: gate.items,
            done: gate.done,
            missing: gate
                .missing
                .iter()
                .map(|missing| {
                    let row = by_id[missing.item_id.as_str()].clone();
                    let name = names.get(&row.organization_id).cloned().unwrap_or_default();
                    GateItem {
                        row,
                        organization_name: name,
                        blocking: missing.urgency == Urgency::Blocking,
                    }
                })
                .collect(),
        })
        .collect();
    Ok(Gate {
        at,
        closes_at: Some(closes_at),
        sites,
    })
}

fn instant(text: &str) -> Result<DateTime, AppError> {
    local_instant(text)
        .ok_or_else(|| AppError::Internal(format!("the instant {text} is malformed")))
}

/// Ticks a line of a checklist off, or opens it again.
///
/// Allowed to those who may report at the site, and to the organization that answers for the line.
pub async fn readiness_item_done(
    app: &App,
    actor: &Actor,
    activity_id: &str,
    item_id: &str,
    input: ReadinessDone,
) -> Result<ReadinessItemRow, AppError> {
    let activity = activity_visible(app, actor, activity_id).await?;
    let (db, province) = (app.db.read(), activity.province_id.as_str());
    let missing = || AppError::NotFound {
        entity: "readiness_item",
    };
    let item = sites::readiness_item_get(db, province, item_id).await?;
    let item = item
        .filter(|item| item.activity_id == activity.id)
        .ok_or_else(missing)?;
    let sites_of = sites::site_list(db, province, activity_id).await?;
    let site = sites_of
        .iter()
        .find(|site| site.id == item.site_id)
        .ok_or_else(missing)?;
    let mut organizations = vec![item.organization_id.as_str(), &activity.organization_id];
    organizations.extend(site.organization_id.as_deref());
    let unit = app.units.get(&site.admin_unit_id);
    let at_site = Place {
        unit,
        organizations: &organizations,
    };
    actor.require(Action::ActivityReport, at_site, "readiness_item")?;

    let now = app.clock.local();
    let mut checks = Checks::new(app);
    let done_at = match &input.done_at {
        Some(text) => checks.instant("done_at", text),
        None => Some(now),
    };
    if done_at.is_some_and(|done| done > now) {
        checks.fault(
            "done_at",
            "date.in_future",
            "Thời điểm hoàn thành chưa đến.",
            "Nhập thời điểm không sau bây giờ.",
        );
    }
    let note = checks.text("note", input.note.as_deref().unwrap_or(&item.note), 2000);
    checks.finish()?;
    let done_at = done_at.filter(|_| input.done);
    let row = ReadinessItemRow {
        done_at: done_at.map(|done| done.strftime("%Y-%m-%dT%H:%M").to_string()),
        done_by: actor.user_id.clone().filter(|_| input.done),
        note,
        version: input.version,
        ..item.clone()
    };
    let operation = Operation::new(province, "readiness_item_done", "readiness_item");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            if !sites::readiness_item_update_done(tx, &row).await? {
                return Err(AppError::stale());
            }
            let before = serde_json::json!({ "done_at": item.done_at, "note": item.note });
            let after = serde_json::json!({ "done_at": row.done_at, "note": row.note });
            let row = ReadinessItemRow {
                version: row.version + 1,
                ..row
            };
            let id = row.id.clone();
            Ok(Written::new(row, id).before(before).after(after))
        })
    })
    .await
}
