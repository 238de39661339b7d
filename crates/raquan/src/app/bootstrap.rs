//! The first start: the first administrator.

use store::users;

use super::users::{RoleGrant, UserCreate, user_create};
use super::{Actor, App, AppError, Door, hex};
use crate::clock::random_bytes;

/// Makes the first administrator when there is no account yet, and returns its name and password.
///
/// The password is printed once by the caller and must be changed at the first sign-in.
pub async fn first_administrator(app: &App) -> Result<Option<(String, String)>, AppError> {
    if users::user_count(app.db.read()).await? > 0 {
        return Ok(None);
    }
    let (username, password) = ("quantri".to_owned(), hex(&random_bytes::<8>()));
    let input = UserCreate {
        id: app.clock.new_id(),
        username: username.clone(),
        display_name: "Quản trị viên".into(),
        password: password.clone(),
        must_change_password: true,
        organization_id: None,
        grants: vec![RoleGrant {
            role: "administrator".into(),
            admin_unit_id: None,
            organization_id: None,
        }],
    };
    user_create(app, &Actor::system(Door::Cli), input).await?;
    Ok(Some((username, password)))
}
