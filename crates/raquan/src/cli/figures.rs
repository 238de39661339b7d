//! `raquan figures …`: asks for figures as the web app does.

use anyhow::{anyhow, bail};
use clap::{Args, ValueEnum};
use domain::indicators::{Indicator, IndicatorNature};
use domain::period::Period;
use domain::vietnamese;

use super::print;
use crate::api::figures as shapes;
use crate::app::figures::{
    Against, Comparison, Figure, FigureAnswer, FigureInput, TargetShare, boundary_day_of_text,
    figure_get, unit_of_text,
};
use crate::app::{Actor, App, AppError, COUNTRY, Door, Fault};

/// What is asked for.
#[derive(Debug, Args)]
pub struct Figures {
    /// Indicator, for example participants.voluntary_si.
    #[arg(long)]
    indicator: String,
    /// Unit by id or name, for example old-66 or "Đắk Lắk"; vn for the country.
    #[arg(long)]
    unit: String,
    /// One period: 2023-03, R2023-03, 2023-Q1, 2023.
    #[arg(long)]
    period: Option<String>,
    /// First of several periods.
    #[arg(long)]
    from: Option<String>,
    /// Last of several periods.
    #[arg(long)]
    to: Option<String>,
    /// Of previous, last-year, target, separated by commas.
    #[arg(long)]
    compare: Option<String>,
    /// as-was, as-now or a day.
    #[arg(long)]
    boundaries: Option<String>,
    /// Of reported, claimed, confirmed, separated by commas.
    #[arg(long)]
    states: Option<String>,
    /// Only what is credited to this organization.
    #[arg(long)]
    organization: Option<String>,
    /// How to print it.
    #[arg(long = "as", value_enum, default_value_t = Shape::Text)]
    shape: Shape,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Shape {
    /// The answer of the API.
    Json,
    /// For people, in Vietnamese.
    Text,
}

/// Asks and prints.
pub fn run(app: &App, command: &Figures) -> anyhow::Result<()> {
    let mut input = FigureInput {
        indicator: command.indicator.clone(),
        admin_unit_id: COUNTRY.to_owned(),
        period: command.period.clone(),
        from: command.from.clone(),
        to: command.to.clone(),
        boundaries: command.boundaries.clone(),
        compare: command.compare.clone(),
        states: command.states.clone(),
        organization_id: command.organization.clone(),
    };
    let day = boundary_day_of_text(app, &input).map_err(|fault| anyhow!(text_of(&[fault])))?;
    let (unit, notices) = unit_of_text(app.units, command.unit.trim(), day)
        .map_err(|fault| anyhow!(text_of(&[fault])))?;
    if let Some(unit) = unit {
        app.units.id(unit).clone_into(&mut input.admin_unit_id);
    }
    let mut answer = match figure_get(app, &Actor::system(Door::Cli), &input) {
        Ok(answer) => answer,
        Err(AppError::Invalid(faults)) => bail!(text_of(&faults)),
        Err(error) => return Err(error.into()),
    };
    answer.notices.splice(0..0, notices);
    match command.shape {
        Shape::Json => {
            let shape = shapes::FigureAnswer::new(app, &answer);
            print(&serde_json::to_string_pretty(&shape)?)
        }
        Shape::Text => print(&for_people(app, &answer)),
    }
}

fn text_of(faults: &[Fault]) -> String {
    let lines = faults
        .iter()
        .map(|fault| format!("{} {}", fault.message, fault.fix));
    lines.collect::<Vec<_>>().join("\n")
}

fn for_people(app: &App, answer: &FigureAnswer) -> String {
    let indicator = &answer.indicator;
    let unit = shapes::FigureAnswer::new(app, answer).admin_unit_name;
    let mut out = format!("{} – {unit}\n", indicator.name_vi);
    for figure in &answer.figures {
        out += &line(indicator, figure);
        for comparison in &figure.comparisons {
            out += &change(indicator, comparison);
        }
        if let Some(target) = &figure.target {
            out += &against_target(indicator, target);
        }
    }
    for notice in &answer.notices {
        out += &format!("Lưu ý: {}\n", notice.message);
    }
    out
}

fn amount(indicator: &Indicator, value: Option<i64>) -> String {
    match value {
        Some(value) if indicator.unit_vi == "%" => {
            format!("{}%", vietnamese::decimal(value, indicator.decimals))
        }
        Some(value) => format!(
            "{} {}",
            vietnamese::decimal(value, indicator.decimals),
            indicator.unit_vi
        ),
        None => "chưa có số liệu".to_owned(),
    }
}

fn line(indicator: &Indicator, figure: &Figure) -> String {
    let mut notes: Vec<String> = figure
        .marks
        .iter()
        .map(|mark| mark.name_vi().to_owned())
        .collect();
    if let Some(completeness) = figure.completeness {
        notes.push(format!(
            "{}/{} đơn vị báo cáo",
            completeness.reported, completeness.expected
        ));
    }
    notes.push(format!(
        "địa giới {}",
        vietnamese::date(figure.boundary_date)
    ));
    format!(
        "{}: {} ({})\n",
        figure.period.label_vi(),
        amount(indicator, figure.value),
        notes.join("; ")
    )
}

fn against_words(comparison: &Comparison) -> String {
    let period: Period = comparison.period;
    match comparison.against {
        Against::LastYear => format!("cùng kỳ ({})", period.label_vi()),
        Against::Previous | Against::Target => period.label_vi(),
    }
}

fn change(indicator: &Indicator, comparison: &Comparison) -> String {
    let against = against_words(comparison);
    let Some(absolute) = comparison.absolute else {
        return format!("  chưa so được với {against}\n");
    };
    let words = if indicator.nature == IndicatorNature::Ratio {
        let way = if absolute < 0 { "giảm" } else { "tăng" };
        let size = vietnamese::decimal(absolute.abs(), indicator.decimals);
        format!("{way} {size} điểm phần trăm so với {against}")
    } else {
        vietnamese::change_phrase(absolute, &indicator.unit_vi, &against)
    };
    let relative = comparison
        .relative_permille
        .map(|permille| format!(" ({}%)", vietnamese::decimal(permille, 1)));
    format!("  {words}{}\n", relative.unwrap_or_default())
}

fn against_target(indicator: &Indicator, target: &TargetShare) -> String {
    let share = target.share_permille.map_or_else(
        || "chưa rõ".to_owned(),
        |share| format!("{}%", vietnamese::decimal(share, 1)),
    );
    format!(
        "  đạt {share} chỉ tiêu {} giao {}\n",
        target.period.label_vi(),
        amount(indicator, Some(target.target))
    )
}
