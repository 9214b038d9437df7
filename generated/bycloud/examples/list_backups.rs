//! Lists the backups of an organization as a table, following pages: what a user of ByCloud would write.
//!
//! ```text
//! cargo run -p bycloud --example list_backups -- --base-url http://127.0.0.1:8080 --token demo-token --name 'web-*'
//! ```

use bycloud::Client;
use bycloud::operations::{ListBackups, ListBackupsResponse};
use bycloud::runtime::{Error, ItemsError};
use bycloud::types::Backup;
use clap::Parser;
use std::process::ExitCode;
use uuid::Uuid;

/// Lists volume backups.
#[derive(Parser)]
struct Arguments {
    /// Where the API is.
    #[arg(long)]
    base_url: Option<String>,
    /// A console user's bearer token.
    #[arg(long, env = "BYCLOUD_TOKEN")]
    token: Option<String>,
    /// A service account's key, `ID:SECRET`.
    #[arg(long, env = "BYCLOUD_API_KEY")]
    api_key: Option<String>,
    /// Only backups of this name, or whose name begins so if it ends in `*`.
    #[arg(long)]
    name: Option<String>,
    /// Only backups of this status.
    #[arg(long)]
    status: Option<String>,
    /// Only backups of this volume.
    #[arg(long)]
    volume_id: Option<Uuid>,
    /// How many to ask for at a time.
    #[arg(long)]
    limit: Option<i64>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(count) => {
            println!("{count} backups");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {}", explanation(&error));
            ExitCode::FAILURE
        }
    }
}

/// Prints the matching backups and gives their number.
async fn run(arguments: Arguments) -> Result<usize, Failure> {
    let mut builder = Client::builder();
    if let Some(base_url) = arguments.base_url {
        builder = builder.base_url(base_url);
    }
    if let Some(token) = arguments.token {
        builder = builder.bearer_auth(token);
    }
    if let Some(key) = arguments.api_key {
        builder = builder.api_key_auth(key);
    }
    let client = builder.build()?;

    let request = ListBackups {
        limit: arguments.limit,
        name: arguments.name,
        status: arguments.status,
        volume_id: arguments.volume_id,
        ..ListBackups::default()
    };
    println!(
        "{:36}  {:20}  {:10}  {:>7}  CREATED",
        "ID", "NAME", "STATUS", "SIZE/GB"
    );
    let mut backups = client.list_backups(request).items();
    let mut count = 0;
    while let Some(backup) = backups.next().await {
        print_row(&backup?);
        count += 1;
    }
    Ok(count)
}

type Failure = ItemsError<ListBackups>;

/// What went wrong, and what the user can do about it.
fn explanation(failure: &Failure) -> String {
    match failure {
        Failure::Answer(answer) => match answer.response() {
            ListBackupsResponse::Unauthorized(_) => format!("{answer}; check --token or --api-key"),
            ListBackupsResponse::InternalServerError(_) => format!("{answer}; try again later"),
            _ => answer.to_string(),
        },
        Failure::Call(Error::Transport(cause)) => format!("cannot reach the API: {cause}"),
        Failure::Call(Error::Timeout) => "the API takes too long".to_owned(),
        Failure::Call(error @ Error::MissingCredentials { .. }) => {
            format!("{error}; give --token or --api-key")
        }
        Failure::Call(error) => error.to_string(),
    }
}

fn print_row(backup: &Backup) {
    println!(
        "{:36}  {:20}  {:10}  {:>7}  {}",
        backup.id.map_or_else(String::new, |id| id.to_string()),
        backup.name.as_deref().unwrap_or_default(),
        backup.status.as_deref().unwrap_or_default(),
        backup
            .size
            .map_or_else(String::new, |size| size.to_string()),
        backup
            .created_at
            .map_or_else(String::new, |at| at.to_rfc3339()),
    );
}
