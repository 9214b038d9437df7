//! Finds what can be referred to (`$id`, `$anchor`, `$dynamicAnchor`, `$self`), and which files references name.

use super::tree::{NodeId, Tree, Value};
use super::uri;

/// Keys whose values are literal: nothing in them is a reference or a name.
const LITERAL: [&str; 6] = ["example", "default", "enum", "const", "value", "dataValue"];

/// Maps whose keys are names of the document's own.
const NAMES: [&str; 8] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "responses",
    "schemas",
    "definitions",
    "$defs",
    "examples",
];

/// Keys that say what stands under them, and not which one.
const STRUCTURE: [&str; 22] = [
    "components",
    "schemas",
    "definitions",
    "$defs",
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "schema",
    "content",
    "responses",
    "requestBody",
    "requestBodies",
    "parameters",
    "headers",
    "paths",
    "pathItems",
];

impl Tree {
    /// Whether schemas may have an `$id` and anchors: in every version since 3.1, which took JSON Schema's words over.
    pub(super) fn knows_ids(&self) -> bool {
        let root = self.root();
        let old = self
            .get(root, "openapi")
            .and_then(|version| self.str(version));
        self.get(root, "swagger").is_none() && old.is_none_or(|version| !version.starts_with("3.0"))
    }

    /// Takes note of the resources and anchors that keywords give.
    pub(super) fn address(&mut self, keywords: &[NodeId]) {
        let named = |tree: &Self, key: &str| -> Vec<(NodeId, NodeId, String)> {
            let values = keywords.iter().filter(|node| tree.key(**node) == Some(key));
            let values = values.filter(|node| !tree.is_literal(**node));
            values
                .filter_map(|node| Some((*node, tree.parent(*node)?, tree.str(*node)?.to_owned())))
                .collect()
        };
        for (_, parent, uri) in named(self, "$self") {
            let file = self.home_file(parent);
            if self.parent(parent).is_none() {
                let base = uri::join(
                    &self.addresses.bases[usize::from(file.0)],
                    uri::split(&uri).0,
                );
                self.addresses.resources.insert(base.clone(), parent);
                self.addresses.bases[usize::from(file.0)] = base;
            }
        }
        let mut identified = named(self, "$id");
        // The outer ones first: the inner ones are taken from them.
        identified.sort_by_cached_key(|(node, ..)| self.depth(*node));
        let mut anchors = Vec::new();
        for (node, parent, id) in identified {
            match uri::split(&id) {
                // Before draft 2019-09 this is how an anchor was written.
                ("", name) => anchors.push((node, parent, name.to_owned())),
                (path, _) => {
                    let uri = uri::join(self.base(parent), path);
                    self.addresses
                        .resources
                        .entry(uri.clone())
                        .or_insert(parent);
                    self.addresses.embedded.insert(parent, uri);
                }
            }
        }
        anchors.extend(named(self, "$anchor"));
        for (_, parent, name) in anchors {
            let resource = self.resource(parent);
            self.addresses
                .anchors
                .entry((resource, name))
                .or_insert(parent);
        }
        for (_, parent, name) in named(self, "$dynamicAnchor") {
            let resource = self.resource(parent);
            let known = self.addresses.anchors.entry((resource, name.clone()));
            if *known.or_insert(parent) == parent {
                *self.addresses.candidates.entry(name.clone()).or_default() += 1;
                let all = self.addresses.dynamic.entry(resource).or_default();
                all.push((name, parent));
            }
        }
    }

    /// The nodes at a keyword that name a file, with the part of the reference that does.
    pub(super) fn named_files(&self, node: NodeId) -> Vec<(NodeId, String)> {
        let file = |node: NodeId| {
            let (path, _) = uri::split(self.str(node)?);
            (!path.is_empty()).then(|| (node, path.to_owned()))
        };
        let found: Vec<_> = match (self.key(node), self.value(node)) {
            (Some("$ref" | "$dynamicRef" | "operationRef"), _) => file(node).into_iter().collect(),
            (Some("$schema"), _) => file(node)
                .filter(|(_, uri)| !is_known_dialect(uri))
                .into_iter()
                .collect(),
            // What has none of these is the name of a schema.
            (Some("mapping"), Value::Map(entries)) => entries
                .iter()
                .filter(|entry| {
                    let text = self.str(entry.value).unwrap_or_default();
                    text.contains(['/', '#', '.', ':'])
                })
                .filter_map(|entry| file(entry.value))
                .collect(),
            _ => Vec::new(),
        };
        if found.is_empty() || self.is_literal(node) {
            return Vec::new();
        }
        found
    }

    /// Words for a node that has no name of its own: the last keys on the way to it that are the document's, else its file.
    pub(crate) fn words(&self, node: NodeId) -> String {
        const WORDS: usize = 2;
        let mut words: Vec<String> = Vec::new();
        let mut at = Some(node);
        while let Some(id) = at.filter(|_| words.len() < WORDS) {
            if let Some(key) = self
                .key(id)
                .filter(|key| !STRUCTURE.contains(key) && !key.contains('/'))
            {
                words.push(key.to_owned());
            }
            at = self.parent(id);
        }
        if words.is_empty() {
            let path = &self.files.paths[usize::from(self.home_file(node).0)];
            let stem = path.file_stem().unwrap_or_default();
            words.push(stem.to_string_lossy().into_owned());
        }
        words.reverse();
        words.join(" ")
    }

    /// The metaschema that the resource of a node names, if there is a copy of it. Nothing has to be read of the known ones.
    pub(crate) fn metaschema(&self, node: NodeId) -> Option<NodeId> {
        let named = self.get(self.resource(node), "$schema")?;
        let uri = self.str(named).filter(|uri| !is_known_dialect(uri))?;
        self.resolve(named, uri).ok()
    }

    /// Whether anything of this run is written in a dialect of its own.
    pub(crate) fn has_dialects(&self) -> bool {
        let mut named = self
            .keywords
            .iter()
            .filter(|node| self.key(**node) == Some("$schema"));
        named.any(|node| self.str(*node).is_some_and(|uri| !is_known_dialect(uri)))
    }

    fn depth(&self, node: NodeId) -> usize {
        std::iter::successors(Some(node), |node| self.parent(*node)).count()
    }

    /// Whether a node is part of an example or another literal value.
    fn is_literal(&self, node: NodeId) -> bool {
        let mut at = self.parent(node);
        while let Some(id) = at {
            let above = self.parent(id);
            // Under these names a property or a response is just that.
            let is_name = || {
                above
                    .and_then(|above| self.key(above))
                    .is_some_and(|key| NAMES.contains(&key))
            };
            match self.key(id) {
                Some(key) if LITERAL.contains(&key) && !is_name() => return true,
                Some("examples") if matches!(self.value(id), Value::List(_)) => return true,
                _ => at = above,
            }
        }
        false
    }
}

/// Whether a metaschema is JSON Schema's own or OpenAPI's: these assert whatever they have words for.
fn is_known_dialect(uri: &str) -> bool {
    ["://json-schema.org/", "://spec.openapis.org/"]
        .iter()
        .any(|own| uri.contains(own))
}
