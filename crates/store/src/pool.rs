//! Opening a database: pools for reading, the writer for writing.

use std::path::Path;
use std::time::Duration;

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend};

use crate::creator::{Creator, Opened};
use crate::dialect::{SQLITE_CACHE_KIB, SQLITE_PRAGMAS};
use crate::writer::{Job, JobFuture, Writer};
use crate::{Creation, StoreError, migrate};

/// Connections for [`Db::read_early`].
const EARLY_READERS: u32 = 2;

/// How to open a database.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// `sqlite:FILE` or `postgres://USER:PASSWORD@HOST:PORT/NAME`.
    pub url: String,
    /// Connections for reading (SQLite) or for everything (PostgreSQL).
    pub connections: u32,
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Db {
    readers: DatabaseConnection,
    early_readers: DatabaseConnection,
    writer: Writer,
}

impl Db {
    /// Opens the database, makes the file if it is not there, and migrates it.
    pub async fn open(options: &DbOptions) -> Result<Self, StoreError> {
        if let Some(file) = options.url.strip_prefix("sqlite:") {
            let file = file.trim_start_matches("//");
            make_folder(file)?;
            let records = Opened::open(file)?;
            let writing = sqlite(file, 1, SQLITE_CACHE_KIB.writer, None).await?;
            migrate::migrate(&writing).await?;
            let creator = records.start()?;
            let reading =
                |connections, settled| sqlite(file, connections, SQLITE_CACHE_KIB.reader, settled);
            Ok(Self {
                readers: reading(options.connections, Some(creator.clone())).await?,
                early_readers: reading(EARLY_READERS, None).await?,
                writer: Writer::grouping(writing, creator),
            })
        } else if options.url.starts_with("postgres://") || options.url.starts_with("postgresql://")
        {
            let mut connect = ConnectOptions::new(options.url.clone());
            connect
                .max_connections(options.connections)
                .acquire_timeout(Duration::from_secs(30))
                .sqlx_logging(false);
            let pool = Database::connect(connect).await?;
            migrate::migrate(&pool).await?;
            Ok(Self {
                readers: pool.clone(),
                early_readers: pool.clone(),
                writer: Writer::concurrent(pool),
            })
        } else {
            Err(StoreError::UnknownDatabase)
        }
    }

    /// The connections for reading. They see everything that was acknowledged before they are taken, and
    /// never wait for a unit of work. While a commit fails again and again, as on a full disk, they are handed
    /// out after two seconds without the last new records, which the log says.
    pub fn read(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Connections that do not wait for the commit of new records ([`Db::create`]) and may miss the last
    /// of them: for looking up what such a record names, which is never another one.
    pub fn read_early(&self) -> &DatabaseConnection {
        &self.early_readers
    }

    /// The name of the database engine, for people.
    pub fn engine(&self) -> &'static str {
        match self.readers.get_database_backend() {
            DbBackend::Postgres => "PostgreSQL",
            _ => "SQLite",
        }
    }

    /// Runs `work` in a transaction; when this returns `Ok`, the work is on disk.
    ///
    /// An error that `work` returns takes back only its own writes.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'a> FnOnce(&'a DatabaseTransaction) -> JobFuture<'a, T, E> + Send + 'static,
    {
        self.writer.run(work).await
    }

    /// Writes a new record; when this returns, it is on disk. The answer is the number of its
    /// change, or none when the id was taken and nothing was written.
    pub async fn create(&self, creation: Creation) -> Result<Option<i64>, StoreError> {
        self.writer.create(creation).await
    }

    /// Runs a boxed job; see [`Db::write`].
    pub async fn write_job<T, E>(&self, job: Job<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.run(job).await
    }
}

fn make_folder(file: &str) -> Result<(), StoreError> {
    let folder = Path::new(file).parent();
    let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|error| {
        StoreError::Database(sea_orm::DbErr::Custom(format!(
            "cannot make the folder {}: {error}",
            folder.display()
        )))
    })
}

/// Opens a pool over an SQLite file with write-ahead log, full sync and foreign keys. With a creator,
/// whoever takes a connection waits until what it acknowledged is committed.
async fn sqlite(
    file: &str,
    connections: u32,
    cache_kib: u32,
    creator: Option<Creator>,
) -> Result<DatabaseConnection, StoreError> {
    let mut connect = ConnectOptions::new(format!("sqlite://{file}?mode=rwc"));
    connect
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |options| {
            SQLITE_PRAGMAS
                .iter()
                .fold(options, |options, (pragma, value)| {
                    options.pragma(*pragma, *value)
                })
                .pragma("cache_size", format!("-{cache_kib}"))
                .busy_timeout(Duration::from_secs(20))
                .statement_cache_capacity(256)
        });
    if let Some(creator) = creator {
        connect.map_sqlx_sqlite_pool_opts(move |options| {
            let (new, kept) = (creator.clone(), creator.clone());
            options
                .after_connect(move |_, _| {
                    let creator = new.clone();
                    Box::pin(async move {
                        creator.settled().await;
                        Ok(())
                    })
                })
                .before_acquire(move |_, _| {
                    let creator = kept.clone();
                    Box::pin(async move {
                        creator.settled().await;
                        Ok(true)
                    })
                })
        });
    }
    Ok(Database::connect(connect).await?)
}
