//! ByCloud's block storage as an operator would serve it: one group of the generated router, over SQLite, in axum.
//!
//! ```text
//! cargo run -p bycloud --example backup_service --features server -- --port 8080 --database /tmp/backups.db
//! curl -H 'Authorization: Bearer demo-token' 'http://127.0.0.1:8080/v1/backups?name=web-*&limit=2'
//! ```

mod failure;
mod seed;
mod serve;
mod service;
mod store;

use clap::Parser;
use std::{error::Error, sync::Arc};
use tokio::net::TcpListener;

/// Serves ByCloud's block storage on the loopback interface until Ctrl-C.
#[derive(Parser)]
struct Arguments {
    /// The port to listen on; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The SQLite file; kept in memory if absent.
    #[arg(long)]
    database: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let store = Arc::new(store::Store::open(arguments.database.as_deref())?);
    seed::seed(&store)?;

    let app = axum::Router::new().fallback_service(service::router(store));
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    println!(
        "listening on http://{} (token {}, key {})",
        listener.local_addr()?,
        service::TOKEN,
        service::API_KEY
    );
    serve::serve(listener, app, stop()).await;
    Ok(())
}

/// Ready when the process is asked to stop.
async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
