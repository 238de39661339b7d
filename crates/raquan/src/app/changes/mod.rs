//! Reading the change log: the newest changes first, by province, within what the actor may see of it.
//!
//! Numbers are given by province, so the logs of several provinces are merged by instant, and a page says for each
//! province how far it has come.

mod words;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use domain::period::parse_date_iso;
use jiff::{SignedDuration, Timestamp};
use store::changes::{
    self as rows, ChangeAuthors, ChangeFilter, ChangeRow, change_head_list, change_seq_before,
};
use store::organizations::organization_get_many;

use super::organizations::organization_names;
use super::users::user_names;
use super::{Actor, App, AppError, COUNTRY, Fault};
use crate::clock::{day_bounds, instant_text};

pub use words::{entity_name, operation_name};

/// A page looks through at most so many changes of each province: what no index serves may be rare.
const LOOKED_THROUGH: i64 = 50_000;

/// By so much longer than a write may wait, numbers and the clock may disagree.
const MARGIN: SignedDuration = SignedDuration::from_hours(1);

/// Which changes are wanted; every given part narrows.
#[derive(Debug, Clone, Default)]
pub struct ChangeQuery {
    /// Only of records of this kind.
    pub entity: Option<String>,
    /// Only of this record.
    pub entity_id: Option<String>,
    /// Only by this account.
    pub actor_id: Option<String>,
    /// Only of this day in Viet Nam.
    pub day: Option<String>,
    /// Where the page before ended.
    pub page: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// A change with the names of who made it.
#[derive(Debug, Clone)]
pub struct ChangeLine {
    /// The change.
    pub row: ChangeRow,
    /// Name of the account; none for the program itself.
    pub actor_name: Option<String>,
    /// Name of the organization on whose behalf it was.
    pub organization_name: Option<String>,
}

/// A page of changes.
#[derive(Debug, Clone)]
pub struct ChangePage {
    /// The newest first. May hold fewer than asked for, even none, when there is a next page.
    pub items: Vec<ChangeLine>,
    /// Where the next page begins; none at the end.
    pub next: Option<String>,
}

/// A province's log as far as a page looks through it.
struct Log {
    province: String,
    rows: VecDeque<ChangeRow>,
    /// The next page begins below this number, once all `rows` are taken.
    floor: i64,
}

/// The newest changes that the actor may see.
pub async fn change_list(
    app: &App,
    actor: &Actor,
    query: ChangeQuery,
) -> Result<ChangePage, AppError> {
    let sight = actor.changes(app.units);
    let filter = filter(&query)?;
    let below = match &query.page {
        Some(text) => page_begin(text)?,
        None => BTreeMap::new(),
    };
    let whole: BTreeSet<&str> = sight.subtree.provinces.iter().map(String::as_str).collect();
    let looked_in = provinces(app, actor, &sight.subtree).await?;
    let authors = ChangeAuthors {
        actor_id: sight.own.clone(),
        provinces: sight.subtree.provinces.clone(),
        units: sight.subtree.units.clone(),
        organizations: sight.subtree.organizations.clone(),
    };
    let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
    let mut logs = Vec::new();
    for head in change_head_list(app.db.read()).await? {
        let province = head.province_id;
        let is_whole = sight.subtree.all || whole.contains(province.as_str());
        if !is_whole
            && looked_in
                .as_ref()
                .is_some_and(|all| !all.contains(&province))
        {
            continue;
        }
        let begin = match (query.page.is_some(), below.get(&province)) {
            (false, _) => head.last_seq + 1,
            (true, Some(begin)) => *begin,
            (true, None) => continue,
        };
        let filter = ChangeFilter {
            authors: (!is_whole).then(|| authors.clone()),
            ..filter.clone()
        };
        let Bounds {
            above,
            below,
            floor,
        } = bounds(app, &province, begin, &filter).await?;
        let db = app.db.read();
        let found = rows::change_list_recent(
            db,
            &province,
            above,
            below,
            &filter,
            limit.saturating_add(1),
        )
        .await?;
        logs.push(Log {
            province,
            rows: found.into(),
            floor,
        });
    }
    let (taken, next) = merge(logs, query.limit);
    Ok(ChangePage {
        items: named(app, taken).await?,
        next,
    })
}

/// The provinces whose log may hold something for the actor; none: all of them.
async fn provinces(
    app: &App,
    actor: &Actor,
    subtree: &store::Scope,
) -> Result<Option<BTreeSet<String>>, AppError> {
    let mut found = BTreeSet::from([COUNTRY.to_owned()]);
    found.extend(subtree.provinces.iter().cloned());
    let mut bodies: Vec<String> = subtree.organizations.clone();
    bodies.extend(actor.organization_id.clone());
    for grant in &actor.grants {
        match (&grant.unit, &grant.organization) {
            (None, None) => return Ok(None),
            (Some((_, covered)), _) => {
                let provinces = covered.iter().map(|unit| app.province_id(*unit).to_owned());
                found.extend(provinces);
            }
            (None, Some(organization)) => bodies.push(organization.clone()),
        }
    }
    let bodies = organization_get_many(app.db.read(), &bodies).await?;
    found.extend(bodies.into_iter().map(|row| row.province_id));
    Ok(Some(found))
}

fn filter(query: &ChangeQuery) -> Result<ChangeFilter, AppError> {
    let mut filter = ChangeFilter {
        entity: query.entity.clone(),
        entity_id: query.entity_id.clone(),
        actor_id: query.actor_id.clone(),
        ..ChangeFilter::default()
    };
    if let Some(text) = &query.day {
        let day = parse_date_iso(text).map_err(|error| {
            AppError::invalid(Fault::new(
                "day",
                "date.malformed",
                format!("Ngày không hợp lệ: {error}."),
                "Nhập ngày có trong lịch, dạng năm-tháng-ngày, ví dụ 2022-05-20.",
            ))
        })?;
        let (from, before) = day_bounds(day);
        filter.from_at = Some(from);
        filter.before_at = Some(before);
    }
    Ok(filter)
}

/// The numbers between which a page looks through a province.
struct Bounds {
    above: i64,
    below: i64,
    /// Where a page goes on that found less than it was asked for; 1 when nothing is left.
    floor: i64,
}

async fn bounds(
    app: &App,
    province: &str,
    begin: i64,
    filter: &ChangeFilter,
) -> Result<Bounds, AppError> {
    // The changes of one record come by an index.
    if filter.entity_id.is_some() || begin <= LOOKED_THROUGH {
        return Ok(Bounds {
            above: 0,
            below: begin,
            floor: 1,
        });
    }
    let (mut lowest, mut below) = (0, begin);
    if let (Some(from), Some(before)) = (&filter.from_at, &filter.before_at) {
        let (db, last) = (app.db.read(), begin - 1);
        lowest = change_seq_before(db, province, last, &shifted(from, -MARGIN)).await?;
        below = change_seq_before(db, province, last, &shifted(before, MARGIN)).await? + 1;
    }
    let above = lowest.max(below - 1 - LOOKED_THROUGH);
    let floor = if above > lowest { above + 1 } else { 1 };
    Ok(Bounds {
        above,
        below,
        floor,
    })
}

fn shifted(instant: &str, by: SignedDuration) -> String {
    let moved = instant
        .parse::<Timestamp>()
        .and_then(|at| at.checked_add(by));
    moved.map_or_else(|_| instant.to_owned(), instant_text)
}

/// Takes the newest rows of all logs, each log in its own order, and says where the next page begins.
fn merge(mut logs: Vec<Log>, limit: usize) -> (Vec<ChangeRow>, Option<String>) {
    let mut taken = Vec::new();
    while taken.len() < limit {
        let newest = |at: &usize| (logs[*at].rows.front().map(|row| &row.at), Reverse(*at));
        let newest = (0..logs.len()).max_by_key(newest);
        match newest.and_then(|at| logs[at].rows.pop_front()) {
            Some(row) => taken.push(row),
            None => break,
        }
    }
    let begins: Vec<String> = logs
        .iter()
        .map(|log| (log, log.rows.front().map_or(log.floor, |row| row.seq + 1)))
        .filter(|(_, begin)| *begin > 1)
        .map(|(log, begin)| format!("{}:{begin}", log.province))
        .collect();
    (taken, (!begins.is_empty()).then(|| begins.join(",")))
}

/// Reads what `merge` wrote: below which number each province goes on.
fn page_begin(text: &str) -> Result<BTreeMap<String, i64>, AppError> {
    let one = |part: &str| {
        let (province, begin) = part.split_once(':')?;
        Some((province.to_owned(), begin.parse().ok()?))
    };
    text.split(',')
        .map(one)
        .collect::<Option<_>>()
        .ok_or_else(|| {
            AppError::invalid(Fault::new(
                "page",
                "page.malformed",
                "Không đọc được vị trí trang.",
                "Dùng nguyên giá trị next_page của lần trả lời trước, hoặc để trống.",
            ))
        })
}

async fn named(app: &App, taken: Vec<ChangeRow>) -> Result<Vec<ChangeLine>, AppError> {
    let (mut people, mut bodies) = (Vec::new(), Vec::new());
    for row in &taken {
        people.extend(row.actor_id.clone());
        bodies.extend(row.organization_id.clone());
    }
    let people = user_names(app, people).await?;
    let bodies = organization_names(app, bodies).await?;
    let name = |of: &HashMap<String, String>, id: &Option<String>| {
        id.as_ref().and_then(|id| of.get(id)).cloned()
    };
    Ok(taken
        .into_iter()
        .map(|row| ChangeLine {
            actor_name: name(&people, &row.actor_id),
            organization_name: name(&bodies, &row.organization_id),
            row,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(province: &str, floor: i64, rows: &[(i64, &str)]) -> Log {
        let row = |(seq, at): &(i64, &str)| ChangeRow {
            province_id: province.into(),
            seq: *seq,
            at: (*at).into(),
            actor_id: None,
            organization_id: None,
            door: "api".into(),
            operation: "thing_create".into(),
            entity: "thing".into(),
            entity_id: "a".into(),
            input_sha256: None,
            before_json: None,
            after_json: None,
            changes_figures: false,
        };
        Log {
            province: province.into(),
            rows: rows.iter().map(row).collect(),
            floor,
        }
    }

    #[test]
    fn logs_are_merged_by_instant_and_each_goes_on_where_it_was_left() {
        // A write that waited has a later number and an earlier instant: its log keeps its own order.
        let logs = vec![
            log("a", 1, &[(9, "5"), (8, "3"), (7, "4")]),
            log("b", 1, &[(4, "4"), (3, "1")]),
            log("c", 1, &[]),
            log("d", 31, &[(40, "2")]),
        ];
        let (taken, next) = merge(logs, 4);
        let order: Vec<(&str, i64)> = taken
            .iter()
            .map(|row| (&*row.province_id, row.seq))
            .collect();
        assert_eq!(order, [("a", 9), ("b", 4), ("a", 8), ("a", 7)]);
        let next = next.expect("a next page");
        assert_eq!(next, "b:4,d:41");
        let begins = page_begin(&next).expect("what was written is read");
        assert_eq!(begins, BTreeMap::from([("b".into(), 4), ("d".into(), 41)]));
    }

    #[test]
    fn a_page_that_found_too_little_goes_on_below_what_it_looked_through() {
        let (taken, next) = merge(vec![log("d", 31, &[(40, "2")])], 4);
        assert_eq!((taken.len(), next.as_deref()), (1, Some("d:31")));
        let (_, next) = merge(vec![log("d", 1, &[(40, "2")])], 4);
        assert_eq!(next, None);
        assert!(page_begin("d31").is_err());
    }
}
