//! Serves connections with hyper, and closes those that keep it waiting.

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long a connection may take to say what it wants, the first time and between requests.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long the requests have that are not done when the process is asked to stop.
const LAST_ORDERS: Duration = Duration::from_secs(10);

/// Serves until `stop` is ready, then finishes what has begun.
pub async fn serve(listener: TcpListener, app: axum::Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((connection, _)) = accepted else {
            // The process has no descriptor left until a connection is closed.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .serve_connection(
                TokioIo::new(connection),
                TowerToHyperService::new(app.clone()),
            );
        tokio::spawn(graceful.watch(connection));
    }
    // Who is still sending after this is not waited for.
    let _ = tokio::time::timeout(LAST_ORDERS, graceful.shutdown()).await;
}
