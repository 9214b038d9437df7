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
    /// How many characters start before each stride of the text, so that a column costs the same in a line of megabytes.
    marks: Vec<u32>,
}

/// Bytes from one mark to the next.
const STRIDE: usize = 512;

/// How many characters start in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

impl SourceFile {
    pub(crate) fn new(name: String, path: Option<PathBuf>, text: Arc<str>) -> Self {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        let mut marks = vec![0];
        for stride in text.as_bytes().chunks(STRIDE) {
            marks.push(marks[marks.len() - 1] + characters(stride) as u32);
        }
        Self {
            name,
            path,
            text,
            lines,
            marks,
        }
    }

    /// Line and column of an offset, both from 1, the column in characters.
    pub(crate) fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self
            .lines
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        let column = self.characters_before(offset) - self.characters_before(self.lines[line]);
        (line + 1, column + 1)
    }

    fn characters_before(&self, offset: u32) -> usize {
        let end = (offset as usize).min(self.text.len());
        let stride = end / STRIDE;
        let rest = &self.text.as_bytes()[stride * STRIDE..end];
        self.marks[stride] as usize + characters(rest)
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
