//! The arena of values: what each is, where it stands, and what it stands under.

use super::text::{FileId, Span};
use serde_json::Value as Json;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

/// A value of the document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    /// In JSON's grammar, with as many digits as were written.
    Number(&'a str),
    String(&'a str),
    List(&'a [NodeId]),
    Map(&'a [Entry]),
}

/// A member of a map.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Arc<str>,
    pub(crate) key_span: Span,
    pub(crate) value: NodeId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    False,
    True,
    Number,
    String,
    List,
    Map,
}

/// Text in a file, or in [`Tree::made`] where the file writes it in another way (escapes, folded lines).
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    pub(super) in_file: bool,
    pub(super) start: u32,
    pub(super) len: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// A scalar's text; the range of a container's members.
    pub(super) text: Text,
    pub(super) parent: Option<NodeId>,
    /// Position among the parent's members.
    pub(super) position: u32,
    /// The [`mark`]s of a map's keys.
    pub(super) marks: u64,
}

/// One arena over every file of a run. Iterative throughout: depth costs no stack, not even when it is dropped.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) items: Vec<NodeId>,
    pub(super) entries: Vec<Entry>,
    /// For each entry of a large map: the positions of its entries in the order of their keys.
    pub(super) order: Vec<u32>,
    /// Texts that no file holds as they are.
    pub(super) made: String,
    pub(super) texts: Vec<Arc<str>>,
    /// The root of each file, by [`FileId`]; `None` for one that could not be read.
    pub(super) roots: Vec<Option<NodeId>>,
    pub(super) files: super::load::Files,
    /// Values of the keys that references and their targets are made of (see [`is_keyword`]).
    pub(super) keywords: Vec<NodeId>,
    pub(super) addresses: super::resolve::Addresses,
}

/// Whether a key may have to do with references: a keyword that begins with `$`, or one of OpenAPI's two that name a target.
pub(super) fn is_keyword(key: &str) -> bool {
    key.starts_with('$') || key == "mapping" || key == "operationRef"
}

/// One bit for a key. A map is asked for many more keys than it has: most of them it has not, and its marks know.
pub(super) fn mark(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let at = |position: usize| bytes.get(position).map_or(0, |byte| u32::from(*byte));
    let last = at(bytes.len().wrapping_sub(1));
    1 << ((bytes.len() as u32 + 3 * at(1) + 7 * at(2) + 13 * last) % 64)
}

/// Maps larger than this are searched by their sorted keys.
pub(super) const SMALL: usize = 12;

impl Tree {
    /// The root of the document itself.
    pub(crate) fn root(&self) -> NodeId {
        self.roots
            .iter()
            .flatten()
            .next()
            .copied()
            .unwrap_or(NodeId(0))
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    fn text(&self, node: &Node) -> &str {
        let range = node.text.start as usize..(node.text.start + node.text.len) as usize;
        if node.text.in_file {
            &self.texts[usize::from(node.span.file.0)][range]
        } else {
            &self.made[range]
        }
    }

    fn members(node: &Node) -> std::ops::Range<usize> {
        node.text.start as usize..(node.text.start + node.text.len) as usize
    }

    pub(crate) fn value(&self, id: NodeId) -> Value<'_> {
        let node = self.node(id);
        match node.kind {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Number => Value::Number(self.text(node)),
            Kind::String => Value::String(self.text(node)),
            Kind::List => Value::List(&self.items[Self::members(node)]),
            Kind::Map => Value::Map(&self.entries[Self::members(node)]),
        }
    }

    /// The members of a map; none for anything else.
    pub(crate) fn entries(&self, id: NodeId) -> &[Entry] {
        match self.value(id) {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self, id: NodeId) -> &[NodeId] {
        match self.value(id) {
            Value::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn entry(&self, id: NodeId, key: &str) -> Option<&Entry> {
        let node = self.node(id);
        if node.marks & mark(key) == 0 {
            return None;
        }
        let entries = self.entries(id);
        if entries.len() <= SMALL {
            return entries.iter().find(|entry| *entry.key == *key);
        }
        let order = &self.order[Self::members(node)];
        let found = order
            .binary_search_by(|position| entries[*position as usize].key.as_ref().cmp(key))
            .ok()?;
        entries.get(order[found] as usize)
    }

    pub(crate) fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entry(id, key).map(|entry| entry.value)
    }

    pub(crate) fn str(&self, id: NodeId) -> Option<&str> {
        match self.value(id) {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Every text and every key of all files.
    pub(crate) fn every_text(&self) -> impl Iterator<Item = &str> {
        let texts = self.nodes.iter().filter(|node| node.kind == Kind::String);
        let keys = self.entries.iter().map(|entry| &*entry.key);
        keys.chain(texts.map(|node| self.text(node)))
    }

    pub(crate) fn number(&self, id: NodeId) -> Option<&str> {
        match self.value(id) {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar as the file has it: `1.10` where the value is the number 1.1.
    #[cfg(test)]
    pub(crate) fn raw(&self, id: NodeId) -> &str {
        let span = self.node(id).span;
        self.texts[usize::from(span.file.0)]
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    pub(crate) fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    pub(crate) fn file(&self, id: NodeId) -> FileId {
        self.node(id).span.file
    }

    /// What a node stands in.
    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// Position among the members of what a node stands in.
    pub(crate) fn position(&self, id: NodeId) -> usize {
        self.node(id).position as usize
    }

    /// The entry under whose key a node stands.
    pub(crate) fn own_entry(&self, id: NodeId) -> Option<&Entry> {
        let node = self.node(id);
        self.entries(node.parent?).get(node.position as usize)
    }

    pub(crate) fn key(&self, id: NodeId) -> Option<&str> {
        self.own_entry(id).map(|entry| &*entry.key)
    }

    pub(crate) fn key_span(&self, id: NodeId) -> Option<Span> {
        self.own_entry(id).map(|entry| entry.key_span)
    }

    /// The JSON pointer of a node from the root of its file, as a URI fragment without percent-encoding.
    pub(crate) fn pointer(&self, id: NodeId) -> String {
        let mut steps = Vec::new();
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            match self.key(at) {
                Some(key) => steps.push(key.replace('~', "~0").replace('/', "~1")),
                None => steps.push(self.node(at).position.to_string()),
            }
            at = parent;
        }
        let mut pointer = String::from("#");
        for step in steps.iter().rev() {
            pointer.push('/');
            pointer.push_str(step);
        }
        pointer
    }

    /// The number of keys below a node, itself included if it stands under one.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether two values say the same, whatever the order of their members.
    pub(super) fn is_same(&self, a: NodeId, b: NodeId) -> bool {
        let mut work = vec![(a, b)];
        while let Some((a, b)) = work.pop() {
            let same = a == b
                || match (self.value(a), self.value(b)) {
                    (Value::Null, Value::Null) => true,
                    (Value::Bool(a), Value::Bool(b)) => a == b,
                    (Value::Number(a), Value::Number(b)) | (Value::String(a), Value::String(b)) => {
                        a == b
                    }
                    (Value::List(a), Value::List(b)) => {
                        work.extend(a.iter().copied().zip(b.iter().copied()));
                        a.len() == b.len()
                    }
                    (Value::Map(own), Value::Map(other)) if own.len() == other.len() => {
                        own.iter().all(|entry| {
                            let value = self.get(b, &entry.key);
                            work.extend(value.map(|value| (entry.value, value)));
                            value.is_some()
                        })
                    }
                    _ => false,
                };
            if !same {
                return false;
            }
        }
        true
    }

    /// The value as JSON. Numbers that no machine type holds exactly become the nearest one.
    pub(crate) fn json(&self, id: NodeId) -> Json {
        // Post-order without recursion: a container is finished when its last member is.
        let mut finished: Vec<Json> = Vec::new();
        let mut work = vec![(id, false)];
        while let Some((id, entered)) = work.pop() {
            match self.value(id) {
                Value::Null => finished.push(Json::Null),
                Value::Bool(value) => finished.push(Json::Bool(value)),
                Value::Number(text) => finished.push(number(text)),
                Value::String(text) => finished.push(Json::String(text.to_owned())),
                Value::List(items) if entered => {
                    let from = finished.len() - items.len();
                    let list = finished.split_off(from);
                    finished.push(Json::Array(list));
                }
                Value::Map(entries) if entered => {
                    let from = finished.len() - entries.len();
                    let values = finished.split_off(from);
                    let keys = entries.iter().map(|entry| entry.key.to_string());
                    finished.push(Json::Object(keys.zip(values).collect()));
                }
                Value::List(items) => {
                    work.push((id, true));
                    work.extend(items.iter().rev().map(|item| (*item, false)));
                }
                Value::Map(entries) => {
                    work.push((id, true));
                    work.extend(entries.iter().rev().map(|entry| (entry.value, false)));
                }
            }
        }
        finished.pop().unwrap_or(Json::Null)
    }
}

fn number(text: &str) -> Json {
    if let Ok(value) = text.parse::<i64>() {
        return Json::from(value);
    }
    if let Ok(value) = text.parse::<u64>() {
        return Json::from(value);
    }
    text.parse::<f64>()
        .ok()
        .and_then(serde_json::Number::from_f64)
        .map_or(Json::Null, Json::Number)
}
