//! Listening and stopping.

use std::sync::Arc;

use tokio::net::TcpListener;

use crate::api;
use crate::app::App;

/// Serves until the program is told to stop, then lets running requests end.
pub async fn serve(app: Arc<App>, listener: TcpListener) -> std::io::Result<()> {
    axum::serve(listener, api::router(app))
        .with_graceful_shutdown(stop_signal())
        .await
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(error) => {
                tracing::warn!(%error, "cannot listen for the signal to terminate");
                drop(interrupt.await);
                return;
            }
        };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
}
