//! Makes a value anew of its own parts, in its own place: what `read` does where a document says a thing in another shape.

use super::text::Span;
use super::tree::{Entry, Kind, Node, NodeId, Text, Tree};
use std::sync::Arc;

/// What a value is made of. Whatever is new stands, for messages, where the old value does.
#[derive(Clone, Debug)]
pub(crate) enum New {
    /// The value as it was.
    Was,
    /// Another value of the tree, which gets a new place by this.
    Node(NodeId),
    Null,
    Flag(bool),
    Text(String),
    List(Vec<New>),
    Map(Vec<(Key, New)>),
    /// A map that stands, for messages, where another value does.
    MapAt(NodeId, Vec<(Key, New)>),
}

/// A key, and where it is written.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: Arc<str>,
    pub(crate) span: Span,
}

impl Key {
    pub(crate) fn of(entry: &Entry) -> Self {
        Self {
            name: Arc::clone(&entry.key),
            span: entry.key_span,
        }
    }
}

impl Tree {
    /// A key that the document does not write, for a value that stands at a node.
    pub(crate) fn new_key(&self, name: &str, at: NodeId) -> Key {
        Key {
            name: Arc::from(name),
            span: self.span(at),
        }
    }

    /// Makes the value at a node anew. What `new` is made of is a few levels deep at most.
    pub(crate) fn remake(&mut self, node: NodeId, new: New) {
        let was = self.added(*self.node(node));
        self.adopt(was);
        let made = self.made_of(new, was);
        let made = *self.node(made);
        let own = &mut self.nodes[node.0 as usize];
        (own.kind, own.text, own.marks) = (made.kind, made.text, made.marks);
        self.adopt(node);
    }

    fn added(&mut self, node: Node) -> NodeId {
        self.nodes.push(Node {
            parent: None,
            ..node
        });
        NodeId((self.nodes.len() - 1) as u32)
    }

    fn made_of(&mut self, new: New, was: NodeId) -> NodeId {
        let (kind, text) = match new {
            New::Was => return was,
            New::Node(node) => return node,
            New::Null => (Kind::Null, ""),
            New::Flag(true) => (Kind::True, ""),
            New::Flag(false) => (Kind::False, ""),
            New::Text(ref text) => (Kind::String, text.as_str()),
            New::List(_) => (Kind::List, ""),
            New::Map(_) | New::MapAt(..) => (Kind::Map, ""),
        };
        let text = Text {
            in_file: false,
            start: self.made.len() as u32,
            len: text.len() as u32,
        };
        if let New::Text(own) = &new {
            self.made.push_str(own);
        }
        let span = match &new {
            New::MapAt(at, _) => self.span(*at),
            _ => self.span(was),
        };
        let node = self.added(Node {
            kind,
            span,
            text,
            parent: None,
            position: 0,
            marks: 0,
        });
        match new {
            New::List(items) => {
                let items = items.into_iter().map(|item| self.made_of(item, was));
                let items = items.collect();
                self.set_items(node, items);
            }
            New::Map(entries) | New::MapAt(_, entries) => {
                let entries = entries.into_iter().map(|(key, value)| Entry {
                    key: key.name,
                    key_span: key.span,
                    value: self.made_of(value, was),
                });
                let entries: Vec<Entry> = entries.collect();
                self.set_entries(node, entries);
            }
            _ => {}
        }
        node
    }
}
