//! How many cases of the law one client may ask for: counted in cases and, of a table, in rows, so that batches and tables
//! are no way around it.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::app::AppError;
use crate::clock::Clock;
use crate::config::QuotesConfig;

/// Counts what clients ask for, by address.
pub struct QuoteLimits {
    most_per_request: u32,
    /// None: no limit.
    per_client: Option<PerClient>,
}

struct PerClient {
    per_minute: u32,
    clock: GivenClock,
    limiter: RateLimiter<IpAddr, HashMapStateStore<IpAddr>, GivenClock, NoOpMiddleware<Nanos>>,
    /// Minute since 1970 in which addresses were forgotten last.
    swept: AtomicI64,
}

/// The program's clock, as the limiter wants it.
#[derive(Clone, Debug)]
struct GivenClock(Clock);

impl governor::clock::Clock for GivenClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let since_1970 = u64::try_from(self.0.now().as_nanosecond());
        Nanos::new(since_1970.unwrap_or(0))
    }
}

impl std::fmt::Debug for QuoteLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QuoteLimits")
            .field("most_per_request", &self.most_per_request)
            .finish_non_exhaustive()
    }
}

impl QuoteLimits {
    /// As configured.
    pub fn new(config: &QuotesConfig, clock: &Clock) -> Self {
        let clock = GivenClock(clock.clone());
        let per_client = NonZeroU32::new(config.per_minute).map(|rows| PerClient {
            per_minute: rows.get(),
            limiter: RateLimiter::new(
                Quota::per_minute(rows),
                HashMapStateStore::default(),
                clock.clone(),
            ),
            swept: AtomicI64::new(clock.0.now().as_second() / 60),
            clock,
        });
        Self {
            most_per_request: config.most_per_request,
            per_client,
        }
    }

    /// Takes so many cases with so many rows for a client; a case that is no table has one.
    ///
    /// Errors: more cases than one request may have, more rows than a minute may, or the client has asked for too many; says
    /// when to ask again.
    pub fn take(&self, client: IpAddr, cases: usize, rows: usize) -> Result<(), AppError> {
        at_most(self.most_per_request, "trường hợp", cases)?;
        let Some(per_client) = &self.per_client else {
            return Ok(());
        };
        let rows = at_most(per_client.per_minute, "dòng kết quả", rows)?;
        let Some(rows) = NonZeroU32::new(rows) else {
            return Ok(());
        };
        match per_client.wait(network(client), rows) {
            None => Ok(()),
            Some(wait) => {
                let part = u64::from(wait.subsec_nanos() > 0);
                let seconds = i64::try_from(wait.as_secs() + part).unwrap_or(i64::MAX);
                Err(AppError::TooMany {
                    code: "quote.too_often",
                    message: format!(
                        "Địa chỉ này đã hỏi quá nhiều trường hợp. Thử lại sau {seconds} giây."
                    ),
                    retry_after_seconds: seconds,
                })
            }
        }
    }
}

/// Errors: a request has more than it may.
fn at_most(most: u32, what: &str, given: usize) -> Result<u32, AppError> {
    match u32::try_from(given) {
        Ok(given) if given <= most => Ok(given),
        _ => Err(AppError::TooLarge {
            code: "quote.too_many_items",
            message: format!(
                "Một lần gửi nhiều nhất {most} {what}, lần này có {given}. Chia nhỏ rồi gửi lại."
            ),
        }),
    }
}

impl PerClient {
    /// How long to wait; none when the rows are taken.
    fn wait(&self, client: IpAddr, rows: NonZeroU32) -> Option<Duration> {
        self.sweep();
        let taken = self.limiter.check_key_n(&client, rows);
        // Invariant: a request has no more rows than a minute; `take` has seen to it.
        let taken = taken.expect("a request's rows fit into a minute's");
        let now = governor::clock::Clock::now(&self.clock);
        taken.err().map(|refused| refused.wait_time_from(now))
    }

    /// Forgets addresses that have nothing to wait for, once a minute.
    fn sweep(&self) {
        let minute = self.clock.0.now().as_second() / 60;
        if self.swept.swap(minute, Ordering::Relaxed) != minute {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
    }
}

/// Who has an IPv6 address has all of its /64 network.
fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;

    fn limits(per_minute: u32, second: &Arc<AtomicI64>) -> QuoteLimits {
        let second = second.clone();
        let clock = Clock::from_fn(move || {
            Timestamp::from_second(second.load(Ordering::Relaxed)).expect("within range")
        });
        let config = QuotesConfig {
            most_per_request: 50,
            per_minute,
        };
        QuoteLimits::new(&config, &clock)
    }

    fn client(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn cases_are_counted_for_each_address_and_come_back_with_time() {
        let second = Arc::new(AtomicI64::new(1_700_000_000));
        let limits = limits(60, &second);
        let (one, other) = (client("192.0.2.1"), client("192.0.2.2"));
        assert!(limits.take(one, 50, 50).is_ok() && limits.take(one, 10, 10).is_ok());
        let Err(AppError::TooMany {
            retry_after_seconds,
            ..
        }) = limits.take(one, 5, 5)
        else {
            panic!("65 of 60 cases were taken");
        };
        assert_eq!(retry_after_seconds, 5);
        assert!(limits.take(other, 50, 50).is_ok());
        second.fetch_add(5, Ordering::Relaxed);
        assert!(limits.take(one, 5, 5).is_ok() && limits.take(one, 1, 1).is_err());
        second.fetch_add(600, Ordering::Relaxed);
        assert!(limits.take(one, 50, 50).is_ok());
    }

    #[test]
    fn a_network_of_ipv6_is_one_client_and_a_mapped_address_its_own() {
        let second = Arc::new(AtomicI64::new(1_700_000_000));
        let limits = limits(50, &second);
        assert!(limits.take(client("2001:db8::1"), 50, 50).is_ok());
        assert!(limits.take(client("2001:db8::2"), 1, 1).is_err());
        assert!(limits.take(client("2001:db8:0:1::1"), 1, 1).is_ok());
        assert!(limits.take(client("192.0.2.1"), 50, 50).is_ok());
        assert!(limits.take(client("::ffff:192.0.2.1"), 1, 1).is_err());
    }

    #[test]
    fn one_request_has_its_own_limit_and_none_is_possible() {
        let second = Arc::new(AtomicI64::new(1_700_000_000));
        let limits = limits(0, &second);
        let one = client("192.0.2.1");
        let error = limits.take(one, 51, 51).expect_err("above the limit");
        assert!(
            matches!(error, AppError::TooLarge { message, .. } if message.contains("nhiều nhất 50"))
        );
        assert!((0..10).all(|_| limits.take(one, 50, 50).is_ok()));
    }

    #[test]
    fn a_table_counts_with_its_rows() {
        let second = Arc::new(AtomicI64::new(1_700_000_000));
        let limits = limits(60, &second);
        let one = client("192.0.2.1");
        assert!(limits.take(one, 1, 60).is_ok() && limits.take(one, 1, 1).is_err());
        let error = limits.take(one, 1, 61).expect_err("more than a minute has");
        assert!(
            matches!(error, AppError::TooLarge { message, .. } if message.contains("nhiều nhất 60 dòng"))
        );
    }
}
