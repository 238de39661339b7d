//! Accounts for trying out, one per role. Made last: when they are there, the demo is whole.

use jiff::civil::date;
use store::Page;

use super::files::{UserText, UsersFile};
use super::timeline::{Hand, named_id_of_day};
use super::{DemoError, system};
use crate::app::users::{RoleGrant, UserCreate, user_create, user_list};
use crate::app::{App, AppError};

/// The names of the accounts that are there.
async fn known(app: &App) -> Result<Vec<String>, AppError> {
    let page = Page {
        after: None,
        limit: 200,
    };
    let users = user_list(app, &system(None), &page).await?;
    Ok(users.into_iter().map(|user| user.row.username).collect())
}

/// Whether nobody has an account yet.
pub async fn nobody(app: &App) -> Result<bool, AppError> {
    Ok(known(app).await?.is_empty())
}

/// Whether the last account of the demo is there.
pub async fn is_loaded(app: &App, file: &UsersFile) -> Result<bool, AppError> {
    let known = known(app).await?;
    Ok(file
        .user
        .last()
        .is_some_and(|last| known.contains(&last.username)))
}

/// Makes the accounts that are not there yet.
pub async fn load(app: &App, hand: &Hand, file: &UsersFile) -> Result<(), DemoError> {
    let failed = |source| DemoError::step("users.toml", source);
    let known = known(app).await.map_err(failed)?;
    let day = date(2025, 7, 1);
    hand.set(day.at(8, 0, 0, 0));
    for text in file
        .user
        .iter()
        .filter(|text| !known.contains(&text.username))
    {
        let input = UserCreate {
            id: named_id_of_day(day, &text.username),
            username: text.username.clone(),
            display_name: text.display_name.clone(),
            password: file.password.clone(),
            must_change_password: false,
            organization_id: text.organization.clone(),
            grants: grants(text),
        };
        user_create(app, &system(None), input)
            .await
            .map_err(|source| DemoError::step(format!("account {}", text.username), source))?;
    }
    Ok(())
}

/// The role over the unit, and over what the account's organization does.
fn grants(text: &UserText) -> Vec<RoleGrant> {
    let over = |admin_unit_id: Option<&String>, organization_id: Option<&String>| RoleGrant {
        role: text.role.clone(),
        admin_unit_id: admin_unit_id.cloned(),
        organization_id: organization_id.cloned(),
    };
    let mut grants = vec![over(text.unit.as_ref(), None)];
    if text.organization.is_some() {
        grants.push(over(None, text.organization.as_ref()));
    }
    grants
}
