//! Changes a tree: overlays do, before anything else looks at it. Each node keeps the span of the text that wrote it.

use super::load::Limits;
use super::tree::{Entry, Kind, NodeId, SMALL, Text, Tree, Value, is_keyword, mark};
use std::collections::HashSet;

/// The tree would hold more values than the limits allow.
pub(super) struct TooLarge;

impl Tree {
    /// Gives every place below a root a value of its own: YAML's aliases and merge keys share them.
    pub(super) fn unshare(&mut self, root: NodeId, limits: &Limits) -> Result<(), TooLarge> {
        let mut met = HashSet::from([root]);
        let mut work = vec![root];
        while let Some(container) = work.pop() {
            for position in 0..self.member_count(container) {
                let member = self.member(container, position);
                let is_own = self.node(member).parent == Some(container)
                    && self.node(member).position as usize == position;
                let own = if is_own && met.insert(member) {
                    member
                } else {
                    let copy = self.copy(member, limits)?;
                    self.set_member(container, position, copy);
                    copy
                };
                work.push(own);
            }
        }
        Ok(())
    }

    /// A copy of a value and all below it, with its spans.
    pub(super) fn copy(&mut self, node: NodeId, limits: &Limits) -> Result<NodeId, TooLarge> {
        let copy = self.shallow(node, limits)?;
        let mut work = vec![copy];
        while let Some(container) = work.pop() {
            match self.node(container).kind {
                Kind::Map => {
                    let mut entries = self.entries(container).to_vec();
                    for entry in &mut entries {
                        entry.value = self.shallow(entry.value, limits)?;
                        work.push(entry.value);
                    }
                    self.set_entries(container, entries);
                }
                Kind::List => {
                    let mut items = self.items(container).to_vec();
                    for item in &mut items {
                        *item = self.shallow(*item, limits)?;
                        work.push(*item);
                    }
                    self.set_items(container, items);
                }
                _ => {}
            }
        }
        Ok(copy)
    }

    fn shallow(&mut self, node: NodeId, limits: &Limits) -> Result<NodeId, TooLarge> {
        if self.nodes.len() >= limits.nodes {
            return Err(TooLarge);
        }
        let mut copy = *self.node(node);
        copy.parent = None;
        self.nodes.push(copy);
        Ok(NodeId((self.nodes.len() - 1) as u32))
    }

    /// Makes a node what another is, in its own place.
    pub(super) fn become_copy(
        &mut self,
        node: NodeId,
        of: NodeId,
        limits: &Limits,
    ) -> Result<(), TooLarge> {
        let copy = self.copy(of, limits)?;
        let made = *self.node(copy);
        let own = &mut self.nodes[node.0 as usize];
        (own.kind, own.span, own.text, own.marks) = (made.kind, made.span, made.text, made.marks);
        self.adopt(node);
        Ok(())
    }

    pub(super) fn set_entries(&mut self, map: NodeId, entries: Vec<Entry>) {
        let (start, len) = (self.entries.len(), entries.len());
        self.nodes[map.0 as usize].marks = marks(&entries);
        order(&entries, &mut self.order);
        self.entries.extend(entries);
        self.set_range(map, start, len);
    }

    pub(super) fn set_items(&mut self, list: NodeId, items: Vec<NodeId>) {
        let (start, len) = (self.items.len(), items.len());
        self.items.extend(items);
        self.set_range(list, start, len);
    }

    fn set_range(&mut self, container: NodeId, start: usize, len: usize) {
        self.nodes[container.0 as usize].text = Text {
            in_file: false,
            start: start as u32,
            len: len as u32,
        };
        self.adopt(container);
    }

    /// Tells the members of a container that they stand in it.
    pub(super) fn adopt(&mut self, container: NodeId) {
        for position in 0..self.member_count(container) {
            let member = self.member(container, position);
            let member = &mut self.nodes[member.0 as usize];
            member.parent = Some(container);
            member.position = position as u32;
        }
    }

    fn member_count(&self, container: NodeId) -> usize {
        match self.value(container) {
            Value::Map(entries) => entries.len(),
            Value::List(items) => items.len(),
            _ => 0,
        }
    }

    fn member(&self, container: NodeId, position: usize) -> NodeId {
        match self.value(container) {
            Value::Map(entries) => entries[position].value,
            Value::List(items) => items[position],
            _ => container,
        }
    }

    fn set_member(&mut self, container: NodeId, position: usize, member: NodeId) {
        let node = self.node(container);
        let at = node.text.start as usize + position;
        match node.kind {
            Kind::Map => self.entries[at].value = member,
            Kind::List => self.items[at] = member,
            _ => return,
        }
        let member = &mut self.nodes[member.0 as usize];
        member.parent = Some(container);
        member.position = position as u32;
    }

    /// The keywords below a root, in the order of the document.
    pub(super) fn collected_keywords(&self, root: NodeId) -> Vec<NodeId> {
        let mut keywords = Vec::new();
        let mut work = vec![root];
        while let Some(node) = work.pop() {
            match self.value(node) {
                Value::Map(entries) => {
                    let found = entries.iter().filter(|entry| is_keyword(&entry.key));
                    keywords.extend(found.map(|entry| entry.value));
                    work.extend(entries.iter().rev().map(|entry| entry.value));
                }
                Value::List(items) => work.extend(items.iter().rev()),
                _ => {}
            }
        }
        keywords
    }
}

/// The [`mark`]s of a map.
pub(super) fn marks(entries: &[Entry]) -> u64 {
    let marks = entries.iter().map(|entry| mark(&entry.key));
    marks.fold(0, |all, mark| all | mark)
}

/// Adds the positions of a map's entries, those of a large one in the order of their keys; see [`Tree::order`].
pub(super) fn order(entries: &[Entry], order: &mut Vec<u32>) {
    let start = order.len();
    order.extend(0..entries.len() as u32);
    if entries.len() > SMALL {
        order[start..].sort_by(|a, b| entries[*a as usize].key.cmp(&entries[*b as usize].key));
    }
}
