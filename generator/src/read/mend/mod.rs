//! What is plainly meant where a document says it in another shape than the specification's: the tree is made anew there, and
//! said to be. Whoever comes after sees a document that is written as it should be.
//!
//! The walk over the document finds such places; it is done again after each round of mending, so that what is mended is held
//! to the grammar like the rest. A document without such a fault is walked once.

mod body;
mod key;
mod object;
mod reference;
mod required;
mod shape;
mod typed;
mod word;

use super::grammar::{Object, Versions, row};
use super::walk;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Version;
use crate::source::{Entry, Key, New, NodeId, Tree, Value};
use std::collections::HashSet;

/// A value to be made anew, and what is said of it.
pub(super) struct Mend {
    pub(super) node: NodeId,
    /// `None` where another fault of the same value has it.
    pub(super) new: Option<New>,
    /// Members that an object schema requires by this.
    pub(super) required: Option<(NodeId, Vec<String>)>,
    pub(super) said: Diagnostic,
}

/// Checks a document against the grammar, mending what is plainly meant.
pub(super) fn check(tree: &mut Tree, version: Version, diagnostics: &mut Diagnostics) {
    /// Faults inside of faults that are mended.
    const MOST_ROUNDS: usize = 12;
    // What has been said not to count. Only ever looked into.
    let mut nothing: HashSet<NodeId> = HashSet::new();
    for round in 0..=MOST_ROUNDS {
        let mut said = Diagnostics::default();
        let mends = walk::walk(tree, version, round < MOST_ROUNDS, &nothing, &mut said);
        if mends.is_empty() {
            return diagnostics.absorb(said);
        }
        for mend in mends {
            diagnostics.report(mend.said);
            if let Some(new) = mend.new {
                nothing.extend(matches!(new, New::Null).then_some(mend.node));
                tree.remake(mend.node, new);
            }
            if let Some((object, names)) = mend.required {
                require(tree, object, &names);
            }
        }
    }
}

/// Adds names to what a schema requires.
fn require(tree: &mut Tree, object: NodeId, names: &[String]) {
    let mut entries: Vec<(Key, New)> = kept(tree, object, &["required"]);
    let listed = tree.get(object, "required");
    let listed = listed.map_or(&[][..], |list| tree.items(list));
    let known = |name: &&String| {
        let mut listed = listed.iter();
        listed.all(|item| tree.str(*item) != Some(name.as_str()))
    };
    let new = names.iter().filter(known).cloned().map(New::Text);
    let all = listed.iter().map(|item| New::Node(*item)).chain(new);
    entries.push((tree.new_key("required", object), New::List(all.collect())));
    tree.remake(object, New::Map(entries));
}

/// The members of a map but those.
fn kept(tree: &Tree, map: NodeId, without: &[&str]) -> Vec<(Key, New)> {
    let entries = tree.entries(map).iter();
    let entries = entries.filter(|entry| !without.contains(&&*entry.key));
    entries.map(same).collect()
}

fn same(entry: &Entry) -> (Key, New) {
    (Key::of(entry), New::Node(entry.value))
}

/// What is meant by a value, and how that is told.
pub(super) struct Meant {
    pub(super) new: New,
    pub(super) help: &'static str,
}

fn meant(new: New, help: &'static str) -> Option<Meant> {
    Some(Meant { new, help })
}

/// Tells what is meant.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) tree: &'a Tree,
    pub(super) version: Version,
}

impl<'a> Reading<'a> {
    fn key(&self, name: &str, at: NodeId) -> Key {
        self.tree.new_key(name, at)
    }

    fn text(&self, node: NodeId, key: &str) -> Option<&'a str> {
        self.tree.str(self.tree.get(node, key)?)
    }

    /// A scalar as the document writes it.
    fn scalar(&self, node: NodeId) -> Option<String> {
        match self.tree.value(node) {
            Value::String(text) | Value::Number(text) => Some(text.to_owned()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    fn has(&self, object: Object, field: &str) -> bool {
        let versions = Versions::of(self.version);
        let field = row(object).field(field, versions);
        field.is_some_and(|field| field.versions.meets(versions))
    }

    /// The value behind references.
    fn followed(&self, node: NodeId) -> NodeId {
        const MOST_STEPS: usize = 16;
        let mut at = node;
        for _ in 0..MOST_STEPS {
            let Some(reference) = self.tree.get(at, "$ref") else {
                break;
            };
            let to = self.tree.str(reference).unwrap_or_default();
            match self.tree.resolve(reference, to) {
                Ok(target) => at = target,
                Err(_) => break,
            }
        }
        at
    }

    /// Whether a map says what a schema says and no other object does.
    fn is_schema(&self, node: NodeId) -> bool {
        const SAID: [&str; 7] = [
            "type",
            "properties",
            "allOf",
            "anyOf",
            "oneOf",
            "items",
            "additionalProperties",
        ];
        SAID.iter().any(|key| self.tree.get(node, key).is_some())
    }
}
