//! Listening and stopping.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::api;
use crate::app::{App, figures, policy};

/// Serves until the program is told to stop, then lets running requests end. Meanwhile figures and the law follow other programs.
pub async fn serve(app: Arc<App>, listener: TcpListener) -> std::io::Result<()> {
    let followers = [
        tokio::spawn(figures::follow(app.clone())),
        tokio::spawn(policy::follow(app.clone())),
    ];
    let service = api::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(stop_signal())
        .await;
    for follower in followers {
        follower.abort();
    }
    served
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
