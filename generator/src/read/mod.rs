//! `Tree` to `Document`: finds the version, checks the whole tree against the grammar, and reads every object.
//!
//! Both happen for every document in one run: a fault is reported and stepped over. One reader serves all versions,
//! since the tree says what is there and older spellings are raised to the newest as they are met. In 3.0 documents the
//! objects without their children are read through `openapiv3` (see [`v3_0`]). Schemas are read from a queue, not by
//! recursion; the nesting of the other objects is bounded by the depth limit of `source`.

mod bare;
mod cycle;
mod dialect;
mod elsewhere;
mod find;
mod grammar;
mod mend;
mod object;
mod part;
mod rule;
mod schema;
mod scope;
mod shape;
mod v2;
mod v3_0;
mod version;
mod walk;

use std::collections::HashMap;

use self::elsewhere::Component;
use crate::budget::Budget;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::{
    Components, Document, Extension, Named, Or, Reference, Schema, SchemaId, Version,
};
use crate::source::{Entry, NodeId, Tree, Value};

pub use grammar::supported_features;

/// Reads a document of any supported version; `None` where the version cannot be told.
///
/// Where a document says a thing in another shape than the specification's, the tree is made anew there.
pub(crate) fn read(
    tree: &mut Tree,
    budget: &mut Budget,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let version = version::detect(tree, diagnostics)?;
    mend::check(tree, version, diagnostics);
    let reader = Reader::new(tree, version, budget, diagnostics);
    let document = if version == Version::V2_0 {
        reader.document_2_0()
    } else {
        reader.document()
    };
    cycle::report(&document, tree, diagnostics);
    Some(document)
}

/// Where a document being read has got to.
struct Reader<'a> {
    tree: &'a Tree,
    version: Version,
    budget: &'a mut Budget,
    diagnostics: &'a mut Diagnostics,
    /// Where each schema stands, in the order in which they are met and read.
    queue: Vec<NodeId>,
    /// By node: one schema each, however often it is met.
    schema_of: Vec<Option<SchemaId>>,
    scopes: scope::Scopes,
    dialects: dialect::Dialects,
    /// Those that no node holds. Only ever looked into.
    made: HashMap<SchemaId, Schema>,
    /// Targets of references, to be read once all else is.
    reached: Vec<(Named, elsewhere::Read)>,
    elsewhere: Components,
    /// The operations being read, one inside the other.
    within: Vec<NodeId>,
    /// How many callbacks, headers and encodings are being read, one inside the other.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn new(
        tree: &'a Tree,
        version: Version,
        budget: &'a mut Budget,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            tree,
            version,
            budget,
            diagnostics,
            queue: Vec::new(),
            schema_of: vec![None; tree.len()],
            scopes: scope::Scopes::new(tree.has_rebinding()),
            dialects: dialect::Dialects::new(tree.has_dialects()),
            made: HashMap::new(),
            reached: Vec::new(),
            elsewhere: Components::default(),
            within: Vec::new(),
            depth: 0,
        }
    }

    fn entries(&self, node: NodeId) -> &'a [Entry] {
        self.tree.entries(node)
    }

    /// The members of the map under a key, or of the one that a reference in its place leads to.
    fn members(&self, node: NodeId, key: &str) -> &'a [Entry] {
        const MOST_STEPS: usize = 16;
        let Some(mut map) = self.tree.get(node, key) else {
            return &[];
        };
        for _ in 0..MOST_STEPS {
            match self.entries(map) {
                [entry] if shape::is_map_reference(self.tree, entry) => {
                    match self.target(entry.value) {
                        Some(target) => map = target,
                        None => return &[],
                    }
                }
                entries => return entries,
            }
        }
        &[]
    }

    /// The items of a list. A single value that stands where a list should is a list of one.
    fn items(&self, node: NodeId, key: &str) -> Vec<NodeId> {
        let Some(list) = self.tree.get(node, key) else {
            return Vec::new();
        };
        match self.tree.value(list) {
            Value::List(items) => items.to_vec(),
            Value::String(_) => vec![list],
            _ => Vec::new(),
        }
    }

    /// A scalar as the document writes it.
    fn text(&self, node: NodeId) -> Option<String> {
        match self.tree.value(node) {
            Value::String(text) | Value::Number(text) => Some(text.to_owned()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    fn string(&self, node: NodeId, key: &str) -> Option<String> {
        self.text(self.tree.get(node, key)?)
    }

    /// One of the specification's words, in lower case: documents write them in any.
    fn word(&self, node: NodeId, key: &str) -> Option<String> {
        self.string(node, key).map(|word| word.to_ascii_lowercase())
    }

    fn named_string(&self, node: NodeId, key: &str) -> Option<Named> {
        let at = self.tree.get(node, key)?;
        Some(Named {
            name: self.text(at)?,
            at,
        })
    }

    fn strings(&self, node: NodeId, key: &str) -> Vec<String> {
        self.items(node, key)
            .into_iter()
            .filter_map(|item| self.text(item))
            .collect()
    }

    fn named_strings(&self, node: NodeId, key: &str) -> Vec<Named> {
        self.items(node, key)
            .into_iter()
            .filter_map(|at| {
                Some(Named {
                    name: self.text(at)?,
                    at,
                })
            })
            .collect()
    }

    fn flag(&self, node: NodeId, key: &str) -> Option<bool> {
        match self.tree.value(self.tree.get(node, key)?) {
            Value::Bool(flag) => Some(flag),
            Value::String(word) => shape::flag(word),
            _ => None,
        }
    }

    fn count(&self, node: NodeId, key: &str) -> Option<u64> {
        shape::count(&self.string(node, key)?)
    }

    fn number(&self, node: NodeId, key: &str) -> Option<String> {
        self.string(node, key)
            .filter(|text| shape::is_number(text) && shape::is_exact(text))
    }

    fn extensions(&self, node: NodeId) -> Vec<Extension> {
        let entries = self
            .entries(node)
            .iter()
            .filter(|entry| entry.key.starts_with("x-"));
        entries
            .map(|entry| Extension {
                name: entry.key.to_string(),
                at: entry.value,
            })
            .collect()
    }

    fn reference(&self, node: NodeId) -> Option<Reference> {
        let at = self.tree.get(node, "$ref")?;
        Some(Reference {
            at,
            to: self.text(at)?,
            summary: self.string(node, "summary"),
            description: self.string(node, "description"),
        })
    }

    /// The object at `node`, or the reference that stands in its place.
    fn or<T: Component>(&mut self, node: NodeId) -> Option<Or<T>> {
        if let Some(reference) = self.reference(node) {
            self.reach(&reference, elsewhere::read::<T>);
            return Some(Or::Reference(reference));
        }
        T::read(self, node).map(Or::Value)
    }

    /// The node that a `$ref` string names; `None` is reported by [`walk`].
    fn target(&self, reference: NodeId) -> Option<NodeId> {
        match self.tree.value(reference) {
            Value::String(to) => self.tree.resolve(reference, to).ok(),
            _ => None,
        }
    }

    /// Sees to it that the target of a reference will be read.
    fn reach(&mut self, reference: &Reference, read: elsewhere::Read) {
        if let Some(at) = self.target(reference.at) {
            self.reached.push((
                Named {
                    name: reference.to.clone(),
                    at,
                },
                read,
            ));
        }
    }

    /// Reads an object that may hold others of its kind, to a depth that no description needs and the stack bears.
    fn nested<T>(&mut self, node: NodeId, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        const DEEPEST: usize = 32;
        if self.depth == DEEPEST {
            let message = format!(
                "callbacks, headers and encodings stand in one another more than {DEEPEST} times"
            );
            self.diagnostics.report(
                Diagnostic::new(code::TOO_DEEP, Place::Node(node), message).label("too deep"),
            );
            return None;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        Some(value)
    }

    /// Each member of the map under `key`.
    fn map<T>(
        &mut self,
        node: NodeId,
        key: &str,
        read: fn(&mut Self, NodeId) -> Option<T>,
    ) -> Vec<(Named, T)> {
        let entries = self.members(node, key).iter();
        entries
            .filter_map(|entry| Some((named(entry), read(self, entry.value)?)))
            .collect()
    }

    fn or_map<T: Component>(&mut self, node: NodeId, key: &str) -> Vec<(Named, Or<T>)> {
        let entries = self.members(node, key).iter();
        entries
            .filter_map(|entry| Some((named(entry), self.or(entry.value)?)))
            .collect()
    }
}

fn named(entry: &Entry) -> Named {
    Named {
        name: entry.key.to_string(),
        at: entry.value,
    }
}

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod tests;
