//! Enrollments with their versions and shared credit.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record, day_and_id};
use crate::sql::{all, execute};
use crate::{Args, Page, Scope, StoreError};

/// One version of an enrollment: person × scheme.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct EnrollmentRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// 1, 2, …: a correction is a new version.
    pub version: i64,
    /// Whether this is the newest version.
    #[serde(deserialize_with = "records::yes_or_no")]
    pub current: bool,
    /// The campaign.
    pub campaign_id: String,
    /// The activity.
    pub activity_id: Option<String>,
    /// The team.
    pub team_id: Option<String>,
    /// The consultation it came from.
    pub consultation_id: Option<String>,
    /// The person.
    pub person_id: Option<String>,
    /// The organization that does or reports it.
    pub organization_id: String,
    /// Where.
    pub admin_unit_id: String,
    /// The scheme.
    pub scheme: String,
    /// Local day.
    pub day: String,
    /// First day of insurance.
    pub starts_on: Option<String>,
    /// For how many months.
    pub months: Option<i64>,
    /// Amount in whole đồng.
    pub amount_vnd: Option<i64>,
    /// Its state.
    pub state: String,
    /// Local day of that state.
    pub state_day: String,
    /// Why it is in that state.
    pub state_reason: Option<String>,
    /// The official list that confirmed it.
    pub confirmation_id: Option<String>,
    /// Fingerprint of the national id on the line that confirmed it.
    pub confirmation_national_id: Option<String>,
    /// Instant of recording, UTC.
    pub recorded_at: String,
    /// Who recorded it.
    pub recorded_by: Option<String>,
    /// Quotes that belong to it, sealed.
    pub quotes_sealed: Option<String>,
}

impl Record for EnrollmentRow {
    const TABLE: &'static str = "enrollment";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .int(self.version)
            .bool(self.current)
            .text(&self.campaign_id)
            .maybe(self.activity_id.as_deref())
            .maybe(self.team_id.as_deref())
            .maybe(self.consultation_id.as_deref())
            .maybe(self.person_id.as_deref())
            .text(&self.organization_id)
            .text(&self.admin_unit_id)
            .text(&self.scheme)
            .text(&self.day)
            .maybe(self.starts_on.as_deref())
            .maybe_int(self.months)
            .maybe_int(self.amount_vnd)
            .text(&self.state)
            .text(&self.state_day)
            .maybe(self.state_reason.as_deref())
            .maybe(self.confirmation_id.as_deref())
            .maybe(self.confirmation_national_id.as_deref())
            .text(&self.recorded_at)
            .maybe(self.recorded_by.as_deref())
            .maybe(self.quotes_sealed.as_deref())
    }
}

/// Share of an organization in an enrollment.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct CreditRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// The enrollment.
    pub enrollment_id: String,
    /// The organization that does or reports it.
    pub organization_id: String,
    /// Thousandths of the credit.
    pub share_permille: i64,
}

impl Record for CreditRow {
    const TABLE: &'static str = "enrollment_credit";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.enrollment_id)
            .text(&self.organization_id)
            .int(self.share_permille)
    }
}

/// Writes versions of enrollments; returns how many were new.
///
/// Left out are rows whose number is taken, and those whose person is counted in this scheme and
/// campaign already.
pub async fn enrollment_insert_many(
    db: &impl ConnectionTrait,
    rows: &[EnrollmentRow],
) -> Result<u64, StoreError> {
    records::insert(db, rows).await
}

/// Ends version `version` of an enrollment; false when it is not the newest any more.
pub async fn enrollment_retire(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
    version: i64,
) -> Result<bool, StoreError> {
    records::retire::<EnrollmentRow>(db, province_id, id, version).await
}

/// Ends the newest version of many enrollments; returns how many there were.
pub async fn enrollment_retire_many(
    db: &impl ConnectionTrait,
    province_id: &str,
    ids: &[String],
) -> Result<u64, StoreError> {
    let mut ended = 0;
    for chunk in ids.chunks(500) {
        let mut args = Args::new().text(province_id);
        let list = args.list(chunk);
        let text = format!(
            "update enrollment set current = false \
             where province_id = $1 and id in ({list}) and current"
        );
        ended += execute(db, text, args).await?;
    }
    Ok(ended)
}

/// The newest version of an enrollment of a province.
pub async fn enrollment_get(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Option<EnrollmentRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::get(db, "province_id = $1 and id = $2 and current", args).await
}

/// The newest versions of many enrollments of a province, in no order.
pub async fn enrollment_get_many(
    db: &impl ConnectionTrait,
    province_id: &str,
    ids: &[String],
) -> Result<Vec<EnrollmentRow>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut args = Args::new().text(province_id);
        let list = args.list(chunk);
        let condition = format!("province_id = $1 and id in ({list}) and current");
        found.extend(records::list::<EnrollmentRow>(db, &condition, args).await?);
    }
    Ok(found)
}

/// The enrollment of a person that counts in a scheme and campaign.
pub async fn enrollment_get_of_person(
    db: &impl ConnectionTrait,
    province_id: &str,
    campaign_id: &str,
    person_id: &str,
    scheme: &str,
) -> Result<Option<EnrollmentRow>, StoreError> {
    records::get(
        db,
        "province_id = $1 and campaign_id = $2 and person_id = $3 and scheme = $4 \
         and current and state <> 'rejected'",
        Args::new()
            .text(province_id)
            .text(campaign_id)
            .text(person_id)
            .text(scheme),
    )
    .await
}

/// Every version of an enrollment, oldest first.
pub async fn enrollment_version_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Vec<EnrollmentRow>, StoreError> {
    let args = Args::new().text(province_id).text(id);
    records::list(db, "province_id = $1 and id = $2 order by version", args).await
}

/// Which enrollments of a campaign are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct EnrollmentFilter {
    /// Only in this scheme.
    pub scheme: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only by this team.
    pub team_id: Option<String>,
    /// Only at this activity.
    pub activity_id: Option<String>,
    /// Only in these units.
    pub units: Option<Vec<String>>,
}

/// Enrollments of a campaign in scope by day and id; `page.after` is `day|id`.
pub async fn enrollment_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
    filter: &EnrollmentFilter,
    page: &Page,
) -> Result<Vec<EnrollmentRow>, StoreError> {
    let mut args = Args::new().text(province_id).text(campaign_id);
    let mut parts = vec![
        "province_id = $1 and campaign_id = $2 and current".to_owned(),
        scope.condition(
            &mut args,
            "enrollment",
            "admin_unit_id",
            &["organization_id"],
        ),
    ];
    let equal = [
        ("scheme", &filter.scheme),
        ("state", &filter.state),
        ("team_id", &filter.team_id),
        ("activity_id", &filter.activity_id),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            parts.push(format!("{column} = {}", args.push(value)));
        }
    }
    if let Some(units) = &filter.units {
        parts.push(format!("admin_unit_id in ({})", args.list(units)));
    }
    if let Some(after) = &page.after {
        let (day, id) = day_and_id(after);
        let (day, id) = (args.push(day), args.push(id));
        parts.push(format!("(day, id) > ({day}, {id})"));
    }
    let limit = args.push_int(page.limit);
    let condition = format!("{} order by day, id limit {limit}", parts.join(" and "));
    records::list(db, &condition, args).await
}

/// An enrollment of a known person, as far as matching with the official list needs it.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct ClaimRow {
    /// The enrollment.
    pub id: String,
    /// Its scheme.
    pub scheme: String,
    /// Its day.
    pub day: String,
    /// Its state.
    pub state: String,
    /// Fingerprint of the national id on the line that confirmed it.
    pub confirmation_national_id: Option<String>,
    /// Fingerprint of the person's national id.
    pub national_id_fingerprint: Option<String>,
    /// Fingerprint of the person's name, birth year and commune.
    pub name_fingerprint: Option<String>,
}

impl std::fmt::Debug for ClaimRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClaimRow")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// The enrollments of known people in a campaign, by id: claimed, confirmed, and those rejected
/// for `surplus_reason`.
pub async fn enrollment_claim_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    campaign_id: &str,
    surplus_reason: &str,
) -> Result<Vec<ClaimRow>, StoreError> {
    all(
        db,
        "select enrollment.id, enrollment.scheme, enrollment.day, enrollment.state, \
         enrollment.confirmation_national_id, person.national_id_fingerprint, \
         person.name_fingerprint \
         from enrollment join person on person.province_id = enrollment.province_id \
         and person.id = enrollment.person_id \
         where enrollment.province_id = $1 and enrollment.campaign_id = $2 and enrollment.current \
         and (enrollment.state <> 'rejected' or enrollment.state_reason = $3) \
         order by enrollment.id",
        Args::new()
            .text(province_id)
            .text(campaign_id)
            .text(surplus_reason),
    )
    .await
}

/// Replaces the shares of an enrollment.
pub async fn credit_replace(
    db: &impl ConnectionTrait,
    province_id: &str,
    enrollment_id: &str,
    rows: &[CreditRow],
) -> Result<(), StoreError> {
    execute(
        db,
        "delete from enrollment_credit where province_id = $1 and enrollment_id = $2",
        Args::new().text(province_id).text(enrollment_id),
    )
    .await?;
    records::insert(db, rows).await?;
    Ok(())
}

/// The shares of an enrollment, by organization.
pub async fn credit_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    enrollment_id: &str,
) -> Result<Vec<CreditRow>, StoreError> {
    let args = Args::new().text(province_id).text(enrollment_id);
    let condition = "province_id = $1 and enrollment_id = $2 order by organization_id";
    records::list(db, condition, args).await
}

/// Credit of one organization in one scheme.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CreditSum {
    /// The organization.
    pub organization_id: String,
    /// The scheme.
    pub scheme: String,
    /// `claimed` or `confirmed`.
    pub state: String,
    /// Thousandths of enrollments.
    pub permille: i64,
}

/// Credit of a campaign by organization, scheme and state, in scope.
pub async fn credit_sum_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    province_id: &str,
    campaign_id: &str,
) -> Result<Vec<CreditSum>, StoreError> {
    let mut args = Args::new().text(province_id).text(campaign_id);
    let seen = scope.condition(
        &mut args,
        "enrollment",
        "admin_unit_id",
        &["organization_id"],
    );
    all(
        db,
        format!(
            "select enrollment_credit.organization_id, enrollment.scheme, enrollment.state, \
             cast(sum(enrollment_credit.share_permille) as bigint) as permille \
             from enrollment join enrollment_credit \
             on enrollment_credit.province_id = enrollment.province_id \
             and enrollment_credit.enrollment_id = enrollment.id \
             where enrollment.province_id = $1 and enrollment.campaign_id = $2 \
             and enrollment.current and enrollment.state <> 'rejected' and {seen} \
             group by enrollment_credit.organization_id, enrollment.scheme, enrollment.state \
             order by enrollment_credit.organization_id, enrollment.scheme, enrollment.state"
        ),
        args,
    )
    .await
}
