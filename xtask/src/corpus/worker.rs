//! What is done for one document, in a process of its own, which prints what came out as JSON.

use super::census::{Census, census};
use super::check::{self, Checked, Probe};
use super::part::parts;
use super::record::hash;
use crate::process::{self, Usage, Whose, limit_memory, usage};
use oasmith::{Config, Output, Runtime};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A worker's arguments.
#[derive(Debug, clap::Args)]
pub(crate) struct Order {
    #[command(subcommand)]
    work: Work,
}

#[derive(Debug, clap::Subcommand)]
enum Work {
    /// Generates the crate of a document, and the crate that depends on it.
    Generate {
        document: PathBuf,
        /// Gets the folders `api` and `probe`.
        out: PathBuf,
        /// The runtime's folder, if it is to be a dependency.
        #[arg(long)]
        runtime: Option<PathBuf>,
        /// The most memory, in megabytes.
        #[arg(long)]
        memory: u64,
        /// An `oasmith.toml`.
        #[arg(long)]
        config: Option<PathBuf>,
        /// A folder that references may lead into.
        #[arg(long)]
        reach: Option<PathBuf>,
        /// Makes no dependent crate, and counts nothing.
        #[arg(long)]
        bare: bool,
    },
    /// Checks a dependent crate and what it depends on.
    Check { probe: PathBuf, target: PathBuf },
}

/// What generating gives.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Made {
    pub(crate) census: Option<Census>,
    /// Why the document could not be counted.
    pub(crate) uncounted: Option<String>,
    pub(crate) generated: u64,
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
    pub(crate) degraded: u64,
    pub(crate) ignored: u64,
    /// Parts that are generated as far as the specification and the wire let them be.
    pub(crate) noted: u64,
    /// Operations with a part that is degraded or ignored, links and security aside.
    pub(crate) touched: u64,
    /// How many operations each reason touches.
    pub(crate) reasons: BTreeMap<String, u64>,
    pub(crate) lines: u64,
    pub(crate) usage: Usage,
    /// The first error.
    pub(crate) first: Option<String>,
    /// How often each code is reported.
    pub(crate) codes: BTreeMap<String, u64>,
    /// Every file that was read, with what it held.
    pub(crate) read: Vec<(PathBuf, u64)>,
    /// Of everything that was written.
    pub(crate) output: u64,
}

pub(crate) fn run(order: &Order) -> Result<(), String> {
    let result = match &order.work {
        Work::Generate { memory, .. } => {
            limit_memory(*memory);
            serde_json::to_string(&generate(&order.work)?)
        }
        Work::Check { probe, target } => {
            let checked: Checked = check::check(probe, target)?;
            serde_json::to_string(&checked)
        }
    };
    println!("{}", result.map_err(|error| error.to_string())?);
    Ok(())
}

/// Generates a crate in a process of its own, its runtime a dependency, and no crate that depends on it.
pub(crate) fn bare(
    root: &Path,
    document: &Path,
    out: &Path,
    config: &Path,
    reach: Option<&Path>,
) -> Result<Made, String> {
    let program =
        std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let mut command = Command::new(program);
    command
        .args(["worker", "generate", "--bare", "--memory=6000", "--config"])
        .arg(config);
    command
        .arg("--runtime")
        .arg(root.join("templates/runtime"))
        .arg(document)
        .arg(out);
    if let Some(folder) = reach {
        command.arg("--reach").arg(folder);
    }
    let ended = process::run(&mut command, Duration::from_secs(300))?;
    match (ended.fault, serde_json::from_str(&ended.out)) {
        (None, Ok(made)) => Ok(made),
        (fault, _) => Err(fault.unwrap_or(ended.err)),
    }
}

fn generate(work: &Work) -> Result<Made, String> {
    let Work::Generate {
        document,
        out,
        runtime,
        config,
        reach,
        bare,
        ..
    } = work
    else {
        return Err("there is nothing to generate".to_owned());
    };
    let place = if runtime.is_some() {
        Runtime::Dependency
    } else {
        Runtime::Inline
    };
    let mut choices = Config::new(document);
    if let Some(file) = config {
        choices = choices.file(file)?;
    }
    if let Some(folder) = reach {
        choices = choices.allow_folder(folder);
    }
    let output = choices.runtime(place).generate();
    let usage = usage(Whose::Own);
    let report: Value = output
        .report()
        .and_then(|report| serde_json::from_str(&report).ok())
        .unwrap_or_default();
    let mut made = Made {
        usage,
        ..Made::default()
    };
    tally(&output, &report, &mut made);
    let files: Vec<(&Path, &str)> = output.files().collect();
    made.output = hash(&files);
    if !output.has_errors() {
        let api = out.join("api");
        output.write(&api).map_err(|refused| refused.to_string())?;
        if !bare {
            Probe::new(&files, &report).write(&api, &out.join("probe"), runtime.as_deref())?;
        }
    }
    if *bare {
        fs::create_dir_all(out)
            .map_err(|error| format!("cannot make {}: {error}", out.display()))?;
        let file = out.join("report.json");
        fs::write(&file, report.to_string())
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        return Ok(made);
    }
    match census(document) {
        Ok(census) => made.census = Some(census),
        Err(error) => made.uncounted = Some(error),
    }
    Ok(made)
}

fn tally(output: &Output, report: &Value, made: &mut Made) {
    let length = |key: &str| report[key].as_array().map_or(0, |items| items.len() as u64);
    made.generated = length("operations");
    made.degraded = length("degraded");
    made.ignored = length("ignored");
    made.noted = length("noted");
    let parts = parts(report);
    (made.touched, made.reasons) = (parts.operations, parts.reasons);
    made.lines = report["lines"].as_u64().unwrap_or_default();
    for message in output
        .json()
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        let code = message["code"].as_str().unwrap_or_default();
        *made.codes.entry(code.to_owned()).or_default() += 1;
        match message["level"].as_str() {
            Some("error") => {
                made.errors += 1;
                let text = message["message"].as_str().unwrap_or_default();
                let pointer = message["pointer"].as_str().unwrap_or_default();
                made.first
                    .get_or_insert_with(|| format!("{code}: {text} at {pointer}"));
            }
            Some("warning") => made.warnings += 1,
            _ => {}
        }
    }
    made.read = output
        .read_files()
        .map(|path| {
            (
                path.to_path_buf(),
                hash(&fs::read(path).unwrap_or_default()),
            )
        })
        .collect();
}
