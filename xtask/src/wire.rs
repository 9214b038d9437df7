//! Takes arbitrary requests and answers of every operation of every crate under `generated/`, or of any document, across the wire.

use oasmith::Config;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Options of `cargo xtask wire`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Cases of each operation.
    #[arg(long, default_value_t = 1_000)]
    cases: u64,
    /// A document that is made a crate under `target/wire` and tried there, in place of those under `generated/`.
    #[arg(long, value_name = "FILE")]
    document: Vec<PathBuf>,
    /// Only these crates.
    crates: Vec<String>,
}

/// The test of any crate under `generated/`, which differs in the crate's name alone.
const TEST: &str = "generated/answers/tests/wire.rs";

/// How a crate of a document is made, but for the place of the runtime.
const CHOICES: &str = r#"runtime = "dependency"

[manifest.package]
publish = false

[manifest.dev-dependencies]
hyper = { version = "1", features = ["http1", "http2", "server"] }
hyper-util = { version = "0.1", features = ["server-auto", "tokio"] }
reqwest = { version = "0.13", default-features = false, features = ["http2", "stream"] }
tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }

[manifest.workspace]
"#;

/// Runs the test `wire` of every crate that has one.
pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let subjects = if options.document.is_empty() {
        generated(root, &options.crates)?
    } else {
        let made = options.document.iter();
        made.map(|document| made_of(root, document))
            .collect::<Result<_, _>>()?
    };
    let mut failed = Vec::new();
    for (name, folder) in subjects {
        println!("{name}: {} cases of each operation", options.cases);
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .current_dir(folder)
            .env("OASMITH_CASES", options.cases.to_string())
            .env("CARGO_TARGET_DIR", root.join("target"))
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

/// The crates under `generated/` with such a test.
fn generated(root: &Path, only: &[String]) -> Result<Vec<(String, PathBuf)>, String> {
    let folders = fs::read_dir(root.join("generated"))
        .map_err(|error| format!("cannot read generated: {error}"))?;
    let mut names: Vec<String> = folders
        .flatten()
        .filter(|folder| folder.path().join("tests/wire.rs").exists())
        .map(|folder| folder.file_name().to_string_lossy().into_owned())
        .filter(|name| only.is_empty() || only.contains(name))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err("no such crate has a test `wire`".to_owned());
    }
    let here = |name| (name, root.to_path_buf());
    Ok(names.into_iter().map(here).collect())
}

/// Makes a crate with such a test of a document; its name and its folder.
fn made_of(root: &Path, document: &Path) -> Result<(String, PathBuf), String> {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let name = format!("wire_{}", stem.chars().map(plain).collect::<String>());
    let folder = root.join("target/wire").join(&name);
    let written = |path: &Path, text: &str| {
        let parent = path.parent().unwrap_or(path);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(path, text))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))
    };
    let runtime = root.join("templates/runtime");
    let choices = format!(
        "{CHOICES}\n[manifest.dependencies.oasmith-runtime]\npath = {:?}\n",
        runtime.display().to_string()
    );
    let file = root.join("target/wire").join(format!("{name}.toml"));
    written(&file, &choices)?;
    let output = Config::new(document).file(&file)?.name(&name).generate();
    if output.has_errors() {
        return Err(output.text(false));
    }
    output
        .write(&folder)
        .map_err(|refused| refused.to_string())?;
    let test = fs::read_to_string(root.join(TEST))
        .map_err(|error| format!("cannot read {TEST}: {error}"))?;
    let test = test.replace("answers::", &format!("{name}::"));
    written(&folder.join("tests/wire.rs"), &test)?;
    // The versions of the workspace.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
        .map_err(|error| format!("cannot copy Cargo.lock: {error}"))?;
    Ok((name, folder))
}
