//! A workbook of some 100,000 reported figures through the whole import: checked against the units, the rights and
//! what is reported already, then accepted; one row in a hundred is faulty.
//!
//! The file is imported by a process of its own, so that the memory shown is what importing needs, not what making
//! the file needed.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use benches::folder::Folder;
use benches::{Dice, machine_line, peak_bytes, shown};
use domain::admin_units::AdminUnits;
use domain::indicators::{FedBy, Indicators};
use raquan::app::files::FileUpload;
use raquan::app::imports::{
    ImportAccept, ImportKind, ImportOptions, ImportUpload, import_accept, import_check,
};
use raquan::app::{Actor, App, Door};
use raquan::clock::Clock;
use raquan::config::Config;
use rust_xlsxwriter::Workbook;

const PROVINCE: &str = "old-40";
const HEADER: [&str; 5] = ["Đơn vị", "Thuộc", "Chỉ tiêu", "Kỳ báo cáo", "Số liệu"];

type Fallible = Result<(), Box<dyn Error>>;

fn main() -> Fallible {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [path] => {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()?;
            runtime.block_on(import(Path::new(path)))
        }
        _ => measure(),
    }
}

fn measure() -> Fallible {
    println!("{}\n", machine_line());
    println!("| step | rows | faults | time | peak memory so far |");
    println!("| --- | --- | --- | --- | --- |");
    let folder = Folder::new()?;
    let path = folder.path().join("figures.xlsx");
    std::fs::write(&path, workbook()?)?;
    let output = Command::new(std::env::current_exe()?).arg(&path).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    std::io::stdout().write_all(&output.stdout)?;
    Ok(())
}

/// Every commune of a province × twelve months × every reported indicator; communes by name and district.
fn workbook() -> Result<Vec<u8>, Box<dyn Error>> {
    let units = AdminUnits::embedded();
    let on = jiff::civil::date(2022, 12, 31);
    let province = units
        .get(PROVINCE)
        .ok_or("the province is not in the unit file")?;
    let mut dice = Dice::new(1);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, HEADER)?;
    let mut line = 1;
    for district in units.children(province, on) {
        for commune in units.children(district, on) {
            let name = |unit| units.nearest(unit, on).full_name.to_string();
            let reported = Indicators::embedded().iter();
            for indicator in reported.filter(|indicator| indicator.fed_by == FedBy::Observation) {
                for month in 1..=12 {
                    sheet.write_string(line, 0, name(commune))?;
                    sheet.write_string(line, 1, name(district))?;
                    sheet.write_string(line, 2, &indicator.name_vi)?;
                    sheet.write_string(line, 3, format!("{month:02}/2022"))?;
                    if line % 100 == 0 {
                        sheet.write_string(line, 4, "mười")?;
                    } else {
                        sheet.write_number(line, 4, dice.below(100_000) as f64)?;
                    }
                    line += 1;
                }
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

async fn import(path: &Path) -> Fallible {
    let folder = Folder::new()?;
    let file = |name: &str| folder.path().join(name).display().to_string();
    let flags = [
        ("database_url", format!("sqlite:{}", file("import.db"))),
        ("key_file", file("import.key")),
    ];
    let config = Config::load(None, [], &flags).map_err(|mistakes| mistakes.join("; "))?;
    let app = App::open(config, Clock::system()).await?;
    let actor = Actor::system(Door::Cli);
    print_step("start", 0, 0, std::time::Duration::ZERO)?;
    let upload = ImportUpload {
        id: app.clock.new_id(),
        kind: ImportKind::Observations,
        admin_unit_id: PROVINCE.to_owned(),
        options: ImportOptions::default(),
        file: FileUpload {
            name: "figures.xlsx".to_owned(),
            content: std::fs::read(path)?,
        },
    };
    let start = Instant::now();
    let checked = import_check(&app, &actor, upload).await?.row;
    print_step(
        "check",
        checked.rows_total,
        checked.fault_count,
        start.elapsed(),
    )?;
    let accept = ImportAccept {
        good_rows_only: true,
        reason: None,
    };
    let start = Instant::now();
    let accepted = import_accept(&app, &actor, &checked.id, accept).await?;
    let expected = checked.rows_total - checked.rows_total / 100;
    if accepted.rows_new != expected {
        return Err(format!("{} figures, not {expected}", accepted.rows_new).into());
    }
    print_step(
        "accept",
        accepted.rows_new,
        accepted.fault_count,
        start.elapsed(),
    )
}

fn print_step(what: &str, rows: i64, faults: i64, time: std::time::Duration) -> Fallible {
    println!(
        "| {what} | {rows} | {faults} | {} | {} MB |",
        shown(time),
        peak_bytes() / 1_000_000
    );
    Ok(())
}
