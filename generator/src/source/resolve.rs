//! Where a `$ref` leads: file, then JSON pointer (RFC 6901).

use super::text::FileId;
use super::tree::{NodeId, Tree};
use std::path::{Component, Path, PathBuf};

/// Why a reference leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ResolveError {
    /// The last node that is there, and the step that is not.
    NotFound { last: NodeId, step: String },
    /// Not a JSON pointer: a name that `$anchor` or `$id` gives.
    Anchor(String),
    /// It names a file that was not read; the fault is reported already.
    NotLoaded,
}

impl Tree {
    /// The node that a reference in a node's file leads to.
    pub(crate) fn resolve(&self, from: NodeId, reference: &str) -> Result<NodeId, ResolveError> {
        let file = match path_part(reference) {
            None => self.file(from),
            Some(path) => self
                .file_at(self.file(from), &path)
                .ok_or(ResolveError::NotLoaded)?,
        };
        let root = self.roots[usize::from(file.0)].ok_or(ResolveError::NotLoaded)?;
        let fragment = reference
            .split_once('#')
            .map_or("", |(_, fragment)| fragment);
        let pointer = decoded(fragment);
        if pointer.is_empty() {
            return Ok(root);
        }
        let Some(steps) = pointer.strip_prefix('/') else {
            return Err(ResolveError::Anchor(pointer));
        };
        let mut at = root;
        for step in steps.split('/') {
            let step = step.replace("~1", "/").replace("~0", "~");
            let next = match self.items(at) {
                [] => self.get(at, &step),
                items => step
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| items.get(index))
                    .copied(),
            };
            at = next.ok_or(ResolveError::NotFound { last: at, step })?;
        }
        Ok(at)
    }

    fn file_at(&self, from: FileId, path: &str) -> Option<FileId> {
        self.files
            .by_reference
            .get(&(from, path.to_owned()))
            .copied()
    }
}

/// The part of a reference before `#`, percent-decoded; `None` where it is empty.
pub(super) fn path_part(reference: &str) -> Option<String> {
    let path = reference.split('#').next().unwrap_or_default();
    (!path.is_empty()).then(|| decoded(path))
}

/// Whether a reference has a scheme (`https:`) or an authority (`//host`).
pub(super) fn is_remote(path: &str) -> bool {
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    path.starts_with("//")
        || scheme.is_some_and(|scheme| {
            scheme.len() > 1
                && scheme
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        })
}

/// A path without `.` and `..`; `None` where it leaves the root.
pub(super) fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            other => normal.push(other),
        }
    }
    Some(normal)
}

fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten();
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
