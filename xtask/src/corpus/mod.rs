//! Generates a crate for each document of a folder, measures what that takes, and checks what comes out.

pub(crate) mod census;
mod check;
pub(crate) mod defended;
pub(crate) mod index;
mod part;
mod record;
mod summary;
pub(crate) mod worker;

use crate::process::{each, run as run_process};
use check::Checked;
use index::Entry;
use indicatif::{ProgressBar, ProgressStyle};
use record::{Check, Record, hash};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use worker::Made;

/// `cargo xtask corpus`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder, with or without an `index.tsv`; or one document.
    folder: PathBuf,
    /// Checks each crate too, and a crate that depends on it.
    #[arg(long)]
    compile: bool,
    /// Only documents whose path matches.
    #[arg(long, value_name = "GLOB")]
    only: Option<glob::Pattern>,
    /// How many at a time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Writes a line for each document.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Where the runtime of the crates is; a dependency is compiled once for all of them.
    #[arg(long, value_enum, default_value = "dependency")]
    runtime: Place,
    /// Where the crates are written, and what is known of them.
    #[arg(long, value_name = "FOLDER", default_value = "target/corpus")]
    out: PathBuf,
    /// The most time for one document, in seconds; a check may take three times as long.
    #[arg(long, default_value_t = 300)]
    timeout: u64,
    /// The most memory for one document, in megabytes.
    #[arg(long, default_value_t = 6_000)]
    memory: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Place {
    Inline,
    Dependency,
}

/// What all documents of a run share.
struct Run<'a> {
    options: &'a Options,
    program: PathBuf,
    out: PathBuf,
    /// The workspace's own choice of dependencies.
    lock: PathBuf,
    runtime: Option<PathBuf>,
    generator: u64,
    /// Of what the crates depend on.
    dependencies: u64,
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let entries = index::entries(&options.folder, options.only.as_ref())?;
    let run = Run::new(root, options)?;
    let names = names(&entries);
    let bar = ProgressBar::new(entries.len() as u64);
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} {elapsed}, {eta} to go: {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let records = each(entries.len(), options.jobs, |slot, item| {
        let entry = &entries[item];
        bar.set_message(entry.path.clone());
        let record = run.record(slot, entry, &names[item]);
        if let Ok(record) = &record
            && let Some(shortfall) = record.shortfall(options.compile)
        {
            bar.println(format!(
                "{}: {shortfall}: {}",
                entry.path,
                record.first().unwrap_or_default()
            ));
        }
        bar.inc(1);
        record
    });
    bar.finish_and_clear();
    let records = records.into_iter().collect::<Result<Vec<_>, _>>()?;
    print!("{}", summary::summary(&records, options.compile));
    if let Some(path) = &options.report {
        fs::write(path, record::report(&records, options.compile))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    let short = records.iter().filter(|record| {
        record.shortfall(options.compile).is_some() && defended::reason(record).is_none()
    });
    let short = short.count();
    if short == 0 {
        Ok(())
    } else {
        Err(format!("{short} of {} documents fall short", records.len()))
    }
}

/// A folder's name for each document, all different.
fn names(entries: &[Entry]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let name = |entry: &Entry| {
        let words = entry
            .path
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
        let words: Vec<&str> = words
            .filter(|word| !word.is_empty() && *word != "..")
            .collect();
        let name = words.join("-");
        let mut tries = (1..).map(|number| {
            if number == 1 {
                name.clone()
            } else {
                format!("{name}-{number}")
            }
        });
        tries
            .find(|name| taken.insert(name.to_ascii_lowercase()))
            .unwrap_or(name)
    };
    entries.iter().map(name).collect()
}

impl<'a> Run<'a> {
    fn new(root: &Path, options: &'a Options) -> Result<Self, String> {
        let program = std::env::current_exe()
            .map_err(|error| format!("cannot find this program: {error}"))?;
        let out = root.join(&options.out);
        fs::create_dir_all(&out)
            .map_err(|error| format!("cannot make {}: {error}", out.display()))?;
        let lock = root.join("Cargo.lock");
        let runtime =
            (options.runtime == Place::Dependency).then(|| root.join("templates/runtime"));
        let sources = sources(&root.join("templates/runtime"));
        let built = fs::metadata(&program)
            .and_then(|about| Ok((about.len(), about.modified()?)))
            .map_err(|error| format!("cannot find this program: {error}"))?;
        let generator = hash(&(built, options.runtime == Place::Inline));
        let dependencies = hash(&(&sources, fs::read(&lock).unwrap_or_default()));
        Ok(Self {
            options,
            program,
            out,
            lock,
            runtime,
            generator,
            dependencies,
        })
    }

    fn record(&self, slot: usize, entry: &Entry, name: &str) -> Result<Record, String> {
        let folder = self.out.join("crates").join(name);
        fs::create_dir_all(&folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        let file = folder.join("record.json");
        let known = Record::load(&file).unwrap_or_default();
        let mut record = if known.is_current(self.generator) {
            known.clone()
        } else {
            self.generate(entry, &folder)?
        };
        record.indexed = entry.operations;
        record.check = known.check;
        if self.options.compile {
            self.check(slot, &folder, &mut record)?;
        } else {
            record.check = None;
        }
        record.save(&file)?;
        Ok(record)
    }

    fn generate(&self, entry: &Entry, folder: &Path) -> Result<Record, String> {
        let mut command = Command::new(&self.program);
        command.args([
            "worker",
            "generate",
            "--memory",
            &self.options.memory.to_string(),
        ]);
        if let Some(runtime) = &self.runtime {
            command.arg("--runtime").arg(runtime);
        }
        if self.options.folder.is_dir() {
            command.arg("--reach").arg(&self.options.folder);
        }
        command.arg(&entry.file).arg(folder);
        let ended = run_process(&mut command, Duration::from_secs(self.options.timeout))?;
        let mut record = Record {
            path: entry.path.clone(),
            generator: self.generator,
            ..Record::default()
        };
        match (ended.fault, serde_json::from_str::<Made>(&ended.out)) {
            (None, Ok(made)) => record.made = Some(made),
            (fault, _) => record.fault = Some(fault.unwrap_or(ended.err)),
        }
        Ok(record)
    }

    fn check(&self, slot: usize, folder: &Path, record: &mut Record) -> Result<(), String> {
        let Some(made) = record.made.as_ref().filter(|made| made.errors == 0) else {
            record.check = None;
            return Ok(());
        };
        let key = hash(&(made.output, self.dependencies));
        if record
            .check
            .as_ref()
            .is_some_and(|check| check.key == key && check.checked.is_some())
        {
            return Ok(());
        }
        let probe = folder.join("probe");
        fs::copy(&self.lock, probe.join("Cargo.lock"))
            .map_err(|error| format!("cannot copy Cargo.lock: {error}"))?;
        let mut command = Command::new(&self.program);
        command
            .args(["worker", "check"])
            .arg(&probe)
            .arg(self.out.join(format!("target-{slot}")));
        let ended = run_process(&mut command, Duration::from_secs(3 * self.options.timeout))?;
        let (checked, fault) = match (ended.fault, serde_json::from_str::<Checked>(&ended.out)) {
            (None, Ok(checked)) => (Some(checked), None),
            (fault, _) => (None, Some(fault.unwrap_or(ended.err))),
        };
        record.check = Some(Check {
            key,
            checked,
            fault,
        });
        Ok(())
    }
}

/// The files below a folder that make a crate.
fn sources(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut sources = BTreeMap::new();
    let mut work = vec![folder.join("src"), folder.join("Cargo.toml")];
    while let Some(place) = work.pop() {
        match fs::read_dir(&place) {
            Ok(inside) => work.extend(inside.flatten().map(|entry| entry.path())),
            Err(_) => {
                let bytes = fs::read(&place).unwrap_or_default();
                sources.insert(place, bytes);
            }
        }
    }
    sources
}
