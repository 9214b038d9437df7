//! A file that is not as it would be written, and how it differs.

use similar::TextDiff;
use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Changed,
    Missing,
    /// Ours, and no longer generated.
    Stale,
}

/// One file's difference; `Display` gives the unified diff.
#[derive(Debug)]
pub(crate) struct Difference {
    #[cfg(test)]
    pub(crate) kind: Kind,
    pub(crate) path: PathBuf,
    diff: String,
}

impl Difference {
    /// From what is on disk to what would be; line ends do not count.
    pub(super) fn new(kind: Kind, path: &Path, old: &str, new: &str) -> Self {
        let old = old.replace("\r\n", "\n");
        // Pointers and paths of the output have `/` on every system.
        let shown = path
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        let (from, to) = match kind {
            Kind::Changed => (format!("a/{shown}"), format!("b/{shown}")),
            Kind::Missing => ("/dev/null".to_owned(), format!("b/{shown}")),
            Kind::Stale => (format!("a/{shown}"), "/dev/null".to_owned()),
        };
        let diff = TextDiff::from_lines(old.as_str(), new)
            .unified_diff()
            .context_radius(3)
            .header(&from, &to)
            .to_string();
        Self {
            #[cfg(test)]
            kind,
            path: path.to_path_buf(),
            diff,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diff)
    }
}
