//! The law as this installation knows it.

use std::sync::{Arc, OnceLock, RwLock};
use std::time::Duration;

use jiff::civil::Date;
use policy::parameters::{LocalSupport, Parameter, Row};
use policy::{Law, PolicyError};
use sha2::{Digest, Sha256};
use store::{Db, StoreError};

use crate::app::{App, hex};

/// How often another program's entries are looked for.
const EVERY: Duration = Duration::from_secs(1);

/// The law at one time, and a tag that is another one after each change.
#[derive(Debug)]
pub struct KnownLaw {
    /// The law.
    pub law: Law,
    /// Changes with the rules and with what administrators enter; the same in all programs on a database.
    pub tag: String,
    /// How many versions of entries there were when it was read.
    entries: i64,
    offline: OnceLock<String>,
}

/// The law for all requests; those that have begun keep theirs.
#[derive(Debug)]
pub struct LawInForce(RwLock<Arc<KnownLaw>>);

impl LawInForce {
    /// What is compiled in, with what the database holds.
    pub async fn read(db: &Db) -> Result<Self, StoreError> {
        Ok(Self(RwLock::new(Arc::new(KnownLaw::read(db).await?))))
    }

    /// The law of now.
    pub fn now(&self) -> Arc<KnownLaw> {
        self.0.read().expect("no holder panics").clone()
    }

    /// Reads the entries again when there are others than before.
    pub(super) async fn catch_up(&self, db: &Db) -> Result<(), StoreError> {
        if store::law::law_entry_count(db.read()).await? != self.now().entries {
            let known = Arc::new(KnownLaw::read(db).await?);
            let mut held = self.0.write().expect("no holder panics");
            // Another request may have read later entries meanwhile.
            if known.entries >= held.entries {
                *held = known;
            }
        }
        Ok(())
    }
}

impl KnownLaw {
    async fn read(db: &Db) -> Result<Self, StoreError> {
        // Counted first: what is entered meanwhile is then read again.
        let entries = store::law::law_entry_count(db.read()).await?;
        let mut law = Law::embedded().clone();
        let mut digest = Sha256::new();
        // Versions come in their order: the last one of a month or an area stays.
        for row in store::law::fund_return_list(db.read()).await? {
            digest.update(format!("{row:?}"));
            let (Ok(from), Ok(rate)) = (row.from_month.parse(), row.monthly_rate.parse()) else {
                tracing::error!(from_month = row.from_month, "a fund return cannot be read");
                continue;
            };
            law = law.with_fund_return(from, rate, &row.document_number);
        }
        for row in store::law::local_support_list(db.read()).await? {
            digest.update(format!("{row:?}"));
            match LocalSupport::parse(&support_id(&row.province_id, &row.area), "", &row.content) {
                Ok(local) => law = law.with_local_support(local),
                Err(_) => tracing::error!(
                    province.id = row.province_id,
                    area = row.area,
                    "what a province adds cannot be read"
                ),
            }
        }
        let mut tag = policy::rules_version().to_owned();
        if entries > 0 {
            tag += &format!("-{}", hex(&digest.finalize()[..6]));
        }
        Ok(Self {
            law,
            tag,
            entries,
            offline: OnceLock::new(),
        })
    }

    /// The tables of the phone, as JSON; made when first asked for.
    pub fn offline(&self) -> &str {
        self.offline.get_or_init(|| {
            let document = policy::offline::document(&self.law);
            serde_json::to_string(&document).expect("it is plain data")
        })
    }
}

/// Name of an overlay of a province.
pub(super) fn support_id(province_id: &str, area: &str) -> String {
    match area {
        "" => province_id.to_owned(),
        area => format!("{province_id}/{area}"),
    }
}

/// Looks for entries of other programs on the same database again and again; own ones are in before their answer.
pub async fn follow(app: Arc<App>) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = app.law.catch_up(&app.db).await {
            tracing::warn!(%error, "cannot look for entries beside the law; quotes may be behind");
        }
    }
}

/// The numbers of the law in force on a day, by id, with the rows that hold; what provinces add comes last.
///
/// Errors: a day whose law is not known.
pub fn parameter_list(law: &Law, on: Date) -> Result<Vec<(&Parameter, &[Row])>, PolicyError> {
    law.check_date(on)?;
    let local = law.provincial_support.iter().map(|local| &local.share);
    let all = law.parameters.iter().chain(local);
    let in_force = all.filter_map(|parameter| {
        let rows = parameter.entry_on(on)?.rows.as_deref()?;
        Some((parameter, rows))
    });
    Ok(in_force.collect())
}
