//! What processes took: each is started by this program under another name, which waits for it and writes down what it says.

use crate::process::{Usage, Whose, run, usage};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Where a process started by [`watch`] is written down.
const LOG: &str = "OASMITH_BENCH_LOG";

/// The longest that anything may take.
const LIMIT: Duration = Duration::from_secs(3_600);

/// What something took, in each of its runs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Taken {
    /// CPU seconds.
    pub(super) seconds: Vec<f64>,
    /// The most memory it held at once, in megabytes.
    pub(super) megabytes: Vec<f64>,
}

impl Taken {
    pub(super) fn add(&mut self, usage: Usage) {
        self.seconds.push(round(usage.seconds, 1e3));
        self.megabytes.push(round(usage.megabytes, 1e1));
    }

    /// The median of the seconds, and how far runs are from it at most.
    pub(super) fn seconds(&self) -> Option<(f64, f64)> {
        let median = median(&self.seconds)?;
        let off = self.seconds.iter().map(|second| (second - median).abs());
        Some((median, off.fold(0.0, f64::max)))
    }

    pub(super) fn megabytes(&self) -> Option<f64> {
        median(&self.megabytes)
    }

    /// How many times what the other took: the median over pairs of runs that were made one after the other.
    pub(super) fn ratio(&self, other: &Self) -> Option<f64> {
        let pairs = self.seconds.iter().zip(&other.seconds);
        let ratios: Vec<f64> = pairs.map(|(own, other)| own / other).collect();
        median(&ratios)
    }
}

fn round(number: f64, unit: f64) -> f64 {
    (number * unit).round() / unit
}

/// The middle one, or the mean of both.
pub(super) fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        length if length % 2 == 1 => sorted.get(middle).copied(),
        _ => Some((sorted.get(middle - 1)? + sorted.get(middle)?) / 2.0),
    }
}

/// The work of this program under another name: runs the command of its arguments and writes down what it took. `None` where
/// this is not what it was started for.
pub(crate) fn watch() -> Option<ExitCode> {
    let log = std::env::var_os(LOG)?;
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next()?;
    let arguments: Vec<OsString> = arguments.collect();
    let status = Command::new(&program)
        .args(&arguments)
        .env_remove(LOG)
        .status();
    let taken = usage(Whose::Children);
    let name = arguments
        .iter()
        .position(|argument| argument == "--crate-name")
        .and_then(|position| arguments.get(position + 1));
    let name = name.unwrap_or(&program).to_string_lossy();
    let line = format!("{name}\t{}\t{}\n", taken.seconds, taken.megabytes);
    let file = fs::OpenOptions::new().append(true).create(true).open(log);
    let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
    Some(match (status, written) {
        (Ok(status), Ok(())) => ExitCode::from(
            status
                .code()
                .and_then(|code| u8::try_from(code).ok())
                .unwrap_or(1),
        ),
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("error: {}: {error}", program.display());
            ExitCode::FAILURE
        }
    })
}

/// Processes that are watched, with the file that they are written down in.
pub(super) struct Watch {
    own: PathBuf,
    log: PathBuf,
}

impl Watch {
    pub(super) fn new(folder: &Path) -> Result<Self, String> {
        let own = std::env::current_exe();
        Ok(Self {
            own: own.map_err(|error| format!("cannot find this program: {error}"))?,
            log: folder.join("taken.tsv"),
        })
    }

    /// Runs a program to its end.
    pub(super) fn program(
        &self,
        program: &Path,
        arguments: &[OsString],
        folder: &Path,
    ) -> Result<Usage, String> {
        let mut command = Command::new(&self.own);
        command.arg(program).args(arguments).current_dir(folder);
        self.run(&mut command, &program.to_string_lossy())
    }

    /// Runs cargo, and gives what rustc took for one crate of the workspace.
    pub(super) fn rustc(&self, cargo: &mut Command, name: &str) -> Result<Usage, String> {
        cargo
            .env("RUSTC_WORKSPACE_WRAPPER", &self.own)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS");
        self.run(cargo, name)
    }

    fn run(&self, command: &mut Command, name: &str) -> Result<Usage, String> {
        let _ = fs::remove_file(&self.log);
        let ended = run(command.env(LOG, &self.log), LIMIT)?;
        if let Some(fault) = ended.fault {
            let first = ended.err.lines().find(|line| line.contains("error"));
            return Err(first.map_or(fault, str::to_owned));
        }
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let line = log.lines().rev().find_map(|line| {
            let (found, numbers) = line.split_once('\t')?;
            let (seconds, megabytes) = numbers.split_once('\t')?;
            (found == name).then(|| Usage {
                seconds: seconds.parse().unwrap_or_default(),
                megabytes: megabytes.parse().unwrap_or_default(),
            })
        });
        line.ok_or_else(|| format!("`{name}` has not been run"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Taken, median};

    #[test]
    fn medians_and_ratios_are_over_pairs() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0]), Some(2.5));
        let taken = |seconds: &[f64]| Taken {
            seconds: seconds.to_vec(),
            megabytes: Vec::new(),
        };
        // A busy machine slows both of a pair down.
        let (own, other) = (taken(&[1.0, 2.0, 1.0]), taken(&[4.0, 8.0, 4.0]));
        assert_eq!(own.ratio(&other), Some(0.25));
        assert_eq!(own.seconds(), Some((1.0, 1.0)));
    }
}
