//! Enrollments: claimed by those who won them, rejected or confirmed, credit shared.

use domain::run::codes::{EnrollmentState, Scheme};
use domain::run::contributions::of_enrollment;
use domain::run::credits::{CreditFault, CreditRule, Weight, credit_shares};
use domain::run::versions::{VersionFault, enrollment_next, next_number};
use serde::{Deserialize, Serialize};
use store::Page;
use store::campaigns::CampaignRow;
use store::enrollments::{self as rows, CreditRow, CreditSum, EnrollmentFilter, EnrollmentRow};
use store::facts::FactRow;
use utoipa::ToSchema;

use super::activities::{Source, version_error};
use super::campaigns::campaign_visible;
use super::policy::{KeptQuoteCheck, QuoteToKeep, kept_quotes_check, quotes_keep};
use super::record_checks::Checks;
use super::references::{Named, References};
use super::{Action, Actor, App, AppError, Fault, Operation, Place, Written};

/// An organization that has a part in winning a person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditInput {
    /// The organization.
    pub organization_id: String,
    /// Its weight against the others; equal when nobody has one.
    pub weight: Option<i64>,
}

/// An enrollment to be recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentCreate {
    /// Made by the client.
    pub id: String,
    /// Activity it was won at.
    pub activity_id: Option<String>,
    /// Team that won it.
    pub team_id: Option<String>,
    /// Consultation it came from.
    pub consultation_id: Option<String>,
    /// The person; none when only the number is known.
    pub person_id: Option<String>,
    /// Who reports it.
    pub organization_id: String,
    /// Unit.
    pub admin_unit_id: String,
    /// Scheme.
    pub scheme: String,
    /// Day of signing up.
    pub day: String,
    /// First day of insurance.
    pub starts_on: Option<String>,
    /// For how many months.
    pub months: Option<i64>,
    /// Amount in whole đồng.
    pub amount_vnd: Option<i64>,
    /// Who shares the credit; the reporting organization alone when empty.
    #[serde(default)]
    pub credit: Vec<CreditInput>,
    /// What the person was told of the law, at most a few; the server computes and keeps the answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<QuoteToKeep>,
}

/// Why an enrollment does not count.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentReject {
    /// Version seen by the client.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// What is recorded of an enrollment from now on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentCorrect {
    /// Version seen by the client.
    pub version: i64,
    /// Why; must be said of what was officially confirmed.
    pub reason: Option<String>,
    /// Scheme.
    pub scheme: String,
    /// First day of insurance.
    pub starts_on: Option<String>,
    /// For how many months.
    pub months: Option<i64>,
    /// Amount in whole đồng.
    pub amount_vnd: Option<i64>,
    /// Who shares the credit; as before when empty.
    #[serde(default)]
    pub credit: Vec<CreditInput>,
}

/// Records that a person signed up.
pub async fn enrollment_create(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    input: EnrollmentCreate,
) -> Result<EnrollmentRow, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let mut row = new_row(app, actor, &campaign, &input);
    let operation = Operation::new(&row.province_id, "enrollment_create", "enrollment")
        .creating(&app.sealer.digest(&input));
    let checked = check(app, actor, &campaign, &input).await;
    let checked = checked.and_then(|kind| Ok((kind, quotes_keep(app, &row.id, &input.quotes)?)));
    let kind = match checked {
        // What was accepted stays so when it is sent again, though its team may be gone by now.
        Err(AppError::Invalid(_)) if operation.was_accepted(app.db.read(), &row.id).await? => {
            let written = rows::enrollment_get(app.db.read(), &row.province_id, &row.id).await?;
            row.quotes_sealed = written.and_then(|written| written.quotes_sealed);
            return Ok(row);
        }
        checked => {
            let (kind, quotes) = checked?;
            row.quotes_sealed = quotes;
            kind
        }
    };
    let credit = shares(&row, &input.credit)?;
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if rows::enrollment_insert_many(tx, std::slice::from_ref(&row)).await? == 0 {
                if let Some(written) = rows::enrollment_get(tx, &row.province_id, &row.id).await? {
                    operation.is_repeated(tx, &row.id).await?;
                    return Ok(Written::repeated(EnrollmentRow {
                        quotes_sealed: written.quotes_sealed,
                        ..row
                    }));
                }
                return Err(double(&row));
            }
            rows::credit_replace(tx, &row.province_id, &row.id, &credit).await?;
            let facts = facts_of(&row, kind.as_deref());
            let (id, after) = (row.id.clone(), json(&row));
            Ok(Written::new(row, id).after(after).facts(facts))
        })
    })
    .await
}

fn double(row: &EnrollmentRow) -> AppError {
    let scheme = Scheme::from_code(&row.scheme).map_or("loại hình này", Scheme::name_vi);
    AppError::Conflict {
        code: "enrollment.person_counted_already",
        message: format!(
            "Người này đã được ghi tham gia {scheme} trong chiến dịch, mỗi người chỉ tính một lần. \
             Nếu bản ghi cũ sai, hãy ghi không công nhận bản đó trước."
        ),
    }
}

/// Says that an enrollment does not count, and why.
pub async fn enrollment_reject(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
    input: EnrollmentReject,
) -> Result<EnrollmentRow, AppError> {
    let old = allowed(app, actor, campaign_id, id).await?;
    let mut checks = Checks::new(app);
    let reason = checks.required("reason", &input.reason, 1000);
    checks.finish()?;
    let (today, now) = (app.clock.today().to_string(), app.clock.now_text());
    let by = actor.user_id.clone();
    let operation = Operation::new(&old.province_id, "enrollment_reject", "enrollment");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let missing = AppError::NotFound {
                entity: "enrollment",
            };
            let old = rows::enrollment_get(tx, &old.province_id, &old.id)
                .await?
                .ok_or(missing)?;
            let to = EnrollmentState::Rejected;
            let version = enrollment_next(old.version, state_of(&old)?, input.version, to)
                .map_err(version_error)?;
            let row = EnrollmentRow {
                version,
                state: to.code().to_owned(),
                state_day: today,
                state_reason: Some(reason),
                recorded_at: now,
                recorded_by: by,
                ..old.clone()
            };
            if !rows::enrollment_retire(tx, &row.province_id, &row.id, old.version).await?
                || rows::enrollment_insert_many(tx, std::slice::from_ref(&row)).await? != 1
            {
                return Err(AppError::stale());
            }
            let (id, before, after) = (row.id.clone(), json(&old), json(&row));
            Ok(Written::new(row, id.clone())
                .before(before)
                .after(after)
                .replacing_facts_of(vec![id]))
        })
    })
    .await
}

/// Replaces what was recorded of an enrollment by a new version; its state stays.
///
/// What an official list confirmed is corrected only with a reason, and keeps the scheme that the list confirmed.
pub async fn enrollment_correct(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
    input: EnrollmentCorrect,
) -> Result<(EnrollmentRow, Vec<CreditRow>), AppError> {
    let old = allowed(app, actor, campaign_id, id).await?;
    let mut checks = Checks::new(app);
    check_content(
        &mut checks,
        &input.scheme,
        input.starts_on.as_deref(),
        input.months,
        input.amount_vnd,
    );
    let reason = checks.text("reason", input.reason.as_deref().unwrap_or_default(), 1000);
    checks.organizations(credited(&input.credit)).await?;
    checks.finish()?;
    let of_activity = Named {
        activity_id: old.activity_id.as_deref(),
        ..Named::default()
    };
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let references = References::of(app, &campaign, &[of_activity]).await?;
    let kind = references.activity_kind(old.activity_id.as_deref());
    let (now, by) = (app.clock.now_text(), actor.user_id.clone());
    let operation = Operation::new(&old.province_id, "enrollment_correct", "enrollment");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let missing = AppError::NotFound {
                entity: "enrollment",
            };
            let old = rows::enrollment_get(tx, &old.province_id, &old.id)
                .await?
                .ok_or(missing)?;
            let version = next_number(old.version, input.version).map_err(version_error)?;
            may_be_corrected(&old, &input.scheme, &reason)?;
            let row = EnrollmentRow {
                version,
                scheme: input.scheme,
                starts_on: input.starts_on,
                months: input.months,
                amount_vnd: input.amount_vnd,
                state_reason: (!reason.is_empty()).then_some(reason),
                recorded_at: now,
                recorded_by: by,
                ..old.clone()
            };
            if !rows::enrollment_retire(tx, &row.province_id, &row.id, old.version).await? {
                return Err(AppError::stale());
            }
            // The version before is retired in this transaction: only a claim of the same person stands in the way.
            if rows::enrollment_insert_many(tx, std::slice::from_ref(&row)).await? != 1 {
                return Err(double(&row));
            }
            let mut credit = rows::credit_list(tx, &row.province_id, &row.id).await?;
            let mut before = json(&old);
            if !input.credit.is_empty() {
                before["credit"] = credit_json(&credit);
                credit = shares(&row, &input.credit)?;
                rows::credit_replace(tx, &row.province_id, &row.id, &credit).await?;
            }
            let mut after = json(&row);
            if !input.credit.is_empty() {
                after["credit"] = credit_json(&credit);
            }
            let facts = facts_of(&row, kind.as_deref());
            let id = row.id.clone();
            Ok(Written::new((row, credit), id.clone())
                .before(before)
                .after(after)
                .replacing_facts_of(vec![id])
                .facts(facts))
        })
    })
    .await
}

fn may_be_corrected(old: &EnrollmentRow, scheme: &str, reason: &str) -> Result<(), AppError> {
    match state_of(old)? {
        EnrollmentState::Claimed => Ok(()),
        EnrollmentState::Rejected => Err(version_error(VersionFault::Closed)),
        EnrollmentState::Confirmed if scheme != old.scheme => Err(AppError::Conflict {
            code: "enrollment.scheme_confirmed",
            message: "Loại hình đã được danh sách chính thức xác nhận nên không sửa được. \
                      Nếu danh sách sai, nhập danh sách đã sửa của cơ quan BHXH."
                .into(),
        }),
        EnrollmentState::Confirmed if reason.is_empty() => Err(AppError::invalid(Fault::new(
            "reason",
            "enrollment.reason_missing",
            "Đăng ký này đã được xác nhận chính thức; chưa ghi lý do sửa.",
            "Ghi lý do sửa, ví dụ sửa theo biên lai số, ngày.",
        ))),
        EnrollmentState::Confirmed => Ok(()),
    }
}

fn credited(credit: &[CreditInput]) -> impl Iterator<Item = (String, &str)> {
    credit.iter().enumerate().map(|(number, part)| {
        let field = format!("credit[{number}].organization_id");
        (field, part.organization_id.as_str())
    })
}

/// What is insured, from when, for how long, for how much.
fn check_content(
    checks: &mut Checks<'_>,
    scheme: &str,
    starts_on: Option<&str>,
    months: Option<i64>,
    amount_vnd: Option<i64>,
) {
    checks.scheme("scheme", scheme);
    if let Some(day) = starts_on {
        checks.day("starts_on", day);
    }
    if let Some(months) = months {
        checks.count("months", months, 1, 120);
    }
    if let Some(amount) = amount_vnd {
        checks.count("amount_vnd", amount, 0, 1_000_000_000_000);
    }
}

/// Shares the credit of an enrollment anew.
pub async fn enrollment_credit_set(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
    input: Vec<CreditInput>,
) -> Result<Vec<CreditRow>, AppError> {
    let row = allowed(app, actor, campaign_id, id).await?;
    let mut checks = Checks::new(app);
    checks.organizations(credited(&input)).await?;
    checks.finish()?;
    let credit = shares(&row, &input)?;
    let operation = Operation::new(&row.province_id, "enrollment_credit_set", "enrollment");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let before = rows::credit_list(tx, &row.province_id, &row.id).await?;
            rows::credit_replace(tx, &row.province_id, &row.id, &credit).await?;
            let (before, after) = (credit_json(&before), credit_json(&credit));
            Ok(Written::new(credit, &row.id).before(before).after(after))
        })
    })
    .await
}

/// One enrollment with its shares; its quotes, which tell much of a person, for those who may read of people.
pub async fn enrollment_get(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
) -> Result<(EnrollmentRow, Vec<CreditRow>), AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let missing = || AppError::NotFound {
        entity: "enrollment",
    };
    let db = app.db.read();
    let row = rows::enrollment_get(db, &campaign.province_id, id).await?;
    let row = row
        .filter(|row| row.campaign_id == campaign.id)
        .ok_or_else(missing)?;
    let organizations = [row.organization_id.as_str()];
    let place = place(app, &row, &organizations);
    if !actor.may(Action::Read, place) {
        return Err(missing());
    }
    let may_read_people = actor.may(Action::PersonRead, place);
    let credit = rows::credit_list(db, &row.province_id, id).await?;
    let quotes_sealed = row.quotes_sealed.clone().filter(|_| may_read_people);
    Ok((
        EnrollmentRow {
            quotes_sealed,
            ..row
        },
        credit,
    ))
}

/// The quotes of an enrollment beside what the rules of now say for the same days.
pub async fn enrollment_quotes_check(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
) -> Result<Vec<KeptQuoteCheck>, AppError> {
    let (row, _) = enrollment_get(app, actor, campaign_id, id).await?;
    Ok(kept_quotes_check(
        app,
        &row.id,
        row.quotes_sealed.as_deref(),
    ))
}

/// Every version of an enrollment, oldest first; without quotes, which all have in common.
pub async fn enrollment_version_list(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
) -> Result<Vec<EnrollmentRow>, AppError> {
    let (row, _) = enrollment_get(app, actor, campaign_id, id).await?;
    let versions = rows::enrollment_version_list(app.db.read(), &row.province_id, id).await?;
    Ok(versions.into_iter().map(without_quotes).collect())
}

fn without_quotes(row: EnrollmentRow) -> EnrollmentRow {
    EnrollmentRow {
        quotes_sealed: None,
        ..row
    }
}

/// Enrollments of a campaign that the actor may see, by day and id; without quotes.
pub async fn enrollment_list(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    filter: &EnrollmentFilter,
    page: &Page,
) -> Result<Vec<EnrollmentRow>, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let scope = actor.scope(app.units, Action::Read);
    let (db, province) = (app.db.read(), campaign.province_id.as_str());
    let found = rows::enrollment_list(db, &scope, province, &campaign.id, filter, page).await?;
    Ok(found.into_iter().map(without_quotes).collect())
}

/// Credit of a campaign by organization, scheme and state.
pub async fn credit_sums(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
) -> Result<Vec<CreditSum>, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let scope = actor.scope(app.units, Action::Read);
    let db = app.db.read();
    Ok(rows::credit_sum_list(db, &scope, &campaign.province_id, &campaign.id).await?)
}

async fn allowed(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
) -> Result<EnrollmentRow, AppError> {
    let (row, _) = enrollment_get(app, actor, campaign_id, id).await?;
    actor.require(
        Action::FieldRecord,
        place(app, &row, &[&row.organization_id]),
        "enrollment",
    )?;
    Ok(row)
}

fn place<'a>(app: &App, row: &EnrollmentRow, organizations: &'a [&'a str]) -> Place<'a> {
    Place {
        unit: app.units.get(&row.admin_unit_id),
        organizations,
    }
}

pub(super) fn state_of(row: &EnrollmentRow) -> Result<EnrollmentState, AppError> {
    EnrollmentState::from_code(&row.state)
        .ok_or_else(|| AppError::Internal(format!("enrollment {} is {}", row.id, row.state)))
}

async fn check(
    app: &App,
    actor: &Actor,
    campaign: &CampaignRow,
    input: &EnrollmentCreate,
) -> Result<Option<String>, AppError> {
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    let unit = checks.unit_of_campaign("admin_unit_id", &input.admin_unit_id, campaign);
    let day = checks.past_day_of_campaign("day", &input.day, campaign);
    checks.unit_on_day("admin_unit_id", unit, day);
    check_content(
        &mut checks,
        &input.scheme,
        input.starts_on.as_deref(),
        input.months,
        input.amount_vnd,
    );
    let mut named = vec![("organization_id".to_owned(), input.organization_id.as_str())];
    named.extend(credited(&input.credit));
    checks.organizations(named).await?;
    let named = Named {
        activity_id: input.activity_id.as_deref(),
        team_id: input.team_id.as_deref(),
        person_id: input.person_id.as_deref(),
        household_id: None,
    };
    let references = References::of(app, campaign, &[named]).await?;
    let kept = Named::default();
    let kind = references.check(&mut checks, (app, actor), campaign, named, kept);
    checks.finish()?;
    let place = Place {
        unit,
        organizations: &[&input.organization_id],
    };
    actor.require(Action::FieldRecord, place, "admin_unit")?;
    Ok(kind)
}

fn new_row(
    app: &App,
    actor: &Actor,
    campaign: &CampaignRow,
    input: &EnrollmentCreate,
) -> EnrollmentRow {
    EnrollmentRow {
        province_id: campaign.province_id.clone(),
        id: input.id.clone(),
        version: 1,
        current: true,
        campaign_id: campaign.id.clone(),
        activity_id: input.activity_id.clone(),
        team_id: input.team_id.clone(),
        consultation_id: input.consultation_id.clone(),
        person_id: input.person_id.clone(),
        organization_id: input.organization_id.clone(),
        admin_unit_id: input.admin_unit_id.clone(),
        scheme: input.scheme.clone(),
        day: input.day.clone(),
        starts_on: input.starts_on.clone(),
        months: input.months,
        amount_vnd: input.amount_vnd,
        state: EnrollmentState::Claimed.code().to_owned(),
        state_day: input.day.clone(),
        state_reason: None,
        confirmation_id: None,
        confirmation_national_id: None,
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
        quotes_sealed: None,
    }
}

/// The shares of an enrollment: of those named, or of who reports it.
fn shares(row: &EnrollmentRow, input: &[CreditInput]) -> Result<Vec<CreditRow>, AppError> {
    let rule = if input.is_empty() {
        CreditRule::Equal(vec![row.organization_id.clone()])
    } else if input.iter().all(|part| part.weight.is_none()) {
        CreditRule::Equal(
            input
                .iter()
                .map(|part| part.organization_id.clone())
                .collect(),
        )
    } else {
        CreditRule::Weighted(
            input
                .iter()
                .map(|part| Weight {
                    organization_id: part.organization_id.clone(),
                    weight: part.weight.unwrap_or(0),
                })
                .collect(),
        )
    };
    let shares = credit_shares(&rule).map_err(credit_error)?;
    Ok(shares
        .into_iter()
        .map(|share| CreditRow {
            province_id: row.province_id.clone(),
            enrollment_id: row.id.clone(),
            organization_id: share.organization_id,
            share_permille: share.permille,
        })
        .collect())
}

fn credit_error(fault: CreditFault) -> AppError {
    let (message, fix) = match &fault {
        CreditFault::Empty => (
            "Chưa có đơn vị nào được ghi công.".to_owned(),
            "Chọn ít nhất một đơn vị.",
        ),
        CreditFault::Twice(id) => (
            format!("Đơn vị “{id}” được ghi công hai lần."),
            "Giữ lại một dòng.",
        ),
        CreditFault::BadWeight(id) => (
            format!("Trọng số của đơn vị “{id}” không hợp lệ."),
            "Nhập trọng số từ 1 đến 1.000.000 cho mọi đơn vị, hoặc để trống tất cả để chia đều.",
        ),
        CreditFault::TooMany => (
            "Quá nhiều đơn vị cùng ghi công.".to_owned(),
            "Chọn nhiều nhất 1.000 đơn vị.",
        ),
    };
    AppError::invalid(Fault::new("credit", fault.code(), message, fix))
}

/// What an enrollment contributes.
pub(super) fn facts_of(row: &EnrollmentRow, activity_kind: Option<&str>) -> Vec<FactRow> {
    let scheme = Scheme::from_code(&row.scheme);
    let state = EnrollmentState::from_code(&row.state);
    let (Some(scheme), Some(state)) = (scheme, state) else {
        return Vec::new();
    };
    let source = Source {
        province_id: &row.province_id,
        id: &row.id,
        entity: "enrollment",
        admin_unit_id: &row.admin_unit_id,
        organization_id: &row.organization_id,
        campaign_id: &row.campaign_id,
        activity_kind,
        day: &row.day,
    };
    source.facts(of_enrollment(scheme, state))
}

fn json(row: &EnrollmentRow) -> serde_json::Value {
    serde_json::json!({
        "version": row.version, "campaign_id": row.campaign_id, "scheme": row.scheme,
        "admin_unit_id": row.admin_unit_id, "organization_id": row.organization_id,
        "day": row.day, "starts_on": row.starts_on, "months": row.months, "amount_vnd": row.amount_vnd,
        "state": row.state, "state_reason": row.state_reason,
    })
}

fn credit_json(rows: &[CreditRow]) -> serde_json::Value {
    rows.iter()
        .map(|row| serde_json::json!({ "organization_id": row.organization_id, "permille": row.share_permille }))
        .collect()
}
