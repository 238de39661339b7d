//! A table of organizations, held against those that are there.

use std::collections::{HashMap, HashSet};

use domain::admin_units::UnitIx;
use domain::vietnamese::fold;
use store::organizations::{self as rows, OrganizationFilter, OrganizationRow};
use store::{Page, Scope};

use super::report::{Effect, Examined};
use crate::app::organizations::{cycle, is_cycle};
use crate::app::{Action, Actor, App, AppError, Place};
use crate::import::{
    OrganizationLine, OrganizationTable, PARENT, RuleFault, TableSpec, UNIT, organization_spec,
};

/// Most organizations of the provinces concerned that are held against the table.
const MOST_KNOWN: i64 = 100_000;

/// A table of organizations with what it would add.
pub(super) struct ExaminedOrganizations {
    pub read: OrganizationTable,
    pub spec: TableSpec,
    pub effect: Effect,
    /// The organizations to be added.
    pub added: Vec<OrganizationRow>,
}

/// What a row's organization is known by.
type Key = (String, String, String);

fn key(name: &str, unit: &str, kind: &str) -> Key {
    (fold(name), unit.to_owned(), kind.to_owned())
}

/// Holds a table against the actor's rights and the organizations that are there.
pub(super) async fn examine(
    app: &App,
    actor: &Actor,
    mut read: OrganizationTable,
) -> Result<Examined, AppError> {
    let spec = organization_spec(&app.catalog.organization_kinds);
    let known = known(app, &read.lines).await?;
    let mut faults = Vec::new();
    let mut ids: HashMap<Key, String> = known
        .iter()
        .map(|row| {
            (
                key(&row.name, &row.admin_unit_id, &row.kind),
                row.id.clone(),
            )
        })
        .collect();
    let there: HashSet<String> = known.iter().map(|row| row.id.clone()).collect();
    for line in &read.lines {
        ids.entry(key(&line.name, &line.admin_unit_id, &line.kind))
            .or_insert_with(|| app.clock.new_id());
    }
    let parents = Parents::new(app, &known, &read.lines, &ids);
    let mut added = Vec::new();
    for line in &read.lines {
        let id = ids[&key(&line.name, &line.admin_unit_id, &line.kind)].clone();
        if there.contains(&id) {
            continue;
        }
        let unit = app.units.get(&line.admin_unit_id);
        let place = Place {
            unit,
            organizations: &[],
        };
        if !actor.may(Action::OrganizationWrite, place) {
            faults.push((line.line, UNIT, out_of_scope()));
            continue;
        }
        let parent_id = match line.parent.as_deref().map(|name| parents.find(name, unit)) {
            None => None,
            Some(Ok(parent)) => Some(parent),
            Some(Err(fault)) => {
                faults.push((line.line, PARENT, fault));
                continue;
            }
        };
        added.push((
            line.line,
            OrganizationRow {
                province_id: unit.map_or_else(String::new, |unit| app.province_id(unit).to_owned()),
                id,
                kind: line.kind.clone(),
                name: line.name.clone(),
                name_search: fold(&line.name),
                short_name: line.short_name.clone(),
                admin_unit_id: line.admin_unit_id.clone(),
                parent_id,
                active: true,
                illustrative: false,
                version: 1,
            },
        ));
    }
    let above: HashMap<&str, Option<&str>> = added
        .iter()
        .map(|(_, row)| (row.id.as_str(), row.parent_id.as_deref()))
        .collect();
    for (line, row) in &added {
        if is_cycle(&row.id, &above) {
            let fault = cycle(String::new());
            faults.push((
                *line,
                PARENT,
                RuleFault {
                    code: fault.code,
                    message_vi: format!("{} {}", fault.message, fault.fix),
                    message_en: "the parent lies below this body itself; choose another".to_owned(),
                },
            ));
        }
    }
    read.add_faults(faults);
    let wrong: HashSet<u32> = read.table.faults.iter().map(|fault| fault.line).collect();
    added.retain(|(line, _)| !wrong.contains(line));
    let added: Vec<OrganizationRow> = added.into_iter().map(|(_, row)| row).collect();
    let effect = Effect {
        new: added.len(),
        corrected: 0,
        unchanged: read
            .lines
            .iter()
            .filter(|line| !wrong.contains(&line.line))
            .count()
            - added.len(),
    };
    Ok(Examined::Organizations(Box::new(ExaminedOrganizations {
        read,
        spec,
        effect,
        added,
    })))
}

/// The organizations of the provinces that the table speaks of.
async fn known(app: &App, lines: &[OrganizationLine]) -> Result<Vec<OrganizationRow>, AppError> {
    let units: HashSet<UnitIx> = lines
        .iter()
        .filter_map(|line| app.units.get(&line.admin_unit_id))
        .collect();
    let mut provinces: Vec<String> = units
        .into_iter()
        .map(|unit| app.province_id(unit).to_owned())
        .collect();
    provinces.sort_unstable();
    provinces.dedup();
    let scope = Scope {
        provinces,
        ..Scope::default()
    };
    let page = Page {
        after: None,
        limit: MOST_KNOWN,
    };
    Ok(
        rows::organization_list(app.db.read(), &scope, &OrganizationFilter::default(), &page)
            .await?,
    )
}

/// Finds the body above that a row names.
struct Parents<'a> {
    app: &'a App,
    by_name: HashMap<String, Vec<(String, Option<UnitIx>)>>,
}

impl<'a> Parents<'a> {
    fn new(
        app: &'a App,
        known: &[OrganizationRow],
        lines: &[OrganizationLine],
        ids: &HashMap<Key, String>,
    ) -> Parents<'a> {
        let mut by_name: HashMap<String, Vec<(String, Option<UnitIx>)>> = HashMap::new();
        let mut seen = HashSet::new();
        let listed = lines.iter().map(|line| {
            let id = &ids[&key(&line.name, &line.admin_unit_id, &line.kind)];
            (
                line.name.as_str(),
                line.short_name.as_deref(),
                id.as_str(),
                line.admin_unit_id.as_str(),
            )
        });
        let there = known.iter().map(|row| {
            (
                row.name.as_str(),
                row.short_name.as_deref(),
                row.id.as_str(),
                row.admin_unit_id.as_str(),
            )
        });
        for (name, short, id, unit) in there.chain(listed) {
            if seen.insert(id.to_owned()) {
                for name in std::iter::once(name).chain(short) {
                    let place = (id.to_owned(), app.units.get(unit));
                    by_name.entry(fold(name)).or_default().push(place);
                }
            }
        }
        Parents { app, by_name }
    }

    /// Of bodies with one name, the one at the nearest unit above.
    fn find(&self, name: &str, unit: Option<UnitIx>) -> Result<String, RuleFault> {
        let Some(found) = self.by_name.get(&fold(name)) else {
            return Err(RuleFault {
                code: "organization.unknown_parent",
                message_vi: format!(
                    "không có cơ quan cấp trên tên «{name}»; hãy thêm cơ quan đó vào bảng hoặc để trống"
                ),
                message_en: format!(
                    "there is no body named “{name}”; add it to the table or leave it empty"
                ),
            });
        };
        if let [(id, _)] = &found[..] {
            return Ok(id.clone());
        }
        let today = self.app.clock.today();
        let above = unit
            .into_iter()
            .flat_map(|unit| std::iter::once(unit).chain(self.app.units.ancestors(unit, today)));
        for level in above {
            let here: Vec<&String> = found
                .iter()
                .filter(|(_, at)| *at == Some(level))
                .map(|(id, _)| id)
                .collect();
            match here[..] {
                [] => {}
                [only] => return Ok(only.clone()),
                _ => break,
            }
        }
        Err(RuleFault {
            code: "organization.ambiguous_parent",
            message_vi: format!("có nhiều cơ quan tên «{name}»; hãy ghi tên đầy đủ, duy nhất"),
            message_en: format!(
                "several bodies are named “{name}”; write a full name that only one has"
            ),
        })
    }
}

fn out_of_scope() -> RuleFault {
    RuleFault {
        code: "organization.out_of_scope",
        message_vi:
            "đơn vị hành chính này không thuộc phạm vi của bạn; hãy bỏ dòng này hoặc sửa đơn vị"
                .to_owned(),
        message_en: "the unit is not within your scope; remove the row or mend the unit".to_owned(),
    }
}
