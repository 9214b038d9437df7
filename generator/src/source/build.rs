//! Builds a [`Tree`] from the events of a parser: containers by an explicit stack, keys interned, duplicates found.

use super::graft::{marks, order};
use super::load::Limits;
use super::text::{FileId, Span};
use super::tree::{Entry, Kind, Node, NodeId, SMALL, Text, Tree, is_keyword};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use std::collections::HashSet;
use std::sync::Arc;

/// A parse goes no further: the fault is reported.
pub(super) struct Stop;

/// A container whose end has not been read.
struct Open {
    node: NodeId,
    is_map: bool,
    /// Where its items or entries begin among those of all open containers.
    start: usize,
    /// The key that waits for its value.
    key: Option<(Arc<str>, Span)>,
    /// Nodes below it, aliases counted as often as they occur.
    size: u64,
}

pub(super) struct Builder<'a> {
    tree: &'a mut Tree,
    file: FileId,
    limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
    open: Vec<Open>,
    items: Vec<NodeId>,
    entries: Vec<Entry>,
    root: Option<NodeId>,
    keys: HashSet<Arc<str>>,
    /// Whether `<<` is YAML's merge key; in JSON it is a key like any other.
    pub(super) merges: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        tree: &'a mut Tree,
        file: FileId,
        limits: &'a Limits,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            tree,
            file,
            limits,
            diagnostics,
            open: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            root: None,
            keys: HashSet::new(),
            merges: false,
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.report(diagnostic);
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span {
            file: self.file,
            start: start as u32,
            end: end as u32,
        }
    }

    /// The finished root.
    pub(super) fn root(&self) -> Option<NodeId> {
        self.root.filter(|_| self.open.is_empty())
    }

    /// Whether all that has been read is null.
    pub(super) fn is_null(&self) -> bool {
        let root = self.root.map(|root| self.tree.value(root));
        matches!(root, Some(super::Value::Null))
    }

    /// Whether a map waits for a key.
    pub(super) fn wants_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.is_map && open.key.is_none())
    }

    pub(super) fn in_map(&self) -> Option<bool> {
        self.open.last().map(|open| open.is_map)
    }

    pub(super) fn key(&mut self, key: &str, span: Span) {
        let key = self.interned(key);
        if let Some(open) = self.open.last_mut() {
            open.key = Some((key, span));
        }
    }

    /// A key that the file writes with escapes.
    pub(super) fn made_key(&mut self, text: Text, span: Span) {
        let key = self.tree.made[text.start as usize..(text.start + text.len) as usize].to_owned();
        self.key(&key, span);
    }

    fn interned(&mut self, key: &str) -> Arc<str> {
        if let Some(known) = self.keys.get(key) {
            return Arc::clone(known);
        }
        let key: Arc<str> = Arc::from(key);
        self.keys.insert(Arc::clone(&key));
        key
    }

    /// Keeps a text that the file writes in another way.
    pub(super) fn made(&mut self, text: &str) -> Text {
        let start = self.tree.made.len() as u32;
        self.tree.made.push_str(text);
        Text {
            in_file: false,
            start,
            len: text.len() as u32,
        }
    }

    pub(super) fn scalar(&mut self, kind: Kind, span: Span, text: Text) -> Result<NodeId, Stop> {
        let node = self.add(kind, span, text)?;
        self.place(node, 1)?;
        Ok(node)
    }

    pub(super) fn start(&mut self, is_map: bool, span: Span) -> Result<NodeId, Stop> {
        if self.open.len() >= self.limits.depth {
            let message = format!("nested deeper than {} levels", self.limits.depth);
            self.report(
                Diagnostic::new(code::TOO_DEEP, Place::Span(span), message)
                    .label("this level is too deep")
                    .help("no API description needs this depth; split the document if it is really meant"),
            );
            return Err(Stop);
        }
        let kind = if is_map { Kind::Map } else { Kind::List };
        let node = self.add(
            kind,
            span,
            Text {
                in_file: false,
                start: 0,
                len: 0,
            },
        )?;
        let start = if is_map {
            self.entries.len()
        } else {
            self.items.len()
        };
        self.open.push(Open {
            node,
            is_map,
            start,
            key: None,
            size: 1,
        });
        Ok(node)
    }

    pub(super) fn end(&mut self, end: usize) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else {
            return Err(Stop);
        };
        let (start, len) = if open.is_map {
            self.store_entries(&open)
        } else {
            self.store_items(&open)
        };
        self.adopt(open.node, start, len, open.is_map);
        let node = &mut self.tree.nodes[open.node.0 as usize];
        node.text = Text {
            in_file: false,
            start: start as u32,
            len: len as u32,
        };
        node.span.end = end as u32;
        self.place(open.node, open.size)
    }

    /// Puts an alias of a finished node where the next value belongs.
    pub(super) fn alias(&mut self, node: NodeId, size: u64) -> Result<(), Stop> {
        self.place(node, size)
    }

    /// Nodes below the innermost open container, aliases counted as often as they occur.
    pub(super) fn size(&self) -> u64 {
        self.open.last().map_or(1, |open| open.size)
    }

    pub(super) fn depth_limit(&self) -> usize {
        self.limits.depth
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    fn add(&mut self, kind: Kind, span: Span, text: Text) -> Result<NodeId, Stop> {
        if self.tree.nodes.len() >= self.limits.nodes {
            let message = format!("more than {} values", self.limits.nodes);
            self.report(
                Diagnostic::new(code::TOO_LARGE, Place::Span(span), message)
                    .label("this value is one too many"),
            );
            return Err(Stop);
        }
        self.tree.nodes.push(Node {
            kind,
            span,
            text,
            parent: None,
            position: 0,
            marks: 0,
        });
        Ok(NodeId((self.tree.nodes.len() - 1) as u32))
    }

    fn place(&mut self, node: NodeId, size: u64) -> Result<(), Stop> {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.size = open.size.saturating_add(size);
        if open.size > self.limits.expanded(self.tree.nodes.len()) as u64 {
            let span = self.tree.node(node).span;
            let message = "aliases expand the document beyond every limit";
            self.report(
                Diagnostic::new(code::YAML_BOMB, Place::Span(span), message)
                    .label("repeated by aliases of aliases")
                    .help("write the value once and refer to it by `$ref`"),
            );
            return Err(Stop);
        }
        if !open.is_map {
            self.items.push(node);
        } else if let Some((key, key_span)) = open.key.take() {
            if is_keyword(&key) {
                self.tree.keywords.push(node);
            }
            self.entries.push(Entry {
                key,
                key_span,
                value: node,
            });
        }
        Ok(())
    }

    /// YAML's merge key: the members of other maps, unless the map has its own.
    fn merge(&mut self, start: usize) {
        let own = &self.entries[start..];
        if !own.iter().any(|entry| &*entry.key == "<<") {
            return;
        }
        let tree = &*self.tree;
        let mut sources: Vec<NodeId> = Vec::new();
        let mut keys: Vec<Span> = Vec::new();
        let mut own = self.entries.split_off(start);
        own.retain(|entry| {
            let merged = (&*entry.key == "<<").then(|| merged(tree, entry.value));
            let merged = merged.flatten();
            keys.extend(merged.is_some().then_some(entry.key_span));
            sources.extend(merged.iter().flatten());
            merged.is_none()
        });
        let mut known: HashSet<Arc<str>> = own.iter().map(|entry| Arc::clone(&entry.key)).collect();
        for source in sources {
            for entry in tree.entries(source) {
                if known.insert(Arc::clone(&entry.key)) {
                    own.push(entry.clone());
                }
            }
        }
        self.entries.append(&mut own);
        for pair in keys.windows(2) {
            let message = "`<<` stands here twice";
            let fault = Diagnostic::new(code::DUPLICATE_NAME, Place::Span(pair[1]), message);
            self.report(
                fault
                    .label("second")
                    .also(Place::Span(pair[0]), "first")
                    .help("list the maps under one: `<<: [*a, *b]`"),
            );
        }
    }

    /// Reports keys that a map has twice, and gives the places of those that say the same again. `order` has its entries by
    /// their keys, where it is large.
    fn repeated(&mut self, start: usize, order: usize) -> Vec<usize> {
        let entries = &self.entries[start..];
        // The second and the first place.
        let mut repeated: Vec<(usize, usize)> = Vec::new();
        // Keys of a file are interned.
        let is_same = |a: usize, b: usize| Arc::ptr_eq(&entries[a].key, &entries[b].key);
        if entries.len() <= SMALL {
            for index in 1..entries.len() {
                let first = (0..index).find(|first| is_same(*first, index));
                repeated.extend(first.map(|first| (index, first)));
            }
        } else {
            for pair in self.tree.order[order..].windows(2) {
                let (a, b) = (pair[0] as usize, pair[1] as usize);
                if is_same(a, b) {
                    repeated.push((a.max(b), a.min(b)));
                }
            }
        }
        let mut again = Vec::new();
        let mut faults = Vec::new();
        for (second, first) in repeated {
            let (place, (second, first)) = (second, (&entries[second], &entries[first]));
            let (code, help) = if self.tree.is_same(second.value, first.value) {
                again.push(place);
                (code::DUPLICATE_NAME, "remove one of the two")
            } else {
                (code::DUPLICATE_KEY, "remove one of the two, or rename it")
            };
            let message = format!("`{}` stands here twice", second.key);
            let fault = Diagnostic::new(code, Place::Span(second.key_span), message)
                .label("second")
                .also(Place::Span(first.key_span), "first");
            faults.push(fault.help(help));
        }
        faults.into_iter().for_each(|fault| self.report(fault));
        again.sort_unstable();
        again
    }

    fn store_items(&mut self, open: &Open) -> (usize, usize) {
        let start = self.tree.items.len();
        self.tree.items.extend(self.items.drain(open.start..));
        (start, self.tree.items.len() - start)
    }

    fn store_entries(&mut self, open: &Open) -> (usize, usize) {
        if self.merges {
            self.merge(open.start);
        }
        let start = self.tree.entries.len();
        let own = &self.entries[open.start..];
        self.tree.nodes[open.node.0 as usize].marks = marks(own);
        order(own, &mut self.tree.order);
        let again = self.repeated(open.start, start);
        if !again.is_empty() {
            for place in again.into_iter().rev() {
                self.entries.remove(open.start + place);
            }
            self.tree.order.truncate(start);
            order(&self.entries[open.start..], &mut self.tree.order);
        }
        self.tree.entries.extend(self.entries.drain(open.start..));
        (start, self.tree.entries.len() - start)
    }

    /// Tells the members of a container that they stand in it; an alias keeps its first place.
    fn adopt(&mut self, container: NodeId, start: usize, len: usize, is_map: bool) {
        for position in 0..len {
            let member = if is_map {
                self.tree.entries[start + position].value
            } else {
                self.tree.items[start + position]
            };
            let node = &mut self.tree.nodes[member.0 as usize];
            if node.parent.is_none() {
                node.parent = Some(container);
                node.position = position as u32;
            }
        }
    }
}

/// The maps that a merge key names, if it names maps.
fn merged(tree: &Tree, value: NodeId) -> Option<Vec<NodeId>> {
    let is_map = |node: &NodeId| matches!(tree.value(*node), super::Value::Map(_));
    match tree.value(value) {
        super::Value::Map(_) => Some(vec![value]),
        super::Value::List(items) if items.iter().all(is_map) => Some(items.to_vec()),
        _ => None,
    }
}
