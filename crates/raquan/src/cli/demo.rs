//! `raquan demo …`: the five campaigns for trying out.

use clap::Subcommand;

use super::print;
use crate::app::App;
use crate::config::Config;
use crate::demo::{self, Outcome};

/// Commands on the demo.
#[derive(Debug, Subcommand)]
pub enum Demo {
    /// Load the five campaigns, and accounts for trying out, into the database. Loading again changes nothing.
    Load,
}

/// Runs a command on the demo.
pub async fn run(config: Config, command: Demo) -> anyhow::Result<()> {
    let Demo::Load = command;
    load(config).await?;
    print(&notice()?)
}

/// Loads the demo and says what it does.
pub async fn load(config: Config) -> anyhow::Result<()> {
    let say = |what: &str| {
        if let Err(error) = print(&format!("  {what}")) {
            tracing::warn!(%error, "cannot print");
        }
    };
    print("Đang nạp dữ liệu dùng thử…")?;
    match demo::load(config, say).await? {
        Outcome::Loaded => print("Đã nạp năm chiến dịch."),
        Outcome::AlreadyThere => print("Dữ liệu dùng thử đã có từ trước, không thay đổi gì."),
    }
}

/// The same database with the demo in it: loaded now when nobody has an account yet.
pub async fn loaded(app: App) -> anyhow::Result<App> {
    if demo::is_loaded(&app).await? {
        return Ok(app);
    }
    if !demo::is_unused(&app).await? {
        print("Cơ sở dữ liệu này đã có người dùng: không nạp dữ liệu dùng thử vào đó.")?;
        return Ok(app);
    }
    // The clock of loading is another one, and figures are read anew afterwards.
    let config = app.config.clone();
    drop(app);
    load(config.clone()).await?;
    super::open(config).await
}

/// The accounts of the demo, with a warning.
pub fn notice() -> anyhow::Result<String> {
    let mut lines = vec!["Tài khoản dùng thử (không dùng với dữ liệu thật):".to_owned()];
    for user in demo::sign_ins()? {
        lines.push(format!(
            "  {:<14} {:<18} {}",
            user.username, user.password, user.display_name
        ));
    }
    Ok(lines.join("\n"))
}
