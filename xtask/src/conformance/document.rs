//! Documents as a whole: those that OpenAPI's own schemas accept are generated, and those that they refuse are refused.

use super::{Outcome, Verdict};
use crate::corpus::worker::{self, Made};
use crate::process::each;
use std::fs;
use std::path::{Path, PathBuf};

/// `…/pass/…` and `…/fail/…`.
pub(super) fn schemas(
    root: &Path,
    folder: &Path,
    out: &Path,
    jobs: usize,
) -> Result<Vec<Outcome>, String> {
    let failing = |path: &str| path.split(['/', '\\']).any(|part| part == "fail");
    judge((root, folder, out), jobs, failing)
}

/// All of them are to be refused.
pub(super) fn invalid(
    root: &Path,
    folder: &Path,
    out: &Path,
    jobs: usize,
) -> Result<Vec<Outcome>, String> {
    judge((root, folder, out), jobs, |_| true)
}

/// Each folder has a document, an overlay, and what comes of them.
pub(super) fn overlays(
    _root: &Path,
    folder: &Path,
    _out: &Path,
    _jobs: usize,
) -> Result<Vec<Outcome>, String> {
    let sets = fs::read_dir(folder)
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut sets: Vec<PathBuf> = sets.flatten().map(|entry| entry.path()).collect();
    sets.sort();
    let whole = |set: &PathBuf| {
        ["openapi.yaml", "overlay.yaml", "output.yaml"]
            .iter()
            .all(|file| set.join(file).is_file())
    };
    Ok(sets
        .iter()
        .filter(|set| whole(set))
        .map(|set| overlay(set))
        .collect())
}

fn overlay(set: &Path) -> Outcome {
    let value = |config: &oasmith::Config| -> Option<serde_json::Value> {
        serde_json::from_str(&config.overlaid().0?).ok()
    };
    let config = oasmith::Config::new(set.join("openapi.yaml")).overlay(set.join("overlay.yaml"));
    let found = value(&config);
    let expected = value(&oasmith::Config::new(set.join("output.yaml")));
    let verdict = if found.is_some() && found == expected {
        Verdict::Agrees
    } else {
        Verdict::Disagrees(format!(
            "another result; {}",
            config.overlaid().1.text(false)
        ))
    };
    let name = set
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Outcome {
        file: "overlays".to_owned(),
        group: "applied".to_owned(),
        test: name.unwrap_or_default(),
        verdict,
    }
}

fn judge(
    (root, folder, out): (&Path, &Path, &Path),
    jobs: usize,
    failing: impl Fn(&str) -> bool + Sync,
) -> Result<Vec<Outcome>, String> {
    fs::create_dir_all(out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    let (lenient, strict) = (out.join("lenient.toml"), out.join("strict.toml"));
    for (file, text) in [(&lenient, ""), (&strict, "strict = true\n")] {
        fs::write(file, text)
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    let documents = documents(folder)?;
    Ok(each(documents.len(), jobs, |_, item| {
        let (name, path) = &documents[item];
        let failing = failing(name);
        let config = if failing { &strict } else { &lenient };
        let made = worker::bare(root, path, &out.join(item.to_string()), config, None);
        let (file, test) = name.rsplit_once('/').unwrap_or(("", name));
        let verdict = verdict(failing, made);
        Outcome {
            file: file.to_owned(),
            group: if failing { "refused" } else { "generated" }.to_owned(),
            test: test.to_owned(),
            verdict,
        }
    }))
}

fn verdict(failing: bool, made: Result<Made, String>) -> Verdict {
    match (failing, made) {
        (_, Err(fault)) => Verdict::Disagrees(fault),
        (true, Ok(made)) if made.errors == 0 => Verdict::Disagrees("is accepted".to_owned()),
        // A message says where the fault is.
        (true, Ok(made))
            if !made
                .first
                .as_deref()
                .is_some_and(|first| first.contains(" at ")) =>
        {
            Verdict::Disagrees(format!("has no place: {}", made.first.unwrap_or_default()))
        }
        (false, Ok(made)) if made.errors > 0 => Verdict::Disagrees(made.first.unwrap_or_default()),
        _ => Verdict::Agrees,
    }
}

/// Every YAML and JSON file, by its path in the folder.
fn documents(folder: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let mut found = Vec::new();
    let mut work = vec![folder.to_path_buf()];
    while let Some(place) = work.pop() {
        let inside = fs::read_dir(&place)
            .map_err(|error| format!("cannot read {}: {error}", place.display()))?;
        for path in inside.flatten().map(|entry| entry.path()) {
            let kind = path.extension().and_then(|kind| kind.to_str());
            if path.is_dir() {
                work.push(path);
            } else if matches!(kind, Some("yaml" | "yml" | "json")) {
                let name = path.strip_prefix(folder).unwrap_or(&path);
                let parts: Vec<_> = name.iter().filter_map(|part| part.to_str()).collect();
                found.push((parts.join("/"), path));
            }
        }
    }
    found.sort();
    Ok(found)
}
