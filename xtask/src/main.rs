//! Tasks of the repository: keeps `generated/` up to date, shows the main job, and measures the generator on any folder of documents.

#![forbid(unsafe_code)]

mod bundle;
mod codegen;
mod conformance;
mod corpus;
mod demo;
mod process;
mod values;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Tasks of the repository.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Regenerates every crate under `generated/`, and the README's table.
    Codegen {
        /// Changes nothing, and fails if something is not up to date.
        #[arg(long)]
        check: bool,
    },
    /// Regenerates ByCloud, then runs its client against its service.
    Demo,
    /// Generates a crate for every document of a folder, and measures each.
    Corpus(corpus::Options),
    /// Takes every valid value of the documents of a folder through the generated types and back.
    Values(values::Options),
    /// Holds the generator to test suites of others.
    Conformance(conformance::Options),
    /// A process of `corpus` of its own: what it does for one document.
    #[command(hide = true)]
    Worker(corpus::worker::Order),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Codegen { check: false } => codegen::write(&root()),
        Task::Codegen { check: true } => codegen::check(&root()),
        Task::Demo => demo::run(&root()),
        Task::Corpus(options) => corpus::run(&root(), &options),
        Task::Values(options) => values::run(&root(), &options),
        Task::Conformance(options) => conformance::run(&root(), &options),
        Task::Worker(order) => corpus::worker::run(&order),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}
