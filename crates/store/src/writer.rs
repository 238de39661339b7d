//! Who may write when: one writer that shares commits on SQLite, free transactions on PostgreSQL.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;

use futures::FutureExt;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use crate::creator::Creator;
use crate::{Creation, StoreError, creations};

/// The future of a unit of work, bound to its transaction.
pub type JobFuture<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// A boxed unit of work.
pub type Job<T, E> =
    Box<dyn for<'a> FnOnce(&'a DatabaseTransaction) -> JobFuture<'a, T, E> + Send + 'static>;

/// At most so many units of work share a commit.
const GROUP: usize = 256;

/// A unit of work whose answer goes back by itself: it returns whether its writes are to be kept,
/// and what to do once it is known whether the group was committed.
pub(crate) type Queued = Box<
    dyn for<'a> FnOnce(
            &'a DatabaseTransaction,
        ) -> Pin<Box<dyn Future<Output = (bool, Answer)> + Send + 'a>>
        + Send,
>;
pub(crate) type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

#[derive(Clone)]
pub(crate) enum Writer {
    /// SQLite: jobs wait in a queue, and those that wait together share one commit; so do new
    /// records in a queue of their own.
    Grouping(mpsc::Sender<Queued>, Creator),
    /// PostgreSQL: each job has a transaction of its own; the database groups commits.
    Concurrent(DatabaseConnection),
}

impl Writer {
    pub(crate) fn grouping(connection: DatabaseConnection, creator: Creator) -> Self {
        let (sender, receiver) = mpsc::channel(4096);
        tokio::spawn(write_groups(connection, receiver, creator.clone()));
        Self::Grouping(sender, creator)
    }

    pub(crate) fn concurrent(pool: DatabaseConnection) -> Self {
        Self::Concurrent(pool)
    }

    pub(crate) async fn create(&self, creation: Creation) -> Result<Option<i64>, StoreError> {
        match self {
            Self::Concurrent(pool) => {
                let tx = pool.begin().await?;
                let number = creations::write(&tx, creation).await?;
                tx.commit().await?;
                Ok(number)
            }
            Self::Grouping(_, creator) => creator.create(creation).await,
        }
    }

    pub(crate) async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'a> FnOnce(&'a DatabaseTransaction) -> JobFuture<'a, T, E> + Send + 'static,
    {
        match self {
            Self::Concurrent(pool) => {
                let tx = pool.begin().await.map_err(StoreError::from)?;
                let output = work(&tx).await?;
                tx.commit().await.map_err(StoreError::from)?;
                Ok(output)
            }
            Self::Grouping(queue, _) => {
                let (answer, answered) = oneshot::channel();
                let queued: Queued = Box::new(move |tx| {
                    Box::pin(async move {
                        let result = work(tx).await;
                        let keep = result.is_ok();
                        let answer: Answer = Box::new(move |committed| {
                            let result = match committed {
                                Ok(()) => result,
                                Err(error) => result.and(Err(E::from(error))),
                            };
                            // Nobody waits any more when the request was cut off.
                            drop(answer.send(result));
                        });
                        (keep, answer)
                    })
                });
                queue.send(queued).await.map_err(|_| StoreError::Stopped)?;
                answered.await.map_err(|_| StoreError::Stopped)?
            }
        }
    }
}

async fn write_groups(
    connection: DatabaseConnection,
    mut queue: mpsc::Receiver<Queued>,
    creator: Creator,
) {
    let mut waiting = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut waiting, GROUP).await > 0 {
        // Either jobs or new records are written at a time; who waited first comes first.
        let _turn = creator.turn().await;
        write_group(&connection, &mut waiting).await;
    }
}

/// Carries out what waits in one transaction, then answers all.
async fn write_group(connection: &DatabaseConnection, waiting: &mut Vec<Queued>) {
    let mut answers: Vec<Answer> = Vec::with_capacity(waiting.len());
    let outcome = write_jobs(connection, waiting.drain(..), &mut answers).await;
    match outcome {
        Ok(()) => answers.into_iter().for_each(|answer| answer(Ok(()))),
        Err(error) => {
            tracing::error!(%error, jobs = answers.len(), "a shared commit failed");
            for answer in answers {
                answer(Err(StoreError::Database(error.clone())));
            }
        }
    }
}

async fn write_jobs(
    connection: &DatabaseConnection,
    jobs: impl Iterator<Item = Queued>,
    answers: &mut Vec<Answer>,
) -> Result<(), DbErr> {
    let tx = begin(connection).await?;
    tx.execute_unprepared("savepoint job").await?;
    for job in jobs {
        // A panic is only its own job's failure: its caller sees the channel closed.
        let keep = match AssertUnwindSafe(job(&tx)).catch_unwind().await {
            Ok((keep, answer)) => {
                answers.push(answer);
                keep
            }
            Err(_) => false,
        };
        // One round trip ends this job and begins the next.
        tx.execute_unprepared(if keep {
            "release savepoint job; savepoint job"
        } else {
            "rollback to savepoint job"
        })
        .await?;
    }
    tx.commit().await
}

async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    connection
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        })
        .await
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Grouping(..) => "Writer::Grouping",
            Self::Concurrent(_) => "Writer::Concurrent",
        })
    }
}
