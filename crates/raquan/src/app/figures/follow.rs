//! Keeps the figures current when another program writes to the same database.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::App;

/// How often the change log is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Looks at the change log again and again, and builds the figures anew when another program has changed some.
///
/// Own writes are in before their answer and never cause it. A failed look is logged and made again.
/// After a rebuild it rests ten times as long as that took, so that answering goes first.
pub async fn follow(app: Arc<App>) {
    loop {
        tokio::time::sleep(EVERY).await;
        let start = Instant::now();
        match app.figures.catch_up(&app.db).await {
            Ok(false) => {}
            Ok(true) => {
                let took = start.elapsed();
                let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
                tracing::info!(
                    duration_ms,
                    "figures built again after another program's writes"
                );
                tokio::time::sleep(took * 10).await;
            }
            Err(error) => {
                tracing::warn!(%error, "cannot look at the change log; figures may be behind")
            }
        }
    }
}
