//! Numbered migrations, each carried out once and never changed after release.

use sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait};

use crate::{Args, StoreError, dialect, sql};

/// Every migration: number, file name, text in the dialect that both databases share.
pub const MIGRATIONS: [(i64, &str, &str); 7] = [
    (
        1,
        "0001_change_log",
        include_str!("../migrations/0001_change_log.sql"),
    ),
    (
        2,
        "0002_people_and_bodies",
        include_str!("../migrations/0002_people_and_bodies.sql"),
    ),
    (3, "0003_plan", include_str!("../migrations/0003_plan.sql")),
    (4, "0004_run", include_str!("../migrations/0004_run.sql")),
    (
        5,
        "0005_figures",
        include_str!("../migrations/0005_figures.sql"),
    ),
    (6, "0006_law", include_str!("../migrations/0006_law.sql")),
    (
        7,
        "0007_kept_quotes",
        include_str!("../migrations/0007_kept_quotes.sql"),
    ),
];

/// Brings the database to the newest migration, all or nothing.
pub(crate) async fn migrate(db: &DatabaseConnection) -> Result<(), StoreError> {
    let backend = db.get_database_backend();
    let tx = db.begin().await?;
    if let Some(lock) = dialect::migration_lock(backend) {
        tx.execute_unprepared(lock).await?;
    }
    tx.execute_unprepared(
        "create table if not exists migration (number bigint not null primary key, name text not null)",
    )
    .await?;
    let done: i64 = sql::scalar(
        &tx,
        "select coalesce(max(number), 0) from migration",
        Args::new(),
    )
    .await?;
    let newest = MIGRATIONS.last().map_or(0, |(number, ..)| *number);
    if done > newest {
        return Err(StoreError::Newer(done));
    }
    for (number, name, text) in MIGRATIONS.iter().filter(|(number, ..)| *number > done) {
        let failed = |source| StoreError::Migration { name, source };
        for statement in dialect::migration_text(backend, text).split(";\n") {
            let statement = statement.trim().trim_end_matches(';');
            if !statement.is_empty() {
                tx.execute_unprepared(statement).await.map_err(failed)?;
            }
        }
        sql::execute(
            &tx,
            "insert into migration (number, name) values ($1, $2)",
            Args::new().int(*number).text(*name),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
