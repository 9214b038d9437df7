//! Keeps `generated/` and the README's table what `specs/` and the generator say.

use oasmith::{Config, Output};
use std::fs;
use std::path::{Path, PathBuf};

/// How to mend what a check finds.
const MEND: &str = "cargo xtask codegen";

const OPEN: &str = "<!-- features -->\n";
const CLOSE: &str = "<!-- /features -->";

/// A document with the crate that is made of it.
struct Subject {
    name: String,
    output: Output,
    folder: PathBuf,
}

/// Regenerates every crate, and the README's table.
pub(crate) fn write(root: &Path) -> Result<(), String> {
    for subject in subjects(root)? {
        let changed = subject
            .output
            .write(&subject.folder)
            .map_err(|refused| refused.to_string())?;
        println!("{}: {changed} files changed", subject.name);
    }
    let (path, text) = readme(root)?;
    if fs::read_to_string(&path).unwrap_or_default() != text {
        fs::write(&path, text).map_err(|error| format!("cannot write README.md: {error}"))?;
        println!("README.md: changed");
    }
    Ok(())
}

/// Fails, and shows how they differ, if anything is not what [`write()`] would make it.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let mut stale = Vec::new();
    for subject in subjects(root)? {
        let differences = subject
            .output
            .check(&subject.folder)
            .map_err(|refused| refused.to_string())?;
        if !differences.is_empty() {
            print!("{differences}");
            stale.push(format!("generated/{}", subject.name));
        }
    }
    for orphan in orphans(root)? {
        println!(
            "generated/{orphan}: there is no document specs/{orphan}.yaml or specs/{orphan}.json"
        );
        stale.push(format!("generated/{orphan} (remove it)"));
    }
    let (path, text) = readme(root)?;
    let known = fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if known != text {
        println!("README.md: the table of supported features is not up to date");
        stale.push("README.md".to_owned());
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} not up to date; to mend it, run\n    {MEND}",
        stale.join(", ")
    ))
}

/// Crates whose documents are gone.
fn orphans(root: &Path) -> Result<Vec<String>, String> {
    let folders = fs::read_dir(root.join("generated"))
        .map_err(|error| format!("cannot read generated: {error}"))?;
    let names = folders
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let has_document = |name: &String| {
        ["yaml", "json"]
            .iter()
            .any(|kind| root.join("specs").join(format!("{name}.{kind}")).exists())
    };
    let mut orphans: Vec<String> = names.filter(|name| !has_document(name)).collect();
    orphans.sort();
    Ok(orphans)
}

/// Generates from every document, and stops at the first that has errors.
fn subjects(root: &Path) -> Result<Vec<Subject>, String> {
    let specs = root.join("specs");
    let mut documents: Vec<PathBuf> = fs::read_dir(&specs)
        .map_err(|error| format!("cannot read specs: {error}"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml" || extension == "json")
        })
        .collect();
    documents.sort();
    documents
        .iter()
        .map(|document| subject(root, document))
        .collect()
}

fn subject(root: &Path, document: &Path) -> Result<Subject, String> {
    let name = document
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut config = Config::new(document);
    let file = document.with_extension("toml");
    if file.exists() {
        config = config.file(&file)?;
    }
    let output = config.name(&name).generate();
    eprint!("{}", output.text(false));
    if output.has_errors() {
        return Err(format!("{} has errors", document.display()));
    }
    let folder = root.join("generated").join(&name);
    Ok(Subject {
        name,
        output,
        folder,
    })
}

/// The README with the table of the generator that runs.
fn readme(root: &Path) -> Result<(PathBuf, String), String> {
    let path = root.join("README.md");
    let text =
        fs::read_to_string(&path).map_err(|error| format!("cannot read README.md: {error}"))?;
    let text = text.replace("\r\n", "\n");
    let (before, rest) = text
        .split_once(OPEN)
        .ok_or("README.md has no place for the table of features")?;
    let (_, after) = rest
        .split_once(CLOSE)
        .ok_or("README.md does not end the table of features")?;
    let table = oasmith::supported_features();
    Ok((
        path,
        format!("{before}{OPEN}\n{}\n\n{CLOSE}{after}", table.trim()),
    ))
}
