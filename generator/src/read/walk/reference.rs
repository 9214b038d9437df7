//! References in the walk: where they lead, in circles or to another kind of object, and what stands beside them.

use std::collections::HashSet;

use super::super::grammar::{Object, Row, row};
use super::{Task, Walk};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::Version;
use crate::source::{Entry, NodeId, Value};

impl<'a> Walk<'a> {
    /// The target of a reference is of the same kind, wherever it stands.
    pub(super) fn follow(&mut self, entry: &'a Entry, task: Task<'a>) {
        let Value::String(to) = self.tree.value(entry.value) else {
            return;
        };
        match self.tree.resolve(entry.value, to) {
            Ok(target) if self.is_schema_behind(entry, &task, target) => {}
            // Schemas that go in a circle are looked at in their own way.
            Ok(target) if task.kind_of_schema() => {
                if target != task.node {
                    self.stack.push(self.led(entry, task, target));
                }
            }
            Ok(_) if self.is_circle(entry.value) => {}
            Ok(target) => self.stack.push(self.led(entry, task, target)),
            Err(_) if self.is_loose_reference(entry, &task, to) => {}
            Err(error) => {
                let fault = self.tree.unresolved(entry.value, to, &error);
                fault
                    .into_iter()
                    .for_each(|fault| self.diagnostics.report(fault));
            }
        }
    }

    /// Wherever it may lead in the end, it leads somewhere as it stands.
    pub(super) fn dynamic_reference(&mut self, entry: &Entry) {
        let Value::String(to) = self.tree.value(entry.value) else {
            return;
        };
        if self.version < Version::V3_1 {
            return;
        }
        if let Err(error) = self.tree.resolve(entry.value, to) {
            let fault = self.tree.unresolved(entry.value, to, &error);
            fault
                .into_iter()
                .for_each(|fault| self.diagnostics.report(fault));
        }
    }

    /// Whether references lead from this one back to it, or to others that do; that is reported once.
    pub(super) fn is_circle(&mut self, reference: NodeId) -> bool {
        let mut way = HashSet::new();
        let mut at = reference;
        let circle = loop {
            match self.led_in_circle.get(&at) {
                Some(known) => break *known,
                None => {
                    self.led_in_circle.insert(at, true);
                    way.insert(at);
                }
            }
            let target = self
                .tree
                .str(at)
                .and_then(|to| self.tree.resolve(at, to).ok());
            match target.and_then(|target| self.tree.get(target, "$ref")) {
                Some(next) if way.contains(&next) => {
                    let message = "this leads back to itself without a definition on the way";
                    self.diagnostics.report(
                        Diagnostic::new(code::REFERENCE_CYCLE, Place::Node(at), message)
                            .label("closes the circle")
                            .help("let one of the references be a definition"),
                    );
                    break true;
                }
                Some(next) => at = next,
                None => break false,
            }
        };
        for reference in way {
            self.led_in_circle.insert(reference, circle);
        }
        circle
    }

    /// A reference may not make one kind of object another.
    pub(super) fn other_kind(&mut self, reference: NodeId, found: Object, expected: Object) {
        // What a chain of references leads to is looked at where it ends.
        if found == expected || found == Object::Reference || expected == Object::Reference {
            return;
        }
        let (there, here) = (row(found).title, row(expected).title);
        let message =
            format!("a {there} Object stands where this leads, and a {here} Object is expected");
        let help = match (found, expected) {
            (Object::Schema, Object::Response) => {
                "it is read as a response whose body is this schema, in JSON".to_owned()
            }
            _ => format!("refer to a {here} Object"),
        };
        self.diagnostics.report(
            Diagnostic::new(code::OTHER_KIND, Place::Node(reference), message)
                .label("leads to another kind of object")
                .help(help),
        );
    }

    pub(super) fn reference_in_place(&mut self, entry: &Entry, what: &str) {
        let message = format!("a reference stands in place of {what}, where none is allowed");
        let diagnostic = Diagnostic::new(code::LOOSE_VALUE, Place::Key(entry.value), message);
        self.diagnostics.report(
            diagnostic
                .label("not allowed here")
                .help("it is followed all the same"),
        );
    }

    /// Before 3.1, whatever stands beside `$ref` is ignored. Descriptions are read all the same.
    pub(super) fn is_ignored_sibling(&self, row: &Row, entry: &Entry) -> bool {
        let kept = ["$ref", "summary", "description"].contains(&&*entry.key);
        match row.object {
            Object::Schema => self.version < Version::V3_1 && !kept,
            Object::PathItem => false,
            _ => !kept,
        }
    }

    pub(super) fn ignored_sibling(&mut self, entry: &Entry) {
        self.diagnostics.report(
            Diagnostic::new(
                code::IGNORED_SIBLING,
                Place::Key(entry.value),
                format!("`{}` beside `$ref` is ignored", entry.key),
            )
            .label("has no effect"),
        );
    }

    const fn led(&self, entry: &'a Entry, task: Task<'a>, target: NodeId) -> Task<'a> {
        Task {
            node: target,
            kind: task.kind,
            key: None,
            field: None,
            reference: Some(entry.value),
        }
    }
}

pub(super) fn has_reference(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| *entry.key == *"$ref")
}

/// Objects in place of which a reference may stand, or does in many documents.
pub(super) fn follows(object: Object) -> bool {
    matches!(
        object,
        Object::Reference | Object::Schema | Object::PathItem | Object::Operation
    )
}
