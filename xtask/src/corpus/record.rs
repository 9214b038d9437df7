//! What is known of each document, kept beside its crate so that a run goes on where the last one ended.

use super::check::Checked;
use super::worker::Made;
use serde::{Deserialize, Serialize};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

/// All that is known of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) path: String,
    /// Of the generator and its configuration.
    pub(crate) generator: u64,
    pub(crate) made: Option<Made>,
    /// Why there is nothing: a panic, a limit.
    pub(crate) fault: Option<String>,
    pub(crate) check: Option<Check>,
    /// What the index says of its operations.
    pub(crate) indexed: Option<u64>,
}

/// A check, and what was checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Check {
    /// Of the generated crate and what it depends on.
    pub(crate) key: u64,
    pub(crate) checked: Option<Checked>,
    pub(crate) fault: Option<String>,
}

/// Stable as long as the compiler that built this program.
pub(crate) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Record {
    pub(crate) fn load(file: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(file).ok()?).ok()
    }

    pub(crate) fn save(&self, file: &Path) -> Result<(), String> {
        let text = serde_json::to_string(self).map_err(|error| error.to_string())?;
        fs::write(file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))
    }

    /// Whether this generator has made this crate of these very files.
    pub(crate) fn is_current(&self, generator: u64) -> bool {
        let same = |made: &Made| {
            made.read
                .iter()
                .all(|(path, known)| fs::read(path).is_ok_and(|bytes| hash(&bytes) == *known))
        };
        self.generator == generator && self.made.as_ref().is_some_and(same)
    }

    /// Operations in the document: by our count, else by the index.
    pub(crate) fn operations(&self) -> Option<u64> {
        let census = self.made.as_ref().and_then(|made| made.census.as_ref());
        census.map(|census| census.operations).or(self.indexed)
    }

    /// What the document falls short in, in a word; `None` if in nothing.
    pub(crate) fn shortfall(&self, compile: bool) -> Option<&'static str> {
        let Some(made) = &self.made else {
            return Some("crash");
        };
        if made.errors > 0 {
            return Some("errors");
        }
        if self
            .operations()
            .is_none_or(|operations| made.generated < operations)
        {
            return Some("operations");
        }
        if !compile {
            return None;
        }
        match self.check.as_ref().and_then(|check| check.checked.as_ref()) {
            None => Some("unchecked"),
            Some(checked) if checked.errors > 0 => Some("rustc-errors"),
            Some(checked) if checked.warnings > 0 => Some("rustc-warnings"),
            Some(_) => None,
        }
    }

    /// The first thing that went wrong.
    pub(crate) fn first(&self) -> Option<&str> {
        let made = || self.made.as_ref()?.first.as_deref();
        let check = || {
            let check = self.check.as_ref()?;
            check
                .fault
                .as_deref()
                .or(check.checked.as_ref()?.first.as_deref())
        };
        self.fault.as_deref().or_else(made).or_else(check)
    }
}

/// The columns of a report, as they are named in its first line.
const COLUMNS: &[&str] = &[
    "path",
    "version",
    "outcome",
    "operations",
    "generated",
    "webhooks",
    "errors",
    "warnings",
    "degraded",
    "ignored",
    "touched",
    "noted",
    "schemas",
    "lines",
    "seconds",
    "megabytes",
    "rustc_errors",
    "rustc_warnings",
    "rustc_seconds",
    "rustc_megabytes",
    "first",
];

/// Every record as a line of tab-separated values, after a line that names the columns.
pub(crate) fn report(records: &[Record], compile: bool) -> String {
    let mut text = COLUMNS.join("\t");
    text.push('\n');
    for record in records {
        text.push_str(&line(record, compile).join("\t"));
        text.push('\n');
    }
    text
}

fn line(record: &Record, compile: bool) -> Vec<String> {
    let made = record.made.clone().unwrap_or_default();
    let census = made.census.clone().unwrap_or_default();
    let operations = record
        .operations()
        .map_or_else(String::new, |count| count.to_string());
    let checked = record
        .check
        .as_ref()
        .and_then(|check| check.checked.clone());
    let of_rustc = |cell: fn(&Checked) -> String| checked.as_ref().map_or_else(String::new, cell);
    let first = record
        .first()
        .unwrap_or_default()
        .replace(['\t', '\n', '\r'], " ");
    vec![
        record.path.clone(),
        census.version,
        record.shortfall(compile).unwrap_or("ok").to_owned(),
        operations,
        made.generated.to_string(),
        census.webhooks.to_string(),
        made.errors.to_string(),
        made.warnings.to_string(),
        made.degraded.to_string(),
        made.ignored.to_string(),
        made.touched.to_string(),
        made.noted.to_string(),
        census.schemas.to_string(),
        made.lines.to_string(),
        format!("{:.3}", made.usage.seconds),
        format!("{:.0}", made.usage.megabytes),
        of_rustc(|checked| checked.errors.to_string()),
        of_rustc(|checked| checked.warnings.to_string()),
        of_rustc(|checked| format!("{:.2}", checked.usage.seconds)),
        of_rustc(|checked| format!("{:.0}", checked.usage.megabytes)),
        first,
    ]
}
