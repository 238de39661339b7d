//! `raquan user …`: accounts.

use clap::Subcommand;

use super::{explain, print};
use crate::app::users::{RoleGrant, UserCreate, user_create};
use crate::app::{Actor, App, Door, hex};
use crate::clock::random_bytes;

/// Commands on accounts.
#[derive(Debug, Subcommand)]
pub enum Users {
    /// Make an account; prints its first password, which must be changed at the first sign-in.
    Add {
        /// Name to sign in with.
        username: String,
        /// Name shown.
        #[arg(long)]
        name: String,
        /// Role, for example planner.
        #[arg(long)]
        role: String,
        /// Over this unit and all below; the whole country when neither is given.
        #[arg(long)]
        unit: Option<String>,
        /// Over this organization.
        #[arg(long)]
        organization: Option<String>,
    },
}

/// Runs a command on accounts.
pub async fn run(app: &App, command: Users) -> anyhow::Result<()> {
    let Users::Add {
        username,
        name,
        role,
        unit,
        organization,
    } = command;
    let password = hex(&random_bytes::<8>());
    let input = UserCreate {
        id: app.clock.new_id(),
        username: username.clone(),
        display_name: name,
        password: password.clone(),
        must_change_password: true,
        organization_id: organization.clone(),
        grants: vec![RoleGrant {
            role,
            admin_unit_id: unit,
            organization_id: organization,
        }],
    };
    user_create(app, &Actor::system(Door::Cli), input)
        .await
        .map_err(explain)?;
    print(&format!("Đã tạo {username}. Mật khẩu lần đầu: {password}"))
}
