//! The rules of links: that they lead to an operation, and to parameters that it has.

use super::{Met, Rules, code};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::source::{NodeId, Tree};

impl Rules<'_, '_> {
    pub(super) fn link(&mut self) {
        self.linked_values();
        match (self.get("operationId"), self.get("operationRef")) {
            (None, None) => self.absent(
                "`operationId` or `operationRef`",
                "say where the link leads",
            ),
            (Some(id), _) => self.met.linked.push(id),
            (None, Some(at)) => self.operation_ref(at),
        }
    }

    fn operation_ref(&mut self, at: NodeId) {
        let to = self.tree.str(at).unwrap_or_default();
        // Elsewhere on the network is fine for a link.
        match self.tree.resolve(at, to) {
            Ok(target) if is_operation(self.tree, target) => {
                parameters(self.tree, self.diagnostics, self.node, target);
            }
            Ok(_) => {
                let message = format!("`{to}` leads to no operation");
                let help = "refer to a method of a path: `#/paths/~1pets/get`";
                self.report(
                    code::UNKNOWN_OPERATION,
                    Place::Node(at),
                    message,
                    "something else is there",
                    help,
                );
            }
            Err(_) if to.contains("://") => {}
            Err(fault) => {
                let Some(fault) = self.tree.unresolved(at, to, &fault) else {
                    return;
                };
                let help = "correct it, or remove the link";
                self.report(
                    code::UNKNOWN_OPERATION,
                    fault.place,
                    fault.message,
                    "no operation is there",
                    help,
                );
            }
        }
    }
}

/// What can be said only when all has been met: links to operations that are not there, or to what these have not.
pub(in super::super) fn finish(tree: &Tree, diagnostics: &mut Diagnostics, met: &Met) {
    for at in &met.linked {
        let id = tree.str(*at).unwrap_or_default();
        if let Some(known) = met.operation_ids.get(id) {
            if let Some((link, operation)) = tree.parent(*at).zip(tree.parent(*known)) {
                parameters(tree, diagnostics, link, operation);
            }
            continue;
        }
        let message = format!("no operation has the id `{id}`");
        let fault = Diagnostic::new(code::UNKNOWN_OPERATION, Place::Node(*at), message);
        diagnostics.report(
            fault
                .label("no such operation")
                .help("correct the id, or remove the link"),
        );
    }
}

pub(super) fn is_operation(tree: &Tree, node: NodeId) -> bool {
    const METHODS: [&str; 9] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ];
    let added = || {
        let above = tree.parent(node).and_then(|above| tree.key(above));
        above == Some("additionalOperations")
    };
    tree.key(node).is_some_and(|key| METHODS.contains(&key)) || added()
}

/// The parameters of an operation and of its path, by place and name; none where one of them cannot be looked at.
pub(super) fn declared(tree: &Tree, operation: NodeId) -> Option<Vec<(&str, &str)>> {
    const MOST_STEPS: usize = 16;
    let lists = [Some(operation), tree.parent(operation)]
        .into_iter()
        .flatten();
    let lists = lists.filter_map(|of| tree.get(of, "parameters"));
    let mut known = Vec::new();
    for mut at in lists.flat_map(|list| tree.items(list).iter().copied()) {
        for _ in 0..MOST_STEPS {
            let Some(reference) = tree.get(at, "$ref") else {
                break;
            };
            let to = tree.str(reference).unwrap_or_default();
            match tree.resolve(reference, to) {
                Ok(target) => at = target,
                // What is not there cannot be judged.
                Err(_) => return None,
            }
        }
        let text = |key| tree.get(at, key).and_then(|at| tree.str(at));
        known.push((
            text("in").unwrap_or_default(),
            text("name").unwrap_or_default(),
        ));
    }
    Some(known)
}

/// The parameters that a link gives are some of its operation's, by name or by place and name (`path.id`).
fn parameters(tree: &Tree, diagnostics: &mut Diagnostics, link: NodeId, operation: NodeId) {
    let Some(known) = declared(tree, operation) else {
        return;
    };
    let given = tree.get(link, "parameters");
    for entry in given.map_or(&[][..], |given| tree.entries(given)) {
        let qualified = entry.key.split_once('.');
        let fits = known
            .iter()
            .any(|(place, name)| *entry.key == **name || qualified == Some((*place, *name)));
        if !fits {
            let message = format!("the linked operation has no parameter `{}`", entry.key);
            let fault = Diagnostic::new(code::CONFLICTING_FIELDS, Place::Key(entry.value), message);
            diagnostics.report(
                fault
                    .label("no such parameter")
                    .help("correct the name, or remove it"),
            );
        }
    }
}
