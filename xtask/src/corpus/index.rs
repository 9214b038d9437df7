//! Which documents a folder has.

use std::fs;
use std::path::{Path, PathBuf};

/// A root document.
#[derive(Debug)]
pub(crate) struct Entry {
    /// As the index names it, or relative to the folder.
    pub(crate) path: String,
    pub(crate) file: PathBuf,
    /// What the index says of its operations.
    pub(crate) operations: Option<u64>,
}

/// The documents that `index.tsv` (or `openapi/index.tsv`) lists, or every document of the folder if there is no index.
pub(crate) fn entries(folder: &Path, only: Option<&glob::Pattern>) -> Result<Vec<Entry>, String> {
    let places = [folder.to_path_buf(), folder.join("openapi")];
    let mut entries = match places
        .iter()
        .find(|place| place.join("index.tsv").is_file())
    {
        Some(place) => listed(place)?,
        None => found(folder)?,
    };
    entries.retain(|entry| only.is_none_or(|only| only.matches(&entry.path)));
    if entries.is_empty() {
        return Err(format!("{} has no such document", folder.display()));
    }
    Ok(entries)
}

/// The first line of an index names its columns, of which `path` is needed and `operations` is used.
fn listed(folder: &Path) -> Result<Vec<Entry>, String> {
    let index = folder.join("index.tsv");
    let text = fs::read_to_string(&index)
        .map_err(|error| format!("cannot read {}: {error}", index.display()))?;
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| columns.iter().position(|column| *column == name);
    let path = column("path").ok_or_else(|| format!("{} has no column `path`", index.display()))?;
    let operations = column("operations");
    let entries = lines.filter(|line| !line.is_empty()).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let path = cells.get(path).copied().unwrap_or_default().to_owned();
        Entry {
            file: folder.join(&path),
            operations: operations.and_then(|at| cells.get(at)?.parse().ok()),
            path,
        }
    });
    Ok(entries.collect())
}

fn found(folder: &Path) -> Result<Vec<Entry>, String> {
    if folder.is_file() {
        let path = folder.display().to_string();
        return Ok(vec![Entry {
            path,
            file: folder.to_path_buf(),
            operations: None,
        }]);
    }
    let mut entries = Vec::new();
    let mut work = vec![folder.to_path_buf()];
    while let Some(place) = work.pop() {
        let inside = fs::read_dir(&place)
            .map_err(|error| format!("cannot read {}: {error}", place.display()))?;
        for file in inside.flatten().map(|entry| entry.path()) {
            if file.is_dir() && !file.is_symlink() {
                work.push(file);
            } else if is_document(&file) {
                let path = file
                    .strip_prefix(folder)
                    .unwrap_or(&file)
                    .display()
                    .to_string();
                entries.push(Entry {
                    path,
                    file,
                    operations: None,
                });
            }
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

/// Whether a file says at its outermost level that it is OpenAPI; parts of documents do not.
fn is_document(file: &Path) -> bool {
    let kind = file.extension().and_then(|kind| kind.to_str());
    if !matches!(kind, Some("yaml" | "yml" | "json")) {
        return false;
    }
    let text = fs::read_to_string(file).unwrap_or_default();
    super::census::parsed(&text).is_ok_and(|document| {
        document.get("openapi").is_some() || document.get("swagger").is_some()
    })
}
