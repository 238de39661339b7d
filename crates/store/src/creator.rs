//! New records on SQLite: a thread of its own writes them, and those that wait together share a commit.
//!
//! A field record is most of what a campaign writes. The thread keeps its statements prepared and
//! hands nothing from thread to thread but the record and its answer.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql};
use sea_orm::{DbErr, Value};
use tokio::sync::{Mutex, oneshot};

use crate::dialect::{SQLITE_CACHE_KIB, SQLITE_PRAGMAS};
use crate::{Args, Creation, StoreError};

/// At most so many records share a commit.
const GROUP: usize = 256;

/// Where new records wait to be written.
#[derive(Clone, Debug)]
pub(crate) struct Creator(mpsc::Sender<Waiting>);

#[derive(Debug)]
struct Waiting {
    creation: Creation,
    answer: oneshot::Sender<Result<Option<i64>, StoreError>>,
}

impl Creator {
    /// Opens the file and starts the thread, which ends with the last creator. It writes only while
    /// it holds `turn`.
    pub fn start(file: &str, turn: Arc<Mutex<()>>) -> Result<Self, StoreError> {
        let connection = open(file).map_err(store_error)?;
        let (sender, receiver) = mpsc::channel();
        std::thread::Builder::new()
            .name("records".to_owned())
            .spawn(move || write_groups(&connection, &receiver, &turn))
            .map_err(|error| StoreError::Database(DbErr::Custom(error.to_string())))?;
        Ok(Self(sender))
    }

    /// Writes a record; the number of its change, or none when its id was taken.
    pub async fn create(&self, creation: Creation) -> Result<Option<i64>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.0
            .send(Waiting { creation, answer })
            .map_err(|_| StoreError::Stopped)?;
        answered.await.map_err(|_| StoreError::Stopped)?
    }
}

fn open(file: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(Duration::from_secs(20))?;
    connection.set_prepared_statement_cache_capacity(64);
    for (pragma, value) in SQLITE_PRAGMAS {
        connection.pragma_update(None, pragma, value)?;
    }
    let cache = -i64::from(SQLITE_CACHE_KIB.writer);
    connection.pragma_update(None, "cache_size", cache)?;
    Ok(connection)
}

fn write_groups(connection: &Connection, queue: &mpsc::Receiver<Waiting>, turn: &Mutex<()>) {
    let mut group = Vec::with_capacity(GROUP);
    while let Ok(first) = queue.recv() {
        let _turn = turn.blocking_lock();
        group.push(first);
        group.extend(queue.try_iter().take(GROUP - 1));
        match write_group(connection, &group) {
            Ok(numbers) => {
                for (waiting, number) in group.drain(..).zip(numbers) {
                    // Nobody waits any more when the request was cut off.
                    drop(waiting.answer.send(number));
                }
            }
            Err(error) => {
                tracing::error!(%error, records = group.len(), "a shared commit failed");
                for waiting in group.drain(..) {
                    let failed = DbErr::Custom(error.to_string());
                    drop(waiting.answer.send(Err(StoreError::Database(failed))));
                }
            }
        }
    }
}

type Numbers = Vec<Result<Option<i64>, StoreError>>;

/// Writes records in one transaction. When one of them cannot be written, takes all back and writes
/// each in a savepoint of its own, so that one's failure is only its own.
fn write_group(connection: &Connection, group: &[Waiting]) -> rusqlite::Result<Numbers> {
    let result = write_all(connection, group);
    if result.is_err() && !connection.is_autocommit() {
        connection.execute_batch("rollback")?;
    }
    match result {
        Ok(numbers) => Ok(numbers),
        Err(Failure::Commit(error)) => Err(error),
        Err(Failure::Record) => {
            let result = write_each(connection, group);
            if result.is_err() && !connection.is_autocommit() {
                connection.execute_batch("rollback")?;
            }
            result
        }
    }
}

enum Failure {
    Record,
    Commit(rusqlite::Error),
}

fn write_all(connection: &Connection, group: &[Waiting]) -> Result<Numbers, Failure> {
    run(connection, "begin immediate").map_err(Failure::Commit)?;
    let mut numbers = Numbers::with_capacity(group.len());
    for waiting in group {
        let number = write(connection, &waiting.creation).map_err(|_| Failure::Record)?;
        numbers.push(Ok(number));
    }
    run(connection, "commit").map_err(Failure::Commit)?;
    Ok(numbers)
}

fn write_each(connection: &Connection, group: &[Waiting]) -> rusqlite::Result<Numbers> {
    run(connection, "begin immediate")?;
    let mut numbers = Numbers::with_capacity(group.len());
    for waiting in group {
        run(connection, "savepoint record")?;
        let number = write(connection, &waiting.creation);
        if number.is_err() {
            run(connection, "rollback to savepoint record")?;
        }
        run(connection, "release savepoint record")?;
        numbers.push(number.map_err(store_error));
    }
    run(connection, "commit")?;
    Ok(numbers)
}

fn write(connection: &Connection, creation: &Creation) -> rusqlite::Result<Option<i64>> {
    let (text, args) = &creation.record;
    if carry_out(connection, text, args)?.0 == 0 {
        return Ok(None);
    }
    let mut number = None;
    for (text, args) in creation.change.statements() {
        number = carry_out(connection, text, args)?.1;
    }
    Ok(number)
}

fn run(connection: &Connection, text: &str) -> rusqlite::Result<()> {
    carry_out(connection, text, &Args::new()).map(|_| ())
}

/// Carries out a statement whose arguments stand once each and in order; how many rows it changed,
/// and the number in the first row that it returns.
fn carry_out(
    connection: &Connection,
    text: &str,
    args: &Args,
) -> rusqlite::Result<(usize, Option<i64>)> {
    let mut statement = connection.prepare_cached(text)?;
    for (index, value) in args.values().iter().enumerate() {
        statement.raw_bind_parameter(index + 1, Bound(value))?;
    }
    if statement.column_count() == 0 {
        return Ok((statement.raw_execute()?, None));
    }
    let mut rows = statement.raw_query();
    let number = rows.next()?.map(|row| row.get(0)).transpose()?;
    Ok((0, number))
}

/// An argument, bound without a copy.
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self.0 {
            Value::String(text) => text
                .as_ref()
                .map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes())),
            Value::BigInt(number) => number.map_or(ValueRef::Null, ValueRef::Integer),
            Value::Bool(yes) => yes.map_or(ValueRef::Null, |yes| ValueRef::Integer(yes.into())),
            Value::Bytes(bytes) => bytes
                .as_ref()
                .map_or(ValueRef::Null, |bytes| ValueRef::Blob(bytes)),
            other => {
                let error = format!("a column of the kind of {other:?} is not known");
                return Err(rusqlite::Error::ToSqlConversionFailure(error.into()));
            }
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

/// The error as the other connections name it.
fn store_error(error: rusqlite::Error) -> StoreError {
    use rusqlite::ffi;
    let text = error.to_string();
    match error.sqlite_error().map(|error| error.extended_code) {
        Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
            StoreError::Duplicate(text)
        }
        Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => StoreError::MissingReference(text),
        _ => StoreError::Database(DbErr::Custom(text)),
    }
}
