//! Use cases: each authorises, checks, writes once and returns. Every door calls these.

pub mod activities;
pub mod activity_kinds;
pub mod bootstrap;
mod boundaries;
pub mod campaigns;
pub mod changes;
pub mod confirmations;
pub mod consultations;
pub mod enrollments;
mod error;
pub mod figures;
pub mod files;
pub mod gifts;
pub mod imports;
pub mod observations;
pub mod organizations;
pub mod passwords;
pub mod people;
pub mod policy;
mod recent;
mod record_checks;
mod references;
pub mod reports;
pub mod rights;
pub mod sealing;
pub mod sessions;
pub mod targets;
pub mod tasks;
pub mod users;
mod write;

use domain::admin_units::{AdminUnits, UnitIx};
use store::{Db, StoreError};

pub use error::{AppError, Fault};
pub use rights::{Action, Actor, Door, Place};
pub use write::{Operation, Written, hex};

use crate::catalog::Catalog;
use crate::clock::Clock;
use crate::config::Config;

/// The province of changes that belong to the whole country.
pub const COUNTRY: &str = "vn";

/// Everything a use case needs; one per process.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub db: Db,
    /// Administrative units of all dates.
    pub units: &'static AdminUnits,
    /// Roles, kinds, indicators.
    pub catalog: Catalog,
    /// The time and new ids.
    pub clock: Clock,
    /// Checked configuration.
    pub config: Config,
    /// Seals personal data.
    pub sealer: sealing::Sealer,
    /// Units that rights cover.
    pub coverage: rights::Coverage,
    /// Every figure, in step with the records.
    pub figures: figures::Figures,
    /// The law, with what administrators entered.
    pub law: policy::LawInForce,
    /// How many quotes who has asked for.
    pub quote_limits: policy::QuoteLimits,
    /// What was read in the last seconds.
    recent: recent::Recent,
}

/// Why the program cannot begin to work.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database does not open.
    #[error("the database does not open")]
    Store(#[from] StoreError),
    /// The key for personal data is not there or not the right one.
    #[error("the key for personal data cannot be used")]
    Key(#[from] sealing::SealError),
}

impl App {
    /// Opens the database and the key file, and loads the catalogues.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, OpenError> {
        let db = Db::open(&config.db_options()).await?;
        let sealer = sealing::Sealer::from_file(&config.key_path())?;
        if let Some(sealed) = store::people::person_any_sealed(db.read()).await? {
            sealer.check_key(&sealed)?;
        }
        let units = AdminUnits::embedded();
        let catalog = Catalog::embedded();
        let figures = figures::Figures::build(&db, units, catalog.indicators.clone()).await?;
        Ok(Self {
            law: policy::LawInForce::read(&db).await?,
            quote_limits: policy::QuoteLimits::new(&config.quotes, &clock),
            db,
            units,
            catalog,
            figures,
            clock,
            config,
            sealer,
            coverage: rights::Coverage::new(units),
            recent: recent::Recent::default(),
        })
    }

    /// The unit of this id, or a fault of `field` that says where to look.
    pub fn unit(&self, field: &str, id: &str) -> Result<UnitIx, Fault> {
        self.units.get(id).ok_or_else(|| {
            Fault::new(
                field,
                "admin_unit.unknown",
                format!("Không có đơn vị hành chính mã “{id}”."),
                "Tìm đơn vị theo tên rồi chọn trong danh sách.",
            )
        })
    }

    /// The id of the province that a unit belongs to on the unit's last day in force, or today; a
    /// record keeps it for ever. A unit that is not in force yet belongs to its first province.
    pub fn province_id(&self, unit: UnitIx) -> &str {
        let day = self.units.rows(unit).last().and_then(|row| row.valid_to);
        let day = day.unwrap_or_else(|| self.clock.today());
        self.units.id(self.units.province_nearest(unit, day))
    }
}
