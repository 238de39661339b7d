//! What was read from the database in the last seconds, for requests that come by the thousand.
//!
//! Another copy of the program may have written meanwhile: what is kept here is believed for a few
//! seconds, and only where that does no harm.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use jiff::{SignedDuration, Timestamp};
use store::campaigns::CampaignRow;

use super::Actor;

/// A value is believed for this long without asking the database again.
const SECONDS: i64 = 5;
/// At most so many values are kept.
const MOST: usize = 10_000;

/// The values of one process.
#[derive(Debug, Default)]
pub struct Recent {
    /// Actors by the hash of the secret that they showed.
    pub actors: Values<Arc<Actor>>,
    /// Campaigns by who asked and id, as seen when a field record was written.
    pub campaigns: Values<Arc<CampaignRow>>,
    /// Ids of organizations that exist; none is ever taken away.
    pub organizations: Values<()>,
}

impl Recent {
    /// Forgets everything, after rights, sessions or campaigns changed.
    pub fn clear(&self) {
        self.actors.clear();
        self.campaigns.clear();
        self.organizations.clear();
    }
}

/// Values by key.
#[derive(Debug)]
pub struct Values<T>(RwLock<HashMap<String, (Timestamp, T)>>);

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T: Clone> Values<T> {
    /// The value, when it was read in the last seconds.
    pub fn get(&self, key: &str, now: Timestamp) -> Option<T> {
        let values = self.0.read().expect("no holder panics");
        let (read, value) = values.get(key)?;
        let age = now.duration_since(*read);
        (age >= SignedDuration::ZERO && age < SignedDuration::from_secs(SECONDS))
            .then(|| value.clone())
    }

    /// Keeps a value that was read now.
    pub fn put(&self, key: &str, now: Timestamp, value: T) {
        let mut values = self.0.write().expect("no holder panics");
        if values.len() >= MOST {
            values.clear();
        }
        values.insert(key.to_owned(), (now, value));
    }

    fn clear(&self) {
        self.0.write().expect("no holder panics").clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_believed_for_seconds_only() {
        let values = Values::default();
        let at = |seconds| Timestamp::from_second(seconds).expect("a time");
        values.put("a", at(100), 1);
        assert_eq!(values.get("a", at(104)), Some(1));
        assert_eq!(values.get("a", at(105)), None);
        assert_eq!(values.get("a", at(99)), None);
        assert_eq!(values.get("b", at(100)), None);
        values.clear();
        assert_eq!(values.get("a", at(104)), None);
    }
}
