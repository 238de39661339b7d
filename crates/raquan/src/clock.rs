//! The one place that reads the machine's clock and makes ids.
#![allow(
    clippy::disallowed_methods,
    reason = "everything else is given the time by this file"
)]

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Unit};

/// Gives the present time and new ids; tests and the demo set them.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    ids: Arc<dyn Fn() -> String + Send + Sync>,
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::from_fn(Timestamp::now)
    }

    /// A clock that always shows what `now` answers.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self {
            now: Arc::new(now),
            ids: Arc::new(|| uuid::Uuid::now_v7().to_string()),
        }
    }

    /// The same clock, with ids made by `new_id` where it makes one.
    #[must_use]
    pub fn with_ids(self, new_id: impl Fn() -> Option<String> + Send + Sync + 'static) -> Self {
        let by_chance = self.ids;
        Self {
            now: self.now,
            ids: Arc::new(move || new_id().unwrap_or_else(|| by_chance())),
        }
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The present instant as kept in the database: UTC, milliseconds, fixed width.
    pub fn now_text(&self) -> String {
        instant_text(self.now())
    }

    /// The local time in Viet Nam (UTC+7, no daylight saving).
    pub fn local(&self) -> DateTime {
        self.now().to_zoned(viet_nam()).datetime()
    }

    /// The local day in Viet Nam.
    pub fn today(&self) -> Date {
        self.local().date()
    }

    /// A new UUIDv7.
    pub fn new_id(&self) -> String {
        (self.ids)()
    }
}

/// UTC+7 all year.
fn viet_nam() -> TimeZone {
    TimeZone::fixed(Offset::constant(7))
}

/// An instant as kept in the database: `2026-11-22T03:04:05.678Z`.
pub fn instant_text(instant: Timestamp) -> String {
    let rounded = instant.round(Unit::Millisecond).unwrap_or(instant);
    format!("{rounded:.3}")
}

/// The first instant of a day in Viet Nam, and that of the next day, as kept in the database.
pub fn day_bounds(day: Date) -> (String, String) {
    let begin = |day: Date| {
        let begun = day.to_zoned(viet_nam()).map(|begun| begun.timestamp());
        instant_text(begun.unwrap_or(Timestamp::MAX))
    };
    (
        begin(day),
        begin(day.saturating_add(jiff::Span::new().days(1))),
    )
}

/// So many random bytes from the operating system.
///
/// Panics when the operating system has no randomness, since nothing safe can be done then.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_have_a_fixed_width() {
        for text in [
            "2026-11-22T03:04:05Z",
            "2026-11-22T03:04:05.6Z",
            "2026-11-22T03:04:05.6789Z",
        ] {
            assert_eq!(instant_text(text.parse().expect("an instant")).len(), 24);
        }
    }

    #[test]
    fn the_local_day_is_that_of_viet_nam() {
        let clock = Clock::from_fn(|| "2022-05-07T18:00:00Z".parse().expect("an instant"));
        assert_eq!(clock.today(), jiff::civil::date(2022, 5, 8));
        assert_eq!(clock.now_text(), "2022-05-07T18:00:00.000Z");
        assert_eq!(
            day_bounds(clock.today()),
            (
                "2022-05-07T17:00:00.000Z".to_owned(),
                "2022-05-08T17:00:00.000Z".to_owned()
            )
        );
    }
}
