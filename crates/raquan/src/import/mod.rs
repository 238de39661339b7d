//! The door for uploaded tables: from bytes to checked rows, and back to a workbook that shows what is wrong.
//!
//! `read_sheet` turns an XLSX, CSV or TSV file into a [`Sheet`]; [`Sheet::check`] holds it against a
//! [`TableSpec`] and returns every row and every fault in one pass; [`annotate`] hands the same table back with the
//! faults written in; [`template`] makes an empty one to fill in. Nothing here decides what may be stored: the rows
//! go to the use cases.

mod annotate;
mod cell_values;
mod columns;
mod confirmations;
mod container;
mod csv_text;
mod dates;
mod encoding;
mod file_faults;
mod header;
mod labels;
mod numbers;
mod observations;
mod organizations;
mod row_faults;
mod rows;
mod sheet;
mod table;
mod template;
mod units;
mod values;
mod xlsx;

#[cfg(test)]
mod tests;

pub use annotate::annotate;
pub use columns::{Choice, ColumnSpec, Kind, TableSpec};
pub(crate) use confirmations::column_of;
pub use confirmations::{ConfirmationTable, confirmation_spec, read_confirmations};
pub use file_faults::FileFault;
pub use labels::column_letter;
pub use observations::{ObservationLayout, ObservationTable, read_observations};
pub use organizations::{
    OrganizationLine, OrganizationTable, organization_spec, read_organizations,
};
pub(crate) use organizations::{PARENT, UNIT};
pub use row_faults::{Fault, Notice, Problem, RuleFault, UnitFault};
pub use sheet::{CellContent, Limits, Sheet, Source, read_sheet};
pub use table::{RowContext, Table, TableRow, UnitResolver};
pub use template::template;
pub use units::UnitFinder;
pub use values::{CellValue, Decimal, PeriodValue, UnitRef};

/// A workbook could not be written; the text says which limit of the format was reached.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct WorkbookNotWritten(#[from] rust_xlsxwriter::XlsxError);
