//! Reporting what was counted at an activity; a correction is a new version.

use std::collections::{BTreeMap, BTreeSet};

use domain::activity_kinds::ActivityKind;
use domain::run::codes::ActivityState;
use serde::{Deserialize, Serialize};
use store::activities::{self as rows, ActivityRow, MeasureRow};
use store::campaigns::CampaignRow;
use utoipa::ToSchema;

use super::change::kind_of;
use super::facts::Base;
use super::{activity_allowed, state_of};
use crate::app::record_checks::Checks;
use crate::app::{Action, Actor, App, AppError, Operation, Written};

/// One counted value.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureReport {
    /// Measure of the activity's kind.
    pub measure: String,
    /// The count.
    pub value: i64,
    /// Day it counts for; the activity's first day when not given.
    pub day: Option<String>,
    /// Language, when the kind is told by language.
    #[serde(default)]
    pub language: String,
    /// Audience group, when the kind is told by group.
    #[serde(default)]
    pub audience_group: String,
    /// File that proves it.
    pub evidence_file_id: Option<String>,
    /// Version that is corrected; none for a value told for the first time.
    pub version: Option<i64>,
}

/// Several counted values of one activity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuresReport {
    /// The values.
    pub measures: Vec<MeasureReport>,
}

/// What tells one value of an activity from another.
type Key = (String, String, String);

fn key_of(row: &MeasureRow) -> Key {
    (
        row.measure.clone(),
        row.audience_group.clone(),
        row.language.clone(),
    )
}

/// Takes over values of an activity, all or none, and answers with all of them.
///
/// A value told again unchanged is left as it is.
pub async fn measures_report(
    app: &App,
    actor: &Actor,
    id: &str,
    input: MeasuresReport,
) -> Result<Vec<MeasureRow>, AppError> {
    let (activity, campaign) = activity_allowed(app, actor, id, Action::ActivityReport).await?;
    let kind = kind_of(app, &activity).await?;
    let mut checks = Checks::new(app);
    check(&mut checks, &input, &activity, &campaign, &kind);
    checks.finish()?;
    let told: Vec<MeasureRow> = input
        .measures
        .iter()
        .map(|value| new_row(app, actor, &activity, value))
        .collect();
    let operation = Operation::new(&activity.province_id, "measures_report", "activity");
    app.write(actor, operation, move |tx| {
        Box::pin(async move {
            let missing = AppError::NotFound { entity: "activity" };
            let activity = rows::activity_get(tx, &activity.id).await?.ok_or(missing)?;
            let state = state_of(&activity)?;
            if state == ActivityState::Cancelled {
                return Err(super::change::version_error(
                    domain::run::versions::VersionFault::Closed,
                ));
            }
            let old = rows::measure_list(tx, &activity.province_id, &activity.id).await?;
            let mut all: BTreeMap<Key, MeasureRow> =
                old.into_iter().map(|row| (key_of(&row), row)).collect();
            let (mut written, mut before) = (Vec::new(), Vec::new());
            for (mut row, value) in told.into_iter().zip(&input.measures) {
                let known = all.get(&key_of(&row));
                match (known, value.version) {
                    (None, None) => {}
                    (Some(known), _) if same(known, &row) => continue,
                    (Some(known), Some(base)) if base == known.version => {
                        if !rows::measure_retire(tx, known).await? {
                            return Err(AppError::stale());
                        }
                        before.push(json(known));
                        row.version = known.version + 1;
                        row.id.clone_from(&known.id);
                    }
                    _ => return Err(AppError::stale()),
                }
                all.insert(key_of(&row), row.clone());
                written.push(row);
            }
            check_split(&all, &kind)?;
            let answer: Vec<MeasureRow> = all.into_values().collect();
            if written.is_empty() {
                return Ok(Written::repeated(answer));
            }
            if rows::measure_insert_many(tx, &written).await? != written.len() as u64 {
                return Err(AppError::stale());
            }
            let base = Base {
                activity: &activity,
                kind: &kind,
                state,
            };
            let facts = written
                .iter()
                .flat_map(|row| base.of_measure(row))
                .collect();
            let sources = written.iter().map(|row| row.id.clone()).collect();
            let after = written.iter().map(json).collect();
            Ok(Written::new(answer, &activity.id)
                .before(serde_json::Value::Array(before))
                .after(after)
                .replacing_facts_of(sources)
                .facts(facts))
        })
    })
    .await
}

fn same(a: &MeasureRow, b: &MeasureRow) -> bool {
    a.value == b.value && a.day == b.day && a.evidence_file_id == b.evidence_file_id
}

fn check(
    checks: &mut Checks<'_>,
    input: &MeasuresReport,
    activity: &ActivityRow,
    campaign: &CampaignRow,
    kind: &ActivityKind,
) {
    if input.measures.is_empty() {
        checks.fault(
            "measures",
            "field.required",
            "Chưa có số liệu nào.",
            "Nhập ít nhất một số liệu của hoạt động.",
        );
    }
    let known: Vec<&str> = kind
        .measures
        .iter()
        .map(|measure| measure.id.as_str())
        .collect();
    let mut seen = BTreeSet::new();
    for (number, value) in input.measures.iter().enumerate() {
        checks.below(format!("measures[{number}]."));
        if kind.measure(&value.measure).is_none() {
            checks.fault(
                "measure",
                "measure.not_of_kind",
                format!(
                    "Loại hoạt động “{}” không có số liệu “{}”.",
                    kind.name_vi, value.measure
                ),
                format!("Chọn một trong: {}.", known.join(", ")),
            );
        }
        checks.count("value", value.value, 0, 1_000_000_000);
        let day = value.day.as_deref().unwrap_or(&activity.first_day);
        checks.past_day_of_campaign("day", day, campaign);
        if !value.language.is_empty() {
            checks.language("language", &value.language);
            if !kind.languages {
                checks.fault(
                    "language",
                    "measure.no_languages",
                    format!(
                        "Loại hoạt động “{}” không tách theo ngôn ngữ.",
                        kind.name_vi
                    ),
                    "Để trống ngôn ngữ.",
                );
            }
        }
        if !value.audience_group.is_empty() {
            checks.text("audience_group", &value.audience_group, 100);
            if !kind.attendance_groups {
                checks.fault(
                    "audience_group",
                    "measure.no_groups",
                    format!(
                        "Loại hoạt động “{}” không tách theo nhóm đối tượng.",
                        kind.name_vi
                    ),
                    "Để trống nhóm đối tượng.",
                );
            }
        }
        if !seen.insert((&value.measure, &value.audience_group, &value.language)) {
            checks.fault(
                "measure",
                "measure.twice",
                "Số liệu này đã có ở dòng trên.",
                "Giữ lại một dòng cho mỗi số liệu, nhóm đối tượng và ngôn ngữ.",
            );
        }
    }
    checks.below("");
}

/// A measure is told either as a whole or by language, either as a whole or by group: never both.
fn check_split(all: &BTreeMap<Key, MeasureRow>, kind: &ActivityKind) -> Result<(), AppError> {
    let mut faults = Vec::new();
    for measure in &kind.measures {
        let told: Vec<&MeasureRow> = all
            .values()
            .filter(|row| row.measure == measure.id && row.value != 0)
            .collect();
        let mixed = |empty: fn(&MeasureRow) -> bool| {
            told.iter().any(|row| empty(row)) && told.iter().any(|row| !empty(row))
        };
        if mixed(|row| row.language.is_empty()) || mixed(|row| row.audience_group.is_empty()) {
            faults.push(crate::app::Fault::new(
                measure.id.clone(),
                "measure.counted_twice",
                format!(
                    "“{}” vừa có số chung vừa có số tách riêng, sẽ bị tính hai lần.",
                    measure.name_vi
                ),
                "Sửa số chung về 0 rồi nhập số tách riêng, hoặc ngược lại.",
            ));
        }
    }
    AppError::check(faults)
}

fn new_row(app: &App, actor: &Actor, activity: &ActivityRow, value: &MeasureReport) -> MeasureRow {
    MeasureRow {
        province_id: activity.province_id.clone(),
        activity_id: activity.id.clone(),
        measure: value.measure.clone(),
        audience_group: value.audience_group.trim().to_owned(),
        language: value.language.clone(),
        version: 1,
        current: true,
        id: app.clock.new_id(),
        day: value
            .day
            .clone()
            .unwrap_or_else(|| activity.first_day.clone()),
        value: value.value,
        evidence_file_id: value.evidence_file_id.clone(),
        organization_id: activity.organization_id.clone(),
        admin_unit_id: activity.admin_unit_id.clone(),
        recorded_at: app.clock.now_text(),
        recorded_by: actor.user_id.clone(),
    }
}

fn json(row: &MeasureRow) -> serde_json::Value {
    serde_json::json!({
        "measure": row.measure, "language": row.language, "audience_group": row.audience_group,
        "version": row.version, "day": row.day, "value": row.value,
    })
}
