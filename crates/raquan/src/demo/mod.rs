//! The demo: the five campaigns of `data/campaigns/`, brought in through the use cases that a user's work takes.
//!
//! A door like the API: it reads files, moves a clock along the days of the campaigns and calls use cases. Every id is
//! made by rule, so that all loads hold the same records and loading again changes nothing.

mod activities;
mod bodies;
mod campaigns;
mod field;
mod figures;
mod files;
mod gifts;
mod places;
mod series;
mod tasks;
mod teams;
mod timeline;
mod users;

use domain::admin_units::Level;

use crate::app::{Actor, App, AppError, Door};
use crate::config::Config;

use files::{CampaignFiles, DemoFiles};
use places::Places;
use timeline::{Hand, Timeline};

/// Why the demo could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The files do not fit together.
    #[error("{0}")]
    Files(String),
    /// The database cannot be opened.
    #[error("cannot open the database that database_url names")]
    Open(#[source] crate::app::OpenError),
    /// A use case refused.
    #[error("{what}: {}", why(.source))]
    Step {
        /// What was to be done.
        what: String,
        /// Its answer.
        source: AppError,
    },
}

impl DemoError {
    fn step(what: impl Into<String>, source: AppError) -> Self {
        Self::Step {
            what: what.into(),
            source,
        }
    }
}

/// A refusal in words.
fn why(error: &AppError) -> String {
    match error {
        AppError::Invalid(faults) => faults
            .iter()
            .map(|fault| format!("{}: {} {}", fault.field, fault.message, fault.fix))
            .collect::<Vec<_>>()
            .join("; "),
        AppError::Conflict { message, .. } | AppError::TooLarge { message, .. } => message.clone(),
        error => format!("{error:?}"),
    }
}

/// What loading came to.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Records were written.
    Loaded,
    /// It was there already; nothing was written.
    AlreadyThere,
}

/// A way to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Name to sign in with.
    pub username: String,
    /// Password.
    pub password: String,
    /// Name shown.
    pub display_name: String,
}

/// The ways to sign in once the demo is loaded, one per role.
pub fn sign_ins() -> Result<Vec<SignIn>, DemoError> {
    let files = DemoFiles::embedded().map_err(DemoError::Files)?;
    let password = files.users.password;
    let sign_in = |user: files::UserText| SignIn {
        username: user.username,
        password: password.clone(),
        display_name: user.display_name,
    };
    Ok(files.users.user.into_iter().map(sign_in).collect())
}

/// Whether the database holds no account yet, so that nobody works with it.
pub async fn is_unused(app: &App) -> Result<bool, AppError> {
    users::nobody(app).await
}

/// Whether the database holds the whole demo.
pub async fn is_loaded(app: &App) -> Result<bool, DemoError> {
    let files = DemoFiles::embedded().map_err(DemoError::Files)?;
    users::is_loaded(app, &files.users)
        .await
        .map_err(|source| DemoError::step("users.toml", source))
}

/// Loads the demo into the database of `config`, telling `progress` what it does.
///
/// Interrupted, it can be loaded again: what is there is left as it is.
pub async fn load(config: Config, progress: impl Fn(&str)) -> Result<Outcome, DemoError> {
    let files = DemoFiles::embedded().map_err(DemoError::Files)?;
    let hand = Hand::new();
    let app = App::open(config, hand.clock())
        .await
        .map_err(DemoError::Open)?;
    if is_loaded(&app).await? {
        return Ok(Outcome::AlreadyThere);
    }
    hand.set(jiff::civil::date(2021, 5, 27).at(6, 0, 0, 0));
    let bodies = bodies::load(&app, &files).await?;
    progress(&format!("{bodies} cơ quan, đơn vị"));
    for files in &files.campaigns {
        progress(&format!("Chiến dịch {}", files.campaign.id));
        campaign(&app, &hand, files).await?;
    }
    users::load(&app, &hand, &files.users).await?;
    Ok(Outcome::Loaded)
}

async fn campaign(app: &App, hand: &Hand, files: &CampaignFiles) -> Result<(), DemoError> {
    let places = places_of(app, files)?;
    campaigns::load(app, hand, files).await?;
    let mut timeline = Timeline::default();
    tasks::load(app, hand, files, &mut timeline).await?;
    activities::load(files, &places, &mut timeline)?;
    series::load(files, &places, &mut timeline)?;
    field::load(files, &places, &mut timeline)?;
    gifts::load(files, &places, &mut timeline)?;
    figures::load(files, &places, &mut timeline);
    timeline.run(app, hand).await
}

/// The units of a campaign on its first day.
fn places_of(app: &App, files: &CampaignFiles) -> Result<Places, DemoError> {
    let file = &files.campaign;
    let missing = || DemoError::Files(format!("{}: there is no unit {}", file.id, file.unit));
    let unit = app.units.get(&file.unit).ok_or_else(missing)?;
    let level = app.units.nearest(unit, file.first_day).level;
    if level == Level::Province {
        Ok(Places::new(app.units, unit, file.first_day))
    } else {
        Err(missing())
    }
}

/// The program itself, on behalf of an organization.
fn system(organization: Option<&str>) -> Actor {
    Actor {
        organization_id: organization.map(str::to_owned),
        ..Actor::system(Door::Demo)
    }
}

/// An act that an earlier, interrupted load has done already is done.
///
/// Nobody else changes these records while the demo is not whole: until then there is no account.
fn once<T>(done: Result<T, AppError>) -> Result<(), AppError> {
    match done {
        Ok(_) | Err(AppError::Conflict { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_files_parse_and_their_plans_can_be_issued() {
        let files = DemoFiles::embedded().expect("the files parse");
        assert_eq!(files.campaigns.len(), 5);
        for files in &files.campaigns {
            let file = &files.campaign;
            let faults = file.plan.check_for_issue(file.first_day, file.last_day);
            assert_eq!(faults, [], "{}", file.id);
            let totals: HashSet<&str> = files
                .figures
                .total
                .iter()
                .map(|total| total.id.as_str())
                .collect();
            assert_eq!(totals.len(), files.figures.total.len(), "{}", file.id);
            for total in &files.figures.total {
                let told = total.published.is_some() != total.illustrative;
                assert!(told, "{} {}: published or illustrative", file.id, total.id);
            }
        }
    }

    #[test]
    fn there_is_a_sign_in_for_each_role() {
        let names: Vec<String> = sign_ins()
            .expect("the files parse")
            .into_iter()
            .map(|user| user.username)
            .collect();
        assert_eq!(names.len(), 7);
        assert!(names.iter().all(|name| name.starts_with("demo.")));
    }
}
