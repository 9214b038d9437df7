//! Checks a whole document against the grammar, reporting every fault and noting how far each key is supported.
//!
//! It keeps its own stack, so that the depth of a document costs no stack, and it never looks into examples, defaults,
//! enum values and extensions: whatever stands there is right.

mod key;
mod reference;
mod value;

use std::collections::{HashMap, HashSet};

use super::grammar::{Field, Kind, Object, Row, Versions, row};
use super::mend::Mend;
use super::rule;
use super::shape::{self, Fit};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Version;
use crate::source::{Entry, NodeId, Tree, Value};
use reference::{follows, has_reference};

/// Checks everything below the root, which is an OpenAPI Object, and finds what can be mended. What is below such a place is
/// left to the next walk.
pub(super) fn walk<'a>(
    tree: &'a Tree,
    version: Version,
    mends: bool,
    nothing: &'a HashSet<NodeId>,
    diagnostics: &'a mut Diagnostics,
) -> Vec<Mend> {
    let mut walk = Walk {
        tree,
        version,
        versions: Versions::of(version),
        diagnostics,
        stack: vec![Task {
            node: tree.root(),
            kind: Kind::Object(Object::OpenApi),
            key: None,
            field: None,
            reference: None,
        }],
        met: vec![None; tree.len()],
        once: rule::Met::default(),
        led_in_circle: HashMap::new(),
        mends,
        nothing,
        found: Vec::new(),
        mended: HashSet::new(),
        asked: HashSet::new(),
    };
    while let Some(task) = walk.stack.pop() {
        walk.node(task);
    }
    rule::finish(tree, walk.diagnostics, &walk.once);
    walk.found
}

pub(super) struct Walk<'a> {
    pub(super) tree: &'a Tree,
    pub(super) version: Version,
    versions: Versions,
    diagnostics: &'a mut Diagnostics,
    stack: Vec<Task<'a>>,
    /// By node, the objects checked so far, and the reference that led to each, if one did: others may lead to it again.
    met: Vec<Option<(Object, Option<NodeId>)>>,
    once: rule::Met,
    /// References that were followed to their end, and whether there is none.
    led_in_circle: HashMap<NodeId, bool>,
    /// Whether anything is to be mended.
    pub(super) mends: bool,
    /// Values that have been said not to count.
    nothing: &'a HashSet<NodeId>,
    pub(super) found: Vec<Mend>,
    /// The nodes of those. Only ever looked into.
    pub(super) mended: HashSet<NodeId>,
    /// Maps whose keys have been asked for what they mean. Only ever looked into.
    pub(super) asked: HashSet<NodeId>,
}

/// What is still to be checked: a value, what it should be, its key, and the field it is the value of.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) node: NodeId,
    pub(super) kind: Kind,
    pub(super) key: Option<&'a str>,
    pub(super) field: Option<&'static Field>,
    /// The `$ref` that leads here, unless the value stands where it belongs.
    reference: Option<NodeId>,
}

impl Task<'_> {
    const fn kind_of_schema(&self) -> bool {
        matches!(self.kind, Kind::Object(Object::Schema))
    }

    pub(super) fn name(&self) -> String {
        self.key
            .map_or_else(|| "this".to_owned(), |key| format!("`{key}`"))
    }
}

impl<'a> Walk<'a> {
    fn node(&mut self, task: Task<'a>) {
        let tree = self.tree;
        let value = tree.value(task.node);
        match shape::fit(task.kind, value, self.version) {
            Fit::Exact => {}
            Fit::Loose if self.is_required_member(&task) => return,
            Fit::Loose if self.is_null_type(&task) => return,
            // What it is of the two is told when it is looked at as that.
            Fit::Loose if matches!(task.kind, Kind::Either(..)) => {}
            Fit::Loose if self.nothing.contains(&task.node) => {}
            Fit::Loose => self.loose(&task),
            Fit::None => return self.misfit(task),
        }
        match (task.kind, value) {
            (Kind::Either(first, second), _) => {
                let fit = |kind| shape::fit(kind, value, self.version);
                let is_first = match (fit(*first), fit(*second)) {
                    (Fit::Exact, _) | (Fit::Loose, Fit::Loose | Fit::None) => true,
                    (_, second) => second == Fit::None,
                };
                self.stack.push(Task {
                    kind: if is_first { *first } else { *second },
                    ..task
                });
            }
            (Kind::Word(words), Value::String(text)) => self.word(&task, text, words),
            (Kind::List(item), Value::List(items)) => {
                let tasks = items.iter().rev().map(|&node| Task {
                    node,
                    kind: *item,
                    key: None,
                    field: task.field,
                    reference: None,
                });
                self.stack.extend(tasks);
            }
            // `items: string`, which the message has been given for.
            (Kind::Object(Object::Schema), Value::String(_)) => {}
            (Kind::List(item), Value::String(_)) => self.stack.push(Task {
                kind: *item,
                ..task
            }),
            (Kind::Map(Kind::OrReference(Object::MediaType)), Value::Map(entries))
                if self.is_one_content(&task, entries) => {}
            (Kind::Map(_), Value::Map([entry])) if shape::is_map_reference(self.tree, entry) => {
                self.reference_in_place(entry, "a map");
                self.follow(entry, task);
            }
            (Kind::Map(item), Value::Map(entries)) => {
                let tasks = entries.iter().rev().map(|entry| member(entry, *item, None));
                self.stack.extend(tasks);
            }
            (Kind::Object(object), Value::Map(entries)) => self.object(task, row(object), entries),
            (Kind::OrReference(object), Value::Map(entries)) => {
                let is_reference = has_reference(entries);
                self.object(
                    task,
                    row(if is_reference {
                        Object::Reference
                    } else {
                        object
                    }),
                    entries,
                );
            }
            _ => {}
        }
    }

    fn object(&mut self, task: Task<'a>, row: &'static Row, entries: &'a [Entry]) {
        if let Some(met) = self.met.get_mut(task.node.0 as usize) {
            match met {
                Some((object, first)) => {
                    let (object, first) = (*object, *first);
                    return match task.reference {
                        Some(reference) => self.other_kind(reference, object, row.object),
                        None => first.into_iter().for_each(|first| {
                            self.other_kind(first, row.object, object);
                        }),
                    };
                }
                None => *met = Some((row.object, task.reference)),
            }
        }
        if self.is_mended_object(task.node, row, entries) {
            return;
        }
        let reference = has_reference(entries) && follows(row.object);
        let first = self.stack.len();
        for entry in entries {
            if row.extensible && entry.key.starts_with("x-") {
                continue;
            }
            if reference && *entry.key == *"$ref" {
                self.follow(entry, task);
                if row.object == Object::Operation {
                    self.reference_in_place(entry, "an Operation Object");
                }
            }
            if row.object == Object::Schema && *entry.key == *"$dynamicRef" {
                self.dynamic_reference(entry);
            }
            if reference && self.is_ignored_sibling(row, entry) {
                self.ignored_sibling(entry);
                continue;
            }
            match row.field(&entry.key, self.versions) {
                None if reference && *entry.key == *"$ref" => {}
                Some(field) if field.versions.meets(self.versions) => self.known(entry, field),
                Some(field) if reference && row.object == Object::Reference => {
                    self.known(entry, field)
                }
                Some(field) => self.wrong_version(entry, row, field),
                None => self.rest(entry, row),
            }
        }
        // The stack is emptied from its end; messages come in the order of the document.
        self.stack[first..].reverse();
        if !reference {
            self.missing(task.node, row, entries);
        }
        // Beside a reference only schemas since 3.1 and path items have anything to say.
        if !reference
            || row.object == Object::PathItem
            || row.object == Object::Schema && self.version >= Version::V3_1
        {
            self.rules(task.node, row.object, entries);
        }
    }

    fn rules(&mut self, node: NodeId, object: Object, entries: &'a [Entry]) {
        let mut rules = rule::Rules {
            tree: self.tree,
            version: self.version,
            diagnostics: self.diagnostics,
            met: &mut self.once,
            node,
            entries,
        };
        rules.check(object);
    }

    pub(super) fn report(&mut self, said: Diagnostic) {
        self.diagnostics.report(said);
    }

    /// The key under which an object stands, or the object itself if it is in a list.
    pub(super) fn place(&self, node: NodeId) -> Place {
        if self.tree.key_span(node).is_some() {
            Place::Key(node)
        } else {
            Place::Node(node)
        }
    }
}

fn member<'a>(entry: &'a Entry, kind: Kind, field: Option<&'static Field>) -> Task<'a> {
    Task {
        node: entry.value,
        kind,
        key: Some(&entry.key),
        field,
        reference: None,
    }
}
