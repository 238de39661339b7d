//! Every store function, on SQLite and on PostgreSQL.
//!
//! `both!` makes two tests of one function: `sqlite::NAME` on a fresh file, `postgres::NAME` on a
//! fresh database of the server that `RAQUAN_TEST_POSTGRES_URL` names.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod activities;
mod campaigns;
mod changes;
mod creations;
mod facts;
mod field_records;
mod files;
mod law;
mod observations;
mod organizations;
mod references;
mod targets;
mod tasks;
mod users;
mod world;

/// Makes a test for each database of every function named.
#[macro_export]
macro_rules! both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::world::World::sqlite().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::world::World::postgres().await).await;
            })+
        }
    };
}
