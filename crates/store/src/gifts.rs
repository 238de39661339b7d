//! Gifts: pledged by donors, given once to one person.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record, day_and_id};
use crate::sql::execute;
use crate::{Args, Page, Scope, StoreError};

/// What a donor promised.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct GiftPledgeRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The campaign.
    pub campaign_id: String,
    /// Donor, when it is an organization.
    pub donor_organization_id: Option<String>,
    /// Donor, in words.
    pub donor_name: String,
    /// What is given.
    pub gift_kind: String,
    /// How many.
    pub quantity: i64,
    /// How many have been given.
    pub given: i64,
    /// Amount in whole đồng.
    pub amount_vnd: Option<i64>,
    /// Where.
    pub admin_unit_id: String,
    /// Local day.
    pub day: String,
    /// Instant of recording, UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub recorded_by: Option<String>,
}

impl Record for GiftPledgeRow {
    const TABLE: &'static str = "gift_pledge";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.campaign_id)
            .maybe(self.donor_organization_id.as_deref())
            .text(&self.donor_name)
            .text(&self.gift_kind)
            .int(self.quantity)
            .int(self.given)
            .maybe_int(self.amount_vnd)
            .text(&self.admin_unit_id)
            .text(&self.day)
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
    }
}

/// A gift that reached a person.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct GiftRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The pledge.
    pub pledge_id: String,
    /// The campaign.
    pub campaign_id: String,
    /// The person.
    pub person_id: String,
    /// What is given.
    pub gift_kind: String,
    /// Where.
    pub admin_unit_id: String,
    /// Local day.
    pub day: String,
    /// Instant of recording, UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub recorded_by: Option<String>,
}

impl Record for GiftRow {
    const TABLE: &'static str = "gift";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.pledge_id)
            .text(&self.campaign_id)
            .text(&self.person_id)
            .text(&self.gift_kind)
            .text(&self.admin_unit_id)
            .text(&self.day)
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
    }
}

/// Writes a pledge; false when the id is taken.
pub async fn gift_pledge_insert(
    db: &impl ConnectionTrait,
    row: &GiftPledgeRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// One pledge of a province.
pub async fn gift_pledge_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Option<GiftPledgeRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::get(db, "province_id = $1 and id = $2", args).await
}

/// Takes one gift out of a pledge; false when all that was pledged has been given.
pub async fn gift_pledge_take(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update gift_pledge set given = given + 1 \
         where province_id = $1 and id = $2 and given < quantity",
        Args::new().text(province_id).text(id),
    )
    .await?;
    Ok(updated == 1)
}

/// The pledges of a campaign in scope by day and id; `page.after` is `day|id`.
pub async fn gift_pledge_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
    page: &Page,
) -> Result<Vec<GiftPledgeRow>, StoreError> {
    let (mut args, after) = page_args(province_id, campaign_id, page);
    let columns = ["donor_organization_id"];
    let seen = scope.condition(&mut args, "gift_pledge", "admin_unit_id", &columns);
    records::list(
        db,
        &format!("{after} and {seen} order by day, id limit $5"),
        args,
    )
    .await
}

/// Writes a gift; false when the id is taken or the person has had one of this kind.
pub async fn gift_insert(db: &impl ConnectionTrait, row: &GiftRow) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// One gift of a province.
pub async fn gift_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Option<GiftRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::get(db, "province_id = $1 and id = $2", args).await
}

/// The gifts of a campaign in scope by day and id; `page.after` is `day|id`.
pub async fn gift_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
    page: &Page,
) -> Result<Vec<GiftRow>, StoreError> {
    let (mut args, after) = page_args(province_id, campaign_id, page);
    let seen = scope.condition(&mut args, "gift", "admin_unit_id", &[]);
    records::list(
        db,
        &format!("{after} and {seen} order by day, id limit $5"),
        args,
    )
    .await
}

/// Arguments `$1` to `$5` of a page of a campaign, and the condition over the first four.
fn page_args(province_id: &str, campaign_id: &str, page: &Page) -> (Args, &'static str) {
    let (day, id) = day_and_id(page.after.as_deref().unwrap_or_default());
    let args = Args::new()
        .text(province_id)
        .text(campaign_id)
        .text(day)
        .text(id)
        .int(page.limit);
    (
        args,
        "province_id = $1 and campaign_id = $2 and (day, id) > ($3, $4)",
    )
}
