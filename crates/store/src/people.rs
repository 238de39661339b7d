//! Households, people and what they consented to. Who they are is stored sealed only.

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;

use crate::records::{self, Record};
use crate::sql::{execute, scalar};
use crate::{Args, Page, Scope, StoreError};

/// A household, with as little as the job needs.
#[derive(Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct HouseholdRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// Where.
    pub admin_unit_id: String,
    /// Address, sealed.
    pub address_sealed: Option<String>,
    /// What it lives from.
    pub livelihood: Option<String>,
    /// How many people.
    pub member_count: Option<i64>,
    /// Instant of creation, UTC.
    pub created_at: String,
    /// Who created it.
    pub created_by: Option<String>,
    /// 1, 2, …: a correction is a new version.
    pub version: i64,
}

impl std::fmt::Debug for HouseholdRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HouseholdRow")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Record for HouseholdRow {
    const TABLE: &'static str = "household";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.admin_unit_id)
            .maybe(self.address_sealed.as_deref())
            .maybe(self.livelihood.as_deref())
            .maybe_int(self.member_count)
            .text(&self.created_at)
            .maybe(self.created_by.as_deref())
            .int(self.version)
    }
}

/// A person, with as little as the job needs; what tells who it is, is sealed.
#[derive(Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct PersonRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The household.
    pub household_id: Option<String>,
    /// Where.
    pub admin_unit_id: String,
    /// Year of birth.
    pub birth_year: Option<i64>,
    /// Sex as far as told.
    pub sex: Option<String>,
    /// Name, phone, birth date and national id, sealed.
    pub sealed: String,
    /// Keyed fingerprint of the national id.
    pub national_id_fingerprint: Option<String>,
    /// Keyed fingerprint of name, birth year and commune.
    pub name_fingerprint: Option<String>,
    /// Not a real person.
    #[serde(deserialize_with = "records::yes_or_no")]
    pub synthetic: bool,
    /// Instant of creation, UTC.
    pub created_at: String,
    /// Who created it.
    pub created_by: Option<String>,
    /// 1, 2, …: a correction is a new version.
    pub version: i64,
}

impl std::fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonRow")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Record for PersonRow {
    const TABLE: &'static str = "person";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .maybe(self.household_id.as_deref())
            .text(&self.admin_unit_id)
            .maybe_int(self.birth_year)
            .maybe(self.sex.as_deref())
            .text(&self.sealed)
            .maybe(self.national_id_fingerprint.as_deref())
            .maybe(self.name_fingerprint.as_deref())
            .bool(self.synthetic)
            .text(&self.created_at)
            .maybe(self.created_by.as_deref())
            .int(self.version)
    }
}

/// What a person allowed.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Deserialize)]
pub struct ConsentRow {
    /// Province at the time of recording.
    pub province_id: String,
    /// Its id, made by the client.
    pub id: String,
    /// The person.
    pub person_id: String,
    /// What the data may be used for.
    pub purpose: String,
    /// Instant of consent.
    pub given_at: String,
    /// Instant of withdrawal.
    pub withdrawn_at: Option<String>,
    /// Who recorded it.
    pub recorded_by: Option<String>,
}

impl Record for ConsentRow {
    const TABLE: &'static str = "consent";

    fn bind(&self, args: Args) -> Args {
        args.text(&self.province_id)
            .text(&self.id)
            .text(&self.person_id)
            .text(&self.purpose)
            .text(&self.given_at)
            .maybe(self.withdrawn_at.as_deref())
            .maybe(self.recorded_by.as_deref())
    }
}

/// Writes a household; false when the id is taken.
pub async fn household_insert(
    db: &impl ConnectionTrait,
    row: &HouseholdRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// One household.
pub async fn household_get(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Option<HouseholdRow>, StoreError> {
    records::get(db, "id = $1", Args::new().text(id)).await
}

/// Households in scope by id, of some units when they are given.
pub async fn household_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    units: Option<&[String]>,
    page: &Page,
) -> Result<Vec<HouseholdRow>, StoreError> {
    let mut args = Args::new();
    let mut parts = vec![scope.condition(&mut args, "household", "admin_unit_id", &[])];
    if let Some(units) = units {
        parts.push(format!("admin_unit_id in ({})", args.list(units)));
    }
    if let Some(after) = &page.after {
        parts.push(format!("id > {}", args.push(after)));
    }
    let limit = args.push_int(page.limit);
    let condition = format!("{} order by id limit {limit}", parts.join(" and "));
    records::list(db, &condition, args).await
}

/// Writes a person; false when the id or the national id is taken.
pub async fn person_insert(db: &impl ConnectionTrait, row: &PersonRow) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// One person.
pub async fn person_get(
    db: &impl ConnectionTrait,
    id: &str,
) -> Result<Option<PersonRow>, StoreError> {
    records::get(db, "id = $1", Args::new().text(id)).await
}

/// The person of a province with this fingerprint of the national id.
pub async fn person_get_by_national_id(
    db: &impl ConnectionTrait,
    province_id: &str,
    fingerprint: &str,
) -> Result<Option<PersonRow>, StoreError> {
    let args = Args::new().text(province_id).text(fingerprint);
    let condition = "province_id = $1 and national_id_fingerprint = $2";
    records::get(db, condition, args).await
}

/// The sealed part of any person, to see by which key it was sealed.
pub async fn person_any_sealed(db: &impl ConnectionTrait) -> Result<Option<String>, StoreError> {
    let person = records::get::<PersonRow>(db, "true", Args::new()).await?;
    Ok(person.map(|person| person.sealed))
}

/// Which people are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct PersonFilter {
    /// Only in these units.
    pub units: Option<Vec<String>>,
    /// Only of this household.
    pub household_id: Option<String>,
    /// Only with this fingerprint of name, birth year and commune.
    pub name_fingerprint: Option<String>,
}

impl PersonFilter {
    fn condition(&self, args: &mut Args, scope: &Scope) -> String {
        let mut parts = vec![scope.condition(args, "person", "admin_unit_id", &[])];
        if let Some(units) = &self.units {
            parts.push(format!("admin_unit_id in ({})", args.list(units)));
        }
        if let Some(household) = &self.household_id {
            parts.push(format!("household_id = {}", args.push(household)));
        }
        if let Some(fingerprint) = &self.name_fingerprint {
            parts.push(format!("name_fingerprint = {}", args.push(fingerprint)));
        }
        parts.join(" and ")
    }
}

/// People in scope by id.
pub async fn person_list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &PersonFilter,
    page: &Page,
) -> Result<Vec<PersonRow>, StoreError> {
    let mut args = Args::new();
    let mut condition = filter.condition(&mut args, scope);
    if let Some(after) = &page.after {
        condition.push_str(&format!(" and id > {}", args.push(after)));
    }
    let limit = args.push_int(page.limit);
    let condition = format!("{condition} order by id limit {limit}");
    records::list(db, &condition, args).await
}

/// How many people there are in scope.
pub async fn person_count(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &PersonFilter,
) -> Result<i64, StoreError> {
    let mut args = Args::new();
    let condition = filter.condition(&mut args, scope);
    let text = format!("select count(*) from person where {condition}");
    scalar(db, text, args).await
}

/// Writes a consent; false when the id is taken.
pub async fn consent_insert(
    db: &impl ConnectionTrait,
    row: &ConsentRow,
) -> Result<bool, StoreError> {
    Ok(records::insert(db, std::slice::from_ref(row)).await? == 1)
}

/// Ends a consent; false when there is none or it has ended.
pub async fn consent_withdraw(
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
    withdrawn_at: &str,
) -> Result<bool, StoreError> {
    let updated = execute(
        db,
        "update consent set withdrawn_at = $3 \
         where province_id = $1 and id = $2 and withdrawn_at is null",
        Args::new().text(province_id).text(id).text(withdrawn_at),
    )
    .await?;
    Ok(updated == 1)
}

/// The consents of a person, oldest first.
pub async fn consent_list(
    db: &impl ConnectionTrait,
    province_id: &str,
    person_id: &str,
) -> Result<Vec<ConsentRow>, StoreError> {
    let args = Args::new().text(province_id).text(person_id);
    let condition = "province_id = $1 and person_id = $2 order by given_at, id";
    records::list(db, condition, args).await
}
