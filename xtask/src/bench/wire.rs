//! What JSON, a request and a call cost beside the same by hand, in instructions: a program beside the benches of ByCloud does the work,
//! valgrind counts.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A piece of work, and the instructions of doing it once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Counted {
    pub(super) name: String,
    pub(super) generated: u64,
    pub(super) by_hand: u64,
}

/// Counts every piece of work.
///
/// # Errors
///
/// There is no valgrind, or the work cannot be built.
pub(super) fn measure(root: &Path, built: Option<&Path>) -> Result<Vec<Counted>, String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Err("valgrind is not installed".to_owned());
    }
    let program = match built {
        Some(built) => built.to_path_buf(),
        None => build(root)?,
    };
    let listed = Command::new(&program).output();
    let listed = listed.map_err(|error| format!("cannot run {}: {error}", program.display()))?;
    let listed = String::from_utf8_lossy(&listed.stdout);
    let mut counted = Vec::new();
    for line in listed.lines() {
        let mut cells = line.split('\t');
        let (Some(name), Some(_), Some(size)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let (few, many) = if size == "small" { (10, 110) } else { (1, 3) };
        let count = |by: &str| -> Result<u64, String> {
            let more = instructions(&program, name, by, many)?;
            let less = instructions(&program, name, by, few)?;
            Ok(more.saturating_sub(less) / u64::from(many - few))
        };
        counted.push(Counted {
            name: name.to_owned(),
            generated: count("generated")?,
            by_hand: count("by-hand")?,
        });
    }
    Ok(counted)
}

/// Builds the program that does the work.
fn build(root: &Path) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["bench", "--no-run", "--quiet", "--package", "bycloud"])
        .args([
            "--no-default-features",
            "--features",
            "client,server,block-storage",
            "--bench",
            "instructions",
            "--message-format",
            "json",
        ])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let artifact = messages.lines().rev().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    artifact.ok_or_else(|| {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        format!("the work cannot be built: {said}")
    })
}

/// Instructions of a process that does the work so many times.
fn instructions(program: &Path, name: &str, by: &str, times: u32) -> Result<u64, String> {
    let output = Command::new("valgrind")
        .args([
            "--tool=cachegrind",
            "--cache-sim=no",
            "--cachegrind-out-file=/dev/null",
        ])
        .arg(program)
        .args([name, by, &times.to_string()])
        .output()
        .map_err(|error| format!("cannot run valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said
        .lines()
        .find_map(|line| line.split_once("I   refs:").or(line.split_once("I refs:")));
    let count = line.and_then(|(_, count)| count.trim().replace(',', "").parse().ok());
    count.ok_or_else(|| format!("`{name}` cannot be counted: {said}"))
}
