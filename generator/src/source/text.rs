//! The files of a run: their names, texts and lines.

use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(pub(crate) u16);

/// Byte offsets in the text of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

#[derive(Debug)]
pub(crate) struct SourceFile {
    /// As messages show it: the path as given, with forward slashes.
    pub(crate) name: String,
    /// `None` for a text that is in no file.
    pub(crate) path: Option<PathBuf>,
    pub(crate) text: Arc<str>,
    /// Offset of the start of each line.
    lines: Vec<u32>,
}

impl SourceFile {
    pub(crate) fn new(name: String, path: Option<PathBuf>, text: Arc<str>) -> Self {
        let starts = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at as u32 + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self {
            name,
            path,
            text,
            lines,
        }
    }

    /// Line and column of an offset, both from 1, the column in characters.
    pub(crate) fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self
            .lines
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        let start = self.lines[line] as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self
            .text
            .get(start..end)
            .map_or(0, |before| before.chars().count());
        (line + 1, column + 1)
    }

    /// The text of a line, counted from 1, without its line end.
    pub(crate) fn line(&self, line: usize) -> &str {
        let start = self
            .lines
            .get(line.saturating_sub(1))
            .map_or(self.text.len(), |at| *at as usize);
        let end = self
            .lines
            .get(line)
            .map_or(self.text.len(), |at| *at as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// Offset of the start of a line, counted from 1.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        self.lines
            .get(line.saturating_sub(1))
            .map_or(self.text.len(), |at| *at as usize)
    }
}

/// Every file that was read, the document itself first.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) files: Vec<SourceFile>,
}

impl Sources {
    pub(crate) fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId((self.files.len() - 1) as u16)
    }

    pub(crate) fn file(&self, id: FileId) -> &SourceFile {
        &self.files[usize::from(id.0)]
    }

    /// The paths of the files, for `rerun-if-changed`.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter_map(|file| file.path.as_deref())
    }
}

/// A path as messages show it.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
