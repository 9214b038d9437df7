//! Reads the document and every file that its references reach.

use super::build::Builder;
use super::encoding::{self, Loose};
use super::resolve::{Addresses, Unreachable};
use super::text::{FileId, SourceFile, Sources, Span, shown};
use super::tree::{NodeId, Tree};
use super::{json, overlay, uri, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
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
    /// Values that aliases may stand for beyond [`FOR_EACH_WRITTEN`] for each that is written.
    pub(crate) repeated: usize,
}

/// How many values a document may have by aliases for each that it writes.
const FOR_EACH_WRITTEN: usize = 8;

impl Limits {
    /// How many values a document of so many written ones may have, those that aliases stand for among them.
    pub(super) fn expanded(&self, written: usize) -> usize {
        let repeated = written.saturating_mul(FOR_EACH_WRITTEN);
        self.nodes.min(self.repeated.saturating_add(repeated))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 4_000,
            bytes: 256 << 20,
            nodes: 20_000_000,
            repeated: 1_000_000,
        }
    }
}

/// What a run may read beside the document's own folder tree. Paths are as the user gave them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reach {
    /// Folders that references may lead into.
    pub(crate) folders: Vec<PathBuf>,
    /// Overlay documents, to be applied in this order.
    pub(crate) overlays: Vec<PathBuf>,
    /// Local copies of what is on the network: a URI and a file, or a URI that ends with `/` and a folder.
    pub(crate) copies: Vec<(String, PathBuf)>,
}

/// Which file stands where; the keys are canonical paths.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// The folders whose trees may be read, the document's own first.
    pub(super) folders: Vec<PathBuf>,
    pub(super) by_path: BTreeMap<PathBuf, FileId>,
    /// The canonical path of each file, by [`FileId`].
    pub(super) paths: Vec<PathBuf>,
}

/// Reads the document at a path, and the files that its references reach.
pub(crate) fn load(
    path: &Path,
    reach: &Reach,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> (Sources, Option<Tree>) {
    let mut loader = Loader::new(reach, limits);
    let canonical = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let own = canonical.parent().map(Path::to_path_buf);
    let allowed = reach.folders.iter();
    let allowed = allowed.filter_map(|folder| std::fs::canonicalize(folder).ok());
    loader.tree.files.folders = own.into_iter().chain(allowed).collect();
    loader.file(path, canonical, None, None, diagnostics);
    loader.overlays(diagnostics);
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
    let reach = Reach::default();
    let mut loader = Loader::new(&reach, limits);
    loader.text(name.to_owned(), None, None, text, None, diagnostics);
    loader.references(diagnostics);
    loader.finish()
}

struct Loader<'a> {
    reach: &'a Reach,
    limits: &'a Limits,
    sources: Sources,
    tree: Tree,
    bytes: usize,
}

impl<'a> Loader<'a> {
    fn new(reach: &'a Reach, limits: &'a Limits) -> Self {
        let tree = Tree {
            nodes: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            order: Vec::new(),
            made: String::new(),
            texts: Vec::new(),
            roots: Vec::new(),
            files: Files::default(),
            keywords: Vec::new(),
            addresses: Addresses::default(),
        };
        Self {
            reach,
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

    /// Reads and applies the overlays, before anything in the document is looked at.
    fn overlays(&mut self, diagnostics: &mut Diagnostics) {
        let Some(root) = self.tree.roots.first().copied().flatten() else {
            return;
        };
        if self.reach.overlays.is_empty() {
            return;
        }
        self.tree.addresses.grafted = true;
        if self.tree.unshare(root, self.limits).is_err() {
            let message = format!(
                "more than {} values, aliases counted as often as they occur",
                self.limits.nodes
            );
            diagnostics.report(
                Diagnostic::new(code::TOO_LARGE, Place::Node(root), message)
                    .label("with its aliases"),
            );
            return;
        }
        for path in &self.reach.overlays {
            let canonical = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            self.file(path, canonical.clone(), None, None, diagnostics);
            let file = self.tree.files.by_path.get(&canonical);
            let overlay = file.and_then(|file| self.tree.roots[usize::from(file.0)]);
            if let Some(overlay) = overlay {
                overlay::apply(&mut self.tree, overlay, self.limits, diagnostics);
            }
        }
        self.tree.keywords = self.tree.collected_keywords(root);
    }

    fn file(
        &mut self,
        path: &Path,
        canonical: PathBuf,
        uri: Option<&str>,
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
        let (text, loose) = encoding::decoded(bytes);
        let given = Some((path.to_owned(), canonical.clone()));
        let id = self.text(name, given, uri, text, loose, diagnostics);
        self.tree.files.by_path.insert(canonical, id);
    }

    fn text(
        &mut self,
        name: String,
        path: Option<(PathBuf, PathBuf)>,
        uri: Option<&str>,
        text: String,
        loose: Option<Loose>,
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
        let base = uri.map_or_else(|| uri::of_file(&canonical), str::to_owned);
        self.tree.files.paths.push(canonical);
        self.tree.addresses.bases.push(base.clone());
        self.tree.roots.push(None);
        if let Some(loose) = loose {
            diagnostics.report(loose.said(id));
        }
        let root = self.parsed(id, &text, diagnostics);
        self.tree.roots[usize::from(id.0)] = root;
        if let Some(root) = root {
            self.tree.addresses.resources.insert(base, root);
        }
        id
    }

    /// The root of a text, JSON or YAML.
    fn parsed(&mut self, id: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<NodeId> {
        let is_json = text.trim_start().starts_with(['{', '[', '/']) && looks_like_json(text);
        let mut own = Diagnostics::default();
        let keywords = self.tree.keywords.len();
        let attempt = |text: &str, as_json: bool, tree: &mut Tree, own: &mut Diagnostics| {
            let mut builder = Builder::new(tree, id, self.limits, own);
            let read = if as_json {
                json::read(text, &mut builder)
            } else {
                yaml::read(text, &mut builder)
            };
            (read.is_ok(), builder.root())
        };
        let (mut is_read, mut root) = attempt(text, is_json, &mut self.tree, &mut own);
        // What begins like JSON may be YAML all the same, unless it is called otherwise.
        let is_named_json = self.sources.file(id).name.ends_with(".json");
        if is_json && !is_read && !is_named_json {
            let mut other = Diagnostics::default();
            self.tree.keywords.truncate(keywords);
            let (is_yaml, yaml_root) = attempt(text, false, &mut self.tree, &mut other);
            if is_yaml {
                (is_read, root, own) = (true, yaml_root, other);
            }
        }
        // Tabs that indent are no YAML; where each is taken for a space, the text may be.
        let clean = (!is_read && !is_json)
            .then(|| yaml::cleaned(text))
            .flatten();
        if let Some((clean, first)) = clean {
            let mut other = Diagnostics::default();
            self.tree.keywords.truncate(keywords);
            let (is_clean, clean_root) = attempt(&clean, false, &mut self.tree, &mut other);
            if is_clean {
                let span = Span {
                    file: id,
                    start: first as u32,
                    end: first as u32 + 1,
                };
                let message = "a tab indents, or a control character stands in the text";
                let said = Diagnostic::new(code::LOOSE_SYNTAX, Place::Span(span), message);
                other.report(said.label("read as a space").help("write spaces"));
                (is_read, root, own) = (true, clean_root, other);
            }
        }
        if is_read && root.is_none() {
            let message = "the document is empty";
            let help = "an OpenAPI document starts with `openapi: \"3.0.3\"`, or another version";
            own.report(Diagnostic::new(code::EMPTY_DOCUMENT, Place::File(id), message).help(help));
        }
        diagnostics.absorb(own);
        root.filter(|_| is_read)
    }

    /// Reads the files that references name, and the files that those name. What cannot be read is told by whoever follows
    /// the reference: it may stand in an example, or in a part that nobody looks at.
    fn references(&mut self, diagnostics: &mut Diagnostics) {
        if !self.tree.roots.first().is_some_and(Option::is_some) {
            return;
        }
        let identified = self.tree.knows_ids();
        let mut next = 0;
        while next < self.tree.keywords.len() {
            let batch = self.tree.keywords[next..].to_vec();
            next = self.tree.keywords.len();
            if identified {
                self.tree.address(&batch);
            }
            for node in batch {
                for (node, path) in self.tree.named_files(node) {
                    self.reference(node, &path, diagnostics);
                }
            }
        }
    }

    /// Finds the file that a reference at a node names, and reads it unless it has been.
    fn reference(&mut self, node: NodeId, path: &str, diagnostics: &mut Diagnostics) {
        let uri = uri::join(self.tree.base(node), path);
        if self.tree.addresses.resources.contains_key(&uri)
            || self.tree.addresses.located.contains_key(&uri)
        {
            return;
        }
        let from = self.tree.home_file(node);
        let found = self
            .locate(from, &uri, path)
            .and_then(|(canonical, is_copy)| {
                let known = |loader: &Self| loader.tree.files.by_path.get(&canonical).copied();
                if known(self).is_none() && self.sources.files.len() < usize::from(u16::MAX) {
                    let given = if is_copy {
                        canonical.clone()
                    } else {
                        self.given(from, path)
                    };
                    let uri = is_copy.then_some(uri.as_str());
                    self.file(&given, canonical.clone(), uri, Some(node), diagnostics);
                }
                known(self).ok_or(Unreachable::Reported)
            });
        self.tree.addresses.located.insert(uri, found);
    }

    /// A path as messages show it: from the file that refers to it.
    fn given(&self, from: FileId, path: &str) -> PathBuf {
        let file = self.sources.files[usize::from(from.0)].path.as_deref();
        let folder = file.and_then(Path::parent).unwrap_or(Path::new(""));
        folder.join(uri::decoded(path))
    }

    /// The canonical path of what a URI names, and whether it is a copy of something on the network.
    fn locate(&self, from: FileId, uri: &str, path: &str) -> Result<(PathBuf, bool), Unreachable> {
        if let Some(copy) = self.copy(uri) {
            return copy.map(|path| (path, true));
        }
        if let Some(wanted) = uri::path_of(uri) {
            return self.local(&wanted, path).map(|path| (path, false));
        }
        // A document that calls itself by a URL (`$self`, `$id`) still has its neighbours beside it.
        let folder = self.tree.files.paths[usize::from(from.0)].parent();
        match folder.filter(|_| !uri::is_absolute(path)) {
            Some(folder) => self
                .local(&folder.join(uri::decoded(path)), path)
                .map(|path| (path, false))
                .map_err(|_| Unreachable::Remote(uri.to_owned())),
            None => Err(Unreachable::Remote(uri.to_owned())),
        }
    }

    /// The copy that the configuration names for a URI: the one that says most of it.
    fn copy(&self, uri: &str) -> Option<Result<PathBuf, Unreachable>> {
        let fits = |known: &str| known == uri || (known.ends_with('/') && uri.starts_with(known));
        let copies = self.reach.copies.iter().filter(|(known, _)| fits(known));
        let (known, copy) = copies.max_by_key(|(known, _)| known.len())?;
        let missing = |path: &Path| Unreachable::Missing(shown(path));
        let Ok(canonical) = std::fs::canonicalize(copy) else {
            return Some(Err(missing(copy)));
        };
        if known == uri {
            return Some(Ok(canonical));
        }
        let rest = uri::decoded(&uri[known.len()..]);
        let wanted = canonical.join(rest.split('?').next().unwrap_or_default());
        Some(match std::fs::canonicalize(&wanted) {
            Ok(path) if path.starts_with(&canonical) => Ok(path),
            Ok(path) => Err(Unreachable::Outside(shown(&path))),
            Err(_) => Err(missing(&wanted)),
        })
    }

    /// The canonical path of a file that may be read. Links count as what they lead to.
    fn local(&self, wanted: &Path, path: &str) -> Result<PathBuf, Unreachable> {
        let folders = &self.tree.files.folders;
        let allowed = |path: &Path| folders.iter().any(|folder| path.starts_with(folder));
        let path = uri::decoded(path);
        match std::fs::canonicalize(wanted) {
            Ok(canonical) if allowed(&canonical) => Ok(canonical),
            // Whether there is a file outside is nobody's business.
            Ok(_) => Err(Unreachable::Outside(path)),
            Err(_) if normal(wanted).is_some_and(|wanted| allowed(&wanted)) => {
                Err(Unreachable::Missing(path))
            }
            Err(_) => Err(Unreachable::Outside(path)),
        }
    }
}

/// A path without `.` and `..`; `None` where it leaves the root.
fn normal(path: &Path) -> Option<PathBuf> {
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

/// YAML's flow style starts like JSON; its first key tells.
fn looks_like_json(text: &str) -> bool {
    let inner = text
        .trim_start()
        .trim_start_matches(['{', '['])
        .trim_start();
    inner.is_empty()
        || inner.starts_with(['"', '{', '[', ']', '}', '-', 't', 'f', 'n', '/'])
        || inner.starts_with(|c: char| c.is_ascii_digit())
}
