//! What is asked: texts of a door made into a checked question, with every fault at once.

use cube::{Boundaries, StateSet};
use domain::admin_units::{AdminUnits, UnitIx};
use domain::indicators::Indicator;
use domain::period::Period;
use domain::vietnamese;
use jiff::civil::Date;

use super::answer::Notice;
use super::state::state_of;
use crate::app::boundaries::{counterparts, not_on_boundaries};
use crate::app::{Action, Actor, App, AppError, COUNTRY, Fault, Place};

/// At most so many periods in one question.
const MOST_PERIODS: usize = 400;

/// A question as a door hands it in.
#[derive(Debug, Clone, Default)]
pub struct FigureInput {
    /// Id of the indicator.
    pub indicator: String,
    /// Id of the unit; `vn` for the country.
    pub admin_unit_id: String,
    /// One period; or `from` and `to`.
    pub period: Option<String>,
    /// First of several periods.
    pub from: Option<String>,
    /// Last of several periods, of the same kind.
    pub to: Option<String>,
    /// `as_was` (default: each period on the boundaries of its last day), `as_now`, or a day.
    pub boundaries: Option<String>,
    /// Of `previous`, `last_year`, `target`, separated by commas.
    pub compare: Option<String>,
    /// Of `reported`, `claimed`, `confirmed`, separated by commas; all when not given.
    pub states: Option<String>,
    /// Only what is credited to this organization.
    pub organization_id: Option<String>,
}

/// What figures are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Against {
    /// The period right before.
    Previous,
    /// The same period one year earlier.
    LastYear,
    /// The target.
    Target,
}

impl Against {
    /// All of them.
    pub const ALL: [Against; 3] = [Against::Previous, Against::LastYear, Against::Target];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Against::Previous => "previous",
            Against::LastYear => "last_year",
            Against::Target => "target",
        }
    }

    /// The period compared with.
    pub(super) fn base(self, period: Period) -> Option<Period> {
        match self {
            Against::Previous => Some(period.previous()),
            Against::LastYear => Some(period.same_last_year()),
            Against::Target => None,
        }
    }
}

/// A checked question that the actor may ask.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub indicator: &'a Indicator,
    /// None for the country.
    pub unit: Option<UnitIx>,
    /// At least one, in order of time.
    pub periods: Vec<Period>,
    pub boundaries: Boundaries,
    pub compare: Vec<Against>,
    pub states: StateSet,
    pub organization_id: Option<String>,
    pub notices: Vec<Notice>,
}

impl FigureInput {
    /// Checks the question and whether the actor may ask it.
    pub(super) fn question<'a>(
        &self,
        app: &'a App,
        actor: &Actor,
    ) -> Result<Question<'a>, AppError> {
        let mut faults = Vec::new();
        let mut keep = |fault: Fault| faults.push(fault);
        let indicator = app.catalog.indicators.get(&self.indicator);
        if indicator.is_none() {
            keep(Fault::new(
                "indicator",
                "indicator.unknown",
                format!("Không có chỉ tiêu “{}”.", self.indicator),
                "Chọn một chỉ tiêu trong danh mục.",
            ));
        }
        let unit = match self.admin_unit_id.as_str() {
            COUNTRY => Some(None),
            id => app
                .unit("admin_unit_id", id)
                .map_err(&mut keep)
                .ok()
                .map(Some),
        };
        let periods = self.periods().map_err(&mut keep).unwrap_or_default();
        let boundaries = boundaries(app, self.boundaries.as_deref()).map_err(&mut keep);
        let compare = list(self.compare.as_deref(), "compare", |word| {
            Against::ALL.into_iter().find(|one| one.as_str() == word)
        })
        .map_err(&mut keep)
        .unwrap_or_default();
        let states = list(self.states.as_deref(), "states", state_of)
            .map_err(&mut keep)
            .unwrap_or_default();
        let states = if states.is_empty() {
            StateSet::ALL
        } else {
            StateSet::of(&states)
        };
        AppError::check(faults)?;
        let (Some(indicator), Some(unit), Ok(boundaries)) = (indicator, unit, boundaries) else {
            return Err(AppError::Internal("a fault was not kept".into()));
        };
        let mut notices = Vec::new();
        let organization_id = self.organization(actor, unit, &mut notices)?;
        for period in &periods {
            let day = boundary_day(boundaries, *period);
            if let Some(fault) =
                unit.and_then(|unit| not_on_boundaries(app.units, "admin_unit_id", unit, day))
            {
                return Err(AppError::invalid(fault));
            }
        }
        if periods
            .iter()
            .any(|period| AdminUnits::stands_in(boundary_day(boundaries, *period)))
        {
            notices.push(Notice {
                code: "boundaries.stand_in",
                message: "Chưa có dữ liệu địa giới trước ngày 01/11/2021; dùng địa giới ngày đó."
                    .into(),
            });
        }
        Ok(Question {
            indicator,
            unit,
            periods,
            boundaries,
            compare,
            states,
            organization_id,
            notices,
        })
    }

    fn periods(&self) -> Result<Vec<Period>, Fault> {
        let period = |field: &str, text: &str| {
            text.parse::<Period>().map_err(|error| {
                Fault::new(
                    field,
                    "period.malformed",
                    format!("Kỳ không đúng: {error}."),
                    "Viết kỳ như 2022-05, R2022-05, 2022-Q1, 2022-H1 hoặc 2022.",
                )
            })
        };
        let (first, last) = match (&self.period, &self.from, &self.to) {
            (Some(one), None, None) => {
                let one = period("period", one)?;
                (one, one)
            }
            (None, Some(from), Some(to)) => (period("from", from)?, period("to", to)?),
            _ => {
                return Err(Fault::new(
                    "period",
                    "period.missing",
                    "Chưa rõ kỳ cần xem.",
                    "Chọn một kỳ, hoặc cả kỳ đầu và kỳ cuối.",
                ));
            }
        };
        if first.kind() != last.kind() || last < first {
            return Err(Fault::new(
                "to",
                "period.range",
                format!("Không có dãy kỳ từ {first} đến {last}."),
                "Chọn hai kỳ cùng loại, kỳ cuối không trước kỳ đầu.",
            ));
        }
        let mut periods = vec![first];
        while let Some(before) = periods.last().filter(|before| **before < last) {
            if periods.len() == MOST_PERIODS {
                return Err(Fault::new(
                    "to",
                    "period.too_many",
                    format!("Từ {first} đến {last} có hơn {MOST_PERIODS} kỳ."),
                    "Chọn khoảng ngắn hơn hoặc loại kỳ dài hơn.",
                ));
            }
            periods.push(before.next());
        }
        Ok(periods)
    }

    /// The organization that the answer is limited to: the one asked for, or the one that the actor's rights reach.
    fn organization(
        &self,
        actor: &Actor,
        unit: Option<UnitIx>,
        notices: &mut Vec<Notice>,
    ) -> Result<Option<String>, AppError> {
        let may = |organizations: &[&str]| {
            let place = Place {
                unit,
                organizations,
            };
            actor.may(Action::Read, place)
        };
        let asked = self.organization_id.as_deref();
        if may(&[]) || asked.is_some_and(|id| may(&[id])) {
            return Ok(self.organization_id.clone());
        }
        let missing = AppError::NotFound {
            entity: "admin_unit",
        };
        if asked.is_some() {
            return Err(missing);
        }
        let mut own: Vec<&str> = actor
            .grants
            .iter()
            .filter_map(|grant| grant.organization.as_deref())
            .filter(|id| may(&[id]))
            .collect();
        own.sort_unstable();
        own.dedup();
        match own[..] {
            [] => Err(missing),
            [only] => {
                notices.push(Notice {
                    code: "figure.own_organization",
                    message: "Chỉ gồm phần của cơ quan, đơn vị bạn.".into(),
                });
                Ok(Some(only.to_owned()))
            }
            [..] => Err(AppError::invalid(Fault::new(
                "organization_id",
                "figure.organization_missing",
                "Bạn xem được số liệu của nhiều cơ quan, đơn vị.",
                "Chọn một cơ quan, đơn vị.",
            ))),
        }
    }
}

/// The day whose boundaries a period's figure is on.
pub(super) fn boundary_day(boundaries: Boundaries, period: Period) -> Date {
    match boundaries {
        Boundaries::AsWas => period.last(),
        Boundaries::On(day) => day,
    }
}

/// The day on whose boundaries a question's last figure is: units are named as of it.
pub fn boundary_day_of_text(app: &App, input: &FigureInput) -> Result<Date, Fault> {
    let boundaries = boundaries(app, input.boundaries.as_deref())?;
    let periods = input.periods()?;
    let last = periods.last().expect("a question has at least one period");
    Ok(boundary_day(boundaries, *last))
}

fn boundaries(app: &App, text: Option<&str>) -> Result<Boundaries, Fault> {
    match text.unwrap_or("as_was") {
        "as_was" | "as-was" => Ok(Boundaries::AsWas),
        "as_now" | "as-now" => Ok(Boundaries::On(app.clock.today())),
        day => domain::period::parse_date_vi(day)
            .map(Boundaries::On)
            .map_err(|error| {
                Fault::new(
                    "boundaries",
                    "boundaries.malformed",
                    format!("Địa giới không đúng: {error}."),
                    "Viết as_was (như khi đó), as_now (như hiện nay) hoặc một ngày.",
                )
            }),
    }
}

fn list<T>(
    text: Option<&str>,
    field: &'static str,
    known: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Fault> {
    let words = text.unwrap_or_default().split(',').map(str::trim);
    words
        .filter(|word| !word.is_empty())
        .map(|word| {
            known(&word.replace('-', "_")).ok_or_else(|| {
                let fix = match field {
                    "compare" => "Chọn trong previous, last_year, target.",
                    _ => "Chọn trong reported, claimed, confirmed.",
                };
                Fault::new(field, "word.unknown", format!("Không có “{word}”."), fix)
            })
        })
        .collect()
}

/// The unit that a person means by an id or a name, on the boundaries of a day.
///
/// Among equal names the higher level counts. The name or id of a unit that has ended leads to the one that
/// follows it, with a notice; where several follow, the fault names them.
pub fn unit_of_text(
    units: &AdminUnits,
    text: &str,
    on: Date,
) -> Result<(Option<UnitIx>, Vec<Notice>), Fault> {
    let folded = vietnamese::fold(text);
    if text == COUNTRY || folded == "ca nuoc" || folded == "viet nam" {
        return Ok((None, Vec::new()));
    }
    let mut notices = Vec::new();
    let found = match units.get(text) {
        Some(unit) => unit,
        None => named(units, text, &folded, on, &mut notices)?,
    };
    if units.numbering(on).position(found).is_some() {
        return Ok((Some(found), notices));
    }
    let (others, is_later) = counterparts(units, found, on);
    let own = &units.nearest(found, on).full_name;
    match others[..] {
        [only] if is_later => {
            let name = &units.nearest(only, on).full_name;
            notices.push(Notice {
                code: "admin_unit.succeeded",
                message: format!(
                    "Theo địa giới ngày {}, {own} ({}) nay thuộc {name} ({}).",
                    vietnamese::date(on),
                    units.id(found),
                    units.id(only)
                ),
            });
            Ok((Some(only), notices))
        }
        _ => {
            Err(not_on_boundaries(units, "admin_unit_id", found, on)
                .unwrap_or_else(|| unknown(text)))
        }
    }
}

fn unknown(text: &str) -> Fault {
    Fault::new(
        "admin_unit_id",
        "admin_unit.unknown",
        format!("Không tìm thấy đơn vị hành chính “{text}”."),
        "Tìm bằng tên: raquan units find \"TÊN\".",
    )
}

fn named(
    units: &AdminUnits,
    text: &str,
    folded: &str,
    on: Date,
    notices: &mut Vec<Notice>,
) -> Result<UnitIx, Fault> {
    let hits = units.search(text, Some(on), 20);
    let level = |unit: UnitIx| units.nearest(unit, on).level;
    let is_exact = |unit: UnitIx| {
        let row = units.nearest(unit, on);
        vietnamese::fold(row.name()) == *folded || vietnamese::fold(&row.full_name) == *folded
    };
    let best = hits
        .iter()
        .map(|hit| hit.unit)
        .filter(|unit| is_exact(*unit));
    let highest = best.min_by_key(|unit| level(*unit));
    let first = hits.first().map(|hit| hit.unit);
    let chosen = highest.or(first).ok_or_else(|| unknown(text))?;
    let others: Vec<String> = hits
        .iter()
        .filter(|hit| hit.unit != chosen && is_exact(hit.unit))
        .take(5)
        .map(|hit| {
            let row = units.nearest(hit.unit, on);
            let day = row.valid_to.map_or(on, |last| last.min(on));
            let mut names = vec![row.full_name.to_string()];
            for above in units.ancestors(hit.unit, day) {
                names.push(units.nearest(above, day).full_name.to_string());
            }
            format!("{} ({})", names.join(", "), units.id(hit.unit))
        })
        .collect();
    if others.is_empty() {
        return Ok(chosen);
    }
    let has_equal = hits.iter().any(|hit| {
        hit.unit != chosen && is_exact(hit.unit) && level(hit.unit) == level(chosen) && hit.in_force
    });
    if has_equal {
        return Err(Fault::new(
            "admin_unit_id",
            "admin_unit.ambiguous",
            format!("“{text}” có thể là nhiều đơn vị: {}.", others.join("; ")),
            "Ghi thêm tên đơn vị cấp trên sau dấu phẩy, hoặc dùng mã.",
        ));
    }
    notices.push(Notice {
        code: "admin_unit.namesakes",
        message: format!("Cùng tên còn có: {}.", others.join("; ")),
    });
    Ok(chosen)
}
