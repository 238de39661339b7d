//! Conversations with people: recorded one by one or in batches, corrected by new versions.

use domain::run::codes::{NextStep, Outcome};
use domain::run::contributions::of_consultation;
use domain::run::versions::next_number;
use serde::{Deserialize, Serialize};
use store::Page;
use store::campaigns::CampaignRow;
use store::consultations::{self as rows, ConsultationFilter, ConsultationRow};
use store::facts::FactRow;
use utoipa::ToSchema;

use super::activities::{Source, version_error};
use super::campaigns::{campaign_of_record, campaign_visible};
use super::policy::{KeptQuoteCheck, QuoteToKeep, kept_quotes_check, quotes_keep};
use super::record_checks::Checks;
use super::references::{Named, References};
use super::{Action, Actor, App, AppError, Operation, Place, Written};

/// Most records of one batch.
pub const MOST_IN_BATCH: usize = 500;

/// A conversation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationCreate {
    /// Made by the client.
    pub id: String,
    /// What the person was told of the law, at most a few; the server computes and keeps the answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<QuoteToKeep>,
    /// What was recorded.
    #[serde(flatten)]
    #[schema(inline)]
    pub content: ConsultationContent,
}

/// What is recorded of a conversation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConsultationContent {
    /// Activity it belongs to.
    pub activity_id: Option<String>,
    /// Team.
    pub team_id: Option<String>,
    /// Organization that counselled.
    pub organization_id: String,
    /// Unit it took place in.
    pub admin_unit_id: String,
    /// Place, in words.
    #[serde(default)]
    pub place: String,
    /// Day.
    pub day: String,
    /// When it began, local: `2022-05-08T09:30`.
    pub started_at: Option<String>,
    /// People in the conversation.
    #[serde(default = "one")]
    pub people: i64,
    /// The person, when known; otherwise it is anonymous.
    pub person_id: Option<String>,
    /// The household, when known.
    pub household_id: Option<String>,
    /// Schemes spoken of.
    #[serde(default)]
    pub schemes: Vec<String>,
    /// How it ended.
    pub outcome: String,
    /// What comes next.
    pub next_step: Option<String>,
    /// When.
    pub next_step_day: Option<String>,
    /// Anything else worth knowing.
    #[serde(default)]
    pub note: String,
}

fn one() -> i64 {
    1
}

/// What became of one record of a batch.
#[derive(Debug)]
pub enum RecordAnswer {
    /// Written now.
    Accepted,
    /// Written by an earlier request.
    AlreadyHad,
    /// Not written.
    Refused(AppError),
}

/// Records a conversation.
pub async fn consultation_create(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    input: ConsultationCreate,
) -> Result<ConsultationRow, AppError> {
    let campaign = campaign_of_record(app, actor, campaign_id).await?;
    let references = References::of(app, &campaign, &[named(&input.content)]).await?;
    Ok(create(app, actor, &campaign, &references, input).await?.0)
}

/// Records many conversations: each is accepted, known already or refused by itself.
///
/// Those that are written together share a commit.
pub async fn consultation_create_many(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    inputs: Vec<ConsultationCreate>,
) -> Result<Vec<(String, RecordAnswer)>, AppError> {
    if inputs.len() > MOST_IN_BATCH {
        return Err(AppError::TooLarge {
            code: "batch.too_large",
            message: format!(
                "Một lần gửi nhiều nhất {MOST_IN_BATCH} bản ghi. Chia nhỏ rồi gửi lại."
            ),
        });
    }
    let campaign = campaign_of_record(app, actor, campaign_id).await?;
    let ids: Vec<String> = inputs.iter().map(|input| input.id.clone()).collect();
    let named: Vec<Named<'_>> = inputs.iter().map(|input| named(&input.content)).collect();
    let references = References::of(app, &campaign, &named).await?;
    let created = inputs
        .into_iter()
        .map(|input| create(app, actor, &campaign, &references, input));
    let answers = futures::future::join_all(created)
        .await
        .into_iter()
        .map(|answer| match answer {
            Ok((_, false)) => RecordAnswer::Accepted,
            Ok((_, true)) => RecordAnswer::AlreadyHad,
            Err(error) => RecordAnswer::Refused(error),
        });
    Ok(ids.into_iter().zip(answers).collect())
}

/// The record, and whether it was there before.
async fn create(
    app: &App,
    actor: &Actor,
    campaign: &CampaignRow,
    references: &References,
    input: ConsultationCreate,
) -> Result<(ConsultationRow, bool), AppError> {
    let mut checks = Checks::new(app);
    checks.id("id", &input.id);
    let mut row = new_row(app, actor, campaign, &input.id, &input.content);
    let operation = Operation::new(&row.province_id, "consultation_create", "consultation")
        .creating(&app.sealer.digest(&input));
    let kept = Named::default();
    let checked = check(
        checks,
        (app, actor),
        campaign,
        references,
        &input.content,
        kept,
    );
    let checked = checked.await;
    let checked = checked.and_then(|kind| Ok((kind, quotes_keep(app, &row.id, &input.quotes)?)));
    let kind = match checked {
        // What was accepted stays so when it is sent again, though its team may be gone by now.
        Err(AppError::Invalid(_)) if operation.was_accepted(app.db.read(), &row.id).await? => {
            return Ok((as_written(app, row).await?, true));
        }
        checked => {
            let (kind, quotes) = checked?;
            row.quotes_sealed = quotes;
            kind
        }
    };
    let written = Written::new((), &row.id)
        .after(json(&row))
        .facts(facts_of(&row, kind.as_deref()));
    let is_new = app
        .create(actor, operation, written, |facts, change| {
            rows::consultation_creation(&row, facts, change)
        })
        .await?;
    if !is_new && row.quotes_sealed.is_some() {
        row = as_written(app, row).await?;
    }
    Ok((row, !is_new))
}

/// The record with the quotes that were kept when it was written, since the rules may have changed.
async fn as_written(app: &App, row: ConsultationRow) -> Result<ConsultationRow, AppError> {
    let written = rows::consultation_get(app.db.read(), &row.province_id, &row.id).await?;
    Ok(ConsultationRow {
        quotes_sealed: written.and_then(|written| written.quotes_sealed),
        ..row
    })
}

/// Replaces what was recorded by a new version.
pub async fn consultation_correct(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
    version: i64,
    content: ConsultationContent,
) -> Result<ConsultationRow, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let old = consultation_get(app, actor, campaign_id, id).await?;
    let at_old = Place {
        unit: app.units.get(&old.admin_unit_id),
        organizations: &[&old.organization_id],
    };
    actor.require(Action::FieldRecord, at_old, "consultation")?;
    let references = References::of(app, &campaign, &[named(&content)]).await?;
    let kept = Named {
        activity_id: old.activity_id.as_deref(),
        team_id: old.team_id.as_deref(),
        household_id: old.household_id.as_deref(),
        person_id: old.person_id.as_deref(),
    };
    let checks = Checks::new(app);
    let kind = check(checks, (app, actor), &campaign, &references, &content, kept).await?;
    let row = new_row(app, actor, &campaign, id, &content);
    let operation = Operation::new(&row.province_id, "consultation_correct", "consultation");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let missing = AppError::NotFound {
                entity: "consultation",
            };
            let old = rows::consultation_get(tx, &row.province_id, &row.id)
                .await?
                .ok_or(missing)?;
            let number = next_number(old.version, version).map_err(version_error)?;
            let row = ConsultationRow {
                version: number,
                counsellor_id: old.counsellor_id.clone(),
                quotes_sealed: old.quotes_sealed.clone(),
                ..row
            };
            if !rows::consultation_retire(tx, &row.province_id, &row.id, old.version).await?
                || !rows::consultation_insert(tx, &row).await?
            {
                return Err(AppError::stale());
            }
            let facts = facts_of(&row, kind.as_deref());
            let (id, before, after) = (row.id.clone(), json(&old), json(&row));
            Ok(Written::new(row, id.clone())
                .before(before)
                .after(after)
                .replacing_facts_of(vec![id])
                .facts(facts))
        })
    })
    .await
}

/// One conversation of a campaign; its quotes, which tell much of a person, for those who may read of people.
pub async fn consultation_get(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
) -> Result<ConsultationRow, AppError> {
    let campaign = campaign_visible(app, actor, campaign_id).await?;
    let missing = || AppError::NotFound {
        entity: "consultation",
    };
    let row = rows::consultation_get(app.db.read(), &campaign.province_id, id).await?;
    let row = row
        .filter(|row| row.campaign_id == campaign.id)
        .ok_or_else(missing)?;
    let place = Place {
        unit: app.units.get(&row.admin_unit_id),
        organizations: &[&row.organization_id],
    };
    if !actor.may(Action::Read, place) {
        return Err(missing());
    }
    let may_read_people = actor.may(Action::PersonRead, place);
    Ok(ConsultationRow {
        quotes_sealed: row.quotes_sealed.filter(|_| may_read_people),
        ..row
    })
}

/// The quotes of a conversation beside what the rules of now say for the same days.
pub async fn consultation_quotes_check(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
) -> Result<Vec<KeptQuoteCheck>, AppError> {
    let row = consultation_get(app, actor, campaign_id, id).await?;
    Ok(kept_quotes_check(
        app,
        &row.id,
        row.quotes_sealed.as_deref(),
    ))
}

/// Every version of a conversation, oldest first; without quotes, which all have in common.
pub async fn consultation_version_list(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    id: &str,
) -> Result<Vec<ConsultationRow>, AppError> {
    let row = consultation_get(app, actor, campaign_id, id).await?;
    let versions = rows::consultation_version_list(app.db.read(), &row.province_id, id).await?;
    Ok(versions.into_iter().map(without_quotes).collect())
}

fn without_quotes(row: ConsultationRow) -> ConsultationRow {
    ConsultationRow {
        quotes_sealed: None,
        ..row
    }
}

/// Conversations of a campaign that the actor may see, by day and id; without quotes.
pub async fn consultation_list(
    app: &App,
    actor: &Actor,
    campaign_id: &str,
    filter: &ConsultationFilter,
    page: &Page,
) -> Result<Vec<ConsultationRow>, AppError> {
    let campaign = campaign_of_record(app, actor, campaign_id).await?;
    let scope = actor.scope(app.units, Action::Read);
    let (db, province) = (app.db.read(), campaign.province_id.as_str());
    let found = rows::consultation_list(db, &scope, province, &campaign.id, filter, page).await?;
    Ok(found.into_iter().map(without_quotes).collect())
}

fn named(content: &ConsultationContent) -> Named<'_> {
    Named {
        activity_id: content.activity_id.as_deref(),
        team_id: content.team_id.as_deref(),
        household_id: content.household_id.as_deref(),
        person_id: content.person_id.as_deref(),
    }
}

/// Checks rights and content, except what a correction keeps; answers with the kind of the activity it belongs to.
async fn check(
    mut checks: Checks<'_>,
    (app, actor): (&App, &Actor),
    campaign: &CampaignRow,
    references: &References,
    content: &ConsultationContent,
    kept: Named<'_>,
) -> Result<Option<String>, AppError> {
    let unit = checks.unit_of_campaign("admin_unit_id", &content.admin_unit_id, campaign);
    let day = checks.past_day_of_campaign("day", &content.day, campaign);
    checks.unit_on_day("admin_unit_id", unit, day);
    if let Some(started) = &content.started_at
        && let Some(instant) = checks.instant("started_at", started)
        && instant.date().to_string() != content.day
    {
        checks.fault(
            "started_at",
            "consultation.other_day",
            "Giờ bắt đầu không cùng ngày với lượt tư vấn.",
            "Sửa ngày hoặc giờ bắt đầu cho khớp.",
        );
    }
    checks.count("people", content.people, 1, 1000);
    for (number, scheme) in content.schemes.iter().enumerate() {
        checks.scheme(&format!("schemes[{number}]"), scheme);
    }
    let outcomes: Vec<&str> = Outcome::ALL.iter().map(|word| word.code()).collect();
    checks.word("outcome", &content.outcome, Outcome::from_code, &outcomes);
    if let Some(step) = &content.next_step {
        let steps: Vec<&str> = NextStep::ALL.iter().map(|word| word.code()).collect();
        checks.word("next_step", step, NextStep::from_code, &steps);
    }
    if let Some(day) = &content.next_step_day {
        checks.day("next_step_day", day);
    }
    checks.text("place", &content.place, 500);
    checks.text("note", &content.note, 2000);
    if actor.organization_id.as_deref() != Some(content.organization_id.as_str()) {
        checks
            .organization("organization_id", &content.organization_id)
            .await?;
    }
    let kind = references.check(&mut checks, (app, actor), campaign, named(content), kept);
    checks.finish()?;
    let place = Place {
        unit,
        organizations: &[&content.organization_id],
    };
    actor.require(Action::FieldRecord, place, "admin_unit")?;
    Ok(kind)
}

/// What a conversation contributes.
fn facts_of(row: &ConsultationRow, activity_kind: Option<&str>) -> Vec<FactRow> {
    let source = Source {
        province_id: &row.province_id,
        id: &row.id,
        entity: "consultation",
        admin_unit_id: &row.admin_unit_id,
        organization_id: &row.organization_id,
        campaign_id: &row.campaign_id,
        activity_kind,
        day: &row.day,
    };
    source.facts(of_consultation(row.people))
}

fn new_row(
    app: &App,
    actor: &Actor,
    campaign: &CampaignRow,
    id: &str,
    content: &ConsultationContent,
) -> ConsultationRow {
    ConsultationRow {
        province_id: campaign.province_id.clone(),
        id: id.to_owned(),
        version: 1,
        current: true,
        campaign_id: campaign.id.clone(),
        activity_id: content.activity_id.clone(),
        team_id: content.team_id.clone(),
        counsellor_id: actor.user_id.clone(),
        organization_id: content.organization_id.clone(),
        admin_unit_id: content.admin_unit_id.clone(),
        place: content.place.trim().to_owned(),
        day: content.day.clone(),
        started_at: content.started_at.clone(),
        people: content.people,
        person_id: content.person_id.clone(),
        household_id: content.household_id.clone(),
        schemes: serde_json::to_string(&content.schemes).expect("texts are plain data"),
        outcome: content.outcome.clone(),
        next_step: content.next_step.clone(),
        next_step_day: content.next_step_day.clone(),
        note: content.note.trim().to_owned(),
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
        quotes_sealed: None,
    }
}

/// The record without what may hold personal data.
fn json(row: &ConsultationRow) -> serde_json::Value {
    serde_json::json!({
        "version": row.version, "campaign_id": row.campaign_id, "admin_unit_id": row.admin_unit_id,
        "organization_id": row.organization_id, "day": row.day, "people": row.people,
        "outcome": row.outcome,
    })
}
