//! Kinds of activities: those of the catalogue, and those that a province has added.

use domain::activity_kinds::{ActivityKind, KindProblem};
use serde::{Deserialize, Serialize};
use store::ConnectionTrait;
use store::activities::{self as rows, ActivityKindRow};
use utoipa::ToSchema;

use super::{Action, Actor, App, AppError, COUNTRY, Fault, Operation, Place, Written};
use crate::catalog::indicator_ids;

/// A kind with where it comes from.
#[derive(Debug, Clone)]
pub struct KnownKind {
    /// The kind.
    pub kind: ActivityKind,
    /// The province that added it; none for the catalogue's.
    pub province_id: Option<String>,
}

/// A kind that a province adds.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityKindCreate {
    /// Stable id: a-z, 0-9 and _.
    pub id: String,
    /// The province.
    pub admin_unit_id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// `direct`, `mass_media`, `social_media`, `visual`, `training`, `oversight`, `giving`, `digital`.
    pub channel: String,
    /// Indicator that rises by one for each activity done.
    pub counts: Option<String>,
    /// Counts as a conference.
    #[serde(default)]
    pub conference: bool,
    /// Happens at several sites at once.
    #[serde(default)]
    pub sites: bool,
    /// Measures are told by language.
    #[serde(default)]
    pub languages: bool,
    /// Measures are told by audience group.
    #[serde(default)]
    pub attendance_groups: bool,
    /// Hangs or stands somewhere until its last day.
    #[serde(default)]
    pub placement_expiry: bool,
    /// Spreads official content.
    #[serde(default)]
    pub content: bool,
    /// Takes place at or with an employer.
    #[serde(default)]
    pub employer: bool,
    /// What is counted.
    #[serde(default)]
    pub measures: Vec<MeasureKindCreate>,
}

/// What is counted at each activity of an own kind.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureKindCreate {
    /// Stable id within the kind.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Indicators that a value is added to.
    #[serde(default)]
    pub feeds: Vec<String>,
}

/// The catalogue's kinds and those of the provinces that the actor has to do with.
pub async fn activity_kind_list(app: &App, actor: &Actor) -> Result<Vec<KnownKind>, AppError> {
    let mut scope = actor.scope(app.units, Action::Read);
    for unit in scope.units.iter().filter_map(|id| app.units.get(id)) {
        scope.provinces.push(app.province_id(unit).to_owned());
    }
    scope.provinces.sort_unstable();
    scope.provinces.dedup();
    let mut kinds: Vec<KnownKind> = app
        .catalog
        .activity_kinds
        .iter()
        .map(|kind| KnownKind {
            kind: kind.clone(),
            province_id: None,
        })
        .collect();
    for row in rows::activity_kind_list(app.db.read(), &scope).await? {
        kinds.push(KnownKind {
            kind: parse(&row)?,
            province_id: Some(row.province_id),
        });
    }
    Ok(kinds)
}

/// Adds a kind to a province.
pub async fn activity_kind_create(
    app: &App,
    actor: &Actor,
    input: ActivityKindCreate,
) -> Result<KnownKind, AppError> {
    let unit = app
        .unit("admin_unit_id", &input.admin_unit_id)
        .map_err(AppError::invalid)?;
    let province_id = app.province_id(unit).to_owned();
    let place = Place {
        unit: app.units.get(&province_id),
        organizations: &[],
    };
    actor.require(Action::CatalogWrite, place, "admin_unit")?;
    let kind = check(app, &input)?;
    let row = ActivityKindRow {
        province_id: province_id.clone(),
        id: kind.id.clone(),
        definition_json: serde_json::to_string(&kind).expect("kinds are plain data"),
        version: 1,
    };
    let operation =
        Operation::new(&province_id, "activity_kind_create", "activity_kind").creating(&input);
    let known = KnownKind {
        kind,
        province_id: Some(province_id),
    };
    app.write(actor, operation.clone(), move |tx| {
        Box::pin(async move {
            if !rows::activity_kind_insert(tx, &row).await? {
                operation.is_repeated(tx, &row.id).await?;
                return Ok(Written::repeated(known));
            }
            let after = serde_json::json!({ "name_vi": known.kind.name_vi });
            Ok(Written::new(known, &row.id).after(after))
        })
    })
    .await
}

/// The kind of this id, as used in a province.
pub(super) async fn activity_kind_of(
    app: &App,
    db: &impl ConnectionTrait,
    province_id: &str,
    id: &str,
) -> Result<Option<ActivityKind>, AppError> {
    if let Some(kind) = app.catalog.activity_kinds.get(id) {
        return Ok(Some(kind.clone()));
    }
    for province in [province_id, COUNTRY] {
        if let Some(row) = rows::activity_kind_get(db, province, id).await? {
            return parse(&row).map(Some);
        }
    }
    Ok(None)
}

fn parse(row: &ActivityKindRow) -> Result<ActivityKind, AppError> {
    serde_json::from_str(&row.definition_json)
        .map_err(|error| AppError::Internal(format!("activity kind {}: {error}", row.id)))
}

fn check(app: &App, input: &ActivityKindCreate) -> Result<ActivityKind, AppError> {
    let channel = domain::activity_kinds::Channel::from_code(&input.channel);
    let Some(channel) = channel else {
        return Err(AppError::invalid(Fault::new(
            "channel",
            "activity_kind.unknown_channel",
            format!("Không có kênh truyền thông “{}”.", input.channel),
            "Chọn một kênh trong danh mục: direct, mass_media, social_media, visual, training, \
             oversight, giving, digital.",
        )));
    };
    let kind = ActivityKind {
        id: input.id.clone(),
        name_vi: input.name_vi.trim().to_owned(),
        name_en: input.name_en.trim().to_owned(),
        channel,
        counts: input.counts.clone(),
        conference: input.conference,
        sites: input.sites,
        languages: input.languages,
        attendance_groups: input.attendance_groups,
        placement_expiry: input.placement_expiry,
        content: input.content,
        employer: input.employer,
        measures: input
            .measures
            .iter()
            .map(|measure| domain::activity_kinds::MeasureKind {
                id: measure.id.clone(),
                name_vi: measure.name_vi.trim().to_owned(),
                name_en: measure.name_en.trim().to_owned(),
                feeds: measure.feeds.clone(),
            })
            .collect(),
    };
    let indicators = indicator_ids(&app.catalog.indicators);
    let mut faults: Vec<Fault> = kind
        .faults(&indicators)
        .into_iter()
        .map(|fault| {
            let (message, fix) = texts(&fault.problem);
            Fault::new(fault.field, fault.problem.code(), message, fix)
        })
        .collect();
    if app.catalog.activity_kinds.get(&kind.id).is_some() {
        let problem = KindProblem::DuplicateKind(kind.id.clone());
        let (message, fix) = texts(&problem);
        faults.push(Fault::new("id", problem.code(), message, fix));
    }
    AppError::check(faults)?;
    Ok(kind)
}

/// What is wrong and how to mend it, in Vietnamese.
fn texts(problem: &KindProblem) -> (String, &'static str) {
    match problem {
        KindProblem::Malformed(text) => (
            format!("Không đọc được: {text}."),
            "Xem mẫu trong danh mục loại hoạt động.",
        ),
        KindProblem::BadId(id) => (
            format!("Mã “{id}” không hợp lệ."),
            "Dùng chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ.",
        ),
        KindProblem::MissingName => (
            "Tên đang để trống.".to_owned(),
            "Ghi tên bằng cả tiếng Việt và tiếng Anh.",
        ),
        KindProblem::DuplicateKind(id) => {
            (format!("Mã “{id}” đã có trong danh mục."), "Chọn mã khác.")
        }
        KindProblem::DuplicateMeasure(id) => (
            format!("Số liệu “{id}” khai báo hai lần."),
            "Giữ lại một dòng.",
        ),
        KindProblem::UnknownIndicator(id) => (
            format!("Không có chỉ tiêu “{id}”."),
            "Chọn chỉ tiêu trong danh mục chỉ tiêu.",
        ),
        KindProblem::CountedTwice(id) => (
            format!("Chỉ tiêu “{id}” sẽ bị tính hai lần."),
            "Chỉ để một nơi tính vào chỉ tiêu này.",
        ),
    }
}
