//! Tasks of the repository: keeps `generated/` up to date, shows the main job, and passes measuring on to a program of its own.

#![forbid(unsafe_code)]

mod codegen;
mod demo;
mod wire;

use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

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
    /// Takes arbitrary requests and answers of every operation under `generated/` across the wire.
    Wire(wire::Options),
    /// Measures what generating, building and running cost, beside baselines and other generators.
    #[command(disable_help_flag = true)]
    Bench(Passed),
    /// Generates a crate for every document of a folder, and measures each.
    #[command(disable_help_flag = true)]
    Corpus(Passed),
    /// Takes every valid value of the documents of a folder through the generated types and back.
    #[command(disable_help_flag = true)]
    Values(Passed),
    /// Holds the generator to test suites of others.
    #[command(disable_help_flag = true)]
    Conformance(Passed),
}

/// What the measuring program reads.
#[derive(clap::Args)]
struct Passed {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Codegen { check: false } => codegen::write(&root()),
        Task::Codegen { check: true } => codegen::check(&root()),
        Task::Demo => demo::run(&root()),
        Task::Wire(options) => wire::run(&root(), &options),
        Task::Bench(passed) => return measure("bench", &passed),
        Task::Corpus(passed) => return measure("corpus", &passed),
        Task::Values(passed) => return measure("values", &passed),
        Task::Conformance(passed) => return measure("conformance", &passed),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the measuring program, which needs more dependencies than the daily tasks should wait for.
fn measure(task: &str, passed: &Passed) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--manifest-path"])
        .arg(root().join("xtask/Cargo.toml"))
        .args(["--features", "measure", "--bin", "measure", "--", task])
        .args(&passed.arguments)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => ExitCode::from(
            status
                .code()
                .and_then(|code| u8::try_from(code).ok())
                .unwrap_or(1),
        ),
        Err(error) => {
            eprintln!("error: cannot run cargo: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}
