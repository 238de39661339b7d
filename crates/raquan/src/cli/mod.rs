//! The command line: one file per command; each calls use cases like every other door.

mod demo;
mod figures;
mod import;
mod policy;
mod quote;
mod report;
mod units;
mod users;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::policy::Law;
use anyhow::{Context, anyhow};
use clap::{Parser, Subcommand};
use store::Db;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::api;
use crate::app::policy::LawInForce;
use crate::app::{App, AppError, bootstrap};
use crate::clock::Clock;
use crate::config::{Config, DEFAULTS};
use crate::serve;

/// Ra Quân: plan, run and report mobilisation campaigns for social and health insurance.
#[derive(Debug, Parser)]
#[command(name = "raquan", version)]
pub struct Cli {
    /// Configuration file.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/NAME
    #[arg(long, global = true)]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server.
    Serve {
        /// Address and port, for example 0.0.0.0:8080.
        #[arg(long)]
        listen: Option<String>,
        /// Load the demo first when nobody has an account yet; prints how to sign in.
        #[arg(long)]
        demo: bool,
    },
    /// The five campaigns for trying out.
    Demo {
        #[command(subcommand)]
        command: demo::Demo,
    },
    /// Administrative units over time.
    Units {
        #[command(subcommand)]
        command: units::Units,
    },
    /// The law: examples checked against it, and what changed between two days.
    Policy {
        #[command(subcommand)]
        command: policy::Policy,
    },
    /// What somebody pays and gets, with the steps and the articles of the law.
    ///
    /// By the law that is compiled in. With --database also by what administrators entered there: the fund's monthly return
    /// r, and what provinces add.
    Quote {
        #[command(subcommand)]
        command: quote::Quote,
    },
    /// Figures: one indicator of one unit over some periods.
    Figures(figures::Figures),
    /// The report of a campaign, as of any day.
    Report(report::Report),
    /// Check a table and take it over.
    Import(import::Import),
    /// Accounts.
    User {
        #[command(subcommand)]
        command: users::Users,
    },
    /// Print the description of the API.
    Openapi,
    /// Print every setting with its default.
    Config,
}

/// Runs the command line.
pub fn run() -> anyhow::Result<()> {
    let cli = Cli::parse();
    match &cli.command {
        Command::Openapi => return print(&api::openapi().to_pretty_json()?),
        Command::Config => return print(DEFAULTS),
        Command::Units { command } => return units::run(command, &Clock::system()),
        Command::Policy { command } => return policy::run(command),
        Command::Quote { command } => return quote::run(command, &law(&cli)?, &Clock::system()),
        _ => {}
    }
    let config = config(&cli)?;
    start_log(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let command = match cli.command {
            Command::Demo { command } => return demo::run(config, command).await,
            command => command,
        };
        let app = open(config).await?;
        match command {
            Command::Serve { demo: true, .. } => {
                let app = demo::loaded(app).await?;
                start(app, Some(demo::notice()?)).await
            }
            Command::Serve { .. } => start(app, None).await,
            Command::User { command } => users::run(&app, command).await,
            Command::Import(command) => import::run(&app, command).await,
            Command::Report(command) => report::run(&app, command).await,
            Command::Figures(command) => figures::run(&app, &command),
            Command::Demo { .. }
            | Command::Units { .. }
            | Command::Policy { .. }
            | Command::Quote { .. }
            | Command::Openapi
            | Command::Config => Ok(()),
        }
    })
}

async fn open(config: Config) -> anyhow::Result<App> {
    App::open(config, Clock::system()).await.map_err(|error| {
        anyhow!(error).context("cannot begin: see database_url and key_file in the configuration")
    })
}

/// Prints a text with its end of line. A reader that has gone away is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout().lock(), "{}", text.trim_end()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// What a use case answered instead of its result, in words for the terminal.
pub(crate) fn explain(error: AppError) -> anyhow::Error {
    match error {
        AppError::Invalid(faults) => {
            let lines: Vec<String> = faults
                .iter()
                .map(|fault| format!("{}: {} {}", fault.field, fault.message, fault.fix))
                .collect();
            anyhow!("{}", lines.join("\n"))
        }
        AppError::Conflict { message, .. }
        | AppError::TooLarge { message, .. }
        | AppError::TooMany { message, .. }
        | AppError::Unauthenticated { message, .. } => anyhow!("{message}"),
        error => error.into(),
    }
}

/// The law that is compiled in; with `--database`, and what administrators entered there.
fn law(cli: &Cli) -> anyhow::Result<Law> {
    let Some(url) = &cli.database else {
        return Ok(Law::embedded().clone());
    };
    // Opening would make the file.
    if let Some(file) = url.strip_prefix("sqlite:")
        && !Path::new(file).exists()
    {
        return Err(anyhow!("there is no database {file}"));
    }
    let config = config(cli)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let read = async {
        let db = Db::open(&config.db_options()).await?;
        LawInForce::read(&db).await
    };
    let known = runtime.block_on(read).context("cannot read the law")?.now();
    Ok(known.law.clone())
}

fn config(cli: &Cli) -> anyhow::Result<Config> {
    let file = match &cli.config {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the configuration {}", path.display()))?;
            Some((path.display().to_string(), text))
        }
        None => None,
    };
    let mut flags = Vec::new();
    if let Some(url) = &cli.database {
        flags.push(("database_url", url.clone()));
    }
    if let Command::Serve {
        listen: Some(listen),
        ..
    } = &cli.command
    {
        flags.push(("listen", listen.clone()));
    }
    let file = file
        .as_ref()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    Config::load(file, std::env::vars(), &flags).map_err(|mistakes| {
        anyhow!(
            "the configuration has mistakes:\n  {}",
            mistakes.join("\n  ")
        )
    })
}

fn start_log(config: &Config) -> anyhow::Result<()> {
    let filter: Targets = config
        .log
        .filter
        .parse()
        .with_context(|| format!("log.filter: “{}” is no filter", config.log.filter))?;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let log = tracing_subscriber::registry().with(filter);
    if config.log.format == "json" {
        log.with(lines.json()).init();
    } else {
        log.with(lines).init();
    }
    Ok(())
}

/// Serves; `notice` is printed below the address.
async fn start(app: App, notice: Option<String>) -> anyhow::Result<()> {
    let app = Arc::new(app);
    if let Some((username, password)) = bootstrap::first_administrator(&app).await? {
        print(&format!(
            "Quản trị đầu tiên: {username}\nMật khẩu (chỉ hiện lần này, phải đổi khi đăng nhập): {password}"
        ))?;
    }
    let listener = tokio::net::TcpListener::bind(&app.config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", app.config.listen))?;
    print(&format!("Ra Quân: http://{}", listener.local_addr()?))?;
    if let Some(notice) = notice {
        print(&notice)?;
    }
    serve::serve(app, listener).await?;
    Ok(())
}
