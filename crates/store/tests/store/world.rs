//! A fresh, migrated database for one test.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database};
use store::{Db, DbOptions};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// One database; it goes away with the value (SQLite) or with the server (PostgreSQL).
pub struct World {
    pub db: Db,
    pub options: DbOptions,
    _folder: Option<tempfile::TempDir>,
}

impl World {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self::open(url, Some(folder)).await
    }

    pub async fn postgres() -> Self {
        let server = std::env::var("RAQUAN_TEST_POSTGRES_URL").expect(
            "RAQUAN_TEST_POSTGRES_URL names a PostgreSQL server; scripts/with-postgres sets it",
        );
        let name = format!(
            "store_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let admin = Database::connect(&server)
            .await
            .expect("the PostgreSQL server answers");
        admin
            .execute_unprepared(&format!("create database {name}"))
            .await
            .expect("a fresh database");
        admin.close().await.expect("the connection closes");
        let (base, _) = server
            .rsplit_once('/')
            .expect("the address ends with a database name");
        Self::open(format!("{base}/{name}"), None).await
    }

    async fn open(url: String, folder: Option<tempfile::TempDir>) -> Self {
        let options = DbOptions {
            url,
            connections: 8,
        };
        let db = Db::open(&options)
            .await
            .expect("the database opens and migrates");
        Self {
            db,
            options,
            _folder: folder,
        }
    }

    /// Writes in one transaction, as the application does.
    pub async fn write<T, F>(&self, work: F) -> Result<T, store::StoreError>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(
                &'a store::DatabaseTransaction,
            ) -> store::JobFuture<'a, T, store::StoreError>
            + Send
            + 'static,
    {
        self.db.write(work).await
    }
}
