//! An uploaded table of 100,000 rows with one fault in a hundred: read, checked, and handed back with its faults.
//!
//! Each file is checked by a process of its own, so that the memory shown is what checking needs, not what making the
//! file needed.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use benches::folder::Folder;
use benches::{Dice, machine_line, peak_bytes, shown};
use raquan::import::{
    ColumnSpec, Kind, Limits, RowContext, TableSpec, UnitFault, UnitRef, annotate, read_sheet,
};
use rust_xlsxwriter::Workbook;

const ROWS: u64 = 100_000;
const HEADER: [&str; 5] = ["Đơn vị", "Kỳ báo cáo", "Mã chỉ tiêu", "Số người", "Ghi chú"];

type Fallible = Result<(), Box<dyn Error>>;

fn main() -> Fallible {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["check", path] => check(Path::new(path), false),
        ["annotate", path] => check(Path::new(path), true),
        _ => measure_all(),
    }
}

fn measure_all() -> Fallible {
    println!("{}\n", machine_line());
    println!("| file | size | rows | faults | time | peak memory |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let folder = Folder::new()?;
    let rows = rows();
    let workbook = folder.path().join("table.xlsx");
    std::fs::write(&workbook, as_workbook(&rows)?)?;
    let text = folder.path().join("table.csv");
    std::fs::write(&text, as_text(&rows)?)?;
    for (what, path) in [
        ("check", &workbook),
        ("check", &text),
        ("annotate", &workbook),
    ] {
        let output = Command::new(std::env::current_exe()?)
            .arg(what)
            .arg(path)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        std::io::stdout().write_all(&output.stdout)?;
    }
    Ok(())
}

/// Rows of a unit, a month, an indicator and a count; every hundredth count is a word.
fn rows() -> Vec<[String; 5]> {
    let mut dice = Dice::new(1);
    (0..ROWS)
        .map(|row| {
            let count = match row % 100 {
                0 => "mười".to_owned(),
                _ => dice.below(100_000).to_string(),
            };
            let (unit, month) = (row / 12, row % 12 + 1);
            [
                format!("old-{unit:05}"),
                format!("{month:02}/2022"),
                "participants.voluntary_si".to_owned(),
                count,
                format!("ghi chú của dòng {row}"),
            ]
        })
        .collect()
}

fn as_workbook(rows: &[[String; 5]]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, HEADER)?;
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(line, column, number)?,
                Err(_) => sheet.write_string(line, column, cell)?,
            };
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn as_text(rows: &[[String; 5]]) -> Result<String, Box<dyn Error>> {
    let mut text = HEADER.join(",");
    for row in rows {
        write!(text, "\n{}", row.join(","))?;
    }
    Ok(text)
}

fn check(path: &Path, hand_back: bool) -> Fallible {
    let spec = TableSpec::new(vec![
        ColumnSpec::new("unit", HEADER[0], "Unit", Kind::Unit).required(),
        ColumnSpec::new("period", HEADER[1], "Period", Kind::Period).required(),
        ColumnSpec::new("indicator", HEADER[2], "Indicator", Kind::Text).required(),
        ColumnSpec::new("count", HEADER[3], "People", Kind::count()).required(),
        ColumnSpec::new("note", HEADER[4], "Note", Kind::Text),
    ])
    .unique(&["unit", "period", "indicator"]);
    let resolve = |text: &str, _: &RowContext| -> Result<UnitRef, UnitFault> {
        Ok(UnitRef {
            id: Arc::from(text),
            valid_from: None,
        })
    };
    let bytes = std::fs::read(path)?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let start = Instant::now();
    let sheet = read_sheet(&name, &bytes, &spec, &Limits::default())?;
    let table = sheet.check(&spec, &resolve);
    let handed_back = if hand_back {
        annotate(&sheet, &table)?.len()
    } else {
        0
    };
    let time = start.elapsed();
    let expected = usize::try_from(ROWS / 100)?;
    if table.faults.len() != expected || hand_back != (handed_back > 0) {
        return Err(format!("{} faults, not {expected}", table.faults.len()).into());
    }
    let what = if hand_back {
        format!("{name}, handed back with its faults")
    } else {
        name
    };
    println!(
        "| {what} | {:.1} MB | {} | {} | {} | {} MB |",
        bytes.len() as f64 / 1e6,
        table.rows.len(),
        table.faults.len(),
        shown(time),
        peak_bytes() / 1_000_000,
    );
    Ok(())
}
