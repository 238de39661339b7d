//! New records on SQLite: a thread of its own writes them, and those that wait together share an entry of the intake.
//!
//! A field record is most of what a campaign writes. The thread keeps its statements prepared and
//! hands nothing from thread to thread but the record and its answer. Its transaction stays open while
//! records keep coming: what was acknowledged stands in the intake until the commit, and whoever wants
//! to read or write anything else has the commit made first. While a second thread keeps some in the
//! intake, the first writes the next.

use std::collections::HashMap;
use std::fmt::Display;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior, params};
use sea_orm::{DbErr, Value};
use tokio::sync::{Mutex, MutexGuard, oneshot};

use crate::dialect::{SQLITE_CACHE_KIB, SQLITE_PRAGMAS};
use crate::intake::Intake;
use crate::{Args, Creation, StoreError, changes, facts};

/// At most so many records share an entry of the intake.
const GROUP: usize = 256;
/// So many records that wait together are committed at once: keeping them first would cost as much.
const LARGE: usize = 100;
/// When a transaction has so many records, it ends.
const MOST_OPEN: usize = 1024;
/// When nobody comes for so long, it ends.
const IDLE: Duration = Duration::from_millis(2);
/// A commit that failed is tried again after so long.
const RETRY: Duration = Duration::from_secs(1);
/// A reader waits at most so long for a commit that fails again and again.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where new records wait to be written.
#[derive(Clone, Debug)]
pub(crate) struct Creator {
    queue: mpsc::Sender<Message>,
    standing: Arc<Standing>,
    /// Held by who writes: the thread while its transaction is open, or a unit of work.
    turn: Arc<Mutex<()>>,
}

/// How many entries of the intake were acknowledged, and how many of them the database has committed.
#[derive(Debug, Default)]
struct Standing {
    kept: AtomicU64,
    committed: AtomicU64,
}

#[derive(Debug)]
enum Message {
    Record(Waiting),
    /// Somebody wants to see or to follow what was acknowledged: commit, then answer.
    Settle(oneshot::Sender<()>),
}

#[derive(Debug)]
struct Waiting {
    creation: Creation,
    answer: oneshot::Sender<Result<Option<i64>, StoreError>>,
}

/// An SQLite file opened for new records, before anything else is done with it.
pub(crate) struct Opened {
    connection: Connection,
    intake: Option<Intake>,
}

impl Opened {
    /// Opens the file and writes what an earlier program has acknowledged and not committed.
    pub fn open(file: &str) -> Result<Self, StoreError> {
        let connection = open(file).map_err(store_error)?;
        let number = database_number(&connection).map_err(store_error)?;
        let mut intake = Intake::open(Path::new(file), number).map_err(|error| failed(&error))?;
        if let Some(intake) = &mut intake {
            recover(&connection, intake).map_err(store_error)?;
        }
        Ok(Self { connection, intake })
    }

    /// Starts the thread, which ends with the last creator.
    pub fn start(self) -> Result<Creator, StoreError> {
        let standing = Arc::new(Standing::default());
        let turn = Arc::new(Mutex::new(()));
        let (queue, receiver) = mpsc::channel();
        let keeper = self
            .intake
            .map(|intake| Keeper::start(intake, standing.clone()));
        let thread = Thread {
            connection: self.connection,
            keeper: keeper.transpose().map_err(|error| failed(&error))?,
            queue: receiver,
            standing: standing.clone(),
            turn: turn.clone(),
            written: 0,
            numbers: Numbers::default(),
        };
        std::thread::Builder::new()
            .name("records".to_owned())
            .spawn(move || thread.run())
            .map_err(|error| failed(&error))?;
        Ok(Creator {
            queue,
            standing,
            turn,
        })
    }
}

fn recover(connection: &Connection, intake: &Intake) -> rusqlite::Result<()> {
    let kept = intake.kept().map_err(unkept)?;
    let mut records = 0;
    let tx = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let mut numbers = Numbers::default();
    for creation in &kept {
        records += usize::from(write(&tx, &mut numbers, creation)?.is_some());
    }
    numbers.write(&tx)?;
    tx.commit()?;
    if records > 0 {
        tracing::info!(records, "records were taken over from the intake");
    }
    Ok(())
}

/// The number that tells this database from others; drawn once.
fn database_number(connection: &Connection) -> rusqlite::Result<u64> {
    let read = || connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0));
    if read()? == 0 {
        let tx = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        if read()? == 0 {
            let text = "select abs(random() % 2147483646) + 1";
            let drawn: u32 = tx.query_row(text, [], |row| row.get(0))?;
            tx.pragma_update(None, "user_version", drawn)?;
        }
        tx.commit()?;
    }
    read().map(u64::from)
}

impl Creator {
    /// Ends the open transaction of new records; none begins before the guard is dropped.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        if let Ok(guard) = self.turn.try_lock() {
            return guard;
        }
        // First in the line for the turn, then asking for it: new records come after.
        let ask = async { drop(self.queue.send(Message::Settle(oneshot::channel().0))) };
        tokio::join!(self.turn.lock(), ask).0
    }

    /// Writes a record; the number of its change, or none when its id was taken.
    pub async fn create(&self, creation: Creation) -> Result<Option<i64>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.queue
            .send(Message::Record(Waiting { creation, answer }))
            .map_err(|_| StoreError::Stopped)?;
        answered.await.map_err(|_| StoreError::Stopped)?
    }

    /// When this returns, everybody sees what was acknowledged before.
    pub async fn settled(&self) {
        let kept = self.standing.kept.load(Ordering::Acquire);
        if self.standing.committed.load(Ordering::Acquire) >= kept {
            return;
        }
        let (answer, answered) = oneshot::channel();
        if self.queue.send(Message::Settle(answer)).is_ok()
            && tokio::time::timeout(PATIENCE, answered).await.is_err()
        {
            tracing::warn!("records that were acknowledged are not in the database yet");
        }
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

type Number = Result<Option<i64>, StoreError>;

/// Records that were written into the open transaction, and what they are to be answered.
#[derive(Debug)]
struct Written(Vec<(Waiting, Number)>);

impl Written {
    /// Those that are new.
    fn new_ones(&self) -> impl Iterator<Item = &Creation> {
        let new = self
            .0
            .iter()
            .filter(|(_, number)| matches!(number, Ok(Some(_))));
        new.map(|(waiting, _)| &waiting.creation)
    }

    fn answer(self) {
        for (waiting, number) in self.0 {
            // Nobody waits any more when the request was cut off.
            drop(waiting.answer.send(number));
        }
    }

    fn refuse(self, error: &impl Display) {
        refuse(self.0.into_iter().map(|(waiting, _)| waiting), error);
    }
}

fn refuse(group: impl ExactSizeIterator<Item = Waiting>, error: &impl Display) {
    tracing::error!(%error, records = group.len(), "new records could not be written");
    for waiting in group {
        drop(waiting.answer.send(Err(failed(error))));
    }
}

/// Keeps what was written in the intake, and answers it then, in its order.
struct Keeper {
    intake: Arc<std::sync::Mutex<Intake>>,
    queue: mpsc::Sender<Written>,
    /// For each that was sent: itself when it could not be kept.
    done: mpsc::Receiver<Option<Written>>,
    in_work: usize,
}

impl Keeper {
    fn start(intake: Intake, standing: Arc<Standing>) -> io::Result<Self> {
        let intake = Arc::new(std::sync::Mutex::new(intake));
        let (queue, receiver) = mpsc::channel();
        let (sender, done) = mpsc::channel();
        let shared = intake.clone();
        let keep = move || keep_all(&shared, &receiver, &sender, &standing);
        std::thread::Builder::new()
            .name("intake".to_owned())
            .spawn(keep)?;
        Ok(Self {
            intake,
            queue,
            done,
            in_work: 0,
        })
    }

    fn keep(&mut self, written: Written) {
        if self.queue.send(written).is_ok() {
            self.in_work += 1;
        }
    }

    /// Waits until all is kept and answered; returns what could not be kept.
    fn finish(&mut self) -> Vec<Written> {
        let mut unkept = Vec::new();
        while self.in_work > 0 {
            self.in_work -= 1;
            unkept.extend(self.done.recv().ok().flatten());
        }
        unkept
    }

    fn intake(&self) -> std::sync::MutexGuard<'_, Intake> {
        self.intake.lock().expect("no holder panics")
    }
}

fn keep_all(
    intake: &std::sync::Mutex<Intake>,
    queue: &mpsc::Receiver<Written>,
    done: &mpsc::Sender<Option<Written>>,
    standing: &Standing,
) {
    while let Ok(first) = queue.recv() {
        // What came meanwhile shares the entry.
        let written: Vec<Written> = std::iter::once(first).chain(queue.try_iter()).collect();
        let new: Vec<&Creation> = written.iter().flat_map(Written::new_ones).collect();
        let kept = match new.as_slice() {
            [] => Ok(()),
            new => intake.lock().expect("no holder panics").keep(new),
        };
        match &kept {
            Ok(()) => drop(standing.kept.fetch_add(1, Ordering::Release)),
            Err(error) => tracing::error!(%error, "the intake could not be written"),
        }
        for one in written {
            let unkept = if kept.is_ok() {
                one.answer();
                None
            } else {
                Some(one)
            };
            if done.send(unkept).is_err() {
                return;
            }
        }
    }
}

struct Thread {
    connection: Connection,
    /// None while another program has the intake; each group is committed then.
    keeper: Option<Keeper>,
    queue: mpsc::Receiver<Message>,
    standing: Arc<Standing>,
    turn: Arc<Mutex<()>>,
    /// Records in the open transaction.
    written: usize,
    /// Of the open transaction.
    numbers: Numbers,
}

impl Thread {
    fn run(mut self) {
        while let Ok(message) = self.queue.recv() {
            match message {
                // Nothing is open here.
                Message::Settle(answer) => answer.send(()).unwrap_or_default(),
                Message::Record(first) => {
                    let turn = self.turn.clone();
                    let turn = turn.blocking_lock();
                    let settling = self.transaction(first);
                    drop(turn);
                    if let Some(answer) = settling {
                        answer.send(()).unwrap_or_default();
                    }
                }
            }
        }
    }

    /// One transaction, as long as records keep coming; who it was ended for.
    fn transaction(&mut self, first: Waiting) -> Option<oneshot::Sender<()>> {
        let mut group = vec![first];
        let mut settling = None;
        loop {
            while group.len() < GROUP && settling.is_none() {
                match self.queue.try_recv() {
                    Ok(Message::Record(waiting)) => group.push(waiting),
                    Ok(Message::Settle(answer)) => settling = Some(answer),
                    Err(_) => break,
                }
            }
            let is_last = settling.is_some() || group.len() >= LARGE;
            let is_kept = self.write_and_keep(std::mem::take(&mut group), is_last);
            if !is_kept || self.written >= MOST_OPEN {
                break;
            }
            match self.queue.recv_timeout(IDLE) {
                Ok(Message::Record(waiting)) => group.push(waiting),
                Ok(Message::Settle(answer)) => settling = Some(answer),
                Err(_) => {}
            }
            if group.is_empty() {
                break;
            }
        }
        // What was acknowledged must come into the database, and before anything else.
        while let Err(error) = self.commit() {
            tracing::error!(%error, "records that were acknowledged cannot be committed; trying again");
            std::thread::sleep(RETRY);
        }
        settling
    }

    /// Writes records, which are answered when they are on disk: kept in the intake, or committed when they are
    /// the last of the transaction. Whether they are kept.
    fn write_and_keep(&mut self, group: Vec<Waiting>, is_last: bool) -> bool {
        let numbers = match self.write_group(&group) {
            Ok(numbers) => numbers,
            Err(error) => {
                self.roll_back();
                refuse(group.into_iter(), &error);
                return false;
            }
        };
        let written = Written(group.into_iter().zip(numbers).collect());
        match &mut self.keeper {
            Some(keeper) if !is_last => {
                keeper.keep(written);
                true
            }
            _ => {
                match self.commit() {
                    Ok(()) => written.answer(),
                    Err(error) => written.refuse(&error),
                }
                false
            }
        }
    }

    /// Writes records into the open transaction. When one of them cannot be written, its failure is only its own.
    fn write_group(&mut self, group: &[Waiting]) -> rusqlite::Result<Vec<Number>> {
        self.begin()?;
        let numbers = self.write_all(group).or_else(|_| {
            self.roll_back();
            self.begin()?;
            self.write_each(group)
        });
        self.written += group.len();
        numbers
    }

    fn write_all(&mut self, group: &[Waiting]) -> rusqlite::Result<Vec<Number>> {
        let (connection, numbers) = (&self.connection, &mut self.numbers);
        let written = group
            .iter()
            .map(|waiting| Ok(Ok(write(connection, numbers, &waiting.creation)?)));
        written.collect()
    }

    /// Each in a savepoint of its own.
    fn write_each(&mut self, group: &[Waiting]) -> rusqlite::Result<Vec<Number>> {
        let connection = &self.connection;
        let mut numbers = Vec::with_capacity(group.len());
        for waiting in group {
            run(connection, "savepoint record")?;
            let number = write(connection, &mut self.numbers, &waiting.creation);
            if number.is_err() {
                run(connection, "rollback to savepoint record")?;
            }
            run(connection, "release savepoint record")?;
            numbers.push(number.map_err(store_error));
        }
        Ok(numbers)
    }

    /// Begins a transaction where none is open, with the acknowledged records that none has committed.
    fn begin(&mut self) -> rusqlite::Result<()> {
        if !self.connection.is_autocommit() {
            return Ok(());
        }
        self.written = 0;
        run(&self.connection, "begin immediate")?;
        if let Some(keeper) = &self.keeper {
            for creation in keeper.intake().waiting().map_err(unkept)? {
                write(&self.connection, &mut self.numbers, &creation)?;
            }
        }
        Ok(())
    }

    /// Takes back the open transaction; what is kept in the intake comes back with the next.
    fn roll_back(&mut self) {
        let unkept = self.keeper.as_mut().map(Keeper::finish).unwrap_or_default();
        self.numbers = Numbers::default();
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("rollback")
        {
            tracing::error!(%error, "a transaction could not be taken back");
        }
        for written in unkept {
            written.refuse(&"it was neither kept nor committed");
        }
    }

    /// Commits what was written. What could not be kept in the intake is answered then.
    fn commit(&mut self) -> rusqlite::Result<()> {
        let unkept = self.keeper.as_mut().map(Keeper::finish).unwrap_or_default();
        let waits = |keeper: &Keeper| !keeper.intake().is_empty();
        if self.connection.is_autocommit() && !self.keeper.as_ref().is_some_and(waits) {
            return Ok(());
        }
        let committed = self
            .begin()
            .and_then(|()| self.numbers.write(&self.connection))
            .and_then(|()| run(&self.connection, "commit"));
        if let Err(error) = committed {
            self.roll_back();
            for written in unkept {
                written.refuse(&error);
            }
            return Err(error);
        }
        if let Some(keeper) = &self.keeper {
            keeper.intake().committed();
        }
        let kept = self.standing.kept.load(Ordering::Acquire);
        self.standing.committed.store(kept, Ordering::Release);
        for written in unkept {
            written.answer();
        }
        Ok(())
    }
}

/// The last number of each province's change log as the open transaction has it, not yet in the database.
#[derive(Debug, Default)]
struct Numbers(HashMap<String, i64>);

impl Numbers {
    fn last(&mut self, connection: &Connection, province_id: &str) -> rusqlite::Result<&mut i64> {
        if !self.0.contains_key(province_id) {
            let text = "select last_seq from change_head where province_id = $1";
            let mut statement = connection.prepare_cached(text)?;
            let last = statement.query_row([province_id], |row| row.get(0));
            let last = last.optional()?.unwrap_or(0);
            self.0.insert(province_id.to_owned(), last);
        }
        Ok(self.0.get_mut(province_id).expect("it is there by now"))
    }

    /// Writes them before the commit of their transaction.
    fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let text = "insert into change_head (province_id, last_seq) values ($1, $2) \
             on conflict (province_id) do update set last_seq = excluded.last_seq";
        for (province_id, last) in self.0.drain() {
            connection
                .prepare_cached(text)?
                .execute(params![province_id, last])?;
        }
        Ok(())
    }
}

/// Writes a record with its facts, one by one: a statement of many rows would keep a copy of each page it touches.
/// The number of its change, or none when its id is taken.
fn write(
    connection: &Connection,
    numbers: &mut Numbers,
    creation: &Creation,
) -> rusqlite::Result<Option<i64>> {
    let (text, args) = &creation.record;
    if carry_out(connection, text, args, None)? == 0 {
        return Ok(None);
    }
    for args in &creation.facts {
        carry_out(connection, &facts::INSERTION, args, None)?;
    }
    let change = &creation.change;
    let last = numbers.last(connection, &change.province_id)?;
    let number = *last + 1;
    carry_out(connection, &changes::INSERTION, &change.args, Some(number))?;
    *last = number;
    Ok(Some(number))
}

fn run(connection: &Connection, text: &str) -> rusqlite::Result<()> {
    carry_out(connection, text, &Args::new(), None).map(|_| ())
}

/// Carries out a statement whose arguments stand once each and in order, `number` after the others; how many
/// rows it changed.
fn carry_out(
    connection: &Connection,
    text: &str,
    args: &Args,
    number: Option<i64>,
) -> rusqlite::Result<usize> {
    let mut statement = connection.prepare_cached(text)?;
    for (index, value) in args.values().iter().enumerate() {
        statement.raw_bind_parameter(index + 1, Bound(value))?;
    }
    if let Some(number) = number {
        statement.raw_bind_parameter(args.len() + 1, number)?;
    }
    statement.raw_execute()
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

/// The intake could not be written or read.
fn unkept(error: io::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

fn failed(error: &impl Display) -> StoreError {
    StoreError::Database(DbErr::Custom(error.to_string()))
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
        _ => failed(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::{ChangeRow, UnnumberedChange};
    use crate::dialect;

    fn record(id: &str) -> Creation {
        let insert = "insert into a values ($1) on conflict do nothing";
        let fact = Args::new()
            .text("old-40")
            .text(id)
            .int(0)
            .text("a")
            .text("sites");
        let fact = fact
            .text("old-412")
            .maybe(None::<String>)
            .maybe(None::<String>);
        let fact = fact
            .maybe(None::<String>)
            .text("2022-05-08")
            .text("reported");
        Creation {
            record: (insert.into(), Args::new().text(id)),
            facts: vec![fact.int(1)],
            change: UnnumberedChange::of(&ChangeRow {
                province_id: "old-40".to_owned(),
                seq: 0,
                at: "2022-05-08T02:30:00.000000Z".to_owned(),
                actor_id: None,
                organization_id: None,
                door: "api".to_owned(),
                operation: "a_create".to_owned(),
                entity: "a".to_owned(),
                entity_id: id.to_owned(),
                input_sha256: None,
                before_json: None,
                after_json: None,
                changes_figures: true,
            }),
        }
    }

    /// The records with the number of the change and the sum of the facts of each.
    fn written(connection: &Connection) -> Vec<(String, i64, i64)> {
        let text = "select id, seq, (select sum(value) from fact where source_id = id) \
             from a join change on entity_id = id order by id";
        let mut statement = connection.prepare(text).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    fn expected(ids: &[&str]) -> Vec<(String, i64, i64)> {
        let numbered = ids.iter().zip(1..);
        numbered
            .map(|(id, seq)| ((*id).to_owned(), seq, 1))
            .collect()
    }

    /// A database with the tables of records.
    fn new_database(file: &str) -> Opened {
        let opened = Opened::open(file).unwrap();
        let (_, _, text) = crate::MIGRATIONS[0];
        let tables = dialect::migration_text(sea_orm::DbBackend::Sqlite, text);
        let connection = &opened.connection;
        connection.execute_batch(&tables).unwrap();
        connection
            .execute_batch("create table a (id text primary key) strict")
            .unwrap();
        opened
    }

    #[test]
    fn what_was_acknowledged_and_not_committed_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db").display().to_string();
        let mut opened = new_database(&file);
        let mut numbers = Numbers::default();
        run(&opened.connection, "begin immediate").unwrap();
        for id in ["1", "2"] {
            write(&opened.connection, &mut numbers, &record(id)).unwrap();
        }
        let intake = opened.intake.as_mut().unwrap();
        intake.keep(&[&record("1"), &record("2")]).unwrap();
        // As when the program is killed here.
        drop(opened);
        let opened = Opened::open(&file).unwrap();
        assert_eq!(written(&opened.connection), expected(&["1", "2"]));
        drop(opened);
        let opened = Opened::open(&file).unwrap();
        assert_eq!(written(&opened.connection), expected(&["1", "2"]));
    }

    #[test]
    fn numbers_go_on_from_the_head_and_leave_out_what_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db").display().to_string();
        let opened = new_database(&file);
        let connection = &opened.connection;
        let mut numbers = Numbers::default();
        let mut create = |id| write(connection, &mut numbers, &record(id)).unwrap();
        assert_eq!(create("1"), Some(1));
        assert_eq!(create("1"), None);
        assert_eq!(create("2"), Some(2));
        numbers.write(connection).unwrap();
        let mut create = |id| write(connection, &mut numbers, &record(id)).unwrap();
        assert_eq!(create("3"), Some(3));
        numbers.write(connection).unwrap();
        assert_eq!(written(connection), expected(&["1", "2", "3"]));
        let text = "select last_seq from change_head where province_id = 'old-40'";
        let last: i64 = connection.query_row(text, [], |row| row.get(0)).unwrap();
        assert_eq!(last, 3);
    }
}
