//! What is in the folder of the output, and what of it is ours.

use super::{MARK, Refusal};
use crate::diagnostic::code;
use crate::render::File;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// Lines in which [`MARK`] is looked for.
const HEAD: usize = 3;

/// Folders that hold no output, however deep the crate is.
const SKIPPED: &[&str] = &["target", ".git"];

/// What is at a place.
pub(super) enum Found {
    Nothing,
    Text(String),
    /// Not UTF-8.
    Binary,
}

pub(super) fn is_ours(text: &str) -> bool {
    text.lines().take(HEAD).any(|line| line.contains(MARK))
}

/// Whether two texts differ in their line ends at most: a checkout may have changed those.
pub(super) fn same(found: &str, text: &str) -> bool {
    found == text || (found.contains('\r') && found.replace("\r\n", "\n") == text)
}

/// The text with the line ends that the file has now.
pub(super) fn line_ends(found: &str, text: &str) -> String {
    let crlf = found.contains("\r\n") && !found.replace("\r\n", "").contains('\n');
    if crlf {
        text.replace('\n', "\r\n")
    } else {
        text.to_owned()
    }
}

pub(super) fn read(place: &Path) -> Result<Found, Refusal> {
    match fs::read(place) {
        Ok(bytes) => Ok(String::from_utf8(bytes).map_or(Found::Binary, Found::Text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(Refusal::io("read", place, &error)),
    }
}

/// Where a file goes; no step below the folder may leave it, by `..` or by a link.
pub(super) fn place(dir: &Path, path: &Path) -> Result<PathBuf, Refusal> {
    let mut place = dir.to_path_buf();
    for part in path.components() {
        let Component::Normal(name) = part else {
            let message = format!("{} is not a path inside the output", path.display());
            return Err(Refusal {
                code: code::OUTPUT_PATH,
                message,
                help: Some(
                    "this is a mistake of oasmith's own: please report it with the document",
                ),
            });
        };
        place.push(name);
        if fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.file_type().is_symlink()) {
            return Err(Refusal {
                code: code::LINK_IN_OUTPUT,
                message: format!(
                    "{} is a symbolic link, which is not followed",
                    place.display()
                ),
                help: Some("replace the link by a file or a folder of its own"),
            });
        }
    }
    Ok(place)
}

/// A folder with content of which neither the manifest nor the root is ours.
pub(super) fn refuse_foreign(dir: &Path) -> Result<(), Refusal> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Refusal::io("read", dir, &error)),
    };
    let visible = entries
        .filter_map(Result::ok)
        .any(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let ours = ["Cargo.toml", "src/lib.rs"]
        .iter()
        .any(|path| fs::read_to_string(dir.join(path)).is_ok_and(|text| is_ours(&text)));
    if !visible || ours {
        return Ok(());
    }
    Err(Refusal {
        code: code::FOREIGN_FOLDER,
        message: format!("{} is not empty, and was not generated", dir.display()),
        help: Some("choose another folder, or write into this one with --force"),
    })
}

/// Makes a folder and remembers what was made, the outermost first.
pub(super) fn make(dir: &Path, made: &mut Vec<PathBuf>) -> Result<(), Refusal> {
    let missing: Vec<&Path> = dir
        .ancestors()
        .take_while(|dir| !dir.as_os_str().is_empty() && !dir.exists())
        .collect();
    for dir in missing.into_iter().rev() {
        fs::create_dir(dir).map_err(|error| Refusal::io("make", dir, &error))?;
        made.push(dir.to_path_buf());
    }
    Ok(())
}

/// Files below the folder that are ours and are no longer generated, in order.
pub(super) fn stale(files: &[File], dir: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let wanted: BTreeSet<&Path> = files.iter().map(|file| file.path.as_path()).collect();
    let mut stale = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let here = dir.join(&folder);
        let entries = match fs::read_dir(&here) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(Refusal::io("read", &here, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| Refusal::io("read", &here, &error))?;
            let kind = entry
                .file_type()
                .map_err(|error| Refusal::io("read", &entry.path(), &error))?;
            let path = folder.join(entry.file_name());
            if kind.is_dir() {
                // Another package below this one has its own generator, or none.
                let other = SKIPPED.iter().any(|name| entry.file_name() == *name)
                    || entry.path().join("Cargo.toml").exists();
                if !other {
                    folders.push(path);
                }
            } else if kind.is_file()
                && !wanted.contains(path.as_path())
                && head_is_ours(&entry.path())
            {
                stale.push(path);
            }
        }
    }
    stale.sort();
    Ok(stale)
}

/// Reads no more of a file than its head: it may be anything.
fn head_is_ours(place: &Path) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    let read = fs::File::open(place).and_then(|file| file.take(1024).read_to_end(&mut head));
    read.is_ok() && is_ours(&String::from_utf8_lossy(&head))
}

/// Removes the folders that a removed file leaves empty, up to the output's own.
pub(super) fn remove_empty_parents(dir: &Path, path: &Path) {
    for parent in path
        .ancestors()
        .skip(1)
        .take_while(|parent| !parent.as_os_str().is_empty())
    {
        if fs::remove_dir(dir.join(parent)).is_err() {
            break;
        }
    }
}
