//! Where `$dynamicRef`s lead: to the anchor of the outermost resource that was entered on the way (JSON Schema 2020-12,
//! section 8.2.3.2).
//!
//! A name that one resource gives leads there like a `$ref`. Where several give it, each schema is read once for every set
//! of bindings it is met under, so that what comes after knows plain references only.

use std::collections::{BTreeMap, HashMap};

use super::Reader;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{Named, SchemaId};
use crate::source::NodeId;

/// Sets of bindings: from the name of an anchor to the schema that has it. The first is empty.
#[derive(Debug)]
pub(super) struct Scopes {
    list: Vec<BTreeMap<String, NodeId>>,
    known: HashMap<BTreeMap<String, NodeId>, u32>,
    /// The scope of what is being read.
    pub(super) here: u32,
    /// The scope of each schema that has one.
    pub(super) of: HashMap<SchemaId, u32>,
    /// What a node is in a scope other than the first.
    pub(super) schemas: HashMap<(NodeId, u32), SchemaId>,
    /// Whether any reference may be bound anew: without, there is one scope.
    rebinds: bool,
}

impl Scopes {
    pub(super) fn new(rebinds: bool) -> Self {
        Self {
            list: vec![BTreeMap::new()],
            known: HashMap::from([(BTreeMap::new(), 0)]),
            here: 0,
            of: HashMap::new(),
            schemas: HashMap::new(),
            rebinds,
        }
    }
}

impl Reader<'_> {
    /// The scope of a schema that is reached from here: that of its resource, within this one.
    pub(super) fn entered(&mut self, node: NodeId) -> u32 {
        const MOST: usize = 200;
        if !self.scopes.rebinds {
            return 0;
        }
        let bound = &self.scopes.list[self.scopes.here as usize];
        let resource = self.tree.resource(node);
        let more: Vec<(String, NodeId)> = self
            .tree
            .rebinding(resource)
            .filter(|(name, _)| !bound.contains_key(*name))
            .map(|(name, node)| (name.to_owned(), node))
            .collect();
        if more.is_empty() {
            return self.scopes.here;
        }
        let mut bindings = bound.clone();
        bindings.extend(more);
        if let Some(known) = self.scopes.known.get(&bindings) {
            return *known;
        }
        if self.scopes.list.len() >= MOST {
            let message = format!("`$dynamicRef`s can be bound in more than {MOST} ways");
            self.diagnostics.report(
                Diagnostic::new(code::TOO_LARGE, Place::Node(node), message)
                    .label("one way too many")
                    .help("use `$ref` where only one schema is meant"),
            );
            return self.scopes.here;
        }
        let scope = self.scopes.list.len() as u32;
        self.scopes.list.push(bindings.clone());
        self.scopes.known.insert(bindings, scope);
        scope
    }

    /// The schema that a `$dynamicRef` leads to from here.
    pub(super) fn dynamic_target(&self, reference: &Named) -> Option<NodeId> {
        let first = self.target(reference.at)?;
        let (_, name) = reference.name.split_once('#')?;
        let is_dynamic = self.string(first, "$dynamicAnchor").as_deref() == Some(name);
        let bound = self.scopes.list[self.scopes.here as usize].get(name);
        Some(bound.copied().filter(|_| is_dynamic).unwrap_or(first))
    }
}
