//! Gifts of insurance books and cards: pledged by donors, given once to one person.

use domain::run::codes::GiftKind;
use domain::run::contributions::{of_gift, of_gift_pledge};
use serde::{Deserialize, Serialize};
use store::Page;
use store::gifts::{self as rows, GiftPledgeRow, GiftRow};
use utoipa::ToSchema;

use super::activities::Source;
use super::campaigns::campaign_visible;
use super::people::{may_with_people, person_of_field};
use super::record_checks::Checks;
use super::{Action, Actor, App, AppError, Operation, Place, Written};

/// What a donor promises.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiftPledgeCreate {
    /// Made by the client.
    pub id: String,
    /// Donor, when it is an organization.
    pub donor_organization_id: Option<String>,
    /// Donor, in words.
    pub donor_name: String,
    /// `voluntary_si_book` or `health_insurance_card`.
    pub gift_kind: String,
    /// How many.
    pub quantity: i64,
    /// What they are worth together, in whole đồng.
    pub amount_vnd: Option<i64>,
    /// Unit that they are for.
    pub admin_unit_id: String,
    /// Day of the promise.
    pub day: String,
}

/// A gift that reaches a person.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiftGive {
    /// Made by the client.
    pub id: String,
    /// The pledge that it comes from.
    pub pledge_id: String,
    /// Who gets it.
    pub person_id: String,
    /// Day.
    pub day: String,
}

/// Records what a donor promises.
pub async fn gift_pledge_create(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    input: GiftPledgeCreate,
) -> Result<GiftPledgeRow, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    checks.required("donor_name", &input.donor_name, 300);
    let kinds: Vec<&str> = GiftKind::ALL.iter().map(|kind| kind.code()).collect();
    checks.word("gift_kind", &input.gift_kind, GiftKind::from_code, &kinds);
    checks.count("quantity", input.quantity, 1, 1_000_000);
    if let Some(amount) = input.amount_vnd {
        checks.count("amount_vnd", amount, 0, 1_000_000_000_000_000);
    }
    let unit = checks.unit_of_campaign("admin_unit_id", &input.admin_unit_id, &campaign);
    let day = checks.past_day_of_campaign("day", &input.day, &campaign);
    checks.unit_on_day("admin_unit_id", unit, day);
    if let Some(donor) = &input.donor_organization_id {
        checks.organization("donor_organization_id", donor).await?;
    }
    checks.finish()?;
    let donor = input
        .donor_organization_id
        .as_deref()
        .unwrap_or(&campaign.organization_id);
    actor.require(
        Action::GiftWrite,
        Place {
            unit,
            organizations: &[donor],
        },
        "admin_unit",
    )?;
    let body = donor.to_owned();
    let row = GiftPledgeRow {
        province_id: campaign.province_id.clone(),
        id: input.id.clone(),
        campaign_id: campaign.id.clone(),
        donor_organization_id: input.donor_organization_id.clone(),
        donor_name: input.donor_name.trim().to_owned(),
        gift_kind: input.gift_kind.clone(),
        quantity: input.quantity,
        given: 0,
        amount_vnd: input.amount_vnd,
        admin_unit_id: input.admin_unit_id.clone(),
        day: input.day.clone(),
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
    };
    let operation =
        Operation::new(&row.province_id, "gift_pledge_create", "gift_pledge").creating(&input);
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if !rows::gift_pledge_insert(tx, &row).await? {
                operation.is_repeated(tx, &row.id).await?;
                return Ok(Written::repeated(row));
            }
            let source = Source {
                province_id: &row.province_id,
                id: &row.id,
                entity: "gift_pledge",
                admin_unit_id: &row.admin_unit_id,
                organization_id: &body,
                campaign_id: &row.campaign_id,
                activity_kind: None,
                day: &row.day,
            };
            let facts = source.facts(of_gift_pledge(row.quantity));
            let after = serde_json::json!({
                "campaign_id": row.campaign_id, "gift_kind": row.gift_kind,
                "quantity": row.quantity, "admin_unit_id": row.admin_unit_id,
            });
            let id = row.id.clone();
            Ok(Written::new(row, id).after(after).facts(facts))
        })
    })
    .await
}

/// Gives one gift of a pledge to one person: once per person and kind, never more than pledged.
pub async fn gift_give(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    input: GiftGive,
) -> Result<GiftRow, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let person = person_of_field(app, actor, &input.person_id, Action::GiftWrite).await?;
    let pledge =
        rows::gift_pledge_get(app.db.read(), &campaign.province_id, &input.pledge_id).await?;
    let pledge = pledge
        .filter(|pledge| pledge.campaign_id == campaign.id)
        .ok_or(AppError::NotFound {
            entity: "gift_pledge",
        })?;
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    if checks
        .past_day_of_campaign("day", &input.day, &campaign)
        .is_some()
        && input.day < pledge.day
    {
        checks.fault(
            "day",
            "gift.before_pledge",
            "Ngày trao trước ngày nhà tài trợ cam kết.",
            "Sửa ngày trao.",
        );
    }
    checks.unit_of_campaign("person_id", &person.admin_unit_id, &campaign);
    checks.finish()?;
    let row = GiftRow {
        province_id: campaign.province_id.clone(),
        id: input.id.clone(),
        pledge_id: pledge.id.clone(),
        campaign_id: campaign.id.clone(),
        person_id: person.id,
        gift_kind: pledge.gift_kind,
        admin_unit_id: person.admin_unit_id,
        day: input.day.clone(),
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
    };
    let body = pledge
        .donor_organization_id
        .unwrap_or(campaign.organization_id);
    let operation = Operation::new(&row.province_id, "gift_give", "gift").creating(&input);
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if !rows::gift_insert(tx, &row).await? {
                if rows::gift_get(tx, &row.province_id, &row.id)
                    .await?
                    .is_some()
                {
                    operation.is_repeated(tx, &row.id).await?;
                    return Ok(Written::repeated(row));
                }
                return Err(AppError::Conflict {
                    code: "gift.person_has_one",
                    message:
                        "Người này đã nhận quà cùng loại trong chiến dịch. Mỗi người nhận một \
                              lần; chọn người khác."
                            .into(),
                });
            }
            if !rows::gift_pledge_take(tx, &row.province_id, &row.pledge_id).await? {
                return Err(AppError::Conflict {
                    code: "gift.pledge_used_up",
                    message:
                        "Đã trao hết số quà nhà tài trợ cam kết. Ghi thêm cam kết trước khi trao \
                              tiếp."
                            .into(),
                });
            }
            let source = Source {
                province_id: &row.province_id,
                id: &row.id,
                entity: "gift",
                admin_unit_id: &row.admin_unit_id,
                organization_id: &body,
                campaign_id: &row.campaign_id,
                activity_kind: None,
                day: &row.day,
            };
            let facts = source.facts(of_gift());
            let after = serde_json::json!({
                "campaign_id": row.campaign_id, "pledge_id": row.pledge_id,
                "gift_kind": row.gift_kind, "admin_unit_id": row.admin_unit_id,
            });
            let id = row.id.clone();
            Ok(Written::new(row, id).after(after).facts(facts))
        })
    })
    .await
}

/// The pledges of a campaign that the actor may see, by day and id.
pub async fn gift_pledge_list(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    page: &Page,
) -> Result<Vec<GiftPledgeRow>, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let scope = actor.scope(app.units, Action::Read);
    let db = app.db.read();
    Ok(rows::gift_pledge_list(db, &scope, &campaign.province_id, &campaign.id, page).await?)
}

/// The gifts of a campaign that the actor may see; who got them only for those entitled.
pub async fn gift_list(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    page: &Page,
) -> Result<Vec<(GiftRow, bool)>, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let scope = actor.scope(app.units, Action::Read);
    let db = app.db.read();
    let gifts = rows::gift_list(db, &scope, &campaign.province_id, &campaign.id, page).await?;
    Ok(gifts
        .into_iter()
        .map(|gift| {
            let unit = app.units.get(&gift.admin_unit_id);
            let named = may_with_people(actor, Action::PersonRead, unit);
            (gift, named)
        })
        .collect())
}
