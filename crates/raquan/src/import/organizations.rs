//! Tables of organizations: one body to a row.

use domain::admin_units::{AdminUnits, UnitIx};
use jiff::civil::Date;

use super::columns::{Choice, ColumnSpec, Kind, TableSpec};
use super::file_faults::FileFault;
use super::row_faults::RuleFault;
use super::sheet::{Limits, Sheet, read_sheet};
use super::table::{Table, TableRow};
use super::units::UnitFinder;
use super::values::CellValue;
use crate::catalog::OrganizationKind;

/// The columns of a table of organizations.
pub fn organization_spec(kinds: &[OrganizationKind]) -> TableSpec {
    let choices = kinds
        .iter()
        .map(|kind| Choice::new(&kind.id, &kind.name_vi, &kind.name_en));
    TableSpec::new(vec![
        ColumnSpec::new("name", "Tên cơ quan, đơn vị", "Name", Kind::Text)
            .required()
            .synonyms(&["Tên", "Tên cơ quan", "Tên đơn vị", "Cơ quan"]),
        ColumnSpec::new("kind", "Loại", "Kind", Kind::Choice(choices.collect()))
            .required()
            .synonyms(&["Loại cơ quan", "Loại hình"]),
        ColumnSpec::new(
            "unit",
            "Đơn vị hành chính",
            "Administrative unit",
            Kind::Unit,
        )
        .required()
        .synonyms(&["Địa bàn", "Mã đơn vị hành chính", "admin_unit_id"]),
        ColumnSpec::new("above", "Thuộc", "Within", Kind::Text)
            .synonyms(&["Thuộc huyện", "Thuộc tỉnh"]),
        ColumnSpec::new("short_name", "Tên viết tắt", "Short name", Kind::Text)
            .synonyms(&["Viết tắt"]),
        ColumnSpec::new("parent", "Cơ quan cấp trên", "Parent", Kind::Text)
            .synonyms(&["Cấp trên", "Trực thuộc cơ quan"]),
    ])
    .unique(&["name", "unit"])
}

/// Columns of the specification, for placing faults.
pub(crate) const UNIT: usize = 2;
/// The same.
pub(crate) const PARENT: usize = 5;

/// An organization as a row says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationLine {
    /// Row in the file.
    pub line: u32,
    /// Full name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Id of the unit it sits at.
    pub admin_unit_id: String,
    /// Short name.
    pub short_name: Option<String>,
    /// Name of the body above.
    pub parent: Option<String>,
}

/// A table of organizations that was read.
pub struct OrganizationTable {
    /// As it stands in the file.
    pub sheet: Sheet,
    /// Its rows and faults.
    pub table: Table,
    /// The rows without a fault.
    pub lines: Vec<OrganizationLine>,
}

/// Reads a table of organizations; units are those of `today`, the ones within `within` preferred.
pub fn read_organizations(
    units: &AdminUnits,
    kinds: &[OrganizationKind],
    within: UnitIx,
    today: Date,
    file_name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<OrganizationTable, FileFault> {
    let spec = organization_spec(kinds);
    let sheet = read_sheet(file_name, bytes, &spec, limits)?;
    let finder = UnitFinder::new(units, within);
    let table = sheet.check(&spec, &|text, row| {
        finder.find(text, row.text("above").as_deref(), today)
    });
    let lines = table.good_rows().filter_map(line).collect();
    Ok(OrganizationTable {
        sheet,
        table,
        lines,
    })
}

impl OrganizationTable {
    /// Writes what the use case finds wrong into the table: row, column of the specification, fault.
    pub fn add_faults(&mut self, faults: Vec<(u32, usize, RuleFault)>) {
        self.table.add_faults(faults);
    }
}

fn line(row: &TableRow) -> Option<OrganizationLine> {
    let text = |value: &CellValue| match value {
        CellValue::Text(text) => Some(text.clone()),
        _ => None,
    };
    let [name, kind, unit, _, short_name, parent] = &*row.values else {
        return None;
    };
    let (CellValue::Choice(kind), CellValue::Unit(unit)) = (kind, unit) else {
        return None;
    };
    Some(OrganizationLine {
        line: row.line,
        name: text(name)?,
        kind: kind.to_string(),
        admin_unit_id: unit.id.to_string(),
        short_name: text(short_name),
        parent: text(parent),
    })
}
