//! Takes arbitrary requests and answers of every operation of every crate under `generated/` across the wire.

use std::path::Path;
use std::process::Command;

/// Options of `cargo xtask wire`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Cases of each operation.
    #[arg(long, default_value_t = 1_000)]
    cases: u64,
    /// Only these crates.
    crates: Vec<String>,
}

/// Runs the test `wire` of every crate that has one.
pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let folders = std::fs::read_dir(root.join("generated"))
        .map_err(|error| format!("cannot read generated: {error}"))?;
    let mut names: Vec<String> = folders
        .flatten()
        .filter(|folder| folder.path().join("tests/wire.rs").exists())
        .map(|folder| folder.file_name().to_string_lossy().into_owned())
        .filter(|name| options.crates.is_empty() || options.crates.contains(name))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err("no such crate has a test `wire`".to_owned());
    }
    let mut failed = Vec::new();
    for name in names {
        println!("{name}: {} cases of each operation", options.cases);
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .current_dir(root)
            .env("OASMITH_CASES", options.cases.to_string())
            .args(["test", "--quiet", "--package", &name])
            .args(["--features", "arbitrary,reqwest", "--test", "wire"])
            .status()
            .map_err(|error| format!("cargo does not start: {error}"))?;
        if !status.success() {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "what was sent is not what came in {}",
            failed.join(", ")
        ))
    }
}
