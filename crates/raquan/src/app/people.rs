//! Households, people and consent. Who somebody is, is sealed, and shown only to those entitled.

use serde::{Deserialize, Serialize};
use store::Page;
use store::people::{self as rows, ConsentRow, HouseholdRow, PersonFilter, PersonRow};
use utoipa::ToSchema;

use domain::admin_units::UnitIx;
use domain::run::codes::{ConsentPurpose, Sex};

use super::record_checks::Checks;
use super::sealing::{SealError, is_national_id, normalized_national_id};
use super::{Action, Actor, App, AppError, Operation, Place, Written};

/// A household to be recorded.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HouseholdCreate {
    /// Made by the client.
    pub id: String,
    /// Commune.
    pub admin_unit_id: String,
    /// Address; sealed.
    pub address: Option<String>,
    /// What it lives from: farming, forestry, fishery, trade, …
    pub livelihood: Option<String>,
    /// How many people.
    pub member_count: Option<i64>,
}

/// A household as shown: the address only to those entitled.
#[derive(Clone)]
pub struct HouseholdView {
    /// The record.
    pub row: HouseholdRow,
    /// Its address, when the actor may see it and there is one.
    pub address: Option<String>,
}

/// A person to be recorded.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonCreate {
    /// Made by the client.
    pub id: String,
    /// Household.
    pub household_id: Option<String>,
    /// Commune.
    pub admin_unit_id: String,
    /// Full name; sealed.
    pub name: String,
    /// Year of birth.
    pub birth_year: Option<i64>,
    /// `female`, `male`, `other`.
    pub sex: Option<String>,
    /// Telephone number; sealed.
    pub phone: Option<String>,
    /// National id; sealed, and found again by a keyed fingerprint.
    pub national_id: Option<String>,
    /// What the person agreed to: `counselling`, `enrollment`, `gift`. At least one.
    pub consents: Vec<String>,
    /// Not a real person.
    #[serde(default)]
    pub synthetic: bool,
}

/// What is sealed of a person.
#[derive(Clone, Serialize, Deserialize)]
pub struct PersonSecret {
    /// Full name.
    pub name: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// National id.
    pub national_id: Option<String>,
}

/// A person as shown: who it is only to those entitled.
#[derive(Clone)]
pub struct PersonView {
    /// The record.
    pub row: PersonRow,
    /// Who it is, when the actor may see it.
    pub secret: Option<PersonSecret>,
}

/// People as shown to an actor: how many there are, and those that may be seen.
pub struct People {
    /// How many there are in the units that the actor may read.
    pub count: i64,
    /// A page of those that the actor may see by name.
    pub items: Vec<PersonView>,
}

/// Rights over people depend on where they live only: an organization alone gives none.
fn over_people(actor: &Actor) -> Actor {
    let mut actor = actor.clone();
    actor
        .grants
        .retain(|grant| grant.unit.is_some() || grant.organization.is_none());
    for grant in &mut actor.grants {
        grant.organization = None;
    }
    actor
}

/// Whether an actor may do something with the people of a unit.
pub(super) fn may_with_people(actor: &Actor, action: Action, unit: Option<UnitIx>) -> bool {
    over_people(actor).may(
        action,
        Place {
            unit,
            organizations: &[],
        },
    )
}

fn require(
    actor: &Actor,
    action: Action,
    unit: UnitIx,
    entity: &'static str,
) -> Result<(), AppError> {
    let place = Place {
        unit: Some(unit),
        organizations: &[],
    };
    over_people(actor).require(action, place, entity)
}

fn sealing_failed(error: SealError) -> AppError {
    AppError::Internal(error.to_string())
}

/// Records a household.
pub async fn household_create(
    app: &App,
    actor: &Actor,
    input: HouseholdCreate,
) -> Result<HouseholdView, AppError> {
    let unit = app
        .unit("admin_unit_id", &input.admin_unit_id)
        .map_err(AppError::invalid)?;
    require(actor, Action::FieldRecord, unit, "admin_unit")?;
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    checks.text("address", input.address.as_deref().unwrap_or_default(), 500);
    checks.text(
        "livelihood",
        input.livelihood.as_deref().unwrap_or_default(),
        100,
    );
    if let Some(members) = input.member_count {
        checks.count("member_count", members, 0, 100);
    }
    checks.finish()?;
    let row = HouseholdRow {
        province_id: app.province_id(unit).to_owned(),
        id: input.id.clone(),
        admin_unit_id: input.admin_unit_id.clone(),
        address_sealed: input
            .address
            .as_deref()
            .map(|text| app.sealer.seal(&input.id, text)),
        livelihood: input.livelihood.clone(),
        member_count: input.member_count,
        created_at: app.clock.now_text(),
        created_by: actor.user_id.clone(),
        version: 1,
    };
    let view = HouseholdView {
        row: row.clone(),
        address: input.address.clone(),
    };
    let operation = Operation::new(&row.province_id, "household_create", "household")
        .creating(&app.sealer.digest(&input));
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if !rows::household_insert(tx, &row).await? {
                operation.is_repeated(tx, &row.id).await?;
                return Ok(Written::repeated(view));
            }
            let after = serde_json::json!({ "admin_unit_id": row.admin_unit_id });
            Ok(Written::new(view, &row.id).after(after))
        })
    })
    .await
}

fn household_view(app: &App, actor: &Actor, row: HouseholdRow) -> Result<HouseholdView, AppError> {
    let unit = app.units.get(&row.admin_unit_id);
    let address = match &row.address_sealed {
        Some(sealed) if may_with_people(actor, Action::PersonRead, unit) => {
            Some(app.sealer.open(&row.id, sealed).map_err(sealing_failed)?)
        }
        _ => None,
    };
    Ok(HouseholdView { row, address })
}

/// One household.
pub async fn household_get(app: &App, actor: &Actor, id: &str) -> Result<HouseholdView, AppError> {
    let missing = AppError::NotFound {
        entity: "household",
    };
    let Some(row) = rows::household_get(app.db.read(), id).await? else {
        return Err(missing);
    };
    if !may_with_people(actor, Action::Read, app.units.get(&row.admin_unit_id)) {
        return Err(missing);
    }
    household_view(app, actor, row)
}

/// Households that the actor may see, by id.
pub async fn household_list(
    app: &App,
    actor: &Actor,
    units: Option<&[String]>,
    page: &Page,
) -> Result<Vec<HouseholdView>, AppError> {
    let scope = over_people(actor).scope(app.units, Action::Read);
    rows::household_list(app.db.read(), &scope, units, page)
        .await?
        .into_iter()
        .map(|row| household_view(app, actor, row))
        .collect()
}

/// Records a person with what they agreed to.
pub async fn person_create(
    app: &App,
    actor: &Actor,
    input: PersonCreate,
) -> Result<PersonView, AppError> {
    let unit = app
        .unit("admin_unit_id", &input.admin_unit_id)
        .map_err(AppError::invalid)?;
    require(actor, Action::FieldRecord, unit, "admin_unit")?;
    check_person(app, actor, &input).await?;
    let secret = PersonSecret {
        name: input.name.trim().to_owned(),
        phone: input.phone.clone(),
        national_id: input.national_id.as_deref().map(normalized_national_id),
    };
    let text = serde_json::to_string(&secret).expect("texts are plain data");
    let sealer = &app.sealer;
    let row = PersonRow {
        province_id: app.province_id(unit).to_owned(),
        id: input.id.clone(),
        household_id: input.household_id.clone(),
        admin_unit_id: input.admin_unit_id.clone(),
        birth_year: input.birth_year,
        sex: input.sex.clone(),
        sealed: sealer.seal(&input.id, &text),
        national_id_fingerprint: input
            .national_id
            .as_deref()
            .map(|id| sealer.national_id_fingerprint(id)),
        name_fingerprint: input
            .birth_year
            .map(|year| sealer.name_fingerprint(&input.name, year, &input.admin_unit_id)),
        synthetic: input.synthetic,
        created_at: app.clock.now_text(),
        created_by: actor.user_id.clone(),
        version: 1,
    };
    let consents: Vec<ConsentRow> = input
        .consents
        .iter()
        .map(|purpose| new_consent(app, actor, &row, app.clock.new_id(), purpose))
        .collect();
    let operation = Operation::new(&row.province_id, "person_create", "person")
        .creating(&sealer.digest(&input));
    let view = PersonView {
        row: row.clone(),
        secret: Some(secret),
    };
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if !rows::person_insert(tx, &row).await? {
                if rows::person_get(tx, &row.id).await?.is_some() {
                    operation.is_repeated(tx, &row.id).await?;
                    return Ok(Written::repeated(view));
                }
                return Err(double());
            }
            for consent in &consents {
                rows::consent_insert(tx, consent).await?;
            }
            let purposes: Vec<&str> = consents.iter().map(|row| row.purpose.as_str()).collect();
            let after =
                serde_json::json!({ "admin_unit_id": row.admin_unit_id, "consents": purposes });
            Ok(Written::new(view, &row.id).after(after))
        })
    })
    .await
}

fn double() -> AppError {
    AppError::Conflict {
        code: "person.double",
        message: "Người có số định danh này đã được ghi trong tỉnh. Tìm người đó trong danh sách \
                  rồi dùng lại, không ghi mới."
            .into(),
    }
}

async fn check_person(app: &App, actor: &Actor, input: &PersonCreate) -> Result<(), AppError> {
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    checks.required("name", &input.name, 100);
    if let Some(year) = input.birth_year {
        checks.count(
            "birth_year",
            year,
            1900,
            i64::from(app.clock.today().year()),
        );
    }
    if let Some(sex) = &input.sex {
        let words: Vec<&str> = Sex::ALL.iter().map(|sex| sex.code()).collect();
        checks.word("sex", sex, Sex::from_code, &words);
    }
    if let Some(phone) = &input.phone {
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        if !(9..=12).contains(&digits) {
            checks.fault(
                "phone",
                "person.bad_phone",
                format!("Số điện thoại có {digits} chữ số."),
                "Nhập số điện thoại 10 chữ số, hoặc để trống.",
            );
        }
    }
    if input
        .national_id
        .as_deref()
        .is_some_and(|id| !is_national_id(id))
    {
        checks.fault(
            "national_id",
            "person.bad_national_id",
            "Số định danh phải có 12 chữ số (hoặc 9 chữ số của chứng minh nhân dân cũ).",
            "Nhập lại theo giấy tờ, hoặc để trống.",
        );
    }
    if input.consents.is_empty() {
        checks.fault(
            "consents",
            "person.consent_missing",
            "Chưa ghi sự đồng ý của người dân.",
            "Hỏi và ghi mục đích được đồng ý; nếu không đồng ý thì chỉ ghi lượt tư vấn không nêu tên.",
        );
    }
    for (number, purpose) in input.consents.iter().enumerate() {
        check_purpose(&mut checks, &format!("consents[{number}]"), purpose);
    }
    if let Some(household) = &input.household_id
        && household_get(app, actor, household).await.is_err()
    {
        checks.fault(
            "household_id",
            "household.unknown",
            format!("Không có hộ mã “{household}”."),
            "Ghi hộ trước, hoặc để trống.",
        );
    }
    checks.finish()
}

fn check_purpose(checks: &mut Checks<'_>, field: &str, purpose: &str) {
    let words: Vec<&str> = ConsentPurpose::ALL
        .iter()
        .map(|purpose| purpose.code())
        .collect();
    checks.word(field, purpose, ConsentPurpose::from_code, &words);
}

fn person_view(app: &App, actor: &Actor, row: PersonRow) -> Result<PersonView, AppError> {
    let unit = app.units.get(&row.admin_unit_id);
    if !may_with_people(actor, Action::PersonRead, unit) {
        return Ok(PersonView { row, secret: None });
    }
    let text = app
        .sealer
        .open(&row.id, &row.sealed)
        .map_err(sealing_failed)?;
    let secret = serde_json::from_str(&text)
        .map_err(|_| AppError::Internal(format!("person {} is sealed in another form", row.id)))?;
    Ok(PersonView {
        row,
        secret: Some(secret),
    })
}

/// One person; who it is only for those entitled.
pub async fn person_get(app: &App, actor: &Actor, id: &str) -> Result<PersonView, AppError> {
    let missing = AppError::NotFound { entity: "person" };
    let Some(row) = rows::person_get(app.db.read(), id).await? else {
        return Err(missing);
    };
    if !may_with_people(actor, Action::Read, app.units.get(&row.admin_unit_id)) {
        return Err(missing);
    }
    person_view(app, actor, row)
}

/// How many people there are, and a page of those that the actor may see by name.
pub async fn person_list(
    app: &App,
    actor: &Actor,
    filter: &PersonFilter,
    page: &Page,
) -> Result<People, AppError> {
    let (db, by_place) = (app.db.read(), over_people(actor));
    let readable = by_place.scope(app.units, Action::Read);
    let named = by_place.scope(app.units, Action::PersonRead);
    let count = rows::person_count(db, &readable, filter).await?;
    let items = rows::person_list(db, &named, filter, page)
        .await?
        .into_iter()
        .map(|row| person_view(app, actor, row))
        .collect::<Result<_, AppError>>()?;
    Ok(People { count, items })
}

/// A consent to be recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentGive {
    /// Made by the client.
    pub id: String,
    /// `counselling`, `enrollment`, `gift`.
    pub purpose: String,
}

fn new_consent(
    app: &App,
    actor: &Actor,
    person: &PersonRow,
    id: String,
    purpose: &str,
) -> ConsentRow {
    ConsentRow {
        province_id: person.province_id.clone(),
        id,
        person_id: person.id.clone(),
        purpose: purpose.to_owned(),
        given_at: app.clock.now_text(),
        withdrawn_at: None,
        recorded_by: actor.user_id.clone(),
    }
}

/// The person, when the actor may record at their place.
pub(super) async fn person_of_field(
    app: &App,
    actor: &Actor,
    id: &str,
    action: Action,
) -> Result<PersonRow, AppError> {
    let person = person_get(app, actor, id).await?.row;
    if may_with_people(actor, action, app.units.get(&person.admin_unit_id)) {
        Ok(person)
    } else {
        Err(AppError::Forbidden {
            action: action.name(),
        })
    }
}

/// Records that a person agreed to something.
pub async fn consent_give(
    app: &App,
    actor: &Actor,
    person_id: &str,
    input: ConsentGive,
) -> Result<ConsentRow, AppError> {
    let person = person_of_field(app, actor, person_id, Action::FieldRecord).await?;
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    check_purpose(&mut checks, "purpose", &input.purpose);
    checks.finish()?;
    let row = new_consent(app, actor, &person, input.id.clone(), &input.purpose);
    let operation = Operation::new(&row.province_id, "consent_give", "consent").creating(&input);
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if !rows::consent_insert(tx, &row).await? {
                operation.is_repeated(tx, &row.id).await?;
                return Ok(Written::repeated(row));
            }
            let after = serde_json::json!({ "person_id": row.person_id, "purpose": row.purpose });
            let id = row.id.clone();
            Ok(Written::new(row, id).after(after))
        })
    })
    .await
}

/// Records that a person took a consent back.
pub async fn consent_withdraw(
    app: &App,
    actor: &Actor,
    person_id: &str,
    consent_id: &str,
) -> Result<Vec<ConsentRow>, AppError> {
    let person = person_of_field(app, actor, person_id, Action::FieldRecord).await?;
    let known = rows::consent_list(app.db.read(), &person.province_id, person_id).await?;
    let consent = known.into_iter().find(|row| row.id == consent_id);
    let consent = consent.ok_or(AppError::NotFound { entity: "consent" })?;
    let now = app.clock.now_text();
    let operation = Operation::new(&person.province_id, "consent_withdraw", "consent");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let ended = rows::consent_withdraw(tx, &consent.province_id, &consent.id, &now).await?;
            let all = rows::consent_list(tx, &consent.province_id, &consent.person_id).await?;
            if !ended {
                return Ok(Written::repeated(all));
            }
            let after = serde_json::json!({ "purpose": consent.purpose, "withdrawn_at": now });
            Ok(Written::new(all, &consent.id).after(after))
        })
    })
    .await
}

/// The consents of a person, oldest first.
pub async fn consent_list(
    app: &App,
    actor: &Actor,
    person_id: &str,
) -> Result<Vec<ConsentRow>, AppError> {
    let person = person_of_field(app, actor, person_id, Action::PersonRead).await?;
    Ok(rows::consent_list(app.db.read(), &person.province_id, person_id).await?)
}
