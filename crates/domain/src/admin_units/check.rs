//! Rules that the unit data must keep as a whole.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::load::Faults;
use super::read::{SuccessionDraft, UnitDraft};
use super::{AdminUnits, Level, Relation, Structure, UnitIx, UnitRow};

/// Days before and after everything, for rows that are open at one end.
fn span(row: &UnitRow) -> (Date, Date) {
    (
        row.valid_from.unwrap_or(Date::MIN),
        row.valid_to.unwrap_or(Date::MAX),
    )
}

fn day_before(date: Date) -> Date {
    date.saturating_sub(1.day())
}

fn day_after(date: Date) -> Date {
    date.saturating_add(1.day())
}

/// States of one unit neither overlap nor leave a gap. The drafts are ordered by unit and first day.
pub(super) fn units(ids: &[Box<str>], drafts: &[UnitDraft], faults: &mut Faults<'_>) {
    for pair in drafts.windows(2) {
        let (earlier, later) = (&pair[0], &pair[1]);
        if earlier.row.unit != later.row.unit {
            continue;
        }
        let id = &ids[later.row.unit.index()];
        let (end, start) = (span(&earlier.row).1, span(&later.row).0);
        let line = earlier.line;
        if earlier.row.valid_from == later.row.valid_from {
            faults.add(
                later.line,
                format_args!(
                    "“{id}” đã có dòng bắt đầu cùng ngày (dòng {line}); bỏ một trong hai dòng"
                ),
            );
        } else if start <= end {
            faults.add(later.line, format_args!("“{id}” chồng thời gian với dòng {line}: dòng đó còn hiệu lực đến hết {end}; sửa valid_to của dòng {line} hoặc valid_from của dòng này"));
        } else if start != day_after(end) {
            faults.add(later.line, format_args!("“{id}” có khoảng trống giữa {end} (dòng {line}) và {start}; cho hai dòng nối tiếp nhau hoặc dùng id khác"));
        }
        if earlier.row.level != later.row.level || earlier.row.code != later.row.code {
            faults.add(
                later.line,
                format_args!(
                    "“{id}” có cấp hoặc mã khác với dòng {line}; một id chỉ có một cấp và một mã"
                ),
            );
        }
    }
}

/// Every unit but a province lies in a unit of the right level that is in force all the time.
pub(super) fn parents(
    units: &AdminUnits,
    lines: &[usize],
    parent_codes: &[Box<str>],
    faults: &mut Faults<'_>,
) {
    for ((row, line), parent_code) in units.rows.iter().zip(lines).zip(parent_codes) {
        let id = units.id(row.unit);
        let wanted = match (row.level, row.structure) {
            (Level::Province, _) => {
                if row.parent.is_some() || !parent_code.is_empty() {
                    faults.add(*line, format_args!("tỉnh “{id}” không được có đơn vị cấp trên; để trống parent_id và parent_code"));
                }
                continue;
            }
            (Level::Commune, Structure::Old) => Level::District,
            _ => Level::Province,
        };
        let Some(parent) = row.parent else {
            continue; // Missing or unknown, and reported where it was looked up.
        };
        let above = units.rows(parent);
        let parent_id = units.id(parent);
        let (Some(first), Some(last)) = (above.first(), above.last()) else {
            continue; // The parent's own rows were refused and reported.
        };
        if first.level != wanted {
            faults.add(*line, format_args!("đơn vị cấp trên “{parent_id}” của “{id}” phải là đơn vị {}; nếu không cây đơn vị sẽ thành vòng", wanted.name_vi()));
        }
        if first.code != *parent_code {
            faults.add(
                *line,
                format_args!(
                    "parent_code “{parent_code}” khác mã của “{parent_id}” ({}); sửa cho khớp",
                    first.code
                ),
            );
        }
        let (from, to) = span(row);
        if span(first).0 > from || span(last).1 < to {
            faults.add(*line, format_args!("đơn vị cấp trên “{parent_id}” không có hiệu lực suốt thời gian của “{id}”; tách dòng tại ngày đổi cấp trên"));
        }
    }
}

/// Within one structure and at one date a code is held by one unit per level.
pub(super) fn codes(units: &AdminUnits, lines: &[usize], faults: &mut Faults<'_>) {
    let key = |number: &u32| {
        let row = &units.rows[*number as usize];
        (row.structure, row.level, &row.code)
    };
    let mut order = units.by_code.clone();
    order.sort_by(|a, b| {
        key(a)
            .cmp(&key(b))
            .then_with(|| span(&units.rows[*a as usize]).cmp(&span(&units.rows[*b as usize])))
    });
    for pair in order.windows(2) {
        let (earlier, later) = (&units.rows[pair[0] as usize], &units.rows[pair[1] as usize]);
        if key(&pair[0]) == key(&pair[1])
            && earlier.unit != later.unit
            && span(later).0 <= span(earlier).1
        {
            let (code, other) = (&later.code, units.id(earlier.unit));
            let (line, other_line) = (lines[pair[1] as usize], lines[pair[0] as usize]);
            faults.add(line, format_args!("mã {code} cùng lúc thuộc “{other}” (dòng {other_line}); sửa mã hoặc thời gian hiệu lực"));
        }
    }
}

/// Every succession joins a unit in force the day before to one in force on the day. Ordered by old unit and date.
pub(super) fn successions(units: &AdminUnits, drafts: &[SuccessionDraft], faults: &mut Faults<'_>) {
    let at = |unit: UnitIx, on: Date| units.rows(unit).iter().find(|row| row.is_in_force(on));
    for draft in drafts {
        let (succession, line) = (&draft.succession, draft.line);
        let date = succession.date;
        let old_id = units.id(succession.old);
        match at(succession.old, day_before(date)) {
            None => faults.add(line, format_args!("“{old_id}” không có hiệu lực vào ngày trước {date}; sửa old_id hoặc effective_date")),
            Some(row) => {
                if row.code != draft.old_code {
                    faults.add(line, format_args!("old_code “{}” khác mã của “{old_id}” ({}); sửa cho khớp", draft.old_code, row.code));
                }
                if row.level != draft.level {
                    faults.add(line, format_args!("level “{}” khác cấp của “{old_id}”; sửa cho khớp", draft.level.as_str()));
                }
            }
        }
        let Some(new) = succession.new else {
            if succession.note.as_ref() != "unknown" {
                faults.add(
                    line,
                    "thiếu new_id; nếu không biết đơn vị kế tiếp thì ghi note là unknown",
                );
            }
            continue;
        };
        let new_id = units.id(new);
        match at(new, date) {
            None => faults.add(
                line,
                format_args!(
                    "“{new_id}” không có hiệu lực vào ngày {date}; sửa new_id hoặc effective_date"
                ),
            ),
            Some(row) => {
                if row.code != draft.new_code {
                    faults.add(
                        line,
                        format_args!(
                            "new_code “{}” khác mã của “{new_id}” ({}); sửa cho khớp",
                            draft.new_code, row.code
                        ),
                    );
                }
                let may_change_level = draft.level == Level::District
                    && matches!(succession.relation, Relation::Abolished | Relation::Renamed);
                if row.level != draft.level && !may_change_level {
                    faults.add(line, format_args!("“{old_id}” và “{new_id}” khác cấp; chỉ huyện bị bỏ hoặc đổi thành đặc khu mới được đổi cấp"));
                }
            }
        }
    }
    for group in drafts.chunk_by(|a, b| {
        (a.succession.old, a.succession.date) == (b.succession.old, b.succession.date)
    }) {
        let old_id = units.id(group[0].succession.old);
        let mut seen = HashSet::new();
        for draft in group {
            if !seen.insert(draft.succession.new) {
                faults.add(
                    draft.line,
                    format_args!("đơn vị kế tiếp của “{old_id}” lặp lại; bỏ dòng thừa"),
                );
            }
            let is_split = draft.succession.relation == Relation::Split;
            if is_split != (group.len() > 1) {
                let count = group.len();
                faults.add(draft.line, format_args!("“{old_id}” có {count} đơn vị kế tiếp cùng ngày; chỉ khi có từ hai trở lên thì relation là split"));
            }
        }
        if !group
            .iter()
            .any(|draft| draft.succession.transfer.carries_people())
        {
            faults.add(
                group[0].line,
                format_args!(
                    "không dòng nào cho biết dân của “{old_id}” về đâu; sửa transfer của một dòng"
                ),
            );
        }
    }
}

/// Every state that ends has a succession, and every one that begins a predecessor; a unit that goes on and takes in
/// people is among its own predecessors.
pub(super) fn chains(
    units: &AdminUnits,
    drafts: &[SuccessionDraft],
    lines: &[usize],
    faults: &mut Faults<'_>,
    succession_faults: &mut Faults<'_>,
) {
    let left: HashSet<(UnitIx, Date)> = drafts
        .iter()
        .map(|draft| (draft.succession.old, draft.succession.date))
        .collect();
    let entered: HashSet<(UnitIx, Date)> = drafts
        .iter()
        .filter_map(|draft| Some((draft.succession.new?, draft.succession.date)))
        .collect();
    for draft in drafts
        .iter()
        .filter(|draft| draft.succession.transfer.carries_people())
    {
        // Otherwise the unit would seem to consist of the new part alone.
        if let Some(new) = draft.succession.new
            && units
                .rows(new)
                .iter()
                .any(|row| row.is_in_force(day_before(draft.succession.date)))
            && !left.contains(&(new, draft.succession.date))
        {
            let (id, date) = (units.id(new), draft.succession.date);
            succession_faults.add(
                draft.line,
                format_args!(
                    "“{id}” nhận thêm dân ngày {date} mà không có dòng của chính nó; thêm dòng old_id = new_id = {id} cùng ngày"
                ),
            );
        }
    }
    for (row, line) in units.rows.iter().zip(lines) {
        let id = units.id(row.unit);
        if let Some(last) = row.valid_to {
            let date = day_after(last);
            if !left.contains(&(row.unit, date)) {
                faults.add(*line, format_args!("“{id}” hết hiệu lực sau ngày {last} mà không có đơn vị kế tiếp; thêm dòng ngày {date} vào tệp kế tiếp (new_id trống và note unknown nếu không biết)"));
            }
        }
        if let Some(first) = row.valid_from
            && !entered.contains(&(row.unit, first))
        {
            faults.add(*line, format_args!("“{id}” bắt đầu ngày {first} mà không có đơn vị trước nó; thêm dòng ngày {first} vào tệp kế tiếp"));
        }
    }
}
