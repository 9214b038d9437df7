//! Reads the document and every file that its references reach.

use super::build::Builder;
use super::text::{FileId, SourceFile, Sources, shown};
use super::tree::{NodeId, Tree};
use super::{json, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a document may cost. The defaults are some ten times what the largest known descriptions need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Levels of nesting. A schema of 1,000 levels takes two levels of text for each.
    pub(crate) depth: usize,
    /// Bytes of all files together.
    pub(crate) bytes: usize,
    /// Values of all files together, aliases counted as often as they occur.
    pub(crate) nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 4_000,
            bytes: 256 << 20,
            nodes: 20_000_000,
        }
    }
}

/// Which file stands where; the keys are canonical paths.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) root: PathBuf,
    pub(super) by_path: BTreeMap<PathBuf, FileId>,
    /// Which file a reference in a file names, by the path as it is written.
    pub(super) by_reference: BTreeMap<(FileId, String), FileId>,
    /// The canonical path of each file, by [`FileId`].
    pub(super) paths: Vec<PathBuf>,
}

/// Reads the document at a path, and the files below its folder that its references reach.
pub(crate) fn load(
    path: &Path,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> (Sources, Option<Tree>) {
    let mut loader = Loader::new(limits);
    let canonical = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    loader.tree.files.root = canonical
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default();
    loader.file(path, canonical, None, diagnostics);
    loader.references(diagnostics);
    loader.finish()
}

/// Reads a document that is in no file.
#[cfg(test)]
pub(crate) fn load_text(
    name: &str,
    text: String,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> (Sources, Option<Tree>) {
    let mut loader = Loader::new(limits);
    loader.text(name.to_owned(), None, text, diagnostics);
    loader.finish()
}

struct Loader<'a> {
    limits: &'a Limits,
    sources: Sources,
    tree: Tree,
    bytes: usize,
}

impl<'a> Loader<'a> {
    fn new(limits: &'a Limits) -> Self {
        let tree = Tree {
            nodes: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            order: Vec::new(),
            made: String::new(),
            texts: Vec::new(),
            roots: Vec::new(),
            files: Files::default(),
        };
        Self {
            limits,
            sources: Sources::default(),
            tree,
            bytes: 0,
        }
    }

    fn finish(self) -> (Sources, Option<Tree>) {
        let whole = self.tree.roots.first().is_some_and(Option::is_some);
        (self.sources, whole.then_some(self.tree))
    }

    fn file(
        &mut self,
        path: &Path,
        canonical: PathBuf,
        from: Option<NodeId>,
        diagnostics: &mut Diagnostics,
    ) {
        let place = from.map_or(Place::Nowhere, Place::Node);
        let name = shown(path);
        let fault = |message: String| {
            Diagnostic::new(code::UNREADABLE_FILE, place, message)
                .label("refers to it")
                .help("check the path and its permissions")
        };
        let bytes = match std::fs::metadata(&canonical).and_then(|metadata| {
            let size = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
            if size > self.limits.bytes.saturating_sub(self.bytes) {
                Ok(None)
            } else {
                std::fs::read(&canonical).map(Some)
            }
        }) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let message = format!(
                    "`{name}` takes the document beyond {} bytes",
                    self.limits.bytes
                );
                diagnostics
                    .report(Diagnostic::new(code::TOO_LARGE, place, message).label("refers to it"));
                return;
            }
            Err(error) => {
                diagnostics.report(fault(format!("cannot read `{name}`: {error}")));
                return;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => {
                let id = self.text(
                    name,
                    Some((path.to_owned(), canonical.clone())),
                    text,
                    diagnostics,
                );
                self.tree.files.by_path.insert(canonical, id);
            }
            Err(error) => {
                let message = format!(
                    "`{name}` is not UTF-8 from byte {} on",
                    error.utf8_error().valid_up_to()
                );
                diagnostics.report(fault(message).help("save the file as UTF-8"));
            }
        }
    }

    fn text(
        &mut self,
        name: String,
        path: Option<(PathBuf, PathBuf)>,
        text: String,
        diagnostics: &mut Diagnostics,
    ) -> FileId {
        self.bytes += text.len();
        let without_mark = text.strip_prefix('\u{feff}').map(str::to_owned);
        let text: Arc<str> = Arc::from(without_mark.unwrap_or(text));
        let (given, canonical) = path.map_or((None, PathBuf::new()), |(given, canonical)| {
            (Some(given), canonical)
        });
        let id = self
            .sources
            .add(SourceFile::new(name, given, Arc::clone(&text)));
        self.tree.texts.push(Arc::clone(&text));
        self.tree.files.paths.push(canonical);
        self.tree.roots.push(None);
        let mut builder = Builder::new(&mut self.tree, id, self.limits, diagnostics);
        let is_json = text.trim_start().starts_with(['{', '[']);
        let read = if is_json && looks_like_json(&text) {
            json::read(&text, &mut builder)
        } else {
            yaml::read(&text, &mut builder)
        };
        let root = builder.root();
        if read.is_ok() && root.is_none() {
            builder.report(
                Diagnostic::new(
                    code::EMPTY_DOCUMENT,
                    Place::File(id),
                    "the document is empty",
                )
                .help("an OpenAPI document starts with `openapi: \"3.0.3\"`, or another version"),
            );
        }
        self.tree.roots[usize::from(id.0)] = if read.is_ok() { root } else { None };
        id
    }

    /// Reads the files that `$ref`s name, and the files that those name.
    fn references(&mut self, diagnostics: &mut Diagnostics) {
        let mut next = 0;
        while next < self.tree.nodes.len() {
            let until = self.tree.nodes.len();
            for index in next..until {
                let node = NodeId(index as u32);
                if self.tree.key(node) == Some("$ref") && !self.is_quoted(node) {
                    self.reference(node, diagnostics);
                }
            }
            next = until;
        }
    }

    /// Whether a node is part of an example or another literal value.
    fn is_quoted(&self, node: NodeId) -> bool {
        let mut at = self.tree.parent(node);
        while let Some(id) = at {
            let above = self.tree.parent(id);
            if let Some("example" | "default" | "enum" | "const" | "value" | "dataValue") =
                self.tree.key(id)
            {
                // A property or a response may have such a name too.
                let named = above.and_then(|above| self.tree.key(above));
                if !matches!(
                    named,
                    Some(
                        "properties"
                            | "patternProperties"
                            | "responses"
                            | "schemas"
                            | "definitions"
                            | "$defs"
                    )
                ) {
                    return true;
                }
            }
            at = above;
        }
        false
    }

    fn reference(&mut self, node: NodeId, diagnostics: &mut Diagnostics) {
        let Some(path) = self.tree.str(node).and_then(super::resolve::path_part) else {
            return;
        };
        let from = usize::from(self.tree.file(node).0);
        if super::resolve::is_remote(&path) {
            let message = format!("`{path}` is not on this machine");
            let help = "keep a copy beside the document and refer to that";
            diagnostics.report(
                Diagnostic::new(code::REMOTE_REFERENCE, Place::Node(node), message)
                    .label("remote")
                    .help(help),
            );
            return;
        }
        let folder = self.tree.files.paths[from]
            .parent()
            .map(Path::to_path_buf)
            .unwrap_or_default();
        let wanted = folder.join(&path);
        let Ok(canonical) = std::fs::canonicalize(&wanted) else {
            let escapes = super::resolve::normal(&wanted)
                .is_none_or(|path| !path.starts_with(&self.tree.files.root));
            let (code, message) = if escapes {
                (
                    code::ESCAPING_REFERENCE,
                    format!("`{path}` is outside of the document's folder"),
                )
            } else {
                (
                    code::UNRESOLVED_REFERENCE,
                    format!("there is no file `{path}`"),
                )
            };
            let help = "the path is taken from the file that the reference stands in";
            diagnostics.report(
                Diagnostic::new(code, Place::Node(node), message)
                    .label("refers to it")
                    .help(help),
            );
            return;
        };
        if !canonical.starts_with(&self.tree.files.root) {
            let message = format!("`{path}` is outside of the document's folder");
            let help = "move the file below the folder of the document";
            diagnostics.report(
                Diagnostic::new(code::ESCAPING_REFERENCE, Place::Node(node), message)
                    .label("leaves it")
                    .help(help),
            );
            return;
        }
        if !self.tree.files.by_path.contains_key(&canonical)
            && self.sources.files.len() < usize::from(u16::MAX)
        {
            let given = self.sources.files[from]
                .path
                .as_deref()
                .and_then(Path::parent)
                .unwrap_or(Path::new(""))
                .join(&path);
            self.file(&given, canonical.clone(), Some(node), diagnostics);
        }
        if let Some(id) = self.tree.files.by_path.get(&canonical) {
            self.tree
                .files
                .by_reference
                .insert((FileId(from as u16), path), *id);
        }
    }
}

/// YAML's flow style starts like JSON; its first key tells.
fn looks_like_json(text: &str) -> bool {
    let inner = text
        .trim_start()
        .trim_start_matches(['{', '['])
        .trim_start();
    inner.is_empty()
        || inner.starts_with(['"', '{', '[', ']', '}', '-', 't', 'f', 'n'])
        || inner.starts_with(|c: char| c.is_ascii_digit())
}
