//! The days of a campaign: steps in the order in which they happened, with the clock moved along.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use futures::future::{BoxFuture, join_all};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use sha2::{Digest, Sha256};

use super::DemoError;
use crate::app::{App, AppError};
use crate::clock::Clock;

/// At most so many steps run at once: enough for their writes to share commits.
const AT_ONCE: usize = 256;

/// The hand of the demo's clock.
#[derive(Debug, Clone)]
pub struct Hand {
    millis: Arc<AtomicI64>,
    naming: Arc<Mutex<Option<String>>>,
    made: Arc<AtomicU64>,
}

impl Hand {
    /// Shows the first instant until it is moved.
    pub fn new() -> Self {
        Self {
            millis: Arc::new(AtomicI64::new(0)),
            naming: Arc::new(Mutex::new(None)),
            made: Arc::new(AtomicU64::new(0)),
        }
    }

    /// The clock that this hand moves.
    pub fn clock(&self) -> Clock {
        let (now, ids) = (self.clone(), self.clone());
        Clock::from_fn(move || now.timestamp()).with_ids(move || ids.new_id())
    }

    fn timestamp(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis.load(Ordering::SeqCst))
            .expect("the hand is only set to instants")
    }

    /// Moves the clock to a local time.
    pub fn set(&self, local: DateTime) {
        let zoned = local
            .to_zoned(TimeZone::fixed(Offset::constant(7)))
            .expect("a fixed offset knows every local time");
        self.millis
            .store(zoned.timestamp().as_millisecond(), Ordering::SeqCst);
    }

    /// From here on ids are made from `name` and a running number, so that every load makes the same; by
    /// chance again when there is no name.
    pub fn name_ids(&self, name: Option<String>) {
        self.made.store(0, Ordering::SeqCst);
        *self.naming.lock().expect("nothing panics while naming") = name;
    }

    fn new_id(&self) -> Option<String> {
        let naming = self.naming.lock().expect("nothing panics while naming");
        let name = naming.as_deref()?;
        let number = self.made.fetch_add(1, Ordering::SeqCst);
        Some(named_id(self.timestamp(), name, number))
    }
}

/// A UUIDv7 of an instant whose random part is made from a name and a number; sorts by instant, then number.
pub fn named_id(at: Timestamp, name: &str, number: u64) -> String {
    let digest = Sha256::digest(format!("{name}#{number}"));
    let mut random = [0u8; 10];
    random[2..].copy_from_slice(&digest[..8]);
    // The first twelve of the 74 random bits hold the number.
    random[..2].copy_from_slice(&u16::try_from(number & 0x0fff).unwrap_or(0).to_be_bytes());
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random)
        .into_uuid()
        .to_string()
}

/// The named id of a record that begins on a day.
pub fn named_id_of_day(day: Date, name: &str) -> String {
    let hand = Hand::new();
    hand.set(day.at(8, 0, 0, 0));
    named_id(hand.timestamp(), name, 0)
}

/// What is done before what, of the steps of one instant.
#[derive(Debug, Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Tasks.
    Task,
    /// Activities and pledges.
    Activity,
    /// Persons.
    Person,
    /// Conversations.
    Consultation,
    /// Sign-ups and gifts.
    Enrollment,
    /// What is said of earlier records.
    Confirmation,
}

type Work = Box<dyn for<'a> FnOnce(&'a App) -> BoxFuture<'a, Result<(), AppError>> + Send>;

struct Step {
    at: DateTime,
    turn: Turn,
    what: String,
    work: Work,
}

/// Steps to be done.
#[derive(Default)]
pub struct Timeline(Vec<Step>);

impl Timeline {
    /// Adds a step: use cases called when the clock shows `at`. `what` names it when it fails.
    pub fn add(
        &mut self,
        at: DateTime,
        turn: Turn,
        what: impl Into<String>,
        work: impl for<'a> FnOnce(&'a App) -> BoxFuture<'a, Result<(), AppError>> + Send + 'static,
    ) {
        self.0.push(Step {
            at,
            turn,
            what: what.into(),
            work: Box::new(work),
        });
    }

    /// Does all steps; those of one instant and turn side by side.
    pub async fn run(mut self, app: &App, hand: &Hand) -> Result<(), DemoError> {
        self.0.sort_by_key(|step| (step.at, step.turn));
        let mut steps = self.0.into_iter().peekable();
        while let Some(first) = steps.next() {
            let (at, turn) = (first.at, first.turn);
            let mut together = vec![first];
            while together.len() < AT_ONCE
                && let Some(next) = steps.next_if(|step| (step.at, step.turn) == (at, turn))
            {
                together.push(next);
            }
            hand.set(at);
            let done = together.into_iter().map(|step| async move {
                (step.work)(app)
                    .await
                    .map_err(|source| DemoError::step(step.what, source))
            });
            for result in join_all(done).await {
                result?;
            }
        }
        Ok(())
    }
}

/// An instant of `count` spread evenly from `first` to `last`.
pub fn between(first: DateTime, last: DateTime, number: usize, count: usize) -> DateTime {
    if count < 2 {
        return first;
    }
    let minutes = first.duration_until(last).as_secs() / 60;
    let (number, steps) = (number as i64, count as i64 - 1);
    first
        .checked_add(jiff::SignedDuration::from_mins(minutes * number / steps))
        .unwrap_or(last)
}

/// A day of `count` spread evenly from `first` to `last`.
pub fn day_between(first: Date, last: Date, number: usize, count: usize) -> Date {
    between(first.at(0, 0, 0, 0), last.at(23, 59, 0, 0), number, count).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn named_ids_are_the_same_each_time_and_sort_by_number() {
        let hand = Hand::new();
        hand.set(date(2022, 5, 8).at(8, 0, 0, 0));
        let clock = hand.clock();
        let make = |name: &str| {
            hand.name_ids(Some(name.into()));
            [clock.new_id(), clock.new_id()]
        };
        let (first, again, other) = (make("a"), make("a"), make("b"));
        assert_eq!(first, again);
        assert!(first[0] < first[1] && first[0] != other[0]);
        assert!(uuid::Uuid::parse_str(&first[0]).is_ok());
        hand.name_ids(None);
        assert_ne!(clock.new_id(), clock.new_id());
    }

    #[test]
    fn the_hand_moves_the_clock() {
        let hand = Hand::new();
        let clock = hand.clock();
        hand.set(date(2022, 5, 7).at(18, 50, 0, 0));
        assert_eq!(clock.local(), date(2022, 5, 7).at(18, 50, 0, 0));
    }

    #[test]
    fn instants_are_spread_from_the_first_to_the_last() {
        let (first, last) = (
            date(2022, 5, 7).at(9, 0, 0, 0),
            date(2022, 5, 7).at(19, 0, 0, 0),
        );
        assert_eq!(between(first, last, 0, 21), first);
        assert_eq!(between(first, last, 20, 21), last);
        assert_eq!(
            between(first, last, 10, 21),
            date(2022, 5, 7).at(14, 0, 0, 0)
        );
        assert_eq!(between(first, last, 0, 1), first);
        let days: Vec<Date> = (0..4)
            .map(|number| day_between(date(2022, 1, 1), date(2022, 1, 2), number, 4))
            .collect();
        assert_eq!(days.first(), Some(&date(2022, 1, 1)));
        assert_eq!(days.last(), Some(&date(2022, 1, 2)));
    }
}
