//! Measures the generator on any folder of documents, and holds it to test suites of others. `cargo xtask` runs it.

#![forbid(unsafe_code)]

mod bench;
mod bundle;
mod conformance;
mod corpus;
mod process;
mod reasons;
mod values;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is measured.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measures the generator, what it generates, and what that is measured against.
    Bench(bench::Options),
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
    if let Some(code) = bench::watch() {
        return code;
    }
    let outcome = match Arguments::parse().task {
        Task::Bench(options) => bench::run(&root(), &options),
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
