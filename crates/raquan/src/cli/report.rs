//! `raquan report …`: a campaign's report on the terminal.

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use domain::period::{Period, parse_date_vi};
use report::Layout;

use super::{explain, print};
use crate::app::reports::{ReportRequest, report_make};
use crate::app::{Actor, App, Door};

/// Form of the report.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Form {
    /// A page laid out as an official document.
    Html,
    /// Markdown.
    Md,
    /// Data.
    Json,
}

/// Which report.
#[derive(Debug, Args)]
pub struct Report {
    /// Id of the campaign, for example nghe-an-2022.
    campaign: String,
    /// Form.
    #[arg(long = "as", value_enum, default_value = "md")]
    form: Form,
    /// The day whose state is reported, 08/5/2022 or 2022-05-08.
    #[arg(long)]
    as_of: Option<String>,
    /// Period of the statistics, for example 2023-03.
    #[arg(long)]
    period: Option<Period>,
}

/// Prints the report.
pub async fn run(app: &App, command: Report) -> anyhow::Result<()> {
    let as_of = match &command.as_of {
        Some(text) => Some(parse_date_vi(text).map_err(|error| anyhow!("{error}"))?),
        None => None,
    };
    let request = ReportRequest {
        as_of,
        statistics_period: command.period,
    };
    let actor = Actor::system(Door::Cli);
    let report = report_make(app, &actor, &command.campaign, request)
        .await
        .map_err(explain)?;
    print(&match command.form {
        Form::Html => report::html(&report, Layout::Official),
        Form::Md => report::markdown(&report),
        Form::Json => report::json(&report),
    })
}
