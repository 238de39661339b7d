//! Campaigns and the versions of their plans.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::sql::{all, execute, one};
use crate::{Args, Page, Scope, StoreError};

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CampaignRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Readable id, e.g. `nghe-an-2022`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name without marks, lower case.
    pub name_search: String,
    /// Where it takes place: the unit and all below.
    pub admin_unit_id: String,
    /// The body that issues it.
    pub organization_id: String,
    /// `draft`, `issued`, `running` or `closed`.
    pub state: String,
    /// First day.
    pub first_day: String,
    /// Last day.
    pub last_day: String,
    /// Newest version of the plan, issued or not.
    pub current_version: i64,
    /// The campaign it was copied from.
    pub made_from_id: Option<String>,
    /// What in it is illustrative; none when nothing is.
    pub illustrative: Option<String>,
    /// 1, 2, …: raised by each update.
    pub row_version: i64,
}

/// One version of a campaign's plan.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CampaignVersionRow {
    /// Province of the campaign.
    pub province_id: String,
    /// The campaign.
    pub campaign_id: String,
    /// 1, 2, ….
    pub version: i64,
    /// The plan as JSON.
    pub plan_json: String,
    /// Instant of issue; none while it can still be written.
    pub issued_at: Option<String>,
    /// Who issued it.
    pub issued_by: Option<String>,
    /// Number of the official document.
    pub document_number: Option<String>,
    /// Its date.
    pub document_date: Option<String>,
    /// Why the plan was amended; none for the first version.
    pub amendment_reason: Option<String>,
}

const CAMPAIGN: &str = "province_id, id, name, name_search, admin_unit_id, organization_id, state, \
     first_day, last_day, current_version, made_from_id, illustrative, row_version";
const VERSION: &str = "province_id, campaign_id, version, plan_json, issued_at, issued_by, \
     document_number, document_date, amendment_reason";

/// Writes a new campaign; false when the id is taken.
pub async fn campaign_insert(
    db: &impl ConnectionTrait,
    row: &CampaignRow,
) -> Result<bool, StoreError> {
    let inserted = execute(
        db,
        format!(
            "insert into campaign ({CAMPAIGN}) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             on conflict do nothing"
        ),
        Args::new()
            .text(&row.province_id)
            .text(&row.id)
            .text(&row.name)
            .text(&row.name_search)
            .text(&row.admin_unit_id)
            .text(&row.organization_id)
            .text(&row.state)
            .text(&row.first_day)
            .text(&row.last_day)
            .int(row.current_version)
            .maybe(row.made_from_id.as_deref())
            .maybe(row.illustrative.as_deref())
            .int(row.row_version),
    )
    .await?;
    Ok(inserted == 1)
}

/// Replaces the changeable parts when the row version is still `row.row_version`; false otherwise.
pub async fn campaign_update(
    db: &impl ConnectionTrait,
    row: &CampaignRow,
) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update campaign set name = $3, name_search = $4, organization_id = $5, state = $6, \
         first_day = $7, last_day = $8, current_version = $9, illustrative = $10, \
         row_version = row_version + 1 \
         where province_id = $1 and id = $2 and row_version = $11",
        Args::new()
            .text(&row.province_id)
            .text(&row.id)
            .text(&row.name)
            .text(&row.name_search)
            .text(&row.organization_id)
            .text(&row.state)
            .text(&row.first_day)
            .text(&row.last_day)
            .int(row.current_version)
            .maybe(row.illustrative.as_deref())
            .int(row.row_version),
    )
    .await?;
    Ok(updated == 1)
}

/// One campaign by its id.
pub async fn campaign_get(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Option<CampaignRow>, StoreError> {
    one(
        db,
        format!("select {CAMPAIGN} from campaign where id = $1"),
        Args::new().text(id),
    )
    .await
}

/// Which campaigns are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct CampaignFilter {
    /// Part of the name, already without marks.
    pub name_search: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only at these units.
    pub units: Option<Vec<String>>,
    /// Only those that include this day.
    pub on: Option<String>,
}

/// Campaigns in scope, newest first; the page's key is `first_day|id` of the last one seen.
///
/// Drafts are seen in `draft_scope` only.
pub async fn campaign_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    draft_scope: &Scope,
    filter: &CampaignFilter,
    page: &Page,
) -> Result<Vec<CampaignRow>, StoreError> {
    let mut args = Args::new();
    let mut parts =
        vec![scope.condition(&mut args, "campaign", "admin_unit_id", &["organization_id"])];
    if let Some(text) = &filter.name_search {
        parts.push(format!(
            "name_search like {}",
            args.push(format!("%{text}%"))
        ));
    }
    if let Some(state) = &filter.state {
        parts.push(format!("state = {}", args.push(state)));
    }
    if let Some(units) = &filter.units {
        parts.push(format!("admin_unit_id in ({})", args.list(units)));
    }
    if let Some(on) = &filter.on {
        parts.push(format!(
            "first_day <= {} and last_day >= {}",
            args.push(on),
            args.push(on)
        ));
    }
    let drafts =
        draft_scope.condition(&mut args, "campaign", "admin_unit_id", &["organization_id"]);
    parts.push(format!("(state <> 'draft' or {drafts})"));
    if let Some((day, id)) = page.after.as_deref().and_then(|key| key.split_once('|')) {
        let (day, id) = (args.push(day), args.push(id));
        parts.push(format!("(first_day, id) < ({day}, {id})"));
    }
    let limit = args.push_int(page.limit);
    let condition = parts.join(" and ");
    all(
        db,
        format!(
            "select {CAMPAIGN} from campaign where {condition} \
             order by first_day desc, id desc limit {limit}"
        ),
        args,
    )
    .await
}

/// Writes a new version of a plan.
pub async fn campaign_version_insert(
    db: &impl ConnectionTrait,
    row: &CampaignVersionRow,
) -> Result<(), StoreError> {
    execute(
        db,
        format!(
            "insert into campaign_version ({VERSION}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        Args::new()
            .text(&row.province_id)
            .text(&row.campaign_id)
            .int(row.version)
            .text(&row.plan_json)
            .maybe(row.issued_at.as_deref())
            .maybe(row.issued_by.as_deref())
            .maybe(row.document_number.as_deref())
            .maybe(row.document_date.as_deref())
            .maybe(row.amendment_reason.as_deref()),
    )
    .await?;
    Ok(())
}

/// Writes a version that has not been issued, or issues it; false when it was issued before.
pub async fn campaign_version_update(
    db: &impl ConnectionTrait,
    row: &CampaignVersionRow,
) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update campaign_version set plan_json = $4, issued_at = $5, issued_by = $6, \
         document_number = $7, document_date = $8, amendment_reason = $9 \
         where province_id = $1 and campaign_id = $2 and version = $3 and issued_at is null",
        Args::new()
            .text(&row.province_id)
            .text(&row.campaign_id)
            .int(row.version)
            .text(&row.plan_json)
            .maybe(row.issued_at.as_deref())
            .maybe(row.issued_by.as_deref())
            .maybe(row.document_number.as_deref())
            .maybe(row.document_date.as_deref())
            .maybe(row.amendment_reason.as_deref()),
    )
    .await?;
    Ok(updated == 1)
}

/// One version of a plan.
pub async fn campaign_version_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    campaign_id: &str,
    version: i64,
) -> Result<Option<CampaignVersionRow>, StoreError> {
    one(
        db,
        format!(
            "select {VERSION} from campaign_version \
             where province_id = $1 and campaign_id = $2 and version = $3"
        ),
        Args::new().text(province_id).text(campaign_id).int(version),
    )
    .await
}

/// The versions of a plan, oldest first; at most 200.
pub async fn campaign_version_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    campaign_id: &str,
) -> Result<Vec<CampaignVersionRow>, StoreError> {
    all(
        db,
        format!(
            "select {VERSION} from campaign_version \
             where province_id = $1 and campaign_id = $2 order by version limit 200"
        ),
        Args::new().text(province_id).text(campaign_id),
    )
    .await
}
