//! The intake: a file beside the SQLite database, in which a new record is on disk before its answer.
//!
//! A record dirties dozens of pages of the database, each of which would have to be synced; here it is
//! some hundred bytes at the end. The database commits when hundreds have come, or when nobody comes any
//! more, and until then the intake holds their values. What a killed program leaves there is carried
//! out when the database is opened again; what the database has already is known by its id and skipped.
//!
//! The file: a block that says of which database it is, then entries, each on blocks of its own, so that
//! a write that is cut off cannot harm an earlier one. What the database commits together is a round;
//! after its commit the next round begins at the first block again, and what follows it of earlier
//! rounds is not read any more.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use sea_orm::Value;
use serde::{Deserialize, Serialize};

use crate::changes::UnnumberedChange;
use crate::{Args, Creation};

const BLOCK: u64 = 4096;
/// The file has its size from the beginning, so that a sync need not write where its blocks are.
///
/// A round of a thousand records that came one by one, each on two blocks, has room in it.
const SIZE: u64 = 12 << 20;
/// Ends with the number of the form in which records are kept.
const MAGIC: [u8; 8] = *b"raquan-2";

/// The intake of the program that holds the file's lock.
#[derive(Debug)]
pub(crate) struct Intake {
    file: File,
    /// Number of the round that is written.
    round: u64,
    /// Where its next entry goes.
    end: u64,
}

impl Intake {
    /// Opens the intake of a database, which is known by `database_number`; none while another program
    /// has it open.
    pub fn open(database: &Path, database_number: u64) -> io::Result<Option<Self>> {
        let path = path(database);
        let is_new = !path.try_exists()?;
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let head = [MAGIC, database_number.to_le_bytes()].concat();
        let mut found = vec![0; head.len()];
        let whose = file.read_exact_at(&mut found, 0).map(|()| found == head);
        if !whose.unwrap_or(false) {
            let mut blocks = head;
            blocks.resize(SIZE as usize, 0);
            file.set_len(0)?;
            file.write_all_at(&blocks, 0)?;
            file.sync_all()?;
        }
        if is_new
            && let Some(folder) = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty())
        {
            File::open(folder)?.sync_all()?;
        }
        let mut intake = Self {
            file,
            round: 0,
            end: BLOCK,
        };
        intake.round = intake.read()?.0 + 1;
        Ok(Some(intake))
    }

    /// Whether the round has no entries.
    pub fn is_empty(&self) -> bool {
        self.end == BLOCK
    }

    /// Keeps records that were written in the open transaction of the database; they are on disk when
    /// this returns. An error when there is no room for them before the next round.
    pub fn keep(&mut self, records: &[&Creation]) -> io::Result<()> {
        let text = postcard::to_allocvec(&Group::of(records)?).map_err(io::Error::other)?;
        let bytes = Head::of(self.round, &text)?.entry(&text);
        if self.end + bytes.len() as u64 > SIZE {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.file.write_all_at(&bytes, self.end)?;
        self.file.sync_data()?;
        self.end += bytes.len() as u64;
        Ok(())
    }

    /// The records of the round that is written, in their order.
    pub fn waiting(&self) -> io::Result<Vec<Creation>> {
        if self.is_empty() {
            return Ok(vec![]);
        }
        self.kept()
    }

    /// The records of the last round that was begun, whether the database has them or not.
    pub fn kept(&self) -> io::Result<Vec<Creation>> {
        let mut records = Vec::new();
        for entry in self.read()?.1 {
            records.extend(Group::creations(&entry)?);
        }
        Ok(records)
    }

    /// Begins the next round, since the database has committed this one.
    pub fn committed(&mut self) {
        if !self.is_empty() {
            self.round += 1;
            self.end = BLOCK;
        }
    }

    /// The whole entries from the first block on that are of one round, and its number.
    fn read(&self) -> io::Result<(u64, Vec<Vec<u8>>)> {
        let (mut round, mut entries) = (0, Vec::new());
        let mut at = BLOCK;
        let length = self.file.metadata()?.len();
        while at + Head::SIZE <= length {
            let mut head = [0; Head::SIZE as usize];
            self.file.read_exact_at(&mut head, at)?;
            let head = Head::read(&head);
            if head.length == 0 || at + head.blocks() > length {
                break;
            }
            let mut text = vec![0; head.length as usize];
            self.file.read_exact_at(&mut text, at + Head::SIZE)?;
            let is_of_round = entries.is_empty() || head.round == round;
            if !is_of_round || head.sum != Head::sum(head.round, &text) {
                break;
            }
            round = head.round;
            at += head.blocks();
            entries.push(text);
        }
        Ok((round, entries))
    }
}

/// The file beside the database.
fn path(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push("-intake");
    path.into()
}

/// What stands before the text of an entry.
struct Head {
    length: u32,
    /// Of the round and the text.
    sum: u32,
    round: u64,
}

impl Head {
    const SIZE: u64 = 16;

    fn of(round: u64, text: &[u8]) -> io::Result<Self> {
        Ok(Self {
            length: text.len().try_into().map_err(io::Error::other)?,
            sum: Self::sum(round, text),
            round,
        })
    }

    fn sum(round: u64, text: &[u8]) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&round.to_le_bytes());
        hasher.update(text);
        hasher.finalize()
    }

    /// Bytes that the entry takes, in whole blocks.
    fn blocks(&self) -> u64 {
        (Self::SIZE + u64::from(self.length)).next_multiple_of(BLOCK)
    }

    fn entry(&self, text: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.blocks() as usize);
        bytes.extend(self.length.to_le_bytes());
        bytes.extend(self.sum.to_le_bytes());
        bytes.extend(self.round.to_le_bytes());
        bytes.extend(text);
        bytes.resize(self.blocks() as usize, 0);
        bytes
    }

    fn read(bytes: &[u8; Self::SIZE as usize]) -> Self {
        let [a, b, c, d, e, f, g, h, round @ ..] = *bytes;
        Self {
            length: u32::from_le_bytes([a, b, c, d]),
            sum: u32::from_le_bytes([e, f, g, h]),
            round: u64::from_le_bytes(round),
        }
    }
}

/// Records of one entry, and each distinct text that writes some of them once.
#[derive(Serialize, Deserialize)]
struct Group<'a> {
    #[serde(borrow)]
    texts: Vec<&'a str>,
    #[serde(borrow)]
    records: Vec<Kept<'a>>,
}

/// The arguments of a record's statements.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    /// Place of the text that writes the record.
    text: usize,
    #[serde(borrow)]
    record: Vec<Argument<'a>>,
    #[serde(borrow)]
    facts: Vec<Vec<Argument<'a>>>,
    province_id: &'a str,
    #[serde(borrow)]
    change: Vec<Argument<'a>>,
}

#[derive(Serialize, Deserialize)]
enum Argument<'a> {
    Missing,
    Bool(bool),
    Number(i64),
    Text(&'a str),
}

impl<'a> Group<'a> {
    fn of(creations: &[&'a Creation]) -> io::Result<Self> {
        let mut texts: Vec<&'a str> = Vec::new();
        let mut records = Vec::with_capacity(creations.len());
        for creation in creations {
            let (text, args) = &creation.record;
            // There are few, of different lengths.
            let place = texts.iter().position(|one| one == text);
            let place = place.unwrap_or_else(|| {
                texts.push(text);
                texts.len() - 1
            });
            let facts = creation.facts.iter().map(Argument::of_all);
            records.push(Kept {
                text: place,
                record: Argument::of_all(args)?,
                facts: facts.collect::<io::Result<_>>()?,
                province_id: &creation.change.province_id,
                change: Argument::of_all(&creation.change.args)?,
            });
        }
        Ok(Self { texts, records })
    }

    fn creations(bytes: &'a [u8]) -> io::Result<Vec<Creation>> {
        let group: Self = postcard::from_bytes(bytes).map_err(io::Error::other)?;
        let records = group.records.into_iter().map(|kept| {
            let text = group.texts.get(kept.text);
            let text = text.ok_or_else(|| io::Error::other("a kept record names no statement"))?;
            Ok(Creation {
                record: ((*text).to_owned().into(), Argument::args(kept.record)),
                facts: kept.facts.into_iter().map(Argument::args).collect(),
                change: UnnumberedChange {
                    province_id: kept.province_id.to_owned(),
                    args: Argument::args(kept.change),
                },
            })
        });
        records.collect()
    }
}

impl<'a> Argument<'a> {
    fn of(value: &'a Value) -> io::Result<Self> {
        Ok(match value {
            Value::String(text) => text
                .as_ref()
                .map_or(Self::Missing, |text| Self::Text(text.as_ref())),
            Value::BigInt(number) => number.map_or(Self::Missing, Self::Number),
            Value::Bool(yes) => yes.map_or(Self::Missing, Self::Bool),
            _ => return Err(io::Error::other("a value of this kind cannot be kept")),
        })
    }

    fn of_all(args: &'a Args) -> io::Result<Vec<Self>> {
        args.values().iter().map(Self::of).collect()
    }

    fn args(arguments: Vec<Self>) -> Args {
        arguments
            .into_iter()
            .fold(Args::new(), |args, argument| match argument {
                Self::Missing => args.maybe(None::<String>),
                Self::Bool(yes) => args.bool(yes),
                Self::Number(number) => args.int(number),
                Self::Text(text) => args.text(text),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str) -> Creation {
        let args = Args::new().text(id).int(7).bool(true).maybe(None::<String>);
        Creation {
            record: ("insert into a values ($1, $2, $3, $4)".into(), args),
            facts: vec![Args::new().int(1), Args::new().int(-2)],
            change: UnnumberedChange {
                province_id: "old-40".to_owned(),
                args: Args::new().text("create").text(id),
            },
        }
    }

    /// What a program that opens the file anew finds.
    fn found(database: &Path) -> Vec<String> {
        let intake = Intake::open(database, 1).expect("opens").expect("free");
        let kept = intake.kept().expect("whole");
        let ids = kept.iter().map(|creation| format!("{creation:?}"));
        ids.collect()
    }

    fn shown(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| format!("{:?}", record(id))).collect()
    }

    #[test]
    fn what_was_kept_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("a.db");
        let mut intake = Intake::open(&database, 1).expect("opens").expect("free");
        assert!(Intake::open(&database, 1).expect("opens").is_none());
        intake.keep(&[&record("1"), &record("2")]).expect("kept");
        intake.keep(&[&record("3")]).expect("kept");
        assert_eq!(intake.waiting().expect("whole").len(), 3);
        intake.committed();
        assert!(intake.is_empty() && intake.waiting().expect("whole").is_empty());
        drop(intake);
        assert_eq!(found(&database), shown(&["1", "2", "3"]));
    }

    #[test]
    fn a_later_round_takes_the_place_of_an_earlier_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("a.db");
        let mut intake = Intake::open(&database, 1).expect("opens").expect("free");
        for id in ["1", "2", "3"] {
            intake.keep(&[&record(id)]).expect("kept");
        }
        intake.committed();
        intake.keep(&[&record("4")]).expect("kept");
        drop(intake);
        assert_eq!(found(&database), shown(&["4"]));
        // Opening begins a round of its own.
        let mut intake = Intake::open(&database, 1).expect("opens").expect("free");
        intake.keep(&[&record("5")]).expect("kept");
        drop(intake);
        assert_eq!(found(&database), shown(&["5"]));
    }

    #[test]
    fn an_entry_that_was_cut_off_harms_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("a.db");
        let mut intake = Intake::open(&database, 1).expect("opens").expect("free");
        intake.keep(&[&record("1")]).expect("kept");
        let begins = intake.end;
        intake.keep(&[&record("2")]).expect("kept");
        intake
            .file
            .write_all_at(b"x", begins + Head::SIZE + 40)
            .expect("written");
        drop(intake);
        assert_eq!(found(&database), shown(&["1"]));
    }

    #[test]
    fn what_another_database_left_is_not_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("a.db");
        let mut intake = Intake::open(&database, 2).expect("opens").expect("free");
        intake.keep(&[&record("1")]).expect("kept");
        drop(intake);
        assert_eq!(found(&database), shown(&[]));
    }
}
