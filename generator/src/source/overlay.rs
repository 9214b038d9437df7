//! Applies an Overlay document (versions 1.0 and 1.1) to a tree: its actions in their order, each on what the last one left.
//!
//! Messages point into the overlay. What it writes keeps its place there, so that a later message does too.

use super::graft::TooLarge;
use super::jsonpath::Query;
use super::load::Limits;
use super::text::Span;
use super::tree::{Entry, NodeId, Tree, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, similar};
use std::collections::{BTreeMap, BTreeSet};

/// Applies the overlay whose root is given.
pub(super) fn apply(
    tree: &mut Tree,
    overlay: NodeId,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) {
    let root = tree.root();
    let mut applying = Applying {
        tree,
        root,
        limits,
        diagnostics,
    };
    let version = applying.check(overlay);
    let actions = applying.tree.get(overlay, "actions");
    let actions = actions.map(|actions| applying.tree.items(actions).to_vec());
    for action in actions.unwrap_or_default() {
        if applying.action(action, version).is_err() {
            let message = format!(
                "the overlay makes the document hold more than {} values",
                limits.nodes
            );
            let fault = Diagnostic::new(code::TOO_LARGE, Place::Node(action), message);
            applying.diagnostics.report(fault.label("this action"));
            return;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    V1_0,
    V1_1,
}

struct Applying<'a> {
    tree: &'a mut Tree,
    root: NodeId,
    limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
}

impl Applying<'_> {
    fn report(
        &mut self,
        code: &'static crate::diagnostic::Code,
        at: NodeId,
        message: impl Into<String>,
        help: &str,
    ) {
        let fault = Diagnostic::new(code, Place::Node(at), message);
        self.diagnostics.report(fault.label("here").help(help));
    }

    /// Looks at everything but the actions.
    fn check(&mut self, overlay: NodeId) -> Version {
        self.known_keys(
            overlay,
            "Overlay",
            &["overlay", "info", "extends", "actions"],
        );
        if let Some(info) = self.tree.get(overlay, "info") {
            self.known_keys(info, "Info", &["title", "version", "description"]);
            self.needed(info, "Info", &["title", "version"]);
        }
        self.needed(overlay, "Overlay", &["info"]);
        let has_actions = self
            .tree
            .get(overlay, "actions")
            .is_some_and(|actions| !self.tree.items(actions).is_empty());
        if !has_actions {
            let help = "list under `actions` what is to be changed";
            self.report(
                code::MISSING_FIELD,
                overlay,
                "the overlay has no actions",
                help,
            );
        }
        let at = self.tree.get(overlay, "overlay");
        let text = at.and_then(|at| self.tree.str(at)).unwrap_or_default();
        match text.split('.').take(2).collect::<Vec<_>>().as_slice() {
            ["1", "0"] => Version::V1_0,
            ["1", "1"] => Version::V1_1,
            _ => {
                let message = match at {
                    Some(_) => format!("`overlay: {text}` is not a supported version"),
                    None => "the overlay does not say which version it is in: it has no `overlay`"
                        .to_owned(),
                };
                let code = if at.is_some() {
                    code::UNSUPPORTED_VERSION
                } else {
                    code::MISSING_VERSION
                };
                self.report(
                    code,
                    at.unwrap_or(overlay),
                    message,
                    "Overlay 1.0 and 1.1 are supported",
                );
                Version::V1_1
            }
        }
    }

    fn known_keys(&mut self, node: NodeId, object: &str, known: &[&str]) {
        let entries = self.tree.entries(node).to_vec();
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-")) {
            if known.contains(&&*entry.key) {
                continue;
            }
            let message = format!(
                "`{}` is not a field of an overlay's {object} Object",
                entry.key
            );
            let fault = Diagnostic::new(code::UNKNOWN_KEY, Place::Span(entry.key_span), message)
                .label("unknown field");
            let near = similar(&entry.key, known.iter().copied());
            self.diagnostics.report(match near {
                Some(near) => fault.help(format!("there is `{near}`")),
                None => fault.help("a name that begins with `x-` makes it an extension"),
            });
        }
    }

    fn needed(&mut self, node: NodeId, object: &str, keys: &[&str]) {
        for key in keys
            .iter()
            .filter(|key| self.tree.get(node, key).is_none())
            .collect::<Vec<_>>()
        {
            let message = format!("an overlay's {object} Object has no `{key}`");
            self.report(code::INCOMPLETE_OBJECT, node, message, "add the field");
        }
    }

    fn action(&mut self, action: NodeId, version: Version) -> Result<(), TooLarge> {
        if !matches!(self.tree.value(action), Value::Map(_)) {
            self.report(
                code::WRONG_TYPE,
                action,
                "an action is a map",
                "write `target:` and `update:` or `remove: true`",
            );
            return Ok(());
        }
        self.known_keys(
            action,
            "Action",
            &["target", "description", "update", "remove", "copy"],
        );
        let Some(target) = self.tree.get(action, "target") else {
            self.report(
                code::MISSING_FIELD,
                action,
                "the action has no `target`",
                "say by a JSONPath what is to be changed",
            );
            return Ok(());
        };
        let Some(targets) = self.selected(target) else {
            return Ok(());
        };
        if targets.is_empty() {
            let help = "what the action was for is gone, or the path is wrong; remove or mend it";
            self.report(
                code::UNUSED_ACTION,
                target,
                "nothing in the document is here, so the action changes nothing",
                help,
            );
        }
        let remove = self.tree.get(action, "remove");
        if remove.is_some_and(|remove| matches!(self.tree.value(remove), Value::Bool(true))) {
            self.remove(&targets, target);
            return Ok(());
        }
        let copy = self.tree.get(action, "copy");
        match (self.tree.get(action, "update"), copy) {
            (Some(_), Some(copy)) => {
                let help = "make two actions of them";
                self.report(
                    code::OVERLAY_MISMATCH,
                    copy,
                    "an action has either `update` or `copy`",
                    help,
                );
                Ok(())
            }
            (Some(update), None) => self.update(&targets, update),
            (None, Some(copy)) => self.copy(&targets, copy, version),
            (None, None) => {
                let help = "write `update`, `copy` or `remove: true`";
                self.report(
                    code::MISSING_FIELD,
                    action,
                    "the action does not say what to do",
                    help,
                );
                Ok(())
            }
        }
    }

    /// The nodes of the document that a JSONPath selects; `None` where it is none.
    fn selected(&mut self, path: NodeId) -> Option<Vec<NodeId>> {
        let Some(text) = self.tree.str(path) else {
            self.report(code::WRONG_TYPE, path, "a JSONPath is a string", "quote it");
            return None;
        };
        let query = match Query::parse(text) {
            Ok(query) => query,
            Err(fault) => {
                let place = self
                    .tree
                    .place_in(path, fault.at)
                    .map_or(Place::Node(path), Place::Span);
                let message = format!("`{text}` is no JSONPath");
                let help = "a target is a query of RFC 9535, such as `$.paths['/pets'].get`";
                let fault =
                    Diagnostic::new(code::OVERLAY_PATH, place, message).label(fault.message);
                self.diagnostics.report(fault.help(help));
                return None;
            }
        };
        let found = query.select(self.tree, self.root);
        if found.is_err() {
            self.report(
                code::TOO_LARGE,
                path,
                "the path looks at more values than any document needs",
                "use fewer `..` and `*`",
            );
        }
        found.ok()
    }

    fn remove(&mut self, targets: &[NodeId], at: NodeId) {
        let mut by_parent: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
        for target in targets {
            match self.tree.parent(*target) {
                Some(parent) => {
                    by_parent.entry(parent).or_default().insert(*target);
                }
                None => self.report(
                    code::OVERLAY_MISMATCH,
                    at,
                    "the document itself cannot be removed",
                    "select a part of it",
                ),
            }
        }
        for (parent, gone) in by_parent {
            if let Value::Map(entries) = self.tree.value(parent) {
                let kept = entries.iter().filter(|entry| !gone.contains(&entry.value));
                let kept: Vec<Entry> = kept.cloned().collect();
                self.tree.set_entries(parent, kept);
            } else {
                let items = self.tree.items(parent).iter();
                let kept: Vec<NodeId> =
                    items.filter(|item| !gone.contains(item)).copied().collect();
                self.tree.set_items(parent, kept);
            }
        }
    }

    fn copy(&mut self, targets: &[NodeId], copy: NodeId, version: Version) -> Result<(), TooLarge> {
        if version < Version::V1_1 {
            let message = "`copy` is a field of actions since Overlay 1.1";
            self.report(
                code::WRONG_VERSION_KEY,
                copy,
                message,
                "write `overlay: 1.1.0`",
            );
        }
        let Some(sources) = self.selected(copy) else {
            return Ok(());
        };
        let [source] = sources.as_slice() else {
            let message = format!(
                "`copy` selects {} values, where exactly one is needed",
                sources.len()
            );
            self.report(
                code::OVERLAY_MISMATCH,
                copy,
                message,
                "select the one that is to be copied",
            );
            return Ok(());
        };
        // What is copied is as it was before the first target changed.
        let source = self.tree.copy(*source, self.limits)?;
        self.update(targets, source)
    }

    fn update(&mut self, targets: &[NodeId], update: NodeId) -> Result<(), TooLarge> {
        for target in targets {
            match (self.tree.value(*target), self.tree.value(update)) {
                (Value::Map(_), Value::Map(_)) => self.merge(*target, update)?,
                (Value::Map(_), _) => {
                    let message = format!(
                        "{} is a map, and the update is none",
                        self.tree.pointer(*target)
                    );
                    let help = "write the members that are to be added or changed";
                    self.report(code::OVERLAY_MISMATCH, update, message, help);
                }
                // A list of lists is no part of OpenAPI: a list is what it has.
                (Value::List(_), Value::List(_)) => self.merge(*target, update)?,
                (Value::List(items), _) => {
                    let mut items = items.to_vec();
                    items.push(self.tree.copy(update, self.limits)?);
                    self.tree.set_items(*target, items);
                }
                _ => self.tree.become_copy(*target, update, self.limits)?,
            }
        }
        Ok(())
    }

    /// Members of the update are added, or merged with those of the same name; lists are put together; all else replaces.
    fn merge(&mut self, target: NodeId, update: NodeId) -> Result<(), TooLarge> {
        let mut pairs = vec![(target, update)];
        while let Some((target, update)) = pairs.pop() {
            match (self.tree.value(target), self.tree.value(update)) {
                (Value::Map(own), Value::Map(new)) => {
                    let (mut entries, new) = (own.to_vec(), new.to_vec());
                    let known = entries.len();
                    for entry in new {
                        match self.tree.get(target, &entry.key) {
                            Some(value) => pairs.push((value, entry.value)),
                            None => {
                                let value = self.tree.copy(entry.value, self.limits)?;
                                entries.push(Entry { value, ..entry });
                            }
                        }
                    }
                    if entries.len() > known {
                        self.tree.set_entries(target, entries);
                    }
                }
                (Value::List(own), Value::List(new)) => {
                    let (mut items, new) = (own.to_vec(), new.to_vec());
                    for item in new {
                        items.push(self.tree.copy(item, self.limits)?);
                    }
                    self.tree.set_items(target, items);
                }
                // A key without a value in the overlay is there for what stands beside it.
                (Value::Map(_) | Value::List(_), Value::Null) => {}
                _ => self.tree.become_copy(target, update, self.limits)?,
            }
        }
        Ok(())
    }
}

impl Tree {
    /// The place of a byte in a string, if the file writes the string as it is.
    fn place_in(&self, node: NodeId, at: usize) -> Option<Span> {
        let text = self.node(node).text;
        let start = text.start + at as u32;
        text.in_file.then_some(Span {
            start,
            end: (start + 1).min(text.start + text.len).max(start),
            ..self.span(node)
        })
    }
}
