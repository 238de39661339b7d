//! Who may write when: one writer that shares commits on SQLite, free transactions on PostgreSQL.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;

use futures::FutureExt;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use crate::StoreError;

/// The future of a unit of work, bound to its transaction.
pub type JobFuture<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// A boxed unit of work.
pub type Job<T, E> =
    Box<dyn for<'a> FnOnce(&'a DatabaseTransaction) -> JobFuture<'a, T, E> + Send + 'static>;

/// At most so many units of work share a commit.
const GROUP: usize = 256;

/// A unit of work whose answer goes back by itself: it returns whether its writes are to be kept,
/// and what to do once it is known whether the group was committed.
type Queued = Box<
    dyn for<'a> FnOnce(
            &'a DatabaseTransaction,
        ) -> Pin<Box<dyn Future<Output = (bool, Answer)> + Send + 'a>>
        + Send,
>;
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

#[derive(Clone)]
pub(crate) enum Writer {
    /// SQLite: jobs wait in a queue, and those that wait together share one commit.
    Grouping(mpsc::Sender<Boxed>),
    /// PostgreSQL: each job has a transaction of its own; the database groups commits.
    Concurrent(DatabaseConnection),
}

/// `Queued` without a need for `Debug`.
pub(crate) struct Boxed(Queued);

impl Writer {
    pub(crate) fn grouping(connection: DatabaseConnection) -> Self {
        let (sender, receiver) = mpsc::channel(4096);
        tokio::spawn(write_groups(connection, receiver));
        Self::Grouping(sender)
    }

    pub(crate) fn concurrent(pool: DatabaseConnection) -> Self {
        Self::Concurrent(pool)
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
            Self::Grouping(queue) => {
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
                queue
                    .send(Boxed(queued))
                    .await
                    .map_err(|_| StoreError::Stopped)?;
                answered.await.map_err(|_| StoreError::Stopped)?
            }
        }
    }
}

async fn write_groups(connection: DatabaseConnection, mut queue: mpsc::Receiver<Boxed>) {
    let mut waiting = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut waiting, GROUP).await > 0 {
        write_group(&connection, &mut waiting).await;
    }
}

/// Writes what waits in one transaction, each job in its own savepoint, then answers all.
async fn write_group(connection: &DatabaseConnection, waiting: &mut Vec<Boxed>) {
    let mut answers: Vec<Answer> = Vec::with_capacity(waiting.len());
    let outcome = async {
        let tx = connection
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await?;
        for Boxed(job) in waiting.drain(..) {
            tx.execute_unprepared("savepoint job").await?;
            // A panic is only its own job's failure: its caller sees the channel closed.
            let keep = match AssertUnwindSafe(job(&tx)).catch_unwind().await {
                Ok((keep, answer)) => {
                    answers.push(answer);
                    keep
                }
                Err(_) => false,
            };
            if !keep {
                tx.execute_unprepared("rollback to savepoint job").await?;
            }
            tx.execute_unprepared("release savepoint job").await?;
        }
        tx.commit().await
    }
    .await;
    waiting.clear();
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

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Grouping(_) => "Writer::Grouping",
            Self::Concurrent(_) => "Writer::Concurrent",
        })
    }
}
