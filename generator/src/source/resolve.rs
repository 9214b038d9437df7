//! Where a reference leads: to a resource by its URI, and in it by a JSON pointer (RFC 6901) or the name of an anchor.
//!
//! A resource is a file, or a schema with an `$id` in one (JSON Schema 2020-12, section 8.2.1): references in it are taken
//! from its own URI. The addresses are collected while files are loaded; nothing is read here.

use super::text::FileId;
use super::tree::{NodeId, Tree};
use super::uri;
use crate::diagnostic::{Diagnostic, Place, code, similar};
use std::collections::{BTreeMap, HashMap};

/// Why a reference leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResolveError {
    /// The last node that is there, and the step that is not.
    NotFound { last: NodeId, step: String },
    /// The resource has no `$anchor` of this name.
    NoAnchor(String),
    /// The file was not read.
    NotLoaded(Unreachable),
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unreachable {
    Missing(String),
    /// It is outside of the folders that may be read.
    Outside(String),
    /// It is somewhere on the network.
    Remote(String),
    /// The fault was reported when it was found.
    Reported,
}

/// Which resources there are, and under which names. All maps are only ever looked into.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// The URI that references in a file are taken from, by [`FileId`].
    pub(super) bases: Vec<String>,
    /// Roots of resources by their URIs, without fragments.
    pub(super) resources: HashMap<String, NodeId>,
    /// The URIs of the resources that a file holds beside itself.
    pub(super) embedded: HashMap<NodeId, String>,
    /// Names that `$anchor` and `$dynamicAnchor` give, by resource.
    pub(super) anchors: HashMap<(NodeId, String), NodeId>,
    /// The nodes that have a `$dynamicAnchor`, by resource; by name, how many there are.
    pub(super) dynamic: BTreeMap<NodeId, Vec<(String, NodeId)>>,
    pub(super) candidates: HashMap<String, usize>,
    /// What became of each URI that a reference names: the file, or why there is none.
    pub(super) located: HashMap<String, Result<FileId, Unreachable>>,
    /// Whether nodes stand in another file than the one that writes them, as overlays make them.
    pub(super) grafted: bool,
}

impl Tree {
    /// The node that a reference at a node leads to.
    pub(crate) fn resolve(&self, from: NodeId, reference: &str) -> Result<NodeId, ResolveError> {
        let (path, fragment) = uri::split(reference);
        if !path.is_empty() {
            return self.within(self.located(from, path)?, fragment);
        }
        let resource = self.resource(from);
        let found = self.within(resource, fragment);
        // Many documents give their schemas an `$id`, and mean the document by `#/…` all the same.
        match self.home(from) {
            Some(home) if found.is_err() && home != resource => {
                self.within(home, fragment).or(found)
            }
            _ => found,
        }
    }

    /// The root of the resource that a node stands in.
    pub(crate) fn resource(&self, node: NodeId) -> NodeId {
        if self.addresses.embedded.is_empty() {
            return self.home(node).unwrap_or(node);
        }
        let mut at = node;
        while !self.addresses.embedded.contains_key(&at) {
            match self.parent(at) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at
    }

    /// The root of the file that a node stands in.
    fn home(&self, node: NodeId) -> Option<NodeId> {
        if !self.addresses.grafted {
            return self.roots[usize::from(self.file(node).0)];
        }
        let mut at = node;
        while let Some(parent) = self.parent(at) {
            at = parent;
        }
        Some(at)
    }

    /// The file that a node stands in, which is not the one that writes it if an overlay does.
    pub(super) fn home_file(&self, node: NodeId) -> FileId {
        let home = self.home(node);
        let own = self.file(node);
        if !self.addresses.grafted || home == self.roots[usize::from(own.0)] {
            return own;
        }
        let found = self.roots.iter().position(|root| *root == home);
        found.map_or(own, |file| FileId(file as u16))
    }

    /// The URI that references at a node are taken from.
    pub(super) fn base(&self, node: NodeId) -> &str {
        let resource = self.resource(node);
        match self.addresses.embedded.get(&resource) {
            Some(uri) => uri,
            None => &self.addresses.bases[usize::from(self.home_file(node).0)],
        }
    }

    fn located(&self, from: NodeId, path: &str) -> Result<NodeId, ResolveError> {
        let uri = uri::join(self.base(from), path);
        if let Some(resource) = self.addresses.resources.get(&uri) {
            return Ok(*resource);
        }
        let file = match self.addresses.located.get(&uri) {
            Some(Ok(file)) => *file,
            Some(Err(fault)) => return Err(ResolveError::NotLoaded(fault.clone())),
            None => {
                return Err(ResolveError::NotLoaded(Unreachable::Missing(
                    path.to_owned(),
                )));
            }
        };
        self.roots[usize::from(file.0)].ok_or(ResolveError::NotLoaded(Unreachable::Reported))
    }

    fn within(&self, resource: NodeId, fragment: &str) -> Result<NodeId, ResolveError> {
        let fragment = uri::decoded(fragment);
        if fragment.is_empty() {
            return Ok(resource);
        }
        let Some(steps) = fragment.strip_prefix('/') else {
            let found = self.addresses.anchors.get(&(resource, fragment.clone()));
            return found.copied().ok_or(ResolveError::NoAnchor(fragment));
        };
        let mut at = resource;
        for step in steps.split('/') {
            let step = if step.contains('~') {
                step.replace("~1", "/").replace("~0", "~")
            } else {
                step.to_owned()
            };
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

    /// The nodes of a resource that have a `$dynamicAnchor` whose name another resource has too: whoever enters the resource
    /// may bind references elsewhere to them.
    pub(crate) fn rebinding(&self, resource: NodeId) -> impl Iterator<Item = (&str, NodeId)> {
        let anchors = self.addresses.dynamic.get(&resource).into_iter().flatten();
        let several = |name: &str| {
            self.addresses
                .candidates
                .get(name)
                .is_some_and(|count| *count > 1)
        };
        anchors
            .filter(move |(name, _)| several(name))
            .map(|(name, node)| (name.as_str(), *node))
    }

    /// Whether any `$dynamicRef` of this run can lead to several places.
    pub(crate) fn has_rebinding(&self) -> bool {
        self.addresses.candidates.values().any(|count| *count > 1)
    }

    /// The message of a reference that leads nowhere; `None` if there has been one already.
    pub(crate) fn unresolved(
        &self,
        at: NodeId,
        to: &str,
        error: &ResolveError,
    ) -> Option<Diagnostic> {
        let fault = |code, message, label: &str, help: &str| {
            let fault = Diagnostic::new(code, Place::Node(at), message);
            Some(fault.label(label).help(help))
        };
        match error {
            ResolveError::NotFound { last, step } => {
                let keys = self.entries(*last).iter().map(|entry| &*entry.key);
                let near = similar(step, keys).map(|near| {
                    let near = near.replace('~', "~0").replace('/', "~1");
                    format!("there is `{}/{near}`", self.pointer(*last))
                });
                let help = near
                    .unwrap_or_else(|| "correct the reference, or add what it names".to_owned());
                let message = format!("`{to}` does not exist");
                fault(
                    code::UNRESOLVED_REFERENCE,
                    message,
                    "nothing stands there",
                    &help,
                )
            }
            ResolveError::NoAnchor(name) => {
                let message = format!("`{to}` does not exist");
                let label =
                    format!("`{name}` is no JSON pointer, and no `$anchor` gives this name");
                let help = "a JSON pointer begins with `#/`";
                fault(code::UNRESOLVED_REFERENCE, message, &label, help)
            }
            ResolveError::NotLoaded(Unreachable::Missing(path)) => {
                let message = format!("there is no file `{path}`");
                let help = "the path is taken from the file that the reference stands in";
                fault(code::UNRESOLVED_REFERENCE, message, "refers to it", help)
            }
            ResolveError::NotLoaded(Unreachable::Outside(path)) => {
                let message = format!("`{path}` is outside of the document's folder");
                let help = "move the file below the folder of the document, or allow its folder in the configuration";
                fault(code::ESCAPING_REFERENCE, message, "leaves it", help)
            }
            ResolveError::NotLoaded(Unreachable::Remote(uri)) => {
                let message = format!("`{uri}` is not on this machine");
                let help = "keep a copy, and name it under `[references]` in the configuration";
                fault(code::REMOTE_REFERENCE, message, "remote", help)
            }
            ResolveError::NotLoaded(Unreachable::Reported) => None,
        }
    }
}
