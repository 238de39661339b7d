//! `raquan units …`: find, show, list and follow administrative units; check data files.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::Subcommand;
use domain::admin_units::{AdminUnits, DataFile, UnitFiles, UnitIx};
use domain::vietnamese;
use jiff::civil::Date;

use super::print;
use crate::clock::Clock;

/// Commands on administrative units.
#[derive(Debug, Subcommand)]
pub enum Units {
    /// Find units by name, with or without accents; old names lead to their successors.
    Find {
        /// Name, for example "tp vinh" or "hoa hai, ngu hanh son".
        name: String,
        /// Day, 08/5/2022 or 2022-05-08; today when not given.
        #[arg(long)]
        on: Option<String>,
    },
    /// Show the history of one unit.
    Show {
        /// Id, for example old-40.
        id: String,
    },
    /// Count units on a day, or list those right below one.
    At {
        /// Day, 08/5/2022 or 2022-05-08.
        on: String,
        /// Id of the unit whose children are wanted.
        #[arg(long)]
        below: Option<String>,
    },
    /// Where a unit went, through several steps.
    Successors {
        /// Id, for example old-30.
        id: String,
        /// First day; 01/11/2021 when not given.
        #[arg(long)]
        from: Option<String>,
        /// Last day; today when not given.
        #[arg(long)]
        to: Option<String>,
    },
    /// Check a folder with units.csv, successions.csv and population.csv; prints every fault.
    Check {
        /// The folder.
        folder: PathBuf,
    },
}

/// Runs a command on administrative units.
pub fn run(command: &Units, clock: &Clock) -> anyhow::Result<()> {
    let day = |text: &Option<String>, fallback: Date| match text {
        Some(text) => domain::period::parse_date_vi(text).map_err(|error| anyhow!("{error}")),
        None => Ok(fallback),
    };
    if let Units::Check { folder } = command {
        return check(folder);
    }
    let units = AdminUnits::embedded();
    let get = |id: &str| {
        units.get(id).with_context(|| {
            format!("không có đơn vị mã {id}; tìm bằng tên: raquan units find \"TÊN\"")
        })
    };
    let mut out = String::new();
    match command {
        Units::Find { name, on } => {
            let on = day(on, clock.today())?;
            for hit in units.search(name, Some(on), 20) {
                out += &line(units, hit.unit, on);
                if !hit.in_force {
                    for unit in hit.successors {
                        out += &format!("  nay là {}", line(units, unit, on));
                    }
                }
            }
            if out.is_empty() {
                bail!("không tìm thấy đơn vị nào tên “{name}”");
            }
        }
        Units::Show { id } => {
            let unit = get(id)?;
            for row in units.rows(unit) {
                let text = |day: Option<Date>, none: &str| {
                    day.map_or_else(|| none.to_owned(), vietnamese::date)
                };
                out += &format!(
                    "{}\t{}\t{}\t{} – {}\t{}\n",
                    units.id(unit),
                    row.code,
                    row.full_name,
                    text(row.valid_from, "trước 01/11/2021"),
                    text(row.valid_to, "nay"),
                    row.basis
                );
            }
        }
        Units::At { on, below } => {
            let on = day(&Some(on.clone()), clock.today())?;
            if AdminUnits::stands_in(on) {
                out += "Chưa có số liệu trước 01/11/2021; dùng hiện trạng ngày 01/11/2021.\n";
            }
            match below {
                Some(id) => {
                    for unit in units.children(get(id)?, on) {
                        out += &line(units, unit, on);
                    }
                }
                None => out += &counts(units, on),
            }
        }
        Units::Successors { id, from, to } => {
            let unit = get(id)?;
            let (from, to) = (
                day(from, AdminUnits::known_from())?,
                day(to, clock.today())?,
            );
            for step in units.successors(unit, from, to) {
                out += &match step.unit {
                    Some(unit) => line(units, unit, to).trim_end().to_owned(),
                    None => "(nguồn không nêu đơn vị kế tiếp)".to_owned(),
                };
                out += &format!("\t{}\n", step.certainty.name_vi());
                for row in step.path {
                    let (date, act) = (vietnamese::date(row.date), &row.basis);
                    out += &format!(
                        "  {date}\t{}\t{act}\t{}\n",
                        row.relation.name_vi(),
                        row.note
                    );
                }
            }
        }
        Units::Check { .. } => {}
    }
    print(&out)
}

fn line(units: &AdminUnits, unit: UnitIx, on: Date) -> String {
    let row = units.nearest(unit, on);
    let day = if units.at(unit, on).is_some() {
        on
    } else {
        row.valid_to.unwrap_or(on)
    };
    let mut names = vec![row.full_name.to_string()];
    for above in units.ancestors(unit, day) {
        names.push(units.nearest(above, day).full_name.to_string());
    }
    format!("{}\t{}\t{}\n", units.id(unit), row.code, names.join(", "))
}

fn counts(units: &AdminUnits, on: Date) -> String {
    let numbering = units.numbering(on);
    let mut counts = [0_usize; 3];
    for position in 0..u32::try_from(numbering.len()).unwrap_or(u32::MAX) {
        if let Some(unit) = numbering.unit(position) {
            counts[units.nearest(unit, on).level as usize] += 1;
        }
    }
    let number = |n: usize| vietnamese::number(i64::try_from(n).unwrap_or(i64::MAX));
    format!(
        "{}: {} tỉnh, thành phố; {} huyện; {} xã, phường, đặc khu\n",
        vietnamese::date(on),
        number(counts[0]),
        number(counts[1]),
        number(counts[2])
    )
}

fn check(folder: &std::path::Path) -> anyhow::Result<()> {
    let read = |name: &str| {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("không đọc được {}", path.display()))?;
        anyhow::Ok((path.display().to_string(), text))
    };
    let files = [
        read("units.csv")?,
        read("successions.csv")?,
        read("population.csv")?,
    ];
    let file = |index: usize| DataFile {
        name: &files[index].0,
        text: &files[index].1,
    };
    let loaded = AdminUnits::load(UnitFiles {
        units: file(0),
        successions: file(1),
        population: file(2),
    });
    match loaded {
        Ok(units) => print(&format!("Không có lỗi: {} đơn vị.", units.len())),
        Err(faults) => {
            for fault in &faults {
                print(&fault.to_string())?;
            }
            bail!("{} lỗi", faults.len())
        }
    }
}
