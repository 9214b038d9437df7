//! The command `oasmith`.

#![forbid(unsafe_code)]

use clap::{Parser, Subcommand, ValueEnum};
use oasmith::{Config, Output, Refused};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// A fifth of the work is small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Generates Rust crates (types, client, server) from OpenAPI documents.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generates a crate from a document.
    Generate(Generate),
    /// Explains a code of a message, or lists all codes.
    Explain {
        /// The code, as it stands in brackets: `error[unresolved-reference]`.
        code: Option<String>,
    },
}

#[derive(clap::Args)]
struct Generate {
    /// The OpenAPI document, YAML or JSON.
    document: PathBuf,
    /// The folder of the crate.
    #[arg(long)]
    out: PathBuf,
    /// The name of the crate; the document's title if absent.
    #[arg(long)]
    name: Option<String>,
    /// An `oasmith.toml`.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Writes nothing, and fails if the folder is not what would be written.
    #[arg(long)]
    check: bool,
    /// Writes a report as JSON.
    #[arg(long)]
    report: Option<PathBuf>,
    /// How messages are written.
    #[arg(long, value_enum, default_value = "text")]
    message_format: MessageFormat,
    /// Applies an Overlay document (1.0 or 1.1) first; several in their order.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Lets references lead into a folder that is not below the document's own.
    #[arg(long, value_name = "DIR")]
    allow_folder: Vec<PathBuf>,
    /// Makes every warning about a sloppy document an error.
    #[arg(long)]
    strict: bool,
    /// Makes the warnings of a code errors.
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
    /// Shows no messages of a code; of errors, only those of `duplicate-operation`.
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Overwrites files that oasmith has not made.
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum MessageFormat {
    Text,
    Json,
}

/// What a run ends with: 1 for the document's faults and differences, 2 for wrong usage.
enum Failure {
    Document,
    Usage(String),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Generate(arguments) => generate(&arguments),
        Command::Explain { code } => explain(code.as_deref()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Document) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn explain(code: Option<&str>) -> Result<(), Failure> {
    match oasmith::explained(code) {
        Some(text) => {
            print(&text);
            Ok(())
        }
        None => Err(Failure::Usage(format!(
            "there is no code `{}`",
            code.unwrap_or_default()
        ))),
    }
}

fn generate(arguments: &Generate) -> Result<(), Failure> {
    let output = config(arguments).map_err(Failure::Usage)?.generate();
    let messages = match arguments.message_format {
        MessageFormat::Json => output.json(),
        MessageFormat::Text => output.text(std::io::stderr().is_terminal()),
    };
    let _ = std::io::stderr().write_all(messages.as_bytes());
    if let Some(path) = &arguments.report
        && let Some(report) = output.report()
    {
        let outcome = std::fs::write(path, report);
        outcome.map_err(|error| {
            Failure::Usage(format!("cannot write `{}`: {error}", path.display()))
        })?;
    }
    if output.has_errors() {
        return Err(Failure::Document);
    }
    let outcome = if arguments.check {
        check(arguments, &output)
    } else {
        write(arguments, &output)
    };
    // The process ends here, and its memory with it: nothing is gained by taking a large document apart.
    std::mem::forget(output);
    outcome
}

fn config(arguments: &Generate) -> Result<Config, String> {
    let mut config = Config::new(&arguments.document);
    if let Some(path) = &arguments.config {
        config = config.file(path)?;
    }
    if let Some(name) = &arguments.name {
        let first = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let rest = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if !first || !rest {
            return Err(format!("`{name}` is no name of a crate"));
        }
        config = config.name(name);
    }
    for overlay in &arguments.overlay {
        config = config.overlay(overlay);
    }
    for folder in &arguments.allow_folder {
        config = config.allow_folder(folder);
    }
    if arguments.strict {
        config = config.strict(true);
    }
    for code in &arguments.deny {
        config = config.deny(code)?;
    }
    for code in &arguments.allow {
        config = config.allow(code)?;
    }
    Ok(config.force(arguments.force))
}

fn write(arguments: &Generate, output: &Output) -> Result<(), Failure> {
    let written = output.write(&arguments.out).map(drop);
    written.map_err(|refused| tell(arguments, &refused))
}

/// Says why nothing was written, in the form that was asked for.
fn tell(arguments: &Generate, refused: &Refused) -> Failure {
    match arguments.message_format {
        MessageFormat::Json => eprint!("{}", refused.json()),
        MessageFormat::Text => eprintln!("{refused}"),
    }
    Failure::Document
}

fn check(arguments: &Generate, output: &Output) -> Result<(), Failure> {
    match output.check(&arguments.out) {
        Ok(differences) if differences.is_empty() => Ok(()),
        Ok(differences) => {
            print(&differences);
            let (document, out) = (arguments.document.display(), arguments.out.display());
            let name = arguments
                .name
                .as_ref()
                .map_or(String::new(), |name| format!(" --name {name}"));
            let config = arguments.config.as_ref().map_or(String::new(), |path| {
                format!(" --config {}", path.display())
            });
            eprintln!(
                "error: {out} is not up to date; to mend it, run\n    oasmith generate {document} --out {out}{name}{config}"
            );
            Err(Failure::Document)
        }
        Err(refused) => Err(tell(arguments, &refused)),
    }
}

/// Prints to a reader who may go away (`| head`).
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
