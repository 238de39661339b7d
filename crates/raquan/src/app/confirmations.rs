//! Importing the official list: claimed enrollments become confirmed, nobody is counted twice.

use std::collections::HashMap;

use domain::run::codes::{EnrollmentState, Scheme};
use domain::run::confirmations::{
    Claim, ClaimState, LineOutcome, Matching, OfficialLine, match_confirmations,
};
use serde::{Deserialize, Serialize};
use store::activities::activity_get;
use store::campaigns::CampaignRow;
use store::confirmations::{self as rows, ConfirmationLineRow, ConfirmationRow};
use store::enrollments::{
    ClaimRow, EnrollmentRow, enrollment_claim_list, enrollment_get_many, enrollment_insert_many,
    enrollment_retire_many,
};
use store::facts::FactRow;
use store::{ConnectionTrait, DatabaseTransaction, Page};
use utoipa::ToSchema;

use super::campaigns::campaign_visible;
use super::enrollments::facts_of;
use super::record_checks::Checks;
use super::sealing::is_national_id;
use super::users::user_names;
use super::{Action, Actor, App, AppError, Operation, Place, Written};

/// Why an enrollment was rejected that belongs to a person confirmed by another one.
pub const SURPLUS_REASON: &str = "Trùng: người này đã được xác nhận ở bản ghi khác.";

/// A line of an official list.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationLine {
    /// Scheme.
    pub scheme: String,
    /// National id.
    pub national_id: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// Year of birth.
    pub birth_year: Option<i64>,
    /// Commune.
    pub admin_unit_id: Option<String>,
    /// First day of insurance.
    pub starts_on: Option<String>,
    /// For how many months.
    pub months: Option<i64>,
}

/// An official list of a campaign.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationImport {
    /// Made by the client.
    pub id: String,
    /// Unit that the list is of; the campaign's when not given.
    pub admin_unit_id: Option<String>,
    /// File that it was read from.
    pub file_id: Option<String>,
    /// The lines.
    pub lines: Vec<ConfirmationLine>,
}

/// The campaign, once the actor may take over official lists of it.
pub(super) async fn confirmable(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
) -> Result<CampaignRow, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    // Matching looks at the whole campaign, so the right is needed over all of it.
    let unit = app.units.get(&campaign.admin_unit_id);
    let place = Place {
        unit,
        organizations: &[&campaign.organization_id],
    };
    if !actor.may(Action::ConfirmationImport, place) {
        return Err(AppError::Forbidden {
            action: Action::ConfirmationImport.name(),
        });
    }
    Ok(campaign)
}

fn new_row(
    app: &App,
    actor: &Actor,
    campaign: &CampaignRow,
    input: &ConfirmationImport,
) -> ConfirmationRow {
    ConfirmationRow {
        province_id: campaign.province_id.clone(),
        id: input.id.clone(),
        campaign_id: campaign.id.clone(),
        admin_unit_id: input
            .admin_unit_id
            .clone()
            .unwrap_or_else(|| campaign.admin_unit_id.clone()),
        file_id: input.file_id.clone(),
        imported_at: app.clock.now_text(),
        imported_by: actor.user_id.clone(),
        matched: 0,
        unmatched: 0,
        doubles: 0,
        already_confirmed: 0,
    }
}

/// What taking an official list over would come to; writes nothing.
pub async fn confirmation_preview(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    input: &ConfirmationImport,
) -> Result<ConfirmationRow, AppError> {
    let campaign = confirmable(app, actor, campaign_id).await?;
    let official = check(app, &campaign, input)?;
    let row = new_row(app, actor, &campaign, input);
    let matching = matched(app.db.read(), &row, &official).await?;
    Ok(counted(row, &matching))
}

/// Takes an official list over, all lines or none.
pub async fn confirmation_import(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    input: ConfirmationImport,
) -> Result<ConfirmationRow, AppError> {
    let campaign = confirmable(app, actor, campaign_id).await?;
    let official = check(app, &campaign, &input)?;
    let row = new_row(app, actor, &campaign, &input);
    let operation = Operation::new(&row.province_id, "confirmation_import", "confirmation")
        .creating(&app.sealer.digest(&input));
    let (today, lines) = (app.clock.today().to_string(), input.lines);
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if let Some(known) = rows::confirmation_get(tx, &row.province_id, &row.id).await? {
                operation.is_repeated(tx, &row.id).await?;
                return Ok(Written::repeated(known));
            }
            let matching = matched(tx, &row, &official).await?;
            let row = counted(row, &matching);
            if !rows::confirmation_insert(tx, &row).await? {
                return Err(AppError::id_taken());
            }
            rows::confirmation_line_insert_many(tx, &line_rows(&row, &official, &matching)).await?;
            let decided = decide(tx, &row, &official, &lines, &matching, &today).await?;
            let ids: Vec<String> = decided
                .iter()
                .map(|enrollment| enrollment.id.clone())
                .collect();
            let facts = facts_of_all(tx, &decided).await?;
            let after = serde_json::json!({
                "lines": official.len(), "matched": row.matched, "unmatched": row.unmatched,
                "doubles": row.doubles, "already_confirmed": row.already_confirmed,
                "surplus": matching.surplus.len(),
            });
            let id = row.id.clone();
            Ok(Written::new(row, id)
                .after(after)
                .replacing_facts_of(ids)
                .facts(facts))
        })
    })
    .await
}

/// Matches a list with what was claimed in the campaign.
async fn matched(
    db: &impl ConnectionTrait,
    row: &ConfirmationRow,
    official: &[OfficialLine],
) -> Result<Matching, AppError> {
    let claims =
        enrollment_claim_list(db, &row.province_id, &row.campaign_id, SURPLUS_REASON).await?;
    let claims: Vec<Claim> = claims.into_iter().filter_map(claim_of).collect();
    Ok(match_confirmations(official, &claims))
}

fn counted(row: ConfirmationRow, matching: &Matching) -> ConfirmationRow {
    ConfirmationRow {
        matched: matching.count("matched"),
        unmatched: matching.count("unmatched"),
        doubles: matching.count("double"),
        already_confirmed: matching.count("already_confirmed"),
        ..row
    }
}

/// Writes the next version of every enrollment that the list decides.
async fn decide(
    tx: &DatabaseTransaction,
    confirmation: &ConfirmationRow,
    official: &[OfficialLine],
    lines: &[ConfirmationLine],
    matching: &Matching,
    today: &str,
) -> Result<Vec<EnrollmentRow>, AppError> {
    let matched: HashMap<&str, usize> = matching
        .lines
        .iter()
        .filter_map(|(number, outcome)| match outcome {
            // Lines are numbered from 1 in the order of the list.
            LineOutcome::Matched { enrollment_id, .. } => {
                Some((enrollment_id.as_str(), usize::try_from(number - 1).ok()?))
            }
            _ => None,
        })
        .collect();
    let mut ids: Vec<String> = matched.keys().map(|id| (*id).to_owned()).collect();
    ids.extend(matching.surplus.iter().cloned());
    ids.sort_unstable();
    let old = enrollment_get_many(tx, &confirmation.province_id, &ids).await?;
    let mut decided: Vec<EnrollmentRow> = old
        .into_iter()
        .map(|old| {
            let next = EnrollmentRow {
                version: old.version + 1,
                state_day: today.to_owned(),
                recorded_at: confirmation.imported_at.clone(),
                recorded_by: confirmation.imported_by.clone(),
                ..old
            };
            match matched.get(next.id.as_str()) {
                Some(&at) => EnrollmentRow {
                    state: EnrollmentState::Confirmed.code().to_owned(),
                    state_reason: None,
                    confirmation_id: Some(confirmation.id.clone()),
                    confirmation_national_id: official[at].national_id.clone(),
                    starts_on: lines[at].starts_on.clone().or(next.starts_on),
                    months: lines[at].months.or(next.months),
                    ..next
                },
                None => EnrollmentRow {
                    state: EnrollmentState::Rejected.code().to_owned(),
                    state_reason: Some(SURPLUS_REASON.to_owned()),
                    ..next
                },
            }
        })
        .collect();
    decided.sort_by(|a, b| a.id.cmp(&b.id));
    let ended = enrollment_retire_many(tx, &confirmation.province_id, &ids).await?;
    let written = enrollment_insert_many(tx, &decided).await?;
    if ended != ids.len() as u64 || written != ids.len() as u64 {
        return Err(AppError::stale());
    }
    Ok(decided)
}

async fn facts_of_all(
    tx: &DatabaseTransaction,
    decided: &[EnrollmentRow],
) -> Result<Vec<FactRow>, AppError> {
    let mut kinds: HashMap<String, Option<String>> = HashMap::new();
    let mut facts = Vec::with_capacity(decided.len());
    for row in decided {
        let kind = match &row.activity_id {
            None => None,
            Some(id) => match kinds.get(id) {
                Some(kind) => kind.clone(),
                None => {
                    let kind = activity_get(tx, id).await?.map(|activity| activity.kind);
                    kinds.insert(id.clone(), kind.clone());
                    kind
                }
            },
        };
        facts.extend(facts_of(row, kind.as_deref()));
    }
    Ok(facts)
}

fn claim_of(row: ClaimRow) -> Option<Claim> {
    let state = match EnrollmentState::from_code(&row.state)? {
        EnrollmentState::Claimed => ClaimState::Claimed,
        EnrollmentState::Confirmed => ClaimState::Confirmed {
            national_id: row.confirmation_national_id,
        },
        EnrollmentState::Rejected => ClaimState::Surplus,
    };
    Some(Claim {
        enrollment_id: row.id,
        scheme: Scheme::from_code(&row.scheme)?,
        day: row.day,
        national_id: row.national_id_fingerprint,
        name: row.name_fingerprint,
        state,
    })
}

fn line_rows(
    confirmation: &ConfirmationRow,
    official: &[OfficialLine],
    matching: &Matching,
) -> Vec<ConfirmationLineRow> {
    matching
        .lines
        .iter()
        .zip(official)
        .map(|((number, outcome), line)| {
            let (enrollment_id, matched_by) = match outcome {
                LineOutcome::Matched { enrollment_id, by } => {
                    (Some(enrollment_id.clone()), Some(by.code().to_owned()))
                }
                LineOutcome::AlreadyConfirmed { enrollment_id } => {
                    (Some(enrollment_id.clone()), None)
                }
                LineOutcome::Double | LineOutcome::Unmatched => (None, None),
            };
            ConfirmationLineRow {
                province_id: confirmation.province_id.clone(),
                confirmation_id: confirmation.id.clone(),
                line: *number,
                scheme: line.scheme.code().to_owned(),
                outcome: outcome.code().to_owned(),
                matched_by,
                enrollment_id,
            }
        })
        .collect()
}

/// Checks every line and turns who it names into fingerprints.
fn check(
    app: &App,
    campaign: &CampaignRow,
    input: &ConfirmationImport,
) -> Result<Vec<OfficialLine>, AppError> {
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    if let Some(unit) = &input.admin_unit_id {
        checks.unit_of_campaign("admin_unit_id", unit, campaign);
    }
    if input.lines.is_empty() {
        checks.fault(
            "lines",
            "confirmation.empty",
            "Danh sách không có dòng nào.",
            "Gửi danh sách có ít nhất một người.",
        );
    }
    if input.lines.len() > app.config.limits.import_rows {
        return Err(AppError::TooLarge {
            code: "import.too_many_rows",
            message: format!(
                "Danh sách có {} dòng, nhiều hơn {} dòng cho phép. Chia nhỏ rồi gửi lại.",
                input.lines.len(),
                app.config.limits.import_rows
            ),
        });
    }
    let mut official = Vec::with_capacity(input.lines.len());
    let this_year = i64::from(app.clock.today().year());
    for (number, line) in (1..).zip(&input.lines) {
        checks.below(format!("lines[{}].", number - 1));
        let scheme = checks.scheme("scheme", &line.scheme);
        if let Some(id) = &line.national_id
            && !is_national_id(id)
        {
            checks.fault(
                "national_id",
                "person.bad_national_id",
                "Số định danh phải có 12 chữ số (hoặc 9 chữ số của chứng minh nhân dân cũ).",
                "Sửa số định danh, hoặc để trống và ghi họ tên, năm sinh, xã.",
            );
        }
        let by_name = match (&line.name, line.birth_year, &line.admin_unit_id) {
            (Some(name), Some(year), Some(unit)) if !name.trim().is_empty() => {
                Some((name, year, unit))
            }
            _ => None,
        };
        if let Some((name, year, unit)) = by_name {
            checks.text("name", name, 100);
            checks.count("birth_year", year, 1900, this_year);
            checks.unit_of_campaign("admin_unit_id", unit, campaign);
        } else if line.national_id.is_none() {
            checks.fault(
                "national_id",
                "confirmation.nobody_named",
                "Dòng này không có số định danh, cũng không đủ họ tên, năm sinh và xã.",
                "Ghi số định danh, hoặc ghi đủ họ tên, năm sinh và xã.",
            );
        }
        if let Some(day) = &line.starts_on {
            checks.day("starts_on", day);
        }
        if let Some(months) = line.months {
            checks.count("months", months, 1, 120);
        }
        if let Some(scheme) = scheme {
            official.push(OfficialLine {
                number,
                scheme,
                national_id: line
                    .national_id
                    .as_deref()
                    .map(|id| app.sealer.national_id_fingerprint(id)),
                name: by_name
                    .map(|(name, year, unit)| app.sealer.name_fingerprint(name, year, unit)),
            });
        }
    }
    checks.finish()?;
    Ok(official)
}

/// The official lists of a campaign, by id.
pub async fn confirmation_list(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    page: &Page,
) -> Result<Vec<ConfirmationRow>, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let scope = actor.scope(app.units, Action::Read);
    let db = app.db.read();
    Ok(rows::confirmation_list(db, &scope, &campaign.province_id, &campaign.id, page).await?)
}

/// The names shown of those who imported lists, by account; of lists where the actor may import some too.
pub async fn confirmation_names(
    app: &App,
    actor: &Actor,
    lists: &[ConfirmationRow],
) -> Result<HashMap<String, String>, AppError> {
    let mut people = Vec::new();
    for row in lists {
        let place = Place {
            unit: app.units.get(&row.admin_unit_id),
            organizations: &[],
        };
        if row.imported_by == actor.user_id || actor.may(Action::ConfirmationImport, place) {
            people.extend(row.imported_by.clone());
        }
    }
    user_names(app, people).await
}

/// What became of the lines of an official list, after line `after`.
pub async fn confirmation_line_list(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
    outcome: Option<&str>,
    after: i64,
    limit: i64,
) -> Result<Vec<ConfirmationLineRow>, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let missing = || AppError::NotFound {
        entity: "confirmation",
    };
    let db = app.db.read();
    let row = rows::confirmation_get(db, &campaign.province_id, id).await?;
    let row = row
        .filter(|row| row.campaign_id == campaign.id)
        .ok_or_else(missing)?;
    let place = Place {
        unit: app.units.get(&row.admin_unit_id),
        organizations: &[],
    };
    if !actor.may(Action::Read, place) {
        return Err(missing());
    }
    Ok(rows::confirmation_line_list(db, &row.province_id, id, outcome, after, limit).await?)
}
