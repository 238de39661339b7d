//! Who may write when: one writer that shares commits on SQLite, free transactions on PostgreSQL.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;

use futures::FutureExt;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

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
    /// SQLite: jobs wait in a queue, and those that wait together share one commit.
    Grouping(mpsc::Sender<Waiting>),
    /// PostgreSQL: each job has a transaction of its own; the database groups commits.
    Concurrent(DatabaseConnection),
}

/// What waits to be written.
pub(crate) enum Waiting {
    /// A unit of work.
    Job(Queued),
    /// A new record, and where its answer goes.
    Creation(
        Box<Creation>,
        oneshot::Sender<Result<Option<i64>, StoreError>>,
    ),
}

impl Writer {
    pub(crate) fn grouping(connection: DatabaseConnection) -> Self {
        let (sender, receiver) = mpsc::channel(4096);
        tokio::spawn(write_groups(connection, receiver));
        Self::Grouping(sender)
    }

    pub(crate) fn concurrent(pool: DatabaseConnection) -> Self {
        Self::Concurrent(pool)
    }

    pub(crate) async fn create(&self, creation: Creation) -> Result<Option<i64>, StoreError> {
        match self {
            Self::Concurrent(pool) => {
                let tx = pool.begin().await?;
                let numbers = creations::write(&tx, &[&creation]).await?;
                tx.commit().await?;
                Ok(numbers.into_iter().flatten().next())
            }
            Self::Grouping(queue) => {
                let (answer, answered) = oneshot::channel();
                queue
                    .send(Waiting::Creation(Box::new(creation), answer))
                    .await
                    .map_err(|_| StoreError::Stopped)?;
                answered.await.map_err(|_| StoreError::Stopped)?
            }
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
                    .send(Waiting::Job(queued))
                    .await
                    .map_err(|_| StoreError::Stopped)?;
                answered.await.map_err(|_| StoreError::Stopped)?
            }
        }
    }
}

async fn write_groups(connection: DatabaseConnection, mut queue: mpsc::Receiver<Waiting>) {
    let mut waiting = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut waiting, GROUP).await > 0 {
        write_group(&connection, &mut waiting).await;
    }
}

/// Writes what waits in one transaction, new records first, then answers all.
async fn write_group(connection: &DatabaseConnection, waiting: &mut Vec<Waiting>) {
    let mut group = Group::default();
    for one in waiting.drain(..) {
        match one {
            Waiting::Job(job) => group.jobs.push(job),
            Waiting::Creation(creation, answer) => {
                group.creations.push(*creation);
                group.creators.push(answer);
            }
        }
    }
    let mut answers: Vec<Answer> = Vec::with_capacity(group.creators.len() + group.jobs.len());
    let outcome = group.write(connection, &mut answers).await;
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

#[derive(Default)]
struct Group {
    creations: Vec<Creation>,
    creators: Vec<oneshot::Sender<Result<Option<i64>, StoreError>>>,
    jobs: Vec<Queued>,
}

impl Group {
    async fn write(
        self,
        connection: &DatabaseConnection,
        answers: &mut Vec<Answer>,
    ) -> Result<(), DbErr> {
        let (tx, numbers) = create_all(connection, &self.creations).await?;
        for (creator, number) in self.creators.into_iter().zip(numbers) {
            answers.push(Box::new(move |committed| {
                // Nobody waits any more when the request was cut off.
                drop(creator.send(committed.and(number)));
            }));
        }
        if !self.jobs.is_empty() {
            tx.execute_unprepared("savepoint job").await?;
        }
        for job in self.jobs {
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
}

type Numbers = Vec<Result<Option<i64>, StoreError>>;

/// Begins a transaction and writes new records, as many to a statement as there are; when that
/// fails, begins again and writes each by itself, so that one's failure is only its own.
async fn create_all(
    connection: &DatabaseConnection,
    creations: &[Creation],
) -> Result<(DatabaseTransaction, Numbers), DbErr> {
    let tx = begin(connection).await?;
    let all: Vec<&Creation> = creations.iter().collect();
    if let Ok(numbers) = creations::write(&tx, &all).await {
        return Ok((tx, numbers.into_iter().map(Ok).collect()));
    }
    tx.rollback().await?;
    let tx = begin(connection).await?;
    let mut numbers = Numbers::with_capacity(all.len());
    for creation in all {
        tx.execute_unprepared("savepoint creation").await?;
        let number = creations::write(&tx, &[creation]).await;
        if number.is_err() {
            tx.execute_unprepared("rollback to savepoint creation")
                .await?;
        }
        tx.execute_unprepared("release savepoint creation").await?;
        numbers.push(number.map(|number| number.into_iter().flatten().next()));
    }
    Ok((tx, numbers))
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
            Self::Grouping(_) => "Writer::Grouping",
            Self::Concurrent(_) => "Writer::Concurrent",
        })
    }
}
