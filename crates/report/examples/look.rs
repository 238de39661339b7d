//! Writes the sample report and plan in every format into a folder, to look at after a change of the layout:
//! `cargo run -p report --example look -- target/look`, then open or print the pages in a browser.

#[path = "../tests/documents/sample.rs"]
mod sample;

use report::{Layout, Report, html, json, markdown};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(
        std::env::args()
            .nth(1)
            .ok_or("name a folder to write into")?,
    );
    std::fs::create_dir_all(&folder)?;
    for (name, content) in [
        ("report", sample::launch()),
        ("plan", sample::plan_content()),
    ] {
        let report = Report::new(content)?;
        std::fs::write(
            folder.join(format!("{name}.html")),
            html(&report, Layout::Official),
        )?;
        std::fs::write(folder.join(format!("{name}.md")), markdown(&report))?;
        std::fs::write(folder.join(format!("{name}.json")), json(&report))?;
    }
    Ok(())
}
